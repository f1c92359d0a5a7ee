/// Places by name, what is kept of findings, the last run beside the store, lines of a terminal and of sources.
#include <fstream>
#include <limits>

#include <gtest/gtest.h>

#include "app/coded_units.hpp"
#include "app/packs.hpp"
#include "app/places_asked.hpp"
#include "cli/last_run.hpp"
#include "cli/source_lines.hpp"
#include "cli/sparkline.hpp"
#include "folder.hpp"

namespace icosa::cli {
namespace {

const app::Packs& shipped() {
    static const app::Packs packs = app::good_packs({ICOSA_ROOT "/packs", {}, {}}).value();
    return packs;
}

std::vector<std::string> ids_of(const std::vector<std::string>& words) {
    return app::places_asked(shipped().places, words, day_of(2020, 11, 30)).value().ids;
}

bool has(const std::vector<std::string>& ids, const std::string& id) {
    return std::find(ids.begin(), ids.end(), id) != ids.end();
}

TEST(PlacesAsked, ByIdNameLanguageAndCode) {
    for (const char* word : {"mli", "Mali", "马里", "gw:432", "MLI"})
        EXPECT_EQ(ids_of({word}), std::vector<std::string>{"mli"}) << word;
    EXPECT_TRUE(has(ids_of({"mali,red-sea"}), "red-sea"));
}

TEST(PlacesAsked, AnEmptyNameIsNoPlaceAndNoSet) {
    for (const char* word : {"", " ", ",", " , ,"})
        EXPECT_FALSE(app::places_asked(shipped().places, {word}, day_of(2020, 11, 30))) << word;
    EXPECT_EQ(ids_of({"Mali,"}), std::vector<std::string>{"mli"});
}

TEST(CodedUnits, TheColumnNamesTheSystemElseTheOneThatKnowsMost) {
    const std::vector<std::string> gw{"2",   "20",  "40",  "41",  "42",  "51",  "70", "90",
                                      "200", "210", "220", "255", "345", "678", "1"};  // 345 Yugoslavia; 1 is none
    const auto by_name = app::coded_units(shipped().places, gw, "gwcode");
    ASSERT_TRUE(by_name);
    EXPECT_EQ(by_name->system, "gw");
    EXPECT_EQ(by_name->places[0], "usa");
    EXPECT_EQ(by_name->places.back(), "");
    const auto letters = app::coded_units(
        shipped().places, {"mli", "ner", "bfa", "tcd", "sdn", "ssd", "eth", "som", "ken", "uga"}, "country");
    ASSERT_TRUE(letters);
    EXPECT_EQ(letters->places[2], "bfa");
    EXPECT_FALSE(app::coded_units(shipped().places, {"mli", "ner"}, "country"));
    const std::vector<std::string> two{"AU", "BA", "CF", "CH", "CN", "GA", "GM", "ML", "NE", "NI", "SN", "SV"};
    EXPECT_FALSE(app::coded_units(shipped().places, two, "country")) << "CH is Switzerland by ISO, China by FIPS";
    EXPECT_EQ(app::coded_units(shipped().places, two, "iso2").value().system, "iso2");
    EXPECT_FALSE(app::coded_units(shipped().places, std::vector<std::string>(12, "a dyad"), "gwcode"));
}

TEST(PlacesAsked, ASetMeansItsMembersOfTheDay) {
    const auto sahel = ids_of({"Sahel"});
    EXPECT_TRUE(has(sahel, "sahel"));
    EXPECT_TRUE(has(sahel, "mli"));
    EXPECT_FALSE(has(sahel, "eth"));
    EXPECT_EQ(ids_of({"mali", "mali"}).size(), 1U);
}

TEST(PlacesAsked, AnUnknownNameHasTheNearest) {
    const auto none = app::places_asked(shipped().places, {"mali,sahell"}, day_of(2020, 11, 30));
    ASSERT_FALSE(none);
    EXPECT_EQ(render(none.error()),
              "error[unknown-place]: no place, region or sea 'sahell' is known (did you mean 'sahel'?)");
}

TEST(PlacesAsked, ASubjectIsAboutItsParts) {
    const std::vector<std::string> places = {"mli"};
    EXPECT_TRUE(app::is_about("mli", places));
    EXPECT_TRUE(app::is_about("bfa|mli", places));
    EXPECT_TRUE(app::is_about("mli|bread|Gao", places));
    EXPECT_FALSE(app::is_about("mlix", places));
}

TEST(PlacesAsked, AWatchWithoutItsSignalsIsQuiet) {
    model::WatchFinding finding;
    finding.state = model::State::Signal;
    finding.signals.resize(2);
    finding.signals[0].subject = "ner";
    finding.signals[1].subject = "mli|ner";
    model::WatchFinding other = finding;
    app::keep_places(finding, {"mli"}, "in Mali");
    EXPECT_EQ(finding.signals.size(), 1U);
    EXPECT_EQ(finding.state, model::State::Signal);
    app::keep_places(other, {"tcd"}, "in Chad");
    EXPECT_TRUE(other.signals.empty());
    EXPECT_EQ(other.state, model::State::Quiet);
}

TEST(LastRun, ComesBackAsItWasKept) {
    const Folder folder;
    const std::string db = folder.file("last-run.duckdb");
    EXPECT_FALSE(last_run(db));
    brief::Dossier dossier;
    dossier.as_of = day_of(2020, 11, 30);
    dossier.areas.resize(1);
    dossier.areas[0].watches.resize(1);
    dossier.areas[0].watches[0].signals.resize(2);
    dossier.areas[0].watches[0].signals[0].id = "a/nic|Beans \"red\"|Managua/2020-11";
    dossier.areas[0].watches[0].signals[1].id = "a/马里/2020";
    keep_last_run(db, dossier);
    const auto kept = last_run(db);
    ASSERT_TRUE(kept);
    EXPECT_EQ(iso(kept->as_of), "2020-11-30");
    EXPECT_EQ(kept->ids, (std::vector<std::string>{"a/nic|Beans \"red\"|Managua/2020-11", "a/马里/2020"}));
    std::ofstream(last_run_file(db)) << "[1, 2";
    EXPECT_FALSE(last_run(db));
}

TEST(Sparkline, ASignAValue) {
    const double gap = std::numeric_limits<double>::quiet_NaN();
    EXPECT_EQ(sparkline(std::vector<double>{0, gap, 7, 14}), "▁ ▅█");
    EXPECT_EQ(sparkline(std::vector<double>{0, 0}), "▁▁");
    EXPECT_EQ(sparkline(std::vector<double>{}), "");
}

TEST(SourceLines, TheNewestHaveTheirText) {
    const Folder folder;
    const std::string path = folder.put("lines.csv", "a,b\r\n1,2\r\n3,4\r\n");
    const auto lines =
        with_texts({{path, "", 1, no_day}, {path, "", 3, no_day}, {"gone.csv", "", 2, no_day}}, 2, nullptr);
    ASSERT_EQ(lines.size(), 3U);
    EXPECT_EQ(lines[0].text, "");
    EXPECT_EQ(lines[1].text, "3,4");
    EXPECT_EQ(lines[2].text, "");
}

}  // namespace
}  // namespace icosa::cli
