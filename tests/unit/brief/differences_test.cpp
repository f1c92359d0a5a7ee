/// Differences of a section: told where the source is read and the day has come.
#include "brief/differences.hpp"

#include <gtest/gtest.h>

namespace icosa::brief {
namespace {

pack::Difference one_of_votes() {
    pack::Difference out;
    out.id = "es-10-19";
    out.source = "un-votes";
    out.sections = {"III.7", "IV.1"};
    out.day = day_of(2017, 12, 21);
    out.of = {"votes in favour", "赞成票"};
    out.in_file = 127;
    out.elsewhere = 128;
    out.by = {"the United Nations", "联合国"};
    out.why = {"The file has no ballot of Algeria.", "文件中缺阿尔及利亚的投票。"};
    return out;
}

TEST(BriefDifferences, AreToldOfSourcesReadAndDaysCome) {
    model::SourceState read;
    read.id = "un-votes";
    const std::vector<pack::Difference> all = {one_of_votes()};
    EXPECT_EQ(differences_of("IV.1", all, {read}, day_of(2020, 1, 1)).size(), 1U);
    EXPECT_TRUE(differences_of("IV.1", all, {}, day_of(2020, 1, 1)).empty());
    EXPECT_TRUE(differences_of("IV.1", all, {read}, day_of(2017, 1, 1)).empty());
    std::vector<pack::Difference> over = all;
    over[0].until = day_of(2018, 12, 31);
    EXPECT_TRUE(differences_of("IV.1", over, {read}, day_of(2020, 1, 1)).empty());
    EXPECT_TRUE(differences_of("III.1", all, {read}, day_of(2020, 1, 1)).empty());
}

TEST(BriefDifferences, TellBothFiguresAndWhose) {
    const pack::Title line = difference_line(one_of_votes());
    EXPECT_EQ(line.en,
              "votes in favour: 127 in the file at hand, 128 by the United Nations. The file has no ballot of "
              "Algeria.");
    EXPECT_EQ(line.zh, "赞成票：现有文件为127，而联合国为128。文件中缺阿尔及利亚的投票。");
}

}  // namespace
}  // namespace icosa::brief
