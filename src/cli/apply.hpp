/// What `icosa apply` is asked for, and the methods of it that take ballots instead of a series.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/command.hpp"
#include "cli/reading_options.hpp"
#include "pack/spec.hpp"

namespace icosa::cli {

struct ApplyOptions {
    std::string method;
    std::string file;
    std::string value;
    std::string time;
    std::string deflator;    ///< column; "" = none
    std::string unit;        ///< column of many series; "" = one series
    double false_discovery = 0;  ///< over all units and periods; 0 = not asked
    ReadingOptions reading;
    std::string roll_calls;  ///< file, for the methods that take ballots
    std::string out;
    int season = 0;          ///< 0 = from the time column
    std::vector<std::pair<std::string, std::string>> options;
};

/// ideal-points, s-score, kappa; nullptr = none of them.
[[nodiscard]] const pack::Spec* find_vote_method(std::string_view name);
[[nodiscard]] std::vector<std::string> vote_method_names();

/// Reads both files, computes, writes the table; tells ballots that were left out on standard error, or all of it as
/// JSON.
[[nodiscard]] Result<int> apply_votes(const Common& common, const ApplyOptions& options);

}  // namespace icosa::cli
