"""Writes the table of docs/sources.md: what becomes of each of the newer real files, by the program itself.

    sources_table.py [--check]      ICOSA_BINARY: the program (else build/release/icosa); ICOSA_DATA: the real data
                                    (else ../shared/data beside the repository); --check compares and changes nothing

Each file is read into a store of its own. Where no card reads it, `icosa card` tries, without being told anything
and with nobody to ask. Exit 1: the table is another one, or a file has no row in FILES; 77: the data are not there."""
import concurrent.futures
import difflib
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import tomllib

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = pathlib.Path(os.environ.get("ICOSA_BINARY", ROOT / "build" / "release" / "icosa")).resolve()
DATA = pathlib.Path(os.environ.get("ICOSA_DATA", ROOT / ".." / "shared" / "data")) / "fresh"
PAGE = ROOT / "docs" / "sources.md"
FOLDERS = ("conflict", "people", "technology")
BEGIN, END = "<!-- sources_table.py writes from here -->", "<!-- to here -->"

# Files that no card reads: pattern of the name, publisher, what a person must know to understand the refusal.
FILES = [
    (r"GSDB_V3", "Global Sanctions Data Base", "`--date begin` drafts it: years of begin and end"),
    (r"sipri-top100", "SIPRI", "one ranking of companies, its year in the headings"),
    (r"ARE-Konsultationsinzidenz", "Robert Koch Institute",
     "wrong: a season 2012/13 is no week; the week is `Kalenderwoche`"),
    (r"CMO-Historical", "World Bank", "prices below a heading of several rows"),
    (r"International_LPI", "World Bank", "a sheet a year"),
    (r"UNHCR_Population_Factsheet", "UNHCR", "one day's count by camp, below a heading of several rows"),
    (r"UN_PPP2024", "UN Population Division", "years to come, below a page of titles"),
    (r"cems_EMSR871", "Copernicus Emergency Management Service", "the maps of one flood: of no use"),
    (r"detrend\.nino34|oni_ascii", "NOAA Climate Prediction Center", "columns parted by blanks"),
    (r"dmi_had", "NOAA Physical Sciences Laboratory", "a matrix of years and months without a header"),
    (r"ecdc_", "European Centre for Disease Prevention and Control", "rates by week, country and age"),
    (r"foodshield_fews", "FEWS NET, gathered by others", "one record of 29 countries: of no use"),
    (r"gdacs_", "GDACS", "one flood"),
    (r"imf-dm-export", "International Monetary Fund", "an empty row below the header"),
    (r"measles_Top_states", "Johns Hopkins University", "a column a state: only the first is taken"),
    (r"nga_broadcast", "US National Geospatial-Intelligence Agency", "wrong: numbers of warnings are not counts"),
    (r"portwatch_chokepoints", "IMF PortWatch", "the list of the 28 straits"),
    (r"reliefweb_", "ReliefWeb", "names of disasters without their days"),
    (r"wfp_adam", "World Food Programme", "bulletins on storms, days within text"),
    (r"who_cholera", "WHO Regional Office for Africa", "weeks from 1 to 53 without their year"),
    (r"EuRepoC_Global", "European Repository of Cyber Incidents", "a workbook with a sheet for each of two cards"),
    (r"cdm_example", "CCSDS", "the standard's example of a message"),
    (r"celestrak.*error", "CelesTrak", "the words of an error under the name of a table"),
    (r"celestrak.*tle", "CelesTrak", "orbits in fixed columns"),
    (r"celestrak.*gp_", "CelesTrak", "orbits, the day of each"),
    (r"^omm", "CelesTrak and Space-Track", "orbits as messages: `icosa conjunctions` reads them"),
    (r"certfr", "CERT-FR", "numbers of notices, no header and no days"),
    (r"cisa_csaf_.*feed", "US Cybersecurity and Infrastructure Security Agency", "a list of notices"),
    (r"cisa_csaf", "US Cybersecurity and Infrastructure Security Agency", "one notice"),
    (r"cisagov_.*schema", "US Cybersecurity and Infrastructure Security Agency", "the description of a format"),
    (r"derived_2025-06_eur", "European Union, reduced by others", "names without the day of listing"),
    (r"derived_2025-06_uk", "United Kingdom, reduced by others", "names without the day of listing"),
    (r"gfz_", "GFZ Potsdam", "days and figures as long lists: of no use"),
    (r"gitoc", "Global Initiative against Transnational Organized Crime", "scores whose year is the sheet's name"),
    (r"ofac_2024-08", "US Office of Foreign Assets Control", "names by numbers of other tables"),
    (r"ransomwarelive", "ransomware.live", "counts without a day"),
    (r"seco_", "Swiss State Secretariat for Economic Affairs", "the publisher's sample of its format"),
    (r"swpc_.*flares", "NOAA Space Weather Prediction Center", "flares, gathered by others"),
    (r"swpc_", "NOAA Space Weather Prediction Center", "the index, every three hours: name it with `--value`"),
    (r"unroca", "UN Register of Conventional Arms", "years as a list within each state"),
    (r"who_JEE", "World Health Organization", "scores without the year of each evaluation"),
    (r"who_SPAR", "World Health Organization", "scores of one year, which stands in the title only"),
]


