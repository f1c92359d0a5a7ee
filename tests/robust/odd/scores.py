"""Draws against what came: models, draws and truths that stand twice, units that do not meet, times in other forms."""
from odd.case import Case, Run, line_with, refuses, says, table

DRAWS = [(month, unit, draw, value) for month, unit, values in
         (("2020-01", 7, (0, 2, 4, 6)), ("2020-01", 9, (1, 1, 1, 5)), ("2020-02", 7, (3, 3, 3, 3)))
         for draw, value in enumerate(values)]
CAME = [("2020-01", 7, 3), ("2020-01", 9, 1), ("2020-02", 7, 5)]


def crps(values, came):
    n = len(values)
    return (sum(abs(v - came) for v in values) / n - sum(abs(a - b) for a in values for b in values) / (2 * n * n))


def mean_crps(draws=DRAWS, came=CAME):
    each = [crps([float(d[3]) for d in draws if d[:2] == (month, unit)], value) for month, unit, value in came]
    return sum(each) / len(each)


def scored(name, wants, draws=None, came=None, header="month,unit,draw,outcome", came_header="month,unit,outcome",
           more=(), by=","):
    files = {"draws.csv": table(*[by.join(header.split(",")), *(draws or DRAWS)], by=by).encode(),
             "came.csv": table(*[by.join(came_header.split(",")), *(came or CAME)], by=by).encode()}
    return Run(files, [["score", "--draws", "draws.csv", "--actuals", "came.csv", "--json", *more]],
               [Case(name, tuple(wants))])


RIGHT = mean_crps()
NUMBER = {"2020-01": 481, "2020-02": 482}
MODELS = [(model, *row[:3], row[3] + shift) for model, shift in (("alpha", 0), ("beta", 2)) for row in DRAWS]
OTHER = [(*row[:3], row[3] + 2) for row in DRAWS]
SPARSE = [("2020-01-03", 7, 1), ("2020-01-20", 7, 2), ("2020-01-31", 9, 1), ("2020-02-11", 7, 5)]
EVENTS = {"came_header": "date_start,unit,best",
          "more": ("--sparse", "--unit", "unit", "--value", "best")}

RUNS = [
    scored("plain draws", [line_with(crps=RIGHT, cells=3)]),
    scored("rows in another order", [line_with(crps=RIGHT)], DRAWS[::-1], CAME[::-1]),
    scored("by semicolons", [line_with(crps=RIGHT)], by=";"),
    scored("months without a dash in one file, the challenge's numbers in the other", [line_with(crps=RIGHT)],
           [(row[0].replace("-", ""), *row[1:]) for row in DRAWS], [(NUMBER[m], unit, v) for m, unit, v in CAME]),
    scored("days of the months in what came", [line_with(crps=RIGHT)],
           came=[(month + "-28", unit, value) for month, unit, value in CAME]),
    scored("units with a decimal in one file", [line_with(crps=RIGHT)],
           came=[(month, f"{unit}.0", value) for month, unit, value in CAME]),
    scored("units with noughts before them", [line_with(crps=RIGHT)],
           came=[(month, f"00{unit}", value) for month, unit, value in CAME]),
    scored("a code beside what came is not taken for it", [refuses("which-column", "came.csv", "gwcode")],
           came=[(month, unit, 432, value) for month, unit, value in CAME], came_header="month,unit,gwcode,n"),
    scored("a code beside a column that is called deaths", [line_with(crps=RIGHT)],
           came=[(month, unit, 432, value) for month, unit, value in CAME], came_header="month,unit,gwcode,deaths"),
    scored("what came in a column that is named", [line_with(crps=RIGHT), says('"value":"n"')],
           came=[(month, unit, 432, value) for month, unit, value in CAME], came_header="month,unit,gwcode,n",
           more=("--value", "n")),
    scored("two models in one table", [refuses("several-models", "draws.csv", "model")], MODELS,
           header="model,month,unit,draw,outcome"),
    scored("a score a model", [line_with(model="alpha", crps=RIGHT), line_with(model="beta", crps=mean_crps(OTHER))],
           MODELS, header="model,month,unit,draw,outcome", more=("--model", "model")),
    scored("a draw twice in its cell", [refuses("two-draws", "draws.csv", "0")],
           DRAWS + [("2020-01", 7, 0, 2)]),
    scored("all draws twice, one file behind another", [refuses("two-draws", "draws.csv")], DRAWS + DRAWS),
    scored("a truth given twice", [refuses("two-rows-one-period", "came.csv:5", "2020-01")],
           came=CAME + [("2020-01", 7, 3)]),
    scored("a truth given twice, and differently", [refuses("two-rows-one-period", "came.csv:5")],
           came=CAME + [("2020-01", 7, 9)]),
    scored("files with no unit in common", [refuses("nothing-matches", "draws.csv", "came.csv")],
           came=[(month, f"land-{unit}", value) for month, unit, value in CAME]),
    scored("files with no month in common", [refuses("nothing-matches", "draws.csv", "came.csv")],
           came=[("2031-01", unit, value) for _, unit, value in CAME[:2]]),
    scored("a truth that is no number", [refuses("bad-value", "came.csv:3:3:", "many")],
           came=[CAME[0], ("2020-01", 9, "many"), CAME[2]]),
    scored("a draw that is no number", [refuses("bad-value", "draws.csv:3:4:", "few")],
           [DRAWS[0], ("2020-01", 7, 1, "few"), *DRAWS[2:]]),
    scored("an empty truth is none", [line_with(cells=2)], came=[CAME[0], ("2020-01", 9, ""), CAME[2]]),
    scored("events added up by month", [line_with(crps=RIGHT)], came=SPARSE, **EVENTS),
    scored("events whose cells have a decimal", [line_with(crps=RIGHT)],
           came=[(day, f"{unit}.0", n) for day, unit, n in SPARSE], **EVENTS),
    scored("events of a unit that the draws do not have", [refuses("unmatched-units", "came.csv", "11")],
           came=SPARSE + [("2020-02-12", 11, 4)], **EVENTS),
    scored("events of such a unit, left out as it is said", [line_with(crps=RIGHT)],
           came=SPARSE + [("2020-02-12", 11, 4)], came_header=EVENTS["came_header"],
           more=(*EVENTS["more"], "--ignore-unmatched")),
]
