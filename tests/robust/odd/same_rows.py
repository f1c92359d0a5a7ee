"""The same rows twice: other bytes, other order, longer and shorter copies, editions by name and by day, rows that a
newer edition dropped; what is taken back and brought back."""
from odd.case import Case, figure, figures, line_with, read, refuses, says, silent_about, total
from odd.sources import attacks, battles, exploited, refugees, steps, store

GULF = [(f"2011-{1 + i % 12:02}-{1 + i % 27:02}", 2.5 + i / 50, 4.5) for i in range(20)]
MORE = [(f"2012-01-{1 + i:02}", 2.5 + i / 50, 4.5) for i in range(5)]
RAIDS = attacks(*GULF)
HEAD, *ROWS = RAIDS.splitlines(keepends=True)
INCIDENTS = ("export", "series", "--watch", "sea.incidents", "--as-of", "2013-12-31")
TODAY = ("export", "series", "--watch", "sea.incidents")


OTHER_BYTES = [
    ("line ends of Windows", RAIDS.replace("\n", "\r\n")),
    ("a byte order mark", "\ufeff" + RAIDS),
    ("another order", HEAD + "".join(reversed(ROWS))),
    ("quotes", "".join(",".join(f'"{c}"' for c in line.split(",")) + "\n" for line in RAIDS.splitlines())),
    ("no last line end", RAIDS[:-1]),
    ("blank lines behind", RAIDS + "\n\n"),
    ("all bytes as they were", RAIDS),
    ("fewer of them", HEAD + "".join(ROWS[:15])),
]
LONGER = RAIDS + attacks(*MORE).split("\n", 1)[1]
LONGEST = LONGER + attacks(*((f"2012-02-{1 + i:02}", 2.5, 4.5) for i in range(5))).split("\n", 1)[1]


def again(name, text, *wants, count=20, words=(), file="again.csv"):
    """The raids, then another file; the incidents after it."""
    return steps({"raids.csv": RAIDS, file: text},
                 [(("ingest", "raids.csv"), name), (("ingest", file, "--json", *words), name, *wants),
                  (INCIDENTS, name, total(count))])


def one_after_the_other(texts, *cases):
    """Files read in one call after the raids; what is said of each, and the incidents after all."""
    files = {"raids.csv": RAIDS} | {f"again-{i}.csv": text for i, text in enumerate(texts)}
    return store(files, cases, "sea.incidents", as_of="2013-12-31")


COVERS = ("--covers", "2021-01-01..2021-12-31")


def older(year=2021):
    return battles((year * 100 + 11, 432, f"{year}-01-05", 7), (year * 100 + 12, 432, f"{year}-02-05", 15),
                   (year * 100 + 13, 436, f"{year}-03-05", 3))


def newer(year=2021):
    """One event revised, one withdrawn, one as it was, one more."""
    return battles((year * 100 + 11, 432, f"{year}-01-05", 70), (year * 100 + 13, 436, f"{year}-03-05", 3),
                   (year * 100 + 14, 432, f"{year}-04-05", 5))


OLD, NEW = older(), newer()
AFRICA = ("export", "series", "--watch", "africa.conflict", "--as-of", "2026-06-30")


# name, the calls of ingest: files with their texts, and further words; deaths in Mali in January, February and April
EDITIONS = [
    ("editions by their numbers, the 9th before the 10th", [({"ged_v9.1.csv": older}, ()),
                                                            ({"ged_v10.1.csv": newer}, ())], (70, 0, 5)),
    ("editions by their days, the newer one first", [({"ged-20250615.csv": newer}, ()),
                                                     ({"ged_2022-06-15.csv": older}, ())], (70, 0, 5)),
    ("editions in one call, the older first", [({"GEDEvent_v22_1.csv": older, "GEDEvent_v25_1.csv": newer}, ())],
     (70, 0, 5)),
    ("editions in one call, the newer first", [({"GEDEvent_v25_1.csv": newer, "GEDEvent_v22_1.csv": older}, ())],
     (70, 0, 5)),
    ("editions by --vintage, the newer one first", [({"a.csv": newer}, ("--vintage", "2023-06-15")),
                                                    ({"b.csv": older}, ("--vintage", "2022-06-15"))], (70, 0, 5)),
    ("editions without a number: what was read last revises, nothing is lost", [({"a.csv": older}, ()),
                                                                                ({"b.csv": newer}, ())], (70, 15, 5)),
]


