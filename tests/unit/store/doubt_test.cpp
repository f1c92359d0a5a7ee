/// Doubts: what is asked of rows, whichever order their files come in; what a question leaves out, and how many.
#include "fixture.hpp"

#include <algorithm>
#include <map>

namespace icosa::store {
namespace {

const Locator nowhere{"", [](std::string_view, double, double, Day) { return std::string(); },
                      [](std::string_view, std::int32_t) { return false; }};

/// Each answer halves the credibility of one: 0.5, 0.25, ...; the lowest bit is the worst.
Doubter doubter(std::vector<DoubtTest> tests) {
    Doubter out;
    std::vector<std::string> rules;
    for (const DoubtTest& test : tests) rules.push_back(test.rule);
    out.sources = {{"s", std::move(tests)}};
    out.neighbours = {{"a", "b"}, {"b", "a"}};
    out.weigh = [rules](std::string_view, std::uint64_t answers) {
        Credit credit{1, ""};
        for (std::size_t i = rules.size(); i-- > 0;) {
            if ((answers >> i & 1) == 0) continue;
            credit.credibility /= 2;
            credit.worst = rules[i];
        }
        return credit;
    };
    return out;
}

DoubtTest test(DoubtKind kind, std::string rule) {
    DoubtTest out;
    out.kind = kind;
    out.rule = std::move(rule);
    return out;
}

class Doubts : public ::testing::Test {
protected:
    void open(std::vector<DoubtTest> tests) {
        store = memory_store();
        store->set_doubter(doubter(std::move(tests)));
        std::vector<CodePlace> codes;
        for (const char* place : {"a", "b", "c"}) codes.push_back({"x", place, first_possible_day, always, place});
        must(store->put_dimension(codes, nowhere, "one"));
    }

    Event event(std::uint64_t identity, std::uint64_t likeness, int minute) {
        Event out;
        out.first_day = out.last_day = out.known_day = d(2020, 3, 1);
        out.identity = identity;
        out.content = identity;
        out.likeness = likeness;
        out.known_minute = minute;
        return out;
    }

    Made file(const std::string& path, const std::vector<Event>& events) {
        Made made(path, "s");
        made.in.has_identity = true;
        for (const Event& one : events) made.event(one);
        return made;
    }

    /// Answers by path and line.
    std::map<std::string, std::uint64_t> answers() {
        std::map<std::string, std::uint64_t> out;
        must(store->doubted_events("s", always, [&](const DoubtedEvent& one) {
            out[one.path + ":" + std::to_string(one.line)] = one.answers;
        }));
        return out;
    }

    TermId term(const char* code) { return store->terms().id_of("x", code); }

