/// entity-screening on a made-up history of a list.
#include "world.hpp"

namespace icosa::detect {
namespace {

using model::ChangeKind;

constexpr const char* screening_watch = R"(
engine = "entity-screening"
from = ["un-list"]
records = "designation"
kind = ["taliban", "isil-al-qaida"]
method = { name = "list-changes", days = 90 }
severity_unit = "entries"
)";
const Day screening_day = day_of(2020, 6, 30);

struct ListWorld : World {
    ListWorld() { sources["un-list"] = {"List", "Council", "A listing is a decision of a committee.", 60}; }
    model::ListHistory& history(const pack::Watch& watch) {
        return evidence.lists[find_engine(watch.engine)->needs(watch, setting(screening_day)).at(0)];
    }
};

model::ListHistory made(Day newest, Day base) {
    return {"un-list",
            newest,
            base,
            {{"taliban", 135}},
            {{ChangeKind::Added, "taliban", "TAi.901", {}, "b.xml", 9},
             {ChangeKind::Amended, "taliban", "TAi.902", {"alias"}, "b.xml", 3}}};
}

TEST(EntityScreening, EachRegimeSignalsForItselfByReferenceNumbers) {
    ListWorld world;
    const auto watch = world.watch(screening_watch);
    world.history(watch) = made(day_of(2020, 6, 1), day_of(2020, 3, 1));
    const auto found = world.run(watch, screening_day);
    ASSERT_EQ(found.signals.size(), 1u) << found.reading;
    const auto& signal = found.signals[0];
    EXPECT_EQ(signal.id, "w.x/taliban/2020-06-01");
    EXPECT_EQ(signal.observed, 2);
    EXPECT_EQ(signal.course.change, model::Change::New);
    EXPECT_EQ(signal.phrase.key, "screening.changes");
    EXPECT_NE(signal.reason.find("+TAi.901, ~TAi.902"), std::string::npos) << signal.reason;
    EXPECT_EQ(signal.lineage.files.at(0).line, 3);
    EXPECT_NE(found.reading.find("isil-al-qaida 0, taliban 2"), std::string::npos) << found.reading;
    EXPECT_EQ(found.caveats.back(), "A listing is a decision of a committee.");
}

TEST(EntityScreening, MayCountEntriesAlone) {
    ListWorld world;
    auto watch = world.watch(std::string(screening_watch) + "caveats = [\"c\"]\n");
    watch.judging.method = toml("name = \"list-changes\"\ndays = 90\nchanges = \"entries\"\nat_least = 2");
    world.history(watch) = made(day_of(2020, 6, 1), day_of(2020, 3, 1));
    EXPECT_EQ(world.run(watch, screening_day).state, model::State::Quiet);
}

TEST(EntityScreening, OneEditionOldOnesAndNoneAreNoQuiet) {
    ListWorld world;
    const auto watch = world.watch(screening_watch);
    EXPECT_EQ(world.run(watch, screening_day).state, model::State::NoData);
    world.history(watch) = made(day_of(2020, 6, 1), no_day);
    const auto alone = world.run(watch, screening_day);
    EXPECT_EQ(alone.state, model::State::NoData);
    EXPECT_NE(alone.reading.find("one edition alone, of 2020-06-01: taliban 135"), std::string::npos) << alone.reading;
    world.history(watch) = made(day_of(2020, 3, 1), day_of(2020, 1, 1));
    const auto old = world.run(watch, screening_day);
    EXPECT_EQ(old.state, model::State::Stale);
    EXPECT_TRUE(old.signals.empty());
    world.history(watch) = made(day_of(2020, 7, 1), day_of(2020, 1, 1));
    EXPECT_EQ(world.run(watch, screening_day).state, model::State::NoData) << "not known yet on that day";
}

TEST(EntityScreening, ANationalMeasureIsCalledOne) {
    ListWorld world;
    world.sources["other-list"] = {"Other list", "A state", "", 60};
    auto watch = world.watch(screening_watch);
    auto& history = world.history(watch) = made(day_of(2020, 6, 1), day_of(2020, 3, 1));
    history.source = "other-list";
    const auto found = world.run(watch, screening_day);
    ASSERT_EQ(found.signals.size(), 1u);
    EXPECT_EQ(found.signals[0].phrase.key, "screening.changes.national");
    EXPECT_EQ(found.signals[0].caveats.back(), "a national measure, no decision of the Security Council");
}

TEST(EntityScreening, AWatchNamesItsRegimes) {
    ListWorld world;
    const auto watch = world.watch(
        "engine = \"entity-screening\"\nfrom = [\"un-list\"]\nmethod = { name = \"list-changes\", dayz = 3 }\n");
    Diagnostics faults;
    engine::check_watch(engines(), watch, world.setting(screening_day), faults);
    std::string told;
    for (const Error& fault : faults) told += fault.code + " ";
    EXPECT_NE(told.find("bad-records"), std::string::npos) << told;
    EXPECT_NE(told.find("missing-key"), std::string::npos) << told;
    EXPECT_NE(told.find("unknown-key"), std::string::npos) << told;
}

}  // namespace
}  // namespace icosa::detect
