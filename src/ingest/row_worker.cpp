/// The inner loop of ingest: a row's cells to values, values to records.
#include "ingest/row_worker.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <utility>

#include <fmt/format.h>

#include "base/hash.hpp"
#include "base/prio_grid.hpp"
#include "base/text.hpp"

namespace icosa::ingest {
namespace {

using model::no_int;
using pack::FieldValue;
using pack::Parse;

constexpr std::size_t cache_limit = 1u << 15;

bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
    return text;
}

/// Takes back what a refused row had given already.
void roll_back(model::Batch& batch, model::RecordKind kind, std::size_t size) {
    switch (kind) {
        case model::RecordKind::Event: return batch.events.resize(size);
        case model::RecordKind::Observation: return batch.observations.resize(size);
        case model::RecordKind::Action: return batch.actions.resize(size);
        case model::RecordKind::Vote: return batch.votes.resize(size);
        case model::RecordKind::RollCall: return batch.roll_calls.resize(size);
        case model::RecordKind::Designation: return batch.designations.resize(size);
    }
}

bool fits_32(std::int64_t number) { return number > no_int && number <= std::numeric_limits<std::int32_t>::max(); }

}  // namespace

/// Texts of up to eight bytes and of one size have one key only when they are equal.
std::uint64_t TermCache::key_of(std::string_view text) {
    const std::size_t size = text.size();
    const auto byte = [&](std::size_t i) { return static_cast<std::uint64_t>(static_cast<unsigned char>(text[i])); };
    if (size > short_text) return hash64(text);
    if (size >= 4) {
        std::uint32_t head = 0, tail = 0;
        std::memcpy(&head, text.data(), 4);
        std::memcpy(&tail, text.data() + size - 4, 4);
        return std::uint64_t{tail} << 32 | head;
    }
    return size == 0 ? 0 : byte(0) | byte(size / 2) << 8 | byte(size - 1) << 16;
}

model::TermId TermCache::find(std::string_view text) const {
    const std::uint64_t key = key_of(text);
    const std::size_t mask = entries_.size() - 1;
    for (std::size_t i = slot_of(key);; i = (i + 1) & mask) {
        const Entry& entry = entries_[i];
        if (entry.term == unknown || is(entry, key, text)) return entry.term;
    }
}

void TermCache::put(std::string_view text, model::TermId term) {
    if (used_ >= cache_limit || longer_bytes_ > (8u << 20)) *this = {};
    if (used_ * 2 >= entries_.size()) {
        const std::vector<Entry> smaller = std::exchange(entries_, std::vector<Entry>(entries_.size() * 2));
        for (const Entry& entry : smaller) {
            if (entry.term != unknown) place(entry);
        }
    }
    std::size_t size = text.size();
    if (size > short_text) {
        longer_.emplace_back(text);
        longer_bytes_ += size;
        size = short_text + longer_.size();
    }
    place({key_of(text), static_cast<std::uint32_t>(size), term});
    ++used_;
}

void TermCache::place(const Entry& entry) {
    const std::size_t mask = entries_.size() - 1;
    std::size_t i = slot_of(entry.key);
    while (entries_[i].term != unknown) i = (i + 1) & mask;
    entries_[i] = entry;
}

RowWorker::RowWorker(const Plan& plan, model::TermTable& terms, std::uint64_t identity_seed, Level level)
    : plan_(plan),
      card_(*plan.card),
      terms_(terms),
      identity_seed_(identity_seed),
      own_columns_(static_cast<std::uint32_t>(plan.columns.size())),
      reader_({card_.delimiter, card_.quoted}, static_cast<std::int32_t>(plan.columns.size()), level),
      caches_(plan.operations.size() + plan.companion_operations.size()),
      day_memos_(caches_.size()) {}

std::string_view RowWorker::cell(const Row& row, std::int32_t column) const {
    std::string_view text;
    if (static_cast<std::uint32_t>(column) < own_columns_) [[likely]] {
        if (column >= row.columns) return text;
        text = trimmed(row.cell(column));
    } else if (column >= 0 && companion_) {
        text = (*companion_)[static_cast<std::size_t>(column) - own_columns_];
    }
    return (plan_.null_lengths >> std::min<std::size_t>(text.size(), 63) & 1) != 0 && means_absent(text)
        ? std::string_view()
        : text;
}

