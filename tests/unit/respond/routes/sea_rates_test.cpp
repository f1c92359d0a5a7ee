/// Incidents joined and counted along a route over a made-up sea.
#include "respond/routes/sea_rates.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "made_up_sea.hpp"

namespace icosa::respond {
namespace {

SeaReports source_of(const std::string& id, Day first, Day last, std::vector<SeaReport> reports) {
    SeaReports out;
    out.source = id;
    out.first = first;
    out.last = last;
    out.months = whole_months(first, last);
    out.reports = std::move(reports);
    return out;
}

SeaReport at(double latitude, double longitude, Day day, bool counts = true) {
    return {{latitude, longitude}, day, counts ? "attack" : "approach", counts, "", "", 1};
}

pack::Taxonomy acts() {
    pack::Taxonomy out;
    out.id = "acts";
    out.levels = {"act", "incident"};
    out.categories = {{"attack", {"incident"}}, {"approach", {"incident"}}};
    return out;
}

constexpr methods::matching::Reach near{50, 1};
const Day day = day_of(2020, 6, 15);

TEST(SeaIncidents, TwoReportsOfOneAreOneIncident) {
    const auto taxonomy = acts();
    auto found = joined_incidents(
        {source_of("a", day_of(2020, 1, 1), day_of(2020, 12, 31), {at(0, 5, day), at(0, 8, day), at(0, 5.1, day + 40)}),
         source_of("b", day_of(2020, 1, 1), day_of(2020, 12, 31), {at(0, 5.1, day + 1), at(0, 12, day)})},
        &taxonomy, near, 1);
    ASSERT_TRUE(found) << render(found.error());
    EXPECT_EQ(found->incidents.size(), 4U);
    EXPECT_EQ(found->counted, (std::vector<std::int64_t>{3, 2}));
    EXPECT_EQ(found->matched, (std::vector<std::int64_t>{1, 1}));
    std::size_t reports = 0;
    for (const auto& one : found->incidents) reports += one.behind.size();
    EXPECT_EQ(reports, 5U) << "no report is lost";
}

TEST(SeaIncidents, AnAttackOfOneSourceIsAnApproachOfAnother) {
    const auto taxonomy = acts();
    auto found = joined_incidents({source_of("a", day, day, {at(0, 5, day, false), at(0, 9, day, false)}),
                                   source_of("b", day, day, {at(0, 5.2, day, true)})},
                                  &taxonomy, near, 1);
    ASSERT_TRUE(found);
    ASSERT_EQ(found->incidents.size(), 2U);
    EXPECT_TRUE(found->incidents[0].counts);
    EXPECT_EQ(found->incidents[0].at.longitude_deg, 5.2) << "the report that counts gives the position";
    EXPECT_EQ(found->incidents[0].sources, 3U);
    EXPECT_FALSE(found->incidents[1].counts);
}

TEST(SeaIncidents, OnAnyNumberOfThreadsAndThreeSources) {
    const auto taxonomy = acts();
    for (const int threads : {1, 3}) {
        auto found =
            joined_incidents({source_of("a", day, day, {at(0, 5, day)}), source_of("b", day, day, {at(0, 5, day)}),
                              source_of("c", day, day, {at(0, 5, day), at(0, 5, day)})},
                             &taxonomy, near, threads);
        ASSERT_TRUE(found);
        EXPECT_EQ(found->incidents.size(), 2U);
        EXPECT_EQ(found->incidents[0].sources | found->incidents[1].sources, 7U);
    }
}

TEST(SeaIncidents, WholeMonths) {
    EXPECT_EQ(whole_months(day_of(2020, 1, 2), day_of(2020, 3, 31)).size(), 2U);
    EXPECT_TRUE(whole_months(day_of(2020, 1, 2), day_of(2020, 2, 28)).empty());
}

/// Incidents in the middle of the first leg: `before` in 2019, `now` in 2020; one far off in each year.
SeaIncidents two_years(int before, int now) {
    std::vector<SeaReport> reports = {at(40, 40, day_of(2019, 5, 5)), at(40, 40, day_of(2020, 5, 5))};
    for (int i = 0; i < before; ++i) reports.push_back(at(0, 5, day_of(2019, 1 + i % 12, 10)));
    for (int i = 0; i < now; ++i) reports.push_back(at(0, 5, day_of(2020, 1 + i % 12, 10)));
    auto found = joined_incidents({source_of("a", day_of(2010, 1, 1), day_of(2020, 12, 31), std::move(reports))},
                                  nullptr, near, 1);
    EXPECT_TRUE(found);
    return *found;
}

constexpr MonthSpan years(int first, int last) { return {(first - 1970) * 12, (last - 1970) * 12 + 11}; }

TEST(SeaRates, ThisYearBesideTheLast) {
    const auto book = made_up_sea();
    const auto route = lane_route(book, {"west-cape", "east-cape"});
    const auto facts = route_facts(*route, two_years(4, 12), {}, book, {100, years(2011, 2020), 12, 0.95});
    EXPECT_EQ(facts.observed_months, 120);
    EXPECT_EQ(facts.incidents.size(), 16U);
    EXPECT_DOUBLE_EQ(facts.per_month.value, 16.0 / 120);
    ASSERT_TRUE(facts.year.is_known());
    EXPECT_EQ(facts.year.now.incidents, 12);
    EXPECT_EQ(facts.year.before.incidents, 4);
    EXPECT_EQ(facts.year.now.world, 13);
    EXPECT_DOUBLE_EQ(facts.year.ratio.ratio.value, 3);
    const auto wanted = methods::rate_ratio(12, 12, 4, 12);
    EXPECT_EQ(facts.year.ratio.p_value, wanted.p_value);
    EXPECT_EQ(facts.five_years.before.incidents, 4);
    EXPECT_EQ(facts.five_years.before.span.months(), 60);
    EXPECT_EQ(facts.legs[0].incidents, 16);
    EXPECT_EQ(facts.legs[1].incidents, 0);
    ASSERT_TRUE(facts.trend);
    EXPECT_EQ(facts.trend->years.back(), 12);
    ASSERT_EQ(facts.straits.size(), 1U) << "the narrows alone lie on the way";
    EXPECT_EQ(facts.straits[0].lacking, "no count of ships at hand: a store with the passages of ships has it");
}

TEST(SeaRates, MonthsThatNoSourceTellsOfAreNotZero) {
    const auto book = made_up_sea();
    const auto route = lane_route(book, {"west-cape", "narrows"});
    const auto facts = route_facts(*route, two_years(4, 12), {}, book, {100, years(2008, 2020), 12, 0.95});
    EXPECT_EQ(facts.months.front().sources, 0U);
    EXPECT_EQ(facts.observed_months, 132);
    const auto late = route_facts(*route, two_years(4, 12), {}, book, {100, years(2010, 2010), 12, 0.95});
    EXPECT_FALSE(late.year.is_known());
    EXPECT_FALSE(late.trend);
    EXPECT_TRUE(std::isnan(late.dispersion));
}

TEST(SeaRates, FartherOffIsNotCounted) {
    const auto book = made_up_sea();
    const auto route = lane_route(book, {"west-cape", "narrows"});
    std::vector<SeaReport> reports = {at(0.8, 5, day), at(1, 5, day + 9)};
    const auto found = joined_incidents({source_of("a", day_of(2018, 1, 1), day_of(2020, 12, 31), std::move(reports))},
                                        nullptr, near, 1);
    EXPECT_EQ(route_facts(*route, *found, {}, book, {100, years(2020, 2020), 12, 0.95}).incidents.size(), 1U);
    EXPECT_EQ(route_facts(*route, *found, {}, book, {120, years(2020, 2020), 12, 0.95}).incidents.size(), 2U);
}

ShipsSeen ships_from(Day first, Day last, double a_day) {
    ShipsSeen out;
    out.source = "ships";
    for (Day one = first; one <= last; one = one + 1) out.by_place["narrows"][one.value] = a_day;
    return out;
}

SeaIncidents at_the_narrows() {
    std::vector<SeaReport> reports;
    for (int i = 0; i < 3; ++i) reports.push_back(at(0, 10, day_of(2019, 2 + i, 10)));
    for (int i = 0; i < 9; ++i) reports.push_back(at(0, 10.1, day_of(2020, 1 + i, 10)));
    return *joined_incidents({source_of("a", day_of(2018, 1, 1), day_of(2020, 12, 31), std::move(reports))}, nullptr,
                             near, 1);
}

TEST(SeaRates, IncidentsPerThousandTransits) {
    const auto book = made_up_sea();
    const auto route = lane_route(book, {"west-cape", "east-cape"});
    ShipsSeen ships = ships_from(day_of(2019, 1, 1), day_of(2020, 12, 31), 20);
    for (int i = 0; i < 30; ++i) ships.by_place["narrows"].erase(day_of(2020, 3, 1).value + i * 9 % 200);  // gaps
    const auto facts = route_facts(*route, at_the_narrows(), ships, book, {100, years(2018, 2020), 12, 0.95});
    ASSERT_EQ(facts.straits.size(), 1U);
    const auto& strait = facts.straits[0];
    EXPECT_EQ(strait.lacking, "");
    EXPECT_EQ(strait.year.now.incidents, 9);
    EXPECT_EQ(strait.year.before.incidents, 3);
    EXPECT_NEAR(strait.ships, 366 * 20, 1e-6) << "days without a count stand for the others' mean";
    EXPECT_NEAR(strait.per_1000.value, 9 / 7.32, 1e-9);
    EXPECT_NEAR(strait.ratio.ratio.value, 3 * 365.0 / 366, 1e-9);
    EXPECT_NEAR(strait.along_km, 1111.95, 0.1);
}

TEST(SeaRates, BeforeShipsAreCountedThereIsNone) {
    const auto book = made_up_sea();
    const auto route = lane_route(book, {"west-cape", "east-cape"});
    const auto incidents = at_the_narrows();
    const auto later = ships_from(day_of(2021, 1, 1), day_of(2022, 12, 31), 20);
    EXPECT_EQ(route_facts(*route, incidents, later, book, {100, years(2018, 2020), 12, 0.95}).straits[0].lacking,
              "no count of ships before 2021-01-01");
    const auto one_year = ships_from(day_of(2020, 1, 1), day_of(2020, 12, 31), 20);
    const auto facts = route_facts(*route, incidents, one_year, book, {100, years(2018, 2020), 12, 0.95});
    EXPECT_EQ(facts.straits[0].lacking, "no count of ships in some of the months; they are counted from 2020-01-01");
    EXPECT_TRUE(std::isnan(facts.straits[0].ships_before));
    const auto none = ships_from(day_of(2019, 1, 1), day_of(2020, 12, 31), 0);
    EXPECT_NE(route_facts(*route, incidents, none, book, {100, years(2018, 2020), 12, 0.95}).straits[0].lacking, "");
}

}  // namespace
}  // namespace icosa::respond
