"""A user's own download of UCDP GED: its events, added up by country and month, answer the watches that ask for
fatalities."""
import csv
import io
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import harness

HEADER = ["id", "relid", "year", "type_of_violence", "conflict_new_id", "side_a_new_id", "side_b_new_id", "where_prec",
          "latitude", "longitude", "priogrid_gid", "country", "country_id", "date_start", "date_end", "best", "high",
          "low"]
EVENTS = [  # type, GW code, first day, last day, best
    (1, 700, "2019-01-03", "2019-01-03", 5), (1, 700, "2019-01-20", "2019-01-21", 7),
    (1, 700, "2019-03-05", "2019-03-05", 2),
    (3, 700, "2019-01-08", "2019-01-08", 100), (1, 770, "2019-02-28", "2019-03-02", 50),
    (1, 770, "2019-12-31", "2019-12-31", 1)]


def download():
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(HEADER)
    for i, (kind, code, first, last, best) in enumerate(EVENTS, 1):
        rows.writerow([i, f"A-{i}", first[:4], kind, 1, 2, 3, 1, 34.5, 69.2, 179779, "?", code, first + " 00:00:00.000",
                       last + " 00:00:00.000", best, best, best])
    return text.getvalue()


class Totals(harness.Case):
    def test_events_answer_a_watch_that_asks_for_a_measure(self):
        self.ingest(self.write("GEDEvent.csv", download()), "--covers", "2019-01-01..2019-12-31")
        rows = list(csv.DictReader(io.StringIO(self.icosa("export", "series", "--watch", "un.ahead", "--db", "a.duckdb",
                                                          "--as-of", "2020-12-31").out)))
        told = {(row["unit"], row["period"]): float(row["value"]) for row in rows}
        self.assertEqual({row["source"] for row in rows}, {"ucdp-ged"})
        self.assertEqual(told["afg", "2019-01"], 12, "of its kind of violence only")
        self.assertEqual(told["afg", "2019-02"], 0, "covered and silent")
        self.assertEqual(told["afg", "2019-03"], 2)
        self.assertEqual(told["pak", "2019-02"], 0, "an event wider than a month enters none")
        self.assertEqual(told["pak", "2019-12"], 1)
        self.assertEqual(len(told), 24)

    def test_an_extract_has_no_totals(self):
        self.ingest(self.write("GEDEvent.csv", download()))
        for watch in ("un.ahead", "hotspot.escalation"):
            found = harness.watches(self.dossier("--as-of", "2020-12-31"))[watch]
            self.assertEqual(found["state"], "no-data", watch)


if __name__ == "__main__":
    harness.main()
