/// Resolves place sets and builds Selects.
#include "engine/select.hpp"

#include <algorithm>

namespace icosa::engine {

std::optional<model::Select> select_of(const pack::Selection& selection, const Setting& setting) {
    model::Select out;
    out.records = selection.records;
    out.sources = selection.from;
    out.matched = selection.matched;
    out.kinds = selection.kinds;
    out.codes = selection.codes;
    out.issues = selection.issues;
    out.measure = selection.measure;
    out.subjects = selection.subjects;
    for (const std::string& id : selection.places) {
        if (const auto members = setting.places.members(id, setting.as_of))
            out.places.insert(out.places.end(), members->begin(), members->end());
    }
    std::sort(out.places.begin(), out.places.end());
    out.places.erase(std::unique(out.places.begin(), out.places.end()), out.places.end());
    if (out.places.empty() && !selection.places.empty())
        return std::nullopt;  // an empty list would ask for the whole world
    out.either_actor = selection.both_actors;
    out.where = selection.where;
    for (auto& condition : out.where) {
        if (condition.within_years >= 0) condition.value = civil_of(setting.as_of).year - condition.within_years;
        condition.within_years = -1;
    }
    out.except_days = selection.except_days;
    out.except = selection.except;
    out.credible = selection.credible;
    out.unit = selection.unit;
    out.period = selection.period;
    out.quantity = selection.quantity;
    return out;
}

std::vector<model::Select> selects_of(const pack::Watch& watch, const Setting& setting) {
    std::vector<const pack::Selection*> selections{&watch.selection};
    if (watch.per) selections.push_back(&watch.per->selection);
    if (watch.beside) selections.push_back(&watch.beside->selection);
    std::vector<model::Select> out;
    for (const pack::Selection* selection : selections) {
        auto select = select_of(*selection, setting);
        if (!select) return {};
        out.push_back(std::move(*select));
    }
    if (out.front().records == model::RecordKind::Event && out.front().quantity == model::Quantity::Best) {
        out.push_back(with_quantity(out.front(), model::Quantity::Low));
        out.push_back(with_quantity(out.front(), model::Quantity::High));
    }
    for (const pack::Part& part : watch.parts) {
        if (auto select = select_of(part.selection, setting)) out.push_back(std::move(*select));
    }
    return out;
}

model::Select with_quantity(model::Select select, model::Quantity quantity) {
    select.quantity = quantity;
    return select;
}

}  // namespace icosa::engine
