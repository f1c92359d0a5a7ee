/// What a source reported in all gates what its counts may say; a first report is compared with nothing.
#include "detect/surveillance/reporting.hpp"

#include <algorithm>

#include "world.hpp"

namespace icosa::detect {
namespace {

constexpr int january_2014 = (2014 - 1970) * 12;

/// Months from 2014-01 of one source.
model::Panel monthly(const std::vector<double>& counts) {
    model::Panel panel;
    panel.source = "alpha";
    panel.period = PeriodKind::Month;
    panel.first_period = january_2014;
    panel.periods = static_cast<int>(counts.size());
    panel.units = {"world"};
    panel.values = counts;
    panel.rows.assign(counts.size(), 1);
    panel.complete = true;
    return panel;
}

/// n months of about `level`.
void add(std::vector<double>& to, int n, double level) {
    for (int i = 0; i < n; ++i) to.push_back(level + i % 3 - 1);
}

std::vector<double> stopped_and_back() {
    std::vector<double> out;
    add(out, 52, 25);  // to 2018-04
    add(out, 18, 7);   // 2018-05 to 2019-10
    add(out, 14, 25);  // to 2020-12
    return out;
}

std::vector<std::string> fallen(const Reporting& reporting) {
    std::vector<std::string> out;
    for (int month = january_2014; month < january_2014 + 100; ++month) {
        if (reporting.thin(month, PeriodKind::Month)) out.push_back(period_label(month, PeriodKind::Month));
    }
    return out;
}

TEST(Reporting, APublisherThatStopsIsAFallUntilItIsBack) {
    const Reporting reporting(monthly(stopped_and_back()));
    const auto months = fallen(reporting);
    ASSERT_FALSE(months.empty());
    EXPECT_EQ(months.front(), "2018-05");
    EXPECT_EQ(months.back(), "2019-10");
    EXPECT_EQ(months.size(), 18U);
    const auto fall = reporting.fall_within(day_of(2016, 1, 1), day_of(2020, 12, 31));
    ASSERT_TRUE(fall);
    EXPECT_EQ(fall->reported, 18 * 7);
    EXPECT_EQ(fall->usual, 18 * 25);
    EXPECT_EQ(
        fall_words(*fall, "Alpha Data"),
        "Alpha Data reported 126 in all from 2018-05 to 2019-10, where 450 are usual: a low count of that time is "
        "no low base, and its silence says nothing");
    EXPECT_FALSE(reporting.fall_within(day_of(2019, 11, 1), day_of(2020, 12, 31)));
    ASSERT_TRUE(reporting.newest());
    EXPECT_EQ(reporting.newest()->usual, 25);
}

TEST(Reporting, LongerPeriodsAreThinWhenMoreThanAQuarterOfThemIs) {
    const Reporting reporting(monthly(stopped_and_back()));
    const auto thin = [&](const char* label, PeriodKind kind) {
        return reporting.thin(*parse_period(label, kind), kind);
    };
    EXPECT_FALSE(thin("2017", PeriodKind::Year));
    EXPECT_TRUE(thin("2018", PeriodKind::Year));
    EXPECT_TRUE(thin("2019", PeriodKind::Year));
    EXPECT_FALSE(thin("2020", PeriodKind::Year));
    EXPECT_TRUE(thin("2018-Q2", PeriodKind::Quarter));
    EXPECT_FALSE(thin("2018-Q1", PeriodKind::Quarter));
    EXPECT_TRUE(thin("2019-W10", PeriodKind::Week));
    EXPECT_FALSE(thin("2020-W10", PeriodKind::Week));
    EXPECT_TRUE(thin("2018-07-14", PeriodKind::Day));
}

TEST(Reporting, AWaveThatPassesIsNoFall) {
    std::vector<double> counts;
    add(counts, 36, 10);
    add(counts, 12, 40);
    add(counts, 24, 12);
    EXPECT_TRUE(fallen(Reporting(monthly(counts))).empty());
}

TEST(Reporting, FewReportsAreNoVolumeThatCouldFall) {
    std::vector<double> counts(60, 3);
    counts.insert(counts.end(), 12, 0);
    EXPECT_TRUE(fallen(Reporting(monthly(counts))).empty());
}

TEST(Reporting, ALowVolumeThatLastsIsTheNewVolume) {
    std::vector<double> counts;
    add(counts, 60, 60);
    add(counts, 60, 15);
    const Reporting reporting(monthly(counts));
    EXPECT_TRUE(reporting.thin(january_2014 + 70, PeriodKind::Month));
    EXPECT_FALSE(reporting.thin(january_2014 + 119, PeriodKind::Month));
}

constexpr const char* passages = R"(engine = "event-surveillance"
from = ["alpha", "beta"]
kind = ["attack"]
places = "north"
period = "month"
severity_unit = "attacks"
method = { name = "rolling-rise", window = 6, lag = 12, ratio = 2, at_least = 10 }
)";

/// One place whose count follows the source's volume.
World world_of(const pack::Watch*& watch, pack::Watch& kept, const std::vector<double>& volume, const char* newest,
               Day as_of, const std::string& lines = passages) {
    World world;
    world.sources["alpha"].volume_is_reporting = true;
    kept = world.watch(lines);
    watch = &kept;
    std::vector<double> own;
    for (const double all : volume) own.push_back(std::floor(all / 5));
    world.put(kept, as_of, 0, "alpha", newest, {{"aaa", own}});
    world.put(kept, as_of, 1, "alpha", newest, {{"world", volume}});
    return world;
}

TEST(Reporting, NoRiseFromALowBaseThatTheSourceItselfMade) {
    const Day as_of = day_of(2020, 6, 30);
    auto volume = stopped_and_back();
    volume.resize(78);  // to 2020-06
    pack::Watch kept;
    const pack::Watch* watch = nullptr;
    World world = world_of(watch, kept, volume, "2020-06", as_of);
    const auto finding = world.run(*watch, as_of);
    EXPECT_TRUE(finding.signals.empty());
    EXPECT_EQ(finding.state, model::State::NoData);
    EXPECT_EQ(finding.reading.substr(0, 24), "no data to compare with:");
    // another source that can compare answers in its place
    world.put(*watch, as_of, 0, "beta", "2020-06", {{"aaa", std::vector<double>(78, 5)}});
    EXPECT_EQ(world.run(*watch, as_of).source, "beta");
    EXPECT_EQ(world.run(*watch, as_of).state, model::State::Quiet);
    world.sources["alpha"].volume_is_reporting = false;  // the same figures of a source whose volume is the phenomenon
    EXPECT_EQ(world.run(*watch, as_of).signals.size(), 1U);
}

TEST(Reporting, WhereTheSourceReportedLittleNothingIsQuiet) {
    const Day as_of = day_of(2019, 6, 30);
    auto volume = stopped_and_back();
    volume.resize(66);  // to 2019-06
    pack::Watch kept;
    const pack::Watch* watch = nullptr;
    World world = world_of(watch, kept, volume, "2019-06", as_of, R"(engine = "event-surveillance"
from = ["alpha", "beta"]
places = "north"
period = "month"
method = { name = "season-trend", alpha = 0.01 }
)");
    const auto finding = world.run(*watch, as_of);
    EXPECT_EQ(finding.state, model::State::NoData);
    EXPECT_NE(finding.reading.find("no data to be quiet on: Alpha Data reported"), std::string::npos)
        << finding.reading;
    // another source that reports as ever answers in its place
    world.put(*watch, as_of, 0, "beta", "2019-06", {{"aaa", std::vector<double>(66, 5)}});
    const auto other = world.run(*watch, as_of);
    EXPECT_EQ(other.source, "beta");
    EXPECT_EQ(other.state, model::State::Quiet);
    EXPECT_TRUE(std::any_of(other.caveats.begin(), other.caveats.end(), [](const std::string& caveat) {
        return caveat.find("Alpha Data stands back") != std::string::npos;
    }));
}

TEST(Reporting, AFallOfOneOfSeveralSourcesIsAFallOfAll) {
    std::vector<double> steady;
    add(steady, 84, 30);
    const Reporting stops(monthly(stopped_and_back())), goes_on(monthly(steady));
    const Reporting both = Reporting::together({{"beta", &goes_on}, {"alpha", &stops}});
    EXPECT_EQ(fallen(both), fallen(stops));
    const auto fall = both.fall_within(day_of(2016, 1, 1), day_of(2020, 12, 31));
    ASSERT_TRUE(fall);
    EXPECT_EQ(fall->source, "alpha");
    EXPECT_EQ(fall->reported, 18 * 7);
    EXPECT_TRUE(fallen(Reporting::together({{"beta", &goes_on}})).empty());
}

constexpr const char* together = R"(engine = "event-surveillance"
from = ["alpha", "beta"]
matched = true
kind = ["attack"]
places = "north"
period = "month"
severity_unit = "attacks"
method = { name = "rolling-rise", window = 6, lag = 12, ratio = 2, at_least = 10 }
)";

