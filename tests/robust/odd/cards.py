"""What a file is: other measures under a measure's name, publishers' own layouts, files of one state, files that two
cards fit, files that are nearly one's."""
from typing import NamedTuple

from odd.case import Case, Run, figure, figures, line_with, read, refuses, says, total
from odd.sources import (GED_HEADER, PRICES_HEADER, attacks, battles, conflicts, exploited, output, prices, refugees,
                         steps, store, table)

STATES = ("KEN", "UGA", "TZA", "ETH", "SOM", "SDN", "TCD", "NER", "MLI", "NGA")
GDP = output(*((code, 2000 + i, (i + 1) * 1e10) for i, code in enumerate(STATES)))
GROWTH = output(*((code, 2000 + i, i - 3.5) for i, code in enumerate(STATES)))
THOUSANDS = output(*((code, 2000 + i, 4e4 + i) for i, code in enumerate(STATES)))
OUTPUT = ("export", "series", "--watch", "climate.output", "--as-of", "2026-06-30")
AFRICA = ("export", "series", "--watch", "africa.conflict", "--as-of", "2026-06-30")


class Asked(NamedTuple):
    """A file, what is wanted of its ingest, and of the answer of a further command."""

    name: str
    file: str
    text: str
    words: tuple
    told: tuple
    further: tuple
    wants: tuple


def refused(name, file, text, *wants, words=()):
    return Asked(name, file, text, words, wants, (), ())


def taken(name, file, text, series, *wants, words=(), told=()):
    return Asked(name, file, text, words, told, series, wants)


def together(asked):
    """Runs of as few calls as may be: those of one set of options share a database, if no two files have one name."""
    groups = []
    for one in asked:
        fitting = (g for g in groups if g[0].words == one.words and one.file not in {other.file for other in g})
        group = next(fitting, None)
        if group is None:
            groups.append([one])
        else:
            group.append(one)
    return [shared(group) for group in groups]


def shared(group):
    commands = [("ingest", *(one.file for one in group), "--json", *group[0].words)]
    commands += dict.fromkeys(one.further for one in group if one.further)
    base = ["--db", "a.duckdb"]
    cases = [Case(one.name, one.told) for one in group if one.told]
    cases += [Case(one.name, one.wants, commands.index(one.further)) for one in group if one.further]
    files = {one.file: one.text if isinstance(one.text, bytes) else one.text.encode() for one in group}
    return Run(files, [[*words, *base] for words in commands], cases)


# --- other measures under a measure's name
ASKED = [
    refused("percentages that are called GDP", "gdp-1.csv", GROWTH,
            refuses("implausible-values", "gdp-1.csv", "US dollars")),
    refused("percentages by a card that is forced", "table.csv", GROWTH,
            refuses("implausible-values", "table.csv", "US dollars"), words=("--source", "gdp")),
    refused("growth of GDP by its name", "gdp_growth.csv", GROWTH, says("gdp_growth.csv", "error[", code=4)),
    refused("GDP in thousands", "gdp-2.csv", THOUSANDS, refuses("implausible-values", "gdp-2.csv")),
    refused("shares that are called population", "population-1.csv", output(*((c, 2000, 40 + i) for i, c in
                                                                            enumerate(STATES))),
            refuses("implausible-values", "population-1.csv", "persons")),
    refused("population in thousands", "population-2.csv", output(*((c, 2000, 4000 + i) for i, c in enumerate(STATES))),
            refuses("implausible-values", "population-2.csv", "persons")),
    refused("rural population by its name", "rural_population.csv", output(("KEN", 2000, 40.5)),
            says("rural_population.csv", "error[", code=4)),
    taken("real GDP stays GDP", "gdp.csv", GDP, OUTPUT, figure("ken", "2000", 1e10)),
    taken("GDP with one odd value", "gdp-3.csv", GDP + "Land,RWA,2005,12.5\n", OUTPUT, figure("ken", "2000", 1e10)),
    refused("GDP below nought", "gdp-below.csv", GDP + "Land,RWA,2005,-12\n", read("gdp-below.csv", rejected=1)),
]


# --- layouts of publishers
def official(*rows):
    return table("conflict_id,location,side_a,side_a_id,side_a_2nd,side_b,side_b_id,side_b_2nd,incompatibility,"
                 "territory_name,year,intensity_level,cumulative_intensity,type_of_conflict,start_date,start_prec,"
                 "start_date2,start_prec2,ep_end,ep_end_date,ep_end_prec,gwno_a,gwno_a_2nd,gwno_b,gwno_b_2nd,gwno_loc,"
                 "region,version",
                 *((n, "Land", "Government", 1, "", "Other", 2, "", 2, "", year, 1, 0, kind, f"{year}-01-01", 1,
                    f"{year}-01-01", 1, 0, "", "", f'"{a}"', "", b, "", "", 1, "25.1") for n, year, a, b, kind in rows))


