/// The cells of a row as texts, and what is wrong with one of them.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/plan.hpp"
#include "ingest/row_reader.hpp"
#include "pack/source_card.hpp"

namespace icosa::ingest {

inline bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

/// A text without the blanks around it.
inline std::string_view trimmed(std::string_view text) {
    while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
    return text;
}

/// What is wrong with a cell.
struct CellFault {
    std::int32_t column = -1;  ///< from 0; -1 = the whole row
    std::string text;
    std::string problem;
    std::string cure;
};

class RowCells {
public:
    explicit RowCells(const Plan& plan)
        : plan_(plan), card_(*plan.card), own_columns_(static_cast<std::uint32_t>(plan.columns.size())) {}

    /// The cell without blanks around it; "" where it is absent or means absent.
    [[gnu::always_inline]] inline std::string_view cell(const Row& row, std::int32_t column) const {
        std::string_view text;
        if (static_cast<std::uint32_t>(column) < own_columns_) [[likely]] {
            if (column >= row.columns) return text;
            text = trimmed(row.cell(column));
        } else if (column >= 0 && companion) {
            text = (*companion)[static_cast<std::size_t>(column) - own_columns_];
        }
        return (plan_.null_lengths >> std::min<std::size_t>(text.size(), 63) & 1) != 0 && means_absent(text)
            ? std::string_view()
            : text;
    }
    /// The same for a field or measure that has null texts of its own.
    template <class Reader> std::string_view cell(const Reader& reader, const Row& row, std::int32_t column) const {
        const std::string_view text = cell(row, column);
        return !reader.nulls.empty() && std::find(reader.nulls.begin(), reader.nulls.end(), text) != reader.nulls.end()
            ? std::string_view()
            : text;
    }
    /// The first cell of an operation, cut and looked up as it says; `known` becomes false where the lookup lacks it.
    std::string_view text_of(const Operation& operation, const Row& row, bool& known) const;

    /// These note what is wrong with a cell, and return false.
    bool refuse(std::int32_t column, std::string_view text, std::string problem, std::string cure = {});
    bool refuse_text(const Operation& operation, std::int32_t column, std::string_view text);
    bool lacks(const Operation& operation);

    const std::vector<std::string>* companion = nullptr;  ///< the companion's row that stands behind this one
    CellFault fault;
    const SetAsideRows* aside = nullptr;  ///< why the row at hand enters no figure

private:
    [[nodiscard]] bool means_absent(std::string_view text) const;

    const Plan& plan_;
    const pack::SourceCard& card_;
    mutable std::string fit_;  ///< what a pattern kept of the last cell
    std::uint32_t own_columns_;  ///< of the file; the companion's come after them
};

}  // namespace icosa::ingest
