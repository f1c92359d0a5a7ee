"""The command line as a user meets it: what each command says of bad input and with which exit code, pinned in
tests/errors/commands/expected.txt; standard output that holds only JSON with --json; nothing on standard error where
nothing is wrong; nothing half-stored.

ICOSA_BLESS=1 rewrites the pinned answers; the diff is reviewed."""
import csv
import fcntl
import io
import datetime
import json
import os
import pathlib
import re
import resource
import shutil
import signal
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import harness

EXPECTED = harness.ROOT / "tests" / "errors" / "commands" / "expected.txt"
INPUT = harness.GOLDEN / "input"
NOBODY = 65534


def small_files():
    """No file may grow beyond 3 MB: what a full disk looks like to a process that may not mount one."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (3_000_000, 3_000_000))


def masked(text):
    """Without what grows with the house or differs from run to run: lists of methods and commands, counts of shipped
    packs, numbers of processes."""
    text = re.sub(r"\(process \d+\)", "(process N)", text)
    text = re.sub(r"\d+ places, \d+ sets, \d+ source cards", "N places, N sets, N source cards", text)
    text = re.sub(r"there are [a-z0-9-]+(, [a-z0-9-]+)+", "there are ...", text)
    today = datetime.datetime.now(datetime.timezone.utc).date().isoformat()
    return re.sub(r"\d+ days older", "N days older", text.replace(today, "TODAY"))


class Commands(harness.Case):
    def setUp(self):
        super().setUp()
        for name in ("messages.csv", "exploited.csv", "prices.csv"):
            shutil.copy(INPUT / name, self.folder)

    def filled(self, db="a.duckdb"):
        self.ingest("messages.csv", "--covers", "2019-09-01..2020-11-30", db=db)
        self.ingest("exploited.csv", db=db)
        return db


class BadInput(Commands):
    """One transcript: the command, its exit code, what it says on standard error. Standard output is empty wherever
    something is wrong."""

    def setUp(self):
        super().setUp()
        self.transcript = []

    def say(self, *args, says_more=False, **how):
        done = self.icosa(*args, code=None, **how)
        text = masked(done.err)
        self.transcript.append(f"$ icosa {' '.join(str(a) for a in args)}\nexit {done.code}\n{text}")
        self.assertNotEqual(done.code, 0, args)
        self.assertTrue(text.endswith("\n") and text.strip(), args)
        self.assertNotIn(str(self.folder), text, "paths are printed as they were given")
        if not says_more:
            self.assertEqual(done.out, "", args)
        return done

    def title(self, text):
        self.transcript.append(f"# {text}\n")

    def usage(self):
        self.title("usage")
        self.say()
        self.say("frobnicate")
        self.say("ingset", "messages.csv")
        self.say("--frobnicate")
        self.say("run", "--frobnicate")
        self.say("run", "--as-of", "31.12.2020")
        self.say("run", "--fail-on", "alarm", "--db", "a.duckdb")
        self.say("run", "--area", "atlantis", "--db", "a.duckdb")
        self.say("run", "--place", "mali,sahell", "--db", "a.duckdb")
        self.say("brief")
        self.say("brief", "sahell", "--db", "a.duckdb")
        self.say("brief", "", "--db", "a.duckdb")
        self.say("brief", "mali", "--db", "a.duckdb", "--out", "no/folder.md")
        self.say("brief", "mali", "--db", "none.duckdb")
        for more in (["sea.incidents"], ["sea.incidents", "--outcome", "worse-by-half"], ["sea.incident"]):
            self.say("backtest", "--watches", *more, "--from", "2040-01", "--to", "2040-06", "--db", "a.duckdb")
        self.say("ingest")
        self.say("ingest", "messages.csv", "--source", "asan", "--db", "b.duckdb")
        self.say("ingest", "messages.csv", "--covers", "2019", "--db", "b.duckdb")
        self.say("ingest", "messages.csv", "--threads", "0", "--db", "b.duckdb")
        self.say("explain", "ears-x2")
        self.say("explain", "sea.incident")
        self.say("export", "tables", "--db", "a.duckdb")
        self.say("export", "series", "--watch", "sea.incident", "--db", "a.duckdb")
        self.say("export", "series", "--watch", "sea.incidents", "--format", "parquet", "--db", "a.duckdb")
        self.say("export", "series", "--watch", "sea.incidents", "--format", "csv", "--json", "--db", "a.duckdb")
        self.say("export", "records", "--source", "asan", "--db", "a.duckdb")
        self.say("export", "signals", "--source", "asam", "--db", "a.duckdb")
        self.say("export", "forecasts", "--place", "atlantis", "--db", "a.duckdb")
        self.say("apply", "ears-x2", "series.csv")
        self.say("apply", "ears-c2", "series.csv", "--alpah", "0.01")
        self.say("apply", "ears-c2", "series.csv", "--alpha", "2")
        self.say("apply", "ears-c2")

    def packs(self):
        self.title("packs")
        self.say("check", "no-packs", says_more=True)
        packs = harness.assemble_packs(self.folder)
        area = packs / "areas" / "1-sea-and-machines.toml"
        text = area.read_text(encoding="utf-8")
        text = text.replace("minimum = 3", "minimun = 3")
        text = text.replace('engine = "event-surveillance"', 'engine = "event-surveilance"', 1)
        area.write_text(text, encoding="utf-8")
        made_up = ("--framework", harness.FRAMEWORK)
        done = self.icosa("check", "packs", *made_up, code=3)
        self.assertIn("packs/areas/1-sea-and-machines.toml:9:1: error[unknown-engine]", done.out + done.err)
        self.transcript.append(f"$ icosa check packs\nexit 3\n{masked(done.err + done.out)}")
        for command in (("run",), ("ingest", "messages.csv"), ("sources",), ("rejects",), ("explain", "test.sea"),
                        ("export", "records")):
            self.say(*command, "--packs", "packs", *made_up, "--db", "a.duckdb")
        area.write_text("[area\n", encoding="utf-8")
        self.say("run", "--packs", "packs", *made_up, "--db", "a.duckdb")

    def files(self):
        self.title("files")
        os.mkdir(self.folder / "folder")
        shutil.copy(INPUT / "prices.csv", self.folder / "folder")
        self.write("junk.bin", bytes((i * 131 + i // 7) % 256 for i in range(4096)))
        self.write("empty.csv", "")
        self.write("cr-only.csv", (INPUT / "exploited.csv").read_text(encoding="utf-8").replace("\n", "\r"))
        text = (INPUT / "exploited.csv").read_text(encoding="utf-8")
        self.write("nul.csv", text.replace("Vendor 1", "Vendor\0 1", 1))
        self.write("semicolons.csv", text.replace(",", ";"))
        self.write("latin-1.csv", text.replace("Vendor 1", "Vend\u00f4r 1").encode("latin-1"))
        self.write("long-line.csv", text + "x" * (10 << 20) + "\n")
        self.write("truncated.csv", text[: text.rindex(",2020-11-27")])
        self.write("open-quote.csv", text[: text.rindex('"".",Mend')])
        self.write("other.csv", "a,b,c\n1,2,3\n")
        for name in ("missing.csv", "folder", "junk.bin", "empty.csv", "cr-only.csv", "nul.csv", "semicolons.csv",
                     "latin-1.csv", "long-line.csv", "other.csv", "open-quote.csv"):
            self.say("ingest", name, "--db", "c.duckdb")
        self.say("sources", "--db", "c.duckdb")  # nothing of them is stored
        self.say("run", "--db", "c.duckdb")
        # a line that is cut off is one reject; the file is stored
        done = self.icosa("ingest", "truncated.csv", "--db", "c.duckdb", "--json")
        self.assertEqual(done.lines()[0]["rejected"], 4)
        rejects = self.icosa("rejects", "--db", "c.duckdb").out
        self.transcript.append(f"$ icosa rejects --db c.duckdb\nexit 0\n{masked(rejects)}")
        # one bad file does not undo the others
        done = self.say("ingest", "missing.csv", "messages.csv", "junk.bin", "--db", "d.duckdb", "--json",
                        says_more=True)
        self.assertEqual([line["file"] for line in done.lines()], ["messages.csv"])
        done = self.icosa("ingest", "folder", "--recursive", "--db", "d.duckdb", "--json")
        self.assertEqual(done.lines()[0]["file"], "folder/prices.csv")

    def series(self):
        self.title("series of one's own")
        self.say("apply", "ears-c2", "missing.csv")
        self.say("apply", "ears-c2", "series.csv", "--value", "casses")
        self.say("apply", "ears-c2", "two.csv")
        self.say("apply", "ears-c2", "series.csv", "--out", "no/folder.csv")
        self.say("apply", "ears-c2", self.write("bad-value.csv", "week,cases\n1,2\n2,many\n3,4\n"), "--value", "cases")
        self.say("apply", "ears-c2", self.write("twice.csv", "week,cases\n1,2\n1,3\n"))
        self.say("apply", "ears-c2", self.write("short-row.csv", "week,cases\n1,2\n2\n"))
        self.say("apply", "ears-c2", self.write("no-rows.csv", "week,cases\n"))

    def exchange(self):
        self.title("the same records by two ways")
        self.icosa("export", "records", "--source", "asam", "--out", "shared", "--db", "a.duckdb")
        none = self.icosa("export", "records", "--source", "asam", "--measure", "x", "--out", "none", "--db",
                          "a.duckdb")
        self.assertIn("note: no record of asam is of measure 'x'", none.err)
        self.assertIn("error[no-plot]", self.icosa("explain", "sea.incidents", "--plot", "x.svg", code=2).err)
        self.say("ingest", "shared/asam.csv", "--db", "a.duckdb")
        self.icosa("ingest", "shared/asam.csv", "--db", "e.duckdb")
        self.say("ingest", "messages.csv", "--db", "e.duckdb")
        again = self.icosa("ingest", "shared/asam.csv", "--db", "e.duckdb", "--json").lines()[0]
        self.assertEqual((again["known"], again["stored"]), (again["rows"], 0))

    def stores(self):
        self.title("stores")
        for command in (("run",), ("sources",), ("rejects",), ("export", "records"),
                        ("explain", "sea.incidents/gulf-of-guinea/2020-11"), ("check", "--expects")):
            self.say(*command, "--db", "no.duckdb")
            self.assertFalse((self.folder / "no.duckdb").exists(), "a question makes no store")
        self.say("ingest", "messages.csv", "--db", "no/folder.duckdb")
        self.say("ingest", "messages.csv", "--db", "folder")
        self.say("ingest", "messages.csv", "--db", "messages.csv")
        self.say("explain", "sea.incidents/gulf-of-guinea/1999-11", "--db", "a.duckdb")
        self.write("plain-file", "x")
        self.say("run", "--db", "a.duckdb", "--out", "plain-file/out")
        self.say("export", "series", "--watch", "sea.incidents", "--out", "no/folder.csv", "--db", "a.duckdb")
        self.say("export", "records", "--source", "asam", "--out", "plain-file/out", "--db", "a.duckdb")
        # another program has it open: the lock that DuckDB takes
        with open(self.folder / "a.duckdb", "r+b") as held:
            fcntl.lockf(held, fcntl.LOCK_EX)
            self.say("ingest", "prices.csv", "--db", "a.duckdb", "--wait", "0")
            self.say("run", "--db", "a.duckdb", "--wait", "1")
        # read-only: a file, and a folder; root writes to both, so someone else asks
        (self.folder / "sealed").mkdir()
        shutil.copy(self.folder / "a.duckdb", self.folder / "sealed" / "a.duckdb")
        os.chmod(self.folder / "sealed" / "a.duckdb", 0o444)
        os.chmod(self.folder / "sealed", 0o555)
        os.chmod(self.folder, 0o755)
        who = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
        if not who or subprocess.run([str(harness.ICOSA), "--version"], **who, capture_output=True).returncode == 0:
            self.say("ingest", "prices.csv", "--db", "sealed/a.duckdb", **who)
            self.say("ingest", "prices.csv", "--db", "sealed/b.duckdb", **who)
            told = self.icosa("sources", "--db", "sealed/a.duckdb", "--json", **who).lines()
            self.assertEqual([line["id"] for line in told], ["asam", "kev"], "who may only read still reads")
        else:
            raise unittest.SkipTest("no user but root may run the binary here: the read-only cases cannot be asked")

    def full_disk(self):
        self.title("a full disk")
        rows = (INPUT / "exploited.csv").read_text(encoding="utf-8").splitlines()
        big = [rows[0]] + [f"CVE-1901-{i:06d},Vendor {i % 9973},P,Made "
                           f"up,20{10 + i % 10}-{1 + i % 12:02d}-{1 + i * 7 % 28:02d},Made up.,Mend "
                           f"it.,2021-0{1 + i % 9}-11,Unknown,," for i in range(150_000)]
        self.write("big.csv", "\n".join(big) + "\n")
        self.say("ingest", "big.csv", "--db", "small.duckdb", preexec_fn=small_files)
        self.say("sources", "--db", "small.duckdb")  # nothing of it is there, and the next one is stored
        self.ingest("messages.csv", db="small.duckdb")

    def test_transcript(self):
        self.write("series.csv", "week,cases\n" + "".join(f"{i},{2 + i % 3}\n" for i in range(1, 30)))
        self.write("two.csv", "week,cases,tests\n" + "".join(f"{i},{2 + i % 3},{i}\n" for i in range(1, 30)))
        self.filled()
        self.usage()
        self.packs()
        self.files()
        self.series()
        self.exchange()
        self.stores()
        self.full_disk()
        text = "\n".join(self.transcript)
        if os.environ.get("ICOSA_BLESS") == "1":
            EXPECTED.parent.mkdir(exist_ok=True)
            EXPECTED.write_text(text, encoding="utf-8")
        wanted = EXPECTED.read_text(encoding="utf-8") if EXPECTED.exists() else ""
        self.assertEqual(text.splitlines(), wanted.splitlines(), "if it is right, rewrite it with ICOSA_BLESS=1")

    def test_closed_streams_are_not_the_database(self):
        """A caller that closes a standard stream: what is printed there must not land in the file opened next."""
        db = self.filled()
        before = self.icosa("sources", "--db", db).out
        for closed in (">&-", "2>&-", "<&-", "<&- >&- 2>&-"):
            subprocess.run(["bash", "-c", f"'{harness.ICOSA}' ingest messages.csv --db {db} {closed}"], cwd=self.folder)
            self.assertEqual(self.icosa("sources", "--db", db).out, before, closed)
        done = subprocess.run(["bash", "-c", f"'{harness.ICOSA}' frobnicate 2>/dev/full"], cwd=self.folder)
        self.assertEqual(done.returncode, 2)

    def test_reading_makes_no_database(self):
        self.write("empty.duckdb", "")
        for command in ("sources", "run", "rejects"):
            self.icosa(command, "--db", "empty.duckdb", code=4)
        self.assertEqual((self.folder / "empty.duckdb").stat().st_size, 0)

    def test_a_real_full_disk(self):
        """A file system of 2 MB, as root may mount one."""
        if os.geteuid() != 0:
            self.skipTest("only root mounts a small file system")
        (self.folder / "disk").mkdir()
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(self.folder / "disk")],
                                 capture_output=True, text=True)
        if mounted.returncode != 0:
            self.skipTest(f"no small file system can be mounted here: {mounted.stderr.strip()}")
        self.addCleanup(subprocess.run, ["umount", "-l", str(self.folder / "disk")])
        header = (INPUT / "exploited.csv").read_text(encoding="utf-8").splitlines()[0]
        self.write("big.csv",
                   header + "\n"
                   + "".join(f"CVE-1901-{i:06d},Vendor {i % 9973},P,Made "
                             f"up,2019-{1 + i % 12:02d}-{1 + i * 7 % 28:02d},Made up.,Mend it.,2021-01-11,Unknown,,\n"
                             for i in range(150_000)))
        done = self.icosa("ingest", "big.csv", "--db", "disk/a.duckdb", code=5)
        self.assertEqual(done.err,
                         "disk/a.duckdb: error[disk-full]: the store could not be written: the disk is full or a limit "
                         "is reached (free some space; nothing of this file was stored)\n")
        self.assertEqual(done.out, "")
        self.filled()
        done = self.icosa("run", "--db", "a.duckdb", "--out", "disk/out", code=None)
        if done.code != 0:  # the pages may or may not fit
            self.assertEqual(done.code, 5)
            self.assertIn("error[unwritable]", done.err)

    def test_a_full_standard_output(self):
        db = self.filled()
        for command in (("sources",), ("rejects",), ("check",), ("explain", "ears-c2")):
            with open("/dev/full", "w") as full:
                done = subprocess.run([str(harness.ICOSA), *command,
                                       *(["--db", db] if command[0] != "explain" else [])], cwd=self.folder,
                                      stdout=full, stderr=subprocess.PIPE, text=True)
            self.assertEqual((done.returncode, done.stderr),
                             (5, "error[unwritable]: standard output cannot be written (check the room on the disk, "
                                 "or what reads the pipe)\n"), command)


class GoodInput(Commands):
    def test_exit_codes_of_findings(self):
        db = self.filled()
        at = ("--db", db, "--as-of", "2020-12-20")
        self.icosa("run", *at)
        self.icosa("run", *at, "--fail-on", "note", code=1)
        self.icosa("run", *at, "--area", "16", "--fail-on", "note", code=0)

    def test_help_of_each_command(self):
        commands = ("check", "ingest", "sources", "rejects", "run", "brief", "explain", "export", "apply",
                    "forecast", "score",
                    "backtest")
        whole = self.icosa("--help").out
        for command in commands:
            self.assertIn(f"  {command} ", whole)
            text = self.icosa(command, "--help").out
            self.assertIn("Example", text, command)
            self.assertIn("--json", text, command)
        self.assertRegex(self.icosa("--version").out, r"^icosa \d+\.\d+\.\d+\ncommit \S+\nDuckDB v1\.\d+\.\d+\n"
                         r"packs [0-9a-f]{32} \(.+\)\n$")

    def test_standard_output_holds_only_json(self):
        db = self.filled()
        series = self.write("series.csv", "week,cases\n" + "".join(f"{i},{2 + i % 3}\n" for i in range(1, 30)))
        whole = {
            "check": ("check",), "run": ("run", "--db", db, "--as-of", "2020-12-20"),
            "an engine": ("explain", "event-surveillance"), "a method": ("explain", "ears-c2"),
            "a watch": ("explain", "sea.incidents"),
            "geojson": ("export", "series", "--watch", "sea.incidents", "--db", db, "--format", "geojson"),
        }
        for what, command in whole.items():
            done = self.icosa(*command, "--json")
            self.assertIsInstance(json.loads(done.out), dict, what)
            self.assertEqual(done.err, "", what)
        signal_id = next(iter(harness.signals(json.loads(self.icosa(*whole["run"], "--json").out))))
        told = self.icosa("explain", signal_id, "--db", db, "--as-of", "2020-12-20", "--json").out
        explained = json.loads(told)
        for key in ("method", "options", "baseline", "expected", "adjusted_p", "grade", "grade_why", "record", "course",
                    "confidence", "lines"):
            self.assertIn(key, explained)
        self.assertTrue(explained["lines"])
        self.assertRegex(explained["record"]["sentence"], r"Since \d{4} this watch|no record")
        self.assertIsInstance(explained["baseline"], list)
        by_line = {
            "ingest": ("ingest", "prices.csv", "messages.csv", "--db", db), "sources": ("sources", "--db", db),
            "rejects": ("rejects", "--db", db),
            "series": ("export", "series", "--watch", "sea.incidents", "--db", db),
            "series to a file": ("export", "series", "--watch", "sea.incidents", "--db", db, "--out", "s.csv"),
            "signals": ("export", "signals", "--as-of", "2020-12-20", "--db", db),
            "records": ("export", "records", "--source", "asam", "--out", "shared", "--db", db),
            "apply": ("apply", "ears-c2", series), "apply to a file": ("apply", "ears-c2", series, "--out", "o.csv"),
        }
        for what, command in by_line.items():
            done = self.icosa(*command, "--json")
            self.assertTrue(done.lines(), what)
            said = "series.csv: time 'week' (numbers 1 to 29, 52 a year as nothing says otherwise), value 'cases'\n"
            self.assertEqual(done.err, said if what == "apply" else "", what)
        # what --json says of a series is what the CSV says
        as_csv = list(csv.DictReader(io.StringIO(self.icosa("apply", "ears-c2", series).out)))
        as_json = self.icosa("apply", "ears-c2", series, "--json").lines()
        self.assertEqual([row["alarm"] for row in as_csv],
                         ["" if row["alarm"] is None else str(row["alarm"]) for row in as_json])
        self.assertEqual([row["threshold"] for row in as_csv[20:]], [repr(row["threshold"]) for row in as_json[20:]])

    def test_quiet_in_a_pipe(self):
        db = self.filled()
        for command in (("ingest", "prices.csv", "--db", db), ("run", "--db", db), ("sources", "--db", db),
                        ("rejects", "--db", db), ("explain", "sea.incidents"),
                        ("export", "series", "--watch", "sea.incidents", "--db", db), ("check",)):
            done = self.icosa(*command)
            self.assertRegex(done.err, r"\A(As of \d{4}-\d\d-\d\d; [^\n]*\n)?\Z", command)
            self.assertNotIn("\x1b", done.out, command)
            self.assertNotIn("\r", done.out, command)

    def test_a_dossier_that_was_asked_for_one_area(self):
        db = self.filled()
        whole = self.dossier("--as-of", "2020-12-20", db=db)
        part = self.dossier("--as-of", "2020-12-20", "--area", "11", db=db, out="part")
        self.assertEqual(sorted(w for w in harness.watches(whole) if w.startswith("sea.")),
                         sorted(w for w in harness.watches(part) if w.startswith("sea.")))
        asked = next(a for a in part["areas"] if a["number"] == 11)
        self.assertEqual(asked["watches"], next(a for a in whole["areas"] if a["number"] == 11)["watches"])


if __name__ == "__main__":
    harness.main()
