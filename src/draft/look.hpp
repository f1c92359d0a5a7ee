/// What a file looks like that no card reads: its table, its columns, the cells of its rows.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "ingest/formats/part.hpp"

namespace icosa::draft {

/// What a user says of the table; "" and 0 = nothing.
struct TableAsked {
    std::string sheet;   ///< name or number
    int header_row = 0;  ///< the line, or the sheet's row, of the header
};

struct Look {
    std::string path;
    ingest::Part part;
    char delimiter = ',';      ///< of a text
    bool is_latin1 = false;    ///< of a text: its bytes are no UTF-8
    bool is_one_of_sheets = false;
    bool has_header = true;       ///< else the columns are "column 1" and so on
    bool is_header_said = false;  ///< by the user: the card says it too
    std::int64_t header_line = 0;
    bool has_tag_row = false;  ///< a row of tags (#date, #country) stands below the header
    std::vector<std::string> columns;             ///< as a card names them
    std::vector<std::vector<std::string>> rows;  ///< trimmed cells, as many as columns; at most `most_cells` of them
    std::vector<std::int64_t> lines;  ///< of the rows
    bool is_whole = true;  ///< rows are all that the file has

    /// A column by its name as a user writes it: without case; with '/' for '.'; the end of a nested name ("day" of
    /// "when.day") where only one ends so. -1 = there is none.
    [[nodiscard]] int find(std::string_view name) const;
    /// Can a card name it? A text's column without a heading, or one of two of one name, cannot be.
    [[nodiscard]] bool is_named(int column) const;
    /// The share of rows whose cell is empty, or says that nothing is known.
    [[nodiscard]] double share_missing(int column) const;
};

/// So many cells are looked at to guess; the card is checked against the whole file.
inline constexpr std::size_t most_cells = 3'000'000;

/// Of several sheets the one with most rows, of a text the delimiter that parts it most evenly.
///
/// err   those of opening the file; no-table: no row could be a header, or none stands below it
[[nodiscard]] Result<Look> look_at(const std::string& path, const TableAsked& asked);

}  // namespace icosa::draft
