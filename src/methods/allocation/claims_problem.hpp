/// Claims: what there is to give, who needs how much of it, and who can host how much.
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

namespace icosa::methods {

using Places = std::int64_t;
inline constexpr Places no_limit = std::numeric_limits<std::int32_t>::max();
inline constexpr Places most_places = 200'000;       ///< of a total: rules give place by place
inline constexpr Places most_need = 10'000'000;

struct Claimant {
    int group = 0;
    Places floor = 0;
    Places cap = no_limit;
    std::vector<Places> needs;  ///< [fields], 0 to most_need
    double weight = 1;          ///< of a place, for the plan of weighted places

    [[nodiscard]] Places need() const {
        Places out = 0;
        for (const Places one : needs) out += one;
        return out;
    }
};

struct ClaimGroup {
    Places floor = 0;
    Places cap = no_limit;
};

struct HostOfPlaces {
    std::vector<char> fields;      ///< [fields]: teaches it
    std::vector<char> groups;      ///< [groups]: takes them
    std::vector<Places> capacity;  ///< [years]
    Places least_class = 0;        ///< a field of a year is taught to at least so many, or to nobody
    double cost = 0;               ///< of one place, in the unit of the file
};

/// All of it. There is at least one group, field, year and host.
struct ClaimsProblem {
    Places total = 0;                ///< at most most_places
    bool must_place_all = false;
    bool may_exceed_need = false;    ///< only when conflicts are looked for
    std::vector<Places> year_limits;  ///< [years]
    std::vector<ClaimGroup> groups;
    std::vector<Claimant> claimants;
    std::vector<HostOfPlaces> hosts;
    int fields = 1;
};

}  // namespace icosa::methods
