/// Outcomes judged, episodes counted once, grades earned by what was over by the day.
#include <gtest/gtest.h>

#include <cmath>

#include "base/number.hpp"
#include "base/prio_grid.hpp"
#include "methods/statistics/proportion.hpp"
#include "record/nearby.hpp"
#include "record/outcome.hpp"
#include "record/track.hpp"
#include "record/weighing.hpp"

namespace icosa::record {
namespace {

pack::Outcome worse_by_half() {
    pack::Outcome out;
    out.id = "worse-by-half";
    out.months = 6;
    out.factor = 1.5;
    out.least = 50;
    return out;
}

/// Units "a" (ten a month, then forty from month 12 on) and "b" (nothing ever), months 0 to 23.
model::Panel panel() {
    model::Panel out;
    out.period = PeriodKind::Month;
    out.periods = 24;
    out.units = {"a", "b"};
    for (int i = 0; i < 24; ++i) out.values.push_back(i < 12 ? 10 : 40);
    for (int i = 0; i < 24; ++i) out.values.push_back(0);
    out.rows.assign(48, 1);
    return out;
}

model::Signal signal(const std::string& subject, model::Grade grade, model::Change change) {
    model::Signal out;
    out.subject = subject;
    out.grade = grade;
    out.course.change = change;
    return out;
}

TEST(Outcome, IsJudgedOnSixMonthsAfterAndSixBefore) {
    const auto outcome = worse_by_half();
    const auto of = panel();
    const OutcomeTruth truth(outcome, of);
    EXPECT_EQ(truth.happened(0, 11), true);   // 60, then 240
    EXPECT_EQ(truth.happened(0, 7), true);    // 60, then 4 x 10 + 2 x 40 = 120
    EXPECT_EQ(truth.happened(0, 6), false);   // 60, then 90: half more, but only thirty
    EXPECT_EQ(truth.happened(0, 17), false);  // 240, then 240
    EXPECT_EQ(truth.happened(1, 11), false);
    EXPECT_EQ(truth.happened(0, 4), std::nullopt);   // five months before
    EXPECT_EQ(truth.happened(0, 18), std::nullopt);  // five months after
    EXPECT_EQ(truth.lead(0, 11), 3);                 // 120 is sixty more than 60
    EXPECT_EQ(*truth.unit_of("a|market|bread"), 0U);
    EXPECT_FALSE(truth.unit_of("c").has_value());
}

/// Events at three positions: two cells that touch, at 0.25 N 0.25 E and 0.25 N 0.75 E, and one a thousand km away;
/// months 0 to 23. The first has one a month and then four from month 12 on, the second one in month 3.
model::Panel positions() {
    model::Panel out;
    out.period = PeriodKind::Month;
    out.periods = 24;
    out.units = {"a|90250000180250000", "b|90250000189750000", "|90250000180750000"};
    for (int i = 0; i < 24; ++i) out.values.push_back(i < 12 ? 1 : 4);
    for (int i = 0; i < 24; ++i) out.values.push_back(2);
    for (int i = 0; i < 24; ++i) out.values.push_back(i == 3 ? 1 : 0);
    out.values[23] = nan_value;  // one position not observed, the month still is
    out.rows.assign(72, 1);
    return out;
}

TEST(Nearby, CountsWhatIsNearTheMiddleOfEachCell) {
    const Nearby near = nearby(positions(), 60);
    ASSERT_EQ(near.panel.units.size(), 3U);
    const OutcomeTruth by_place(worse_by_half(), near.panel);
    const std::string first = "cell:129961", second = "cell:129962";
    EXPECT_EQ(near.panel.units[0], first);
    EXPECT_EQ(near.panel.units[1], second);
    EXPECT_EQ(near.places[0], std::vector<std::string>{"a"});
    EXPECT_TRUE(near.places[1].empty());
    EXPECT_EQ(near.panel.at(0, 3), 2);
    EXPECT_EQ(near.panel.at(1, 3), 2);
    EXPECT_EQ(near.panel.at(1, 12), 4);
    EXPECT_EQ(near.panel.at(2, 12), 2);
    EXPECT_EQ(near.panel.at(0, 23), 0);
    EXPECT_EQ(cell_of("cell:129961"), 129961);
    EXPECT_FALSE(cell_of("129961").has_value());
    EXPECT_FALSE(cell_of("cell:0").has_value());
}

TEST(Outcome, NearAPlaceIsHeldAgainstWhatIsUsualThere) {
    pack::Outcome outcome = worse_by_half();
    outcome.least = 5;
    outcome.months = 3;
    outcome.usual_months = 6;
    outcome.within_km = 60;
    const Nearby near = nearby(positions(), outcome.within_km);
    const OutcomeTruth truth(outcome, near.panel);
    EXPECT_EQ(truth.happened(0, 11), true);          // 3 a quarter, then 12
    EXPECT_EQ(truth.happened(0, 14), true);          // what rose within the quarter is not usual yet
    EXPECT_EQ(truth.happened(0, 20), false);         // 12 a quarter are
    EXPECT_EQ(truth.happened(0, 7), std::nullopt);   // eight months before
    EXPECT_EQ(truth.happened(2, 14), false);
    EXPECT_EQ(truth.lead(0, 11), 3);                 // 8 are not 5 more than 3.5
    EXPECT_EQ(*truth.unit_of("a|cell:129962"), 1U);
    EXPECT_FALSE(truth.unit_of("a|cell:1").has_value());
    EXPECT_EQ(truth.about(0), (std::vector<std::size_t>{0, 1}));
    EXPECT_EQ(truth.about(2), (std::vector<std::size_t>{2}));
}

TEST(Outcome, ASignalAboutACircleIsOfTheCellNearestToItsMiddle) {
    pack::Outcome outcome = worse_by_half();
    outcome.within_km = 60;
    const Nearby near = nearby(positions(), outcome.within_km);
    const OutcomeTruth truth(outcome, near.panel);
    model::Signal signal;
    signal.subject = "a-strait";
    EXPECT_FALSE(truth.unit_of(signal).has_value());
    const int gid = *cell_of(near.panel.units[2]);
    const double lat = centre_latitude_deg(grid_row(gid)), lon = centre_longitude_deg(grid_column(gid));
    signal.around = model::Circle{lat + 0.5, lon, 80};  // the cell to the north has no event
    EXPECT_EQ(truth.unit_of(signal), 2U);
    signal.around = model::Circle{lat > 0 ? lat - 40 : lat + 40, lon, 80};
    EXPECT_FALSE(truth.unit_of(signal).has_value());
    signal.subject = near.panel.units[0];
    EXPECT_EQ(truth.unit_of(signal), 0U);
}

TEST(Track, AClusterThatMovesByACellIsOneEpisode) {
    pack::Outcome outcome = worse_by_half();
    outcome.least = 5;
    outcome.months = 3;
    outcome.usual_months = 6;
    outcome.within_km = 60;
    const Nearby near = nearby(positions(), outcome.within_km);
    const OutcomeTruth truth(outcome, near.panel);
    Track track("w", truth, {0, 1, 2});
    for (int month = 8; month <= 20; ++month) {
        std::vector<model::Signal> said;
        if (month == 11) said = {signal("a|cell:129961", model::Grade::Note, model::Change::New)};
        if (month == 12) said = {signal("a|cell:129962", model::Grade::Note, model::Change::New)};
        track.add(month, said);
    }
    const auto record = track.record();
    ASSERT_EQ(record.kinds.size(), 1U);
    EXPECT_EQ(record.kinds[0].signals, 1);
    EXPECT_EQ(record.kinds[0].followed, 1);
    int base = 0;
    for (const auto& year : record.base) base += year.units;
    EXPECT_EQ(base, 3 * 13 - 2 * 2);  // months without a signal about the cell
}

TEST(Track, AnEpisodeCountsOnceAndTheBaseIsMonthsWithoutASignal) {
    const auto outcome = worse_by_half();
    const auto of = panel();
    const OutcomeTruth truth(outcome, of);
    Track track("w", truth, {0, 1});
    for (int month = 5; month <= 17; ++month) {
        std::vector<model::Signal> signals;
        if (month >= 9 && month <= 12) signals.push_back(signal("a", model::Grade::Watch, model::Change::Rising));
        track.add(month, signals);
    }
    const auto rows = track.rows();
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0].grade, "watch");
    EXPECT_EQ(rows[0].change, "all");
    EXPECT_EQ(rows[0].signals, 1);
    EXPECT_EQ(rows[0].followed, 1);
    EXPECT_EQ(rows[0].outcomes, 1);
    EXPECT_EQ(rows[0].caught, 1);
    EXPECT_EQ(rows[0].median_lead_months, truth.lead(0, 9));
    // a: months 5 to 8 and 13 to 17, of which 7, 8 and 13 to 14 were followed; b: thirteen months
    int followed = 0;
    for (const int month : {5, 6, 7, 8, 13, 14, 15, 16, 17}) followed += *truth.happened(0, month) ? 1 : 0;
    EXPECT_NEAR(rows[0].base_rate, followed / 22.0, 1e-12);
    EXPECT_EQ(rows[1].change, "rising");
    const auto record = track.record();
    ASSERT_EQ(record.kinds.size(), 1U);
    EXPECT_EQ(record.kinds[0].signals, 1);
    EXPECT_EQ(record.months, 6);
}

