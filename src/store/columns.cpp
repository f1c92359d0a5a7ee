/// Records to columns: a batch of structs is turned column by column, the model's sentinels become NULL.
#include "store/columns.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace icosa::store {
namespace {

using namespace model;

/// Marks NULL where `absent(i)` for the n rows from `offset` on; only called when there is one.
template <class Absent> void mark_nulls(duckdb_vector out, std::size_t offset, std::size_t n, Absent absent) {
    duckdb_vector_ensure_validity_writable(out);
    std::uint64_t* valid = duckdb_vector_get_validity(out);
    for (std::size_t i = 0; i < n;) {
        const std::size_t bit = (offset + i) % 64, count = std::min<std::size_t>(64 - bit, n - i);
        std::uint64_t nulls = 0;
        for (std::size_t k = 0; k < count; ++k) nulls |= std::uint64_t{absent(i + k)} << (bit + k);
        valid[(offset + i) / 64] &= ~nulls;
        i += count;
    }
}

template <auto Member, std::int32_t Absent, class Record>
void fill_int(std::span<const Record> records, duckdb_vector out, std::size_t offset) {
    auto* values = static_cast<std::int32_t*>(duckdb_vector_get_data(out)) + offset;
    bool any = false;
    for (std::size_t i = 0; i < records.size(); ++i) {
        const std::int32_t value = records[i].*Member;
        values[i] = value;
        any |= value == Absent;
    }
    if (any) mark_nulls(out, offset, records.size(), [&](std::size_t i) { return values[i] == Absent; });
}

template <auto Member, class Record>
void fill_day(std::span<const Record> records, duckdb_vector out, std::size_t offset) {
    auto* values = static_cast<std::int32_t*>(duckdb_vector_get_data(out)) + offset;
    bool any = false;
    for (std::size_t i = 0; i < records.size(); ++i) {
        const std::int32_t value = (records[i].*Member).value;
        values[i] = value;
        any |= value == no_day.value;
    }
    if (any) mark_nulls(out, offset, records.size(), [&](std::size_t i) { return values[i] == no_day.value; });
}

template <auto Member, class Record>
void fill_number(std::span<const Record> records, duckdb_vector out, std::size_t offset) {
    auto* values = static_cast<double*>(duckdb_vector_get_data(out)) + offset;
    bool any = false;
    for (std::size_t i = 0; i < records.size(); ++i) {
        const double value = records[i].*Member;
        values[i] = value;
        any |= std::isnan(value);
    }
    if (any) mark_nulls(out, offset, records.size(), [&](std::size_t i) { return std::isnan(values[i]); });
}

template <auto Member, class Record>
void fill_hash(std::span<const Record> records, duckdb_vector out, std::size_t offset) {
    auto* values = static_cast<std::uint64_t*>(duckdb_vector_get_data(out)) + offset;
    for (std::size_t i = 0; i < records.size(); ++i) values[i] = records[i].*Member;
}

template <auto Member, class Record>
void fill_hash_or_null(std::span<const Record> records, duckdb_vector out, std::size_t offset) {
    auto* values = static_cast<std::uint64_t*>(duckdb_vector_get_data(out)) + offset;
    bool any = false;
    for (std::size_t i = 0; i < records.size(); ++i) {
        values[i] = records[i].*Member;
        any |= values[i] == 0;
    }
    if (any) mark_nulls(out, offset, records.size(), [&](std::size_t i) { return values[i] == 0; });
}

template <auto Member, class Record>
void fill_enum(std::span<const Record> records, duckdb_vector out, std::size_t offset) {
    auto* values = static_cast<std::uint8_t*>(duckdb_vector_get_data(out)) + offset;
    for (std::size_t i = 0; i < records.size(); ++i) values[i] = static_cast<std::uint8_t>(records[i].*Member);
}

template <class Record, auto Member> constexpr RecordColumn<Record> whole(const char* name) {
    return {name, "INTEGER", DUCKDB_TYPE_INTEGER, fill_int<Member, no_int, Record>};
}
template <class Record, auto Member> constexpr RecordColumn<Record> term(const char* name) {
    return {name, "INTEGER", DUCKDB_TYPE_INTEGER, fill_int<Member, no_term, Record>};
}
template <class Record, auto Member> constexpr RecordColumn<Record> date(const char* name) {
    return {name, "DATE", DUCKDB_TYPE_DATE, fill_day<Member, Record>};
}
template <class Record, auto Member> constexpr RecordColumn<Record> number(const char* name) {
    return {name, "DOUBLE", DUCKDB_TYPE_DOUBLE, fill_number<Member, Record>};
}
template <class Record, auto Member> constexpr RecordColumn<Record> hash(const char* name) {
    return {name, "UBIGINT", DUCKDB_TYPE_UBIGINT, fill_hash<Member, Record>};
}
template <class Record, auto Member> constexpr RecordColumn<Record> hash_or_none(const char* name) {
    return {name, "UBIGINT", DUCKDB_TYPE_UBIGINT, fill_hash_or_null<Member, Record>};
}
template <class Record, auto Member> constexpr RecordColumn<Record> small(const char* name) {
    return {name, "UTINYINT", DUCKDB_TYPE_UTINYINT, fill_enum<Member, Record>};
}

constexpr RecordColumn<Event> event_columns[] = {
    whole<Event, &Event::line>("line"),
    date<Event, &Event::known_day>("known_day"),
    date<Event, &Event::first_day>("first_day"),
    date<Event, &Event::last_day>("last_day"),
    small<Event, &Event::precision>("precision"),
    term<Event, &Event::kind>("kind"),
    term<Event, &Event::code>("code"),
    term<Event, &Event::place>("place"),
    term<Event, &Event::actor1>("actor1"),
    term<Event, &Event::actor2>("actor2"),
    term<Event, &Event::subject>("subject"),
    whole<Event, &Event::latitude_microdeg>("latitude_microdeg"),
    whole<Event, &Event::longitude_microdeg>("longitude_microdeg"),
    whole<Event, &Event::cell>("cell"),
    whole<Event, &Event::fatalities_low>("fatalities_low"),
    whole<Event, &Event::fatalities_best>("fatalities_best"),
    whole<Event, &Event::fatalities_high>("fatalities_high"),
    whole<Event, &Event::fatalities_civilians>("fatalities_civilians"),
    whole<Event, &Event::intensity_milli>("intensity_milli"),
    whole<Event, &Event::mentions>("mentions"),
    whole<Event, &Event::sources>("sources"),
    whole<Event, &Event::weight>("weight"),
    small<Event, &Event::position_precision>("position_precision"),
    small<Event, &Event::root>("root"),
    small<Event, &Event::typed>("typed"),
    whole<Event, &Event::known_minute>("known_minute"),
    hash_or_none<Event, &Event::likeness>("likeness"),
    hash<Event, &Event::identity>("identity"),
    hash<Event, &Event::content>("content"),
};

constexpr RecordColumn<Observation> observation_columns[] = {
    whole<Observation, &Observation::line>("line"),          date<Observation, &Observation::known_day>("known_day"),
    date<Observation, &Observation::first_day>("first_day"), date<Observation, &Observation::last_day>("last_day"),
    term<Observation, &Observation::measure>("measure"),     term<Observation, &Observation::place>("place"),
    term<Observation, &Observation::subject>("subject"),     number<Observation, &Observation::value>("value"),
    number<Observation, &Observation::low>("low"),           number<Observation, &Observation::high>("high"),
    hash<Observation, &Observation::identity>("identity"),   hash<Observation, &Observation::content>("content"),
};

constexpr RecordColumn<Action> action_columns[] = {
    whole<Action, &Action::line>("line"),
    date<Action, &Action::known_day>("known_day"),
    term<Action, &Action::instrument>("instrument"),
    term<Action, &Action::participant>("participant"),
    term<Action, &Action::act>("act"),
    date<Action, &Action::day>("day"),
    hash<Action, &Action::identity>("identity"),
    hash<Action, &Action::content>("content"),
};

constexpr RecordColumn<Vote> vote_columns[] = {
    whole<Vote, &Vote::line>("line"),           date<Vote, &Vote::known_day>("known_day"),
    whole<Vote, &Vote::roll_call>("roll_call"), term<Vote, &Vote::voter>("voter"),
    small<Vote, &Vote::ballot>("ballot"),       hash<Vote, &Vote::identity>("identity"),
    hash<Vote, &Vote::content>("content"),
};

constexpr RecordColumn<RollCall> roll_call_columns[] = {
    whole<RollCall, &RollCall::line>("line"),
    date<RollCall, &RollCall::known_day>("known_day"),
    whole<RollCall, &RollCall::roll_call>("roll_call"),
    whole<RollCall, &RollCall::session>("session"),
    date<RollCall, &RollCall::day>("day"),
    term<RollCall, &RollCall::resolution>("resolution"),
    term<RollCall, &RollCall::issue>("issue"),
    whole<RollCall, &RollCall::important>("important"),
    hash<RollCall, &RollCall::identity>("identity"),
    hash<RollCall, &RollCall::content>("content"),
};

constexpr RecordColumn<Designation> designation_columns[] = {
    whole<Designation, &Designation::line>("line"),        date<Designation, &Designation::known_day>("known_day"),
    term<Designation, &Designation::list>("list"),         term<Designation, &Designation::regime>("regime"),
    term<Designation, &Designation::type>("type"),         term<Designation, &Designation::reference>("reference"),
    date<Designation, &Designation::day>("day"),           date<Designation, &Designation::updated>("updated"),
    hash<Designation, &Designation::identity>("identity"), hash<Designation, &Designation::content>("content"),
};

}  // namespace

std::span<const RecordColumn<Event>> columns_of(const Event*) { return event_columns; }
std::span<const RecordColumn<Observation>> columns_of(const Observation*) { return observation_columns; }
std::span<const RecordColumn<Action>> columns_of(const Action*) { return action_columns; }
std::span<const RecordColumn<Vote>> columns_of(const Vote*) { return vote_columns; }
std::span<const RecordColumn<RollCall>> columns_of(const RollCall*) { return roll_call_columns; }
std::span<const RecordColumn<Designation>> columns_of(const Designation*) { return designation_columns; }

std::string_view table_of(RecordKind kind) {
    constexpr std::string_view names[] = {"event_row", "observation_row", "action_row",
                                          "vote_row",  "roll_call_row",   "designation_row"};
    return names[static_cast<int>(kind)];
}

}  // namespace icosa::store
