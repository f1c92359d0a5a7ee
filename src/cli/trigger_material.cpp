/// Reads the file, or asks the store.
#include "cli/trigger_material.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

#include "app/coded_units.hpp"
#include "app/pipeline.hpp"
#include "app/trigger_panels.hpp"
#include "base/number.hpp"
#include "base/text.hpp"
#include "cli/forecast_model.hpp"
#include "cli/when_free.hpp"
#include "forecast/count_panel.hpp"
#include "ingest/recognise.hpp"
#include "table/counts.hpp"

namespace icosa::cli {
namespace {

/// The column by which the file's source card takes the measure; "" = none.
std::string column_of_card(const std::string& path, const app::Packs& packs, const std::string& measure) {
    const auto card = ingest::recognise(path, packs.cards);
    if (!card) return {};
    for (const auto& one : (*card)->measures) {
        if (one.id == measure) return one.column;
    }
    return {};
}

Result<table::CountColumns> panel_columns(const TriggerPanelOptions& options, const app::Packs& packs,
                                          const pack::Trigger& trigger, const table::Reading& reading) {
    table::CountColumns said{options.unit, options.time, options.value};
    if (said.value.empty() && !trigger.measure.empty()) {
        said.value = trigger.measure;
        if (auto found = table::count_columns(options.panel, said, reading, table::SeveralValues::Refused))
            return found;
        said.value = column_of_card(options.panel, packs, trigger.measure);
    }
    return table::count_columns(options.panel, said, reading, table::SeveralValues::Refused);
}

model::Panel panel_of(const forecast::CountPanel& counts, const std::string& path) {
    model::Panel out;
    out.source = path;
    out.period = PeriodKind::Month;
    out.first_period = counts.first();
    out.periods = counts.end() - counts.first();
    for (const auto& series : counts.series) {
        out.units.push_back(series.unit);
        for (int month = counts.first(); month < counts.end(); ++month)
            out.values.push_back(series.has(month) ? series.at(month) : nan_value);
    }
    return out;
}

/// The units of the file that are in the trigger's places.
Result<void> keep_in_places(model::Panel& panel, const app::Packs& packs, const pack::Trigger& trigger,
                            const std::string& column) {
    if (trigger.places.empty()) return {};
    const auto coded = app::coded_units(packs.places, panel.units, column);
    if (!coded)
        return fail(Fault::Usage, "no-places", trigger.places_where,
                    fmt::format("the units of column '{}' are no codes of places, so none is known to be in {}",
                                excerpt(column), join(trigger.places, ", ")),
                    "leave 'places' out, or name another column with --unit");
    std::set<std::string> wanted;
    const Day day = last_day_of(panel.first_period + panel.periods - 1, PeriodKind::Month);
    for (const auto& id : trigger.places) {
        for (auto& member : packs.places.members(id, day).value_or(std::vector<std::string>{}))
            wanted.insert(std::move(member));
    }
    model::Panel out = panel;
    out.units.clear();
    out.values.clear();
    for (std::size_t unit = 0; unit < panel.units.size(); ++unit) {
        if (!wanted.contains(coded->places[unit])) continue;
        out.units.push_back(panel.units[unit]);
        for (int i = 0; i < panel.periods; ++i) out.values.push_back(panel.at(unit, i));
    }
    panel = std::move(out);
    return {};
}

Result<TriggerMaterial> material_of_file(const TriggerPanelOptions& options, const app::Packs& packs,
                                         const pack::Trigger& trigger) {
    const auto reading = TRY(reading_of(options.reading));
    const auto columns = TRY(panel_columns(options, packs, trigger, reading));
    std::string said;
    const auto counts = TRY(table::read_counts_with_gaps(options.panel, columns, reading, &said));
    TriggerMaterial out;
    out.panel = panel_of(counts, options.panel);
    TRY(keep_in_places(out.panel, packs, trigger, columns.unit));
    out.data = columns_line(options.panel, columns, counts, said);
    out.unit_months = "unit-months";
    out.name_of = [](const std::string& unit) { return unit; };
    out.notes.emplace_back("the figures of a file are those of its edition, also for months long past");
    return out;
}

Result<TriggerMaterial> material_of_store(const Common& common, const app::Packs& packs, const pack::Trigger& trigger) {
    const auto store = TRY(when_free(common, [&] { return app::open_for_reading(common.db, packs); }));
    Day newest = TRY(app::as_of_or_newest(*store, packs, no_day, common.db));
    for (const auto& file : TRY(store->files()))  // an edition may be published after all that it tells was known
        if (file.withdrawn_day == no_day) newest = std::max(newest, file.vintage_day);
    auto panels = TRY(app::trigger_panels(*store, packs, trigger, newest, app::Panels::Preferred));
    TriggerMaterial out;
    const auto* card = packs.find_card(panels.panel.source);
    const bool are_countries = std::ranges::all_of(panels.panel.units, [&](const std::string& unit) {
        const auto* place = packs.places.find_place(unit);
        return place ? place->kind != "sea" && place->kind != "basin" && place->kind != "chokepoint"
                     : unit.find(':') != std::string::npos;
    });
    out.data = card ? fmt::format("{} ({})", card->title, card->id) : panels.panel.source;
    out.unit_months = are_countries ? "country-months" : "unit-months";
    out.lag_days = panels.lag_days;
    out.name_of = [&packs](const std::string& unit) { return packs.places.title_of(unit); };
    out.known_then = TRY(app::known_then(*store, packs, trigger, panels));
    out.notes.push_back(
        out.known_then.empty()
            ? std::string(
                  "figures are those of the one edition in the store: what was first published may have been lower")
            : fmt::format("until {} the rule is asked on the {} earlier edition{} as known then; what came after is "
                          "judged by the newest",
                          period_label(out.known_then.back().last_month, PeriodKind::Month), out.known_then.size(),
                          out.known_then.size() == 1 ? "" : "s"));
    out.panel = std::move(panels.panel);
    out.outcome_panel = std::move(panels.outcome_panel);
    return out;
}

}  // namespace

Result<TriggerMaterial> trigger_material(const Common& common, const TriggerPanelOptions& options,
                                         const app::Packs& packs, const pack::Trigger& trigger) {
    if (!options.panel.empty()) return material_of_file(options, packs, trigger);
    const std::string flag = !options.unit.empty() ? "--unit"
        : !options.time.empty()                    ? "--time"
        : !options.value.empty()                   ? "--value"
                                                   : given_flag(options.reading);
    if (!flag.empty())
        return fail(Fault::Usage, "unused-option", {}, fmt::format("{} is about the columns of --panel", flag),
                    "give --panel, or leave it out");
    return material_of_store(common, packs, trigger);
}

}  // namespace icosa::cli
