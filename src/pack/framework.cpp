/// Reads a framework file.
#include "pack/framework.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace icosa::pack {
namespace {

Clause parse_clause(const Node& node, Diagnostics& faults) {
    const Node* id = node.find("id");
    TableReader reader(node, faults, fmt::format("clause '{}'", id ? id->text : "?"));
    Clause out;
    out.id = reader.text("id");
    out.asks = reader.title("asks");
    out.status = reader.choice<ClauseStatus>("status", ClauseStatus::NotMeasurable,
                                             {{"measured", ClauseStatus::Measured},
                                              {"authored", ClauseStatus::Authored},
                                              {"not-measurable", ClauseStatus::NotMeasurable}});
    out.rests_on = reader.texts("rests_on");
    out.reason = reader.text_or("reason", "");
    reader.finish();
    if (out.status == ClauseStatus::Authored && out.rests_on.empty())
        reader.fault(node.where, "missing-key", fmt::format("authored clause '{}' names no facts", out.id),
                     "add rests_on = [\"instrument-id\"]");
    if (out.status == ClauseStatus::NotMeasurable && out.reason.empty())
        reader.fault(node.where, "missing-key", fmt::format("clause '{}' is not measurable without a reason", out.id),
                     "add reason = \"...\"");
    out.where = node.where;
    return out;
}

Section parse_section(const Node& node, Diagnostics& faults) {
    const Node* id = node.find("id");
    TableReader reader(node, faults, fmt::format("section '{}'", id ? id->text : "?"));
    Section out;
    out.id = reader.text("id");
    out.group = reader.choice<Group>(
        "group", Group::Area, {{"principle", Group::Principle}, {"area", Group::Area}, {"platform", Group::Platform}});
    out.number = reader.int_or("number", 0);
    out.slug = reader.id("slug");
    out.title = reader.title("title");
    for (const Node* clause : reader.tables("clause")) out.clauses.push_back(parse_clause(*clause, faults));
    reader.finish();
    if (out.clauses.empty())
        reader.fault(node.where, "missing-key", fmt::format("section '{}' has no clauses", out.id),
                     "add [[section.clause]]");
    out.where = node.where;
    return out;
}

}  // namespace

const Section* Framework::section(std::string_view wanted) const {
    for (const Section& one : sections) {
        if (one.id == wanted) return &one;
    }
    return nullptr;
}

std::vector<const Section*> Framework::of(Group group) const {
    std::vector<const Section*> out;
    for (const Section& one : sections) {
        if (one.group == group) out.push_back(&one);
    }
    std::stable_sort(out.begin(), out.end(), [](const Section* a, const Section* b) { return a->number < b->number; });
    return out;
}

Framework parse_framework(const Node& file, Diagnostics& faults) {
    TableReader reader(file, faults, "this file");
    Framework out;
    if (const Node* head = reader.node("framework")) {
        TableReader of(*head, faults, "[framework]");
        out.id = of.id("id");
        out.title = of.title("title");
        out.source = of.text("source");
        out.date = of.day_or("date", no_day);
        (void)of.text_or("note", "");
        of.finish();
    } else {
        reader.fault({file.where.file(), 1, 1}, "missing-key", "this file has no [framework] table",
                     "a framework file begins with one");
    }
    for (const Node* section : reader.tables("section")) out.sections.push_back(parse_section(*section, faults));
    reader.finish();
    std::set<std::string> ids;
    for (const Section& section : out.sections) {
        if (!ids.insert(section.id).second)
            faults.push_back({Fault::Pack, "duplicate-id", section.where,
                              fmt::format("section '{}' is declared twice", section.id), "keep one"});
        for (const Clause& clause : section.clauses) {
            if (!ids.insert(clause.id).second)
                faults.push_back({Fault::Pack, "duplicate-id", clause.where,
                                  fmt::format("clause '{}' is declared twice", clause.id), "keep one"});
        }
    }
    return out;
}

}  // namespace icosa::pack
