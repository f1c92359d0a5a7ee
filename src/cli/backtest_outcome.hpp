/// icosa backtest --outcome: a declared outcome's chances at past origins, against what came.
#pragma once

#include <string>
#include <vector>

#include "cli/command.hpp"
#include "cli/reading_options.hpp"
#include "table/columns.hpp"

namespace icosa::cli {

struct OutcomeOptions {
    std::string outcome;  ///< id of packs/outcomes.toml; "" = not asked
    std::string from, to;  ///< the first and the last origin
    std::string out;
    std::vector<std::string> also;  ///< further columns of counts; empty = all that hold counts; "none"
};

/// --from, --to, --outcome and --out serve --watches too.
void add_outcome(Command& command, OutcomeOptions& options);

/// The first flag of these that was given, "" = none.
[[nodiscard]] std::string given_flag(const OutcomeOptions& options);

/// regions: a table of a region a unit, "none", or "" = the continents of units that are places
[[nodiscard]] Result<int> backtest_outcome(const Common& common, const std::string& panel,
                                           const table::CountColumns& columns, const ReadingOptions& reading,
                                           const std::string& regions, const OutcomeOptions& options);

}  // namespace icosa::cli
