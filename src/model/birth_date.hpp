/// Dates of birth as lists write them: a day, a month, a year, years from to, about.
#pragma once

#include <optional>
#include <string_view>

#include "model/designee.hpp"

namespace icosa::model {

/// "1964-07-17", "17 Jul 1964", "Jul 1964", "1964", "circa 1964", "1961 to 1963", "between 1961 and 1963", "1960s";
/// what follows a day ("T00:00", "-04:00") is passed over. Nothing where it is none of these.
[[nodiscard]] std::optional<BirthDate> parse_birth_date(std::string_view text);

}  // namespace icosa::model
