"""Times of a user's own table, in the forms that people write: what each column is read as, or why it is refused."""
from odd.case import one, observed, refuses, says, table

TREND = ("apply", "mann-kendall", "FILE")

# name, header of the times, the times, what the first line says of them, further words of the command
READ = [
    ("compact months", "m", ("202011", "202012", "202101"), "months 2020-11 to 2021-01, 12 a year"),
    ("compact months that may be weeks, in a column called month", "month", ("202005", "202006", "202007"),
     "months 2020-05 to 2020-07"),
    ("compact weeks, one of them the 53rd", "w", ("202052", "202053", "202101"), "weeks 2020-W52 to 2021-W01, 52"),
    ("compact weeks in a column called week", "epi_week", ("202005", "202006", "202007"), "weeks 2020-W05 to 2020-W07"),
    ("compact days", "d", ("20200228", "20200229", "20200301"), "days 2020-02-28 to 2020-03-01, 365 a year"),
    ("weeks by a blank", "w", ("2020 W52", "2020 W53", "2021 W01"), "weeks 2020-W52 to 2021-W01"),
    ("weeks in one word", "w", ("2020W52", "2020W53", "2021W01"), "weeks 2020-W52 to 2021-W01"),
    ("calendar weeks, in German", "Woche", ("KW 52/2020", "KW 53/2020", "KW 1/2021"), "weeks 2020-W52 to 2021-W01"),
    ("weeks without a letter, one of them beyond 12", "w", ("2020-12", "2020-13", "2020-14"),
     "weeks 2020-W12 to 2020-W14"),
    ("months with an M", "m", ("2010M11", "2010M12", "2011M01"), "months 2010-11 to 2011-01"),
    ("months with a dash and an M", "m", ("2010-M11", "2010-M12", "2011-M01"), "months 2010-11 to 2011-01"),
    ("months by a slash", "m", ("2010/11", "2010/12", "2011/01"), "months 2010-11 to 2011-01"),
    ("months before their years", "m", ("11/2010", "12/2010", "01/2011"), "months 2010-11 to 2011-01"),
    ("names of months in English", "m", ("Nov 2010", "Dec 2010", "Jan 2011"), "months 2010-11 to 2011-01"),
    ("names of months in French, years of two digits", "mois", ("nov-18", "déc-18", "janv-19"),
     "months 2018-11 to 2019-01"),
    ("names of months in German", "Monat", ("Dezember 2019", "Januar 2020", "Februar 2020", "März 2020"),
     "months 2019-12 to 2020-03"),
    ("names of months in Spanish", "mes", ("noviembre de 2010", "diciembre de 2010", "enero de 2011"),
     "months 2010-11 to 2011-01"),
    ("names of months in Portuguese", "mês", ("ago/2010", "set/2010", "out/2010"), "months 2010-08 to 2010-10"),
    ("names of months in Russian", "месяц", ("Ноябрь 2010", "Декабрь 2010", "Январь 2011"),
     "months 2010-11 to 2011-01"),
    ("quarters in one word", "q", ("2005Q3", "2005Q4", "2006Q1"), "quarters 2005-Q3 to 2006-Q1, 4 a year"),
    ("quarters before their years", "q", ("Q3 2005", "Q4 2005", "Q1 2006"), "quarters 2005-Q3 to 2006-Q1"),
    ("quarters in French", "trimestre", ("2005-T3", "2005-T4", "2006-T1"), "quarters 2005-Q3 to 2006-Q1"),
    ("quarters as their first days", "d", ("2018-10-01", "2019-01-01", "2019-04-01"), "every 3 months, 4 a year"),
    ("quarters as their last days", "d", ("2018-12-31", "2019-03-31", "2019-06-30"), "every 3 months, 4 a year"),
    ("half years as days", "d", ("2018-01-01", "2018-07-01", "2019-01-01"), "every 6 months, 2 a year"),
    ("years as days", "d", ("2017-12-31", "2018-12-31", "2019-12-31"), "1 a year"),
    ("years with a decimal, as a data frame saves them", "year", ("2017.0", "2018.0", "2019.0"),
     "2017 to 2019, 1 a year"),
    ("fortnights", "d", ("2020-01-06", "2020-01-20", "2020-02-03"), "26 a year"),
    ("weeks as days, across a New Year", "d", ("2019-12-23", "2019-12-30", "2020-01-06"), "52 a year"),
    ("days by dots, day first", "d", ("29.12.2001", "30.12.2001", "31.12.2001"), "days 2001-12-29 to 2001-12-31"),
    ("days by dots, day first by an even step alone", "d", ("01.10.2001", "01.11.2001", "01.12.2001", "01.01.2002"),
     "months 2001-10 to 2002-01"),
    ("days by slashes, month first", "d", ("12/30/2001", "12/31/2001", "1/1/2002"), "days 2001-12-30 to 2002-01-01"),
    ("days by slashes, day first", "d", ("30/12/2001", "31/12/2001", "1/1/2002"), "days 2001-12-30 to 2002-01-01"),
    ("days by slashes, year first, without noughts", "d", ("2020/2/28", "2020/2/29", "2020/3/1"),
     "days 2020-02-28 to 2020-03-01"),
    ("days with names, years of two digits", "d", ("31-Dec-00", "01-Jan-01", "02-Jan-01"),
     "days 2000-12-31 to 2001-01-02"),
    ("days with names, of the last century", "d", ("31-Dec-69", "01-Jan-70", "02-Jan-70"),
     "days 1969-12-31 to 1970-01-02"),
    ("days with names, American", "d", ('"December 31, 2020"', '"January 1, 2021"', '"January 2, 2021"'),
     "days 2020-12-31 to 2021-01-02"),
    ("days of six digits that only day first reads", "d", ("301299", "311299", "010100"),
     "days 1999-12-30 to 2000-01-01"),
    ("days as Excel numbers them", "d", ("43830", "43831", "43832"), "days 2019-12-31 to 2020-01-02"),
    ("days with a time and a zone", "d", ("2020-02-28T23:30:00+02:00", "2020-02-29T00:10:00+02:00",
                                          "2020-03-01T12:00:00+02:00"), "days 2020-02-28 to 2020-03-01"),
    ("days with a time and Z", "d", ("2020-02-28T00:00:00Z", "2020-02-29T00:00:00Z", "2020-03-01T00:00:00Z"),
     "days 2020-02-28 to 2020-03-01"),
    ("days with a time of nought", "d", ("2020-02-28 00:00:00.000", "2020-02-29 00:00:00.000",
                                         "2020-03-01 00:00:00.000"), "days 2020-02-28 to 2020-03-01"),
    ("days and hours, day first", "d", ("28/2/2020 00:00", "29/2/2020 00:00", "1/3/2020 00:00"),
     "days 2020-02-28 to 2020-03-01"),
    ("plain numbers", "t", ("7", "8", "9"), "numbers 7 to 9, 52 a year"),
    ("rows in another order", "m", ("2020-03", "2020-01", "2020-02"), "months 2020-01 to 2020-03"),
    ("1/5/2015 once it is said", "d", ("1/5/2015", "2/5/2015", "3/5/2015"), "days 2015-05-01 to 2015-05-03",
     "--date-form", "dmy"),
    ("1/5/2015 once it is said the other way", "d", ("1/5/2015", "2/5/2015", "3/5/2015"), "months 2015-01 to 2015-03",
     "--date-form", "mdy"),
    ("010203 once it is said", "d", ("010203", "020203", "030203"), "days 2003-02-01 to 2003-02-03",
     "--date-form", "dmy"),
    ("a season that is said", "d", ("2018-10-01", "2019-01-01", "2019-04-01"), "12 a year as --season says",
     "--season", "12"),
]

