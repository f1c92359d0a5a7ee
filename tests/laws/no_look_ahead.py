"""as_of never sees a later line: what a store learns afterwards changes no dossier of an earlier day.

Later rows, later files and later editions are added to a store, and the dossier of the day before is written again.
Only the inventory of the store may differ (`sources`: files, rows, first and last day are those of the store, whatever
the day)."""
import csv
import io
import pathlib
import shutil
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import harness

MADE_UP = ("--packs", "packs", "--framework", harness.FRAMEWORK)
INVENTORY = ("sources", "stale_sources")


def exchange_parts(path, day):
    """The file's rows that end by the day, and the others, each with the coverage of its days."""
    notes, rows = [], []
    for line in path.read_text(encoding="utf-8").splitlines(keepends=True):
        (notes if line.startswith("# ") else rows).append(line)
    header, rows = rows[0], rows[1:]
    columns = next(csv.reader([header]))
    last = columns.index("last_day" if "last_day" in columns else "day")
    known = columns.index("known_day")
    parts = [[], []]
    for line in rows:
        cells = next(csv.reader([line]))
        parts[max(cells[last], cells[known]) > day].append(line)
    texts = []
    for which, part in enumerate(parts):
        head = ""
        for note in notes:
            if note.startswith("# covers: "):
                first, rest = note[len("# covers: "):].rstrip("\n").split("..", 1)
                end, more = rest[:10], rest[10:]
                first, end = (first, min(end, day)) if which == 0 else (max(first, after(day)), end)
                note = f"# covers: {first}..{end}{more}\n" if first <= end else ""
            head += note
        texts.append(head + header + "".join(part) if part else "")
    return texts


def after(day):
    return (harness.datetime.date.fromisoformat(day) + harness.datetime.timedelta(days=1)).isoformat()


class NoLookAhead(harness.Case):
    def same(self, before, later):
        strip = lambda dossier: harness.without(dossier, "sources", "db", "command")
        self.assertEqual(strip({"areas": before["areas"], "rest": before["principles"] + before["platforms"]}),
                         strip({"areas": later["areas"], "rest": later["principles"] + later["platforms"]}))
        one, two = (harness.without(d, "sources", "stale_sources", "db", "command") for d in (before, later))
        self.assertEqual(one, two)

    def bytes_without_inventory(self, out):
        text = (self.folder / out / "dossier.json").read_text(encoding="utf-8")
        start, end = text.index('\n  "sources": ['), text.index('\n  "references": [')
        return text[:start] + text[end:]

    def run_as_of(self, day, out, *more):
        dossier = self.dossier("--as-of", day, *more, out=out)
        return dossier, self.bytes_without_inventory(out)

    def test_later_files_of_the_starter_data(self):
        """Each source in two files, cut at a year's end: the second one may add nothing to the day of the cut."""
        day = "2018-12-31"
        first, second = [], []
        for path in sorted(harness.STARTER.glob("*.csv")):
            for text, names, part in zip(exchange_parts(path, day), (first, second), "ab"):
                if text:
                    names.append(self.write(f"{part}/{path.name}", text))
        self.assertGreaterEqual(len(first), 8)
        self.assertGreaterEqual(len(second), 8)
        self.ingest(*first)
        before, bytes_before = self.run_as_of(day, "before")
        self.ingest(*second)
        later, bytes_later = self.run_as_of(day, "later")
        self.same(before, later)
        self.assertEqual(bytes_before, bytes_later)
        self.assertGreater(len(harness.signals(before)), 5)
        newest, _ = self.run_as_of("2024-12-31", "newest")
        self.assertNotEqual(harness.watches(newest), harness.watches(later), "the second files are read at all")

    def made_up(self):
        harness.assemble_packs(self.folder)
        for path in (harness.GOLDEN / "input").iterdir():
            shutil.copy(path, self.folder)

    def test_later_rows_of_the_same_publisher(self):
        """A file that goes on, read again: its later rows are not there on the day before."""
        self.made_up()
        day = "2020-11-30"
        rows = list(csv.reader(io.StringIO((self.folder / "messages.csv").read_text(encoding="utf-8-sig"))))
        # known a week later
        seen = [row for row in rows[1:] if len(row) > 3 and row[1] <= "2020-11-23" and "Trawler" not in row]
        more = [[f"2020-{i}", f"2020-12-{i - 950:02d}", rows[1][2], "II", "57", "PIRATES", "Tanker", "Made up.", ""]
                for i in range(951, 971)]

        def text(of):
            out = io.StringIO()
            csv.writer(out, lineterminator="\n").writerows([rows[0], *of])
            return out.getvalue()

        self.write("early.csv", text(seen))
        self.write("late.csv", text(seen + more))
        self.ingest("early.csv", "--covers", "2019-09-01..2020-11-30", *MADE_UP)
        before, bytes_before = self.run_as_of(day, "before", *MADE_UP)
        told = self.ingest("late.csv", "--covers", "2019-09-01..2020-12-31", *MADE_UP)
        self.assertEqual(told[0]["stored"], len(more))
        later, bytes_later = self.run_as_of(day, "later", *MADE_UP)
        self.same(before, later)
        self.assertEqual(bytes_before, bytes_later)
        newest = self.dossier("--as-of", "2021-01-10", *MADE_UP, out="newest")
        self.assertIn("test.sea/gulf-of-guinea/2020-12", harness.signals(newest))

    def test_a_later_edition_with_other_figures(self):
        """An edition of a later day revises fatalities a hundredfold: as of the earlier day the earlier edition stands,
        without a caveat."""
        self.made_up()
        text = (self.folder / "events.csv").read_text(encoding="utf-8")
        self.write("edition-2.csv", text.replace(",40,40,42,39,,", ",4000,4000,4200,3900,,"))
        self.ingest("events.csv", "--vintage", "2020-06-01", "--covers", "2018-01-01..2019-12-31", *MADE_UP)
        before, bytes_before = self.run_as_of("2020-12-31", "before", *MADE_UP)
        told = self.ingest("edition-2.csv", "--vintage", "2021-06-01", "--covers", "2018-01-01..2019-12-31", *MADE_UP)
        self.assertEqual(told[0]["stored"], 6)
        later, bytes_later = self.run_as_of("2020-12-31", "later", *MADE_UP)
        self.same(before, later)
        self.assertEqual(bytes_before, bytes_later)
        signal = "test.violence/isl/2019-12"
        self.assertEqual(harness.signals(before)[signal]["observed"], 240)
        self.assertNotIn("pseudo-real-time", harness.signals(before)[signal]["confidence_why"])
        newest = self.dossier("--as-of", "2021-06-30", *MADE_UP, out="newest")
        self.assertEqual(harness.signals(newest)[signal]["observed"], 24000)


if __name__ == "__main__":
    harness.main()
