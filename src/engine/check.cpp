/// Keys, method, the engine's own check, strips.
#include "engine/check.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "base/text.hpp"
#include "engine/expect.hpp"

namespace icosa::engine {
namespace {

bool reads(const Engine& engine, std::string_view key) {
    return std::any_of(engine.spec.fields.begin(), engine.spec.fields.end(),
                       [&](const pack::Field& field) { return field.name == key; });
}

void check_keys(std::span<const Engine> engines, const Engine& engine, const pack::Watch& watch, Diagnostics& faults) {
    static const std::set<std::string_view> common = {"id",      "engine", "title",   "method",
                                                      "clauses", "cite",   "caveats", "expect"};
    std::vector<std::string> names;
    for (const auto& field : engine.spec.fields) names.emplace_back(field.name);
    for (const auto& [key, where] : watch.key_where) {
        if (common.contains(key) || reads(engine, key)) continue;
        const bool elsewhere =
            std::any_of(engines.begin(), engines.end(), [&key_ = key](const Engine& one) { return reads(one, key_); });
        if (elsewhere)
            faults.push_back({Fault::Pack, "unknown-key", where,
                              fmt::format("engine '{}' does not read '{}' of watch '{}'", engine.name, key, watch.id),
                              fmt::format("it reads {}", join(names, ", "))});
    }
}

bool check_method(const Engine& engine, const pack::Watch& watch, Diagnostics& faults) {
    std::vector<std::string> names;
    const pack::Spec* spec = nullptr;
    for (const pack::Spec* one : engine.methods) {
        names.emplace_back(one->name);
        if (one->name == watch.judging.method_name) spec = one;
    }
    if (watch.judging.method_name.empty()) {
        faults.push_back({Fault::Pack, "missing-key", watch.where, fmt::format("watch '{}' has no 'method'", watch.id),
                          fmt::format("there are {}", join(names, ", "))});
        return false;
    }
    if (!spec) {
        faults.push_back({Fault::Pack, "unknown-method", at(watch, "method"),
                          fmt::format("engine '{}' has no method '{}'", engine.name, watch.judging.method_name),
                          cure_for(watch.judging.method_name, names)});
        return false;
    }
    const std::size_t before = faults.size();
    (void)pack::parse_options(watch.judging.method, *spec, faults);
    return faults.size() == before;
}

void check_strips(const Engine& engine, const pack::Watch& watch, Diagnostics& faults) {
    for (const pack::Expect& expect : watch.expects) {
        if (!expect.is_strip()) continue;
        if (!engine.strip) {
            faults.push_back({Fault::Pack, "bad-expect", expect.where,
                              fmt::format("watch '{}': a strip says nothing to engine '{}'", watch.id, engine.name),
                              "give as_of and signals"});
            continue;
        }
        if (!pack::strip_values(expect) || !pack::strip_signals(expect)) continue;  // the parser has said it
        if (auto outcome = run_strip(engine, watch, expect); !outcome) faults.push_back(std::move(outcome).error());
    }
}

}  // namespace

const Engine* find(std::span<const Engine> engines, std::string_view name) {
    for (const Engine& engine : engines) {
        if (engine.name == name) return &engine;
    }
    return nullptr;
}

void check_watch(std::span<const Engine> engines, const pack::Watch& watch, const Setting& setting,
                 Diagnostics& faults) {
    const Engine* engine = find(engines, watch.engine);
    if (!engine) {
        std::vector<std::string> names;
        for (const Engine& one : engines) names.emplace_back(one.name);
        faults.push_back({Fault::Pack, "unknown-engine", at(watch, "engine"),
                          fmt::format("watch '{}' names engine '{}'", watch.id, watch.engine),
                          cure_for(watch.engine, names)});
        return;
    }
    check_keys(engines, *engine, watch, faults);
    const std::size_t before = faults.size();
    const bool good = check_method(*engine, watch, faults);
    engine->check(watch, setting, faults);
    if (good && faults.size() == before) check_strips(*engine, watch, faults);
}

Where at(const pack::Watch& watch, std::string_view key) {
    const auto found = watch.key_where.find(key);
    return found == watch.key_where.end() ? watch.where : found->second;
}

std::string cure_for(std::string_view word, const std::vector<std::string>& names) {
    const auto near = nearest(word, names);
    return near ? fmt::format("did you mean '{}'?", *near) : fmt::format("there are {}", join(names, ", "));
}

void check_selection(const pack::Watch& watch, const pack::Selection& selection, const Setting& setting,
                     Diagnostics& faults) {
    if (selection.from.empty())
        faults.push_back({Fault::Pack, "missing-key", watch.where, fmt::format("watch '{}' has no 'from'", watch.id),
                          "name its sources in order of preference"});
    for (const std::string& id : selection.places) check_place(watch, id, at(watch, "places"), setting, faults);
}

void check_place(const pack::Watch& watch, const std::string& id, const Where& where, const Setting& setting,
                 Diagnostics& faults) {
    if (setting.places.find_set(id) || setting.places.find_place(id)) return;
    std::vector<std::string> names;
    for (const auto& one : setting.places.sets()) names.push_back(one.id);
    const auto near = nearest(id, names);
    faults.push_back({Fault::Pack, "unknown-place", where,
                      fmt::format("watch '{}' names '{}', which is no place and no set", watch.id, id),
                      near ? fmt::format("did you mean '{}'?", *near) : "declare it in packs/places"});
}

std::string manual(const Engine& engine) {
    std::string out = pack::manual(engine.spec);
    out += "\nmethods\n";
    for (const pack::Spec* method : engine.methods) out += fmt::format("\n{}", pack::manual(*method));
    return out;
}

}  // namespace icosa::engine