bool RowWorker::means_absent(std::string_view text) const {
    return !text.empty() && std::find(plan_.nulls.begin(), plan_.nulls.end(), text) != plan_.nulls.end();
}

Result<void> RowWorker::read(const Chunk& from, const std::string& path, model::Batch& batch,
                             std::vector<model::Reject>& rejects) {
    std::string_view text = from.text;
    if (from.has_high) {
        if (card_.encoding == "latin-1") {
            transcoded_ = latin1_to_utf8(text);
            const std::size_t size = transcoded_.size();
            transcoded_.append(scan_padding, '\0');
            text = std::string_view(transcoded_).substr(0, size);
        } else if (const std::size_t bad = first_invalid(text); bad != std::string_view::npos) {
            const std::string_view before = text.substr(0, bad);
            const auto start = before.rfind('\n');
            const Where where{path, static_cast<int>(from.first_line + std::count(before.begin(), before.end(), '\n')),
                              static_cast<int>(bad - (start == std::string_view::npos ? 0 : start + 1)) + 1};
            return fail(
                Fault::Data, "wrong-encoding", where,
                fmt::format("byte 0x{:02X} is not UTF-8, the encoding of source '{}'",
                            static_cast<unsigned char>(text[bad]), card_.id),
                fmt::format(
                    "save the file as UTF-8, or, if it is Latin-1, set encoding = \"latin-1\" in the card of '{}'",
                    card_.id));
        }
    }
    reader_.start(text, from.first_line);
    bool is_header = from.number == 0 && plan_.has_header;
    tag_rows_may_come_ = from.number == 0 && !card_.skip_rows_with.empty();
    for (Row row; reader_.next(row);) {
        if (is_header) {
            is_header = !card_.preamble.empty() && row.record.starts_with(card_.preamble);
            continue;
        }
        if (tag_rows_may_come_) {
            bool is_tag = false;
            for (std::int32_t i = 0; i < std::min(row.columns, static_cast<std::int32_t>(plan_.columns.size())); ++i)
                is_tag |= trimmed(row.cell(i)).starts_with(card_.skip_rows_with);
            if (is_tag) continue;
            tag_rows_may_come_ = false;
        }
        ++tally.rows;
        if (read_row(row, batch)) continue;
        ++tally.rejected;
        model::Reject reject;
        reject.line = static_cast<std::int32_t>(row.line);
        reject.column = fault_.column + 1;
        const auto column = static_cast<std::size_t>(fault_.column);
        if (fault_.column < 0) reject.field = "row";
        else if (column < plan_.columns.size())
            reject.field = plan_.columns[column].empty() ? fmt::format("column {}", column + 1) : plan_.columns[column];
        else reject.field = "companion";
        reject.text = std::move(fault_.text);
        reject.problem = std::move(fault_.problem);
        reject.cure = std::move(fault_.cure);
        rejects.push_back(std::move(reject));
    }
    return {};
}

bool RowWorker::refuse(std::int32_t column, std::string_view text, std::string problem, std::string cure) {
    fault_ = {column, excerpt(text, 80), std::move(problem), std::move(cure)};
    return false;
}

bool RowWorker::refuse_text(const Operation& operation, std::int32_t column, std::string_view text) {
    if (operation.lookup && operation.parse == Parse::Text) {
        return refuse(column, text,
                      fmt::format("is not in the lookup '{}' of source '{}'", operation.lookup_name, card_.id),
                      fmt::format("add it, or \"*\" for all others, to [lookup.{}]", operation.lookup_name));
    }
    return refuse(column, text, std::string(complaint(operation.parse)),
                  "mend the cell; if its text means absent, add it to 'nulls' of the card");
}

bool RowWorker::lacks(const Operation& operation) {
    return refuse(operation.columns.empty() ? -1 : operation.columns[0], "", "is empty, and every record needs it",
                  "fill it in, or take the row out");
}

