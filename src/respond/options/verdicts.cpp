/// One question a principle.
#include "respond/options/verdicts.hpp"

#include <algorithm>
#include <set>

namespace icosa::respond {
namespace {

using pack::PrincipleQuestion;

/// Sections among those the matter looks beside for that signal on the ground and that the option does not speak to.
std::vector<std::string> kinds_left_out(const Traits& traits, const pack::Matter& matter,
                                        const std::vector<std::string>& states, const Ground& ground) {
    std::set<std::string> out;
    for (const std::string& state : states) {
        const auto found = ground.signalling.find(state);
        if (found == ground.signalling.end()) continue;
        for (const std::string& section : found->second) {
            if (std::ranges::find(matter.sections, section) == matter.sections.end()) continue;
            if (std::ranges::find(traits.speaks_to, section) == traits.speaks_to.end()) out.insert(section);
        }
    }
    return {out.begin(), out.end()};
}

void ask_seats(const model::Option& option, const Traits& traits, const pack::Matter& matter,
               model::PrincipleVerdict& out) {
    if (traits.seats_all) {
        out.passed = true;
        return;
    }
    out.who = option.out;
    out.armed_groups = matter.armed_groups;  // none of these has a seat
    out.passed = out.who.empty() && !out.armed_groups;
}

/// A state is bound by what it has joined; a host has agreed; capacity and good offices are asked for.
void ask_consent(const model::Option& option, const Traits& traits, const std::vector<std::string>& states,
                 model::PrincipleVerdict& out) {
    const bool is_joined = option.out.empty() && !option.in.empty();
    const bool asks_first = traits.form == pack::OptionForm::Capacity || traits.seats_all;
    out.passed = is_joined && traits.host_agrees && !asks_first;
    out.who = out.passed || option.out.empty() || asks_first ? states : option.out;
}

}  // namespace

std::vector<model::PrincipleVerdict> verdicts_on(const model::Option& option, const Traits& traits,
                                                 const pack::Matter& matter, const std::vector<std::string>& states,
                                                 const Ground& ground) {
    std::vector<model::PrincipleVerdict> out;
    for (const pack::PrincipleTest& test : ground.matters.tests) {
        if (!ground.framework.section(test.principle)) continue;
        model::PrincipleVerdict verdict;
        verdict.principle = test.principle;
        verdict.basis = traits.basis;
        const bool talks = traits.form == pack::OptionForm::Talks;
        switch (test.asks) {
            case PrincipleQuestion::Seats: ask_seats(option, traits, matter, verdict); break;
            case PrincipleQuestion::Consent: ask_consent(option, traits, states, verdict); break;
            case PrincipleQuestion::Basis: verdict.passed = !traits.basis.empty(); break;
            case PrincipleQuestion::Minimum: verdict.passed = talks || traits.form == pack::OptionForm::Capacity; break;
            case PrincipleQuestion::Coercion: verdict.passed = !traits.may_force; break;
            case PrincipleQuestion::OtherKinds:
                verdict.kinds = kinds_left_out(traits, matter, states, ground);
                verdict.passed = verdict.kinds.empty();
                break;
        }
        out.push_back(std::move(verdict));
    }
    return out;
}

}  // namespace icosa::respond
