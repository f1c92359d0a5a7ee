"""The laws of the house that a compiler does not see: who may include whom, where third-party libraries stand,
citations, copied data, first lines."""
import hashlib
import pathlib
import re
import subprocess
import sys
import tomllib

ROOT = pathlib.Path(__file__).resolve().parents[2]
DATA = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / ".." / "shared" / "data"

# Bottom up: a room may include itself and the rooms named. Stages stand side by side and include no other stage.
MAY_INCLUDE = {
    "base": set(),
    "archive": {"base"},
    "methods": {"base"},
    "model": {"base"},
    "pack": {"base", "model"},
    "atlas": {"base", "model", "pack", "methods"},
    "engine": {"base", "model", "pack", "methods"},
    "ingest": {"base", "archive", "model", "pack"},
    "store": {"base", "model"},
    "harmonise": {"base", "model", "pack", "methods", "atlas", "store"},
    "detect": {"base", "model", "pack", "atlas", "engine", "methods"},
    "forecast": {"base", "model", "pack", "engine", "methods"},
    "record": {"base", "model", "pack", "engine", "methods"},
    "respond": {"base", "model", "pack", "engine", "methods"},
    "screen": {"base", "model", "pack", "engine", "methods"},
    "ledger": {"base"},
    "brief": {"base", "model", "pack", "atlas"},
    "fetch": {"base", "archive", "model", "pack"},
    "app": {"base", "model", "pack", "engine", "store", "harmonise", "detect", "forecast", "record", "respond",
            "screen", "ledger", "brief"},
    "table": {"base", "model", "methods", "ingest", "store", "forecast"},
    "draft": {"base", "model", "pack", "ingest", "table"},
    "cli": {"base", "archive", "model", "pack", "atlas", "engine", "methods", "ingest", "store", "harmonise", "detect",
            "forecast", "record", "respond", "screen", "ledger", "brief", "fetch", "app", "table", "draft"},
}
MADE_BY_THE_BUILD = {"cli/commit.hpp"}
# From another stage only its declared interface may be seen.
INTERFACE_ONLY = {("harmonise", "store"): {"store/store.hpp"}}
THIRD_PARTY = {"duckdb.h": "store", "toml++/": "pack", "CLI/": "cli", "xxhash.h": "base", "curl/": "fetch",
               "simdjson": "ingest", "zip.h": "archive", "zlib.h": "archive", "expat.h": "ingest",
               "openssl/": "ledger", "coin/": "methods",
               "unicode/": "methods"}
SQL = re.compile(r'"\s*(SELECT|INSERT INTO|CREATE TABLE|DELETE FROM)\b')

faults = []


def fault(path, line, text):
    faults.append(f"{path.relative_to(ROOT)}:{line}: {text}")


cited_in_code = set()
for path in sorted((ROOT / "src").rglob("*.[ch]pp")):
    room = path.relative_to(ROOT / "src").parts[0]
    lines = path.read_text(encoding="utf-8").splitlines()
    if not lines or not lines[0].startswith("/// "):
        fault(path, 1, "the first line does not say, after ///, what the file is for")
    for number, line in enumerate(lines, 1):
        if found := re.match(r'#include "([^"]+)"', line):
            target = found.group(1)
            other = target.split("/")[0]
            if target not in MADE_BY_THE_BUILD and not (ROOT / "src" / target).exists():
                fault(path, number, f"includes '{target}', which is not under src/")
            elif other != room and other not in MAY_INCLUDE[room]:
                fault(path, number, f"room '{room}' may not include room '{other}'")
            elif (room, other) in INTERFACE_ONLY and target not in INTERFACE_ONLY[(room, other)]:
                fault(path, number, f"room '{room}' may see of '{other}' only {sorted(INTERFACE_ONLY[(room, other)])}")
        if found := re.match(r"#include <([^>]+)>", line):
            for library, home in THIRD_PARTY.items():
                if found.group(1).startswith(library) and room != home:
                    fault(path, number, f"{library} is included by src/{home} only")
        if room != "store" and SQL.search(line):
            fault(path, number, "SQL outside src/store")
        cited_in_code.update(re.findall(r"///\s+(?:src|dif)\s.*?\[([a-z0-9-]+)\]", line))
        cited_in_code.update(re.findall(r"\[([a-z]+(?:-[a-z]+)*\d{4}[a-z]?)\]", line))

