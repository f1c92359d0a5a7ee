/// Reads packs/measures.toml.
#include "pack/measures.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace icosa::pack {
namespace {

const std::vector<std::pair<std::string, PeriodKind>> period_choices = {{"year", PeriodKind::Year},
                                                                        {"quarter", PeriodKind::Quarter},
                                                                        {"month", PeriodKind::Month},
                                                                        {"week", PeriodKind::Week},
                                                                        {"day", PeriodKind::Day}};

CourseRule read_rule(const Node& node, Diagnostics& faults) {
    CourseRule out;
    TableReader reader(node, faults, "a rule of [[course]]");
    out.where = node.where;
    out.id = reader.id("id");
    out.period = reader.choice("period", PeriodKind::Year, period_choices);
    out.span = reader.int_or("span", 1);
    out.averages = reader.flag_or("averages", false);
    out.quiet_periods = reader.int_or("quiet_periods", 0);
    out.quiet_below = reader.number_or("quiet_below", 0);
    out.rise = reader.number_or("rise", out.rise);
    out.fall = reader.number_or("fall", out.fall);
    out.least = reader.number_or("least", 0);
    out.seasonal = reader.flag_or("seasonal", false);
    reader.finish();
    const bool good = out.span >= 1 && out.span <= 120 && out.quiet_periods >= 0 && out.quiet_periods <= 1200
        && out.rise > 1 && out.fall > 0 && out.fall < 1 && out.least >= 0 && out.quiet_below >= 0;
    if (!good)
        reader.fault(node.where, "out-of-range", fmt::format("the course '{}' cannot be judged so", out.id),
                     "span 1 to 120, rise above 1, fall between 0 and 1, least and quiet_below from 0");
    return out;
}

Measure read_clauses_of(const Node& node, Diagnostics& faults) {
    Measure out;
    TableReader reader(node, faults, "a measure");
    out.where = node.where;
    out.id = reader.id("id");
    out.name = reader.title("name");
    out.course = reader.text_or("course", "default");
    out.en = reader.text("en");
    out.en_one = reader.text_or("en_one", out.en);
    out.zh = reader.text("zh");
    out.figure = reader.choice("figure", FigureKind::Count,
                               {{"count", FigureKind::Count},
                                {"share", FigureKind::Share},
                                {"value", FigureKind::Value},
                                {"money", FigureKind::Money}});
    reader.finish();
    for (const std::string* clause : {&out.en, &out.en_one, &out.zh}) {
        if (clause->find("{n}") == std::string::npos)
            reader.fault(node.where, "no-figure", fmt::format("a clause of measure '{}' has no {{n}}", out.id),
                         "write {n} where the figure stands");
    }
    return out;
}

}  // namespace

const Measure* Measures::find(std::string_view id) const {
    const auto found = std::ranges::find(all, id, &Measure::id);
    return found == all.end() ? nullptr : &*found;
}

const CourseRule* Measures::rule_of(std::string_view measure, PeriodKind period) const {
    const Measure* of = find(measure);
    const auto rule = [&](std::string_view id) {
        const auto found =
            std::ranges::find_if(rules, [&](const CourseRule& one) { return one.id == id && one.period == period; });
        return found == rules.end() ? nullptr : &*found;
    };
    const CourseRule* own = of ? rule(of->course) : nullptr;
    return own ? own : rule("default");
}

Measures parse_measures(const Node& file, Diagnostics& faults) {
    TableReader top(file, faults, "the measures");
    Measures out;
    std::set<std::pair<std::string, PeriodKind>> rules;
    std::set<std::string> courses;
    for (const Node* node : top.tables("course")) {
        out.rules.push_back(read_rule(*node, faults));
        const CourseRule& rule = out.rules.back();
        courses.insert(rule.id);
        if (!rules.emplace(rule.id, rule.period).second)
            top.fault(node->where, "duplicate-id", fmt::format("the course '{}' has two rules for one period", rule.id),
                      "keep one");
    }
    std::set<std::string> ids;
    for (const Node* node : top.tables("measure")) {
        out.all.push_back(read_clauses_of(*node, faults));
        const Measure& measure = out.all.back();
        if (!ids.insert(measure.id).second)
            top.fault(node->where, "duplicate-id", fmt::format("measure '{}' is there already", measure.id),
                      "give it another id");
        if (!courses.contains(measure.course))
            top.fault(node->where, "unknown-id",
                      fmt::format("measure '{}' names course '{}', which has no rule", measure.id, measure.course),
                      "add a [[course]] with this id");
    }
    top.finish();
    return out;
}

}  // namespace icosa::pack
