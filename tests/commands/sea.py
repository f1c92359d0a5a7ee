"""icosa route and icosa basins: made-up incidents, ships, events and agreements; words, JSON, files; what is wrong in
places, waypoints and months; the word that neither may use."""
import csv
import datetime
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import harness

WORD = "ri" + "sk"  # never of passage: nobody knows how many pass everywhere


def months(first, last):
    """Every month from (year, month) to (year, month), both within."""
    year, month = first
    while (year, month) <= last:
        yield f"{year}-{month:02}"
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def incidents():
    """Two a year at the Singapore Strait from 2014 to 2019 and nine in 2020, and one far away at either end."""
    rows = ["10,-30,2014-01-01", "10,-30,2020-12-31"]
    for year in range(2014, 2020):
        rows += [f"1.2,104,{year}-02-10", f"1.2,104,{year}-08-10"]
    rows += [f"1.25,104,2020-{month:02}-10" for month in range(1, 10)]
    return "lat,lon,time\n" + "".join(row + "\n" for row in rows)


def asam(rows):
    out = "reference,date,position,navArea,subreg,hostility,victim,description,\n"
    for number, (day, kind) in enumerate(rows, 1):
        out += f'2020-{number},{day},"26°30\'00""N \n56°24\'00""E",IX,62,{kind},Tanker,"two\nlines",\n'
    return out


def imb(days):
    out = ("date,time,longitude,latitude,attack_type,location_description,nearest_country,eez_country,"
           "shore_distance,vessel_status\n")
    return out + "".join(f"{day},NA,56.5,26.5,Boarded,x,OMN,OMN,1,Berthed\n" for day in days)


def ships(first, last, a_day):
    out = "date,portid,portname,n_tanker,n_cargo,n_total,capacity\n"
    for month in months(first, last):
        for day in range(1, 29 if month.endswith("02") else 31):
            out += f"{month}-{day:02},chokepoint6,Strait of Hormuz,{a_day},0,{a_day},1\n"
    return out


EVENTS = """ID,UNIQUE_ID,DATE,DYAD_CODE,BCode,CCODE1,CCODE2,COPDAB_SCALE,BAR_Scale,EVENT_TYPE,Issue_Type1
1,7,3/14/1990,EGY_SDN,NILE,EGY,SDN,9,-2,y,2
2,7,3/14/1990,EGY_ETH,NILE,EGY,ETH,9,-2,y,2
3,7,3/14/1990,ETH_SDN,NILE,ETH,SDN,9,-1,y,2
4,8,5/1/1999,EGY_SDN,NILE,EGY,SDN,5,3,y,1
5,9,5/1/2001,EGY_SDN,NILE,EGY,SDN,9,-1,y,1
6,10,6/1/2001,EGY_UNO,NILE,EGY,UNO,9,,y,1
7,11,7/1/2001,MMR_THA,SALW,MMR,THA,9,-3,y,1
"""
AGREEMENTS = """Entry ID,BCCODE,BCODE,CCODE,2016Update ID,DocumentName,DateSigned,Signatories,DocType,RBO,\
PriorNotification,Monitoring,Conflict Resolution Mechanism
1,NILE_EGY,NILE,EGY,31,"Made-up agreement, with annex",1/25/1995,"Egypt, Sudan",4,N,1,N.A.,0
2,NILE_SDN,NILE,SDN,31,"Made-up agreement, with annex",1/25/1995,"Egypt, Sudan",4,N,1,N.A.,0
3,NILE_KEN,NILE,KEN,32,Made-up protocol,1/25/2002,"Kenya",4,Y,0,Y,"2, 3"
"""


