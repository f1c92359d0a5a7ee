"""kill -9 at fifty moments of an ingest: each file is wholly there or wholly absent, and the next ingest completes.

The moments are drawn over the whole duration of an ingest, which is measured first; the seed is printed, ICOSA_SEED
gives another."""
import os
import pathlib
import random
import signal
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import harness

MOMENTS = 50
ROWS = (40_000, 300, 1, 12_000, 2_500, 25_000, 7)
SEED = int(os.environ.get("ICOSA_SEED", "50"))


def catalogue(file, rows):
    """A file of one list: each row has an identity, so that what is known tells which rows are there."""
    out = ["cveID,vendorProject,product,vulnerabilityName,dateAdded,shortDescription,requiredAction,dueDate,"
           "knownRansomwareCampaignUse,notes,cwes\n"]
    for i in range(rows):
        day = f"20{10 + i % 10}-{1 + i % 12:02d}-{1 + i % 28:02d}"
        out.append(f'CVE-19{file:02d}-{i:06d},Vendor {i % 97},"Product, {i}",Made up,{day},"Made up, row {i} of file '
                   f'{file}.",Mend it.,{day},Unknown,,CWE-{i % 50}\n')
    if rows > 1:
        out.append(f"CVE-19{file:02d}-999999,Vendor,Product,Made up,2019-02-30,No such day.,Mend "
                   "it.,2019-03-01,Unknown,,\n")
    return "".join(out)


class Killed(harness.Case):
    def start(self, db):
        words = [str(harness.ICOSA), "ingest", *self.names, "--db", db, "--edition", "add", "--json"]
        return subprocess.Popen(words, cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def test_fifty_moments(self):
        self.names = [self.write(f"{i}.csv", catalogue(i, rows)) for i, rows in enumerate(ROWS)]
        rejects = [0 if rows == 1 else 1 for rows in ROWS]
        durations = []
        for attempt in range(3):
            begin = time.monotonic()
            child = self.start(f"whole-{attempt}.duckdb")
            child.communicate()
            self.assertEqual(child.returncode, 0)
            durations.append(time.monotonic() - begin)
        duration = sorted(durations)[1]
        draw = random.Random(SEED)
        print(f"seed {SEED}; an ingest takes {duration:.2f} s")
        seen = {"nothing": 0, "some": 0, "all": 0}
        for moment in range(MOMENTS):
            db = f"{moment}.duckdb"
            after = draw.uniform(0, duration)
            child = self.start(db)
            time.sleep(after)
            child.send_signal(signal.SIGKILL)
            promised = child.communicate()[0].count(b"\n")  # files whose report was printed
            where = f"killed after {after:.3f} s"
            there = 0
            for i, line in enumerate(self.ingest(*self.names, "--edition", "add", db=db)):
                self.assertEqual(line["rows"], ROWS[i] + rejects[i], where)
                if line["stored"] == 0:  # there before: the same bytes are all known, its rejected rows too
                    self.assertEqual((line["known"], line["rejected"]), (line["rows"], 0), f"{where}: {line}")
                    self.assertEqual(there, i, f"{where}: files come in order")
                    there += 1
                else:
                    self.assertEqual((line["stored"], line["rejected"], line["known"]), (ROWS[i], rejects[i], 0),
                                     f"{where}: {line}")
            self.assertGreaterEqual(there, promised, f"{where}: a file that was reported stored is stored")
            source = self.icosa("sources", "--db", db, "--json").lines()[0]
            self.assertEqual((source["files"], source["rows"], source["rejected"]),
                             (len(ROWS), sum(ROWS) + sum(rejects), sum(rejects)), where)
            seen["nothing" if there == 0 else "all" if there == len(ROWS) else "some"] += 1
            for left in self.folder.glob(f"{db}*"):
                left.unlink()
        print(f"files there after the kill: {seen}")
        self.assertGreater(seen["some"], 0, "some moments must fall between files")
        self.assertGreater(seen["nothing"], 0, "and some into the first")


if __name__ == "__main__":
    harness.main()
