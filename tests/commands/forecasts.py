"""icosa forecast, score and backtest through the binary: same bytes, no look-ahead, scores by brute force, and what
they say to bad input."""
import csv
import io
import json
import math
import pathlib
import random
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import harness

EDGES = [0, 0.5, 2.5, 5.5, 10.5, 25.5, 50.5, 100.5, 250.5, 500.5, 1000.5]


def months(first_year, many):
    return [f"{first_year + i // 12}-{i % 12 + 1:02d}" for i in range(many)]


def made_rows(many=150):
    """Eight units: quiet, simmering, at war, one that begins two years late."""
    made = random.Random(4)
    rows = []
    for unit in range(1, 9):
        level = (-9, 0.5, 3.5)[unit % 3]
        for i, month in enumerate(months(2000, many)):
            level += made.uniform(-0.4, 0.4)
            level = min(level, 6)
            count = int(math.exp(level) * made.uniform(0, 2)) if unit % 3 else 0
            if unit != 8 or i >= 24:
                rows.append((month, unit, count))
    return rows


def table(rows, header="month,country,deaths"):
    return header + "\n" + "".join(",".join(map(str, row)) + "\n" for row in rows)


def scores(draws, outcome):
    n = len(draws)
    crps = sum(abs(x - outcome) for x in draws) / n - sum(abs(x - y) for x in draws for y in draws) / (2 * n * n)
    bin_of = lambda x: max(i for i, edge in enumerate(EDGES) if x >= edge)
    ign = -math.log2((sum(bin_of(x) == bin_of(outcome) for x in draws) + 1) / (n + len(EDGES)))
    ordered = sorted(draws)

    def quantile(p):
        at = (n - 1) * p
        low = int(at)
        return ordered[low] + (at - low) * (ordered[min(low + 1, n - 1)] - ordered[low])

    low, high = quantile(0.05), quantile(0.95)
    return crps, ign, high - low + 20 * max(0, low - outcome) + 20 * max(0, outcome - high)


