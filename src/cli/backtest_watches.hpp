/// icosa backtest --watches: how often what the watches said at past days was followed by what they warn of.
#pragma once

#include <string>
#include <vector>

#include "cli/backtest_outcome.hpp"
#include "cli/command.hpp"

namespace icosa::cli {

struct WatchesOptions {
    bool asked = false;
    std::vector<std::string> watches;  ///< ids; empty = all of the areas asked
    std::vector<std::string> areas;    ///< numbers, sections or slugs; empty = all
    std::string write;                 ///< a folder of records; "" = none are written
};

[[nodiscard]] bool is_asked(const WatchesOptions& options);
void add_watches(Command& command, WatchesOptions& options);
[[nodiscard]] Result<int> backtest_watches(const Common& common, const WatchesOptions& options,
                                           const OutcomeOptions& origins);

}  // namespace icosa::cli