std::string_view RowWorker::text_of(const Operation& operation, const Row& row, bool& known) {
    std::string_view text = cell(row, operation.columns[0]);
    if (!operation.before.empty()) text = trimmed(text.substr(0, text.find(operation.before)));
    known = true;
    if (operation.lookup) {
        const std::string* found = pack::look_up(*operation.lookup, text);
        known = found || text.empty();
        return found ? std::string_view(*found) : std::string_view();
    }
    return text;
}

bool RowWorker::read_row(const Row& row, model::Batch& batch) {
    if (row.columns < plan_.minimum_columns) {
        return refuse(-1, row.record,
                      fmt::format("the row has {} column(s), {} are needed", row.columns, plan_.minimum_columns),
                      "the row may be cut off, or a quote or delimiter in it be wrong");
    }
    if (row.columns > static_cast<std::int32_t>(plan_.columns.size())) {
        return refuse(-1, row.record,
                      fmt::format("the row has {} columns, the file has {}", row.columns, plan_.columns.size()),
                      "a cell with a delimiter in it may lack its quotes");
    }
    std::copy(std::begin(plan_.blank), std::end(plan_.blank), std::begin(values_));
    companion_ = nullptr;
    if (!run(plan_.operations, 0, row)) return false;

    content_ = plan_.content.empty() ? hash64(row.record) : hash_of(plan_.content, row, 0);
    identity_ = plan_.identity.empty()
        ? hash64({reinterpret_cast<const char*>(&row.line), sizeof row.line}, identity_seed_)
        : hash_of(plan_.identity, row, identity_seed_);

    const std::size_t before = batch.size();
    if (plan_.companion) {
        const auto found = plan_.companion->rows.find(std::string(cell(row, plan_.companion->key_column)));
        if (found != plan_.companion->rows.end()) {
            for (const auto& cells : found->second) {
                companion_ = &cells;
                for (const Operation& one : plan_.companion_operations) values_[one.slot] = plan_.blank[one.slot];
                if (!run(plan_.companion_operations, plan_.operations.size(), row) || !emit(row, batch)) {
                    roll_back(batch, card_.record, before);
                    return false;
                }
            }
        }
    }
    if (batch.size() == before && !emit(row, batch)) {
        roll_back(batch, card_.record, before);
        return false;
    }
    tally.records += static_cast<std::int64_t>(batch.size() - before);
    if (plan_.collects_places) {
        if (const model::TermId place = values_[plan_.places_slot].term; place != model::no_term)
            tally.places.insert(place);
    }
    return true;
}

std::uint64_t RowWorker::hash_of(const std::vector<IdentityPart>& parts, const Row& row, std::uint64_t seed) {
    scratch_.clear();
    for (const IdentityPart& part : parts) {
        if (part.column < 0) scratch_ += part.text;
        else if (part.column < row.columns) scratch_ += trimmed(row.cell(part.column));
        scratch_ += '\x1f';
    }
    return hash64(scratch_, seed);
}

bool RowWorker::run(const std::vector<Operation>& operations, std::size_t first_cache, const Row& row) {
    for (std::size_t i = 0; i < operations.size(); ++i) {
        if (!run_one(operations[i], first_cache + i, row)) return false;
    }
    return true;
}

