"""make_odd_files.py DIR [KIND...]: writes every odd file of the suite into DIR/KIND/NUMBER, with the commands that are
asked of it; robust.py and the fuzz targets take them from here."""
import importlib
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

KINDS = ("codes", "names", "same_rows", "days", "times", "numbers", "many_series", "scores", "cards", "odd_bytes")


def runs(kinds=()):
    """The runs of these kinds; of all where none is named."""
    return [run for kind in kinds or KINDS for run in importlib.import_module(f"odd.{kind}").RUNS]


def write(run, folder):
    for name, data in run.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def main():
    folder = pathlib.Path(sys.argv[1])
    for kind in sys.argv[2:] or KINDS:
        for number, run in enumerate(runs([kind])):
            at = folder / kind / f"{number:03}"
            at.mkdir(parents=True, exist_ok=True)
            write(run, at)
            words = "".join("icosa " + " ".join(command) + "\n" for command in run.commands)
            (at / "commands.txt").write_text(words, encoding="utf-8")


if __name__ == "__main__":
    main()
