/// The day that a command speaks of: today, unless the user names another, and how old the newest data are by then.
#pragma once

#include <string>

#include "app/packs.hpp"
#include "base/json.hpp"
#include "cli/command.hpp"
#include "store/store.hpp"

namespace icosa::cli {

struct Moment {
    Day as_of = no_day;
    Day newest = no_day;  ///< the newest known day of the store
};

/// --as-of DAY|today|newest
[[nodiscard]] Option as_of_option(std::string* target);
/// The option for a command that says what it does with the day.
[[nodiscard]] Option as_of_option(std::string* target, const std::string& what);

/// The same for a command that reads no store: --as-of DAY|today
[[nodiscard]] Option day_option(std::string* target, const std::string& what);

/// The day that the option names without a store to ask: today if none. err   Usage: bad-day
[[nodiscard]] Result<Day> day_asked(const std::string& asked);

/// Asked before a store is opened. err   Usage: bad-day
[[nodiscard]] Result<void> check_as_of(const std::string& asked);

/// err   Usage: bad-day; Data: empty-store
[[nodiscard]] Result<Moment> moment_of(store::Store& store, const app::Packs& packs, const std::string& asked,
                                       const std::string& db);

/// "As of 2026-11-29; the newest data are of 2026-06-14, 168 days older": the first line of what reads a store.
[[nodiscard]] std::string first_line(const Moment& moment);

/// The same as the fields as_of and newest.
void write_moment(JsonWriter& json, const Moment& moment);

}  // namespace icosa::cli
