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

}  // namespace

Result<std::vector<CrossingScore>> backtest_crossings(const CountPanel& panel, const BacktestRequest& request,
                                                      double threshold, const std::function<void(int)>& done) {
    constexpr int steps = 12;
    Stack stack(panel, months_between_origin_and_window, months_between_origin_and_window + steps - 1, request.threads);
    const BaseRates base_rates(panel, threshold, months_between_origin_and_window,
                               months_between_origin_and_window + steps - 1);
    std::vector<CrossingModel> crossing_models;  // by model of the request
    for (const ModelKind kind : request.models)
        crossing_models.emplace_back(panel, stack, threshold,
                                     Request{0, months_between_origin_and_window,
                                             months_between_origin_and_window + steps - 1, kind, request.threads});
    std::vector<CrossingScore> rows;
    std::vector<std::pair<std::string, ByCrossing>> together;
    const auto gather = [&](int year, const std::string& model, const ByCrossing& cells) {
        add_rows(rows, year, model, cells);
        auto found =
            std::find_if(together.begin(), together.end(), [&](const auto& one) { return one.first == model; });
        if (found == together.end()) found = together.insert(together.end(), {model, {}});
        for (std::size_t i = 0; i < crossings; ++i) found->second[i].add(cells[i]);
    };
    int finished = 0;
    for (int year = request.first_year; year <= request.last_year; ++year) {
        const int first = (year - 1970) * 12, origin = first - months_between_origin_and_window;
        TRY(check_window(panel, year));
        for (std::size_t k = 0; k < request.models.size(); ++k) {
            const ModelKind kind = request.models[k];
            const auto made = TRY(forecast(panel, {origin, first, first + steps - 1, kind, request.threads}, stack));
            const std::string model(std::find_if(models().begin(), models().end(), [&](const Model& one) {
                                        return one.kind == kind;
                                    })->name);
            const bool is_mapped = !is_benchmark(kind);
            std::vector<UnitCrossing> mapped;
            if (is_mapped) mapped = TRY(crossing_models[k].forecast(origin));
            ByCrossing own, recalibrated;
            std::size_t at = 0;
            for (std::size_t u = 0; u < made.units.size(); ++u) {
                const auto& unit = made.units[u];
                while (panel.series[at].unit != unit.unit) ++at;
                const auto& series = panel.series[at];
                const Crossing crossing = crossing_of(series.up_to(origin), threshold);
                for (std::size_t m = 0; m < unit.months.size(); ++m) {
                    const int month = first + static_cast<int>(m);
                    const auto base = base_rates.at(crossing, month - origin, origin);
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
                    if (is_mapped) add(recalibrated, mapped[u].months[m].probability);
                }
            }
            gather(year, model, own);
            if (is_mapped) gather(year, model + ", recalibrated", recalibrated);
            if (done) done(++finished);
        }
    }
    if (request.last_year > request.first_year) {
        for (const auto& [model, cells] : together) add_rows(rows, 0, model, cells);
    }
    return rows;
}

}  // namespace icosa::forecast
