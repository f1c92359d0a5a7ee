"""icosa negotiate: equilibria as JSON and in words, ways, wanted states; what is wrong in a model with its place and
exit code 4, what is wrong in the words with 2."""
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import harness

DILEMMA = {
    "options": [{"name": "keep", "permittedDirection": "both"}, {"name": "keep", "permittedDirection": "both"}],
    "decisionMakers": [
        {"name": "One", "options": [0], "preferences": [[[1, "Y"]], [[0, "N"]]]},
        {"name": "One", "options": [1], "preferences": [[[0, "Y"]], [[1, "N"]]]},
    ],
    "infeasibles": [],
}
EXAMPLES = harness.ROOT / "docs" / "examples"


class Negotiate(harness.Case):
    def model(self, **changes):
        return self.write("a.gmcr", json.dumps({**DILEMMA, **changes}))

    def told(self, *words):
        return json.loads(self.icosa("negotiate", *words, "--json").out)

    def test_equilibria_as_json(self):
        told = self.told(self.model())
        self.assertEqual(list(told)[:4], ["states", "feasible", "stable", "equilibria"])
        self.assertEqual((told["states"], told["feasible"]), (4, 4))
        both = ["NN", "YY"]
        self.assertEqual(told["equilibria"], {"nash": ["NN"], "gmr": both, "smr": both, "seq": both})
        self.assertEqual(list(told["stable"]), ["One", "One (2)"], "two of one name do not overwrite each other")
        self.assertEqual(told["stable"]["One"]["nash"], ["NN", "NY"])
        self.assertEqual((told["claims"], told["checked"]), (7, 7))
        self.assertIsNone(told["preferences"][0]["author"])
        only = self.told("a.gmcr", "--concept", "seq")
        self.assertEqual(only["equilibria"], {"seq": ["NN", "YY"]})

    def test_in_words(self):
        told = self.icosa("negotiate", self.model()).out
        self.assertIn("author, date and source not stated", told)
        self.assertRegex(told, r"YY +- +x +x +x +keep; keep")
        for word in ("solution", "optimal"):
            self.assertNotIn(word, told.lower())
        told = self.icosa("negotiate", EXAMPLES / "elmira-1991.toml").out
        self.assertIn("under these assumed preferences, each set of them", told)
        self.assertIn("Equilibria that Ministry and Firm together would leave", told)

    def test_ways_and_wanted_states(self):
        told = self.told(self.model(), "--from", "NN", "--want", "YY")
        ways = {one["to"]: one for one in told["status_quo"]["ways"]}
        self.assertEqual(ways["NN"]["by_moves"], [])
        self.assertEqual(len(ways["YY"]["by_moves"]), 2)
        self.assertIsNone(ways["YY"]["by_gains"])
        nash = [one for one in told["wanted"]["needs"] if one["concept"] == "nash"]
        self.assertEqual([one["no_better_than_it"] for one in nash], [[["NY"]], [["YN"]]])
        told = self.icosa("negotiate", "a.gmcr", "--from", "YY", "--want", "YY").out
        self.assertIn("under nash it would have to be at least as good to it as NY", told)

    def test_in_part(self):
        told = self.told(EXAMPLES / "cuba-1962.toml")
        robust = told["robust"]
        self.assertEqual(robust["exact"], {"nash": True, "gmr": True, "smr": True, "seq": False})
        self.assertEqual(robust["under_some_orders"]["gmr"], ["NNYN", "YNYN", "NYYN"])
        self.assertFalse(set(robust["under_none"]["gmr"]) & set(told["equilibria"]["gmr"]))
        question = robust["questions"][0]
        self.assertGreater(min(question["settled_if_first"], question["settled_if_second"]), 0)
        said = self.icosa("negotiate", EXAMPLES / "cuba-1962.toml", "--want", "NNYN", code=2)
        self.assertIn("preferences-in-part", said.err)

    def test_faulty_models(self):
        for changes, code, place in (
                ({"infeasibles": [[[0, "Y"]], [[0, "N"]]]}, "no-feasible-state", "a.gmcr:1:"),
                ({"infeasibles": [[[5, "Y"]]]}, "out-of-range", "a.gmcr:1:"),
                ({"useManualPreferenceRanking": True}, "no-ranking", "a.gmcr:1:"),
                ({"options": DILEMMA["options"] + [{"name": "x"}]}, "option-of-none", "a.gmcr:1:")):
            with self.subTest(code):
                said = self.icosa("negotiate", self.model(**changes), code=4)
                self.assertIn(f"error[{code}]", said.err)
                self.assertIn(place, said.err)
                self.assertEqual(said.out, "")
        self.write("broken.gmcr", "{\n  \"options\": [\n")
        self.assertIn("broken.gmcr:3:1: error[syntax]", self.icosa("negotiate", "broken.gmcr", code=4).err)
        text = (EXAMPLES / "elmira-1991.toml").read_text()
        self.write("unsigned.toml", text.replace('author = "the published study"\n', "", 1))
        said = self.icosa("negotiate", "unsigned.toml", code=4).err
        self.assertIn("error[preference-unsigned]: the preference of 'Ministry' names no author", said)
        text = (EXAMPLES / "cuba-1962.toml").read_text()
        self.write("circle.toml", text.replace("air-strike, all else equal", "air-strike"))
        self.assertIn("error[preferences-cycle]", self.icosa("negotiate", "circle.toml", code=4).err)

    def test_faulty_words(self):
        self.model()
        for words, code in ((("a.gmcr", "--from", "YYY"), "bad-state"), (("a.gmcr", "--want", "YX"), "bad-state"),
                            (("a.gmcr", "--concept", "core"), ""), (("a.csv",), "")):
            with self.subTest(words):
                said = self.icosa("negotiate", *words, code=None)
                self.assertIn(said.code, (2, 4))
                self.assertIn(code, said.err)
        self.write("a.txt", "{}")
        self.assertIn("unknown-model", self.icosa("negotiate", "a.txt", code=2).err)


if __name__ == "__main__":
    harness.main()