TEST(Reporting, SourcesTogetherStandBackWhereOneOfThemReportedLittle) {
    const Day as_of = day_of(2020, 6, 30);
    auto volume = stopped_and_back();
    volume.resize(78);
    World world;
    world.sources["alpha"].volume_is_reporting = true;
    const auto watch = world.watch(together);
    const auto own = [](double level) {
        return std::vector<std::pair<std::string, std::vector<double>>>{{"aaa", std::vector<double>(78, level)}};
    };
    for (const auto& [source, level] : {std::pair("alpha+beta", 8.0), {"alpha", 5.0}, {"beta", 5.0}})
        world.put(watch, as_of, 0, source, "2020-06", own(level));
    EXPECT_EQ(world.run(watch, as_of).source, "alpha+beta") << "nothing is known of a fall";
    world.put(watch, as_of, 1, "alpha", "2020-06", {{"world", volume}});
    const auto found = world.run(watch, as_of);
    EXPECT_EQ(found.source, "beta");
    EXPECT_TRUE(std::ranges::any_of(found.caveats, [](const std::string& caveat) {
        return caveat.starts_with("alpha+beta stand back: Alpha Data reported");
    }));
}

TEST(Reporting, SourcesTogetherGiveWayWhereTheirPastIsTooShort) {
    const Day as_of = day_of(2020, 6, 30);
    World world;
    const auto watch = world.watch(together);
    world.put(watch, as_of, 0, "alpha+beta", "2020-06", {{"aaa", std::vector<double>(9, 8)}});
    world.put(watch, as_of, 0, "alpha", "2020-06", {{"aaa", std::vector<double>(60, 5)}});
    world.put(watch, as_of, 0, "beta", "2020-06", {{"aaa", std::vector<double>(9, 5)}});
    const auto found = world.run(watch, as_of);
    EXPECT_EQ(found.source, "alpha");
    EXPECT_EQ(found.state, model::State::Quiet);
    EXPECT_EQ(found.other_sources, std::vector<std::string>{"beta"}) << "the one is part of the others";
}

