"""Every command in README, docs, `--help` and the pages that Icosa writes, run as it stands there, in a folder where
the files that it names as the reader's own are given (placeholders.py). A command that fails as printed is a fault of
the text."""
import html
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import harness
import placeholders

PAGES = [harness.ROOT / "README.md", harness.ROOT / "CONTRIBUTING.md", *sorted((harness.ROOT / "docs").glob("*.md"))]
WORDS = {
    "ENGINE": "event-surveillance", "METHOD": "ears-c2", "WATCH": "sea.incidents", "ID": "sea.incidents",
    "NAME": "ears-c2", "SIGNAL-ID": "sea.incidents", "DIR": "made",
}
GIVES_FINDINGS = {"--fail-on"}  # exit code 1 is the answer there


def blocks(text):
    """Code lines of a Markdown page: fenced or indented, continued lines joined, prompts and trailing comments gone."""
    fenced, pending, out = None, "", []
    for line in text.splitlines():
        if found := re.match(r"\s*(```|~~~)(\w*)", line):
            fenced = None if fenced is not None else found.group(2)
            continue
        is_code = fenced in ("", "sh", "bash", "console") or (fenced is None and re.match(r"( {4,}|\t)\S", line))
        if not is_code:
            continue
        line = pending + line.strip()
        pending = ""
        if line.endswith("\\"):
            pending = line[:-1] + " "
            continue
        line = re.sub(r"(^|\s)#\s.*$", "", re.sub(r"^\$\s+", "", line)).strip()
        if line and re.match(r"(\S*/)?(icosa|make)\s", line):
            out.append(line)
    return out


def inline(text):
    """`icosa ...` within a sentence, its capitals standing for what a reader would put there."""
    prose = re.sub(r"^```.*?^```", "", text, flags=re.S | re.M)
    for command in re.findall(r"`((?:icosa|make) [^`\n]+)`", prose):
        words = [WORDS.get(word, word) for word in command.split()]
        yield " ".join(words)


def examples(text):
    """The examples of a help text or of a method's manual."""
    return [line.strip() for line in text.splitlines() if line.strip().startswith("icosa ")]


class Documented(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.kept = tempfile.TemporaryDirectory(prefix="icosa-documented-")
        cls.folder = pathlib.Path(cls.kept.name)
        (cls.folder / "bin").mkdir()
        (cls.folder / "bin" / "icosa").symlink_to(harness.ICOSA)
        cls.env = {**os.environ, "PATH": f"{cls.folder / 'bin'}:{os.environ['PATH']}"}
        cls.seen = {}
        placeholders.make(cls.folder, cls.icosa)
        (cls.folder / "build").mkdir(exist_ok=True)
        (cls.folder / "build" / "starter.duckdb").symlink_to(cls.folder / "icosa.duckdb")  # as `make run` leaves it

    @classmethod
    def tearDownClass(cls):
        cls.kept.cleanup()

    @classmethod
    def icosa(cls, *words):
        done = subprocess.run(["icosa", *words], cwd=cls.folder, env=cls.env, capture_output=True, text=True)
        if done.returncode != 0:
            raise AssertionError(f"icosa {' '.join(words)}\n{done.stdout[-500:]}{done.stderr[-2000:]}")
        return done.stdout

    def stands(self, where, command):
        """Runs the command line in a shell; a target of make is asked what it would do."""
        if command in self.seen:
            return
        self.seen[command] = where
        at, line = self.folder, command
        if command.startswith("make "):
            at, line = harness.ROOT, command.replace("make ", "make -n ", 1)
        with self.subTest(where=where, command=command):
            done = subprocess.run(
                ["bash", "-c", line], cwd=at, env=self.env, capture_output=True, text=True, timeout=300)
            allowed = (0, 1) if any(flag in command for flag in GIVES_FINDINGS) else (0,)
            self.assertIn(done.returncode, allowed, f"{where}: {command}\n{done.stdout[-300:]}{done.stderr[-1500:]}")

    def names(self):
        listed = self.icosa("help").split("Commands:\n")[1].split("\nOptions:")[0]
        return [line.split()[0] for line in listed.splitlines() if re.match(r"  [a-z]", line)]

    def test_pages(self):
        found = 0
        for page in PAGES:
            name, text = page.relative_to(harness.ROOT), page.read_text(encoding="utf-8")
            for command in blocks(text):
                found += 1
                self.stands(name, command)
            for command in inline(text):
                if re.fullmatch(r"icosa [a-z][a-z-]*", command):
                    self.assertIn(command.split()[1], self.names(), f"{name}: no such command")
                else:
                    self.stands(name, command)
        self.assertGreater(found, 30, "the reader of code blocks found too few commands")

    def test_help(self):
        names = self.names()
        self.assertGreater(len(names), 10)
        for name in names:
            listed = examples(self.icosa(name, "--help").split("Examples:")[1])
            self.assertTrue(listed, f"icosa {name} --help has no example")
            for command in listed:
                self.stands(f"icosa {name} --help", command)

    def test_manuals_of_engines_and_methods(self):
        topics = [json.loads(line) for line in self.icosa("explain", "--json").splitlines()]
        self.assertGreater(len(topics), 100)
        for topic in topics:
            if topic["kind"] != "watch":
                for command in examples(self.icosa("explain", topic["name"])):
                    self.stands(f"icosa explain {topic['name']}", command)

    def test_pages_of_the_dossier_and_what_to_try_next(self):
        shown = 0
        for day in ("2020-12-31", "2026-06-14"):
            told = self.icosa("run", "--db", "icosa.duckdb", "--as-of", day, "--out", f"dossier-{day}")
            offered = [line.strip() for line in told.split("Try next:\n")[1].splitlines()]
            self.assertEqual(len(offered), 3)
            for command in offered:
                self.stands(f"icosa run --as-of {day}", command)
            folder = self.folder / f"dossier-{day}"
            page = (folder / "dossier.md").read_text(encoding="utf-8")
            commands = sorted(set(re.findall(r"`(icosa [^`]+)`", page)))
            html_page = (folder / "index.html").read_text(encoding="utf-8")
            commands += sorted({html.unescape(one) for one in re.findall(r"<code>(icosa [^<]+)</code>", html_page)})
            shown += len(commands)
            for command in commands[:: max(1, len(commands) // 5)]:
                self.stands(f"the pages of {day}", command)
        self.assertGreater(shown, 10, "the page of 2020-12-31 offers the lines behind its signals")


if __name__ == "__main__":
    harness.main()
