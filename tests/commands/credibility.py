"""icosa credibility: rows of files and of a store with their scores and reasons, tables by place, rules of one's own,
what a watch leaves out and says, positions that are no points, and what is wrong in words."""
import csv
import io
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import harness

COLUMNS = 61
OWN = """[[prior]]
id = "ours"
sources = ["acled"]
wrong = 0.2
evidence = "made up"
reviewed = "2026-11-30"
[[doubt]]
id = "middle-of-a-region"
title = { en = "in the middle of a region", zh = "地区中心" }
sources = ["acled"]
test = "of-province"
precision = 0.5
recall = 0.4
evidence = "made up"
reviewed = "2026-11-30"
"""

WATCH = """[area]
section = "own"
[[watch]]
id = "own.assaults"
engine = "event-surveillance"
title = { en = "Assaults", zh = "袭击" }
from = ["gdelt-2"]
kind = ["assault"]
credible = 0.1
period = "month"
method = { name = "threshold", at_least = 2 }
severity_unit = "events"
"""


def row(number, added="20200301120000", day="20200301", a="FRA", b="USA", code="190", root=1, typed="GOV", geo=4,
        country="FR", lat="48.85", lon="2.35", outlets=1):
    cells = [""] * COLUMNS
    cells[0:5] = [number, day, day[:6], day[:4], day[:4] + ".1"]
    cells[5] = cells[7] = a
    cells[15] = cells[17] = b
    cells[12] = typed
    cells[25:29] = [root, code, code, code[:2]]
    cells[29:34] = [4, "-10.0", 1, outlets, 1]
    cells[51], cells[53], cells[56], cells[57] = geo, country, lat, lon
    cells[59] = added
    cells[60] = "http://example.org/a"
    return "\t".join(str(cell) for cell in cells)


def gdelt(*rows):
    return "".join(one + "\n" for one in rows)