bool RowWorker::run_one(const Operation& operation, std::size_t cache, const Row& row) {
    switch (operation.value) {
        case FieldValue::Code:
        case FieldValue::Acts: return read_term(operation, cache, row);
        case FieldValue::Days: return read_days(operation, cache, row);
        case FieldValue::Whole:
        case FieldValue::Milli: return read_number(operation, row);
        case FieldValue::Degrees: {
            bool known = true;
            const std::string_view text = text_of(operation, row, known);
            if (text.empty())
                return known && !operation.required ? true
                    : known                         ? lacks(operation)
                            : refuse_text(operation, operation.columns[0], cell(row, operation.columns[0]));
            if (parse_degrees(text, operation.parse == Parse::Latitude ? 90 : 180, values_[operation.slot].number))
                return true;
            return refuse_text(operation, operation.columns[0], text);
        }
        case FieldValue::Position: {
            bool known = true;
            const std::string_view text = text_of(operation, row, known);
            if (text.empty()) return !operation.required || lacks(operation);
            if (parse_degree_minute(text, values_[operation.slot].number, values_[operation.other_slot].number))
                return true;
            return refuse_text(operation, operation.columns[0], text);
        }
        case FieldValue::Ballot: {
            bool known = true;
            const std::string_view text = text_of(operation, row, known);
            if (text.empty() && known) return lacks(operation);
            model::Ballot ballot{};
            if (!known || !parse_ballot(text, ballot)) {
                const std::string_view given = cell(row, operation.columns[0]);
                return operation.lookup
                    ? refuse_text(operation, operation.columns[0], given)
                    : refuse(operation.columns[0], given, "is none of yes, no, abstain, absent, not-member",
                             "add a lookup to the card");
            }
            values_[operation.slot].number = static_cast<std::int32_t>(ballot);
            return true;
        }
    }
    return true;
}

bool RowWorker::read_term(const Operation& operation, std::size_t cache, const Row& row) {
    std::string_view raw;
    if (operation.columns.size() == 1) {
        raw = cell(row, operation.columns[0]);
    } else {
        scratch_.clear();
        bool any = false;
        for (std::size_t i = 0; i < operation.columns.size(); ++i) {
            if (i > 0) scratch_ += '|';
            const std::string_view part = cell(row, operation.columns[i]);
            any |= !part.empty();
            scratch_ += part;
        }
        if (any) raw = scratch_;
    }
    if (raw.empty() && !operation.lookup) return operation.required ? lacks(operation) : true;
    model::TermId term = caches_[cache].find(raw);
    if (term == TermCache::unknown) {
        std::string_view text = raw;
        if (!operation.before.empty()) text = trimmed(text.substr(0, text.find(operation.before)));
        bool known = true;
        if (operation.lookup) {
            const std::string* found = pack::look_up(*operation.lookup, text);
            known = found || text.empty();
            text = found ? std::string_view(*found) : std::string_view();
        }
        std::string whole;
        std::int64_t number = 0;
        std::string_view system = operation.system;
        if (!text.empty() && operation.parse == Parse::Coded) {
            const auto colon = text.find(':');
            known = colon != std::string_view::npos && colon > 0;
            system = text.substr(0, colon);
            text = known ? text.substr(colon + 1) : text;
        } else if (!text.empty() && operation.parse != Parse::Text) {
            known = parse_whole(text, number);
            text = whole = std::to_string(number);
        }
        term = !known ? TermCache::refused : text.empty() ? model::no_term : terms_.id_of(system, text);
        caches_[cache].put(raw, term);
    }
    if (term == TermCache::refused) return refuse_text(operation, operation.columns[0], raw);
    if (term == model::no_term && operation.required) return lacks(operation);
    values_[operation.slot].term = term;
    return true;
}

bool RowWorker::read_days(const Operation& operation, std::size_t cache, const Row& row) {
    Days& out = values_[operation.slot].days;
    if (operation.parse == Parse::YearMonthDay) {
        const std::string_view year = cell(row, operation.columns[0]);
        if (year.empty()) return operation.required ? lacks(operation) : true;
        if (parse_year_month_day(year, cell(row, operation.columns[1]), cell(row, operation.columns[2]), out)
            || operation.lenient)
            return true;
        return refuse_text(
            operation, operation.columns[0],
            fmt::format("{}-{}-{}", year, cell(row, operation.columns[1]), cell(row, operation.columns[2])));
    }
    if (operation.lookup || !operation.before.empty()) {
        bool known = true;
        const std::string_view text = text_of(operation, row, known);
        if (text.empty() && known) return operation.required ? lacks(operation) : true;
        if ((known && parse_days(operation.parse, text, card_.epoch, out)) || operation.lenient) return true;
        return refuse_text(operation, operation.columns[0], cell(row, operation.columns[0]));
    }
    const std::string_view text = cell(row, operation.columns[0]);
    if (text.empty()) return operation.required ? lacks(operation) : true;
    DayMemo& memo = day_memos_[cache];
    if (text.size() == memo.size && std::memcmp(text.data(), memo.text, memo.size) == 0) {
        out = memo.days;
        return true;
    }
    Days days;
    if (!parse_days(operation.parse, text, card_.epoch, days))
        return operation.lenient || refuse_text(operation, operation.columns[0], text);
    out = days;
    if (text.size() <= sizeof memo.text) {
        std::memcpy(memo.text, text.data(), text.size());
        memo.size = text.size();
        memo.days = days;
    }
    return true;
}

