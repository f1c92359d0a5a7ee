"""icosa locate: one point, a table, a file that a card reads; countries stated beside; bad degrees; a build without
outlines is skipped."""
import csv
import io
import json
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import harness

HEADER = "id,lat,lon,date,iso3\n"
ROWS = """1,48.857,2.352,2020-01-05,FRA
2,12.3,47.5,2020-01-05,SOM
3,9.8,28.4,2020-01-05,SSD
4,0,0,2020-01-05,
5,,,2020-01-05,FRA
6,4.85,31.6,2010-06-30,SDN
7,4.85,31.6,2012-06-30,SDN
8,48.6,7.9,2020-01-05,FRA
9,48.857,2.352,2020-01-05,Atlantis
10,-1.286,36.817,2020-01-05,COD
"""
CARD = """# Made up.
[source]
id = "points"
title = "Points"
publisher = "made up"
licence = "CC0-1.0"
exportable = true
attribution = "made up"
url = "https://example.org/"
record = "event"
format = "delimited"
header = ["day", "lat", "lon", "dead"]
editions = "replace"
publication_lag_days = 1
stale_after_days = 100
first_day = "1989-01-01"
locate = "countries"
[coverage]
complete = false
[map]
day       = { column = "day", parse = "date", optional = false }
kind      = { value = "organized-violence" }
latitude  = { column = "lat", parse = "latitude" }
longitude = { column = "lon", parse = "longitude" }
best      = { column = "dead", parse = "whole" }
[assert]
rows = [1, 0]
rejects_share = 0.03
"""
POINTS = """day,lat,lon,dead
2010-06-30,4.85,31.6,1
2012-06-30,4.85,31.6,2
2012-06-30,9.8,28.4,3
2012-06-30,9.297655,80.885115,4
2012-06-30,0,0,5
2012-06-30,,,6
"""


