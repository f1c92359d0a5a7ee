"""icosa forecast --sparse through the binary: events of grid cells, sketches there and back, same bytes, no look-ahead,
and what it says to bad input."""
import base64
import csv
import io
import pathlib
import random
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import harness


def made_events(months=120, first_year=2000):
    """Events in 40 cells of a block of 100: each cell's chance rises with what happened in it and beside it."""
    made = random.Random(5)
    cells = [(200 + r) * 720 + 400 + c + 1 for r in range(10) for c in range(10)]
    heat = dict.fromkeys(cells, 0.0)
    rows = []
    for i in range(months):
        happened = []
        for cell in cells[:40]:
            chance = min(0.7, 0.01 + 0.25 * heat[cell] + 0.05 * (heat.get(cell - 1, 0) + heat.get(cell + 1, 0)))
            while made.random() < chance:
                happened.append(cell)
                rows.append((len(rows) + 1, cell, f"{first_year + i // 12}-{i % 12 + 1:02d}-{made.randint(1, 28):02d}",
                             int(made.paretovariate(0.8))))
        for cell in heat:
            heat[cell] *= 0.7
        for cell in happened:
            heat[cell] += 1
    return cells, rows


def table(rows, header="id,priogrid_gid,date_start,best"):
    return header + "\n" + "".join(",".join(map(str, row)) + "\n" for row in rows)


def decoded(text):
    """The draws of a sketch, by the words of docs/forecasts.md."""
    numbers, number, shift = [], 0, 0
    for byte in base64.b64decode(text):
        number |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            numbers.append(number)
            number = shift = 0
    draws, bucket = [], 0
    for step, times in zip(numbers[::2], numbers[1::2]):
        bucket += step
        octave, part = divmod(bucket - 129, 64)
        draws += [bucket if bucket <= 128 else (64 + part << octave + 1) + 1 + (1 << octave)] * times
    return draws


