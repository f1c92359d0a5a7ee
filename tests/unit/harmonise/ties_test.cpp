/// Ties: points, distances and balance of a network as panels.
#include "harmonise/ties.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "../store/fixture.hpp"
#include "methods/relations/dyads.hpp"

namespace icosa::harmonise {
namespace {

using model::Ballot;
using model::Quantity;
using model::RecordKind;
using model::Select;
using model::Unit;
using store::always;

constexpr int voters = 14, calls_a_session = 30, sessions = 4;

/// Codes that no pack knows: the places are "iso3:A", ... in order.
std::string place(int voter) { return "iso3:" + std::string(1, static_cast<char>('A' + voter)); }

/// Voters on a line from yes to no, each roll call cut somewhere; the last two change ends in the third session.
/// Deterministic.
Ballot ballot_of(int voter, int session, int call) {
    int at = voter;
    if (session >= 3 && voter >= voters - 2) at = voters - 1 - voter;
    const int cut = (call * 5) % (voters + 3) - 1, wobble = (voter * 7 + call * 3 + session) % 5 - 2;
    if (at + wobble < cut) return Ballot::Yes;
    return at + wobble < cut + 2 ? Ballot::Abstain : Ballot::No;
}

class TiesTest : public ::testing::Test {
protected:
    void SetUp() override {
        store::Made calls("calls.csv", "un-roll-calls", RecordKind::RollCall),
            votes("votes.csv", "un-votes", RecordKind::Vote);
        auto& terms = store_->terms();
        for (int session = 1; session <= sessions; ++session) {
            for (int k = 0; k < calls_a_session; ++k) {
                model::RollCall call;
                call.roll_call = session * 100 + k;
                call.session = session;
                // most of a session in the autumn, some in the spring of the next year
                call.day = k < 25 ? day_of(2000 + session, 11, 1 + k) : day_of(2001 + session, 3, k);
                call.known_day = call.day;
                call.resolution = terms.id_of("unres", "R/" + std::to_string(call.roll_call));
                calls.add(&model::Batch::roll_calls, call);
                for (int v = 0; v < voters; ++v) {
                    model::Vote vote;
                    vote.roll_call = call.roll_call;
                    vote.voter = terms.id_of("iso3", place(v).substr(5));
                    vote.ballot = ballot_of(v, session, k);
                    votes.add(&model::Batch::votes, vote);
                }
            }
        }
        store::must(store::append(*store_, calls));
        store::must(store::append(*store_, votes));
    }

    model::Panel panel(Quantity quantity, Unit unit, std::vector<std::string> places = {}, Day as_of = always,
                       int lag_days = 0) {
        Select select;
        select.records = RecordKind::Vote;
        select.sources = {"un-votes"};
        select.unit = unit;
        select.quantity = quantity;
        select.places = std::move(places);
        select.either_actor = unit == Unit::Dyad;
        return store::must(
            ties_.panel(*store_, select, "un-votes", as_of, as_of == always ? always : as_of - lag_days));
    }

