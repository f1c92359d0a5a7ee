"""The weights of src/methods/names/list_weights.hpp: logistic regression on names of one list asked of another.

    fit_lists.py FEATURES LIST.tsv SUBJECTS.csv NAMES.csv OTHERS.txt

FEATURES: features.cpp, built; LIST.tsv: reference TAB name; SUBJECTS.csv: unique_id,un_reference_number; NAMES.csv:
unique_id,full_name; OTHERS.txt: names of nobody listed. First names of LIST with a slip of the pen are asked too.
Only subjects with even crc32(unique_id), and those whose
reference, if any, is in LIST. Prints the weights and F1 of subjects at several thresholds. Needs numpy (1.24)."""
import csv
import random
import subprocess
import sys
import zlib

import numpy as np

RIDGE, OTHERS_WEIGHT = 1.0, 0.3
features, list_path, subjects_path, names_path, others_path = sys.argv[1:]
references = {line.split("\t")[0] for line in open(list_path, encoding="utf-8")}
subjects = {r["unique_id"]: r["un_reference_number"] for r in csv.DictReader(open(subjects_path, encoding="utf-8-sig"))}
subjects = {k: v for k, v in subjects.items() if zlib.crc32(k.encode()) % 2 == 0 and (not v or v in references)}
owners = {}
for r in csv.DictReader(open(names_path, encoding="utf-8-sig")):
    if r["unique_id"] in subjects and r["full_name"].strip():
        owners.setdefault(r["full_name"].strip(), []).append(r["unique_id"])


def hits(names):
    told = subprocess.run([features, "list", list_path], input="".join(n + "\n" for n in names), capture_output=True,
                          text=True, check=True).stdout
    lines = (line.split("\t") for line in told.splitlines())
    return [(a, b, [1.0] + [float(v) for v in c.split()]) for a, b, c in lines]


asked = hits(owners)
others = hits([line.rstrip("\n") for line in open(others_path, encoding="utf-8")])
random.seed(3)
slips = {}  # the first name of each of the list, one letter left out, doubled or changed
for line in open(list_path, encoding="utf-8"):
    reference, name = line.rstrip("\n").split("\t")
    if reference in slips.values() or not name.isascii():
        continue
    i = random.randrange(1, len(name) - 1)
    slip = random.choice(["", name[i] * 2, random.choice("aeioubdkmnrst")])
    slips[name[:i] + slip + name[i + 1:]] = reference
slipped = hits(slips)
x = np.array([h[2] for h in asked + others + slipped])
y = np.array([float(any(subjects[k] == h[1] for k in owners[h[0]] if subjects[k])) for h in asked] + [0.0] * len(others)
             + [float(slips[h[0]] == h[1]) for h in slipped])
weight = np.array([1.0] * len(asked) + [OTHERS_WEIGHT] * (len(others) + len(slipped)))
w = np.zeros(x.shape[1])
ridge = np.full(x.shape[1], RIDGE)
ridge[0] = 1e-3
for _ in range(40):
    p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
    step = np.linalg.solve((x.T * (weight * p * (1 - p))) @ x + np.diag(ridge), x.T @ (weight * (y - p)) - ridge * w)
    w = w + step / max(1.0, np.abs(step).max() / 5)
    if np.abs(step).max() < 1e-6:
        break
print("weights", np.round(w, 3).tolist())
p = 1 / (1 + np.exp(-(x @ w)))
for threshold in (0.3, 0.5, 0.6, 0.65, 0.7, 0.8):
    best = {}
    for hit, score in zip(asked, p):
        if score >= threshold:
            for k in owners[hit[0]]:
                best[k] = max(best.get(k, (0.0, "")), (score, hit[1]))
    tp = sum(best.get(k, (0, ""))[1] == v for k, v in subjects.items() if v)
    fp, fn = len(best) - tp, sum(bool(v) for v in subjects.values()) - tp
    flagged = len({h[0] for h, score in zip(others, p[len(asked):len(asked) + len(others)]) if score >= threshold})
    print(threshold, "F1", round(2 * tp / (2 * tp + fp + fn), 4), "tp", tp, "fp", fp, "fn", fn, "others", flagged)