TEST(Reporting, ARiseInSpiteOfLittleReportingIsARise) {
    const Day as_of = day_of(2019, 6, 30);
    auto volume = stopped_and_back();
    volume.resize(66);
    pack::Watch kept;
    const pack::Watch* watch = nullptr;
    World world = world_of(watch, kept, volume, "2019-06", as_of, R"(engine = "event-surveillance"
from = ["alpha"]
places = "north"
period = "month"
method = { name = "season-trend", alpha = 0.01 }
)");
    auto& panel =
        world.evidence.answers.at(find_engine(watch->engine)->needs(*watch, world.setting(as_of))[0]).panels[0];
    panel.values.back() = 60;
    const auto finding = world.run(*watch, as_of);
    ASSERT_EQ(finding.signals.size(), 1U);
    EXPECT_GT(finding.signals[0].expected, 3) << "the base is that of the years before the fall";
    EXPECT_TRUE(std::any_of(finding.signals[0].caveats.begin(), finding.signals[0].caveats.end(),
                            [](const std::string& caveat) { return caveat.find("no low base") != std::string::npos; }));
}

TEST(Reporting, AFirstReportIsToldAndComparedWithNothing) {
    World world;
    const auto watch = world.watch(R"(engine = "indicator-surveillance"
from = ["alpha"]
measure = "idps"
unit = "place"
period = "year"
value = "sum"
method = { name = "change", lag = 1, by = 0.5 }
minimum = 100000
severity_unit = "persons displaced"
)");
    const Day as_of = day_of(2023, 3, 1);
    const double none = nan_value;
    auto& panel = world.put(watch, as_of, 0, "alpha", "2022",
                            {{"aaa", {none, none, none, 262411}},
                             {"bbb", {100000, 110000, 105000, 108000}},
                             {"ccc", {none, none, none, 900}}});
    panel.complete = false;
    EXPECT_TRUE(world.run(watch, as_of).signals.empty()) << "a source that does not say so has gaps, not first reports";
    panel.tells_first_reports = true;
    const auto finding = world.run(watch, as_of);
    ASSERT_EQ(finding.signals.size(), 1U);
    const auto& signal = finding.signals[0];
    EXPECT_EQ(signal.id, "w.x/aaa/2022");
    EXPECT_EQ(signal.observed, 262411);
    EXPECT_TRUE(std::isnan(signal.expected));
    EXPECT_TRUE(std::isnan(signal.threshold));
    EXPECT_EQ(signal.grade, model::Grade::Note);
    EXPECT_EQ(signal.reason,
              "Aland, 2022: 262,411 persons displaced in Alpha Data, first reported: there is no earlier figure to "
              "compare with, and none is taken for 0");
}