class Route(harness.Case):
    def told(self, *words):
        return json.loads(self.icosa("route", *words, "--json").out)

    def test_files_of_ones_own(self):
        self.write("mine.csv", incidents())
        words = ("--from", "malacca-strait", "--to", "con-son", "--events", "mine.csv", "--as-of", "2021-01-10")
        told = self.told(*words)
        self.assertEqual(told["route"], "Strait of Malacca to off Con Son")
        self.assertEqual((told["first"], told["last"]), ("2006-01", "2020-12"))
        self.assertEqual((told["incidents"], told["route_months"]), (21, 84), "months before 2014 are not known")
        self.assertIsNone(told["months"][0]["incidents"])
        year = told["year"]
        self.assertEqual((year["now"]["incidents"], year["before"]["incidents"]), (9, 2))
        self.assertEqual((year["now"]["in_the_world"], year["before"]["in_the_world"]), (10, 2))
        self.assertAlmostEqual(year["ratio"]["value"], 4.5)
        self.assertLess(year["ratio"]["low"], 1)
        self.assertAlmostEqual(year["p_value"], 0.0654296875, 9)
        self.assertEqual(told["five_years"]["before"]["incidents"], 10)
        self.assertEqual([leg["incidents"] for leg in told["legs"]], [0, 21])
        self.assertIsNone(told["trend"], "seven whole years")
        self.assertEqual({one["lacking"] for one in told["straits"]},
                         {"no count of ships at hand: a store with the passages of ships has it"})
        text = self.icosa("route", *words).out
        self.assertIn("known from 2014-01-01 through 2020-12-31, whole months to 2020-12", text)
        self.assertNotIn(WORD, (text + json.dumps(told)).lower())

    def test_files_that_it_writes(self):
        self.write("mine.csv", incidents())
        self.icosa("route", "--from", "malacca-strait", "--to", "con-son", "--events", "mine.csv", "--since", "2019-01",
                   "--out", "m.csv", "--incidents", "i.csv", "--geojson", "r.geojson", "--svg", "r.svg")
        by_month = list(csv.DictReader((self.folder / "m.csv").open()))
        self.assertEqual(len(by_month), 24)
        self.assertEqual(sum(float(row["incidents"]) for row in by_month), 11)
        rows = list(csv.DictReader((self.folder / "i.csv").open()))
        self.assertEqual(len(rows), 11)
        self.assertEqual((rows[0]["day"], rows[0]["lines"], rows[0]["leg"]), ("2019-02-10", "mine.csv:14", "2"))
        shapes = json.loads((self.folder / "r.geojson").read_text())
        kinds = [one["properties"]["what"] for one in shapes["features"]]
        self.assertEqual((kinds.count("route"), kinds.count("incident")), (1, 11))
        self.assertIn("no opinion", shapes["notice"])
        self.assertTrue((self.folder / "r.svg").read_text().startswith("<?xml"))

    def test_two_sources_and_ships_of_a_store(self):
        days = [f"2020-{month:02}-05" for month in range(1, 11)]
        self.write("RAW_ASAM.csv", asam([("2018-01-01", "")] + [(day, "") for day in days]
                                        + [("2020-11-05", "Suspicious Approach"), ("2021-01-01", "")]))
        self.write("pirate_attacks.csv", imb(["2018-01-01", "2020-01-06", "2020-02-09", "2020-11-06"]))
        self.write("transits.csv", ships((2019, 1), (2020, 12), 10))
        self.ingest("RAW_ASAM.csv", "pirate_attacks.csv", "transits.csv")
        words = ("--from", "persian-gulf-north", "--to", "ras-al-hadd", "--db", "a.duckdb", "--as-of", "2021-02-01",
                 "--until", "2020-12")
        told = self.told(*words)
        sources = {one["source"]: one for one in told["sources"]}
        self.assertEqual((sources["asam"]["reports"], sources["asam"]["told_by_another_too"]), (12, 2))
        other = sources["pirate-attacks"]
        self.assertEqual((other["reports"], other["told_by_another_too"]), (4, 3),
                         "a suspicious approach of one is an attack of the other")
        self.assertTrue(sources["asam"]["is_extract"])
        self.assertEqual(told["year"]["sources"], ["asam"], "the other ends in November")
        self.assertEqual(told["year"]["now"]["incidents"], 11)
        hormuz = next(one for one in told["straits"] if one["id"] == "hormuz-strait")
        self.assertEqual((hormuz["transits"], hormuz["transits_before"]), (3660, 3650))
        self.assertAlmostEqual(hormuz["incidents_per_1000_transits"]["value"], 11 / 3.66, 9)
        self.assertIsNone(hormuz["ratio"]["value"], "none in the year before: beyond any number")
        early = self.told(*words[:-1], "2018-12")
        hormuz = next(one for one in early["straits"] if one["id"] == "hormuz-strait")
        self.assertEqual(hormuz["lacking"], "no count of ships before 2019-01-01")
        self.assertNotIn("transits", hormuz, "absent, not zero")
        rows = self.icosa("route", *words, "--incidents", "i.csv", "--threads", "1").out
        self.assertEqual(rows, self.icosa("route", *words, "--threads", "2").out)
        lines = {row["day"]: row["lines"] for row in csv.DictReader((self.folder / "i.csv").open())}
        self.assertEqual(lines["2020-01-05"], "RAW_ASAM.csv:5; pirate_attacks.csv:3")
        self.assertNotIn(WORD, rows.lower())
        self.assertIn("11 incidents among 3660 transits: 3.01 (1.5 to 5.38)", rows)

    def test_waypoints(self):
        self.write("mine.csv", incidents())
        self.write("way.csv", "name,lat,lon\nharbour,1.2,103\nanchorage,1.2,105\n")
        told = self.told("--waypoints", "way.csv", "--events", "mine.csv")
        self.assertEqual((told["route"], told["incidents"], told["by_lanes"]), ("harbour to anchorage", 21, False))
        self.write("swapped.csv", "lat,lon\n103,1.2\n105,1.2\n")
        err = self.icosa("route", "--waypoints", "swapped.csv", "--events", "mine.csv", code=4).err
        self.assertIn("swapped.csv:2:1: error[bad-latitude]", err)
        self.assertIn("may be swapped", err)
        for text, code in (("lat,lon\n1,2\n", "one-waypoint"), ("lat,lon\n1,2\n1,2\n", "same-waypoint"),
                           ("lat,lon\n10,20\n-10,-160\n", "opposite-waypoints"), ("lat,lon\n", "no-rows"),
                           ("a,b\n1,2\n", "unknown-column")):
            self.write("bad.csv", text)
            err = self.icosa("route", "--waypoints", "bad.csv", "--events", "mine.csv", code=4).err
            self.assertIn(f"error[{code}]", err)

    def test_what_is_wrong_in_the_words(self):
        self.write("mine.csv", incidents())
        here = ("--events", "mine.csv")
        err = self.icosa("route", "--from", "hormus-strait", "--to", "suez-canal", *here, code=2).err
        self.assertIn("did you mean 'hormuz-strait'?", err)
        self.assertIn("error[same-place]", self.icosa("route", "--from", "suez-canal", "--to", "Suez Canal", *here,
                                                      code=2).err)
        self.assertIn("error[no-route]", self.icosa("route", "--from", "suez-canal", *here, code=2).err)
        self.write("island.toml", '[sea_lanes]\nsource = "x"\nreviewed = "2026-11-30"\n[[sea_node]]\nid = "lagoon"\n'
                                  'name = "Lagoon"\nat = [1, 2]\n')
        self.assertIn("error[no-way]", self.icosa("route", "--from", "lagoon", "--to", "suez-canal", "--add",
                                                  "island.toml", *here, code=2).err)
        self.assertIn("error[two-routes]", self.icosa("route", "--from", "suez-canal", "--waypoints", "x.csv", *here,
                                                      code=2).err)
        way = ("--from", "malacca-strait", "--to", "singapore-strait", *here)
        self.assertIn("error[bad-month]", self.icosa("route", *way, "--since", "x", code=2).err)
        self.assertIn("error[bad-months]", self.icosa("route", *way, "--since", "2020-05", "--until", "2020-01",
                                                      code=2).err)
        self.assertIn("known through 2020-12-31", self.icosa("route", *way, "--until", "2022-01", code=4).err)
        self.assertIn("error[unknown-taxonomy]", self.icosa("route", *way, "--taxonomy", "x", code=2).err)
        self.write("RAW_ASAM.csv", asam([("2020-01-05", "26°30'00\"N 56°24'00\"E")]))
        self.assertIn("did you mean 'piracy'?", self.icosa("route", *way[:4], "--events", "RAW_ASAM.csv", "--kind",
                                                           "pirracy", code=2).err)
        self.write("w.csv", "lat,lon,lat\n1,2,3\n4,5,6\n")
        self.assertIn("w.csv:1:1: error[doubled-column]",
                      self.icosa("route", "--waypoints", "w.csv", *here, code=4).err)
        self.write("transits.csv", ships((2020, 1), (2020, 2), 10))
        self.ingest("transits.csv")
        self.assertIn("error[no-incidents]", self.icosa("route", *way[:4], "--db", "a.duckdb", code=4).err)

    def test_what_is_left_out_and_what_is_not_known(self):
        self.write("mine.csv", incidents() + ",104,2019-02-10\n1.2,104,\n")
        words = ("--from", "malacca-strait", "--to", "singapore-strait", "--events", "mine.csv")
        self.assertIn("left out: 1 without a position, 1 without a day", self.icosa("route", *words).err)
        answer = self.icosa("route", *words, "--until", "1800-01")
        self.assertIn("no source tells of a month of it, so nothing is known", answer.out)
        self.assertIsNone(self.told(*words, "--until", "1800-01")["incidents_per_month"])


