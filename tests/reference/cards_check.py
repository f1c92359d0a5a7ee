"""Reads every source card and every real file as docs/source-cards.md says, without the program: one card fits each
file, its columns exist, its cells parse, its lookups cover all values, its identity is a key. Usage: cards_check.py
[DATA] (default ../shared/data); 0 = clean."""
import csv, datetime, io, json, os, re, sys, tomllib, unicodedata
from collections import Counter, defaultdict

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
DATA = sys.argv[1] if len(sys.argv) > 1 else os.path.join(ROOT, "..", "shared", "data")
csv.field_size_limit(10**9)

FILES = {  # file: (card, rows, tag rows)
    "gdelt/20191024143000.export.CSV": ("gdelt-2", 2111, 0), "gdelt/gdelt1_events_sample.csv": ("gdelt-1", 710, 0),
    "gdelt/20190121220000.export.CSV": ("gdelt-resaved", 1629, 0),
    "gdelt/icews.events.2018.sample.tab": ("icews", 3705, 0),
    "ucdp/ucdp_syria_df.csv": ("ucdp-ged-syria", 16566, 0), "ucdp/ucdpged.csv": ("ucdp-ged", 1000, 0),
    "ucdp/ucdp_ged_BGD_hxl.csv": ("ucdp-ged-hxl", 602, 1),
    "ucdp/organizedviolencecy_v25_1.csv": ("ucdp-organized-violence-cy", 6936, 0),
    "ucdp/ged_country_month_1989_2020.csv": ("ged-country-month", 73261, 0),
    "ucdp/ged201.csv": ("ged201", 61296, 0), "piracy/RAW_ASAM.csv": ("asam", 8619, 0),
    "piracy/pirate_attacks.csv": ("pirate-attacks", 7511, 0),
    "un-votes/un_votes.csv": ("un-votes", 869937, 0), "un-votes/un_roll_calls.csv": ("un-roll-calls", 6202, 0),
    "peacekeeping/data_mission.csv": ("un-peacekeeping", 5330, 0),
    "peacekeeping/data_regions.csv": ("un-peacekeeping-regions", 6320, 0),
    "peacekeeping/geopko_TCCMap_v.2.3.csv": ("geo-pko", 4927, 0), "epidemics/DONdatabase.csv": ("don", 3338, 0),
    "epidemics/outbreaks_13052026.csv": ("outbreaks", 3540, 0), "epidemics/salmAllOnset.csv": ("salm-onset", 778, 0),
    "space/celestrak_on_orbit_20241101.csv": ("celestrak-gp", 26834, 0),
    "cyber/known_exploited_vulnerabilities.csv": ("kev", 1404, 0), "ai/aiid_incidents.csv": ("aiid", 1367, 0),
    "nuclear/nuclear_explosions.csv": ("nuclear-explosions", 2051, 0),
    "nuclear/owid_nuclear_weapons_tests.csv": ("owid-nuclear-tests", 600, 0),
    "nuclear/owid_nuclear_weapons_proliferation.csv": ("owid-nuclear-weapons", 16848, 0),
    "nuclear/owid_bio_chem_proliferation.csv": ("owid-bio-chem", 198, 0),
    "water/EventMaster111710.csv": ("tfdd-events", 7128, 0),
    "water/WorkingMasterTreatiesDB_20180428.csv": ("tfdd-treaties", 2111, 0),
    "governance/wgi.csv": ("wgi", 5350, 0), "governance/gdp.csv": ("gdp", 13979, 0),
    "governance/population.csv": ("population", 17195, 0),
    "governance/state_fragility.csv": ("state-fragility", 3960, 0),
    "governance/unhcr_population.csv": ("unhcr-population", 138893, 0),
    "relations/ucdp_acd.csv": ("ucdp-acd", 5652, 0), "relations/cow_mid_ddydisps.csv": ("cow-mid", 10234, 0),
    "relations/cow_nmc.csv": ("cow-nmc", 17121, 0),
    "lists/uk_subjects.csv": ("uk-list", 6046, 0),
    **{f"food-prices/wfp_food_prices_global_{y}.csv": ("wfp-food-prices", n, 0) for y, n in
       ((2018, 16324), (2019, 18041), (2020, 25588), (2021, 31218), (2022, 28934), (2023, 26939))},
    **{f"fresh/conflict/{name}": (card, n, 0) for card, name, n in (
        ("un-missions", "DPPADPOSS-PKO.csv", 81), ("ideal-points", "IdealpointestimatesAll_Jun2024.csv", 11238),
        ("cow-mid-participants", "MIDB 5.0.csv", 5883),
        ("reign-elections", "REIGN election list 2025 09 11 - election_list_12_21.csv", 4549),
        ("acled-week", "US-and-Canada_aggregated_data_up_to_week_of-2026-03-28.csv", 22478),
        ("ai-gpr-daily", "derived-ai_gpr_daily-7day-mean.csv", 2312),
        ("gdelt-country-month", "derived-gdelt_events-country-month-1985-2025.csv", 85116),
        ("powell-thyne-coups", "derived-powell_thyne_coups-country-month.csv", 167),
        ("sc-vetoes", "derived-unsc_vetoes_1946_sept2022.csv", 214), ("icb-crises", "icb1v15.csv", 496),
        ("icb-actors", "icb2v15.csv", 1100), ("leader-terms", "leaderlist_2026_02_10.csv", 2731),
        ("acled-country-year", "number_of_political_violence_events_by_country-year_as-of-03Apr2026.csv", 2711),
        ("sipri-trade-register", "sipri-trade-register.csv", 29507))},
    **{f"fresh/technology/{name}": (card, n, 0) for card, name, n in (
        ("agora-documents", "agora_documents.csv", 951), ("aphis-hpai-birds",
         "aphis_2025-10_HPAI_Detections_in_Wild_Birds.csv", 14734),
        ("aphis-hpai-mammals", "aphis_2025-10_HPAI_Detections_in_Mammals.csv", 649),
        ("cisa-csaf-changes", "cisa_csaf_ot_changes.csv", 2379),
        ("epoch-ai-models", "epoch_notable_ai_models.csv", 952), ("hpai-human-us", "hpai_2025-10_Human_Data.csv", 33),
        ("ics-advisories", "icsadvprj_CISA_ICS_ADV_2026_8_20_26.csv", 343),
        ("owid-nuclear-states", "owid_2023_nuclear-weapons-proliferation.csv", 85),
        ("owid-nuclear-warheads", "owid_2023_nuclear-warhead-stockpiles.csv", 869),
        ("owid-warhead-inventories", "owid_2023_nuclear-warhead-inventories.csv", 9),
        ("untc-doha", "untc_2021-11_doha-amendment.csv", 147),
        ("untc-kigali", "untc_2023-10_kigali-amendment.csv", 155),
        ("untc-paris", "untc_2023-02_paris-agreement-entry-into-force.csv", 198))},
    **{f"fresh/people/{name}": (card, n, tags) for card, name, n, tags in (
        ("idmc-conflict", "Internal Displacements (New Displacements) – IDPs.csv", 961, 0),
        ("idmc-disasters", "Internal displacements (new displacements) associated with disasters.csv", 22119, 0),
        ("rki-wastewater", "amelag_aggregierte_kurve.tsv", 1158, 0), ("asap-hotspots", "asap_hotspots_ts.csv", 99, 0),
        ("idmc-updates", "event_data_sdn.csv", 83, 1),
        ("iom-dtm", "global-iom-dtm-from-api-admin-0-to-2.csv", 13368, 1),
        ("uhslc-male", "global_daily_fast_b403_23c2_286a.csv", 13336, 1),
        ("hapi-food-security", "hdx_hapi_food_security_ken.csv", 4830, 0),
        ("hapi-population", "hdx_hapi_population_ken.csv", 3168, 0),
        ("hapi-poverty", "hdx_hapi_poverty_rate_ken.csv", 73, 0),
        ("hapi-rainfall", "hdx_hapi_rainfall_ken.csv", 11460, 0),
        ("hapi-returnees", "hdx_hapi_returnees_global.csv", 2301, 0),
        ("ibtracs", "ibtracs.NA.list.v04r01.csv", 526, 1), ("inform-risk", "inform_risk_index_trends.csv", 7640, 0),
        ("ipc", "ipc_bgd_national_long_latest.csv", 14, 0), ("ipc", "ipc_global_national_long.csv", 399, 0),
        ("jhu-measles", "measles_county_all_updates.csv", 1256, 0),
        ("portwatch-chokepoints", "portwatch_daily-chokepoint-transit-calls-and-shipment-volume-estimates.csv", 336, 0),
        ("portwatch-disruptions", "portwatch_disruptions.csv", 125, 0),
        ("unhcr-situations", "unhcr-situations.csv", 25, 0),
        ("usgs-earthquakes", "usgs_earthquakes_2026-02_2026-03.csv", 1943, 0))},
    **{f"fresh/people/insp_sitrep__{name}__daily.csv": ("insp-ebola-2026", n, 0) for name, n in (
        ("cumulative_confirmed_cases", 500), ("cumulative_confirmed_deaths", 472), ("cumulative_suspected_cases", 189),
        ("cumulative_suspected_deaths", 187), ("new_confirmed_cases", 182), ("new_suspected_cases", 155),
        ("new_suspected_deaths", 155), ("new_contacts_listed", 136), ("national_cumulative_confirmed_cases", 27),
        ("national_cumulative_confirmed_deaths", 27), ("national_cumulative_suspected_cases", 26))},
}
KEYS = {
    "source": "id title publisher licence exportable attribution url cite note record format delimiter quoted "
              "encoding header not_header columns minimum_columns first_row file_name skip_rows_with companion "
              "companion_key epoch nulls identity content likeness publication_lag_days vintage_from "
              "stale_after_days verified locate first_day ahead only wide preamble also volume editions "
              "edition_from records unfold sheet header_row decimal vintage_form",
    "coverage": "complete places days whole complete_from_rows running", "assert": "rows rejects_share",
    "field": "column columns value parse system lookup optional scale before pattern nulls letters split words lacking",
    "measure": "id title unit column low high scale lookup minimum when plausible optional nulls id_column "
               "zero_before_first listed sum",
}
KEYS = {k: set(v.split()) for k, v in KEYS.items()}
FIELDS = {
    "event": "day last_day known kind code place actor1 actor2 subject at latitude longitude cell low best high "
             "civilians intensity mentions sources weight position_precision root typed known_minute",
    "observation": "day last_day known place subject", "treaty-action": "instrument participant act day known",
    "vote": "roll_call voter ballot known",
    "roll-call": "roll_call session day resolution issue important known",
    "designation": "list regime type reference day updated known",
}
NEEDED = {"event": {"day", "kind"}, "observation": {"day"}, "treaty-action": {"instrument", "participant", "act"},
          "vote": {"roll_call", "voter", "ballot"}, "roll-call": {"roll_call", "day"},
          "designation": {"list", "regime"}}
