/// Each course from a series drawn as text: H hot, C cold, . neither, ? not observed; levels of z beside it.
#include "methods/hot_spots/course.hpp"

#include <gtest/gtest.h>

#include <random>

#include "base/number.hpp"

namespace icosa::methods::hot_spots {
namespace {

std::string course(std::string_view drawn, std::vector<double> z = {}) {
    std::vector<State> states;
    for (const char one : drawn)
        states.push_back(one == 'H'       ? State::Hot
                             : one == 'C' ? State::Cold
                             : one == '?' ? State::NotComputed
                                          : State::None);
    if (z.empty()) {  // up and down, no trend
        for (std::size_t t = 0; t < drawn.size(); ++t) z.push_back(t % 4 == 0 || t % 4 == 3 ? 1 : 2);
    }
    return name_of(course_of(z, states, {}));
}

std::vector<double> line(std::size_t n, double slope) {
    std::vector<double> out;
    for (std::size_t t = 0; t < n; ++t) out.push_back(slope * static_cast<double>(t) + (t % 2 == 0 ? 0.3 : 0));
    return out;
}

TEST(Course, EachRule) {
    EXPECT_EQ(course("............"), "none");
    EXPECT_EQ(course(".............H"), "new");
    EXPECT_EQ(course("HHHHHHHHHHHH"), "persistent");
    EXPECT_EQ(course("HH.HHHHHHHHH"), "persistent");
    EXPECT_EQ(course("HHHHHHHHHHH."), "fading") << "nine in ten, but not the last";
    EXPECT_EQ(course("H..H...HH..H"), "sporadic");
    EXPECT_EQ(course("...H........"), "sporadic");
    EXPECT_EQ(course("....HHHHHHHH", line(12, 0.5)), "emerging");
    EXPECT_EQ(course("..........HH"), "emerging") << "one run up to the last";
    EXPECT_EQ(course("....HHHH?HH"), "emerging");
    EXPECT_EQ(course("H.......HHHH"), "sporadic");
    EXPECT_EQ(course("HHHHHHHHHHHH", line(12, 0.5)), "emerging") << "the more so";
    EXPECT_EQ(course("HHHHHHH.....", line(12, -0.5)), "fading");
    EXPECT_EQ(course("HHHHHHHHHHHH", line(12, -0.5)), "fading");
    EXPECT_EQ(course("...........H", line(12, 0.5)), "new");
}

TEST(Course, ColdIsTheMirror) {
    EXPECT_EQ(course("...........C"), "cold new");
    EXPECT_EQ(course("....CCCCCCCC", line(12, -0.5)), "cold emerging");
    EXPECT_EQ(course("CCCCCCCCCCCC", line(12, 0.5)), "cold fading");
    EXPECT_EQ(course("HHHHHHHHHHCC"), "cold emerging");
    EXPECT_EQ(course("HHHH.....CC."), "cold sporadic") << "the newest side is told";
}

TEST(Course, GapsAndShortSeries) {
    EXPECT_EQ(course("?????"), "none");
    EXPECT_EQ(course("HH?HH"), "persistent") << "of the observed steps";
    EXPECT_EQ(course("HHH?"), "persistent") << "the last observed step";
    EXPECT_EQ(course("H"), "new");
    EXPECT_EQ(course(".H?", {1, 2, nan_value}), "new");
    EXPECT_TRUE(std::isnan(course_of(std::vector<double>{1, 2, 3}, std::vector<State>(3, State::Hot), {}).p_rise));
}

TEST(Course, NoiseSeldomRises) {
    std::mt19937 bits(4);
    std::normal_distribution<double> normal;
    int rises = 0;
    for (int run = 0; run < 1000; ++run) {
        std::vector<double> z(24);
        for (double& x : z) x = normal(bits);
        rises += course_of(z, std::vector<State>(24, State::Hot), {}).course == Course::Emerging;
    }
    EXPECT_LT(rises, 75) << "5 % asked";
}

}  // namespace
}  // namespace icosa::methods::hot_spots
