/// Formatting onto the end of a text, as the writers of pages do line by line.
#pragma once

#include <iterator>
#include <string>
#include <utility>

#include <fmt/format.h>

namespace icosa::brief {

template <class... Args> void put(std::string& out, fmt::format_string<Args...> form, Args&&... args) {
    fmt::format_to(std::back_inserter(out), form, std::forward<Args>(args)...);
}

}  // namespace icosa::brief
