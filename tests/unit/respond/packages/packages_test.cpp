/// Files of packages: what they say, where they are wrong, and rounds that meet objections.
#include <cstdio>
#include <fstream>

#include <gtest/gtest.h>

#include "folder.hpp"
#include "respond/packages/package_report.hpp"
#include "respond/packages/rounds.hpp"

namespace icosa::respond {
namespace {

constexpr auto two_parties = R"([package]
title = "A line and a toll"
[[issue]]
id = "line"
values = ["here", "there"]
today = "here"
concerns = ["north"]
[[issue]]
id = "toll"
values = ["none", "low", "high"]
today = "none"
[[party]]
id = "north"
[[party]]
id = "south"
[[preference]]
party = "north"
author = "a test"
date = "2026-01-01"
source = "made up"
points = { line = { here = 40, there = 10 }, toll = { none = 0, low = 30, high = 60 } }
consents = { line = ["there"] }
[[preference]]
party = "south"
author = "a test"
date = "2026-01-01"
source = "made up"
points = { line = { here = 0, there = 70 }, toll = { none = 30, low = 20, high = 0 } }
)";

class PackageFiles : public testing::Test {
protected:
    PackageModel load(const std::string& text) {
        folder.put("packages", text);
        faults.clear();
        return load_packages(path, {}, faults);
    }
    static std::string with(std::string text, const std::string& from, const std::string& to) {
        return text.replace(text.find(from), from.size(), to);
    }

    Folder folder;
    std::string path = folder.file("packages");
    Diagnostics faults;
};

TEST_F(PackageFiles, a_whole_file_is_judged) {
    const auto model = load(two_parties);
    ASSERT_TRUE(faults.empty()) << render(faults.front());
    EXPECT_EQ(model.packages(), 6);
    const auto report = judge_packages(model, {});
    ASSERT_TRUE(report);
    const SetReport& set = report->sets.front();
    EXPECT_EQ(set.answers.packages, 3);
    EXPECT_EQ(model.changes(set.space.values_of(set.answers.nash->package)), "line = there, toll = high");
    EXPECT_EQ(set.demands.size(), 2U);  // the north agrees to both values, so only nobody worse off is asked
    EXPECT_EQ(judge_packages(model, {DemandKind::NoWorseOff})->sets.front().answers.packages, 6);
}

TEST_F(PackageFiles, a_preference_without_its_source_is_a_fault_at_its_line) {
    load(with(two_parties, "source = \"made up\"\n", ""));
    ASSERT_EQ(faults.size(), 1U);
    EXPECT_EQ(faults[0].where.line, 16);
    EXPECT_EQ(faults[0].what, "this preference has no 'source'");
    load(with(two_parties, "author = \"a test\"", "author = \" \""));
    ASSERT_EQ(faults.size(), 1U);
    EXPECT_EQ(faults[0].where.line, 18);
}

TEST_F(PackageFiles, points_that_do_not_add_up_are_told_with_what_is_lacking) {
    load(with(two_parties, "high = 60", "high = 59.5"));
    ASSERT_EQ(faults.size(), 1U);
    EXPECT_EQ(render(faults[0]),
              path + ":21:10: error[points-do-not-add-up]: the points of the preference of 'north' add up to 99.5, "
                     "the best value of each issue counted; they must be 100 within 0 (add 0.5 points, or declare a "
                     "tolerance under [package])");
    load(with(with(two_parties, "high = 60", "high = 59.5"), "[[issue]]", "tolerance = 0.5\n[[issue]]"));
    EXPECT_TRUE(faults.empty());
}

TEST_F(PackageFiles, no_package_names_demands_that_conflict) {
    const auto model = load(std::string(two_parties) + "at_least = 95\n");
    ASSERT_TRUE(faults.empty()) << render(faults.front());
    const auto report = judge_packages(model, {});
    ASSERT_FALSE(report);
    EXPECT_EQ(report.error().code, "no-package");
    EXPECT_EQ(report.error().where.line, 29);
    EXPECT_NE(report.error().what.find(path + ":16:1: north no worse off than today"), std::string::npos);
}

TEST_F(PackageFiles, a_next_text_has_no_value_that_is_objected_to) {
    const auto model = load(two_parties);
    TextRound round{1, "2026-01-01", "a chair", "", {1, 2}, {}};
    round.marks.push_back(*mark_of_words(model, "south=object:toll"));
    auto stand = stand_of(model, {round}, {});
    ASSERT_TRUE(stand.next);
    EXPECT_EQ(model.words(*stand.next), "line = there, toll = low");
    // Accepted later with that value, the objection no longer stands.
    TextRound second{2, "2026-01-02", "a chair", "", {0, 2}, {}};
    second.marks.push_back(*mark_of_words(model, "south=accept"));
    second.marks.push_back(*mark_of_words(model, "north=object:line"));
    stand = stand_of(model, {round, second}, {});
    ASSERT_TRUE(stand.next);
    EXPECT_EQ(model.words(*stand.next), "line = there, toll = high");
    EXPECT_FALSE(stand.agreed);
}

TEST_F(PackageFiles, rounds_read_back_as_they_were_written) {
    const auto model = load(two_parties);
    TextRound round{1, "2026-01-01", "a \"chair\"", "first", {1, 0}, {}};
    auto mark = *mark_of_words(model, "north=object:line,toll");
    mark.date = "2026-01-02";
    mark.note = "not yet";
    const std::string file = path + ".jsonl";
    std::ofstream(file) << proposal_row(model, round) << "\n" << mark_row(model, 1, mark) << "\n";
    const auto rounds = read_rounds(model, file, faults);
    ASSERT_TRUE(faults.empty()) << render(faults.front());
    ASSERT_EQ(rounds.size(), 1U);
    EXPECT_EQ(rounds[0].by, round.by);
    EXPECT_EQ(rounds[0].package, round.package);
    ASSERT_EQ(rounds[0].marks.size(), 1U);
    EXPECT_EQ(rounds[0].marks[0].to, (std::vector<int>{0, 1}));
    EXPECT_EQ(rounds[0].marks[0].note, "not yet");
}

}  // namespace
}  // namespace icosa::respond
