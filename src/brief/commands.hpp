/// Commands that work as they stand: with the store and the day of the dossier, quoted for a shell.
#pragma once

#include <string>
#include <string_view>

#include "base/date.hpp"

namespace icosa::brief {

/// A word as a shell reads it back.
[[nodiscard]] std::string quoted_word(std::string_view word);
/// "COMMAND --db STORE"; without a store as it is.
[[nodiscard]] std::string command_with_store(std::string_view command, std::string_view db);
/// "icosa explain ID --as-of DAY --db STORE", of a signal or a forecast.
[[nodiscard]] std::string explain_command(std::string_view id, Day as_of, std::string_view db);
/// "icosa sources --db STORE"
[[nodiscard]] std::string sources_command(std::string_view db);
/// "icosa run --as-of DAY --db STORE MORE"
[[nodiscard]] std::string run_command_line(Day as_of, std::string_view db, std::string_view more);

}  // namespace icosa::brief