# name, header, times, the error, its place, further tokens, further words of the command
REFUSED = [
    ("1/5/2015 that no row decides", "d", ("1/5/2015", "2/5/2015", "3/5/2015"), "ambiguous-time", ":2:1:",
     ("1/5/2015", "--date-form", "dmy", "mdy")),
    ("202005 that no row decides", "t", ("202005", "202006", "202007"), "ambiguous-time", ":2:1:",
     ("202005", "--date-form", "month", "week")),
    ("010203 that no row decides", "t", ("010203", "020203", "030203"), "ambiguous-time", ":2:1:", ("010203",)),
    ("a month that is none", "m", ("2020-01", "2020-02", "2020-13", "2020-04"), "bad-time", ":4:1:", ("2020-13",)),
    ("an empty time", "m", ("2020-01", "", "2020-03", "2020-04"), "bad-time", ":3:1:", ()),
    ("a 29th of February that never was", "d", ("2021-02-27", "2021-02-28", "2021-02-29"), "bad-time", ":4:1:",
     ("2021-02-29",)),
    ("a 31st of June", "d", ("29.06.2021", "30.06.2021", "31.06.2021"), "bad-time", ":4:1:", ("31.06.2021",)),
    ("a week 53 in a year of 52", "w", ("2021-W51", "2021-W52", "2021-W53"), "bad-time", ":4:1:", ("2021-W53",)),
    ("a fifth quarter", "q", ("2020-Q4", "2020-Q5", "2021-Q1"), "bad-time", ":3:1:", ("2020-Q5",)),
    ("a word among months", "m", ("2020-01", "2020-02", "March", "2020-04"), "bad-time", ":4:1:", ("March",)),
    ("a year of the third century", "d", ("2020-01-06", "2020-01-13", "0205-03-14"), "bad-time", ":4:1:",
     ("0205-03-14",)),
    ("a week's day off by one", "d", ("2020-01-06", "2020-01-13", "2020-01-21", "2020-01-27", "2020-02-03"),
     "uneven-times", ":4", ("2020-01-21",)),
    ("digits of another script", "m", ("２０２０-01", "２０２０-02"), "bad-time", ":2:1:", ()),
    ("a row Total", "m", ("2020-01", "2020-02", "Total"), "total-row", ":4:1:", ("Total",)),
    ("a row Grand total", "m", ("2020-01", "2020-02", "Grand total"), "total-row", ":4:1:", ("Grand total",)),
    ("a row Insgesamt", "m", ("2020-01", "2020-02", "Insgesamt"), "total-row", ":4:1:", ("Insgesamt",)),
    ("a row Итого", "m", ("2020-01", "2020-02", "Итого"), "total-row", ":4:1:", ("Итого",)),
    ("a month twice", "m", ("2020-01", "2020-02", "2020-02"), "two-rows-one-period", ":4:1:", ("2020-02",)),
    ("a form that does not fit", "d", ("31/12/2015", "1/1/2016"), "bad-time", ":2:1:", ("31/12/2015",), "--date-form",
     "mdy"),
]
TEXTS = [time for _, _, times, *_ in READ + REFUSED for time in times]


