"""Documents and workbooks among the real files: as many rows as Python's own json, zipfile and XML readers find."""
import datetime
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
DATA = pathlib.Path(os.environ.get("ICOSA_DATA", ROOT / ".." / "shared" / "data")) / "fresh"
BINARY = os.environ["ICOSA_BINARY"]


def plain(tag):
    return tag.rsplit("}", 1)[-1]


def records(path, *keys):
    value = json.loads((DATA / path).read_text(encoding="utf-8-sig"))
    for key in keys:
        value = value[key]
    return len(value)


def elements(path, names):
    return sum(plain(element.tag) in names for element in ET.parse(DATA / path).iter())


def sheet_rows(path, sheet=1, header=1):
    """The rows with any cell below the header."""
    with zipfile.ZipFile(DATA / path) as archive:
        rows = [element for _, element in ET.iterparse(archive.open(f"xl/worksheets/sheet{sheet}.xml"))
                if plain(element.tag) == "row"]
    filled = [row for row in rows if any(plain(inner.tag) in ("v", "t") and inner.text for inner in row.iter())]
    return sum(int(row.get("r")) > header for row in filled)


# file, source (None: whichever), rows as Python counts them, rejects where there are any
FILES = [
    ("technology/kev_2026-06-23_known_exploited_vulnerabilities.json", "kev", lambda f: records(f, "vulnerabilities")),
    ("technology/kev_2026-08-21_known_exploited_vulnerabilities.json", "kev", lambda f: records(f, "vulnerabilities")),
    ("people/iom_missing_migrants_2024.json", "iom-missing-migrants", records),
    ("people/iom_missing_migrants_2025.json", "iom-missing-migrants", records),
    ("conflict/GEDevent_v26_0_2.xlsx", None, sheet_rows),
    ("technology/un_2025-04-19_UN.xml", "un-list", lambda f: elements(f, {"INDIVIDUAL", "ENTITY"})),
    ("technology/un_2025-08-02_consolidatedLegacyByPRN.xml", "un-list",
     lambda f: elements(f, {"INDIVIDUAL", "ENTITY"})),
    ("technology/ofac_2024-05-06_consolidated.xml", "ofac-list", lambda f: elements(f, {"sdnEntry"})),
    ("technology/ofac_2025-03-28_consolidated.xml", "ofac-list", lambda f: elements(f, {"sdnEntry"})),
    ("technology/ca_2025_sema_cannada.xml", "ca-sema", lambda f: elements(f, {"record"})),
    ("people/public_emdat_custom_request_2026-03-12_7a856d87-742f-4f5f-ae14-90bce777e4d7.xlsx", "emdat", sheet_rows,
     4 if datetime.date.today() >= datetime.date(2026, 12, 1) else 6),  # last day before the first, or still to come
    ("people/public_emdat_custom_request_2025-01-13_4cf1ccf1-9f6e-41a3-9aec-0a19903febae.xlsx", "emdat", sheet_rows),
    ("conflict/number_of_political_violence_events_by_country-month-year_as-of-12Dec2025.xlsx", "acled-country-month",
     sheet_rows),
    ("conflict/number_of_reported_fatalities_by_country-year_as-of-12Dec2025.xlsx", "acled-country-year", sheet_rows),
    ("conflict/US-and-Canada_aggregated_data_up_to-2025-12-06.xlsx", "acled-week", sheet_rows),
    ("conflict/data_gpr_export.xls", "gpr", lambda f: 1516),  # as the README there counts them
    ("conflict/data_gpr_daily_recent.xls", "gpr-daily", lambda f: 15092),
    ("conflict/sipri-milex.xlsx", "sipri-milex", lambda f: 192),
    ("people/gscpi_data.xls", "gscpi", lambda f: 341),
]

if not DATA.exists():
    print(f"skipped: the real files are not there: {DATA} (ICOSA_DATA names another folder)")
    sys.exit(77)

faults = []
for file, source, count, *rejects in FILES:
    if not (DATA / file).exists():
        print(f"not there: {file}")
        continue
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run([BINARY, "ingest", str(DATA / file), "--json", "--db", f"{folder}/a.duckdb"],
                              capture_output=True, text=True)
    said = json.loads(done.stdout) if done.returncode == 0 else {}
    wanted = count(file)
    good = said.get("rows") == wanted and said.get("rejected") == sum(rejects) and source in (None, said.get("source"))
    print(f"{'good' if good else 'BAD '} {file}: {said.get('source')}, {said.get('rows')} of {wanted} rows, "
          f"{said.get('rejected')} rejected; {said.get('notes')}")
    if not good:
        faults.append(f"{file}: {done.stderr.strip()[:500]}")
sys.exit("\n".join(faults) if faults else 0)