MONTHS = {m: i + 1 for i, m in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split())}


def fold(text):
    text = unicodedata.normalize("NFKD", text.lower())
    return " ".join(re.findall(r"[^\W_]+", "".join(c for c in text if not unicodedata.combining(c))))


def whole(t):
    return int(t) if re.fullmatch(r"[+-]?\d+", t) else None


def number(t):
    return float(t) if re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", t) else None


def civil(y, m, d):
    try:
        return datetime.date(int(y), int(m), int(d))
    except ValueError:
        return None


def by(pattern, order):
    def parse(t):
        m = re.fullmatch(pattern, t)
        if not m:
            return None
        d, mo, y = (m[i] for i in order)
        return civil(y, MONTHS.get(mo.lower()[:3], mo if mo.isdigit() else 0), d)
    return parse


def position(t):
    one = r"(\d+)°(\d+)'(\d+(?:\.\d+)?)\"([%s])"
    m = re.fullmatch(one % "NS" + r"\s*" + one % "EW", t)
    if not m:
        return None
    lat, lon = (float(m[i]) + float(m[i + 1]) / 60 + float(m[i + 2]) / 3600 for i in (1, 5))
    return (lat, lon) if lat <= 90 and lon <= 180 and all(float(m[i]) <= 60 for i in (2, 3, 6, 7)) else None


