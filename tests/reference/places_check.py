#!/usr/bin/env python3
"""Checks packs/places: ids, code periods, set members, polygons; and that every place a source file names resolves.

    places_check.py [DATA_DIRECTORY]        default: ../shared/data beside the repository, skipped loudly when absent

Exit 1 on a fault, with one line a fault. Names and codes that are left unresolved on purpose are listed in LEFT.
"""
import csv
import datetime
import glob
import os
import re
import sys
import tomllib
import unicodedata

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PLACES = os.path.join(ROOT, "packs", "places")
PLACE_FILES = ("africa americas asia europe oceania historical seas chokepoints basins").split()
PLACE_KEYS = {"id", "kind", "name", "first_day", "last_day", "at", "codes", "successors", "note",
              "polygon", "riparians", "radius_km"}
PLACE_KINDS = {"state", "territory", "historical", "sea", "basin", "chokepoint"}
SET_KEYS = {"id", "name", "kind", "members", "suspended", "source", "known_through", "against", "look_at", "note"}
AREA_KEYS = {"id", "name", "polygon", "concerned", "note", "source", "reviewed", "expires"}
FIRST, LAST = "0001-01-01", "9999-12-31"

# Unresolved on purpose: aggregates, organisations, rows without a place, entities in neither ISO 3166 nor M49.
LEFT = {
    "aggregate": """AFE AFW ARB CSS CEB EAR EAS TEA EAP EMU ECS TEC ECA EUU FCS HPC HIC IBD IBT IDB IDX IDA LTE LCN LAC
        TLA LDC LMY LIC LMC MEA TMN MNA MIC NAC OED OSS PSS PST PRE SST SAS TSA SSF TSS SSA UMC WLD CHI""".split(),
    "treaty": [
        "Andean Community", "Caribbean Community", "Common Market for Eastern and Southern Africa", "Council of Europe",
        "East African Community", "Economic Community of West African States", "Eurasian Economic Community",
        "European Union",
        "Food and Agriculture Organization of the United Nations", "International Atomic Energy Agency",
        "International Civil Aviation Organization", "International Criminal Police Organization",
        "International Labour Organisation", "International Maritime Organization",
        "International Telecommunication Union",
        "Organisation for the Prohibition of Chemical Weapons", "Organization of African Unity",
        "Preparatory Commission for the Comprehensive Nuclear-Test-Ban Treaty Organization",
        "Southern African Development Community", "United Nations",
        "United Nations Educational Scientific and Cultural Organization",
        "United Nations Industrial Development Organization",
        "Universal Postal Union", "West African Economic and Monetary Union", "World Health Organization",
        "World Intellectual Property Organization", "World Meteorological Organization"],
    "owid": ["World"],
    "don": ["Africa", "African Meningitis Belt", "Americas", "Asia", "Central America", "Europe", "European Region",
            "European Union", "Global", "Northern Hemisphere", "Northrern Hemisphere", "West Africa", "NA"],
    "iso": ["NA", "XXA", "UNK", "TIB"],
    "cameo": "AFR EUR NMR PGS SAF SEA MEA WST ASA LAM SAM WAF EAF CAS BLK CRB EIN SAS CEU EEU SCN".split(),
    "fips": ["OS", "YI"],      # oceans; Serbia and Montenegro, in files after 2006
    "tfdd": "ARL EEC EUX IBK ICJ IMF INT NTO OTH UKN UNO GNL".split(),
    "basin": ["UNKN", "NTAP", "NITL", "GNRL", "GRND"],    # unknown, not transboundary, general, groundwater
    # sub-regions that span several seas: the polygons of seas.toml assign their positions
    "subregion": "21 24 25 26 27 28 44 51 56 61 62 63 71 72 73 74 81 83 91 92 93 94 95 97".split(),
    "name": ["NA"],
}

faults = []
notes = []


def fault(text):
    faults.append(text)


