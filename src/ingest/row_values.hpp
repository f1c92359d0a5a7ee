/// The fields of a row: its cells become values, operation by operation of the plan.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ingest/plan.hpp"
#include "ingest/row_cells.hpp"
#include "ingest/term_cache.hpp"
#include "model/term.hpp"

namespace icosa::ingest {

class RowValues {
public:
    RowValues(const Plan& plan, model::TermTable& terms, RowCells& cells);

    /// Back to the constants alone, for the next row.
    void clear();
    void clear(const std::vector<Operation>& operations);  ///< the slots of these only
    /// Runs operations, of the file itself (first_cache 0) or of the companion, whose caches come behind. False: a cell
    /// was refused.
    bool run(const std::vector<Operation>& operations, std::size_t first_cache, const Row& row);

    Value values[slots];
    /// Of columns that hold lists, the entry in whose turn it is.
    std::vector<std::pair<std::int32_t, std::string_view>> entries;
    [[nodiscard]] std::string_view entry_or(std::int32_t column, std::string_view cell) const {
        for (const auto& [of, entry] : entries) {
            if (of == column) return entry;
        }
        return cell;
    }

private:
    bool run_one(const Operation& operation, std::size_t cache, const Row& row);
    bool read_term(const Operation& operation, std::size_t cache, const Row& row);
    /// The entry whose words stand in the columns; absent where none does.
    bool read_words(const Operation& operation, const Row& row);
    /// The term of a text that its cache does not know.
    model::TermId term_of(const Operation& operation, std::string_view raw);
    [[nodiscard]] std::string_view raw_of(const Operation& operation, const Row& row);
    bool read_days(const Operation& operation, std::size_t cache, const Row& row);
    bool days_between(const Operation& operation, const Row& row, std::int64_t& out, bool& absent);
    /// A text as the operation reads it, in thousandths where it keeps those.
    [[nodiscard]] bool parse_number_of(const Operation& operation, std::string_view text, std::int64_t& number) const;
    bool read_number(const Operation& operation, const Row& row);
    bool read_degrees(const Operation& operation, const Row& row);
    bool read_position(const Operation& operation, const Row& row);
    bool read_ballot(const Operation& operation, const Row& row);
    bool read_precision(const Operation& operation, const Row& row);
    bool read_given(const Operation& operation, const Row& row);

    struct DayMemo {
        char text[16] = {};
        std::size_t size = 0;
        Days days;
    };

    const Plan& plan_;
    const pack::SourceCard& card_;
    model::TermTable& terms_;
    RowCells& cells_;
    std::vector<TermCache> caches_;  ///< one an operation
    std::vector<DayMemo> day_memos_;  ///< one an operation
    std::string scratch_;
    std::vector<std::string_view> texts_;
};

}  // namespace icosa::ingest
