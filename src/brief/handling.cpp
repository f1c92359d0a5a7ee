/// The narrower of two marks.
#include "brief/handling.hpp"

#include <algorithm>

namespace icosa::brief {

std::string handling_mark(const std::vector<std::string>& not_to_be_passed_on, std::string_view asked) {
    const auto follows = handling_marks.begin() + (not_to_be_passed_on.empty() ? 0 : 1);
    const auto wanted = std::ranges::find(handling_marks, asked);
    return std::string(wanted == handling_marks.end() ? *follows : *std::max(follows, wanted));
}

}  // namespace icosa::brief
