/// Counts what stands in each column, and compares what follows an empty row with it.
#include "ingest/formats/second_table.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"

namespace icosa::ingest {
namespace {

constexpr std::int64_t rows_that_tell = 2;

/// A number or a day: what begins with a digit, behind a sign perhaps.
bool begins_with_digit(std::string_view cell) {
    const auto first = cell.find_first_not_of(" +-.,(<>~$\xE2\x82\xAC");
    return first != std::string_view::npos && cell[first] >= '0' && cell[first] <= '9';
}

}  // namespace

bool SecondTable::is_heading(const CellRow& row) const {
    std::size_t words = 0, same = 0;
    bool stands_over_numbers = false;
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
        const std::string& cell = row.cells[i];
        if (cell.empty()) continue;
        if (begins_with_digit(cell)) return false;
        ++words;
        same += i < heading_.size() && lower(trim(heading_[i])) == lower(trim(cell));
        if (i < columns_.size())
            stands_over_numbers |=
                columns_[i].numbers >= rows_that_tell && columns_[i].words * 10 <= columns_[i].numbers;
    }
    return words >= 2 && same < words && stands_over_numbers;
}

std::string SecondTable::look_at(const CellRow& row) {
    if (header_line_ == 0 || row.line < header_line_ || !row.broken.empty()) return {};
    if (row.line == header_line_) {
        heading_ = row.cells;
    } else if (found_ > 0) {
        return fmt::format("stands below the heading of another table on the sheet, in row {}", found_);
    } else if (row.line > last_line_ + 1 && is_heading(row)) {
        found_ = row.line;
        return "is the heading of another table on the sheet";
    } else {
        if (columns_.size() < row.cells.size()) columns_.resize(row.cells.size());
        for (std::size_t i = 0; i < row.cells.size(); ++i) {
            if (row.cells[i].empty()) continue;
            ++(begins_with_digit(row.cells[i]) ? columns_[i].numbers : columns_[i].words);
        }
    }
    last_line_ = row.line;
    return {};
}

}  // namespace icosa::ingest