class Locate(harness.Case):
    def setUp(self):
        super().setUp()
        if "no outlines" in self.icosa("locate", "48.857", "2.352").out:
            raise unittest.SkipTest("no outlines of countries in this build")

    def rows(self, *words):
        return list(csv.DictReader(io.StringIO(self.icosa("locate", *words).out)))

    def test_a_point(self):
        told = self.icosa("locate", "48.857", "2.352").out
        self.assertIn("France (fra)", told)
        self.assertIn("Boundaries, names and designations imply no opinion", told)
        one = json.loads(self.icosa("locate", "--json", "--", "-1.286", "36.817").out)
        self.assertEqual([one[name] for name in ("country", "disputed", "sea", "nearest_country")],
                         ["ken", None, None, None])
        self.assertEqual(one["gid"], 127874)
        self.assertIn("Abyei", self.icosa("locate", "9.8", "28.4").out)
        sea = json.loads(self.icosa("locate", "12.3", "47.5", "--json").out)
        self.assertEqual((sea["sea"], sea["nearest_country"], sea["country"]), ("gulf-of-aden", "som", None))

    def test_a_day(self):
        for day, place in (("2012-06-30", "ssd"), ("2010-06-30", "sdn"), ("1930-01-01", None)):
            one = json.loads(self.icosa("locate", "4.85", "31.6", "--as-of", day, "--json").out)
            self.assertEqual(one["country"], place)
        self.assertIn("1930-01-01", one["notes"][0])

    def test_a_table_with_countries(self):
        self.write("p.csv", HEADER + ROWS)
        rows = self.rows("p.csv")
        self.assertEqual([r["line"] for r in rows], [str(n) for n in range(2, 12)])
        by = {int(r["line"]) - 1: r for r in rows}
        self.assertEqual((by[1]["country"], by[1]["stated"], by[1]["apart_km"], by[1]["note"]), ("fra", "fra", "0", ""))
        self.assertEqual((by[2]["country"], by[2]["sea"], by[2]["nearest_country"]), ("", "gulf-of-aden", "som"))
        self.assertEqual((by[3]["country"], by[3]["disputed"]), ("", "abyei"))
        self.assertIn("0/0", by[4]["note"])
        self.assertEqual((by[5]["gid"], by[5]["country"], by[5]["note"]), ("", "", "no position"))
        self.assertEqual((by[6]["country"], by[6]["apart_km"]), ("sdn", "0"))
        self.assertEqual(by[7]["country"], "ssd")
        self.assertGreater(float(by[7]["apart_km"]), 300)
        self.assertEqual(by[8]["country"], "deu")
        self.assertLess(float(by[8]["apart_km"]), 10)
        self.assertEqual(by[8]["note"], "another place than stated")
        self.assertIn("'Atlantis' means no place", by[9]["note"])
        self.assertGreater(float(by[10]["apart_km"]), 500)
        err = self.icosa("locate", "p.csv", "--out", "o.csv").err
        self.assertIn("10 rows: 6 on land, 2 on water, 1 in areas whose status is not determined, 1 without a "
                      "position, 1 of them at 0/0", err)
        self.assertIn("3 do not (1 of them up to 10 km from it)", err)
        self.assertIn("1 with a country stated that means no place", err)
        self.assertEqual((self.folder / "o.csv").read_text(), self.icosa("locate", "p.csv").out)

    def test_no_country_is_compared_at_the_origin(self):
        self.write("o.csv", "lat,lon,iso3\n0,0,GHA\n0,0,KEN\n54,-4,GBR\n")
        rows = self.rows("o.csv")
        self.assertNotIn("stated", rows[0]["note"] + rows[1]["note"])
        self.assertEqual(rows[2]["note"], "nearer another coast than the one stated")
        told = json.loads(self.icosa("locate", "o.csv", "--json", "--out", "l.csv").out)
        self.assertEqual((told["stated"], told["agree"], told["differ"]), (1, 0, 1))

    def test_counts_as_json(self):
        self.write("p.csv", HEADER + ROWS)
        told = json.loads(self.icosa("locate", "p.csv", "--json").out)
        self.assertEqual(len(told["points"]), 10)
        self.assertEqual(told["rows"], told["on_land"] + told["on_water"] + told["disputed"] + told["without_position"])
        self.assertEqual(told["stated"], told["agree"] + told["differ"])
        self.assertEqual(told["differ"], 4 - 1)
        told = json.loads(self.icosa("locate", "p.csv", "--json", "--out", "o.csv").out)
        self.assertNotIn("points", told)
        day = json.loads(self.icosa("locate", "p.csv", "--json", "--as-of", "2012-06-30").out)
        self.assertEqual(day["points"][5]["country"], "ssd")

    def test_a_table_without_countries_has_ten_columns(self):
        self.write("p.csv", "x,y\n2.352,48.857\n")
        self.assertEqual(self.icosa("locate", "p.csv").out.splitlines()[0],
                         "line,lat,lon,gid,country,disputed,sea,nearest_country,coast_km,note")

    def test_a_card_that_locates_in_countries(self):
        self.write("points.toml", CARD)
        self.write("p.csv", POINTS)
        self.ingest("p.csv", "--add", "points.toml")
        self.icosa("export", "records", "--source", "points", "--add", "points.toml", "--db", "a.duckdb", "--out", "x")
        lines = [line for line in (self.folder / "x/points.csv").read_text().splitlines() if not line.startswith("#")]
        places = {int(row["fatalities_best"]): row["place"] for row in csv.DictReader(lines)}
        self.assertEqual(places, {1: "place:sdn", 2: "place:ssd", 3: "place:abyei", 4: "place:lka", 5: "", 6: ""},
                         "the last lie 12 km and farther off a coast, and nowhere")
        rows = self.rows("p.csv", "--add", "points.toml")
        self.assertEqual([r["country"] for r in rows], ["sdn", "ssd", "", "", "", ""])
        self.write("bad.toml", CARD.replace("best  ", 'place     = { column = "dead", system = "iso3" }\nbest  '))
        self.assertIn("bad.toml:2:1: error[two-places]",
                      self.icosa("check", "--add", "bad.toml", code=3).err)

    def test_bad_words_and_cells(self):
        for words, code, says in ((("91", "20"), 2, "error[bad-latitude]"), (("91", "20"), 2, "may be swapped"),
                                  (("10", "181"), 2, "error[bad-longitude]"), (("here",), 4, "here"),
                                  (("1", "2", "3"), 2, "error[not-a-point]"), (("a", "b"), 2, "error[not-a-point]")):
            answer = self.icosa("locate", *words, code=code)
            self.assertIn(says, answer.err)
            self.assertEqual(answer.out, "")
        self.write("p.csv", "lat,lon\n10,20\n91,20\n")
        self.assertIn("p.csv:3:1: error[bad-latitude]", self.icosa("locate", "p.csv", code=4).err)
        self.write("p.csv", "lat,lon\n10,20\n10,-181\n")
        self.assertIn("p.csv:3:2: error[bad-longitude]", self.icosa("locate", "p.csv", code=4).err)
        self.write("p.csv", "lat,lon\n10,20\n")
        self.assertIn("error[out-is-input]", self.icosa("locate", "p.csv", "--out", "p.csv", code=2).err)
        self.assertIn("error[unwritable]", self.icosa("locate", "p.csv", "--out", "no/o.csv", code=5).err)
        self.assertIn("none is read here", self.icosa("locate", "p.csv", "--as-of", "newest", code=2).err)
        self.write("p.csv", "lat,lon,lat\n10,20,30\n")
        self.assertIn("p.csv:1:1: error[doubled-column]", self.icosa("locate", "p.csv", code=4).err)

    def test_the_meridian_of_180_is_one(self):
        self.write("p.csv", "lat,lon\n0,180\n0,-180\n")
        east, west = self.rows("p.csv")
        self.assertEqual((east["sea"], east["coast_km"]), (west["sea"], west["coast_km"]))


if __name__ == "__main__":
    harness.main()
