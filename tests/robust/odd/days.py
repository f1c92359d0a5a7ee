"""Days that cannot be, the day of asking, and days as spreadsheets save them anew."""
import datetime

from odd.case import figure, figures, line_with, read, refuses, says, silent_about, total
from odd.sources import attacks, battles, exploited, output, prices, steps, store, violence, weapons

TODAY = datetime.datetime.now(datetime.timezone.utc).date()
AHEAD = (TODAY + datetime.timedelta(days=40)).isoformat()
GOOD = [(f"2022-{i:04}", f"2022-02-{20 + i}" if i < 9 else "2022-03-13") for i in range(1, 11)]

# name, text of the file, place of the reject, its words
BAD_DAYS = [
    ("a year mistyped, ahead", exploited(*GOOD, ("2022-9999", "2204-03-14")), ":12:5:", "2204-03-14"),
    ("a month ahead", exploited(*GOOD, ("2022-9998", AHEAD)), ":12:5:", AHEAD),
    ("a year mistyped, of the third century", exploited(*GOOD, ("2022-9997", "0205-03-14")), ":12:5:", "0205-03-14"),
    ("a day before the source began", exploited(*GOOD, ("2022-9996", "1979-03-14")), ":12:5:", "1979-03-14"),
    ("a 30th of February", exploited(*GOOD, ("2022-9995", "2022-02-30")), ":12:5:", "2022-02-30"),
    ("a day that is a word", exploited(*GOOD, ("2022-9994", "soon")), ":12:5:", "soon"),
    ("no day", exploited(*GOOD, ("2022-9993", "")), ":12:5:", "is empty"),
]


def other_numbers(text, i):
    return text.replace("CVE-2022-", f"CVE-2022{i}-")


OTHERS = {
    "violence.csv": violence(*(("432", year, 5) for year in range(2001, 2011)), ("432", 2204, 6), ("432", 1204, 7)),
    "gdp.csv": output(*(("KEN", year, 5e10) for year in range(2001, 2011)), ("KEN", 2099, 6e10), ("KEN", 1899, 7e10)),
    "weapons.csv": weapons(*(("Kenya", year, 0) for year in range(2001, 2011)), ("Kenya", 3001, 0), ("Kenya", 201, 0)),
}
FIRST_LINE = (f"As of {TODAY.isoformat()}; the newest data are of 2012-", "days older")


def resaved(text, form):
    """Days as a spreadsheet writes them, by its own form."""
    import re
    def again(found):
        day = datetime.date.fromisoformat(found.group())
        return form.format(y=day.year, m=day.month, d=day.day)
    return re.sub(r"\b20\d\d-\d\d-\d\d\b", again, text)


MDY, DMY, DOTS = "{m}/{d}/{y}", "{d}/{m}/{y}", "{d:02}.{m:02}.{y}"
COVERS = ("--covers", "2021-01-01..2021-12-31")
FEW = battles((1, 432, "2021-01-05", 3), (2, 432, "2021-02-06", 4))
AFRICA = ("export", "series", "--watch", "africa.conflict", "--as-of", "2026-06-30")
MAIZE = prices(*((f"2021-{month:02}-15", 10 + month) for month in range(1, 13)))
MARKETS = ("export", "series", "--watch", "food.markets", "--as-of", "2026-06-30")


def saved_anew_in(kind, cases):
    """Files of one call, a state each: (name, its code, its place, the form of its days, what is said)."""
    files = {f"{kind}-{i}.csv": resaved(battles(
        (10 * i + 1, code, "2021-01-17", 3), (10 * i + 2, code, "2021-02-05", 4), (10 * i + 3, code, "2021-03-25", 5)),
        form) for i, (_, code, _, form, _) in enumerate(cases)}
    return store(files, [(name, [told] if told else [],
                          [figures(place, {"2021-01": 3, "2021-02": 4, "2021-03": 5})])
                         for name, _, place, _, told in cases], "africa.conflict", ingest=COVERS)


def saved_anew(name, file, text, series, *wants, words=(), told=None):
    return steps({file: text}, [(("ingest", file, "--json", *words), f"{name} is said", *([told] if told else [])),
                                (series, name, *wants)])


