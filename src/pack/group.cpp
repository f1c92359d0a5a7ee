/// Reads entries of packs/groups, and finds their names in what a source writes.
#include "pack/group.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"

namespace icosa::pack {

ListedGroup parse_group(const Node& node, Diagnostics& faults) {
    const Node* id = node.find("id");
    TableReader reader(node, faults, fmt::format("group '{}'", id ? id->text : "?"));
    ListedGroup out;
    out.table = reader.id("table");
    out.id = reader.text("id");
    out.names = reader.texts("names");
    out.title = reader.title("title");
    if (reader.has("means")) out.means = reader.title("means");
    out.first = reader.day_or("first", no_day);
    out.known = parse_knowledge(reader);
    if (out.names.empty())
        reader.fault(node.where, "missing-key", fmt::format("group '{}' has no names", out.id),
                     "add names = [\"...\"] as the sources write them");
    reader.finish();
    out.where = node.where;
    return out;
}

std::vector<std::string> groups_named(std::string_view pairs) {
    constexpr std::string_view civilians = " - Civilians";
    constexpr std::string_view government = "Government of ";
    std::vector<std::string> out;
    for (const auto pair : split(pairs, ';')) {
        std::string_view side = trim(pair);
        if (!side.ends_with(civilians) || side.starts_with(government)) continue;
        side.remove_suffix(civilians.size());
        for (const auto one : split(side, ',')) {
            std::string name(trim(one));
            if (!name.empty() && std::find(out.begin(), out.end(), name) == out.end()) out.push_back(std::move(name));
        }
    }
    return out;
}

Listed listed_of(const std::vector<std::string>& named, const std::vector<ListedGroup>& table, Day day) {
    std::size_t listed = 0;
    bool later = false;
    for (const std::string& name : named) {
        const auto found = std::find_if(table.begin(), table.end(), [&](const ListedGroup& one) {
            return std::find(one.names.begin(), one.names.end(), name) != one.names.end();
        });
        if (found == table.end()) continue;
        if (found->first == no_day || found->first <= day) ++listed;
        else later = true;
    }
    if (!named.empty() && listed == named.size()) return Listed::All;
    return listed > 0 || later ? Listed::Some : Listed::None;
}

}  // namespace icosa::pack
