/// transit-rate on two made-up straits with ships counted in both.
#include "world.hpp"

namespace icosa::detect {
namespace {

constexpr const char* straits_toml = R"(
[[place]]
id = "narrows"
kind = "chokepoint"
name = "Narrows"
at = [10, 0]
radius_km = 50
[[place]]
id = "gut"
kind = "chokepoint"
name = "Gut"
at = [30, 0]
radius_km = 50
)";
constexpr const char* rate_watch = R"(
engine = "transit-rate"
from = ["alpha"]
kind = ["violence"]
places = ["narrows", "gut"]
unit = "place-position"
period = "month"
per = { from = ["beta"], measure = "passing", unit = "place", value = "mean" }
method = { name = "exact-ratio" }
severity_unit = "incidents"
)";

std::string at(double latitude_deg, double longitude_deg) {
    const auto micro = [](double degrees) { return std::llround(degrees * 1e6); };
    return "|"
        + std::to_string((micro(latitude_deg) + 90'000'000) * 1'000'000'000LL + micro(longitude_deg) + 180'000'000);
}

/// Twelve months with `first` of one incident, the rest of none; then twelve with `second`.
std::vector<double> years(int first, int second) {
    std::vector<double> out;
    for (int i = 0; i < 12; ++i) out.push_back(i < first ? 1 : 0);
    for (int i = 0; i < 12; ++i) out.push_back(i < second ? 1 : 0);
    return out;
}

struct StraitWorld : World {
    StraitWorld() {
        Diagnostics here;
        places.read(toml(straits_toml), here);
        places.check(here);
        for (const Error& fault : here) ADD_FAILURE() << render(fault);
        sources["alpha"].stale_after_days = sources["beta"].stale_after_days = 60;
    }
};

const Day strait_day = day_of(2021, 1, 20);
const std::vector<double> ships(24, 10.0);

TEST(TransitRate, SignalsWhereTheIntervalLiesAboveOne) {
    StraitWorld world;
    const auto watch = world.watch(rate_watch);
    world.put(
        watch, strait_day, 0, "alpha", "2020-12",
        {{at(0, 10), years(2, 6)}, {at(0.3, 10.1), years(0, 6)}, {at(0, 30), years(6, 9)}, {at(0, 20), years(9, 9)}});
    world.put(watch, strait_day, 1, "beta", "2020-12", {{"gut", ships}, {"narrows", ships}});
    const auto found = world.run(watch, strait_day);
    EXPECT_EQ(found.state, model::State::Signal);
    ASSERT_EQ(found.signals.size(), 1U) << found.reading;
    const auto& signal = found.signals[0];
    EXPECT_EQ(signal.id, "w.x/narrows/2020-12");
    EXPECT_EQ(signal.observed, 12);
    EXPECT_NEAR(signal.expected, 2 * 366.0 / 365, 1e-9) << "as many a ship as in the year before";
    EXPECT_GT(signal.threshold, signal.expected);
    EXPECT_LE(signal.threshold, signal.observed);
    EXPECT_EQ(signal.periods, 12);
    EXPECT_EQ(signal.behind, (std::vector<std::string>{at(0, 10), at(0.3, 10.1)}));
    EXPECT_EQ(found.units_examined, 2);
    EXPECT_NE(found.reading.find("Gut 2.46 (9), after 1.64 (6)"), std::string::npos) << found.reading;
}

TEST(TransitRate, MoreShipsExplainMoreIncidents) {
    StraitWorld world;
    const auto watch = world.watch(rate_watch);
    world.put(watch, strait_day, 0, "alpha", "2020-12", {{at(0, 10), years(2, 12)}, {at(0, 20), years(9, 9)}});
    std::vector<double> more = ships;
    std::fill(more.begin() + 12, more.end(), 60.0);
    world.put(watch, strait_day, 1, "beta", "2020-12", {{"narrows", more}});
    const auto found = world.run(watch, strait_day);
    EXPECT_EQ(found.state, model::State::Quiet) << found.reading;
    EXPECT_NE(found.reading.find("no count of ships at 1 other strait"), std::string::npos) << found.reading;
}

TEST(TransitRate, TooFewToSignal) {
    StraitWorld world;
    const auto watch = world.watch(rate_watch);
    world.put(watch, strait_day, 0, "alpha", "2020-12", {{at(0, 10), years(0, 4)}, {at(0, 20), years(9, 9)}});
    world.put(watch, strait_day, 1, "beta", "2020-12", {{"narrows", ships}});
    EXPECT_EQ(world.run(watch, strait_day).state, model::State::Quiet);
}

TEST(TransitRate, NoDataWhereShipsWereNotCounted) {
    StraitWorld world;
    const auto watch = world.watch(rate_watch);
    EXPECT_EQ(world.run(watch, strait_day).reading.find("no data"), 0U);
    world.put(watch, strait_day, 0, "alpha", "2020-12", {{at(0, 10), years(2, 12)}});
    EXPECT_EQ(world.run(watch, strait_day).reading, "no data of ships that passed");
    world.put(watch, strait_day, 1, "beta", "2020-12", {{"narrows", std::vector<double>(20, 10.0)}});
    const auto found = world.run(watch, strait_day);
    EXPECT_EQ(found.state, model::State::NoData);
    EXPECT_EQ(found.reading.find("no data: ships are counted from 2019-05"), 0U) << found.reading;
}

TEST(TransitRate, ASampleIsNoData) {
    StraitWorld world;
    const auto watch = world.watch(rate_watch);
    world.put(watch, strait_day, 0, "alpha", "2020-12", {{at(0, 10), years(2, 12)}}).complete = false;
    world.put(watch, strait_day, 1, "beta", "2020-12", {{"narrows", ships}});
    EXPECT_EQ(world.run(watch, strait_day).state, model::State::NoData);
}

TEST(TransitRate, ASourceThatToldLittleIsNoBase) {
    StraitWorld world;
    const auto watch = world.watch(rate_watch);
    world.put(watch, strait_day, 0, "alpha", "2020-12", {{at(0, 10), years(1, 12)}, {at(0, 20), years(2, 12)}});
    world.put(watch, strait_day, 1, "beta", "2020-12", {{"narrows", ships}});
    const auto found = world.run(watch, strait_day);
    EXPECT_EQ(found.state, model::State::NoData);
    EXPECT_EQ(found.reading.find("no data to compare with"), 0U) << found.reading;
}

TEST(TransitRate, StaleIsTold) {
    StraitWorld world;
    const auto watch = world.watch(rate_watch);
    const Day later = day_of(2021, 6, 1);
    world.put(watch, later, 0, "alpha", "2020-12", {{at(0, 10), years(2, 12)}, {at(0, 20), years(9, 9)}});
    world.put(watch, later, 1, "beta", "2020-12", {{"narrows", ships}});
    const auto found = world.run(watch, later);
    EXPECT_EQ(found.state, model::State::Stale);
    EXPECT_TRUE(found.signals.empty());
}

TEST(TransitRate, FaultsOfAWatch) {
    StraitWorld world;
    const auto faults_of = [&](const std::string& lines) {
        Diagnostics here;
        check_watch(world.watch(lines), world.setting(strait_day), here);
        std::string out;
        for (const Error& one : here) out += one.code + " ";
        return out;
    };
    const std::string good = rate_watch;
    const auto changed = [&](const std::string& what, const std::string& to) {
        std::string text = good;
        return text.replace(text.find(what), what.size(), to);
    };
    EXPECT_EQ(faults_of(good), "");
    EXPECT_NE(faults_of(changed("\"gut\"", "\"aaa\"")).find("bad-place"), std::string::npos);
    EXPECT_NE(faults_of(changed("unit = \"place-position\"", "unit = \"place\"")).find("bad-unit"), std::string::npos);
    EXPECT_NE(faults_of(changed("value = \"mean\"", "value = \"sum\"")).find("missing-key"), std::string::npos);
}

TEST(TransitRate, AsksOneQuestionALustrum) {
    StraitWorld world;
    const pack::Watch watch = world.watch(rate_watch);
    const auto since = [&](int year, int month) {
        return find_engine(watch.engine)->needs(watch, world.setting(day_of(year, month, 1))).at(0).since;
    };
    EXPECT_EQ(since(2021, 2), day_of(2015, 1, 1));  // five years before the day, and back to a fifth year
    EXPECT_EQ(since(2024, 12), since(2021, 2));
    EXPECT_EQ(since(2025, 2), day_of(2020, 1, 1));
}

}  // namespace
}  // namespace icosa::detect
