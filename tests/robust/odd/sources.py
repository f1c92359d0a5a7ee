"""Small files in the layouts of publishers, all rows made up; and a store that reads many of them in one call."""
from odd.case import Case, Run, table


def violence(*rows):
    """UCDP's organised violence by country and year: (code, year, fatalities)."""
    counts = ["sb_total_deaths", "ns_total_deaths", "os_total_deaths", "cumulative_total_deaths_in_orgvio",
              "os_main_govt_killings", "os_nsgroup_killings"]
    header = ["country_cy", "country_id_cy", "year_cy", *(f"{count}_{which}_cy" for count in counts
                                                          for which in ("best", "low", "high")),
              "cumulative_total_deaths_civilians_in_orgvio_cy", "sb_dyad_count_cy", "ns_dyad_count_cy",
              "os_dyad_count_cy"]
    return table(header, *([f"Land {code}", code, year, n, n, n, *[0] * 6, n, n, n, *[0] * 6, 0, 1, 0, 0]
                           for code, year, n in rows))


def output(*rows):
    """The World Bank's table of GDP: (code, year, value)."""
    return table("Country Name,Country Code,Year,Value", *((f"Land {code}", code, year, value)
                                                           for code, year, value in rows))


def weapons(*rows):
    """Nuclear weapons status: (name, year, status)."""
    header = "Entity,Code,Year,nuclear_weapons_status,nuclear_weapons_consideration,nuclear_weapons_pursuit," \
             "nuclear_weapons_possession"
    return table(header, *((f'"{name}"' if "," in name else name, "", year, status, 0, 0, 0)
                           for name, year, status in rows))


def exploited(*rows):
    """CISA's catalogue: (number, day listed); the due day is three weeks later or so."""
    return table("cveID,vendorProject,product,vulnerabilityName,dateAdded,shortDescription,requiredAction,dueDate",
                 *((f"CVE-{number}", "Vendor", "Thing", "Name", day, "Text", "Mend it", "") for number, day in rows))


def attacks(*rows):
    """Pirate attacks without any key: (day, longitude, latitude)."""
    header = "date,time,longitude,latitude,attack_type,location_description,nearest_country,eez_country," \
             "shore_distance,shore_longitude,shore_latitude,attack_description,vessel_name,vessel_type,vessel_status," \
             "data_source"
    return table(header, *((day, "NA", lon, lat, "Boarded", "At sea", "NGA", "NGA", "12.5", lon, lat, "NA", "NA", "NA",
                            "Steaming", "mappingdata") for day, lon, lat in rows))


def spending(*rows):
    """Capabilities by state and year: (code, year, military expenditure)."""
    return table("ccode,year,milex,milper,irst,pec,tpop,upop,cinc,version",
                 *((code, year, milex, 100, 10, 1000, 50000, 20000, 0.01, 2021) for code, year, milex in rows))


GED_HEADER = "id,relid,year,type_of_violence,conflict_new_id,side_a_new_id,side_b_new_id,where_prec,latitude," \
             "longitude,priogrid_gid,country,country_id,date_start,date_end,best,high,low"


def battles(*rows, header=GED_HEADER):
    """UCDP GED: (number, code of the state, day, best estimate)."""
    return table(header, *((number, f"X-{number}", "2021", 1, 1, 2, 3, 1, 13.5, 2.5, 149426, "Land", code, day, day,
                            best, best + 1, best) for number, code, day, best in rows))


def refugees(*rows, header="year,coo_name,coo_iso,coa_name,coa_iso,refugees,asylum_seekers,returned_refugees,idps,"
                           "returned_idps,stateless,ooc,oip,hst"):
    """UNHCR: (year, origin, asylum, refugees, internally displaced)."""
    return table(header, *((year, f"Land {origin}", origin, f"Land {asylum}", asylum, n, 5, 0, idps, 0, 0, 0, 0, 0)
                           for year, origin, asylum, n, idps in rows))


PRICES_HEADER = "countryiso3,date,admin1,admin2,market,market_id,latitude,longitude,category,commodity,commodity_id," \
                "unit,priceflag,pricetype,currency,price,usdprice"


def prices(*rows, header=PRICES_HEADER, land="NIC"):
    """WFP's prices of maize in one market: (day, price)."""
    before = [land] if header.startswith("countryiso3") else []
    return table(header, *((*before, day, "North", "A", "Town", 17, 12.5, -86.2, "cereals and tubers", "Maize", 51,
                            "KG", "actual", "Retail", "NIO", price, round(price / 35, 4)) for day, price in rows))


def conflicts(*rows):
    """UCDP/PRIO conflicts of a year as peacesciencer spells them out: (number, year, state, other side, type)."""
    return table("conflict_id,year,gwno_a,gwno_a_2nd,gwno_b,gwno_b_2nd,incompatibility,intensity_level,"
                 "type_of_conflict,start_date,start_prec,start_date2,start_prec2,ep_end,ep_end_date",
                 *((number, year, a, "NA", b, "NA", "government", 1, kind, f"{year}-01-01", 1, f"{year}-01-01", 1, 0,
                    "NA") for number, year, a, b, kind in rows))


def store(files, cases, watch="", as_of="2026-06-30", ingest=(), more=()):
    """One database of all the files; then the series of a watch, and further commands.

    `files` are name: text; `cases` are (name, wants of the ingest, wants of the series, wants of the first further
    command, ..)."""
    base = ("--db", "a.duckdb")
    commands = [["ingest", *files, *base, "--json", *ingest]]
    if watch:
        commands.append(["export", "series", "--watch", watch, "--as-of", as_of, *base])
    commands += [list(words) for words in more]
    asked = [Case(name, tuple(wants), i) for name, *parts in cases for i, wants in enumerate(parts) if wants]
    return Run({name: text if isinstance(text, bytes) else text.encode() for name, text in files.items()}, commands,
               asked)


def steps(files, commands):
    """A database over several commands; each is (words, name, wants); FILES among them are read as they are named."""
    asked = [Case(name, tuple(wants), i) for i, (_, name, *wants) in enumerate(commands) if wants]
    base = ["--db", "a.duckdb"]
    return Run({name: text if isinstance(text, bytes) else text.encode() for name, text in files.items()},
               [[*words, *base] for words, *_ in commands], asked)
