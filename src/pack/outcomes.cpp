/// Reads packs/outcomes.toml.
#include "pack/outcomes.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace icosa::pack {

const Outcome* Outcomes::find(std::string_view id) const {
    const auto found = std::ranges::find(all, id, &Outcome::id);
    return found == all.end() ? nullptr : &*found;
}

Outcomes parse_outcomes(const Node& file, Diagnostics& faults) {
    TableReader top(file, faults, "the outcomes");
    Outcomes out;
    for (const Node* node : top.tables("outcome")) {
        TableReader reader(*node, faults, "an outcome");
        Outcome one;
        one.where = node->where;
        one.id = reader.id("id");
        one.digest = digest_of(*node, {"title"});
        one.title = reader.title("title");
        one.months = reader.int_or("months", one.months);
        one.factor = reader.number_or("factor", one.factor);
        one.least = reader.number_or("least", 0);
        one.quiet_below = reader.number_or("quiet_below", 0);
        one.averages = reader.flag_or("averages", false);
        one.usual_months = reader.int_or("usual_months", 0);
        one.within_km = reader.number_or("within_km", 0);
        Selection base;
        base.period = PeriodKind::Month;
        one.selection = read_selection(reader, base, faults);
        reader.finish();
        if (one.selection.from.empty())
            reader.fault(node->where, "missing-key", fmt::format("outcome '{}' has no 'from'", one.id),
                         "name its sources in order of preference");
        if (one.months < 1 || one.months > 36 || one.factor < 1 || one.least < 0 || one.quiet_below < 0)
            reader.fault(node->where, "out-of-range", fmt::format("outcome '{}' cannot be judged so", one.id),
                         "months 1 to 36, factor from 1, least and quiet_below from 0");
        if (one.usual_months < 0 || one.usual_months > 120 || one.within_km < 0 || one.within_km > 2000)
            reader.fault(node->where, "out-of-range", fmt::format("outcome '{}' cannot be judged so", one.id),
                         "usual_months up to 120, within_km up to 2000");
        if ((one.within_km > 0) != (one.selection.unit == model::Unit::PlacePosition))
            reader.fault(node->where, "bad-unit",
                         fmt::format("outcome '{}' counts {}", one.id,
                                     one.within_km > 0 ? "events near a place, and asks for none by position"
                                                       : "positions one by one, which no signal names"),
                         "write within_km = 150 and unit = \"place-position\", or neither");
        if (out.find(one.id))
            reader.fault(node->where, "duplicate-id", fmt::format("outcome '{}' is there already", one.id),
                         "give it another id");
        out.all.push_back(std::move(one));
    }
    top.finish();
    return out;
}

}  // namespace icosa::pack
