/// The scanners of all levels say the same of any bytes.
#include "ingest/scan.hpp"

#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace icosa::ingest {
namespace {

struct Split {
    std::ptrdiff_t stop = 0;
    std::int32_t columns = 0;
    bool quote = false;
    std::vector<std::uint32_t> stops;
    bool operator==(const Split&) const = default;
};

Split split(Level level, const std::string& text, std::int32_t most) {
    std::string padded = text + std::string(scan_padding, '\n');  // what stands behind must not matter
    std::vector<std::uint32_t> stops(static_cast<std::size_t>(most + stops_padding));
    const RowSplit row = scanner(level).split_row(padded.data(), padded.data() + text.size(), '\t', stops.data(), most);
    stops.resize(static_cast<std::size_t>(std::min(row.columns, most)));
    return {row.stop - padded.data(), row.columns, row.has_quote, stops};
}

TEST(Scan, SplitsARow) {
    const Split row = split(Level::Scalar, "a\tbb\t\tc\nnext", 10);
    EXPECT_EQ(row.stop, 7);
    EXPECT_EQ(row.columns, 4);
    EXPECT_EQ(row.stops, (std::vector<std::uint32_t>{1, 4, 5, 7}));
    EXPECT_FALSE(row.quote);
}

TEST(Scan, CountsColumnsBeyondTheMost) {
    EXPECT_EQ(split(best_level(), std::string(500, '\t'), 3).columns, 501);
    EXPECT_EQ(split(best_level(), std::string(500, '\t'), 3), split(Level::Scalar, std::string(500, '\t'), 3));
}

TEST(Scan, QuotesBehindTheRowDoNotCount) { EXPECT_FALSE(split(best_level(), "a\n\"b\"", 3).quote); }

TEST(Scan, AllLevelsAgree) {
    std::mt19937 random(7);
    const std::string letters = "aaaaaaaab\t\t\n\"\xC3\xA9";
    for (int round = 0; round < 3000; ++round) {
        std::string text(random() % 200, ' ');
        for (char& c : text) c = letters[random() % (letters.size() - (round % 3 == 0 ? 5 : 0))];
        if (round % 50 == 0 && !text.empty()) text[random() % text.size()] = '\0';
        const auto most = static_cast<std::int32_t>(random() % 40 + 1);
        ASSERT_EQ(split(best_level(), text, most), split(Level::Scalar, text, most)) << round;
        const BlockFacts a = scanner(best_level()).facts(text), b = scanner(Level::Scalar).facts(text);
        ASSERT_EQ(a.newlines, b.newlines) << round;
        ASSERT_EQ(a.has_nul, b.has_nul) << round;
        ASSERT_EQ(a.has_high, b.has_high) << round;
    }
}

TEST(Scan, FindsTheFirstByteThatIsNotUtf8) {
    EXPECT_EQ(first_invalid("plain text, longer than eight bytes"), std::string_view::npos);
    EXPECT_EQ(first_invalid("Côte d'Ivoire, 阿拉伯"), std::string_view::npos);
    EXPECT_EQ(first_invalid("0123456789\xE9 0"), 10u);
    EXPECT_EQ(first_invalid("\xC3"), 0u);
}

}  // namespace
}  // namespace icosa::ingest
