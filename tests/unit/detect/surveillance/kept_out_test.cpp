/// What a question left out is told: how many of how many, by which rules, and that a source was emptied by it.
#include "detect/surveillance/kept_out.hpp"

#include "../world.hpp"

namespace icosa::detect {
namespace {

pack::Credibility rules() {
    pack::Credibility out;
    out.rules.emplace_back();
    out.rules.back().id = "aside";
    out.rules.back().title = {"an aside of its report", "次要"};
    return out;
}

model::Panel panel_with(std::vector<model::LeftOut> left_out, std::int64_t asked) {
    model::Panel out;
    out.source = "alpha";
    out.left_out = std::move(left_out);
    out.rows_asked = asked;
    return out;
}

TEST(KeptOut, HowManyAndWhy) {
    const World world;
    engine::Setting setting = world.setting(day_of(2020, 1, 1));
    const pack::Credibility credibility = rules();
    setting.credibility = &credibility;
    EXPECT_EQ(left_out_words(setting, panel_with({}, 0)), "");
    EXPECT_EQ(left_out_words(setting, panel_with({{"aside", 200}, {"area-position", 110}}, 1200)),
              "of 1200 rows of alpha 310 (26 %) set aside: 200 an aside of its report, 110 whose position stands for a "
              "province or a country");
    EXPECT_EQ(
        left_out_words(setting, panel_with({{"a", 6}, {"b", 5}, {"c", 4}, {"d", 3}, {"", 2}, {"e", 1}, {"f", 1}}, 44)),
        "of 44 rows of alpha 22 (50 %) set aside: 6 a, 5 b, 4 c, 3 d, 2 of no more than its source's usual "
        "credibility, 2 by other rules");
}

TEST(KeptOut, StandsInTheFinding) {
    World world;
    const auto watch = world.watch(
        "engine = \"event-surveillance\"\nfrom = [\"alpha\"]\nplaces = \"un-members\"\nperiod = \"year\"\ncredible = "
        "0.1\n"
        "method = { name = \"threshold\", at_least = 5 }\n");
    EXPECT_EQ(watch.selection.credible, 0.1);
    auto& panel = world.put(watch, day_of(2020, 12, 31), 0, "alpha", "2020", {{"aaa", {1, 1, 1, 9}}});
    panel.left_out = {{"aside", 3}};
    panel.rows_asked = 10;
    const auto finding = world.run(watch, day_of(2020, 12, 31));
    EXPECT_EQ(finding.state, model::State::Signal);
    const std::string told = "of 10 rows of alpha 3 (30 %) set aside: 3 aside";
    EXPECT_NE(std::ranges::find(finding.caveats, told), finding.caveats.end());
    EXPECT_NE(std::ranges::find(finding.signals.at(0).caveats, told), finding.signals.at(0).caveats.end());
}

TEST(KeptOut, AnEmptiedSourceIsNoSilence) {
    World world;
    const auto watch = world.watch(
        "engine = \"event-surveillance\"\nfrom = [\"alpha\"]\nplaces = \"un-members\"\nperiod = \"year\"\ncredible = "
        "0.9\n"
        "method = { name = \"threshold\", at_least = 5 }\n");
    const auto selects = find_engine(watch.engine)->needs(watch, world.setting(day_of(2020, 12, 31)));
    world.evidence.answers[selects.at(0)].emptied = {panel_with({{"aside", 12}}, 12)};
    const auto finding = world.run(watch, day_of(2020, 12, 31));
    EXPECT_EQ(finding.state, model::State::NoData);
    EXPECT_TRUE(finding.reading.starts_with("no data"));
    EXPECT_NE(std::ranges::find(finding.caveats, "of 12 rows of alpha 12 (100 %) set aside: 12 aside"),
              finding.caveats.end());
}

}  // namespace
}  // namespace icosa::detect