def ask(*words):
    return subprocess.run([str(BINARY), *map(str, words), "--json", "--packs", str(ROOT / "packs")],
                          capture_output=True, text=True, stdin=subprocess.DEVNULL)


def attempt(path):
    """(outcome, the card's id, what the draft took, or the program's reason)."""
    with tempfile.TemporaryDirectory() as folder:
        done = ask("ingest", path, "--db", f"{folder}/a.duckdb")
        if done.returncode == 0:
            return "read", json.loads(done.stdout.splitlines()[0])["source"]
        draft = ask("card", path, "--out", f"{folder}/x.toml")
    return outcome_of(done.stderr, draft.returncode, draft.stdout, draft.stderr)


def outcome_of(unread, code, said, why):
    if code == 0:
        guesses = json.loads(said)["guesses"]
        day = re.match(r"'(.*?)':", guesses["day"])[1]
        return "drafted", f"days from `{day}`; " + re.sub("'(.*?)'", r"`\1`", guesses["figure"])
    error = re.search(r"error\[(.*?)\]: (.*)", why)
    if not error:
        return "refused", f"without a reason, exit {code}"
    if "ambiguous-source" in unread:
        return "refused", "more than one card fits: name one with `--source`"
    text = re.sub(r" \([^()]*\)$", "", error[2])  # the cure
    if error[1] == "no-day":
        text = text.split(":")[0]  # the columns
    return "refused", re.sub("'(.*?)'", r"`\1`", text)


def publisher(name, outcome, words):
    if outcome == "read":
        return tomllib.loads((ROOT / "packs" / "sources" / f"{words}.toml").read_text("utf-8"))["source"]["publisher"]
    return next((who for pattern, who, _ in FILES if re.search(pattern, name)), None)


def table(outcomes):
    """outcomes: {(folder, name): (outcome, words)}."""
    counts = {of: sum(outcome == of for outcome, _ in outcomes.values()) for of in ("read", "drafted", "refused")}
    lines = [f"Of {len(outcomes)} files {counts['read']} are read by a card, {counts['drafted']} are drafted without "
             f"help, {counts['refused']} are refused."]
    for folder in FOLDERS:
        here = {name: found for (of, name), found in outcomes.items() if of == folder}
        told = ", ".join(f"{sum(found[0] == of for found in here.values())} {of}" for of in counts)
        lines += ["", f"### {folder}: {told}", "",
                  "| file | publisher | outcome | card, or what was taken, or why not |", "|---|---|---|---|"]
        for name in sorted(here, key=lambda name: (name.lower(), name)):
            outcome, words = here[name]
            who = publisher(name, outcome, words)
            if who is None:
                sys.exit(f"sources_table: no card reads {name}, and FILES does not say whose it is")
            what = [what for pattern, _, what in FILES if outcome != "read" and re.search(pattern, name)][:1]
            lines.append(f"| `{name}` | {who} | {outcome} | {f'`{words}`' if not what else f'{words} ({what[0]})'} |")
    return "\n".join(lines)


def main():
    if not DATA.exists():
        print(f"skipped: the real files are not there: {DATA} (ICOSA_DATA names another folder)")
        return 77
    paths = {(folder, path.name): path for folder in FOLDERS for path in sorted((DATA / folder).iterdir())
             if path.is_file() and path.name != "README.md"}
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        return write(dict(zip(paths, pool.map(attempt, paths.values()))))


def write(outcomes):
    text = PAGE.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    made = f"{before}{BEGIN}\n\n{table(outcomes)}\n\n{END}{rest.split(END)[1]}"
    if made == text:
        return 0
    if "--check" in sys.argv:
        print(*difflib.unified_diff(text.splitlines(), made.splitlines(), "docs/sources.md", "as the program reads",
                                    n=0, lineterm=""), sep="\n")
        return 1
    PAGE.write_text(made, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
