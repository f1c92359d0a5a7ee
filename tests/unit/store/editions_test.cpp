/// Files of one source against each other: editions, the same rows in other bytes, what is taken back.
#include "fixture.hpp"

namespace icosa::store {
namespace {

const Day always = last_possible_day - 1;

Day d(int year, int month, int day) { return day_of(year, month, day); }

/// A complete file of events in January to December 2021, one a day: identity, fatalities.
Made edition_of(const std::string& path, const std::vector<std::pair<std::uint64_t, int>>& events, std::int64_t rank,
                Day vintage = no_day) {
    Made made(path, "s");
    made.in.has_identity = true;
    made.in.may_be_complete = true;
    made.in.edition_rank = rank;
    made.in.edition = std::to_string(rank);
    made.out.vintage_day = vintage;
    made.out.coverage = {{true, d(2021, 1, 1), d(2021, 12, 31), {}, {}}};
    for (const auto& [identity, fatalities] : events) {
        Event event;
        event.first_day = event.last_day = d(2021, 1, 1) + static_cast<int>(identity);
        event.known_day = event.last_day;
        event.identity = identity;
        event.content = static_cast<std::uint64_t>(fatalities) + 1000;
        event.fatalities_best = fatalities;
        made.event(event);
    }
    return made;
}

/// A file without identity: the contents of its rows, all in 2021.
Made rows_of(const std::string& path, const std::vector<std::uint64_t>& contents) {
    Made made(path, "s");
    for (const std::uint64_t content : contents) {
        Event event;
        event.first_day = event.last_day = event.known_day = d(2021, 6, 1);
        event.content = content;
        event.fatalities_best = 1;
        made.event(event);
    }
    return made;
}

std::int64_t fatalities(Store& store, Day as_of = always) {
    const auto groups = must(store.aggregate({.unit = Unit::World, .quantity = Quantity::Best}, "s", as_of));
    return groups.empty() ? 0 : groups[0].sum_milli / 1000;
}

TEST(Editions, TheNewestCountsInWhateverOrderTheyCome) {
    const auto older = edition_of("22.csv", {{1, 10}, {2, 20}, {3, 30}}, 22);
    const auto newer = edition_of("25.csv", {{1, 11}, {3, 30}}, 25);
    for (const bool is_older_first : {true, false}) {
        auto store = memory_store();
        (void)must(append(*store, is_older_first ? older : newer));
        (void)must(append(*store, is_older_first ? newer : older));
        EXPECT_EQ(fatalities(*store), 41) << is_older_first;  // 2 is withdrawn, 1 revised
    }
}

TEST(Editions, AnEarlierDaySeesWhatItsEditionHeld) {
    auto store = memory_store();
    (void)must(append(*store, edition_of("a.csv", {{1, 10}, {2, 20}}, no_edition, d(2022, 6, 15))));
    const auto receipt = must(append(*store, edition_of("b.csv", {{1, 10}}, no_edition, d(2023, 6, 15))));
    EXPECT_EQ(receipt.superseded, 1);
    EXPECT_EQ(fatalities(*store), 10);
    EXPECT_EQ(fatalities(*store, d(2022, 12, 31)), 30);
}

TEST(Editions, WithoutEditionsNothingIsLostAndTheLastReadCounts) {
    auto store = memory_store();
    (void)must(append(*store, edition_of("a.csv", {{1, 10}, {2, 20}}, no_edition)));
    const auto receipt = must(append(*store, edition_of("b.csv", {{1, 11}}, no_edition)));
    EXPECT_TRUE(receipt.by_order);
    EXPECT_EQ(fatalities(*store), 31);
}

TEST(Editions, WhatComesBackInALaterEditionCountsAgain) {
    auto store = memory_store();
    (void)must(append(*store, edition_of("22.csv", {{1, 10}, {2, 20}}, 22)));
    (void)must(append(*store, edition_of("23.csv", {{1, 10}}, 23)));
    (void)must(append(*store, edition_of("24.csv", {{1, 10}, {2, 20}}, 24)));
    EXPECT_EQ(fatalities(*store), 30);
}

TEST(SameRows, InAnotherOrderAddNothing) {
    auto store = memory_store();
    (void)must(append(*store, rows_of("a.csv", {1, 1, 2, 3})));
    const auto receipt = must(append(*store, rows_of("b.csv", {3, 1, 2, 1})));
    EXPECT_EQ(receipt.known, 4);
    EXPECT_EQ(receipt.like, "a.csv");
    EXPECT_EQ(fatalities(*store), 4);
}

TEST(SameRows, ALongerCopyIsRefusedOrReplacesOrAdds) {
    const auto longer = [](Editions editions) {
        auto made = rows_of("b.csv", {1, 1, 2, 3, 4});
        made.in.editions = editions;
        return made;
    };
    for (const auto editions : {Editions::Unsaid, Editions::Replace, Editions::Add}) {
        auto store = memory_store();
        (void)must(append(*store, rows_of("a.csv", {1, 1, 2, 3})));
        const auto receipt = append(*store, longer(editions));
        if (editions == Editions::Unsaid) {
            ASSERT_FALSE(receipt.has_value());
            EXPECT_EQ(receipt.error().code, "counted-twice");
        } else {
            EXPECT_EQ(must(receipt).rows, 5);
            EXPECT_EQ(must(receipt).stored, 5);
        }
        EXPECT_EQ(fatalities(*store), editions == Editions::Unsaid ? 4 : 5);
    }
}

TEST(SameRows, ANewerEditionReplacesInWhateverOrderTheyCome) {
    const auto of = [](const char* path, std::int64_t rank, const std::vector<std::uint64_t>& contents) {
        auto made = rows_of(path, contents);
        made.in.editions = Editions::Replace;
        made.in.edition_rank = rank;
        return made;
    };
    const auto older = of("a-1.csv", 1, {1, 2, 3}), newer = of("a-2.csv", 2, {1, 2, 13, 14});
    for (const bool is_older_first : {true, false}) {
        auto store = memory_store();
        (void)must(append(*store, is_older_first ? older : newer));
        (void)must(append(*store, is_older_first ? newer : older));
        EXPECT_EQ(fatalities(*store), 4) << is_older_first;
    }
}

TEST(Editions, OneThatLacksMostOfTheOthersIsRefused) {
    std::vector<std::pair<std::uint64_t, int>> all, half, few;
    for (std::uint64_t i = 1; i <= 40; ++i) {
        all.emplace_back(i, 1);
        if (i <= 20) half.emplace_back(i, 1);
        if (i <= 5) few.emplace_back(i, 1);
    }
    auto store = memory_store();
    (void)must(append(*store, edition_of("1.csv", all, 1)));
    auto cut = edition_of("2.csv", few, 2);
    cut.in.most_lost_share = 0.5;
    const auto refused = append(*store, cut);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "lost-rows");
    EXPECT_EQ(refused.error().what,
              "the file has 5 rows, and 35 of the 40 that earlier files of 's' have of its days would count no longer");
    EXPECT_EQ(fatalities(*store), 40);
    auto smaller = edition_of("3.csv", half, 3);
    smaller.in.most_lost_share = 0.5;
    EXPECT_EQ(must(append(*store, smaller)).superseded, 20) << "half is told";
    cut.in.most_lost_share = 1;
    cut.in.edition_rank = 4;
    (void)must(append(*store, cut));
    EXPECT_EQ(fatalities(*store), 5) << "the user says that it is whole";
}

TEST(SameRows, AReplacingFileOfFewRowsIsRefused) {
    std::vector<std::uint64_t> many;
    for (std::uint64_t i = 1; i <= 40; ++i) many.push_back(i);
    auto store = memory_store();
    (void)must(append(*store, rows_of("a.csv", many)));
    auto few = rows_of("b.csv", {101, 102, 103});
    few.in.editions = Editions::Replace;
    few.in.replaces = "a.csv";
    few.in.most_lost_share = 0.5;
    EXPECT_EQ(append(*store, few).error().code, "lost-rows");
    many.resize(30);
    auto fewer = rows_of("c.csv", many);
    fewer.in.editions = Editions::Replace;
    fewer.in.replaces = "a.csv";
    fewer.in.most_lost_share = 0.5;
    EXPECT_EQ(must(append(*store, fewer)).superseded, 40) << "each row of the older once";
}

TEST(TakenBack, WhatAnotherFileHoldsTooIsNotLost) {
    for (const bool is_complete : {true, false}) {
        auto store = memory_store();
        const auto of = [&](const char* path, const std::vector<std::pair<std::uint64_t, int>>& events) {
            auto made = edition_of(path, events, no_edition);
            made.in.may_be_complete = made.out.coverage[0].complete = is_complete;
            return made;
        };
        const auto first = must(append(*store, of("a.csv", {{1, 10}, {2, 20}}))).file;
        (void)must(append(*store, of("b.csv", {{1, 10}, {2, 20}, {3, 30}})));
        ASSERT_TRUE(store->withdraw({first}, d(2022, 1, 1), Withdrawal::TakeBack).has_value());
        EXPECT_EQ(fatalities(*store), 60) << is_complete;
    }
    auto store = memory_store();
    const auto first = must(append(*store, rows_of("a.csv", {1, 2, 3}))).file;
    auto longer = rows_of("b.csv", {1, 2, 3, 4});
    longer.in.editions = Editions::Add;
    const auto second = must(append(*store, longer)).file;
    EXPECT_EQ(fatalities(*store), 4);
    ASSERT_TRUE(store->withdraw({first}, d(2022, 1, 1), Withdrawal::TakeBack).has_value());
    EXPECT_EQ(fatalities(*store), 4);
    ASSERT_TRUE(store->withdraw({second}, d(2022, 1, 1), Withdrawal::TakeBack).has_value());
    EXPECT_EQ(fatalities(*store), 0);
    ASSERT_TRUE(store->withdraw({first}, d(2022, 1, 1), Withdrawal::BringBack).has_value());
    EXPECT_EQ(fatalities(*store), 3);
}

TEST(TakenBack, ANewerEditionGivesWayToTheOlder) {
    auto store = memory_store();
    (void)must(append(*store, edition_of("23.csv", {{1, 10}, {2, 20}}, 23)));
    const auto newer = must(append(*store, edition_of("24.csv", {{1, 70}}, 24))).file;
    EXPECT_EQ(fatalities(*store), 70);
    ASSERT_TRUE(store->withdraw({newer}, d(2024, 7, 1), Withdrawal::TakeBack).has_value());
    EXPECT_EQ(fatalities(*store), 30);
}

TEST(TakenBack, AnExchangeFileNoLongerStandsInTheWay) {
    auto store = memory_store();
    auto shared = rows_of("shared.csv", {1, 2});
    shared.in.card = "icosa-events";
    const auto file = must(append(*store, shared)).file;
    ASSERT_TRUE(store->withdraw({file}, d(2022, 1, 1), Withdrawal::TakeBack).has_value());
    EXPECT_EQ(must(append(*store, rows_of("own.csv", {11, 12, 13}))).stored, 3);
}

TEST(SameRows, AFewAlikeAreTwoFiles) {
    auto store = memory_store();
    (void)must(append(*store, rows_of("a.csv", {1, 2, 3, 4, 5})));
    EXPECT_EQ(must(append(*store, rows_of("b.csv", {1, 12, 13, 14, 15}))).stored, 5);
    EXPECT_EQ(fatalities(*store), 10);
}

TEST(TakenBack, FromADayOnAndBroughtBack) {
    auto store = memory_store();
    const auto file = must(append(*store, edition_of("a.csv", {{1, 10}, {2, 20}}, no_edition))).file;
    ASSERT_TRUE(store->withdraw({file}, d(2024, 1, 1), Withdrawal::TakeBack).has_value());
    EXPECT_EQ(fatalities(*store), 0);
    EXPECT_EQ(fatalities(*store, d(2023, 12, 31)), 30);
    EXPECT_EQ(must(store->files()).at(0).withdrawn_day, d(2024, 1, 1));
    // mended and read again, then the first one comes back: nothing counts twice
    (void)must(append(*store, edition_of("b.csv", {{1, 10}, {2, 25}}, no_edition)));
    EXPECT_EQ(fatalities(*store), 35);
    ASSERT_TRUE(store->withdraw({file}, d(2024, 2, 1), Withdrawal::BringBack).has_value());
    EXPECT_EQ(fatalities(*store), 35);
}

TEST(Codes, AnyDayOfARecordDecidesAndOfTwoTheLater) {
    auto store = memory_store();
    const std::vector<CodePlace> codes = {{"gw", "345", first_possible_day, d(2006, 6, 4), "yug"},
                                          {"gw", "345", d(2006, 6, 5), last_possible_day, "srb"},
                                          {"gw", "346", d(1992, 4, 7), last_possible_day, "bih"},
                                          {"iso3", "WLD", first_possible_day, last_possible_day, ""}};
    ASSERT_TRUE(store
                    ->put_dimension(
                        codes,
                        {"x", [](auto, auto, auto, auto) { return std::string(); }, [](auto, auto) { return false; }},
                        "x")
                    .has_value());
    Made made("a.csv", "s", RecordKind::Observation);
    const auto add = [&](const char* system, const char* code, int year) {
        Observation one;
        one.first_day = d(year, 1, 1);
        one.last_day = one.known_day = d(year, 12, 31);
        one.measure = store->terms().id_of("measure", "m");
        one.place = store->terms().id_of(system, code);
        one.value = year;
        made.add(&Batch::observations, one);
    };
    add("gw", "346.0", 1992);
    add("gw", "0345", 2006);
    add("gw", "346", 1991);
    add("iso3", "wld", 2000);
    (void)must(append(*store, made));
    const auto values = must(store->scan({.records = RecordKind::Observation, .measure = "m"}, "s", always));
    ASSERT_EQ(values.size(), 3U);
    EXPECT_EQ(values[0].unit, "bih");
    EXPECT_EQ(values[1].unit, "gw:346");
    EXPECT_EQ(values[2].unit, "srb");
    const auto odd = must(store->odd_namings("s", 0));
    ASSERT_EQ(odd.size(), 3U);
    EXPECT_EQ(odd[0].code, "346");
    EXPECT_EQ(odd[0].unplaced, 1);
    EXPECT_EQ(odd[1].code, "0345");
    EXPECT_EQ(odd[1].twofold, 1);
    EXPECT_EQ(odd[2].summed, 1);
}

}  // namespace
}  // namespace icosa::store
