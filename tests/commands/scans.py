"""icosa apply scan-poisson and scan-permutation: a planted cluster found where it was put, as table, GeoJSON and JSON;
the same bytes for one seed; what is wrong with its place."""
import csv
import json
import pathlib
import random
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import harness


def poisson(source, mean):
    product, count = source.random(), 0
    while product > 2.718281828459045 ** -mean:
        product *= source.random()
        count += 1
    return count


def grid(planted=True):
    """12 x 12 points half a degree apart, 24 months, around (1.5, 4.0) more in the last four."""
    source = random.Random(7)
    lines = ["lat,lon,time,count,population"]
    for i in range(12):
        for j in range(12):
            for t in range(24):
                hot = planted and (i - 3) ** 2 + (j - 8) ** 2 <= 2 and t >= 20
                month = f"{2019 + t // 12}-{t % 12 + 1:02d}"
                lines.append(f"{i * 0.5},{j * 0.5},{month},{poisson(source, 2.5 if not hot else 7)},1000")
    return "\n".join(lines) + "\n"


class Scans(harness.Case):
    def rows(self, path):
        return list(csv.DictReader(open(self.folder / path)))

    def test_a_planted_cluster(self):
        self.write("grid.csv", grid())
        for method in ("scan-poisson", "scan-permutation"):
            answer = self.icosa("apply", method, "grid.csv", "--seed", "3", "--out", "c.csv", "--geojson", "c.geojson")
            self.assertEqual(answer.out, "")
            first = self.rows("c.csv")[0]
            self.assertEqual(list(first)[:11], ["lat", "lon", "radius_km", "first", "last", "places", "observed",
                                                "expected", "relative_risk", "statistic", "p_value"])
            self.assertLess(abs(float(first["lat"]) - 1.5) + abs(float(first["lon"]) - 4.0), 1.1)
            self.assertEqual((first["first"], first["last"], first["p_value"]), ("2020-09", "2020-12", "0.001"))
            shapes = json.loads((self.folder / "c.geojson").read_text())
            self.assertIn("no opinion", shapes["notice"])
            self.assertEqual(len(shapes["features"]), len(self.rows("c.csv")))
            ring = shapes["features"][0]["geometry"]["coordinates"][0]
            self.assertEqual((len(ring), ring[0]), (65, ring[-1]))

    def test_the_same_seed_gives_the_same_bytes(self):
        self.write("grid.csv", grid())
        one = self.icosa("apply", "scan-poisson", "grid.csv", "--seed", "3", "--replications", "99").out
        again = self.icosa("apply", "scan-poisson", "grid.csv", "--seed", "3", "--replications", "99").out
        self.assertEqual(one, again)
        self.assertTrue(one.startswith("lat,lon,radius_km"))

    def test_prospective_json_and_probes(self):
        self.write("grid.csv", grid())
        told = json.loads(self.icosa("apply", "scan-permutation", "grid.csv", "--prospective", "--replications", "199",
                                     "--json").out)
        self.assertEqual((told["places"], told["periods"], told["replications"]), (144, 24, 199))
        self.assertGreater(told["clusters"][0]["recurrence_days"], 1000)
        self.assertIsNone(told["clusters"][0]["relative_risk"])
        self.assertLess(told["windows_judged"], told["windows"] * 199)
        err = self.icosa("apply", "scan-poisson", "grid.csv", "--replications", "20", "--probes", "500", "--out",
                         "p.csv").err
        self.assertRegex(err, r"[0-9]+ windows that bounds ruled out worked out one by one: 0 reached")

    def test_noise(self):
        self.write("noise.csv", grid(planted=False))
        self.icosa("apply", "scan-poisson", "noise.csv", "--seed", "3", "--out", "c.csv")
        self.assertGreater(min(float(row["p_value"]) for row in self.rows("c.csv")), 0.01)

    def test_what_is_wrong(self):
        bad = self.write("bad.csv", "lat,lon,time,count,population\n95,1,1,2,10\n1,1,2,1,10\n")
        err = self.icosa("apply", "scan-poisson", bad, code=4).err
        self.assertIn("bad.csv:2:1: error[bad-latitude]", err)
        bad = self.write("bad.csv", "lat,lon,time,count\n1,1,1,2\n1,1,2,1\n")
        self.assertIn("error[unknown-column]", self.icosa("apply", "scan-poisson", bad, code=4).err)
        self.assertIn("out-of-range", self.icosa("apply", "scan-permutation", bad, "--interval", "5", code=2).err)
        self.assertIn("unused-option", self.icosa("apply", "scan-permutation", bad, "--unit", "time", code=2).err)
        self.assertIn("did you mean", self.icosa("apply", "scan-permutation", bad, "--replication", "5", code=2).err)
        bad = self.write("bad.csv", "lat,lon,time,count\n1,1,1,0\n1,1,2,0\n")
        self.assertIn("error[no-cases]", self.icosa("apply", "scan-permutation", bad, code=4).err)
        bad = self.write("bad.csv", "lat,lon,time,count,n,population\n1,1,1,2,3,5\n1,1,2,1,1,5\n")
        self.assertIn("minimum_cases 9 is more than the 3 cases", self.icosa(
            "apply", "scan-poisson", bad, "--minimum-cases", "9", code=2).err)
        for method in ("scan-poisson", "gi-star"):
            self.assertIn("error[two-columns]", self.icosa("apply", method, bad, "--count", "count", "--value", "n",
                                                           code=2).err)
        for people in ("1e308", "1e-320", "-1"):
            bad = self.write("bad.csv", f"lat,lon,time,count,population\n1,1,1,2,5\n1,2,1,2,{people}\n")
            self.assertIn("bad.csv:3:5: error[bad-population]", self.icosa("apply", "scan-poisson", bad, code=4).err)
        bad = self.write("bad.csv", f"lat,lon,time\n1,1,{-2**63}\n1,1,{2**63 - 1}\n")
        self.assertIn("error[bad-time]", self.icosa("apply", "scan-permutation", bad, code=4).err)

    def test_a_circle_of_most_cases(self):
        """Where half of the people have nearly all cases, the statistic rises though the excess falls."""
        table = self.write("most.csv", "lat,lon,time,count,population\n0,0,2020,7401,25000\n0,1,2020,2499,25001\n"
                                       "0,1.9,2020,100,50011\n")
        self.icosa("apply", "scan-poisson", table, "--max-population-share", "0.5", "--replications", "0", "--out",
                   "c.csv")
        first = self.rows("c.csv")[0]
        self.assertEqual((first["places"], first["observed"]), ("2", "9900"))
        self.assertAlmostEqual(float(first["statistic"]), 6372.436, 2)


if __name__ == "__main__":
    harness.main()