def fold(text, joint=" "):
    """Without case, accents or punctuation."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", joint, plain).strip()


def is_day(text):
    try:
        datetime.date.fromisoformat(text)
        return len(text) == 10
    except (TypeError, ValueError):
        return False


def load(name):
    path = os.path.join(PLACES, name + ".toml")
    if not os.path.exists(path):
        fault(f"{name}.toml: missing")
        return {}
    with open(path, "rb") as file:
        first_line = file.readline()
        if not first_line.startswith(b"# "):
            fault(f"{name}.toml:1: the first line says what the file is for")
        file.seek(0)
        try:
            return tomllib.load(file)
        except tomllib.TOMLDecodeError as error:
            fault(f"{name}.toml: {error}")
            return {}


def check_polygon(where, polygon):
    if not isinstance(polygon, list) or len(polygon) < 3:
        fault(f"{where}: a polygon needs three corners")
        return
    for corner in polygon:
        if len(corner) != 2 or not -180 <= corner[0] <= 180 or not -90 <= corner[1] <= 90:
            fault(f"{where}: corner {corner} is not [longitude, latitude]")
    n = len(polygon)
    edges = [(polygon[i], polygon[(i + 1) % n]) for i in range(n)]
    for i, (a, b) in enumerate(edges):
        if abs(a[0] - b[0]) > 180:
            fault(f"{where}: crosses the antimeridian")
        for j in range(i + 1, n):
            if j not in (i, (i + 1) % n, (i - 1) % n) and crosses(a, b, *edges[j]):
                fault(f"{where}: crosses itself near {a}")


def side(a, b, c):
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def crosses(a, b, c, d):
    return side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0


def inside(point, polygon):
    x, y = point
    hit = False
    for i in range(len(polygon)):
        (x1, y1), (x2, y2) = polygon[i - 1], polygon[i]
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            hit = not hit
    return hit


def on_border(point, polygon):
    for i in range(len(polygon)):
        a, b = polygon[i - 1], polygon[i]
        if abs(side(a, b, point)) < 1e-9 and min(a[0], b[0]) <= point[0] <= max(a[0], b[0]) \
                and min(a[1], b[1]) <= point[1] <= max(a[1], b[1]):
            return True
    return False


def overlap(p, q):
    """Two polygons share more than a border."""
    for i in range(len(p)):
        for j in range(len(q)):
            if crosses(p[i - 1], p[i], q[j - 1], q[j]):
                return True
    samples = lambda r: r + [[(r[i - 1][0] + r[i][0]) / 2, (r[i - 1][1] + r[i][1]) / 2] for i in range(len(r))]
    return any(inside(c, q) and not on_border(c, q) for c in samples(p)) or \
        any(inside(c, p) and not on_border(c, p) for c in samples(q))


class Crosswalk:
    def __init__(self):
        self.table = {}

    def add(self, system, code, first, last, place):
        key = (system, fold(code) if system == "name" else code)
        self.table.setdefault(key, []).append((first, last, place))

    def find(self, system, code, first=FIRST, last=LAST):
        key = (system, fold(code) if system == "name" else code)
        return {place for a, b, place in self.table.get(key, []) if a <= last and b >= first}


def read_places():
    places, walk, joined = {}, Crosswalk(), {}
    for name in PLACE_FILES:
        document = load(name)
        for key in document:
            if key != "place":
                fault(f"{name}.toml: unknown table {key}")
        for place in document.get("place", []):
            ident = place.get("id", "?")
            where = f"{name}.toml: {ident}"
            if ident in places:
                fault(f"{where}: id twice")
            places[ident] = place
            if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", ident):
                fault(f"{where}: not kebab-case")
            for key in place.keys() - PLACE_KEYS:
                fault(f"{where}: unknown key {key}")
            if place.get("kind") not in PLACE_KINDS:
                fault(f"{where}: kind {place.get('kind')}")
            if not place.get("name", {}).get("en"):
                fault(f"{where}: no English name")
            for key in ("first_day", "last_day"):
                if key in place and not is_day(place[key]):
                    fault(f"{where}: {key} {place[key]}")
            if place.get("kind") == "chokepoint" and not (place.get("at") and place.get("radius_km", 0) > 0):
                fault(f"{where}: a chokepoint has at and radius_km")
            if "at" in place and not (-180 <= place["at"][0] <= 180 and -90 <= place["at"][1] <= 90):
                fault(f"{where}: at {place['at']}")
            if "polygon" in place:
                check_polygon(where, place["polygon"])
            for code in place.get("codes", []):
                for key in code.keys() - {"system", "code", "first", "last"}:
                    fault(f"{where}: unknown key {key} in codes")
                first, last = code.get("first", FIRST), code.get("last", LAST)
                if not is_day(first) or not is_day(last) or first > last:
                    fault(f"{where}: period of {code['system']} {code['code']}")
                walk.add(code["system"], code["code"], first, last, ident)
                key = (code["system"], fold(code["code"], "") if code["system"] == "name" else code["code"])
                for a, b, other in joined.setdefault(key, []):
                    if a <= last and b >= first:
                        if other != ident:
                            fault(f"{where}: {code['system']} {code['code']} is also {other}'s in "
                                  f"{max(a, first)}..{min(b, last)}")
                        elif code["system"] != "name":
                            fault(f"{where}: {code['system']} {code['code']} twice")
                joined[key].append((first, last, ident))
    for path in sorted(glob.glob(os.path.join(PLACES, "names-*.toml"))):  # places/check_names.py checks them
        for entry in load(os.path.basename(path)[:-len(".toml")]).get("names", []):
            for name in [{"name": text} for text in entry.get("names", [])] + entry.get("dated", []):
                if fold(name["name"]):
                    walk.add("name", name["name"], name.get("first", FIRST), name.get("last", LAST), entry["place"])
    for ident, place in places.items():
        for key in ("successors", "riparians"):
            for other in place.get(key, []):
                if other not in places:
                    fault(f"{ident}: {key} names {other}, which no file declares")
    return places, walk


def read_sets(places):
    sets = {}
    document = load("sets")
    for key in document:
        if key != "set":
            fault(f"sets.toml: unknown table {key}")
    for entry in document.get("set", []):
        ident = entry.get("id", "?")
        where = f"sets.toml: {ident}"
        if ident in sets or ident in places:
            fault(f"{where}: id twice")
        sets[ident] = entry
        for key in entry.keys() - SET_KEYS:
            fault(f"{where}: unknown key {key}")
        if entry.get("kind") not in {"region", "organisation", "list"}:
            fault(f"{where}: kind {entry.get('kind')}")
        if not entry.get("source") or not is_day(entry.get("known_through")) or not entry.get("against"):
            fault(f"{where}: no source, known_through or against")
        if not entry.get("name", {}).get("en") or not entry.get("name", {}).get("zh"):
            fault(f"{where}: no name in both languages")
        if not entry.get("members"):
            fault(f"{where}: no members")
        spells = {}
        for member in entry.get("members", []):
            for key in member.keys() - {"place", "first", "last", "at_latest_since", "note"}:
                fault(f"{where}: unknown key {key} of a member")
            if member.get("place") not in places:
                fault(f"{where}: {member.get('place')} is no place")
            first, last = member.get("first", member.get("at_latest_since", FIRST)), member.get("last", LAST)
            if not is_day(first) or not is_day(last) or first > last:
                fault(f"{where}: days of {member.get('place')}")
            for a, b in spells.setdefault(member.get("place"), []):
                if a <= last and b >= first:
                    fault(f"{where}: {member.get('place')} twice")
            spells[member.get("place")].append((first, last))
    return sets


def check_areas(places):
    document = load("disputed")
    seen = set()
    areas = document.get("area", [])
    for area in areas:
        where = f"disputed.toml: {area.get('id')}"
        if area.get("id") in seen or area.get("id") in places:
            fault(f"{where}: id twice")
        seen.add(area.get("id"))
        for key in area.keys() - AREA_KEYS:
            fault(f"{where}: unknown key {key}")
        for key in ("name", "concerned", "note", "source", "reviewed"):
            if key not in area:
                fault(f"{where}: no {key}")
        for other in area.get("concerned", []):
            if other not in places:
                fault(f"{where}: {other} is no place")
        if "polygon" in area:  # without one it is a name, and the boundary file decides
            check_polygon(where, area["polygon"])
    shapes = [(p["id"], p["polygon"]) for p in places.values() if "polygon" in p]
    for group, label in ((shapes, "seas"), ([(a["id"], a["polygon"]) for a in areas if "polygon" in a], "areas")):
        for i, (a, p) in enumerate(group):
            for b, q in group[i + 1:]:
                if overlap(p, q):
                    fault(f"{label} {a} and {b} overlap")


def rows(directory, path, encoding="utf-8-sig", delimiter=","):
    full = os.path.join(directory, path)
    if not os.path.exists(full):
        notes.append(f"absent: {path}")
        return
    with open(full, encoding=encoding, errors="replace", newline="") as file:
        yield from csv.DictReader(file, delimiter=delimiter)


class Coverage:
    """Collects what does not resolve, per source, and reports each once with its days."""

    def __init__(self, walk):
        self.walk = walk
        self.count = {}
        self.missed = {}
        self.seen = set()

    def want(self, source, system, code, first=FIRST, last=LAST, left=()):
        key = (source, system, code, first, last)
        if key in self.seen:
            return
        self.seen.add(key)
        for group in left:
            if code in LEFT[group]:
                return
        self.count[source] = self.count.get(source, 0) + 1
        found = self.walk.find(system, code, first, last)
        if not found:
            spell = self.missed.setdefault((source, system, code), [first, last])
            spell[0], spell[1] = min(spell[0], first), max(spell[1], last)

    def year(self, source, system, code, year, left=()):
        self.want(source, system, code, f"{int(year):04d}-01-01", f"{int(year):04d}-12-31", left)


def check_data(directory, walk, places):
    csv.field_size_limit(10**9)
    seek = Coverage(walk)

    for path in sorted(glob.glob(os.path.join(directory, "treaties", "untreaties", "*.csv"))):
        for row in rows(directory, os.path.relpath(path, directory)):
            name = re.sub(r"[\s\d,*]+$", "", row.get("Participant") or "")
            if name:
                seek.want("treaties", "name", name, left=["treaty"])

    calls = {row["rcid"]: row["date"] for row in rows(directory, "un-votes/un_roll_calls.csv")}
    for row in rows(directory, "un-votes/un_votes.csv"):
        day = calls.get(row["rcid"], FIRST)
        seek.year("un-votes", "name", row["country"], day[:4])
        if row["country_code"] not in ("", "NA"):
            seek.year("un-votes", "iso2", row["country_code"], day[:4])
        elif row["country_code"] == "NA" and row["country"] == "Namibia":
            seek.year("un-votes", "iso2", "NA", day[:4])

    for row in rows(directory, "governance/state_fragility.csv"):
        seek.year("state_fragility", "name", row["Country"], row["Year"])
    for path in ("gdp", "population"):
        for row in rows(directory, f"governance/{path}.csv"):
            code, name = row["Country Code"], row["Country Name"]
            if code in LEFT["aggregate"]:
                for system, text in (("iso3", code), ("world-bank", code), ("name", name)):
                    if walk.find(system, text):
                        fault(f"{path}: aggregate {text} resolves as {system}")
                continue
            system = "iso3" if walk.find("iso3", code) else "world-bank"
            seek.want(path, system, code)
            seek.want(path, "name", name)
    for row in rows(directory, "governance/wgi.csv"):
        seek.want("wgi", "name", row["wb_country"])
        system = "iso3" if walk.find("iso3", row["wb_code"]) else "world-bank"
        seek.want("wgi", system, row["wb_code"])
        for system, column in (("gw", "GWn"), ("cow", "cown")):
            if row[column] not in ("", "NA"):
                seek.year("wgi", system, row[column], row["year"])
    for row in rows(directory, "governance/unhcr_population.csv"):
        for column in ("coo_iso", "coa_iso"):
            seek.want("unhcr", "iso3", row[column], left=["iso"])

    for path in ("owid_bio_chem_proliferation", "owid_nuclear_weapons_proliferation", "owid_nuclear_weapons_tests"):
        for row in rows(directory, f"nuclear/{path}.csv"):
            seek.year(path, "name", row["Entity"], row["Year"], left=["owid"])
    for row in rows(directory, "nuclear/nuclear_explosions.csv"):
        seek.year("nuclear_explosions", "name", row["country"], row["year"])

    for row in rows(directory, "gdelt/icews.events.2018.sample.tab", delimiter="\t"):
        for column in ("Source Country", "Target Country", "Country"):
            if row[column]:
                seek.want("icews", "name", row[column], "2018-01-01", "2018-12-31", left=["name"])
    for path, delimiter, geo in (("20190121220000.export.CSV", ";", (37, 45, 53)),
                                 ("20191024143000.export.CSV", "\t", (37, 45, 53)),
                                 ("gdelt1_events_sample.csv", "\t", (37, 44, 51))):
        full = os.path.join(directory, "gdelt", path)
        if not os.path.exists(full):
            continue
        with open(full, encoding="utf-8", errors="replace") as file:
            for line in file:
                cells = line.rstrip("\n").split(delimiter)
                if not cells[0].isdigit():
                    continue
                for column in (7, 17):
                    if cells[column]:
                        seek.year("gdelt", "cameo", cells[column], cells[3], left=["cameo"])
                for column in geo:
                    if column < len(cells) and cells[column]:
                        seek.year("gdelt", "fips", cells[column], cells[3], left=["fips"])

    for row in rows(directory, "peacekeeping/data_mission.csv"):
        seek.want("data_mission", "name", row["Country of Mission"])
        seek.want("data_mission", "iso3", row["Country of Mission ISO-3"])
    for row in rows(directory, "epidemics/DONdatabase.csv"):
        seek.want("don", "name", row["Country"], left=["don"])
        seek.want("don", "iso3", row["ISO"], left=["iso"])
    for row in rows(directory, "epidemics/outbreaks_13052026.csv"):
        seek.want("outbreaks", "name", row["Country"])
        seek.want("outbreaks", "iso3", row["iso3"], left=["iso"])
        seek.want("outbreaks", "iso2", row["iso2"], left=["iso"] if row["Country"] != "Namibia" else [])
    for path in glob.glob(os.path.join(directory, "food-prices", "*.csv")):
        for row in rows(directory, os.path.relpath(path, directory)):
            if not row["countryiso3"].startswith("#"):
                seek.want("food-prices", "iso3", row["countryiso3"])
    for row in rows(directory, "piracy/pirate_attacks.csv"):
        for column in ("nearest_country", "eez_country"):
            seek.want("pirate_attacks", "iso3", row[column], left=["iso"])

    for row in rows(directory, "water/EventMaster111710.csv", "latin-1"):
        for column in ("CCODE1", "CCODE2"):
            if row[column]:
                seek.want("tfdd events", "tfdd", row[column], left=["tfdd"])
        if row["BCode"]:
            seek.want("tfdd events", "tfdd-basin", row["BCode"], left=["basin"])
    for row in rows(directory, "water/WorkingMasterTreatiesDB_20180428.csv", "latin-1"):
        if row["CCODE"]:
            seek.want("tfdd treaties", "tfdd", row["CCODE"], left=["tfdd"])
        if row["BCODE"]:
            seek.want("tfdd treaties", "tfdd-basin", row["BCODE"], left=["basin"])

    for path, columns in (("cow_nmc", ["ccode"]), ("cow_igo_sy", ["ccode"]),
                          ("cow_mid_ddydisps", ["ccode1", "ccode2"])):
        for row in rows(directory, f"relations/{path}.csv"):
            for column in columns:
                seek.year(path, "cow", row[column], row["year"])
    for row in rows(directory, "relations/cow_majors.csv"):
        seek.year("cow_majors", "cow", row["ccode"], row["styear"])
        seek.year("cow_majors", "cow", row["ccode"], row["endyear"])
    for row in rows(directory, "codes/cow_states2016.csv"):
        for year in range(int(row["styear"]), int(row["endyear"]) + 1):
            seek.year("cow_states", "cow", row["ccode"], year)
    for row in rows(directory, "codes/gw_states.csv"):
        for year in range(int(row["startdate"][:4]), int(row["enddate"][:4]) + 1):
            seek.year("gw_states", "gw", row["gwcode"], year)
    for row in rows(directory, "relations/ucdp_acd.csv"):
        for column in ("gwno_a", "gwno_a_2nd", "gwno_b", "gwno_b_2nd"):
            for code in re.split(r"[,;]\s*", row[column] or ""):
                if code.strip():
                    seek.year("ucdp_acd", "gw", code.strip(), row["year"])
    for row in rows(directory, "ucdp/organizedviolencecy_v25_1.csv"):
        seek.year("organizedviolencecy", "gw", row["country_id_cy"], row["year_cy"])
        seek.year("organizedviolencecy", "name", row["country_cy"], row["year_cy"])
    for row in rows(directory, "ucdp/ged_country_month_1989_2020.csv"):
        seek.year("ged_country_month", "gw", row["gwcode"], row["month"][:4])
        seek.year("ged_country_month", "name", row["country"], row["month"][:4])
    for path in ("ucdpged", "ucdp_ged_BGD_hxl", "ucdp_syria_df"):
        for row in rows(directory, f"ucdp/{path}.csv"):
            if not row["year"].isdigit():
                continue
            seek.year(path, "name", row["country"], row["year"])
            for column in ("gwnoa", "gwnob", "country_id"):
                for code in re.split(r"[,;]\s*", row.get(column) or ""):
                    if code.strip() not in ("", "NA"):
                        seek.year(path, "gw", code.strip(), row["year"])
    for row in rows(directory, "ucdp/ucdp-actor-221.csv"):
        for code in re.split(r"[,;]\s*", row["GWNOLoc"] or ""):
            if code.strip():
                seek.want("ucdp-actor", "gw", code.strip())

    seas = [p for p in places.values() if p["kind"] == "sea"]
    near = dict.fromkeys((p["id"] for p in seas), 0)
    total, nowhere = 0, {}
    for row in rows(directory, "piracy/RAW_ASAM.csv"):
        seek.want("asam", "asam-subregion", row["subreg"], left=["subregion"])
        point = degree_minute(row["position"] or "")
        if point and seas:
            total += 1
            here = [p["id"] for p in seas if inside(point, p["polygon"])]
            for ident in here:
                near[ident] += 1
            if not here:
                nowhere[row["subreg"]] = nowhere.get(row["subreg"], 0) + 1
    if total:
        print(f"asam: {total} positions, {sum(near.values())} in a sea, outside by subregion:",
              " ".join(f"{k}:{v}" for k, v in sorted(nowhere.items())))
        print("  " + " ".join(f"{k}={v}" for k, v in sorted(near.items(), key=lambda kv: -kv[1])))

    for source, number in seek.count.items():
        print(f"{source}: {number} codes or names and years asked")
    for (source, system, code), (first, last) in sorted(seek.missed.items()):
        days = "" if (first, last) == (FIRST, LAST) else f" in {first[:4]}..{last[:4]}"
        fault(f"{source}: {system} {code!r} resolves nowhere{days}")


def degree_minute(text):
    """19°28'00"N, 41°00'00"W and its kin; None if not read."""
    number = r"(\d+)\D+?(\d+)?\D*?([\d.]*)\D*?"
    match = re.match(rf"\s*(\d+)\D+(\d+)\D+([\d.]*)\D*?([NS])\D*(\d+)\D+(\d+)\D+([\d.]*)\D*?([EW])", text)
    if not match:
        return None
    part = match.groups()
    lat = float(part[0]) + float(part[1]) / 60 + float(part[2] or 0) / 3600
    lon = float(part[4]) + float(part[5]) / 60 + float(part[6] or 0) / 3600
    return (-lon if part[7] == "W" else lon, -lat if part[3] == "S" else lat)


def main():
    directory = sys.argv[1] if len(sys.argv) > 1 else os.path.join(ROOT, "..", "shared", "data")
    places, walk = read_places()
    sets = read_sets(places)
    check_areas(places)
    if os.path.isdir(directory):
        check_data(directory, walk, places)
    else:
        print(f"SKIPPED coverage: no data at {directory}")
    kinds = {}
    for place in places.values():
        kinds[place.get("kind")] = kinds.get(place.get("kind"), 0) + 1
    print("places:", " ".join(f"{k}={v}" for k, v in sorted(kinds.items())), "| sets:", len(sets))
    for text in notes:
        print("note:", text)
    for text in faults:
        print("fault:", text)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
