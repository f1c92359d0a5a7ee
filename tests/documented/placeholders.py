"""The files that documented commands name as if they were the reader's own: made up, small, in the layouts that the
text around them promises."""
import csv
import datetime
import io
import math
import pathlib
import random
import shutil
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import harness

MONTHS = [f"{year}-{month:02}" for year in range(1989, 2022) for month in range(1, 13)]
COUNTRIES = ["100", "490", "520", "625", "700", "775"]
VOTERS = ["US", "RU", "CN", "IL", "FR", "GB", "BR", "IN", "ZA"]
YEARS = range(1980, 2021)
CELLS = list(range(149426, 149446))
GED = [
    "id", "relid", "year", "type_of_violence", "conflict_new_id", "side_a_new_id", "side_b_new_id", "where_prec",
    "latitude", "longitude", "priogrid_gid", "country", "country_id", "date_start", "date_end", "best", "high", "low",
]
ASAM = ["reference", "date", "position", "navArea", "subreg", "hostility", "victim", "description", ""]


def table(header, rows):
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()


def counts(seed, base=6):
    """A count a month and country: seasonal, bursty, some countries silent for years."""
    dice = random.Random(seed)
    for country in COUNTRIES:
        level = dice.choice([0.3, 2, base, 4 * base])
        for i, month in enumerate(MONTHS):
            if i % 90 == 0:
                level = dice.choice([0, 0.3, 2, base, 4 * base])
            yield country, month, int(dice.expovariate(1 / level)) if level else 0


def ged(first=1, every=5):
    """Events in every so many months, two to four a month, in the layout of UCDP GED."""
    rows = []
    for number, month in enumerate(MONTHS[::every], first):
        for k in range(1, 3 + number % 3):
            day = f"{month}-{1 + (number * 7 + k) % 27:02} 00:00:00.000"
            cell = CELLS[(number + k) % 20]
            rows.append([f"{number}{k}", f"X-{number}-{k}", month[:4], 1, 1, 2, 3, 1, 33.5, 36.3, cell, "Land", 652,
                         day, day, k, k + 1, k])
    return table(GED, rows)


def gdelt():
    """Three machine-coded events, one of them dated a year back."""
    out = ""
    for number, day in enumerate(("20191024", "20191024", "20181024"), 1):
        cells = [""] * 61
        cells[0:5] = [str(number), day, day[:6], day[:4], day[:4] + ".8"]
        cells[5] = cells[7] = "FRA"
        cells[12] = "GOV"
        cells[25:34] = ["1", "190", "190", "19", "4", "-10.0", "3", str(number), "3"]
        cells[51], cells[53], cells[56], cells[57] = "4", "FR", "48.85", "2.35"
        cells[59:61] = ["20191024143000", "http://example.org/a"]
        out += "\t".join(cells) + "\n"
    return out


def asam():
    """A report a quarter off the coast of Benin since 2007, twenty in November 2020, and some elsewhere."""
    rows = []

    def report(day, lat, lon):
        position = f"{lat}\u00b000'00\"N {lon}\u00b000'00\"E"
        rows.append([f"{day[:4]}-{len(rows) + 1}", day, position, "II", "57", "Pirates", "Vessel", "boarded", ""])

    for year in range(2007, 2021):
        for month in range(1, 13):
            if month % 3 == 2:
                report(f"{year}-{month:02}-07", 4, 3)
            report(f"{year}-{month:02}-{1 + (year + month) % 27:02}", 1, 104)
    for day in range(1, 21):
        report(f"2020-11-{day:02}", 4, 3)
    report("2020-12-20", 1, 104)
    return "\ufeff" + table(ASAM, rows)


def weekly():
    """Seven years of weeks with a season, and one week far above it."""
    rows = []
    for year in range(2015, 2022):
        for week in range(1, 53):
            outbreak = 40 if (year, week) == (2021, 40) else 0
            cases = int(20 + 8 * math.sin(week / 8) + (week * 7 + year) % 11 + outbreak)
            rows.append([f"{year}-W{week:02}", cases, (week * 5 + year) % 7])
    return table(["week", "cases", "listings"], rows)


def monthly():
    rows = []
    for i, month in enumerate(MONTHS[-120:]):
        rows.append([month, (i * 5) % 9, round(100 + i / 3 + 10 * math.sin(i), 2), round(90 + i / 6, 2)])
    return table(["month", "incidents", "price", "cpi"], rows)


