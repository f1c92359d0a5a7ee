"""Made-up files with odd rows through the whole pipeline: reports, rejects, sources, explanations and dossiers as they
are pinned in expected/.

ICOSA_BLESS=1 rewrites expected/; the diff is reviewed. The cards and places are the shipped ones, the framework and the
watches are made up, so that a change of a shipped watch changes nothing here."""
import os
import pathlib
import re
import shutil
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
import harness

EXPECTED = harness.GOLDEN / "expected"
PACKS = ("--packs", "packs", "--framework", harness.FRAMEWORK)


class Pipeline(harness.Case):
    def pinned(self, name, text):
        """Timings, the day of today, the packs' digest and the version differ from run to run or from edit to edit;
        nothing else may."""
        text = re.sub(r',"seconds":[0-9.]+', "", text)
        text = re.sub(r'("packs": )"[0-9a-f]{32}"', r'\1"DIGEST"', text)
        text = re.sub(r'("icosa": )"[0-9.]+"', r'\1"VERSION"', text)
        text = re.sub(r"^As of [0-9-]{10}; (.*), [0-9]+ days older$", r"As of TODAY; \1, N days older", text, flags=re.M)
        if name in ("sources.jsonl", "rejects.jsonl"):
            text = re.sub(r'"as_of":"[0-9-]{10}"', '"as_of":"TODAY"', text)
        self.assertNotIn(str(self.folder), text, "a path of this machine")
        path = EXPECTED / name
        if os.environ.get("ICOSA_BLESS") == "1":
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        wanted = path.read_text(encoding="utf-8") if path.exists() else ""
        if text != wanted:
            self.assertEqual(text.splitlines(), wanted.splitlines(),
                             f"{name} (if it is right, rewrite it with ICOSA_BLESS=1)")
            self.fail(f"{name}: line endings differ")

    def test_all(self):
        harness.assemble_packs(self.folder)
        for path in sorted((harness.GOLDEN / "input").iterdir()):
            shutil.copy(path, self.folder)
        self.icosa("check", "packs", "--framework", harness.FRAMEWORK)
        told = self.icosa("ingest", "messages.csv", "--covers", "2019-09-01..2020-11-30", "--json", *PACKS).out
        told += self.icosa("ingest", "events.csv", "--covers", "2018-01-01..2019-12-31", "--json", *PACKS).out
        told += self.icosa("ingest", "exploited.csv", "prices.csv", "99-1.csv", "--json", *PACKS).out
        self.pinned("ingest.jsonl", told)
        self.pinned("rejects.txt", self.icosa("rejects", *PACKS).out)
        self.pinned("rejects.jsonl", self.icosa("rejects", "--json", "--source", "asam", *PACKS).out)
        self.pinned("sources.jsonl", self.icosa("sources", "--json", *PACKS).out)
        late = self.dossier("--as-of", "2020-12-20", *PACKS, db="icosa.duckdb")
        self.pinned("dossier.json", (self.folder / "out" / "dossier.json").read_text(encoding="utf-8"))
        early = self.dossier("--as-of", "2014-12-31", *PACKS, db="icosa.duckdb", out="early")
        self.pinned("dossier-2014.json", (self.folder / "early" / "dossier.json").read_text(encoding="utf-8"))
        for name in ("dossier.md", "index.html"):
            self.assertGreater((self.folder / "out" / name).stat().st_size, 1000, name)
        text = ""
        for day, dossier in (("2020-12-20", late), ("2014-12-31", early)):
            for one in harness.signals(dossier):
                told = self.icosa("explain", one, "--as-of", day, *PACKS).out
                text += f"$ icosa explain '{one}' --as-of {day}\n{told}\n"
        self.pinned("explain.txt", text)
        self.pinned("explain-watch.txt", self.icosa("explain", "test.sea", *PACKS).out)
        # what is pinned is not empty
        found = harness.signals(late)
        self.assertIn("test.sea/gulf-of-guinea/2020-11", found)
        self.assertIn("test.flaws/world/2020-W48", found)
        self.assertIn("test.violence/isl/2019-12", found)
        self.assertEqual(harness.watches(late)["test.joined"]["state"], "stale")
        self.assertIn("test.arrears", {one.split("/")[0] for one in harness.signals(early)})


if __name__ == "__main__":
    harness.main()