TEST(Reporting, WhatACardSetsAsideIsSaidWhereAFigureRestsOnIt) {
    World world;
    pack::SetAside rows;
    rows.reason = "the ballots of Aland and Bland are exchanged";
    rows.first_day = day_of(2019, 10, 1);
    rows.last_day = day_of(2019, 12, 31);
    rows.places = {"aaa", "bbb"};
    world.sources["alpha"].set_aside = {rows};
    const auto watch = world.watch(R"(engine = "indicator-surveillance"
from = ["alpha"]
records = "vote"
unit = "dyad"
period = "year"
value = "agreement"
direction = "fall"
method = { name = "change", lag = 1, by = 0.2 }
minimum = 0.1
)");
    const auto told = [&](const std::string& newest, const std::string& pair) {
        world.evidence.answers.clear();
        world.put(watch, day_of(2022, 6, 30), 0, "alpha", newest, {{pair, {0.9, 0.9, 0.4}}});
        const auto finding =
            world.run(watch, last_day_of(*parse_period(newest, PeriodKind::Year), PeriodKind::Year) + 60);
        std::vector<std::string> out = finding.caveats;
        for (const auto& signal : finding.signals) out.insert(out.end(), signal.caveats.begin(), signal.caveats.end());
        return std::count(out.begin(), out.end(),
                          "set aside from 2019-10-01 to 2019-12-31: the ballots of Aland and Bland are exchanged");
    };
    EXPECT_EQ(told("2019", "aaa|ccc"), 2) << "finding and signal: the year's figure rests on it";
    EXPECT_EQ(told("2019", "ccc|ddd"), 0);
    EXPECT_EQ(told("2020", "aaa|ccc"), 1) << "its history does";
    EXPECT_EQ(told("2018", "aaa|ccc"), 0);
}

}  // namespace
}  // namespace icosa::detect
