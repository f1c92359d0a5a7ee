"""icosa screen-items: rows on made-up shipments, columns by name, parties of both ends by day; what is wrong
in a file or in the words with its exit code."""
import csv
import io
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import harness

EXAMPLE = harness.ROOT / "docs" / "examples" / "shipments.csv"
HEADER = ["line", "item", "instrument", "strength", "reason", "origin_party", "destination_party"]


class Items(harness.Case):
    def rows(self, *words, **more):
        return list(csv.DictReader(io.StringIO(self.icosa("screen-items", *words, **more).out)))

    def one(self, text, cas="", hs="", *words):
        self.write("one.csv", f'text,cas,hs\n"{text}","{cas}","{hs}"\n')
        return self.rows("one.csv", *words)

    def test_the_example(self):
        said = self.icosa("screen-items", EXAMPLE, "--as-of", "2024-06-30")
        rows = list(csv.DictReader(io.StringIO(said.out)))
        self.assertEqual(list(rows[0])[:7], HEADER)
        self.assertEqual({row["line"] for row in rows}, {str(n) for n in range(2, 10)}, "at least one row a line")
        first = [row for row in rows if row["line"] == "2" and row["instrument"] == "cwc"][0]
        self.assertEqual((first["item"], first["strength"]), ("cwc.2b13", "listed item"))
        self.assertEqual((first["origin_party"], first["destination_party"]), ("party", "not a party"))
        self.assertIn("CAS 111-48-8 given", first["reason"])
        self.assertIn("quantity given: 900 kg", first["reason"])
        by_item = {(row["line"], row["item"]): row for row in rows}
        self.assertEqual(by_item["4", "cwc.2b11"]["strength"], "listed item", "a member of a family")
        self.assertEqual(by_item["5", "ag.50"]["strength"], "listed item", "sulphide")
        self.assertEqual(by_item["6", "nsg.2c11"]["strength"], "possible")
        self.assertEqual(by_item["6", "nsg.2c11"]["destination_party"], "not a party")
        self.assertEqual(by_item["7", "cwc.3a1"]["strength"], "possible", "a detector is no phosgene")
        self.assertIn("one slip makes it 107-44-8", by_item["8", "cwc.1a1"]["reason"])
        self.assertEqual([row["strength"] for row in rows if row["line"] == "9"], ["none"])
        self.assertIn("no legal advice", said.err)
        self.assertRegex(said.err, r"8 lines of .*, as of 2024-06-30: 4 listed item, 3 possible, 0 category only, 1 ")

    def test_out_and_json(self):
        said = self.icosa("screen-items", EXAMPLE, "--out", "hits.csv", "--as-of", "2024-06-30")
        self.assertIn("8 lines", said.out)
        told = json.loads(self.icosa("screen-items", EXAMPLE, "--json", "--as-of", "2024-06-30").out)
        text = (self.folder / "hits.csv").read_text(encoding="utf-8")
        written = list(csv.DictReader(io.StringIO(text)))
        self.assertEqual([row.get("item", "") for row in told["rows"]], [row["item"] for row in written])
        self.assertEqual((told["lines"], told["without_hit"]), (8, 1))
        self.assertIn("known_through", told["lists"][0])
        again = self.icosa("screen-items", EXAMPLE, "--json", "--as-of", "2024-06-30").out
        self.assertEqual(json.loads(again), told)

    def test_one_list_and_one_day(self):
        rows = self.rows(EXAMPLE, "--list", "cwc-schedules", "--as-of", "2024-06-30")
        self.assertEqual({row["instrument"] for row in rows}, {"cwc", ""})
        late = self.rows(EXAMPLE, "--list", "cwc-schedules", "--as-of", "2026-06-30")
        self.assertEqual((late[0]["origin_party"], late[0]["destination_party"]), ("party", "not known"))
        self.assertIn("unknown-list", self.icosa("screen-items", EXAMPLE, "--list", "nowhere", code=2).err)

    def test_columns(self):
        self.write("a.csv", "Was;Nummer;Von\nLösung;111-48-8;DEU\n")
        rows = self.rows("a.csv", "--text-column", "Was", "--cas-column", "Nummer", "--origin-column", "Von")
        self.assertEqual(rows[0]["origin_party"], "party")
        self.assertEqual(rows[0]["destination_party"], "no place said")
        self.assertIn("no-goods", self.icosa("screen-items", "a.csv", code=4).err)
        said = self.icosa("screen-items", "a.csv", "--text-column", "What", code=None)
        self.assertIn(said.code, (2, 4))
        self.assertIn("error[unknown-column]", said.err)

    def test_odd_lines(self):
        self.assertEqual(self.one("")[0]["reason"], "nothing was given to screen")
        self.assertEqual(self.one("a" * 10_000)[0]["strength"], "none")
        self.assertIn("ricin", self.one("word " * 2_000 + "ricin", "", "")[0]["reason"])
        self.assertEqual(self.one("沙林")[0]["item"], "cwc.1a1")
        self.write("empty.csv", "")
        self.assertNotEqual(self.icosa("screen-items", "empty.csv", code=None).code, 0)
        self.write("header.csv", "text,cas\n")
        self.assertIn("0 lines", self.icosa("screen-items", "header.csv").err)
        self.write("bytes.csv", b"text\n\xff\xfe\x80ricin\n")
        said = self.icosa("screen-items", "bytes.csv", code=4)
        self.assertIn("bytes.csv", said.err)
        self.assertIn("missing-file", self.icosa("screen-items", "nowhere.csv", code=None).err)

    def test_a_watch_over_own_shipments(self):
        self.write("ship.csv", 'day,country,goods\n2026-08-03,DEU,apples\n2026-09-03,DEU,"Thiodiglycol, drums"\n'
                               "2026-09-09,FRA,phosgene detector\n2026-10-02,FRA,apples\n")
        self.write("own/card.toml", """[source]
id = "my-shipments"
title = "My shipments"
publisher = "Nobody"
licence = "own"
record = "event"
header = ["day", "country", "goods"]
identity = ["day", "country", "goods"]
publication_lag_days = 0
stale_after_days = 90
[coverage]
complete = true
whole = "month"
[map]
day = { column = "day" }
kind = { value = "shipment" }
place = { column = "country", system = "iso3" }
subject = { column = "goods" }
""")
        watch = """# Own shipments.
[area]
section = "own"
[[watch]]
id = "own.items"
engine = "controlled-item-screening"
title = { en = "Goods that may be of a controlled item", zh = "可能属于管制物项的货物" }
from = ["my-shipments"]
unit = "place-subject"
period = "month"
method = { name = "named", from_strength = "possible", list = "LIST" }
severity_unit = "shipments"
"""
        self.write("own/watch.toml", watch.replace("LIST", "cwc"))
        said = self.icosa("check", "own", code=3).err
        self.assertIn("error[unknown-list]", said)
        self.write("own/watch.toml", watch.replace("LIST", "cwc-schedules"))
        self.icosa("check", "own")
        self.ingest("ship.csv", "--source", "my-shipments", "--add", "own")
        self.icosa("run", "--add", "own", "--db", "a.duckdb", "--area", "own", "--as-of", "2026-10-05", "--out", "out")
        told = (self.folder / "out" / "dossier.json").read_text(encoding="utf-8")
        for subject in ("deu|Thiodiglycol, drums", "fra|phosgene detector"):
            self.assertIn(f'"own.items/{subject}/2026-09"', told)
        self.assertNotIn("|apples", told)

    def test_every_item_is_found_by_itself(self):
        """Each registry number and name of the shipped packs is found, as the item that bears it."""
        import tomllib
        numbers, names = [], []
        for path in sorted((harness.ROOT / "packs" / "controlled-items").glob("*.toml")):
            for item in tomllib.loads(path.read_text(encoding="utf-8")).get("controlled_item", []):
                numbers += [(item["id"], one) for one in item.get("cas", [])]
                names += [(item["id"], one) for key in ("names", "hints", "words") for one in item.get(key, [])]
        self.assertGreater(len(numbers), 150)
        text = io.StringIO()
        table = csv.writer(text)
        table.writerow(["text", "cas"])
        for _, one in numbers:
            table.writerow(["goods", one])
        for _, one in names:
            table.writerow([one, ""])
        self.write("all.csv", text.getvalue())
        found = {}
        for row in self.rows("all.csv"):
            found.setdefault(int(row["line"]), {})[row["item"]] = row["strength"]
        missed = [(item, one) for line, (item, one) in enumerate(numbers + names, 2) if item not in found[line]]
        # A name within a longer one of its list is the longer one's.
        self.assertEqual(missed, [])
        weak = [one for line, one in enumerate(numbers, 2) if found[line][one[0]] != "listed item"]
        self.assertEqual(weak, [])


if __name__ == "__main__":
    harness.main()
