"""docs/adding.md, worked: its six diffs are applied to a scratch copy of the tracked tree, one after the other as they
stand there. The card and the watch are then asked of the program (the packs are clean and count one card, one watch and
two cases more; the file that the page shows is ingested whole and answers the watch), the house laws hold in the copy,
its files are laid out, and every C++ file that a diff touches compiles without a warning.

What a diff says of the program built anew (the days, the chart, the engine's strips) is not run here: that takes a
build. A diff that no longer applies says that the page must follow the code."""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import harness

PAGE = harness.ROOT / "docs" / "adding.md"
THINGS = ("source", "watch", "command", "method", "format", "engine")
NOT_COPIED = ("data/", "tests/golden/", "docs/dossier.png")
WARNINGS = "-Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror".split()


def blocks(language):
    """The fenced blocks of a language by the thing whose section they stand in."""
    out = {}
    for section in re.split(r"^## ", PAGE.read_text(encoding="utf-8"), flags=re.M)[1:]:
        title, text = section.split("\n", 1)
        out[title.split()[-1]] = re.findall(rf"^```{language}\n(.*?)^```$", text, flags=re.S | re.M)
    return out


def touched(diff):
    return re.findall(r"^\+\+\+ b/(.+)$", diff, flags=re.M)


class Adding(unittest.TestCase):
    maxDiff = 4000

    def setUp(self):
        kept = tempfile.TemporaryDirectory(prefix="icosa-adding-")
        self.addCleanup(kept.cleanup)
        self.copy = pathlib.Path(kept.name) / "icosa"
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=harness.ROOT, capture_output=True, text=True, check=True)
        for name in listed.stdout.split("\0"):
            if not name or name.startswith(NOT_COPIED) or not (harness.ROOT / name).is_file():
                continue
            (self.copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(harness.ROOT / name, self.copy / name)
        self.runs("git", "init", "-q")  # git apply passes over files outside the repository that it runs in
        self.diffs = blocks("diff")

    def runs(self, *words, **more):
        """Runs a program in the copy and demands that it succeeds; its standard output."""
        done = subprocess.run([str(word) for word in words], cwd=self.copy, capture_output=True, text=True, **more)
        self.assertEqual(done.returncode, 0, f"{' '.join(map(str, words))}\n{done.stdout[-3000:]}{done.stderr[-3000:]}")
        return done.stdout

    def apply(self, *things):
        """The names of the files that the diffs of these sections make or change."""
        names = []
        for thing in things:
            for diff in self.diffs[thing]:
                for flag in ("--check", "--apply"):
                    done = subprocess.run(["git", "apply", flag, "-"], cwd=self.copy, input=diff, capture_output=True,
                                          text=True)
                    self.assertEqual(done.returncode, 0,
                                     f"docs/adding.md, {thing}: the diff does not apply; make it anew\n{done.stderr}")
                names += touched(diff)
        return sorted(set(names))

    def check(self):
        told = harness.json.loads(self.runs(harness.ICOSA, "check", "packs", "--json"))
        self.assertEqual(told["faults"], [])
        return told

    def test_each_section_is_short_words_and_a_diff(self):
        self.assertEqual(tuple(self.diffs), THINGS)
        for thing, diffs in self.diffs.items():
            self.assertEqual(len(diffs), 1, thing)
        for line in PAGE.read_text(encoding="utf-8").splitlines():
            self.assertEqual(line, line.rstrip(), "a blank at a line's end")

    def test_a_source_and_a_watch_by_packs_alone(self):
        before = self.check()
        names = self.apply("source", "watch")
        self.assertEqual([name for name in names if name.startswith("src/")], [], "no C++")
        after = self.check()
        added = [after[key] - before[key] for key in ("sources", "watches", "expects")]
        self.assertEqual(added, [1, 1, 2], "a source, a watch, a case that signals and one that is silent")
        (made_up,) = blocks("csv")["source"]
        (self.copy / "mine-incidents.csv").write_text(made_up, encoding="utf-8")
        store = ("--db", "a.duckdb", "--packs", "packs")
        told = harness.json.loads(self.runs(harness.ICOSA, "ingest", "mine-incidents.csv", *store, "--json"))
        rows = made_up.count("\n") - 1
        self.assertEqual((told["source"], told["rows"], told["stored"], told["rejected"]),
                         ("mine-incidents", rows, rows, 0))
        series = self.runs(harness.ICOSA, "export", "series", "--watch", "arms.mine-incidents", *store)
        self.assertEqual([line.split(",")[1:5] for line in series.splitlines()[1:]],
                         [["mli", "Mali", "2023-01", "2"], ["mli", "Mali", "2023-02", "1"],
                          ["ssd", "South Sudan", "2023-01", "0"], ["ssd", "South Sudan", "2023-02", "4"]])

    def test_all_six_apply_hold_the_house_laws_and_compile(self):
        names = self.apply(*THINGS)
        self.runs("git", "add", "-A")
        with self.subTest("the laws of the house"):
            told = self.runs(sys.executable, "-B", "tests/house/house_check.py", self.copy / "no-data")
            self.assertIn("house: 0 faults", told)
        with self.subTest("layout"):
            self.runs(sys.executable, "-B", "scripts/format-text", "--check", *names)
            if tool := shutil.which("clang-format-19"):
                self.runs(tool, "--dry-run", "-Werror", *(name for name in names if name.endswith("pp")))
        compiler = shutil.which(os.environ.get("CXX", "c++"))
        sources = [name for name in names if name.endswith(".cpp")]
        self.assertGreater(len(sources), 10)
        for name in sources if compiler else ():
            with self.subTest(compiles=name):
                self.runs(compiler, "-std=c++23", "-fsyntax-only", *WARNINGS, "-I", "src", "-I",
                          "tests/unit/" + name.split("/")[2] if name.startswith("tests/unit/") else "fuzz", name)
        if not compiler:
            print("no C++ compiler: the sources are not compiled")


if __name__ == "__main__":
    harness.main()