    std::unique_ptr<store::Store> store_ = store::memory_store();
    Ties ties_;
};

TEST_F(TiesTest, ASessionStandsInTheYearOfMostOfItsRollCalls) {
    const auto points = panel(Quantity::IdealPoint, Unit::Place);
    ASSERT_EQ(points.units.size(), static_cast<std::size_t>(voters));
    EXPECT_EQ(points.first_period, 31);  // 2001
    EXPECT_EQ(points.periods, sessions);
    EXPECT_GT(points.rows_total, 1000);
    const double first = points.at(0, 0), last = points.at(11, 0);
    EXPECT_GT(std::fabs(first - last), 1.5) << "the ends of the line";
    EXPECT_GT(std::fabs(points.at(13, 0) - points.at(13, 3)), 1) << "who changes ends is seen to";
}

TEST_F(TiesTest, DistancesAreThoseOfThePoints) {
    const auto points = panel(Quantity::IdealPoint, Unit::Place);
    const auto few = panel(Quantity::IdealDistance, Unit::Dyad, {place(0), place(5), place(13)});
    ASSERT_EQ(few.units, (std::vector<std::string>{"iso3:A|iso3:F", "iso3:A|iso3:N", "iso3:F|iso3:N"}));
    for (int year = 0; year < sessions; ++year) {
        EXPECT_EQ(few.at(0, year), std::fabs(points.at(0, year) - points.at(5, year)))
            << "asked of three places, all take part";
        EXPECT_EQ(few.at(2, year), std::fabs(points.at(5, year) - points.at(13, year)));
    }
}

TEST_F(TiesTest, NothingLaterAndNoUnfinishedYear) {
    const auto early = panel(Quantity::IdealPoint, Unit::Place, {}, day_of(2003, 6, 30));
    EXPECT_EQ(early.first_period + early.periods - 1, 32);  // 2002: the session of 2003 has not begun
    EXPECT_EQ(early.observed_through, day_of(2002, 12, 31));
    const auto within = panel(Quantity::IdealPoint, Unit::Place, {}, day_of(2003, 11, 20));
    EXPECT_TRUE(std::isnan(within.at(0, within.periods - 1))) << "2003 is not over";
    EXPECT_TRUE(panel(Quantity::IdealPoint, Unit::Place, {}, day_of(1999, 1, 1)).units.empty());
    // on the last day of the year, with a lag of thirty days, December is not known: neither are the year's points nor
    // its network
    for (const auto& [quantity, unit] :
         {std::pair{Quantity::IdealPoint, Unit::Place}, {Quantity::NetworkBalance, Unit::World}}) {
        EXPECT_EQ(panel(quantity, unit, {}, day_of(2003, 12, 31), 30).observed_through, day_of(2002, 12, 31));
        EXPECT_EQ(panel(quantity, unit, {}, day_of(2003, 12, 31)).observed_through, day_of(2003, 12, 31));
    }
}

TEST_F(TiesTest, TheNetworkIsThatOfTheKappas) {
    const std::vector<std::string> places{place(0), place(1), place(6), place(12), place(13)};
    const auto network = panel(Quantity::NetworkBalance, Unit::World, places);
    ASSERT_EQ(network.units, std::vector<std::string>{"world"});
    for (int year = 0; year < sessions; ++year) {
        methods::SignedTies ties{5, std::vector<std::int8_t>(25, 0)};
        const int chosen[] = {0, 1, 6, 12, 13};
        for (std::size_t a = 0; a < 5; ++a) {
            for (std::size_t b = a + 1; b < 5; ++b) {
                methods::CrossedBallots crossed;
                for (int session = 1; session <= sessions; ++session) {
                    for (int k = 0; k < calls_a_session; ++k) {
                        if ((k < 25 ? session : session + 1) != year + 1) continue;
                        const std::size_t category[] = {0, 2, 1};
                        ++crossed.counts[category[static_cast<int>(ballot_of(chosen[a], session, k))]]
                                        [category[static_cast<int>(ballot_of(chosen[b], session, k))]];
                    }
                }
                const double kappa = methods::weighted_kappa(crossed);
                const int sign = kappa >= 0.1 ? 1 : kappa <= -0.1 ? -1 : 0;
                ties.signs[a * 5 + b] = ties.signs[b * 5 + a] = static_cast<std::int8_t>(sign);
            }
        }
        EXPECT_EQ(network.at(0, year), methods::structural_balance(ties).share);
    }
}

TEST_F(TiesTest, PointsAreByYear) {
    Select select;
    select.records = RecordKind::Vote;
    select.unit = Unit::Place;
    select.quantity = Quantity::IdealPoint;
    select.period = PeriodKind::Month;
    EXPECT_EQ(ties_.panel(*store_, select, "un-votes", always, always).error().code, "unanswerable");
}

TEST(TiesOfEvents, BalanceAndMeanOfIntensity) {
    const auto store = store::memory_store();
    store::Made made("events.csv", "gdelt");
    auto& terms = store->terms();
    struct Deed {
        const char *who, *whom;
        int month;
        std::int32_t milli;
    };
    // January: A and B friendly 3 to 1, B and C hostile, A and C hostile; February: A and C turn
    const Deed deeds[] = {{"A", "B", 1, 3000},  {"B", "A", 1, 1000},  {"A", "B", 1, 5000}, {"A", "B", 1, -2000},
                          {"B", "C", 1, -4000}, {"C", "A", 1, -1000}, {"A", "B", 1, 0},    {"A", "B", 2, 2000},
                          {"B", "C", 2, -4000}, {"C", "A", 2, 1000}};
    for (const Deed& deed : deeds) {
        model::Event event;
        event.first_day = event.last_day = day_of(2020, deed.month, 10);
        event.known_day = event.first_day;
        event.actor1 = terms.id_of("iso3", deed.who);
        event.actor2 = terms.id_of("iso3", deed.whom);
        event.intensity_milli = deed.milli;
        made.event(event);
    }
    store::must(store::append(*store, made));
    Select select;
    select.period = PeriodKind::Month;
    select.unit = Unit::Dyad;
    select.quantity = Quantity::Balance;
    std::map<std::pair<std::string, int>, double> balance, mean;
    for (const auto& group : store::must(store->aggregate(select, "gdelt", always)))
        balance[{group.unit, group.period - 600}] =
            static_cast<double>(group.sum_milli) / static_cast<double>(group.total_milli);
    EXPECT_DOUBLE_EQ((balance[{"iso3:A|iso3:B", 0}]), 0.5) << "a deed of no sign counts on neither side";
    EXPECT_DOUBLE_EQ((balance[{"iso3:B|iso3:C", 0}]), -1);
    EXPECT_DOUBLE_EQ((balance[{"iso3:A|iso3:C", 1}]), 1);
    select.quantity = Quantity::IntensityMean;
    for (const auto& group : store::must(store->aggregate(select, "gdelt", always)))
        mean[{group.unit, group.period - 600}] =
            static_cast<double>(group.sum_milli) / static_cast<double>(group.total_milli);
    EXPECT_DOUBLE_EQ((mean[{"iso3:A|iso3:B", 0}]), 1.4);
    select.unit = Unit::World;
    select.quantity = Quantity::NetworkBalance;
    Ties ties;
    const auto network = store::must(ties.panel(*store, select, "gdelt", always, always));
    ASSERT_EQ(network.periods, 2);
    EXPECT_EQ(network.at(0, 0), 1) << "two friends with one enemy";
    EXPECT_EQ(network.at(0, 1), 0) << "two friends of one, each other's enemies";
}

}  // namespace
}  // namespace icosa::harmonise
