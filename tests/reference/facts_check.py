"""Checks the authored facts of packs/ without the program: ids, days, sections, places and, where tables are given,
entry into force.

    python3 tests/reference/facts_check.py [DATA]       DATA defaults to ../shared/data beside the repository

Exit 0 if there is no fault; notes and disagreements with the tables are printed and do not fail. """
import csv, re, sys, tomllib
from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKS = ROOT / "packs"
DATA = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "data"

KEYS = {  # the keys of docs/packs.md, and which of them must be there
    "instrument": ("id kind title short adopted opened in_force depositary entry_into_force untc open_to areas "
                   "participants participants_known ended ended_how known_through against look_at note source",
                   "id kind title adopted areas source"),
    "mechanism": ("id kind name platforms areas members observers partners suspended cadence_months tolerance_days "
                  "meetings known_through against look_at note source", "id kind name areas source"),
    "mission": ("id short name kind host part chapter force consent consent_note impartiality act ended known_through "
                "against look_at note source", "id short name kind act known_through against"),
    "act": ("kind resolution adopted starts_on expires_on chapter force consent consent_note impartiality troops "
            "observers police budget_usd budget_year note source", "adopted source"),
    "section": ("id group number slug title clause", "id group number slug title clause"),
    "clause": ("id asks status rests_on reason", "id asks status"),
}
KINDS = {
    "instrument": set("treaty protocol resolution declaration code-of-conduct initiative statement strategy".split()),
    "mechanism": set("organ organisation forum meeting programme fund".split()),
    "mission": set("peacekeeping special-political authorised committee".split()),
}
ACT_KINDS = set("renewal establishment roll-over final strength termination".split())
ACTS = set("signature ratification acceptance approval accession succession definitive-signature formal-confirmation "
           "consent-to-be-bound provisional-application adoption endorsement withdrawal suspension termination "
           "application participation".split())
CONSENT = {"given", "qualified", "withdrawn", "not-sought"}
DAY_KEYS = "adopted opened in_force ended known_through starts_on expires_on".split()

faults, notes = [], []


def fault(where, text): faults.append(f"{where}: {text}")
def note(text): notes.append(text)


def parse_day(text):
    try:
        return date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) else None
    except (TypeError, ValueError):
        return None


def load(folder):
    """All TOML files of a pack folder, with their names."""
    out = []
    for path in sorted((PACKS / folder).glob("*.toml")):
        name = f"packs/{folder}/{path.name}"
        if not path.read_text(encoding="utf-8").startswith("# "):
            fault(name, "the first line does not say what the file is for")
        try:
            with open(path, "rb") as file:
                out.append((name, tomllib.load(file)))
        except tomllib.TOMLDecodeError as error:
            fault(name, str(error))
    return out


def check_entry(where, kind, entry):
    allowed, wanted = (set(words.split()) for words in KEYS[kind])
    for key in sorted(set(entry) - allowed):
        fault(where, f"unknown key '{key}'")
    for key in sorted(wanted - set(entry)):
        fault(where, f"'{key}' is missing")
    if kind in KINDS and entry.get("kind") not in KINDS[kind]:
        fault(where, f"unknown kind '{entry.get('kind')}'")
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", entry.get("id", "")) and kind not in ("section", "clause", "act"):
        fault(where, "the id is not kebab-case")
    for key in ("title", "name", "asks"):
        if key in entry and not (entry[key].get("en") and re.search("[\u4e00-\u9fff]", entry[key].get("zh", ""))):
            fault(where, f"'{key}' needs en and zh")
    stated = {key: entry[key] for key in DAY_KEYS if key in entry}
    if kind == "mission" and "ended" in stated:
        stated["ended"] = stated["ended"].get("on")
    for key, day in stated.items():
        if parse_day(day) is None:
            fault(where, f"'{key}' is no day: {day!r}")
    days = {key: parse_day(day) for key, day in stated.items()}
    for early, late in (("adopted", "opened"), ("adopted", "in_force"), ("adopted", "ended"), ("adopted", "expires_on"),
                        ("starts_on", "expires_on")):
        if days.get(early) and days.get(late) and days[late] < days[early]:
            fault(where, f"'{late}' {days[late]} is before '{early}' {days[early]}")
    if "known_through" in entry and not entry.get("against"):
        fault(where, "'known_through' without 'against'")


# ---- places and sets ----
places, sets = set(), {}
for name, pack in load("places"):
    places |= {p["id"] for p in pack.get("place", [])} | {a["id"] for a in pack.get("area", [])}
    for s in pack.get("set", []):
        sets[s["id"]] = s.get("members", [])
have_places, have_sets = bool(places), bool(sets)
if not have_places:
    note("packs/places holds no place yet: places are not checked")
if not have_sets:
    note("packs/places/sets.toml is not there yet: sets are not checked")
