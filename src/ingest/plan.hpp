/// A card compiled against the columns that a file really has: a list of operations, so that no name is looked at while
/// rows are read.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <regex>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "ingest/beside.hpp"
#include "ingest/cell.hpp"
#include "ingest/companion.hpp"
#include "ingest/head.hpp"
#include "ingest/row_reader.hpp"
#include "ingest/untc.hpp"
#include "model/record.hpp"
#include "model/term.hpp"
#include "pack/source_card.hpp"

namespace icosa::ingest {

/// The place of a field among a row's values: its index in the card's table of fields.
template <std::size_t N> consteval std::size_t slot_of(const pack::FieldRule (&fields)[N], std::string_view name) {
    for (std::size_t i = 0; i < N; ++i) {
        if (fields[i].name == name) return i;
    }
    throw "no such field";
}
inline constexpr std::size_t slots = 26;
inline constexpr std::size_t covered_slot = 25;  ///< the term of [coverage] places = { column }

/// What a row says in one field; which member counts follows from the field.
struct Value {
    Days days;
    model::TermId term = model::no_term;
    std::int32_t number = model::no_int;
};

/// Reads one field.
struct Operation {
    pack::FieldValue value = pack::FieldValue::Code;
    pack::Parse parse = pack::Parse::Text;
    std::uint8_t slot = 0;
    std::uint8_t other_slot = 0;  ///< Position: where the longitude goes
    bool required = false;
    bool needed = false;  ///< by every record of the kind, whatever the card says
    bool lenient = false;  ///< an unreadable cell counts as absent (`known`)
    std::vector<pack::Parse> forms;  ///< ways in which days may be written, until the file is decided; else empty
    pack::Parse day_form = pack::Parse::Date;  ///< DaysBetween: of its days
    std::vector<std::int32_t> columns;  ///< from 0; the companion's columns come after the file's
    std::string system;
    std::string before;
    std::optional<std::regex> pattern;  ///< what its groups match of a whole cell is kept
    const std::map<std::string, std::string>* lookup = nullptr;
    const std::map<std::string, std::string>* then_lookup = nullptr;
    std::string lookup_name;
    double scale = 1;
    std::vector<std::string> nulls;  ///< beside those of the card
    std::string split;  ///< the cell is a list: a record an entry
    const pack::WordTable* words = nullptr;  ///< the term is the entry whose words stand in the columns
    pack::Letters letters = pack::Letters::AsWritten;

    /// What the groups of the pattern match, joined by bars; "" where the text does not fit.
    [[nodiscard]] std::string fitting(std::string_view text) const;
    /// A text by way of the lookups; nullptr where one lacks it.
    [[nodiscard]] const std::string* look_up(std::string_view text) const {
        const std::string* found = pack::look_up(*lookup, text);
        return found && then_lookup && !found->empty() ? pack::look_up(*then_lookup, *found) : found;
    }
};

/// A text with its ASCII letters as a field wants them.
[[nodiscard]] std::string spelt(std::string_view text, pack::Letters letters);

inline constexpr std::int32_t wide_column = -2;  ///< of a measure: each column of WideColumn

struct MeasureOperation {
    model::TermId measure = model::no_term;
    std::int32_t id_column = -1;  ///< names the measure of each row instead
    std::int32_t column = -1;
    std::vector<std::int32_t> sum;  ///< instead of `column`
    std::int32_t low = -1;
    std::int32_t high = -1;
    std::int32_t when_column = -1;
    std::string when_value;
    std::int32_t listed_column = -1;
    const std::vector<pack::ListedGroup>* listed = nullptr;
    const std::map<std::string, std::string>* lookup = nullptr;
    std::string lookup_name;
    double scale = 1;
    double minimum = -std::numeric_limits<double>::infinity();  ///< a smaller cell is a reject
    double plausible_low = -std::numeric_limits<double>::infinity();
    double plausible_high = std::numeric_limits<double>::infinity();
    std::vector<std::string> nulls;
};

/// A column whose heading is the day of its values.
struct WideColumn {
    std::int32_t column = -1;
    std::string heading;  ///< what of it is the day
    Days days;
};

/// A column of treaty actions.
struct ActColumn {
    std::int32_t column = -1;
    ActHeading heading;
    model::TermId bare = model::no_term;
    std::vector<std::pair<std::string, model::TermId>> letters;  ///< no_term: a letter that means none of our acts
};

/// A cell of the identity or content: a column, or a text from the file's name, or the heading of a wide column.
struct IdentityPart {
    std::int32_t column = -1;  ///< wide_column: the heading
    std::string text;
};

/// Rows that the card sets aside: all of its cells fit.
struct SetAsideRows {
    struct Cell {
        std::int32_t column = -1;
        std::vector<std::string> texts;  ///< without case
        std::vector<std::pair<std::int64_t, std::int64_t>> ranges;
    };
    std::vector<Cell> cells;
    const pack::SetAside* why = nullptr;
};

/// Reads one detail of a row, or of the rows beside it.
struct DetailOperation {
    const pack::DetailMap* rule = nullptr;
    const std::map<std::string, std::string>* lookup = nullptr;
    std::int32_t number = 0;
    std::int32_t beside = -1;  ///< the columns are those of this file of the plan
    std::vector<std::int32_t> columns;  ///< -1: the file lacks it
    std::vector<std::int32_t> by;
};

struct Plan {
    const pack::SourceCard* card = nullptr;
    Part part;  ///< the table that is read
    Form form;
    std::vector<std::string> columns;  ///< names, as the file has them
    std::vector<std::int32_t> named;  ///< of a sheet: the columns whose heading is not empty
    std::int32_t minimum_columns = 0;
    std::int64_t header_line = 0;  ///< rows up to it are titles and header
    std::vector<Operation> operations;  ///< of the file's own columns
    std::vector<Operation> companion_operations;
    std::vector<Operation> split_operations;  ///< of lists: once for each entry
    std::vector<WideColumn> wide;
    std::optional<Companion> companion;
    Value blank[slots];  ///< constants are set already
    std::vector<MeasureOperation> measures;
    std::vector<SetAsideRows> set_aside;
    std::vector<BesideTable> beside;  ///< one a [[beside]] of the card
    std::vector<DetailOperation> details;
    model::TermId first_measure = model::no_term;
    std::vector<ActColumn> acts;
    bool acts_by_heading = false;
    std::vector<IdentityPart> identity;
    std::vector<IdentityPart> content;  ///< empty: the whole row
    std::vector<IdentityPart> likeness;  ///< empty: the card names none
    std::vector<std::string> nulls;
    std::uint64_t null_lengths = 0;  ///< bit n: there is a null text of n bytes (63: or more)
    bool collects_places = false;
    std::size_t places_slot = covered_slot;  ///< whose terms are the places covered
    Day vintage = no_day;  ///< by the card's vintage_from
    Day today = no_day;  ///< nothing is known after it, and records begin at most `ahead` days later; no_day: no rule
    std::int32_t only_column = -1;  ///< rows with another text than card->only there are rejects
    std::vector<std::string> notes;  ///< what was decided on the file as a whole, for the user
};

/// Errors: missing-column (a column that every record needs), unnamed-file (the card needs parts of the file's name),
/// those of the companion.
[[nodiscard]] Result<Plan> compile_plan(const pack::SourceCard& card, const Head& head, const std::string& path,
                                        model::TermTable& terms);

}  // namespace icosa::ingest