class Credibility(harness.Case):
    def rows(self, *words, code=0):
        return list(csv.DictReader(io.StringIO(self.icosa("credibility", *words, code=code).out)))

    def two_files(self):
        self.write("20200301120000.export.CSV", gdelt(
            row(1), row(2, code="010", day="20190302"), row(3, code="020", typed="", root=0),
            row(4, code="030", country="GZ"), row(5, code="040", geo=1), row(6, code="050", lat="0", lon="0"),
            row(7, code="060", country="JA", b="")))
        self.write("20200301121500.export.CSV", gdelt(
            row(8, added="20200301121500"), row(9, added="20200301121500", code="070", country="OS")))
        return ["20200301120000.export.CSV", "20200301121500.export.CSV"]

    def test_rows_with_scores_and_reasons(self):
        found = {r["code"] + ("" if r["file"].startswith("20200301120000") else "+"): r
                 for r in self.rows(*self.two_files())}
        reasons = {code: r["reasons"] for code, r in found.items()}
        self.assertEqual(reasons, {
            "190": "", "010": "round-lag; far-lag", "020": "untyped-actors; not-root", "030": "elsewhere",
            "040": "country-centre", "050": "origin", "060": "elsewhere", "190+": "told-again", "070+": ""})
        self.assertEqual(found["030"]["place"], "pse")
        self.assertEqual(found["070+"]["place"], "fips:OS", "a code of no country loses no row")
        best = float(found["190"]["credibility"])
        self.assertTrue(0.235 < best < 0.6, best)
        for code, one in found.items():
            if one["reasons"]:
                self.assertLess(float(one["credibility"]), best, code)
        self.assertLess(float(found["050"]["credibility"]), 0.02)

    def test_order_of_files_makes_no_difference(self):
        files = self.two_files()
        first = sorted((r["file"], r["line"], r["credibility"], r["reasons"]) for r in self.rows(*files))
        self.assertEqual(first, sorted((r["file"], r["line"], r["credibility"], r["reasons"])
                                       for r in self.rows(*reversed(files))))

    def test_summary_and_places(self):
        files = self.two_files()
        told = json.loads(self.icosa("credibility", *files, "--threshold", "0.1", "--json").out)
        self.assertEqual(told["threshold"], 0.1)
        source, = told["sources"]
        self.assertEqual((source["source"], source["events"], source["no_rule_fires"]), ("gdelt-2", 9, 2))
        rules = {r["rule"]: r for r in source["rules"]}
        self.assertEqual(rules["told-again"]["events"], 1)
        self.assertEqual(rules["not-root"]["basis"], "declared")
        self.assertIsNone(rules["origin"]["recall"])
        self.assertNotIn("single-outlet", rules, "two outlets are never asked for")
        self.assertGreater(rules["told-again"]["odds_where_it_fires"], 5)
        kept = [t["kept"] for t in source["thresholds"]]
        self.assertEqual(kept, sorted(kept, reverse=True))
        self.assertLess(source["kept"], 9)
        places = {r["place"]: r for r in self.rows(*files, "--by-place")}
        self.assertEqual(places["fra"]["events"], "6")
        self.assertGreaterEqual(int(places["fra"]["kept_0.05"]), int(places["fra"]["kept_0.3"]))
        err = self.icosa("credibility", *files, "--threshold", "0.1").err
        self.assertIn("gdelt-2: 9 events", err)
        self.assertIn("told-again", err)

    def test_a_store_keeps_the_same(self):
        files = self.two_files()
        self.ingest(*files)
        alone = [(r["file"], r["line"], r["credibility"], r["reasons"]) for r in self.rows(*files)]
        stored = [(r["file"], r["line"], r["credibility"], r["reasons"])
                  for r in self.rows("--source", "gdelt-2", "--db", "a.duckdb", "--as-of", "2020-03-01")]
        self.assertEqual(sorted(alone), sorted(stored))

    def test_files_one_call_after_another(self):
        """The second call finds places and rules written down already, and has its file to ask all the same."""
        files = self.two_files()
        asked = ("credibility", "--source", "gdelt-2", "--as-of", "2020-03-01", "--db")
        self.ingest(*files)
        together = self.icosa(*asked, "a.duckdb").out
        for path in files:
            self.ingest(path, db="b.duckdb")
        self.assertEqual(self.icosa(*asked, "b.duckdb").out, together)

    def test_rules_of_ones_own(self):
        self.write("own.toml", OWN)
        head = ("event_id_cnty,event_date,disorder_type,sub_event_type,country,admin1,latitude,longitude,geo_precision,"
                "fatalities\n")
        self.write("acled.csv", head + "A1,2020-01-01,Political violence,Attack,Mali,Gao,16,0,1,1\n"
                                       "A2,2020-01-01,Political violence,Attack,Mali,Gao,16,0,3,1\n"
                                       "A3,2020-01-01,Political violence,Attack,Mali,Gao,16,0,2,1\n")
        found = self.rows("acled.csv", "--add", "own.toml")
        self.assertEqual([r["reasons"] for r in found], ["", "middle-of-a-region", ""])
        self.assertEqual(float(found[1]["credibility"]), 0.5, "at its own base rate a rule gives its precision")
        self.assertIn("error[no-rules]", self.icosa("credibility", "acled.csv", code=4).err)
        self.write("bad.toml", OWN.replace("precision = 0.5", "precision = 0.1").replace('"acled"', '"acledd"', 1))
        checked = self.icosa("check", "--add", "bad.toml", code=3)
        said = checked.err + checked.out
        self.assertIn("error[unknown-source]", said)
        self.assertIn("did you mean 'acled'", said)
        self.assertIn("error[no-prior]", said)

    def test_what_a_watch_leaves_out_it_says(self):
        self.write("watch.toml", WATCH)
        self.write("20200301120000.export.CSV", gdelt(row(1), row(2, code="193"), row(3, code="195")))
        self.write("20200301121500.export.CSV", gdelt(row(4, added="20200301121500"),
                                                      row(5, code="194", added="20200301121500", day="20190302")))
        self.ingest("20200301120000.export.CSV", "20200301121500.export.CSV")
        told = self.dossier("--area", "own", "--add", "watch.toml", "--as-of", "2020-04-01")
        watch = harness.watches(told)["own.assaults"]
        caveat, = [c for c in watch["caveats"] if "set aside" in c]
        self.assertEqual(caveat, "of 5 rows of gdelt-2 2 (40 %) set aside: 1 dated exactly a week, a month, a year or "
                                 "ten years before it was added, 1 told again under another number within half an hour")
        signal, = watch["signals"]
        self.assertEqual(signal["observed"], 3)
        said = self.icosa("explain", signal["id"], "--add", "watch.toml", "--db", "a.duckdb", "--as-of",
                          "2020-04-01").out
        self.assertIn("credibility 0.35", said)
        self.write("watch.toml", WATCH.replace("credible = 0.1", "credible = 0.9"))
        told = self.dossier("--area", "own", "--add", "watch.toml", "--as-of", "2020-04-01")
        watch = harness.watches(told)["own.assaults"]
        self.assertEqual(watch["state"], "no-data")
        self.assertIn("of 5 rows of gdelt-2 5 (100 %) set aside", " ".join(watch["caveats"]))
        self.write("watch.toml", WATCH.replace("credible = 0.1", "credible = 1.5"))
        self.assertIn("error[out-of-range]", self.icosa("check", "--add", "watch.toml", code=3).err)
        self.write("watch.toml", WATCH.replace("gdelt-2", "ucdp-ged").replace('"assault"', '"one-sided-violence"'))
        self.assertIn("error[no-rules]", self.icosa("check", "--add", "watch.toml", code=3).err)

    def test_a_match_leaves_areas_out(self):
        self.write("20200301120000.export.CSV", gdelt(row(1), row(2, code="191", geo=1), row(3, code="193", geo=5)))
        self.write("b.csv", "lat,lon,time\n48.85,2.35,2020-03-01\n")
        told = json.loads(self.icosa("match", "20200301120000.export.CSV", "b.csv", "--estimate", "never",
                                     "--json").out)
        self.assertEqual((told["a"]["events"], told["a"]["left_out"]["position_of_area"]), (1, 2))

    def test_what_is_wrong_in_words(self):
        files = self.two_files()
        self.assertIn("error[missing-option]", self.icosa("credibility", code=2).err)
        self.assertIn("error[missing-option]", self.icosa("credibility", files[0], "--source", "icews", code=2).err)
        self.ingest(*files)
        err = self.icosa("credibility", "--source", "gdelt-1", "--db", "a.duckdb", code=2).err
        self.assertIn("error[unknown-source]", err)
        self.assertIn("did you mean 'gdelt-2'?", err)
        whole = [row(number) for number in range(1, 60)]
        self.write("20200301140000.export.CSV", gdelt(*whole, row(60, lat="91")))
        answer = self.icosa("credibility", "20200301140000.export.CSV", "--json")
        self.assertIn("1 of 60 rows are wrong and left out", answer.err)
        self.assertEqual(json.loads(answer.out)["files"],
                         [{"file": "20200301140000.export.CSV", "rows": 60, "rejected": 1}])
        self.write("nothing.csv", "a,b\n1,2\n")
        self.icosa("credibility", "nothing.csv", code=4)


if __name__ == "__main__":
    harness.main()
