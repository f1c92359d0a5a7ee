"""icosa options, icosa convene: who is reached on a day and who is not, what is refused and with which cure."""
import json
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import harness

SIGNAL = "hotspot.conflict-year/moz/2019"
DAY = ("--as-of", "2020-12-31")


class Options(harness.Case):
    @classmethod
    def setUpClass(cls):
        kept = tempfile.TemporaryDirectory(prefix="icosa-test-")
        cls.addClassCleanup(kept.cleanup)
        cls.db = str(pathlib.Path(kept.name) / "starter.duckdb")
        files = sorted(str(path) for path in harness.STARTER.glob("*.csv"))
        subprocess.run([str(harness.ICOSA), "ingest", *files, "--db", cls.db], check=True, capture_output=True)

    def options(self, *words, code=0):
        return self.icosa("options", *words, "--db", self.db, code=code)

    def test_a_signal_has_options_with_every_principle(self):
        told = json.loads(self.options(SIGNAL, *DAY, "--json").out)
        (one,) = told["responses"]
        self.assertEqual(one["signal"], SIGNAL)
        self.assertTrue(1 <= len(one["options"]) <= 7)
        ids = {id for option in one["options"] for id in option["ids"]}
        self.assertIn("un-charter", ids)
        self.assertTrue(ids & {"african-union", "sadc"}, ids)  # of which Mozambique is a member
        self.assertFalse(ids & {"igad", "ecowas", "asean", "osce", "iomed", "horn-peace-conference"}, ids)
        for option in one["options"]:
            self.assertEqual([p["principle"] for p in option["principles"]], [f"II.{n}" for n in range(1, 7)])
            self.assertTrue(option["basis"])
            self.assertTrue(option["must_agree"]["zh"])

    def test_text_has_no_marks_of_markdown_in_either_language(self):
        for lang, word in (("en", "Must agree"), ("zh", "须同意者")):
            out = self.options(SIGNAL, *DAY, "--lang", lang).out
            self.assertIn(word, out)
            self.assertNotIn("**", out)
            self.assertNotIn("\\", out)

    def test_an_area_by_number_is_the_section(self):
        self.assertEqual(self.options("--area", "5", *DAY).out, self.options("--area", "III.5", *DAY).out)

    def test_dossier_json_leaves_options_out_and_the_pages_tell_them(self):
        self.icosa("run", "--db", self.db, *DAY, "--area", "III.5", "--out", "dossier")
        self.assertNotIn("must_agree", (self.folder / "dossier" / "dossier.json").read_text(encoding="utf-8"))
        page = (self.folder / "dossier" / "index.html").read_text(encoding="utf-8")
        self.assertIn("What could answer", page)
        self.assertIn("可供选择的应对", page)

    def test_what_is_refused(self):
        for words, code_text, cure in (
                ((), "missing-option", "--area"),
                ((SIGNAL, "--area", "III.5"), "missing-option", "--area"),
                (("nothing/moz/2019",), "unknown-signal", "ids of signals"),
                (("hotspot.conflict-year/che/2019",), "unknown-signal", "--as-of"),
                (("--area", "III.99"), "unknown-area", "")):
            with self.subTest(words):
                err = self.options(*words, *DAY, code=2).err
                self.assertIn(f"error[{code_text}]", err)
                self.assertIn(cure, err)


class Convene(harness.Case):
    def convene(self, *words, code=0):
        return self.icosa("convene", *words, code=code)

    def bodies(self, *words):
        return [one["bodies"] for one in json.loads(self.convene(*words, "--json").out)["convenings"]]

    def test_the_smallest_bodies_that_hold_all_come_first(self):
        self.assertEqual(self.bodies("thailand", "cambodia", "--as-of", "2024-06-01")[0], ["asean"])
        self.assertIn(["osce"], self.bodies("ukraine", "russia", "--as-of", "2024-06-01"))

    def test_a_suspended_member_has_no_seat_and_is_named(self):
        self.assertIn(["african-union"], self.bodies("mali", "--as-of", "2010-06-01"))
        out = self.convene("mali", "--as-of", "2026-11-30").out
        self.assertIn("Suspended on that day: Mali in African Union", out)
        self.assertNotIn(["african-union"], self.bodies("mali", "--as-of", "2026-11-30"))

    def test_a_body_is_named_from_its_day_on(self):
        self.assertNotIn(["horn-peace-conference"], self.bodies("south sudan", "--as-of", "2014-03-31"))

    def test_what_is_no_state_is_told(self):
        self.assertIn("error[no-state]", self.convene("red-sea", code=2).err)
        self.assertIn("error[unknown-place]", self.convene("atlantis", code=2).err)


if __name__ == "__main__":
    harness.main()
