"""Many series in one table, and which columns a command takes: said on line one, never guessed among several."""
from odd.case import one, refuses, says, table

WEEKS = [f"2020-W{week:02}" for week in range(1, 31)]


def district(name, i):
    return {"a": 5 + i * 7 % 5, "b": 90 if i == 29 else 5 + i * 3 % 5, "c": 400 + i * 11 % 7}[name]


def districts(order=("a", "b", "c"), names=None, by=","):
    rows = [(week, (names or {}).get(name, name), district(name, i)) for i, week in enumerate(WEEKS) for name in order]
    return table(("week", "district", "cases"), *rows, by=by)


def panel(header, *columns):
    """Two units from 2013 to 2018, with these columns behind month and unit: functions of unit and month."""
    rows = [(f"{year}-{month:02}", unit, *(of(unit, year * 12 + month) for of in columns))
            for unit in ("Mali", "Niger") for year in range(2013, 2019) for month in range(1, 13)]
    return table(header, *rows)


EARS = ("apply", "ears-c1", "FILE", "--alpha", "0.001")
BY_DISTRICT = (*EARS, "--unit", "district", "--value", "cases")
BACK = ("backtest", "--panel", "FILE", "--windows", "2018", "--model", "last")
COUNT = (lambda unit, i: i * 7 % 4)
CODE = (lambda unit, i: 432 if unit == "Mali" else 436)
PEOPLE = (lambda unit, i: 18_000_000 + i * 37_123)

RUNS = [
    one("units judged by their own past", "u.csv", districts(), (*BY_DISTRICT, "--false-discovery", "0.05"),
        says("time 'week'", "unit 'district' (3 of them)", "value 'cases'"), says("2020-W30,b,90,", ",1,", "rise")),
    one("the order of units in the file changes nothing", "u.csv", districts(("c", "a", "b")),
        (*BY_DISTRICT, "--false-discovery", "0.05"), says("2020-W30,b,90,", ",1,", "rise")),
    one("only chance alarms fall to the false-discovery rate", "u.csv",
        districts(), ("apply", "ears-c1", "FILE", "--alpha", "0.05", "--unit", "district", "--value", "cases",
                      "--false-discovery", "0.01"),
        says("2020-W30,b,90,", ",1,")),
    one("units that are numbers with a decimal", "u.csv",
        districts(names={"a": "131464.0", "b": "131465.0", "c": "7.0"}), BY_DISTRICT, says("2020-W30,131465,90,")),
    one("a unit NA is Namibia among codes", "u.csv", districts(names={"a": "NA", "b": "ZA", "c": "BW"}), BY_DISTRICT,
        says("2020-W01,NA,5,")),
    one("a unit with a blank name", "u.csv", districts() + "2020-W31,,5\n", BY_DISTRICT,
        refuses("bad-unit", "u.csv:92:2:")),
    one("a unit Total among districts", "u.csv", districts() + "2020-W30,Total,5\n", BY_DISTRICT,
        refuses("total-row", "u.csv:92:2:", "Total")),
    one("a unit and week twice", "u.csv", districts() + "2020-W30,a,5\n", BY_DISTRICT,
        refuses("two-rows-one-period", "u.csv:92:1:", "2020-W30")),
    one("many series without --unit", "u.csv", districts(), (*EARS, "--value", "cases"),
        refuses("two-rows-one-period", "u.csv:3:1:", "--unit")),
    one("a false-discovery rate of a method that is no test", "u.csv", districts(),
        ("apply", "threshold", "FILE", "--at-least", "80", "--unit", "district", "--value", "cases",
         "--false-discovery", "0.1"), refuses("no-p-values", "threshold", code=2)),
    one("a false-discovery rate beyond one", "u.csv", districts(), (*BY_DISTRICT, "--false-discovery", "2"),
        says("--false-discovery", code=2)),
    one("a unit's column that is not there", "u.csv", districts(), (*EARS, "--unit", "distrikt", "--value", "cases"),
        refuses("unknown-column", "distrikt", "district")),
    one("two columns of numbers and no --value", "c.csv", "week,cases,tests\n1,2,30\n2,3,31\n3,4,29\n",
        ("apply", "ears-c1", "FILE"), refuses("which-column", "c.csv:1", "cases", "tests")),
    one("a column called as another", "c.csv", "week,n,n\n1,2,3\n2,3,4\n", (*EARS, "--value", "n"),
        refuses("two-columns", "c.csv:1", "'n'")),
    one("names of columns with blanks and capitals", "c.csv", "Week , Cases\n1,2\n2,3\n3,4\n",
        ("apply", "ears-c1", "FILE", "--value", "Cases"), says("value 'Cases'")),
    one("no header, only rows", "c.csv", "2020-01,5\n2020-02,6\n2020-03,7\n", ("apply", "ears-c1", "FILE"),
        refuses("no-header", "c.csv:1")),
    one("no header and a column of words", "c.csv", "2020-01,north,5\n2020-02,north,6\n", ("apply", "ears-c1", "FILE"),
        refuses("no-header", "c.csv:1")),
    one("an option that a method does not use", "c.csv", "week,n\n1,2\n2,3\n",
        ("apply", "ears-c1", "FILE", "--roll-calls", "x.csv"), refuses("unused-option", "roll-calls", code=2)),
    one("an option given twice", "c.csv", "week,n\n1,2\n2,3\n",
        ("apply", "ears-c1", "FILE", "--alpha", "0.1", "--alpha", "0.2"), refuses("doubled-option", "alpha", code=2)),
    one("backtest does not take a code for the count", "p.csv", panel("month,land,gwcode,deaths", CODE, COUNT), BACK,
        refuses("which-column", "gwcode", "deaths")),
    one("backtest does not take people for the count", "p.csv", panel("month,land,people,deaths", PEOPLE, COUNT), BACK,
        refuses("which-column", "people", "deaths")),
    one("backtest takes the only count there is, and says so", "p.csv", panel("month,land,deaths", COUNT), BACK,
        says("time 'month'", "unit 'land'", "value 'deaths'")),
    one("backtest takes the count it is told", "p.csv", panel("month,land,gwcode,deaths", CODE, COUNT),
        (*BACK, "--value", "deaths"), says("value 'deaths'")),
    one("a model named twice", "p.csv", panel("month,land,deaths", COUNT), (*BACK, "--model", "last"),
        says("last", code=2)),
    one("a month left out within a unit", "p.csv",
        panel("month,land,deaths", COUNT).replace("2015-06,Niger,", "2015-06,Mali2,"), BACK,
        says("p.csv", "Niger", "2015-06", code=4)),
    one("forecast says its columns", "p.csv", panel("month,land,deaths", COUNT),
        ("forecast", "--panel", "FILE", "--unit", "land", "--value", "deaths", "--origin", "2018-10", "--first",
         "2018-11", "--last", "2018-12", "--model", "last"), says("time 'month'", "unit 'land'", "value 'deaths'")),
    one("too short a past is told as that", "s.csv", "month,price\n2020-01,5\n2020-02,6\n2020-03,7\n",
        ("apply", "ipa", "FILE"), says("fewer than it needs")),
    one("values all alike are told as that", "s.csv", table("t,n", *((i + 1, 3) for i in range(10))),
        ("apply", "robust-deviation", "FILE", "--window", "5"), says("all alike")),
    one("a rule of five in four periods is told by its name", "s.csv",
        table("t,n", *((i + 1, 1 if i % 40 == 0 else 0) for i in range(400))), ("apply", "farrington-flexible", "FILE"),
        says("limit54")),
]
