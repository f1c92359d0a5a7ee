"""Same input, same bytes out: two runs, and one thread or two, give the same dossier; on the starter data, and with
--real on the real files.

Law 6 of the house, through the binary: ingest, run, export."""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import harness

PAGES = ("dossier.json", "dossier.md", "index.html")


class SameBytes(harness.Case):
    def pages(self, db, threads, out, *more):
        self.dossier("--threads", threads, *more, db=db, out=out)
        return {name: (self.folder / out / name).read_bytes() for name in PAGES}

    def same(self, paths, days):
        for db, threads in (("one.duckdb", 1), ("two.duckdb", 2)):
            told = self.ingest(*paths, "--threads", threads, db=db, code=None)
            self.assertGreater(sum(line["stored"] for line in told), 10_000)
        for day in days:
            first = self.pages("two.duckdb", 2, "a", "--as-of", day)
            self.assertGreater(len(harness.signals(harness.json.loads(first["dossier.json"]))), 0, day)
            for db, threads, out in (("two.duckdb", 2, "again"), ("one.duckdb", 1, "one thread")):
                other = self.pages(db, threads, out, "--as-of", day)
                for name in PAGES:
                    self.assertEqual(first[name], other[name].replace(db.encode(), b"two.duckdb"),
                                     f"{name} as of {day} differs: two threads against {out}")


class Starter(SameBytes):
    def test_starter(self):
        # on the second day forecasts of piracy, too
        self.same(["--recursive", harness.STARTER], ["2024-12-31", "2015-12-31"])

    def test_exported_series(self):
        self.ingest("--recursive", harness.STARTER)
        told = [self.icosa("export", "series", "--watch", "sea.incidents", "--db", "a.duckdb").out for _ in range(2)]
        self.assertEqual(told[0], told[1])
        self.assertGreater(told[0].count("\n"), 100)


class Real(SameBytes):
    def test_real(self):
        files = [path for path in harness.real_files() if path.stat().st_size < 60_000_000]
        self.same(files, ["2020-12-31"])
        for day in ("2020-12-31", "2024-12-31"):
            harness.demand_fresh(self, self.dossier("--as-of", day, db="two.duckdb"))


if __name__ == "__main__":
    real = "--real" in sys.argv
    sys.argv = sys.argv[:1] + (["Real"] if real else ["Starter"])
    harness.main(needs_data=real)
