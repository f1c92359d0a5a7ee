/// What happens after the origin changes nothing said at it: later counts, later figures and units that begin later,
/// made wild or cut away.
#include <gtest/gtest.h>

#include "cells_made.hpp"
#include "forecast/cells.hpp"
#include "forecast/crossing.hpp"
#include "forecast/panel_forecast.hpp"
#include "panels.hpp"

namespace icosa::forecast {
namespace {

constexpr int origin = january_2000 + 129;
constexpr int first_step = 3, last_step = 14;

/// Neighbours, regions, a covariate known late, a unit that ends early; and before all others one that begins after the
/// origin.
CountPanel rich_panel() {
    CountPanel out = made_panel(165, 14);
    out.series.insert(out.series.begin(), {"0", origin + 4, std::vector<double>(20, 300.0)});
    auto& over = out.series[5].counts;
    over.resize(90);
    out = with_neighbours(std::move(out));
    Covariate figure{"figure", {}};
    for (std::size_t u = 0; u < out.series.size(); ++u) {
        out.regions.push_back(u % 3 == 0 ? "north" : "south");
        auto& values = figure.of_unit.emplace_back();
        for (int year = 0; year < 14; ++year) {
            const int month = january_2000 + 12 * year + 11;
            values.push_back({month, month + 8, 1000.0 * static_cast<double>(u + 1) + year});
        }
    }
    out.covariates.push_back(std::move(figure));
    return out;
}

CountPanel made_wild(CountPanel panel, int last) {
    std::mt19937_64 random(99);
    constexpr double wild[] = {0, 1, 7, 24, 25, 4000, 1e6, 1e12};
    for (auto& series : panel.series) {
        for (int month = std::max(series.first, last + 1); month < series.end(); ++month)
            series.counts[static_cast<std::size_t>(month - series.first)] = wild[random() % std::size(wild)];
        if (series.has(last))
            series.counts.resize(series.counts.size()
                                 - random() % static_cast<std::size_t>(series.end() - last));  // some end at once
    }
    for (auto& covariate : panel.covariates) {
        for (auto& values : covariate.of_unit)
            for (auto& one : values)
                if (one.known > last) one.value = -1e9;
    }
    return panel;
}

/// Without later counts and figures, nor the units that begin later.
CountPanel known_by(const CountPanel& panel, int last) {
    CountPanel out;
    std::vector<std::size_t> place(panel.series.size(), panel.series.size());
    for (std::size_t u = 0; u < panel.series.size(); ++u) {
        if (panel.series[u].first > last) continue;
        place[u] = out.series.size();
        auto series = panel.series[u];
        if (series.end() > last + 1) series.counts.resize(static_cast<std::size_t>(last + 1 - series.first));
        out.series.push_back(std::move(series));
    }
    for (const auto& covariate : panel.covariates) out.covariates.push_back({covariate.name, {}});
    for (std::size_t u = 0; u < panel.series.size(); ++u) {
        if (place[u] == panel.series.size()) continue;
        auto& neighbours = out.neighbours.emplace_back();
        for (const std::size_t other : panel.neighbours[u])
            if (place[other] < panel.series.size()) neighbours.push_back(place[other]);
        out.regions.push_back(panel.regions[u]);
        for (std::size_t c = 0; c < panel.covariates.size(); ++c) {
            auto values = panel.covariates[c].of_unit[u];
            std::erase_if(values, [&](const auto& one) { return one.known > last; });
            out.covariates[c].of_unit.push_back(std::move(values));
        }
    }
    return out;
}

Request request_of(ModelKind kind, int threads = 2) {
    return {origin, origin + first_step, origin + last_step, kind, threads, Drivers::Asked};
}

void expect_same(const Forecast& a, const Forecast& b, std::string_view what) {
    EXPECT_EQ(a.caveats, b.caveats) << what;
    ASSERT_EQ(a.units.size(), b.units.size()) << what;
    for (std::size_t u = 0; u < a.units.size(); ++u) {
        const auto &one = a.units[u], &other = b.units[u];
        EXPECT_EQ(one.unit, other.unit);
        EXPECT_EQ(one.months, other.months) << what << ", unit " << one.unit;
        EXPECT_EQ(one.benchmark_mean, other.benchmark_mean);
        EXPECT_EQ(one.mean_before, other.mean_before) << what << ", unit " << one.unit;
        EXPECT_EQ(one.caveats, other.caveats);
        ASSERT_EQ(one.analogues.size(), other.analogues.size());
        for (std::size_t i = 0; i < one.analogues.size(); ++i) {
            EXPECT_EQ(one.analogues[i].unit, other.analogues[i].unit);
            EXPECT_EQ(one.analogues[i].month, other.analogues[i].month);
            EXPECT_EQ(one.analogues[i].followed, other.analogues[i].followed);
        }
        ASSERT_EQ(one.drivers.size(), other.drivers.size());
        for (std::size_t i = 0; i < one.drivers.size(); ++i) {
            EXPECT_EQ(one.drivers[i].what, other.drivers[i].what);
            EXPECT_EQ(one.drivers[i].effect, other.drivers[i].effect) << what << ", unit " << one.unit;
        }
    }
}

std::vector<double> numbers_of(const std::vector<UnitCrossing>& units) {
    std::vector<double> out;
    for (const auto& unit : units) {
        out.push_back(static_cast<double>(unit.crossing));
        for (const auto& one : unit.months)
            out.insert(out.end(), {one.probability, one.low, one.high, one.base.events, one.base.cells});
    }
    return out;
}

TEST(NoLookAhead, EveryModelWithItsReasons) {
    const auto panel = rich_panel(), wild = made_wild(panel, origin), known = known_by(panel, origin);
    for (const auto& model : models()) {
        const auto a = forecast(panel, request_of(model.kind)), b = forecast(wild, request_of(model.kind)),
                   c = forecast(known, request_of(model.kind));
        ASSERT_TRUE(a && b && c) << model.name;
        EXPECT_EQ(a->units.size(), 13U) << "one is over, one not begun";
        expect_same(*a, *b, model.name);
        expect_same(*a, *c, model.name);
    }
}

TEST(NoLookAhead, Crossings) {
    const auto panel = rich_panel(), wild = made_wild(panel, origin), known = known_by(panel, origin);
    for (const ModelKind kind : {ModelKind::Stack, ModelKind::Hurdle}) {
        const auto at = [&](const CountPanel& of) {
            Stack stack(of, first_step, last_step, 2);
            const auto made = CrossingModel(of, stack, 25, request_of(kind)).forecast(origin);
            EXPECT_TRUE(made);
            return numbers_of(*made);
        };
        const auto whole = at(panel);
        EXPECT_EQ(whole, at(wild));
        EXPECT_EQ(whole, at(known));
    }
}

TEST(NoLookAhead, OddsAndPastWindowsOfAWatch) {
    const auto panel = rich_panel(), wild = made_wild(panel, origin), known = known_by(panel, origin);
    const auto at = [](const CountPanel& of) {
        const auto made = PanelForecast::make({of, {}}, origin, {1, 12, 25, ModelKind::Stack, Fitting::AsNeeded, 2});
        EXPECT_TRUE(made);
        std::vector<double> out;
        const auto add = [&](const Odds& odds) {
            out.insert(out.end(),
                       {odds.probability, odds.low, odds.high, odds.cases, static_cast<double>(odds.standing),
                        odds.base_rate, odds.base_cases, odds.benchmark});
        };
        for (std::size_t u = 0; u < of.series.size(); ++u) {
            if ((*made)->odds(u)) add(*(*made)->odds(u));
        }
        for (const auto& window : (*made)->past()) {
            out.insert(out.end(), {window.crps, window.benchmark_crps, window.mean, window.came});
            add(window.odds);
        }
        const auto step = (*made)->one_step();
        EXPECT_TRUE(step);
        for (const auto& one : **step) out.push_back(methods::mean(one.ensemble));
        return out;
    };
    const auto whole = at(panel);
    EXPECT_GT(whole.size(), 13U * 8 + 5U * 12);
    EXPECT_EQ(whole, at(wild));
    EXPECT_EQ(whole, at(known));
}

TEST(NoLookAhead, Cells) {
    constexpr int here = 360 + 143;
    const auto panel = made_cells(168);
    auto wild = panel;
    for (int month = here + 1; month < wild.end(); ++month) {
        auto& counts = wild.months[static_cast<std::size_t>(month - wild.first)];
        counts.clear();
        for (std::size_t cell = 0; cell < wild.gids.size(); ++cell) counts.push_back({cell, 1e6});
    }
    const auto a = CellModel::learn(panel, {here, here + 1, here + 12}),
               b = CellModel::learn(wild, {here, here + 1, here + 12});
    ASSERT_TRUE(a && b);
    for (std::size_t cell = 0; cell < panel.gids.size(); ++cell)
        EXPECT_EQ(a->forecast(cell).months, b->forecast(cell).months) << cell;
}

TEST(OrderOfQuestions, AStackAskedBeforeSaysTheSame) {
    const auto panel = rich_panel();
    Stack used(panel, first_step, last_step, 3);
    for (const int before : {origin + 12, origin - 24, origin - 1, origin + 5})
        ASSERT_TRUE(forecast(
            panel, {before, before + first_step, before + last_step, ModelKind::Stack, 3, Drivers::Asked}, used));
    const auto fresh = forecast(panel, request_of(ModelKind::Stack, 1));
    const auto again = forecast(panel, request_of(ModelKind::Stack, 3), used);
    ASSERT_TRUE(fresh && again);
    expect_same(*fresh, *again, "a stack asked before");
}

TEST(OrderOfQuestions, ACrossingModelAskedBeforeSaysTheSame) {
    const auto panel = rich_panel();
    Stack one(panel, first_step, last_step, 2), other(panel, first_step, last_step, 1);
    CrossingModel used(panel, one, 25, request_of(ModelKind::Stack)),
        fresh(panel, other, 25, request_of(ModelKind::Stack, 1));
    for (const int before : {origin + 12, origin - 24, origin + 5}) ASSERT_TRUE(used.forecast(before));
    const auto a = used.forecast(origin), b = fresh.forecast(origin);
    ASSERT_TRUE(a && b);
    EXPECT_EQ(numbers_of(*a), numbers_of(*b));
}

TEST(OrderOfQuestions, ThreadsDoNotMatterToAnyModel) {
    const auto panel = rich_panel();
    for (const auto& model : models()) {
        const auto a = forecast(panel, request_of(model.kind, 1)), b = forecast(panel, request_of(model.kind, 4));
        ASSERT_TRUE(a && b) << model.name;
        expect_same(*a, *b, model.name);
    }
}

}  // namespace
}  // namespace icosa::forecast
