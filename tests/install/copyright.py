"""The licences of what goes out in a package: packaging/copyright is in Debian's machine-readable form, names every
file of the starter data with the licence and attribution in its head, and has a paragraph for each licence."""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
# A licence as the head of a file has it, where that is not by the same name.
IN_HEAD = {"public-domain": "public domain", "facts": "facts of treaty actions, free with citation"}

paragraphs = []
for text in (ROOT / "packaging" / "copyright").read_text(encoding="utf-8").strip().split("\n\n"):
    fields = re.findall(r"^([A-Z][\w-]*): ?(.*(?:\n .*)*)", text, re.M)
    paragraphs.append({name: re.sub(r"\n ", " ", value) for name, value in fields})

faults = []
if not paragraphs[0].get("Format", "").endswith("/copyright-format/1.0/"):
    faults.append("the first paragraph is not that of Debian's copyright format 1.0")
files = {one["Files"]: one for one in paragraphs if "Files" in one}
texts = {one["License"].split(" ")[0] for one in paragraphs if "Files" not in one and "License" in one}
named = {name for one in files.values() for name in one["License"].split(" and ")}
for name in sorted(named - texts):
    faults.append(f"licence {name} has no paragraph")
for name in sorted(texts - named):
    faults.append(f"licence {name} is no file's")

starter = sorted((ROOT / "data" / "starter").glob("*.csv"))
for path in starter:
    head = dict(re.findall(r"^# (\w+): (.*)$", path.read_text(encoding="utf-8")[:4000], re.M))
    told = files.pop(f"*/{path.relative_to(ROOT)}", None)
    if not told:
        faults.append(f"{path.name} is not named")
        continue
    if IN_HEAD.get(told["License"], told["License"]) != head["licence"]:
        faults.append(f"{path.name} is under '{head['licence']}', not {told['License']}")
    for field in ("publisher", "attribution"):
        if head[field] not in told["Copyright"] + told["Comment"]:
            faults.append(f"{path.name}: the {field} '{head[field]}' is not told")
scripts = {f"*/{path.relative_to(ROOT)}" for path in (ROOT / "scripts").iterdir()}
for gone in sorted(set(files) - {"*", "*/bin/icosa", "*/libduckdb.so"} - scripts):
    faults.append(f"{gone} is named and not there")

for line in faults:
    print(f"packaging/copyright: {line}")
print(f"copyright: {len(faults)} faults, {len(starter)} files of the starter data, {len(texts)} licences")
sys.exit(1 if faults else 0)
