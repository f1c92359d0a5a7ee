/// Keys, values and units, line by line.
#include "cli/conjunction_message.hpp"

#include <cmath>

#include <fmt/format.h>

#include "engine/orbit_elements.hpp"
#include "methods/orbit/earth_fixed.hpp"
#include "methods/orbit/vector.hpp"

namespace icosa::cli {
namespace {

namespace orbit = methods::orbit;

constexpr double metres_a_km = 1000;
constexpr double turn_rad_s = 7.292115146706979e-5;  ///< of the Earth, [vallado2006] app. C

/// TEME turned to the Earth-fixed frame, the velocity as seen there.
orbit::State earth_fixed_state(const orbit::State& state, Instant at) {
    const double angle = orbit::greenwich_rad(engine::orbit_instant(at)), c = std::cos(angle), s = std::sin(angle);
    const auto turned = [&](const orbit::Vector& a) {
        return orbit::Vector{a[0] * c + a[1] * s, a[1] * c - a[0] * s, a[2]};
    };
    orbit::State out;
    out.position_km = turned(state.position_km);
    out.velocity_km_s = turned(state.velocity_km_s);
    out.velocity_km_s[0] += turn_rad_s * out.position_km[1];
    out.velocity_km_s[1] -= turn_rad_s * out.position_km[0];
    return out;
}

std::string instant_text(Instant at) {
    std::string out = iso(at, 3);
    out.pop_back();
    return out;
}

class MessageText {
public:
    void key(std::string_view name, std::string_view value) {
        fmt::format_to(std::back_inserter(out_), "{} = {}\n", name, value);
    }
    void number(std::string_view name, double value, int decimals, std::string_view unit) {
        fmt::format_to(std::back_inserter(out_), "{} = {:.{}f} [{}]\n", name, value, decimals, unit);
    }
    void comment(std::string_view words) { fmt::format_to(std::back_inserter(out_), "COMMENT {}\n", words); }
    [[nodiscard]] std::string take() { return std::move(out_); }
    std::string& text() { return out_; }

private:
    std::string out_;
};

void write_covariance(MessageText& out) {
    // R, T, N as SOCRATES assumes; velocities by the mean motion of a low orbit, so that the matrix is positive
    constexpr double variances[] = {1e4, 9e4, 1e4, 1e-2, 1e-2, 1e-2};
    constexpr std::string_view axes[] = {"R", "T", "N", "RDOT", "TDOT", "NDOT"};
    constexpr std::size_t positions = 3;
    for (std::size_t row = 0; row < std::size(axes); ++row) {
        for (std::size_t column = 0; column <= row; ++column) {
            const auto* unit = row < positions ? "m**2" : column < positions ? "m**2/s" : "m**2/s**2";
            fmt::format_to(std::back_inserter(out.text()), "C{}_{} = {:.3E} [{}]\n", axes[row], axes[column],
                           row == column ? variances[row] : 0.0, unit);
        }
    }
}

void write_object(MessageText& out, int number, const ApproachingObject& object, Instant tca) {
    const model::ElementSet& set = object.set;
    out.comment(fmt::format("Object{} metadata", number));
    out.key("OBJECT", fmt::format("OBJECT{}", number));
    out.key("OBJECT_DESIGNATOR", fmt::format("{:05}", set.object));
    out.key("CATALOG_NAME", "SATCAT");
    out.key("OBJECT_NAME", set.name.empty() ? "UNKNOWN" : set.name);
    out.key("INTERNATIONAL_DESIGNATOR", set.designator.empty() ? "UNKNOWN" : set.designator);
    if (const auto type = object_type(set); !type.empty()) out.key("OBJECT_TYPE", type);
    out.key("EPHEMERIS_NAME", "NONE");
    out.key("COVARIANCE_METHOD", "DEFAULT");
    out.key("MANEUVERABLE", "N/A");
    out.key("REF_FRAME", "ITRF");
    out.comment(fmt::format("Object{} data: SGP4 from public mean elements of {}", number,
                            iso({set.epoch_day, set.epoch_us}, 3)));
    out.comment("TEME turned by mean sidereal time (IAU 1982), UTC taken for UT1, polar motion left out");
    const auto fixed = earth_fixed_state(object.state, tca);
    constexpr std::string_view axes[] = {"X", "Y", "Z"};
    for (std::size_t i = 0; i < std::size(axes); ++i) out.number(axes[i], fixed.position_km[i], 6, "km");
    for (std::size_t i = 0; i < std::size(axes); ++i)
        out.number(fmt::format("{}_DOT", axes[i]), fixed.velocity_km_s[i], 9, "km/s");
    out.comment("Covariance in the RTN frame: UNKNOWN. Public elements have none; what stands here is an assumption,");
    out.comment("not an estimate: deviations of 100, 300, 100 m and 0.1 m/s. Not for a probability of collision.");
    write_covariance(out);
}

}  // namespace

std::string assumption_words(const ProbabilityAssumption& assumption) {
    return fmt::format(
        "pc_max is the largest probability that any covariance with axes of {:g} to 1 gives, for a combined "
        "hard-body radius of {:g} m; public elements have no covariance",
        assumption.aspect, assumption.radius_km * metres_a_km);
}

orbit::Vector in_rtn(const orbit::State& of, const orbit::Vector& vector) {
    const auto radial = orbit::unit(of.position_km);
    const auto normal = orbit::unit(orbit::cross(of.position_km, of.velocity_km_s));
    return {orbit::dot(vector, radial), orbit::dot(vector, orbit::cross(normal, radial)), orbit::dot(vector, normal)};
}

std::string object_type(const model::ElementSet& set) {
    const std::string name = " " + set.name + " ";
    if (name.find(" DEB ") != std::string::npos || name.find(" DEBRIS ") != std::string::npos) return "DEBRIS";
    if (name.find(" R/B") != std::string::npos) return "ROCKET BODY";
    return {};
}

std::string message_id(const CloseApproach& approach) {
    std::string at;
    for (const char c : iso(approach.tca, 3))
        if (c != '-' && c != ':' && c != 'Z') at += c;
    return fmt::format("{}-{}-{}", approach.one.set.object, approach.two.set.object, at);
}

std::string conjunction_message(const CloseApproach& approach, const Screening& screening) {
    const auto& [one, two] = std::tie(approach.one, approach.two);
    MessageText out;
    out.key("CCSDS_CDM_VERS", "1.0");
    out.comment("From public mean elements by SGP4, whose error is some kilometres after a day and more after a week:");
    out.comment("a warning to look closer, no ground for a manoeuvre.");
    out.key("CREATION_DATE", screening.created);
    out.key("ORIGINATOR", "ICOSA");
    out.key("MESSAGE_ID", message_id(approach));
    out.comment("Relative metadata and data");
    out.key("TCA", instant_text(approach.tca));
    out.number("MISS_DISTANCE", approach.miss_km * metres_a_km, 1, "m");
    out.number("RELATIVE_SPEED", approach.relative_speed_km_s * metres_a_km, 1, "m/s");
    const auto position = in_rtn(one.state, orbit::minus(two.state.position_km, one.state.position_km));
    const auto velocity = in_rtn(one.state, orbit::minus(two.state.velocity_km_s, one.state.velocity_km_s));
    constexpr std::string_view axes[] = {"R", "T", "N"};
    for (std::size_t i = 0; i < std::size(axes); ++i)
        out.number(fmt::format("RELATIVE_POSITION_{}", axes[i]), position[i] * metres_a_km, 1, "m");
    for (std::size_t i = 0; i < std::size(axes); ++i)
        out.number(fmt::format("RELATIVE_VELOCITY_{}", axes[i]), velocity[i] * metres_a_km, 1, "m/s");
    out.key("START_SCREEN_PERIOD", instant_text(screening.start));
    out.key("STOP_SCREEN_PERIOD", instant_text(screening.stop));
    out.comment(fmt::format("Screened by distance alone: within {:g} km", screening.within_km));
    out.comment(assumption_words(screening.assumption));
    out.key("COLLISION_PROBABILITY", fmt::format("{:.3E}", approach.pc_max));
    out.key("COLLISION_PROBABILITY_METHOD", "ALFANO-MAX-PROBABILITY");
    write_object(out, 1, one, approach.tca);
    write_object(out, 2, two, approach.tca);
    return out.take();
}

}  // namespace icosa::cli