def prices():
    rows = []
    for i, month in enumerate(MONTHS[-96:]):
        rows.append([month, round(50 + i / 4 + 9 * math.sin(i / 2), 2), round(100 + i / 9, 2)])
    return table(["month", "price", "cpi"], rows)


def incidents():
    """Three years of a ministry's log: semicolons, days day first, decimal commas; more and more at the end in Mali."""
    lines = ["date;lieu;type;nombre;d\u00e9g\u00e2ts (millions);remarque"]
    for i in range(1095):
        day = datetime.date(2019, 1, 1) + datetime.timedelta(days=i)
        for j, place in enumerate(("Mali", "Tchad", "Burkina Faso")):
            n = 2 + (i * 7 + j) % 3 + (4 if j == 0 and i > 1070 else 0)
            lines.append(f"{day:%d/%m/%Y};{place};attaque;{n};{n},5;pr\u00e8s du march\u00e9")
    return "\n".join(lines) + "\n"


def local_prices():
    lines = ["mois;march\u00e9;produit;unit\u00e9;prix"]
    for i, month in enumerate(MONTHS[-60:]):
        for j, market in enumerate(("Bamako", "Gao", "Kayes")):
            price = (250 + (3 * i + j) % 9) * (2 if j == 1 and i > 57 else 1)
            lines.append(f"{month[5:]}/{month[:4]};{market};Mil;kg;{price},50")
    return "\n".join(lines) + "\n"


