#include <cmath>
#include <string>
#include <vector>

#include "detect/judges/method_table.hpp"
#include "engine/select.hpp"
#include "world.hpp"

namespace icosa::detect {
namespace {

pack::Options options_of(const Method& method, const std::vector<std::pair<std::string, double>>& numbers = {},
                         const std::vector<std::pair<std::string, std::string>>& texts = {}) {
    auto options = pack::default_options(method.spec);
    for (const auto& [name, value] : numbers) options.set(name, value);
    for (const auto& [name, value] : texts) options.set(name, value);
    return options;
}

std::vector<Judgement> judged(const std::string& name, const std::vector<double>& values,
                              const pack::Options& options) {
    auto out = find_method(name)->judge({values, 12, 0}, options);
    EXPECT_TRUE(out) << (out ? "" : render(out.error()));
    return out ? *out : std::vector<Judgement>{};
}

TEST(ChangeMethods, PeltSaysItsSegments) {
    const std::vector<double> values{2, 3, 2, 3, 2, nan_value, 9, 8, 9, 8, 9, 8, 3, 2, 3, 2, 3, 2};
    for (const char* name : {"pelt-mean", "pelt-poisson", "pelt-nb"}) {
        const auto found =
            judged(name, values, options_of(*find_method(name), {{"penalty_value", 4.0}}, {{"penalty", "manual"}}));
        ASSERT_EQ(found.size(), values.size());
        EXPECT_EQ(found[0].expected, 2.4);
        EXPECT_EQ(found[0].threshold, 2.4);
        EXPECT_EQ(found[0].since, -1);
        EXPECT_TRUE(found[6].alarm) << name;
        EXPECT_EQ(found[6].expected, 8.5);
        EXPECT_EQ(found[6].threshold, 2.4);
        EXPECT_EQ(found[6].since, 6);
        EXPECT_GT(found[6].score, 0.5);
        EXPECT_FALSE(found[7].alarm);
        EXPECT_LT(found[8].score, 0.5);
        EXPECT_EQ(found[11].since, 6);
        EXPECT_TRUE(found[12].alarm);
        EXPECT_EQ(found[17].since, 12);
        EXPECT_TRUE(std::isnan(found[5].score));
        EXPECT_TRUE(std::isnan(found[6].p_value));
        const auto rises = judged(
            name, values,
            options_of(*find_method(name), {{"penalty_value", 4.0}}, {{"penalty", "manual"}, {"direction", "rise"}}));
        EXPECT_TRUE(rises[6].alarm && !rises[12].alarm);
    }
}

TEST(ChangeMethods, BocpdGivesProbabilityAndPeriod) {
    std::vector<double> values;
    for (int t = 0; t < 40; ++t) values.push_back((t < 30 ? 5 : 15) + t % 3);
    const auto found = judged("bocpd", values, options_of(*find_method("bocpd")));
    EXPECT_TRUE(std::isnan(found[11].threshold));
    EXPECT_FALSE(found[29].alarm);
    EXPECT_TRUE(found[31].alarm);
    EXPECT_EQ(found[31].since, 30);
    EXPECT_GT(found[31].score, 0.9);
    EXPECT_GE(found[35].threshold, 0);  // none was below 0
    EXPECT_FALSE(found[39].alarm);
    EXPECT_EQ(found[39].since, 30);
}

TEST(ChangeMethods, BadInputSaysWhatAndHow) {
    const auto fault = [](const std::string& name, const std::vector<double>& values, const pack::Options& options) {
        const auto out = find_method(name)->judge({values, 12, 0}, options);
        return out ? std::string("none") : render(out.error());
    };
    for (const char* name : {"pelt-poisson", "pelt-nb"}) {
        const auto options = options_of(*find_method(name));
        EXPECT_EQ(fault(name, {1, 2, -3, 4}, options),
                  ":2: error[negative-count]: a count is -3, allowed are 0 and more (use robust-deviation for measured "
                  "values)");
        EXPECT_EQ(fault(name, {1, 2, 3.5, 4}, options),
                  ":2: error[not-a-count]: a count is 3.5, allowed are whole numbers (use robust-deviation for "
                  "measured values)");
    }
    const auto mean = options_of(*find_method("pelt-mean"));
    EXPECT_EQ(fault("pelt-mean", {-1.5, 2, 3, 4}, mean), "none");
    EXPECT_EQ(
        fault("pelt-mean", {1, 2, 3}, mean),
        "error[too-short]: 3 of 3 periods are observed, needed are 4 (give a longer series or a smaller min_size)");
    EXPECT_EQ(fault("pelt-mean", {nan_value, nan_value}, mean),
              "error[too-short]: none of 2 periods is observed (give a value for each observed period)");
    EXPECT_EQ(
        fault("bocpd", std::vector<double>(12, 1), options_of(*find_method("bocpd"))),
        "error[too-short]: 12 of 12 periods are observed, needed are 13 (give a longer series or a smaller training)");
    EXPECT_EQ(
        fault("bocpd", std::vector<double>(20, 0.5), options_of(*find_method("bocpd"), {}, {{"model", "poisson"}})),
        "error[not-a-count]: a count is 0.5, allowed are whole numbers (use robust-deviation for measured values)");
    const std::string both =
        "error[bad-option]: 'penalty_value' belongs to penalty = manual, and manual needs it (give both or neither)";
    EXPECT_EQ(fault("pelt-mean", {1, 2, 3, 4}, options_of(*find_method("pelt-mean"), {}, {{"penalty", "manual"}})),
              both);
    EXPECT_EQ(fault("pelt-mean", {1, 2, 3, 4}, options_of(*find_method("pelt-mean"), {{"penalty_value", 3.0}})), both);
    EXPECT_EQ(fault("pelt-mean", {1, INFINITY, 3, 4}, mean),
              ":1: error[not-finite]: a value is infinite (leave it empty where nothing was observed)");
    for (const char* name : {"pelt-mean", "pelt-poisson", "pelt-nb", "bocpd"})
        EXPECT_EQ(fault(name, std::vector<double>(40, 7), options_of(*find_method(name))), "none");
}

constexpr const char* paced = R"(engine = "event-surveillance"
from = ["alpha"]
kind = ["attack"]
places = "north"
period = "month"
severity_unit = "attacks"
cite = ["x"]
)";
const Day june_2020 = day_of(2020, 6, 30);

TEST(ChangeMethods, ASignalSaysSinceWhenAndHowLikely) {
    for (const char* method : {"method = { name = \"bocpd\", model = \"poisson\" }\n",
                               "method = { name = \"pelt-poisson\" }\nrecent = 6\n"}) {
        World world;
        const auto watch = world.watch(std::string(paced) + method);
        std::vector<double> changed, steady_one;
        for (int t = 0; t < 48; ++t) {
            changed.push_back((t < 44 ? 4 : 14) + t % 3);
            steady_one.push_back(4 + t % 3);
        }
        world.put(watch, june_2020, 0, "alpha", "2020-06", {{"aaa", changed}, {"bbb", steady_one}});
        const auto finding = world.run(watch, june_2020);
        EXPECT_EQ(finding.units_examined, 2);
        ASSERT_EQ(finding.signals.size(), 1U) << finding.reading;
        const auto& signal = finding.signals[0];
        EXPECT_EQ(signal.subject, "aaa");
        EXPECT_NE(signal.reason.find("; the level changed about 2020-03 with probability over 0.99 (mean 15.2 since, 5 "
                                     "in the 12 periods before)"),
                  std::string::npos)
            << signal.reason;
        EXPECT_NEAR(signal.severity.value, 10.25, 1e-12);
        EXPECT_GT(signal.unusualness, 0.9);
    }
}

TEST(ChangeMethods, AUnitWithoutHistoryIsNotJudged) {
    World world;
    const auto watch = world.watch(std::string(paced) + "method = { name = \"bocpd\" }\n");
    std::vector<double> young(48, nan_value);
    for (std::size_t t = 44; t < 48; ++t) young[t] = 3;
    world.put(watch, june_2020, 0, "alpha", "2020-06", {{"aaa", young}});
    EXPECT_EQ(world.run(watch, june_2020).state, model::State::NoData);
}

TEST(ChangeMethods, AWatchMayBeginOnADay) {
    World world;
    const auto watch = world.watch(std::string(paced)
                                   + "method = { name = \"pelt-poisson\" }\nrecent = 24\nfirst_day = \"2019-03-15\"\n");
    std::vector<double> values;
    for (int t = 0; t < 48; ++t)
        values.push_back((t < 30 ? 40 : 4) + t % 3);  // the fall of 2019-01 is before the beginning
    world.put(watch, june_2020, 0, "alpha", "2020-06", {{"aaa", values}});
    const auto finding = world.run(watch, june_2020);
    EXPECT_EQ(finding.state, model::State::Quiet) << finding.reading;
    ASSERT_FALSE(finding.strips.empty());
    EXPECT_EQ(finding.strips[0].first_period, *parse_period("2019-03", PeriodKind::Month));
}

}  // namespace
}  // namespace icosa::detect
