/// Evidence: what the store says about the needs of the watches, as of one day, with what was and was not observed kept
/// apart.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "base/text.hpp"
#include "model/element_set.hpp"
#include "model/list_history.hpp"
#include "model/record.hpp"
#include "model/same_events.hpp"

namespace icosa::model {

/// One numeric comparison that a record must pass.
struct Condition {
    enum class Field : std::uint8_t { Intensity, Mentions, Sources, Best, Value };
    enum class Comparison : std::uint8_t { Less, LessEqual, Equal, GreaterEqual, Greater };
    Field field = Field::Intensity;
    Comparison comparison = Comparison::GreaterEqual;
    double value = 0;
    int within_years = -1;  ///< >= 0, in packs: at least the year of the as-of day less this
    auto operator<=>(const Condition&) const = default;
};

/// A subject whose records of some days are left out: they tell of something else.
struct Exception {
    std::string subject;
    Day first = first_possible_day;
    Day last = last_possible_day;
    auto operator<=>(const Exception&) const = default;
};

/// From edge to edge, in millionths of a degree.
struct Extent {
    std::int32_t south = 0, west = 0, north = 0, east = 0;
    auto operator<=>(const Extent&) const = default;
};

/// How close two events of two sources lie that are one, where their kinds agree.
struct MatchedWithin {
    double km = 25;  ///< along the globe
    int days = 2;  ///< of first days and of last days
    std::string taxonomy = {};  ///< by which their kinds agree; "" = the one that codes both
    auto operator<=>(const MatchedWithin&) const = default;
};

enum class Unit : std::uint8_t {
    Place,
    Actor,
    Dyad,
    Cell,
    Subject,
    PlaceSubject,
    SubjectPlace,
    SubjectHead,  ///< what stands before the first bar of the subject
    PlacePosition,  ///< of events that have a position: "PLACE|POSITION", "|POSITION" where no place is known
    SubjectPosition,  ///< "SUBJECT|POSITION"; POSITION as model/position_key.hpp reads it
    World
};
enum class Quantity : std::uint8_t {
    Count,  ///< rows (times weight)
    Low,
    Best,
    High,
    Civilians,
    Mentions,
    Intensity,  ///< sums of an event's figure
    Sum,
    Mean,
    Median,
    Last,  ///< of a series' values within a period
    Agreement,  ///< votes: identical ballots of a dyad (numerator), common ballots (denominator)
    YesShare,  ///< votes: yes ballots, all ballots cast
    SScore,
    Kappa,  ///< votes: likeness of a dyad's ballots, plain and beyond chance
    IdealPoint,
    IdealDistance,  ///< votes, by year: a place's point of the session, the distance of a dyad's two
    Balance,  ///< events: (c - k) / (c + k), c of positive, k of negative intensity
    IntensityMean,  ///< events: mean intensity of those that have one
    NetworkBalance,  ///< votes, events; world: balanced triangles among all, ties signed by Kappa or Balance
};

/// Rows that a Select means but for what they say themselves: they are in no figure of its answer.
struct LeftOut {
    std::string why;  ///< area_position, or the rule that weighs most; "" = below the credibility asked for by no rule
    std::int64_t rows = 0;
    auto operator<=>(const LeftOut&) const = default;
};
inline constexpr std::string_view area_position = "area-position";  ///< stands for a province or a country, is no point

/// One question to the store: these records of these sources, grouped by unit and period. Equal Selects are asked once.
struct Select {
    RecordKind records = RecordKind::Event;
    std::vector<std::string> sources;  ///< in order of preference
    std::vector<std::string> kinds;  ///< events: kinds; designations: regimes; empty = all
    std::vector<std::string>
        codes;  ///< events: codes or prefixes with a trailing '*'; roll calls: resolutions; empty = all
    std::vector<std::string> issues;  ///< roll calls: issues; empty = all
    std::string measure;  ///< observations
    std::vector<std::string> subjects;  ///< exact subject texts, or prefixes with a trailing '*'; empty = all
    std::vector<std::string> places;  ///< place ids; empty = everywhere
    bool either_actor = false;  ///< events: places must hold both actors (dyads within a set)
    std::vector<Condition> where;
    std::vector<Day>
        except_days;  ///< records that begin on these are left out: a day on which a source re-issued what it had
    std::vector<Exception> except;  ///< nor what begins within the days of one of these
    Day since = first_possible_day;  ///< events: what began earlier is not asked for
    std::vector<Extent> within;  ///< events: whose position lies in one of these; empty = anywhere, or nowhere known
    Unit unit = Unit::Place;
    PeriodKind period = PeriodKind::Year;
    Quantity quantity = Quantity::Count;
    std::optional<MatchedWithin> matched;  ///< events: what several of the sources tell is counted once
    double credible = 0;  ///< events: less credible ones are left out, where their source has rules; 0 = none are
    int changes_within_days = 0;  ///< designations: > 0 asks what changed between editions as well (Evidence::lists)
    auto operator<=>(const Select&) const = default;
};

/// The sources behind a panel's or finding's `source`: "asam+pirate-attacks" are two.
[[nodiscard]] inline std::vector<std::string> sources_in(std::string_view source) {
    std::vector<std::string> out;
    for (const std::string_view one : split(source, '+')) out.emplace_back(one);
    return out;
}
/// Does one of the sources behind the one stand behind the other too?
[[nodiscard]] inline bool share_a_source(std::string_view a, std::string_view b) {
    const auto others = sources_in(b);
    return std::ranges::any_of(sources_in(a),
                               [&](const auto& one) { return std::ranges::find(others, one) != others.end(); });
}

/// Counts or values of units by period. values is units x periods, row-major; NaN = not observed, 0 = observed and
/// nothing there.
struct Panel {
    std::string source;  ///< several, each event counted once: "asam+pirate-attacks" (sources_in)
    PeriodKind period = PeriodKind::Year;
    int first_period = 0;
    int periods = 0;
    std::vector<std::string> units;  ///< place ids, or "system:code" of the source where no place is known; sorted
    std::vector<double> values;
    std::vector<std::int32_t> rows;  ///< source rows behind each value
    Day observed_through = no_day;  ///< the last day with coverage (or, without, the last record's)
    bool complete = false;  ///< is silence within coverage zero?
    bool tells_first_reports = false;  ///< zeros before a unit's first report were taken for not observed
    bool pseudo_real_time = false;  ///< made of editions later than as_of
    std::int64_t rows_total = 0;
    std::vector<LeftOut> left_out;  ///< most rows first
    std::int64_t rows_asked = 0;  ///< with those left out; 0 where none may be left out

