/// One question a principle.
#include "respond/options/verdicts.hpp"

#include <algorithm>
#include <set>

namespace icosa::respond {
namespace {

using pack::PrincipleQuestion;

/// Sections among those the matter looks beside for that signal on the ground and that the option does not speak to.
std::vector<std::string> kinds_left_out(const Tested& tested, const std::vector<std::string>& states,
                                        const Ground& ground) {
    std::set<std::string> out;
    for (const std::string& state : states) {
        const auto found = ground.signalling.find(state);
        if (found == ground.signalling.end()) continue;
        for (const std::string& section : found->second) {
            if (std::ranges::find(tested.matter.sections, section) == tested.matter.sections.end()) continue;
            if (std::ranges::find(tested.speaks_to, section) == tested.speaks_to.end()) out.insert(section);
        }
    }
    return {out.begin(), out.end()};
}

void ask_seats(const Tested& tested, model::PrincipleVerdict& out) {
    if (tested.seats_all) {
        out.passed = true;
        return;
    }
    out.who = tested.option.out;
    out.armed_groups = tested.matter.armed_groups;  // none of these has a seat
    out.passed = out.who.empty() && !out.armed_groups;
}

/// A state is bound by what it has joined; a host has agreed; capacity and good offices are asked for.
void ask_consent(const Tested& tested, const std::vector<std::string>& states, model::PrincipleVerdict& out) {
    const bool is_joined = tested.option.out.empty() && !tested.option.in.empty();
    const bool asks_first = tested.form == pack::OptionForm::Capacity || tested.seats_all;
    out.passed = is_joined && tested.host_agrees && !asks_first;
    out.who = out.passed || tested.option.out.empty() || asks_first ? states : tested.option.out;
}

}  // namespace

std::vector<model::PrincipleVerdict> verdicts_on(const Tested& tested, const std::vector<std::string>& states,
                                                 const Ground& ground) {
    std::vector<model::PrincipleVerdict> out;
    for (const pack::PrincipleTest& test : ground.matters.tests) {
        if (!ground.framework.section(test.principle)) continue;
        model::PrincipleVerdict verdict;
        verdict.principle = test.principle;
        verdict.basis = tested.basis;
        const bool talks = tested.form == pack::OptionForm::Talks;
        switch (test.asks) {
            case PrincipleQuestion::Seats: ask_seats(tested, verdict); break;
            case PrincipleQuestion::Consent: ask_consent(tested, states, verdict); break;
            case PrincipleQuestion::Basis: verdict.passed = !tested.basis.empty(); break;
            case PrincipleQuestion::Minimum: verdict.passed = talks || tested.form == pack::OptionForm::Capacity; break;
            case PrincipleQuestion::Coercion: verdict.passed = !tested.may_force; break;
            case PrincipleQuestion::OtherKinds:
                verdict.kinds = kinds_left_out(tested, states, ground);
                verdict.passed = verdict.kinds.empty();
                break;
        }
        out.push_back(std::move(verdict));
    }
    return out;
}

}  // namespace icosa::respond
