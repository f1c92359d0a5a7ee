/// Codes and names of places compared by what they mean, not by how they are written.
#pragma once

#include <string>
#include <string_view>

namespace icosa::model {

/// Two codes of a system are the same where their keys are: " 500", "0500" and "500.0" as 500, "syr" as SYR; names
/// (system "name") folded, without an article at either end, and with UTF-8 undone that was read as Latin-1.
[[nodiscard]] std::string code_key(std::string_view system, std::string_view text);

/// A whole number as written by a program that takes it for a decimal one, or pads it: "500.0" and "0500" give "500";
/// other texts in capitals. What rows are told apart by.
[[nodiscard]] std::string plain_code(std::string_view text);

}  // namespace icosa::model
