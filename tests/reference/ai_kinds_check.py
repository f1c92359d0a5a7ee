"""Do the words of packs/groups/ai-kinds.toml tell the kinds of incident that a reader told by hand? Codes incidents of
the publisher's table as docs/source-cards.md says of `words`, without the program, and holds them against
ai_kinds_sample.csv: its rows `words` are those on which the words were chosen, its rows `measure` were read and coded
after that. Usage: ai_kinds_check.py [aiid_incidents.csv]; 0 = the agreement is what the packs say of it, or the table
is not at hand."""
import csv, math, os, re, sys, tomllib
from collections import Counter

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
csv.field_size_limit(10**9)


def words_of(text):
    text = re.sub("[\u2000-\u207f]", " ", text)
    text = "".join(c.lower() if c < "\x80" else c for c in text)
    return " " + " ".join(re.findall("[a-z0-9\u0080-\U0010ffff]+", text)) + " "


def read_pack():
    with open(os.path.join(ROOT, "packs", "groups", "ai-kinds.toml"), "rb") as file:
        groups = tomllib.load(file)["group"]
    return [(group["id"], [words_of(name)[:-1] if name.endswith("*") else words_of(name)
                           for name in group["names"] if name != "*"]) for group in groups], groups


def kind_of(table, texts):
    for text in map(words_of, texts):
        for kind, words in table:
            if any(word in text for word in words):
                return kind
    return "other"


def kappa(pairs):
    """Cohen's kappa with the 95 % interval of Fleiss, Cohen and Everitt's large-sample variance."""
    n = len(pairs)
    cells, hand, told = Counter(pairs), Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    kinds = set(hand) | set(told)
    agreed = sum(cells[k, k] for k in kinds) / n
    chance = sum(hand[k] * told[k] for k in kinds) / n**2
    value = (agreed - chance) / (1 - chance)
    p = lambda count: count / n
    on = sum(p(cells[k, k]) * (1 - (p(hand[k]) + p(told[k])) * (1 - value)) ** 2 for k in kinds)
    off = (1 - value) ** 2 * sum(p(cells[a, b]) * (p(told[a]) + p(hand[b])) ** 2
                                 for a in kinds for b in kinds if a != b)
    error = math.sqrt((on + off - (value - chance * (1 - value)) ** 2) / n) / (1 - chance)
    return value, value - 1.96 * error, value + 1.96 * error


def main():
    path = sys.argv[1] if len(sys.argv) > 1 else os.path.join(ROOT, "..", "shared", "data", "ai", "aiid_incidents.csv")
    if not os.path.exists(path):
        print(f"{path} is not at hand: nothing checked")
        return 0
    with open(path, encoding="utf-8", newline="") as file:
        rows = {row["incident_id"]: row for row in csv.DictReader(file)}
    table, _ = read_pack()
    with open(os.path.join(HERE, "ai_kinds_sample.csv"), encoding="utf-8", newline="") as file:
        sample = list(csv.DictReader(file))
    said = ""
    for part in ("words", "measure"):
        coded = [one for one in sample if one["part"] == part and one["incident_id"] in rows]
        pairs = [(one["kind"], kind_of(table, [rows[one["incident_id"]][c] for c in ("title", "description")]))
                 for one in coded]
        same = sum(a == b for a, b in pairs)
        value, low, high = kappa(pairs)
        said = f"{len(pairs)} incidents in {same} (kappa {value:.2f}, {low:.2f} to {high:.2f})"
        print(f"{part}: {said}")
    hand, told = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    both = Counter(a for a, b in pairs if a == b)
    for kind in dict.fromkeys(kind for kind, _ in table):
        print(f"  {kind}: by hand {hand[kind]}, by words {told[kind]}, both {both[kind]}")
    with open(os.path.join(ROOT, "packs", "areas", "15-ai-and-new-technology.toml"), "rb") as file:
        page = tomllib.load(file)
    stated = [c for watch in page["watch"] if watch["id"] == "ai.kinds" for c in watch["caveats"]]
    if not any(said in caveat for caveat in stated):
        print(f"packs/areas/15-ai-and-new-technology.toml: watch 'ai.kinds' does not say: {said}")
        return 1
    return 0


sys.exit(main())
