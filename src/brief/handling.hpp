/// The handling mark of a dossier: it follows from what its sources allow, and a user may raise it.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace icosa::brief {

/// The labels of the Traffic Light Protocol 2.0, from the widest to the narrowest circle.
inline constexpr std::array<std::string_view, 5> handling_marks = {"TLP:CLEAR", "TLP:GREEN", "TLP:AMBER",
                                                                   "TLP:AMBER+STRICT", "TLP:RED"};

/// TLP:CLEAR where every source used may be passed on, else TLP:GREEN; `asked` ("" = nothing) where that is narrower.
[[nodiscard]] std::string handling_mark(const std::vector<std::string>& not_to_be_passed_on, std::string_view asked);

}  // namespace icosa::brief
