/// Reads packs/options.toml.
#include "pack/matters.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include <fmt/format.h>

namespace icosa::pack {
namespace {

template <class Enum, std::size_t N>
std::vector<std::pair<std::string, Enum>> choices(const std::string_view (&names)[N]) {
    std::vector<std::pair<std::string, Enum>> out;
    for (std::size_t i = 0; i < N; ++i) out.emplace_back(std::string(names[i]), static_cast<Enum>(i));
    return out;
}

Title title_or_none(TableReader& reader, std::string_view key) { return reader.has(key) ? reader.title(key) : Title{}; }

Failure parse_failure(const Node& node, Diagnostics& faults) {
    TableReader reader(node, faults, "a failure");
    Failure out;
    out.places = reader.texts("places");
    out.day = reader.day_or("day", no_day);
    out.what = reader.title("what");
    out.source = reader.text("source");
    reader.finish();
    if (out.places.empty() || out.day == no_day)
        faults.push_back(
            {Fault::Pack, "missing-key", node.where, "a failure does not say where and when", "add places and day"});
    return out;
}

Answering parse_answer(const Node& node, Diagnostics& faults) {
    TableReader reader(node, faults, "an answer");
    Answering out;
    out.where = node.where;
    out.id = reader.id("id");
    out.form = reader.choice("form", OptionForm::Duty, choices<OptionForm>(option_form_names));
    out.basis = reader.text("basis");
    out.does = reader.title("does");
    out.consent = reader.title("consent");
    out.refuse = title_or_none(reader, "refuse");
    out.since = reader.day_or("since", no_day);
    for (const Node* one : reader.tables("failure")) out.failures.push_back(parse_failure(*one, faults));
    out.binds = reader.text_or("binds", "");
    out.seats_all = reader.flag_or("seats_all", false);
    reader.finish();
    return out;
}

Matter parse_matter(const Node& node, Diagnostics& faults) {
    TableReader reader(node, faults, "a matter");
    Matter out;
    out.where = node.where;
    out.id = reader.id("id");
    out.title = reader.title("title");
    out.counts = reader.texts("counts");
    out.seen_by = reader.texts("seen_by");
    out.between = reader.texts("between");
    out.armed_groups = reader.flag_or("armed_groups", false);
    out.like = reader.text_or("like", "");
    out.least = reader.number_or("least", 0);
    out.fall = reader.number_or("fall", 0.5);
    out.sections = reader.texts("beside");
    for (const Node* answer : reader.tables("answer")) out.answers.push_back(parse_answer(*answer, faults));
    reader.finish();
    if (out.counts.empty())
        faults.push_back({Fault::Pack, "missing-key", node.where,
                          fmt::format("matter '{}' names no measure that it is about", out.id), "add counts"});
    if (!(out.fall > 0 && out.fall < 1))
        faults.push_back(
            {Fault::Pack, "out-of-range", node.where,
             fmt::format("matter '{}': `fall` is {}, allowed are shares between 0 and 1", out.id, out.fall),
             "write fall = 0.5 for a fall to half"});
    return out;
}

PrincipleTest parse_test(const Node& node, Diagnostics& faults) {
    TableReader reader(node, faults, "a principle's test");
    PrincipleTest out;
    out.where = node.where;
    out.principle = reader.text("principle");
    out.asks = reader.choice("asks", PrincipleQuestion::Seats, choices<PrincipleQuestion>(principle_question_names));
    out.passed = reader.title("passed");
    out.marked = reader.title("marked");
    reader.finish();
    return out;
}

}  // namespace

const Matter* Matters::of_measure(std::string_view measure) const {
    const auto found = std::ranges::find_if(
        all, [&](const Matter& one) { return std::ranges::find(one.counts, measure) != one.counts.end(); });
    return found == all.end() ? nullptr : &*found;
}

const Matter* Matters::find(std::string_view id) const {
    const auto found = std::ranges::find(all, id, &Matter::id);
    return found == all.end() ? nullptr : &*found;
}

Matters parse_matters(const Node& file, Diagnostics& faults) {
    TableReader top(file, faults, "the options");
    Matters out;
    out.source = top.text("source");
    out.reviewed = top.day_or("reviewed", no_day);
    for (const Node* node : top.tables("matter")) out.all.push_back(parse_matter(*node, faults));
    for (const Node* node : top.tables("test")) out.tests.push_back(parse_test(*node, faults));
    top.finish();
    std::set<std::string> measures, principles;
    for (const Matter& one : out.all) {
        for (const std::string& measure : one.counts) {
            if (!measures.insert(measure).second)
                faults.push_back({Fault::Pack, "twice", one.where,
                                  fmt::format("measure '{}' is of two matters", measure), "leave it with one"});
        }
    }
    for (const PrincipleTest& one : out.tests) {
        if (!principles.insert(one.principle).second)
            faults.push_back({Fault::Pack, "twice", one.where,
                              fmt::format("principle '{}' is tested twice", one.principle), "leave one test"});
    }
    return out;
}

}  // namespace icosa::pack