TEST(Proportion, IsWilsonsInterval) {
    const auto one = methods::wilson_interval(16, 41);
    EXPECT_NEAR(one.share, 16.0 / 41, 1e-12);
    for (const double end : {one.low, one.high})  // both ends solve (p - end)^2 = z^2 end (1 - end) / n
        EXPECT_NEAR(std::pow(one.share - end, 2), std::pow(1.6448536269514722, 2) * end * (1 - end) / 41, 1e-12);
    EXPECT_LT(one.low, one.share);
    EXPECT_GT(one.high, one.share);
    EXPECT_EQ(methods::wilson_interval(0, 0).high, 1);
}

pack::WatchRecord record_of_years() {
    pack::WatchRecord out;
    out.watch = "w";
    out.outcome = "worse-by-half";
    out.months = 6;
    for (int year = 2000; year <= 2012; ++year) {
        out.base.push_back({year, 1000, 20});
        out.kinds.push_back({model::Change::Rising, model::Size::Extreme, year, 4, 2});
        out.kinds.push_back({model::Change::StillHigh, model::Size::Small, year, 6, year < 2011 ? 0 : 6});
    }
    return out;
}

TEST(Weighing, TheFutureOfADayHasNoPart) {
    const pack::Grades grades;
    const auto record = record_of_years();
    const auto in_2010 =
        past_of(record, model::Change::StillHigh, model::Size::Small, *parse_iso_day("2010-12-31"), grades);
    const auto in_2013 =
        past_of(record, model::Change::StillHigh, model::Size::Small, *parse_iso_day("2013-12-31"), grades);
    ASSERT_TRUE(in_2010 && in_2013);
    EXPECT_LT(in_2010->share, in_2013->share);
    EXPECT_NEAR(in_2010->base_rate, 0.02, 1e-12);
    EXPECT_FALSE(past_of(record, model::Change::Rising, model::Size::Extreme, *parse_iso_day("2000-06-30"), grades));
}