bool RowWorker::days_between(const Operation& operation, const Row& row, std::int64_t& out, bool& absent) {
    const std::size_t half = operation.columns.size() / 2;
    Days ends[2];
    absent = false;
    for (std::size_t i = 0; i < operation.columns.size(); ++i) absent |= cell(row, operation.columns[i]).empty();
    if (absent) return true;
    for (std::size_t i = 0; i < 2; ++i) {
        const std::int32_t* of = operation.columns.data() + i * half;
        const bool good = half == 1
            ? parse_days(Parse::Date, cell(row, of[0]), no_day, ends[i])
            : parse_year_month_day(cell(row, of[0]), cell(row, of[1]), cell(row, of[2]), ends[i]);
        if (good) continue;
        std::string text(cell(row, of[0]));
        for (std::size_t part = 1; part < half; ++part) text += "-" + std::string(cell(row, of[part]));
        return refuse_text(operation, of[0], text);
    }
    out = ends[1].first - ends[0].first;
    return true;
}

bool RowWorker::read_number(const Operation& operation, const Row& row) {
    std::int64_t number = 0;
    if (operation.parse == Parse::DaysBetween) {
        bool absent = false;
        if (!days_between(operation, row, number, absent)) return false;
        if (absent) return operation.required ? lacks(operation) : true;
        if (operation.value == FieldValue::Milli) number *= 1000;
    } else {
        bool known = true;
        const std::string_view text = text_of(operation, row, known);
        if (text.empty() && known) return operation.required ? lacks(operation) : true;
        bool good = known;
        const bool milli = operation.value == FieldValue::Milli;
        if (operation.parse == Parse::YesNo) {
            good = good && parse_yes_no(text, number);
            if (milli) number *= 1000;
        } else if (operation.parse == Parse::ListLength) {
            good = good && parse_list_length(text, number);
        } else if (operation.scale != 1) {
            const auto value = parse_number(text);
            const double scaled = value.value_or(0) * operation.scale * (milli ? 1000 : 1);
            good = good && value && std::abs(scaled) < 4e9;
            if (good) number = std::llround(scaled);
        } else if (milli) {
            good = good && parse_fixed(text, 3, number);
        } else if (operation.parse == Parse::Number) {
            good = good && parse_fixed(text, 0, number);
        } else {
            good = good && parse_whole(text, number);
        }
        if (!good) return refuse_text(operation, operation.columns[0], cell(row, operation.columns[0]));
    }
    if (!fits_32(number)) {
        return refuse(operation.columns[0], cell(row, operation.columns[0]),
                      operation.value == FieldValue::Milli
                          ? "is beyond two million, the most that is kept in thousandths"
                          : "is beyond 2147483647, the most that is kept",
                      "mend the cell, or set a scale in the card");
    }
    values_[operation.slot].number = static_cast<std::int32_t>(number);
    return true;
}

void RowWorker::see(Day first, Day last) {
    if (first == no_day) return;
    if (tally.first_day == no_day || first < tally.first_day) tally.first_day = first;
    if (tally.last_day == no_day || last > tally.last_day) tally.last_day = last;
}

