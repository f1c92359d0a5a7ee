/// A file of packages: issues with their values, parties, and what each party is assumed to prefer, by whom and when.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "methods/bargaining/package_space.hpp"
#include "pack/toml.hpp"

namespace icosa::respond {

struct PackageIssue {
    std::string id;
    std::string title;
    std::vector<std::string> values;
    int today = 0;
    std::vector<std::string> concerns;  ///< states whose consent a change needs, parties here or not
    Where where;
};

struct PackageParty {
    std::string id;
    std::string title;
    Where where;
};

/// Values that a party will not have, all together.
struct RedLine {
    std::vector<methods::Pick> picks;
    Where where;
};

/// One party's preferences as someone states them: points of the values, or an order of them.
struct Preference {
    int party = -1;
    std::string set;  ///< "" = of every set
    std::string author, date, source;
    bool has_points = false;
    std::vector<std::vector<methods::PartyPoints>> points;  ///< [issues][values], millionths
    std::vector<std::vector<int>> ranks;                    ///< [issues][values], 0 = best; orders only
    std::optional<methods::PartyPoints> at_least;
    Where at_least_where;
    std::vector<RedLine> red_lines;
    std::vector<std::vector<char>> consents;  ///< [issues][values]: agrees to it on an issue that concerns it
    Where where;
};

struct PackageModel {
    std::string path;
    std::string title;
    std::string note;
    double tolerance = 0;  ///< of a hundred points
    std::vector<PackageIssue> issues;
    std::vector<PackageParty> parties;
    std::vector<Preference> preferences;
    std::vector<std::string> sets;  ///< rival sets by their first mention; "" = the only one

    [[nodiscard]] std::int64_t packages() const;
    /// The preference of a party in a set; a file that was read whole has one for each.
    [[nodiscard]] const Preference& preference(int party, const std::string& set) const;
    /// "crossings = permits, gauges = joint".
    [[nodiscard]] std::string words(const std::vector<int>& values) const;
    /// Only what is not as today; "all as today".
    [[nodiscard]] std::string changes(const std::vector<int>& values) const;
};

inline constexpr std::int64_t most_packages = std::int64_t{1} << 26U;
inline constexpr std::int64_t most_ordered_packages = std::int64_t{1} << 22U;

/// Reads a file of packages, and preferences that parties keep in files of their own.
///
/// in    path; private_files: files of [[preference]] tables alone
/// out   what the files say; whole only where `faults` got nothing
/// err   into faults: syntax, unknown-key, missing-key, unknown-issue, unknown-value, unknown-party,
/// points-do-not-add-up,
///       no-preference, two-preferences, too-many-packages, ... each with its place
[[nodiscard]] PackageModel load_packages(const std::string& path, const std::vector<std::string>& private_files,
                                         Diagnostics& faults);

/// A number of points as it is told: "66", "13.25".
[[nodiscard]] std::string points_text(std::int64_t millionths);

}  // namespace icosa::respond