def degrees(bound):
    def parse(t):
        v = number(t)
        return v if v is not None and abs(v) <= bound else None
    return parse


date = by(r"(\d{4})-(\d\d)-(\d\d)(?:[T ].*)?", (3, 2, 1))


def named_month(text):
    """Apr 2023, Mar-23"""
    months = "jan feb mar apr may jun jul aug sep oct nov dec".split()
    m = re.fullmatch(r"([A-Za-z]{3})[ -](\d{4}|\d\d)", text)
    return civil(m[2] if len(m[2]) == 4 else "20" + m[2], months.index(m[1].lower()) + 1, 1) if m else None


PARSE = {
    "text": lambda t: t, "whole": whole, "number": number, "thousandths": number, "date": date,
    "date-compact": by(r"(\d{4})(\d\d)(\d\d)", (3, 2, 1)), "timestamp-date": by(r"(\d{4})(\d\d)(\d\d)\d{6}", (3, 2, 1)),
    "date-dmy": by(r"(\d{1,2})[ /-](\w+)[ /-](\d{4})", (1, 2, 3)),
    "date-mdy": by(r"(\d{1,2})/(\d{1,2})/(\d{4})", (2, 1, 3)),
    "month": lambda t: date(t + "-01") or named_month(t),
    "year": lambda t: civil(t, 1, 1) if re.fullmatch(r"\d{4}", t) else None,
    "epoch-week": whole, "week": lambda t: t if re.fullmatch(r"\d{4}-?W?\d\d", t) else None,
    "quarter": lambda t: t if re.fullmatch(r"\d{4}-?Q[1-4]", t) else None,
    "degree-minute": position, "latitude": degrees(90), "longitude": degrees(180),
    "yes-no": lambda t: {"1": 1, "0": 0, "yes": 1, "no": 0, "true": 1, "false": 0}.get(t.lower()),
    "list-length": lambda t: len(json.loads(t)),
}
SPECIAL = {"days-between", "untc-action", "year-month-day", "given", "timestamp-minute"}
ACTS = (("definitive signature", "definitive-signature"), ("definitive acceptance", "acceptance"),
        ("signature", "signature"), ("confirmation of signature", "signature"),
        ("succession to signature", "signature"), ("ratification", "ratification"), ("acceptance", "acceptance"),
        ("approval", "approval"), ("accession", "accession"), ("succession", "succession"),
        ("formal confirmation", "formal-confirmation"), ("consent to be bound", "consent-to-be-bound"),
        ("participation", "consent-to-be-bound"), ("simplified procedure", "consent-to-be-bound"),
        ("provisional", "provisional-application"),
        ("undertaking of provisional application", "provisional-application"), ("application", "application"),
        ("date of adoption", "adoption"))