def votes():
    """Roll calls and ballots of three sessions."""
    calls, ballots = [], []
    for session in (70, 71, 72):
        for k in range(12):
            rcid = session * 100 + k
            calls.append([rcid, session, "SHORT", f"Question {k}"])
            for v, voter in enumerate(VOTERS):
                side = (v * 3 + k * 7 + session) % 3 if v % 2 else min(2, (v + k) // 8)
                ballots.append([rcid, f"Land {v}", voter, ("yes", "abstain", "no")[side]])
    return (table(["rcid", "session", "short", "descr"], calls),
            table(["rcid", "country", "country_code", "vote"], ballots))


def un_list(day, entries):
    """A list in the layout of the Security Council's: made-up bodies."""
    bodies = "".join(
        f"<ENTITY><DATAID>{i}</DATAID><VERSIONNUM>1</VERSIONNUM><FIRST_NAME>{name}</FIRST_NAME>"
        f"<UN_LIST_TYPE>Al-Qaida</UN_LIST_TYPE><REFERENCE_NUMBER>{reference}</REFERENCE_NUMBER>"
        f"<LISTED_ON>2001-02-03</LISTED_ON></ENTITY>" for i, (reference, name) in enumerate(entries))
    return (f"<?xml version='1.0' encoding='UTF-8'?><CONSOLIDATED_LIST dateGenerated='{day}T23:00:00Z'>"
            f"<INDIVIDUALS></INDIVIDUALS><ENTITIES>{bodies}</ENTITIES></CONSOLIDATED_LIST>")


def two_lines(number, name, inclination, node, anomaly):
    """An element set of 31 October 2024, 420 km up."""
    def summed(line):
        return f"{line}{sum(int(c) if c.isdigit() else c == '-' for c in line) % 10}"
    return "\n".join([name, summed(f"1 {number:05}U 24001A   24305.50000000  .00001000  00000+0  10000-3 0  999"),
                      summed(f"2 {number:05} {inclination:8.4f} {node:8.4f} 0001000  20.0000 {anomaly:8.4f} "
                             "15.50000000    1"), ""])


def orbits(day="2024-10-31"):
    keys = ["OBJECT_NAME", "OBJECT_ID", "EPOCH", "MEAN_MOTION", "ECCENTRICITY", "INCLINATION", "RA_OF_ASC_NODE",
            "ARG_OF_PERICENTER", "MEAN_ANOMALY", "NORAD_CAT_ID", "BSTAR"]
    objects = [(25544, "STATION A", 51.6, 10), (48274, "STATION B", 41.5, 80), (90001, "PROBE", 97.5, 10)]
    return table(keys, [[name, "2024-001A", f"{day}T12:00:00", 15.5, 0.0001, inclination, node, 20, 340, number, 0.0001]
                        for number, name, inclination, node in objects])


def attacks_at_sea():
    return table(["date", "time", "longitude", "latitude", "attack_type", "location_description", "nearest_country",
                  "eez_country", "shore_distance", "shore_longitude", "shore_latitude", "attack_description",
                  "vessel_name", "vessel_type", "vessel_status", "data_source"],
                 [[f"2020-{1 + i % 12:02}-{1 + i % 27:02}", "NA", 2.4 + i / 50, 6.2, "Boarded", "off Cotonou", "BEN",
                   "BEN", 12, 2.4, 6.3, "made up", "NA", "NA", "Anchored", "made up"] for i in range(40)])


def waters():
    """Events between states about a basin, a row a pair of states, and an agreement on it."""
    events = [[f"{i}{k}", i, f"{1 + i % 12}/25/{1990 + i % 18}", f"{a}_{b}", "NILE", a, b, 9,
               -1 - i % 3 if i % 2 else 3, "y", 2] for i in range(1, 40)
              for k, (a, b) in enumerate((("EGY", "SDN"), ("EGY", "ETH")))]
    agreements = [[k, f"NILE_{c}", "NILE", c, 31, "Made-up agreement", "1/25/1995", "Egypt, Sudan", 4, "N", 1, "Y",
                   0]
                  for k, c in enumerate(("EGY", "SDN"))]
    header = ["ID", "UNIQUE_ID", "DATE", "DYAD_CODE", "BCode", "CCODE1", "CCODE2", "COPDAB_SCALE", "BAR_Scale",
              "EVENT_TYPE", "Issue_Type1"]
    return table(header, events), table(
        ["Entry ID", "BCCODE", "BCODE", "CCODE", "2016Update ID", "DocumentName", "DateSigned", "Signatories",
         "DocType", "RBO", "PriorNotification", "Monitoring", "Conflict Resolution Mechanism"], agreements)


def make(folder, icosa):
    """All of them in `folder`; `icosa(*words)` runs the program there."""
    def write(name, text):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")

    for name in ("ged251.csv", "GEDEvent_v25_1.csv", "ged.csv"):
        write(name, ged())
    write("syria.csv", ged(first=1001, every=31))
    write("downloads/GEDEvent_v26_1.csv", ged(first=2001, every=29))
    write("RAW_ASAM.csv", asam())
    write("20191024143000.export.CSV", gdelt())
    write("weekly.csv", weekly())
    write("monthly.csv", monthly())
    write("prices.csv", prices())
    write("yearly.csv", table(["year", "persons"], [[y, 1000 + 37 * (y - 1980) + y * y % 97] for y in YEARS]))
    weeks = [[f"2020-W{w:02}", 3 + w % 4 + (30 if w == 50 else 0)] for w in range(1, 53)]
    write("counts.csv", table(["week", "cases"], weeks))
    write("districts.csv", table(["week", "district", "cases"],
                                 [[week, d, int(cases) + d] for week, cases in weeks for d in (1, 2)]))
    towns = [(f"town {i}", 40 + i // 6 / 2, 10 + i % 6 / 2, month, i * len(month) * int(month[-2:]) % 5)
             for i in range(36) for month in MONTHS[-24:]]
    write("events.csv", table(["lat", "lon", "date", "iso3"],
                              [[48.857, 2.352, "2004-01-05", "FRA"], [4.85, 31.6, "2004-02-05", "SDN"],
                               [12.3, 47.5, "2004-03-05", ""]]))
    write("towns.csv", table(["location", "lat", "lon", "time", "count"], towns))
    write("villages.csv", table(["location", "lat", "lon", "time", "count", "population"],
                                [[*town, 1000 + 37 * i % 500] for i, town in enumerate(towns)]))
    write("sightings.csv", table(["lat", "lon", "time"], [[lat, lon, month] for _, lat, lon, month, n in towns if n]))
    write("incidents.csv", incidents())
    bodies = [(f"QDe.{i:03}", f"MADE UP BODY {i}") for i in range(1, 120)]
    write("older.xml", un_list("2025-04-19", bodies[:-1]))
    write("newer.xml", un_list("2025-08-02", bodies[1:]))
    write("un.xml", un_list("2025-08-02", bodies))
    sdn = "".join(f'{i},"EXAMPLE BODY {i}",-0- ,"CUBA",' + "-0- ," * 7 + "-0- \r\n" for i in range(1, 9))
    for name in ("sdn.csv", "ofac/sdn.csv"):
        write(name, sdn)
    write("customers.csv", table(["full_name"], [["Anna Muster"], ["Made-up Body 7"], ["Example Body Two"]]))
    write("name_pairs.csv", table(["name1", "name2"],
                                  [["Anna Muster", "Muster, Anna"], ["Anna Muster", "Otto Beispiel"]]))
    write("pirate_attacks.csv", attacks_at_sea())
    write("way.csv", table(["name", "lat", "lon"], [["west", 5.5, 1.0], ["east", 5.5, 4.0], ["delta", 3.6, 6.2]]))
    for name, text in zip(("EventMaster.csv", "Treaties.csv"), waters()):
        write(name, text)
    for name in ("gp.csv", "catalogue.csv"):
        write(name, orbits())
    write("stations.tle", two_lines(25544, "STATION A", 51.6, 10, 340) + two_lines(48274, "STATION B", 41.5, 80, 340))
    write("cases.csv", table(["week", "region", "cases"],
                             [[week, r, int(cases) + k] for week, cases in weeks
                              for k, r in enumerate(("Kayes", "Gao"))]))
    write("prix.csv", local_prices())
    calls, ballots = votes()
    write("un_roll_calls.csv", calls)
    write("un_votes.csv", ballots)
    deaths = list(counts(1))
    write("deaths.csv", table(["month", "country", "best"], [[m, c, n] for c, m, n in deaths if m < "2021"]))
    write("PANEL.csv", table(["month", "country", "deaths_state_based"], [[m, c, n] for c, m, n in deaths]))
    write("attacks.csv", table(["month", "unit", "count"], [[m, c, n] for c, m, n in counts(2)]))
    one_sided = [[m, c, n] for c, m, n in counts(3)]
    write("ged_country_month_1989_2020.csv", table(["month", "views_country_id", "deaths_one_sided"], one_sided))
    write("2021.csv", table(["month", "country", "best"], [[m, c, n] for c, m, n in deaths if m >= "2021"]))
    write("2018.csv", table(["month", "country", "best"], [[m, c, n] for c, m, n in deaths if m[:4] == "2018"]))
    number = {m: i + 109 for i, m in enumerate(MONTHS)}
    write("cm.csv", table(["month_id", "country_id", "ged_sb"], [[number[m], c, n] for c, m, n in deaths]))
    write("borders.csv", table(["unit", "neighbour"], [["100", "490"], ["520", "625"]]))
    write("pairs.csv", table(["unit", "neighbour"], [["100", "490"], ["520", "625"]]))
    write("regions.csv", table(["unit", "region"], [[c, "north" if c < "600" else "south"] for c in COUNTRIES]))
    figures = [[c, y, 100 + y % 13 + int(c)] for c in COUNTRIES for y in range(1988, 2021)]
    write("gdp.csv", table(["unit", "time", "gdp"], figures))
    write("cells.csv", table(["priogrid_gid", "country_id"], [[gid, 652] for gid in CELLS]))
    (folder / "docs").mkdir(exist_ok=True)
    (folder / "docs" / "examples").symlink_to(harness.ROOT / "docs" / "examples")
    shutil.copy(harness.ROOT / "docs" / "examples" / "deaths-at-a-high.toml", folder / "trigger.toml")
    # what the commands themselves leave behind
    ask = ("forecast", "--panel", "deaths.csv", "--unit", "country", "--value", "best")
    icosa(*ask, "--origin", "2020-10", "--first", "2021-01", "--last", "2021-12", "--out", "draws.parquet")
    icosa(*ask, "--origin", "2017-10", "--first", "2018-01", "--last", "2018-12", "--out", "draws.csv")
    icosa("forecast", "--panel", "ged.csv", "--unit", "priogrid_gid", "--time", "date_start", "--value", "best",
          "--sparse", "--cells", "cells.csv", "--model", "cells",
          "--origin", "2020-10", "--first", "2021-01", "--last", "2021-06", "--out", "grid.sketch.parquet")
    icosa("ingest", str(harness.STARTER), "--recursive", "--db", "starter.duckdb")
    icosa("forecast", "--panel", "cm.csv", "--unit", "country_id", "--time", "month_id", "--value", "ged_sb",
          "--origin", "490", "--first", "493", "--last", "504", "--challenge", "--out", "challenge.csv")
    shutil.copy(folder / "starter.duckdb", folder / "icosa.duckdb")
    icosa("ingest", "ged251.csv", "RAW_ASAM.csv", "EventMaster.csv", "Treaties.csv", "20191024143000.export.CSV",
          "--db", "my.duckdb")
    icosa("ingest", "older.xml", "newer.xml", "--db", "lists.duckdb")
    # packs of one's own, with another framework beside
    shutil.copytree(harness.ROOT / "packs", folder / "my-packs")
    shutil.copy(harness.ROOT / "references.toml", folder / "my-packs")
    gsi = (harness.ROOT / "packs/framework/gsi.toml").read_text(encoding="utf-8")
    write("my-packs/framework/new-agenda.toml", gsi)