class Cells(harness.Case):
    COLUMNS = ("--unit", "priogrid_gid", "--time", "date_start", "--value", "best")
    WHEN = ("--origin", "2007-12", "--first", "2008-01", "--last", "2008-12")

    def forecast(self, panel, *more, code=0, when=WHEN):
        return self.icosa("forecast", "--panel", panel, *self.COLUMNS, *when, "--draws", 100, *more, code=code)

    def bytes_of(self, name):
        return (self.folder / name).read_bytes()

    def rows_of(self, name):
        return list(csv.DictReader(io.StringIO(self.bytes_of(name).decode())))

    def test_same_bytes(self):
        cells, rows = made_events()
        panel = self.write("ged.csv", table(rows))
        countries = "".join(f"{cell},{7 + i % 2}\n" for i, cell in enumerate(cells))
        listed = self.write("cells.csv", "priogrid_gid,country_id\n" + countries)
        for more in ((), ("--cells", listed)):
            self.forecast(panel, "--sparse", "--model", "cells", "--out", "a.sketch.csv", "--threads", 1, *more)
            first = self.bytes_of("a.sketch.csv")
            self.assertEqual(first.count(b"\n"), 1 + 12 * (100 if more else 40))

            def again(why, source):
                self.forecast(source, "--sparse", "--model", "cells", "--out", "b.sketch.csv", "--threads", 3, "--seed",
                              9, *more)
                self.assertEqual(first, self.bytes_of("b.sketch.csv"), why)

            again("threads, seed", panel)
            shuffled = rows[:]
            random.Random(1).shuffle(shuffled)
            again("order of rows", self.write("shuffled.csv", table(shuffled)))
            again("a file cut at the origin", self.write("cut.csv", table(row for row in rows if row[2] < "2008")))
            again("later counts, and cells that come later",
                  self.write("other.csv",
                             table([(a, b, c, d if c < "2008" else 9999) for a, b, c, d in rows]
                                   + ([] if more else [(1, 5000, "2009-03-01", 3)]))))
            by_month = {}
            for _, cell, day, best in rows:
                by_month[cell, day[:7]] = by_month.get((cell, day[:7]), 0) + best
            sums = table((1, cell, month + "-01T00:00:00", best) for (cell, month), best in by_month.items())
            again("rows of a month added up, times of the day", self.write("sums.csv", sums))
            again("a row of tags",
                  self.write("tags.csv",
                             "id,priogrid_gid,date_start,best\n,,#date+start,#affected+killed\n"
                             + table(rows).split("\n", 1)[1]))

    def test_sketches_are_the_draws(self):
        cells, rows = made_events()
        panel = self.write("ged.csv", table(rows))
        for model in ("cells", "conflictology"):
            self.forecast(panel, "--sparse", "--model", model, "--out", "d.csv")
            self.forecast(panel, "--sparse", "--model", model, "--out", "s.sketch.csv")
            draws = {}
            for row in self.rows_of("d.csv"):
                draws.setdefault((row["month"], row["unit"]), []).append(int(row["outcome"]))
            sketches = {(row["month"], row["unit"]): decoded(row["sketch"]) for row in self.rows_of("s.sketch.csv")}
            self.assertEqual(list(draws), list(sketches))
            for cell, values in draws.items():
                values.sort()
                self.assertEqual(len(values), len(sketches[cell]))
                for value, kept in zip(values, sketches[cell]):
                    self.assertLessEqual(abs(value - kept), value / 128 if value > 128 else 0)
            told = {}
            for name in ("d.csv", "s.sketch.csv", "s.sketch.parquet", "d.parquet", "c.sketch.parquet", "any.csv"):
                more = ("--challenge",) if name.startswith("c.") else ("--sketch",) if name == "any.csv" else ()
                self.forecast(panel, "--sparse", "--model", model, "--out", name, *more)
                told[name] = self.icosa("score", "--draws", name, "--actuals", panel, "--sparse", *self.COLUMNS,
                                        "--json").lines()[0]
                self.assertEqual(told[name]["cells"], len(draws))
                del told[name]["columns"]  # what the columns are called differs
            self.assertEqual(told["d.csv"], told["d.parquet"])
            for name in ("s.sketch.parquet", "c.sketch.parquet", "any.csv"):
                self.assertEqual(told["s.sketch.csv"], told[name], name)
            errors = [abs(a - b) for cell in draws for a, b in zip(draws[cell], sketches[cell])]
            mean_error = sum(errors) / 100 / len(draws)
            self.assertLessEqual(abs(told["d.csv"]["crps"] - told["s.sketch.csv"]["crps"]), 2 * mean_error + 1e-9)
            self.assertEqual(told["d.csv"]["ign"], told["s.sketch.csv"]["ign"])

    def test_silence_is_zero(self):
        rows = [(1, 181154, "2000-01-05", 3), (2, 181154, "2000-01-20", 4), (3, 181155, "2001-12-31", 5)]
        panel = self.write("few.csv", table(rows))
        when = ("--origin", "2001-06", "--first", "2001-07", "--last", "2001-12")
        listed = self.write("cells.csv", "pg_id\n181155\n181154\n")
        self.forecast(panel, "--sparse", "--model", "conflictology", "--cells", listed, "--out", "d.csv", when=when)
        self.assertEqual({(row["unit"], row["outcome"]) for row in self.rows_of("d.csv")},
                         {("181154", "0"), ("181155", "0")})
        told, = self.icosa("score", "--draws", "d.csv", "--actuals", panel, "--sparse", *self.COLUMNS, "--json").lines()
        self.assertEqual((told["cells"], told["without_outcome"]), (12, 0))
        self.assertAlmostEqual(told["crps"], 5 / 12)
        self.forecast(panel, "--sparse", "--model", "conflictology", "--out", "d.csv", when=when)
        self.assertEqual({row["unit"] for row in self.rows_of("d.csv")}, {"181154"},
                         "a cell without a row up to the origin is not known yet")
        self.forecast(panel, "--sparse", "--model", "stack", "--cells", listed, "--out", "d.csv",
                      when=("--origin", "2001-12", "--first", "2002-01", "--last", "2002-03"))

    def test_what_json_and_the_table_say(self):
        cells, rows = made_events()
        panel = self.write("ged.csv", table(rows))
        listed = self.write("cells.csv", f"unit\n{cells[0]}\n{cells[99]}\n")
        done = self.forecast(panel, "--sparse", "--model", "cells", "--cells", listed, "--json").lines()
        self.assertEqual([one["unit"] for one in done], [str(cells[0]), str(cells[99])])
        self.assertEqual(done[0]["caveats"],
                         ["39 cells of ged.csv are not listed in cells.csv: looked at, not forecast"])
        self.assertEqual(len(done[0]["months"]), 12)
        self.assertGreater(done[0]["months"][0]["p_any"], done[1]["months"][0]["p_any"])
        self.assertIn("2 units, ", self.forecast(panel, "--sparse", "--model", "cells", "--cells", listed).out)

    def test_bad_input(self):
        cells, rows = made_events(30)
        good = self.write("ged.csv", table(rows))
        short = ("--origin", "2001-12", "--first", "2002-01", "--last", "2002-03")

        def says(message, panel, *more, code=4, when=short):
            self.assertEqual(self.forecast(panel, *more, code=code, when=when).err, message + "\n")

        cell = ("--sparse", "--model", "cells")
        event = (1, 181154, "2000-01-05", 3)
        says("gid.csv: error[bad-gid]: unit '259201' is not a cell of PRIO-GRID (cells are whole numbers from 1 to "
             "259200)", self.write("gid.csv", table([event, (2, 259201, "2000-02-05", 3)])), *cell)
        says("name.csv: error[bad-gid]: unit 'Mali' is not a cell of PRIO-GRID (cells are whole numbers from 1 to "
             "259200)", self.write("name.csv", table([(2, "Mali", "2000-02-05", 3)])), *cell)
        says("none.csv:3:2: error[bad-unit]: this row names no unit (give each row its unit)",
             self.write("none.csv", table([event, (2, "", "2000-02-05", 3)])), *cell)
        says("minus.csv:2:4: error[bad-count]: '-3' is not a count; whole numbers from 0 are (forecasts are of counts; "
             "round or sum the values first)", self.write("minus.csv", table([(2, 5, "2000-02-05", -3)])), *cell)
        says("half.csv:2:4: error[bad-count]: '2.5' is not a count; whole numbers from 0 are (forecasts are of counts; "
             "round or sum the values first)", self.write("half.csv", table([(2, 5, "2000-02-05", 2.5)])), *cell)
        says("absent.csv:2:4: error[bad-count]: there is no count for unit '5' in 2000-02 (write 0 where nothing "
             "happened; leave rows out where nothing was observed)",
             self.write("absent.csv", table([(2, 5, "2000-02-05", "")])), *cell)
        says("day.csv:2:3: error[bad-month]: '2000-02-31' is not a month (write 2017-10, a day of it, or the number of "
             "a month with 1 = 1980-01)", self.write("day.csv", table([(2, 5, "2000-02-31", 1)])), *cell)
        says("empty.csv:1: error[no-rows]: there are no rows under the header (give a row a unit and month)",
             self.write("empty.csv", table([])), *cell)
        says("ged.csv: error[bad-horizon]: 2007-01 is 61 months after the origin; at most 60 are forecast (give an "
             "earlier --last or a later --origin)", good, *cell,
             when=("--origin", "2001-12", "--first", "2002-01", "--last", "2007-01"), code=2)
        says("ged.csv: error[after-the-data]: the data end in 2002-06, before the origin 2005-01 (give --origin "
             "2002-06 or earlier)", good, *cell,
             when=("--origin", "2005-01", "--first", "2005-02", "--last", "2005-03"))
        says("ged.csv: error[after-the-data]: no cell has a row up to the origin 1999-01 (give a later --origin, or "
             "all cells with --cells)", good, *cell,
             when=("--origin", "1999-01", "--first", "1999-02", "--last", "1999-03"))
        says("error[needs-sparse]: model 'cells' reads events, or the months in which something happened (give "
             "--sparse; rows of a whole panel add up all the same)", good, "--model", "cells", code=2)
        says("error[needs-sparse]: --cells lists units whose months without a row are zero (give --sparse, or leave "
             "--cells out)", good, "--model", "zero", "--cells", good, code=2)
        says("error[no-crossing]: model 'cells' has no recalibrated probability of a crossing (leave --crossing out; "
             "--json gives p_25 as the draws have it)", good, *cell, "--crossing", 25, code=2)
        says("error[no-side-tables]: model 'cells' knows its neighbours from the grid and takes no other tables (leave "
             "--neighbours, --regions and --covariates out; country_id in --cells tells its country)", good, *cell,
             "--regions", good, code=2)
        says("twice.csv:3:1: error[bad-unit]: unit '5' is here and in line 2 (one row a unit)", good, *cell, "--cells",
             self.write("twice.csv", "pg_id\n5\n5\n"))
        says("list.csv: error[bad-gid]: unit '0' is not a cell of PRIO-GRID (cells are whole numbers from 1 to 259200)",
             good, *cell, "--cells", self.write("list.csv", "pg_id\n5\n0\n"))
        says("other.csv:1: error[unknown-column]: there is no column 'priogrid_gid', 'priogrid_gid', 'pg_id' or 'unit' "
             "(it has cell)".replace("'priogrid_gid', 'priogrid_gid'", "'priogrid_gid'"), good, *cell, "--cells",
             self.write("other.csv", "cell\n5\n"))
        says("land.csv:2:2: error[bad-country]: 'Mali' is not the number of a country (give each unit a whole number, "
             "or leave the column country_id out)", good, *cell, "--cells",
             self.write("land.csv", "pg_id,country_id\n5,Mali\n"))
        actuals = self.write("a.csv", "month,unit,value\n2002-01,5,1\n")
        for text in ("AOgH*", "AOg=", "", "hello"):
            broken = self.write("broken.csv", f"month,unit,sketch\n2002-01,5,{text}\n")
            self.assertEqual(self.icosa("score", "--draws", broken, "--actuals", actuals, code=4).err,
                             f"broken.csv:2:3: error[bad-sketch]: '{text}' is not a sketch of draws (a column 'sketch' "
                             "is what icosa forecast --sketch writes; rename it if it is something else)\n")


if __name__ == "__main__":
    harness.main()
