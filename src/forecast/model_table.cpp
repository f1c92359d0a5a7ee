/// The table, and a function a model.
#include "forecast/model_table.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <optional>

#include <fmt/format.h>

#include "forecast/boosted.hpp"
#include "forecast/drivers.hpp"
#include "forecast/horizon.hpp"
#include "forecast/hurdle.hpp"
#include "forecast/switching.hpp"

namespace icosa::forecast {
namespace {

using methods::CountEnsemble;
using Months = std::vector<CountEnsemble>;

constexpr int fewest_origins = 5;
constexpr std::size_t named_analogues = 3;

Tell zero(const Occasion& at) {
    return [steps = at.steps()](const UnitPast&, UnitForecast&) { return Months(steps, CountEnsemble{{0, 1}}); };
}

Tell last(const Occasion& at) {
    return [steps = at.steps()](const UnitPast& past, UnitForecast&) {
        return Months(steps, methods::poisson_ensemble(past.history.back()));
    };
}

Tell conflictology(const Occasion&) {
    return [](const UnitPast&, UnitForecast&) { return Months{}; };
}

/// The last months of the unit and its neighbours in one ensemble.
Tell neighbours(const Occasion& at) {
    return [&panel = at.panel, origin = at.request.origin, steps = at.steps()](const UnitPast& past, UnitForecast&) {
        auto month = methods::last_values(past.history, benchmark_months);
        for (const std::size_t other : panel.neighbours[past.unit]) {
            if (!panel.series[other].has(origin)) continue;
            const auto theirs = methods::last_values(panel.series[other].up_to(origin), benchmark_months);
            month.insert(month.end(), theirs.begin(), theirs.end());
        }
        return Months(steps, month);
    };
}

Tell bootstrap(const Occasion& at) {
    CountEnsemble pooled;
    for (const auto& series : at.panel.series) {
        if (!series.has(at.request.origin)) continue;
        const auto newest = methods::last_values(series.up_to(at.request.origin), benchmark_months);
        pooled.insert(pooled.end(), newest.begin(), newest.end());
    }
    methods::normalise(pooled);
    return [pooled = std::move(pooled), steps = at.steps()](const UnitPast&, UnitForecast&) {
        return Months(steps, pooled);
    };
}

Tell decay(const Occasion& at) {
    return [steps = at.steps()](const UnitPast& past, UnitForecast&) {
        return Months(steps, methods::decayed_history(past.history, {}));
    };
}

/// For a model that has too little to learn from.
Tell benchmark_instead(const Occasion& at, const Error& why) {
    at.caveats.push_back(why.what + ": each unit's own last months are the forecast");
    return conflictology(at);
}

/// A fitted model with the features that it points into.
template <class Fitted> struct OnFeatures {
    explicit OnFeatures(const CountPanel& panel) : features(panel) {}
    Features features;
    std::optional<Fitted> model;
};

Tell hurdle(const Occasion& at) {
    auto made = std::make_shared<OnFeatures<HurdleModel>>(at.panel);
    const int origin = at.request.origin, first = at.first_step(), last = at.last_step();
    auto fitted = HurdleModel::fit(made->features, origin, first, last);
    if (!fitted) return benchmark_instead(at, fitted.error());
    made->model.emplace(std::move(*fitted));
    return [made, origin, first, last](const UnitPast& past, UnitForecast&) {
        Months out;
        for (int step = first; step <= last; ++step) out.push_back(made->model->ahead(past.unit, origin, step));
        return out;
    };
}

Tell boosted(const Occasion& at) {
    auto made = std::make_shared<OnFeatures<BoostedModel>>(at.panel);
    const int origin = at.request.origin, first = at.first_step(), last = at.last_step();
    auto fitted = BoostedModel::fit(at.panel, made->features, origin, first, last);
    if (!fitted) return benchmark_instead(at, fitted.error());
    made->model.emplace(std::move(*fitted));
    return [made, origin, first, last](const UnitPast& past, UnitForecast&) {
        return made->model->ahead(past.unit, origin, first, last);
    };
}

Tell switching(const Occasion& at) {
    const Switching model(at.panel);
    const int origin = at.request.origin;
    return [model, fitted = model.fit(origin), origin, first = at.first_step(), last = at.last_step()](
               const UnitPast& past, UnitForecast&) { return model.ahead(fitted, past.unit, origin, first, last); };
}

/// What is like a unit at the origin; names the nearest three past situations beside its forecast.
class Around {
public:
    explicit Around(const Occasion& at)
        : panel_(at.panel),
          stack_(at.stack),
          origin_(at.request.origin),
          first_(at.first_step()),
          last_(at.last_step()),
          quiet_(at.stack.quiet_rates(at.request.origin)) {}

