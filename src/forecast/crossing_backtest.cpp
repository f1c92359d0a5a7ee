/// Cells gathered by model, window and crossing, then scored.
#include "forecast/crossing_backtest.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "methods/scores/score.hpp"

namespace icosa::forecast {
namespace {

using methods::Happened;

struct Cells {
    std::vector<double> own, base, base_as_known;
    std::vector<Happened> happened;

    void add(const Cells& other) {
        own.insert(own.end(), other.own.begin(), other.own.end());
        base.insert(base.end(), other.base.begin(), other.base.end());
        base_as_known.insert(base_as_known.end(), other.base_as_known.begin(), other.base_as_known.end());
        happened.insert(happened.end(), other.happened.begin(), other.happened.end());
    }
};
using ByCrossing = std::array<Cells, crossings>;

ProbabilityScores scores_of(const std::vector<double>& probabilities, const std::vector<Happened>& happened) {
    ProbabilityScores out;
    for (std::size_t i = 0; i < probabilities.size(); ++i) {
        out.brier += methods::brier(probabilities[i], happened[i]);
        out.log_score += methods::log_score(probabilities[i], happened[i]);
    }
    out.brier /= static_cast<double>(probabilities.size());
    out.log_score /= static_cast<double>(probabilities.size());
    out.average_precision = methods::average_precision(probabilities, happened);
    return out;
}

bool is_benchmark(ModelKind kind) {
    using enum ModelKind;
    return kind == Zero || kind == Last || kind == Conflictology || kind == Neighbours || kind == Bootstrap;
}

void add_rows(std::vector<CrossingScore>& rows, int year, const std::string& model, const ByCrossing& cells) {
    for (std::size_t i = 0; i < crossings; ++i) {
        const auto& of = cells[i];
        if (of.own.empty()) continue;
        double base = 0;
        for (const double share : of.base_as_known) base += share;
        rows.push_back({year, model, static_cast<Crossing>(i), static_cast<int>(of.own.size()),
                        static_cast<int>(std::count(of.happened.begin(), of.happened.end(), Happened::Yes)),
                        base / static_cast<double>(of.own.size()), scores_of(of.own, of.happened),
                        scores_of(of.base, of.happened)});
    }
}

constexpr int steps = 12;
constexpr int first_step = months_between_origin_and_window, last_step = first_step + steps - 1;

/// Rows by year, and the cells of all years by model, in order of their first year.
class Tally {
public:
    void add(int year, const std::string& model, const ByCrossing& cells) {
        add_rows(rows_, year, model, cells);
        auto found =
            std::find_if(together_.begin(), together_.end(), [&](const auto& one) { return one.first == model; });
        if (found == together_.end()) found = together_.insert(together_.end(), {model, {}});
        for (std::size_t i = 0; i < crossings; ++i) found->second[i].add(cells[i]);
    }
    /// Adds rows over all years, with year 0.
    void add_totals() {
        for (const auto& [model, cells] : together_) add_rows(rows_, 0, model, cells);
    }
    [[nodiscard]] std::vector<CrossingScore> rows() && { return std::move(rows_); }

private:
    std::vector<CrossingScore> rows_;
    std::vector<std::pair<std::string, ByCrossing>> together_;
};

/// One window's cells of one model: as the months' distributions give them, and recalibrated where the model is no
/// benchmark.
struct Window {
    const BaseRates& base_rates;
    double threshold;
    int origin;
    ByCrossing own, recalibrated;

    /// mapped: the same months recalibrated; nullptr = there are none.
    void add(const CountSeries& series, const UnitForecast& unit, const UnitCrossing* mapped) {
        const Crossing crossing = crossing_of(series.up_to(origin), threshold);
        for (std::size_t m = 0; m < unit.months.size(); ++m) {
            const int step = first_step + static_cast<int>(m), month = origin + step;
            const auto base = base_rates.at(crossing, step, origin);
            if (!series.has(month) || base.cells == 0) continue;
            const auto happens = happened(crossing, series.at(month), threshold) ? Happened::Yes : Happened::No;
            const auto add = [&](ByCrossing& to, double probability) {
                auto& cells = to[static_cast<std::size_t>(crossing)];
                cells.own.push_back(probability);
                cells.base.push_back(bounded(base.share()));
                cells.base_as_known.push_back(base.share());
                cells.happened.push_back(happens);
            };
            add(own, bounded(probability_of(crossing, unit.months[m], threshold)));
            if (mapped) add(recalibrated, mapped->months[m].probability);
        }
    }
};

std::string name_of(ModelKind kind) {
    return std::string(
        std::find_if(models().begin(), models().end(), [&](const Model& one) { return one.kind == kind; })->name);
}

}  // namespace

Result<std::vector<CrossingScore>> backtest_crossings(const CountPanel& panel, const BacktestRequest& request,
                                                      double threshold, const std::function<void(int)>& done) {
    Stack stack(panel, first_step, last_step, request.threads);
    const BaseRates base_rates(panel, threshold, first_step, last_step);
    std::vector<CrossingModel> crossing_models;  // by model of the request
    for (const ModelKind kind : request.models)
        crossing_models.emplace_back(panel, stack, threshold, Request{0, first_step, last_step, kind, request.threads});
    Tally tally;
    int finished = 0;
    for (int year = request.first_year; year <= request.last_year; ++year) {
        const int first = (year - 1970) * 12, origin = first - months_between_origin_and_window;
        TRY(check_window(panel, year));
        for (std::size_t k = 0; k < request.models.size(); ++k) {
            const ModelKind kind = request.models[k];
            const auto made = TRY(forecast(panel, {origin, first, first + steps - 1, kind, request.threads}, stack));
            const bool is_mapped = !is_benchmark(kind);
            std::vector<UnitCrossing> mapped;
            if (is_mapped) mapped = TRY(crossing_models[k].forecast(origin));
            Window window{base_rates, threshold, origin, {}, {}};
            std::size_t at = 0;
            for (std::size_t u = 0; u < made.units.size(); ++u) {
                while (panel.series[at].unit != made.units[u].unit) ++at;
                window.add(panel.series[at], made.units[u], is_mapped ? &mapped[u] : nullptr);
            }
            const std::string model = name_of(kind);
            tally.add(year, model, window.own);
            if (is_mapped) tally.add(year, model + ", recalibrated", window.recalibrated);
            if (done) done(++finished);
        }
    }
    if (request.last_year > request.first_year) tally.add_totals();
    return std::move(tally).rows();
}

}  // namespace icosa::forecast
