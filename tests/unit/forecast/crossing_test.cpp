/// Crossings of a threshold: what each is, base rates by counting, nothing later read, scores as defined.
#include "forecast/crossing_backtest.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "methods/scores/score.hpp"
#include "panels.hpp"

namespace icosa::forecast {
namespace {

constexpr int origin = january_2000 + 129;

TEST(Crossing, IsWhatTheTwelveMonthsSay) {
    std::vector<double> history(30, 0);
    EXPECT_EQ(crossing_of(history, 25), Crossing::PeacefulOnset);
    history[17] = 900;  // the thirteenth month back
    EXPECT_EQ(crossing_of(history, 25), Crossing::PeacefulOnset);
    history[18] = 24;
    EXPECT_EQ(crossing_of(history, 25), Crossing::Onset);
    history[18] = 25;
    EXPECT_EQ(crossing_of(history, 25), Crossing::Escalation);
    history.back() = 25;
    EXPECT_EQ(crossing_of(history, 25), Crossing::DeEscalation);
    EXPECT_EQ(crossing_of(std::vector<double>{3}, 25), Crossing::Onset) << "a short past is looked at as it is";
    EXPECT_TRUE(happened(Crossing::Escalation, 25, 25));
    EXPECT_FALSE(happened(Crossing::Onset, 24, 25));
    EXPECT_TRUE(happened(Crossing::DeEscalation, 24, 25));
    EXPECT_FALSE(happened(Crossing::DeEscalation, 25, 25));
    const methods::CountEnsemble month{{0, 0.5}, {24.4, 0.2}, {24.6, 0.2}, {90, 0.1}};
    EXPECT_NEAR(probability_of(Crossing::Onset, month, 25), 0.3, 1e-12) << "24.6 is drawn as 25";
    EXPECT_NEAR(probability_of(Crossing::DeEscalation, month, 25), 0.7, 1e-12);
    EXPECT_NEAR(probability_of(Crossing::Onset, month, 25.5), 0.1, 1e-12) << "25 is not 25.5";
}

TEST(Crossing, BaseRatesAreWhatWasOver) {
    const auto panel = made_panel(160);
    const BaseRates rates(panel, 25, 3, 14);
    for (const int step : {3, 14}) {
        double events[crossings] = {}, cells[crossings] = {};
        for (const auto& series : panel.series) {
            for (int past = series.first + 11; past + step <= origin; ++past) {
                const auto crossing =
                    crossing_of(std::span(series.counts).first(static_cast<std::size_t>(past - series.first + 1)), 25);
                cells[static_cast<std::size_t>(crossing)] += 1;
                events[static_cast<std::size_t>(crossing)] += happened(crossing, series.at(past + step), 25) ? 1 : 0;
            }
        }
        for (std::size_t i = 0; i < crossings; ++i) {
            const auto rate = rates.at(static_cast<Crossing>(i), step, origin);
            EXPECT_EQ(rate.cells, cells[i]) << i;
            EXPECT_EQ(rate.events, events[i]) << i;
        }
    }
    EXPECT_EQ(rates.at(Crossing::Escalation, 3, january_2000 + 12).cells, 0) << "no outcome was over";
    EXPECT_TRUE(std::isnan(rates.at(Crossing::Escalation, 3, january_2000 - 40).share()));
}

TEST(Crossing, NothingLaterIsRead) {
    const auto whole = made_panel(160), known = cut(whole, origin);
    const auto all = [](const CountPanel& panel) {
        const Request request{origin, origin + 3, origin + 14, ModelKind::Stack, 2};
        Stack stack(panel, 3, 14, 2);
        const auto units = CrossingModel(panel, stack, 25, request).forecast(origin);
        EXPECT_TRUE(units) << render(units.error());
        std::vector<double> out;
        for (const auto& unit : *units) {
            EXPECT_EQ(unit.months.size(), 12U);
            out.push_back(static_cast<double>(unit.unit));
            for (const auto& one : unit.months) {
                out.insert(out.end(), {one.probability, one.low, one.high, one.base.events, one.base.cells});
                EXPECT_LE(one.low, one.probability);
                EXPECT_GE(one.high, one.probability);
                if (unit.crossing == Crossing::DeEscalation) {
                    EXPECT_GT(one.high, one.low) << "something was learned from";
                }
            }
        }
        return out;
    };
    const auto found = all(whole);
    EXPECT_EQ(found.size(), whole.series.size() * 61);
    EXPECT_EQ(found, all(known));
}

TEST(Crossing, RowsAreTheScoresOfTheirCells) {
    const auto panel = made_panel(160);
    const auto rows =
        backtest_crossings(panel, {2010, 2011, {ModelKind::Conflictology, ModelKind::Stack}, 1000, 2}, 25);
    ASSERT_TRUE(rows) << render(rows.error());
    int cells = 0;
    for (const auto& row : *rows) {
        if (row.model != "conflictology" || row.year != 2011) continue;
        cells += row.cells;
        std::vector<double> own;
        std::vector<methods::Happened> events;
        double brier = 0, base = 0;
        const BaseRates rates(panel, 25, 3, 14);
        for (const auto& series : panel.series) {
            const auto history = std::span(series.counts).first(static_cast<std::size_t>(origin - series.first + 1));
            if (crossing_of(history, 25) != row.crossing) continue;
            double reached = 0;
            for (const double count : history.last(12)) reached += count >= 25 ? 1.0 / 12 : 0;
            for (int month = origin + 3; month <= origin + 14; ++month) {
                own.push_back(bounded(row.crossing == Crossing::DeEscalation ? 1 - reached : reached));
                events.push_back(happened(row.crossing, series.at(month), 25) ? methods::Happened::Yes
                                                                              : methods::Happened::No);
                brier += methods::brier(own.back(), events.back());
                base += rates.at(row.crossing, month - origin, origin).share();
            }
        }
        ASSERT_EQ(row.cells, static_cast<int>(own.size()));
        EXPECT_NEAR(row.own.brier, brier / row.cells, 1e-12);
        EXPECT_NEAR(row.base_rate, base / row.cells, 1e-12);
        if (row.events > 0) {
            EXPECT_NEAR(row.own.average_precision, methods::average_precision(own, events), 1e-12);
        }
    }
    EXPECT_EQ(cells, 12 * 12);
    EXPECT_EQ(rows->back().year, 0) << "all windows together come last";
    EXPECT_EQ(rows->back().model, "stack, recalibrated");
    EXPECT_EQ(backtest_crossings(panel, {2030, 2030, {ModelKind::Zero}, 100, 1}, 25).error().code, "no-window");
}

}  // namespace
}  // namespace icosa::forecast
