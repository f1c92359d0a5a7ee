/// The ledger: what was undertaken, met, reported, as rows that are only ever added. A file of JSON lines beside the
/// store, so that it is written while the store is read; each row carries the digest of the one before.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "ledger/row.hpp"

namespace icosa::ledger {

/// "my.duckdb.ledger.jsonl"
[[nodiscard]] std::string ledger_file(const std::string& db);

struct Ledger {
    std::string path;
    std::vector<Row> rows;  ///< as they stand in the file; of a broken chain those that can be read
    Diagnostics faults;     ///< where the chain is broken, in order of lines: each by its own line
    std::string torn;       ///< a last line that was never finished, so that nobody was told that it is kept
    bool is_there = false;  ///< is there such a file?

    /// "12:3fa9...": number and digest of the last row; "" without any. Noted elsewhere it proves all rows up to it.
    [[nodiscard]] std::string head() const;
};

/// The text of a ledger's file; a broken chain is told in `faults`.
[[nodiscard]] Ledger parse_ledger(const std::string& path, std::string_view text);

/// An absent file is an empty ledger; a broken chain is told in `faults`, the file is left as it is.
///
/// err   Store: "unreadable", "ledger-locked"
[[nodiscard]] Result<Ledger> read(const std::string& path);

/// The same of a ledger that must be whole. err   and Data: its first fault, with how many there are
[[nodiscard]] Result<Ledger> read_whole(const std::string& path);

/// What to add, in view of all that stands there; nobody else writes meanwhile.
using Compose = std::function<Result<std::vector<NewRow>>(const Ledger& so_far)>;

/// Adds rows at the end: under a lock, by one write, and on the disk (fsync) when this returns. An error adds none; of
/// a writer that is killed meanwhile the first few may stand there. A row that another left unfinished is moved to
/// PATH.torn first.
///
/// in    at     UTC, "2026-11-30T12:00:00Z": the caller's clock
/// out   the rows as they stand there, with number and digest
/// err   Data: a broken chain; Usage: "bad-text" (not UTF-8), "row-too-long" (a body over 64 KiB);
///       Store: "unwritable", "ledger-locked" (held by another for ten seconds); what compose says
/// cost  O(rows): the whole chain is checked
[[nodiscard]] Result<std::vector<Row>> append(const std::string& path, const std::string& at, const Compose& compose);
[[nodiscard]] Result<Row> append(const std::string& path, const std::string& at, NewRow row);

/// Does the ledger still hold the row that a head noted earlier names ("12:3fa9...", or the digest alone; 16 digits of
/// it are enough)?
///
/// err   Usage: "bad-head"; Data: "ledger-cut" (it ends before that row), "ledger-rewritten" (another row stands
/// there),
///       at the line
[[nodiscard]] Result<Row> row_of_head(const Ledger& ledger, std::string_view head);

}  // namespace icosa::ledger
