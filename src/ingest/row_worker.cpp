/// The inner loop of ingest: the rows of a chunk, one after the other.
#include "ingest/row_worker.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "base/hash.hpp"
#include "base/text.hpp"
#include "ingest/formats/row_bytes.hpp"
#include "ingest/header.hpp"
#include "ingest/set_aside.hpp"
#include "model/code_key.hpp"

namespace icosa::ingest {
namespace {

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

/// The end of a text as old programs write it, no row.
bool is_end_of_text(const Row& row) { return row.record == "\x1a"; }

/// A text of an identity as model::plain_code has it; most are whole numbers as they are.
void append_plain(std::string& out, std::string_view text) {
    const bool is_plain = !text.empty() && text[0] != '0' && text[0] != '+'
        && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (is_plain) out += text;
    else out += model::plain_code(text);
}

}  // namespace

RowWorker::RowWorker(const Plan& plan, model::TermTable& terms, std::uint64_t identity_seed, Level level)
    : plan_(plan),
      card_(*plan.card),
      identity_seed_(identity_seed),
      reader_(plan.form, static_cast<std::int32_t>(plan.columns.size()), level),
      cells_(plan),
      values_(plan, terms, cells_),
      records_(plan, terms, cells_, values_.values, tally),
      details_(plan, cells_) {}

Result<std::string_view> RowWorker::utf8_of(const Chunk& from, const std::string& path) {
    std::string_view text = from.text;
    if (from.has_high) {
        if (card_.encoding == "latin-1" && plan_.part.is_plain_text()) {
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
    return text;
}

bool RowWorker::is_tag_row(const Row& row) const {
    bool is_tag = false;
    for (std::int32_t i = 0; i < std::min(row.columns, static_cast<std::int32_t>(plan_.columns.size())); ++i)
        is_tag |= trimmed(row.cell(i)).starts_with(card_.skip_rows_with);
    return is_tag;
}

bool RowWorker::is_beside_table(const Row& row) const {
    return !plan_.named.empty() && row.record[0] != broken_row_mark
        && std::all_of(plan_.named.begin(), plan_.named.end(),
                       [&](std::int32_t column) { return column >= row.columns || trimmed(row.cell(column)).empty(); });
}

Result<void> RowWorker::read(const Chunk& from, const std::string& path, model::Batch& batch,
                             std::vector<model::Reject>& rejects) {
    const std::string_view text = TRY(utf8_of(from, path));
    reader_.start(text, from.first_line);
    tag_rows_may_come_ = from.first_line <= plan_.header_line + 1 && !card_.skip_rows_with.empty();
    for (Row row; reader_.next(row);) {
        if (row.line <= plan_.header_line || is_beside_table(row) || is_end_of_text(row)) continue;
        if (tag_rows_may_come_) {
            if (is_tag_row(row)) continue;
            tag_rows_may_come_ = false;
        }
        ++tally.rows;
        if (read_row(row, batch)) {
            if (cells_.aside) rejects.push_back(set_aside_note(row));
            continue;
        }
        ++tally.rejected;
        rejects.push_back(reject_of(row));
    }
    return {};
}

model::Reject RowWorker::reject_of(const Row& row) {
    CellFault& fault = cells_.fault;
    model::Reject reject;
    reject.line = static_cast<std::int32_t>(row.line);
    reject.column = fault.column + 1;
    const auto column = static_cast<std::size_t>(fault.column);
    if (fault.column < 0) reject.field = "row";
    else if (column < plan_.columns.size())
        reject.field = plan_.columns[column].empty() ? fmt::format("column {}", column + 1) : plan_.columns[column];
    else reject.field = "companion";
    reject.text = std::move(fault.text);
    reject.problem = std::move(fault.problem);
    reject.cure = std::move(fault.cure);
    return reject;
}

/// A row that is set aside stands among the rejects with its reason, though it is stored.
model::Reject RowWorker::set_aside_note(const Row& row) {
    const std::int32_t column = cells_.aside->cells.back().column;
    const pack::SetAside& why = *cells_.aside->why;
    (void)cells_.refuse(column, cells_.cell(row, column), "is set aside, in no figure: " + why.reason,
                        fmt::format("{}, reviewed {}", why.source, iso(why.reviewed)));
    return reject_of(row);
}

bool RowWorker::has_columns(const Row& row) {
    if (!plan_.part.is_text()) {  // a sheet's last cells may be missing, and notes stand beside a table
        if (row.record[0] != broken_row_mark) return true;
        return cells_.refuse(-1, {}, std::string(row.record.substr(1)), "mend the record, or take it out");
    }
    if (row.columns < plan_.minimum_columns) {
        return cells_.refuse(-1, row.record,
                             fmt::format("the row has {} column(s), {} are needed", row.columns, plan_.minimum_columns),
                             "the row may be cut off, or a quote or delimiter in it be wrong");
    }
    if (row.columns > static_cast<std::int32_t>(plan_.columns.size())) {
        return cells_.refuse(-1, row.record,
                             fmt::format("the row has {} columns, the file has {}", row.columns, plan_.columns.size()),
                             "a cell with a delimiter in it may lack its quotes");
    }
    return true;
}

bool RowWorker::read_row(const Row& row, model::Batch& batch) {
    if (!has_columns(row)) return false;
    if (plan_.only_column >= 0) {
        if (const auto text = cells_.cell(row, plan_.only_column); !is_one_of(text, card_.only.values))
            return cells_.refuse(
                plan_.only_column, text,
                fmt::format("is none of {}, which source '{}' is about", join(card_.only.values, ", "), card_.id),
                "give the file another card with --source ID");
    }
    values_.clear();
    cells_.companion = nullptr;
    if (!values_.run(plan_.operations, 0, row)) return false;
    if (!plan_.details.empty() && !details_.read(row)) return false;
    cells_.aside = find_set_aside(plan_.set_aside, cells_, row);
    if (!plan_.likeness.empty()) records_.likeness = std::max<std::uint64_t>(1, hash_of(plan_.likeness, row, 0));
    const std::size_t before = batch.size();
    if (!emit(row, batch)) {
        roll_back(batch, card_.record, before);
        return false;
    }
    tally.records += static_cast<std::int64_t>(batch.size() - before);
    for (model::Detail& detail : details_.found) {
        detail.line = static_cast<std::int32_t>(row.line);
        batch.details.push_back(std::move(detail));
    }
    details_.found.clear();
    if (plan_.collects_places) {
        if (const model::TermId place = values_.values[plan_.places_slot].term; place != model::no_term)
            tally.places.insert(place);
    }
    return true;
}

bool RowWorker::emit(const Row& row, model::Batch& batch) {
    if (!plan_.split_operations.empty()) return emit_entries(row, batch);
    if (!plan_.wide.empty()) return emit_wide(row, batch);
    return emit_companions(row, identity_of(row), content_of(row), batch);
}

bool RowWorker::emit_companions(const Row& row, std::uint64_t identity, std::uint64_t content, model::Batch& batch) {
    const std::size_t before = batch.size();
    if (plan_.companion) {
        const auto found = plan_.companion->rows.find(std::string(cells_.cell(row, plan_.companion->key_column)));
        if (found != plan_.companion->rows.end()) {
            for (const auto& cells : found->second) {
                cells_.companion = &cells;
                values_.clear(plan_.companion_operations);
                if (!values_.run(plan_.companion_operations, plan_.operations.size(), row)
                    || !records_.emit(row, identity, content, batch))
                    return false;
            }
        }
    }
    return batch.size() > before || records_.emit(row, identity, content, batch);
}

bool RowWorker::emit_wide(const Row& row, model::Batch& batch) {
    const std::size_t before = batch.size();
    const auto emit_one = [&](const WideColumn& wide, RowRecords::Absent absent) {
        const std::uint64_t content =
            plan_.content.empty() ? hash64(cells_.cell(row, wide.column)) : hash_of(plan_.content, row, 0);
        return records_.emit_wide(wide, row, identity_of(row, wide.heading), content, absent, batch);
    };
    for (const WideColumn& wide : plan_.wide) {
        if (!emit_one(wide, RowRecords::Absent::Skipped)) return false;
    }
    return batch.size() > before || emit_one(plan_.wide.front(), RowRecords::Absent::Kept);
}

bool RowWorker::emit_entries(const Row& row, model::Batch& batch) {
    constexpr std::size_t most_records = 1000;
    std::map<std::int32_t, std::vector<std::string_view>> lists;
    std::size_t many = 1;
    for (const Operation& operation : plan_.split_operations) {
        auto [list, is_new] = lists.try_emplace(operation.columns[0]);
        if (!is_new) continue;
        for (const auto entry : split(cells_.cell(operation, row, operation.columns[0]), operation.split[0])) {
            if (const auto text = trimmed(entry); !text.empty() || list->second.empty()) list->second.push_back(text);
        }
        many *= list->second.size();
        if (many > most_records)
            return cells_.refuse(operation.columns[0], cells_.cell(row, operation.columns[0]),
                                 fmt::format("and the other lists of the row make more than {} records", most_records),
                                 "mend the row, or take 'split' out of the card");
    }
    for (std::size_t turn = 0; turn < many; ++turn) {
        values_.entries.clear();
        std::size_t rest = turn;
        for (const auto& [column, list] : lists) {
            values_.entries.emplace_back(column, list[rest % list.size()]);
            rest /= list.size();
        }
        values_.clear(plan_.split_operations);
        if (!values_.run(plan_.split_operations, plan_.operations.size() + plan_.companion_operations.size(), row)
            || !emit_companions(row, identity_of(row), content_of(row), batch))
            return false;
    }
    return true;
}

std::uint64_t RowWorker::identity_of(const Row& row, std::string_view heading) {
    return plan_.identity.empty() ? hash64({reinterpret_cast<const char*>(&row.line), sizeof row.line}, identity_seed_)
                                  : hash_of(plan_.identity, row, identity_seed_, heading);
}

std::uint64_t RowWorker::content_of(const Row& row) {
    const std::uint64_t cells = cells_hash(row);
    return details_.found.empty() ? cells : details_.hash(cells);
}

std::uint64_t RowWorker::cells_hash(const Row& row) {
    if (!plan_.content.empty()) return hash_of(plan_.content, row, 0);
    if (!plan_.identity.empty()) return hash64(row.record);
    // Nothing else tells rows apart: quotes, blanks and line ends do not make another row.
    scratch_.clear();
    for (std::int32_t i = 0; i < row.columns; ++i) scratch_.append(trimmed(row.cell(i))) += '\x1f';
    return hash64(scratch_);
}

std::uint64_t RowWorker::hash_of(const std::vector<IdentityPart>& parts, const Row& row, std::uint64_t seed,
                                 std::string_view heading) {
    scratch_.clear();
    for (const IdentityPart& part : parts) {
        if (part.column == wide_column) scratch_ += heading;
        else if (part.column < 0) scratch_ += part.text;
        else if (part.column < row.columns)
            append_plain(scratch_, values_.entry_or(part.column, trimmed(row.cell(part.column))));
        scratch_ += '\x1f';
    }
    return hash64(scratch_, seed);
}

}  // namespace icosa::ingest
