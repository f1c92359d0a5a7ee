/// Matching against its definition on random small cases, and what it promises of order, threads, rims and episodes.
#include "methods/matching/matching.hpp"

#include <gtest/gtest.h>

#include <array>
#include <limits>
#include <map>
#include <numeric>

#include "methods/matching/chance.hpp"
#include "random_events.hpp"
#include "reference_table.hpp"

namespace icosa::methods::matching {
namespace {

constexpr std::array<std::int32_t, 1> three_levels = {3};
const std::vector<Categories> kinds = {{0, 10, 100}, {1, 10, 100}, {2, 11, 100}, {3, 12, 101}};

Agreement agreement() { return {three_levels, kinds, kinds}; }

Event event(double latitude, double longitude, int first, int last, int kind = 0) {
    return {latitude, longitude, Day{first}, Day{last}, kind};
}

Matching matched(const std::vector<Event>& a, const std::vector<Event>& b, const Agreement& by, Reach reach,
                 int threads = 1) {
    auto out = match_events(a, b, by, reach, threads);
    EXPECT_TRUE(out.has_value());
    return out ? std::move(*out) : Matching{};
}

TEST(Matching, MisfitIsTheFinestLevelOnWhichKindsAgree) {
    const Agreement by = agreement();
    EXPECT_EQ(by.misfit(0, 0), 0);
    EXPECT_EQ(by.misfit(0, 1), 0.5);
    EXPECT_EQ(by.misfit(0, 2), 1);
    EXPECT_GT(by.misfit(0, 3), 1);
    constexpr std::array<std::int32_t, 2> two = {2, 1};
    const std::vector<Categories> of = {{0, 5, 9}, {1, 5, 9}, {0, 5, 8}};
    const Agreement both(two, of, of);
    EXPECT_EQ(both.misfit(0, 1), 0.5);
    EXPECT_GT(both.misfit(0, 2), 1) << "the second dimension agrees on no level";
}

TEST(Matching, EqualsItsDefinitionOnRandomSmallCases) {
    std::mt19937_64 bits(7);
    const std::array<Sample, 7> samples = {{{.events = 25, .places = 6, .spread_deg = 0.3},
                                            {.events = 40, .places = 2, .days = 3},
                                            {.events = 30, .places = 49, .spread_deg = 0.4, .kinds = 4},
                                            {.events = 30, .places = 20, .episode_in = 2},
                                            {.events = 25, .places = 40, .around_longitude = 180},
                                            {.events = 25, .places = 49, .spread_deg = 90, .around_latitude = 90},
                                            {.events = 40, .places = 1, .days = 1, .kinds = 4}}};
    int pairs = 0;
    for (int round = 0; round < 600; ++round) {
        Sample of = samples[static_cast<std::size_t>(round) % samples.size()];
        const auto a = random_events(bits, of);
        of.events += round % 9;
        const auto b = random_events(bits, of);
        const Reach reach{std::array{25.0, 0.0, 12.5}[static_cast<std::size_t>(round / 7) % 3], round % 4};
        const auto found = matched(a, b, agreement(), reach);
        EXPECT_EQ(numbers_of(found.pairs), pairs_by_definition(a, b, agreement(), reach)) << "round " << round;
        pairs += static_cast<int>(found.pairs.size());
    }
    EXPECT_GT(pairs, 5000);
}

TEST(Matching, SameForRowsInAnyOrderAndAnyNumberOfThreads) {
    std::mt19937_64 bits(11);
    auto a = random_events(bits, {.events = 3000, .places = 49, .spread_deg = 2, .days = 60, .episode_in = 5});
    auto b = random_events(bits, {.events = 3000, .places = 49, .spread_deg = 2, .days = 60, .episode_in = 5});
    const auto content = [](const std::vector<Event>& x, const std::vector<Event>& y, const std::vector<Pair>& pairs) {
        std::vector<std::tuple<int, int, double, double, int, int, int, double, double, int>> out;
        for (const Pair& one : pairs) {
            const Event &e = x[static_cast<std::size_t>(one.a)], &f = y[static_cast<std::size_t>(one.b)];
            out.emplace_back(e.first.value, e.last.value, e.latitude_deg, e.longitude_deg, e.kind, f.first.value,
                             f.last.value, f.latitude_deg, f.longitude_deg, f.kind);
        }
        std::sort(out.begin(), out.end());
        return out;
    };
    const auto once = matched(a, b, agreement(), {});
    const auto threaded = matched(a, b, agreement(), {}, 3);
    EXPECT_EQ(numbers_of(once.pairs), numbers_of(threaded.pairs));
    EXPECT_EQ(once.a, threaded.a);
    EXPECT_EQ(numbers_of(once.in_episodes), numbers_of(threaded.in_episodes));
    const auto before = content(a, b, once.pairs), before_in = content(a, b, once.in_episodes);
    std::shuffle(a.begin(), a.end(), bits);
    std::shuffle(b.begin(), b.end(), bits);
    const auto shuffled = matched(a, b, agreement(), {});
    EXPECT_EQ(content(a, b, shuffled.pairs), before);
    EXPECT_EQ(content(a, b, shuffled.in_episodes), before_in);
    EXPECT_GT(once.pairs.size(), 1000U);
    EXPECT_GT(once.in_episodes.size(), 100U);
}

TEST(Matching, SameForSourcesTheOtherWayRound) {
    std::mt19937_64 bits(3);
    const auto a = random_events(bits, {.events = 300, .places = 49, .days = 30});
    const auto b = random_events(bits, {.events = 200, .places = 49, .days = 30});
    auto there = numbers_of(matched(a, b, agreement(), {}).pairs);
    std::vector<std::pair<int, int>> back;
    for (const auto& [x, y] : numbers_of(matched(b, a, agreement(), {}).pairs)) back.emplace_back(y, x);
    std::sort(back.begin(), back.end());
    EXPECT_LT(back.size(), 201U);
    EXPECT_EQ(there.size(), back.size());
}

TEST(Matching, KindBeforeCloseness) {
    // the nearer one agrees on the broadest level only
    const auto found =
        matched({event(10, 20, 5, 5, 0)}, {event(10, 20, 5, 5, 2), event(10.1, 20, 6, 6, 0)}, agreement(), {25, 2});
    ASSERT_EQ(numbers_of(found.pairs), (std::vector<std::pair<int, int>>{{0, 1}}));
    EXPECT_EQ(found.pairs[0].score, 1);
    EXPECT_EQ(found.pairs[0].days, 1);
    EXPECT_NEAR(found.pairs[0].distance_km, 11.12, 0.01);
    EXPECT_EQ(found.b[0], Standing::Outbid);
}

TEST(Matching, RimOfTheWindowsBelongsToThem) {
    const double km = great_circle_km({0, 0}, {0, 0.3});
    const std::vector<Event> a = {event(0, 0, 5, 5)}, b = {event(0, 0.3, 7, 7)};
    EXPECT_EQ(matched(a, b, Agreement(), {km, 2}).pairs.size(), 1U);
    EXPECT_EQ(matched(a, b, Agreement(), {km - 2e-6, 2}).pairs.size(), 0U) << "two millimetres";
    EXPECT_EQ(matched({event(0, 180, 5, 5)}, {event(0, -180, 5, 5)}, Agreement(), {0, 0}).pairs.size(), 1U);
    EXPECT_EQ(matched(a, b, Agreement(), {km, 1}).pairs.size(), 0U);
    EXPECT_EQ(matched({event(0, 180, 5, 5)}, {event(0, -180, 5, 5)}, Agreement(), {1, 0}).pairs.size(), 1U);
    EXPECT_EQ(matched({event(90, 10, 5, 5)}, {event(90, -170, 5, 5)}, Agreement(), {1, 0}).pairs.size(), 1U);
    EXPECT_EQ(matched({event(0, 0, 5, 5)}, {event(0, 179.8, 5, 5)}, Agreement(), {20'000, 0}).pairs.size(), 1U);
}

TEST(Matching, AnEpisodeIsAPairOfAnEpisodeAndHoldsEventsForReview) {
    const std::vector<Event> a = {event(10, 20, 5, 12), event(10, 20, 40, 50), event(10, 20, 70, 70)};
    const std::vector<Event> b = {event(10, 20.1, 6, 12), event(10, 20, 45, 45), event(10, 20, 52, 52),
                                  event(10, 20, 53, 53)};
    const auto found = matched(a, b, Agreement(), {25, 2});
    EXPECT_EQ(numbers_of(found.pairs), (std::vector<std::pair<int, int>>{{0, 0}}));
    ASSERT_EQ(numbers_of(found.in_episodes), (std::vector<std::pair<int, int>>{{1, 1}, {1, 2}}));
    EXPECT_EQ(found.in_episodes[0].days, 0);
    EXPECT_EQ(found.in_episodes[1].days, 2);
    EXPECT_EQ(found.a, (std::vector{Standing::Paired, Standing::OtherKind, Standing::Alone}));
    EXPECT_EQ(found.b[3], Standing::Alone);
}

TEST(Matching, ManyEventsInOneCell) {
    std::vector<Event> same(50'000, event(33.5, 36.3, 100, 100));
    auto other = same;
    other.resize(30'000);
    EXPECT_EQ(matched(same, other, Agreement(), {25, 2}).pairs.size(), 30'000U);
    std::mt19937_64 bits(5);
    for (auto* side : {&same, &other})
        for (Event& one : *side) one.latitude_deg += static_cast<double>(bits() % 100'000) / 1e6;
    EXPECT_EQ(matched(same, other, Agreement(), {25, 2}).pairs.size(), 30'000U);
}

TEST(Matching, RefusesWhatIsNoEvent) {
    const std::vector<Event> good = {event(0, 0, 1, 1)};
    for (const Event& bad : {event(90.5, 0, 1, 1), event(0, 180.5, 1, 1), event(0, 0, 2, 1), event(0, 0, 1, 1, 1),
                             event(std::numeric_limits<double>::quiet_NaN(), 0, 1, 1)}) {
        const auto found = match_events(good, std::vector{bad}, Agreement(), {}, 1);
        ASSERT_FALSE(found.has_value());
        EXPECT_EQ(found.error().code, "bad-event");
    }
    EXPECT_EQ(match_events(good, good, Agreement(), {-1, 0}, 1).error().code, "bad-reach");
    EXPECT_EQ(matched({}, good, Agreement(), {}).b, std::vector{Standing::Alone});
}

TEST(Matching, ChanceIsFoundWhereNothingIsTheSame) {
    std::mt19937_64 bits(19);
    const Sample of{.events = 4000, .places = 49, .spread_deg = 3, .days = 700, .kinds = 1};
    const auto a = random_events(bits, of), b = random_events(bits, of);
    const auto pairs = static_cast<double>(matched(a, b, Agreement(), {}).pairs.size());
    const auto chance = chance_pairs(a, b, Agreement(), {}, 1);
    ASSERT_TRUE(chance && *chance);
    EXPECT_NEAR((*chance)->pairs / pairs, 1, 0.05);
    EXPECT_EQ((*chance)->shift_days, 28);
    const auto few = random_events(bits, {.days = 100});
    EXPECT_FALSE(chance_pairs(few, few, agreement(), {}, 1)->has_value()) << "too few days to move them";
}

TEST(Matching, PrecisionLiesBetweenTwoReadingsOfChance) {
    const auto none = precision_between({0, 28}, 50, 100, 100);
    EXPECT_EQ(none.low, 1);
    EXPECT_NEAR(none.high, 1, 1e-12);
    const auto all = precision_between({50, 28}, 50, 100, 100);
    EXPECT_EQ(all.low, 0);
    // F = 50 (1 - (50 - F) / 100)^2: 200 F = (50 + F)^2, F = 50
    EXPECT_NEAR(all.high, 0, 1e-6);  // a double root
    const auto some = precision_between({20, 28}, 50, 100, 200);
    EXPECT_EQ(some.low, 0.6);
    const double false_pairs = (1 - some.high) * 50;
    EXPECT_NEAR(false_pairs, 20 * (1 - (50 - false_pairs) / 100) * (1 - (50 - false_pairs) / 200), 1e-9);
}

/// A case of tests/reference/matching by source and number; the script that made it stands beside it.
std::map<std::pair<int, int>, Event> reference_events() {
    const auto whole = [](const ReferenceRow& row, std::string_view column) {
        return static_cast<std::int32_t>(number_of(row, column));
    };
    std::map<std::pair<int, int>, Event> out;
    for (const auto& row : reference_rows("matching/events.csv"))
        out[{whole(row, "source"), whole(row, "event")}] =
            event(number_of(row, "latitude"), number_of(row, "longitude"), whole(row, "first"), whole(row, "last"),
                  whole(row, "kind"));
    return out;
}

std::map<std::pair<int, int>, double> reference_misfits() {
    std::map<std::pair<int, int>, double> out;
    for (const auto& row : reference_rows("matching/candidates.csv"))
        out[{static_cast<int>(number_of(row, "a")), static_cast<int>(number_of(row, "b"))}] = number_of(row, "misfit");
    return out;
}

TEST(Matching, CandidatesAndScoresAreThoseOfTheReference) {
    const auto all = reference_events();
    const auto theirs = reference_misfits();
    ASSERT_GT(theirs.size(), 100U);
    std::size_t candidates = 0;
    for (const auto& [x, a] : all) {
        for (const auto& [y, b] : all) {
            if (x.first != 1 || y.first != 2 || (a.first == a.last) != (b.first == b.last)) continue;
            const auto found = matched({a}, {b}, agreement(), {25, 2});
            const auto known = theirs.find({x.second, y.second});
            ASSERT_EQ(found.pairs.size(), known == theirs.end() ? 0U : 1U) << x.second << " and " << y.second;
            if (found.pairs.empty()) continue;
            ++candidates;
            EXPECT_NEAR(1 - found.pairs[0].score, known->second, 1e-12);
        }
    }
    EXPECT_EQ(candidates, theirs.size());
}

/// Theirs looks at misfit alone and keeps what came first, so pairs differ; none of ours may be one that two events
/// would leave for each other, and of the reference's some are.
TEST(Matching, NoTwoEventsWouldLeaveForEachOtherAsTheyWouldInTheReference) {
    std::vector<Event> a, b;
    std::vector<int> number_a, number_b;
    for (const auto& [key, one] : reference_events()) {
        if (one.first != one.last) continue;
        (key.first == 1 ? a : b).push_back(one);
        (key.first == 1 ? number_a : number_b).push_back(key.second);
    }
    auto misfits = reference_misfits();
    std::map<int, double> best_a, best_b;  // misfit of the partner that an event has
    const auto leaves = [&] {
        int out = 0;
        for (const auto& [pair, misfit] : misfits) {
            const auto worse = [&](const std::map<int, double>& best, int number) {
                const auto found = best.find(number);
                return found == best.end() || found->second > misfit;
            };
            out += worse(best_a, pair.first) && worse(best_b, pair.second);
        }
        return out;
    };
    std::erase_if(misfits,
                  [&](const auto& one) { return std::ranges::find(number_a, one.first.first) == number_a.end(); });
    for (const auto& row : reference_rows("matching/selected.csv")) {
        const int x = static_cast<int>(number_of(row, "a")), y = static_cast<int>(number_of(row, "b"));
        best_a[x] = misfits.at({x, y});
        best_b[y] = misfits.at({x, y});
    }
    const int of_reference = leaves();
    best_a.clear();
    best_b.clear();
    for (const Pair& one : matched(a, b, agreement(), {25, 2}).pairs) {
        best_a[number_a[static_cast<std::size_t>(one.a)]] = 1 - one.score;
        best_b[number_b[static_cast<std::size_t>(one.b)]] = 1 - one.score;
    }
    EXPECT_EQ(leaves(), 0);
    EXPECT_GT(of_reference, 0);
}

}  // namespace
}  // namespace icosa::methods::matching