    /// It points into this.
    [[nodiscard]] Outlook outlook(std::size_t unit, UnitForecast& beside) const {
        Outlook out = stack_.outlook(unit, origin_, quiet_, FitsFor::Forecast);
        if (out.activity != Activity::Quiet && out.near.empty())
            beside.caveats.push_back("no past situation whose following months are over: own past only");
        for (std::size_t i = 0; i < std::min(named_analogues, out.near.size()); ++i) {
            const auto& like = panel_.series[out.near[i].unit];
            Analogue one{like.unit, out.near[i].month, {}};
            for (int step = first_; step <= last_; ++step) one.followed.push_back(like.at(out.near[i].month + step));
            beside.analogues.push_back(std::move(one));
        }
        return out;
    }
    [[nodiscard]] Months followed(const Outlook& outlook) const {
        if (outlook.activity == Activity::Quiet) return quiet_;
        Months out;
        for (int step = first_; step <= last_; ++step)
            out.push_back(stack_.followed(outlook.unit, origin_, step, outlook.near));
        return out;
    }
    [[nodiscard]] Months mixture(const Outlook& outlook, const Weights& weights) const {
        Months out;
        for (int step = first_; step <= last_; ++step) out.push_back(stack_.mixture(weights, outlook, step));
        return out;
    }

private:
    const CountPanel& panel_;
    const Stack& stack_;
    int origin_, first_, last_;
    Months quiet_;
};

Tell analogues(const Occasion& at) {
    return [around = std::make_shared<const Around>(at)](const UnitPast& past, UnitForecast& beside) {
        return around->followed(around->outlook(past.unit, beside));
    };
}

Tell stack(const Occasion& at) {
    const Weights weights = at.stack.learn(at.request.origin);
    if (weights.origins < fewest_origins)
        at.caveats.push_back(fmt::format("only {} past origins to learn weights from: the mixture is mostly its prior",
                                         weights.origins));
    const auto around = std::make_shared<const Around>(at);
    std::vector<Moved> moved(at.panel.series.size());
    if (at.request.drivers == Drivers::Asked && at.panel.has(at.request.origin - 1))
        moved = what_moved(at.panel, at.request, at.stack, weights);
    return [around, weights, moved = std::move(moved)](const UnitPast& past, UnitForecast& beside) {
        beside.drivers = moved[past.unit].drivers;
        beside.mean_before = moved[past.unit].mean_before;
        return around->mixture(around->outlook(past.unit, beside), weights);
    };
}

constexpr ModelRow table[] = {
    {{"zero", ModelKind::Zero, "always 0"}, false, zero},
    {{"last", ModelKind::Last, "Poisson with the last observed count as its mean"}, false, last},
    {{"conflictology", ModelKind::Conflictology, "the unit's own last 12 months, equal weights: the rule to beat"},
     false,
     conflictology},
    {{"neighbours", ModelKind::Neighbours,
      "the last 12 months of the unit and of its neighbours, equal weights; needs --neighbours"},
     false,
     neighbours},
    {{"bootstrap", ModelKind::Bootstrap, "the last 12 months of all units, equal weights"}, false, bootstrap},
    {{"decay", ModelKind::Decay, "the unit's own last 24 months, newer ones heavier, each spread by a factor"},
     false,
     decay},
    {{"hurdle", ModelKind::Hurdle, "regression of all units together: any count or none, then how many"}, true, hurdle},
    {{"boosted", ModelKind::Boosted,
      "boosted trees over all units: how likely each class of change from the unit's level is"},
     true,
     boosted},
    {{"analogues", ModelKind::Analogues, "what followed the 300 most similar past situations of all units"},
     true,
     analogues},
    {{"switching", ModelKind::Switching,
      "hidden levels that all units move between alike, each level told in the unit's own counts"},
     true,
     switching},
    {{"stack", ModelKind::Stack,
      "own past, analogues, regression and hidden levels mixed, weights learned on past origins"},
     true,
     stack},
};
constexpr auto all_models = [] {
    std::array<Model, std::size(table)> out{};
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = table[i].model;
    return out;
}();

}  // namespace

std::span<const Model> models() { return all_models; }

const Model* find_model(std::string_view name) {
    const auto* found =
        std::find_if(all_models.begin(), all_models.end(), [&](const Model& one) { return one.name == name; });
    return found == all_models.end() ? nullptr : found;
}

const ModelRow& row_of(ModelKind kind) {
    return *std::find_if(std::begin(table), std::end(table),
                         [&](const ModelRow& one) { return one.model.kind == kind; });
}

}  // namespace icosa::forecast
