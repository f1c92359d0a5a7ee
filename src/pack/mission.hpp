/// Missions: chains of the acts that set up, renew, end an operation; and how its mandate stands on a day.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/date.hpp"
#include "pack/knowledge.hpp"
#include "pack/toml.hpp"

namespace icosa::pack {

enum class MandateActKind : std::uint8_t {
    Renewal,
    Establishment,
    RollOver,     ///< technical: the same for days or weeks, while a decision is sought
    Final,        ///< the last extension, said to be the last
    Strength,     ///< ceilings alone
    Termination,
};

/// What an act says, or the mission for all of its acts; the act goes before.
struct MandateTerms {
    std::string chapter;
    std::string force;
    std::string consent;
    std::string consent_note;
    std::string impartiality;
};

struct MandateAct {
    MandateActKind kind = MandateActKind::Renewal;
    std::string resolution;
    Day adopted = no_day;
    Day starts_on = no_day;   ///< no_day = on the day of adoption
    Day expires_on = no_day;  ///< no_day = names none
    MandateTerms terms;
    std::int64_t troops = -1;  ///< ceilings, persons; -1 = the act sets none
    std::int64_t observers = -1;  ///< military observers and staff officers
    std::int64_t police = -1;
    double budget_usd = -1;
    std::string budget_year;
    std::string note;
    std::string source;
    Where where;
};

/// Does the act set up or renew? One of ceilings alone, or one that ends, does not.
[[nodiscard]] bool gives_a_mandate(const MandateAct& act);

/// The end of a mandate; the liquidation after it is none.
struct MandateEnd {
    Day day = no_day;  ///< no_day = none known
    std::string how;   ///< terminated, completed, succeeded, expired
    std::string by;    ///< the act
    std::string note;
};

struct Mission {
    std::string id;
    std::string short_name;
    Title name;
    std::string kind;  ///< peacekeeping, special-political, authorised, committee
    std::vector<std::string> host;
    Title part;  ///< of the host, where it is mandated for that alone: "Darfur"; empty = for all of it
    MandateTerms terms;
    std::vector<MandateAct> acts;  ///< by day of adoption
    MandateEnd ended;
    std::string note;
    Knowledge known;
    Where where;
};

/// How a mandate stands on a day.
struct MandateStanding {
    enum class State : std::uint8_t {
        NotYet,         ///< no act had begun; `next` may have been adopted
        InForce,
        RollOver,       ///< in force by a technical roll-over
        LastExtension,  ///< in force, and said to be for the last time
        Closed,
        Lapsed,         ///< ran out, and it is known that no act followed
        NotKnown,       ///< ran out, and nobody has looked since
    };
    State state = State::NotYet;
    const MandateAct* act = nullptr;  ///< the act in force, or the last that was
    Day since = no_day;               ///< of Closed, Lapsed and NotKnown: from that day on
    const MandateAct* next = nullptr; ///< adopted, and to begin later
    // ceilings as of the day, by the newest act that sets each; -1 = none is known
    std::int64_t troops = -1, observers = -1, police = -1;

    [[nodiscard]] bool is_in_force() const {
        return state == State::InForce || state == State::RollOver || state == State::LastExtension;
    }
};
[[nodiscard]] MandateStanding standing_on(const Mission& mission, Day day);

/// The terms of an act, of the mission where it has none of its own.
[[nodiscard]] MandateTerms terms_of(const Mission& mission, const MandateAct& act);

/// An act that stands in a table of its own, in its place in the chain.
void add_act(Mission& mission, TableReader& reader);

[[nodiscard]] Mission parse_mission(const Node& node, Diagnostics& faults);

}  // namespace icosa::pack