class Forecasts(harness.Case):
    COLUMNS = ("--unit", "country", "--value", "deaths")
    WHEN = ("--origin", "2010-10", "--first", "2011-01", "--last", "2011-12")

    def forecast(self, panel, out, *more, code=0):
        return self.icosa("forecast", "--panel", panel, *self.COLUMNS, *self.WHEN, "--draws", 60, "--seed", 7, "--out",
                          out, *more, code=code)

    def bytes_of(self, name):
        return (self.folder / name).read_bytes()

    def test_same_bytes(self):
        rows = made_rows()
        panel = self.write("panel.csv", table(rows))
        self.forecast(panel, "a.csv", "--threads", 1)
        first = self.bytes_of("a.csv")
        self.forecast(panel, "b.csv", "--threads", 4)
        self.assertEqual(first, self.bytes_of("b.csv"), "threads")
        shuffled = rows[:]
        random.Random(1).shuffle(shuffled)
        self.forecast(self.write("shuffled.csv", table(shuffled)), "b.csv")
        self.assertEqual(first, self.bytes_of("b.csv"), "order of rows")
        self.forecast(self.write("cut.csv", table(row for row in rows if row[0] <= "2010-10")), "b.csv")
        self.assertEqual(first, self.bytes_of("b.csv"), "nothing later than the origin is used")
        other = table((month, unit, count if month <= "2010-10" else 12345) for month, unit, count in rows)
        self.forecast(self.write("other.csv", other), "b.csv")
        self.assertEqual(first, self.bytes_of("b.csv"), "later counts do not matter")
        for name in ("a.parquet", "b.parquet"):
            self.forecast(panel, name)
        self.assertEqual(self.bytes_of("a.parquet"), self.bytes_of("b.parquet"))
        lines = first.decode().splitlines()
        self.assertEqual(lines[0], "month,unit,draw,outcome")
        self.assertEqual(len(lines), 1 + 8 * 12 * 60)
        self.assertTrue(lines[1].startswith("2011-01,1,0,"))

    def test_scores_by_brute_force(self):
        rows = made_rows()
        panel = self.write("panel.csv", table(rows))
        actuals = self.write("actuals.csv", table(row for row in rows if row[0].startswith("2011")))
        known = {(month, str(unit)): count for month, unit, count in rows}
        for model in ("conflictology", "stack"):
            self.forecast(panel, "d.csv", "--model", model)
            cells = {}
            for row in csv.DictReader(io.StringIO(self.bytes_of("d.csv").decode())):
                cells.setdefault((row["month"], row["unit"]), []).append(float(row["outcome"]))
            wanted = [scores(draws, known[cell]) for cell, draws in cells.items()]
            told = self.icosa("score", "--draws", "d.csv", "--actuals", actuals, "--json").lines()[0]
            self.assertEqual(told["cells"], 96)
            for i, name in enumerate(("crps", "ign", "mis")):
                mean = sum(one[i] for one in wanted) / len(wanted)
                self.assertAlmostEqual(told[name] / mean, 1, delta=1e-9, msg=name)
            # the same from Parquet, from the challenge's names, and from rows that are not grouped
            self.forecast(panel, "d.parquet", "--model", model)
            self.forecast(panel, "c.csv", "--model", model, "--challenge")
            head, *rest = self.bytes_of("d.csv").decode().splitlines()
            random.Random(2).shuffle(rest)
            self.write("mixed.csv", "\n".join([head, *rest]) + "\n")
            for other in ("d.parquet", "c.csv", "mixed.csv"):
                again = self.icosa("score", "--draws", other, "--actuals", actuals, "--json").lines()[0]
                for name in ("crps", "ign", "mis"):
                    self.assertAlmostEqual(again[name], told[name], delta=1e-9, msg=other)
        self.assertTrue(self.bytes_of("c.csv").startswith(b"month_id,country_id,draw,outcome\n373,1,0,"))

    def test_columns_by_name_and_what_is_not_scored(self):
        draws = self.write("d.csv", "note,month,unit,draw,outcome\nx,2011-01,a,0,3\nx,2011-01,a,1,5\nx,2011-02,a,0,1\n")
        actuals = self.write("a.csv", "deaths,unit,month\n4,a,2011-01\n7,b,2011-01\n,a,2011-02\n")
        told = self.icosa("score", "--draws", draws, "--actuals", actuals, "--time", "month", "--unit", "unit",
                          "--value", "deaths", "--json").lines()[0]
        self.assertEqual((told["cells"], told["crps"], told["without_outcome"], told["without_draws"]), (1, 0.5, 1, 1))
        text = self.icosa("score", "--draws", draws, "--actuals", actuals, "--time", "month", "--unit", "unit",
                          "--value", "deaths").out
        self.assertIn("CRPS  0.5000", text)
        self.assertIn("1 cells have an outcome and no draws: not scored", text)

    def test_columns_of_a_table_saved_with_its_index(self):
        draws = self.write("d.csv", "outcome,month_id,country_id,draw\n3,373,7,0\n5,373,7,1\n")
        actuals = self.write("a.csv", "ged_sb,month_id,country_id\n4,373,7\n")
        told = self.icosa("score", "--draws", draws, "--actuals", actuals, "--json").lines()[0]
        self.assertEqual((told["cells"], told["crps"]), (1, 0.5))
        grid = self.write("g.csv", "month_id,priogrid_gid,draw,outcome\n373,62356,0,3\n373,62356,1,5\n")
        told = self.icosa("score", "--draws", grid, "--actuals",
                          self.write("b.csv", "priogrid_gid,outcome,month_id\n62356,4,373\n"), "--json").lines()[0]
        self.assertEqual((told["cells"], told["crps"]), (1, 0.5))

    def test_neighbours_out_of_the_packs(self):
        pairs = self.icosa("export", "neighbours", "--as-of", "2020-12-31").out.splitlines()
        self.assertEqual(pairs[0], "unit,neighbour")
        self.assertIn("afg,pak", pairs)
        self.assertNotIn("sdn,uga", pairs)
        self.assertEqual(len(pairs), len(set(pairs)))
        self.assertIn("sdn,uga", self.icosa("export", "neighbours", "--as-of", "2010-12-31").out.splitlines())
        self.assertIn("700,770",
                      self.icosa("export", "neighbours", "--as-of", "2020-12-31", "--codes", "gw").out.splitlines())
        self.assertIn("sdn,ssd", self.icosa("export", "neighbours").out.splitlines())  # as of today
        self.assertIn("(did you mean 'iso3'?)",
                      self.icosa("export", "neighbours", "--as-of", "2020-12-31", "--codes", "iso33", code=2).err)

    def test_what_json_says(self):
        panel = self.write("panel.csv", table(made_rows()))
        lines = self.icosa("forecast", "--panel", panel, *self.COLUMNS, *self.WHEN, "--json")
        self.assertRegex(lines.err, r"^panel.csv: time 'month' \(months 2000-01 to \d{4}-\d\d\), unit 'country' "
                                    r"\(8 of them\), value 'deaths'\n$")
        units = lines.lines()
        self.assertEqual([one["unit"] for one in units], [str(i) for i in range(1, 9)])
        war = units[1]
        self.assertEqual([month["month"] for month in war["months"]], months(2011, 12))
        self.assertEqual(len(war["analogues"]), 3)
        self.assertEqual({len(one["followed"]) for one in war["analogues"]}, {12})
        together = war["together"]
        self.assertEqual(together["line"], 25)
        self.assertLessEqual(together["low"], together["p"])
        self.assertLessEqual(together["p"], together["high"])
        self.assertIn(together["word"], together["statement"])
        self.assertIn("base rate", together["statement"])
        self.assertRegex(together["outcome"], r"25 or more \w+ from 2011-01 to 2011-12 together$")
        for month in war["months"]:
            self.assertLessEqual(month["q05"], month["q50"])
            self.assertLessEqual(month["q50"], month["q95"])
            self.assertLessEqual(month["p_25"], month["p_any"])
        shown = self.icosa("forecast", "--panel", panel, *self.COLUMNS, *self.WHEN)
        self.assertEqual(shown.err, lines.err)
        self.assertIn("8 units, ", shown.out)

    def test_backtest(self):
        panel = self.write("panel.csv", table(made_rows()))
        rows = self.icosa("backtest", "--panel", panel, "--windows", "2010:2011", "--json").lines()
        names = ["zero", "last", "conflictology", "bootstrap", "decay", "hurdle", "boosted", "analogues", "switching",
                 "stack"]
        self.assertEqual([(row["window"], row["model"]) for row in rows],
                         [(year, name) for year in (2010, 2011) for name in names])
        self.assertEqual({row["cells"] for row in rows}, {96})
        for row in rows:
            self.assertAlmostEqual(sum(row["pit"]), 1, delta=1e-9)
        # a row is the forecast of that window, scored
        self.forecast(panel, "d.csv")
        scored = self.icosa("score", "--draws", "d.csv", "--actuals", panel, "--json").lines()[0]
        row = self.icosa("backtest", "--panel", panel, "--windows", "2011", "--draws", 60, "--model", "stack",
                         "--json").lines()[0]
        for name in ("crps", "ign", "mis", "covered_50", "cells"):
            self.assertAlmostEqual(row[name], scored[name], delta=1e-9, msg=name)
        text = self.icosa("backtest", "--panel", panel, "--windows", "2010:2011").out
        self.assertRegex(text, r"stack: geometric mean of the ratios \d\.\d{3} over 2 windows")
        self.assertRegex(text, r"(?m)^2010: (the stack is ahead|the stack loses, )")

    def test_crossings(self):
        panel = self.write("panel.csv", table(made_rows()))
        rows = self.icosa("backtest", "--panel", panel, "--windows", "2010:2011", "--model", "conflictology", "--model",
                          "stack", "--crossing", 25, "--json").lines()
        self.assertEqual({row["model"] for row in rows}, {"conflictology", "stack", "stack, recalibrated"})
        self.assertEqual({row["window"] for row in rows}, {"2010", "2011", "all"})
        for row in rows:
            self.assertEqual(row["in_conflict"] or row["crossing"] == "onset", True)
            self.assertLessEqual(row["events"], row["cells"])
            for scores in (row, row["base"]):
                self.assertTrue(0 <= scores["brier"] <= 1 and scores["log_score"] >= 0)
                self.assertEqual(scores["average_precision"] is None, row["events"] == 0)
        self.assertEqual(sum(row["cells"] for row in rows if row["window"] == "2010" and row["model"] == "stack"), 96)
        shown = self.icosa("backtest", "--panel", panel, "--windows", "2010:2011", "--model", "stack", "--crossing",
                           25).out
        self.assertRegex(shown, r"(?m)^all +stack, recalibrated +de-escalation +yes ")
        units = self.icosa("forecast", "--panel", panel, *self.COLUMNS, *self.WHEN, "--crossing", 25, "--json").lines()
        again = self.icosa("forecast", "--panel",
                           self.write("cut.csv", table(row for row in made_rows() if row[0] <= "2010-10")),
                           *self.COLUMNS, *self.WHEN, "--crossing", 25, "--json").lines()
        self.assertEqual(units, again, "nothing later than the origin is used")
        for unit in units:
            self.assertEqual(unit["crossing"]["threshold"], 25)
            for month in unit["months"]:
                told = month["crossing"]
                self.assertTrue(0 < told["low"] <= told["p"] <= told["high"] < 1)
        self.assertEqual({unit["crossing"]["what"] for unit in units if not unit["crossing"]["in_conflict"]}, {"onset"})
        self.assertIn("in the month, where ", units[0]["crossing"]["definition"])
        self.assertIn("likeliest month",
                      self.icosa("forecast", "--panel", panel, *self.COLUMNS, *self.WHEN, "--crossing", 25).out)
        self.assertIn("--crossing",
                      self.icosa("forecast", "--panel", panel, *self.COLUMNS, *self.WHEN, "--crossing", 0, code=2).err)
        young = self.write("young.csv", table(row for row in made_rows(27)))
        when = ("--origin", "2002-03", "--first", "2002-04", "--last", "2002-05", "--crossing", 2)
        told = self.icosa("forecast", "--panel", young, *self.COLUMNS, *when, "--json").lines()
        self.assertEqual({(month["crossing"]["low"], month["crossing"]["high"]) for unit in told
                          for month in unit["months"]}, {(None, None)}, "nothing to learn from is not certainty")
        self.assertIn("none known", self.icosa("forecast", "--panel", young, *self.COLUMNS, *when).out)

    def test_bad_input(self):
        rows = made_rows()
        good = self.write("panel.csv", table(rows))

        def says(panel, message, *more, code=4):
            done = self.icosa("forecast", "--panel", panel, *self.COLUMNS, *(more or self.WHEN), code=code)
            self.assertEqual(done.err, message + "\n")

        short = [("2000-01", "a", 1), ("2000-02", "a", 2)]
        says(self.write("gap.csv", table(short + [("2000-04", "a", 2)])),
             "gap.csv:4:1: error[gap]: unit 'a' has no row for 2000-03, between 2000-02 and 2000-04 (write 0 where "
             "nothing happened; what was not observed cannot be forecast from)")
        says(self.write("negative.csv", table(short + [("2000-03", "a", -2)])),
             "negative.csv:4:3: error[bad-count]: '-2' is not a count; whole numbers from 0 are (forecasts are of "
             "counts; round or sum the values first)")
        says(self.write("half.csv", table(short + [("2000-03", "a", 2.5)])),
             "half.csv:4:3: error[bad-count]: '2.5' is not a count; whole numbers from 0 are (forecasts are of counts; "
             "round or sum the values first)")
        says(self.write("absent.csv", table(short + [("2000-03", "a", "")])),
             "absent.csv:4:3: error[bad-count]: there is no count for unit 'a' in 2000-03 (write 0 where nothing "
             "happened; leave rows out where nothing was observed)")
        says(self.write("month.csv", table(short + [("2000-13", "a", 1)])),
             "month.csv:4:1: error[bad-month]: '2000-13' is not a month as the others are (write 2017-10, a day of "
             "it, or the number of a month with 1 = 1980-01)")
        says(self.write("twice.csv", table(short + [("2000-02", "a", 1)])),
             "twice.csv:4:1: error[two-rows-one-month]: unit 'a' has 2000-02 here and in line 3 (one row a unit and "
             "month; sum or split them)")
        says(self.write("column.csv", table(short, "month,contry,deaths")),
             "column.csv:1: error[unknown-column]: there is no column 'country' (did you mean 'contry'?)")
        says(self.write("nameless.csv", table(short + [("2000-03", "", 1)])),
             "nameless.csv:4:2: error[bad-unit]: this row names no unit (give each row its unit)")
        says(self.write("large.csv", table(short + [("2000-03", "a", "1e300")])),
             "large.csv:4:3: error[bad-count]: 1e300 is more than can be counted here, 1000000000000 (count in "
             "thousands or millions)")
        says(self.write("named.csv", table(short)),
             "named.csv:2:2: error[bad-unit]: unit 'a' is not a number, as the challenge's files need (leave "
             "--challenge out, or give numbered units)", *self.WHEN, "--challenge", "--out", "d.csv")
        says("none.csv", "none.csv: error[missing-file]: there is no such file (check the path)")
        says(good,
             "panel.csv: error[bad-horizon]: the first month 2010-10 is not after the origin 2010-10 (data up to the "
             "origin are used; forecast later months)", "--origin", "2010-10", "--first", "2010-10", "--last",
             "2010-12", code=2)
        says(good,
             "panel.csv: error[after-the-data]: the data end in 2012-06, before the origin 2015-10 (give --origin "
             "2012-06 or earlier)", "--origin", "2015-10", "--first", "2015-11", "--last", "2015-12")
        says(good, "error[bad-month]: --origin 'May' is not a month (write it as 2017-10)", "--origin", "May",
             "--first", "2015-11", "--last", "2015-12", code=2)
        says(good,
             "error[unknown-model]: no model 'stak'; there are zero, last, conflictology, neighbours, bootstrap, "
             "decay, hurdle, boosted, analogues, switching, stack, cells (did you mean 'stack'?)", *self.WHEN,
             "--model", "stak", code=2)
        says(good,
             "d.txt: error[unknown-format]: draws are written as .csv or .parquet (give --out one of these endings)",
             *self.WHEN, "--out", "d.txt", code=2)
        says(good,
             "no/d.csv: error[unwritable]: this file cannot be written (check its folder, or name another with --out)",
             *self.WHEN, "--out", "no/d.csv", code=5)
        done = self.icosa("backtest", "--panel", good, "--windows", "2030", code=2)
        self.assertIn("panel.csv: error[no-window]: the window 2030 needs data to 2029-10", done.err)
        self.assertIn("error[no-backtest]: model 'cells'",
                      self.icosa("backtest", "--panel", good, "--windows", "2010", "--model", "cells", code=2).err)
        self.assertIn("--seed",
                      self.icosa("forecast", "--panel", good, *self.COLUMNS, *self.WHEN, "--seed", -1, code=2).err)
        self.assertIn("note: --sketch is about the file of draws",
                      self.icosa("forecast", "--panel", good, *self.COLUMNS, *self.WHEN, "--sketch", "--model",
                                 "zero").err)
        self.assertIn("error[bad-windows]: '20x' is not a span of years",
                      self.icosa("backtest", "--panel", good, "--windows", "20x", code=2).err)

    def test_side_tables(self):
        rows = made_rows()
        panel = self.write("panel.csv", table(rows))
        pairs = self.write("pairs.csv", "neighbour;unit\n1;2\n2;1\n3;2\n")
        last = lambda unit: [count for month, u, count in rows if u == unit and "2009-11" <= month <= "2010-10"]
        told = self.icosa("forecast", "--panel", panel, *self.COLUMNS, *self.WHEN, "--model", "neighbours",
                          "--neighbours", pairs, "--json").lines()
        both = last(2) + last(1) + last(3)
        self.assertAlmostEqual(told[1]["months"][0]["mean"], sum(both) / 36, delta=1e-9)
        self.assertAlmostEqual(told[4]["months"][0]["mean"], sum(last(5)) / 12, delta=1e-9,
                               msg="one without neighbours")
        # what is not yet known at the origin does not matter, what is does
        regions = self.write("regions.csv", "unit,region\n1,x\n2,x\n3,y\n")
        hurdle = ("--model", "hurdle", "--neighbours", pairs, "--regions", regions)
        figures = "unit,time,output\n" + "".join(f"{unit},{year},{(unit * 7 + year) % 13}\n" for unit in range(1, 8)
                                                 for year in range(2000, 2012))
        later = figures.replace("\n1,2010,", "\n1,2010,9").replace("\n2,2011,", "\n2,2011,9")
        earlier = figures.replace("\n1,2005,", "\n1,2005,9")
        out = {}
        for name, text in (("figures", figures), ("later", later), ("earlier", earlier)):
            self.forecast(panel, "d.csv", *hurdle, "--covariates", self.write(name + ".csv", text))
            out[name] = self.bytes_of("d.csv")
        self.assertEqual(out["figures"], out["later"])
        self.assertNotEqual(out["figures"], out["earlier"])
        self.forecast(panel, "d.csv", *hurdle, "--covariates", "later.csv", "--covariate-lag", 0)
        first = self.bytes_of("d.csv")
        self.forecast(self.write("cut.csv", table(row for row in rows if row[0] <= "2010-10")), "d.csv", *hurdle,
                      "--covariates", "later.csv", "--covariate-lag", 0, "--threads", 4)
        self.assertEqual(first, self.bytes_of("d.csv"))
        rows = self.icosa("backtest", "--panel", panel, "--windows", "2011", "--neighbours", pairs, "--json").lines()
        self.assertIn("neighbours", [row["model"] for row in rows])
        more = self.icosa("backtest", "--panel", panel, "--windows", "2011", "--neighbours",
                          self.write("more.csv", (self.folder / pairs).read_text() + "1;nowhere\n"), "--json")
        self.assertRegex(more.err.split("\n", 1)[1],
                         r"^note: more.csv: 1 cells name units that the panel does not have, the first in line \d+ "
                         r"\('nowhere' is not a unit of the panel\): their rows are passed over\n")
        self.assertEqual(rows, more.lines())

    def test_bad_side_tables(self):
        panel = self.write("panel.csv",
                           table((month, unit, i % 3) for unit in ("mali", "niger")
                                 for i, month in enumerate(months(2000, 30))))

        def says(flag, text, message, *more):
            done = self.icosa("forecast", "--panel", panel, *self.COLUMNS, "--origin", "2001-10", "--first", "2001-11",
                              "--last", "2001-12", flag, self.write("side.csv", text), *more, code=4)
            self.assertEqual(done.err, "side.csv" + message + "\n")

        says("--neighbours", "unit,neighbour\nmali,nigr\n",
             ":2:2: error[unknown-unit]: 'nigr' is not a unit of the panel (did you mean 'niger'?)")
        says("--neighbours", "neighbour,unit\n,mali\n",
             ":2:1: error[unknown-unit]: '' is not a unit of the panel (write units as the panel does)")
        says("--neighbours", "unit,neighbour\nmali,niger\nmali,mali\n",
             ":3:2: error[own-neighbour]: unit 'mali' is told to be its own neighbour (drop the row)")
        says("--neighbours", "unit,neighbor\nmali,niger\n",
             ":1: error[unknown-column]: there is no column 'neighbour' (did you mean 'neighbor'?)")
        says("--neighbours", "unit,neighbour\n",
             ":1: error[no-rows]: there are no rows under the header (give a row a unit and neighbour, or leave the "
             "file out)")
        says("--regions", "unit,region\nmali,\n",
             ":2:2: error[bad-region]: there is no region for unit 'mali' (leave the row out where it has none)")
        says("--regions", "unit,region\nmali,x\nmali,y\n",
             ":3:2: error[two-regions]: unit 'mali' is in 'y' here and in 'x' above (keep one)")
        says("--covariates", "unit,time,gdp\nmali,May,3\n",
             ":2:2: error[bad-time]: 'May' is neither a year nor a month (write 2017 or 2017-10)")
        says("--covariates", "unit,time,gdp\nmali,2000,3\nmali,2000-05,3\n",
             ":3:2: error[bad-time]: '2000-05' is a month among years (give years and months in two files, one a run, "
             "or write all as months)")
        says("--covariates", "unit,time,gdp\nmali,2000,3\nniger,2000,x\n",
             ":3:3: error[bad-value]: 'x' is not a number (mend 'gdp', or leave the cell empty where it is not known)")
        says("--covariates", "unit,time,gdp\nmali,2000,3\nmali,2000,4\n",
             ":3:2: error[two-rows-one-time]: unit 'mali' has 2000 here and in line 2 (one row a unit and time)")
        says("--covariates", "unit,time\nmali,2000\n",
             ":1: error[no-covariates]: there is no column besides unit and time (give a column a figure)")
        says("--covariates", "unit,time,gdp\n",
             ":1: error[no-rows]: there are no rows under the header (give a row a unit and time, or leave the file "
             "out)")
        when = ("--origin", "2001-10", "--first", "2001-11", "--last", "2001-12")
        done = self.icosa("forecast", "--panel", panel, *self.COLUMNS, *when, "--model", "neighbours", code=2)
        self.assertEqual(done.err,
                         "panel.csv: error[no-neighbours]: the model 'neighbours' must know which units are neighbours "
                         "(give --neighbours FILE.csv with columns unit,neighbour)\n")
        told = self.icosa("forecast", "--panel", panel, *self.COLUMNS, *when, "--model", "hurdle", "--json").lines()[0]
        self.assertRegex(told["caveats"][-1],
                         r"^\d+ past forecasts of a month with a count were over by 2001-10; a hurdle model learns "
                         r"from 200 or more: each unit's own last months are the forecast$")

    def test_bad_draws(self):
        actuals = self.write("a.csv", "month,unit,deaths\n2011-01,a,4\n")

        def says(draws, message):
            self.assertEqual(self.icosa("score", "--draws", draws, "--actuals", actuals, code=4).err, message + "\n")

        says(self.write("b.csv", "month,unit,draw,outcome\n2011-01,a,0,x\n"),
             "b.csv:2:4: error[bad-value]: 'x' is not a number (each draw needs an outcome)")
        says(self.write("c.csv", "month,unit,draw,outcome\n2012-01,a,0,1\n"),
             "c.csv: error[nothing-matches]: none of its cells is in a.csv; its first is unit 'a' in 2012-01, the "
             "first there unit 'a' in 2011-01 (give the same months, and units written alike; name the columns with "
             "--time, --unit, --value)")
        says(self.write("d.csv", "month,unit,outcome\n2011-01,a,1\n"),
             "d.csv:1: error[too-few-columns]: 3 columns; time, unit, draw, outcome (or time, unit, sketch) are needed "
             "(name them with --time, --unit, --value)")
        negative = self.write("n.csv", "month,unit,deaths\n2011-01,a,-1\n")
        one = self.write("f.csv", "month,unit,draw,outcome\n2011-01,a,0,1\n")
        self.assertEqual(self.icosa("score", "--draws", one, "--actuals", negative, code=4).err,
                         "n.csv:2:3: error[bad-value]: '-1' is less than 0, which no count is (leave it empty where "
                         "nothing was observed)\n")
        says("e.parquet", "e.parquet: error[missing-file]: there is no such file")

    def test_a_short_history_says_so(self):
        panel = self.write("short.csv", table([(month, "a", i % 4) for i, month in enumerate(months(2010, 18))]))
        told = self.icosa("forecast", "--panel", panel, *self.COLUMNS, "--origin", "2011-06", "--first", "2011-07",
                          "--last", "2011-08", "--json").lines()[0]
        self.assertEqual(told["caveats"],
                         ["18 months of history, fewer than 24: its own last months are the forecast",
                          "only 0 past origins to learn weights from: the mixture is mostly its prior"])
        self.assertEqual(told["months"][0]["mean"], told["benchmark_mean"])


if __name__ == "__main__":
    harness.main()
