#include "pack/spec.hpp"

#include <gtest/gtest.h>

namespace icosa::pack {
namespace {

constexpr Field fields[] = {
    {.name = "alpha",
     .type = FieldType::Number,
     .unit = "share",
     .fallback = "0.01",
     .minimum = 0,
     .maximum = 0.5,
     .doc = "rate of alarms"},
    {.name = "half_window",
     .type = FieldType::Whole,
     .unit = "periods",
     .fallback = "3",
     .minimum = 0,
     .maximum = 8,
     .doc = "periods on each side"},
    {.name = "trend", .type = FieldType::Choice, .fallback = "auto", .choices = "auto|never", .doc = "is there one"},
    {.name = "limit", .type = FieldType::Number, .doc = "not set unless given"},
    {.name = "label", .type = FieldType::Text, .doc = "any text"},
    {.name = "robust", .type = FieldType::Flag, .fallback = "false", .doc = "or not"},
};
constexpr std::string_view examples[] = {"method = { name = \"trial\", alpha = 0.05 }"};
constexpr std::string_view cites[] = {"noufaily2013"};
constexpr Spec spec{"trial", "A trial of options.", fields, examples, cites};

Node method_of(const std::string& toml) {
    const auto file = parse_toml(toml, "packs/areas/x.toml");
    return file->members.front().value;
}

TEST(Spec, FallbacksStandWhereNothingIsGiven) {
    const Options options = default_options(spec);
    EXPECT_EQ(options.number("alpha"), 0.01);
    EXPECT_EQ(options.whole("half_window"), 3);
    EXPECT_EQ(options.text("trend"), "auto");
    EXPECT_FALSE(options.flag("robust"));
    EXPECT_FALSE(options.has("limit"));
    EXPECT_EQ(options.number_or("limit", 7), 7);
}

TEST(Spec, ReadsATable) {
    Diagnostics faults;
    const Options options = parse_options(method_of("method = { name = \"trial\", alpha = 0.05, half_window = 5, trend "
                                                    "= \"never\", limit = 2, label = \"x\", robust = true }"),
                                          spec, faults);
    EXPECT_TRUE(faults.empty());
    EXPECT_EQ(options.number("alpha"), 0.05);
    EXPECT_EQ(options.whole("half_window"), 5);
    EXPECT_EQ(options.text("trend"), "never");
    EXPECT_EQ(options.number("limit"), 2);
    EXPECT_EQ(options.text("label"), "x");
    EXPECT_TRUE(options.flag("robust"));
}

TEST(Spec, AllFaultsAtOnceWithPlaceAndCure) {
    Diagnostics faults;
    const Options options = parse_options(
        method_of(
            "method = { half_windw = 2, alpha = 0.9, half_window = 2.5, trend = \"nevr\", robust = 1, limit = \"2\" }"),
        spec, faults);
    ASSERT_EQ(faults.size(), 6U);
    EXPECT_EQ(render(faults[0]),
              "packs/areas/x.toml:1:12: error[unknown-key]: no option 'half_windw' for 'trial' (did you mean "
              "'half_window'?)");
    EXPECT_EQ(faults[1].what, "'alpha' of 'trial' is 0.9, allowed is a number from 0 to 0.5");
    EXPECT_EQ(faults[1].cure, "the default is 0.01");
    EXPECT_EQ(faults[2].what, "'half_window' of 'trial' is 2.5, allowed is a whole number from 0 to 8");
    EXPECT_EQ(faults[3].what, "'trend' of 'trial' is \"nevr\", allowed is one of auto, never");
    EXPECT_EQ(faults[4].what, "'robust' of 'trial' is 1, allowed is true or false");
    EXPECT_EQ(faults[5].what, "'limit' of 'trial' is \"2\", allowed is a number");
    EXPECT_EQ(options.number("alpha"), 0.01);
}

TEST(Spec, ReadsFlagsOfACommandLine) {
    Diagnostics faults;
    const std::vector<std::pair<std::string, std::string>> flags{
        {"alpha", "0.001"}, {"half-window", "7"}, {"robust", "true"}};
    const Options options = parse_options(flags, spec, faults);
    EXPECT_TRUE(faults.empty());
    EXPECT_EQ(options.whole("half_window"), 7);
    const std::vector<std::pair<std::string, std::string>> wrong{{"alhpa", "0.001"}, {"alpha", "many"}};
    (void)parse_options(wrong, spec, faults);
    ASSERT_EQ(faults.size(), 2U);
    EXPECT_EQ(faults[0].fault, Fault::Usage);
    EXPECT_EQ(render(faults[0]), "error[unknown-key]: no option '--alhpa' for 'trial' (did you mean '--alpha'?)");
    EXPECT_EQ(faults[1].what, "'alpha' of 'trial' is 'many', allowed is a number from 0 to 0.5");
}

TEST(Spec, ManualNamesEveryFieldRangeAndDefault) {
    const std::string page = manual(spec);
    for (const Field& field : fields) EXPECT_NE(page.find(std::string(field.name)), std::string::npos) << field.name;
    EXPECT_NE(page.find("a whole number from 0 to 8, in periods; default 3"), std::string::npos);
    EXPECT_NE(page.find("a number; not set by default"), std::string::npos);
    EXPECT_NE(page.find("noufaily2013"), std::string::npos);
}

}  // namespace
}  // namespace icosa::pack
