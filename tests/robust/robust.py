"""Odd files through the program: each gives the right figure, or an error with its code; never a wrong figure in
silence. The files and what is wanted of them stand in odd/*.py; docs/robustness.md tells the rules."""
import concurrent.futures
import os
import pathlib
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import harness
import make_odd_files
from odd.case import Answer

AT_A_TIME = max(2, min(4, os.cpu_count() or 2))
LEAST_FILES = 150


def answered(run, folder):
    """The answers of a run's commands, in a folder of its own."""
    make_odd_files.write(run, folder)
    answers = []
    for words in run.commands:
        done = subprocess.run([str(harness.ICOSA), *words], cwd=folder, capture_output=True, timeout=120)
        answers.append(Answer(done.returncode, done.stdout.decode("utf-8", "replace"),
                              done.stderr.decode("utf-8", "replace")))
    return answers


def failures(run):
    """(case, wanted, got) for each want that is not met."""
    with tempfile.TemporaryDirectory(prefix="icosa-odd-") as folder:
        answers = answered(run, pathlib.Path(folder))
    out = []
    for answer, words in zip(answers, run.commands):
        if answer.code < 0 or answer.code > 5:
            out.append((run.cases[0].name, f"`icosa {' '.join(words)}` ends with one of its codes", f"{answer.code}"))
    for case in run.cases:
        for want in case.wants:
            try:
                got = want.got(answers[case.of])
            except (KeyError, ValueError, IndexError, TypeError) as error:
                answer = answers[case.of]
                got = f"{type(error).__name__} {error}: exit {answer.code} {answer.err[:200]}"
            if got is not None:
                out.append((case.name, want.words, got))
    return out


def main():
    if not harness.ICOSA.exists():
        print(f"no binary at {harness.ICOSA}: build it, or name it with ICOSA_BINARY")
        return 1
    started = time.monotonic()
    names = [name for name in sys.argv[1:] if name != "--share"]
    runs = make_odd_files.runs(names)
    if "--share" in sys.argv:  # every day one in four, spread over the kinds
        runs = runs[::4]
    cases = sum(len(run.cases) for run in runs)
    files = sum(len(run.files) for run in runs)
    if not names and "--share" not in sys.argv and min(cases, files) < LEAST_FILES:
        print(f"{cases} cases on {files} files: fewer than {LEAST_FILES}")
        return 1
    with concurrent.futures.ThreadPoolExecutor(AT_A_TIME) as pool:
        wrong = [one for some in pool.map(failures, runs) for one in some]
    told = set()
    for name, wanted, got in wrong:
        if name not in told:
            print(f"FAILED  {name}\n    wanted  {wanted}\n    got     {got}")
        told.add(name)
    print(f"{cases} cases on {files} odd files: {len(told)} failed, {time.monotonic() - started:.0f} s")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
