"""Routes and basins on real files: the figures that docs/sea-and-rivers.md tells, and events of basins counted here by
hand."""
import collections
import csv
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import harness

ASAM = harness.DATA / "piracy" / "RAW_ASAM.csv"
ATTACKS = harness.DATA / "piracy" / "pirate_attacks.csv"
SHIPS = harness.DATA / "fresh" / "people" / "portwatch_chokepoints_long_2026-08.csv"
EVENTS = harness.DATA / "water" / "EventMaster111710.csv"
AGREEMENTS = harness.DATA / "water" / "WorkingMasterTreatiesDB_20180428.csv"


class Sea(harness.Case):
    def test_from_hormuz_to_singapore(self):
        self.ingest(ASAM, ATTACKS, SHIPS)
        told = json.loads(self.icosa("route", "--from", "hormuz-strait", "--to", "singapore-strait", "--db", "a.duckdb",
                                     "--as-of", "2026-11-30", "--json").out)
        self.assertEqual((told["length_km"], told["last"], told["incidents"]), (6332, "2022-03", 883))
        year = told["year"]
        self.assertEqual(year["sources"], ["asam"], "the other source ends in 2020")
        self.assertEqual((year["now"]["incidents"], year["before"]["incidents"]), (75, 48))
        self.assertEqual((year["now"]["in_the_world"], year["before"]["in_the_world"]), (247, 313))
        malacca = next(one for one in told["straits"] if one["id"] == "malacca-strait")
        self.assertEqual((malacca["now"]["incidents"], malacca["transits"]), (0, 62360))
        self.assertEqual((malacca["before"]["incidents"], malacca["transits_before"]), (6, 58125))
        singapore = next(one for one in told["straits"] if one["id"] == "singapore-strait")
        self.assertEqual(singapore["lacking"], "no count of ships")

    def test_a_source_alone_counts_as_its_file(self):
        """No incident is lost or counted twice where one source is asked."""
        words = ("--from", "hormuz-strait", "--to", "singapore-strait", "--as-of", "2026-11-30", "--json")
        self.ingest(ASAM)
        stored = json.loads(self.icosa("route", *words, "--db", "a.duckdb").out)
        read = json.loads(self.icosa("route", *words, "--events", ASAM).out)
        self.assertEqual([one["incidents"] for one in stored["months"]], [one["incidents"] for one in read["months"]])


class Rivers(harness.Case):
    def test_events_of_basins_count_once(self):
        self.ingest(EVENTS, AGREEMENTS)
        told = json.loads(self.icosa("basins", "--db", "a.duckdb", "--json").out)
        basins = {one["id"]: one for one in told["basins"]}
        self.assertEqual((told["events_known_through"], told["agreements_known_through"]), ("2008-10-25", "2007-01-19"))
        self.assertEqual(told["rows_without_number_of_event"], 0)
        with EVENTS.open(encoding="latin-1", newline="") as file:
            rows = [row for row in csv.DictReader(file) if row["DATE"]]
        for code, basin in (("NILE", "nile"), ("JORD", "jordan"), ("DANU", "danube"), ("MEKO", "mekong")):
            levels = collections.defaultdict(list)
            for row in rows:
                if row["BCode"] == code:
                    levels[row["UNIQUE_ID"]].append(row["BAR_Scale"])
            conflictive = cooperative = 0
            for of_pairs in levels.values():
                counted = collections.Counter(int(one) for one in of_pairs if one)
                if counted:
                    level = min(one for one, n in counted.items() if n == max(counted.values()))
                    conflictive += level < 0
                    cooperative += level > 0
            got = basins[f"{basin}-basin"]
            self.assertEqual((got["events"], got["pair_rows"], got["conflictive"], got["cooperative"]),
                             (len(levels), sum(map(len, levels.values())), conflictive, cooperative), code)


if __name__ == "__main__":
    if not all(path.exists() for path in (ASAM, ATTACKS, SHIPS, EVENTS, AGREEMENTS)):
        print(f"skipped: incidents, ships or basins are not all in {harness.DATA}; set ICOSA_DATA")
        sys.exit(harness.SKIPPED)
    harness.main()
