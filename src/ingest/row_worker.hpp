/// One thread's part of reading a file: the rows of a chunk, each from cells (row_cells) to values (row_values) to
/// records (row_records).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/chunker.hpp"
#include "ingest/plan.hpp"
#include "ingest/row_cells.hpp"
#include "ingest/row_details.hpp"
#include "ingest/row_records.hpp"
#include "ingest/row_values.hpp"
#include "model/record.hpp"
#include "model/term.hpp"

namespace icosa::ingest {

class RowWorker {
public:
    /// digest: of the file, where the card names no identity.
    RowWorker(const Plan& plan, model::TermTable& terms, std::uint64_t identity_seed, Level level);
    RowWorker(const RowWorker&) = delete;
    RowWorker& operator=(const RowWorker&) = delete;

    /// Appends the records of a chunk to `batch` and its rejects to `rejects`. The error is bytes that are not the
    /// card's encoding.
    [[nodiscard]] Result<void> read(const Chunk& chunk, const std::string& path, model::Batch& batch,
                                    std::vector<model::Reject>& rejects);

    Chunk chunk;  ///< kept with the worker, so that its buffer is used again
    Tally tally;

private:
    /// The chunk's text in UTF-8.
    Result<std::string_view> utf8_of(const Chunk& from, const std::string& path);
    [[nodiscard]] bool is_tag_row(const Row& row) const;
    /// A sheet's row that has something only where no heading stands.
    [[nodiscard]] bool is_beside_table(const Row& row) const;
    bool has_columns(const Row& row);  ///< as many as the file's rows have
    bool read_row(const Row& row, model::Batch& batch);
    bool emit(const Row& row, model::Batch& batch);  ///< all that a row gives
    bool emit_companions(const Row& row, std::uint64_t identity, std::uint64_t content, model::Batch& batch);
    bool emit_wide(const Row& row, model::Batch& batch);
    /// Once for each way of choosing an entry of each list.
    bool emit_entries(const Row& row, model::Batch& batch);
    model::Reject reject_of(const Row& row);
    model::Reject set_aside_note(const Row& row);
    std::uint64_t hash_of(const std::vector<IdentityPart>& parts, const Row& row, std::uint64_t seed,
                          std::string_view heading = {});
    std::uint64_t identity_of(const Row& row, std::string_view heading = {});
    std::uint64_t content_of(const Row& row);  ///< of its cells and its details
    std::uint64_t cells_hash(const Row& row);

    const Plan& plan_;
    const pack::SourceCard& card_;
    std::uint64_t identity_seed_;
    RowReader reader_;
    RowCells cells_;
    RowValues values_;
    RowRecords records_;
    RowDetails details_;
    std::string scratch_;
    std::string transcoded_;
    bool tag_rows_may_come_ = false;
};

}  // namespace icosa::ingest
