/// controlled-item-screening on made-up shipments.
#include "world.hpp"

namespace icosa::detect {
namespace {

constexpr const char* items_toml = R"toml(
[[controlled_list]]
id = "made-up"
title = "A made-up list"
short = "MU"
source = "test"
[[controlled_item]]
id = "m.1"
schedule = "1.A"
title = "Thiodiglycol"
names = ["thiodiglycol"]
[[controlled_item]]
id = "m.2"
schedule = "2.A"
title = "Maraging steel"
hints = ["maraging steel"]
)toml";
constexpr const char* goods_watch = R"(
engine = "controlled-item-screening"
from = ["alpha"]
unit = "place-subject"
period = "month"
severity_unit = "shipments"
)";
constexpr const char* listed_only = "method = { name = \"named\" }\n";

struct GoodsWorld : World {
    pack::ControlledItems items;
    GoodsWorld() {
        Diagnostics here;
        items.read(toml(items_toml), here);
        items.check(catalogue, places, here);
        for (const Error& fault : here) ADD_FAILURE() << render(fault);
    }
    [[nodiscard]] engine::Setting with_items(Day as_of) const {
        engine::Setting out = setting(as_of);
        out.items = &items;
        return out;
    }
    model::WatchFinding found(const pack::Watch& watch, Day as_of) {
        evidence.as_of = as_of;
        Diagnostics here;
        check_watch(watch, with_items(as_of), here);
        for (const Error& fault : here) ADD_FAILURE() << render(fault);
        const std::vector<const pack::Watch*> watches{&watch};
        auto findings =
            find_engine(watch.engine)->run(evidence, std::span<const pack::Watch* const>(watches), with_items(as_of));
        EXPECT_TRUE(findings);
        return findings ? std::move(findings->at(0)) : model::WatchFinding{};
    }
    void put_goods(const pack::Watch& watch, Day day) {
        put(watch, day, 0, "alpha", "2020-05",
            {{"aaa|Thio-diglycol, drums", {0, 3}},
             {"aaa|apples", {9, 9}},
             {"bbb|maraging steel bars", {1, 2}},
             {"ccc|thiodiglycol", {4, 0}}});
    }
};

const Day goods_day = day_of(2020, 6, 15);

TEST(ControlledItemScreening, SignalsListedGoodsOfTheNewestPeriod) {
    GoodsWorld world;
    const auto watch = world.watch(std::string(goods_watch) + listed_only);
    world.put_goods(watch, goods_day);
    const auto found = world.found(watch, goods_day);
    EXPECT_EQ(found.state, model::State::Signal);
    EXPECT_EQ(found.units_examined, 3);
    ASSERT_EQ(found.signals.size(), 1U);
    EXPECT_EQ(found.signals[0].subject, "aaa|Thio-diglycol, drums");
    EXPECT_EQ(found.signals[0].observed, 3);
    EXPECT_EQ(found.signals[0].phrase.key, "items.named");
    EXPECT_NE(found.signals[0].reason.find("2020-05: 3 shipments; MU 1.A, Thiodiglycol: listed item"),
              std::string::npos)
        << found.signals[0].reason;
}

TEST(ControlledItemScreening, AlsoWhatIsPossible) {
    GoodsWorld world;
    const auto watch =
        world.watch(std::string(goods_watch) + "method = { name = \"named\", from_strength = \"possible\" }\n");
    world.put_goods(watch, goods_day);
    const auto found = world.found(watch, goods_day);
    ASSERT_EQ(found.signals.size(), 2U);
    EXPECT_EQ(found.signals[1].confidence, model::Confidence::Low);
}

TEST(ControlledItemScreening, StaleAndAbsentSayNothing) {
    GoodsWorld world;
    const auto watch = world.watch(std::string(goods_watch) + listed_only);
    EXPECT_EQ(world.found(watch, goods_day).state, model::State::NoData);
    world.put_goods(watch, day_of(2022, 1, 1));
    const auto found = world.found(watch, day_of(2022, 1, 1));
    EXPECT_EQ(found.state, model::State::Stale);
    EXPECT_TRUE(found.signals.empty());
}

TEST(ControlledItemScreening, FaultsOfAWatch) {
    GoodsWorld world;
    const auto watch = world.watch(R"(
engine = "controlled-item-screening"
from = ["alpha"]
unit = "place"
period = "month"
method = { name = "named", list = "made-down" }
)");
    Diagnostics faults;
    check_watch(watch, world.with_items(goods_day), faults);
    ASSERT_EQ(faults.size(), 2U);
    EXPECT_EQ(faults[0].code, "bad-unit");
    EXPECT_EQ(faults[1].code, "unknown-list");
}

}  // namespace
}  // namespace icosa::detect
