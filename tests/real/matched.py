"""Two compilations of attacks at sea: what both tell is counted once, by the pairs of `icosa match`; the end of one is
no fall; an artefact of events told twice is no cluster."""
import csv
import io
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import harness

FILES = [harness.DATA / "piracy" / name for name in ("RAW_ASAM.csv", "pirate_attacks.csv")]
WATCH = "sea.clusters"


class Matched(harness.Case):
    def clusters(self, day):
        return harness.watches(self.dossier("--as-of", day, "--area", "11"))[WATCH]

    def series(self, day):
        out = self.icosa("export", "series", "--watch", WATCH, "--db", "a.duckdb", "--as-of", day).out
        counts = {}
        for row in csv.DictReader(io.StringIO(out)):
            counts[row["source"]] = counts.get(row["source"], 0) + float(row["value"])
        return counts

    def test_counted_once(self):
        for path in FILES: self.ingest(path)
        with self.subTest("both together, and no cluster of events that stand twice across the equator"):
            watch = self.clusters("2014-03-31")
            self.assertEqual(watch["source"], "asam+pirate-attacks")
            seas = [signal["subject"] for signal in watch["signals"]]
            self.assertIn("malacca-singapore|cell:128009", seas)
            self.assertFalse([sea for sea in seas if sea.startswith("makassar-strait")])
            for signal in watch["signals"]:
                self.assertEqual(signal["observed"], signal["lineage"]["rows"])
                self.assertGreater(signal["lineage"]["told_by_several"], 0)
        with self.subTest("counted are the events of both less the pairs"):
            counts = self.series("2014-03-31")
            pairs = self.icosa("match", *FILES, "--km", "100", "--days", "1", "--estimate", "never").out
            self.assertGreater(len(pairs.splitlines()), 4500)
            self.assertLess(counts["asam+pirate-attacks"], 0.8 * (counts["asam"] + counts["pirate-attacks"]))
            self.assertGreater(counts["asam+pirate-attacks"], max(counts["asam"], counts["pirate-attacks"]))
        with self.subTest("every line of a signal"):
            signal = watch["signals"][0]
            lines = json.loads(self.icosa("explain", signal["id"], "--as-of", "2014-03-31", "--db", "a.duckdb",
                                          "--json").out)["lines"]
            too = [line for line in lines if "tells_too_of" in line]
            self.assertEqual(len(lines) - len(too), signal["observed"])
            self.assertEqual(len(too), signal["lineage"]["told_by_several"])
            listed = {(row["line_a"], row["line_b"]) for row in csv.DictReader(io.StringIO(pairs))}
            paired = {(str(line["tells_too_of"]["line"]), str(line["line"])) for line in too}
            # `match` pairs events of all kinds, the watch those of its own
            self.assertGreater(len(paired & listed), 0.9 * len(paired))
        with self.subTest("the compilation that ended in 2020 gives way"):
            self.assertEqual(self.clusters("2020-12-31")["source"], "asam+pirate-attacks")
            self.assertEqual(self.clusters("2021-06-30")["source"], "asam")
            self.assertEqual(self.clusters("1993-06-30")["source"], "asam", "nor is its beginning a rise")


if __name__ == "__main__":
    harness.main(needs_data=True)