WIDE = ('"Data Source","World Development Indicators",\n\n"Last Updated Date","2026-06-01",\n\n'
        '"Country Name","Country Code","Indicator Name","Indicator Code","2019","2020","2021",\n'
        '"Kenya","KEN","GDP (current US$)","NY.GDP.MKTP.CD","1.0e11","","1.1e11",\n'
        '"Chad","TCD","GDP (current US$)","NY.GDP.MKTP.CD","1.1e10","1.07e10","1.2e10",\n'
        '"World","WLD","GDP (current US$)","NY.GDP.MKTP.CD","8.7e13","8.5e13","9.6e13",\n')
UNHCR = ('"Extracted from the UNHCR Refugee Population Statistics Database"\n\n'
         'Year,Country of origin,Country of origin (ISO),Country of asylum,Country of asylum (ISO),'
         '"Refugees under UNHCR\'s mandate",Asylum-seekers,Returned refugees,IDPs of concern to UNHCR,Returned IDPss,'
         'Stateless persons,Others of concern,Other people in need of international protection,Host Community\n'
         "2018,Eritrea,ERI,Sudan,SDN,31000,5,-,-,-,-,-,-,-\n2019,Eritrea,ERI,Sudan,SDN,32500,5,-,-,-,-,-,-,-\n")
ICEWS = ("Event ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tEvent Text\tIntensity\tTarget Name\t"
         "Target Sectors\tTarget Country\tStory ID\tSentence Number\tPublisher\tCity\tDistrict\tProvince\tCountry\t"
         "Latitude\tLongitude\n"
         + "".join(f"{i}\t{day}\tA\tGovernment\tMali\t{text}\t{n}\tB\tGovernment\tNiger\t7\t1\tNews\tX\tY\tZ\tMali\t"
                   f"12.6\t-8.0\n" for i, (day, text, n) in enumerate((("1/13/2017", "Make a visit", 1.9),
                                                                         ("2/3/2017", "Use conventional military force",
                                                                          -10.0)), 1)))
ONE_STATE = prices(*((f"2021-{m:02}-15", 10 + m) for m in range(1, 13)), header=PRICES_HEADER.split(",", 1)[1])
MARKET = "nic|Maize|KG|Retail|NIO|Town"
MARCH = [(f"2022-{i:04}", f"2022-03-{6 + i:02}") for i in range(1, 15)]  # two whole weeks
OLD_GED = GED_HEADER.replace("relid,", "")


def without_relid(*rows):
    return table(OLD_GED, *(line.split(",", 2)[0] + "," + line.split(",", 2)[2]
                            for line in battles(*rows).splitlines()[1:]))


