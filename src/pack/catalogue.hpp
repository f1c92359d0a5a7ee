/// The catalogue: instruments, mechanisms and missions; dated facts with their source and through which day they are
/// known.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/date.hpp"
#include "model/evidence.hpp"
#include "pack/group.hpp"
#include "pack/knowledge.hpp"
#include "pack/mission.hpp"
#include "pack/places.hpp"
#include "pack/toml.hpp"

namespace icosa::pack {

struct EntryIntoForce {
    int ratifications = 0;  ///< 0 = no number asked
    int days_after = 0;
    std::string named;      ///< a set whose every member must be a participant
    std::string rule;       ///< the rule in words
    std::vector<std::string> lacking;  ///< of `named`, who has not joined, through the day the instrument is known
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
    std::string ended_how;  ///< expired, terminated, superseded, lapsed
    std::string depositary;
    EntryIntoForce entry;
    std::string untc;       ///< "26-3": the UN Treaty Collection's status table gives the participants
    std::string open_to;    ///< a set of packs/places
    std::vector<std::string> areas;
    std::vector<model::ParticipationAct> participants;  ///< own facts
    bool participants_complete = true;                  ///< are the own facts all there are?
    std::string note;
    Knowledge known;  ///< through which day the participants are
    Where where;
};

struct Meeting {
    Day day = no_day;
    Day last_day = no_day;  ///< the same where it was one day
    std::string what;
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
    int tolerance_days = -1;                 ///< overdue only this long after the cadence; -1 = as the watch says
    std::vector<Meeting> meetings;           ///< by day
    std::vector<std::string> observers, partners;
    std::vector<model::Membership> suspended;
    std::string note;
    Knowledge known;
    Where where;
};

/// The newest meeting by that day; null = none is known.
[[nodiscard]] const Meeting* last_meeting(const Mechanism& mechanism, Day by);

struct Catalogue {
    std::vector<Instrument> instruments;  ///< sorted by id, as the others
    std::vector<Mechanism> mechanisms;
    std::vector<Mission> missions;
    std::vector<ListedGroup> groups;  ///< as they stand in their files

    [[nodiscard]] const Instrument* instrument(std::string_view id) const;
    [[nodiscard]] const Mechanism* mechanism(std::string_view id) const;
    [[nodiscard]] const Mission* mission(std::string_view id) const;
    /// The entry of a table of packs/groups of this id, or that a name means; nullptr = none does.
    [[nodiscard]] const ListedGroup* group(std::string_view table, std::string_view name) const;
    [[nodiscard]] std::vector<ListedGroup> groups_of(std::string_view table) const;

    void read(const Node& file, Diagnostics& faults);
    void check(const PlaceBook& places, Diagnostics& faults);

private:
    void join_additions(Diagnostics& faults);
    /// [[mandate_act]], [[participation]], [[meeting]]: what a later file adds to a fact.
    std::vector<std::pair<std::string, Node>> additions_;
};

[[nodiscard]] Mechanism parse_mechanism(const Node& node, Diagnostics& faults);

}  // namespace icosa::pack
