/// A file and its card in, records and rejects out: what ingest is for.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/date.hpp"
#include "base/result.hpp"
#include "ingest/chunker.hpp"
#include "ingest/recognise.hpp"
#include "model/record.hpp"
#include "model/term.hpp"
#include "pack/source_card.hpp"

namespace icosa::ingest {

struct ReadOptions {
    std::optional<model::Coverage> covers;  ///< instead of the card's rule; absent days are the file's
    Day vintage = no_day;                   ///< instead of the card's
    Day today = no_day;                     ///< the day of ingest: later days are rejects; no_day: not checked
    std::optional<pack::Parse> date_form;   ///< in which the file's days are written; else the file says it
    ChunkOptions chunks;
    Level level = best_level();
    std::string digest;                     ///< of the file, where the caller has it already
};

/// What is known when all rows are read.
struct Closing {
    std::string digest;
    std::int64_t rows = 0;      ///< rows that gave records + rejected; header and tag rows left out
    std::int64_t rejected = 0;
    std::int64_t records = 0;
    std::vector<model::Reject>
        rejects;  ///< by line, one a rejected row; at most reject_limit, those of the first lines
    std::vector<model::Coverage> coverage;
    Day vintage_day = no_day;
    Day first_day = no_day;     ///< of the records
    Day last_day = no_day;
};

inline constexpr std::size_t reject_limit = 200'000;
/// A file with no more rejects than this is refused only when they are more than half of its rows.
inline constexpr std::int64_t rejects_always_allowed = 10;

/// Reads one file as one card says. Any number of threads may call next() at once; the records are the same, whatever
/// their number.
class FileReader {
public:
    /// Errors: those of read_head, check_fit, compile_plan and decide_day_forms. card and terms must outlive the
    /// reader.
    [[nodiscard]] static Result<std::unique_ptr<FileReader>> open(const std::string& path, const pack::SourceCard& card,
                                                                  model::TermTable& terms,
                                                                  const ReadOptions& options = {});
    ~FileReader();
    FileReader(const FileReader&) = delete;
    FileReader& operator=(const FileReader&) = delete;

    /// Clears `out` and fills it with the records of the next lines; false when there are none left. An error is the
    /// first one of the file, whichever thread met it; all calls after it repeat it.
    [[nodiscard]] Result<bool> next(model::Batch& out);
    /// Once, after next() has said false to every thread. Errors: too-many-rejects, implausible-values, too-many-rows,
    /// changed-file.
    [[nodiscard]] Result<Closing> close();

    /// What was decided on the file as a whole: "days read as month/day/year".
    [[nodiscard]] const std::vector<std::string>& notes() const;
    [[nodiscard]] std::int64_t bytes() const;  ///< of the file
    [[nodiscard]] std::int64_t bytes_read() const;  ///< so far; safe from any thread
    /// The source whose records these are: the card's, or, of an exchange file, the one that its notes name.
    [[nodiscard]] const std::string& source() const;

private:
    struct State;
    explicit FileReader(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace icosa::ingest
