/// Commitments and meetings: what may follow what, what is overdue, what a later row takes back.
#include "ledger/commitment.hpp"

#include <filesystem>

#include <gtest/gtest.h>

#include "folder.hpp"
#include "ledger/meeting.hpp"

namespace icosa::ledger {
namespace {

namespace fs = std::filesystem;
using enum CommitmentState;

constexpr const char* noon = "2026-11-30T12:00:00Z";

class Commitments : public ::testing::Test {
protected:
    Result<Commitment> add(const std::string& owner, Day due, CommitmentState state = Proposed) {
        Undertaking said;
        said.owner = owner;
        said.what = "share the gauges";
        said.area = "III.11";
        said.due = due;
        said.day = day_of(2026, 1, 15);
        said.state = state;
        return undertake(path_, noon, said);
    }
    Result<Commitment> step(const std::string& id, CommitmentState state, Day day = day_of(2026, 2, 1),
                            const std::string& evidence = {}) {
        return report(path_, noon, {id, state, {}, evidence, day});
    }
    std::vector<Commitment> all(Day as_of = last_possible_day) { return *commitments_of(*read(path_), as_of); }

    Folder folder_;
    std::string path_ = folder_.file("commitments.jsonl");
};

TEST_F(Commitments, AreReadAsTheyWereWritten) {
    ASSERT_TRUE(add("Ministry, \"water\"", day_of(2026, 6, 30)));
    ASSERT_TRUE(add("Commission\nof the river", day_of(2026, 7, 31), Adopted));
    const auto read_back = all();
    ASSERT_EQ(read_back.size(), 2U);
    EXPECT_EQ(read_back[0].id, "c1");
    EXPECT_EQ(read_back[0].owner, "Ministry, \"water\"");
    EXPECT_EQ(read_back[1].owner, "Commission\nof the river");
    EXPECT_EQ(read_back[1].state, Adopted);
    EXPECT_EQ(read_back[1].due, day_of(2026, 7, 31));
    EXPECT_EQ(read_back[0].digest, read(path_)->rows[0].digest);
}

TEST_F(Commitments, WithoutOwnerTextOrDayAreRefused) {
    EXPECT_EQ(add(" ", day_of(2026, 6, 30)).error().code, "no-owner");
    EXPECT_EQ(add("x", no_day).error().code, "no-due-day");
    EXPECT_EQ(add("x", day_of(2026, 6, 30), Verified).error().code, "bad-state");
    EXPECT_FALSE(fs::exists(path_)) << "nothing was written";
    ASSERT_TRUE(add("x", day_of(2026, 6, 30)));
    EXPECT_EQ(add("x", day_of(2026, 6, 30)).error().code, "known-already");
}

TEST_F(Commitments, OnlyWhatMakesSenseMayFollow) {
    const struct {
        CommitmentState from, to;
        bool may;
    } table[] = {{Proposed, Adopted, true},    {Proposed, Reported, false},  {Proposed, Verified, false},
                 {Proposed, Withdrawn, true},  {Adopted, Proposed, false},   {Adopted, Reported, true},
                 {Adopted, Verified, false},   {Adopted, Withdrawn, true},   {Reported, Verified, true},
                 {Reported, Reported, true},   {Reported, Adopted, true},    {Reported, Withdrawn, true},
                 {Verified, Withdrawn, false}, {Verified, Reported, false},  {Withdrawn, Verified, false},
                 {Withdrawn, Adopted, false},  {Withdrawn, Proposed, false}, {Proposed, Proposed, false}};
    for (const auto& row : table) {
        fs::remove(path_);
        ASSERT_TRUE(add("x", day_of(2026, 6, 30), row.from == Proposed ? Proposed : Adopted));
        if (row.from == Reported || row.from == Verified) {
            ASSERT_TRUE(step("c1", Reported));
        }
        if (row.from == Verified || row.from == Withdrawn) {
            ASSERT_TRUE(step("c1", row.from));
        }
        EXPECT_EQ(step("c1", row.to).has_value(), row.may) << state_name(row.from) << " -> " << state_name(row.to);
    }
    const auto refused = step("c2", Adopted);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "unknown-commitment");
    EXPECT_EQ(refused.error().cure, "it has c1 alone");
}

TEST_F(Commitments, OverdueFollowsFromTheDay) {
    ASSERT_TRUE(add("a", day_of(2026, 6, 30), Adopted));
    ASSERT_TRUE(add("b", day_of(2026, 6, 30), Adopted));
    ASSERT_TRUE(step("c2", Reported, day_of(2026, 5, 1), "report.pdf"));
    const auto now = all();
    EXPECT_FALSE(is_overdue(now[0], day_of(2026, 6, 30))) << "its due day is not over";
    EXPECT_TRUE(is_overdue(now[0], day_of(2026, 7, 1)));
    EXPECT_EQ(standing_name(now[0], day_of(2026, 7, 1)), "overdue");
    EXPECT_FALSE(is_overdue(now[1], day_of(2026, 7, 1))) << "it was reported";
    EXPECT_EQ(evidence_of(now[1]), "report.pdf");
    EXPECT_EQ(all(day_of(2026, 4, 30))[1].state, Adopted) << "as of a day before the report";
    EXPECT_TRUE(all(day_of(2026, 1, 14)).empty());
}

TEST_F(Commitments, RemindersByDueDay) {
    ASSERT_TRUE(add("late", day_of(2026, 6, 1), Adopted));
    ASSERT_TRUE(add("soon", day_of(2026, 7, 31), Adopted));
    ASSERT_TRUE(add("far", day_of(2026, 8, 1), Adopted));
    ASSERT_TRUE(add("over", day_of(2026, 6, 1)));
    ASSERT_TRUE(step("c4", Withdrawn));
    const auto told = reminders(all(), day_of(2026, 7, 1));
    ASSERT_EQ(told.size(), 2U);
    EXPECT_EQ(told[0].commitment.owner, "late");
    EXPECT_EQ(told[0].days_left, -30);
    EXPECT_EQ(told[1].commitment.owner, "soon");
    EXPECT_EQ(told[1].days_left, 30);
}

TEST_F(Commitments, AStepIsTakenBackByARow) {
    ASSERT_TRUE(add("a", day_of(2026, 6, 30)));
    EXPECT_EQ(undo(path_, noon, "c1", day_of(2026, 2, 1)).error().code, "nothing-to-undo");
    ASSERT_TRUE(step("c1", Withdrawn));
    EXPECT_FALSE(step("c1", Adopted));
    const auto undone = undo(path_, noon, "c1", day_of(2026, 2, 2));
    ASSERT_TRUE(undone);
    EXPECT_EQ(undone->state, Proposed);
    EXPECT_TRUE(undone->history[1].is_undone);
    ASSERT_TRUE(step("c1", Adopted));
    EXPECT_EQ(all()[0].state, Adopted);
    EXPECT_EQ(read(path_)->rows.size(), 4U) << "nothing is deleted";
}

TEST_F(Commitments, DaysDoNotRunBackwards) {
    ASSERT_TRUE(add("a", day_of(2026, 6, 30)));
    EXPECT_EQ(step("c1", Adopted, day_of(2026, 1, 14)).error().code, "bad-day");
    EXPECT_TRUE(step("c1", Adopted, day_of(2026, 1, 15)));
}

TEST_F(Commitments, ARowThatIsNoneIsToldByItsLine) {
    ASSERT_TRUE(add("a", day_of(2026, 6, 30)));
    ASSERT_TRUE(append(path_, noon, NewRow{"something-else", "{}"})) << "other kinds are passed over";
    EXPECT_EQ(all().size(), 1U);
    ASSERT_TRUE(append(path_, noon, NewRow{"commitment", "{\"id\":\"c2\",\"what\":\"x\",\"day\":\"2026-01-01\"}"}));
    const auto bad = commitments_of(*read(path_));
    ASSERT_FALSE(bad);
    EXPECT_EQ(bad.error().code, "bad-commitment");
    EXPECT_EQ(bad.error().where.line, 3);
}

TEST_F(Commitments, MeetingsAreEnteredAndCalledOff) {
    Meeting said;
    said.title = "River commission";
    said.first = day_of(2027, 3, 9);
    const auto entered = enter_meeting(path_, noon, said, day_of(2026, 11, 30));
    ASSERT_TRUE(entered);
    EXPECT_EQ(entered->id, "m1");
    EXPECT_EQ(entered->last, said.first);
    EXPECT_EQ(enter_meeting(path_, noon, said, day_of(2026, 11, 30)).error().code, "known-already");
    said.last = day_of(2027, 3, 8);
    EXPECT_EQ(enter_meeting(path_, noon, said, day_of(2026, 11, 30)).error().code, "bad-day");
    EXPECT_EQ(cancel_meeting(path_, noon, "m2", day_of(2026, 12, 1)).error().code, "unknown-meeting");
    ASSERT_TRUE(cancel_meeting(path_, noon, "m1", day_of(2026, 12, 1)));
    EXPECT_TRUE(meetings_of(*read(path_))->at(0).is_cancelled);
    EXPECT_FALSE(meetings_of(*read(path_), day_of(2026, 11, 30))->at(0).is_cancelled);
    EXPECT_EQ(cancel_meeting(path_, noon, "m1", day_of(2026, 12, 1)).error().code, "cancelled-already");
}

}  // namespace
}  // namespace icosa::ledger