NOT_YET = {"signature", "provisional-application", "application"}


def heading_parts(heading):
    out = []
    for part in re.split(r",\s+(?=[A-Z])", heading):
        letter = re.search(r"\(([A-Za-z]{1,2})\)$", part)
        act = next((a for w, a in ACTS if part.lower().startswith(w)), None)
        out.append((letter[1] if letter else "", act or ("succession" if letter and letter[1] == "d" else None)))
    return out


def treaty_act(heading, cell):
    """Nothing for a column that is no act; False for a cell that cannot be read."""
    parts = heading_parts(heading)
    if not any(act for _, act in parts):
        return None
    m = re.fullmatch(r"(\d{1,2} [A-Z][a-z]{2} \d{4})(?: ([A-Za-z]{1,2}))?", cell)
    if not m or not PARSE["date-dmy"](m[1]):
        return False
    fits = [act for letter, act in parts if letter == (m[2] or "")] or ([] if m[2] or len(parts) > 1 else [parts[0][1]])
    if not fits:
        return False
    if m[2] or len(fits) == 1:
        return fits[0]
    return "consent-to-be-bound" if not NOT_YET & set(fits) and None not in fits else None


def looked_up(table, text):
    if text in table:
        return table[text]
    fits = [k for k in table if k.endswith("*") and text.startswith(k[:-1])]
    return table[max(fits, key=len)] if fits and text else None


def rows_of(path, card, head=False):
    source = card["source"]
    raw = open(path, "rb").read(1 << 16) if head else open(path, "rb").read()
    if head:
        raw = raw[:raw.rfind(b"\n") + 1]
    text = raw.decode(source.get("encoding", "utf-8"), errors="ignore" if head else "strict").lstrip("\ufeff")
    quoting = csv.QUOTE_MINIMAL if source.get("quoted", True) else csv.QUOTE_NONE
    return csv.reader(io.StringIO(text, newline=""), delimiter=source.get("delimiter", ","), quoting=quoting)


