"""Numbers of a user's own table: one decimal mark a column, what is absent, what is only a bound, what stays open."""
from odd.case import one, observed, refuses, says, table

SHOW = ("apply", "threshold", "FILE", "--at-least", "1")

# name, what parts the cells, cells, observed values, further words of the command
READ = [
    ("decimal commas by semicolons", ";", ("3,66", "4", "5,5"), (3.66, 4, 5.5)),
    ("points that group, where one number has two of them", ";", ("1.234.567", "6.540", "80"), (1234567, 6540, 80)),
    ("points that group before a decimal comma", ";", ("1.234,5", "6.540", "80"), (1234.5, 6540, 80)),
    ("commas that group before a decimal point", ",", ('"1,234.5"', '"6,540"', "80"), (1234.5, 6540, 80)),
    ("commas that group in quotes, by two groups", ",", ('"1,234,567"', '"6,540"', "80"), (1234567, 6540, 80)),
    ("blanks that group before a decimal comma", ";", ("240 000,00", "1 500,50", "3,00"), (240000, 1500.5, 3)),
    ("blanks that do not break", ";", ("240\u00a0000,5", "1\u202f500,5", "3"), (240000.5, 1500.5, 3)),
    ("apostrophes that group", ";", ("1'234.50", "12'345.00", "3.10"), (1234.5, 12345, 3.1)),
    ("groups as in India", ",", ('"12,34,567"', '"1,23,456"', "80"), (1234567, 123456, 80)),
    ("6.540 beside 0.540", ";", ("0.540", "6.540", "7.125"), (0.54, 6.54, 7.125)),
    ("6.540 beside 1234", ";", ("1234", "6.540", "7"), (1234, 6.54, 7)),
    ("6.540 once it is said", ";", ("6.540", "6.750", "80"), (6540, 6750, 80), "--decimal", ","),
    ("6.540 once it is said the other way", ";", ("6.540", "6.750", "80"), (6.54, 6.75, 80), "--decimal", "."),
    ("1,234 once it is said", ",", ('"1,234"', '"2,345"', "80"), (1234, 2345, 80), "--decimal", "."),
    ("powers of ten", ",", ("1e3", "2.5E-1", "-3e+2"), (1000, 0.25, -300)),
    ("a minus as typesetters write it", ",", ("−5", "3", "−1.5"), (-5, 3, -1.5)),
    ("numbers in quotes with blanks around", ",", ('" 5 "', '"6 "', "7"), (5, 6, 7)),
    ("a decimal point without a digit before it", ",", (".5", "-.25", "3"), (0.5, -0.25, 3)),
    ("noughts before a number", ",", ("007", "08", "10"), (7, 8, 10)),
    ("empty cells and NA", ",", ("5", "", "NA", "NaN", "7"), (5, None, None, None, 7)),
    ("a point for nothing, once it is said", ",", ("5", ".", "7"), (5, None, 7), "--null", "."),
    ("-9 for nothing, once it is said", ",", ("5", "-9", "-9.0", "7"), (5, None, None, 7), "--null", "-9"),
    ("several marks for nothing", ",", ("5", "n/a", "..", "9999", "7"), (5, None, None, None, 7), "--null",
     "n/a,..,9999"),
    ("<5 taken for half", ",", ("5", "<5", "<10", "7"), (5, 2, 5, 7), "--censored", "half"),
    ("<5 taken for the least", ",", ("5", "<5", "7"), (5, 0, 7), "--censored", "low"),
    ("<5 taken for the most", ",", ("5", "<5", "<= 5", "7"), (5, 4, 5, 7), "--censored", "high"),
]

