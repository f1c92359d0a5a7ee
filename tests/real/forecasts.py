"""The forecast watches on the real fatalities: what signals, what is said of whom, that the model beats the simple
rule, and that explain leads to the lines."""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import harness

FILE = harness.DATA / "ucdp" / "ged_country_month_1989_2020.csv"


class Forecasts(harness.Case):
    def test_the_end_of_2020(self):
        self.ingest(FILE)
        dossier = self.dossier("--as-of", "2020-12-31", "--area", "1", "--area", "5", "--area", "10")
        watches = harness.watches(dossier)
        escalation = {signal["subject"] for signal in watches["hotspot.escalation"]["signals"]}
        self.assertIn("eth", escalation, "the war of November 2020 is beyond what October had forecast")
        self.assertLess(len(escalation), 5)
        ahead = watches["un.ahead"]
        self.assertEqual(ahead["units_examined"], 195)
        self.assertEqual(len(ahead["forecasts"]), 12)
        self.assertEqual([one["subject_title"] for one in ahead["forecasts"]],
                         sorted(one["subject_title"] for one in ahead["forecasts"]))
        by_subject = {one["subject"]: one for one in ahead["forecasts"]}
        self.assertGreater(by_subject["afg"]["probability"]["value"], 0.9)
        for one in ahead["forecasts"]:
            self.assertEqual(one["origin"], "2020-11")
            self.assertEqual([month["month"] for month in one["months"]],
                             ["2020-12"] + [f"2021-{m:02d}" for m in range(1, 12)])
            chance = one["probability"]
            self.assertLessEqual(chance["low"], chance["value"])
            self.assertLessEqual(chance["value"], chance["high"])
            for word in (chance["word"], "base rate", "2020-12 to 2021-11", "25 fatalities"):
                self.assertIn(word, chance["statement"])
            self.assertEqual(len(one["past"]), 3)
            self.assertGreater(one["lineage"]["rows"], 300)
            if one["drivers"]:
                moved = sum(month["mean"] for month in one["months"]) / 12 - one["mean_before"]
                self.assertAlmostEqual(sum(driver["effect"] for driver in one["drivers"]), moved, delta=0.1)
        record = ahead["record"]
        self.assertEqual(len(record["windows"]), 5)
        self.assertLess(sum(w["crps"] for w in record["windows"]), sum(w["benchmark_crps"] for w in record["windows"]))
        self.assertLess(record["brier"], record["brier_base"])
        self.assertNotIn("LOSES", record["verdict"])
        told = self.icosa("explain", "un.ahead/afg/2020-11", "--as-of", "2020-12-31", "--db", "a.duckdb").out
        for word in ("forecast ", "moved ", "like ", "2021-11",
                     f"from {by_subject['afg']['lineage']['rows']} source lines"):
            self.assertIn(word, told)
        self.assertEqual(harness.watches(self.dossier("--as-of", "2021-12-31", "--area", "1"))["un.ahead"]["state"],
                         "stale")


if __name__ == "__main__":
    if not FILE.exists():
        print(f"skipped: no counts at {FILE}; set ICOSA_DATA")
        sys.exit(harness.SKIPPED)
    harness.main()
