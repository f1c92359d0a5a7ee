/// hot-spots on made-up events: a gathering is told with its place, months and rows; a sample, a short study, an old
/// source are no data and stale.
#include "world.hpp"

namespace icosa::detect {
namespace {

constexpr const char* clusters_watch = R"(
engine = "hot-spots"
from = ["alpha"]
kind = ["violence"]
unit = "place-position"
period = "month"
method = { name = "scan-permutation", study = 24, longest = 3, radius_km = 200 }
severity_unit = "events"
)";

std::string at(const std::string& place, double latitude_deg, double longitude_deg) {
    const auto micro = [](double degrees) { return std::llround(degrees * 1e6); };
    return place + "|"
        + std::to_string((micro(latitude_deg) + 90'000'000) * 1'000'000'000LL + micro(longitude_deg) + 180'000'000);
}

const Day clusters_day = day_of(2020, 7, 15);

/// Twelve places a degree apart with one event a month; `more` in the last two months at two positions of one cell.
std::vector<std::pair<std::string, std::vector<double>>> events(int months, double more) {
    std::vector<std::pair<std::string, std::vector<double>>> out;
    for (int place = 0; place < 12; ++place)
        out.push_back({at(place < 6 ? "aaa" : "bbb", 0.25, place + 0.25), std::vector<double>(months, 1.0)});
    out.push_back({at("aaa", 0.3, 3.3), std::vector<double>(months, 0.0)});
    for (int month = months - 2; month < months; ++month) {
        out[3].second[month] += more;
        out[12].second[month] += more;
    }
    return out;
}

TEST(HotSpots, AGatheringHasItsPlaceMonthsAndRows) {
    World world;
    const auto watch = world.watch(clusters_watch);
    world.put(watch, clusters_day, 0, "alpha", "2020-06", events(24, 8));
    const auto found = world.run(watch, clusters_day);
    ASSERT_EQ(found.signals.size(), 1U) << found.reading;
    const model::Signal& signal = found.signals[0];
    EXPECT_TRUE(signal.id.starts_with("w.x/aaa|cell:")) << signal.id;
    EXPECT_TRUE(signal.id.ends_with("/2020-06")) << signal.id;
    EXPECT_EQ(signal.observed, 34);  // two months of one, and of eight at each position
    EXPECT_GT(signal.threshold, signal.expected);
    EXPECT_LE(signal.threshold, signal.observed);
    EXPECT_EQ(signal.periods, 2);
    EXPECT_EQ(signal.adjusted_p_value, 0.001);
    EXPECT_EQ(signal.course.change, model::Change::New);
    EXPECT_EQ(signal.behind, (std::vector<std::string>{at("aaa", 0.25, 3.25), at("aaa", 0.3, 3.3)}));
    ASSERT_TRUE(signal.around.has_value());
    EXPECT_EQ(signal.around->latitude_deg, 0.25);
    EXPECT_EQ(signal.around->longitude_deg, 3.25);
    EXPECT_EQ(signal.baseline.value, (24 + 32) / 24.0 * 2);
    EXPECT_EQ(signal.grounds.history, 24);
    EXPECT_NE(signal.size, model::Size::Small);
    EXPECT_EQ(found.units_examined, 12) << "two positions are one cell";
}

TEST(HotSpots, TheMonthsOfAClusterAreItsSeries) {
    World world;
    const auto watch = world.watch(clusters_watch);
    world.put(watch, clusters_day, 0, "alpha", "2020-06", events(24, 8));
    const auto found = world.run(watch, clusters_day);
    ASSERT_EQ(found.signals.size(), 1U);
    const auto* engine = find_engine("hot-spots");
    const auto series = engine->series(world.evidence, watch, world.setting(clusters_day), found.signals[0].subject);
    ASSERT_TRUE(series.has_value());
    ASSERT_EQ(series->size(), 1U);
    const model::JudgedSeries& one = series->front();
    ASSERT_EQ(one.values.size(), 24U);
    EXPECT_EQ(one.values[21], 1);
    EXPECT_EQ(one.values[23], 17);
    EXPECT_FALSE(one.alarm[21]);
    EXPECT_TRUE(one.alarm[22]);
    EXPECT_NEAR(one.expected[0], 56.0 * 12 / (24 * 12 + 32), 1e-12);
    const auto none = engine->series(world.evidence, watch, world.setting(clusters_day), "aaa|cell:1");
    ASSERT_TRUE(none.has_value());
    EXPECT_TRUE(none->empty());
}

TEST(HotSpots, SteadyEventsAreQuiet) {
    World world;
    const auto watch = world.watch(clusters_watch);
    world.put(watch, clusters_day, 0, "alpha", "2020-06", events(24, 0));
    const auto found = world.run(watch, clusters_day);
    EXPECT_EQ(found.state, model::State::Quiet) << found.reading;
}

TEST(HotSpots, ASampleAndAShortStudyAreNoData) {
    World sample, brief;
    const auto watch = sample.watch(clusters_watch);
    sample.put(watch, clusters_day, 0, "alpha", "2020-06", events(24, 8)).complete = false;
    const auto of_sample = sample.run(watch, clusters_day);
    EXPECT_EQ(of_sample.state, model::State::NoData);
    EXPECT_TRUE(of_sample.reading.starts_with("no data but a sample")) << of_sample.reading;
    brief.put(watch, clusters_day, 0, "alpha", "2020-06", events(11, 8));
    const auto of_brief = brief.run(watch, clusters_day);
    EXPECT_EQ(of_brief.state, model::State::NoData);
    EXPECT_TRUE(of_brief.reading.starts_with("no data of 12 months")) << of_brief.reading;
}

TEST(HotSpots, SourcesTogetherAnswerUntilOneOfThemHasEnded) {
    World world;
    std::string lines = clusters_watch;
    lines.replace(lines.find("[\"alpha\"]"), 9, "[\"alpha\", \"beta\"]\nmatched = true");
    const auto watch = world.watch(lines);
    world.sources["alpha+beta"] = {"Alpha Data and Beta Data", "", "", 90};
    world.put(watch, clusters_day, 0, "alpha+beta", "2020-04", events(24, 8));
    world.put(watch, clusters_day, 0, "alpha", "2020-06", events(24, 8));
    const auto found = world.run(watch, clusters_day);
    EXPECT_EQ(found.source, "alpha+beta");
    EXPECT_EQ(found.signals.at(0).period, "2020-04");
    world.sources["alpha+beta"].stale_after_days = 60;
    EXPECT_EQ(world.run(watch, clusters_day).source, "alpha");
    world.sources["alpha"].stale_after_days = 1;
    const auto old = world.run(watch, clusters_day);
    EXPECT_EQ(old.source, "alpha") << "of stale ones that which knows more";
    EXPECT_EQ(old.state, model::State::Stale);
}

TEST(HotSpots, AnOldSourceIsStale) {
    World world;
    const auto watch = world.watch(clusters_watch);
    world.put(watch, day_of(2021, 6, 15), 0, "alpha", "2020-06", events(24, 8));
    const auto found = world.run(watch, day_of(2021, 6, 15));
    EXPECT_EQ(found.state, model::State::Stale);
    EXPECT_TRUE(found.signals.empty());
}

}  // namespace
}  // namespace icosa::detect
