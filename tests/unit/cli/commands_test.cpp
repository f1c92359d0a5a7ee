/// Commands by their words: what they say in JSON, the day they take, the pages they write, the words they refuse.
#include "cli/command_table.hpp"

#include <algorithm>
#include <filesystem>
#include <sstream>

#include <gtest/gtest.h>

#include "app/pipeline.hpp"
#include "folder.hpp"

namespace icosa::cli {
namespace {

namespace fs = std::filesystem;

/// A folder with a store of one small file: outbreaks of three years, the last of them a part of a year.
class Commands : public testing::Test {
protected:
    std::string put(const std::string& name, const std::string& text) const { return folder_.put(name, text); }

    std::string ingest_outbreaks() {
        const auto path = put("outbreaks.csv",
                              "Country,iso3,Year,icd104n,icd104c,icd11c3,Disease,DONs\n"
                              "Togo,TGO,2024,Cholera,A00,1A00,Cholera,1\nTogo,TGO,2025,Plague,A20,1B93,Plague,1\nTogo,"
                              "TGO,2026,Measles,B05,1F03,Measles,1\n");
        return said(with_packs({"ingest", path}));
    }

    /// The words with this test's database and, where the command takes it, the shipped packs.
    std::vector<std::string> with_packs(std::vector<std::string> words) const {
        words.insert(words.end(), {"--db", db_, "--packs", ICOSA_ROOT "/packs"});
        return words;
    }

    /// What a command prints on standard output.
    static std::string said(const std::vector<std::string>& words) {
        testing::internal::CaptureStdout();
        const auto code = call(words);
        const std::string out = testing::internal::GetCapturedStdout();
        if (code.has_value()) {
            EXPECT_EQ(*code, 0);
        } else {
            ADD_FAILURE() << render(code.error());
        }
        return out;
    }

