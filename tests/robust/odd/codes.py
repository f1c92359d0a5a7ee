"""Codes of places: a state's first and last year count, codes are compared by meaning, sums over places are set
aside, what means no place is said."""
from odd.case import figure, figures, line_with, read, says
from odd.sources import output, spending, store, violence

# name, code, year, fatalities, place: a code that begins or ends within the year
FIRST_YEARS = [
    ("Bosnia's first year", "346", 1992, 251, "bih"),
    ("Croatia's first year", "344", 1992, 44, "hrv"),
    ("Eritrea's first year", "531", 1993, 31, "eri"),
    ("South Sudan's first year", "626", 2011, 77, "ssd"),
    ("Azerbaijan's first year", "373", 1991, 21, "aze"),
    ("Tajikistan's first year", "702", 1991, 52, "tjk"),
    ("Ukraine's first year", "369", 1991, 12, "ukr"),
    ("Yemen's first year as one", "678", 1990, 19, "yem"),
    ("East Timor's first year", "860", 2002, 8, "tls"),
    ("the year of a code that passes on: the later state has it", "345", 2006, 66, "srb"),
    ("the year in which the Soviet Union ended: the later state has it", "365", 1991, 65, "rus"),
    ("the last year of a state that has no later one with its code", "680", 1990, 23, "ymd"),
    ("a year before a code's state was: the code before it", "345", 1990, 15, "yug"),
    ("a year between", "345", 1999, 199, "scg"),
]
# name, code as written, year, place
WRITTEN = [
    ("a code with a decimal", "500.0", 2001, "uga"),
    ("a code with noughts before it", "0500", 2002, "uga"),
    ("a code with a blank before it", " 500", 2003, "uga"),
    ("a code with a blank behind it", "500 ", 2004, "uga"),
    ("a code in quotes", '"500"', 2005, "uga"),
    ("a code of one digit with noughts and a decimal", "002.0", 2006, "usa"),
    ("a code with a blank that does not break", "500\u00a0", 2007, "uga"),
    ("a code with a plus", "+500", 2008, "uga"),
    ("a code as a power", "5e2", 2009, None),
]
# name, code, place
LETTERS = [
    ("Kosovo as the World Bank had it", "KSV", "xkx"), ("Palestine as the World Bank had it", "WBG", "pse"),
    ("Andorra as the World Bank had it", "ADO", "and"), ("Isle of Man as the World Bank had it", "IMY", "imn"),
    ("Kosovo as others have it", "RKS", "xkx"), ("Kosovo as Our World in Data has it", "OWID_KOS", "xkx"),
    ("Romania's former code", "ROM", "rou"), ("Congo's former code", "ZAR", "cod"),
    ("East Timor's former code", "TMP", "tls"), ("small letters", "syr", "syr"),
    ("letters large and small", "Irq", "irq"), ("a blank behind letters", "AFG ", "afg"),
    ("letters in quotes", '"KEN"', "ken"),
]
SUMS = [("the world", "WLD"), ("the Arab world", "ARB"), ("sub-Saharan Africa, of the World Bank's groups", "TEC"),
        ("high income", "HIC"), ("the European Union", "EUU"), ("a sum in small letters", "wld"),
        ("the world, of Our World in Data", "OWID_WRL")]
VALUE = 5e10
TEXTS = [code for _, code, *_ in FIRST_YEARS + WRITTEN + LETTERS + SUMS]


def by_file(cases, text):
    return {f"f{i:02}.csv": text(case) for i, case in enumerate(cases)}


def wanted(i, case, place, period, value):
    return figure(place, str(period), value) if place else read(f"f{i:02}.csv", unplaced=1)


CODES = FIRST_YEARS + [(name, code, year, 300 + year % 100, place) for name, code, year, place in WRITTEN]
EDGE = "gw:346"
RUNS = [
    store(by_file(CODES, lambda c: violence((c[1], c[2], c[3]))),
          [(name, [read(f"f{i:02}.csv", unplaced=0 if place else 1)],
            [figure(place, str(year), n)] if place else []) for i, (name, _, year, n, place) in enumerate(CODES)],
          "hotspot.conflict-year"),
    store({"before.csv": violence(("346", 1989, 5), ("359", 1990, 6), ("436", 1990, 7))},
          [("a code before its state was is told with its days",
            [read("before.csv", unplaced=2), says("before.csv", "346", "1989")],
            [figure("ner", "1990", 7), figure("bih", "1989", None)], [line_with(unplaced=2)])],
          "hotspot.conflict-year", more=[("sources", "--db", "a.duckdb", "--json")]),
    store(by_file(LETTERS, lambda c: output((c[1], 2015, VALUE), ("NOR", 2015, 1e11))),
          [(name, [read(f"f{i:02}.csv", unplaced=0)], [figure(place, "2015", VALUE)])
           for i, (name, _, place) in enumerate(LETTERS)], "climate.output", ingest=("--source", "gdp")),
    store(by_file(SUMS, lambda c: output((c[1], 2015, 9e12), ("NOR", 2000, 1e11))),
          [(f"a sum over places: {name}", [read(f"f{i:02}.csv", unplaced=0, set_aside=1),
                                           says(f"f{i:02}.csv", code, "set aside")], [])
           for i, (name, code) in enumerate(SUMS)], "climate.output", ingest=("--source", "gdp")),
    store({"milex.csv": spending(("002", 2009, 5100), ("2.0", 2010, 5200), ("710.0", 2010, 900), ("0365", 2010, 700),
                                 (" 220", 2010, 600))},
          [("codes of the Correlates of War as Excel leaves them", [read("milex.csv", stored=5, unplaced=0)],
            [figures("usa", {"2009": 5100, "2010": 5200}), figure("chn", "2010", 900), figure("rus", "2010", 700),
             figure("fra", "2010", 600)])], "major.spending"),
    store({"a.csv": spending(("2", 2009, 5100), ("2.0", 2009, 5100), ("002", 2009, 5100))},
          [("one row by three spellings of its code is one row", [read("a.csv", stored=3, revised=2)],
            [figure("usa", "2009", 5100)])], "major.spending"),
    store({"gdp.csv": output(("XXX", 2015, 1e10), ("KEN", 2015, 2e10), ("QQQ", 2015, 3e10), ("", 2015, 4e10))},
          [("a code that is nobody's, and an empty one",
            [read("gdp.csv", rejected=1, stored=3), says("gdp.csv", "QQQ", "unknown place")],
            [figure("ken", "2015", 2e10)], [says("gdp.csv:5:2: reject[", "is empty")])], "climate.output",
          more=[("rejects", "--db", "a.duckdb")]),
]
