/// Records: written and read back the same; those that contradict themselves are faults.
#include "pack/records.hpp"

#include <gtest/gtest.h>

#include "pack/grades.hpp"

namespace icosa::pack {
namespace {

Records read(const std::string& toml, Diagnostics& faults) {
    const auto file = parse_toml(toml, "packs/records/x.toml");
    EXPECT_TRUE(file) << (file ? "" : render(file.error()));
    return parse_records(*file, faults);
}

const std::string good = R"(made = "2026-11-29"
data = "00ff"

[[record]]
watch = "sea.incidents"
outcome = "piracy-up"
months = 6
first = "1995-01"
last = "1997-06"
digest = "ab"
base = [
  "1995 120 4",
]
kinds = [
  "still-high large 1996 7 2",
]
)";

std::string with(const std::string& from, const std::string& to) {
    std::string out = good;
    out.replace(out.find(from), from.size(), to);
    return out;
}

TEST(Records, AreReadAsTheyAreWritten) {
    Diagnostics faults;
    const Records records = read(good, faults);
    ASSERT_TRUE(faults.empty()) << render(faults.front());
    const WatchRecord* one = records.find("sea.incidents");
    ASSERT_TRUE(one);
    ASSERT_EQ(one->kinds.size(), 1U);
    EXPECT_EQ(one->kinds[0].change, model::Change::StillHigh);
    EXPECT_EQ(one->kinds[0].followed, 2);
    const Records again = read(records_text(records), faults);
    EXPECT_TRUE(faults.empty());
    EXPECT_EQ(records_text(again), records_text(records));
}

TEST(Records, ThatContradictThemselvesAreFaults) {
    const auto code_of = [](const std::string& toml) {
        Diagnostics faults;
        (void)read(toml, faults);
        return faults.empty() ? std::string() : faults.front().code;
    };
    EXPECT_EQ(code_of(with("1995 120 4", "1995 120 121")), "bad-row");
    EXPECT_EQ(code_of(with("1996 7 2", "1996 2 7")), "bad-row");
    EXPECT_EQ(code_of(with("1996 7 2", "1994 7 2")), "bad-row");
    EXPECT_EQ(code_of(with("1996 7 2", "1996 7")), "bad-row");
    EXPECT_EQ(code_of(with("\"1997-06\"", "\"1994-06\"")), "bad-span");
    EXPECT_EQ(code_of(with("\"1995-01\"", "\"soon\"")), "bad-span");
    EXPECT_EQ(code_of(with("months = 6", "months = 0")), "out-of-range");
}

TEST(Grades, AWarningIsNotEasierThanAWatchNorExtremeSmallerThanLarge) {
    const auto code_of = [](const std::string& toml) {
        Diagnostics faults;
        const auto file = parse_toml(toml, "packs/grades.toml");
        (void)parse_grades(*file, faults);
        return faults.empty() ? std::string() : faults.front().code;
    };
    EXPECT_EQ(code_of("[grade]\nwatch = { share = 0.2 }\nwarning = { share = 0.3 }\n"), "");
    EXPECT_EQ(code_of("[grade]\nwatch = { share = 0.4 }\nwarning = { share = 0.3 }\n"), "out-of-range");
    EXPECT_EQ(code_of("[grade]\nwarning = { share_with_lift = 2 }\n"), "out-of-range");
    EXPECT_EQ(code_of("[size]\nlarge = { ratio = 4 }\n"), "out-of-range");
}

}  // namespace
}  // namespace icosa::pack
