"""The weights of src/methods/names/pair_weights.hpp: logistic regression with a ridge on labelled pairs of names.

    fit_pairs.py FEATURES PAIRS.csv     FEATURES: features.cpp, built; PAIRS.csv: schema,name1,name2,is_match

Organisations share all weights but those of the bias and of what is left over (on both sides; on one): the difference
is a feature of its own. F1 by 10 times 10-fold cross-validation. Needs numpy (1.24 was used)."""
import csv
import random
import subprocess
import sys

import numpy as np

RIDGE = 0.3


def fit(x, y):
    w = np.zeros(x.shape[1])
    ridge = np.full(x.shape[1], RIDGE)
    ridge[0] = 1e-4
    for _ in range(30):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        step = np.linalg.solve((x.T * (p * (1 - p))) @ x + np.diag(ridge), x.T @ (y - p) - ridge * w)
        w = w + step
        if np.abs(step).max() < 1e-6:
            break
    return w


def f1(said, truth):
    tp = int((said & truth).sum())
    fp, fn = int((said & ~truth).sum()), int((~said & truth).sum())
    return 2 * tp / max(1, 2 * tp + fp + fn), tp, fp, fn


rows = list(csv.DictReader(open(sys.argv[2], encoding="utf-8")))
lines = "".join(f"{r['schema']}\t{r['name1']}\t{r['name2']}\n" for r in rows)
told = subprocess.run([sys.argv[1], "pairs"], input=lines, capture_output=True, text=True, check=True).stdout
plain = np.array([[float(v) for v in line.split()] for line in told.splitlines()])
bodies = np.array([[r["schema"] != "Person"] for r in rows], float)
x = np.hstack([np.ones((len(rows), 1)), plain, bodies, bodies * plain[:, 3:4], bodies * plain[:, 4:5]])
y = np.array([r["is_match"] == "true" for r in rows])
print("weights", np.round(fit(x, y.astype(float)), 3).tolist())
print("on the pairs themselves", f1(x @ fit(x, y.astype(float)) > 0, y))
scores = []
for repeat in range(10):
    order = list(range(len(rows)))
    random.Random(repeat).shuffle(order)
    said = np.zeros(len(rows), bool)
    for k in range(10):
        held = order[k::10]
        kept = [i for i in order if i not in set(held)]
        said[held] = x[held] @ fit(x[kept], y[kept].astype(float)) > 0
    scores.append(f1(said, y))
print("cross-validated", sum(s[0] for s in scores) / len(scores), [s[1:] for s in scores])