    std::unique_ptr<Store> store;
};

TEST_F(Doubts, WhatIsToldAgainIsFoundAcrossFilesInAnyOrder) {
    DoubtTest again = test(DoubtKind::Retold, "again");
    again.minutes = 30;
    // 7: told at 10:00, at 10:15 and, from there 25 minutes on, at 10:40; 8: an hour apart; 9: once
    const auto first = file("first", {event(1, 7, 600), event(2, 8, 600), event(3, 9, 600)});
    const auto second = file("second", {event(4, 7, 615), event(5, 8, 660)});
    const auto third = file("third", {event(6, 7, 640)});
    const std::map<std::string, std::uint64_t> expected = {{"first:1", 0},  {"first:2", 0},  {"first:3", 0},
                                                           {"second:1", 1}, {"second:2", 0}, {"third:1", 1}};
    std::vector<const Made*> order = {&first, &second, &third};
    do {
        open({again});
        for (const Made* one : order) (void)must(append(*store, *one));
        EXPECT_EQ(answers(), expected) << order[0]->in.path << order[1]->in.path;
        must(store->put_dimension({}, nowhere, "two"));
        EXPECT_EQ(answers(), expected) << "written anew";
    } while (std::next_permutation(order.begin(), order.end()));
}

TEST_F(Doubts, AnEditionOfARowDoesNotTellItAgain) {
    DoubtTest again = test(DoubtKind::Retold, "again");
    again.minutes = 30;
    open({again});
    Event revised = event(1, 7, 610);
    revised.content = 99;
    (void)must(append(*store, file("first", {event(1, 7, 600)})));
    (void)must(append(*store, file("second", {revised})));
    const auto found = answers();
    EXPECT_EQ(found.size(), 1U);
    EXPECT_EQ(found.begin()->second, 0U);
}

TEST_F(Doubts, MidnightIsNoGap) {
    DoubtTest again = test(DoubtKind::Retold, "again");
    again.minutes = 30;
    open({again});
    Event late = event(1, 7, 1435), early = event(2, 7, 10);
    early.known_day = late.known_day + 1;
    (void)must(append(*store, file("second", {early})));
    (void)must(append(*store, file("first", {late})));
    EXPECT_EQ(answers(), (std::map<std::string, std::uint64_t>{{"second:1", 1}, {"first:1", 0}}));
}

TEST_F(Doubts, EachQuestionIsAskedOfTheRow) {
    DoubtTest round = test(DoubtKind::RoundLag, "round"), far = test(DoubtKind::FarLag, "far");
    round.days = {30, 365};
    round.slack_days = 1;
    far.above = 62;
    DoubtTest mentions = test(DoubtKind::FewMentions, "mentions"), outlets = test(DoubtKind::FewSources, "outlets");
    mentions.below = 5;
    outlets.below = 2;
    open({round, far, mentions, outlets, test(DoubtKind::NotRoot, "aside"), test(DoubtKind::Untyped, "untyped"),
          test(DoubtKind::OfProvince, "province"), test(DoubtKind::OfCountry, "country"),
          test(DoubtKind::AtOrigin, "origin"), test(DoubtKind::Untold, "untold")});
    const Event plain = event(0, 0, no_int);
    std::vector<Event> rows;
    const auto add = [&](auto change) {
        Event one = plain;
        change(one);
        one.identity = one.content = rows.size() + 1;
        rows.push_back(one);
    };
    add([](Event&) {});
    add([](Event& e) { e.first_day = e.known_day - 366; });
    add([](Event& e) { e.first_day = e.known_day - 29; });
    add([](Event& e) { e.first_day = e.known_day - 100; });
    add([](Event& e) { e.first_day = e.last_day = e.known_day + 1; });
    add([](Event& e) { e.mentions = 4, e.sources = 2; });
    add([](Event& e) { e.mentions = 5, e.sources = 1; });
    add([](Event& e) { e.root = Flag::No; });
    add([](Event& e) { e.root = Flag::Yes, e.typed = Flag::No; });
    add([](Event& e) { e.position_precision = PositionPrecision::Province; });
    add([](Event& e) { e.position_precision = PositionPrecision::Country; });
    add([](Event& e) { e.latitude_microdeg = e.longitude_microdeg = 0; });
    add([](Event& e) { e.latitude_microdeg = 0, e.longitude_microdeg = 1; });
    add([](Event& e) { e.known_day = no_day; });
    (void)must(append(*store, file("f", rows)));
    const std::vector<std::uint64_t> expected = {0, 3, 1, 2, 2, 4, 8, 16, 32, 64, 128, 256, 0};
    const auto found = answers();
    for (std::size_t i = 0; i < expected.size(); ++i)
        EXPECT_EQ(found.at("f:" + std::to_string(i + 1)), expected[i]) << "row " << i + 1;
    EXPECT_EQ(found.size(), 13U) << "a row without a day is seen by no reader of a day";
}

TEST_F(Doubts, APlaceElsewhere) {
    open({test(DoubtKind::ElsePlace, "elsewhere")});
    std::vector<Event> rows;
    const auto add = [&](const char* place, const char* actor1, const char* actor2) {
        Event one = event(rows.size() + 1, 0, no_int);
        if (*place) one.place = term(place);
        if (*actor1) one.actor1 = term(actor1);
        if (*actor2) one.actor2 = term(actor2);
        rows.push_back(one);
    };
    add("a", "a", "c");   // the place of one
    add("a", "b", "");    // beside it
    add("c", "a", "b");   // neither, nor beside: elsewhere
    add("c", "a", "");    // elsewhere
    add("c", "a", "eu");  // an actor that is no place may be anywhere
    add("", "a", "b");    // no place
    add("c", "", "");     // no actor
    add("sea", "a", "b"); // a code that means no place
    (void)must(append(*store, file("f", rows)));
    std::vector<std::uint64_t> found;
    for (const auto& [line, one] : answers()) found.push_back(one);
    EXPECT_EQ(found, (std::vector<std::uint64_t>{0, 0, 1, 1, 0, 0, 0, 0}));
}

TEST_F(Doubts, WhatIsNotCredibleIsLeftOutAndCounted) {
    open({test(DoubtKind::NotRoot, "aside"), test(DoubtKind::Untyped, "untyped")});
    std::vector<Event> rows;
    for (int i = 0; i < 10; ++i) {
        rows.push_back(event(static_cast<std::uint64_t>(i) + 1, 0, no_int));
        rows.back().place = term(i < 8 ? "a" : "b");
        if (i < 3) rows.back().root = Flag::No;
        if (i == 2 || i == 3) rows.back().typed = Flag::No;
    }
    (void)must(append(*store, file("f", rows)));
    Select select{.period = PeriodKind::Year};
    const auto rows_of = [&] {
        std::int64_t sum = 0;
        for (const auto& group : must(store->aggregate(select, "s", always))) sum += group.rows;
        return sum;
    };
    EXPECT_EQ(rows_of(), 10);
    EXPECT_TRUE(must(store->omitted(select, "s", always)).left_out.empty());
    select.credible = 0.3;  // below it only both answers together
    EXPECT_EQ(rows_of(), 9);
    auto omitted = must(store->omitted(select, "s", always));
    EXPECT_EQ(omitted.rows_asked, 10);
    EXPECT_EQ(omitted.left_out, (std::vector<LeftOut>{{"aside", 1}}));
    select.credible = 0.6;
    EXPECT_EQ(rows_of(), 6);
    omitted = must(store->omitted(select, "s", always));
    EXPECT_EQ(omitted.left_out, (std::vector<LeftOut>{{"aside", 3}, {"untyped", 1}}));
    select.places = {"b"};
    EXPECT_EQ(rows_of(), 2);
    omitted = must(store->omitted(select, "s", always));
    EXPECT_EQ(omitted.rows_asked, 2) << "of the places asked for";
    EXPECT_TRUE(omitted.left_out.empty());
    const auto lines = must(store->lineage(select, "s", always, {{"b", 50, 50}}, 5));
    EXPECT_EQ(lines[0].rows, 2);
    EXPECT_EQ(lines[0].lines[0].credibility, 1);
}

TEST_F(Doubts, ASourceWithoutRulesHasNoCredibility) {
    open({test(DoubtKind::NotRoot, "aside")});
    Made other = file("o", {event(1, 0, no_int)});
    other.in.source = "other";
    (void)must(append(*store, other));
    EXPECT_EQ(store->doubted_events("other", always, [](const DoubtedEvent&) {}).error().code, "no-rules");
    Select select{.unit = Unit::World, .period = PeriodKind::Year};
    select.credible = 0.99;
    EXPECT_EQ(must(store->aggregate(select, "other", always)).at(0).rows, 1) << "absent is not 0";
    EXPECT_TRUE(must(store->omitted(select, "other", always)).left_out.empty());
    const auto lines = must(store->lineage(select, "other", always, {{"world", 50, 50}}, 5));
    EXPECT_TRUE(std::isnan(lines[0].lines[0].credibility));
}

TEST_F(Doubts, PositionsOfAreasAreNoPoints) {
    open({});
    std::vector<Event> rows;
    for (const auto precision :
         {PositionPrecision::Unknown, PositionPrecision::Exact, PositionPrecision::Near, PositionPrecision::District,
          PositionPrecision::Province, PositionPrecision::Country}) {
        rows.push_back(event(rows.size() + 1, 0, no_int));
        rows.back().place = rows.back().subject = term("a");
        rows.back().latitude_microdeg = rows.back().longitude_microdeg = 1'000'000;
        rows.back().cell = 130'323;
        rows.back().position_precision = precision;
    }
    (void)must(append(*store, file("f", rows)));
    for (const Unit unit : {Unit::PlacePosition, Unit::SubjectPosition, Unit::Cell}) {
        const Select select{.unit = unit, .period = PeriodKind::Year};
        const auto groups = must(store->aggregate(select, "s", always));
        ASSERT_EQ(groups.size(), 1U);
        EXPECT_EQ(groups[0].rows, 4);
        const auto omitted = must(store->omitted(select, "s", always));
        EXPECT_EQ(omitted.rows_asked, 6);
        EXPECT_EQ(omitted.left_out, (std::vector<LeftOut>{{std::string(area_position), 2}}));
    }
    EXPECT_EQ(must(store->aggregate({.period = PeriodKind::Year}, "s", always))[0].rows, 6) << "in a place all count";
}

TEST_F(Doubts, AStoreForReadingAsksOtherRulesForItsSessionOnly) {
    const Folder folder;
    const std::string path = folder.file("s.duckdb");
    const auto open_with = [&](Access access, DoubtKind kind, const char* digest) {
        store = must(open_duckdb(path, access, 1));
        store->set_doubter(doubter({test(kind, "rule")}));
        must(store->put_dimension({}, nowhere, digest));
    };
    Event aside = event(1, 0, no_int), untyped = event(2, 0, no_int);
    aside.root = untyped.typed = Flag::No;
    open_with(Access::ReadWrite, DoubtKind::NotRoot, "one");
    (void)must(append(*store, file("f", {aside, untyped})));
    const std::map<std::string, std::uint64_t> first = {{"f:1", 1}, {"f:2", 0}}, other = {{"f:1", 0}, {"f:2", 1}};
    EXPECT_EQ(answers(), first);
    store.reset();
    open_with(Access::ReadOnly, DoubtKind::Untyped, "two");
    EXPECT_EQ(answers(), other);
    store.reset();
    open_with(Access::ReadOnly, DoubtKind::NotRoot, "one");
    EXPECT_EQ(answers(), first) << "as the file has them";
    store.reset();
    open_with(Access::ReadWrite, DoubtKind::Untyped, "two");
    EXPECT_EQ(answers(), other);
}

TEST_F(Doubts, ARowTakenBackTellsNothingAgain) {
    DoubtTest again = test(DoubtKind::Retold, "again");
    again.minutes = 30;
    open({again});
    const auto receipt = must(append(*store, file("first", {event(1, 7, 600)})));
    (void)must(append(*store, file("second", {event(2, 7, 610)})));
    EXPECT_EQ(answers().at("second:1"), 1U);
    must(store->withdraw({receipt.file}, d(2020, 4, 1), Withdrawal::TakeBack));
    must(store->put_dimension({}, nowhere, "one"));
    EXPECT_EQ(answers().at("second:1"), 0U);
}

}  // namespace
}  // namespace icosa::store
