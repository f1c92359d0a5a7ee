/// Reads packs/differences.toml.
#include "pack/differences.hpp"

#include <cmath>
#include <limits>

#include <fmt/format.h>

namespace icosa::pack {

std::vector<Difference> parse_differences(const Node& file, Diagnostics& faults) {
    TableReader top(file, faults, "the differences");
    std::vector<Difference> out;
    for (const Node* node : top.tables("difference")) {
        TableReader reader(*node, faults, "a difference");
        constexpr double none = std::numeric_limits<double>::quiet_NaN();
        Difference one;
        one.where = node->where;
        one.id = reader.id("id");
        one.source = reader.text("source");
        one.sections = reader.texts("sections");
        one.day = reader.day_or("day", no_day);
        one.until = reader.day_or("until", no_day);
        one.of = reader.title("of");
        one.in_file = reader.number_or("in_file", none);
        one.elsewhere = reader.number_or("elsewhere", none);
        one.by = reader.title("by");
        if (reader.has("why")) one.why = reader.title("why");
        one.reviewed = reader.day_or("reviewed", no_day);
        reader.finish();
        if (std::isnan(one.in_file) || std::isnan(one.elsewhere) || one.day == no_day || one.reviewed == no_day
            || one.sections.empty())
            reader.fault(node->where, "missing-key", fmt::format("difference '{}' is not whole", one.id),
                         "give sections, day, in_file, elsewhere and reviewed");
        else if (one.in_file == one.elsewhere)
            reader.fault(node->where, "out-of-range", fmt::format("difference '{}' is none", one.id),
                         "take it out where both agree");
        out.push_back(std::move(one));
    }
    top.finish();
    return out;
}

}  // namespace icosa::pack
