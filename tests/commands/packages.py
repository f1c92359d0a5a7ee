"""icosa package and icosa allocate: what the worked cases say, what holds under rival sets only, rounds in a file, and
bad input at its place with its cure. Nothing that people read claims to be the answer."""
import json
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import harness

EXAMPLES = harness.ROOT / "docs" / "examples"
MODEL = """[package]
title = "Two and two"

[[issue]]
id       = "line"
values   = ["here", "there"]
today    = "here"
concerns = ["north"]

[[issue]]
id     = "toll"
values = ["none", "low", "high"]
today  = "none"

[[party]]
id = "north"

[[party]]
id = "south"

[[preference]]
party    = "north"
author   = "a test"
date     = "2026-01-01"
source   = "made up"
points   = { line = { here = 40, there = 10 }, toll = { none = 0, low = 30, high = 60 } }
consents = { line = ["there"] }

[[preference]]
party  = "south"
author = "a test"
date   = "2026-01-01"
source = "made up"
points = { line = { here = 0, there = 70 }, toll = { none = 30, low = 20, high = 0 } }
"""
POT = """[allocation]
title  = "A pot"
total  = 10
author = "a test"
date   = "2026-01-01"
source = "made up"

[[claimant]]
id   = "one"
need = 15

[[claimant]]
id    = "two"
need  = 33
floor = 5

[[claimant]]
id   = "three"
need = 52
cap  = 4
"""


