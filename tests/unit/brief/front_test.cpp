/// The five blocks: where a signal stands, what one line merges, what silence says.
#include "brief/front.hpp"

#include <gtest/gtest.h>

#include "brief/blocks.hpp"
#include "brief/handling.hpp"
#include "brief/render.hpp"
#include "fixture.hpp"

namespace icosa::brief {
namespace {

const Day as_of = day_of(2020, 12, 31);

model::Signal risen(const std::string& subject, const std::string& period, model::Change change) {
    model::Signal signal = fixture::sea_signal();
    signal.id = "w/" + subject + "/" + period;
    signal.subject = subject;
    signal.period = period;
    signal.measure = "killed";
    signal.grade = model::Grade::Note;
    signal.course = {
        .change = change, .kind = PeriodKind::Month, .last_period = 610, .now = 30, .before = 10, .values = {}};
    return signal;
}

TEST(BriefFront, BlocksByChangeAndAge) {
    using model::Change;
    EXPECT_EQ(block_of(risen("aaa", "2020-11", Change::New), {}, as_of), Block::Risen);
    EXPECT_EQ(block_of(risen("aaa", "2019", Change::Rising), {}, as_of), Block::Risen);  // ended 366 days before
    EXPECT_EQ(block_of(risen("aaa", "2018", Change::Rising), {}, as_of), Block::High);
    EXPECT_EQ(block_of(risen("aaa", "2020-11", Change::StillHigh), {}, as_of), Block::High);
    EXPECT_EQ(block_of(risen("aaa", "2018", Change::Falling), {}, as_of), Block::Fallen);
    EXPECT_EQ(block_of(risen("aaa", "2020-11", Change::BackInRange), {}, as_of), Block::Fallen);
    model::Signal status = risen("aaa", "2020-12-31", Change::StillHigh);
    status.course.now = fixture::missing;
    EXPECT_EQ(block_of(status, {}, as_of), Block::None);
    status.course.change = Change::New;
    EXPECT_EQ(block_of(status, {}, as_of), Block::Risen);
    status.phrase.key = "forecast.reach";  // what is ahead has not risen
    EXPECT_EQ(block_of(status, {}, as_of), Block::None);
}

TEST(BriefFront, AFallThatIsTheWarningStandsWithWhatHasRisen) {
    const fixture::World world = fixture::small_world();
    Material material = fixture::small_material(world);
    auto& watch = material.findings[0].watches[0];
    watch.signals = {risen("aaa", "2020-11", model::Change::Falling), risen("bbb", "2018", model::Change::Falling),
                     risen("ccc", "2020-11", model::Change::BackInRange)};
    material.findings[2].watches[0].signals.clear();
    EXPECT_EQ(compose(material).front.fallen.size(), 3U);
    watch.warns_of_falls = true;
    for (auto& signal : watch.signals) signal.course.before = 40;
    const Dossier dossier = compose(material);
    const Front& front = dossier.front;
    ASSERT_EQ(front.risen.size(), 1U);
    ASSERT_EQ(front.high.size(), 1U);  // no news: it ended two years before
    ASSERT_EQ(front.fallen.size(), 1U);
    EXPECT_EQ(front.risen[0].subject, "aaa");
    EXPECT_EQ(change_symbol(front.risen[0].mark, front.risen[0].drop), "▼");
    EXPECT_EQ(front.high[0].subject, "bbb");
    EXPECT_EQ(change_symbol(front.high[0].mark, front.high[0].drop), "■");
    EXPECT_EQ(front.fallen[0].subject, "ccc");
    EXPECT_EQ(dossier.areas[0].trend.dropped, 1);
    EXPECT_NE(front.risen[0].sentence.en.find("after 40"), std::string::npos);
    watch.signals = {risen("aaa", "2020-11", model::Change::Falling)};
    watch.signals[0].course.before = 31;  // it stays where it fell to
    const Dossier later = compose(material);
    ASSERT_EQ(later.front.high.size(), 1U);
    EXPECT_NE(later.front.high[0].sentence.en.find("still low"), std::string::npos);
    EXPECT_EQ(dossier.areas[0].trend.fresh, 0);
}

TEST(BriefFront, FiguresTooFewForAFindingAreNotTakenForNone) {
    const fixture::World world = fixture::small_world();
    Material material = fixture::small_material(world);
    auto& watch = material.findings[0].watches[0];
    watch.signals.clear();
    watch.state = model::State::NoData;
    watch.source = "asam";
    watch.observed_through = day_of(2020, 11, 30);
    const Dossier dossier = compose(material);
    const auto found =
        std::ranges::find_if(dossier.front.unknown, [](const UnknownLine& line) { return line.too_few_to != no_day; });
    ASSERT_NE(found, dossier.front.unknown.end());
    EXPECT_EQ(found->too_few_to, day_of(2020, 11, 30));
    EXPECT_EQ(found->since, no_day);
    EXPECT_NE(found->sentence.en.find("to 30 November 2020, are too few for a finding"), std::string::npos);
    EXPECT_NE(render_json(dossier).find("\"too_few_to\": \"2020-11-30\""), std::string::npos);
}

TEST(BriefFront, OneLineASubjectAndMeasureWithTheNewestPeriodAndTheBestGrade) {
    const fixture::World world = fixture::small_world();
    Material material = fixture::small_material(world);
    model::Signal older = risen("aaa", "2019", model::Change::StillHigh);
    older.grade = model::Grade::Warning;
    material.findings[0].watches[0].signals = {older, risen("aaa", "2020-11", model::Change::New)};
    material.findings[2].watches[0].signals = {risen("aaa", "2020-11", model::Change::New)};
    const Front front = compose(material).front;
    ASSERT_EQ(front.risen.size(), 1U);
    EXPECT_TRUE(front.high.empty());
    const FrontLine& line = front.risen[0];
    EXPECT_EQ(line.period, "2020-11");
    EXPECT_EQ(line.grade, model::Grade::Warning);
    EXPECT_EQ(line.signals, (std::vector<std::string>{"w/aaa/2020-11", "w/aaa/2019"}));
    EXPECT_EQ(section_marks(line), (std::vector<std::string>{"11", "II.1"}));
    EXPECT_EQ(line.lateness_days, 31);
}

TEST(BriefFront, TheTenLikeliestGetWorse) {
    const fixture::World world = fixture::small_world();
    Material material = fixture::small_material(world);
    for (int i = 0; i < 14; ++i) {
        model::Chance chance;
        chance.id = fmt::format("w/p{}/2020-11", i);
        chance.subject = fmt::format("p{}", i);
        chance.origin = "2020-11";
        chance.probability.value = 0.02 * i;
        material.findings[0].watches[0].chances.push_back(chance);
    }
    const Front front = compose(material).front;
    ASSERT_EQ(front.worse.size(), worse_lines);
    EXPECT_EQ(front.worse[0].subject, "p13");
    EXPECT_EQ(front.worse[0].measure, "sea.incidents");
}

TEST(BriefFront, SilenceIsToldBySourceWithItsDayAndCommand) {
    const fixture::World world = fixture::small_world();
    Material material = fixture::small_material(world);
    material.db = "my store.duckdb";
    const Front front = compose(material).front;
    ASSERT_EQ(front.unknown.size(), 2U);
    EXPECT_EQ(front.unknown[0].source, "un-list");
    EXPECT_EQ(front.unknown[0].since, day_of(2019, 3, 1));
    EXPECT_EQ(front.unknown[0].command, "icosa sources --db 'my store.duckdb'");
    EXPECT_EQ(front.unknown[0].sentence.en,
              "More new entries than usual: not known since 1 March 2019, 22 months ago (The un-list file).");
    EXPECT_EQ(front.unknown[1].since, no_day);
}

TEST(BriefFront, QuietOnOldDataIsNotQuiet) {
    std::vector<model::WatchFinding> watches(1);
    watches[0].state = model::State::Quiet;
    watches[0].observed_through = day_of(2019, 12, 31);
    EXPECT_EQ(state_of(watches, day_of(2020, 12, 31)), model::State::Quiet);
    EXPECT_EQ(state_of(watches, day_of(2021, 1, 31)), model::State::Stale);
}

TEST(BriefFront, AnOldRiseIsToldAsOfThen) {
    const fixture::World world = fixture::small_world();
    Material material = fixture::small_material(world);
    model::Signal old = risen("aaa", "2018", model::Change::Rising);
    old.lateness_days = 731;
    material.findings[0].watches[0].signals = {old};
    const Dossier dossier = compose(material);
    ASSERT_EQ(dossier.front.high.size(), 1U);
    EXPECT_NE(dossier.front.high[0].sentence.en.find(": rising then, no newer figure of this source."),
              std::string::npos)
        << dossier.front.high[0].sentence.en;
    EXPECT_NE(dossier.front.high[0].sentence.zh.find("当时上升"), std::string::npos);
}

TEST(BriefFront, TheSameOfManyPlacesIsOneLine) {
    const fixture::World world = fixture::small_world();
    Material material = fixture::small_material(world);
    auto& signals = material.findings[0].watches[0].signals;
    signals.clear();
    for (const char* place : {"aaa", "bbb", "zzz"}) {
        signals.push_back(risen(std::string(place) + "|Fever", "2020-11", model::Change::New));
        signals.back().course.values = {0, 1};
    }
    signals.push_back(risen("aaa|Cough", "2020-11", model::Change::New));
    const Dossier dossier = compose(material);
    ASSERT_EQ(dossier.front.risen.size(), 2U);
    const FrontLine& fever = dossier.front.risen[1];
    EXPECT_EQ(fever.subject, "aaa|Fever");
    EXPECT_EQ(fever.also, (std::vector<std::string>{"bbb|Fever", "zzz|Fever"}));
    EXPECT_EQ(fever.signals.size(), 3U);
    EXPECT_NE(fever.sentence.en.find(" The same in "), std::string::npos) << fever.sentence.en;
}

TEST(BriefFront, TilesSayWhatAndUntilWhen) {
    SectionPage page;
    page.state = model::State::Quiet;
    page.observed_through = day_of(2020, 11, 30);
    EXPECT_EQ(tile_of(page, as_of, Language::En).text, "quiet up to 30 November 2020, 31 days ago");
    page.trend.rising = 2;
    page.trend.high = 1;
    EXPECT_EQ(tile_of(page, as_of, Language::En).symbol, "▲");
    EXPECT_EQ(tile_of(page, as_of, Language::En).text, "2 rising ■ 1");
}

TEST(BriefHandling, FollowsFromLicencesAndIsRaisedNeverLowered) {
    EXPECT_EQ(handling_mark({}, ""), "TLP:CLEAR");
    EXPECT_EQ(handling_mark({"ged-country-month"}, ""), "TLP:GREEN");
    EXPECT_EQ(handling_mark({"ged-country-month"}, "TLP:CLEAR"), "TLP:GREEN");
    EXPECT_EQ(handling_mark({}, "TLP:AMBER"), "TLP:AMBER");
}

TEST(BriefFront, AllRenderingsTellIt) {
    const fixture::World world = fixture::small_world();
    Material material = fixture::small_material(world);
    material.findings[0].watches[0].signals = {risen("aaa", "2020-11", model::Change::New)};
    const Dossier dossier = compose(material);
    for (const std::string& text :
         {render_html(dossier), render_markdown(dossier), render_table(dossier, 100, Colour::Plain)}) {
        for (const Words& title : {worse_title, risen_title, high_title, fallen_title, unknown_title})
            EXPECT_NE(text.find(title.en), std::string::npos) << title.en;
        EXPECT_NE(text.find("Aland"), std::string::npos);
    }
    material.language = Language::Zh;
    const Dossier chinese = compose(material);
    for (const std::string& text : {render_markdown(chinese), render_table(chinese, 100, Colour::Plain)}) {
        EXPECT_NE(text.find(worse_title.zh), std::string::npos);
        EXPECT_NE(text.find("甲国"), std::string::npos);
    }
}

}  // namespace
}  // namespace icosa::brief
