"""Counts at points through the binary: gi-star and local-moran as tables, GeoJSON and summaries; steps of time, cells,
rates; what odd and bad files are answered with."""
import csv
import io
import json
import pathlib
import random
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import harness


def towns(months=1, population=False):
    """A square of 15 x 15 towns a degree apart; from the fourth month on, more and more in its north-east."""
    draw = random.Random(5)
    rows = []
    for i in range(225):
        latitude, longitude = i // 15, i % 15
        people = 1000 * (1 + i % 7)
        for month in range(months):
            is_hot = latitude >= 10 and longitude >= 10
            count = draw.randrange(4) + (is_hot and (months == 1 or month > 3)) * (8 + 2 * month)
            if population: count = count * people // 1000
            rows.append(f"{latitude},{longitude},2021-{month + 1:02d},{count},town {i}" + f",{people}" * population)
    return rows


class HotSpots(harness.Case):
    def file(self, rows, header="lat,lon,time,count,location"):
        self.write("towns.csv", "\n".join([header, *rows]) + "\n")
        return "towns.csv"

    def rows(self, text):
        return list(csv.DictReader(io.StringIO(text)))

    def test_the_planted_corner_is_hot(self):
        done = self.icosa("apply", "gi-star", self.file(towns()), "--false-discovery", "0.05", "--permutations",
                          "9999", "--stop-after", "20")
        rows = self.rows(done.out)
        self.assertEqual(list(rows[0]), ["lat", "lon", "location", "count", "z", "p_value", "adjusted_p", "class",
                                         "neighbours"])
        self.assertEqual(len(rows), 225)
        hot = {r["location"] for r in rows if r["class"] == "hot"}
        corner = {f"town {la * 15 + lo}" for la in range(10, 15) for lo in range(10, 15)}
        self.assertGreaterEqual(len(hot & corner), 20)
        self.assertLessEqual(len(hot - corner), 12, "its rim has hot neighbours")
        for r in rows: self.assertGreaterEqual(float(r["adjusted_p"]), float(r["p_value"]))
        self.assertIn("without a row counts as 0", done.err)

    def test_any_order_the_same_bytes(self):
        rows = towns()
        one = self.icosa("apply", "gi-star", self.file(rows)).out
        random.Random(1).shuffle(rows)
        self.assertEqual(self.icosa("apply", "gi-star", self.file(rows)).out, one)
        self.assertNotEqual(self.icosa("apply", "gi-star", "towns.csv", "--seed", "2").out, one)

    def test_moran_and_gi(self):
        rows = self.rows(self.icosa("apply", "local-moran", self.file(towns()), "--neighbours", "4").out)
        self.assertEqual(list(rows[0])[-1], "moran")
        self.assertIn("high-high", {r["class"] for r in rows})
        star = self.rows(self.icosa("apply", "gi-star", "towns.csv", "--neighbours", "4").out)
        own_out = self.rows(self.icosa("apply", "gi-star", "towns.csv", "--neighbours", "4", "--no-self").out)
        self.assertNotEqual([r["z"] for r in star], [r["z"] for r in own_out])
        self.assertEqual([r["p_value"] for r in star], [r["p_value"] for r in own_out],
                         "given its own value, a place's deals order both alike")
        for moran, gi in zip(rows, own_out):
            self.assertAlmostEqual(abs(float(moran["z"])), abs(float(gi["z"])), places=9)

    def test_course_through_time(self):
        done = self.icosa("apply", "gi-star", self.file(towns(12)), "--by-time", "--last-step")
        rows = self.rows(done.out)
        self.assertEqual(len(rows), 225)
        self.assertEqual({(r["first"], r["last"]) for r in rows}, {("2021-12", "2021-12")})
        middle, = [r for r in rows if (r["lat"], r["lon"]) == ("12", "12")]
        self.assertEqual((middle["class"], middle["course"]), ("hot", "emerging"))
        steps = self.rows(self.icosa("apply", "gi-star", "towns.csv", "--by-time", "--interval", "5").out)
        self.assertEqual([(r["first"], r["last"]) for r in steps[:2]], [("2021-01", "2021-07"), ("2021-08", "2021-12")])
        self.assertEqual(sum(int(r["count"]) for r in steps), sum(int(row.split(",")[3]) for row in towns(12)),
                         "no case is lost")

    def test_rates(self):
        rows = towns(1, population=True)
        header = "lat,lon,time,count,location,population"
        found = self.rows(self.icosa("apply", "gi-star", self.file(rows, header)).out)
        of = {r["location"]: r for r in found}
        self.assertEqual(float(of["town 8"]["rate_per_100k"]), 100 * int(of["town 8"]["count"]) / 2)
        rows[3] = rows[3].rsplit(",", 1)[0] + ","
        rows[4] = rows[4].rsplit(",", 1)[0] + ",0"
        done = self.icosa("apply", "gi-star", self.file(rows, header))
        self.assertIn("2 places without a population are not computed", done.err)
        of = {r["location"]: r for r in self.rows(done.out)}
        self.assertEqual((of["town 3"]["z"], of["town 4"]["class"]), ("", ""))

    def test_cells(self):
        rows = [f"{10 + i * 0.1:.1f},{20 + j * 0.1:.1f},2021-01,{5 if i > 9 else 1}" for i in range(20)
                for j in range(20)]
        rows += ["12.0,-60.2,2021-01,3"]
        file = self.file(rows, "lat,lon,time,count")
        found = self.rows(self.icosa("apply", "gi-star", file, "--cells", "--geojson", "cells.geojson").out)
        self.assertEqual(len(found), 17)
        self.assertEqual(list(found[0])[:4], ["lat", "lon", "gid", "count"])
        self.assertEqual((found[0]["lat"], found[0]["lon"], found[0]["gid"]), ("10.25", "20.25", str(200 * 720 + 401)))
        lonely, = [r for r in found if r["lon"] == "-60.25"]
        self.assertEqual((lonely["z"], lonely["p_value"], lonely["class"], lonely["neighbours"]), ("", "", "", "0"))
        features = json.loads((self.folder / "cells.geojson").read_text())["features"]
        self.assertEqual(len(features), 16)
        self.assertEqual(features[0]["geometry"]["coordinates"][0][0], [20, 10])
        box = self.icosa("apply", "gi-star", file, "--cells", "--empty-cells", "zero", "--json")
        told, = box.lines()
        self.assertEqual((told["places"], told["computed"]), (5 * 165, 825))
        self.assertEqual(box.err, "")

    def test_odd_files_have_an_answer(self):
        level = [f"{i // 5},{i % 5},2021,7" for i in range(25)]
        header = "lat,lon,time,count"
        done = self.icosa("apply", "gi-star", self.file(level, header))
        self.assertEqual({(r["z"], r["p_value"], r["class"]) for r in self.rows(done.out)}, {("0", "1", "none")})
        self.assertIn("all values are alike at 1 of 1 steps", done.err)
        done = self.icosa("apply", "local-moran", self.file(["1,2,2021,7", "1,2,2021,7"], header))
        row, = self.rows(done.out)
        self.assertEqual((row["count"], row["z"], row["neighbours"]), ("14", "", "0"), "two events alike are two")
        self.assertIn("fewer than 3 places", done.err)
        crowded = self.file(["1,2,2021,1000000", *level[8:]], header)
        done = self.icosa("apply", "gi-star", crowded, "--distance-km", "50")
        self.assertIn("18 of 18 places have no neighbour", done.err)
        few = self.icosa("apply", "gi-star", self.file(level[:-1] + ["9,9,2021,9"], header), "--false-discovery",
                         "0.01")
        self.assertIn("no p-value lies below 0.002", few.err)

    def test_bad_input(self):
        header = "lat,lon,time,count"

        def refused(code, words, *args, rows=("1,2,2021,3",)):
            done = self.icosa("apply", "gi-star", self.file(rows, header), *args, code=code)
            self.assertEqual(done.out, "")
            self.assertIn(words, done.err)

        refused(4, "towns.csv:2:1: error[bad-latitude]", rows=["91,2,2021,3"])
        refused(4, "may be swapped", rows=["120,2,2021,3"])
        refused(4, "towns.csv:2:2: error[bad-longitude]", rows=["1,181,2021,3"])
        refused(4, "error[bad-count]", rows=["1,2,2021,-3"])
        refused(4, "error[no-rows]", rows=["1,,2021,3"])
        refused(2, "error[two-neighbourhoods]", "--neighbours", "3", "--distance-km", "5")
        refused(2, "--interval needs --by-time", "--interval", "3")
        refused(2, "--rings needs --cells", "--rings", "2")
        refused(2, "longer than the 1 periods", "--by-time", "--interval", "3")
        refused(2, "--season", "--season", "12")
        refused(2, "neighbour", "--neighbours", "0")


if __name__ == "__main__":
    harness.main()