class Packages(harness.Case):
    def package(self, text, *words, code=0):
        self.write("p.toml", text)
        return self.icosa("package", "p.toml", *words, code=code)

    def test_what_is_told(self):
        told = json.loads(self.package(MODEL, "--json").out)
        self.assertEqual(told["caveat"], "under these assumed preferences")
        (one,) = told["sets"]
        # Six packages; (here, none) is today with 40 and 30; (there, low) and (there, high) keep all demands besides.
        self.assertEqual(one["today"], {"north": 40, "south": 30})
        self.assertEqual(one["keep_all_demands"], 3)
        self.assertEqual(one["nash"]["package"], {"line": "there", "toll": "high"})
        self.assertEqual(one["nash"]["points"], {"north": 70, "south": 70})
        self.assertEqual(one["undominated"], 2)
        costs = {row["without"]: row["keep_all_demands"] for row in one["costs"]}
        self.assertEqual(costs["no party worse off than today"], 6)
        words = self.package(MODEL).out
        for never in ("solution", "optimal", "optimum"):
            self.assertNotIn(never, words.lower())

    def test_the_panama_canal(self):
        told = json.loads(self.icosa("package", EXAMPLES / "panama-canal.toml", "--json").out)["sets"][0]
        self.assertAlmostEqual(told["adjusted_winner"]["points"], 66)
        self.assertEqual(told["adjusted_winner"]["divided"], "land-and-water")
        self.assertEqual(told["nash"]["points"], {"united-states": 64, "panama": 68})

    def test_consent_of_a_state_without_a_seat(self):
        absent = MODEL.replace('concerns = ["north"]', 'concerns = ["north", "far-land"]')
        told = json.loads(self.package(absent, "--json").out)["sets"][0]
        self.assertEqual(told["keep_all_demands"], 1)
        self.assertEqual(told["nash"]["package"]["line"], "here")
        dropped = json.loads(self.package(absent, "--json", "--drop", "consent").out)["sets"][0]
        self.assertEqual(dropped["keep_all_demands"], 3)
        self.assertIn("no-worse-off, consent", self.package(absent, "--drop", "consents", code=2).err)

    def test_orders_tell_only_what_orders_can(self):
        given = 'order = { line = ["there", "here"], toll = ["none", "low", "high"] }'
        order = re.sub(r"points = \{ line = \{ here = 0.*", given, MODEL)
        words = self.package(order, "--drop", "no-worse-off").out
        self.assertIn("gave an order and no points", words)
        self.assertNotIn("nash", words)
        told = json.loads(self.package(order, "--json").out)["sets"][0]
        self.assertNotIn("nash", told)
        # The south is surely no worse off only where neither the line nor the toll is worse than today.
        self.assertEqual(told["keep_all_demands"], 1)

    def test_only_what_rival_sets_share(self):
        first, second = MODEL.split('[[preference]]')[0], MODEL.split('[[preference]]')[1:]
        sets = [one.replace("author", f'set = "{name}"\nauthor') for name in ("a", "b") for one in second]
        same = "[[preference]]".join([first, *sets])
        told = json.loads(self.package(same, "--json").out)
        self.assertEqual(told["holds_under_all_sets"]["nash"], {"line": "there", "toll": "high"})
        self.assertNotIn("nash", told["sets"][0])
        sets[2] = sets[2].replace("low = 30, high = 60", "low = 60, high = 59")  # a low toll is what both like now
        sets[3] = sets[3].replace("none = 30, low = 20", "none = 20, low = 30")
        other = "[[preference]]".join([first, *sets])
        told = json.loads(self.package(other, "--json").out)
        self.assertIsNone(told["holds_under_all_sets"]["nash"])
        self.assertIn("so none is told", self.package(other).out)
        self.write("south.toml", "[[preference]]" + second[1])
        alone = first + "[[preference]]" + second[0]
        self.assertIn("no preference", self.package(alone, code=4).err)
        self.assertIn("3 packages keep", self.package(alone, "--with", "south.toml").out)

    def test_faults_of_a_file_all_at_once(self):
        bad = MODEL.replace("high = 60", "high = 55").replace('source = "made up"', "", 1)
        bad = bad.replace('toll = { none = 30', 'tol = { none = 30').replace('"there"] }', '"ther"] }')
        told = self.package(bad, code=4).err
        for wanted in (r"p\.toml:\d+:1: error\[missing-key\]: this preference has no 'source'",
                       r"p\.toml:26:\d+: error\[points-do-not-add-up\]: the points of the preference of 'north' add up "
                       r"to 95.*\(add 5 points",
                       r"p\.toml:27:\d+: error\[unknown-value\].*'ther' \(did you mean 'there'\?\)",
                       r"p\.toml:34:\d+: error\[unknown-issue\].*\(did you mean 'toll'\?\)"):
            self.assertRegex(told, wanted)
        tolerant = MODEL.replace("high = 60", "high = 55").replace('title = "Two and two"',
                                                                   'title = "Two and two"\ntolerance = 5')
        self.package(tolerant)
        wrong = MODEL + 'red_lines = [{ line = "nowhere" }]\n'
        self.assertRegex(self.package(wrong, code=4).err, r"p\.toml:35:\d+: error\[unknown-value\].*no value 'nowhere'")

    def test_why_there_is_no_package(self):
        none = MODEL + 'red_lines = [{ line = "here" }]\nat_least = 95\n'
        told = self.package(none, code=4).err
        self.assertRegex(told, r"p\.toml:36:1: error\[no-package\]: no package keeps all demands; these 2 cannot")
        self.assertRegex(told, r"p\.toml:36:1: at least 95 points for south")
        self.assertRegex(told, r"p\.toml:21:1: north no worse off than today \(40 points\)")
        self.assertIn("--drop at-least", told)
        self.package(none, "--drop", "at-least")

    def test_rounds(self):
        ask = ("--rounds", "text.jsonl")
        self.assertIn("No text is proposed yet", self.package(MODEL, *ask).out)
        day = ("--date", "2026-03-01")
        told = self.package(MODEL, *ask, "--propose", "toll=high", "--by", "a chair", *day).out
        self.assertIn("Round 1, 2026-03-01, by a chair: line = here, toll = high", told)
        self.assertIn("Not marked yet by north, south", told)
        self.assertIn("breaks: south no worse off", told)
        told = self.package(MODEL, *ask, "--mark", "south=object:line", "--mark", "north=accept", *day).out
        self.assertIn("A next text that meets no objection so far and changes least: line = there, toll = high", told)
        self.package(MODEL, *ask, "--propose", "next", "--by", "a chair", *day)
        both = ("--mark", "south=accept", "--mark", "north=accept")
        told = json.loads(self.package(MODEL, *ask, *both, "--json", *day).out)
        self.assertEqual((told["agreed"], told["rounds"], told["next"]), (True, 2, None))
        rows = [json.loads(line) for line in (self.folder / "text.jsonl").read_text(encoding="utf-8").splitlines()]
        self.assertEqual([row["kind"] for row in rows], ["proposal", "mark", "mark", "proposal", "mark", "mark"])
        self.assertNotIn("points", json.dumps(rows))
        text = (self.folder / "text.jsonl").read_text(encoding="utf-8")
        self.write("cut.jsonl", text.rstrip("\n"))  # as an editor may leave it
        self.package(MODEL, "--rounds", "cut.jsonl", "--mark", "south=object", *day)
        self.assertEqual((self.folder / "cut.jsonl").read_text(encoding="utf-8").count("\n"), 7)
        self.assertIn("did you mean 'south'", self.package(MODEL, *ask, "--mark", "sout=accept", code=2).err)
        self.assertIn("there are none, low, high",
                      self.package(MODEL, *ask, "--propose", "toll=free", "--by", "x", code=2).err)
        self.write("bad.jsonl", '{"round":1,"kind":"mark","party":"south","mark":"accept"}\n{"kind":"other"}\n')
        told = self.package(MODEL, "--rounds", "bad.jsonl", code=4).err
        self.assertIn("bad.jsonl:1: error[bad-round]", told)
        self.assertIn("bad.jsonl:2: error[bad-line]", told)

    def allocate(self, text, *words, code=0):
        self.write("a.toml", text)
        return self.icosa("allocate", "a.toml", *words, code=code)

    def test_rules_side_by_side(self):
        told = json.loads(self.allocate(POT, "--json").out)
        awards = {rule["rule"]: list(rule["awards"].values()) for rule in told["rules"]}
        # By quotas of 1.5, 3.3, 5.2: the second is lifted to its floor of 5, and 5 are left for 15 and 52.
        self.assertEqual(awards["proportional"], [1, 5, 4])
        self.assertEqual(awards["equal-awards"], [2, 5, 3])
        self.assertEqual(awards["equal-losses"], [0, 6, 4])
        for rule in told["rules"]:
            self.assertEqual(rule["placed"], 10)
            self.assertEqual(sum(rule["against_proportional"].values()), 0)

    def test_the_worked_cases_are_whole(self):
        for name, total in (("training-places", 4940), ("contingents", 1380)):
            told = json.loads(self.icosa("allocate", EXAMPLES / f"{name}.toml", "--json").out)
            self.assertEqual({rule["placed"] for rule in told["rules"]}, {total})
            self.assertTrue(told["plan"]["proven"])
            self.assertEqual(sum(row["places"] for row in told["plan"]["rows"]), total)
            self.assertTrue(told["in_the_way"])
            words = self.icosa("allocate", EXAMPLES / f"{name}.toml").out.lower()
            self.assertNotIn("optimal", words)
            self.assertNotIn("solution", words)

    def test_an_impossible_allocation(self):
        told = self.allocate(POT.replace("floor = 5", "floor = 11"), code=4).err
        self.assertRegex(told, r"a\.toml:15:1: error\[no-allocation\]: this cannot be kept")
        all_of_it = POT.replace("total  = 10", "total = 90\nall = true")
        told = self.allocate(all_of_it, code=4).err
        self.assertRegex(told, r"a\.toml:4:1: all 90 places are given")
        self.assertRegex(told, r"a\.toml:21:1: three gets at most 4")
        classes = POT + '\n[[host]]\nid = "school"\ncapacity = 10\nleast_class = 11\n'
        told = self.allocate(classes, code=4).err
        self.assertRegex(told, r"school holds a class for 11 or more")
        self.assertRegex(told, r"two gets at least 5")

    def test_faults_of_an_allocation(self):
        bad = POT.replace("need = 15", "need = -1").replace("floor = 5", 'floor = 40\ngroup = "north"')
        bad = bad.replace('author = "a test"\n', "") + '\n[[host]]\nid = "school"\nfields = ["maths"]\n'
        told = self.allocate(bad, code=4).err
        for wanted in (r"\[allocation\] has no 'author'", r"a\.toml:9:\d+: error\[out-of-range\]: need = -1",
                       r"a\.toml:14:1: error\[floor-above-need\]", r"error\[unknown-group\]",
                       r"error\[unknown-field\]: no field 'maths'", r"host 'school' has no capacity"):
            self.assertRegex(told, wanted)


if __name__ == "__main__":
    harness.main()
