"""icosa trigger through the binary: the record equals a count by the words of the definition, file and store agree, the
search tells what it did not choose by, `icosa run` fires, and bad input is told at its place."""
import csv
import io
import json
import pathlib
import random
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import harness

FIRST, LAST = 2001, 2012
MONTHS = [f"{year}-{month:02d}" for year in range(FIRST, LAST + 1) for month in range(1, 13)]
COUNTRIES = {"625": "sdn", "520": "som", "700": "afg", "530": "eth", "775": "mmr", "645": "irq", "652": "syr",
             "369": "ukr"}
HEADER = ("month,views_country_id,gwcode,iso3,country,deaths_state_based,deaths_non_state,deaths_one_sided,"
          "events_state_based,events_non_state,events_one_sided")
COLUMNS = ("rule,fired,episodes,followed,share,base_rate,outcomes,caught,missed,false_alarms_a_year,"
           "median_lead_months").split(",")


def deaths():
    """{code: deaths by month}: waves, quiet years; Ukraine's rows begin four years late."""
    made, out = random.Random(11), {}
    for code in COUNTRIES:
        level, out[code] = 20, []
        for i in range(len(MONTHS)):
            if i % 9 == 0:
                level = made.choice([0, 5, 40, 150, 400])
            out[code].append(made.randrange(level) if level else 0)
    out["369"][:48] = [None] * 48
    return out


def panel(values, until=MONTHS[-1]):
    rows = [HEADER]
    for code, series in values.items():
        for month, n in zip(MONTHS, series):
            if n is not None and month <= until:
                rows.append(f"{month},{int(code) % 97},{code},XXX,Land,{n},0,0,1,0,0")
    return "\n".join(rows) + "\n"


def counted(values, rule, first, last, judged=None):
    """The definition word by word, for worse-by-half; judged: by these figures instead of those that the rule saw."""
    n, at_least, high_of = rule
    out = dict.fromkeys(("cases", "fired", "followed", "outcomes"), 0)
    for code, series in values.items():
        s, later = ([v or 0 for v in of[code]] for of in (values, judged or values))
        total = lambda a, b, of=s: sum(of[max(a, 0):max(b, 0)])
        for i in range(MONTHS.index(first), MONTHS.index(last) + 1):
            if series[i] is None or i + 6 >= len(s):
                continue
            now = total(i - n + 1, i + 1)
            on = now >= at_least and all(now >= total(i - k - n + 1, i - k + 1) for k in range(high_of))
            before, after = total(i - 5, i + 1, later), total(i + 1, i + 7, later)
            happened = after >= 1.5 * before and after - before >= 50
            out["cases"] += 1
            out["fired"] += on
            out["followed"] += on and happened
            out["outcomes"] += happened
    return out


def rule_file(rule, more="", first="2003-01", last="2012-12", measure="fatalities-state-based"):
    return (f'[trigger]\nmeasure = "{measure}"\nplaces = "world"\nsum = {rule[0]}\nat_least = {rule[1]}\n'
            f'high_of = {rule[2]}\noutcome = "worse-by-half"\nfrom = "{first}"\nto = "{last}"\n{more}')


