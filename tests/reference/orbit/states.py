"""States that src/methods/orbit must agree with: made-up element sets through an independent implementation.

    python3 states.py > states.csv

needs the Python package sgp4 (Debian python3-sgp4 2.15, its pure Python code; numpy comes along). Improved mode,
WGS-72 and WGS-84. Columns: gravity, epoch as days since 1970 and microseconds, the elements in radians and minutes, B*,
minutes, error code, position km, velocity km/s (0 where there is an error).
"""
import math
import random

from sgp4.earth_gravity import wgs72, wgs84
from sgp4.model import Satellite
from sgp4.propagation import sgp4, sgp4init

RANDOM = random.Random(20060821)
KINDS = (  # revolutions a day from, to; eccentricity from, to; B* up to
    (15.9, 16.4, 0.0001, 0.004, 2e-3), (14.0, 15.6, 0.0, 0.03, 5e-4), (11.5, 13.5, 0.0, 0.2, 1e-4),
    (6.5, 9.0, 0.1, 0.45, 1e-4), (2.0, 2.012, 0.51, 0.74, 1e-4), (2.0, 2.01, 0.001, 0.02, 0.0),
    (0.99, 1.01, 0.00001, 0.01, 0.0), (2.2, 4.5, 0.55, 0.75, 1e-3), (0.3, 0.9, 0.0, 0.7, 0.0))

print("gravity,day,microsecond,mean_motion,eccentricity,inclination,node,perigee,anomaly,drag,minutes,error,"
      "x_km,y_km,z_km,vx_km_s,vy_km_s,vz_km_s")
for number in range(36):
    low, high, round_, long_, drag = KINDS[number % len(KINDS)]
    day, microsecond = RANDOM.randrange(12000, 21000), RANDOM.randrange(100_000_000) * 864
    elements = {
        "no_kozai": RANDOM.uniform(low, high) * 2 * math.pi / 1440, "ecco": RANDOM.uniform(round_, long_),
        "inclo": math.radians(RANDOM.choice((RANDOM.uniform(0, 12), RANDOM.uniform(12, 120)))),
        "nodeo": RANDOM.uniform(0, 2 * math.pi), "argpo": RANDOM.uniform(0, 2 * math.pi),
        "mo": RANDOM.uniform(0, 2 * math.pi), "bstar": RANDOM.uniform(-drag / 10, drag)}
    for name, gravity in (("72", wgs72), ("84", wgs84)):
        satellite = Satellite()
        satellite.error, satellite.whichconst = 0, gravity
        # as the published code: the epoch through one Julian date
        epoch = (day + 7306 + microsecond / 86400e6 + 2433281.5) - 2433281.5
        sgp4init(gravity, "i", 1, epoch, elements["bstar"], 0.0, 0.0, elements["ecco"], elements["argpo"],
                 elements["inclo"], elements["mo"], elements["no_kozai"], elements["nodeo"], satellite)
        for minutes in (0.0, -1500.5, RANDOM.uniform(1, 20000)):
            position, velocity = sgp4(satellite, minutes)
            state = [0.0] * 6 if satellite.error else [*position, *velocity]
            values = [elements[k] for k in ("no_kozai", "ecco", "inclo", "nodeo", "argpo", "mo", "bstar")]
            print(",".join([name, str(day), str(microsecond), *map(repr, values), repr(minutes), str(satellite.error),
                            *map(repr, state)]))
