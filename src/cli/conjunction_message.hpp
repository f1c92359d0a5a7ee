/// A close approach as a conjunction data message (CDM) in key-value notation.
#pragma once

#include <string>

#include "base/instant.hpp"
#include "methods/orbit/sgp4.hpp"
#include "model/element_set.hpp"

namespace icosa::cli {

/// What largest probability is assumed with.
struct ProbabilityAssumption {
    double radius_km = 0.01;  ///< of both hard bodies together
    double aspect = 3;        ///< of the axes of the covariance in the encounter plane
};
/// "largest probability for a combined hard-body radius of 10 m and ..."
[[nodiscard]] std::string assumption_words(const ProbabilityAssumption& assumption);

/// One of two objects at the time of closest approach.
struct ApproachingObject {
    model::ElementSet set;
    methods::orbit::State state;  ///< TEME of date
};

struct CloseApproach {
    ApproachingObject one, two;
    Instant tca;
    double miss_km = 0, relative_speed_km_s = 0;
    double pc_max = 0;
};

/// What the screening was asked for.
struct Screening {
    Instant start, stop;
    double within_km = 0;
    ProbabilityAssumption assumption;
    std::string created;  ///< "2024-11-01T12:00:00"
};

/// The obligatory keys in their order. States are Earth-fixed (TEME turned by mean sidereal time; the standard has no
/// TEME). Public elements have no covariance, and the message must: COVARIANCE_METHOD is DEFAULT and its values are an
/// assumption (100 m, 300 m, 100 m in R, T, N), said by a comment.
///
/// src   [ccsds2013] tables 3-1 to 3-4 and annex E; [kelso2005] for the assumed deviations
[[nodiscard]] std::string conjunction_message(const CloseApproach& approach, const Screening& screening);

/// "25544-48274-20241101T123456.789": the message's id, and its file's name.
[[nodiscard]] std::string message_id(const CloseApproach& approach);

/// Radial, transverse and normal parts, in the frame of the first object, of a vector.
[[nodiscard]] methods::orbit::Vector in_rtn(const methods::orbit::State& of, const methods::orbit::Vector& vector);

/// Years since launch as designators tell it are no part of it: "DEBRIS", "ROCKET BODY" by the word in the name, else
/// "".
[[nodiscard]] std::string object_type(const model::ElementSet& set);

}  // namespace icosa::cli
