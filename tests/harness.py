"""What the tests through the binary share: where binary, packs and real data are, a temporary folder a test, the call
and its three answers.

The binary is ICOSA_BINARY (ctest sets it), else build/release/icosa; the real data ICOSA_DATA, else ../shared/data
beside the repository."""
import datetime
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[1]
ICOSA = pathlib.Path(os.environ.get("ICOSA_BINARY", ROOT / "build" / "release" / "icosa")).resolve()
DATA = pathlib.Path(os.environ.get("ICOSA_DATA", ROOT.parent / "shared" / "data"))
GOLDEN = ROOT / "tests" / "golden" / "pipeline"
SKIPPED = 77  # what ctest takes for "skipped" (SKIP_RETURN_CODE)
FRAMEWORK = "packs/framework/made-up.toml"


class Answer:
    """Exit code, standard output and standard error of one call."""

    def __init__(self, args, code, out, err):
        self.args, self.code, self.out, self.err = args, code, out, err

    def lines(self):
        """The JSON objects of --json, one a line."""
        return [json.loads(line) for line in self.out.splitlines()]


def assemble_packs(folder):
    """The made-up framework, areas and convention over the shipped places, cards, tables and grades: `folder`/packs."""
    packs = pathlib.Path(folder) / "packs"
    shutil.copytree(GOLDEN / "packs", packs)
    for name in ("places", "sources", "groups"):
        shutil.copytree(ROOT / "packs" / name, packs / name, dirs_exist_ok=True)
    for path in (ROOT / "packs" / "grades.toml", ROOT / "packs" / "likelihood.toml", ROOT / "references.toml"):
        shutil.copy(path, packs / path.name)
    return packs


class Case(unittest.TestCase):
    """Each test works in a folder of its own; paths given to the binary are relative to it, so that they print the same
    everywhere."""

    maxDiff = 4000

    def setUp(self):
        kept = tempfile.TemporaryDirectory(prefix="icosa-test-")
        self.addCleanup(kept.cleanup)
        self.folder = pathlib.Path(kept.name)

    def icosa(self, *args, code=0, env=None, **more):
        """Runs the binary and demands the exit code; code=None takes any."""
        words = [str(a) for a in args]
        done = subprocess.run([str(ICOSA), *words], cwd=self.folder, capture_output=True, text=True,
                              env=env and {**os.environ, **env}, **more)
        if code is not None:
            self.assertEqual(done.returncode, code,
                             f"icosa {' '.join(words)}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}")
        return Answer(words, done.returncode, done.stdout, done.stderr)

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(text, bytes):
            path.write_bytes(text)
        else:
            path.write_text(text, encoding="utf-8", newline="")
        return name

    def ingest(self, *args, db="a.duckdb", code=0):
        """Ingests and demands that every row is accounted for; the lines of the report."""
        told = self.icosa("ingest", *args, "--db", db, "--json", code=code).lines()
        for line in told:
            self.assertEqual(line["rows"], line["stored"] + line["rejected"] + line["known"], line)
        return told

    def dossier(self, *args, db="a.duckdb", out="out"):
        self.icosa("run", "--db", db, "--out", out, *args)
        return json.loads((self.folder / out / "dossier.json").read_text(encoding="utf-8"))


STARTER = ROOT / "data" / "starter"


def real_files():
    """The real files that the shipped cards read, as the check of the cards lists them, and the treaty tables."""
    sys.path.insert(0, str(ROOT / "tests" / "reference"))
    import cards_check

    listed = [DATA / name for name in cards_check.FILES]
    return [path for path in listed + sorted((DATA / "treaties" / "untreaties").glob("*-*.csv")) if path.exists()]


def sections(dossier):
    return dossier["areas"] + dossier["principles"] + dossier["platforms"]


def watches(dossier):
    """By id; of one that several pages show, the whole, not a region's part."""
    shown = [watch for section in sections(dossier) for watch in section["watches"]]
    return {watch["id"]: watch for watch in sorted(shown, key=lambda watch: "home" not in watch)}


def signals(dossier):
    return {signal["id"]: signal for watch in watches(dossier).values() for signal in watch["signals"]}


LONGEST_DAYS = 800  # a yearly source may be about two years old, and its newest year not be over


def demand_fresh(case, dossier):
    """No finding rests on figures that end more than LONGEST_DAYS before the day of the dossier."""
    as_of = datetime.date.fromisoformat(dossier["as_of"])
    for watch in watches(dossier).values():
        if watch["state"] in ("signal", "quiet") and watch["engine"].endswith("-surveillance"):
            age = (as_of - datetime.date.fromisoformat(watch["observed_through"])).days
            case.assertLessEqual(age, LONGEST_DAYS,
                                 f"{watch['id']} is {watch['state']} on figures of {watch['observed_through']} as of "
                                 f"{as_of}")


def without(value, *keys):
    """A copy of a dossier, or a part of it, without these keys at any depth."""
    if isinstance(value, dict):
        return {k: without(v, *keys) for k, v in value.items() if k not in keys}
    return [without(v, *keys) for v in value] if isinstance(value, list) else value


def main(needs_data=False):
    """Runs the tests of the calling file; says why, and exits 77, where what they need is not there."""
    if not ICOSA.exists():
        print(f"no binary at {ICOSA}: build it, or name it with ICOSA_BINARY")
        sys.exit(1)
    if needs_data and not DATA.is_dir():
        print(f"SKIPPED: no real data at {DATA}; ICOSA_DATA names another folder")
        sys.exit(SKIPPED)
    unittest.main(verbosity=2)