def listed(value):
    return value if isinstance(value, list) else [value]


def needed(card):
    """The columns without which no row can be read."""
    out = [card["source"].get("only", {}).get("column", "")]
    out += card["source"].get("identity", []) + card["source"].get("likeness", [])
    for f in card["map"].values():
        if "lacking" not in f and not ("companion" in card["source"] and f.get("optional", True)):
            out += listed(f.get("columns", f.get("column", "")))
    for measure in card.get("measure", []):
        if not measure.get("optional"):
            out += [measure.get(k, "") for k in ("column", "low", "high", "id_column")] + measure.get("sum", [])
    return {c for c in out if c and c != "*" and not c.startswith("file.")}


def about(path, card, first):
    """Are all rows those that the card is about?"""
    only = card["source"].get("only")
    if not only:
        return True
    at = first.index(only["column"])
    return all(row[at] in only["values"] for row in list(rows_of(path, card, head=True))[1:-1])


def fits(path, card):
    source = card["source"]
    try:
        first = next(rows_of(path, card, head=True), [])
    except (csv.Error, UnicodeDecodeError):
        return False
    if "columns" in source:
        return (source["minimum_columns"] <= len(first) <= len(source["columns"])
                and all(re.fullmatch(p, c) for p, c in zip(source["first_row"], first)))
    names = {n.strip().lower() for n in first}
    columns = needed(card)
    others = [h for h in source["header"] if h not in columns]
    told = len(columns) >= 3 or sum(h.lower() not in names for h in others) * 2 <= len(others)
    return (all(h.lower() in names for h in columns) and told
            and not any(h.lower() in names for h in source.get("not_header", [])) and about(path, card, first))


def recognise(path, cards):
    found = [c for c in cards.values() if fits(path, c)]
    found = [c for c in found if "only" in c["source"]] or found
    named = [c for c in found if "file_name" in c["source"]
             and re.fullmatch(c["source"]["file_name"], os.path.basename(path), re.I)]
    if len(found) > 1:
        found = named or [c for c in found if "file_name" not in c["source"]] or found
    return [c["source"]["id"] for c in found if "file.1" not in str(c["map"]) or c in named]


def check_card(name, card, fault):
    source, record = card["source"], card["source"]["record"]
    for part, table in (("source", source), ("coverage", card["coverage"]), ("assert", card["assert"])):
        for key in set(table) - KEYS[part]:
            fault(name, f"unknown key {key} in [{part}]")
    if source["id"] + ".toml" != name:
        fault(name, "the file is not named for its id")
    for key in ("title", "publisher", "licence", "exportable", "attribution", "url", "note", "publication_lag_days",
                "stale_after_days"):
        if key not in source:
            fault(name, f"no {key}")
    fields = set(card["map"])
    for key in fields - set(FIELDS[record].split()):
        fault(name, f"no field {key} in a {record}")
    for key in NEEDED[record] - fields - ({"day"} if "wide" in source else set()):
        fault(name, f"a {record} needs {key}")
    for key, f in card["map"].items():
        for k in set(f) - KEYS["field"]:
            fault(name, f"unknown key {k} in {key}")
        for parse in listed(f.get("parse", "text")):
            if parse not in PARSE and parse not in SPECIAL:
                fault(name, f"unknown parse {parse}")
        for lookup in listed(f.get("lookup", [])):
            if lookup not in card.get("lookup", {}):
                fault(name, f"no [lookup.{lookup}]")
    if (record == "observation") != ("measure" in card):
        fault(name, "measures belong to observations")
    for measure in card.get("measure", []):
        for k in set(measure) - KEYS["measure"]:
            fault(name, f"unknown key {k} in a measure")


def kinds_and_measures(card):
    kind = card["map"].get("kind", {})
    looked = set(card["lookup"][kind["lookup"]].values()) if "lookup" in kind else set()
    out = {kind["value"]} if "value" in kind else looked
    layouts = [card, *card.get("variant", [])]
    return out | {m["id"] for layout in layouts for m in layout.get("measure", [])}


