/// The values of a row become records of the card's kind.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_set>
#include <vector>

#include "ingest/plan.hpp"
#include "ingest/row_cells.hpp"
#include "model/record.hpp"
#include "model/term.hpp"

namespace icosa::ingest {

/// What the rows so far came to.
struct Tally {
    std::int64_t rows = 0;
    std::int64_t rejected = 0;
    std::int64_t records = 0;
    Day first_day = no_day;
    Day last_day = no_day;
    std::unordered_set<model::TermId> places;

    /// How many values of a measure are beyond what is plausible.
    struct Doubt {
        std::int64_t values = 0;
        std::int64_t outside = 0;
        std::int64_t line = 0;  ///< of the first outside, by line
        std::int32_t column = -1;
        std::string text;
    };
    std::vector<Doubt> doubts;  ///< one a measure of the plan
};

class RowRecords {
public:
    /// values: those of the row, kept by RowValues.
    RowRecords(const Plan& plan, model::TermTable& terms, RowCells& cells, const Value (&values)[slots], Tally& tally);

    /// Appends what the row says. False: something was refused, and `batch` may hold a part of the row.
    bool emit(const Row& row, std::uint64_t identity, std::uint64_t content, model::Batch& batch);
    std::uint64_t likeness = 0;  ///< of the row at hand; 0: none
    enum class Absent { Skipped, Kept };  ///< what becomes of an absent cell
    /// The same for one column of a wide file.
    bool emit_wide(const WideColumn& wide, const Row& row, std::uint64_t identity, std::uint64_t content, Absent absent,
                   model::Batch& batch);

private:
    bool emit_event(const Row& row, model::Batch& batch);
    bool emit_observations(const Row& row, model::Batch& batch);
    bool emit_actions(const Row& row, model::Batch& batch);
    bool emit_vote(const Row& row, model::Batch& batch);
    bool emit_roll_call(const Row& row, model::Batch& batch);
    bool emit_designation(const Row& row, model::Batch& batch);
    void finish_origin(model::Origin& origin, const Row& row, Day last);
    void see(Day first, Day last);
    bool range_of(std::size_t day_slot, std::size_t last_slot, Days& out);
    bool measured(const MeasureOperation& measure, std::int32_t column, const Row& row, double& out);
    /// Of the cells that have a figure; no_number where none has.
    bool summed(const MeasureOperation& measure, const Row& row, double& out);
    bool add_observations(Days days, const Row& row, Absent absent, model::Batch& batch);
    /// Are the groups that the row names in the measure's table on that day? All of them become the subject.
    pack::Listed named_groups(const MeasureOperation& measure, const Row& row, Day day, model::TermId& subject);
    void weigh(std::size_t measure, std::int32_t column, const Row& row, double number);
    /// Refuses a day that the source cannot have.
    bool in_time(std::size_t slot, Day day);
    bool known_in_time();
    bool refuse_negative(std::size_t slot, std::int64_t number);

    const Plan& plan_;
    const pack::SourceCard& card_;
    model::TermTable& terms_;
    RowCells& cells_;
    const Value (&values_)[slots];
    Tally& tally_;
    std::uint64_t identity_ = 0;
    std::uint64_t content_ = 0;
    std::int32_t column_ = -1;  ///< in whose turn it is: of a wide file, of a table of acts
};

}  // namespace icosa::ingest
