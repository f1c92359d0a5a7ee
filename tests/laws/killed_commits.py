"""kill -9 at random moments of `icosa commit add`, two writers at once: no commitment that was acknowledged is lost,
the chain is whole, and a rewritten past is found at its line. The chain is checked here by another reader than the
program's.

As it stands forty kills; with --all a thousand. The seed is printed, ICOSA_SEED gives another."""
import hashlib
import json
import os
import pathlib
import random
import signal
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import harness

KILLS = 40
SEED = int(os.environ.get("ICOSA_SEED", "7"))
LEDGER = "a.duckdb.ledger.jsonl"


class Killed(harness.Case):
    kills = KILLS

    def start(self, owner):
        words = [str(harness.ICOSA), "commit", "add", "--owner", owner, "--what", "made up", "--due", "2030-01-01",
                 "--db", "a.duckdb", "--json"]
        return subprocess.Popen(words, cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def rows(self):
        """The rows, each held against the one before: number, its digest, and what its own line gives."""
        before, out = "0" * 64, []
        for number, line in enumerate((self.folder / LEDGER).read_text(encoding="utf-8").splitlines(), 1):
            row = json.loads(line)
            self.assertEqual((row["n"], row["before"]), (number, before), f"line {number}")
            before = hashlib.sha256(line[:line.index(',"digest":"')].encode()).hexdigest()
            self.assertEqual(row["digest"], before, f"line {number}")
            out.append(row)
        return out

    def test_no_acknowledged_row_is_lost(self):
        durations = []
        for attempt in range(3):
            begin = time.monotonic()
            child = self.start(f"whole {attempt}")
            self.assertEqual(child.wait(), 0, child.stderr.read())
            child.communicate()
            durations.append(time.monotonic() - begin)
        duration = sorted(durations)[1]
        draw = random.Random(SEED)
        acknowledged = {}
        killed = in_time = 0
        while killed < self.kills:
            pair = [self.start(f"writer {killed} {name}") for name in "ab"]
            begin = time.monotonic()
            for child, after in sorted(zip(pair, (draw.uniform(0, 2.5 * duration) for _ in pair)), key=lambda p: p[1]):
                time.sleep(max(0, begin + after - time.monotonic()))
                child.send_signal(signal.SIGKILL)
                killed += 1
            for child in pair:
                out, err = child.communicate()
                self.assertIn(child.returncode, (0, -signal.SIGKILL), err)
                in_time += child.returncode == 0
                if out.endswith("\n"):  # told, whether or not it was killed after that
                    told = json.loads(out)
                    row = told["commitment"]["history"][0]["row"]
                    acknowledged[row] = (told["commitment"]["id"], told["commitment"]["owner"])
        rows = self.rows()
        print(f"seed {SEED}: an add takes {duration:.3f} s; {killed} kills, {in_time} came too late; "
              f"{len(acknowledged)} rows acknowledged, {len(rows)} there")
        self.assertGreater(in_time, 0, "some must end before they are killed")
        self.assertLess(in_time, killed, "and some must not")
        for number, (name, owner) in acknowledged.items():
            body = rows[number - 1]["body"]
            self.assertEqual((body["id"], body["owner"]), (name, owner), f"row {number}")
        self.assertEqual(len({row["body"]["id"] for row in rows}), len(rows), "each has an id of its own")
        self.assertIn("each as it was written", self.icosa("commit", "verify", "--db", "a.duckdb").out)

    def test_a_rewritten_past_is_found(self):
        for i in range(6):
            self.icosa("commit", "add", "--owner", f"owner {i}", "--what", "made up", "--due", "2030-01-01", "--db",
                       "a.duckdb")
        verify = ("commit", "verify", "--db", "a.duckdb")
        head = json.loads(self.icosa(*verify, "--json").out)["head"]
        path = self.folder / LEDGER
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)

        def found(changed, *more, code=4):
            path.write_text("".join(changed), encoding="utf-8")
            return self.icosa(*verify, *more, code=code).err

        cure = r"\(put .*back.*\)"
        for at in range(6):
            changed = list(lines)
            changed[at] = changed[at].replace(f"owner {at}", "owner x")
            self.assertRegex(found(changed), rf"{LEDGER}:{at + 1}:1: error\[row-changed\].*{cure}")
        self.assertRegex(found(lines[:2] + lines[3:]), rf"{LEDGER}:3:1: error\[row-missing\]: row 3 is missing.*{cure}")
        self.assertRegex(found([lines[0], lines[2], lines[1], *lines[3:]]), rf"{LEDGER}:2:1: error\[row-missing\]")
        self.assertEqual(found(lines[:4], code=0), "", "a tail that was cut off leaves a whole chain")
        self.assertRegex(found(lines[:4], "--head", head), rf"{LEDGER}:5:1: error\[ledger-cut\]: .*after row 4.*{cure}")
        self.assertRegex(found([*lines[:3], "\n", *lines[3:]]), rf"{LEDGER}:4:1: error\[row-malformed\]")
        self.assertRegex(found(["\ufeff" + lines[0], *lines[1:]]), rf"{LEDGER}:1:1: error")
        windows = [line.replace("\n", "\r\n") for line in lines]
        self.assertRegex(found(windows), rf"{LEDGER}:1:1: error\[row-malformed\]")
        # a past that was written anew from a row on, digests and all, is a whole chain, and not the one that was noted
        anew, before = [], json.loads(lines[1])["digest"]
        for line in lines[2:]:
            body = line[:line.index(',"digest":"')].replace("owner 2", "owner x")
            body = body.replace(json.loads(line)["before"], before)
            before = hashlib.sha256(body.encode()).hexdigest()
            anew.append(f'{body},"digest":"{before}"}}\n')
        self.assertEqual(found([*lines[:2], *anew], code=0), "")
        told = found([*lines[:2], *anew], "--head", head)
        self.assertRegex(told, rf"{LEDGER}:6:1: error\[ledger-rewritten\].*{cure}")
        self.assertEqual(found(lines, "--head", head, code=0), "")
        for words in (("add", "--owner", "y", "--what", "z", "--due", "2030-01-01"), ("list",),
                      ("report", "c1", "--state", "adopted")):
            path.write_text("".join([lines[0], *lines[2:]]), encoding="utf-8")
            self.assertIn("row-missing", self.icosa("commit", *words, "--db", "a.duckdb", code=4).err)
        self.assertEqual(path.read_text(encoding="utf-8"), "".join([lines[0], *lines[2:]]), "nothing was added to it")


if __name__ == "__main__":
    if "--all" in sys.argv:
        sys.argv.remove("--all")
        Killed.kills = 1000
    harness.main()