class Weighed : public ::testing::Test {
protected:
    Weighed() {
        setting.records.all.push_back(record_of_years());
        watch.id = "w";
        watch.outcomes = {"worse-by-half"};
    }
    model::WatchFinding weigh_one(model::Signal one) {
        model::WatchFinding finding;
        finding.signals.push_back(std::move(one));
        weigh(finding, watch, setting);
        return finding;
    }

    pack::PlaceBook places;
    pack::Catalogue catalogue;
    pack::Grades grades;
    engine::Setting setting{*parse_iso_day("2010-12-31"), places, catalogue, grades, {}};
    pack::Watch watch;
};

TEST_F(Weighed, AGradeIsEarnedByItsKind) {
    auto often = signal("a", model::Grade::Note, model::Change::Rising);
    often.size = model::Size::Extreme;
    const auto warned = weigh_one(often).signals[0];
    EXPECT_EQ(warned.grade, model::Grade::Warning) << warned.grade_why;
    EXPECT_EQ(warned.record.signals, 40);
    EXPECT_EQ(warned.record.followed, 20);
    EXPECT_EQ(warned.record.first_year, 2000);
    EXPECT_EQ(warned.record.last_year, 2009);
    EXPECT_EQ(weigh_one(signal("a", model::Grade::Note, model::Change::StillHigh)).signals[0].grade,
              model::Grade::Note);
}

TEST_F(Weighed, ARulesSignalsByChanceAreItsBaseRateAgainstItsShare) {
    auto often = signal("a", model::Grade::Note, model::Change::Rising);
    often.size = model::Size::Extreme;
    const auto rule = weigh_one(often);  // 20 of 40 followed, 20 of 1,000 without a signal
    EXPECT_NEAR(rule.signals_expected_by_chance, 0.04, 1e-12);
    EXPECT_EQ(weigh_one(signal("a", model::Grade::Note, model::Change::StillHigh)).signals_expected_by_chance, 1)
        << "none of its kind was followed";
    model::WatchFinding tested;
    tested.tests = 120;
    tested.signals_expected_by_chance = 0.5;
    tested.signals.push_back(often);
    weigh(tested, watch, setting);
    EXPECT_EQ(tested.signals_expected_by_chance, 0.5) << "a test says it itself";
}

TEST_F(Weighed, WhatIsLateIsANoteAndWithoutARecordNothingWarns) {
    auto late = signal("a", model::Grade::Note, model::Change::Rising);
    late.size = model::Size::Extreme;
    late.lateness_days = 187;
    EXPECT_EQ(weigh_one(late).signals[0].grade, model::Grade::Note);
    watch.id = "other";
    late.lateness_days = 10;
    const auto unknown = weigh_one(late).signals[0];
    EXPECT_EQ(unknown.grade, model::Grade::Watch);
    EXPECT_FALSE(unknown.record.why_none.empty());
}

TEST_F(Weighed, ConfidenceCountsMarks) {
    auto one = signal("a", model::Grade::Note, model::Change::Rising);
    one.observed = 100;
    one.expected = 10;
    one.threshold = 20;
    one.grounds = {.history = 40,
                   .season = 12,
                   .completeness = model::Completeness::Covered,
                   .real_time = true,
                   .corroboration = model::Corroboration::Agrees,
                   .other_source = "Beta"};
    EXPECT_EQ(weigh_one(one).signals[0].confidence, model::Confidence::High);
    one.grounds.corroboration = model::Corroboration::Disagrees;
    one.grounds.real_time = false;
    one.lateness_days = 400;
    EXPECT_EQ(weigh_one(one).signals[0].confidence, model::Confidence::Low);
}

}  // namespace
}  // namespace icosa::record
