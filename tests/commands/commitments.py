"""icosa commit, icosa calendar: what is refused and with which cure, what is listed as of a day, and a calendar that
another program's parser reads."""
import datetime
import json
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import harness

# Where Debian's packages of Python are: the interpreter that runs this test may be another.
INTERPRETERS = (sys.executable, "/usr/bin/python3")
PARSE = """
import json, sys
from icalendar import Calendar
calendar = Calendar.from_ical(open(sys.argv[1], "rb").read())
out = []
for event in calendar.walk("VEVENT"):
    category = event.get("categories")
    out.append({"uid": str(event["uid"]), "first": str(event["dtstart"].dt), "after": str(event["dtend"].dt),
                "stamp": str(event["dtstamp"].dt), "summary": str(event["summary"]),
                "description": str(event.get("description", "")), "location": str(event.get("location", "")),
                "status": str(event["status"]), "errors": [str(e) for e in event.errors],
                "categories": [str(c) for c in category.cats] if category else []})
print(json.dumps({"version": str(calendar["version"]), "prodid": str(calendar["prodid"]), "events": out}))
"""


def parser():
    for one in INTERPRETERS:
        words = [one, "-c", "import icalendar"]
        if pathlib.Path(one).exists() and subprocess.run(words, capture_output=True).returncode == 0:
            return one
    return None


