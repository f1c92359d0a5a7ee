/// A condition on the options as words: "withdraw and not escalate".
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "methods/conflict_graph/game.hpp"

namespace icosa::respond::games {

/// Reads names of options joined by `and`, `or`, `not`, brackets, `if A then B` (the same as `not A or B`), or a state
/// as letters, "YN-Y", where - is free. `and` binds before `or`.
///
/// in    where = the place of the text in its file
/// err   bad-condition, unknown-option (with the nearest), too-long-condition: more than 4096 alternatives
[[nodiscard]] Result<methods::conflict_graph::Condition> parse_condition(std::string_view text,
                                                                         std::span<const std::string> options,
                                                                         const Where& where);

/// "A over B", "A before B", with ", all else equal" behind it or ", whatever else" (the default).
struct OverText {
    methods::conflict_graph::Condition better, worse;
    bool is_all_else_equal = false;
};
/// err   as parse_condition; bad-statement: no "over"
[[nodiscard]] Result<OverText> parse_over(std::string_view text, std::span<const std::string> options,
                                          const Where& where);

}  // namespace icosa::respond::games