# Files of a room are compiled together: what one file keeps to itself would stand before a header's name of the same
# spelling in the others, without a word of the compiler.
NAMED = re.compile(r"(?:struct|class|enum class|enum) (\w+)|using (\w+) =|.*?(\w+)(?:\[[^\]]*\])*\s*(?:=|\(|\{|;)")


def names_at_the_margin(text):
    for line in text.splitlines():
        line = line.removeprefix("[[nodiscard]] ")
        is_name = line and line[0] not in " }#/)" and not re.match(r"using (enum )?[\w:]+;", line)
        if is_name and (found := NAMED.match(line)):
            yield next(name for name in found.groups() if name)


of_headers = {}
for path in (ROOT / "src").rglob("*.hpp"):
    for name in names_at_the_margin(path.read_text(encoding="utf-8")):
        of_headers[path.relative_to(ROOT / "src").parts[0], name] = path
for path in sorted((ROOT / "src").rglob("*.cpp")):
    text = path.read_text(encoding="utf-8")
    for own in re.finditer(r"^namespace \{$(.*?)^\}  // namespace$", text, re.M | re.S):
        for name in names_at_the_margin(own.group(1)):
            if header := of_headers.get((path.relative_to(ROOT / "src").parts[0], name)):
                line = text[:own.start()].count("\n") + 1
                fault(path, line, f"has a '{name}' of its own, a name of {header.relative_to(ROOT)} in the same room")

# Tests run side by side, each case of a binary in its own process: files of one name would meet.
SHARED_FOLDER = re.compile(r"TempDir\(|temp_directory_path|tmpnam|\"/tmp/[^\"]*\" ?[;/+]")
for path in sorted((ROOT / "tests").rglob("*.[ch]pp")):
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if path.name != "folder.hpp" and SHARED_FOLDER.search(line):
            fault(path, number, "a test has its files in a Folder of its own (tests/folder.hpp)")

references = tomllib.loads((ROOT / "references.toml").read_text(encoding="utf-8"))
cited_in_packs = set()
for path in sorted((ROOT / "packs").rglob("*.toml")):
    text = path.read_text(encoding="utf-8")
    tomllib.loads(text)
    if not text.startswith("# "):
        fault(path, 1, "the first line does not say what the file is for")
    for found in re.finditer(r"^\s*cite\s*=\s*\[([^\]]*)\]", text, re.M):
        cited_in_packs.update(re.findall(r'"([^"]+)"', found.group(1)))
for path in (ROOT / "src").rglob("*.cpp"):
    for found in re.finditer(r"cites\[?\]?\s*=?\s*\{([^}]*)\}", path.read_text(encoding="utf-8")):
        cited_in_code.update(re.findall(r'"([a-z0-9-]+)"', found.group(1)))
for key in sorted(cited_in_code | cited_in_packs):
    if key not in references:
        fault(ROOT / "references.toml", 1, f"'{key}' is cited and not there")
for key, entry in references.items():
    if key not in cited_in_code | cited_in_packs:
        fault(ROOT / "references.toml", 1, f"'{key}' is there and never cited")
    for field in ("authors", "title", "year", "takes"):
        if field not in entry:
            fault(ROOT / "references.toml", 1, f"'{key}' has no {field}")

readme = (ROOT / "README.md").read_text(encoding="utf-8")
framework = tomllib.loads((ROOT / "packs/framework/gsi.toml").read_text(encoding="utf-8"))
for section in framework["section"]:
    row = f"| {section['number']} | {section['title']['en']} {section['title']['zh']} |"
    if section["group"] == "area" and row not in readme:
        fault(ROOT / "README.md", 1, f"the table of areas lacks {section['id']} as the framework titles it")
if (told := subprocess.run([sys.executable, ROOT / "scripts/source-table", "--check"], capture_output=True,
                           text=True)).returncode:
    fault(ROOT / "README.md", 1, told.stderr.strip())

listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True).stdout
tracked = [f for f in listed.split("\0") if f]
ours = {}
for name in tracked:
    path = ROOT / name
    if path.is_file() and path.stat().st_size > 0:
        ours[hashlib.sha1(path.read_bytes()).hexdigest()] = name
if DATA.is_dir():
    for path in sorted(DATA.rglob("*")):
        if path.is_file() and (same := ours.get(hashlib.sha1(path.read_bytes()).hexdigest())):
            faults.append(f"{same}: a copy of a file of the real data ({path.name})")
else:
    print(f"skipped: no real data at {DATA}, so copies of it are not looked for")

for line in faults:
    print(line)
print(f"house: {len(faults)} faults, {len(references)} references")
sys.exit(1 if faults else 0)
