/// The calendar: what is known, what a cadence asks for, of whom no day is known.
#include "app/calendar.hpp"

#include <gtest/gtest.h>

namespace icosa::app {
namespace {

pack::Mechanism body(const std::string& id, int cadence_months, Day met = no_day) {
    pack::Mechanism out;
    out.id = id;
    out.name = {"Body " + id, "机构"};
    out.areas = {"III.8"};
    out.cadence_months = cadence_months;
    out.known.source = "its charter";
    out.known.known_through = met;
    if (met != no_day) out.meetings = {{met, met + 1, "first"}};
    return out;
}

CalendarAsked asked() { return {day_of(2026, 11, 30), day_of(2026, 1, 1), day_of(2028, 12, 31), {}}; }

std::vector<std::string> summaries(const Calendar& calendar) {
    std::vector<std::string> out;
    for (const auto& one : calendar.events) out.push_back(one.summary);
    return out;
}

TEST(Calendar, ACadenceGivesOneDayThatSaysThatItIsNone) {
    Packs packs;
    packs.catalogue.mechanisms = {body("a", 36, day_of(2024, 9, 4))};
    const auto told = calendar_of(packs, {}, {}, asked());
    EXPECT_EQ(summaries(told), std::vector<std::string>{"Body a: expected in 2027, date not announced"});
    EXPECT_EQ(told.events[0].first, day_of(2027, 9, 5));
    EXPECT_EQ(told.events[0].status, brief::EventStatus::Tentative);
    EXPECT_NE(told.events[0].description.find("last known to meet 2024-09-04 to 2024-09-05 (first)"), std::string::npos)
        << told.events[0].description;
    EXPECT_TRUE(told.undated.empty());
}

TEST(Calendar, NoDayIsMadeUp) {
    Packs packs;
    packs.catalogue.mechanisms = {body("late", 12, day_of(2025, 6, 1)), body("loose", 0, day_of(2025, 6, 1)),
                                  body("never", 12), body("fund", 0)};
    const auto told = calendar_of(packs, {}, {}, asked());
    EXPECT_TRUE(told.events.empty());
    ASSERT_EQ(told.undated.size(), 3U);
    EXPECT_NE(told.undated[0].why.find("was to follow by 2026-06-02: not known whether it did"), std::string::npos);
    EXPECT_EQ(told.undated[1].why, "no fixed cadence; last known to meet 2025-06-01 to 2025-06-02");
    EXPECT_EQ(told.undated[2].why, "every year, and no meeting is known");
    EXPECT_EQ(told.without_meetings, std::vector<std::string>{"fund"});
}

TEST(Calendar, AnAnnouncedMeetingStandsInPlaceOfTheExpectedOne) {
    Packs packs;
    packs.catalogue.mechanisms = {body("a", 36, day_of(2024, 9, 4))};
    ledger::Meeting own;
    own.id = "m1";
    own.title = "fourth meeting";
    own.mechanism = "a";
    own.first = own.last = day_of(2027, 8, 1);
    own.digest = std::string(64, 'a');
    auto told = calendar_of(packs, {}, {own}, asked());
    EXPECT_EQ(summaries(told), std::vector<std::string>{"Body a: fourth meeting"});
    EXPECT_EQ(told.events[0].categories, std::vector<std::string>{"III.8"});
    own.is_cancelled = true;
    told = calendar_of(packs, {}, {own}, asked());
    ASSERT_EQ(told.events.size(), 2U);
    EXPECT_EQ(told.events[0].status, brief::EventStatus::Cancelled);
    EXPECT_EQ(told.events[1].status, brief::EventStatus::Tentative);
}

TEST(Calendar, NothingKnownLaterIsUsed) {
    Packs packs;
    packs.catalogue.mechanisms = {body("a", 12, day_of(2026, 2, 14))};
    auto question = asked();
    question.as_of = day_of(2026, 1, 15);
    EXPECT_TRUE(calendar_of(packs, {}, {}, question).events.empty()) << "that meeting was entered after it was held";
    packs.catalogue.mechanisms[0].known.known_through = day_of(2026, 1, 1);  // announced by then
    EXPECT_EQ(summaries(calendar_of(packs, {}, {}, question)), std::vector<std::string>{"Body a: first"});
}

TEST(Calendar, DueDaysOfOpenCommitmentsByArea) {
    ledger::Commitment one;
    one.id = "c1";
    one.owner = "Ministry";
    one.what = "share the gauges";
    one.area = "III.11";
    one.due = day_of(2026, 12, 31);
    one.digest = std::string(64, 'b');
    auto question = asked();
    question.area = "III.11";
    EXPECT_EQ(summaries(calendar_of({}, {one}, {}, question)),
              std::vector<std::string>{"Due: share the gauges (Ministry)"});
    question.area = "III.8";
    EXPECT_TRUE(calendar_of({}, {one}, {}, question).events.empty());
    question.area = "";
    one.state = ledger::CommitmentState::Verified;
    EXPECT_TRUE(calendar_of({}, {one}, {}, question).events.empty());
}

}  // namespace
}  // namespace icosa::app