class Triggers(harness.Case):
    def setUp(self):
        super().setUp()
        self.values = deaths()
        self.write("panel.csv", panel(self.values))

    def row(self, *args):
        self.icosa("trigger", "try", *args, "--out", "out.csv")
        table = list(csv.DictReader(io.StringIO((self.folder / "out.csv").read_text())))
        self.assertEqual(list(table[0]), COLUMNS)
        self.assertEqual(len(table), 1)
        return table[0]

    def test_the_record_is_what_the_words_say(self):
        self.ingest("panel.csv")
        for rule in ((1, 100, 12), (3, 50, 36), (1, 25, 1), (6, 300, 24)):
            name = self.write("alert.toml", rule_file(rule))
            right = counted(self.values, rule, "2003-01", "2012-12")
            got = self.row(name, "--panel", "panel.csv")
            for key in ("fired", "followed", "outcomes"):
                self.assertEqual(int(got[key]), right[key], (rule, key))
            self.assertEqual(got["rule"], "alert")
            self.assertAlmostEqual(float(got["share"]), right["followed"] / right["fired"], 5)
            others = (right["outcomes"] - right["followed"]) / (right["cases"] - right["fired"])
            self.assertAlmostEqual(float(got["base_rate"]), others, 5)
            self.assertEqual(int(got["caught"]) + int(got["missed"]), right["outcomes"])
            self.assertLessEqual(int(got["episodes"]), right["fired"])
            years = 9.5  # the last half year is not decided
            self.assertAlmostEqual(float(got["false_alarms_a_year"]), (right["fired"] - right["followed"]) / years, 4)
            self.assertEqual(self.row(name, "--db", "a.duckdb"), got, "a store gives the same")
            if rule[0] != 3:  # each way of asking once
                continue
            self.assertEqual(self.row(name, "--panel", "panel.csv", "--db", "a.duckdb"), got, "--panel goes first")
            self.write("column.toml", rule_file(rule, 'id = "alert"\n', measure="deaths_state_based"))
            self.assertEqual(self.row("column.toml", "--panel", "panel.csv"), got, "by the name of the column")
            self.write("any.toml", rule_file(rule, 'id = "alert"\n', measure="what-we-count"))
            self.assertEqual(self.row("any.toml", "--panel", "panel.csv", "--value", "deaths_state_based"), got)

    def test_a_rule_sees_the_edition_of_its_day(self):
        early = {code: [n and n // 3 for n in series] for code, series in self.values.items()}
        self.write("first.csv", panel(early, "2008-12"))
        self.ingest("first.csv", "--vintage", "2009-02-01")
        self.ingest("panel.csv", "--vintage", "2013-02-15")
        then = {code: early[code][:96] + series[96:] for code, series in self.values.items()}
        right = counted(then, (1, 60, 12), "2003-01", "2012-12", judged=self.values)
        self.assertNotEqual(right, counted(self.values, (1, 60, 12), "2003-01", "2012-12"))
        got = self.row(self.write("alert.toml", rule_file((1, 60, 12))), "--db", "a.duckdb")
        for key in ("fired", "followed", "outcomes"):
            self.assertEqual(int(got[key]), right[key], key)
        self.assertIn("Note: until 2012-12 the rule is asked on the 1 earlier edition as known then",
                      self.icosa("trigger", "try", "alert.toml", "--db", "a.duckdb").out)

    def test_sentences_and_json(self):
        self.write("alert.toml", rule_file((1, 100, 12), "act_in_vain = 1\nnot_acting = 5\n"))
        right = counted(self.values, (1, 100, 12), "2003-01", "2012-12")
        text = self.icosa("trigger", "try", "alert.toml", "--panel", "panel.csv").out
        self.assertIn(f"It fired in {right['fired']} of {right['cases']} unit-months", text)
        self.assertIn("False alarms: ", text)
        self.assertIn("cost a year", text)
        self.assertNotRegex(text, "solution|optimal")
        told = self.icosa("trigger", "try", "alert.toml", "--panel", "panel.csv", "--json").lines()[0]["triggers"][0]
        self.assertEqual((told["fired"], told["followed"]), (right["fired"], right["followed"]))
        self.assertEqual(told["costs"]["a_year"],
                         (told["fired"] - told["followed"] + 5 * told["missed"]) / told["years"])
        self.assertTrue(all(point["caught"] + point["missed"] == told["outcomes"] for point in told["costs"]["curve"]))
        for better in told["better_on_these_months"]:
            self.assertGreater(better["caught"], told["caught"])
            self.assertLess(better["false_alarms_a_year"], told["false_alarms_a_year"])
        fired = told["firings"]
        self.assertEqual(sum(one["followed"] is not None for one in fired), told["fired"])
        self.assertEqual(sum(one["followed"] is True for one in fired), told["followed"])
        self.assertTrue(all(one["sum"] >= 100 for one in fired))
        self.assertEqual(sum(told["stretches_by_lead_months"]) + len(told["missed_stretches"]), told["stretches"])
        missed = {(one["unit"], one["first"]) for one in told["missed_stretches"]}
        self.assertEqual(len(missed), len(told["missed_stretches"]))

    def test_several_rules_are_rows(self):
        table = rule_file((1, 100, 12))
        self.write("two.toml", table.replace("[trigger]", '[[trigger]]\nid = "a"') + table.replace(
            "[trigger]", '[[trigger]]\nid = "b"').replace("sum = 1", "sum = 3"))
        self.icosa("trigger", "try", "two.toml", "--panel", "panel.csv", "--out", "out.csv")
        self.assertEqual([line.split(",")[0] for line in (self.folder / "out.csv").read_text().splitlines()],
                         ["rule", "a", "b"])

    def test_search_tells_on_years_it_did_not_choose_by(self):
        self.write("alert.toml", rule_file((1, 100, 12), "act_in_vain = 1\nnot_acting = 5\n", last="2011-12"))
        told = self.icosa("trigger", "search", "alert.toml", "--panel", "panel.csv", "--out", "s.csv",
                          "--json").lines()[0]
        self.assertGreater(told["rules"], 1000)
        last = (0, -1)
        for one in told["front"]:
            self.assertGreater((one["chosen_on"]["caught"], one["chosen_on"]["false_alarms_a_year"]), last)
            last = (one["chosen_on"]["caught"], one["chosen_on"]["false_alarms_a_year"])
        # the halves are every other year: another file without the told years' deaths chooses alike
        one = told["front"][len(told["front"]) // 2]
        rule = (one["sum"], one["at_least"], one["high_of"])
        years = [counted(self.values, rule, f"{y}-01", f"{y}-12") for y in range(2003, 2012)]
        for half, name in ((years[::2], "chosen_on"), (years[1::2], "told_on")):
            for key in ("fired", "followed", "outcomes"):
                self.assertEqual(one[name][key], sum(year[key] for year in half), (name, key))
        self.assertIn("cheapest", told)
        rows = list(csv.DictReader(io.StringIO((self.folder / "s.csv").read_text())))
        self.assertEqual(len(rows), len(told["front"]) + 1)
        self.assertEqual(rows[0]["rule"], "alert")
        text = self.icosa("trigger", "search", "alert.toml", "--panel", "panel.csv").out
        self.assertIn("chosen on 2003, 2005, ... 2011; told on 2004, 2006, 2008, 2010", text)

    def test_run_fires_what_was_agreed(self):
        self.values["520"][MONTHS.index("2009-03")] = 5000
        self.write("march.csv", panel(self.values, "2009-03"))
        self.ingest("march.csv")
        agreed = 'owner = "Regional desk"\naction = "Call the group"\nbudget = "250,000"\ndeadline_days = 10\n'
        self.write("agreed/high.toml", rule_file((1, 4000, 36), agreed, last="2008-12"))
        self.write("agreed/never.toml", rule_file((1, 100000, 36), last="2008-12"))
        run = ("run", "--db", "a.duckdb", "--area", "5", "--triggers", "agreed", "--out", "o")
        text = self.icosa(*run, "--as-of", "2009-05-01").out
        self.assertIn("Trigger high fires (a month at least 4000 and the highest of 36):\n"
                      "  Somalia: 5000 in 2009-03, new\n"
                      "  agreed: Regional desk: Call the group; budget 250,000; until 2009-05-11\n"
                      "  record: from 2003-01",
                      text)
        self.assertIn("Triggers that do not fire: never", text)
        dossier = json.loads((self.folder / "o/dossier.json").read_text())
        high, never = dossier["triggers"]
        self.assertEqual((high["state"], never["state"]), ("fired", "quiet"))
        self.assertEqual(high["units"], [{"id": "som", "name": "Somalia", "sum": 5000, "since": "2009-03"}])
        self.assertEqual((high["owner"], high["deadline"]), ("Regional desk", "2009-05-11"))
        self.assertEqual(dossier["handling"], "TLP:GREEN")
        self.assertFalse((self.folder / "a.duckdb.ledger.jsonl").exists(), "a day that is not today is only told")
        kept = self.icosa(*run, "--as-of", "2009-05-01", "--keep-fired").out
        self.assertIn("Kept as commitment c1 in a.duckdb.ledger.jsonl: Regional desk, until 2009-05-11\n", kept)
        self.assertNotIn("Kept", self.icosa(*run, "--as-of", "2009-05-02", "--keep-fired").out, "an episode once")
        ledger = self.icosa("commit", "list", "--db", "a.duckdb", "--json", "--as-of", "2009-05-12").out
        commitment = json.loads(ledger)["commitments"][0]
        self.assertEqual((commitment["owner"], commitment["due"], commitment["state"]),
                         ("Regional desk", "2009-05-11", "overdue"))
        self.assertIn("Call the group (Somalia 5000 in 2009-03; budget 250,000)", commitment["what"])
        rows = [json.loads(line) for line in (self.folder / "a.duckdb.ledger.jsonl").read_text().splitlines()]
        self.assertEqual([row["kind"] for row in rows], ["commitment", "trigger-fired"])
        self.assertEqual(rows[1]["body"]["unit"], "som")
        self.icosa("commit", "report", "c1", "--state", "reported", "--evidence", "minutes.txt:3", "--db", "a.duckdb")
        self.icosa("commit", "verify", "--db", "a.duckdb")
        stale = self.icosa(*run, "--as-of", "2012-05-01").out
        self.assertIn("Trigger high cannot be asked: the newest month of ged-country-month is 2009-03", stale)
        self.assertNotIn("fires", stale)
        plain = self.icosa("run", "--db", "a.duckdb", "--area", "5", "--out", "p", "--as-of", "2009-05-01",
                           env={"XDG_DATA_HOME": str(self.folder / "none")})
        self.assertNotIn("Trigger", plain.out)
        self.assertNotIn("triggers", json.loads((self.folder / "p/dossier.json").read_text()))

    def test_bad_input(self):
        def says(text, message, *more, code=3):
            name = self.write("bad.toml", text)
            told = self.icosa("trigger", "try", name, *(more or ("--panel", "panel.csv")), code=code).err
            self.assertIn(message, told)

        good = rule_file((1, 100, 12))
        says(good.replace("worse-by-half", "worse-by-halve"),
             "bad.toml:7:11: error[unknown-outcome]: packs/outcomes.toml has no outcome 'worse-by-halve' (did you mean "
             "'worse-by-half'?)\n")
        says(good.replace('"world"', '"sahell"'),
             "bad.toml:3:10: error[unknown-place]: no place or set 'sahell' (did you mean 'sahel'?)\n")
        says(good.replace('"world"', '"sahel"'),
             "bad.toml:3:10: error[no-places]: the units of column 'views_country_id' are no codes of places", code=2)
        says(good.replace("at_least = 100", "at_least = 0"), "bad.toml:5:12: error[out-of-range]")
        says(good + 'budget = "5"\n',
             "bad.toml:10:10: error[no-owner]: trigger 'bad' has 'budget' and no owner (say who acts: owner = "
             "\"...\")\n")
        says(good.replace("sum = 1", "sum = 0").replace("high_of", "high_off"), "error[unknown-key]")
        says(good.replace("sum = 1", "sum = 0").replace("high_of", "high_off"), "error[out-of-range]: sum = 0 months")
        says("x = 1\n", "bad.toml: error[no-trigger]")
        says(good.replace("2003-01", "2019-01").replace("2012-12", "2019-12"),
             "panel.csv: error[nothing-to-judge]: no month from 2019-01 to 2019-12 has the 6 months after it that "
             "decide outcome 'worse-by-half' (the months at hand are 2001-01 to 2012-12)\n", code=4)
        says(good, "error[unused-option]: --unit is about the columns of --panel", "--unit", "gwcode", code=2)
        says(good, "error[no-database]", "--db", "none.duckdb", code=5)
        says(good.replace("fatalities-state-based", "fatalities-state"), "bad.toml:2:11: error[unknown-measure]: no "
             "source card gives the measure 'fatalities-state'", "--db", "none.duckdb")
        says(good.replace("fatalities-state-based", "other"), "error[which-column]", code=4)
        says(good, "error[bad-month]: 'x' of --from is not a month", "--panel", "panel.csv", "--from", "x", code=2)
        self.write("good.toml", good)
        self.assertIn("error[bad-span]: trigger 'good' ends before it begins",
                      self.icosa("trigger", "try", "good.toml", "--panel", "panel.csv", "--to", "2002-01", code=2).err)
        self.assertIn("error[one-year]", self.icosa("trigger", "search", "good.toml", "--panel", "panel.csv", "--to",
                                                    "2003-12", code=4).err)
        self.assertIn("error[missing-file]: there is no such file or folder",
                      self.icosa("run", "--triggers", "none.toml", "--db", "a.duckdb", code=3).err)


if __name__ == "__main__":
    harness.main()