ASKED += [
    taken("UCDP/PRIO as its publisher has it: types 1 to 4, lists of states", "UcdpPrioConflict_v25_1.csv",
          official((1, 2003, "365", "", 3), (2, 2003, "2, 200", "645", 2), (3, 2004, "710", "", 1),
                   (4, 2004, "220", "", 4)),
          ("export", "series", "--watch", "major.conflicts", "--as-of", "2026-06-30"),
          figure("rus", "2003", 1), figure("usa", "2003", 1), figure("gbr", "2003", 1), figure("chn", "2004", 1),
          figure("fra", "2004", 1)),
    taken("UCDP/PRIO as others spell it", "acd.csv", conflicts((1, 2003, 365, "NA", "intrastate"),
                                                               (4, 2004, 220, "NA", "II")),
          ("export", "series", "--watch", "major.conflicts", "--as-of", "2026-06-30"), figure("rus", "2003", 1),
          figure("fra", "2004", 1)),
    taken("the World Bank's own wide file, below titles", "API_NY.GDP.MKTP.CD_DS2_en_csv_v2_1.csv", WIDE, OUTPUT,
          figures("ken", {"2019": 1e11, "2020": None, "2021": 1.1e11}), figure("tcd", "2020", 1.07e10)),
    refused("a wide file of another indicator", "API_NY.GDP.PCAP.CD_DS2_en_csv_v2_1.csv",
            WIDE.replace("NY.GDP.MKTP.CD", "NY.GDP.PCAP.CD"), says("API_NY.GDP.PCAP.CD_DS2_en_csv_v2_1.csv", "error[",
                                                                    code=4)),
    taken("UNHCR's own download, below titles, with dashes for nothing", "unhcr-download.csv", UNHCR,
          ("export", "series", "--watch", "climate.refugees", "--as-of", "2026-06-30"),
          figures("eri", {"2018": 31000, "2019": 32500})),
    taken("ICEWS before 2018: months first, events as texts", "events.2017.tab", ICEWS, ("sources", "--json"),
          line_with(id="icews", first="2017-01-13", last="2017-02-03"), told=[read("events.2017.tab", stored=2)]),
    refused("ICEWS with a text that is none of the codebook's", "other.2017.tab",
            ICEWS.replace("Make a visit", "Make a mess"), read("other.2017.tab", rejected=1)),
    taken("WFP's file of one state: the place is in its name", "wfp_food_prices_nic.csv", ONE_STATE,
          ("export", "series", "--watch", "food.markets", "--as-of", "2026-06-30"), figure(MARKET, "2021-03", 13)),
    taken("WFP's file of one state, downloaded twice", "wfp_food_prices_nic (1).csv", ONE_STATE,
          ("export", "series", "--watch", "food.markets", "--as-of", "2026-06-30"), figure(MARKET, "2021-12", 22)),
    refused("WFP's file of one state under another name", "prices.csv", ONE_STATE,
            says("prices.csv", "error[", code=4)),
    taken("KEV before the column of ransomware", "kev.csv",
          exploited(*MARCH),
          ("export", "series", "--watch", "cyber.exploited", "--as-of", "2022-04-30"), total(14)),
    taken("KEV with columns that came later", "kev-later.csv",
          "".join(line + (",cwes,notes" if i == 0 else ",CWE-79,") + "\n" for i, line in enumerate(exploited(
              *MARCH).splitlines())),
          ("export", "series", "--watch", "cyber.exploited", "--as-of", "2022-04-30"), total(14)),
    taken("a world's file without relid is not taken for Syria's", "ged.csv",
          without_relid((1, 530, "2017-03-05", 7), (2, 475, "2017-12-05", 18)), AFRICA, figure("eth", "2017-03", 7),
          figure("nga", "2017-12", 18), words=("--covers", "2017-01-01..2017-12-31"),
          told=[read("ged.csv", source="ucdp-ged")]),
]

# --- nearly, twice, nobody's
ASKED += [
    refused("a column that is needed is not there", "kev-added.csv", exploited(("2022-0001", "2022-03-01")).replace(
        "dateAdded", "added"), says("kev-added.csv", "error[", "dateAdded", code=4)),
    refused("such a file by a card that is forced", "kev.csv", exploited(("2022-0001", "2022-03-01")).replace(
        "dateAdded", "added"), says("kev.csv", "error[", "dateAdded", code=4), words=("--source", "kev")),
    refused("a table that is nobody's", "mine.csv", "a,b,c\n1,2,3\n", refuses("unknown-source", "mine.csv:1")),
    refused("GDP under a name that tells nothing", "data.csv", GDP, says("data.csv", "error[", "gdp", code=4)),
    taken("GDP under such a name, and said", "data.csv", GDP, OUTPUT, figure("ken", "2000", 1e10),
          words=("--source", "gdp")),
    refused("a source's file of more rejects than its card allows", "kev-soon.csv",
            exploited(*((f"2022-{i:04}", "soon") for i in range(1, 30))),
            says("kev-soon.csv", "error[too-many-rejects]", code=4)),
]

# --- nulls by column
CALLS = "rcid,session,importantvote,date,unres,amend,para,short,descr\n7001,73,0,2018-11-01,R/73/1,0,0,S,D\n"
BALLOTS = "rcid,country,country_code,vote\n7001,Namibia,NA,no\n7001,Ghana,GH,yes\n7001,NA,ZZ,yes\n7001,Ghana,GH,NA\n"
RUNS = [store({"un_roll_calls.csv": CALLS, "un_votes.csv": BALLOTS},
                  [("a voter NA is none, the code NA is Namibia's", [read("un_votes.csv", rejected=2, stored=2)],
                    [says("un_votes.csv:4:2", "reject"), says("un_votes.csv:5:4", "reject")])],
              more=[("rejects", "--db", "a.duckdb")])]
# --- a first report
ASKED.append(taken("noughts before a first report are no report", "unhcr.csv",
                  refugees((2015, "MEX", "USA", 0, 0), (2016, "MEX", "USA", 0, 0), (2017, "MEX", "USA", 9000, 260000),
                           (2018, "MEX", "USA", 0, 0)),
                  ("export", "series", "--watch", "climate.refugees", "--as-of", "2026-06-30"),
                  figures("mex", {"2015": None, "2016": None, "2017": 9000, "2018": 0})))
RUNS += together(ASKED)