    [[nodiscard]] double at(std::size_t unit, int period_index) const {
        return values[unit * static_cast<std::size_t>(periods) + static_cast<std::size_t>(period_index)];
    }
};

/// A dated fact of participation, from a table or a pack.
struct ParticipationAct {
    std::string participant;  ///< place id, or "name:..." where unknown
    std::string act;
    Day day = no_day;
    std::string source;  ///< source card id, or "pack"
    std::string file;
    std::int32_t line = 0;
    Day effective = no_day;  ///< of a withdrawal: from when on; no_day = from its day on

    [[nodiscard]] Day counts_from() const { return effective == no_day ? day : effective; }
};

/// All acts about one instrument known on the as-of day, by day, participant, act.
struct Participation {
    std::string instrument;  ///< pack id
    std::vector<ParticipationAct> acts;
    Day known_through = no_day;  ///< the last day for which it is known who is not in
    bool from_table = false;
};

/// The answer to one Select: a panel a source that has data, in the order of preference; where it asks for matched
/// events, before these a panel of all its sources together, then of all but one, and so on.
struct Answer {
    Select select;
    std::vector<Panel> panels;
    std::vector<std::string> sources_without_data;
    std::vector<Panel> emptied;  ///< of sources whose rows are all left out: no units
};

struct SourceState {
    std::string id;
    std::string title;
    std::int64_t rows = 0;
    std::int64_t rejected = 0;
    std::int64_t unplaced = 0;  ///< rows whose name or code of a place means none
    std::int64_t set_aside = 0;  ///< rows of sums over places
    std::int64_t files = 0;
    Day first = no_day;
    Day last = no_day;
    Day newest_known = no_day;
    int stale_after_days = 0;
    bool stale = false;
    std::string licence;
    std::string attribution;
};

/// A membership with the days within which it holds.
struct Membership {
    std::string place;
    Day first = first_possible_day;
    Day last = last_possible_day;
    bool first_is_known = true;  ///< false: `first` is the day by which it was in at the latest
};

/// Everything the engines may see.
struct Evidence {
    Day as_of = no_day;
    std::map<Select, Answer> answers;
    std::map<Select, ListHistory> lists;  ///< of Selects that ask for changes
    std::map<Select, std::shared_ptr<const SameEvents>> same_events;  ///< of Selects that ask for matched events, by
                                                                      ///< what is matched for them
    std::map<std::string, Participation> participation;  ///< by instrument id
    std::map<std::string, SourceState> sources;  ///< by source id
    std::map<std::string, std::vector<ElementSet>> elements;  ///< by source id, of engines that read them; not of past
                                                              ///< days cut out of one evidence
};

}  // namespace icosa::model