def editions():
    """One database, a year a case; the series after all of them."""
    files, commands, cases = {}, [], []
    for year, (name, calls, deaths) in enumerate(EDITIONS, 2001):
        for texts, words in calls:
            named = {f"{year}/{file}": of(year) for file, of in texts.items()}
            files |= named
            covers = ("--covers", f"{year}-01-01..{year}-12-31")
            commands.append((("ingest", *named, *covers, *words), name))
        cases.append((name, figures("mli", {f"{year}-{month}": n for month, n in zip(("01", "02", "04"), deaths)}),
                      figure("ner", f"{year}-03", 3)))
    made = steps(files, [*commands, (AFRICA, "")])
    return made._replace(cases=[Case(name, tuple(wants), len(commands)) for name, *wants in cases])


# what a name says of its edition
NAMED = [
    ("GEDEvent_v22_1.csv", "22.1"), ("GEDEvent_v25_1.csv", "25.1"), ("ged-24.1.csv", "24.1"), ("ged231.csv", "23.1"),
    ("ged_v9.1.csv", "9.1"), ("ged_v10.1.csv", "10.1"), ("ged_2022-06-15.csv", "2022-06-15"),
    ("ged-20250615.csv", "2025-06-15"), ("candidate v26.0.4.csv", "26.0.4"), ("ged.csv", ""), ("ged-99999999.csv", ""),
]

REFUGEES = refugees((2019, "SOM", "KEN", 9000, 0), (2020, "SOM", "KEN", 12000, 0))
REVISED = refugees((2020, "SOM", "KEN", 12400, 0), (2021, "SOM", "KEN", 12900, 0))
FLED = ("export", "series", "--watch", "climate.refugees", "--as-of", "2026-06-30")
LISTED = exploited(("2022-0001", "2022-02-28"), ("2022-0002", "2022-03-02"), ("2022-0003", "2022-03-03"),
                   ("2022-0009", "2022-03-13"))
KEV = ("export", "series", "--watch", "cyber.exploited", "--as-of", "2022-03-31")

