/// A row of the ledger and the line of JSON that it is in the file.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace icosa::ledger {

/// What a writer hands over.
struct NewRow {
    std::string kind;  ///< kebab-case: who reads it ("commitment", "meeting", ...); others pass it over
    std::string body;  ///< a JSON object of the kind's own, in one line
};

struct Row {
    std::int64_t number = 0;  ///< from 1; where nothing was altered also its line in the file
    std::string at;           ///< when it was written, UTC: "2026-11-30T12:00:00Z"
    std::string kind;
    std::string before;       ///< the digest of the row before; no_row of the first
    std::string body;
    std::string digest;       ///< SHA-256 of its line up to `,"digest"`
    int line = 0;             ///< in the file
};

/// What the first row names as the digest of the row before.
inline constexpr std::string_view no_row = "0000000000000000000000000000000000000000000000000000000000000000";

/// The row that comes after `last` (null = the first).
[[nodiscard]] Row row_after(const Row* last, const std::string& at, NewRow added);

/// {"n":3,"at":"...","kind":"...","before":"...","body":{...},"digest":"..."}, without a line end.
[[nodiscard]] std::string line_of(const Row& row);

/// err   Data: "row-malformed", "row-changed" (the digest is not that of the line), at where
[[nodiscard]] Result<Row> parse_row(std::string_view line, const Where& where);

}  // namespace icosa::ledger
