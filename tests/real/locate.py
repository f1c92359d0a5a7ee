"""Countries by the outlines against UCDP's own: the points of UCDP GED 20.1 as Geo-PKO published them, which name no
country, beside UCDP's country-months, for African states. The points are a selection, so that no country-year can have
more deaths than UCDP counts there, but for those that lie elsewhere than UCDP files them."""
import collections
import csv
import pathlib
import sys
import tomllib

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import harness

POINTS = harness.DATA / "ucdp" / "ged201.csv"
MONTHS = harness.DATA / "ucdp" / "ged_country_month_1989_2020.csv"
OFFSHORE_KM = 22.224
FRONT = {"eri", "eth"}  # UCDP files the front of their war otherwise than a border does


def deaths_of_points(located):
    out = collections.Counter()
    with open(POINTS, newline="") as points, open(located, newline="") as places:
        for point, place in zip(csv.DictReader(points), csv.DictReader(places)):
            where = place["disputed"] or place["country"]
            if not where and place["nearest_country"] and float(place["coast_km"]) <= OFFSHORE_KM:
                where = place["nearest_country"]
            out[where, int(point["year"])] += int(point["best"])
    return out


def deaths_of_months(places):
    out = collections.Counter()
    with open(MONTHS, newline="") as months:
        for month in csv.DictReader(months):
            kinds = ("deaths_state_based", "deaths_non_state", "deaths_one_sided")
            out[places.get(month["gwcode"]), int(month["month"][:4])] += sum(int(month[kind]) for kind in kinds)
    return out


class Countries(harness.Case):
    def test_deaths_by_country_and_year(self):
        if "no outlines" in self.icosa("locate", "48.857", "2.352").out:
            self.skipTest("no outlines of countries in this build")
        self.icosa("locate", POINTS, "--out", "located.csv")
        with open(harness.ROOT / "packs" / "places" / "africa.toml", "rb") as file:
            places = {code["code"]: place["id"] for place in tomllib.load(file)["place"] for code in place["codes"]
                      if code["system"] == "gw"}
        ours = deaths_of_points(self.folder / "located.csv")
        theirs = deaths_of_months(places)
        african = [key for key, deaths in ours.items() if key[0] in places.values() and deaths > 0]
        within = [key for key in african if ours[key] <= theirs[key]]
        others = [key for key in african if key[0] not in FRONT]
        beyond = sum(max(0, ours[key] - theirs[key]) for key in others)
        share = beyond / sum(ours[key] for key in others)
        print(f"{len(within)} of {len(african)} country-years within UCDP's total; beyond it {beyond} deaths, "
              f"{share:.2%}, without {' and '.join(sorted(FRONT))}")
        self.assertGreater(len(african), 500)
        self.assertGreater(len(within) / len(african), 0.88)
        self.assertLess(share, 0.01)


if __name__ == "__main__":
    if not POINTS.is_file() or not MONTHS.is_file():
        print(f"SKIPPED: no {POINTS.name} and {MONTHS.name} under {harness.DATA}")
        sys.exit(harness.SKIPPED)
    harness.main()