RUNS = [store({f"kev-{i}.csv": other_numbers(text, i) for i, (_, text, *_) in enumerate(BAD_DAYS)} | OTHERS,
              [(name, [read(f"kev-{i}.csv", rejected=1, stored=10)], [says(f"kev-{i}.csv{place} reject", word)])
               for i, (name, _, place, word) in enumerate(BAD_DAYS)]
              + [(f"years that cannot be, in {file}", [read(file, rejected=2, stored=10)],
                  [says(f"{file}:12", "reject")])
                 for file in OTHERS],
              ingest=("--edition", "add"), more=[("rejects", "--db", "a.duckdb")])]
RUNS += [
    steps({"kev.csv": exploited(*GOOD, ("2022-9999", "2204-03-14")), "raids.csv": attacks(("2012-01-05", 2.5, 4.5),
                                                                                            ("2012-02-05", 2.5, 4.5))},
          [(("ingest", "kev.csv"), "a year mistyped does not move the day"),
           (("export", "series", "--watch", "cyber.exploited"), "a year mistyped adds no periods to a series",
            total(10), silent_about("2204"), silent_about("2100")),
           (("sources", "--json"), "a year mistyped is no newest day", line_with(id="kev", last="2022-03-13")),
           (("sources", "--as-of", "newest", "--json"), "newest is the newest day there is",
            line_with(as_of="2022-03-13"))]),
    steps({"raids.csv": attacks(("2012-01-05", 2.5, 4.5), ("2012-02-05", 2.5, 4.5))},
          [(("ingest", "raids.csv"), "the first line"),
           (("run", "--area", "11", "--out", "out"), "run says its day and the age of its data", says(*FIRST_LINE)),
           (("sources",), "sources says its day and the age of its data", says(*FIRST_LINE)),
           (("sources", "--json"), "in JSON the day is a field of each line", line_with(as_of=TODAY.isoformat(),
                                                                                      stale=True)),
           (("run", "--area", "11", "--out", "out", "--as-of", "2012-02-28"), "a day that is asked for",
            says("As of 2012-02-28")),
           (("sources", "--as-of", "newest"), "the newest day", says("As of 2012-")),
           (("run", "--area", "11", "--out", "out", "--as-of", "28.2.2012"), "a day that is none",
            refuses("bad-day", "28.2.2012", code=2)),
           (("run", "--area", "11", "--out", "out", "--as-of", "2012-02-30"), "a day that never was",
            refuses("bad-day", "2012-02-30", code=2))]),
    saved_anew_in("ged", [
        ("GED saved anew, month first", 432, "mli", MDY, says("ged-0.csv", "month/day/year")),
        ("GED saved anew, day first", 436, "ner", DMY, says("ged-1.csv", "day/month/year")),
        ("GED saved anew, day first by dots", 475, "nga", DOTS, None),
        ("GED saved anew with hours", 530, "eth", "{m}/{d}/{y} 0:00", None)]),
    steps({"few.csv": resaved(FEW, MDY)},
          [(("ingest", "few.csv", *COVERS), "GED with days that no row decides",
            refuses("ambiguous-days", "few.csv", "--date-form")),
           (("ingest", "few.csv", *COVERS, "--date-form", "mdy"), "GED with such days, and the form said"),
           (AFRICA, "GED with such days, and the form said", figures("mli", {"2021-01": 3, "2021-02": 4}))]),
    saved_anew("WFP's prices saved anew", "wfp_food_prices.csv", resaved(MAIZE, MDY), MARKETS,
               figure("nic|Maize|KG|Retail|NIO|Town", "2021-12", 22)),
    saved_anew("KEV saved anew, day first", "kev.csv", resaved(exploited(*GOOD, ("2022-8888", "2022-03-20")), DMY),
               ("export", "series", "--watch", "cyber.exploited", "--as-of", "2022-04-30"), total(11)),
    saved_anew("raids saved anew, month first", "raids.csv",
               resaved(attacks(*((f"2012-01-{d:02}", 2.5, 4.5) for d in range(1, 28))), MDY),
               ("export", "series", "--watch", "sea.incidents", "--as-of", "2012-12-31"), total(27, "2012-01")),
]