void RowWorker::finish_origin(model::Origin& origin, const Row& row, Day last) {
    origin.line = static_cast<std::int32_t>(row.line);
    origin.identity = identity_;
    origin.content = content_;
    static_assert(slot_of(pack::event_fields, "known") == slot_of(pack::observation_fields, "known"));
    std::size_t known = slots;
    switch (card_.record) {
        case model::RecordKind::Event:
        case model::RecordKind::Observation: known = slot_of(pack::event_fields, "known"); break;
        case model::RecordKind::Action: known = slot_of(pack::action_fields, "known"); break;
        case model::RecordKind::Vote: known = slot_of(pack::vote_fields, "known"); break;
        case model::RecordKind::RollCall: known = slot_of(pack::roll_call_fields, "known"); break;
        case model::RecordKind::Designation: known = slot_of(pack::designation_fields, "known"); break;
    }
    origin.known_day = values_[known].days.last;
    if (origin.known_day == no_day && last != no_day) origin.known_day = last + card_.publication_lag_days;
    if (plan_.vintage != no_day && origin.known_day > plan_.vintage)
        origin.known_day = plan_.vintage;  // an edition knows what it says
}

bool RowWorker::range_of(std::size_t day_slot, std::size_t last_slot, Days& out) {
    out = values_[day_slot].days;
    const Days& last = values_[last_slot].days;
    if (last.last == no_day) return true;
    if (last.last < out.first) {
        const auto field = card_.map.find("last_day");
        const std::int32_t column = field == card_.map.end() || field->second.columns.empty()
            ? -1
            : static_cast<std::int32_t>(std::find(plan_.columns.begin(), plan_.columns.end(), field->second.columns[0])
                                        - plan_.columns.begin());
        return refuse(column, iso(last.last), fmt::format("lies before the first day, {}", iso(out.first)),
                      "the two days may be in the wrong order");
    }
    if (last.last != out.last) {
        out.last = last.last;
        out.precision = out.first == out.last ? model::Precision::Day : model::Precision::Range;
    }
    return true;
}

