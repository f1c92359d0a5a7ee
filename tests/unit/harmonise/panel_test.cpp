/// Panels: absent, zero and unobtainable stay three things; no later knowledge; order does not matter.
#include "harmonise/panel.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace icosa::harmonise {
namespace {

using store::Group;
using Covered = store::Store::Covered;

Covered covers(Day first, Day last, std::vector<std::string> places = {}, Day vintage = no_day) {
    return {1, {true, first, last, std::move(places), {}}, vintage, last};
}

model::Select monthly() {
    model::Select select;
    select.sources = {"s"};
    select.period = PeriodKind::Month;
    return select;
}

int month(int year, int m) { return (year - 1970) * 12 + m - 1; }

TEST(Panel, SilenceWithinCoverageIsZeroAndOutsideItIsNotObserved) {
    const pack::PlaceBook places;
    const CompleteCoverage coverage({covers(day_of(2020, 1, 1), day_of(2020, 4, 15))}, {}, places, day_of(2020, 12, 31),
                                    0);
    const auto panel =
        panel_of_groups(monthly(), "s", {{"syr", month(2020, 2), 3, 3000, 0}, {"syr", month(2020, 4), 5, 5000, 0}},
                        coverage, day_of(2020, 12, 31), day_of(2020, 12, 31));
    ASSERT_EQ(panel.units, std::vector<std::string>{"syr"});
    ASSERT_EQ(panel.periods, 4);
    EXPECT_EQ(panel.at(0, 0), 0);
    EXPECT_EQ(panel.at(0, 1), 3);
    EXPECT_EQ(panel.at(0, 2), 0);
    EXPECT_TRUE(std::isnan(panel.at(0, 3))) << "half of April is not a count of April";
    EXPECT_TRUE(panel.complete);
}

TEST(Panel, WithoutCompleteCoverageRowsArePresenceAndNothingIsZero) {
    const pack::PlaceBook places;
    Covered sample{1, {false, day_of(2020, 1, 1), day_of(2020, 6, 30), {}, {}}, no_day, day_of(2020, 6, 30)};
    const CompleteCoverage coverage({sample}, {}, places, day_of(2020, 12, 31), 0);
    const auto panel =
        panel_of_groups(monthly(), "s", {{"a", month(2020, 1), 1, 1000, 0}, {"b", month(2020, 3), 1, 1000, 0}},
                        coverage, day_of(2020, 12, 31), day_of(2020, 12, 31));
    EXPECT_EQ(panel.at(0, 0), 1);
    EXPECT_TRUE(std::isnan(panel.at(0, 1)));
    EXPECT_TRUE(std::isnan(panel.at(1, 0)));
    EXPECT_FALSE(panel.complete);
}

TEST(Panel, WhatWasNotYetPublishedWasNotObserved) {
    const pack::PlaceBook places;
    const std::vector<Covered> files = {covers(day_of(2020, 1, 1), day_of(2020, 12, 31))};
    const CompleteCoverage late(files, {}, places, day_of(2020, 7, 10), 30);
    EXPECT_TRUE(late.observed("", day_of(2020, 5, 1), day_of(2020, 5, 31)));
    EXPECT_FALSE(late.observed("", day_of(2020, 6, 1), day_of(2020, 6, 30))) << "June ends 30 days before 30 July";
    const CompleteCoverage edition({covers(day_of(2020, 1, 1), day_of(2020, 6, 30), {}, day_of(2020, 7, 5))}, {},
                                   places, day_of(2020, 7, 10), 30);
    EXPECT_TRUE(edition.observed("", day_of(2020, 6, 1), day_of(2020, 6, 30))) << "the edition of 5 July was there";
}

TEST(Panel, CoverageOfPlacesHoldsForThemAlone) {
    const pack::PlaceBook places;
    const CompleteCoverage coverage({covers(day_of(2020, 1, 1), day_of(2020, 12, 31), {"syr"})}, {}, places,
                                    day_of(2021, 12, 31), 0);
    EXPECT_TRUE(coverage.observed("syr", day_of(2020, 1, 1), day_of(2020, 12, 31)));
    EXPECT_FALSE(coverage.observed("irq", day_of(2020, 1, 1), day_of(2020, 1, 31)));
}

TEST(Panel, APositionIsObservedWhereItsPlaceIs) {
    const pack::PlaceBook places;
    const CompleteCoverage coverage({covers(day_of(2020, 1, 1), day_of(2020, 2, 29), {"syr"})}, {}, places,
                                    day_of(2021, 12, 31), 0);
    auto select = monthly();
    select.unit = model::Unit::PlacePosition;
    const auto panel =
        panel_of_groups(select, "s", {{"irq|123", month(2020, 1), 1, 1000, 0}, {"syr|123", month(2020, 1), 2, 2000, 0}},
                        coverage, day_of(2020, 12, 31), day_of(2020, 12, 31));
    ASSERT_EQ(panel.units, (std::vector<std::string>{"irq|123", "syr|123"}));
    EXPECT_TRUE(std::isnan(panel.at(0, 0)));
    EXPECT_TRUE(std::isnan(panel.at(0, 1)));
    EXPECT_EQ(panel.at(1, 0), 2);
    EXPECT_EQ(panel.at(1, 1), 0);
}

TEST(Panel, FilesThatTouchCoverAcrossTheirBorder) {
    const pack::PlaceBook places;
    const CompleteCoverage coverage(
        {covers(day_of(2020, 1, 16), day_of(2020, 1, 31)), covers(day_of(2020, 1, 1), day_of(2020, 1, 15))}, {}, places,
        day_of(2021, 1, 1), 0);
    EXPECT_TRUE(coverage.observed("", day_of(2020, 1, 1), day_of(2020, 1, 31)));
}

TEST(Panel, ShuffledGroupsGiveTheSamePanel) {
    const pack::PlaceBook places;
    const CompleteCoverage coverage({covers(day_of(2020, 1, 1), day_of(2020, 12, 31))}, {}, places,
                                    day_of(2021, 12, 31), 0);
    std::vector<Group> groups;
    for (int m = 1; m <= 12; ++m) {
        groups.push_back({"a", month(2020, m), m, 1000 * m, 0});
        groups.push_back({"b", month(2020, m), 1, 1000, 0});
    }
    const auto one = panel_of_groups(monthly(), "s", groups, coverage, day_of(2021, 12, 31), day_of(2021, 12, 31));
    std::reverse(groups.begin(), groups.end());
    const auto two = panel_of_groups(monthly(), "s", groups, coverage, day_of(2021, 12, 31), day_of(2021, 12, 31));
    EXPECT_EQ(one.values, two.values);
    EXPECT_EQ(one.units, two.units);
}

TEST(Panel, SharesAreRatiosWhereThereIsADenominator) {
    const pack::PlaceBook places;
    auto select = monthly();
    select.quantity = model::Quantity::Agreement;
    const CompleteCoverage none({}, {}, places, day_of(2021, 1, 1), 0);
    const auto panel = panel_of_groups(select, "s",
                                       {{"a|b", month(2020, 1), 40, 15000, 20000},
                                        {"a|b", month(2020, 2), 0, 0, 0},
                                        {"a|b", month(2020, 3), 18, 9000, 9000}},
                                       none, day_of(2021, 1, 1), day_of(2021, 1, 1));
    EXPECT_DOUBLE_EQ(panel.at(0, 0), 0.75);
    EXPECT_TRUE(std::isnan(panel.at(0, 1)));
    EXPECT_TRUE(std::isnan(panel.at(0, 2)));  // nine common ballots are too few
}

TEST(Panel, AShareOfAPeriodThatIsKnownInPartIsNotObserved) {
    const pack::PlaceBook places;
    auto select = monthly();
    select.period = PeriodKind::Year;
    select.quantity = model::Quantity::Agreement;
    const CompleteCoverage none({}, {}, places, day_of(2018, 12, 31), 30);
    // what was voted in December is known a month later: the twelve common ballots until then are no year
    const std::vector<Group> groups = {{"fra|usa", 2017 - 1970, 180, 50'000, 90'000},
                                       {"fra|usa", 2018 - 1970, 24, 0, 12'000}};
    const auto early = panel_of_groups(select, "s", groups, none, day_of(2018, 12, 31), day_of(2018, 12, 1));
    EXPECT_GT(early.at(0, 0), 0.5);
    EXPECT_TRUE(std::isnan(early.at(0, 1)));
    EXPECT_EQ(early.observed_through, day_of(2017, 12, 31));
    EXPECT_EQ(panel_of_groups(select, "s", groups, none, day_of(2019, 1, 30), day_of(2018, 12, 31)).at(0, 1), 0);
}

TEST(Panel, EveryPeriodThatTheLagReachesIsNotObserved) {
    const pack::PlaceBook places;
    const CompleteCoverage none({}, {}, places, day_of(2020, 4, 30), 75);
    const auto panel = panel_of_groups(
        monthly(), "s",
        {{"a", month(2020, 1), 1, 1000, 0}, {"a", month(2020, 2), 1, 1000, 0}, {"a", month(2020, 3), 1, 1000, 0}}, none,
        day_of(2020, 4, 30), day_of(2020, 2, 15));
    EXPECT_EQ(panel.at(0, 0), 1);
    EXPECT_TRUE(std::isnan(panel.at(0, 1)));
    EXPECT_TRUE(std::isnan(panel.at(0, 2)));
}

TEST(Panel, ZerosBeforeAFirstReportAreNotObservedWhereTheSourceFillsItsTable) {
    auto select = monthly();
    select.records = model::RecordKind::Observation;
    select.quantity = model::Quantity::Sum;
    const std::vector<store::Value> values = {{"a", month(2020, 1), 0, 1, 1}, {"a", month(2020, 2), 0, 1, 2},
                                              {"a", month(2020, 3), 7, 1, 3}, {"a", month(2020, 4), 0, 1, 4},
                                              {"b", month(2020, 1), 0, 1, 5}, {"b", month(2020, 4), 0, 1, 6}};
    const auto as_given = panel_of_values(select, "s", values, day_of(2020, 12, 31));
    EXPECT_EQ(as_given.at(0, 0), 0);
    EXPECT_FALSE(as_given.tells_first_reports);
    const auto panel = panel_of_values(select, "s", values, day_of(2020, 12, 31), pack::EarlyZeros::NotObserved);
    EXPECT_TRUE(panel.tells_first_reports);
    EXPECT_TRUE(std::isnan(panel.at(0, 0)));
    EXPECT_TRUE(std::isnan(panel.at(0, 1)));
    EXPECT_EQ(panel.at(0, 2), 7);
    EXPECT_EQ(panel.at(0, 3), 0) << "after a report a zero is one";
    EXPECT_TRUE(std::isnan(panel.at(1, 3))) << "never reported";
}

TEST(Panel, ValuesSumMeanMedianAndLast) {
    auto select = monthly();
    select.records = model::RecordKind::Observation;
    const std::vector<store::Value> values = {
        {"a", month(2020, 1), 1, 1, 1}, {"a", month(2020, 1), 3, 1, 2}, {"a", month(2020, 3), 5, 1, 3}};
    select.quantity = model::Quantity::Sum;
    EXPECT_EQ(panel_of_values(select, "s", values, day_of(2020, 12, 31)).at(0, 0), 4);
    select.quantity = model::Quantity::Mean;
    EXPECT_EQ(panel_of_values(select, "s", values, day_of(2020, 12, 31)).at(0, 0), 2);
    select.quantity = model::Quantity::Median;
    const std::vector<store::Value> more = {{"a", month(2020, 1), 9, 1, 1},    {"a", month(2020, 1), 3, 1, 2},
                                            {"a", month(2020, 1), 2650, 1, 3}, {"a", month(2020, 3), 5, 1, 4},
                                            {"b", month(2020, 3), 4, 1, 5},    {"b", month(2020, 3), 7, 1, 6},
                                            {"b", month(2021, 1), 1, 1, 7}};
    const auto median = panel_of_values(select, "s", more, day_of(2020, 12, 31));
    EXPECT_EQ(median.at(0, 0), 9);
    EXPECT_TRUE(std::isnan(median.at(0, 1)));
    EXPECT_EQ(median.at(0, 2), 5);
    EXPECT_EQ(median.at(1, 2), 5.5);
    select.quantity = model::Quantity::Last;
    const auto last = panel_of_values(select, "s", values, day_of(2020, 12, 31));
    EXPECT_EQ(last.at(0, 0), 3);
    EXPECT_TRUE(std::isnan(last.at(0, 1)));
    EXPECT_EQ(last.at(0, 2), 5);
}

TEST(Panel, TheNewestOfATotalThatRunsOnIsNoRatio) {
    const Group group{"wsm|Measles", 0, 2, 4217000, 2000};
    EXPECT_TRUE(is_ratio(model::Quantity::Last));
    EXPECT_EQ(ratio_of(model::Quantity::Last, group), 4217);
    EXPECT_TRUE(std::isnan(ratio_of(model::Quantity::Last, {"wsm|Measles", 0, 1, 0, 0})));
}

}  // namespace
}  // namespace icosa::harmonise
