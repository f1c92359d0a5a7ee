/// Files of draws for the benches: many cells, nearly all quiet, as counts of fatalities by grid cell and month are.
#pragma once

#include <cstdint>
#include <string>

namespace icosa::bench {

struct DrawsShape {
    int units = 13'110;
    int months = 36;
    int draws = 1000;
};

/// Writes DRAWS (month_id, priogrid_gid, draw, outcome; rows grouped by unit, then month) and ACTUALS (month_id,
/// priogrid_gid, outcome). One cell in fifty is at war (its draws a mixture of gamma-like counts to some thousands),
/// one in twelve knows single incidents, the others one draw above 0 in five hundred.
void write_draws(const std::string& draws, const std::string& actuals, const DrawsShape& shape);

}  // namespace icosa::bench
