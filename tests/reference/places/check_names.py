#!/usr/bin/env python3
"""Checks the names and aggregates of packs/places: a name means one place on a day, an aggregate no place; and that
the names of places in six languages, and the letter codes and days of the lists of states, resolve.

    check_names.py [DATA_DIRECTORY]         default: ../shared/data beside the repository

Exit 1 on a fault, with one line a fault; 77 (skipped) where there is no fault and no data to compare with.
"""
import csv
import pathlib
import re
import sys
import tomllib
import unicodedata

ROOT = pathlib.Path(__file__).resolve().parents[3]
PLACES = ROOT / "packs" / "places"
FIRST, LAST = "0001-01-01", "9999-12-31"

# Words of the lists that no table of data writes: in another case than the nominative, or misprinted.
LEFT = {
    "Антарктике", "Аландских островов", "Кокосовых (Килинг) островов", "الأراضي الفرنسية الجنوبية الجنوبية",
    "جزيرتي سفالبارد وجان مايِن", "إيران (جمهورية - إسلامية)", "ميكرونيزيا (ولايات ــ الموحدة)",
    "بوليفيا (دولة-متعددة القوميات)",
}
ARTICLE_AFTER = re.compile(r"\s*[(\[](?:the|le|la|les|l['’]|el|los|las)[)\]]\s*", re.IGNORECASE)
ARTICLE_BEFORE = re.compile(r"^(?:the |le |la |les |l['’]|el |los |las )", re.IGNORECASE)

faults = []


def fold(text):
    """Without case, accents or punctuation, in any script."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join("".join(c if c.isalnum() else " " for c in plain).split())


def load(path):
    with open(path, "rb") as file:
        return tomllib.load(file)


class Codes:
    def __init__(self):
        self.uses = {}
        self.places = set()
        for path in sorted(PLACES.glob("*.toml")):
            document = load(path)
            for place in document.get("place", []) + document.get("area", []):
                self.places.add(place["id"])
                for code in place.get("codes", []):
                    self.add(code["system"], code["code"], place["id"], code, path.name)
            for entry in document.get("names", []):
                for name in entry.get("names", []):
                    self.add("name", name, entry["place"], {}, path.name)
                for name in entry.get("dated", []):
                    self.add("name", name["name"], entry["place"], name, path.name)

    def add(self, system, code, place, days, file):
        key = (system, fold(code) if system == "name" else code)
        use = (place, days.get("first", FIRST), days.get("last", LAST))
        for other, first, last in self.uses.setdefault(key, []):
            if other != place and first <= use[2] and use[1] <= last:
                faults.append(f"{file}: {system} {code!r} is both {place} and {other}")
        self.uses[key].append(use)

    def find(self, system, code):
        return {place for place, _, _ in self.uses.get((system, fold(code) if system == "name" else code), [])}

    def named(self, text):
        """Places of a name, with and without the articles of lists: "Tchad (le)", "the Republic of Chad"."""
        for form in (text, ARTICLE_AFTER.sub(" ", text), ARTICLE_BEFORE.sub("", text.strip())):
            if found := self.find("name", form):
                return found
        return set()


def check_aggregates(codes):
    told = set()
    for path in sorted(PLACES.glob("aggregate*.toml")):
        for entry in load(path)["aggregate"]:
            systems = entry["system"] if isinstance(entry["system"], list) else [entry["system"]]
            for code in entry["codes"]:
                text = code if isinstance(code, str) else code["code"]
                for system in systems:
                    key = (system, fold(text) if system == "name" else text)
                    if key in told:
                        faults.append(f"{path.name}: {system} {text!r} is told twice")
                    told.add(key)
                    if found := codes.find(system, text):
                        faults.append(f"{path.name}: {system} {text!r} is also {', '.join(found)}")


def rows(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def check_languages(codes, directory):
    asked = 0
    for row in rows(directory / "country-codes.csv"):
        place = codes.find("iso3", row["ISO3166-1-Alpha-3"])
        for column, cell in row.items():
            if not re.match(r"UNTERM|official_name|CLDR|ISO4217-currency_country_name", column):
                continue
            for name in filter(None, re.split(r"\s*\|\s*", (cell or "").strip())):
                asked += 1
                if name not in LEFT and not codes.named(name) & place:
                    faults.append(f"country-codes: {column} {name!r} is not {', '.join(place)}")
    for row in rows(directory / "data_un_names.csv"):
        place = codes.named(row["un.name.en"]) | codes.named(row["country"])
        for column, name in row.items():
            if name and name != "NA":
                asked += 1
                if name not in LEFT and not codes.named(name) & place:
                    faults.append(f"data_un_names: {column} {name!r} is not {', '.join(place)}")
    print(f"{asked} names in six languages asked")


def check_states(codes, path, number, letters, title, first, last):
    """The letters mean the places that the number means, the title one of them, and no code begins or ends on a day
    that the list does not have, but where a number passes on to the next place (and the two Germanies, from 1949)."""
    days = {}
    for row in rows(path):
        days.setdefault(row[number[1]], set()).update((first(row), last(row)))
        meant = codes.find(number[0], row[number[1]])
        if codes.find(letters[0], row[letters[1]]) & meant == set():
            faults.append(f"{path.name}: {letters[0]} {row[letters[1]]} does not mean {', '.join(sorted(meant))}")
        if codes.named(row[title]) & meant == set():
            faults.append(f"{path.name}: {row[title]!r} does not mean {', '.join(sorted(meant))}")
    for (system, code), uses in codes.uses.items():
        if system != number[0] or code not in days or len(uses) > 1 or uses[0][0] in ("frg", "ddr", "csk"):
            continue
        place, begins, ends = uses[0]
        for day in (begins, ends):
            if day not in days[code] | {FIRST, LAST}:
                faults.append(f"{path.name}: {system} {code} of {place} turns on {day}, which the list does not have")


def main():
    codes = Codes()
    faults.extend(f"names are given to {place}, which no file declares"
                  for uses in codes.uses.values() for place, _, _ in uses if place not in codes.places)
    check_aggregates(codes)
    directory = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ROOT.parent / "shared" / "data") / "codes"
    names = sum(1 for system, _ in codes.uses if system == "name")
    print(f"{names} names of {len(codes.places)} places")
    compared = directory.is_dir()
    if compared:
        check_languages(codes, directory)
        day = lambda kind: lambda row: "-".join(
            row[kind + part].zfill(width) for part, width in (("year", 4), ("month", 2), ("day", 2)))
        check_states(codes, directory / "cow_states2016.csv", ("cow", "ccode"), ("cowc", "stateabb"), "statenme",
                     day("st"), day("end"))
        check_states(codes, directory / "gw_states.csv", ("gw", "gwcode"), ("gwc", "stateabb"), "statename",
                     lambda row: row["startdate"], lambda row: row["enddate"])
    for text in faults:
        print("fault:", text)
    if faults:
        return 1
    if not compared:
        print(f"SKIPPED comparison: no {directory}")
        return 77
    return 0


if __name__ == "__main__":
    sys.exit(main())
