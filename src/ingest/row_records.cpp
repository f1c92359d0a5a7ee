/// Values to records: events, observations, treaty actions, votes, roll calls, designations.
#include "ingest/row_records.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/prio_grid.hpp"
#include "base/text.hpp"

namespace icosa::ingest {
namespace {

using model::no_int;
using pack::Parse;

std::size_t known_slot(model::RecordKind kind) {
    static_assert(slot_of(pack::event_fields, "known") == slot_of(pack::observation_fields, "known"));
    switch (kind) {
        case model::RecordKind::Event:
        case model::RecordKind::Observation: return slot_of(pack::event_fields, "known");
        case model::RecordKind::Action: return slot_of(pack::action_fields, "known");
        case model::RecordKind::Vote: return slot_of(pack::vote_fields, "known");
        case model::RecordKind::RollCall: return slot_of(pack::roll_call_fields, "known");
        case model::RecordKind::Designation: return slot_of(pack::designation_fields, "known");
    }
    return 0;
}

model::Flag flag_of(std::int32_t number) {
    return number == no_int ? model::Flag::Unsaid : number == 0 ? model::Flag::No : model::Flag::Yes;
}

}  // namespace

RowRecords::RowRecords(const Plan& plan, model::TermTable& terms, RowCells& cells, const Value (&values)[slots],
                       Tally& tally)
    : plan_(plan), card_(*plan.card), terms_(terms), cells_(cells), values_(values), tally_(tally) {
    tally_.doubts.resize(plan.measures.size());
}

bool RowRecords::in_time(std::size_t slot, Day day) {
    if (day == no_day) return true;
    const bool too_late = plan_.today != no_day && day > plan_.today + card_.ahead_days;
    if (!too_late && (card_.first_day == no_day || day >= card_.first_day)) return true;
    const auto of = std::find_if(plan_.operations.begin(), plan_.operations.end(),
                                 [&](const Operation& one) { return one.slot == slot && !one.columns.empty(); });
    const std::int32_t column = of == plan_.operations.end() ? column_ : of->columns[0];
    if (!too_late)
        return cells_.refuse(
            column, iso(day),
            fmt::format("lies before {}, the first day of source '{}'", iso(card_.first_day), card_.id),
            "mend the cell; if the source goes back so far, set an earlier first_day in its card");
    const std::string limit = card_.ahead_days == 0
        ? fmt::format("{}, the day of ingest", iso(plan_.today))
        : fmt::format("{}, {} days from the day of ingest, as far as source '{}' looks ahead",
                      iso(plan_.today + card_.ahead_days), card_.ahead_days, card_.id);
    return cells_.refuse(column, iso(day), fmt::format("lies after {}", limit),
                         "mend the cell; a source of plans or forecasts says in its card how many days `ahead`");
}

bool RowRecords::known_in_time() {
    const std::size_t slot = known_slot(card_.record);
    const Day day = values_[slot].days.first;
    if (day == no_day || plan_.today == no_day || day <= plan_.today) return true;
    const auto of = std::find_if(plan_.operations.begin(), plan_.operations.end(),
                                 [&](const Operation& one) { return one.slot == slot && !one.columns.empty(); });
    return cells_.refuse(of == plan_.operations.end() ? -1 : of->columns[0], iso(day),
                         fmt::format("lies after {}, the day of ingest: nobody knew it yet", iso(plan_.today)),
                         "mend the cell");
}

bool RowRecords::emit(const Row& row, std::uint64_t identity, std::uint64_t content, model::Batch& batch) {
    identity_ = identity;
    content_ = content;
    if (!known_in_time()) return false;
    switch (card_.record) {
        case model::RecordKind::Event: return emit_event(row, batch);
        case model::RecordKind::Observation: return emit_observations(row, batch);
        case model::RecordKind::Action: return emit_actions(row, batch);
        case model::RecordKind::Vote: return emit_vote(row, batch);
        case model::RecordKind::RollCall: return emit_roll_call(row, batch);
        case model::RecordKind::Designation: return emit_designation(row, batch);
    }
    return false;
}

void RowRecords::see(Day first, Day last) {
    if (first == no_day) return;
    if (tally_.first_day == no_day || first < tally_.first_day) tally_.first_day = first;
    if (tally_.last_day == no_day || last > tally_.last_day) tally_.last_day = last;
}

void RowRecords::finish_origin(model::Origin& origin, const Row& row, Day last) {
    origin.line = static_cast<std::int32_t>(row.line);
    origin.identity = identity_;
    origin.content = content_;
    origin.known_day = values_[known_slot(card_.record)].days.last;
    if (origin.known_day == no_day && last != no_day) origin.known_day = last + card_.publication_lag_days;
    if (plan_.vintage != no_day && origin.known_day > plan_.vintage)
        origin.known_day = plan_.vintage;  // an edition knows what it says
}

bool RowRecords::range_of(std::size_t day_slot, std::size_t last_slot, Days& out) {
    out = values_[day_slot].days;
    const Days& last = values_[last_slot].days;
    if (!in_time(day_slot, out.first) || !in_time(last_slot, last.first)) return false;
    if (last.last == no_day) return true;
    if (last.last < out.first) {
        const auto field = card_.map.find("last_day");
        const std::int32_t column = field == card_.map.end() || field->second.columns.empty()
            ? -1
            : static_cast<std::int32_t>(std::find(plan_.columns.begin(), plan_.columns.end(), field->second.columns[0])
                                        - plan_.columns.begin());
        return cells_.refuse(column, iso(last.last), fmt::format("lies before the first day, {}", iso(out.first)),
                             "the two days may be in the wrong order");
    }
    if (last.last != out.last) {
        out.last = last.last;
        out.precision = out.first == out.last ? model::Precision::Day : model::Precision::Range;
    }
    return true;
}

bool RowRecords::refuse_negative(std::size_t slot, std::int64_t number) {
    const auto of = std::find_if(plan_.operations.begin(), plan_.operations.end(),
                                 [&](const Operation& one) { return one.slot == slot && !one.columns.empty(); });
    return cells_.refuse(of == plan_.operations.end() ? -1 : of->columns[0], std::to_string(number),
                         "is below 0, which no count is",
                         "mend the cell; if its text means absent, add it to 'nulls' of the card");
}

bool RowRecords::emit_event(const Row& row, model::Batch& batch) {
    constexpr auto slot = [](std::string_view name) consteval { return slot_of(pack::event_fields, name); };
    Days days;
    if (!range_of(slot("day"), slot("last_day"), days)) return false;
    model::Event& event = batch.events.emplace_back();
    finish_origin(event, row, days.last);
    event.first_day = days.first;
    event.last_day = days.last;
    event.precision = days.precision;
    event.kind = values_[slot("kind")].term;
    event.code = values_[slot("code")].term;
    event.place = values_[slot("place")].term;
    event.actor1 = values_[slot("actor1")].term;
    event.actor2 = values_[slot("actor2")].term;
    event.subject = values_[slot("subject")].term;
    event.latitude_microdeg = values_[slot("latitude")].number;
    event.longitude_microdeg = values_[slot("longitude")].number;
    event.cell = values_[slot("cell")].number;
    if (event.latitude_microdeg == no_int || event.longitude_microdeg == no_int) {
        event.latitude_microdeg = event.longitude_microdeg = no_int;
    } else if (event.cell == no_int) {
        event.cell = gid_of(event.latitude_microdeg, event.longitude_microdeg);
    }
    for (const std::size_t counted : {slot("low"), slot("best"), slot("high"), slot("civilians"), slot("mentions"),
                                      slot("sources"), slot("weight")}) {
        if (const std::int32_t number = values_[counted].number; number < 0 && number != no_int) {
            batch.events.pop_back();
            return refuse_negative(counted, number);
        }
    }
    event.fatalities_low = values_[slot("low")].number;
    event.fatalities_best = values_[slot("best")].number;
    event.fatalities_high = values_[slot("high")].number;
    event.fatalities_civilians = values_[slot("civilians")].number;
    event.intensity_milli = values_[slot("intensity")].number;
    event.mentions = values_[slot("mentions")].number;
    event.sources = values_[slot("sources")].number;
    if (const std::int32_t weight = values_[slot("weight")].number; weight != no_int) event.weight = weight;
    if (const std::int32_t code = values_[slot("position_precision")].number; code != no_int)
        event.position_precision = static_cast<model::PositionPrecision>(code);
    event.root = flag_of(values_[slot("root")].number);
    event.typed = flag_of(values_[slot("typed")].number);
    event.known_minute = values_[slot("known_minute")].number;
    event.likeness = likeness;
    see(days.first, days.last);
    return true;
}

bool RowRecords::measured(const MeasureOperation& measure, std::int32_t column, const Row& row, double& out) {
    std::string_view text = cells_.cell(measure, row, column);
    if (measure.lookup && (column == measure.column || column == column_)) {
        const std::string* found = pack::look_up(*measure.lookup, text);
        if (!found && !text.empty())
            return cells_.refuse(column, text,
                                 fmt::format("is not in the lookup '{}' of source '{}'", measure.lookup_name, card_.id),
                                 fmt::format("add it, or \"*\" for all others, to [lookup.{}]", measure.lookup_name));
        text = found ? std::string_view(*found) : std::string_view();
    }
    out = model::no_number;
    if (text.empty()) return true;
    std::string plain;
    const bool is_plain = card_.decimal == 0 || plain_number(text, card_.decimal, plain);
    const auto number = is_plain ? parse_number(card_.decimal == 0 ? text : plain) : std::nullopt;
    if (!number)
        return cells_.refuse(column, text, std::string(complaint(Parse::Number)),
                             "mend the cell; if its text means absent, add it to 'nulls' of the card");
    if (*number < measure.minimum)
        return cells_.refuse(
            column, text, fmt::format("is below {}, the least that this column can hold", number_text(measure.minimum)),
            "mend the cell; if its text means absent, add it to 'nulls' of the card");
    const double scaled = *number * measure.scale;
    if (!std::isfinite(scaled))
        return cells_.refuse(column, text, "is more than can be counted in the measure's unit", "mend the cell");
    out = scaled;
    return true;
}

bool RowRecords::summed(const MeasureOperation& measure, const Row& row, double& out) {
    out = model::no_number;
    for (const std::int32_t column : measure.sum) {
        double part = model::no_number;
        if (!measured(measure, column, row, part)) return false;
        if (!std::isnan(part)) out = std::isnan(out) ? part : out + part;
    }
    return true;
}

void RowRecords::weigh(std::size_t measure, std::int32_t column, const Row& row, double number) {
    Tally::Doubt& doubt = tally_.doubts[measure];
    const MeasureOperation& of = plan_.measures[measure];
    ++doubt.values;
    if (number >= of.plausible_low * of.scale && number <= of.plausible_high * of.scale) return;
    ++doubt.outside;
    if (doubt.line != 0 && doubt.line <= row.line) return;
    doubt.line = row.line;
    doubt.column = column;
    doubt.text = excerpt(cells_.cell(row, column), 80);
}

pack::Listed RowRecords::named_groups(const MeasureOperation& measure, const Row& row, Day day,
                                      model::TermId& subject) {
    if (measure.listed_column < 0) return pack::Listed::All;
    const auto named = pack::groups_named(row.cell(measure.listed_column));
    const pack::Listed listed = pack::listed_of(named, *measure.listed, day);
    if (listed == pack::Listed::All) subject = terms_.id_of("subject", join(named, "|"));
    return listed;
}

bool RowRecords::emit_observations(const Row& row, model::Batch& batch) {
    constexpr auto slot = [](std::string_view name) consteval { return slot_of(pack::observation_fields, name); };
    Days days;
    return range_of(slot("day"), slot("last_day"), days) && add_observations(days, row, Absent::Kept, batch);
}

bool RowRecords::emit_wide(const WideColumn& wide, const Row& row, std::uint64_t identity, std::uint64_t content,
                           Absent absent, model::Batch& batch) {
    identity_ = identity;
    content_ = content;
    column_ = wide.column;
    constexpr std::size_t day = slot_of(pack::observation_fields, "day");
    if (!cells_.cell(row, wide.column).empty() && (!known_in_time() || !in_time(day, wide.days.first))) return false;
    return add_observations(wide.days, row, absent, batch);
}

bool RowRecords::add_observations(Days days, const Row& row, Absent absent, model::Batch& batch) {
    constexpr auto slot = [](std::string_view name) consteval { return slot_of(pack::observation_fields, name); };
    model::Observation one;
    finish_origin(one, row, days.last);
    one.first_day = days.first;
    one.last_day = days.last;
    one.place = values_[slot("place")].term;
    one.subject = values_[slot("subject")].term;
    const std::size_t before = batch.observations.size();
    const bool is_running = card_.coverage.leaves_running_out && plan_.vintage != no_day && days.last >= plan_.vintage;
    for (std::size_t i = 0; i < plan_.measures.size(); ++i) {
        if (cells_.aside || is_running) break;
        const MeasureOperation& measure = plan_.measures[i];
        if (measure.when_column >= 0
            && (measure.when_column >= row.columns || trimmed(row.cell(measure.when_column)) != measure.when_value))
            continue;
        one.subject = values_[slot("subject")].term;
        const pack::Listed listed = named_groups(measure, row, days.last, one.subject);
        if (listed == pack::Listed::Some) continue;
        const bool is_sum = !measure.sum.empty();
        const std::int32_t column = is_sum  ? measure.sum.front()
            : measure.column == wide_column ? column_
                                            : measure.column;
        const bool is_good = is_sum ? summed(measure, row, one.value) : measured(measure, column, row, one.value);
        if (!is_good || !measured(measure, measure.low, row, one.low)
            || !measured(measure, measure.high, row, one.high))
            return false;
        if (std::isnan(one.value)) continue;
        if (listed == pack::Listed::None) one.value = one.low = one.high = 0;
        weigh(i, column, row, one.value);
        one.measure =
            measure.id_column < 0 ? measure.measure : terms_.id_of("measure", cells_.cell(row, measure.id_column));
        batch.observations.push_back(one);
    }
    if (batch.observations.size() == before) {
        if (absent == Absent::Skipped) return true;
        one.measure = plan_.first_measure;  // a row without a value is a row all the same
        one.value = one.low = one.high = model::no_number;
        batch.observations.push_back(one);
    }
    see(days.first, days.last);
    return true;
}

bool RowRecords::emit_actions(const Row& row, model::Batch& batch) {
    constexpr auto slot = [](std::string_view name) consteval { return slot_of(pack::action_fields, name); };
    model::Action one;
    one.instrument = values_[slot("instrument")].term;
    one.participant = values_[slot("participant")].term;
    const auto add = [&](model::TermId act, Day day) {
        if (!in_time(slot("day"), day)) return false;
        one.act = act;
        one.day = day;
        finish_origin(one, row, day);
        batch.actions.push_back(one);
        see(day, day);
        return true;
    };
    if (!plan_.acts_by_heading) return add(values_[slot("act")].term, values_[slot("day")].days.first);
    const std::size_t before = batch.actions.size();
    const auto refuse_cell = [&](std::int32_t column, std::string_view text) {
        return cells_.refuse(column, text, std::string(complaint(Parse::UntcAction)),
                             "compare it with the column's heading");
    };
    for (const ActColumn& column : plan_.acts) {
        const std::string_view text = cells_.cell(row, column.column);
        if (text.empty()) continue;
        column_ = column.column;
        ActCell act;
        if (!parse_act_cell(text, act)) return refuse_cell(column.column, text);
        if (act.letter.empty()) {
            if (column.bare == model::no_term) return refuse_cell(column.column, text);
            if (!add(column.bare, act.day)) return false;
            continue;
        }
        const auto found = std::find_if(column.letters.begin(), column.letters.end(),
                                        [&](const auto& known) { return known.first == act.letter; });
        if (found == column.letters.end()) return refuse_cell(column.column, text);
        if (found->second != model::no_term && !add(found->second, act.day)) return false;
    }
    if (batch.actions.size() == before) return add(model::no_term, no_day);  // listed, and no act is dated
    return true;
}

bool RowRecords::emit_vote(const Row& row, model::Batch& batch) {
    constexpr auto slot = [](std::string_view name) consteval { return slot_of(pack::vote_fields, name); };
    model::Vote& vote = batch.votes.emplace_back();
    finish_origin(vote, row, no_day);
    vote.roll_call = cells_.aside ? no_int : values_[slot("roll_call")].number;  // of no roll call, of no figure
    vote.voter = values_[slot("voter")].term;
    vote.ballot = static_cast<model::Ballot>(values_[slot("ballot")].number);
    return true;
}

bool RowRecords::emit_roll_call(const Row& row, model::Batch& batch) {
    constexpr auto slot = [](std::string_view name) consteval { return slot_of(pack::roll_call_fields, name); };
    const Days& days = values_[slot("day")].days;
    if (!in_time(slot("day"), days.first)) return false;
    model::RollCall& call = batch.roll_calls.emplace_back();
    finish_origin(call, row, days.last);
    call.roll_call = values_[slot("roll_call")].number;
    call.session = values_[slot("session")].number;
    call.day = days.first;
    call.resolution = values_[slot("resolution")].term;
    call.issue = values_[slot("issue")].term;
    call.important = values_[slot("important")].number;
    see(days.first, days.last);
    return true;
}

bool RowRecords::emit_designation(const Row& row, model::Batch& batch) {
    constexpr auto slot = [](std::string_view name) consteval { return slot_of(pack::designation_fields, name); };
    const Days& days = values_[slot("day")].days;
    if (!in_time(slot("day"), days.first) || !in_time(slot("updated"), values_[slot("updated")].days.first))
        return false;
    model::Designation& designation = batch.designations.emplace_back();
    finish_origin(designation, row, days.last);
    designation.list = values_[slot("list")].term;
    designation.regime = values_[slot("regime")].term;
    designation.type = values_[slot("type")].term;
    designation.reference = values_[slot("reference")].term;
    designation.day = days.first;
    designation.updated = values_[slot("updated")].days.first;
    see(days.first, days.last);
    return true;
}

}  // namespace icosa::ingest
