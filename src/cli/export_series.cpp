/// icosa export series: the values of a watch's units by period, from every source that answers, and what its method
/// says of each.
#include <cmath>
#include <cstdio>
#include <map>

#include <fmt/format.h>

#include "app/engines.hpp"
#include "app/pipeline.hpp"
#include "base/text.hpp"
#include "cli/as_of.hpp"
#include "cli/exported.hpp"
#include "cli/result_table.hpp"

namespace icosa::cli {
namespace {

/// By source and unit.
using JudgedBySource = std::map<std::pair<std::string, std::string>, model::JudgedSeries>;

/// expected, threshold, alarm of a period; three empty cells where nothing could be computed.
std::vector<store::Cell> judged_cells(const JudgedBySource& judged, const std::string& source, const std::string& unit,
                                      int period) {
    const auto found = judged.find({source, unit});
    if (found == judged.end()) return {store::Cell(), store::Cell(), store::Cell()};
    const model::JudgedSeries& of = found->second;
    const int index = period - of.first_period;
    if (index < 0 || index >= static_cast<int>(of.expected.size()))
        return {store::Cell(), store::Cell(), store::Cell()};
    const auto i = static_cast<std::size_t>(index);
    const bool is_judged = of.alarm[i] || !std::isnan(of.expected[i]) || !std::isnan(of.threshold[i]);
    return {number_cell(of.expected[i]), number_cell(of.threshold[i]),
            is_judged ? store::Cell(static_cast<std::int64_t>(of.alarm[i])) : store::Cell()};
}

/// first: the day from which the watch looks; no_day = all.
void add_rows(Exported& out, const model::Answer& answer, const pack::PlaceBook& places, Day first,
              const JudgedBySource* judged) {
    for (const auto& panel : answer.panels) {
        for (std::size_t u = 0; u < panel.units.size(); ++u) {
            const std::string title = places.title_of(panel.units[u]);
            for (int p = 0; p < panel.periods; ++p) {
                const std::size_t at = u * static_cast<std::size_t>(panel.periods) + static_cast<std::size_t>(p);
                const int period = panel.first_period + p;
                if (std::isnan(panel.values[at]) || (first != no_day && first_day_of(period, panel.period) < first))
                    continue;
                std::vector<store::Cell> row = {panel.source,
                                                panel.units[u],
                                                title,
                                                period_label(period, panel.period),
                                                panel.values[at],
                                                static_cast<std::int64_t>(panel.rows[at])};
                if (judged) {
                    for (auto& cell : judged_cells(*judged, panel.source, panel.units[u], period))
                        row.push_back(std::move(cell));
                }
                out.rows.push_back(std::move(row));
                out.places.push_back(panel.units[u]);
            }
        }
    }
}

}  // namespace

Result<const pack::Watch*> watch_to_export(const app::Packs& packs, const std::string& id) {
    if (const auto* watch = packs.find_watch(id)) return watch;
    std::vector<std::string> ids;
    for (const auto& page : packs.pages) {
        for (const auto& one : page.watches) ids.push_back(one.id);
    }
    const auto near = nearest(id, ids);
    return fail(
        Fault::Usage, "unknown-watch", {}, fmt::format("no watch '{}'", id),
        near ? fmt::format("did you mean '{}'?", *near) : "name one with --watch; `icosa run --json` lists them");
}

Result<int> export_series(const Common& common, const app::Packs& packs, store::Store& store,
                          const ExportOptions& options) {
    const pack::Watch* watch = TRY(watch_to_export(packs, options.watch));
    const Moment moment = TRY(moment_of(store, packs, options.as_of, common.db));
    if (!common.json) fmt::print(stderr, "{}\n", first_line(moment));
    const engine::Setting setting = packs.setting(moment.as_of);
    const auto* engine = app::find_engine(watch->engine);
    auto selects = engine ? engine->needs(*watch, setting) : std::vector<model::Select>{};
    if (selects.empty())
        return fail(Fault::Usage, "no-series", {},
                    fmt::format("watch '{}' of engine '{}' has no series", watch->id, watch->engine),
                    "choose a surveillance watch");
    const model::Select front = selects.front();
    if (!engine->series) selects.resize(1);
    const auto evidence = TRY(harmonise::gather(store, packs.books(), selects, moment.as_of, {}));
    using enum store::ColumnType;
    Exported out{
        .name = watch->id,
        .columns =
            {{"source", Text}, {"unit", Text}, {"title", Text}, {"period", Text}, {"value", Number}, {"rows", Integer}},
        .rows = {},
        .places = {},
        .circles = {},
        .shapes = Shapes::OutlineOrPoint};
    JudgedBySource judged;
    // positions are judged together, not one by one
    const bool is_judged = engine->series && watch->selection.unit != model::Unit::PlacePosition;
    if (is_judged) {
        out.columns.insert(out.columns.end(), {{"expected", Number}, {"threshold", Number}, {"alarm", Integer}});
        for (auto& one : TRY(engine->series(evidence, *watch, setting, ""))) {
            std::pair key(one.source, one.unit);
            judged.emplace(std::move(key), std::move(one));
        }
    }
    add_rows(out, evidence.answers.at(front), packs.places, watch->first_day, is_judged ? &judged : nullptr);
    return write_exported(common, options, packs.places, out);
}

}  // namespace icosa::cli
