/// The columns of mean elements, by the names of the orbit mean-elements message: whatever format a catalogue comes in,
/// its table has these.
#pragma once

#include <array>
#include <string_view>

namespace icosa::ingest {

/// src   [ccsds2023] table 4-3; in the order of CelesTrak's CSV
inline constexpr std::array<std::string_view, 17> element_columns = {
    "OBJECT_NAME",    "OBJECT_ID",         "EPOCH",        "MEAN_MOTION",     "ECCENTRICITY",        "INCLINATION",
    "RA_OF_ASC_NODE", "ARG_OF_PERICENTER", "MEAN_ANOMALY", "EPHEMERIS_TYPE",  "CLASSIFICATION_TYPE", "NORAD_CAT_ID",
    "ELEMENT_SET_NO", "REV_AT_EPOCH",      "BSTAR",        "MEAN_MOTION_DOT", "MEAN_MOTION_DDOT"};

/// What verification sets carry behind their second line, in minutes since the epoch.
inline constexpr std::array<std::string_view, 3> verification_columns = {"START_MINUTES", "STOP_MINUTES",
                                                                         "STEP_MINUTES"};

}  // namespace icosa::ingest
