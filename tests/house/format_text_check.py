"""scripts/format-text: what it makes of long lines, what it leaves alone, and that any text laid out says the same."""
import importlib.machinery
import importlib.util
import pathlib
import subprocess
import sys
import tomllib
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.dont_write_bytecode = True
loader = importlib.machinery.SourceFileLoader("format_text", str(ROOT / "scripts" / "format-text"))
tool = importlib.util.module_from_spec(importlib.util.spec_from_loader("format_text", loader))
sys.modules["format_text"] = tool
loader.exec_module(tool)

TOML = {  # at 40 columns
    "a text": ('note  = "one two three four five six seven eight"\n',
               'note  = """\\\n  one two three four five six seven \\\n  eight"""\n'),
    "a text that was broken and is short now": ('note = """\\\n  one \\\n  two"""\n', 'note = "one two"\n'),
    "a text without a blank": ('url = "https://example.org/a/very/long/address"\n', None),
    "Chinese, after its punctuation": ('zh = "一二三四五六七八，九十一二三四五六七"\n',
                                       'zh = """\\\n  一二三四五六七八，\\\n  九十一二三四五六七"""\n'),
    "quotation marks": (r'q = "she said \"no\" and again \"no, never\""' + "\n",
                        'q = """\\\n  she said \\"no\\" and again \\"no, \\\n  never\\""""\n'),
    "figures": ('strip   = "1111111111 2222222222 3333333333"\n', None),
    "a list is filled": ('kind = ["alpha", "beta", "gamma", "delta", "epsilon"]\n',
                         'kind = [\n  "alpha", "beta", "gamma", "delta",\n  "epsilon",\n]\n'),
    "tables stand one a line": ('x = [{ a = 1, b = "c" }, { a = 2, b = "d" }]\n',
                                'x = [\n  { a = 1, b = "c" },\n  { a = 2, b = "d" },\n]\n'),
    "groups of a broken list stay": ('x = [\n  "aaaaaaaaaa", "bbbbbbbbbb", "cccccccccc", "dd",\n  "e",\n  "f",\n]\n',
                                     'x = [\n  "aaaaaaaaaa", "bbbbbbbbbb",\n  "cccccccccc", "dd", "e",\n  "f",\n]\n'),
    "a table becomes dotted keys": ('id   = "a"\nname = { en = "a long English name", zh = "中文" }  # UN\n',
                                    'id   = "a"\n# UN\nname.en = "a long English name"\nname.zh = "中文"\n'),
    "comments run on to the end of a sentence": (
        "# one two three four five six seven eight nine\n# ten. Eleven.\n# New\n",
        "# one two three four five six seven\n# eight nine ten. Eleven.\n# New\n"),
}
MARKDOWN = {
    "a paragraph": ("one two three four five six seven eight nine\nten\n",
                    "one two three four five six seven eight\nnine ten\n"),
    "an item, with its indentation": ("- one two three four five six seven eight\n  nine\n",
                                      "- one two three four five six seven\n  eight nine\n"),
    "a line break that is meant": ("one  \ntwo\\\nthree\nfour\n", "one  \ntwo\\\nthree four\n"),
    "no word at a line's start that opens a block": ("one two three four five six seven eigh - nine 1. ten\n",
                                                     "one two three four five six seven eigh -\nnine 1. ten\n"),
    "code spans stay whole": ("one two three four five six `a b c d e f` g\n",
                              "one two three four five six\n`a b c d e f` g\n"),
    "code, tables, headings, links": ("# A heading that is longer than forty columns are\n\n    code\n    code\n\n"
                                      "```\na\nb\n```\n\n| a | b |\n|---|---|\n\n[a]: b\n[c]: d\n", None),
}


class FormatText(unittest.TestCase):
    def setUp(self):
        self.columns, tool.COLUMNS = tool.COLUMNS, 40

    def tearDown(self):
        tool.COLUMNS = self.columns

    def test_cases(self):
        for layout, cases in ((tool.format_toml, TOML), (tool.format_markdown, MARKDOWN)):
            for name, (given, wanted) in cases.items():
                with self.subTest(name):
                    self.assertEqual(layout(given), given if wanted is None else wanted)

    def test_what_is_laid_out_stays_and_says_the_same(self):
        names = subprocess.run(["git", "ls-files", "*.toml", "*.md"], cwd=ROOT, capture_output=True, text=True).stdout
        for name in (name for name in names.split() if not name.startswith(tool.NOT_OURS)):
            text = (ROOT / name).read_text(encoding="utf-8")
            layout = tool.LAYOUTS[pathlib.Path(name).suffix]
            tool.COLUMNS = 77
            with self.subTest(name):
                once = layout(text)  # compares the values of TOML itself
                self.assertEqual(layout(once), once)
                if name.endswith(".md"):
                    self.assertEqual(once.split(), text.split())

    def test_broken_toml_is_told(self):
        with self.assertRaises(tomllib.TOMLDecodeError):
            tool.format_toml('a = "b\n')


if __name__ == "__main__":
    unittest.main()
