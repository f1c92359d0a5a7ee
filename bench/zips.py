#!/usr/bin/env python3
"""zips.py [ROWS [ZIPS]]: made-up rows in the shape of GDELT 2.0 out of as many zips, by the program itself: checks that
all of them are stored, prints rows a second and the most memory; then the same rows as plain files, and a tenth of
them, to show that memory does not grow with what is read."""
import os
import pathlib
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[1]
ICOSA = pathlib.Path(os.environ.get("ICOSA_BINARY", ROOT / "build" / "release" / "icosa"))
PLACES = ("ML", "NG", "UP", "SY", "SU", "CD")


def row(number):
    cells = [""] * 61
    day = 20260101 + number % 28
    cells[0:5] = [str(1_000_000_000 + number), str(day), "202601", "2026", "2026.0027"]
    cells[5], cells[15] = ("MLI", "GOV") if number % 3 else ("USA", "COP")
    cells[25], cells[26], cells[27], cells[28], cells[29] = "1", "190", "190", "19", "4"
    cells[30], cells[31], cells[32], cells[33], cells[34] = "-10.0", "4", "1", "4", "-3.5"
    for at in (35, 43, 51):
        cells[at:at + 4] = ["1", "Somewhere", PLACES[number % 6], PLACES[number % 6]]
        cells[at + 5], cells[at + 6], cells[at + 7] = "14.5", "-4.2", PLACES[number % 6]
    cells[59], cells[60] = f"{day}001500", f"https://example.org/{number}"
    return "\t".join(cells) + "\n"


def timed(folder, files):
    """Seconds, MB at the peak, rows stored."""
    db = folder / "bench.duckdb"
    db.unlink(missing_ok=True)
    words = [str(ICOSA), "ingest", *map(str, files), "--db", str(db), "--json", "--source", "gdelt-2"]
    begin = time.monotonic()
    call = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    out, err = call.communicate()
    seconds = time.monotonic() - begin
    stored = sum(int(line.split('"stored":')[1].split(",")[0]) for line in out.splitlines())
    if call.returncode != 0:
        sys.exit(f"zips: exit {call.returncode}: {err[-500:]}")
    return seconds, stored


def measured(what, folder, files, rows):
    """In a process of its own, whose child's peak is the program's."""
    back, give = os.pipe()
    if os.fork() == 0:
        seconds, stored = timed(folder, files)
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000
        os.write(give, f"{seconds} {stored} {peak}".encode())
        os._exit(0)
    os.wait()
    seconds, stored, peak = map(float, os.read(back, 200).split())
    if stored != rows:
        sys.exit(f"zips: {what}: {stored:.0f} of {rows} rows are stored")
    print(f"{what:34} {rows / seconds:9,.0f} rows/s {peak:6.0f} MB at the peak")


def main():
    rows, zips = (int(word) for word in (sys.argv[1:] + ["1000000", "40"][len(sys.argv) - 1:])[:2])
    folder = pathlib.Path(tempfile.mkdtemp(prefix="icosa-zips-"))
    packed, plain = [], []
    for number in range(zips):
        first, last = rows * number // zips, rows * (number + 1) // zips
        text = "".join(row(i) for i in range(first, last)).encode()
        name = f"202601{1 + number // 24:02}{number % 24:02}0000.export.CSV"
        with zipfile.ZipFile(folder / f"{name}.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(name, text)
        (folder / name).write_bytes(text)
        packed.append(folder / f"{name}.zip")
        plain.append(folder / name)
    one = folder / "all.zip"
    with zipfile.ZipFile(one, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("20260101000000.export.CSV", "w") as out:
            for path in plain:
                out.write(path.read_bytes())
    measured(f"{zips} zips", folder, packed, rows)
    measured(f"{zips} files, unpacked", folder, plain, rows)
    measured("one zip of all", folder, [one], rows)
    measured(f"{zips // 10} zips", folder, packed[:zips // 10], rows * (zips // 10) // zips)
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
