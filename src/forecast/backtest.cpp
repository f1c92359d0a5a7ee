/// Window by window with one stack, so that what was learned for one origin serves the next.
#include "forecast/backtest.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/date.hpp"
#include "methods/scores/score.hpp"

namespace icosa::forecast {
namespace {

constexpr double central_shares[] = {0.5, 0.8, 0.9};

void add(Scores& to, const std::vector<double>& draws, double outcome, double crps) {
    ++to.cells;
    to.crps += crps;
    to.ign += methods::ignorance(draws, outcome);
    to.mis += methods::interval_score_sorted(draws, outcome);
    for (std::size_t i = 0; i < std::size(central_shares); ++i)
        to.covered[i] += methods::covers_sorted(draws, outcome, central_shares[i]) ? 1 : 0;
    const auto [below, up_to] = methods::pit(draws, outcome);
    for (int tenth = 0; tenth < 10; ++tenth) {
        const double low = tenth / 10.0, high = (tenth + 1) / 10.0;
        if (up_to > below)
            to.pit[tenth] += std::max(0.0, std::min(high, up_to) - std::max(low, below)) / (up_to - below);
        else if (below >= low && (below < high || tenth == 9)) to.pit[tenth] += 1;  // beyond or between all draws
    }
}

void finish(Scores& scores) {
    if (scores.cells == 0) return;
    const double n = scores.cells;
    for (double* sum : {&scores.crps, &scores.ign, &scores.mis}) *sum /= n;
    for (double& sum : scores.covered) sum /= n;
    for (double& sum : scores.pit) sum /= n;
}

}  // namespace

Result<void> check_window(const CountPanel& panel, int year) {
    const int first = (year - 1970) * 12, origin = first - months_between_origin_and_window;
    if (origin >= panel.first() && first < panel.end()) return {};
    return fail(
        Fault::Usage, "no-window", {},
        fmt::format("the window {} needs data to {} and outcomes from {} on; the panel has {} to {}", year,
                    period_label(origin, PeriodKind::Month), period_label(first, PeriodKind::Month),
                    period_label(panel.first(), PeriodKind::Month), period_label(panel.end() - 1, PeriodKind::Month)),
        "give --windows within it");
}

Result<std::vector<WindowScore>> backtest(const CountPanel& panel, const BacktestRequest& request,
                                          const std::function<void(int)>& done) {
    Stack stack(panel, months_between_origin_and_window, months_between_origin_and_window + 11, request.threads);
    std::vector<WindowScore> out;
    int finished = 0;
    for (int year = request.first_year; year <= request.last_year; ++year) {
        const int first = (year - 1970) * 12, origin = first - months_between_origin_and_window;
        TRY(check_window(panel, year));
        for (const ModelKind kind : request.models) {
            const auto made = TRY(forecast(panel, {origin, first, first + 11, kind, request.threads}, stack));
            WindowScore score;
            score.year = year;
            score.model = std::find_if(models().begin(), models().end(), [&](const Model& one) {
                              return one.kind == kind;
                          })->name;
            score.caveats = made.caveats;
            std::size_t at = 0;
            for (const auto& unit : made.units) {
                while (panel.series[at].unit != unit.unit) ++at;
                const auto& series = panel.series[at];
                double sum = 0;
                int cells = 0;
                for (std::size_t m = 0; m < unit.months.size(); ++m) {
                    const int month = first + static_cast<int>(m);
                    if (!series.has(month)) continue;
                    const auto draws = methods::stratified_draws(unit.months[m], request.draws);
                    const double outcome = series.at(month), crps = methods::crps_sorted(draws, outcome);
                    add(score.all, draws, outcome, crps);
                    if (unit.in_conflict) add(score.in_conflict, draws, outcome, crps);
                    sum += crps;
                    ++cells;
                }
                if (cells > 0) score.unit_crps.emplace_back(unit.unit, sum / cells);
            }
            finish(score.all);
            finish(score.in_conflict);
            out.push_back(std::move(score));
            if (done) done(++finished);
        }
    }
    return out;
}

}  // namespace icosa::forecast
