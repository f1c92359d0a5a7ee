"""The order of rows and the names of places carry nothing: shuffled rows give the same evidence, places that change
their names change them in the signals; and every row of every file is counted once."""
import csv
import io
import json
import pathlib
import random
import re
import shutil
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import harness

MADE_UP = ("--packs", "packs", "--framework", harness.FRAMEWORK)
HOW = {"messages.csv": ("--covers", "2019-09-01..2020-11-30"), "events.csv": ("--covers", "2018-01-01..2019-12-31")}
SEED = 20201220


def rows_of(path):
    text = path.read_text(encoding="utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def text_of(rows):
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


class OrderAndNames(harness.Case):
    def setUp(self):
        super().setUp()
        harness.assemble_packs(self.folder)
        self.inputs = sorted((harness.GOLDEN / "input").iterdir())

    def found(self, name, change):
        """The dossier of the made-up files, their rows changed by `change(file name, head rows, rows)`."""
        folder = self.folder / name
        folder.mkdir()
        told = []
        for path in self.inputs:
            rows = rows_of(path)
            head = 2 if path.name == "prices.csv" else 1  # its tag row
            (folder / path.name).write_text(text_of(rows[:head] + change(path.name, rows[head:])), encoding="utf-8",
                                            newline="")
            told += self.ingest(f"{name}/{path.name}", *HOW.get(path.name, ()), *MADE_UP, db=f"{name}.duckdb")
        dossier = self.dossier("--as-of", "2020-12-20", *MADE_UP, db=f"{name}.duckdb", out=f"{name}-out")
        return told, dossier

    def test_shuffled_rows(self):
        print(f"seed {SEED}")
        plain_told, plain = self.found("plain", lambda name, rows: rows)
        shuffle = random.Random(SEED)

        def shuffled(name, rows):
            rows = list(rows)
            shuffle.shuffle(rows)
            return rows

        told, other = self.found("shuffled", shuffled)
        counts = lambda lines: [{k: line[k] for k in ("source", "rows", "stored", "rejected", "known")}
                                for line in lines]
        self.assertEqual(counts(plain_told), counts(told))
        # which three lines, and which store, a signal names follows the lines; all else is the same
        self.assertEqual(harness.without(plain, "files", "db", "command"),
                         harness.without(other, "files", "db", "command"))
        self.assertGreater(len(harness.signals(plain)), 3)

    def test_relabelled_places(self):
        """Iceland's rows under Norway's names and codes and the other way round: the same signals, the names
        exchanged."""
        pairs = {"Iceland": "Norway", "ISL": "NOR", "isl": "nor", "395": "385"}
        pairs.update({b: a for a, b in pairs.items()})
        pattern = re.compile("|".join(rf"\b{word}\b" for word in pairs) + "|冰岛|挪威")
        pairs |= {"冰岛": "挪威", "挪威": "冰岛"}
        swap = lambda text: pattern.sub(lambda m: pairs[m.group()], text)
        _, plain = self.found("plain", lambda name, rows: rows)
        _, other = self.found("swapped", lambda name, rows: [[swap(cell) for cell in row] for row in rows])
        there_and_back = json.loads(swap(json.dumps(other, ensure_ascii=False).replace("swapped/", "plain/")))
        self.assertEqual(harness.watches(plain), harness.watches(there_and_back))
        self.assertTrue(any("/isl" in one for one in harness.signals(plain)))
        self.assertFalse(any("/isl/" in one for one in harness.signals(other)))

    def test_every_row_is_counted_once(self):
        """rows = stored + rejected + known (ingest() demands it), and rows are those of the file: counted here by
        another reader."""
        told, _ = self.found("counted", lambda name, rows: rows)
        for line in told:
            path = self.folder / line["file"]
            rows = [row for row in rows_of(path)[1:] if row and not row[0].startswith("#")]
            self.assertEqual(line["rows"], len(rows), line["file"])
            again = self.ingest(line["file"], *HOW.get(path.name, ()), *MADE_UP, db="counted.duckdb")[0]
            self.assertEqual((again["rows"], again["known"], again["stored"]), (line["rows"], line["rows"], 0))


if __name__ == "__main__":
    harness.main()
