"""icosa match: pairs of two tables and of files that cards read, what is left out, episodes for review, kinds by text
and by taxonomy, and what is wrong in files and words."""
import csv
import io
import json
import pathlib
import random
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import harness

HEADER = "lat,lon,time,kind\n"
OURS = """[[taxonomy]]
id = "ours"
title = "Ours"
levels = ["type", "any"]
source = "made up"
reviewed = "2026-11-30"
[taxonomy.category]
fight = ["violence"]
burning = ["violence"]
[[taxonomy.coding]]
sources = ["a.csv"]
codes = { clash = "fight", arson = "burning" }
[[taxonomy.coding]]
sources = ["b.csv"]
codes = { "fi*" = "fight", "bu*" = "burning" }
"""


class Match(harness.Case):
    def pairs(self, *words):
        out = self.icosa("match", "a.csv", "b.csv", "--estimate", "never", *words).out
        return [(r["line_a"], r["line_b"], float(r["distance_km"]), int(r["days"]), float(r["score"]))
                for r in csv.DictReader(io.StringIO(out))]

    def test_pairs_of_two_tables(self):
        self.write("a.csv", HEADER + "10,20,2020-01-05,clash\n10,20,2020-03-01,clash\n,20,2020-01-05,clash\n")
        self.write("b.csv", HEADER + "10.1,20,2020-01-06,clash\n10,20,2020-01-05,arson\n50,20,2020-01-05,clash\n")
        self.assertEqual(self.pairs(), [("2", "2", 11.12, 1, 1)], "kinds by their texts")
        self.assertEqual(self.pairs("--km", "10"), [])
        told = json.loads(self.icosa("match", "a.csv", "b.csv", "--estimate", "never", "--json").out)
        self.assertEqual(told["kinds"], "by their texts")
        self.assertEqual((told["a"]["rows"], told["a"]["events"], told["a"]["left_out"]["without_position"]), (3, 2, 1))
        self.assertEqual((told["b"]["paired"], told["b"]["other_kind_near"], told["b"]["nothing_near"]), (1, 1, 1))
        self.assertEqual(told["pairs"][0]["source_b"], "b.csv")
        self.assertIsNone(told["estimated_precision"])

    def test_a_taxonomy_of_ones_own(self):
        self.write("ours.toml", OURS)
        self.write("a.csv", HEADER + "10,20,2020-01-05,clash\n10,20,2020-01-05,parade\n")
        self.write("b.csv", HEADER + "10,20,2020-01-05,burnt\n10.1,20,2020-01-06,fighting\n")
        self.assertEqual(self.pairs("--taxonomy", "ours", "--add", "ours.toml"), [("2", "3", 11.12, 1, 1)])
        err = self.icosa("match", "a.csv", "b.csv", "--taxonomy", "ours", "--add", "ours.toml").err
        self.assertIn("1 of a kind that the taxonomy does not have", err)
        self.assertIn("error[unknown-taxonomy]", self.icosa("match", "a.csv", "b.csv", "--taxonomy", "x", code=2).err)
        err = self.icosa("match", "a.csv", "b.csv", "--taxonomy", "sea-incidents", code=2).err
        self.assertIn("error[not-coded]", err)
        self.write("bad.toml", OURS.replace('"fi*" = "fight"', '"fi*" = "fihgt"').replace("a.csv", "nowhere"))
        checked = self.icosa("check", "--add", "bad.toml", code=3)
        err = checked.err + checked.out
        self.assertIn("error[unknown-category]", err)
        self.assertIn("did you mean 'fight'", err)
        self.assertIn("error[unknown-source]", err)

    def test_episodes_are_for_review(self):
        self.write("a.csv", "lat,lon,time,end\n10,20,2020-01-01,2020-01-20\n")
        self.write("b.csv", "lat,lon,time\n10,20,2020-01-08\n10,20,2020-02-08\n")
        self.assertEqual(self.pairs("--review", "review.csv"), [])
        self.assertEqual((self.folder / "review.csv").read_text().splitlines()[1:], ["a.csv,2,b.csv,2,0,0,1"])

    def test_files_that_cards_read(self):
        asam = 'reference,date,position,navArea,subreg,hostility,victim,description,\n'
        asam += '2019-1,2019-03-02,"5°30\'00""N \n100°00\'00""E",XI,71,ROBBERS,TANKER,"two\nlines",\n'
        asam += '2019-2,2019-03-09,"5°30\'00""N \n100°00\'00""E",XI,71,SUSPICIOUS APPROACH,TANKER,x,\n'
        imb = ("date,time,longitude,latitude,attack_type,location_description,nearest_country,eez_country,shore_distance,"
               "vessel_status\n2019-03-03,NA,100.1,5.5,Boarded,x,MYS,MYS,1,Berthed\n")
        self.write("RAW_ASAM.csv", asam)
        self.write("pirate_attacks.csv", imb)
        run = self.icosa("match", "RAW_ASAM.csv", "pirate_attacks.csv", "--geojson", "pairs.geojson")
        self.assertEqual(run.out.splitlines()[1:], ["asam,2,pirate-attacks,2,11.068,1,1"])
        self.assertIn("kinds by taxonomy 'sea-incidents'", run.err)
        shapes = json.loads((self.folder / "pairs.geojson").read_text())["features"]
        self.assertEqual(shapes[0]["geometry"], {"type": "LineString", "coordinates": [[100, 5.5], [100.1, 5.5]]})

    def test_shuffled_rows_and_threads_give_the_same_pairs(self):
        random.seed(4)
        def rows():
            return [f"{10 + random.randrange(60) / 50},{20 + random.randrange(60) / 50},"
                    f"{18000 + random.randrange(400)},k\n"
                    for _ in range(800)]
        a, b = rows(), rows()
        def told(threads):
            self.write("a.csv", HEADER + "".join(a))
            self.write("b.csv", HEADER + "".join(b))
            return sorted((a[int(p[0]) - 2], b[int(p[1]) - 2], p[2:]) for p in self.pairs("--threads", threads))
        first = told("1")
        self.assertEqual(first, told("2"))
        random.shuffle(a)
        random.shuffle(b)
        self.assertEqual(first, told("2"))
        self.assertGreater(len(first), 50)
        found = json.loads(self.icosa("match", "a.csv", "b.csv", "--json").out)
        low, high = found["estimated_precision"]
        self.assertLessEqual(low, high)
        self.assertLess(low, 0.5, "nothing is the same here")

    def test_what_is_wrong_is_told_with_its_place(self):
        self.write("b.csv", HEADER + "10,20,2020-01-05,k\n")
        for row, code in (("91,20,2020-01-05,k", "bad-latitude"), ("10,181,2020-01-05,k", "bad-longitude"),
                          ("10,20,2020-13-05,k", "bad-time"), ("10,20,2020-01,k", "not-days"), (",20,,k", "no-rows")):
            self.write("a.csv", HEADER + row + "\n")
            err = self.icosa("match", "a.csv", "b.csv", code=4).err
            self.assertIn("a.csv:", err, row)
            self.assertIn(f"error[{code}]", err, row)
        self.write("a.csv", HEADER + "120,20,2020-01-05,k\n")
        self.assertIn("may be swapped", self.icosa("match", "a.csv", "b.csv", code=4).err)
        self.write("a.csv", "where,when\nx,2020-01-01\n")
        self.assertIn("error[unknown-column]", self.icosa("match", "a.csv", "b.csv", code=4).err)
        self.assertIn("error[same-file]", self.icosa("match", "b.csv", "b.csv", code=2).err)
        self.assertIn("error[missing-file]", self.icosa("match", "none.csv", "b.csv", code=4).err)
        self.icosa("match", "a.csv", "b.csv", "--km", "-1", code=2)
        self.write("a.csv", HEADER + "0,0,2020-01-05,k\n")
        self.assertIn("1 at latitude 0, longitude 0 kept", self.icosa("match", "a.csv", "b.csv").err)


if __name__ == "__main__":
    harness.main()
