/// What of the catalogue reaches the states concerned, each with its precedent and its verdicts.
#include "respond/options/options.hpp"

#include <algorithm>
#include <iterator>
#include <set>

#include "pack/participants.hpp"
#include "respond/options/convenors.hpp"
#include "respond/options/precedents.hpp"
#include "respond/options/verdicts.hpp"

namespace icosa::respond {
namespace {

using model::Option;
using model::OptionKind;
using pack::Answering;
using pack::OptionForm;

class Options {
public:
    Options(const pack::Matter& matter, const std::vector<std::string>& states, const Ground& ground)
        : matter_(matter), states_(states), ground_(ground) {
        const auto past = ground.past.find(matter.id);
        if (past == ground.past.end() || states.size() != 1) return;
        past_ = past->second.longest;
        rule_ = {past->second.months, matter.least, matter.fall};
        if (auto sum = newest_sum(*past->second.newest, states.front(), rule_.months, ground.as_of - newest_days))
            here_ = *sum, here_known_ = true;
    }

    [[nodiscard]] std::vector<Option> all() {
        add_instruments();
        add_mandates();
        add_convenors();
        add_capacities();
        if (out_.size() > most_options) out_.resize(most_options);
        return std::move(out_);
    }

private:
    /// With its precedent, where past months are at hand, and verdicts.
    void add(Option option, const Traits& traits, const std::function<bool(const std::string&, Day)>& had) {
        if (past_ && had) {
            if (auto found = precedent_of(*past_, here_, rule_, had)) option.precedent = *found;
            option.precedent.is_newest_known = here_known_;
        }
        option.verdicts = verdicts_on(option, traits, matter_, states_, ground_);
        out_.push_back(std::move(option));
    }

    [[nodiscard]] static Traits traits_of(const Answering& answer, const std::vector<std::string>& areas) {
        return {.form = answer.form,
                .basis = answer.basis,
                .may_force = answer.form == OptionForm::Mandate,
                .seats_all = answer.seats_all,
                .host_agrees = true,
                .speaks_to = areas};
    }

    /// Of the bodies of this matter that give mandates.
    [[nodiscard]] std::vector<std::string> areas_of_mandates() const {
        for (const Answering& answer : matter_.answers) {
            const pack::Mechanism* body = ground_.catalogue.mechanism(answer.id);
            if (body && answer.form == OptionForm::Mandate) return body->areas;
        }
        return {};
    }

    void split_by(const std::set<std::string>& taking_part, Option& option) const {
        for (const std::string& state : states_)
            (taking_part.contains(state) ? option.in : option.out).push_back(state);
    }

    [[nodiscard]] bool is_there(const Answering& answer) const {
        return answer.since == no_day || answer.since <= ground_.as_of;
    }

    [[nodiscard]] bool is_in_force(const pack::Instrument& one) const {
        if (one.adopted != no_day && one.adopted > ground_.as_of) return false;
        if (one.ended != no_day && one.ended <= ground_.as_of) return false;
        const bool enters = one.kind == "treaty" || one.kind == "protocol";
        return !enters || (one.in_force != no_day && one.in_force <= ground_.as_of);
    }

    /// Members of the set that it binds, else who takes part by acts.
    [[nodiscard]] const std::set<std::string>& bound_by(const Answering& answer, Day day) {
        const auto [at, fresh] = bound_.emplace(std::pair(answer.id, day), std::set<std::string>{});
        if (!fresh) return at->second;
        if (!answer.binds.empty()) {
            if (const auto members = ground_.places.members(answer.binds, day))
                at->second.insert(members->begin(), members->end());
            return at->second;
        }
        const auto acts = ground_.participation.find(answer.id);
        if (acts == ground_.participation.end()) return at->second;
        for (const auto& [place, act] : pack::participants_on(acts->second.acts, day)) at->second.insert(place);
        return at->second;
    }

    void add_instruments() {
        std::size_t found = 0;
        for (const Answering& answer : matter_.answers) {
            const pack::Instrument* one = ground_.catalogue.instrument(answer.id);
            if (!one || !is_in_force(*one) || !is_there(answer) || found == most_instruments) continue;
            Option option{.kind = OptionKind::Instrument, .ids = {one->id}};
            if (const auto acts = ground_.participation.find(one->id); acts != ground_.participation.end())
                option.known_through = acts->second.known_through;
            if (!answer.binds.empty()) option.known_through = no_day;
            split_by(bound_by(answer, ground_.as_of), option);
            if (option.in.empty()) continue;  // between the parties concerned: nobody here is bound by it
            ++found;
            add(std::move(option), traits_of(answer, one->areas),
                [&](const std::string& state, Day day) { return bound_by(answer, day).contains(state); });
        }
    }

    void add_mandates() {
        if (matter_.seen_by.empty()) return;
        std::size_t found = 0;
        for (const pack::Mission& mission : ground_.catalogue.missions) {
            const pack::MandateStanding standing = pack::standing_on(mission, ground_.as_of);
            if (!standing.is_in_force() || found == most_mandates || !mission.part.en.empty()) continue;
            // one between states, such as a line of observers, speaks to these together
            const bool is_theirs = std::ranges::all_of(mission.host, [&](const std::string& host) {
                return std::ranges::find(states_, host) != states_.end();
            });
            if (!is_theirs || mission.host.empty()) continue;
            Option option{.kind = OptionKind::Mandate, .ids = {mission.id}};
            split_by({mission.host.begin(), mission.host.end()}, option);
            ++found;
            option.known_through = mission.known.known_through;
            const pack::MandateTerms terms = pack::terms_of(mission, *standing.act);
            const bool is_armed = !terms.force.empty() && !terms.force.starts_with("unarmed");
            const Traits traits{.form = OptionForm::Mandate,
                                .basis = standing.act->resolution,
                                .may_force = terms.chapter.starts_with("VII") || is_armed,
                                .seats_all = false,
                                .host_agrees = terms.consent == "given",
                                .speaks_to = areas_of_mandates()};
            add(std::move(option), traits,
                [this](const std::string& state, Day day) { return had_operation(state, day); });
        }
    }

