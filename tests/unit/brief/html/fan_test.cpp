/// Fan charts, and what the pages say of a forecast.
#include "brief/html/fan.hpp"

#include <gtest/gtest.h>

#include "brief/compose.hpp"
#include "brief/render.hpp"
#include "brief/wording.hpp"
#include "fixture.hpp"

namespace icosa::brief {
namespace {

model::Forecast forecast() {
    model::Forecast out;
    out.id = "un.ahead/aaa/2020-11";
    out.subject = "aaa";
    out.subject_title = "Aland & <b>";
    out.origin = "2020-11";
    out.unit = "fatalities";
    out.first_observed = 605;  // 2020-06
    out.observed = {0, 3, 0, 12, 40, 8};
    for (int m = 0; m < 3; ++m) out.months.push_back({611 + m, 9.5, {0, 1, 3, 7, 12, 30, 400}, 0.8, 0.2});
    out.benchmark_mean = 5.25;
    out.mean_before = 8;
    out.drivers = {{"own newest months", 2}, {"the months are nearer", -0.5}};
    out.past = {{"bbb", "Bland", "2012-03", {1, 0, 30}, 31}};
    out.probability = {.value = 0.4,
                       .low = 0.3,
                       .high = 0.5,
                       .word = "possible",
                       .outcome = "o",
                       .base_rate = 0.03,
                       .base_of = "b",
                       .benchmark = 0.1,
                       .cases = 90,
                       .how = "counted",
                       .statement = "1 in 2.5: Aland & <b> reaches 25"};
    out.history = 200;
    out.lineage = {200, {"alpha"}, {{"a.csv", 7}}};
    return out;
}

TEST(BriefFan, BandsMedianRuleAndWords) {
    const std::string fan = render_fan(forecast(), "p1");
    for (const char* part : {"class=\"f90\"", "class=\"f80\"", "class=\"f50\"", "class=\"exp\"", "class=\"thr\"",
                             "class=\"bar\"", "class=\"now\"", "role=\"img\"", "aria-labelledby=\"p1t p1d\""})
        EXPECT_NE(fan.find(part), std::string::npos) << part;
    EXPECT_NE(fan.find("Observed 2020-06 to 2020-11: last 8, largest 40 in 2020-10."), std::string::npos) << fan;
    EXPECT_NE(fan.find("Forecast for 2020-12: median 7, 50 % between 3 and 12, 90 % between 0 and 400."),
              std::string::npos);
    EXPECT_NE(fan.find("Aland &amp; &lt;b&gt;"), std::string::npos);
    EXPECT_EQ(fan.find("<b>Aland & <b>"), std::string::npos);
    EXPECT_NE(fan.find(">80<"), std::string::npos);  // the band to 400 is cut at twice the largest count
    EXPECT_EQ(fan.find('-', fan.find("class=\"f90\"")) < fan.find("/>", fan.find("class=\"f90\"")),
              false);  // no coordinate beyond the box
    EXPECT_EQ(render_fan({}, "p2"), "");
}

TEST(BriefFan, ASilentPastAndOneMonthAheadDoNotBreakIt) {
    model::Forecast one = forecast();
    one.observed = {0, 0, 0};
    one.months.resize(1);
    one.months[0] = {611, 0, {0, 0, 0, 0, 0, 0, 0}, 0, 0};
    one.benchmark_mean = 0;
    EXPECT_EQ(render_fan(one, "p").find("nan"), std::string::npos);
    one.observed.clear();
    one.first_observed = 611;
    EXPECT_NE(render_fan(one, "p").find("2020-12"), std::string::npos);
}

TEST(BriefFan, WordsOfAForecast) {
    const model::Forecast one = forecast();
    EXPECT_EQ(expected_ahead(one),
              "29 fatalities expected in these 3 months, 16 at the pace of the last twelve months");
    EXPECT_EQ(moved_line(one),
              "since a month ago, for the same months, +1.5 a month (from 8): own newest months +2, the months are "
              "nearer −0.5");
    EXPECT_EQ(past_line(one.past[0]), "Bland, 2012-03: 31 followed (1, 0, 30)");
    model::Forecast young = one;
    young.mean_before = fixture::missing;
    EXPECT_EQ(moved_line(young), "");
}

TEST(BriefFan, AllThreeRenderingsTellIt) {
    const auto world = fixture::small_world();
    auto material = fixture::small_material(world);
    model::WatchFinding* watch = nullptr;
    for (auto& section : material.findings) {
        for (auto& one : section.watches) watch = &one;
    }
    ASSERT_NE(watch, nullptr);
    watch->forecasts = {forecast()};
    watch->others_ahead = "9 more places not shown";
    watch->record.model = "stack";
    watch->record.verdict = "over the last 5 windows that are over, CRPS 2 against 3";
    watch->record.windows = {{"2019-12 to 2020-11", 2, 3}};
    const auto dossier = compose(material);
    const std::string json = render_json(dossier), page = render_html(dossier),
                      text = render_markdown(dossier, Detail::Full);
    for (const char* part :
         {"\"forecasts\": [", "\"q95\": 400", "\"mean_before\": 8", "\"followed_total\": 31", "\"word\": \"possible\"",
          "\"others_ahead\": \"9 more places not shown\"", "\"benchmark_crps\": 3", "\"p_crossing\": 0.2"})
        EXPECT_NE(json.find(part), std::string::npos) << part;
    for (const char* part :
         {"class=\"plot fan\"", "Moved since a month ago", "Nearest past situations",
          "icosa explain un.ahead/aaa/2020-11", "9 more places not shown.", "Model stack: over the last 5 windows"})
        EXPECT_NE(page.find(part), std::string::npos) << part;
    for (const char* part : {"| Forecast from 2020-11 |", "Nearest past situations: Bland, 2012-03: 31 followed",
                             "`icosa explain un.ahead/aaa/2020-11 --as-of 2020-12-31`", "9 more places not shown."})
        EXPECT_NE(text.find(part), std::string::npos) << part;
}

}  // namespace
}  // namespace icosa::brief
