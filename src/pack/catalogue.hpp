/// The catalogue: instruments, mechanisms and mandates; dated facts with their source, which turn stale.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/date.hpp"
#include "model/evidence.hpp"
#include "pack/places.hpp"
#include "pack/toml.hpp"

namespace icosa::pack {

/// Who wrote an authored fact down, when it was looked at, and until when it may be used without a caveat.
struct Provenance {
    std::string source;
    Day reviewed = no_day;
    Day expires = no_day;
    [[nodiscard]] bool stale_on(Day day) const { return expires != no_day && expires < day; }
};

struct EntryIntoForce {
    int ratifications = 0;  ///< 0 = no number asked
    int days_after = 0;
    std::string named;      ///< a set whose every member must be a participant
    std::string rule;       ///< the rule in words
};

struct Instrument {
    std::string id;
    std::string kind;
    Title title;
    std::string short_title;
    Day adopted = no_day;
    Day opened = no_day;
    Day in_force = no_day;  ///< no_day: not in force, or not of a kind that enters into force
    Day ended = no_day;
    std::string depositary;
    EntryIntoForce entry;
    std::string untc;       ///< "26-3": the UN Treaty Collection's status table gives the participants
    std::string open_to;    ///< a set of packs/places
    std::vector<std::string> areas;
    std::vector<model::ParticipationAct> participants;  ///< own facts
    bool participants_complete = true;                  ///< are the own facts all there are?
    Day verified = no_day;
    std::string note;
    Provenance provenance;
    Where where;
};

struct Mechanism {
    std::string id;
    std::string kind;
    Title name;
    std::vector<std::string> platforms;
    std::vector<std::string> areas;
    std::string members_set;
    std::vector<model::Membership> members;  ///< where no set is named
    int cadence_months = 0;                  ///< 0 = none known
    Day last_meeting = no_day;
    std::string meeting;
    std::string note;
    Provenance provenance;
    Where where;
};

struct Mandate {
    std::string id;
    std::string mission;
    Title name;
    std::vector<std::string> host;
    std::string resolution;
    Day adopted = no_day;
    Day expires_on = no_day;
    std::string chapter;
    std::string force;
    std::int64_t authorised_troops = -1;  ///< -1 = not known
    std::int64_t authorised_police = -1;
    std::string consent;
    std::string consent_note;
    std::string impartiality;
    double budget_usd = -1;
    std::string budget_year;
    std::string note;
    Provenance provenance;
    Where where;
};

struct Catalogue {
    std::vector<Instrument> instruments;  ///< sorted by id, as the others
    std::vector<Mechanism> mechanisms;
    std::vector<Mandate> mandates;

    [[nodiscard]] const Instrument* instrument(std::string_view id) const;
    [[nodiscard]] const Mechanism* mechanism(std::string_view id) const;
    [[nodiscard]] const Mandate* mandate(std::string_view id) const;

    void read(const Node& file, Diagnostics& faults);
    void check(const PlaceBook& places, Diagnostics& faults);
};

/// Does this act make its doer a participant? (signature, provisional application, application and withdrawal do not)
[[nodiscard]] bool makes_participant(std::string_view act);
[[nodiscard]] const std::vector<std::string>& known_acts();

}  // namespace icosa::pack
