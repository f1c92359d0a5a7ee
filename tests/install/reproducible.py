"""Two builds from two folders give one digest: the tree is cloned twice, to paths of different length, and built for
real (no ccache), once under another language, time zone and umask; then the binary and the package are compared. It
takes as long as two cold builds; `make reproducible`."""
import hashlib
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
PLACES = (
    ("a", {"LC_ALL": "C", "TZ": "UTC"}, 0o022),
    ("another/folder with a longer name", {"LC_ALL": "C.UTF-8", "TZ": "Asia/Shanghai", "HOME": "/nonexistent"}, 0o077),
)


def run(*command, **more):
    words = [str(word) for word in command]
    done = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", **more)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))} exits {done.returncode}\n{done.stdout[-3000:]}")
    return done.stdout


def copy_tree(to):
    """A clone of the repository with what is changed and new in this work tree; DuckDB and the map as `make setup` put
    them here."""
    run("git", "clone", "--quiet", "--no-local", ROOT, to)
    changed = run("git", "ls-files", "-z", "--modified", "--others", "--exclude-standard", cwd=ROOT)
    for name in filter(None, changed.split("\0")):
        (to / name).unlink(missing_ok=True)
        if (ROOT / name).exists():
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, to / name)
    for name in ("duckdb", "world-atlas"):
        if (ROOT / "third_party" / name).is_dir():
            shutil.copytree(ROOT / "third_party" / name, to / "third_party" / name)


def build(tree, differences, umask):
    more = {"cwd": tree, "env": {**os.environ, **differences, "CCACHE_DISABLE": "1"}, "umask": umask}
    release = tree / "build" / "release"
    run("cmake", "--preset", "release", "-DICOSA_TESTS=OFF", "-DICOSA_BENCH=OFF", **more)
    run("cmake", "--build", release, "--target", "icosa", **more)
    more["umask"] = 0o022  # as `make deb` says
    run("cpack", "--config", release / "CPackConfig.cmake", "-B", tree / "build" / "deb", **more)
    (package,) = (tree / "build" / "deb").glob("*.deb")
    return {"icosa": release / "icosa", package.name: package}


def main():
    if subprocess.run(["git", "rev-parse", "--git-dir"], cwd=ROOT, capture_output=True).returncode != 0:
        print("SKIPPED: this tree is not a git repository, so there is nothing to clone")
        sys.exit(77)
    with tempfile.TemporaryDirectory(prefix="icosa-twice-") as folder:
        digests = []
        trees = [pathlib.Path(folder) / name for name, _, _ in PLACES]
        for tree in trees:  # before the first build: who goes on working here meanwhile changes nothing
            copy_tree(tree)
        for tree, (_, differences, umask) in zip(trees, PLACES):
            start = time.monotonic()
            made = build(tree, differences, umask)
            digests.append({what: hashlib.sha256(path.read_bytes()).hexdigest() for what, path in made.items()})
            if str(tree).encode() in made["icosa"].read_bytes():
                sys.exit(f"the binary names the folder it was built in, {tree}")
            print(f"in a path of {len(str(tree))} letters, {time.monotonic() - start:.0f} s", flush=True)
            for what, digest in digests[-1].items():
                print(f"  {digest}  {what}", flush=True)
        if digests[0] != digests[1]:
            sys.exit("the digests differ")
        print("one digest from two folders")


main()
