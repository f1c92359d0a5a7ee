/// The inner loop of ingest: the rows of a chunk, one after the other.
#include "ingest/row_worker.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/hash.hpp"
#include "base/text.hpp"
#include "ingest/set_aside.hpp"

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

}  // namespace

RowWorker::RowWorker(const Plan& plan, model::TermTable& terms, std::uint64_t identity_seed, Level level)
    : plan_(plan),
      card_(*plan.card),
      identity_seed_(identity_seed),
      reader_({card_.delimiter, card_.quoted}, static_cast<std::int32_t>(plan.columns.size()), level),
      cells_(plan),
      values_(plan, terms, cells_),
      records_(plan, terms, cells_, values_.values, tally) {}

Result<std::string_view> RowWorker::utf8_of(const Chunk& from, const std::string& path) {
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
    return text;
}

bool RowWorker::is_tag_row(const Row& row) const {
    bool is_tag = false;
    for (std::int32_t i = 0; i < std::min(row.columns, static_cast<std::int32_t>(plan_.columns.size())); ++i)
        is_tag |= trimmed(row.cell(i)).starts_with(card_.skip_rows_with);
    return is_tag;
}

Result<void> RowWorker::read(const Chunk& from, const std::string& path, model::Batch& batch,
                             std::vector<model::Reject>& rejects) {
    const std::string_view text = TRY(utf8_of(from, path));
    reader_.start(text, from.first_line);
    bool is_header = from.number == 0 && plan_.has_header;
    tag_rows_may_come_ = from.number == 0 && !card_.skip_rows_with.empty();
    for (Row row; reader_.next(row);) {
        if (is_header) {
            is_header = !card_.preamble.empty() && row.record.starts_with(card_.preamble);
            continue;
        }
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

bool RowWorker::read_row(const Row& row, model::Batch& batch) {
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
    values_.clear();
    cells_.companion = nullptr;
    if (!values_.run(plan_.operations, 0, row)) return false;
    cells_.aside = find_set_aside(plan_.set_aside, cells_, row);

    const std::uint64_t content = plan_.content.empty() ? hash64(row.record) : hash_of(plan_.content, row, 0);
    const std::uint64_t identity = plan_.identity.empty()
        ? hash64({reinterpret_cast<const char*>(&row.line), sizeof row.line}, identity_seed_)
        : hash_of(plan_.identity, row, identity_seed_);

    const std::size_t before = batch.size();
    if (plan_.companion) {
        const auto found = plan_.companion->rows.find(std::string(cells_.cell(row, plan_.companion->key_column)));
        if (found != plan_.companion->rows.end()) {
            for (const auto& cells : found->second) {
                cells_.companion = &cells;
                values_.clear(plan_.companion_operations);
                if (!values_.run(plan_.companion_operations, plan_.operations.size(), row)
                    || !records_.emit(row, identity, content, batch)) {
                    roll_back(batch, card_.record, before);
                    return false;
                }
            }
        }
    }
    if (batch.size() == before && !records_.emit(row, identity, content, batch)) {
        roll_back(batch, card_.record, before);
        return false;
    }
    tally.records += static_cast<std::int64_t>(batch.size() - before);
    if (plan_.collects_places) {
        if (const model::TermId place = values_.values[plan_.places_slot].term; place != model::no_term)
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

}  // namespace icosa::ingest
