/// Texts of a column, each kept once.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace icosa::table {

class Texts {
public:
    /// Its number, and whether it came for the first time.
    std::pair<std::int32_t, bool> at(std::string_view text) {
        if (newest_ >= 0 && all[static_cast<std::size_t>(newest_)] == text) return {newest_, false};
        const auto [found, is_new] = ids_.emplace(text, static_cast<std::int32_t>(all.size()));
        if (is_new) all.emplace_back(text);
        newest_ = found->second;
        return {newest_, is_new};
    }
    [[nodiscard]] const std::string& of(std::int32_t id) const { return all[static_cast<std::size_t>(id)]; }

    std::vector<std::string> all;  ///< by their numbers

private:
    std::unordered_map<std::string, std::int32_t> ids_;
    std::int32_t newest_ = -1;
};

}  // namespace icosa::table
