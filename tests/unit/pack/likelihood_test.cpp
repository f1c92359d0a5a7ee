/// Words for probabilities: borders, gaps, faults; the shipped scale.
#include "pack/likelihood.hpp"

#include <gtest/gtest.h>

namespace icosa::pack {
namespace {

LikelihoodScale read(const std::string& text, Diagnostics& faults) {
    const auto node = parse_toml(text, "packs/likelihood.toml");
    EXPECT_TRUE(node) << (node ? "" : render(node.error()));
    return node ? parse_likelihood(*node, faults) : LikelihoodScale{};
}

TEST(Likelihood, TheShippedScaleCoversAll) {
    const auto file = load_toml(std::string(ICOSA_ROOT) + "/packs/likelihood.toml");
    ASSERT_TRUE(file);
    Diagnostics faults;
    const auto scale = parse_likelihood(*file, faults);
    ASSERT_TRUE(faults.empty());
    EXPECT_EQ(scale.id, "ipcc");
    EXPECT_EQ(scale.word_for(0), "exceptionally unlikely");
    EXPECT_EQ(scale.word_for(0.07), "very unlikely");
    EXPECT_EQ(scale.word_for(0.33), "unlikely");  // a border belongs to the lower word
    EXPECT_EQ(scale.word_for(0.5), "about as likely as not");
    EXPECT_EQ(scale.word_for(1), "virtually certain");
    double before = 0;
    for (const auto& word : scale.words) {
        EXPECT_EQ(word.from, before);
        before = word.to;
    }
    EXPECT_EQ(before, 1);
}

TEST(Likelihood, BetweenTwoRangesTheNearer) {
    Diagnostics faults;
    const auto scale = read(
        "use = \"two\"\n[[scale]]\nid = \"two\"\ntitle = \"t\"\nsource = \"s\"\nreviewed = \"2020-01-01\"\nword = [{ "
        "word = \"rare\", from = 0, to = 0.2 }, { word = \"common\", from = 0.4, to = 1 }]\n",
        faults);
    ASSERT_TRUE(faults.empty());
    EXPECT_EQ(scale.word_for(0.25), "rare");
    EXPECT_EQ(scale.word_for(0.35), "common");
    EXPECT_EQ(LikelihoodScale{}.word_for(0.5), "");
}

TEST(Likelihood, FaultsWithPlaceAndCure) {
    Diagnostics faults;
    (void)read(
        "use = \"tow\"\n[[scale]]\nid = \"two\"\ntitle = \"t\"\nsource = \"s\"\nword = [{ word = \"rare\", from = 0, "
        "to = 0.5 }, { word = \"common\", from = 0.4, to = 1 }]\n",
        faults);
    std::string all;
    for (const Error& fault : faults) all += render(fault) + "\n";
    EXPECT_NE(all.find("packs/likelihood.toml:1:7: error[unknown-id]: there is no scale 'tow' (did you mean 'two'?)"),
              std::string::npos)
        << all;
    EXPECT_NE(all.find("scale 'two' has no 'reviewed'"), std::string::npos) << all;
    EXPECT_NE(all.find("'common' of scale 'two' goes from 0.4 to 1; the one before ends at 0.5"), std::string::npos)
        << all;
}

}  // namespace
}  // namespace icosa::pack
