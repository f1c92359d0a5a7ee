"""Archives at `icosa ingest`: their entries are read as files are, what is no data is passed over, what no one should
unpack is refused; what was fetched as an archive is read by `ingest FOLDER` and by `update`."""
import gzip
import io
import pathlib
import sys
import tarfile
import unittest
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from fetch import Answer, Fetch, harness, table


def zipped(entries, **how):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", how.pop("compression", zipfile.ZIP_DEFLATED), **how) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return packed.getvalue()


def tarred(entries, mode="w:gz", kind=tarfile.REGTYPE):
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode=mode) as archive:
        for name, content in entries:
            entry = tarfile.TarInfo(name)
            entry.type, entry.size, entry.linkname = kind, len(content) if kind == tarfile.REGTYPE else 0, "/etc/passwd"
            archive.addfile(entry, io.BytesIO(content))
    return packed.getvalue()


def with_flag(archive):
    """Says that its entries are encrypted."""
    out = bytearray(archive)
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        out[out.find(sign) + at] |= 1
    return bytes(out)


class Archives(Fetch):
    def setUp(self):
        super().setUp()
        self.more = ("--packs", "packs", "--framework", harness.FRAMEWORK)
        # rows that are told apart, so that the same rows are known again
        path = self.packs / "sources" / "one.toml"
        path.write_text(path.read_text().replace('header =', 'identity = ["day", "n"]\nheader ='))

    def read(self, name, content, code=0):
        self.write(name, content)
        self.said = self.icosa("ingest", name, "--db", "a.duckdb", "--json", *self.more, code=code)
        return {line["file"]: line["stored"] for line in self.said.lines()}

    def test_entries_are_files(self):
        for name, content, told in (
                ("a.zip",
                 zipped([("x/", b""), ("x/one.csv", table(10)), ("readme.txt", b"hello\n"), (".DS_Store", b"\0")]),
                 {"a.zip/x/one.csv": 10}),
                ("b.tar.gz", tarred([("p/one.csv", table(20)), ("codebook.pdf", b"%PDF-1.4 \0\0")]),
                 {"b.tar.gz/p/one.csv": 10}),
                ("c.tar", tarred([("one.csv", table(21)), ("two.csv", table(22))], "w:"),
                 {"c.tar/one.csv": 1, "c.tar/two.csv": 1}),
                ("d.csv.gz", gzip.compress(table(23)), {"d.csv.gz": 1}),
                ("e.zip", zipped([("one.csv", table(24))], compression=zipfile.ZIP_STORED), {"e.zip/one.csv": 1}),
                ("plain.csv", table(24), {"plain.csv": 0})):
            with self.subTest(name):
                self.assertEqual(self.read(name, content), told)
                self.assertNotIn("DS_Store", self.said.err)
        self.write("all/f.zip", zipped([("one.csv", table(25))]))
        told = self.icosa("ingest", "all", "--recursive", "--db", "a.duckdb", "--json", *self.more).lines()
        self.assertEqual([line["file"] for line in told], ["all/f.zip/one.csv"])
        told = self.icosa("ingest", "a.zip/x/one.csv", "--db", "a.duckdb", "--json", *self.more).lines()
        self.assertEqual(told[0]["known"], 10, "one entry may be named")
        self.assertIn("all/f.zip/one.csv", self.icosa("forget", "f.zip", "--db", "a.duckdb", *self.more).out)

    def test_what_is_passed_over_is_told(self):
        self.read("a.zip", zipped([("one.csv", table(10)), ("readme.txt", b"hello\n")]))
        self.assertIn("a.zip/readme.txt: note: passed over", self.said.err)
        self.read("b.zip", zipped([("readme.txt", b"hello\n")]), code=4)
        self.assertIn("unknown-source", self.said.err)
        bad = table(10).replace(b"2026", b"what")
        self.assertEqual(self.read("c.zip", zipped([("a.csv", bad), ("one.csv", table(11))]), code=4),
                         {"c.zip/one.csv": 1}, "rows that are bad are no note")

    def test_refused(self):
        good = ("one.csv", table(10))
        for name, content, reason in (
                ("a.zip", zipped([good, ("../one.csv", b"x")]), "escaping-path"),
                ("b.zip", zipped([good, ("/tmp/one.csv", b"x")]), "escaping-path"),
                ("c.zip", zipped([good, ("inner.zip", b"PK")]), "nested-archive"),
                ("d.zip", with_flag(zipped([good])), "encrypted"),
                ("e.zip", zipped([good, ("zeros.csv", bytes(1 << 26))]), "zip-bomb"),
                ("f.zip", zipped([("ONE.csv", b"x"), good]), "odd-name"),
                ("g.zip", zipped([good])[:-30], "damaged-archive"),
                ("h.tgz", tarred([("one.csv", b"")], kind=tarfile.SYMTYPE), "link-entry"),
                ("i.tgz", tarred([good])[:-40], "damaged-archive"),
                ("j.gz", gzip.compress(table(10) + b"\n" * (1 << 26)), "zip-bomb"),
                ("k.gz", gzip.compress(zipped([good])), "compressed"),
                ("l.zip", zipped([]), "empty-archive")):
            with self.subTest(name):
                self.assertEqual(self.read(name, content, code=4), {})
                self.assertIn(f"error[{reason}]", self.said.err)

    def test_what_was_fetched(self):
        fetch = 'url = "https://z.example.org/a.zip"\nform = "zip"\nmember = "e.csv"'
        self.card("one", fetch)
        archive = zipped([("e.csv", table(30)), ("notes.csv", table(3))])
        self.server.answers["a.zip"] = [Answer(body=archive, type="application/zip")]
        self.assertEqual(self.fetch("one")["one"]["status"], "new")
        told = self.icosa("ingest", "f", "--db", "a.duckdb", "--json", *self.more).lines()
        self.assertEqual([(line["source"], line["stored"]) for line in told], [("one", 30)])
        self.assertRegex(told[0]["file"], r"^f/one/[\d-]+/a\.zip/e\.csv$")
        self.server.answers["a.zip"] = [Answer(body=zipped([("e.csv", table(33))]), type="application/zip")]
        said = self.icosa("update", "one", "--mirror", self.server.url, "--db", "a.duckdb", "--to", "f", "--out", "o",
                          *self.more, env=self.environment)
        self.assertIn("33 stored, 0 rejected, 0 known already (30 rows of earlier files no longer count", said.out)


# the tests of fetch.py are run there
for name in [name for name in dir(Fetch) if name.startswith("test_")]:
    setattr(Archives, name, None)

if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], "Archives", *sys.argv[1:]])
