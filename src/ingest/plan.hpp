/// A card compiled against the columns that a file really has: a list of operations, so that no name is looked at while
/// rows are read.
#pragma once

#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "ingest/cell.hpp"
#include "ingest/companion.hpp"
#include "ingest/head.hpp"
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
inline constexpr std::size_t slots = 21;
inline constexpr std::size_t covered_slot = 20;  ///< the term of [coverage] places = { column }

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
    bool lenient = false;  ///< an unreadable cell counts as absent (`known`)
    std::vector<std::int32_t> columns;  ///< from 0; the companion's columns come after the file's
    std::string system;
    std::string before;
    const std::map<std::string, std::string>* lookup = nullptr;
    std::string lookup_name;
    double scale = 1;
};

struct MeasureOperation {
    model::TermId measure = model::no_term;
    std::int32_t id_column = -1;  ///< names the measure of each row instead
    std::int32_t column = -1;
    std::int32_t low = -1;
    std::int32_t high = -1;
    std::int32_t when_column = -1;
    std::string when_value;
    const std::map<std::string, std::string>* lookup = nullptr;
    std::string lookup_name;
    double scale = 1;
    double minimum = -std::numeric_limits<double>::infinity();  ///< a smaller cell is a reject
};

/// A column of treaty actions.
struct ActColumn {
    std::int32_t column = -1;
    ActHeading heading;
    model::TermId bare = model::no_term;
    std::vector<std::pair<std::string, model::TermId>> letters;  ///< no_term: a letter that means none of our acts
};

/// A cell of the identity or content: a column, or a text from the file's name.
struct IdentityPart {
    std::int32_t column = -1;
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

struct Plan {
    const pack::SourceCard* card = nullptr;
    std::vector<std::string> columns;  ///< names, as the file has them
    std::int32_t minimum_columns = 0;
    bool has_header = true;
    std::vector<Operation> operations;  ///< of the file's own columns
    std::vector<Operation> companion_operations;
    std::optional<Companion> companion;
    Value blank[slots];  ///< constants are set already
    std::vector<MeasureOperation> measures;
    std::vector<SetAsideRows> set_aside;
    model::TermId first_measure = model::no_term;
    std::vector<ActColumn> acts;
    bool acts_by_heading = false;
    std::vector<IdentityPart> identity;
    std::vector<IdentityPart> content;  ///< empty: the whole row
    std::vector<std::string> nulls;
    std::uint64_t null_lengths = 0;  ///< bit n: there is a null text of n bytes (63: or more)
    bool collects_places = false;
    std::size_t places_slot = covered_slot;  ///< whose terms are the places covered
    Day vintage = no_day;  ///< by the card's vintage_from
};

/// Errors: missing-column (a column that every record needs), unnamed-file (the card needs parts of the file's name),
/// those of the companion.
[[nodiscard]] Result<Plan> compile_plan(const pack::SourceCard& card, const Head& head, const std::string& path,
                                        model::TermTable& terms);

}  // namespace icosa::ingest
