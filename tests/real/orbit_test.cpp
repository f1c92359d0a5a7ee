/// The published verification set of SGP4, scalar and in lanes, and the whole catalogue of a day in lanes.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <numbers>
#include <sstream>
#include <string>
#include <vector>

#include "methods/orbit/conjunction_check.hpp"

namespace icosa {
namespace {

using namespace methods::orbit;

std::string folder() {
    const char* given = std::getenv("ICOSA_DATA");
    return (given ? std::string(given) : std::string(ICOSA_ROOT) + "/../shared/data") + "/space/";
}

#define SKIP_WITHOUT(file) \
    if (!std::filesystem::exists(folder() + (file))) GTEST_SKIP() << "no " << folder() << (file)

constexpr double degree = std::numbers::pi / 180, turns_a_day = 2 * std::numbers::pi / 1440;

double field(const std::string& line, std::size_t from, std::size_t length, const char* before = "") {
    std::string text = line.substr(from, length);
    std::ranges::replace(text, ' ', before[0] == '\0' ? ' ' : '0');
    return std::stod(before + text);
}

struct VerificationSet {
    std::string name;
    Elements elements;
};

/// A fixed layout, of which the file is a good specimen; B* is a mantissa behind an unwritten point and an exponent.
VerificationSet two_lines(const std::string& one, const std::string& two) {
    VerificationSet out;
    out.name = one.substr(2, 5);
    const int year = std::stoi(one.substr(18, 2));
    out.elements.epoch.day = day_of(year < 57 ? 2000 + year : 1900 + year, 1, 1) + (std::stoi(one.substr(20, 3)) - 1);
    out.elements.epoch.microsecond = std::stoll(one.substr(24, 8)) * 864;
    const double sign = one[53] == '-' ? -1 : 1;
    out.elements.drag_per_radius = sign * std::stod("0." + one.substr(54, 5) + "e" + one.substr(59, 2));
    out.elements.inclination_rad = field(two, 8, 8) * degree;
    out.elements.node_rad = field(two, 17, 8) * degree;
    out.elements.eccentricity = field(two, 26, 7, "0.");
    out.elements.perigee_rad = field(two, 34, 8) * degree;
    out.elements.mean_anomaly_rad = field(two, 43, 8) * degree;
    out.elements.mean_motion_rad_min = field(two, 52, 11) * turns_a_day;
    return out;
}

std::vector<VerificationSet> verification_sets() {
    std::ifstream in(folder() + "SGP4-VER.TLE");
    std::vector<VerificationSet> out;
    for (std::string line, one; std::getline(in, line);) {
        if (line.starts_with("1 ")) one = line;
        if (line.starts_with("2 ")) out.push_back(two_lines(one, line));
    }
    return out;
}

struct VerificationRow {
    double minutes;
    Vector position_km, velocity_km_s;
};

std::vector<std::vector<VerificationRow>> verification_rows() {
    std::ifstream in(folder() + "tcppver.out");
    std::vector<std::vector<VerificationRow>> out;
    for (std::string line; std::getline(in, line);) {
        if (line.find("xx") != std::string::npos) {
            out.emplace_back();
            continue;
        }
        std::istringstream numbers(line);
        VerificationRow row{};
        Vector &r = row.position_km, &v = row.velocity_km_s;
        if (numbers >> row.minutes >> r[0] >> r[1] >> r[2] >> v[0] >> v[1] >> v[2]) out.back().push_back(row);
    }
    return out;
}

TEST(SgpVerification, EveryRowWithinAMillimetre) {
    SKIP_WITHOUT("SGP4-VER.TLE");
    const auto sets = verification_sets();
    const auto rows = verification_rows();
    ASSERT_EQ(sets.size(), 33U);
    ASSERT_EQ(rows.size(), sets.size());
    std::size_t compared = 0;
    for (std::size_t k = 0; k < sets.size(); ++k) {
        const Satellite s = initialise(sets[k].elements);
        std::vector<double> minutes;
        for (const VerificationRow& row : rows[k]) minutes.push_back(row.minutes);
        for (const Width width : {Width::Two, Width::Four, Width::Eight}) {
            States lanes;
            propagate_times(s, minutes, lanes, width);
            for (std::size_t m = 0; m < rows[k].size(); ++m) {
                const VerificationRow& row = rows[k][m];
                for (const State& state : {propagate(s, row.minutes), lanes.at(m)}) {
                    // the file prints zeros and goes on where the published code stops
                    if (sets[k].name == "33334") {
                        EXPECT_EQ(state.refusal, Refusal::PerturbedEccentricity);
                        continue;
                    }
                    EXPECT_EQ(state.refusal, Refusal::None) << sets[k].name << " at " << row.minutes;
                    EXPECT_LT(length(minus(state.position_km, row.position_km)), 1e-6) << sets[k].name;
                    EXPECT_LT(length(minus(state.velocity_km_s, row.velocity_km_s)), 2e-9) << sets[k].name;
                    ++compared;
                }
            }
        }
    }
    EXPECT_EQ(compared, 666U * 6);
}

TEST(SgpVerification, ErrorsWhereThePublishedCodeStops) {
    SKIP_WITHOUT("SGP4-VER.TLE");
    struct Known {
        std::string name;
        double last_good, first_bad;
        Refusal why;
    };
    const std::vector<Known> known = {{"22312", 474.2028672, 494.2028672, Refusal::Eccentricity},
                                      {"28350", 1440, 1560, Refusal::Eccentricity},
                                      {"28872", 50, 55, Refusal::Decayed},
                                      {"29141", 420, 440, Refusal::Decayed},
                                      {"33333", 20, 25, Refusal::SemiLatusRectum},
                                      {"20413", 1'844'335, 1'844'345, Refusal::Decayed}};
    for (const VerificationSet& set : verification_sets())
        for (const Known& one : known) {
            if (one.name != set.name) continue;
            const Satellite s = initialise(set.elements);
            EXPECT_EQ(propagate(s, one.last_good).refusal, Refusal::None) << one.name;
            EXPECT_EQ(propagate(s, one.first_bad).refusal, one.why) << one.name;
        }
}

std::vector<Satellite> catalogue() {
    std::ifstream in(folder() + "celestrak_on_orbit_20241101.csv");
    std::vector<Satellite> out;
    std::string line;
    std::getline(in, line);
    while (std::getline(in, line)) {
        std::vector<std::string> f;
        std::istringstream cells(line);
        for (std::string cell; std::getline(cells, cell, ',');) f.push_back(cell);
        if (f.size() < 15) continue;
        Elements e;
        e.epoch.day = parse_iso_day(f[2].substr(0, 10)).value_or(no_day);
        e.epoch.microsecond = ((std::stoll(f[2].substr(11, 2)) * 60 + std::stoll(f[2].substr(14, 2))) * 60
                               + std::stoll(f[2].substr(17, 2)))
                * 1'000'000
            + std::stoll(f[2].substr(20, 6));
        e.mean_motion_rad_min = std::stod(f[3]) * turns_a_day;
        e.eccentricity = std::stod(f[4]);
        e.inclination_rad = std::stod(f[5]) * degree;
        e.node_rad = std::stod(f[6]) * degree;
        e.perigee_rad = std::stod(f[7]) * degree;
        e.mean_anomaly_rad = std::stod(f[8]) * degree;
        e.drag_per_radius = std::stod(f[14]);
        out.push_back(initialise(e));
    }
    return out;
}

const Instant noon{Day{20'028}, 43'200'000'000};

TEST(Catalogue, LanesEqualTheScalarPropagator) {
    SKIP_WITHOUT("celestrak_on_orbit_20241101.csv");
    const auto satellites = catalogue();
    ASSERT_EQ(satellites.size(), 26'834U);
    const Batch batch(satellites, noon, 0, 10'080);
    States states;
    for (const double minutes : {0.0, 10'080.0}) {
        batch.propagate(minutes, states);
        double worst = 0;
        for (std::size_t slot = 0; slot < batch.slots(); ++slot) {
            const std::size_t k = batch.objects()[slot];
            if (k == Batch::padding) continue;
            const State one = propagate(satellites[k], minutes_between(noon, satellites[k].elements.epoch) + minutes);
            EXPECT_EQ(static_cast<std::uint8_t>(one.refusal), states.refusal[slot]);
            if (one.refusal == Refusal::None)
                worst = std::max(worst, length(minus(one.position_km, states.at(slot).position_km)));
        }
        EXPECT_LT(worst, 1e-6);
    }
}

TEST(Catalogue, SixHoursAndACertificate) {
    SKIP_WITHOUT("celestrak_on_orbit_20241101.csv");
    const auto satellites = catalogue();
    ConjunctionSearch search;
    search.start = noon;
    search.hours = 6;
    search.samples = 50'000;
    search.threads = 2;
    const ConjunctionAnswer answer = find_conjunctions(satellites, search);
    EXPECT_GT(answer.approaches.size(), 5000U);
    EXPECT_FALSE(answer.docked.empty());
    const DropCheck check = check_dropped(satellites, noon, answer.step_seconds, search.within_km, answer.sample);
    EXPECT_EQ(check.too_close, 0);
    EXPECT_EQ(check.bound_broken, 0);
    EXPECT_EQ(check.proven + check.without_state, check.checked);
    search.step_seconds = 25;
    search.samples = 0;
    EXPECT_EQ(find_conjunctions(satellites, search).approaches.size(), answer.approaches.size());
}

}  // namespace
}  // namespace icosa
