/// Rows of cells within a text of whole records. Knows lines and columns, nothing of cards.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/scan.hpp"

namespace icosa::ingest {

/// How records and cells are parted. A quote opens at the beginning of a cell only; "" within is one quote; what
/// follows a closing quote up to the delimiter belongs to the cell as it stands.
struct Form {
    char delimiter = ',';
    bool quoted = true;
};

/// One row; its views are good until the next row is asked for.
struct Row {
    std::string_view record;  ///< the raw bytes, without the line end
    std::int64_t line = 0;  ///< the first physical line, from 1
    std::int32_t columns = 0;  ///< as many as there are; cell() knows only the first `most` of the reader

    [[nodiscard]] std::string_view cell(std::int32_t i) const {
        const std::uint32_t begin = stops[i] + 1;
        return {base + begin, stops[i + 1] - begin};
    }
    const char* base = nullptr;
    const std::uint32_t* stops = nullptr;  ///< stops[0] is -1, stops[i + 1] where cell i ends
};

/// Walks the rows of a text of whole records. Blank lines are no rows.
class RowReader {
public:
    RowReader(Form form, std::int32_t most_columns, Level level = best_level());
    /// text: scan_padding bytes behind it must be readable; it must outlive the walk.
    void start(std::string_view text, std::int64_t first_line);
    [[nodiscard]] bool next(Row& row);

private:
    void split_quoted(Row& row);

    Form form_;
    std::int32_t most_;
    const Scanner* scanner_;
    const char* at_ = nullptr;
    const char* end_ = nullptr;
    std::int64_t line_ = 1;
    std::vector<std::uint32_t> stops_;
    std::string unquoted_;
};

}  // namespace icosa::ingest
