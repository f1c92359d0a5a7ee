/// Rules on past months: drawn cases, and any panel against a count by the words of the definition.
#include "record/trigger.hpp"

#include <cmath>
#include <optional>
#include <random>

#include <gtest/gtest.h>

#include "base/number.hpp"
#include "record/trigger_search.hpp"

namespace icosa::record {
namespace {

constexpr int start = 30 * 12;  // 2000-01

pack::Outcome half_worse(int months = 2, double least = 10) {
    pack::Outcome out;
    out.id = "worse";
    out.months = months;
    out.factor = 1.5;
    out.least = least;
    return out;
}

model::Panel panel_of(const std::vector<std::vector<double>>& rows) {
    model::Panel out;
    out.period = PeriodKind::Month;
    out.first_period = start;
    out.periods = static_cast<int>(rows.front().size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        out.units.push_back(std::string(1, static_cast<char>('a' + i)));
        out.values.insert(out.values.end(), rows[i].begin(), rows[i].end());
    }
    return out;
}

/// Months of the first unit at which the rule fires.
std::vector<int> fires_at(const model::Panel& panel, const pack::TriggerRule& rule) {
    const TriggerHistory history(half_worse(), panel, nullptr, start, start + panel.periods - 1);
    std::vector<int> out;
    for (int i = 0; i < panel.periods; ++i) {
        for (const Firing& one : history.firing(rule, start + i))
            if (one.unit == 0) out.push_back(i);
    }
    return out;
}

TEST(Trigger, TheSumIsTheHighestItselfIncludedAndTiesCount) {
    const auto panel = panel_of({{5, 9, 9, 8, 9, 20, 3, 20, 19}});
    EXPECT_EQ(fires_at(panel, {1, 9, 1}), (std::vector{1, 2, 4, 5, 7, 8}));
    EXPECT_EQ(fires_at(panel, {1, 9, 2}), (std::vector{1, 2, 4, 5, 7}));
    EXPECT_EQ(fires_at(panel, {1, 9, 4}), (std::vector{1, 2, 4, 5, 7}));
    EXPECT_EQ(fires_at(panel, {2, 18, 3}), (std::vector{2, 5, 8}));  // 18, 29, 39
    EXPECT_EQ(fires_at(panel, {1, 21, 3}), std::vector<int>());
}

TEST(Trigger, MonthsBeforeTheFirstAreZeroAndNoCases) {
    const auto panel = panel_of({{nan_value, nan_value, 4, 6, 9, 0}, {0, 0, 0, 0, 0, 0}});
    EXPECT_EQ(fires_at(panel, {3, 4, 12}), (std::vector{2, 3, 4}));
    const TriggerHistory history(half_worse(1, 3), panel, nullptr, start, start + 5);
    EXPECT_EQ(history.record({1, 1, 1}).cases, 3 + 5);  // the last month of each is undecided
}

TEST(Trigger, ASumOfAMonthThatIsNotObservedDoesNotFire) {
    const auto panel = panel_of({{5, 6, nan_value, 7, 8, 9}});
    EXPECT_EQ(fires_at(panel, {1, 1, 3}), (std::vector{0, 1, 3, 4, 5}));
    EXPECT_EQ(fires_at(panel, {2, 1, 3}), (std::vector{0, 1, 4, 5}));
}

TEST(Trigger, EpisodesLeadsAndStretches) {
    //                             0  1  2   3   4   5   6  7  8  9
    const auto panel = panel_of({{0, 4, 4, 10, 20, 40, 10, 5, 5, 0}});
    const TriggerHistory history(half_worse(2, 10), panel, nullptr, start, start + 9);
    const TriggerRecord record = history.record({1, 4, 3});
    // after / before: 0: 8/0 no (least), 1: 14/4 yes, 2: 30/8 yes, 3: 60/14 yes, 4: 50/30 yes, 5: 15/60, 6: 10/50,
    // 7: 5/15
    EXPECT_EQ(record.cases, 8);
    EXPECT_EQ(record.outcomes, 4);
    EXPECT_EQ(record.fired, 5);  // months 1 to 5
    EXPECT_EQ(record.followed, 4);
    EXPECT_EQ(record.episodes, 1);
    EXPECT_EQ(record.episodes_followed, 1);
    EXPECT_EQ(record.false_alarms(), 1);
    EXPECT_EQ(record.missed(), 0);
    ASSERT_EQ(record.runs.size(), 1U);
    EXPECT_EQ(record.runs[0].first, start + 1);
    EXPECT_EQ(record.runs[0].last, start + 4);
    EXPECT_EQ(record.runs[0].before, 14);
    EXPECT_EQ(record.runs[0].after, 60);
    EXPECT_TRUE(record.runs[0].is_caught);
    EXPECT_EQ(record.median_lead_months, 2);  // 4 killed to month 1, reached with month 3
    EXPECT_DOUBLE_EQ(record.base_rate(), 0);
    EXPECT_DOUBLE_EQ(record.years, 8 / 12.0);
    EXPECT_DOUBLE_EQ(record.false_alarms_a_year(), 1.5);
    EXPECT_DOUBLE_EQ(cost_a_year(record, {2, 100}), 3);
    const TriggerRecord none = history.record({1, 1000, 3});
    EXPECT_TRUE(std::isnan(none.share()));
    EXPECT_TRUE(std::isnan(none.median_lead_months));
    EXPECT_DOUBLE_EQ(cost_a_year(none, {2, 100}), 100 * 4 / (8 / 12.0));
}

TEST(Trigger, TheOutcomeMayCountSomethingElse) {
    const auto events = panel_of({{9, 9, 9, 9, 9, 9}, {9, 9, 9, 9, 9, 9}});
    auto deaths = panel_of({{0, 0, 30, 0, 0, 0}});
    deaths.units = {"b"};
    const TriggerHistory history(half_worse(1), events, &deaths, start, start + 5);
    const TriggerRecord record = history.record({1, 9, 1});
    EXPECT_EQ(record.cases, 5);  // of b; nothing decides a
    EXPECT_EQ(record.outcomes, 1);
    EXPECT_EQ(record.undecided, 7);
}

TEST(Trigger, UntilAnEditionTheRuleSeesTheOneBefore) {
    const auto newest = panel_of({{0, 50, 9, 9, 30, 9, 9, 9}, {9, 9, 9, 9, 9, 9, 9, 9}});
    auto first_edition = panel_of({{0, 5, 9, 12, 2}});  // of the first unit alone, and lower
    const TriggerHistory history(half_worse(1), newest, nullptr, start, start + 7, {{start + 3, first_edition}});
    const auto fires = [&](int month) {
        std::vector<std::size_t> units;
        for (const Firing& one : history.firing({1, 9, 3}, start + month)) units.push_back(one.unit);
        return units;
    };
    EXPECT_EQ(fires(1), std::vector<std::size_t>()) << "5 was known, not 50";
    EXPECT_EQ(fires(2), (std::vector<std::size_t>{0}));
    EXPECT_EQ(fires(3), (std::vector<std::size_t>{0}));
    EXPECT_EQ(fires(4), (std::vector<std::size_t>{0, 1})) << "of the newest edition, as from then on";
    EXPECT_EQ(fires(5), (std::vector<std::size_t>{1}));
    EXPECT_EQ(history.record({1, 9, 3}).outcomes, 2) << "judged by the newest: 50 after 0, 30 after 9";
    const auto counts = history.counts({1}, {3}, {9});
    EXPECT_EQ(counts.front().fired, history.record({1, 9, 3}).fired);
}

model::Panel made_panel(unsigned seed) {
    std::mt19937 dice(seed);
    std::vector<std::vector<double>> rows;
    for (int unit = 0; unit < 7; ++unit) {
        std::vector<double> row;
        const int birth = unit == 3 ? 20 : 0;
        for (int i = 0; i < 90; ++i) {
            const unsigned level = dice() % 4 == 0 ? 60 : 6;
            row.push_back(i < birth ? nan_value : static_cast<double>(dice() % level));
            if (unit == 5 && i >= 40 && i < 43) row.back() = nan_value;
        }
        rows.push_back(row);
    }
    return panel_of(rows);
}

struct ByWords {
    std::int64_t fired = 0, followed = 0, outcomes = 0, cases = 0, undecided = 0;
};

/// The definition word by word; nothing shared with the code.
ByWords by_words(const model::Panel& panel, const pack::Outcome& outcome, const pack::TriggerRule& rule, int first,
                 int last) {
    ByWords out;
    for (std::size_t unit = 0; unit < panel.units.size(); ++unit) {
        int birth = 0;
        while (birth < panel.periods && std::isnan(panel.at(unit, birth))) ++birth;
        const auto value = [&](int i) { return i < birth ? 0.0 : i >= panel.periods ? nan_value : panel.at(unit, i); };
        const auto sum = [&](int from, int to) {
            double total = 0;
            for (int i = from; i <= to; ++i) total += value(i);
            return total;
        };
        for (int i = first; i <= last; ++i) {
            if (i < birth || std::isnan(value(i))) continue;
            const double now = sum(i - rule.sum + 1, i);
            bool fires = now >= rule.at_least;
            for (int back = 1; back < rule.high_of; ++back) {
                const double past = sum(i - back - rule.sum + 1, i - back);
                fires = fires && !(past > now);
            }
            const double before = sum(i - outcome.months + 1, i), after = sum(i + 1, i + outcome.months);
            if (std::isnan(before) || std::isnan(after)) {
                out.undecided += fires;
                continue;
            }
            const bool happened = after >= outcome.factor * before && after - before >= outcome.least;
            ++out.cases;
            out.fired += fires;
            out.followed += fires && happened;
            out.outcomes += happened;
        }
    }
    return out;
}

TEST(Trigger, AnyRuleAsTheWordsOfTheDefinitionHaveIt) {
    for (unsigned seed = 1; seed <= 4; ++seed) {
        const auto panel = made_panel(seed);
        const auto outcome = half_worse(3, 20);
        for (const auto& [first, last] : {std::pair{0, 89}, std::pair{12, 70}, std::pair{24, 24}}) {
            const TriggerHistory history(outcome, panel, nullptr, start + first, start + last);
            for (const int sum : {1, 2, 5})
                for (const int high_of : {1, 2, 7, 30, 200})
                    for (const double at_least : {0.5, 20.0, 90.0}) {
                        const pack::TriggerRule rule{sum, at_least, high_of};
                        const ByWords right = by_words(panel, outcome, rule, first, last);
                        const TriggerRecord got = history.record(rule);
                        EXPECT_EQ(got.fired, right.fired) << sum << " " << high_of << " " << at_least;
                        EXPECT_EQ(got.followed, right.followed);
                        EXPECT_EQ(got.outcomes, right.outcomes);
                        EXPECT_EQ(got.cases, right.cases);
                        EXPECT_EQ(got.undecided, right.undecided);
                        EXPECT_LE(got.episodes, got.fired);
                        EXPECT_EQ(got.outcomes, got.caught + got.missed());
                    }
        }
    }
}

TEST(Trigger, CountsOfManyRulesAreThoseOfEachRecord) {
    const auto panel = made_panel(9);
    const TriggerHistory history(half_worse(3, 20), panel, nullptr, start + 5, start + 85);
    for (const Years years : {Years::All, Years::EveryOther, Years::TheOthers}) {
        const auto counts = history.counts({1, 3}, {1, 6, 24}, {90, 1, 20}, years);
        ASSERT_EQ(counts.size(), 18U);
        for (const auto& one : counts) {
            const TriggerRecord record = history.record(one.rule, years);
            EXPECT_EQ(one.fired, record.fired);
            EXPECT_EQ(one.followed, record.followed);
        }
    }
    const pack::TriggerRule rule{1, 20, 6};
    const auto all = history.record(rule), half = history.record(rule, Years::EveryOther),
               other = history.record(rule, Years::TheOthers);
    EXPECT_EQ(all.fired, half.fired + other.fired);
    EXPECT_EQ(all.cases, half.cases + other.cases);
    EXPECT_DOUBLE_EQ(all.years, half.years + other.years);
}

TEST(Trigger, NothingLaterIsLookedAt) {
    const auto whole = made_panel(3);
    const TriggerHistory history(half_worse(3, 20), whole, nullptr, start, start + 89);
    for (const int now : {10, 45, 89}) {
        std::vector<std::vector<double>> rows;
        for (std::size_t unit = 0; unit < whole.units.size(); ++unit) {
            rows.emplace_back();
            for (int i = 0; i <= now; ++i) rows.back().push_back(whole.at(unit, i));
        }
        const auto cut = panel_of(rows);
        const TriggerHistory then(half_worse(3, 20), cut, nullptr, start, start + now);
        const auto a = history.firing({2, 20, 12}, start + now), b = then.firing({2, 20, 12}, start + now);
        ASSERT_EQ(a.size(), b.size());
        for (std::size_t i = 0; i < a.size(); ++i) {
            EXPECT_EQ(a[i].unit, b[i].unit);
            EXPECT_EQ(a[i].sum, b[i].sum);
            EXPECT_EQ(a[i].since, b[i].since);
        }
    }
}

TEST(TriggerSearch, NoRuleOfTheFrontIsBeatenAndEveryOtherIs) {
    const auto panel = made_panel(5);
    const TriggerHistory history(half_worse(3, 20), panel, nullptr, start, start + 89);
    const TriggerGrid grid = wide_grid(history);
    const auto counts = history.counts(grid.sums, grid.high_ofs, grid.levels);
    EXPECT_EQ(counts.size(), grid.rules());
    const auto front = pareto_front(counts);
    ASSERT_FALSE(front.empty());
    for (std::size_t i = 1; i < front.size(); ++i) {
        EXPECT_GT(front[i].followed, front[i - 1].followed);
        EXPECT_GT(front[i].false_alarms(), front[i - 1].false_alarms());
    }
    for (const auto& one : counts) {
        if (one.followed == 0) continue;
        EXPECT_TRUE(std::ranges::any_of(front, [&](const auto& of) {
            return of.followed >= one.followed && of.false_alarms() <= one.false_alarms();
        }));
    }
}

TEST(TriggerSearch, BetterOnAllCountsIsBetterOnBoth) {
    const auto panel = made_panel(6);
    const TriggerHistory history(half_worse(3, 20), panel, nullptr, start, start + 89);
    const pack::TriggerRule rule{5, 37, 7};
    const TriggerRecord own = history.record(rule);
    const auto better = better_on_all_counts(history, rule, 4);
    EXPECT_LE(better.size(), 4U);
    for (const auto& one : better) {
        const TriggerRecord other = history.record(one);
        EXPECT_GT(other.caught, own.caught);
        EXPECT_LT(other.false_alarms(), own.false_alarms());
    }
}

TEST(TriggerSearch, TheCheapestByBruteForceAndItsCurve) {
    const auto panel = made_panel(7);
    const TriggerHistory history(half_worse(3, 20), panel, nullptr, start, start + 89);
    const auto counts = history.counts({1, 2}, {1, 12}, {1, 5, 20, 40});
    const auto outcomes = history.record({1, 1, 1}).outcomes;
    const pack::TriggerCosts costs{1, 4};
    const auto best = cheapest(counts, outcomes, costs);
    ASSERT_TRUE(best);
    const double least = cost_a_year(history.record(best->rule), costs);
    for (const auto& one : counts) EXPECT_LE(least, cost_a_year(history.record(one.rule), costs));
    EXPECT_FALSE(cheapest(counts, outcomes, {1, 0}));
    const auto curve = cost_curve(history, best->rule, costs);
    const auto own = std::ranges::find(curve, best->rule.at_least, &CostPoint::at_least);
    ASSERT_NE(own, curve.end());
    EXPECT_DOUBLE_EQ(own->cost_a_year, least);
    for (std::size_t i = 1; i < curve.size(); ++i) EXPECT_LE(curve[i].caught, curve[i - 1].caught);
}

}  // namespace
}  // namespace icosa::record
