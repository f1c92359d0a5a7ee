/// What `icosa basins` tells and writes.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/basins.hpp"
#include "base/result.hpp"

namespace icosa::cli {

struct BasinsTold {
    const app::BasinsKnown& known;
    const pack::PlaceBook& places;
    Day as_of = no_day, since = first_possible_day, until = last_possible_day;
};

/// Of an event's decade.
struct BasinDecade {
    int first_year = 0;
    std::int64_t events = 0, conflictive = 0, cooperative = 0;
};
[[nodiscard]] std::vector<BasinDecade> decades_of(const app::BasinFacts& basin);
[[nodiscard]] double share_of(std::int64_t part, std::size_t all);  ///< NaN of none
[[nodiscard]] Day newest_event(const app::BasinFacts& basin);      ///< no_day: none

/// A line a basin; basins with neither events nor agreements are counted only.
[[nodiscard]] std::string basins_text(const BasinsTold& of);
/// One basin whole.
[[nodiscard]] std::string basin_text(const BasinsTold& of, const app::BasinFacts& basin);
[[nodiscard]] std::string basins_json(const BasinsTold& of);
/// A row a basin.
/// err   those of ResultTable
[[nodiscard]] Result<void> write_basins(const std::string& path, const BasinsTold& of);

}  // namespace icosa::cli
