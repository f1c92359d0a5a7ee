"""The shipped packs: `icosa check` finds no fault, and every dated case of every watch comes true on the starter
data."""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import harness


class Packs(harness.Case):
    def test_no_faults(self):
        told = harness.json.loads(self.icosa("check", "--json").out)
        self.assertEqual(told["faults"], [])
        self.assertGreater(told["watches"], 100)
        self.assertGreaterEqual(told["expects"], 2 * told["watches"],
                                "one case that signals and one that is silent for each watch")

    def test_on_the_starter_data(self):
        self.ingest("--recursive", harness.STARTER)
        with self.subTest("every dated case comes true"):
            told = harness.json.loads(self.icosa("check", "--expects", "--db", "a.duckdb", "--json").out)
            self.assertEqual(told["faults"], [])
            print(f"{told['expects_skipped']} of the {told['expects']} cases are on sources that the starter data lack")
            self.assertLess(told["expects_skipped"], told["expects"] / 4)
        with self.subTest("all sections are there, and who has no data says why"):
            dossier = self.dossier()
            self.assertEqual([area["number"] for area in dossier["areas"]], list(range(1, 21)))
            self.assertEqual((len(dossier["principles"]), len(dossier["platforms"])), (6, 5))
            for watch in harness.watches(dossier).values():
                if watch["state"] == "no-data":
                    self.assertRegex(watch["reading"], "^no data |none with the history", watch["id"])
        # law 12: older figures than of two years or so are stale, whatever the day
        with self.subTest("quiet needs coverage"):
            for day in ("2014-12-31", "2021-12-31"):
                harness.demand_fresh(self, self.dossier("--as-of", day))
            for watch in harness.watches(self.dossier("--as-of", "2030-12-31")).values():
                if watch["engine"].endswith("-surveillance"):
                    self.assertIn(watch["state"], ("stale", "no-data"), watch["id"])


if __name__ == "__main__":
    harness.main()