def check_table(cards, fault):
    """The table of kinds and measures in the manual names those of the cards and no others."""
    with open(os.path.join(ROOT, "docs", "source-cards.md"), encoding="utf-8") as f:
        lines = f.read().split("## Kinds and measures")[1].splitlines()
    told = {word for line in lines if line.startswith("| `") for word in re.findall("`([^`]+)`", line.split("|")[1])}
    have = {word for card in cards.values() for word in kinds_and_measures(card)}
    for word in sorted(told ^ have):
        fault("docs/source-cards.md", f"{word} is {'in no card' if word in told else 'not in the table'}")


class Check:
    def __init__(self, card, header, path):
        self.card, self.source = card, card["source"]
        self.nulls = {""} | set(self.source.get("nulls", []))
        self.index = {}
        for i, n in enumerate(header):
            self.index.setdefault(n.strip().lower(), i)
        match = re.fullmatch(self.source.get("file_name", ""), os.path.basename(path), re.I)
        self.file = {f"file.{i + 1}": g for i, g in enumerate(match.groups())} if match else {}
        self.header, self.bad, self.codes = header, Counter(), defaultdict(Counter)
        self.kinds, self.missing = Counter(), set()
        companion = self.source.get("companion")
        self.beside = set()
        if companion:
            with open(os.path.join(os.path.dirname(path), companion), encoding="utf-8", newline="") as f:
                self.beside = {n.lower() for n in next(csv.reader(f))}

    def cell(self, row, column):
        if column in self.file:
            return self.file[column]
        at = self.index.get(column.lower())
        if at is None:
            if column.lower() not in self.beside:
                self.missing.add(column)
            return ""
        text = row[at].strip() if at < len(row) else ""
        return "" if text in self.nulls else text

    def field(self, row, name, f):
        """Is the cell sound?"""
        if "value" in f:
            text = f["value"]
        elif f.get("parse") == "untc-action":
            acts = [treaty_act(h, c.strip()) for h, c in zip(self.header[1:], row[1:]) if c.strip()]
            self.kinds.update(a for a in acts if a)
            return False not in acts
        elif f.get("parse") == "given":
            return all(self.cell(row, c) is not None for c in listed(f.get("columns", f.get("column"))))
        elif f.get("parse") == "timestamp-minute":
            return True  # an unreadable minute is none
        elif f.get("parse") == "days-between":
            cells = [self.cell(row, c) for c in f["columns"]]
            if len(cells) == 2:
                return all(not c or date(c) for c in cells)
            return all(not c or c.isdigit() for c in cells)
        elif f.get("parse") == "year-month-day":
            year, month, day = ([self.cell(row, c) for c in f["columns"]] + [""])[:3]
            if not year:
                return f.get("optional", True)
            return civil(year, month or 1, day if month and day else 1) is not None
        elif "columns" in f:
            text = "|".join(self.cell(row, c) for c in f["columns"])
        else:
            text = self.cell(row, f["column"])
        if "pattern" in f:
            fit = re.fullmatch(f["pattern"], text)
            text = "|".join(fit.groups()) if fit else ""
        if "before" in f:
            text = text.split(f["before"])[0]
        if "lookup" in f:
            lookup = self.card["lookup"][f["lookup"]]
            text = looked_up(lookup, text) if text or "" in lookup else ""
            if text is None:
                return False
        if text in f.get("nulls", []):
            text = ""
        if not text:
            return f.get("optional", name != "place")
        if "system" in f and "value" not in f:
            self.codes[name, f["system"]][text] += 1
        if name == "kind":
            self.kinds[text] += 1
        return any(PARSE[p](text) is not None for p in listed(f.get("parse", "text")))

    def row(self, row):
        faults = [name for name, f in self.card["map"].items() if not self.field(row, name, f)]
        for measure in self.card.get("measure", []):
            for column in [measure[k] for k in ("column", "low", "high") if k in measure] + measure.get("sum", []):
                if measure.get("optional") and column.lower() not in self.index:
                    continue
                text = self.cell(row, column)
                text = "" if text in measure.get("nulls", []) else text
                value = number(text) if text else None
                if text and (value is None or value < measure.get("minimum", value)):
                    faults.append(measure["id"])
        self.bad.update(faults)
        return not faults

    def key(self, row, columns):
        return tuple(self.cell(row, c) for c in columns)


