"""The worked case of docs/triggers.md on UCDP's months: a store, the file and the file's other columns give the same
counts, and they are those that the page tells."""
import csv
import io
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import harness

FILE = harness.DATA / "ucdp" / "ged_country_month_1989_2020.csv"
RULE = (harness.ROOT / "docs" / "examples" / "deaths-at-a-high.toml").read_text(encoding="utf-8")


class Triggers(harness.Case):
    def row(self, text, *args):
        self.write("alert.toml", text)
        self.icosa("trigger", "try", "alert.toml", *args, "--out", "out.csv")
        return next(csv.DictReader(io.StringIO((self.folder / "out.csv").read_text())))

    def test_the_worked_case(self):
        self.ingest(FILE)
        for high_of, fired, followed, episodes, alarms in ((12, 318, 88, 201, 11.5), (24, 225, 63, 145, 8.1),
                                                           (36, 182, 53, 117, 6.45)):
            got = self.row(RULE.replace("high_of = 12", f"high_of = {high_of}"), "--db", "a.duckdb")
            self.assertEqual((int(got["fired"]), int(got["followed"]), int(got["episodes"])),
                             (fired, followed, episodes))
            self.assertAlmostEqual(float(got["false_alarms_a_year"]), alarms)
            self.assertEqual(int(got["outcomes"]), 1531)

    def test_store_and_file_agree(self):
        self.ingest(FILE)
        for rule, fired, followed in (((1, 100, 12), 157, 48), ((3, 50, 36), 225, 64)):
            text = RULE.replace("2000-01", "2010-01")
            for key, value, old in zip(("sum", "at_least", "high_of"), rule, (1, 100, 12)):
                text = text.replace(f"{key} = {old}", f"{key} = {value}")
            got = self.row(text, "--db", "a.duckdb")
            self.assertEqual((int(got["fired"]), int(got["followed"]), int(got["outcomes"])), (fired, followed, 774))
            self.assertEqual(self.row(text, "--panel", FILE), got)
            self.assertEqual(self.row(text.replace("fatalities-state-based", "deaths_state_based"), "--panel", FILE,
                                      "--unit", "gwcode"), got)


if __name__ == "__main__":
    if not FILE.exists():
        print(f"skipped: no counts at {FILE}; set ICOSA_DATA")
        sys.exit(harness.SKIPPED)
    harness.main()