RUNS = [
    one_after_the_other([text for _, text in OTHER_BYTES], *(
        (f"the same rows with {what}", [read(f"again-{i}.csv", stored=0, known=15 if what == "fewer of them" else 20)],
         [total(20)] if i == 0 else []) for i, (what, _) in enumerate(OTHER_BYTES))),
    one_after_the_other([LONGER, LONGEST, attacks(*((d.replace("2011", "2013"), x, y) for d, x, y in GULF[:4]))],
                        ("a longer copy stands for the shorter one, as the card says",
                         [read("again-0.csv", rows=25, superseded=20)], [total(20, "2011")]),
                        ("a longer copy yet", [read("again-1.csv", rows=30)], [total(10, "2012")]),
                        ("a file of other days adds to the others", [read("again-2.csv", stored=4, superseded=0)],
                         [total(4, "2013")])),
    again("a longer copy of which only new rows count, as it is said", LONGER,
          read("again.csv", stored=25, superseded=20),
          count=25, words=("--edition", "add")),
    again("a shorter copy that stands for a file that is named", HEAD + "".join(ROWS[:15]), count=15,
          words=("--edition", "replace", "--of", "raids.csv")),
    steps({"raids.csv": RAIDS, "again.csv": LONGER, "twice.csv": attacks(GULF[0], GULF[0], GULF[1])},
          [(("ingest", "twice.csv", "--json"), "two equal rows of one file are two events",
            read("twice.csv", stored=3)),
           (INCIDENTS, "two equal rows of one file are two events", total(3)),
           (("ingest", "again.csv", "--edition", "replace", "--of", "rades.csv"), "a file that is to be replaced and "
            "is not there", refuses("no-such-file", "again.csv", "rades.csv"))]),
    steps({"raids.csv": RAIDS},
          [(("ingest", "raids.csv"), "a file taken back"),
           (("forget", "raids.csv"), "a file taken back", says("20 rows")),
           (TODAY, "a file taken back", silent_about(",2011-")),
           (INCIDENTS, "an earlier day still sees a file taken back", total(20)),
           (("ingest", "raids.csv"), "a file that was taken back is not read again in silence",
            refuses("taken-back", "raids.csv", "--undo")),
           (("forget", "raids.csv", "--undo"), "a file brought back", says("20 rows")),
           (TODAY, "a file brought back", total(20)),
           (("forget", "rades.csv"), "a file to forget that is not there", refuses("nothing-to-forget", "raids.csv",
                                                                                   code=2))]),
    steps({"kev.csv": LISTED, "raids.csv": RAIDS},
          [(("ingest", "kev.csv", "raids.csv"), "a source taken back"),
           (("forget", "kev", "--day", "2022-06-01"), "a source taken back", says("4 rows", "2022-06-01")),
           (("export", "series", "--watch", "cyber.exploited", "--as-of", "2022-05-31"),
            "the day before a source was taken back", total(4)),
           (INCIDENTS, "other sources stay", total(20)),
           (("sources", "--files"), "sources lists what was taken back", says("kev.csv", "taken back on 2022-06-01"))]),
    steps({file: battles((i, 432, f"2021-01-{1 + i:02}", 1)) for i, (file, _) in enumerate(NAMED)},
          [(("ingest", *(file for file, _ in NAMED)), "editions by names of files"),
           (("sources", "--files", "--json"), "editions by names of files", *(
               line_with(file=file, edition=label) for file, label in NAMED))]),
    editions(),
    steps({"a.csv": OLD, "b.csv": NEW},
          [(("ingest", "a.csv", *COVERS, "--vintage", "2022-06-15"), "editions by --vintage"),
           (("ingest", "b.csv", *COVERS, "--vintage", "2023-06-15"), "editions by --vintage"),
           (AFRICA, "editions by --vintage", figures("mli", {"2021-01": 70, "2021-02": 0, "2021-04": 5})),
           (("export", "series", "--watch", "africa.conflict", "--as-of", "2022-12-31"),
            "an event that a newer edition dropped counts before it",
            figures("mli", {"2021-01": 7, "2021-02": 15}))]),
    steps({"GEDEvent_v22_1.csv": OLD, "GEDEvent_v25_1.csv": NEW},
          [(("ingest", "GEDEvent_v22_1.csv", "GEDEvent_v25_1.csv", *COVERS), "an edition taken back"),
           (("forget", "ucdp-ged", "--edition", "25.1"), "an edition taken back", says("GEDEvent_v25_1.csv")),
           (("export", "series", "--watch", "africa.conflict"), "an edition taken back",
            figures("mli", {"2021-01": 7, "2021-02": 15}))]),
    steps({"GEDEvent_v22_1.csv": OLD, "GEDEvent_v25_1.csv": battles((202111, 432, "2021-01-05", 70))},
          [(("ingest", "GEDEvent_v22_1.csv", *COVERS), "a newer extract"),
           (("ingest", "GEDEvent_v25_1.csv"), "a newer extract that is not complete drops nothing"),
           (AFRICA, "a newer extract that is not complete drops nothing",
            figures("mli", {"2021-01": 70, "2021-02": 15}))]),
    steps({"one.csv": REFUGEES, "two.csv": REVISED},
          [(("ingest", "one.csv"), "a newer file of figures"),
           (("ingest", "two.csv", "--json"), "a newer file of figures says that it revises",
            read("two.csv", revised=1)),
           (FLED, "a newer file of figures", figures("som", {"2019": 9000, "2020": 12400, "2021": 12900}))]),
    steps({"one.csv": REFUGEES, "two.csv": REVISED},
          [(("ingest", "two.csv", "--vintage", "2022-12-01"), "files of figures told apart by --vintage"),
           (("ingest", "one.csv", "--vintage", "2021-12-01"), "an older edition read later revises nothing"),
           (FLED, "an older edition read later revises nothing", figures("som", {"2019": 9000, "2020": 12400}))]),
    steps({"kev_2022-03-20.csv": LISTED, "kev_2022-03-27.csv": exploited(
        ("2022-0001", "2022-02-28"), ("2022-0003", "2022-03-03"), ("2022-0009", "2022-03-13"),
        ("2022-0010", "2022-03-20"))},
          [(("ingest", "kev_2022-03-20.csv", "kev_2022-03-27.csv"), "an entry that the catalogue withdrew"),
           (KEV, "an entry that the catalogue withdrew counts no longer", total(4, "2022-W"))]),
]
