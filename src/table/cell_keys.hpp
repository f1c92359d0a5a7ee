/// What makes a cell of one file the same as that of another: its period and its unit, however each file writes them.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/result.hpp"
#include "table/times.hpp"

namespace icosa::table {

/// Periods by one label: "201801", "2018M01", a day of it and the challenge's 457 are all 2018-01; other times stay as
/// they are.
class TimeKeys {
public:
    explicit TimeKeys(const AskedTimes& asked) : allowed_(asked.forms) {}

    /// The column of the first file decides the kind of time; cells: each text once.
    /// err   ambiguous-time
    [[nodiscard]] Result<void> learn(std::span<const std::string> cells, std::span<const int> lines,
                                     const Where& column);
    void learn_months() { allowed_ &= month_forms(); }
    /// err   ambiguous-time
    [[nodiscard]] Result<std::string> of(std::string_view time, const Where& place) const;

private:
    TimeForms allowed_;
    std::optional<TimeForm> form_;
};

/// A unit by one text: numbers by their value ("131464.0", "0131464" and "131464"), others as they are.
[[nodiscard]] std::string unit_key(std::string_view unit);

/// Period and unit as one text, and such a key for a message: "unit 'a' in 2018-01".
[[nodiscard]] std::string cell_key(std::string_view time_key, std::string_view unit_key);
[[nodiscard]] std::string cell_words(const std::string& key);

}  // namespace icosa::table
