#include <algorithm>
#include <random>

#include <fmt/format.h>

#include "detect/judges/method_table.hpp"
#include "engine/select.hpp"
#include "world.hpp"

namespace icosa::detect {
namespace {

constexpr const char* monthly = R"(engine = "event-surveillance"
from = ["alpha", "beta"]
kind = ["attack"]
places = "north"
period = "month"
severity_unit = "attacks"
method = { name = "season-trend", alpha = 0.01 }
cite = ["x"]
)";
const Day june_2020 = day_of(2020, 6, 30);

TEST(Surveillance, ASignalWithItsNumbersAndReasons) {
    World world;
    const auto watch = world.watch(monthly);
    world.put(watch, june_2020, 0, "alpha", "2020-06",
              {{"aaa", steady(47, 5, 30)}, {"bbb", steady(47, 5, 6)}, {"ccc", steady(47, 0, 1)}});
    const auto finding = world.run(watch, june_2020);
    EXPECT_EQ(finding.state, model::State::Signal);
    EXPECT_EQ(finding.source, "alpha");
    EXPECT_EQ(finding.units_examined, 3);
    EXPECT_DOUBLE_EQ(finding.signals_expected_by_chance, 0.03);
    ASSERT_EQ(finding.signals.size(), 1U);
    const auto& signal = finding.signals[0];
    EXPECT_EQ(signal.id, "w.x/aaa/2020-06");
    EXPECT_EQ(signal.subject_title, "Aland");
    EXPECT_EQ(signal.observed, 30);
    EXPECT_NEAR(signal.expected, 6, 0.3);
    EXPECT_GT(signal.threshold, signal.expected);
    EXPECT_GT(signal.unusualness, 0.999);
    EXPECT_EQ(signal.severity.unit, "attacks");
    EXPECT_NEAR(signal.severity.value, 24, 0.3);
    EXPECT_EQ(signal.size, model::Size::Extreme);
    EXPECT_EQ(signal.grounds.history, 47);
    EXPECT_EQ(signal.grounds.completeness, model::Completeness::Covered);
    EXPECT_TRUE(signal.grounds.real_time);
    EXPECT_EQ(signal.course.now, 30);
    EXPECT_EQ(signal.course.values.size(), 24U);
    EXPECT_EQ(signal.lateness_days, std::max(0, june_2020 - *parse_iso_day("2020-06-30")));
    EXPECT_NE(signal.reason.find("Aland, 2020-06: 30 attacks against"), std::string::npos) << signal.reason;
    EXPECT_NE(signal.reason.find("in Alpha Data; 47 periods of history"), std::string::npos) << signal.reason;
    EXPECT_EQ(signal.cites.front(), "x");
    EXPECT_NE(std::find(signal.cites.begin(), signal.cites.end(), "serfling1963"), signal.cites.end());
    EXPECT_EQ(signal.caveats, std::vector<std::string>{"Alpha counts reports."});
    ASSERT_EQ(finding.strips.size(), 1U);
    EXPECT_EQ(finding.strips[0].observed.size(), 36U);
    EXPECT_EQ(finding.strips[0].observed.back(), 30);
    EXPECT_EQ(finding.strips[0].first_period + 35, *parse_period("2020-06", PeriodKind::Month));
}

TEST(Surveillance, ManyUnitsAtOnceBearFewerAlarms) {
    // forty places, each with its own past of about 6; three stand out a little (p about 0.004), one very much
    const auto found = [](const std::string& more) {
        World world;
        const auto watch = world.watch(std::string(monthly) + "unit = \"actor\"\n" + more);
        std::vector<std::pair<std::string, std::vector<double>>> rows;
        for (int i = 10; i < 50; ++i)
            rows.emplace_back(fmt::format("u{}", i), steady(47, 5, i == 20 ? 30 : i % 15 == 0 ? 14 : 6));
        world.put(watch, june_2020, 0, "alpha", "2020-06", rows);
        return world.run(watch, june_2020);
    };
    const auto all = found("false_discovery = { rate = 1 }\n");
    EXPECT_EQ(all.signals.size(), 4U);
    EXPECT_EQ(all.discovery_procedure, "");
    EXPECT_DOUBLE_EQ(all.signals_expected_by_chance, 0.4);
    const auto held = found("");
    EXPECT_EQ(held.tests, 40);
    EXPECT_EQ(held.discovery_procedure, "benjamini-hochberg");
    EXPECT_DOUBLE_EQ(held.false_discovery_rate, 0.1);
    ASSERT_EQ(held.signals.size() + static_cast<std::size_t>(held.set_aside), 4U);
    EXPECT_EQ(held.signals[0].subject, "u20");
    for (const auto& signal : held.signals) EXPECT_LE(signal.adjusted_p_value, 0.1);
    EXPECT_NEAR(held.signals_expected_by_chance, 0.12, 0.01);
    const auto strict = found("false_discovery = { rate = 0.01, procedure = \"benjamini-yekutieli\" }\n");
    EXPECT_EQ(strict.signals.size(), 1U);
    EXPECT_EQ(strict.set_aside, 3);
    ASSERT_EQ(strict.aside.size(), 3U);  // u15, u30, u45: above their thresholds, and named
    EXPECT_EQ(strict.aside[0].subject, "u15");
    EXPECT_EQ(strict.aside[0].period, "2020-06");
    EXPECT_EQ(strict.aside[0].observed, 14);
    EXPECT_LT(strict.aside[0].threshold, 14);
    // beside the expectation stands the simple figure
    EXPECT_EQ(strict.signals[0].baseline.what, "mean of the same period of 3 past years");
    EXPECT_NE(strict.signals[0].reason.find("; mean of the same period of 3 past years: "), std::string::npos)
        << strict.signals[0].reason;
}

TEST(Surveillance, QuietSaysWhatIsNearest) {
    World world;
    const auto watch = world.watch(monthly);
    world.put(watch, june_2020, 0, "alpha", "2020-06", {{"aaa", steady(47, 5, 8)}, {"bbb", steady(47, 5, 5)}});
    const auto finding = world.run(watch, june_2020);
    EXPECT_EQ(finding.state, model::State::Quiet);
    EXPECT_NE(
        finding.reading.find("nothing unusual among 2 places examined in Alpha Data; the highest is Aland with 8"),
        std::string::npos)
        << finding.reading;
    EXPECT_TRUE(finding.signals.empty());
}

TEST(Surveillance, PastItsLimitNoFinding) {
    World world;
    const auto watch = world.watch(monthly);
    world.put(watch, day_of(2020, 12, 31), 0, "alpha", "2020-06", {{"aaa", steady(47, 5, 30)}});
    const auto finding = world.run(watch, day_of(2020, 12, 31));
    EXPECT_EQ(finding.state, model::State::Stale);
    EXPECT_TRUE(finding.signals.empty());
    EXPECT_NE(finding.reading.find("are of 2020-06, 184 days before 2020-12-31 (limit 90): past its limit, no finding; "
                                   "last seen: Aland, 30 attacks"),
              std::string::npos)
        << finding.reading;
    EXPECT_EQ(world.run(watch, day_of(2020, 9, 28)).state, model::State::Signal);  // 90 days: just within
}

TEST(Surveillance, TheFirstSourceThatIsNotStaleAnswers) {
    World world;
    const auto watch = world.watch(monthly);
    world.put(watch, june_2020, 0, "alpha", "2019-06", {{"aaa", steady(47, 5, 30)}});
    world.put(watch, june_2020, 0, "beta", "2020-06", {{"aaa", steady(47, 5, 30)}});
    const auto finding = world.run(watch, june_2020);
    EXPECT_EQ(finding.source, "beta");
    EXPECT_EQ(finding.other_sources, std::vector<std::string>{"alpha"});
}

TEST(Surveillance, NothingToGoOnIsNoData) {
    World world;
    const auto watch = world.watch(monthly);
    EXPECT_EQ(world.run(watch, june_2020).state, model::State::NoData);
    EXPECT_EQ(world.run(watch, june_2020).reading, "no data from alpha, beta as of 2020-06-30");
    world.put(watch, june_2020, 0, "alpha", "2020-06", {{"aaa", {1, 2, 3}}});
    EXPECT_EQ(world.run(watch, june_2020).state, model::State::NoData);
    EXPECT_EQ(world.run(watch, june_2020).reading,
              "Alpha Data has figures (places: 1), but none with the history that 'season-trend' needs");
    auto club = world.watch(std::string(monthly) + "");
    club.selection.places = {"late-club"};
    EXPECT_TRUE(find_engine("event-surveillance")
                    ->needs(club, world.setting(day_of(2018, 1, 1)))
                    .empty());  // never "everywhere"
    EXPECT_EQ(world.run(club, day_of(2018, 1, 1)).reading, "no place belongs to late-club on 2018-01-01");
}

TEST(Surveillance, APeriodThatIsNotOverDoesNotSpeak) {
    World world;
    const auto watch = world.watch(monthly);
    auto& panel = world.put(watch, day_of(2020, 6, 20), 0, "alpha", "2020-06", {{"aaa", steady(47, 5, 30)}});
    panel.observed_through = day_of(2020, 6, 20);
    const auto finding = world.run(watch, day_of(2020, 6, 20));
    EXPECT_EQ(finding.state, model::State::Quiet);
    EXPECT_EQ(finding.reading.substr(0, 7), "2020-05");
}

TEST(Surveillance, RecentPeriodsAndMinimum) {
    World world;
    auto watch = world.watch(std::string(monthly) + "recent = 3\n");
    auto values = steady(45, 5, 30);
    values.push_back(5);
    values.push_back(6);
    world.put(watch, june_2020, 0, "alpha", "2020-06", {{"aaa", values}});
    const auto finding = world.run(watch, june_2020);
    ASSERT_EQ(finding.signals.size(), 1U);
    EXPECT_EQ(finding.signals[0].id, "w.x/aaa/2020-04");
    EXPECT_DOUBLE_EQ(finding.signals_expected_by_chance, 0.03);
    watch.judging.minimum = 31;
    EXPECT_EQ(world.run(watch, june_2020).state, model::State::Quiet);
    watch.judging.minimum = 30;
    watch.recent = 2;
    EXPECT_EQ(world.run(watch, june_2020).state, model::State::Quiet);
}

TEST(Surveillance, SourcesThatCountTogetherDoNotConfirmOneAnother) {
    World world;
    const auto watch = world.watch(R"(engine = "event-surveillance"
from = ["alpha", "beta"]
matched = { km = 50, days = 1 }
places = "north"
period = "month"
method = { name = "season-trend", alpha = 0.01 }
)");
    for (const char* source : {"alpha+beta", "alpha", "beta"})
        world.put(watch, june_2020, 0, source, "2020-06", {{"aaa", steady(47, 5, 30)}});
    const auto found = world.run(watch, june_2020);
    EXPECT_EQ(found.source, "alpha+beta");
    ASSERT_EQ(found.signals.size(), 1U);
    EXPECT_EQ(found.signals[0].grounds.corroboration, model::Corroboration::None);
}

TEST(Surveillance, ASecondSourceOfAnotherOriginIsGrounds) {
    World world;
    const auto watch = world.watch(R"(engine = "event-surveillance"
from = ["alpha", "twin", "beta"]
places = "north"
period = "month"
method = { name = "season-trend", alpha = 0.01 }
)");
    world.put(watch, june_2020, 0, "alpha", "2020-06", {{"aaa", steady(47, 5, 30)}, {"bbb", steady(47, 5, 30)}});
    const auto alone = world.run(watch, june_2020);
    EXPECT_EQ(alone.signals.at(0).grounds.corroboration, model::Corroboration::None);
    world.put(watch, june_2020, 0, "twin", "2020-06", {{"aaa", steady(47, 5, 30)}, {"bbb", steady(47, 5, 30)}});
    EXPECT_EQ(world.run(watch, june_2020).signals.at(0).grounds.corroboration,
              model::Corroboration::None);  // one origin
    world.put(watch, june_2020, 0, "beta", "2020-06", {{"aaa", steady(47, 5, 30)}, {"bbb", steady(47, 5, 6)}});
    const auto both = world.run(watch, june_2020);
    ASSERT_EQ(both.signals.size(), 2U);
    EXPECT_EQ(both.signals[0].subject, "aaa");
    EXPECT_EQ(both.signals[0].grounds.corroboration, model::Corroboration::Agrees);
    EXPECT_EQ(both.signals[0].grounds.other_source, "Beta Data");
    EXPECT_EQ(both.signals[1].grounds.corroboration, model::Corroboration::Disagrees);
}

TEST(Surveillance, PseudoRealTimeIsACaveatAndGrounds) {
    World world;
    const auto watch = world.watch(monthly);
    auto& panel = world.put(watch, june_2020, 0, "alpha", "2020-06", {{"aaa", steady(30, 5, 40)}});
    panel.pseudo_real_time = true;
    panel.complete = false;
    const auto finding = world.run(watch, june_2020);
    ASSERT_EQ(finding.signals.size(), 1U);
    EXPECT_EQ(finding.signals[0].grounds.history, 30);
    EXPECT_EQ(finding.signals[0].grounds.completeness, model::Completeness::Open);
    EXPECT_FALSE(finding.signals[0].grounds.real_time);
    EXPECT_NE(finding.signals[0].caveats.back().find("pseudo-real-time on final data"), std::string::npos);
}

TEST(Surveillance, FatalitiesShowLowAndHigh) {
    World world;
    const auto watch = world.watch(R"(engine = "event-surveillance"
from = ["alpha"]
value = "best"
places = "north"
period = "year"
method = { name = "season-trend" }
)");
    const Day day = day_of(2020, 12, 31);
    ASSERT_EQ(find_engine(watch.engine)->needs(watch, world.setting(day)).size(), 3U);
    world.put(watch, day, 0, "alpha", "2020", {{"aaa", steady(12, 50, 900)}});
    world.put(watch, day, 1, "alpha", "2020", {{"aaa", steady(12, 40, 700)}});
    world.put(watch, day, 2, "alpha", "2020", {{"aaa", steady(12, 60, 1500)}});
    const auto finding = world.run(watch, day);
    ASSERT_EQ(finding.signals.size(), 1U);
    EXPECT_NE(finding.signals[0].reason.find("900 fatalities (low 700, high 1500) against"), std::string::npos)
        << finding.signals[0].reason;
}

TEST(Indicator, RatioByADenominatorOfTheParent) {
    World world;
    const auto watch = world.watch(R"(engine = "indicator-surveillance"
from = ["alpha"]
measure = "price"
subject = ["*|wage"]
unit = "place-subject"
period = "month"
direction = "fall"
method = { name = "robust-deviation", window = 12 }
per = { subject = ["*|flour"], join = "parent" }
)");
    std::vector<double> flour(24, 2.0);
    flour.back() = 10;
    world.put(watch, june_2020, 0, "alpha", "2020-06",
              {{"aaa|east|wage", std::vector<double>(24, 20.0)}, {"aaa|west|wage", std::vector<double>(24, 20.0)}});
    world.put(watch, june_2020, 1, "alpha", "2020-06",
              {{"aaa|east|flour", flour}, {"aaa|west|flour", std::vector<double>(24, 2.0)}});
    const auto finding = world.run(watch, june_2020);
    ASSERT_EQ(finding.signals.size(), 1U);
    EXPECT_EQ(finding.signals[0].subject, "aaa|east|wage");
    EXPECT_EQ(finding.signals[0].subject_title, "Aland: east, wage");
    EXPECT_DOUBLE_EQ(finding.signals[0].observed, 2);
    EXPECT_DOUBLE_EQ(finding.signals[0].expected, 10);
}

TEST(Indicator, PartsAreOfTheSignalsSourceUnitAndPeriod) {
    World world;
    const auto watch = world.watch(R"(engine = "indicator-surveillance"
from = ["alpha", "beta"]
measure = "fled"
period = "year"
value = "sum"
parts = [{ measure = "one", counts = "part-one" }, { measure = "two", counts = "part-two" }, { measure = "none", counts = "part-none" }]
method = { name = "change", lag = 1, by = 0.25 }
)");
    const Day day = day_of(2020, 12, 31);
    world.put(watch, day, 0, "alpha", "2020", {{"aaa", {10, 20}}, {"bbb", {10, 10}}});
    world.put(watch, day, 1, "beta", "2020", {{"aaa", {1, 1}}});
    world.put(watch, day, 1, "alpha", "2020", {{"aaa", {9, 14}}, {"bbb", {9, 9}}});
    world.put(watch, day, 2, "alpha", "2020", {{"aaa", {1, 6}}});
    world.put(watch, day, 3, "alpha", "2020", {{"aaa", {0, 0}}});
    const auto finding = world.run(watch, day);
    ASSERT_EQ(finding.signals.size(), 1U);
    ASSERT_EQ(finding.signals[0].parts.size(), 2U);
    EXPECT_EQ(finding.signals[0].parts[0].measure, "part-one");
    EXPECT_EQ(finding.signals[0].parts[0].value, 14);
    EXPECT_EQ(finding.signals[0].parts[1].value, 6);
}

TEST(Indicator, BesideMustAlarmToo) {
    World world;
    const auto watch = world.watch(R"(engine = "indicator-surveillance"
from = ["alpha"]
measure = "troops"
unit = "place-subject"
period = "month"
direction = "fall"
severity_unit = "personnel"
method = { name = "drawdown", window = 12, share = 0.8, minimum_peak = 500 }
beside = { from = ["beta"], measure = "fatalities", value = "sum", unit = "place", join = "place", method = { name = "rolling-rise", window = 6, lag = 12, ratio = 1.5, at_least = 25 } }
)");
    std::vector<double> shrinking(24, 2485.0);
    shrinking.back() = 640;
    std::vector<double> rising(24, 2.0);
    for (std::size_t i = 20; i < 24; ++i) rising[i] = 50;
    world.put(watch, june_2020, 0, "alpha", "2020-06",
              {{"aaa|MISSION", shrinking}, {"bbb|OTHER", shrinking}, {"ccc|THIRD", shrinking}});
    world.put(watch, june_2020, 1, "beta", "2020-06", {{"aaa", rising}, {"bbb", std::vector<double>(24, 2.0)}});
    const auto finding = world.run(watch, june_2020);
    ASSERT_EQ(finding.signals.size(), 1U);
    EXPECT_EQ(finding.signals[0].subject, "aaa|MISSION");
    EXPECT_EQ(finding.signals[0].periods, 1);
    EXPECT_NE(finding.signals[0].reason.find("640 personnel against 2485 expected (threshold 1988) in Alpha Data; "
                                             "beside it 204 fatalities against 12 expected (threshold 25)"),
              std::string::npos)
        << finding.signals[0].reason;
    EXPECT_EQ(finding.units_examined, 3);
}

TEST(Indicator, ASumSaysHowManyPeriodsItHoldsAndGapsAreGrounds) {
    World world;
    const auto watch = world.watch(R"(engine = "indicator-surveillance"
from = ["alpha"]
measure = "fatalities"
places = "north"
period = "month"
value = "sum"
severity_unit = "fatalities"
method = { name = "rolling-rise", window = 6, lag = 12, ratio = 1.5, at_least = 25 }
)");
    std::vector<double> values(60, 2.0);
    for (std::size_t i = 56; i < 60; ++i) values[i] = 20;
    auto& panel = world.put(watch, june_2020, 0, "alpha", "2020-06", {{"aaa", values}});
    panel.complete = false;
    const auto finding = world.run(watch, june_2020);
    ASSERT_EQ(finding.signals.size(), 1U);
    EXPECT_EQ(finding.signals[0].periods, 6);
    EXPECT_EQ(finding.signals[0].observed, 84);
    EXPECT_NE(
        finding.signals[0].reason.find("Aland, 6 months to 2020-06: 84 fatalities against 12 expected (threshold 25)"),
        std::string::npos)
        << finding.signals[0].reason;
    EXPECT_EQ(finding.signals[0].grounds.completeness, model::Completeness::NoGaps);
    world.evidence.answers.begin()->second.panels[0].values[30] = nan_value;
    const auto gap = world.run(watch, june_2020);
    ASSERT_EQ(gap.signals.size(), 1U);
    EXPECT_EQ(gap.signals[0].grounds.completeness, model::Completeness::Open);
}

TEST(Indicator, AMeasuredValueStandsForItsPeriodAtOnce) {
    World world;
    const auto watch = world.watch(R"(engine = "indicator-surveillance"
from = ["alpha"]
measure = "price"
places = "north"
period = "month"
method = { name = "change", by = 0.5 }
)");
    auto& panel = world.put(watch, day_of(2020, 6, 15), 0, "alpha", "2020-06", {{"aaa", {1, 1, 2}}});
    panel.observed_through = day_of(2020, 6, 15);
    EXPECT_EQ(world.run(watch, day_of(2020, 6, 15)).signals.size(), 1U);
}

TEST(Surveillance, CountsThatAreNoCountsAreRefusedWithTheirPlace) {
    World world;
    const auto watch = world.watch(monthly);
    auto values = steady(47, 5, 6);
    values[40] = -1;
    world.put(watch, june_2020, 0, "alpha", "2020-06", {{"aaa", values}});
    const auto finding = world.run_one(watch, june_2020);
    ASSERT_FALSE(finding);
    EXPECT_EQ(finding.error().code, "negative-count");
    EXPECT_EQ(finding.error().what, "watch 'w.x', Aland, 2019-11: a count is -1, allowed are 0 and more");
}

/// Law: the names of places carry nothing. Relabelled and reordered units give the same signals under their new names.
TEST(Laws, RelabelledPlacesGiveRelabelledSignals) {
    const std::vector<std::vector<double>> series{steady(47, 5, 30), steady(47, 2, 3), steady(47, 9, 41),
                                                  steady(47, 0, 0), steady(47, 1, 14)};
    const std::vector<std::string> names{"aaa", "bbb", "ccc", "ddd", "eee"};
    const std::vector<std::size_t> turned{3, 0, 4, 1, 2};  // series i is called names[turned[i]] the second time
    const auto outcome = [&](const std::vector<std::string>& given) {
        World world;
        const auto watch = world.watch(R"(engine = "event-surveillance"
from = ["alpha"]
period = "month"
method = { name = "season-trend", alpha = 0.01 }
)");
        std::vector<std::pair<std::string, std::vector<double>>> rows;
        for (std::size_t i = 0; i < series.size(); ++i) rows.emplace_back(given[i], series[i]);
        std::sort(rows.begin(), rows.end());
        world.put(watch, june_2020, 0, "alpha", "2020-06", rows);
        return world.run(watch, june_2020).signals;
    };
    std::vector<std::string> other;
    for (std::size_t i = 0; i < names.size(); ++i) other.push_back(names[turned[i]]);
    const auto first = outcome(names);
    const auto second = outcome(other);
    ASSERT_EQ(first.size(), 3U);
    ASSERT_EQ(second.size(), first.size());
    for (std::size_t i = 0; i < first.size(); ++i) {
        const auto was =
            static_cast<std::size_t>(std::find(names.begin(), names.end(), first[i].subject) - names.begin());
        EXPECT_EQ(second[i].subject, other[was]);
        EXPECT_EQ(second[i].threshold, first[i].threshold);
        EXPECT_EQ(second[i].unusualness, first[i].unusualness);
        EXPECT_EQ(second[i].grade, first[i].grade);
    }
}

/// Law: no look-ahead. What a panel holds after as_of changes nothing.
TEST(Laws, LaterPeriodsAreNotSeen) {
    World early, late;
    const auto watch = early.watch(monthly);
    const auto values = steady(47, 5, 30);
    early.put(watch, june_2020, 0, "alpha", "2020-06", {{"aaa", values}});
    auto longer = values;
    for (const double later : {400.0, 0.0, 900.0}) longer.push_back(later);
    late.put(watch, june_2020, 0, "alpha", "2020-09", {{"aaa", longer}});
    const auto a = early.run(watch, june_2020);
    const auto b = late.run(watch, june_2020);
    ASSERT_EQ(a.signals.size(), 1U);
    ASSERT_EQ(b.signals.size(), 1U);
    EXPECT_EQ(a.signals[0].reason, b.signals[0].reason);
    EXPECT_EQ(a.reading, b.reading);
    ASSERT_EQ(a.strips[0].threshold.size(), b.strips[0].threshold.size());
    for (std::size_t i = 0; i < a.strips[0].threshold.size(); ++i)
        EXPECT_TRUE(a.strips[0].threshold[i] == b.strips[0].threshold[i] || std::isnan(a.strips[0].threshold[i]));
}

TEST(Methods, EachHasASpecThatParsesItsFallbacksAndJudges) {
    std::vector<double> values;
    for (int t = 0; t < 140; ++t) values.push_back(4 + t % 5);
    for (const Method& method : methods()) {
        if (method.spec.name == "share-rise") continue;  // of a part of all: its own test has both
        auto options = pack::default_options(method.spec);
        if (method.spec.name == "threshold") options.set("at_least", 8.0);
        const auto judged = method.judge({values, 12, 0}, options);
        ASSERT_TRUE(judged) << method.spec.name;
        EXPECT_EQ(judged->size(), values.size());
        EXPECT_EQ(judged->back().observed, method.span(options) == 1 ? values.back() : 4.0 * 6 + 4 + 0 + 1 + 2 + 3 + 4)
            << method.spec.name;
        EXPECT_FALSE(std::isnan(judged->back().threshold)) << method.spec.name;
        EXPECT_GE(judged->back().score, 0);
        EXPECT_LE(judged->back().score, 1);
        EXPECT_EQ(find_method(method.spec.name), &method);
        EXPECT_FALSE(pack::manual(method.spec).empty());
    }
    EXPECT_EQ(find_method("astrology"), nullptr);
}

TEST(Methods, BothDirectionsHalveAlpha) {
    std::vector<double> values(20, 10.0);
    for (std::size_t t = 0; t < values.size(); t += 2) values[t] = 11;
    values.push_back(2);
    auto options = pack::default_options(robust_deviation_spec);
    options.set("direction", std::string("both"));
    const auto judged = find_method("robust-deviation")->judge({values, 12, 0}, options);
    EXPECT_TRUE(judged->back().alarm);
    EXPECT_LT(judged->back().threshold, judged->back().expected);
    EXPECT_GT(judged->back().score, 0.99);
}

TEST(Check, FaultsOfAWatchAllAtOnce) {
    World world;
    const auto watch = world.watch(R"(engine = "event-surveillance"
from = ["alpha"]
places = "nort"
period = "month"
instruments = ["pact"]
form = "growth"
method = { name = "season-trend", alhpa = 0.01, years = 1 }
)");
    Diagnostics faults;
    check_watch(watch, world.setting(june_2020), faults);
    std::string all;
    for (const Error& fault : faults) all += render(fault) + "\n";
    EXPECT_NE(all.find("engine 'event-surveillance' does not read 'instruments' of watch 'w.x'"), std::string::npos)
        << all;
    EXPECT_NE(all.find("no option 'alhpa' for 'season-trend' (did you mean 'alpha'?)"), std::string::npos) << all;
    EXPECT_NE(all.find("'years' of 'season-trend' is 1, allowed is a whole number from 2 to 100"), std::string::npos)
        << all;
    EXPECT_NE(all.find("watch 'w.x' names 'nort', which is no place and no set (did you mean 'north'?)"),
              std::string::npos)
        << all;
    const auto misfit = world.watch(
        "engine = \"event-surveillance\"\nfrom = [\"alpha\"]\nform = \"growth\"\nmethod = \"season-trend\"\n");
    faults.clear();
    check_watch(misfit, world.setting(june_2020), faults);
    ASSERT_EQ(faults.size(), 1U);
    EXPECT_EQ(faults[0].code, "method-misfit");
    const auto falls = world.watch(
        "engine = \"event-surveillance\"\nfrom = [\"alpha\"]\nperiod = \"month\"\ndirection = \"fall\"\nmethod = "
        "\"farrington-flexible\"\n");
    faults.clear();
    check_watch(falls, world.setting(june_2020), faults);
    ASSERT_EQ(faults.size(), 1U);
    EXPECT_NE(faults[0].what.find("'farrington-flexible' finds rise, not 'fall'"), std::string::npos) << faults[0].what;
    const auto engine = world.watch("engine = \"event-survelance\"\n");
    faults.clear();
    check_watch(engine, world.setting(june_2020), faults);
    EXPECT_EQ(faults.at(0).cure, "did you mean 'event-surveillance'?");
    const auto method = world.watch("engine = \"indicator-surveillance\"\nfrom = [\"alpha\"]\nmethod = \"ears-c2\"\n");
    faults.clear();
    check_watch(method, world.setting(june_2020), faults);
    EXPECT_EQ(faults.at(0).what, "engine 'indicator-surveillance' has no method 'ears-c2'");
}

TEST(Engines, TheTableAndItsManual) {
    ASSERT_EQ(engines().size(), 10U);
    EXPECT_EQ(find_engine("no-such-engine"), nullptr);
    for (const engine::Engine& engine : engines()) {
        const std::string page = manual(engine);
        for (const auto* method : engine.methods) EXPECT_NE(page.find(std::string(method->name)), std::string::npos);
    }
}

}  // namespace
}  // namespace icosa::detect
