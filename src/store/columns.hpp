/// The columns of the big tables, one list a record kind: the tables, the feed and the exports are all made from it.
#pragma once

#include <duckdb.h>

#include <span>
#include <string_view>

#include "model/record.hpp"

namespace icosa::store {

/// One column: how it is named and typed, and how its rows from `offset` on are filled from records.
template <class Record> struct RecordColumn {
    const char* name;
    const char* sql_type;
    duckdb_type type;
    void (*fill)(std::span<const Record> records, duckdb_vector out, std::size_t offset);
};

/// In the order of the table, after its first column `file`. `identity` and `content` are the last two.
[[nodiscard]] std::span<const RecordColumn<model::Event>> columns_of(const model::Event*);
[[nodiscard]] std::span<const RecordColumn<model::Observation>> columns_of(const model::Observation*);
[[nodiscard]] std::span<const RecordColumn<model::Action>> columns_of(const model::Action*);
[[nodiscard]] std::span<const RecordColumn<model::Vote>> columns_of(const model::Vote*);
[[nodiscard]] std::span<const RecordColumn<model::RollCall>> columns_of(const model::RollCall*);
[[nodiscard]] std::span<const RecordColumn<model::Designation>> columns_of(const model::Designation*);

/// The base table of a record kind: "event_row".
[[nodiscard]] std::string_view table_of(model::RecordKind kind);

/// Calls `use` with a null pointer of the record type of a kind, so that generic code can be chosen by it.
template <class Use> decltype(auto) with_record(model::RecordKind kind, Use&& use) {
    switch (kind) {
        case model::RecordKind::Observation: return use(static_cast<const model::Observation*>(nullptr));
        case model::RecordKind::Action: return use(static_cast<const model::Action*>(nullptr));
        case model::RecordKind::Vote: return use(static_cast<const model::Vote*>(nullptr));
        case model::RecordKind::RollCall: return use(static_cast<const model::RollCall*>(nullptr));
        case model::RecordKind::Designation: return use(static_cast<const model::Designation*>(nullptr));
        case model::RecordKind::Event: break;
    }
    return use(static_cast<const model::Event*>(nullptr));
}

[[nodiscard]] inline const std::vector<model::Event>& records_of(const model::Batch& batch, const model::Event*) {
    return batch.events;
}
[[nodiscard]] inline const std::vector<model::Observation>& records_of(const model::Batch& batch,
                                                                       const model::Observation*) {
    return batch.observations;
}
[[nodiscard]] inline const std::vector<model::Action>& records_of(const model::Batch& batch, const model::Action*) {
    return batch.actions;
}
[[nodiscard]] inline const std::vector<model::Vote>& records_of(const model::Batch& batch, const model::Vote*) {
    return batch.votes;
}
[[nodiscard]] inline const std::vector<model::RollCall>& records_of(const model::Batch& batch, const model::RollCall*) {
    return batch.roll_calls;
}
[[nodiscard]] inline const std::vector<model::Designation>& records_of(const model::Batch& batch,
                                                                       const model::Designation*) {
    return batch.designations;
}

}  // namespace icosa::store