# name, what parts the cells, cells, error, line, tokens, further words of the command
REFUSED = [
    ("6.540 beside 80", ";", ("6.540", "6.750", "80"), "open-decimals", 2, ("6.540", "--decimal")),
    ("6.540 beside 80, by commas", ",", ("80", "6.540", "7"), "open-decimals", 3, ("6.540", "--decimal")),
    ("1,234 and nothing else", ",", ('"1,234"', '"2,345"'), "open-decimals", 2, ("1,234", "--decimal")),
    ("both marks as decimals", ";", ("3,66", "4.5", "7"), "mixed-decimals", 3, ("4.5",)),
    ("a version for a number", ",", ("1", "1.2.3", "7"), "bad-value", 3, ("1.2.3",)),
    ("two numbers in a cell", ",", ("1", "12 34", "7"), "bad-value", 3, ("12 34",)),
    ("a number with its unit", ",", ("1", "12 km", "7"), "bad-value", 3, ("12 km",)),
    ("a share with its sign", ",", ("1", "12%", "7"), "bad-value", 3, ("12%",)),
    ("a sum of money with its sign", ",", ("1", "$12", "7"), "bad-value", 3, ("$12",)),
    ("a word", ",", ("1", "many", "7"), "bad-value", 3, ("many",)),
    ("a point for nothing, not said", ",", ("5", ".", "7"), "bad-value", 3, ("'.'",)),
    ("digits of another script", ",", ("5", "١٢", "7"), "bad-value", 3, ()),
    ("<5, not said", ",", ("5", "<5", "7"), "censored", 3, ("<5", "--censored")),
    (">5, for which no half is", ",", ("5", ">5", "7"), "censored", 3, (">5",), "--censored", "half"),
    ("a decimal point where a comma is said", ";", ("6.54", "7"), "bad-value", 2, ("6.54",), "--decimal", ","),
    ("an error of Excel", ",", ("5", "#DIV/0!", "7"), "bad-value", 3, ("#DIV/0!",)),
    ("infinity", ",", ("5", "inf", "7"), "bad-value", 3, ("inf",)),
    ("a number beyond all numbers", ",", ("5", "1e400", "7"), "bad-value", 3, ("1e400",)),
]
TEXTS = [cell.strip('"') for _, _, cells, *_ in READ + REFUSED for cell in cells]


def column(by, cells):
    return table(("time", "n"), *((i + 1, cell) for i, cell in enumerate(cells)), by=by)


RUNS = [one(name, "n.csv", column(by, cells), (*SHOW, "--value", "n", *more), observed(*values))
        for name, by, cells, values, *more in READ]
RUNS += [one(name, "n.csv", column(by, cells), (*SHOW, "--value", "n", *more),
             refuses(error, f"n.csv:{line}:2:", *tokens))
         for name, by, cells, error, line, tokens, *more in REFUSED]
RUNS += [
    one("how numbers were read is said", "n.csv", column(";", ("3,66", "4,5")), (*SHOW, "--value", "n"),
        says("value 'n'", "decimal comma")),
    one("how many bounds were taken for what is said", "n.csv", column(",", ("5", "<5", "<5")),
        (*SHOW, "--value", "n", "--censored", "half"), says("2 censored")),
    one("a price index of nought", "n.csv", "month,price,cpi\n2020-01,5,100\n2020-02,6,0\n",
        ("apply", "mann-kendall", "FILE", "--value", "price", "--deflator", "cpi"),
        refuses("bad-deflator", "n.csv:3:3:")),
    one("a price below nought", "n.csv", "month,price\n2020-01,5\n2020-02,-1\n", ("apply", "ipa", "FILE"),
        refuses("not-a-price", "n.csv:3")),
    one("counts with fractions", "n.csv", "month,unit,n\n2020-01,a,1.5\n",
        ("backtest", "--panel", "FILE", "--windows", "2020"), refuses("bad-count", "n.csv:2:3:", "1.5")),
    one("counts below nought", "n.csv", "month,unit,n\n2020-01,a,3\n2020-02,a,-2\n",
        ("backtest", "--panel", "FILE", "--windows", "2020"), refuses("bad-count", "n.csv:3:3:", "-2")),
]
