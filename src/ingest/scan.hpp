/// What stands where in a block of bytes: line ends, delimiters, bytes no text has; AVX2 where the processor has it,
/// else a scalar twin.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace icosa::ingest {

struct BlockFacts {
    std::int64_t newlines = 0;
    bool has_nul = false;
    bool has_high = false;  ///< a byte beyond ASCII
};

/// One row of unquoted text.
struct RowSplit {
    const char* stop = nullptr;  ///< its '\n', or the end of the text
    std::int32_t columns = 0;
    bool has_quote = false;      ///< somewhere in it stands a '"'
};

/// Bytes that must be readable (not meaningful) behind the end of a text given to split_row.
inline constexpr std::size_t scan_padding = 32;
/// stops given to split_row must have room for so many more than `most`.
inline constexpr std::int32_t stops_padding = 33;

enum class Level { Scalar, Avx2 };

/// The functions of one level; all levels give equal results.
struct Scanner {
    BlockFacts (*facts)(std::string_view block);
    /// The row that begins at `row`, up to '\n' or `end`. stops[i] gets the offset from `row` of the delimiter or end
    /// behind column i, for the first `most` columns; `columns` counts on.
    RowSplit (*split_row)(const char* row, const char* end, char delimiter, std::uint32_t* stops, std::int32_t most);
};

/// The best level of this processor.
[[nodiscard]] Level best_level();
/// A level above best_level() must not be used.
[[nodiscard]] const Scanner& scanner(Level level);

/// Like first_invalid_utf8, quick over ASCII.
[[nodiscard]] std::size_t first_invalid(std::string_view bytes);  ///< npos where all is well-formed

}  // namespace icosa::ingest
