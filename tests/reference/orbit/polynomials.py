"""Coefficients of src/methods/orbit/lane_math.hpp: polynomials through the function at Chebyshev nodes, in 60 digits.

Prints each list, and the largest relative error of the list as rounded to doubles. Python's own library only.
"""
from decimal import Decimal as D, getcontext

getcontext().prec = 60
PI = D("3.14159265358979323846264338327950288419716939937510582097494")
SMALL = D(10) ** -58


def series(first, factor):
    total, term, k = D(0), D(1), first
    while abs(term) > SMALL:
        total += term
        k += 2
        term = factor(term, k)
    return total


def cosine(x):
    return series(0, lambda term, k: -term * x * x / (k * (k - 1)))


def sine_by_square(t):
    """sin(x) / x, t = x^2"""
    return series(1, lambda term, k: -term * t / (k * (k - 1)))


def cosine_by_square(t):
    return series(0, lambda term, k: -term * t / (k * (k - 1)))


def arc_tangent_by_square(t):
    """atan(x) / x: the angle halved six times, then the series"""
    if t == 0:
        return D(1)
    x = y = t.sqrt()
    for _ in range(6):
        y = y / (1 + (1 + y * y).sqrt())
    total, power, k = D(0), y, 0
    while abs(power) > SMALL:
        total += power / (2 * k + 1) * (-1) ** k
        power *= y * y
        k += 1
    return total * 64 / x


def value(coefficients, t):
    out = D(0)
    for c in reversed(coefficients):
        out = out * t + c
    return out


def fit(function, high, count, fixed):
    """The first coefficients as given, the other `count` by Newton's divided differences at Chebyshev nodes."""
    nodes = [high / 2 + high / 2 * cosine(PI * (2 * i + 1) / (2 * count)) for i in range(count)]
    rest = [(function(t) - value(fixed, t)) / t ** len(fixed) for t in nodes]
    for j in range(1, count):
        for i in range(count - 1, j - 1, -1):
            rest[i] = (rest[i] - rest[i - 1]) / (nodes[i] - nodes[i - j])
    polynomial = [rest[-1]]
    for i in range(count - 2, -1, -1):
        longer = [D(0)] * (len(polynomial) + 1)
        for k, a in enumerate(polynomial):
            longer[k + 1] += a
            longer[k] -= a * nodes[i]
        longer[0] += rest[i]
        polynomial = longer
    return list(fixed) + polynomial


eighth = (PI / 4 * D("1.0001")) ** 2
for name, function, high, count, fixed in (("sine", sine_by_square, eighth, 6, [D(1)]),
                                           ("cosine", cosine_by_square, eighth, 6, [D(1), D("-0.5")]),
                                           ("arc tangent", arc_tangent_by_square, D("0.17158"), 11, [D(1)])):
    rounded = [float(c) for c in fit(function, high, count, fixed)]
    worst = max(abs(value([D(c) for c in rounded], high * i / 400) / function(high * i / 400) - 1) for i in range(401))
    print(f"{name} {rounded} {worst:.1e}")

quarter = PI / 2
one = D(int(quarter * D(2) ** 32)) / D(2) ** 32
two = D(int((quarter - one) * D(2) ** 66)) / D(2) ** 66
print("quarter turn in parts", float(one).hex(), float(two).hex(), repr(float(quarter - one - two)))
