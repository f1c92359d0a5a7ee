/// Every listed file of the real data finds its card and gives as many rows as it has; rejects only where a row is
/// really broken.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "ingest/card_reader.hpp"

namespace icosa::ingest {
namespace {

namespace fs = std::filesystem;

fs::path data() {
    const char* given = std::getenv("ICOSA_DATA");
    return given ? fs::path(given) : fs::path(ICOSA_ROOT) / "../shared/data";
}

const std::vector<pack::SourceCard>& cards() {
    static const auto all = [] {
        Diagnostics faults;
        auto read = pack::load_source_cards(ICOSA_ROOT "/packs/sources", faults);
        for (const Error& fault : faults) ADD_FAILURE() << render(fault);
        return read;
    }();
    return all;
}

struct Outcome {
    Closing closing;
    model::Batch records;
};

Result<Outcome> read(const std::string& path, const pack::SourceCard& card, model::TermTable& terms) {
    auto reader = TRY(FileReader::open(path, card, terms));
    Outcome out;
    for (model::Batch batch; TRY(reader->next(batch));) {
        out.records.events.insert(out.records.events.end(), batch.events.begin(), batch.events.end());
        out.records.actions.insert(out.records.actions.end(), batch.actions.begin(), batch.actions.end());
    }
    out.closing = TRY(reader->close());
    return out;
}

struct Expected {
    const char* file;
    const char* source;
    std::int64_t rows;
    std::int64_t rejected = 0;
};

constexpr Expected files[] = {
    {"gdelt/20191024143000.export.CSV", "gdelt-2", 2111},
    {"gdelt/gdelt1_events_sample.csv", "gdelt-1", 710},
    {"gdelt/20190121220000.export.CSV", "gdelt-resaved", 1629},
    {"gdelt/icews.events.2018.sample.tab", "icews", 3705},
    {"ucdp/ucdp_syria_df.csv", "ucdp-ged-syria", 16566},
    {"ucdp/ucdpged.csv", "ucdp-ged", 1000},
    {"ucdp/ucdp_ged_BGD_hxl.csv", "ucdp-ged-hxl", 601},
    {"ucdp/organizedviolencecy_v25_1.csv", "ucdp-organized-violence-cy", 6936},
    {"ucdp/ged_country_month_1989_2020.csv", "ged-country-month", 73261},
    {"ucdp/ged201.csv", "ged201", 61296},
    {"piracy/RAW_ASAM.csv", "asam", 8619},
    {"piracy/pirate_attacks.csv", "pirate-attacks", 7511},
    {"un-votes/un_votes.csv", "un-votes", 869937},
    {"un-votes/un_roll_calls.csv", "un-roll-calls", 6202},
    {"peacekeeping/data_mission.csv", "un-peacekeeping", 5330},
    {"peacekeeping/geopko_TCCMap_v.2.3.csv", "geo-pko", 4927},
    {"epidemics/DONdatabase.csv", "don", 3338},
    {"epidemics/outbreaks_13052026.csv", "outbreaks", 3540},
    {"epidemics/salmAllOnset.csv", "salm-onset", 778},
    {"cyber/known_exploited_vulnerabilities.csv", "kev", 1404},
    {"ai/aiid_incidents.csv", "aiid", 1367},
    {"nuclear/nuclear_explosions.csv", "nuclear-explosions", 2051},
    {"nuclear/owid_nuclear_weapons_proliferation.csv", "owid-nuclear-weapons", 16848},
    {"nuclear/owid_nuclear_weapons_tests.csv", "owid-nuclear-tests", 600},
    {"nuclear/owid_bio_chem_proliferation.csv", "owid-bio-chem", 198},
    {"water/EventMaster111710.csv", "tfdd-events", 7128, 18},               // no date
    {"water/WorkingMasterTreatiesDB_20180428.csv", "tfdd-treaties", 2111, 9},  // no date of signature
    {"governance/wgi.csv", "wgi", 5350},
    {"governance/gdp.csv", "gdp", 13979},
    {"governance/population.csv", "population", 17195},
    {"governance/state_fragility.csv", "state-fragility", 3960},
    {"governance/unhcr_population.csv", "unhcr-population", 138893},
    {"relations/ucdp_acd.csv", "ucdp-acd", 5652},
    {"relations/cow_mid_ddydisps.csv", "cow-mid", 10234},
    {"relations/cow_nmc.csv", "cow-nmc", 17121},
    {"lists/uk_subjects.csv", "uk-list", 6046},
    {"lists/consolidated_2020.xml", "un-list", 1093},
    {"lists/ofac_sdn.csv", "ofac-sdn", 8976},
    {"fresh/technology/ofac_2025_cons_prim.csv", "ofac-list", 442},
    {"food-prices/wfp_food_prices_global_2018.csv", "wfp-food-prices", 16324},
    {"food-prices/wfp_food_prices_global_2019.csv", "wfp-food-prices", 18041},
    {"food-prices/wfp_food_prices_global_2020.csv", "wfp-food-prices", 25588},
    {"food-prices/wfp_food_prices_global_2021.csv", "wfp-food-prices", 31218},
    {"food-prices/wfp_food_prices_global_2022.csv", "wfp-food-prices", 28934},
    {"food-prices/wfp_food_prices_global_2023.csv", "wfp-food-prices", 26939},
    {"fresh/conflict/UcdpPrioConflict_v25_1.csv", "ucdp-acd", 2752},  // lists of states
    {"fresh/conflict/GEDEvent_v26_0_4.csv", "ucdp-ged", 1675},
    {"fresh/people/wfp_food_prices_nic.csv", "wfp-food-prices", 9589},  // the place from the name
    {"fresh/people/wfp_food_prices_lka.csv", "wfp-food-prices", 5958},  // and no numbers of markets
};

class RealSources : public testing::Test {
protected:
    void SetUp() override {
        if (!fs::exists(data()))
            GTEST_SKIP() << "the real files are not there: " << data() << " (ICOSA_DATA names another folder)";
    }
    model::TermTable terms;
};

TEST_F(RealSources, EveryFileGivesItsRows) {
    for (const Expected& wanted : files) {
        const std::string path = (data() / wanted.file).string();
        const auto card = recognise(path, cards());
        if (!card) {
            ADD_FAILURE() << render(card.error());
            continue;
        }
        EXPECT_EQ((*card)->id, wanted.source) << wanted.file;
        const auto out = read(path, **card, terms);
        if (!out) {
            ADD_FAILURE() << render(out.error());
            continue;
        }
        EXPECT_EQ(out->closing.rows, wanted.rows) << wanted.file;
        EXPECT_EQ(out->closing.rejected, wanted.rejected) << wanted.file;
    }
}

TEST_F(RealSources, EveryTreatyTableIsReadByItsHeadings) {
    std::vector<fs::path> tables;
    for (const auto& entry : fs::directory_iterator(data() / "treaties/untreaties")) tables.push_back(entry.path());
    std::sort(tables.begin(), tables.end());
    ASSERT_EQ(tables.size(), 324u);
    std::int64_t rows = 0;
    std::map<std::string, std::int64_t> acts;
    std::map<std::string, std::int64_t> of_chemical_weapons;
    for (const auto& path : tables) {
        const auto card = recognise(path.string(), cards());
        ASSERT_TRUE(card) << render(card.error());
        ASSERT_EQ((*card)->id, "untc") << path;
        const auto out = read(path.string(), **card, terms);
        ASSERT_TRUE(out) << render(out.error());
        EXPECT_EQ(out->closing.rejected, 0) << path;
        rows += out->closing.rows;
        for (const auto& action : out->records.actions) {
            const std::string act = action.act == model::no_term ? "" : terms.at(action.act).text;
            ++acts[act];
            if (path.filename() == "26-3.csv") ++of_chemical_weapons[act];
        }
    }
    EXPECT_EQ(rows, 23757);
    // Cells by letter and heading, counted apart from this program: 7,090 "a", 1,243 "d", 8,877 bare days under
    // Signature.
    EXPECT_EQ(acts["accession"], 7090);
    EXPECT_EQ(acts["adoption"], 144);
    EXPECT_EQ(acts["application"], 1602);
    EXPECT_EQ(acts[""], 86);  // listed without a dated act: the whole of 1-4, and two more
    EXPECT_EQ(of_chemical_weapons["signature"], 165);
    EXPECT_EQ(of_chemical_weapons["ratification"] + of_chemical_weapons["accession"] + of_chemical_weapons["acceptance"]
                  + of_chemical_weapons["succession"] + of_chemical_weapons["approval"],
              190);  // states parties in March 2015
}

TEST_F(RealSources, CellsAreThoseOfTheSource) {
    const std::string path = (data() / "ucdp/ucdp_syria_df.csv").string();
    const auto card = recognise(path, cards());
    ASSERT_TRUE(card);
    ASSERT_TRUE((*card)->map.contains("cell"));
    auto computed = **card;
    computed.map.erase("cell");
    const auto given = read(path, **card, terms);
    const auto ours = read(path, computed, terms);
    ASSERT_TRUE(given && ours);
    ASSERT_EQ(given->records.events.size(), ours->records.events.size());
    std::size_t apart = 0;
    for (std::size_t i = 0; i < given->records.events.size(); ++i)
        apart += given->records.events[i].cell != ours->records.events[i].cell;
    EXPECT_EQ(apart, 0u);
}

}  // namespace
}  // namespace icosa::ingest