class Commitments(harness.Case):
    def commit(self, *words, code=0):
        return self.icosa("commit", *words, "--db", "a.duckdb", code=code)

    def calendar(self, *words, code=0):
        return self.icosa("calendar", *words, "--db", "a.duckdb", code=code)

    def add(self, *words, owner="Ministry of Water", what="Share the daily gauges", due="2026-06-30", code=0):
        said = ("--owner", owner, "--what", what, "--due", due, "--on", "2026-01-15")
        return self.commit("add", *said, *words, code=code)

    def listed(self, *words):
        return json.loads(self.commit("list", *words, "--json").out)["commitments"]

    def test_what_is_refused_and_its_cure(self):
        refused = [
            (("add", "--what", "x", "--due", "2026-06-30"), "no-owner", "--owner"),
            (("add", "--owner", "  ", "--what", "x", "--due", "2026-06-30"), "no-owner", "--owner"),
            (("add", "--owner", "x", "--due", "2026-06-30"), "no-text", "--what"),
            (("add", "--owner", "x", "--what", "y"), "no-due-day", "--due 2027-06-30"),
            (("add", "--owner", "x", "--what", "y", "--due", "2026-06-31"), "bad-usage", "write it as"),
            (("add", "--owner", "x", "--what", "y", "--due", "2027-06-30", "--area", "III.88"), "unknown-area",
             "did you mean 'III.8'?"),
            (("add", "--owner", "x", "--what", "y", "--due", "2027-06-30", "--area", "nucler"), "unknown-area",
             "did you mean 'nuclear'?"),
            (("add", "--owner", "x", "--what", "y", "--due", "2027-06-30", "--instrument", "ctbtt"),
             "unknown-instrument", "did you mean 'ctbt'?"),
            (("add", "--owner", "x", "--what", "y", "--due", "2027-06-30", "--state", "verified"), "bad-state",
             "commit report"),
            (("add", "--owner", "x", "--what", "y", "--due", "2027-06-30", "--on", "2999-01-01"), "bad-day", "today"),
            (("report", "c1", "--state", "adopted"), "unknown-commitment", "commit add"),
            (("report", "c1"), "missing-option", "icosa commit report c1 --state"),
            (("report", "c1", "--state", "overdue"), "bad-state", "proposed, adopted"),
            (("report", "c1", "--state", "done"), "bad-state", "proposed, adopted"),
            (("withdraw", "c1"), "bad-usage", "add|report|list|verify"),
            (("list", "--as-of", "newest"), "bad-day", "today"),
        ]
        for words, code, cure in refused:
            with self.subTest(words=words):
                told = self.commit(*words, code=2).err
                self.assertIn(f"error[{code}]", told)
                self.assertIn(cure, told)
        self.assertIn("error[no-ledger]", self.commit("verify", code=4).err)
        self.assertEqual(list(self.folder.iterdir()), [], "nothing was written")

    def test_a_course_with_its_history(self):
        self.add("--area", "sea-and-rivers", "--meeting", "third session")
        self.assertIn("error[known-already]", self.add(code=2).err)
        self.add(owner="Commission", due="2026-08-01")
        self.assertEqual([one["state"] for one in self.listed("--as-of", "2026-06-30")], ["proposed", "proposed"])
        self.assertEqual([one["state"] for one in self.listed("--as-of", "2026-07-01")], ["overdue", "proposed"])
        self.assertEqual(self.listed("--as-of", "2026-01-14"), [])
        self.assertEqual([one["id"] for one in self.listed("--area", "III.11", "--as-of", "2026-02-01")], ["c1"])
        self.commit("report", "c1", "--state", "adopted", "--on", "2026-02-01", "--evidence", "minutes.txt:14")
        self.assertIn("cannot become verified", self.commit("report", "c1", "--state", "verified", code=2).err)
        self.commit("report", "c1", "--state", "reported", "--on", "2026-05-01", "--evidence", "https://example.org/r")
        self.assertEqual(self.listed("--as-of", "2026-07-01")[0]["state"], "reported")
        self.commit("report", "c1", "--state", "verified", "--on", "2026-05-20", "--by", "secretariat")
        self.assertIn("cannot become withdrawn", self.commit("report", "c1", "--state", "withdrawn", code=2).err)
        one = self.listed("--as-of", "2026-07-01")[0]
        self.assertEqual((one["state"], one["evidence"], one["area"]), ("verified", "https://example.org/r", "III.11"))
        self.assertEqual([(step["state"], step["day"], step["by"]) for step in one["history"]],
                         [("proposed", "2026-01-15", ""), ("adopted", "2026-02-01", ""), ("reported", "2026-05-01", ""),
                          ("verified", "2026-05-20", "secretariat")])
        self.commit("report", "c1", "--undo", "--on", "2026-05-21")
        self.assertEqual(self.listed("--as-of", "2026-05-20")[0]["state"], "verified")
        self.assertEqual(self.listed("--as-of", "2026-05-21")[0]["state"], "reported")
        told = self.commit("list", "--as-of", "2026-07-15").out
        self.assertIn("2 commitments, 0 overdue, 1 due within 30 days", told)
        self.assertIn("2026-05-20 verified, says secretariat; taken back (row 5)", told)

    def test_the_store_is_not_needed_and_not_touched(self):
        self.add()
        self.assertEqual([path.name for path in self.folder.iterdir()], ["a.duckdb.ledger.jsonl"])

    def test_an_unfinished_row_is_moved_aside(self):
        self.add()
        ledger = self.folder / "a.duckdb.ledger.jsonl"
        whole = ledger.read_bytes()
        ledger.write_bytes(whole + b'{"n":2,"at":"2026')
        self.assertIn("An unfinished row of 17 bytes", self.commit("verify").out)
        self.add(owner="Commission")
        self.assertEqual((self.folder / "a.duckdb.ledger.jsonl.torn").read_bytes(), b'{"n":2,"at":"2026\n')
        self.assertTrue(ledger.read_bytes().startswith(whole))
        self.assertIn("2 rows, each as it was written", self.commit("verify").out)

    def test_calendar_bytes_and_bad_words(self):
        self.add(what="Share, “the” gauges; daily\\hourly", due="2026-12-31")
        one = self.calendar("--out", "a.ics", "--as-of", "2026-02-01").out
        self.assertRegex(one, r"a\.ics: \d+ entries from 2026-02-01 to 2027-02-01")
        self.assertIn("No day ahead is known of", one)
        self.calendar("--out", "b.ics", "--as-of", "2026-02-01")
        data = (self.folder / "a.ics").read_bytes()
        self.assertEqual(data, (self.folder / "b.ics").read_bytes(), "same question, same bytes")
        lines = data.split(b"\r\n")
        self.assertEqual(lines[-1], b"")
        self.assertNotIn(b"\n", b"".join(lines))
        for line in lines:
            self.assertLessEqual(len(line), 75)
            line.decode("utf-8")
        self.assertIn("error[unknown-area]", self.calendar("--area", "III.99", code=2).err)
        self.assertIn("error[bad-day]", self.calendar("--from", "2026-02-01", "--to", "2026-01-01", code=2).err)
        self.assertIn("error[no-title]", self.calendar("add", "--day", "2027-01-01", code=2).err)
        self.assertIn("not announced is not entered", self.calendar("add", "--title", "x", code=2).err)
        told = self.calendar("add", "--title", "x", "--day", "2027-01-01", "--mechanism", "focacc", code=2).err
        self.assertIn("did you mean 'focac'?", told)
        self.assertIn("error[unknown-meeting]", self.calendar("cancel", "m1", code=2).err)
        self.assertIn("error[bad-head]", self.commit("verify", "--head", "12:xyz", code=2).err)
        self.assertIn("error[bad-usage]", self.calendar("show", code=2).err)

    def test_calendar_by_another_parser(self):
        python = parser()
        if python is None:
            print("skipped: no python3-icalendar, so no other parser reads the calendar")
            self.skipTest("no python3-icalendar")
        what = "Share, “the” gauges; daily\\hourly, 澜沧江－湄公河合作 " + "中非合作论坛" * 9
        self.add("--area", "III.11", what=what, due="2026-12-31", owner="部")
        self.calendar("add", "--title", "River commission", "--day", "2027-03-09", "--last-day", "2027-03-11",
                      "--venue", "Vientiane; hall 2", "--area", "III.11", "--on", "2026-02-01")
        self.calendar("add", "--title", "Called off", "--day", "2027-04-09", "--area", "III.11", "--on", "2026-02-01")
        self.calendar("cancel", "m2", "--on", "2026-02-01")
        shown = json.loads(self.calendar("--as-of", "2026-02-01", "--to", "2027-12-31", "--out", "a.ics", "--json").out)
        done = subprocess.run([python, "-c", PARSE, self.folder / "a.ics"], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        read = json.loads(done.stdout)
        self.assertEqual((read["version"], read["prodid"]), ("2.0", "-//Icosa//icosa calendar//EN"))
        self.assertEqual(len(read["events"]), len(shown["events"]))
        for event, same in zip(read["events"], shown["events"]):
            self.assertEqual((event["uid"], event["first"], event["summary"], event["errors"]),
                             (same["uid"], same["first"], same["summary"], []))
            after = datetime.date.fromisoformat(same["last"]) + datetime.timedelta(days=1)
            self.assertEqual(event["after"], after.isoformat())
            self.assertTrue(event["stamp"].startswith("2026-02-01 00:00:00"), event["stamp"])
        by_title = {event["summary"]: event for event in read["events"]}
        self.assertEqual(len({event["uid"] for event in read["events"]}), len(read["events"]))
        self.assertEqual(by_title[f"Due: {what} (部)"]["categories"], ["III.11"])
        own = by_title["River commission"]
        self.assertEqual((own["first"], own["after"], own["location"]),
                         ("2027-03-09", "2027-03-12", "Vientiane; hall 2"))
        self.assertEqual(by_title["Called off"]["status"], "CANCELLED")
        expected = [event for event in read["events"] if "date not announced" in event["summary"]]
        self.assertGreater(len(expected), 5)
        for event in expected:
            self.assertEqual(event["status"], "TENTATIVE")
            self.assertIn("no day is announced", event["description"])

    def test_the_dossier_tells_what_is_due(self):
        self.ingest(harness.STARTER / "asam.csv")
        as_of = ("--as-of", "2020-12-31")
        self.assertNotIn("commitments", self.dossier(*as_of), "without a ledger nothing is said")
        for owner, due, area in (("Late", "2020-11-30", "III.11"), ("Soon", "2021-01-30", "III.8"),
                                 ("Far", "2021-02-01", "III.8")):
            self.commit("add", "--owner", owner, "--what", "x <y>", "--due", due, "--area", area, "--on", "2020-11-01")
        told = self.dossier(*as_of)["commitments"]
        self.assertEqual((told["open"], [(one["owner"], one["state"], one["days_left"]) for one in told["due"]]),
                         (3, [("Late", "overdue", -31), ("Soon", "proposed", 30)]))
        self.assertTrue(told["head"].startswith("3:"))
        page = (self.folder / "out" / "index.html").read_text(encoding="utf-8")
        self.assertIn("Overdue since 30 November 2020 (31 days): x &lt;y&gt; (Late)", page)
        self.assertIn("2020年11月30日到期，已逾期31天", page)
        self.assertEqual([one["owner"] for one in self.dossier(*as_of, "--area", "8")["commitments"]["due"]], ["Soon"])
        self.assertEqual(self.dossier("--as-of", "2020-10-31")["commitments"]["due"], [], "entered on a later day")
        self.assertNotIn("commitments", self.dossier(*as_of, "--place", "benin"), "they belong to areas, not places")
        ledger = self.folder / "a.duckdb.ledger.jsonl"
        ledger.write_text(ledger.read_text(encoding="utf-8").replace("Soon", "Late"), encoding="utf-8")
        altered = self.dossier(*as_of)
        self.assertNotIn("commitments", altered)
        self.assertTrue([one for one in altered["caveats"] if "ledger.jsonl:2:1: error[row-changed]" in one])

    def test_a_days_calendar_knows_nothing_later(self):
        early = json.loads(self.calendar("--as-of", "2026-02-01", "--json").out)
        self.assertNotIn("african-union-2026-02-14@icosa", [one["uid"] for one in early["events"]])
        late = json.loads(self.calendar("--as-of", "2026-03-01", "--from", "2026-02-01", "--json").out)
        self.assertIn("african-union-2026-02-14@icosa", [one["uid"] for one in late["events"]])


if __name__ == "__main__":
    harness.main()
