/// One model after the other over one panel.
#include "forecast/forecast.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "base/date.hpp"
#include "base/hash.hpp"
#include "forecast/boosted.hpp"
#include "forecast/drivers.hpp"
#include "forecast/hurdle.hpp"
#include "forecast/switching.hpp"

namespace icosa::forecast {
namespace {

using methods::CountEnsemble;

constexpr Model table[] = {
    {"zero", ModelKind::Zero, "always 0"},
    {"last", ModelKind::Last, "Poisson with the last observed count as its mean"},
    {"conflictology", ModelKind::Conflictology, "the unit's own last 12 months, equal weights: the rule to beat"},
    {"neighbours", ModelKind::Neighbours,
     "the last 12 months of the unit and of its neighbours, equal weights; needs --neighbours"},
    {"bootstrap", ModelKind::Bootstrap, "the last 12 months of all units, equal weights"},
    {"decay", ModelKind::Decay, "the unit's own last 24 months, newer ones heavier, each spread by a factor"},
    {"hurdle", ModelKind::Hurdle, "regression of all units together: any count or none, then how many"},
    {"boosted", ModelKind::Boosted,
     "boosted trees over all units: how likely each class of change from the unit's level is"},
    {"analogues", ModelKind::Analogues, "what followed the 300 most similar past situations of all units"},
    {"switching", ModelKind::Switching,
     "hidden levels that all units move between alike, each level told in the unit's own counts"},
    {"stack", ModelKind::Stack,
     "own past, analogues, regression and hidden levels mixed, weights learned on past origins"},
};

constexpr int benchmark_months = 12;
constexpr int most_steps = 60;
constexpr int fewest_origins = 5;
constexpr std::size_t named_analogues = 3;

std::span<const double> history_of(const CountSeries& series, int origin) {
    return std::span(series.counts).first(static_cast<std::size_t>(origin - series.first + 1));
}

/// The last months of the unit and its neighbours in one ensemble.
CountEnsemble with_neighbours(const CountPanel& panel, std::size_t unit, int origin) {
    auto out = methods::last_values(history_of(panel.series[unit], origin), benchmark_months);
    for (const std::size_t other : panel.neighbours[unit]) {
        if (!panel.series[other].has(origin)) continue;
        const auto theirs = methods::last_values(history_of(panel.series[other], origin), benchmark_months);
        out.insert(out.end(), theirs.begin(), theirs.end());
    }
    return out;
}

Result<void> check_request(const CountPanel& panel, const Request& request) {
    const auto label = [](int month) { return period_label(month, PeriodKind::Month); };
    if (request.first <= request.origin)
        return fail(
            Fault::Usage, "bad-horizon", {},
            fmt::format("the first month {} is not after the origin {}", label(request.first), label(request.origin)),
            "data up to the origin are used; forecast later months");
    if (request.last < request.first)
        return fail(Fault::Usage, "bad-horizon", {},
                    fmt::format("the last month {} is before the first, {}", label(request.last), label(request.first)),
                    "give --first and --last in order");
    if (request.last - request.origin > most_steps)
        return fail(Fault::Usage, "bad-horizon", {},
                    fmt::format("{} is {} months after the origin; at most {} are forecast", label(request.last),
                                request.last - request.origin, most_steps),
                    "give an earlier --last or a later --origin");
    if (request.origin >= panel.end())
        return fail(
            Fault::Data, "after-the-data", {},
            fmt::format("the data end in {}, before the origin {}", label(panel.end() - 1), label(request.origin)),
            fmt::format("give --origin {} or earlier", label(panel.end() - 1)));
    if (request.origin < panel.first())
        return fail(
            Fault::Data, "before-the-data", {},
            fmt::format("the data begin in {}, after the origin {}", label(panel.first()), label(request.origin)),
            "give a later --origin");
    if (request.model == ModelKind::Neighbours && panel.neighbours.empty())
        return fail(Fault::Usage, "no-neighbours", {}, "the model 'neighbours' must know which units are neighbours",
                    "give --neighbours FILE.csv with columns unit,neighbour");
    return {};
}

}  // namespace

std::span<const Model> models() { return table; }

const Model* find_model(std::string_view name) {
    const auto* found =
        std::find_if(std::begin(table), std::end(table), [&](const Model& one) { return one.name == name; });
    return found == std::end(table) ? nullptr : found;
}

Result<Forecast> forecast(const CountPanel& panel, const Request& request) {
    TRY(check_request(panel, request));
    Stack stack(panel, request.first - request.origin, request.last - request.origin, request.threads,
                request.lesson_every);
    return forecast(panel, request, stack);
}

Result<Forecast> forecast(const CountPanel& panel, const Request& request, Stack& stack) {
    TRY(check_request(panel, request));
    const int origin = request.origin, first_step = request.first - origin, last_step = request.last - origin;
    const bool learns = request.model == ModelKind::Stack || request.model == ModelKind::Analogues
        || request.model == ModelKind::Switching || request.model == ModelKind::Hurdle
        || request.model == ModelKind::Boosted;
    const bool looks_around = request.model == ModelKind::Stack || request.model == ModelKind::Analogues;
    Forecast out;
    Weights weights;
    std::vector<CountEnsemble> quiet;
    CountEnsemble pooled;
    if (request.model == ModelKind::Stack) {
        weights = stack.learn(origin);
        if (weights.origins < fewest_origins)
            out.caveats.push_back(fmt::format(
                "only {} past origins to learn weights from: the mixture is mostly its prior", weights.origins));
    }
    if (looks_around) quiet = stack.quiet_rates(origin);
    const Switching switching(panel);
    FittedSwitching switches;
    if (request.model == ModelKind::Switching) switches = switching.fit(origin);
    if (request.model == ModelKind::Bootstrap) {
        for (const auto& series : panel.series) {
            if (!series.has(origin)) continue;
            const auto last = methods::last_values(history_of(series, origin), benchmark_months);
            pooled.insert(pooled.end(), last.begin(), last.end());
        }
        methods::normalise(pooled);
    }
    std::optional<Features> features;
    std::optional<HurdleModel> hurdle;
    if (request.model == ModelKind::Hurdle) {
        features.emplace(panel);
        auto fitted = HurdleModel::fit(*features, origin, first_step, last_step);
        if (fitted) hurdle.emplace(std::move(*fitted));
        else out.caveats.push_back(fitted.error().what + ": each unit's own last months are the forecast");
    }
    std::optional<BoostedModel> boosted;
    if (request.model == ModelKind::Boosted) {
        features.emplace(panel);
        auto fitted = BoostedModel::fit(panel, *features, origin, first_step, last_step);
        if (fitted) boosted.emplace(std::move(*fitted));
        else out.caveats.push_back(fitted.error().what + ": each unit's own last months are the forecast");
    }
    std::vector<Moved> moved;
    if (request.drivers == Drivers::Asked && request.model == ModelKind::Stack && panel.has(origin - 1))
        moved = what_moved(panel, request, stack, weights);
    for (std::size_t u = 0; u < panel.series.size(); ++u) {
        const auto& series = panel.series[u];
        if (!series.has(origin)) {
            out.ended += series.first <= origin;  // one that begins later is not known yet
            continue;
        }
        const auto history = history_of(series, origin);
        UnitForecast unit;
        unit.unit = series.unit;
        auto benchmark = methods::last_values(history, benchmark_months);
        methods::normalise(benchmark);
        unit.benchmark_mean = methods::mean(benchmark);
        unit.in_conflict = benchmark.back().value > 0;
        const bool is_short = learns && history.size() < static_cast<std::size_t>(Stack::fewest_months);
        if (is_short)
            unit.caveats.push_back(
                fmt::format("{} months of history, fewer than {}: its own last months are the forecast", history.size(),
                            Stack::fewest_months));
        Outlook outlook;
        if (looks_around && !is_short) outlook = stack.outlook(u, origin, quiet, FitsFor::Forecast);
        const auto& near = outlook.near;
        const bool is_quiet = outlook.activity == Activity::Quiet;
        if (looks_around && !is_short && !is_quiet && near.empty())
            unit.caveats.push_back("no past situation whose following months are over: own past only");
        for (std::size_t i = 0; i < std::min(named_analogues, near.size()); ++i) {
            Analogue one{panel.series[near[i].unit].unit, near[i].month, {}};
            for (int step = first_step; step <= last_step; ++step)
                one.followed.push_back(panel.series[near[i].unit].at(near[i].month + step));
            unit.analogues.push_back(std::move(one));
        }
        std::vector<CountEnsemble> together;  // the models that give all steps of a unit at once
        if (request.model == ModelKind::Switching && !is_short)
            together = switching.ahead(switches, u, origin, first_step, last_step);
        if (boosted && !is_short) together = boosted->ahead(u, origin, first_step, last_step);
        for (int step = first_step; step <= last_step; ++step) {
            CountEnsemble month;
            switch (is_short ? ModelKind::Conflictology : request.model) {
                case ModelKind::Zero: month = {{0, 1}}; break;
                case ModelKind::Last: month = methods::poisson_ensemble(history.back()); break;
                case ModelKind::Conflictology: month = benchmark; break;
                case ModelKind::Neighbours: month = with_neighbours(panel, u, origin); break;
                case ModelKind::Bootstrap: month = pooled; break;
                case ModelKind::Decay: month = methods::decayed_history(history, {}); break;
                case ModelKind::Hurdle: month = hurdle ? hurdle->ahead(u, origin, step) : benchmark; break;
                case ModelKind::Analogues:
                    month = is_quiet ? quiet[static_cast<std::size_t>(step - first_step)]
                                     : stack.followed(u, origin, step, near);
                    break;
                case ModelKind::Boosted:
                case ModelKind::Switching:
                    if (!together.empty()) month = std::move(together[static_cast<std::size_t>(step - first_step)]);
                    break;
                case ModelKind::Stack: month = stack.mixture(weights, outlook, step); break;
            }
            if (month.empty()) month = benchmark;
            methods::normalise(month);
            unit.months.push_back(std::move(month));
        }
        if (!moved.empty()) {
            unit.drivers = std::move(moved[u].drivers);
            unit.mean_before = moved[u].mean_before;
        }
        out.units.push_back(std::move(unit));
    }
    if (out.units.empty())
        return fail(Fault::Data, "after-the-data", {},
                    fmt::format("no unit has a count in {}", period_label(origin, PeriodKind::Month)),
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