def timed(header, times):
    return table((header, "n"), *((time, i + 1) for i, time in enumerate(times)))


def in_columns(name, header, rows, time, told):
    return one(name, "t.csv", table(header, *rows), (*TREND, "--time", time, "--value", "n"), says("t.csv", told))


RUNS = [one(name, "t.csv", timed(header, times), (*TREND, *more), says("t.csv:", header, told))
        for name, header, times, told, *more in READ]
RUNS += [one(name, "t.csv", timed(header, times), (*TREND, *more), refuses(error, "t.csv" + place, *tokens))
         for name, header, times, error, place, tokens, *more in REFUSED]
RUNS += [
    one("a month without a row", "t.csv", timed("m", ("2020-01", "2020-02", "2020-04")),
        ("apply", "threshold", "FILE", "--at-least", "9"), observed(1, 2, 3), says("2020-01 to 2020-04")),
    in_columns("year and week in two columns", "year,week,n", ("2020,52,1", "2020,53,2", "2021,1,3"), "year,week",
               "weeks 2020-W52 to 2021-W01"),
    in_columns("year and month in two columns", "Year,Month,n", ("2020,11,1", "2020,12,2", "2021,1,3"), "Year,Month",
               "months 2020-11 to 2021-01"),
    in_columns("year and quarter in two columns", "year,quarter,n", ("2020,3,1", "2020,4,2", "2021,1,3"),
               "year,quarter", "quarters 2020-Q3 to 2021-Q1"),
    in_columns("year, month and day in three columns", "year,month,day,n",
               ("2020,12,30,1", "2020,12,31,2", "2021,1,1,3"), "year,month,day", "days 2020-12-30 to 2021-01-01"),
    one("a week 53 in two columns, in a year of 52", "t.csv", "year,week,n\n2021,52,1\n2021,53,2\n",
        (*TREND, "--time", "year,week", "--value", "n"), refuses("bad-time", "t.csv:3:")),
    one("a form that there is not", "t.csv", timed("d", ("1/5/2015", "2/5/2015")), (*TREND, "--date-form", "dym"),
        refuses("bad-date-form", "dym", code=2)),
    one("Excel's numbers of days taken for plain numbers, when it is said", "t.csv",
        timed("d", ("43830", "43831", "43832")), (*TREND, "--date-form", "number"), says("numbers 43830 to 43832")),
]
