"""What a desk should have been told: the worked cases of cases.md, run on the real files; prints how many are told.

A case with a line of `told`, `first`, `zh` or `never` that its page does not keep fails. A case that is `missed` stands
in docs/record.md too. Run it alone with the number of a section to see one page's cases: `desk.py III.8`."""
import pathlib
import re
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
import harness

HERE = pathlib.Path(__file__).resolve().parent
FILES = (
    "ucdp/organizedviolencecy_v25_1.csv", "ucdp/ged_country_month_1989_2020.csv", "ucdp/ged201.csv",
    "relations/ucdp_acd.csv", "relations/cow_nmc.csv", "governance/unhcr_population.csv", "governance/gdp.csv",
    "governance/population.csv", "peacekeeping/geopko_TCCMap_v.2.3.csv", "peacekeeping/data_mission.csv",
    "epidemics/DONdatabase.csv", "epidemics/outbreaks_13052026.csv", "epidemics/salmAllOnset.csv",
    "treaties/untreaties/1-4.csv", "lists/uk_subjects.csv", "lists/consolidated_2020.xml",
    "cyber/known_exploited_vulnerabilities.csv", "ai/aiid_incidents.csv", "space/celestrak_on_orbit_20241101.csv",
    "fresh/people/food_price_indices_data.csv", "un-votes/un_roll_calls.csv", "un-votes/un_votes.csv")
FIRST = 10  # lines of findings that are still the first
FINDING = re.compile(r"^- [●▲■▽△◐]")
RULES = ("told", "first", "zh", "never", "missed")
ONLY = [word for word in sys.argv[1:] if re.match(r"[IV]+\.", word)]


class Worked:
    """One heading of cases.md: section, day, what happened, and its rules as (name, text)."""

    def __init__(self, heading):
        where, _, self.title = heading.partition(": ")
        self.section, _, self.day = where.partition(", ")
        self.rules = []

    @property
    def is_missed(self):
        return any(name == "missed" for name, _ in self.rules)


def worked_cases():
    out = []
    for line in (HERE / "cases.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            out.append(Worked(line[3:]))
        elif out and line.startswith("- "):
            name, _, text = line[2:].partition(": ")
            assert name in RULES, f"cases.md: no such rule: {line}"
            out[-1].rules.append((name, text))
    return out


def holds(lines, text):
    wanted = text.split("; ")
    return any(all(has(line, word) for word in wanted) for line in lines)


def has(line, word):
    """A number stands alone: 3 is not in 30 nor in 3.5."""
    if re.match(r"[\d(]", word):
        return re.search(rf"(?<![\d.,]){re.escape(word)}(?!\d|[.,]\d)", line) is not None
    return word in line


class Desk(harness.Case):
    def lines(self, case, language):
        out = f"{case.section}-{case.day}-{language}"
        self.dossier("--as-of", case.day, "--area", case.section, "--full", "--lang", language, out=out)
        text = (self.folder / out / "dossier.md").read_text(encoding="utf-8")
        return re.sub(r"\\([.|*_\[\]])", r"\1", text).splitlines()

    def unkept(self, case):
        pages = {}
        out = []
        for name, text in case.rules:
            language = "zh" if name == "zh" else "en"
            lines = pages.setdefault(language, None) or self.lines(case, language)
            pages[language] = lines
            among = [line for line in lines if FINDING.match(line)][:FIRST] if name == "first" else lines
            if holds(among, text) == (name == "never"):
                out.append(f"{case.section}, {case.day}: {name}: {text}")
        return out

    def test_cases(self):
        self.ingest(*[harness.DATA / name for name in FILES])
        cases = [case for case in worked_cases() if not ONLY or case.section in ONLY]
        unkept = {case.section + case.day: self.unkept(case) for case in cases if not case.is_missed}
        told = sum(not lines for lines in unkept.values())
        print(f"{told} of {len(cases)} told, {len(cases) - len(unkept)} missed for want of data")
        self.assertEqual([line for lines in unkept.values() for line in lines], [])

    def test_misses_stand_in_the_record(self):
        record = (harness.ROOT / "docs" / "record.md").read_text(encoding="utf-8")
        for case in worked_cases():
            if case.is_missed:
                self.assertIn(f"| {case.section} | {case.day} |", record)


if __name__ == "__main__":
    del sys.argv[1:]
    harness.main(needs_data=True)
