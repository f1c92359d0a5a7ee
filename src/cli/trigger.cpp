/// icosa trigger: what a rule agreed beforehand would have done, and which rules would have done better.
#include <algorithm>
#include <cstdio>
#include <functional>
#include <memory>
#include <optional>

#include <fmt/format.h>

#include "app/trigger_panels.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"
#include "cli/exit_code.hpp"
#include "cli/output.hpp"
#include "cli/pack_places.hpp"
#include "cli/trigger_material.hpp"
#include "cli/trigger_search.hpp"
#include "cli/trigger_told.hpp"
#include "cli/triggers_read.hpp"
#include "table/times.hpp"

namespace icosa::cli {
namespace {

struct TriggerOptions {
    std::string action, file;
    TriggerPanelOptions panel;
    std::string from, to;  ///< months; "" = as the file says
    std::string out;
};

Result<std::optional<int>> month_option(const std::string& flag, const std::string& text) {
    if (text.empty()) return std::nullopt;
    const auto month = table::parse_month(text);
    if (!month)
        return fail(Fault::Usage, "bad-month", {}, fmt::format("'{}' of {} is not a month", excerpt(text), flag),
                    "write 2017-12");
    return month;
}

Result<std::vector<pack::Trigger>> triggers_of(const TriggerOptions& options, const app::Packs& packs) {
    auto out =
        TRY(triggers_read({options.file}, packs,
                          options.panel.panel.empty() ? app::MeasureNames::OfCards : app::MeasureNames::OfColumns));
    const auto from = TRY(month_option("--from", options.from)), to = TRY(month_option("--to", options.to));
    for (auto& one : out) {
        if (from) one.from = from;
        if (to) one.to = to;
        if (one.from && one.to && *one.to < *one.from)
            return fail(Fault::Usage, "bad-span", one.where, fmt::format("trigger '{}' ends before it begins", one.id),
                        "write the earlier month first");
    }
    return out;
}

bool share_panel(const pack::Trigger& a, const pack::Trigger& b) {
    return a.measure == b.measure && a.sources == b.sources && a.places == b.places && a.outcome == b.outcome;
}

/// Months that the rule sums and compares and that lie before the panel.
void note_early_months(const pack::Trigger& trigger, const pack::Outcome& outcome, const TriggerMaterial& material,
                       int first, std::vector<std::string>& notes) {
    const int reach = std::max(trigger.rule.sum + trigger.rule.high_of - 1, outcome.months);
    if (first - reach + 1 >= material.panel.first_period) return;
    notes.push_back(fmt::format("the first months look back before {}, where all is taken for zero",
                                period_label(material.panel.first_period, PeriodKind::Month)));
}

/// Called with each trigger's story.
using OnStory = std::function<Result<void>(const TriggerStory&)>;

Result<void> each_story(const Common& common, const TriggerOptions& options, const app::Packs& packs,
                        const std::vector<pack::Trigger>& triggers, const OnStory& on_story) {
    std::optional<TriggerMaterial> material;
    const pack::Trigger* asked = nullptr;
    for (const pack::Trigger& trigger : triggers) {
        if (!asked || !share_panel(*asked, trigger))
            material = TRY(trigger_material(common, options.panel, packs, trigger));
        asked = &trigger;
        const pack::Outcome& outcome = *app::outcome_of(packs, trigger);
        const model::Panel& panel = material->panel;
        const int first = trigger.from.value_or(panel.first_period);
        const int last = trigger.to.value_or(panel.first_period + panel.periods - 1);
        const record::TriggerHistory history(outcome, panel,
                                             material->outcome_panel ? &*material->outcome_panel : nullptr, first, last,
                                             material->known_then);
        if (!history.decided())
            return fail(
                Fault::Data, "nothing-to-judge", {options.panel.panel.empty() ? common.db : options.panel.panel},
                fmt::format("no month from {} to {} has the {} months after it that decide outcome '{}'",
                            period_label(first, PeriodKind::Month), period_label(last, PeriodKind::Month),
                            outcome.months, outcome.id),
                fmt::format("the months at hand are {} to {}", period_label(panel.first_period, PeriodKind::Month),
                            period_label(panel.first_period + panel.periods - 1, PeriodKind::Month)));
        TriggerStory story{
            trigger,         outcome,          history, material->data, material->unit_months, material->lag_days,
            material->notes, material->name_of};
        note_early_months(trigger, outcome, *material, first, story.notes);
        TRY(on_story(story));
    }
    return {};
}

Result<int> try_triggers(const Common& common, const TriggerOptions& options, const app::Packs& packs,
                         const std::vector<pack::Trigger>& triggers) {
    std::string rows = std::string(trigger_header) + "\n", text;
    JsonWriter json;
    json.begin_object().key("triggers").begin_array();
    TRY(each_story(common, options, packs, triggers, [&](const TriggerStory& story) -> Result<void> {
        rows += trigger_row(story.trigger.id, story.history.record(story.trigger.rule)) + "\n";
        if (common.json) write_trigger_story(json, story);
        else text += (text.empty() ? "" : "\n") + trigger_story(story);
        return {};
    }));
    json.end_array().end_object();
    if (!options.out.empty()) TRY(write_text(options.out, rows));
    if (common.json) fmt::print("{}\n", json.text());
    else std::fputs(text.c_str(), stdout);
    return exit_clean;
}

Result<int> trigger(const Common& common, const TriggerOptions& options) {
    const app::Packs packs = TRY(app::good_packs(pack_places(common)));
    const auto triggers = TRY(triggers_of(options, packs));
    if (options.action == "try") return try_triggers(common, options, packs, triggers);
    if (triggers.size() != 1)
        return fail(Fault::Usage, "several-triggers", {options.file},
                    fmt::format("the search is about one trigger, and here are {}", triggers.size()),
                    "give a file with one [trigger]");
    const OnStory on_story = [&](const TriggerStory& story) -> Result<void> {
        TRY(search_triggers(common, story, options.out));
        return {};
    };
    TRY(each_story(common, options, packs, triggers, on_story));
    return exit_clean;
}

}  // namespace

Command trigger_command() {
    const auto common = std::make_shared<Common>();
    const auto options = std::make_shared<TriggerOptions>();
    TriggerOptions& of = *options;
    Command out{
        .name = "trigger",
        .summary =
            "What a rule agreed beforehand would have done: how often it fired, in vain, what it would have missed",
        .options =
            {option(
                 "ACTION", &of.action,
                 "try: the record of each rule of the file; search: many rules, chosen on half of the years, told on "
                 "the others")
                 .one_of({"try", "search"})
                 .required(),
             option("FILE", &of.file, "a TOML file with [trigger], or several [[trigger]]").required(),
             option("--panel", &of.panel.panel,
                    "CSV or Parquet: a row a unit and month, 0 where nothing happened; goes before --db")
                 .as("FILE"),
             option("--time", &of.panel.time, "the column of months, as `icosa backtest` takes it").as("COLUMN"),
             option("--unit", &of.panel.unit, "the column of units").as("COLUMN"),
             option("--value", &of.panel.value,
                    "the column of counts; if not named, that of the measure, else the only one")
                 .as("COLUMN"),
             option("--from", &of.from, "the first month judged, instead of the file's").as("MONTH"),
             option("--to", &of.to, "the last month judged").as("MONTH"),
             option("--out", &of.out, "a CSV: a row a rule, " + std::string(trigger_header)).as("FILE").written()},
        .more = "docs/triggers.md tells what a file of triggers says, and works one through.\n",
        .examples = {"icosa trigger try trigger.toml --panel PANEL.csv --out trigger.csv",
                     "icosa trigger try trigger.toml --panel PANEL.csv --json",
                     "icosa trigger search trigger.toml --panel PANEL.csv --from 2000-01 --to 2019-12"},
        .exits = {{exit_packs}, {exit_data}, {exit_store}},
        .run = [=] { return trigger(*common, *options); },
    };
    add_reading(out, of.panel.reading);
    for (auto& one : {db_option(*common), wait_option(*common), json_option(*common), packs_option(*common),
                      add_option(*common), framework_option(*common)})
        out.options.push_back(one);
    return out;
}

}  // namespace icosa::cli
