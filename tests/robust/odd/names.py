"""Names of places in many tongues and spellings; what is nobody's name is told with the nearest one."""
import unicodedata

from odd.case import Case, Run, figure, line_with, read, says
from odd.sources import store, weapons

# place: names, each of which means it on a day of 2001
NAMES = {
    "tcd": ["Tchad", "乍得", "تشاد", "Чад", "TCHAD", "Tschad", "République du Tchad"],
    "sdn": ["Soudan", "苏丹", "السودان", "Судан", "Sudán", "Sudan (the)"],
    "mrt": ["Mauritanie", "毛里塔尼亚", "موريتانيا", "Мавритания", "Islamic Republic of Mauritania"],
    "caf": ["République centrafricaine", "Republique centrafricaine", "Centrafrique", "中非共和国", "C.A.R.",
            "Central African Rep.", "Центральноафриканская Республика", "جمهورية أفريقيا الوسطى"],
    "cod": ["DRC", "RDC", "D.R. Congo", "Congo, Dem. Rep.", "Congo (Kinshasa)", "Democratic Republic of the Congo",
            "Zaire", "刚果民主共和国", "Демократическая Республика Конго", "République démocratique du Congo"],
    "cog": ["Congo, Rep.", "Congo (Brazzaville)", "Congo-Brazzaville", "Republic of the Congo"],
    "are": ["UAE", "U.A.E.", "Émirats arabes unis", "الإمارات العربية المتحدة", "阿拉伯联合酋长国"],
    "mkd": ["FYROM", "Macedonia, FYR", "North Macedonia", "The former Yugoslav Republic of Macedonia"],
    "fsm": ["Micronesia (country)", "Micronesia, Fed. Sts.", "Federated States of Micronesia"],
    "civ": ["Côte d'Ivoire", "Côte d’Ivoire", "Cote d'Ivoire", "COTE D`IVOIRE", "Ivory Coast", "Elfenbeinküste",
            "Cote dIvoire", "科特迪瓦"],
    "gnb": ["Guinea-Bissau", "Guinea Bissau", "Guinea–Bissau", "Guinée-Bissau", "GUINEA‐BISSAU"],
    "tls": ["Timor-Leste", "Timor Leste", "East Timor", "东帝汶", "Timor oriental"],
    "mmr": ["Burma", "Myanmar (Burma)", "Birmanie", "缅甸", "Мьянма"],
    "prk": ["North Korea", "DPRK", "Korea, Dem. People's Rep.", "Corée du Nord", "朝鲜", "КНДР"],
    "kor": ["South Korea", "Republic of Korea", "Korea, Rep.", "韩国", "Corea del Sur"],
    "lao": ["Laos", "Lao PDR", "Lao People's Democratic Republic", "老挝"],
    "gmb": ["The Gambia", "Gambia, The", "Gambia (Republic of The)", "Gambie", "冈比亚"],
    "swz": ["Swaziland", "Eswatini", "eSwatini", "Kingdom of Eswatini"],
    "cpv": ["Cape Verde", "Cabo Verde", "Cap-Vert"],
    "bfa": ["Upper Volta", "Burkina", "Burkina Faso", "布基纳法索"],
    "tur": ["Türkiye", "Turkey", "Turquie", "TURKIYE", "Турция", "土耳其", "تركيا"],
    "cze": ["Czechia", "Czech Republic", "Tschechien"],
    "gbr": ["UK", "U.K.", "United Kingdom of Great Britain and Northern Ireland", "Royaume-Uni", "英国"],
    "usa": ["USA", "U.S.", "United States of America", "États-Unis", "Estados Unidos", "美国", "США"],
    "rus": ["Russia", "Russian Federation", "Россия", "俄罗斯联邦", "Rusia"],
    "irn": ["Iran (Islamic Republic of)", "Iran, Islamic Rep.", "Irán", "伊朗", "إيران"],
    "syr": ["Syria", "Syrian Arab Republic", "Syrie", "سوريا", "叙利亚"],
    "ven": ["Venezuela (Bolivarian Republic of)", "Venezuela, RB", "委内瑞拉"],
    "bol": ["Bolivia (Plurinational State of)", "Bolivie"],
    "vnm": ["Viet Nam", "Vietnam", "越南", "Вьетнам"],
    "stp": ["São Tomé and Príncipe", "Sao Tome & Principe", "Sao Tome and Principe"],
    "kna": ["St. Kitts and Nevis", "Saint Kitts & Nevis", "St Kitts and Nevis"],
    "vct": ["St. Vincent and the Grenadines", "Saint Vincent & Grenadines"],
    "bih": ["Bosnia-Herzegovina", "Bosnia & Herzegovina", "Bosnie-Herzégovine", "波斯尼亚和黑塞哥维那"],
    "pse": ["Palestine", "State of Palestine", "West Bank and Gaza", "Occupied Palestinian Territory", "巴勒斯坦国"],
    "egy": ["Egypt, Arab Rep.", "Égypte", "埃及", "Египет", "مصر"],
    "gulf-of-guinea": ["Gulf of Guinea", "Golfe de Guinée"],
    "south-china-sea": ["South China Sea", "南海"],
}
# what a file makes of a name: another form of its letters, or its bytes read as another encoding
CHANGED = [
    ("in letters and marks apart (NFD)", "caf", unicodedata.normalize("NFD", "République centrafricaine")),
    ("in letters and marks apart, of Hangul's neighbours", "tur", unicodedata.normalize("NFD", "Türkiye")),
    ("in wide letters (NFKC)", "usa", "ＵＳＡ"),
    ("with blanks around and two within", "bfa", "  Burkina  Faso "),
    ("with a blank that does not break", "bfa", "Burkina\u00a0Faso"),
    ("with a mark of no width", "bfa", "\u200bBurkina Faso"),
    ("with a soft hyphen", "gnb", "Guinea-Bis\u00adsau"),
    ("with a curly apostrophe", "civ", "Côte d\u2019Ivoire"),
    ("with an accent for an apostrophe", "civ", "Côte d\u00b4Ivoire"),
    ("with a long dash", "gnb", "Guinea\u2014Bissau"),
    ("in capitals with accents", "caf", "RÉPUBLIQUE CENTRAFRICAINE"),
    ("UTF-8 read as Latin-1", "civ", "Côte d'Ivoire".encode().decode("latin-1")),
    ("UTF-8 read as Windows' Latin-1", "tur", "Türkiye".encode().decode("cp1252")),
    ("UTF-8 read as Latin-1, of two words", "caf", "République centrafricaine".encode().decode("latin-1")),
]
# place, day, name: former names by date
DATED = [
    ("yug", "1985-06-30", "Yugoslavia"), ("scg", "1999-06-30", "Yugoslavia"), ("ussr", "1985-06-30", "USSR"),
    ("ussr", "1985-06-30", "СССР"), ("deu", "1995-06-30", "Germany"), ("deu", "1995-06-30", "Allemagne"),
    ("csk", "1985-06-30", "Czechoslovakia"), ("cod", "1985-06-30", "Zaïre"),
]
DAYS = sorted({day for _, day, _ in DATED})
SUMS = ["World", "Africa", "Sub-Saharan Africa", "European Union", "High income", "OECD members", "Asie", "世界",
        "Весь мир", "Monde", "Insgesamt", "Rest of the world"]
