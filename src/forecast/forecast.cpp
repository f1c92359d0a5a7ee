/// One model over the units of one panel.
#include "forecast/forecast.hpp"

#include <fmt/format.h>

#include "base/date.hpp"
#include "base/hash.hpp"
#include "forecast/horizon.hpp"
#include "forecast/model_table.hpp"

namespace icosa::forecast {
namespace {

Result<void> check_request(const CountPanel& panel, const Request& request) {
    TRY(check_horizon({request.origin, request.first, request.last, panel.first(), panel.end()}));
    if (request.model == ModelKind::Neighbours && panel.neighbours.empty())
        return fail(Fault::Usage, "no-neighbours", {}, "the model 'neighbours' must know which units are neighbours",
                    "give --neighbours FILE.csv with columns unit,neighbour");
    return {};
}

/// One unit at the origin: by the model, or by the benchmark where its past is too short to learn from.
UnitForecast forecast_unit(const CountPanel& panel, const Request& request, std::size_t u, const ModelRow& row,
                           const Tell& tell) {
    const auto& series = panel.series[u];
    const auto history = series.up_to(request.origin);
    auto benchmark = methods::last_values(history, benchmark_months);
    methods::normalise(benchmark);
    UnitForecast out;
    out.unit = series.unit;
    out.benchmark_mean = methods::mean(benchmark);
    out.in_conflict = benchmark.back().value > 0;
    if (row.learns && history.size() < static_cast<std::size_t>(Stack::fewest_months))
        out.caveats.push_back(fmt::format("{} months of history, fewer than {}: its own last months are the forecast",
                                          history.size(), Stack::fewest_months));
    else out.months = tell({u, history, benchmark}, out);
    out.months.resize(static_cast<std::size_t>(request.last - request.first + 1));
    for (auto& month : out.months) {
        if (month.empty()) month = benchmark;
        methods::normalise(month);
    }
    return out;
}

}  // namespace

Result<Forecast> forecast(const CountPanel& panel, const Request& request) {
    TRY(check_request(panel, request));
    Stack stack(panel, request.first - request.origin, request.last - request.origin, request.threads,
                request.lesson_every);
    return forecast(panel, request, stack);
}

Result<Forecast> forecast(const CountPanel& panel, const Request& request, Stack& stack) {
    TRY(check_request(panel, request));
    Forecast out;
    const ModelRow& row = row_of(request.model);
    const Tell tell = row.prepare({panel, request, stack, out.caveats});
    for (std::size_t u = 0; u < panel.series.size(); ++u) {
        const auto& series = panel.series[u];
        if (series.has(request.origin)) out.units.push_back(forecast_unit(panel, request, u, row, tell));
        else out.ended += series.first <= request.origin;  // one that begins later is not known yet
    }
    if (out.units.empty())
        return fail(Fault::Data, "after-the-data", {},
                    fmt::format("no unit has a count in {}", period_label(request.origin, PeriodKind::Month)),
                    "give an --origin within the data");
    return out;
}

std::vector<std::vector<double>> draws_of(const UnitForecast& unit, int draws, std::uint64_t seed) {
    methods::Stream stream(hash64(unit.unit, seed));
    std::vector<std::vector<double>> out;
    for (const auto& month : unit.months) {
        out.push_back(methods::stratified_draws(month, draws));
        stream.shuffle(out.back());
    }
    return out;
}

}  // namespace icosa::forecast
