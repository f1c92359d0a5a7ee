"""`cmake --install` into a folder: what stands where, and that it runs there, with no environment and after the folder
has been moved."""
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import harness

BUILD = pathlib.Path(sys.argv.pop(1)) if len(sys.argv) > 1 else harness.ICOSA.parent
BARE = {"PATH": "/usr/bin:/bin"}
PLACES = (
    "bin/icosa",
    "share/icosa/packs/framework/gsi.toml",
    "share/icosa/data/starter/untc.csv",
    "share/icosa/references.toml",
    "share/doc/icosa/copyright",
    "share/doc/icosa/LICENSE",
    "share/doc/icosa/README.md",
    "share/doc/icosa/docs/schema.md",
)
MANUAL = (
    ("man/icosa.1", "share/man/man1/icosa.1"),
    ("completions/icosa.bash", "share/bash-completion/completions/icosa"),
    ("completions/_icosa", "share/zsh/vendor-completions/_icosa"),
    ("completions/icosa.fish", "share/fish/vendor_completions.d/icosa.fish"),
)


class Prefix(harness.Case):
    def run_bare(self, binary, *args, code=0):
        done = subprocess.run([binary, *args], cwd=self.folder, env=BARE, capture_output=True, text=True)
        self.assertEqual(done.returncode, code, f"{binary} {args}\n{done.stdout[-1000:]}{done.stderr[-1000:]}")
        return done.stdout + done.stderr

    def test_installed(self):
        prefix = self.folder / "a prefix"
        done = subprocess.run(["cmake", "--install", BUILD, "--prefix", prefix], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        for place in PLACES:
            with self.subTest(place):
                self.assertTrue((prefix / place).is_file())
        for written, place in MANUAL:
            with self.subTest(place):  # as the binary wrote it when it was built
                if not (BUILD / "manual" / written).exists():
                    self.skipTest("this binary writes no manual yet")
                self.assertEqual((prefix / place).read_bytes(), (BUILD / "manual" / written).read_bytes())
        if (BUILD / "third_party" / "duckdb").is_dir():  # else it is the system's
            self.assertTrue((prefix / "lib/icosa/libduckdb.so").is_file())
            linked = self.run_bare("/usr/bin/ldd", prefix / "bin/icosa")
            self.assertIn(f"{prefix}/bin/../lib/icosa/libduckdb.so", linked)

        with self.subTest("it runs there and knows its own packs"):
            told = harness.json.loads(self.run_bare(prefix / "bin/icosa", "check", "--json"))
            self.assertEqual(told["faults"], [])
        with self.subTest("it runs where it was moved to, with the packs that moved"):
            moved = self.folder / "moved"
            prefix.rename(moved)
            with open(moved / "share/icosa/packs/grades.toml", "a") as grades:
                grades.write("not_an_option = 1\n")
            self.assertIn(f"{moved}/share/icosa/packs/grades.toml", self.run_bare(moved / "bin/icosa", "check", code=3))

    def test_no_folder_of_the_build_machine(self):
        self.assertNotIn(str(harness.ROOT).encode(), harness.ICOSA.read_bytes())


if __name__ == "__main__":
    harness.main()