# a name that is none, and the one that is meant
UNKNOWN = [("Tchadd", "Tchad"), ("Burkina Fasso", "Burkina Faso"), ("Zimbabwee", "Zimbabwe"),
           ("Tajikstan", "Tajikistan"),
           ("Mozambigue", "Mozambique"), ("Columbia", "Colombia"), ("Camerooon", "Cameroon"), ("Atlantis", "")]
NOBODY = "Qwxzplace"
TEXTS = ([name for names in NAMES.values() for name in names] + [name for *_, name in CHANGED + DATED] + SUMS
         + [name for name, _ in UNKNOWN])


def asked(names, day="2001-06-30"):
    return ["places", *names, "--system", "name", "--day", day, "--json"]


ALL = [(place, name) for place, names in NAMES.items() for name in names]
RUNS = [
    Run({}, [asked([name for _, name in ALL]), asked([name for _, _, name in CHANGED]), asked(SUMS),
             asked([name for name, _ in UNKNOWN])],
        [Case(f"the name {name}", (line_with(text=name, place=place),)) for place, name in ALL]
        + [Case(f"a name {what}", (line_with(text=name, place=place),), 1) for what, place, name in CHANGED]
        + [Case(f"the sum {name}", (line_with(text=name, place=""), ), 2) for name in SUMS]
        + [Case(f"nobody's name {name}", (line_with(text=name, place="", suggestion=meant),), 3)
           for name, meant in UNKNOWN]),
    Run({}, [asked([name for _, on, name in DATED if on == day], day) for day in DAYS],
        [Case(f"the name {name} on {day}", (line_with(text=name, place=place),), DAYS.index(day))
         for place, day, name in DATED]),
]