sets_used = defaultdict(list)


def need_place(where, place):
    if have_places and place not in places and place not in sets:  # the European Union is a party as such
        fault(where, f"no place '{place}'")


def need_set(where, name):
    sets_used[name].append(where)
    if have_sets and name not in sets:
        fault(where, f"no set '{name}'")


# ---- instruments, mechanisms, mandates ----
facts, kind_of = {}, {}
for folder, kind in (("instruments", "instrument"), ("mechanisms", "mechanism"), ("mandates", "mission")):
    for name, pack in load(folder):
        for key in sorted(set(pack) - {kind}):
            fault(name, f"unknown table '{key}'")
        for entry in pack.get(kind, []):
            where = f"{name}: {entry.get('id', '?')}"
            check_entry(where, kind, entry)
            if entry.get("id") in facts:
                fault(where, "the id is used twice")
            facts[entry.get("id")], kind_of[entry.get("id")] = entry, kind
            for act in entry.get("act", []):
                check_entry(f"{where}: {act.get('resolution', '?')}", "act", act)
                if act.get("kind", "renewal") not in ACT_KINDS:
                    fault(where, f"unknown kind of act '{act['kind']}'")
            for meeting in entry.get("meetings", []):
                if parse_day(meeting.get("day", "")) is None:
                    fault(where, f"a meeting without a day: {meeting}")

# ---- the framework ----
sections, clauses, states = {}, {}, Counter()
for name, pack in load("framework"):
    for section in pack.get("section", []):
        where = f"{name}: {section.get('id', '?')}"
        check_entry(where, "section", section)
        if section.get("id") in sections:
            fault(where, "the section is written twice")
        sections[section.get("id")] = section
        for clause in section.get("clause", []):
            where = f"{name}: {clause.get('id', '?')}"
            check_entry(where, "clause", clause)
            if not clause.get("id", "").startswith(section["id"] + "."):
                fault(where, f"the clause stands in section {section['id']}")
            if clause.get("id") in clauses:
                fault(where, "the clause is written twice")
            clauses[clause.get("id")] = clause
            state = clause.get("status")
            states[state] += 1
            if state not in ("measured", "authored", "not-measurable"):
                fault(where, f"unknown status '{state}'")
            if (state == "authored") != bool(clause.get("rests_on")):
                fault(where, "authored clauses, and only they, need 'rests_on'")
            if (state == "not-measurable") != bool(clause.get("reason")):
                fault(where, "not-measurable clauses, and only they, need a 'reason'")
            for fact in clause.get("rests_on", []):
                if fact not in facts:
                    fault(where, f"rests on '{fact}', which no pack declares")
numbers = Counter(s.get("group") for s in sections.values())
if sections and numbers != {"principle": 6, "area": 20, "platform": 5}:
    note(f"groups of the framework: {dict(numbers)}")

for id, entry in facts.items():
    where = f"{kind_of[id]} {id}"
    for section in entry.get("areas", []) + entry.get("platforms", []):
        if section not in sections:
            fault(where, f"no section '{section}'")
    if "open_to" in entry:
        need_set(where, entry["open_to"])
    named = entry.get("entry_into_force", {}).get("named")
    if named:
        need_set(where, named)
    members = entry.get("members", [])
    if isinstance(members, str):
        need_set(where, members)
    else:
        for m in members:
            need_place(where, m.get("place"))
            for key in ("first", "last", "at_latest_since"):
                if key in m and parse_day(m[key]) is None:
                    fault(where, f"no day: {m[key]!r}")
    for p in entry.get("participants", []):
        need_place(where, p.get("place"))
        if p.get("act") not in ACTS:
            fault(where, f"unknown act '{p.get('act')}'")
        if parse_day(p.get("day", "")) is None and "effective" not in p:
            fault(where, f"no day: {p.get('day')!r}")
    if entry.get("participants_known") not in (None, "complete", "in part"):
        fault(where, f"participants_known is '{entry['participants_known']}'")
    if ("open_to" in entry and not entry.get("untc") and not entry.get("participants")
            and entry.get("participants_known") != "in part"):
        fault(where, "no participant is known: write participants_known = \"in part\", or it reads as nobody")
    for host in entry.get("host", []):
        need_place(where, host)
    if "consent" in entry and entry["consent"] not in CONSENT:
        fault(where, f"unknown consent '{entry['consent']}'")
    if "chapter" in entry and entry["chapter"] not in ("VI", "VII"):
        fault(where, f"unknown chapter '{entry['chapter']}'")

# ---- the status tables ----
DAY = re.compile(r"\b(\d{1,2} [A-Z][a-z]{2} \d{4})\b")


def parse_table_day(text):
    m = DAY.search(text)
    return datetime.strptime(m[1], "%d %b %Y").date() if m else None