    /// Did a peace operation stand on its ground that day?
    [[nodiscard]] bool had_operation(const std::string& state, Day day) const {
        return std::ranges::any_of(ground_.catalogue.missions, [&](const pack::Mission& mission) {
            return mission.kind == "peacekeeping" && std::ranges::find(mission.host, state) != mission.host.end()
                && pack::standing_on(mission, day).is_in_force();
        });
    }

    void add_convenor(std::vector<std::string> bodies, std::vector<std::string> in, std::vector<std::string> out) {
        const Answering* answer = answer_of(bodies.front());
        const pack::Mechanism* body = ground_.catalogue.mechanism(bodies.front());
        if (!answer || !body) return;
        Option option{
            .kind = OptionKind::Convenor, .ids = std::move(bodies), .in = std::move(in), .out = std::move(out)};
        option.known_through = body->known.known_through;
        add(std::move(option), traits_of(*answer, body->areas), nullptr);  // talks are in none of the sources read
    }

    void add_convenors() {
        std::vector<const pack::Mechanism*> bodies;
        std::vector<std::string> open, binding;
        for (const Answering& answer : matter_.answers) {
            const pack::Mechanism* one = ground_.catalogue.mechanism(answer.id);
            if (!one || answer.form == OptionForm::Capacity || !is_there(answer)) continue;
            if (answer.form == OptionForm::Judgement && states_.size() < 2) continue;
            if (answer.seats_all) open.push_back(one->id);
            else if (answer.form == OptionForm::Mandate) binding.push_back(one->id);
            else bodies.push_back(one);
        }
        const auto mandates = std::ranges::count(out_, OptionKind::Mandate, &Option::kind);
        std::size_t left = most_convenors - (open.empty() ? 0 : 1) - (mandates > 1 ? 1 : 0);
        for (Convening& one : convenings(states_, bodies, ground_.places, ground_.as_of)) {
            if (left-- == 0) break;
            add_convenor(std::move(one.bodies), std::move(one.in), std::move(one.out));
        }
        if (!open.empty()) add_convenor({open.front()}, states_, {});
        if (binding.empty() || mandates > 0) return;  // decides for the states that it binds
        Option split;
        if (const Answering* answer = answer_of(binding.front())) split_by(bound_by(*answer, ground_.as_of), split);
        if (!split.in.empty()) add_convenor({binding.front()}, split.in, split.out);
    }

    void add_capacities() {
        std::size_t found = 0;
        for (const Answering& answer : matter_.answers) {
            const pack::Mechanism* one = ground_.catalogue.mechanism(answer.id);
            if (!one || answer.form != OptionForm::Capacity || !is_there(answer) || found == most_capacities) continue;
            ++found;
            Option option{.kind = OptionKind::Capacity, .ids = {one->id}, .in = states_};
            option.known_through = one->known.known_through;
            add(std::move(option), traits_of(answer, one->areas), nullptr);
        }
    }

    [[nodiscard]] const Answering* answer_of(const std::string& id) const {
        const auto found = std::ranges::find(matter_.answers, id, &Answering::id);
        return found == matter_.answers.end() ? nullptr : &*found;
    }

    const pack::Matter& matter_;
    const std::vector<std::string>& states_;
    const Ground& ground_;
    const model::Panel* past_ = nullptr;
    PastRule rule_;
    double here_ = 0;  ///< of the newest months at hand
    bool here_known_ = false;
    std::map<std::pair<std::string, Day>, std::set<std::string>> bound_;  ///< by instrument and day
    std::vector<Option> out_;
};

/// Those with which one of the states is in a conflict between states.
void add_opponents(const Ground& ground, std::vector<std::string>& states) {
    const std::vector<std::string> named = states;
    for (const std::string& state : named) {
        const auto found = ground.against.find(state);
        if (found != ground.against.end()) states.insert(states.end(), found->second.begin(), found->second.end());
    }
    std::ranges::sort(states);
    states.erase(std::unique(states.begin(), states.end()), states.end());
}

}  // namespace

model::Response options_of(const std::string& signal, const std::string& subject, const std::string& measure,
                           const Ground& ground) {
    model::Response out;
    out.signal = signal;
    const pack::Matter* matter = ground.matters.of_measure(measure);
    out.states = states_of(subject, ground.places);
    if (matter && matter->armed_groups) add_opponents(ground, out.states);
    if (!matter) out.why_none = model::NoOption::NoMatter;
    else if (out.states.empty()) out.why_none = model::NoOption::NoPlace;
    else if (!matter->seen_by.empty() && std::ranges::none_of(out.states, [&](const std::string& state) {
                 return std::ranges::binary_search(ground.violent, state);
             }))
        out.why_none = model::NoOption::NoViolence;
    if (!matter || out.why_none != model::NoOption::None) return out;
    out.matter = matter->id;
    out.armed_groups = matter->armed_groups;
    out.options = Options(*matter, out.states, ground).all();
    return out;
}

}  // namespace icosa::respond
