/// The table, and the checks of a watch that only its engine can make.
#include "detect/engine_table.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

#include "base/text.hpp"
#include "detect/engines.hpp"
#include "detect/series.hpp"
#include "detect/strip.hpp"

namespace icosa::detect {
namespace {

/// Can the quantity be a count, or a sum of counts?
bool is_count(model::Quantity quantity) {
    using enum model::Quantity;
    return quantity == Count || quantity == Low || quantity == Best || quantity == High || quantity == Mentions || quantity == Sum || quantity == Last;
}

class Check {
public:
    Check(const pack::Watch& watch, const Setting& setting, Diagnostics& faults) : watch_(watch), setting_(setting), faults_(faults) {}

    void operator()() {
        const Engine* engine = find_engine(watch_.engine);
        if (!engine) {
            std::vector<std::string> names;
            for (const Engine& one : engines()) names.emplace_back(one.name);
            fault(at("engine"), "unknown-engine", fmt::format("watch '{}' names engine '{}'", watch_.id, watch_.engine), cure(watch_.engine, names));
            return;
        }
        keys(*engine);
        const bool good = method(*engine, watch_.judging, at("method"));
        if (engine == &instrument_status() || engine->name == instrument_status().name) {
            catalogue();
            return;
        }
        if (watch_.selection.from.empty()) fault(watch_.where, "missing-key", fmt::format("watch '{}' has no 'from'", watch_.id), "name its sources in order of preference");
        places(watch_.selection);
        if (watch_.per) places(watch_.per->selection);
        if (watch_.beside) places(watch_.beside->selection);
        const bool beside = !watch_.beside || series_method(watch_.beside->judging, at("beside"));
        if (good) counts();
        if (good && beside) strips();
    }

private:
    void fault(const Where& where, std::string code, std::string what, std::string how) { faults_.push_back({Fault::Pack, std::move(code), where, std::move(what), std::move(how)}); }

    [[nodiscard]] Where at(std::string_view key) const {
        const auto found = watch_.key_where.find(key);
        return found == watch_.key_where.end() ? watch_.where : found->second;
    }

    static std::string cure(std::string_view word, const std::vector<std::string>& names) {
        const auto near = nearest(word, names);
        return near ? fmt::format("did you mean '{}'?", *near) : fmt::format("there are {}", join(names, ", "));
    }

    void keys(const Engine& engine) {
        static const std::set<std::string_view> common = {"id", "engine", "title", "method", "clauses", "cite", "caveats", "expect"};
        std::vector<std::string> names;
        for (const auto& field : engine.spec.fields) names.emplace_back(field.name);
        for (const auto& [key, where] : watch_.key_where) {
            if (common.contains(key) || std::find(names.begin(), names.end(), key) != names.end()) continue;
            const bool elsewhere = std::any_of(engines().begin(), engines().end(), [&key_ = key](const Engine& one) { return std::any_of(one.spec.fields.begin(), one.spec.fields.end(), [&](const auto& field) { return field.name == key_; }); });
            if (elsewhere) fault(where, "unknown-key", fmt::format("engine '{}' does not read '{}' of watch '{}'", engine.name, key, watch_.id), fmt::format("it reads {}", join(names, ", ")));
        }
    }

    bool method(const Engine& engine, const pack::Judging& judging, const Where& where) {
        std::vector<std::string> names;
        const pack::Spec* spec = nullptr;
        for (const pack::Spec* one : engine.methods) {
            names.emplace_back(one->name);
            if (one->name == judging.method_name) spec = one;
        }
        if (judging.method_name.empty()) {
            fault(watch_.where, "missing-key", fmt::format("watch '{}' has no 'method'", watch_.id), fmt::format("there are {}", join(names, ", ")));
            return false;
        }
        if (!spec) {
            fault(where, "unknown-method", fmt::format("engine '{}' has no method '{}'", engine.name, judging.method_name), cure(judging.method_name, names));
            return false;
        }
        const std::size_t before = faults_.size();
        (void)pack::parse_options(judging.method, *spec, faults_);
        return faults_.size() == before;
    }

    bool series_method(const pack::Judging& judging, const Where& where) {
        const Method* found = find_method(judging.method_name);
        if (!found) {
            std::vector<std::string> names;
            for (const Method& one : methods()) names.emplace_back(one.spec.name);
            fault(where, "unknown-method", fmt::format("there is no method '{}'", judging.method_name), cure(judging.method_name, names));
            return false;
        }
        const std::size_t before = faults_.size();
        (void)pack::parse_options(judging.method, found->spec, faults_);
        return faults_.size() == before;
    }

    void places(const pack::Selection& selection) {
        for (const std::string& id : selection.places) set(id, at("places"));
    }

    void set(const std::string& id, const Where& where) {
        if (setting_.places.find_set(id) || setting_.places.find_place(id)) return;
        std::vector<std::string> names;
        for (const auto& one : setting_.places.sets()) names.push_back(one.id);
        const auto near = nearest(id, names);
        fault(where, "unknown-place", fmt::format("watch '{}' names '{}', which is no place and no set", watch_.id, id), near ? fmt::format("did you mean '{}'?", *near) : "declare it in packs/places");
    }

