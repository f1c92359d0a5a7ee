"""Watches over matched sources: an event that two sources tell counts once, in findings, series, lines and past days;
what a pack asks that cannot be matched."""
import csv
import io
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import harness

CARD = """[source]
id = "{id}"
title = "{title}"
publisher = "{title}"
licence = "made up"
exportable = {exportable}
attribution = "{title}"
url = "https://example.org/{id}"
note = "Note of {id}."
record = "event"
format = "delimited"
header = ["{id}_day", "lat", "lon", "what"]
stale_after_days = {stale}
publication_lag_days = {lag}
first_day = "1990-01-01"
[coverage]
complete = true
places = "world"
days = "file"
[map]
day       = {{ column = "{id}_day", parse = "date", optional = false }}
kind      = {{ column = "what", lookup = "what" }}
latitude  = {{ column = "lat", parse = "latitude" }}
longitude = {{ column = "lon", parse = "longitude" }}
[lookup.what]
"*" = "piracy"
"""
TAXONOMY = """[[taxonomy]]
id = "two-logs"
title = "Two logs"
levels = ["act"]
source = "made up"
reviewed = "2026-11-30"
[taxonomy.category]
attack = []
[[taxonomy.coding]]
sources = ["harbour-log", "agent-log"]
codes = { piracy = "attack" }
"""
WATCH = """[area]
section = "own"
[[watch]]
id = "own.attacks"
engine = "event-surveillance"
title = {{ en = "Attacks double", zh = "袭击翻番" }}
from = ["harbour-log", "agent-log"]
{matched}
kind = ["piracy"]
unit = "world"
period = "month"
method = {{ name = "rolling-rise", window = 3, lag = 12, ratio = 2, at_least = 10 }}
severity_unit = "attacks"
cite = ["benden2021"]
[[expect]]
strip   = "111111111111 555"
signals = "               ^"
[[expect]]
strip   = "111111111111 111"
signals = ""
"""
MATCHED = "matched = { km = 30, days = 1 }"


def days(counts):
    """As many days in each month, from the fourth on."""
    return [f"{2017 + at // 12}-{at % 12 + 1:02d}-{4 + 3 * i:02d}" for at, n in enumerate(counts) for i in range(n)]