class Basins(harness.Case):
    def setUp(self):
        super().setUp()
        self.write("EventMaster.csv", EVENTS)
        self.write("Treaties.csv", AGREEMENTS)
        self.ingest("EventMaster.csv", "Treaties.csv")

    def told(self, *words):
        told = json.loads(self.icosa("basins", *words, "--db", "a.duckdb", "--json").out)
        return told, {one["id"]: one for one in told["basins"]}

    def test_an_event_counts_once(self):
        told, basins = self.told()
        self.assertEqual((told["events_known_through"], told["agreements_known_through"]), ("2001-07-01", "2002-01-25"))
        nile = basins["nile-basin"]
        self.assertEqual((nile["events"], nile["pair_rows"]), (4, 6))
        self.assertEqual((nile["conflictive"], nile["cooperative"]), (2, 1))
        self.assertEqual((nile["levels"]["-2"], nile["levels"]["-1"], nile["levels"]["3"]), (1, 1, 1),
                         "the commonest level of its pairs")
        self.assertEqual(nile["conflictive_not_covered"], 1, "that of 1990 was before any agreement")
        self.assertEqual([one["first_year"] for one in nile["decades"]], [1990, 2000])
        self.assertEqual(told["basins"][0]["id"] in ("nile-basin", "salween-basin"), True)

    def test_agreements_and_gaps(self):
        nile = self.told("nile")[1]["nile-basin"]
        first, second = nile["agreements"]
        self.assertEqual((first["title"], first["signatories"]), ("Made-up agreement, with annex", ["egy", "sdn"]))
        self.assertEqual(first["provides"], {"organisation": "no", "prior notice": "yes", "settlement": "no",
                                             "monitoring": "not known"})
        self.assertEqual(second["provides"]["settlement"], "yes")
        self.assertIn("eth", nile["outside_all_agreements"])
        self.assertNotIn("ken", nile["outside_all_agreements"])
        self.assertEqual(self.told("SALW")[1]["salween-basin"]["gaps"], ["no agreement"])
        earlier = self.told("nile", "--until", "2000-01-01")[1]["nile-basin"]
        self.assertEqual((earlier["events"], len(earlier["agreements"])), (2, 1))
        self.assertEqual(earlier["gaps"][:3], ["no organisation", "no settlement", "monitoring not known"])

    def test_in_words_and_as_a_table(self):
        text = self.icosa("basins", "nile", "--db", "a.duckdb", "--out", "b.csv").out
        self.assertIn("Events: 4, told as 6 pairs of states; 2 conflictive (50 %)", text)
        self.assertIn("not placed on the scale", text)
        self.assertIn("Made-up protocol", text)
        self.assertIn("UN Watercourses (as at ", text)
        rows = list(csv.DictReader((self.folder / "b.csv").open()))
        self.assertEqual((rows[0]["basin"], rows[0]["conflictive"], rows[0]["prior_notice"]), ("nile-basin", "2", "1"))
        table = self.icosa("basins", "--db", "a.duckdb").out
        self.assertRegex(table, r"Salween +3 +1 +100 % +0 % +1 ")
        for said in (text, table):
            self.assertNotIn(WORD, said.lower())

    def test_what_is_wrong(self):
        err = self.icosa("basins", "Nilee", "--db", "a.duckdb", code=2).err
        self.assertIn("did you mean 'nile'?", err)
        self.icosa("basins", "--since", "2001-01-01", "--until", "2000-01-01", "--db", "a.duckdb", code=2)
        self.write("transits.csv", ships((2020, 1), (2020, 2), 10))
        self.ingest("transits.csv", db="b.duckdb")
        self.assertIn("error[no-water]", self.icosa("basins", "--db", "b.duckdb", code=4).err)

    def test_a_store_is_not_written_over(self):
        before = (self.folder / "a.duckdb").read_bytes()
        way = ("route", "--from", "malacca-strait", "--to", "con-son")
        for words in (("basins", "--out"), ("export", "signals", "--out"), (*way, "--out"), (*way, "--svg"),
                      ("credibility", "--source", "asam", "--out"), ("explain", "x/y/2020-01", "--plot")):
            err = self.icosa(*words, "a.duckdb", "--db", "./a.duckdb", code=2).err
            self.assertIn("a.duckdb: error[out-is-input]: this file is read by the same command", err)
            self.assertIn(f"name another file with {words[-1]}", err)
        (self.folder / "a.duckdb").rename(self.folder / "icosa.duckdb")
        self.assertIn("error[out-is-input]", self.icosa(*way, "--svg", "icosa.duckdb", code=2).err)
        self.assertEqual((self.folder / "icosa.duckdb").read_bytes(), before)

    def test_two_files_written_are_two(self):
        self.write("mine.csv", incidents())
        way = ("route", "--from", "malacca-strait", "--to", "con-son", "--events", "mine.csv")
        self.assertIn("error[two-outs]: --svg and --geojson write the same file",
                      self.icosa(*way, "--svg", "x", "--geojson", "./x", code=2).err)
        self.assertFalse((self.folder / "x").exists())
        self.icosa(*way, "--svg", "/dev/null", "--geojson", "/dev/null")


