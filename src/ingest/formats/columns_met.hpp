/// The names of a table's columns in the order in which records bring them, and where each name stands.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace icosa::ingest {

/// More columns than any table has: what lies beyond is left out.
inline constexpr std::size_t most_columns_met = 4096;

/// The column of a record's own name, where records have names: "data.*", an element.
inline constexpr std::string_view own_name_column = "@";

class ColumnsMet {
public:
    ColumnsMet() = default;
    explicit ColumnsMet(const std::vector<std::string>& names) {
        for (const std::string& name : names) add(name);
    }

    /// Where a name stands; -1 where it does not. `guess`: where it probably stands.
    [[nodiscard]] std::int32_t find(std::string_view name, std::size_t guess = 0) const {
        if (guess < names_.size() && names_[guess] == name) return static_cast<std::int32_t>(guess);
        const auto found = places_.find(name);
        return found == places_.end() ? -1 : found->second;
    }
    void add(std::string_view name) {
        if (names_.size() >= most_columns_met || find(name, next_) >= 0) return;
        places_.emplace(std::string(name), static_cast<std::int32_t>(names_.size()));
        names_.emplace_back(name);
    }
    [[nodiscard]] const std::vector<std::string>& names() const { return names_; }

private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    std::vector<std::string> names_;
    std::unordered_map<std::string, std::int32_t, Hash, std::equal_to<>> places_;
    std::size_t next_ = 0;
};

}  // namespace icosa::ingest
