"""Reference numbers for the Indicator of Price Anomalies: the goal's formulae in plain Python, on prices made here.
Run: python3 make_reference.py, in this folder; standard library only (made with Python 3.11)."""
import csv
import math


def made(seed, months, drift, season, noise):
    """A price that walks, with a season; a linear congruential generator and the sum of twelve uniforms, so that any
    Python gives the same."""
    state, level, out = seed, 0.0, []
    for month in range(months):
        step = -6.0
        for _ in range(12):
            state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
            step += (state >> 11) / 2**53
        level += drift + noise * step
        out.append(round(100 * math.exp(level + season * math.sin(2 * math.pi * month / 12)), 2))
    return out


def compound(prices, t, months):
    if t < months or prices[t] is None or prices[t - months] is None:
        return None
    return (prices[t] / prices[t - months]) ** (1 / months) - 1


def usual(prices, t, months, first):
    """Weighted mean and deviation of the earlier years' growth in this calendar month; the k-th year that can have one
    weighs k."""
    earlier = [s for s in range(t % 12, t, 12) if s >= first + months]
    pairs = [(k, compound(prices, s, months)) for k, s in enumerate(earlier, 1)]
    pairs = [(w, x) for w, x in pairs if x is not None]
    n = len(pairs)
    if n < 2:
        return n, None, None
    total = sum(w for w, _ in pairs)
    mean = sum(w * x for w, x in pairs) / total
    return n, mean, math.sqrt(sum(w * (x - mean) ** 2 for w, x in pairs) / (total * (n - 1) / n))


def indicator(prices, t, alpha=0.4, years=3):
    first = next(i for i, p in enumerate(prices) if p is not None)
    parts = []
    for months in (3, 12):
        now = compound(prices, t, months)
        n, mean, deviation = usual(prices, t, months, first)
        if now is None or n < years or not deviation:
            return None
        parts.append((now - mean) / deviation)
    return parts[0], parts[1], alpha * parts[0] + (1 - alpha) * parts[1]


series = {"steady": made(1, 108, 0.002, 0.08, 0.03), "inflation": made(2, 84, 0.02, 0.0, 0.05),
          "gaps": made(3, 120, 0.0, 0.1, 0.04)}
for gone in (0, 1, 2, 3, 4, 17, 40, 41, 77, 100):
    series["gaps"][gone] = None
with open("ipa.csv", "w", newline="") as f:
    out = csv.writer(f, lineterminator="\n")
    out.writerow(["series", "index", "price", "quarterly", "annual", "ipa"])
    for name, prices in series.items():
        for t, price in enumerate(prices):
            found = indicator(prices, t) or ("", "", "")
            out.writerow([name, t, "" if price is None else price, *(repr(x) if x != "" else "" for x in found)])