    Folder folder_;
    std::string db_ = folder_.file("s.duckdb");
};

TEST_F(Commands, WithoutADayARunIsAsOfTheLastWholePeriod) {
    ingest_outbreaks();
    const app::Packs packs = app::good_packs({ICOSA_ROOT "/packs", {}, {}}).value();
    const auto store = app::open_for_reading(db_, packs).value();
    EXPECT_EQ(iso(app::as_of_or_newest(*store, packs, no_day, db_).value()), "2026-01-30")
        << "the card's whole years end in 2025, known 30 days later";
    EXPECT_EQ(iso(app::as_of_or_newest(*store, packs, day_of(2024, 6, 1), db_).value()), "2024-06-01");
}

TEST_F(Commands, OfSomeAreasOnlyTheirPagesAreWritten) {
    ingest_outbreaks();
    const std::string json = said(with_packs({"run", "--json", "--as-of", "2025-06-30", "--area", "14", "--area",
                                              "public-health", "--out", folder_.file("out")}));
    const auto areas = json.substr(json.find("\"areas\": ["), json.find("\"principles\"") - json.find("\"areas\": ["));
    EXPECT_NE(areas.find("\"section\": \"III.14\""), std::string::npos);
    EXPECT_NE(areas.find("\"section\": \"III.17\""), std::string::npos);
    EXPECT_EQ(areas.find("\"section\": \"III.3\""), std::string::npos);
    EXPECT_NE(json.find("\"principles\": []"), std::string::npos);
}

TEST_F(Commands, ABriefOnAPlaceIsOnePage) {
    ingest_outbreaks();
    const std::string page = said(with_packs({"brief", "togo", "--as-of", "2025-12-31"}));
    EXPECT_TRUE(page.starts_with("# Togo\n")) << page.substr(0, 100);
    EXPECT_NE(page.find("Sources"), std::string::npos);
    EXPECT_NE(page.find("no run of this store as of an earlier day is kept"), std::string::npos);
    (void)said(with_packs({"run", "--as-of", "2025-06-30", "--json", "--out", folder_.file("out")}));
    const std::string again = said(with_packs({"brief", "Togo", "--as-of", "2025-12-31", "--lang", "zh"}));
    EXPECT_NE(again.find("2025年6月30日以来的新信号"), std::string::npos) << again;
}

TEST_F(Commands, FindingsAndJudgedSeriesAreTables) {
    ingest_outbreaks();
    const std::string signals = said(with_packs({"export", "signals", "--as-of", "2025-12-31"}));
    EXPECT_TRUE(
        signals.starts_with("id,watch,sections,subject,subject_title,measure,period,change,observed,expected,"
                            "threshold,unusualness,adjusted_p,severity,severity_unit,grade,confidence,"))
        << signals.substr(0, 200);
    const std::string ahead = said(with_packs({"export", "forecasts", "--place", "togo", "--as-of", "2025-12-31"}));
    EXPECT_TRUE(
        ahead.starts_with("row,watch,subject,subject_title,origin,month,mean,q05,q10,q25,q50,q75,q90,q95,p_any,"
                          "p_crossing,crossing,outcome,probability,low,high,base_rate\n"))
        << ahead.substr(0, 200);
    const std::string series =
        said(with_packs({"export", "series", "--watch", "bio.first-report", "--as-of", "2025-12-31"}));
    EXPECT_TRUE(series.starts_with("source,unit,title,period,value,rows,expected,threshold,alarm\n"))
        << series.substr(0, 100);
}

TEST_F(Commands, ARunNamesThreeCommandsToTryNext) {
    ingest_outbreaks();
    const std::string out = said(with_packs({"run", "--out", folder_.file("out")}));
    const auto next = out.find("\nTry next:\n");
    ASSERT_NE(next, std::string::npos) << out;
    EXPECT_EQ(std::count(out.begin() + static_cast<std::ptrdiff_t>(next) + 1, out.end(), '\n'), 4) << out;
    EXPECT_NE(out.find("sources --db " + db_, next), std::string::npos) << out;
}

TEST_F(Commands, ManualsAndWatchesInJson) {
    for (const char* what : {"event-surveillance", "ears-c2", "gap", "mandate-expiry", "sea.incidents"}) {
        const std::string out = said({"explain", what, "--json"});
        EXPECT_TRUE(out.starts_with("{")) << what;
        EXPECT_NE(out.find(std::string("\"") + what + "\""), std::string::npos) << what;
    }
    const auto nothing = call(std::vector<std::string>{"explain", "mandate-expiri"});
    ASSERT_FALSE(nothing);
    EXPECT_EQ(render(nothing.error()),
              "error[nothing-to-explain]: 'mandate-expiri' is no engine, method, watch or signal (did you mean "
              "'mandate-expiry'?)");
}

TEST_F(Commands, WithoutANameExplainListsEnginesMethodsWatches) {
    const std::string text = said({"explain"});
    for (const char* name : {"event-surveillance", "instrument-status", "forecast", "ears-c2", "mandate-expiry",
                             "ideal-points", "sea.incidents", "III.11 Security at sea"})
        EXPECT_NE(text.find(name), std::string::npos) << name;
    const std::string json = said({"explain", "--json"});
    EXPECT_TRUE(json.starts_with("{\"kind\":\"engine\",\"name\":\"event-surveillance\"")) << json.substr(0, 100);
    EXPECT_NE(json.find("{\"kind\":\"watch\",\"name\":\"sea.incidents\""), std::string::npos);
}

TEST_F(Commands, AMethodAnswersInJsonLines) {
    const auto path = put("counts.csv", "month,cases\n2020-01,1\n2020-02,5\n");
    const std::string out = said({"apply", "threshold", path, "--at-least", "5", "--json"});
    EXPECT_EQ(std::count(out.begin(), out.end(), '\n'), 2);
    EXPECT_TRUE(out.starts_with("{\"time\":\"2020-01\",\"observed\":1,")) << out;
    EXPECT_NE(out.find("\"alarm\":0,"), std::string::npos) << out;
    EXPECT_NE(out.find("\"time\":\"2020-02\",\"observed\":5,"), std::string::npos) << out;
    EXPECT_NE(out.find("\"alarm\":1,"), std::string::npos) << out;
}

TEST_F(Commands, WordsThatMeanNothingAreRefused) {
    ingest_outbreaks();
    const auto source = call(with_packs({"rejects", "--source", "outbreak"}));
    ASSERT_FALSE(source);
    EXPECT_EQ(render(source.error()),
              db_ + ": error[unknown-source]: the store holds nothing of source 'outbreak' (did you mean "
                    "'outbreaks'?)");
    const std::string table = folder_.file("s.xlsx");
    const auto format = call(with_packs({"export", "series", "--watch", "bio.first-report", "--out", table}));
    ASSERT_FALSE(format);
    EXPECT_EQ(render(format.error()),
              table + ": error[unknown-format]: no format is known by the ending '.xlsx' (end the name in .csv, "
                      ".parquet or .geojson, or say --format)");
    EXPECT_FALSE(fs::exists(table));
    const std::string none = folder_.file("none");
    const auto empty = call(with_packs({"ingest", none, "--recursive"}));
    EXPECT_TRUE(empty.has_value() && *empty == 4) << "a missing path is told and left out";
    fs::create_directories(none);
    const auto nothing = call(with_packs({"ingest", none, "--recursive"}));
    ASSERT_FALSE(nothing);
    EXPECT_EQ(nothing.error().code, "empty-directory");
}

TEST_F(Commands, AFileOfFewRowsIsReadWithAWarning) {
    const auto path = put("ged201.csv", "year,longitude,latitude,where_coordinates,best,deaths_civilians\n");
    testing::internal::CaptureStderr();
    said(with_packs({"ingest", path}));
    EXPECT_EQ(testing::internal::GetCapturedStderr(),
              std::string(path).append(": warning[few-rows]: the file has 0 row(s), a whole file of source 'ged201' "
                                       "has at least 1 (check that it is not an extract or cut off)\n"));
}

}  // namespace
}  // namespace icosa::cli