class Matched(harness.Case):
    def packs(self, matched=MATCHED, **changes):
        self.write("own/harbour.toml", CARD.format(id="harbour-log", title="Harbour log", lag=5, stale=60,
                                                   exportable="true"))
        self.write("own/agent.toml", CARD.format(id="agent-log", title="Agent log", lag=20, stale=90,
                                                 exportable="false"))
        self.write("own/taxonomy.toml", changes.get("taxonomy", TAXONOMY))
        self.write("own/watch.toml", WATCH.format(matched=matched))

    def setUp(self):
        super().setUp()
        # the harbour tells of 2 attacks a month and of 6 in the last three; the agent of the same, half a degree off
        # where it is odd, and from the third year on only
        counts = [2] * 45 + [6] * 3
        of_harbour = [f"{day},10.0,50.0,raid\n" for day in days(counts)]
        of_agent = [f"{day},{10.1 if i % 2 else 10.6},50.0,theft\n" for i, day in enumerate(days(counts))
                    if day >= "2019"]
        self.write("harbour.csv", "harbour-log_day,lat,lon,what\n" + "".join(of_harbour))
        self.write("agent.csv", "agent-log_day,lat,lon,what\n" + "".join(of_agent))
        self.packs()
        self.ingest("harbour.csv", "--add", "own", "--covers", "2017-01-01..2020-12-31")
        self.ingest("agent.csv", "--add", "own", "--covers", "2019-01-01..2020-12-31")

    def run_as_of(self, day, *words):
        self.icosa("run", "--as-of", day, "--db", "a.duckdb", "--add", "own", "--out", "out", *words)
        dossier = json.loads((self.folder / "out" / "dossier.json").read_text())
        return harness.watches(dossier)["own.attacks"], dossier

    def series(self, day):
        out = self.icosa("export", "series", "--watch", "own.attacks", "--db", "a.duckdb", "--add", "own", "--as-of",
                         day).out
        return {(r["source"], r["period"]): float(r["value"]) for r in csv.DictReader(io.StringIO(out))}

    def test_an_event_counts_once(self):
        told = self.series("2021-01-25")
        self.assertEqual(told["harbour-log+agent-log", "2019-05"], 3, "one of the two is the same")
        self.assertEqual(told["harbour-log", "2019-05"], 2)
        self.assertEqual(told["agent-log", "2019-05"], 2)
        self.assertNotIn(("harbour-log+agent-log", "2018-12"), told, "the agent had not begun")
        self.assertEqual(told["harbour-log", "2018-12"], 2)
        watch, dossier = self.run_as_of("2021-01-25")
        self.assertEqual((watch["state"], watch["source"]), ("signal", "harbour-log+agent-log"))
        signal = watch["signals"][0]
        self.assertEqual((signal["observed"], signal["expected"]), (27, 9))
        lineage = signal["lineage"]
        self.assertEqual((lineage["rows"], lineage["told_by_several"]), (27, 9))
        self.assertEqual(lineage["sources"], ["harbour-log", "agent-log"])
        self.assertIn("27 events, each counted once: 9 told by both sources, 18 by one source", signal["caveats"])
        self.assertIn("Note of harbour-log. Note of agent-log.", watch["caveats"])
        self.assertEqual(dossier["handling"], "TLP:GREEN", "the agent's figures may not be passed on")
        page = (self.folder / "out" / "index.html").read_text()
        self.assertIn('href="#s-agent-log"', page)

    def test_every_line_is_told(self):
        watch, _ = self.run_as_of("2021-01-25")
        words = (watch["signals"][0]["id"], "--as-of", "2021-01-25", "--db", "a.duckdb", "--add", "own")
        lines = json.loads(self.icosa("explain", *words, "--json").out)["lines"]
        partners = [line for line in lines if "tells_too_of" in line]
        self.assertEqual((len(lines), len(partners)), (36, 9))
        self.assertEqual({line["file"] for line in partners}, {"agent.csv"})
        self.assertEqual({(p["tells_too_of"]["days"], p["tells_too_of"]["score"]) for p in partners}, {(0, 1)})
        self.assertEqual(len({(line["file"], line["line"]) for line in lines}), 36, "no line twice")
        # as `icosa match` pairs the two files
        pairs = self.icosa("match", "harbour.csv", "agent.csv", "--km", "30", "--days", "1", "--estimate", "never",
                           "--add", "own").out
        pairs = {(r["line_a"], r["line_b"], round(float(r["distance_km"]), 2))
                 for r in csv.DictReader(io.StringIO(pairs))}
        here = {(str(p["tells_too_of"]["line"]), str(p["line"]), round(p["tells_too_of"]["distance_km"], 2))
                for p in partners}
        self.assertLessEqual(here, pairs)
        text = self.icosa("explain", *words).out
        self.assertIn("from 27 source lines, and 9 (+) that tell of the same events:", text)
        self.assertRegex(text, r"agent-log tells of harbour.csv:\d+ too and is not counted: 11.1 km, the same day")

    def test_a_source_that_ends_or_begins_is_no_fall_and_no_rise(self):
        watch, _ = self.run_as_of("2021-02-25")
        self.assertEqual(watch["source"], "harbour-log+agent-log", "both are fresh")
        watch, _ = self.run_as_of("2018-12-31")
        self.assertEqual((watch["state"], watch["source"]), ("quiet", "harbour-log"), "the agent had not begun")
        watch, _ = self.run_as_of("2019-06-30")
        self.assertEqual((watch["state"], watch["source"]), ("quiet", "harbour-log"),
                         "together they have no year before")
        # the agent's log ends with the year and the harbour's goes on
        more = [f"2021-{m:02d}-{4 + 3 * i:02d},10.0,50.0,raid\n" for m in range(1, 7) for i in range(6)]
        self.write("more.csv", "harbour-log_day,lat,lon,what\n" + "".join(more))
        self.ingest("more.csv", "--add", "own", "--covers", "2021-01-01..2021-06-30")
        watch, _ = self.run_as_of("2021-06-30")
        self.assertEqual(watch["source"], "harbour-log")

    def test_what_cannot_be_matched_is_a_fault_of_the_pack(self):
        def faults():
            done = self.icosa("check", "--add", "own", code=3)
            return done.out + done.err
        self.packs(taxonomy=TAXONOMY.replace(', "agent-log"', ""))
        self.assertIn("error[no-taxonomy]", faults())
        self.packs(matched="matched = { km = -1 }")
        self.assertIn("error[out-of-range]", faults())
        self.packs(matched='matched = "yes"')
        self.assertIn("error[wrong-type]", faults())
        self.packs(matched='matched = { kilometres = 3 }')
        self.assertIn("kilometres", faults())
        self.packs(matched=MATCHED + '\nvalue = "intensity"')
        self.assertIn("error[not-matched]", faults())
        self.packs()
        self.write("own/watch.toml", WATCH.format(matched=MATCHED).replace('"agent-log"]', '"harbour-log"]'))
        self.assertIn("asks for 'harbour-log' twice", faults())
        self.packs(matched="matched = false")
        self.icosa("check", "--add", "own")


if __name__ == "__main__":
    harness.main()