def participation(path):
    """The earliest day a row shows an act that makes a participant, by participant."""
    with open(path, encoding="utf-8-sig", newline="") as file:
        head, *rows = csv.reader(file)
    others = r"signature|provisional application under|provisional application\(n\)|notification of non"
    binds = r"ratification|accession|acceptance|approval|succession\(d\)|consent|definitive|formal|participation"
    binding = [i for i, h in enumerate(head) if i and not re.match(others, h, re.I) and re.search(binds, h, re.I)]
    out = {}
    for row in rows:
        days = [d for i in binding if i < len(row) and (d := parse_table_day(row[i]))]
        if row and days:
            out[row[0]] = min(days)
    return out, len(rows)


tables = DATA / "treaties" / "untreaties"
if not tables.is_dir():
    note(f"no status tables at {tables}: entry into force is not checked against them")
else:
    newest = defaultdict(lambda: date.min)  # by block of chapters: the tables were retrieved in two runs
    for path in tables.glob("*.csv"):
        block = "1 to 10" if int(path.stem.split("-")[0]) <= 10 else "11 to 29"
        for m in DAY.findall(path.read_text(encoding="utf-8-sig")):
            newest[block] = max(newest[block], parse_table_day(m))
    for block, day in sorted(newest.items()):
        note(f"newest act in the tables of chapters {block}: {day}")
    for id, entry in facts.items():
        untc = entry.get("untc")
        if not untc:
            continue
        path, where = tables / f"{untc}.csv", f"instrument {id} ({untc})"
        if not path.exists():
            fault(where, "no such status table")
            continue
        acts, rows = participation(path)
        known = parse_day(entry.get("known_through", ""))
        if not known:
            fault(where, "a status table without 'known_through'")
            continue
        block = "1 to 10" if int(untc.split("-")[0]) <= 10 else "11 to 29"
        later = [p for p in entry.get("participants", []) if p.get("day", "") > str(newest[block])]
        if known > newest[block] + timedelta(days=31) and not later:
            fault(where, f"known through {known}, without an act after the tables of chapters {block} end on "
                  f"{newest[block]}")
        late = [p for p, d in acts.items() if d > known]
        if late:
            fault(where, f"acts later than known_through: {late}")
        in_force, rule = parse_day(entry.get("in_force", "")), entry.get("entry_into_force", {})
        need = rule.get("ratifications")
        days = sorted(acts.values())
        if not in_force:
            print(f"  {where}: not in force, {len(days)} participants of {rows} rows")
            continue
        before = sum(d <= in_force for d in days)
        text = f"  {where}: in force {in_force}, {before} participants by then, {len(days)} in all"
        if need:
            if len(days) >= need:
                reached = days[need - 1]
                text += f"; instrument {need} on {reached}"
                if "days_after" in rule and "rule" not in rule:
                    expected = reached + timedelta(days=rule["days_after"])
                    if abs((expected - in_force).days) > 3:
                        note(f"{where}: {need} instruments on {reached} + {rule['days_after']} days is {expected}, the "
                             f"pack says {in_force} (states that no longer exist have left the table, or acts count by "
                             "another day)")
                elif not -3 <= (in_force - reached).days <= 400:
                    note(f"{where}: instrument {need} on {reached}, in force {in_force}")
            elif known < in_force:
                text += f"; needs {need}: reached after the table ends"
            else:
                note(f"{where}: {len(days)} participants, {need} needed, yet in force {in_force}")
        print(text)

charter, members = facts.get("un-charter"), sets.get("un-members")
if charter and members and tables.is_dir() and (tables / "1-1.csv").exists():
    acts, _ = participation(tables / "1-1.csv")
    today = [m for m in members if "last" not in m]
    early = [m for m in members if "first" in m and m["first"] <= "1945-12-31"]
    print(f"  1-1: {len(acts)} original ratifications in the table; un-members: {len(today)} members now, {len(early)} "
          "of them since 1945")
    if len(today) != 193:
        note(f"un-members has {len(today)} members without a last day; the United Nations has 193")
    if abs(len(early) - len(acts)) > 3:
        note(f"1-1 lists {len(acts)} ratifications of 1945, un-members {len(early)} members of 1945")

print(f"{len(sections)} sections, {len(clauses)} clauses: " + ", ".join(f"{n} {s}" for s, n in sorted(states.items())))
print(f"{sum(k == 'instrument' for k in kind_of.values())} instruments, "
      f"{sum(k == 'mechanism' for k in kind_of.values())} mechanisms, {sum(k == 'mission' for k in kind_of.values())} "
      "missions; sets used: " + " ".join(sorted(sets_used)))
for text in notes:
    print("note:", text)
for text in faults:
    print("fault:", text)
sys.exit(1 if faults else 0)
