/// Reads packs/grades.toml.
#include "pack/grades.hpp"

#include <fmt/format.h>

namespace icosa::pack {
namespace {

void read_rule(TableReader& grade, const char* name, GradeRule& rule, Diagnostics& faults) {
    const Node* node = grade.node(name);
    if (!node || node->kind != Node::Kind::Table) return;
    TableReader reader(*node, faults, fmt::format("grade '{}'", name));
    rule.unusualness = reader.number_or("unusualness", rule.unusualness);
    rule.ratio = reader.number_or("ratio", rule.ratio);
    reader.finish();
    if (rule.unusualness < 0 || rule.unusualness > 1) {
        faults.push_back({Fault::Pack, "out-of-range", node->where,
                          fmt::format("unusualness of grade '{}' is {}, allowed is 0 to 1", name, rule.unusualness),
                          ""});
    }
}

}  // namespace

double read_rate(TableReader& reader, double fallback) {
    const double rate = reader.number_or("rate", fallback);
    if (rate > 0 && rate <= 1) return rate;
    const Node* given = reader.table().find("rate");
    reader.fault(given ? given->where : reader.table().where, "out-of-range",
                 fmt::format("the false-discovery rate is {}, allowed is more than 0 to 1", rate),
                 "1 leaves it uncontrolled");
    return fallback;
}

Grades parse_grades(const Node& file, Diagnostics& faults) {
    Grades grades;
    TableReader top(file, faults, "the grades");
    if (const Node* node = top.node("grade"); node && node->kind == Node::Kind::Table) {
        TableReader grade(*node, faults, "[grade]");
        read_rule(grade, "watch", grades.watch, faults);
        read_rule(grade, "warning", grades.warning, faults);
        grade.finish();
    }
    if (const Node* node = top.node("confidence"); node && node->kind == Node::Kind::Table) {
        TableReader confidence(*node, faults, "[confidence]");
        const auto whole = [&](const char* key, int& value) { value = confidence.int_or(key, value); };
        whole("long_history_seasons", grades.long_history_seasons);
        whole("long_history_years", grades.long_history_years);
        whole("moderate_marks", grades.moderate_marks);
        whole("high_marks", grades.high_marks);
        confidence.finish();
    }
    if (const Node* node = top.node("false_discovery"); node && node->kind == Node::Kind::Table) {
        TableReader reader(*node, faults, "[false_discovery]");
        grades.false_discovery_rate = read_rate(reader, grades.false_discovery_rate);
        reader.finish();
    }
    top.finish();
    return grades;
}

}  // namespace icosa::pack
