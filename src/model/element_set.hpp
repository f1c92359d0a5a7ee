/// An element set: the mean orbit of one object at an instant, as general perturbations catalogues publish it (TLE,
/// OMM), for SGP4 alone.
#pragma once

#include <cstdint>
#include <string>

#include "base/date.hpp"

namespace icosa::model {

struct ElementSet {
    std::int32_t object = 0;     ///< catalogue number, up to nine digits
    std::string name;            ///< as the source writes it
    std::string designator;      ///< international: "1998-067A"; "" = none
    Day epoch_day = no_day;      ///< UTC
    std::int64_t epoch_us = 0;   ///< microseconds since that day began
    double mean_motion_rev_per_day = 0;  ///< Kozai, as published
    double eccentricity = 0;
    double inclination_deg = 0;
    double ascending_node_deg = 0;
    double perigee_argument_deg = 0;
    double mean_anomaly_deg = 0;
    double drag_per_er = 0;      ///< B*, 1 / earth radii
    std::string file = {};
    std::int32_t line = 0;
};

}  // namespace icosa::model
