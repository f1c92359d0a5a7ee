/// What the commands of the ledger share: names of the packs that a row may carry, its day, and the ledger's name.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "app/packs.hpp"
#include "base/result.hpp"
#include "cli/command.hpp"

namespace icosa::cli {

/// As the user wrote them; "" = none.
struct NamesInRow {
    std::string area, instrument, mechanism;
};

/// The names as the packs have them: an area by number, id or slug, an instrument (or body) and a mechanism by id. The
/// packs are read only where something is named.
///
/// err   Usage: "unknown-area", "unknown-instrument", "unknown-mechanism"; Pack
[[nodiscard]] Result<NamesInRow> names_in_row(const Common& common, const NamesInRow& asked);

/// The id of the area named by number, id or slug. err   Usage: "unknown-area"
[[nodiscard]] Result<std::string> area_named(const app::Packs& packs, const std::string& name);

/// Texts that a row keeps stand on one line: without line breaks and other control characters, which would tell a
/// reader of the list what is not there. err   Usage: "control-character", naming the option
[[nodiscard]] Result<void> check_lines(std::initializer_list<std::pair<std::string_view, std::string_view>> options);

/// The day that a row tells of: today unless --on names one. err   Usage: "bad-day" (yet to come)
[[nodiscard]] Result<Day> day_of_row(Day on);

/// --as-of, where no store is asked: today if none. err   Usage: "bad-day"
[[nodiscard]] Result<Day> ledger_day(const std::string& as_of);

/// "row 12 of my.duckdb.ledger.jsonl, head 12:3fa9...": what a user may note elsewhere.
[[nodiscard]] Result<std::string> where_kept(const std::string& path);

[[nodiscard]] Option ledger_option(Common& common);
[[nodiscard]] Option on_option(Day* target);

}  // namespace icosa::cli
