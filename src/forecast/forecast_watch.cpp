/// The row: keys, needs, checks, strips; watches that ask the same panel share its forecast.
#include "forecast/forecast_watch.hpp"

#include <algorithm>
#include <atomic>
#include <map>
#include <memory>
#include <optional>
#include <thread>
#include <tuple>

#include <fmt/format.h>

#include "base/text.hpp"
#include "engine/check.hpp"
#include "engine/select.hpp"
#include "engine/wording.hpp"
#include "forecast/engine_table.hpp"
#include "forecast/finding.hpp"
#include "forecast/predictive_quantile.hpp"
#include "forecast/rise.hpp"

namespace icosa::forecast {
namespace {

using engine::Setting;
using pack::choice_option;
using pack::Field;
using pack::number_option;
using pack::text_option;
using pack::whole_option;

constexpr Field fields[] = {
    text_option("from", "sources in order of preference; the first that is not stale answers"),
    choice_option("records", "event|observation|designation", "what is counted; observation where a measure is given")
        .by_default("event"),
    text_option("kind", "events of these kinds; designations of these regimes"),
    text_option("code", "the source's own codes, or their beginnings with '*'"),
    text_option("measure", "observations: the card's measure"),
    text_option("subject", "subjects, or their beginnings with '*'"),
    text_option("places", "whom the watch speaks of: a set, or a list of places and sets; members of the as-of day")
        .by_default("world"),
    text_option("learn_from",
                "a set: whose past the model learns from, beside those of `places`; world = all that the source has")
        .by_default("world"),
    text_option("where", "conditions on intensity, mentions, best or value"),
    text_option("except_days", "records that begin on these days are left out"),
    choice_option("unit", "place|actor|dyad|cell|subject|place-subject|world", "what has a series of its own")
        .by_default("place"),
    choice_option("period", "month", "forecasts are by month: it must say so").by_default("year"),
    choice_option("value", "count|low|best|high|mentions|last|sum", "what is summed; a count").by_default("count"),
    text_option("horizon", "the first and the last month ahead, after the newest known one")
        .in("months")
        .by_default("[1, 12]"),
    number_option("crossing", "the line: how likely is it that the horizon's sum reaches it?")
        .at_least(1)
        .by_default("1"),
    text_option("model",
                "of docs/forecasts.md; stack leaves out its fitted regression and hidden levels here, stack-fitted has "
                "them and takes seconds a panel")
        .by_default("stack"),
    whole_option("shown", "forecasts that the dossier shows; the others are counted").within(0, 300).by_default("12"),
    number_option("minimum", "predictive-quantile: a smaller value never signals").by_default("0"),
    text_option("severity_unit", "what is counted, in words"),
    text_option(
        "false_discovery",
        "{ rate, procedure }: the expected share of chance among the signals; without it as packs/grades.toml says"),
    whole_option("first_year", "earlier months are not looked at").by_default("0"),
    text_option("first_day", "the same by a day: the month that holds it is the first"),
};
constexpr std::string_view examples[] = {
    "engine = \"forecast\"; measure = \"fatalities-state-based\"; value = \"sum\"; period = \"month\"; horizon = [1, "
    "12]; crossing = 25; method = { name = \"rise\", ratio = 2 }"};
constexpr std::string_view cites[] = {"hegre2024"};
constexpr pack::Spec spec{"forecast",
                          "Monthly counts ahead: distributions, the chance of reaching a line, and counts beyond what "
                          "had been forecast for them.",
                          fields, examples, cites};
const pack::Spec* const engine_methods[] = {&rise_spec, &predictive_quantile_spec};

/// `stack` leaves its fitted parts out, for they cost more than all other watches together.
constexpr std::string_view fitted_stack = "stack-fitted";
struct Kind {
    ModelKind model = ModelKind::Stack;
    Fitting fitting = Fitting::LeftOut;
};
Kind kind_of(std::string_view name) {
    const Model* found = find_model(name);
    return {found ? found->kind : ModelKind::Stack, name == fitted_stack ? Fitting::AsNeeded : Fitting::LeftOut};
}

/// The panel that the model learns from: all places, or those of learn_from and of the watch.
std::vector<model::Select> needs(const pack::Watch& watch, const Setting& setting) {
    pack::Watch asked = watch;
    if (watch.outlook.learn_from.empty()) asked.selection.places.clear();
    else asked.selection.places.push_back(watch.outlook.learn_from);
    auto selects = engine::selects_of(asked, setting);
    if (selects.size() > 1) selects.resize(1);
    return selects;
}

/// Whom the watch speaks of; empty = all.
std::vector<std::string> spoken_of(const pack::Watch& watch, const Setting& setting) {
    std::vector<std::string> out;
    for (const std::string& id : watch.selection.places) {
        if (const auto members = setting.places.members(id, setting.as_of))
            out.insert(out.end(), members->begin(), members->end());
    }
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

void check(const pack::Watch& watch, const Setting& setting, Diagnostics& faults) {
    const auto fault = [&](std::string_view key, std::string code, std::string what, std::string cure) {
        faults.push_back({Fault::Pack, std::move(code), engine::at(watch, key), std::move(what), std::move(cure)});
    };
    engine::check_selection(watch, watch.selection, setting, faults);
    if (!watch.outlook.learn_from.empty())
        engine::check_place(watch, watch.outlook.learn_from, engine::at(watch, "learn_from"), setting, faults);
    if (watch.selection.period != PeriodKind::Month)
        fault("period", "method-misfit",
              fmt::format("watch '{}': forecasts are by month, not by {}", watch.id,
                          period_kind_name(watch.selection.period)),
              "write period = \"month\"");
    if (!find_model(watch.outlook.model) && watch.outlook.model != fitted_stack) {
        std::vector<std::string> names{std::string(fitted_stack)};
        for (const Model& one : models()) names.emplace_back(one.name);
        fault("model", "unknown-model", fmt::format("watch '{}' names model '{}'", watch.id, watch.outlook.model),
              engine::cure_for(watch.outlook.model, names));
    }
    if (watch.outlook.model == "neighbours" && watch.selection.unit != model::Unit::Place)
        fault("model", "method-misfit", fmt::format("watch '{}': only places have neighbours", watch.id),
              "choose another model");
    using enum model::Quantity;
    const auto quantity = watch.selection.quantity;
    const bool counts = quantity == Count || quantity == Low || quantity == Best || quantity == High
        || quantity == Mentions || quantity == Sum || quantity == Last;
    if (!counts)
        fault("value", "method-misfit", fmt::format("watch '{}': only counts are forecast", watch.id),
              "choose count, best, sum or the like");
    if (watch.selection.unit != model::Unit::Place && !watch.selection.places.empty())
        fault("places", "method-misfit",
              fmt::format("watch '{}': `places` names whom to speak of, and its unit is no place", watch.id),
              "leave `places` out, or use unit = \"place\"");
}

Result<std::vector<int>> strip(const pack::Watch& watch, const std::vector<double>& values) {
    model::Panel panel;
    panel.period = PeriodKind::Month;
    panel.periods = static_cast<int>(values.size());
    panel.units = {"strip"};
    panel.values = values;
    const Kind kind = kind_of(watch.outlook.model);
    std::vector<int> out;
    for (int newest = PanelForecast::shortest_history; newest < panel.periods; ++newest) {
        auto counts = TRY(without_gaps(panel, newest, no_day));
        const auto& series = counts.panel.series;
        if (series.empty() || !series.front().has(newest)
            || newest - series.front().first < PanelForecast::shortest_history)
            continue;
        const auto made = TRY(PanelForecast::make(
            std::move(counts), newest,
            {watch.outlook.first_step, watch.outlook.last_step, watch.outlook.crossing, kind.model, kind.fitting, 1}));
        if (TRY(signals(*made, watch))) out.push_back(newest);
    }
    return out;
}

/// What two watches must have in common to share a forecast.
using Key = std::tuple<const model::Panel*, int, Day, PanelRequest>;  // panel, newest month, first day

/// A watch with the panel that answers it, or, without a key, with a finding that needs none.
struct Asked {
    const pack::Watch* watch = nullptr;
    model::WatchFinding head;
    std::vector<std::string> places;
    std::optional<Key> key;
};

Asked asked_of(const pack::Watch& watch, const model::Evidence& evidence, const Setting& setting) {
    Asked out{&watch, {}, spoken_of(watch, setting), std::nullopt};
    model::WatchFinding& head = out.head;
    head.id = watch.id;
    head.engine = watch.engine;
    head.title = watch.title;
    head.clauses = watch.clauses;
    head.cites = watch.cites;
    head.caveats = watch.caveats;
    const auto selects = needs(watch, setting);
    if (selects.empty() || (out.places.empty() && !watch.selection.places.empty())) {
        head.reading =
            fmt::format("no place belongs to {} on {}", join(watch.selection.places, ", "), iso(setting.as_of));
        return out;
    }
    const auto answer = evidence.answers.find(selects.front());
    const auto choice =
        answer == evidence.answers.end() ? engine::PanelChoice{} : engine::choose_panel(answer->second, setting);
    if (!choice.panel) {
        head.reading = fmt::format("no data from {} as of {}", join(watch.selection.from, ", "), iso(setting.as_of));
        return out;
    }
    const model::Panel& panel = *choice.panel;
    head.source = panel.source;
    head.observed_through =
        std::min(panel.observed_through == no_day ? last_day_of(choice.newest, panel.period) : panel.observed_through,
                 setting.as_of);
    for (const model::Panel& other : answer->second.panels) {
        if (&other != &panel) head.other_sources.push_back(other.source);
    }
    if (const auto facts = setting.sources.find(panel.source);
        facts != setting.sources.end() && !facts->second.note.empty())
        head.caveats.push_back(facts->second.note);
    if (panel.pseudo_real_time)
        head.caveats.push_back("pseudo-real-time on final data: the edition used is later than the as-of day");
    if (choice.stale) {
        head.state = model::State::Stale;
        head.reading =
            fmt::format("the newest figures of {} are of {}, {} days before {} (limit {}): past its limit, no forecast",
                        engine::source_title(setting, panel.source), period_label(choice.newest, panel.period),
                        engine::days_since(panel, choice.newest, setting.as_of), iso(setting.as_of),
                        engine::stale_after(setting, panel));
        return out;
    }
    const Kind kind = kind_of(watch.outlook.model);
    out.key = {
        &panel,
        choice.newest,
        watch.first_day,
        {watch.outlook.first_step, watch.outlook.last_step, watch.outlook.crossing, kind.model, kind.fitting, 1}};
    return out;
}

/// The smallest region of packs/places that has the unit as a member on any day; empty where none has any.
std::vector<std::string> regions_of(const CountPanel& panel, const pack::PlaceBook& places) {
    std::map<std::string_view, const pack::PlaceSet*> smallest;
    for (const pack::PlaceSet& set : places.sets()) {
        if (set.kind != "region") continue;
        for (const model::Membership& member : set.members) {
            auto& of = smallest[member.place];
            if (!of || set.members.size() < of->members.size()) of = &set;
        }
    }
    std::vector<std::string> out;
    bool any = false;
    for (const CountSeries& series : panel.series) {
        const auto found = smallest.find(series.unit);
        out.push_back(found == smallest.end() ? "" : found->second->id);
        any |= found != smallest.end();
    }
    return any ? out : std::vector<std::string>{};
}

/// Of each unit the positions of its neighbours by land on the day, sorted; empty where none has any.
std::vector<std::vector<std::size_t>> neighbours_of(const CountPanel& panel, const pack::PlaceBook& places, Day day) {
    std::map<std::string_view, std::size_t> position;
    for (std::size_t unit = 0; unit < panel.series.size(); ++unit) position.emplace(panel.series[unit].unit, unit);
    std::vector<std::vector<std::size_t>> out;
    bool any = false;
    for (const CountSeries& series : panel.series) {
        auto& of = out.emplace_back();
        for (const std::string& other : places.neighbours(series.unit, day)) {
            if (const auto found = position.find(other); found != position.end()) of.push_back(found->second);
        }
        any |= !of.empty();
    }
    return any ? out : std::vector<std::vector<std::size_t>>{};
}

/// One panel's work, done once for all watches that share it.
struct Shared {
    const Asked* first = nullptr;  ///< names the watch in an error
    bool looks_at_newest = false;  ///< does a watch ask for the newest month as it had been forecast?
    Result<std::unique_ptr<PanelForecast>> made = std::unique_ptr<PanelForecast>();

    void work(const Setting& setting) {
        const auto& [panel, newest, first_day, request] = *first->key;
        made = make(*panel, newest, first_day, request, setting);
        if (!made || !looks_at_newest) return;
        if (auto looked = (*made)->one_step(); !looked) made = std::unexpected(std::move(looked).error());
    }

private:
    static Result<std::unique_ptr<PanelForecast>> make(const model::Panel& panel, int newest, Day first,
                                                       const PanelRequest& request, const Setting& setting) {
        Gapless counts = TRY(without_gaps(panel, newest, first));
        counts.panel.regions = regions_of(counts.panel, setting.places);
        counts.panel.neighbours = neighbours_of(counts.panel, setting.places, setting.as_of);
        return PanelForecast::make(std::move(counts), newest, request);
    }
};

void work_all(std::map<Key, Shared>& shared, const Setting& setting) {
    std::vector<Shared*> jobs;
    for (auto& [key, one] : shared) jobs.push_back(&one);
    std::atomic<std::size_t> next{0};
    const auto work = [&] {
        for (std::size_t i = next++; i < jobs.size(); i = next++) jobs[i]->work(setting);
    };
    std::vector<std::jthread> others;
    for (int i = 1; i < setting.threads; ++i) others.emplace_back(work);
    work();
}

Result<std::vector<model::WatchFinding>> run(const model::Evidence& evidence,
                                             std::span<const pack::Watch* const> watches, const Setting& setting) {
    std::vector<Asked> asked;
    for (const pack::Watch* watch : watches) asked.push_back(asked_of(*watch, evidence, setting));
    std::map<Key, Shared> shared;
    for (const Asked& one : asked) {
        if (!one.key) continue;
        Shared& of = shared[*one.key];
        if (!of.first) of.first = &one;
        of.looks_at_newest |= one.watch->judging.method_name == predictive_quantile_spec.name;
    }
    work_all(shared, setting);
    std::vector<model::WatchFinding> out;
    for (Asked& one : asked) {
        if (!one.key) {
            out.push_back(std::move(one.head));
            continue;
        }
        const Shared& of = shared.at(*one.key);
        if (!of.made && of.made.error().code == "too-short") {
            one.head.reading = fmt::format("{} has figures, but none with the history that a forecast needs: {}",
                                           engine::source_title(setting, one.head.source), of.made.error().what);
            out.push_back(std::move(one.head));
            continue;
        }
        if (!of.made) {
            Error error = of.made.error();
            error.what = fmt::format("watch '{}': {}", one.watch->id, error.what);
            error.where = one.watch->where;
            return std::unexpected(std::move(error));
        }
        out.push_back(
            TRY(finding_of(**of.made, *one.watch, setting, *std::get<0>(*one.key), one.places, std::move(one.head))));
    }
    return out;
}

}  // namespace

const engine::Engine& forecast_engine() {
    static const engine::Engine row{"forecast", spec, engine_methods, needs, run, check, strip};
    return row;
}

std::span<const engine::Engine> engines() {
    static const engine::Engine table[] = {forecast_engine()};
    return table;
}

}  // namespace icosa::forecast
