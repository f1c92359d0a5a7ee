"""Made-up events of two sources, and what the authors' own code makes of them: candidates with their scores (misfit),
and the partners that it selects. Run as: python3 make_reference.py PATH/match.py, the inst/python/match.py of the R
package meltt 0.4.3 (LGPL-3, not part of this project), which the package itself calls for every comparison.

events.csv      source, event, latitude, longitude, first, last (days from 0), kind (0 to 3, levels as KINDS)
candidates.csv  a, b, misfit: events with events and episodes with episodes, within 25 km and 2 days
selected.csv    a, b: the pairs that meltt selects of events of one day, rows sorted by day as it sorts them"""
import csv
import importlib.util
import pathlib
import random
import sys

KINDS = [(0, 10, 100), (1, 10, 100), (2, 11, 100), (3, 12, 101)]
spec = importlib.util.spec_from_file_location("match", sys.argv[1])
meltt = importlib.util.module_from_spec(spec)
spec.loader.exec_module(meltt)

random.seed(20191)
here = pathlib.Path(__file__).parent
events = []
for source in (1, 2):
    for number in range(1, 121):
        first = random.randrange(30)
        last = first + (random.randrange(1, 6) if random.random() < 0.25 else 0)
        # no two at the rim of 25 km: the reference counts 111.111 km a degree
        events.append((source, number, round(10 + 0.17 * random.randrange(4), 3),
                       round(20 + 0.19 * random.randrange(4), 3),
                       first, last, random.randrange(4)))
NAMES = ["dataset", "event", "date", "enddate", "latitude", "longitude", "fine", "middle", "broad"]
candidates, selected = [], []
for are_episodes in (False, True):
    rows = sorted([e for e in events if (e[4] != e[5]) == are_episodes], key=lambda e: e[4])
    table = {name: [] for name in NAMES}
    for source, number, latitude, longitude, first, last, kind in rows:
        for name, value in zip(NAMES, (source, number, first, last, latitude, longitude, *KINDS[kind])):
            table[name].append(value)
    found, best = meltt.run(table, NAMES, 2, 25, 1, 1, 3, 0, 0, 1, 0, True)
    candidates += [(int(m[1]), int(m[3]), m[4]) for m in found]
    if not are_episodes:
        selected = [(int(m[1]), int(m[3])) for m in best]


def write(name, header, rows):
    with open(here / name, "w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(header)
        out.writerows(rows)


write("events.csv", ["source", "event", "latitude", "longitude", "first", "last", "kind"], events)
write("candidates.csv", ["a", "b", "misfit"], sorted(set(candidates)))
write("selected.csv", ["a", "b"], sorted(selected))
