/// Worker threads of DuckDB call the Pull themselves: reading, coding and compressing of a file run side by side,
/// without a queue.
#include "store/intake.hpp"

#include <algorithm>
#include <iterator>

#include "store/columns.hpp"

namespace icosa::store {

using namespace model;

struct Intake::Worker {
    Batch batch;
    std::size_t offset = 0;  ///< records of the batch that are given already
    bool ended = false;      ///< Pull has said false
    Identities identities;
    Pulled seen;
};

struct Intake::State {
    Job job;
    std::vector<std::size_t> wanted;  ///< indexes of the columns that the statement reads
    std::mutex mutex;  ///< of what follows
    std::vector<std::unique_ptr<Worker>> workers;
    std::optional<Error> error;
};

namespace {

/// A file below this size is small enough to be kept in memory as a whole, as records.
constexpr std::int64_t looked_up_bytes = 32'000'000;
constexpr std::int64_t row_bytes = 200;  ///< a guess

void widen(Pulled& seen, Day first, Day last) {
    if (first != no_day && (seen.first_day == no_day || first < seen.first_day)) seen.first_day = first;
    if (last != no_day && last > seen.last_day) seen.last_day = last;
}

void note_days(Pulled& seen, const Event& record) { widen(seen, record.first_day, record.last_day); }
void note_days(Pulled& seen, const Observation& record) { widen(seen, record.first_day, record.last_day); }
void note_days(Pulled& seen, const Action& record) { widen(seen, record.day, record.day); }
void note_days(Pulled&, const Vote&) {}
void note_days(Pulled& seen, const RollCall& record) { widen(seen, record.day, record.day); }
void note_days(Pulled& seen, const Designation& record) { widen(seen, record.day, record.day); }

void locate(Intake::Worker& worker, const Intake::Job& job, const std::vector<Event>& events) {
    for (const auto& event : events) {
        if (event.latitude_microdeg == no_int || event.longitude_microdeg == no_int) continue;
        if (event.cell != no_int && !job.locator->touches(job.source, event.cell)) continue;
        const Day day = event.last_day == no_day ? event.first_day : event.last_day;
        std::string place =
            job.locator->place_of(job.source, event.latitude_microdeg / 1e6, event.longitude_microdeg / 1e6, day);
        if (!place.empty()) worker.seen.located.push_back({event.line, event.cell, std::move(place)});
    }
}

/// A row's records follow each other within one batch, so a change of line is a new row.
template <class Record> void note(Intake::Worker& worker, const Intake::Job& job, const std::vector<Record>& records) {
    std::int32_t line = -1;
    for (const auto& record : records) {
        note_days(worker.seen, record);
        if (record.known_day > worker.seen.newest_known_day) worker.seen.newest_known_day = record.known_day;
        if (record.line == line) continue;
        line = record.line;
        ++worker.seen.rows;
        if (job.has_identity) worker.identities.add(record.identity);
    }
    worker.seen.records += static_cast<std::int64_t>(records.size());
    if constexpr (std::is_same_v<Record, Event>) {
        if (job.locator != nullptr) locate(worker, job, records);
    }
}

/// The callbacks that DuckDB calls; extra_info is the Intake's state.
template <class Record, class IntakeState> struct Feed {
    static constexpr const Record* tag = nullptr;

    static void bind(duckdb_bind_info info) {
        for (const auto& column : columns_of(tag)) {
            duckdb_logical_type type = duckdb_create_logical_type(column.type);
            duckdb_bind_add_result_column(info, column.name, type);
            duckdb_destroy_logical_type(&type);
        }
        // The planner keeps the smaller side of a join in memory and streams the other: small files are looked up,
        // large ones streamed.
        const auto* state = static_cast<IntakeState*>(duckdb_bind_get_extra_info(info));
        duckdb_bind_set_cardinality(info,
                                    static_cast<idx_t>(state->job.bytes < looked_up_bytes
                                                           ? std::max<std::int64_t>(1, state->job.bytes / row_bytes)
                                                           : 100'000'000),
                                    false);
    }

    static void init(duckdb_init_info info) {
        auto* state = static_cast<IntakeState*>(duckdb_init_get_extra_info(info));
        state->wanted.clear();
        for (idx_t i = 0; i < duckdb_init_get_column_count(info); ++i)
            state->wanted.push_back(duckdb_init_get_column_index(info, i));
        duckdb_init_set_max_threads(info, static_cast<idx_t>(std::max(1, state->job.threads)));
    }

    static void init_worker(duckdb_init_info info) {
        auto* state = static_cast<IntakeState*>(duckdb_init_get_extra_info(info));
        const std::scoped_lock lock(state->mutex);
        state->workers.push_back(std::make_unique<Intake::Worker>());
        duckdb_init_set_init_data(info, state->workers.back().get(), nullptr);
    }

    static void fail_with(duckdb_function_info info, IntakeState& state, Error error) {
        duckdb_function_set_error(info, error.what.c_str());
        const std::scoped_lock lock(state.mutex);
        if (!state.error || error.where.line < state.error->where.line) state.error = std::move(error);
    }

    static void give(duckdb_function_info info, duckdb_data_chunk out) {
        auto& state = *static_cast<IntakeState*>(duckdb_function_get_extra_info(info));
        auto& worker = *static_cast<Intake::Worker*>(duckdb_function_get_local_init_data(info));
        const auto& records = records_of(worker.batch, tag);
        // Full vectors, whatever the batches: the engine appends aligned ones faster.
        const std::size_t capacity = duckdb_vector_size();
        std::size_t filled = 0;
        while (filled < capacity && !worker.ended) {
            if (worker.offset == records.size()) {
                worker.batch.clear();
                worker.offset = 0;
                const auto more = (*state.job.pull)(worker.batch);
                if (!more) return fail_with(info, state, more.error());
                worker.ended = !*more;
                if (worker.batch.size() != records.size())
                    return fail_with(info, state,
                                     Error{Fault::Data,
                                           "mixed-records",
                                           {},
                                           "a batch holds records of another kind than its card's",
                                           {}});
                note(worker, state.job, records);
                std::move(worker.batch.details.begin(), worker.batch.details.end(),
                          std::back_inserter(worker.seen.details));
                worker.batch.details.clear();
                continue;
            }
            const std::size_t count = std::min(capacity - filled, records.size() - worker.offset);
            const auto part = std::span(records).subspan(worker.offset, count);
            idx_t index = 0;
            for (const std::size_t wanted : state.wanted) {
                const duckdb_vector vector = duckdb_data_chunk_get_vector(out, index++);
                if (wanted < columns_of(tag).size()) columns_of(tag)[wanted].fill(part, vector, filled);
            }
            worker.offset += count;
            filled += count;
        }
        duckdb_data_chunk_set_size(out, filled);
    }
};

template <class Record, class IntakeState>
Result<void> make_known(duck::Connection& connection, const std::string& name, IntakeState* state) {
    using Callbacks = Feed<Record, IntakeState>;
    duckdb_table_function function = duckdb_create_table_function();
    duckdb_table_function_set_name(function, name.c_str());
    duckdb_table_function_set_extra_info(function, state, nullptr);
    duckdb_table_function_set_bind(function, Callbacks::bind);
    duckdb_table_function_set_init(function, Callbacks::init);
    duckdb_table_function_set_local_init(function, Callbacks::init_worker);
    duckdb_table_function_set_function(function, Callbacks::give);
    duckdb_table_function_supports_projection_pushdown(function, true);
    const auto made = duckdb_register_table_function(connection.handle(), function);
    duckdb_destroy_table_function(&function);
    if (made == DuckDBError)
        return fail(Fault::Store, "store-failed", {connection.path()}, "DuckDB does not take the function " + name);
    return {};
}

}  // namespace

Intake::Intake() : state_(std::make_unique<State>()) {}
Intake::~Intake() = default;

std::string Intake::function_of(RecordKind kind) { return "icosa_" + std::string(table_of(kind)); }

Result<void> Intake::attach(duck::Connection& connection) {
    for (const auto kind : {RecordKind::Event, RecordKind::Observation, RecordKind::Action, RecordKind::Vote,
                            RecordKind::RollCall, RecordKind::Designation}) {
        const auto made = with_record(kind, [&]<class Record>(const Record*) {
            return make_known<Record>(connection, function_of(kind), state_.get());
        });
        if (!made) return made;
    }
    return {};
}

void Intake::start(Job job) {
    state_->job = std::move(job);
    state_->workers.clear();
    state_->error.reset();
}

Pulled Intake::finish() {
    Pulled all;
    std::vector<const Identities*> identities;
    for (const auto& worker : state_->workers) {
        auto& seen = worker->seen;
        all.records += seen.records;
        all.rows += seen.rows;
        widen(all, seen.first_day, seen.last_day);
        all.newest_known_day = std::max(all.newest_known_day, seen.newest_known_day);
        std::move(seen.located.begin(), seen.located.end(), std::back_inserter(all.located));
        std::move(seen.details.begin(), seen.details.end(), std::back_inserter(all.details));
        if (worker->identities.overflowed()) all.repeats_known = false;
        identities.push_back(&worker->identities);
    }
    std::sort(all.located.begin(), all.located.end(),
              [](const Located& a, const Located& b) { return a.line < b.line; });
    std::sort(all.details.begin(), all.details.end());
    if (all.repeats_known && state_->job.has_identity) all.repeated = repeated(identities);
    if (all.repeats_known && state_->job.has_identity && state_->job.keeps_identities) {
        for (const Identities* one : identities) {
            for (std::size_t part = 0; part < Identities::parts; ++part)
                all.identities.insert(all.identities.end(), one->part(part).begin(), one->part(part).end());
        }
    }
    all.error = state_->error;
    state_->workers.clear();
    return all;
}

}  // namespace icosa::store
