/// Series watches, then instrument-status.
#include "detect/checks.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"
#include "detect/judges/method_table.hpp"
#include "engine/check.hpp"

namespace icosa::detect {
namespace {

using engine::at;
using engine::Setting;

void fault(Diagnostics& faults, const Where& where, std::string code, std::string what, std::string how) {
    faults.push_back({Fault::Pack, std::move(code), where, std::move(what), std::move(how)});
}

/// Can the quantity be a count, or a sum of counts?
bool is_count(model::Quantity quantity) {
    using enum model::Quantity;
    return quantity == Count || quantity == Low || quantity == Best || quantity == High || quantity == Mentions
        || quantity == Sum || quantity == Last;
}

void check_method_beside(const pack::Watch& watch, Diagnostics& faults) {
    const pack::Judging& judging = watch.beside->judging;
    const Method* found = find_method(judging.method_name);
    if (!found) {
        std::vector<std::string> names;
        for (const Method& one : methods()) names.emplace_back(one.spec.name);
        fault(faults, at(watch, "beside"), "unknown-method",
              fmt::format("there is no method '{}'", judging.method_name),
              engine::cure_for(judging.method_name, names));
        return;
    }
    (void)pack::parse_options(judging.method, found->spec, faults);
}

/// A method that finds rises only must not be asked for falls.
void check_direction(const pack::Watch& watch, const pack::Spec& spec, Diagnostics& faults) {
    if (watch.judging.direction == pack::Direction::Rise) return;
    const std::string_view asked = watch.judging.direction == pack::Direction::Fall ? "fall" : "both";
    std::string_view offered = "rise";
    for (const pack::Field& field : spec.fields) {
        if (field.name == "direction") offered = field.choices;
    }
    const auto words = split(offered, '|');
    if (std::find(words.begin(), words.end(), asked) == words.end()) {
        fault(faults, at(watch, "direction"), "method-misfit",
              fmt::format("watch '{}': '{}' finds {}, not '{}'", watch.id, spec.name,
                          join(std::vector<std::string>(words.begin(), words.end()), " or "), asked),
              "season-trend and ears-c2 find falls too");
    }
}

/// A method for counts must get counts.
void check_counted(const pack::Watch& watch, Diagnostics& faults) {
    const Method* found = find_method(watch.judging.method_name);
    if (!found || found->demand != Demand::Counts) return;
    std::string why;
    if (watch.per) why = "a ratio ('per')";
    else if (watch.judging.form != pack::Form::Level) why = "a difference or growth ('form')";
    else if (!is_count(watch.selection.quantity)) why = "such values ('value')";
    if (!why.empty())
        fault(faults, at(watch, "method"), "method-misfit",
              fmt::format("watch '{}': '{}' is for counts, not for {}", watch.id, watch.judging.method_name, why),
              "use a method of indicator-surveillance");
    check_direction(watch, found->spec, faults);
}

std::string near_or(std::string_view id, const std::vector<std::string>& names, std::string_view what) {
    const auto near = nearest(id, names);
    return near ? fmt::format("did you mean '{}'?", *near) : fmt::format("declare it in packs/{}s", what);
}

}  // namespace

void check_surveillance(const pack::Watch& watch, const Setting& setting, Diagnostics& faults) {
    engine::check_selection(watch, watch.selection, setting, faults);
    if (watch.per) engine::check_selection(watch, watch.per->selection, setting, faults);
    if (watch.beside) {
        engine::check_selection(watch, watch.beside->selection, setting, faults);
        check_method_beside(watch, faults);
    }
    for (const pack::Part& part : watch.parts) engine::check_selection(watch, part.selection, setting, faults);
    check_counted(watch, faults);
    if (watch.judging.method_name == share_rise_spec.name
        && (!watch.per || watch.judging.form != pack::Form::Level || watch.judging.over > 1))
        fault(faults, at(watch, "method"), "method-misfit",
              fmt::format("watch '{}': 'share-rise' is for the single shares of a watch with 'per'", watch.id),
              "name the denominator in 'per', and leave out 'form' and 'over'");
}

void check_instrument_status(const pack::Watch& watch, const Setting& setting, Diagnostics& faults) {
    const auto known = [&](const std::vector<std::string>& asked, const char* key,
                           const std::vector<std::string>& names, std::string_view what) {
        for (const std::string& id : asked) {
            if (std::find(names.begin(), names.end(), id) == names.end())
                fault(faults, at(watch, key), "unknown-id",
                      fmt::format("watch '{}' names {} '{}', which no pack declares", watch.id, what, id),
                      near_or(id, names, what));
        }
    };
    std::vector<std::string> instruments, mechanisms, mandates{"all"};
    for (const auto& one : setting.catalogue.instruments) instruments.push_back(one.id);
    for (const auto& one : setting.catalogue.mechanisms) {
        mechanisms.push_back(one.id);
        mechanisms.insert(mechanisms.end(), one.platforms.begin(), one.platforms.end());
    }
    for (const auto& one : setting.catalogue.missions) mandates.push_back(one.id);
    known(watch.instruments, "instruments", instruments, "instrument");
    known(watch.mechanisms, "mechanisms", mechanisms, "mechanism");
    known(watch.mandates, "mandates", mandates, "mandate");
    if (!watch.among.empty()) engine::check_place(watch, watch.among, at(watch, "among"), setting, faults);
    for (const std::string& group : watch.groups)
        engine::check_place(watch, group, at(watch, "groups"), setting, faults);
    const std::string& question = watch.judging.method_name;
    const bool cadence = question == "cadence-overdue";
    const bool expiry = question == "mandate-expiry";
    if (cadence && watch.mechanisms.empty())
        fault(faults, watch.where, "missing-key",
              fmt::format("watch '{}' asks '{}' and names no mechanisms", watch.id, question),
              "add mechanisms = [\"...\"]");
    else if (expiry && watch.mandates.empty())
        fault(faults, watch.where, "missing-key",
              fmt::format("watch '{}' asks '{}' and names no mandates", watch.id, question),
              "add mandates = [\"all\"]");
    else if (!cadence && !expiry && watch.instruments.empty())
        fault(faults, watch.where, "missing-key",
              fmt::format("watch '{}' asks '{}' and names no instruments", watch.id, question),
              "add instruments = [\"...\"]");
}

}  // namespace icosa::detect
