/// What `icosa match` tells and writes of two matched sources.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "cli/match_source.hpp"
#include "methods/matching/chance.hpp"

namespace icosa::cli {

struct Matched {
    MatchSource a, b;
    std::string kinds;  ///< how they were compared: "by taxonomy 'sea-incidents'"
    methods::matching::Reach reach;
    methods::matching::Matching found;
    std::optional<methods::matching::Chance> chance;  ///< nothing: not asked, or the days are too few

    /// Nothing without an estimate of chance or pairs.
    [[nodiscard]] std::optional<methods::matching::Precision> precision() const;
};

void tell_rows(const MatchSource& of, std::string_view what_for);  ///< on the standard error; "to match"
void tell_matched(const Matched& of);  ///< on the standard error
[[nodiscard]] std::string matched_json(const Matched& of);
[[nodiscard]] std::string matched_geojson(const Matched& of);
/// Rows source_a,line_a,source_b,line_b,distance_km,days,score; path "" = standard output.
/// err   those of ResultTable
[[nodiscard]] Result<void> write_pairs(const std::string& path, const Matched& of,
                                       const std::vector<methods::matching::Pair>& pairs);

}  // namespace icosa::cli
