/// Commands as functions: what they say in JSON, the day they take, the pages they write, the words they refuse.
#include "cli/commands.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "app/pipeline.hpp"

namespace icosa::cli {
namespace {

namespace fs = std::filesystem;

/// A folder with a store of one small file: outbreaks of three years, the last of them a part of a year.
class Commands : public testing::Test {
protected:
    void SetUp() override {
        folder_ = fs::path(testing::TempDir())
            / (std::string("icosa-commands-") + testing::UnitTest::GetInstance()->current_test_info()->name());
        fs::remove_all(folder_);
        fs::create_directories(folder_);
        common_.packs = ICOSA_ROOT "/packs";
        common_.db = (folder_ / "s.duckdb").string();
    }
    void TearDown() override { fs::remove_all(folder_); }

    std::string put(const std::string& name, const std::string& text) const {
        std::ofstream(folder_ / name) << text;
        return (folder_ / name).string();
    }

    std::string ingest_outbreaks() {
        const auto path = put("outbreaks.csv",
                              "Country,iso3,Year,icd104n,icd104c,icd11c3,Disease,DONs\n"
                              "Togo,TGO,2024,Cholera,A00,1A00,Cholera,1\nTogo,TGO,2025,Plague,A20,1B93,Plague,1\nTogo,"
                              "TGO,2026,Measles,B05,1F03,Measles,1\n");
        return said(
            [&] {
                return ingest(common_,
                              {.paths = {path}, .source = {}, .recursive = false, .covers = {}, .vintage = no_day});
            },
            0);
    }

    /// What a command prints on standard output.
    template <class Command> static std::string said(Command&& command, int expected) {
        testing::internal::CaptureStdout();
        const auto code = command();
        const std::string out = testing::internal::GetCapturedStdout();
        if (code.has_value()) {
            EXPECT_EQ(*code, expected);
        } else {
            ADD_FAILURE() << render(code.error());
        }
        return out;
    }

    fs::path folder_;
    Common common_;
};

TEST_F(Commands, WithoutADayARunIsAsOfTheLastWholePeriod) {
    ingest_outbreaks();
    const app::Packs packs = app::good_packs(common_.packs, {}).value();
    const auto store = app::open_for_reading(common_.db, packs, common_.threads).value();
    EXPECT_EQ(iso(app::as_of_or_newest(*store, packs, no_day, common_.db).value()), "2026-01-30")
        << "the card's whole years end in 2025, known 30 days later";
    EXPECT_EQ(iso(app::as_of_or_newest(*store, packs, day_of(2024, 6, 1), common_.db).value()), "2024-06-01");
}

TEST_F(Commands, OfSomeAreasOnlyTheirPagesAreWritten) {
    ingest_outbreaks();
    common_.json = true;
    const std::string json = said(
        [&] {
            return run(common_,
                       {.as_of = day_of(2025, 6, 30),
                        .areas = {"14", "public-health"},
                        .out = (folder_ / "out").string(),
                        .fail_on = {}});
        },
        0);
    const auto areas = json.substr(json.find("\"areas\": ["), json.find("\"principles\"") - json.find("\"areas\": ["));
    EXPECT_NE(areas.find("\"section\": \"III.14\""), std::string::npos);
    EXPECT_NE(areas.find("\"section\": \"III.17\""), std::string::npos);
    EXPECT_EQ(areas.find("\"section\": \"III.3\""), std::string::npos);
    EXPECT_NE(json.find("\"principles\": []"), std::string::npos);
}

TEST_F(Commands, ManualsAndWatchesInJson) {
    common_.json = true;
    for (const char* what : {"event-surveillance", "ears-c2", "gap", "mandate-expiry", "sea.incidents"}) {
        const std::string out = said([&] { return explain(common_, {.what = what, .as_of = no_day}); }, 0);
        EXPECT_TRUE(out.starts_with("{")) << what;
        EXPECT_NE(out.find(std::string("\"") + what + "\""), std::string::npos) << what;
    }
    const auto nothing = explain(common_, {.what = "mandate-expiri", .as_of = no_day});
    ASSERT_FALSE(nothing);
    EXPECT_EQ(render(nothing.error()),
              "error[nothing-to-explain]: 'mandate-expiri' is no engine, method, watch or signal (did you mean "
              "'mandate-expiry'?)");
}

TEST_F(Commands, AMethodAnswersInJsonLines) {
    common_.json = true;
    const auto path = put("counts.csv", "month,cases\n2020-01,1\n2020-02,5\n");
    ApplyOptions options;
    options.method = "threshold";
    options.file = path;
    options.options = {{"at-least", "5"}};
    const std::string out = said([&] { return apply(common_, options); }, 0);
    EXPECT_EQ(std::count(out.begin(), out.end(), '\n'), 2);
    EXPECT_TRUE(out.starts_with("{\"time\":\"2020-01\",\"observed\":1,")) << out;
    EXPECT_NE(out.find("\"alarm\":0,"), std::string::npos) << out;
    EXPECT_NE(out.find("\"time\":\"2020-02\",\"observed\":5,"), std::string::npos) << out;
    EXPECT_NE(out.find("\"alarm\":1,"), std::string::npos) << out;
}

TEST_F(Commands, WordsThatMeanNothingAreRefused) {
    ingest_outbreaks();
    const auto source = rejects(common_, {.source = "outbreak", .most = 0});
    ASSERT_FALSE(source);
    EXPECT_EQ(
        render(source.error()),
        common_.db
            + ": error[unknown-source]: the store holds nothing of source 'outbreak' (did you mean 'outbreaks'?)");
    ExportOptions table;
    table.what = "series";
    table.watch = "bio.first-report";
    table.out = (folder_ / "s.xlsx").string();
    const auto format = export_data(common_, table);
    ASSERT_FALSE(format);
    EXPECT_EQ(render(format.error()), table.out + ": error[unknown-format]: no format is known by the ending '.xlsx' (end the name in .csv, .parquet or .geojson, or say --format)");
    EXPECT_FALSE(fs::exists(table.out));
    const auto empty = ingest(
        common_,
        {.paths = {(folder_ / "none").string()}, .source = {}, .recursive = true, .covers = {}, .vintage = no_day});
    EXPECT_TRUE(empty.has_value() && *empty == 4) << "a missing path is told and left out";
    fs::create_directories(folder_ / "none");
    const auto nothing = ingest(
        common_,
        {.paths = {(folder_ / "none").string()}, .source = {}, .recursive = true, .covers = {}, .vintage = no_day});
    ASSERT_FALSE(nothing);
    EXPECT_EQ(nothing.error().code, "empty-directory");
}

TEST_F(Commands, AFileOfFewRowsIsReadWithAWarning) {
    const auto path = put("ged201.csv", "year,longitude,latitude,where_coordinates,best,deaths_civilians\n");
    testing::internal::CaptureStderr();
    said(
        [&] {
            return ingest(common_,
                          {.paths = {path}, .source = {}, .recursive = false, .covers = {}, .vintage = no_day});
        },
        0);
    EXPECT_EQ(testing::internal::GetCapturedStderr(), path + ": warning[few-rows]: the file has 0 row(s), a whole file of source 'ged201' has at least 1 (check that it is not an extract or cut off)\n");
}

}  // namespace
}  // namespace icosa::cli