def read(path, card):
    source, rows = card["source"], rows_of(path, card)
    header = source.get("columns") or next(rows)
    check = Check(card, header, path)
    total = rejected = tags = 0
    keys = Counter()
    contents = defaultdict(set)
    lowest = source.get("minimum_columns", len(header))
    for row in rows:
        if not row:
            continue
        if "skip_rows_with" in source and any(c.startswith(source["skip_rows_with"]) for c in row):
            tags += 1
            continue
        total += 1
        if not lowest <= len(row) <= len(header):
            check.bad["row"] += 1
            rejected += 1
            continue
        rejected += not check.row(row)
        if "identity" in source:
            key = check.key(row, source["identity"])
            keys[key] += 1
            contents[key].add(check.key(row, source["content"]) if "content" in source else tuple(row))
    again = sum(keys.values()) - len(keys)
    revised = sum(len(c) - 1 for c in contents.values())
    return check, total, rejected, tags, again, revised


def place_codes():
    codes = defaultdict(set)
    folder = os.path.join(ROOT, "packs", "places")
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), "rb") as f:
            for place in tomllib.load(f).get("place", []):
                for c in place.get("codes", []):
                    codes[c["system"]].add(fold(c["code"]) if c["system"] == "name" else c["code"])
    return codes


def main():
    faults = []
    fault = lambda where, what: (faults.append((where, what)), print(f"FAULT {where}: {what}"))
    cards = {}
    folder = os.path.join(ROOT, "packs", "sources")
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), "rb") as f:
            card = tomllib.load(f)
        if "preamble" in card["source"]:
            continue  # of an exchange file, which is Icosa's own: no publisher's file to compare it with
        check_card(name, card, fault)
        cards[card["source"]["id"]] = card
    check_table(cards, fault)
    print(f"{len(cards)} cards")
    if not os.path.isdir(DATA):
        print(f"SKIPPED: no real files at {DATA}")
        return 1 if faults else 0
    known = place_codes()
    treaties = os.path.join(DATA, "treaties", "untreaties")
    files = dict(FILES)
    files.update({f"treaties/untreaties/{n}": ("untc", None, 0) for n in sorted(os.listdir(treaties))})
    acts, act_rejects = Counter(), 0
    for name, (expected, rows, tag_rows) in files.items():
        path = os.path.join(DATA, name)
        found = recognise(path, cards)
        if found != [expected]:
            fault(name, f"fits {found}, not {expected}")
            continue
        check, total, rejected, tags, again, revised = read(path, cards[expected])
        if check.missing:
            fault(name, f"no columns {sorted(check.missing)}")
        if rows is not None and total + tags != rows or tags != tag_rows:
            fault(name, f"{total} rows and {tags} tag rows, not {rows} and {tag_rows}")
        share = cards[expected]["assert"]["rejects_share"]
        if rejected > share * total and not (rejected <= 10 and 2 * rejected <= total):
            fault(name, f"{rejected} of {total} rows are rejects: {dict(check.bad)}")
        if expected == "untc":
            acts += check.kinds
            act_rejects += rejected
            if again:
                fault(name, f"{again} participants twice")
            continue
        unplaced = {}
        for (field, system), codes in check.codes.items():
            if system in known and field in ("place", "actor1", "actor2", "voter"):
                left = {c: n for c, n in codes.items() if (fold(c) if system == "name" else c) not in known[system]}
                unplaced[f"{field} {system}"] = dict(Counter(left).most_common(6))
        print(f"{name}: {expected}, {total} rows, {rejected} rejected {dict(check.bad) or ''}, same identity {again} "
              f"({revised} with other content)" + (f", kinds {dict(check.kinds)}" if check.kinds else "")
              + "".join(f", no place for {k} {v}" for k, v in unplaced.items() if v))
    print(f"treaty tables: {sum(acts.values())} acts {dict(acts.most_common())}, {act_rejects} rows rejected")
    expected = {os.path.join(DATA, n) for n in files}
    for where, _, names in sorted(os.walk(DATA)):
        for n in sorted(names):
            path = os.path.join(where, n)
            if path not in expected and recognise(path, cards):
                print(f"note: {os.path.relpath(path, DATA)} fits {recognise(path, cards)} as well")
    print("clean" if not faults else f"{len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