    /// A method for counts must get counts.
    void counts() {
        const Method* found = find_method(watch_.judging.method_name);
        if (!found || found->demand != Demand::Counts) return;
        const auto quantity = watch_.selection.quantity;
        std::string why;
        if (watch_.per) why = "a ratio ('per')";
        else if (watch_.judging.form != pack::Form::Level) why = "a difference or growth ('form')";
        else if (!is_count(quantity)) why = "such values ('value')";
        if (!why.empty()) fault(at("method"), "method-misfit", fmt::format("watch '{}': '{}' is for counts, not for {}", watch_.id, watch_.judging.method_name, why), "use a method of indicator-surveillance");
        direction(found->spec);
    }

    /// A method that finds rises only must not be asked for falls.
    void direction(const pack::Spec& spec) {
        if (watch_.judging.direction == pack::Direction::Rise) return;
        const std::string_view asked = watch_.judging.direction == pack::Direction::Fall ? "fall" : "both";
        std::string_view offered = "rise";
        for (const pack::Field& field : spec.fields) {
            if (field.name == "direction") offered = field.choices;
        }
        const auto words = split(offered, '|');
        if (std::find(words.begin(), words.end(), asked) == words.end()) fault(at("direction"), "method-misfit", fmt::format("watch '{}': '{}' finds {}, not '{}'", watch_.id, spec.name, join(std::vector<std::string>(words.begin(), words.end()), " or "), asked), "season-trend and ears-c2 find falls too");
    }

    void strips() {
        for (const pack::Expect& expect : watch_.expects) {
            if (!expect.is_strip() || !pack::strip_values(expect) || !pack::strip_signals(expect)) continue;  // the parser has said it
            if (const auto outcome = run_strip(watch_, expect); !outcome) faults_.push_back(outcome.error());
        }
    }

    void catalogue() {
        const auto known = [&](const std::vector<std::string>& asked, const char* key, const std::vector<std::string>& names, std::string_view what) {
            for (const std::string& id : asked) {
                if (std::find(names.begin(), names.end(), id) == names.end()) fault(at(key), "unknown-id", fmt::format("watch '{}' names {} '{}', which no pack declares", watch_.id, what, id), near_or(id, names, what));
            }
        };
        std::vector<std::string> instruments, mechanisms, mandates{"all"};
        for (const auto& one : setting_.catalogue.instruments) instruments.push_back(one.id);
        for (const auto& one : setting_.catalogue.mechanisms) {
            mechanisms.push_back(one.id);
            mechanisms.insert(mechanisms.end(), one.platforms.begin(), one.platforms.end());
        }
        for (const auto& one : setting_.catalogue.mandates) mandates.push_back(one.id);
        known(watch_.instruments, "instruments", instruments, "instrument");
        known(watch_.mechanisms, "mechanisms", mechanisms, "mechanism");
        known(watch_.mandates, "mandates", mandates, "mandate");
        if (!watch_.among.empty()) set(watch_.among, at("among"));
        for (const std::string& group : watch_.groups) set(group, at("groups"));
        const std::string& question = watch_.judging.method_name;
        const bool cadence = question == "cadence-overdue";
        const bool expiry = question == "mandate-expiry";
        if (cadence && watch_.mechanisms.empty()) fault(watch_.where, "missing-key", fmt::format("watch '{}' asks '{}' and names no mechanisms", watch_.id, question), "add mechanisms = [\"...\"]");
        else if (expiry && watch_.mandates.empty()) fault(watch_.where, "missing-key", fmt::format("watch '{}' asks '{}' and names no mandates", watch_.id, question), "add mandates = [\"all\"]");
        else if (!cadence && !expiry && watch_.instruments.empty()) fault(watch_.where, "missing-key", fmt::format("watch '{}' asks '{}' and names no instruments", watch_.id, question), "add instruments = [\"...\"]");
        for (const pack::Expect& expect : watch_.expects) {
            if (expect.is_strip()) fault(expect.where, "bad-expect", fmt::format("watch '{}': a strip says nothing of instruments", watch_.id), "give as_of and signals");
        }
    }

    static std::string near_or(std::string_view id, const std::vector<std::string>& names, std::string_view what) {
        const auto near = nearest(id, names);
        return near ? fmt::format("did you mean '{}'?", *near) : fmt::format("declare it in packs/{}s", what);
    }

    const pack::Watch& watch_;
    const Setting& setting_;
    Diagnostics& faults_;
};

}  // namespace

std::span<const Engine> engines() {
    static const Engine table[] = {event_surveillance(), indicator_surveillance(), instrument_status()};
    return table;
}

const Engine* find_engine(std::string_view name) {
    for (const Engine& engine : engines()) {
        if (engine.name == name) return &engine;
    }
    return nullptr;
}

void check_watch(const pack::Watch& watch, const Setting& setting, Diagnostics& faults) { Check(watch, setting, faults)(); }

std::string manual(const Engine& engine) {
    std::string out = pack::manual(engine.spec);
    out += "\nmethods\n";
    for (const pack::Spec* method : engine.methods) out += fmt::format("\n{}", pack::manual(*method));
    return out;
}

}  // namespace icosa::detect