IN_A_FILE = [("Tchad", "tcd"), ("Soudan", "sdn"), ("DRC", "cod"), ("苏丹", "sdn"), ("Côte d\u2019Ivoire", "civ"),
             (unicodedata.normalize("NFD", "República Dominicana"), "dom"), ("GUINEA BISSAU", "gnb")]
RUNS.append(store(
    {f"n{i}.csv": weapons((name, 2000 + i, 1), ("Kenya", 1970 + i, 0)) for i, (name, _) in enumerate(IN_A_FILE)}
    | {"mojibake.csv": weapons(("Türkiye".encode().decode("latin-1"), 2001, 1)),
       "typo.csv": weapons(*(("Chadd", year, 0) for year in range(1990, 1997)), ("Kenya", 1990, 0)),
       "two.csv": weapons(("Atlantis", 2001, 0), ("Nigerria", 2001, 0), ("Nigerria", 2002, 0)),
       "sums.csv": weapons(("World", 2001, 9), ("Africa", 2001, 9), ("Ghana", 2001, 0)),
       "empty.csv": weapons(("", 2001, 1), ("NA", 2002, 1), *(("Ghana", year, 0) for year in range(2002, 2008)))},
    [(f"a file that writes {name}", [read(f"n{i}.csv", unplaced=0)], [figure(place, str(2000 + i), 1)])
     for i, (name, place) in enumerate(IN_A_FILE)]
    + [("mojibake in a file is undone, and said", [read("mojibake.csv", unplaced=0), says("mojibake.csv", "Türkiye")],
        [figure("tur", "2001", 1)]),
       ("an unknown place is told where it happens", [read("typo.csv", unplaced=7),
        says("typo.csv", "7 rows", "1 unknown place", "Chadd", "Chad?")], []),
       ("two unknown places, one near a known one",
        [says("two.csv", "3 rows", "2 unknown places", "Atlantis", "Nigeria?")], []),
       ("sums over places in a file are set aside by name", [read("sums.csv", unplaced=0, set_aside=2),
                                                             says("sums.csv", "World", "set aside")],
        [figure("gha", "2001", 0)]),
       ("an empty place is a reject", [read("empty.csv", rejected=2, stored=6)], []),
       ("sources carries the count of unknown places", [], [], [line_with(id="owid-nuclear-weapons", unplaced=10,
                                                                          set_aside=2)]),
       ("places lists what a file leaves unplaced", [], [], [], [line_with(code="Nigerria", unplaced=2,
                                                                           suggestion="Nigeria")]),
       ("rejects tells the empty place by line and column", [], [], [], [],
        [says("empty.csv:2:1: reject[", "is empty")])],
    "nuclear.status",
    more=[("sources", "--db", "a.duckdb", "--json"), ("places", "two.csv", "--json"), ("rejects", "--db", "a.duckdb")]))