class Watch(harness.Case):
    def test_a_rise_per_ship_seen(self):
        """A whole file of ASAM: fourteen near Hormuz in 2020 after three in 2019, while as many ships pass."""
        text = "reference,date,position,navArea,subreg,hostility,victim,description,\n"
        days = [datetime.date(2018, 1, 1) + datetime.timedelta(days=i // 5) for i in range(5540)]
        text += "".join(f'F-{i},{day},"1°05\'00""S 120°00\'00""E",XI,72,,Ship,x,\n' for i, day in enumerate(days))
        near = [f"2019-{month:02}-10" for month in (2, 5, 8)] + [f"2020-{1 + i % 12:02}-10" for i in range(14)]
        text += "".join(f'H-{i},{day},"26°30\'00""N 56°24\'00""E",IX,62,,Ship,x,\n' for i, day in enumerate(near))
        self.write("RAW_ASAM.csv", text)
        self.write("transits.csv", ships((2019, 1), (2021, 1), 90))
        self.ingest("RAW_ASAM.csv", "transits.csv")
        told = harness.watches(self.dossier("--as-of", "2021-01-20", "--area", "11"))["sea.transit-rate"]
        self.assertEqual(told["state"], "signal", told["reading"])
        signal = told["signals"][0]
        self.assertEqual((signal["id"], signal["observed"]), ("sea.transit-rate/hormuz-strait/2020-12", 14))
        why = self.icosa("explain", signal["id"], "--db", "a.duckdb", "--as-of", "2021-01-20").out
        self.assertIn("among 32,940 ships seen to pass in the 12 months to December 2020, against 3 among 32,850", why)
        self.assertIn("from 14 source lines", why)
        self.assertIn("RAW_ASAM.csv:", why)
        self.assertNotIn(WORD, (told["reading"] + json.dumps(told["signals"])).lower())
        earlier = harness.watches(self.dossier("--as-of", "2020-11-20", "--area", "11"))["sea.transit-rate"]
        self.assertEqual(earlier["state"], "no-data")
        self.assertTrue(earlier["reading"].startswith("no data: ships are counted from 2019-01"))


class Page(harness.Case):
    def test_the_page_on_it_does_not_use_the_word(self):
        text = (harness.ROOT / "docs" / "sea-and-rivers.md").read_text(encoding="utf-8")
        self.assertNotIn(WORD, text.lower())


if __name__ == "__main__":
    harness.main()
