/// One thread's part of reading a file: runs the plan over the rows of a chunk, with its own caches.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "ingest/chunker.hpp"
#include "ingest/plan.hpp"
#include "model/record.hpp"
#include "model/term.hpp"

namespace icosa::ingest {

/// From the text of a cell to a term, remembered. Forgets all when it has grown large, so memory is bounded.
class TermCache {
public:
    static constexpr model::TermId unknown = -1;   ///< not in the cache
    static constexpr model::TermId refused = -2;   ///< a text that the card's lookup does not have

    [[nodiscard]] model::TermId find(std::string_view text) const;
    /// text: one that find() does not know.
    void put(std::string_view text, model::TermId term);

private:
    /// A text of up to eight bytes, as most codes are, is its own key with its size beside it; a longer one has its
    /// hash for a key and stands in longer_. Sixteen bytes, so that the tables of a card's codes stay in the nearest
    /// cache together.
    struct Entry {
        std::uint64_t key = 0;
        std::uint32_t text = 0;  ///< the size, or beyond short_text the index in longer_
        model::TermId term = unknown;
    };
    static constexpr std::uint32_t short_text = 8;
    static std::uint64_t key_of(std::string_view text);
    [[nodiscard]] bool is(const Entry& entry, std::uint64_t key, std::string_view text) const {
        if (entry.key != key) return false;
        return text.size() <= short_text ? entry.text == text.size()
                                         : entry.text > short_text && longer_[entry.text - short_text - 1] == text;
    }
    [[nodiscard]] std::size_t slot_of(std::uint64_t key) const {
        return static_cast<std::size_t>(key * 0x9E3779B97F4A7C15u >> 32) & (entries_.size() - 1);
    }
    void place(const Entry& entry);

    std::vector<Entry> entries_ = std::vector<Entry>(256);
    std::vector<std::string> longer_;
    std::size_t longer_bytes_ = 0;
    std::size_t used_ = 0;
};

/// What the rows so far came to.
struct Tally {
    std::int64_t rows = 0;
    std::int64_t rejected = 0;
    std::int64_t records = 0;
    Day first_day = no_day;
    Day last_day = no_day;
    std::unordered_set<model::TermId> places;
};

class RowWorker {
public:
    /// digest: of the file, where the card names no identity.
    RowWorker(const Plan& plan, model::TermTable& terms, std::uint64_t identity_seed, Level level);

    /// Appends the records of a chunk to `batch` and its rejects to `rejects`. The error is bytes that are not the
    /// card's encoding.
    [[nodiscard]] Result<void> read(const Chunk& chunk, const std::string& path, model::Batch& batch,
                                    std::vector<model::Reject>& rejects);

    Chunk chunk;  ///< kept with the worker, so that its buffer is used again
    Tally tally;

private:
    /// What is wrong with a cell.
    struct CellFault {
        std::int32_t column = -1;  ///< from 0; -1 = the whole row
        std::string text;
        std::string problem;
        std::string cure;
    };

    bool read_row(const Row& row, model::Batch& batch);
    bool run(const std::vector<Operation>& operations, std::size_t first_cache, const Row& row);
    bool run_one(const Operation& operation, std::size_t cache, const Row& row);
    bool read_term(const Operation& operation, std::size_t cache, const Row& row);
    bool read_days(const Operation& operation, std::size_t cache, const Row& row);
    bool days_between(const Operation& operation, const Row& row, std::int64_t& out, bool& absent);
    std::uint64_t hash_of(const std::vector<IdentityPart>& parts, const Row& row, std::uint64_t seed);
    bool read_number(const Operation& operation, const Row& row);
    bool refuse(std::int32_t column, std::string_view text, std::string problem, std::string cure = {});
    bool refuse_negative(std::size_t slot, std::int64_t number);
    bool refuse_text(const Operation& operation, std::int32_t column, std::string_view text);
    bool lacks(const Operation& operation);

    /// The cell without blanks around it; "" where it is absent or means absent.
    [[gnu::always_inline]] inline std::string_view cell(const Row& row, std::int32_t column) const;
    [[nodiscard]] bool means_absent(std::string_view text) const;
    std::string_view text_of(const Operation& operation, const Row& row, bool& known);

    void finish_origin(model::Origin& origin, const Row& row, Day last);
    void see(Day first, Day last);
    bool emit(const Row& row, model::Batch& batch);
    bool emit_event(const Row& row, model::Batch& batch);
    bool emit_observations(const Row& row, model::Batch& batch);
    bool emit_actions(const Row& row, model::Batch& batch);
    bool emit_vote(const Row& row, model::Batch& batch);
    bool emit_roll_call(const Row& row, model::Batch& batch);
    bool emit_designation(const Row& row, model::Batch& batch);
    bool range_of(std::size_t day_slot, std::size_t last_slot, Days& out);
    bool measured(const MeasureOperation& measure, std::int32_t column, const Row& row, double& out);

    const Plan& plan_;
    const pack::SourceCard& card_;
    model::TermTable& terms_;
    std::uint64_t identity_seed_;
    std::uint32_t own_columns_;  ///< of the file; the companion's come after them
    RowReader reader_;
    std::vector<TermCache> caches_;  ///< one an operation
    struct DayMemo {
        char text[16] = {};
        std::size_t size = 0;
        Days days;
    };
    std::vector<DayMemo> day_memos_;  ///< one an operation
    Value values_[slots];
    const std::vector<std::string>* companion_ = nullptr;
    std::uint64_t identity_ = 0;
    std::uint64_t content_ = 0;
    std::string scratch_;
    std::string transcoded_;
    CellFault fault_;
    bool tag_rows_may_come_ = false;
};

}  // namespace icosa::ingest