bool RowWorker::emit(const Row& row, model::Batch& batch) {
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

bool RowWorker::refuse_negative(std::size_t slot, std::int64_t number) {
    const auto of = std::find_if(plan_.operations.begin(), plan_.operations.end(),
                                 [&](const Operation& one) { return one.slot == slot && !one.columns.empty(); });
    return refuse(of == plan_.operations.end() ? -1 : of->columns[0], std::to_string(number),
                  "is below 0, which no count is",
                  "mend the cell; if its text means absent, add it to 'nulls' of the card");
}

bool RowWorker::emit_event(const Row& row, model::Batch& batch) {
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
    for (const std::size_t counted :
         {slot("low"), slot("best"), slot("high"), slot("mentions"), slot("sources"), slot("weight")}) {
        if (const std::int32_t number = values_[counted].number; number < 0 && number != no_int) {
            batch.events.pop_back();
            return refuse_negative(counted, number);
        }
    }
    event.fatalities_low = values_[slot("low")].number;
    event.fatalities_best = values_[slot("best")].number;
    event.fatalities_high = values_[slot("high")].number;
    event.intensity_milli = values_[slot("intensity")].number;
    event.mentions = values_[slot("mentions")].number;
    event.sources = values_[slot("sources")].number;
    if (const std::int32_t weight = values_[slot("weight")].number; weight != no_int) event.weight = weight;
    see(days.first, days.last);
    return true;
}

bool RowWorker::measured(const MeasureOperation& measure, std::int32_t column, const Row& row, double& out) {
    std::string_view text = cell(row, column);
    if (measure.lookup && column == measure.column) {
        const std::string* found = pack::look_up(*measure.lookup, text);
        if (!found && !text.empty())
            return refuse(column, text,
                          fmt::format("is not in the lookup '{}' of source '{}'", measure.lookup_name, card_.id),
                          fmt::format("add it, or \"*\" for all others, to [lookup.{}]", measure.lookup_name));
        text = found ? std::string_view(*found) : std::string_view();
    }
    out = model::no_number;
    if (text.empty()) return true;
    const auto number = parse_number(text);
    if (!number)
        return refuse(column, text, std::string(complaint(Parse::Number)),
                      "mend the cell; if its text means absent, add it to 'nulls' of the card");
    if (*number < measure.minimum)
        return refuse(column, text,
                      fmt::format("is below {}, the least that this column can hold", number_text(measure.minimum)),
                      "mend the cell; if its text means absent, add it to 'nulls' of the card");
    const double scaled = *number * measure.scale;
    if (!std::isfinite(scaled))
        return refuse(column, text, "is more than can be counted in the measure's unit", "mend the cell");
    out = scaled;
    return true;
}

bool RowWorker::emit_observations(const Row& row, model::Batch& batch) {
    constexpr auto slot = [](std::string_view name) consteval { return slot_of(pack::observation_fields, name); };
    Days days;
    if (!range_of(slot("day"), slot("last_day"), days)) return false;
    model::Observation one;
    finish_origin(one, row, days.last);
    one.first_day = days.first;
    one.last_day = days.last;
    one.place = values_[slot("place")].term;
    one.subject = values_[slot("subject")].term;
    const std::size_t before = batch.observations.size();
    for (const MeasureOperation& measure : plan_.measures) {
        if (measure.when_column >= 0
            && (measure.when_column >= row.columns || trimmed(row.cell(measure.when_column)) != measure.when_value))
            continue;
        if (!measured(measure, measure.column, row, one.value) || !measured(measure, measure.low, row, one.low)
            || !measured(measure, measure.high, row, one.high))
            return false;
        if (std::isnan(one.value)) continue;
        one.measure = measure.id_column < 0 ? measure.measure : terms_.id_of("measure", cell(row, measure.id_column));
        batch.observations.push_back(one);
    }
    if (batch.observations.size() == before) {  // a row without a value is a row all the same
        one.measure = plan_.first_measure;
        one.value = one.low = one.high = model::no_number;
        batch.observations.push_back(one);
    }
    see(days.first, days.last);
    return true;
}

bool RowWorker::emit_actions(const Row& row, model::Batch& batch) {
    constexpr auto slot = [](std::string_view name) consteval { return slot_of(pack::action_fields, name); };
    model::Action one;
    one.instrument = values_[slot("instrument")].term;
    one.participant = values_[slot("participant")].term;
    const auto add = [&](model::TermId act, Day day) {
        one.act = act;
        one.day = day;
        finish_origin(one, row, day);
        batch.actions.push_back(one);
        see(day, day);
    };
    if (!plan_.acts_by_heading) {
        add(values_[slot("act")].term, values_[slot("day")].days.first);
        return true;
    }
    const std::size_t before = batch.actions.size();
    const auto refuse_cell = [&](std::int32_t column, std::string_view text) {
        return refuse(column, text, std::string(complaint(Parse::UntcAction)), "compare it with the column's heading");
    };
    for (const ActColumn& column : plan_.acts) {
        const std::string_view text = cell(row, column.column);
        if (text.empty()) continue;
        ActCell act;
        if (!parse_act_cell(text, act)) return refuse_cell(column.column, text);
        if (act.letter.empty()) {
            if (column.bare == model::no_term) return refuse_cell(column.column, text);
            add(column.bare, act.day);
            continue;
        }
        const auto found = std::find_if(column.letters.begin(), column.letters.end(),
                                        [&](const auto& known) { return known.first == act.letter; });
        if (found == column.letters.end()) return refuse_cell(column.column, text);
        if (found->second != model::no_term) add(found->second, act.day);
    }
    if (batch.actions.size() == before) add(model::no_term, no_day);  // listed, and no act is dated
    return true;
}

bool RowWorker::emit_vote(const Row& row, model::Batch& batch) {
    constexpr auto slot = [](std::string_view name) consteval { return slot_of(pack::vote_fields, name); };
    model::Vote& vote = batch.votes.emplace_back();
    finish_origin(vote, row, no_day);
    vote.roll_call = values_[slot("roll_call")].number;
    vote.voter = values_[slot("voter")].term;
    vote.ballot = static_cast<model::Ballot>(values_[slot("ballot")].number);
    return true;
}

bool RowWorker::emit_roll_call(const Row& row, model::Batch& batch) {
    constexpr auto slot = [](std::string_view name) consteval { return slot_of(pack::roll_call_fields, name); };
    const Days& days = values_[slot("day")].days;
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

bool RowWorker::emit_designation(const Row& row, model::Batch& batch) {
    constexpr auto slot = [](std::string_view name) consteval { return slot_of(pack::designation_fields, name); };
    const Days& days = values_[slot("day")].days;
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
