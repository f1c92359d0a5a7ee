/// Reads packs/grades.toml.
#include "pack/grades.hpp"

#include <fmt/format.h>

namespace icosa::pack {
namespace {

void read_size(TableReader& sizes, const char* name, SizeRule& rule, Diagnostics& faults) {
    const Node* node = sizes.node(name);
    if (!node || node->kind != Node::Kind::Table) return;
    TableReader reader(*node, faults, fmt::format("size '{}'", name));
    rule.unusualness = reader.number_or("unusualness", rule.unusualness);
    rule.ratio = reader.number_or("ratio", rule.ratio);
    reader.finish();
    if (rule.unusualness < 0 || rule.unusualness > 1)
        reader.fault(node->where, "out-of-range",
                     fmt::format("unusualness of size '{}' is {}, allowed is 0 to 1", name, rule.unusualness));
}

void read_grade(TableReader& grades, const char* name, GradeRule& rule, Diagnostics& faults) {
    const Node* node = grades.node(name);
    if (!node || node->kind != Node::Kind::Table) return;
    TableReader reader(*node, faults, fmt::format("grade '{}'", name));
    rule.share = reader.number_or("share", rule.share);
    rule.lift = reader.number_or("lift", rule.lift);
    rule.share_with_lift = reader.number_or("share_with_lift", rule.share_with_lift);
    reader.finish();
    if (rule.share <= 0 || rule.share > 1 || rule.lift < 1 || rule.share_with_lift < 0 || rule.share_with_lift > 1)
        reader.fault(node->where, "out-of-range",
                     fmt::format("grade '{}' asks for a share of {} or a lift of {}", name, rule.share, rule.lift),
                     "a share above 0 to 1, a lift from 1");
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
    if (const Node* node = top.node("size"); node && node->kind == Node::Kind::Table) {
        TableReader size(*node, faults, "[size]");
        read_size(size, "large", grades.large, faults);
        read_size(size, "extreme", grades.extreme, faults);
        size.finish();
        if (grades.extreme.unusualness < grades.large.unusualness || grades.extreme.ratio < grades.large.ratio)
            top.fault(node->where, "out-of-range", "size 'extreme' asks for less than 'large'",
                      "its unusualness and ratio are at least those of 'large'");
    }
    if (const Node* node = top.node("grade"); node && node->kind == Node::Kind::Table) {
        TableReader grade(*node, faults, "[grade]");
        read_grade(grade, "watch", grades.watch, faults);
        read_grade(grade, "warning", grades.warning, faults);
        grades.least_signals = grade.int_or("least_signals", grades.least_signals);
        grades.lateness_days = grade.int_or("lateness_days", grades.lateness_days);
        grade.finish();
        if (grades.warning.share < grades.watch.share || grades.warning.share_with_lift < grades.watch.share_with_lift
            || grades.warning.lift < grades.watch.lift)
            top.fault(node->where, "out-of-range", "a warning is easier to earn than a watch",
                      "share, lift and share_with_lift of 'warning' are at least those of 'watch'");
        if (grades.least_signals < 0 || grades.lateness_days < 0)
            top.fault(node->where, "out-of-range", "least_signals and lateness_days count from 0");
    }
    if (const Node* node = top.node("quiet"); node && node->kind == Node::Kind::Table) {
        TableReader quiet(*node, faults, "[quiet]");
        grades.quiet_days = quiet.int_or("days", grades.quiet_days);
        quiet.finish();
    }
    if (const Node* node = top.node("confidence"); node && node->kind == Node::Kind::Table) {
        TableReader confidence(*node, faults, "[confidence]");
        const auto whole = [&](const char* key, int& value) { value = confidence.int_or(key, value); };
        whole("long_history_seasons", grades.long_history_seasons);
        whole("long_history_years", grades.long_history_years);
        whole("prompt_days", grades.prompt_days);
        whole("late_days", grades.late_days);
        grades.revision_share = confidence.number_or("revision_share", grades.revision_share);
        grades.large_revision_share = confidence.number_or("large_revision_share", grades.large_revision_share);
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
