/// What the count methods refuse, and how they say it.
#include <cmath>
#include <limits>
#include <vector>

#include <gtest/gtest.h>

#include "detect/judges/method_table.hpp"

namespace icosa::detect {
namespace {

constexpr const char* seasonal[] = {"farrington", "farrington-flexible"};
constexpr const char* all[] = {
    "ears-c1",     "ears-c2",          "ears-c3",     "season-trend", "farrington", "farrington-flexible",
    "cusum-rossi", "lr-cusum-poisson", "lr-cusum-nb", "glr-poisson",  "glr-nb"};

Error refused(const char* name, const std::vector<double>& values, int season,
              std::pair<const char*, double> option = {"", 0}) {
    const Method* method = find_method(name);
    auto options = pack::default_options(method->spec);
    if (*option.first != 0) options.set(option.first, option.second);
    const auto judged = method->judge({values, season, 0}, options);
    return judged ? Error{} : judged.error();
}

TEST(CountMethods, RefuseWhatIsNoCountAndNameItsRow) {
    for (const char* name : all) {
        std::vector<double> values(400, 3.0);
        values[7] = -1;
        const Error negative = refused(name, values, 52);
        EXPECT_EQ(negative.code, "negative-count") << name;
        EXPECT_EQ(negative.where.line, 7) << name;
        values[7] = 2.5;
        EXPECT_EQ(refused(name, values, 52).code, "not-a-count") << name;
        values[7] = std::numeric_limits<double>::infinity();
        EXPECT_EQ(refused(name, values, 52).code, "not-a-count") << name;
    }
}

TEST(CountMethods, TooShortOrAllMissingHasNoBoundAndNoAlarm) {
    const std::vector<double> missing(400, std::numeric_limits<double>::quiet_NaN()), two{1, 2}, none;
    for (const char* name : all) {
        const Method* method = find_method(name);
        const auto options = pack::default_options(method->spec);
        for (const auto* values : {&missing, &two, &none}) {
            const auto judged = method->judge({*values, 52, 0}, options);
            ASSERT_TRUE(judged) << name;
            ASSERT_EQ(judged->size(), values->size());
            for (const Judgement& one : *judged) EXPECT_TRUE(std::isnan(one.threshold) && !one.alarm) << name;
        }
    }
}

TEST(CountMethods, AConstantSeriesDoesNotAlarm) {
    const std::vector<double> values(400, 4.0);
    for (const char* name : all) {
        const Method* method = find_method(name);
        const auto judged = method->judge({values, 52, 0}, pack::default_options(method->spec));
        ASSERT_TRUE(judged) << name;
        EXPECT_FALSE(std::isnan(judged->back().threshold)) << name;
        for (const Judgement& one : *judged) EXPECT_FALSE(one.alarm) << name;
    }
}

TEST(CountMethods, FarringtonNeedsASeasonWithRoomForItsWindows) {
    const std::vector<double> values(200, 3.0);
    for (const char* name : seasonal) {
        EXPECT_EQ(refused(name, values, 1).code, "no-season");
        EXPECT_EQ(refused(name, values, 4).what,
                  std::string("'w' of '") + name + "' is 3, allowed is up to 1 with 4 periods a year");
        EXPECT_EQ(refused(name, values, 12).what, "");
    }
    EXPECT_EQ(refused("farrington-flexible", values, 12, {"no_periods", 10}).what,
              "'no_periods' of 'farrington-flexible' is 10, allowed is up to 6 with 12 periods a year and w = 3");
}

}  // namespace
}  // namespace icosa::detect
