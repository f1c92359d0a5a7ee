#!/usr/bin/env python3
"""Distances over a sphere of 6371.0088 km in plain Python (standard library, 3.11), for great_circle_test.cpp: by the
haversine, and beside it by the angle of two unit vectors (atan2 of cross and dot product), another way to the same."""
from math import asin, atan2, cos, radians, sin, sqrt

RADIUS_KM = 6371.0088
PAIRS = {
    "Gao to Menaka": ((16.2717, -0.0447), (15.9182, 2.4022)),
    "across the date line": ((-17.8, 179.9), (-17.8, -179.9)),
    "a hundred metres": ((5.0, 20.0), (5.0009, 20.0)),
    "pole to equator": ((90.0, 0.0), (0.0, 33.0)),
    "antipodes": ((10.0, 20.0), (-10.0, -160.0)),
}


def haversine(a, b):
    (p, l), (q, m) = (tuple(map(radians, one)) for one in (a, b))
    return 2 * RADIUS_KM * asin(min(1.0, sqrt(sin((q - p) / 2)**2 + cos(p) * cos(q) * sin((m - l) / 2)**2)))


def by_vectors(a, b):
    u, v = ((cos(radians(p)) * cos(radians(l)), cos(radians(p)) * sin(radians(l)), sin(radians(p))) for p, l in (a, b))
    cross = (u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0])
    return RADIUS_KM * atan2(sqrt(sum(c * c for c in cross)), sum(x * y for x, y in zip(u, v)))


if __name__ == "__main__":
    for name, (a, b) in PAIRS.items():
        print(f"{name}: {haversine(a, b):.9f} {by_vectors(a, b):.9f}")
