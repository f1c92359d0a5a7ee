"""Four first pages that an analyst would remember, kept as files to read: from sources that may be passed on (UCDP by
year and its monthly totals, UNHCR, Disease Outbreak News). ICOSA_BLESS=1 rewrites them; the diff is reviewed.

Each begins with what an analyst should have been told and was or was not; docs/record.md has the same table."""
import os
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import harness

FILES = ("ucdp/organizedviolencecy_v25_1.csv", "fresh/conflict/derived-ucdp_panel-country-month-1985-2024.csv",
         "governance/unhcr_population.csv", "epidemics/DONdatabase.csv")
KEPT = pathlib.Path(__file__).resolve().parent / "days"

RISEN = "Has just risen or dropped"

# day: should, was told, was not; (block, pattern) that the page holds; patterns that it does not
DAYS = {
    "2013-11-30": (
        "Central African Republic: the state breaks down, mass killing begins in December.",
        "It has just risen: 1,331 killed in the three months to October.",
        "That it would get worse: it is not among the ten likeliest.",
        [(RISEN, r"Central African Republic: 1,331 people killed .* rising"),
         ("Likely to get worse", r"South Sudan: a chance of")],
        [("Likely to get worse", r"Central African Republic")]),
    "2014-06-30": (
        "Ukraine: war in the east since April. Iraq: Mosul fell on 10 June. Ebola in Guinea, Liberia, Sierra Leone.",
        "Ukraine rising, Iraq still high in monthly figures to May; notices of outbreaks rising in all three.",
        "June itself: monthly figures end in May. That the outbreak is of Ebola: notices are counted by country.",
        [(RISEN, r"Ukraine: .* people killed in organised violence .* to May 2014"),
         ("Still high", r"Iraq: .* people killed in organised violence .* to May 2014"),
         *[(RISEN, f"{name}: .* notices in .* rising") for name in ("Guinea", "Liberia", "Sierra Leone")]],
        [(RISEN, r"killed .*June 2014")]),
    "2020-11-30": (
        "Azerbaijan and Armenia at war until 10 November. Ethiopia: war in Tigray since 4 November.",
        "Azerbaijan, where UCDP files that war, in monthly figures to October.",
        "Armenia as a party, since figures are by place. Tigray: its first month is not over.",
        [(RISEN, r"Azerbaijan: 7,411 people killed in organised violence .* to October 2020")],
        [(RISEN, r"Ethiopia: .* November 2020")]),
    "2023-12-31": (
        "Israel and the Palestinian territories since October. Sudan since April.",
        "Both in monthly figures to November, Sudan rising again; Lebanon new.",
        "That Lebanon would get worse: it is not among the ten likeliest.",
        [(RISEN, r"Israel.*: 18,437 people killed .* rising"),
         (RISEN, r"Sudan: 3,168 people killed .* rising"), (RISEN, r"Lebanon: .* new")],
        [("Likely to get worse", r"Lebanon: a chance")]),
}


def blocks_of(page):
    """The text under each second heading, by its title without the count."""
    out = {}
    for part in re.split(r"^## ", page, flags=re.MULTILINE)[1:]:
        title, _, text = part.partition("\n")
        out[re.sub(r" \(\d+\)$", "", title)] = text
    return out


class Days(harness.Case):
    def holds(self, blocks, where, what):
        return any(re.search(what, line) for title, text in blocks.items() if re.fullmatch(where, title)
                   for line in text.splitlines())

    def test_days(self):
        self.ingest(*[harness.DATA / name for name in FILES])
        for day, (should, told, untold, present, absent) in DAYS.items():
            self.dossier("--as-of", day, out=day)
            page = (self.folder / day / "dossier.md").read_text(encoding="utf-8")
            blocks = blocks_of(page)
            for where, what in present:
                self.assertTrue(self.holds(blocks, where, what), f"{day}: no '{what}' under '{where}'")
            for where, what in absent:
                self.assertFalse(self.holds(blocks, where, what), f"{day}: '{what}' under '{where}'")
            text = f"<!-- Should be told: {should} Told: {told} Not told: {untold} -->\n{page}"
            kept = KEPT / f"{day}.md"
            if os.environ.get("ICOSA_BLESS") == "1":
                kept.parent.mkdir(exist_ok=True)
                kept.write_text(text, encoding="utf-8")
            self.assertEqual(kept.read_text(encoding="utf-8").splitlines(), text.splitlines(),
                             f"{day}: if it is right, rewrite it with ICOSA_BLESS=1")


if __name__ == "__main__":
    harness.main(needs_data=True)
