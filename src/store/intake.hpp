/// Feeds pulled records to DuckDB: one parallel table function a record kind, `icosa_event_row()`, whose rows are what
/// a Pull gives.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "store/duck.hpp"
#include "store/identities.hpp"
#include "store/store.hpp"

namespace icosa::store {

/// An event that the locator gave a place.
struct Located {
    std::int32_t line = 0;
    std::int32_t cell = 0;
    std::string place;
};

/// What was seen while one file was pulled.
struct Pulled {
    std::int64_t records = 0;
    std::int64_t rows = 0;  ///< lines that gave at least one record
    Day first_day = no_day;
    Day last_day = no_day;
    Day newest_known_day = no_day;
    std::vector<Located> located;          ///< by line
    std::vector<model::Detail> details;    ///< of all rows, those left out too; sorted
    std::vector<std::uint64_t> repeated;   ///< identities that more than one line of the file has; unordered
    std::vector<std::uint64_t> identities;  ///< of all rows where the job keeps them and they are not too many
    bool repeats_known = true;             ///< false: too many rows to remember, ask the table
    std::optional<Error> error;            ///< the first of Pull's, by line
};

/// One file at a time: start(), then a statement that reads the table function, then finish().
class Intake {
public:
    struct Job {
        const Pull* pull = nullptr;
        model::RecordKind kind = model::RecordKind::Event;
        std::string source;
        std::int64_t bytes = 0;  ///< of the file
        bool has_identity = false;
        bool keeps_identities = false;  ///< all of them, for `identities`
        const Locator* locator = nullptr;
        int threads = 1;
    };

    Intake();
    ~Intake();
    [[nodiscard]] Result<void> attach(duck::Connection& connection);  ///< makes the functions known; once
    void start(Job job);
    [[nodiscard]] Pulled finish();
    [[nodiscard]] static std::string function_of(model::RecordKind kind);

    struct Worker;  ///< what one thread holds

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace icosa::store
