/// An event that several sources tell counts once: which row stays, edges of coverage, past days, the lines behind.
#include "harmonise/duplicates.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "../store/fixture.hpp"
#include "harmonise/event_coding.hpp"
#include "harmonise/matched_lines.hpp"
#include "harmonise/past.hpp"

namespace icosa::harmonise {
namespace {

using store::d;

int month(int year, int m) { return (year - 1970) * 12 + m - 1; }

pack::Taxonomy attacks(std::vector<std::string> sources) {
    pack::Taxonomy out;
    out.id = "attacks";
    out.levels = {"act", "incident"};
    out.categories = {{"attack", {"incident"}}, {"approach", {"incident"}}};
    out.codings = {{.sources = std::move(sources),
                    .by = pack::CodedBy::Kind,
                    .codes = {{"piracy", "attack"}, {"approach", "approach"}},
                    .where = {}}};
    return out;
}

struct Deed {
    Day day;
    double latitude_deg = 0;
    double longitude_deg = 0;
    std::string kind = "piracy";
    std::string place = "mli";
};

/// Sources a, b, c of complete files; lags 0, 30, 0 days.
struct Twice : ::testing::Test {
    std::unique_ptr<store::Store> store = store::memory_store();
    std::vector<pack::SourceCard> cards;
    std::vector<pack::Taxonomy> taxonomies{attacks({"a", "b", "c"})};
    pack::PlaceBook places;
    pack::Catalogue catalogue;
    pack::Credibility credibility;
    Books books{cards, places, catalogue, credibility, taxonomies};
    model::Select select;

    Twice() {
        for (const char* id : {"a", "b", "c"}) {
            cards.emplace_back().id = id;
            cards.back().record = model::RecordKind::Event;
        }
        cards[1].publication_lag_days = 30;
        select.sources = {"a", "b"};
        select.period = PeriodKind::Month;
        select.matched = model::MatchedWithin{25, 2, ""};
    }

    void file(const std::string& source, Day first, Day last, const std::vector<Deed>& deeds, bool complete = true) {
        store::Made made(source + ".csv", source);
        made.out.coverage = {{complete, first, last, {}, {}}};
        made.out.vintage_day = d(2015, 1, 1);
        for (const Deed& deed : deeds) {
            model::Event event;
            event.identity = event.content = made.out.rows + 1 + 1000 * static_cast<unsigned>(source[0]);
            event.first_day = event.last_day = event.known_day = deed.day;
            event.kind = store->terms().id_of("kind", deed.kind);
            event.place = store->terms().id_of("place", deed.place);
            event.latitude_microdeg = static_cast<std::int32_t>(std::lround(deed.latitude_deg * 1e6));
            event.longitude_microdeg = static_cast<std::int32_t>(std::lround(deed.longitude_deg * 1e6));
            event.fatalities_best = 10;
            made.event(event);
        }
        store::must(store::append(*store, made));
    }

    model::Evidence ask(Day as_of = d(2020, 12, 31)) {
        auto found = gather(*store, books, {select}, as_of, {});
        EXPECT_TRUE(found) << (found ? "" : render(found.error()));
        return found ? std::move(*found) : model::Evidence{};
    }
    std::vector<model::Panel> panels(Day as_of = d(2020, 12, 31)) { return ask(as_of).answers.at(select).panels; }
};

std::vector<std::string> sources_of(const std::vector<model::Panel>& panels) {
    std::vector<std::string> out;
    for (const auto& panel : panels) out.push_back(panel.source);
    return out;
}

double value(const model::Panel& panel, const std::string& unit, int period) {
    const auto at = std::ranges::find(panel.units, unit) - panel.units.begin();
    if (at == std::ssize(panel.units) || period < panel.first_period || period >= panel.first_period + panel.periods)
        return std::nan("");
    return panel.at(static_cast<std::size_t>(at), period - panel.first_period);
}

const Day jan1 = d(2020, 1, 1), dec31 = d(2020, 12, 31);

TEST_F(Twice, OneEventIsTheUnionAndEachSourceStandsBehindIt) {
    file("a", jan1, dec31, {{d(2020, 3, 5), 10, 20}, {d(2020, 3, 20), 10, 20}});
    file("b", jan1, dec31, {{d(2020, 3, 6), 10.1, 20}, {d(2020, 3, 25), 40, 20}, {d(2020, 4, 1), 40, 20}});
    const auto found = panels();
    ASSERT_EQ(sources_of(found), (std::vector<std::string>{"a+b", "a", "b"}));
    EXPECT_EQ(value(found[0], "mli", month(2020, 3)), 3) << "two of a, one of b alone";
    EXPECT_EQ(value(found[0], "mli", month(2020, 4)), 1);
    EXPECT_EQ(value(found[0], "mli", month(2020, 5)), 0) << "both are silent, and cover it";
    EXPECT_EQ(value(found[1], "mli", month(2020, 3)), 2);
    EXPECT_EQ(value(found[2], "mli", month(2020, 3)), 2);
    EXPECT_TRUE(found[0].complete);
    EXPECT_EQ(found[0].rows_total, 4);
}

TEST_F(Twice, TheRowOfTheSourceNamedEarlierStays) {
    file("a", jan1, dec31, {{d(2020, 3, 31), 10, 20, "piracy", "mli"}});
    file("b", jan1, dec31, {{d(2020, 4, 1), 10, 20, "piracy", "ner"}});
    select.places = {"mli", "ner"};
    auto found = panels();
    EXPECT_EQ(value(found[0], "mli", month(2020, 3)), 1);
    EXPECT_EQ(value(found[0], "ner", month(2020, 4)), 0) << "observed, and its event counts elsewhere";
    select.sources = {"b", "a"};
    found = panels();
    ASSERT_EQ(found[0].source, "b+a");
    EXPECT_EQ(value(found[0], "ner", month(2020, 4)), 1);
    EXPECT_EQ(value(found[0], "mli", month(2020, 3)), 0);
}

TEST_F(Twice, APlaceAskedForAloneCountsAsAmongOthers) {
    file("a", jan1, dec31, {{d(2020, 3, 5), 10, 20, "piracy", "mli"}});
    file("b", jan1, dec31, {{d(2020, 3, 5), 10, 20, "piracy", "ner"}, {d(2020, 3, 5), 40, 20, "piracy", "ner"}});
    select.places = {"ner"};
    EXPECT_EQ(value(panels()[0], "ner", month(2020, 3)), 1)
        << "the other stands where a has it, which is not asked for";
}

TEST_F(Twice, FatalitiesAreThoseOfTheRowThatStays) {
    file("a", jan1, dec31, {{d(2020, 3, 5), 10, 20}});
    file("b", jan1, dec31, {{d(2020, 3, 5), 10, 20}, {d(2020, 3, 5), 30, 20}});
    select.quantity = model::Quantity::Best;
    EXPECT_EQ(value(panels()[0], "mli", month(2020, 3)), 20);
}

TEST_F(Twice, ThreeSourcesCountAnEventOnceWhicheverPairsThereAre) {
    select.sources = {"a", "b", "c"};
    // 20 km apart in a row: a and c are 40 km apart, and one event by way of b
    file("a", jan1, dec31, {{d(2020, 3, 5), 10.00, 20}});
    file("b", jan1, dec31, {{d(2020, 3, 5), 10.18, 20}, {d(2020, 6, 5), 10.00, 20}});
    file("c", jan1, dec31, {{d(2020, 3, 5), 10.36, 20}, {d(2020, 6, 5), 10.00, 20}});
    const auto found = panels();
    ASSERT_EQ(sources_of(found), (std::vector<std::string>{"a+b+c", "a+b", "a+c", "b+c", "a", "b", "c"}));
    EXPECT_EQ(value(found[0], "mli", month(2020, 3)), 1);
    EXPECT_EQ(value(found[0], "mli", month(2020, 6)), 1);
    EXPECT_EQ(value(found[2], "mli", month(2020, 3)), 2) << "without b nothing joins them";
    EXPECT_EQ(value(found[3], "mli", month(2020, 3)), 1);
}

TEST_F(Twice, NoEventHoldsTwoRowsOfOneSource) {
    select.sources = {"a", "b", "c"};
    // a1 - b - c - a2: the best pairs are b with a1 and c with a2, and b with c would chain a1 to a2
    file("a", jan1, dec31, {{d(2020, 3, 5), 10.00, 20}, {d(2020, 3, 5), 10.45, 20}});
    file("b", jan1, dec31, {{d(2020, 3, 5), 10.10, 20}});
    file("c", jan1, dec31, {{d(2020, 3, 5), 10.30, 20}});
    EXPECT_EQ(value(panels()[0], "mli", month(2020, 3)), 2);
}

TEST_F(Twice, KindsThatAgreeOnlyBroadlyAreOneAndOthersAreNot) {
    file("a", jan1, dec31, {{d(2020, 3, 5), 10, 20, "piracy"}, {d(2020, 5, 5), 10, 20, "theft"}});
    file("b", jan1, dec31, {{d(2020, 3, 5), 10, 20, "approach"}, {d(2020, 5, 5), 10, 20, "theft"}});
    EXPECT_EQ(value(panels()[0], "mli", month(2020, 3)), 1);
    EXPECT_EQ(value(panels()[0], "mli", month(2020, 5)), 2) << "a kind that the taxonomy lacks is never matched";
    select.kinds = {"piracy"};
    EXPECT_EQ(value(panels()[0], "mli", month(2020, 3)), 1);
    EXPECT_EQ(value(panels()[0], "mli", month(2020, 5)), 0);
}

TEST_F(Twice, ASourcesBeginningAndEndAreNoRiseAndNoFall) {
    file("a", d(2018, 1, 1), d(2022, 12, 31),
         {{d(2018, 6, 5), 10, 20}, {d(2020, 6, 5), 10, 20}, {d(2022, 6, 5), 10, 20}});
    file("b", d(2020, 1, 1), d(2020, 12, 15), {{d(2020, 6, 20), 40, 20}, {d(2020, 12, 5), 10, 20}});
    const auto found = panels(d(2023, 6, 30));
    ASSERT_EQ(sources_of(found), (std::vector<std::string>{"a+b", "a", "b"}));
    EXPECT_EQ(found[0].first_period, month(2020, 1));
    EXPECT_EQ(found[0].periods, 12);
    EXPECT_EQ(value(found[0], "mli", month(2020, 6)), 2);
    EXPECT_TRUE(std::isnan(value(found[0], "mli", month(2020, 12)))) << "half of it is a's alone";
    EXPECT_EQ(found[0].observed_through, d(2020, 12, 15));
    EXPECT_EQ(value(found[1], "mli", month(2018, 6)), 1) << "alone it goes on as ever";
    EXPECT_EQ(value(found[1], "mli", month(2022, 6)), 1);
}

TEST_F(Twice, SourcesThatWereNeverThereAtOneTimeStandAlone) {
    file("a", d(2018, 1, 1), d(2018, 12, 31), {{d(2018, 6, 5), 10, 20}});
    file("b", jan1, dec31, {{d(2020, 6, 5), 10, 20}});
    EXPECT_EQ(sources_of(panels(d(2021, 6, 30))), (std::vector<std::string>{"a", "b"}));
}

TEST_F(Twice, ASampleIsNotAddedToAWholeAndTwoSamplesArePresence) {
    file("a", jan1, dec31, {{d(2020, 3, 5), 10, 20}});
    file("b", jan1, dec31, {{d(2020, 3, 5), 10, 20}, {d(2020, 3, 6), 50, 20}}, false);
    EXPECT_EQ(sources_of(panels(d(2021, 6, 30))), (std::vector<std::string>{"a", "b"}));
    file("c", jan1, dec31, {{d(2020, 3, 5), 10, 20}}, false);
    select.sources = {"b", "c"};
    const auto found = panels(d(2021, 6, 30));
    ASSERT_EQ(found[0].source, "b+c");
    EXPECT_FALSE(found[0].complete);
    EXPECT_EQ(value(found[0], "mli", month(2020, 3)), 2);
}

TEST_F(Twice, OneSourceInTheStoreIsAsIfNoneWereMatched) {
    file("a", jan1, dec31, {{d(2020, 3, 5), 10, 20}});
    const auto answer = ask().answers.at(select);
    EXPECT_EQ(sources_of(answer.panels), std::vector<std::string>{"a"});
    EXPECT_EQ(answer.sources_without_data, std::vector<std::string>{"b"});
}

TEST_F(Twice, PastDaysAreCutWhereTheLatestOfThemWasKnown) {
    file("a", jan1, dec31, {{d(2020, 3, 5), 10, 20}, {d(2020, 6, 5), 10, 20}});
    file("b", jan1, dec31, {{d(2020, 3, 6), 10, 20}, {d(2020, 4, 6), 40, 20}});
    const auto now = ask(d(2021, 6, 30));
    const auto then = evidence_before(now, books, d(2020, 5, 15));
    const auto& found = then.answers.at(select).panels;
    ASSERT_EQ(sources_of(found), (std::vector<std::string>{"a+b", "a", "b"}));
    EXPECT_EQ(found[0].observed_through, d(2020, 4, 15)) << "b is thirty days late";
    EXPECT_EQ(value(found[0], "mli", month(2020, 3)), 1);
    EXPECT_TRUE(std::isnan(value(found[0], "mli", month(2020, 4))));
    EXPECT_EQ(value(found[1], "mli", month(2020, 4)), 0) << "a alone knows April whole";
    // as a run on that day would have it
    file("c", jan1, dec31, {});
    const auto direct = panels(d(2020, 5, 15));
    EXPECT_EQ(value(direct[0], "mli", month(2020, 3)), 1);
}

TEST_F(Twice, EveryLineStaysReachable) {
    file("a", jan1, dec31, {{d(2020, 3, 5), 10, 20}, {d(2020, 3, 20), 10, 20}});
    file("b", jan1, dec31, {{d(2020, 3, 6), 10.1, 20}, {d(2020, 3, 25), 40, 20}});
    const auto evidence = ask();
    model::WatchFinding finding;
    finding.source = "a+b";
    finding.signals.push_back({});
    finding.signals[0].subject = "mli";
    finding.signals[0].period = "2020-03";
    store::must(trace(*store, books, evidence, select, finding));
    const model::Lineage& lineage = finding.signals[0].lineage;
    EXPECT_EQ(lineage.rows, 3);
    EXPECT_EQ(lineage.told_by_several, 1);
    EXPECT_EQ(lineage.sources, (std::vector<std::string>{"a", "b"}));
    ASSERT_EQ(lineage.files.size(), 3u);
    EXPECT_EQ(lineage.files[2].file, "b.csv");
    EXPECT_EQ(lineage.files[2].line, 2);
    ASSERT_EQ(lineage.partners.size(), 1u);
    const model::PartnerLine& partner = lineage.partners[0];
    EXPECT_EQ(std::pair(partner.of.file, partner.of.line), (std::pair<std::string, std::int32_t>("a.csv", 1)));
    EXPECT_EQ(std::pair(partner.line.file, partner.line.line), (std::pair<std::string, std::int32_t>("b.csv", 1)));
    EXPECT_EQ(partner.source, "b");
    EXPECT_NEAR(partner.distance_km, 11.12, 0.01);
    EXPECT_EQ(partner.days, 1);
    EXPECT_EQ(partner.score, 1);
    EXPECT_EQ(finding.signals[0].caveats,
              std::vector<std::string>{"3 events, each counted once: 1 told by both sources, 2 by one source"});
}

TEST_F(Twice, OfAChainTheLinesAreToldFromTheRowThatCounts) {
    select.sources = {"a", "b", "c"};
    file("a", jan1, dec31, {{d(2020, 3, 5), 10.00, 20}});
    file("b", jan1, dec31, {{d(2020, 3, 5), 10.36, 20}});
    file("c", jan1, dec31, {{d(2020, 3, 6), 10.18, 20}});
    const auto evidence = ask();
    const auto traces =
        store::must(lineage_of_matched(*store, select, *evidence.same_events.at(what_is_matched(select)), "a+b+c",
                                       evidence.as_of, {{"mli", month(2020, 3), month(2020, 3)}}, 9));
    ASSERT_EQ(traces[0].lines.size(), 1u);
    const auto& partners = traces[0].lines[0].partners;
    ASSERT_EQ(partners.size(), 2u);
    EXPECT_EQ(std::pair(partners[0].source, partners[0].of.file), (std::pair<std::string, std::string>("c", "a.csv")));
    EXPECT_EQ(std::pair(partners[1].source, partners[1].of.file), (std::pair<std::string, std::string>("b", "c.csv")));
    EXPECT_EQ(partners[1].days, -1) << "told back: b is a day before c";
}

TEST_F(Twice, PairsAreThoseOfMatchEventsInAnyOrderOfRows) {
    std::mt19937 draw(7);
    std::vector<Deed> a, b;
    for (auto* list : {&a, &b}) {
        for (int i = 0; i < 400; ++i)
            list->push_back({jan1 + static_cast<int>(draw() % 360), 10 + static_cast<double>(draw() % 40) / 50,
                             20 + static_cast<double>(draw() % 40) / 50, draw() % 3 ? "piracy" : "approach"});
    }
    file("a", jan1, dec31, a);
    file("b", jan1, dec31, b);
    const auto found = store::must(same_events(*store, books, what_is_matched(select), d(2021, 6, 30)));

    const auto* coding = taxonomies[0].find_coding("a");
    const auto coded = [&](const std::vector<Deed>& deeds) {
        EventCoder coder(coding);
        for (const Deed& one : deeds) coder.add(one.latitude_deg, one.longitude_deg, one.day, one.day, one.kind);
        return coder.take();
    };
    const auto of_a = coded(a), of_b = coded(b);
    const auto asked = store::must(methods::matching::match_events(
        of_a.events, of_b.events, agreement_by(taxonomies[0], of_a.kinds, of_b.kinds), {25, 2}, 1));
    const auto content = [&](std::size_t i, std::size_t j) {
        const auto text = [](const Deed& one) {
            return fmt::format("{} {} {} {}", one.day.value, one.latitude_deg, one.longitude_deg, one.kind);
        };
        return text(a[i]) + " = " + text(b[j]);
    };
    std::vector<std::string> here, there;
    for (const auto& pair : found.pairs)
        here.push_back(content(static_cast<std::size_t>(pair.a.line - 1), static_cast<std::size_t>(pair.b.line - 1)));
    for (const auto& pair : asked.pairs)
        there.push_back(content(static_cast<std::size_t>(pair.a), static_cast<std::size_t>(pair.b)));
    std::ranges::sort(here);
    std::ranges::sort(there);
    EXPECT_GT(here.size(), 100u);
    EXPECT_EQ(here, there);
}

TEST_F(Twice, WithoutOneTaxonomyForBothThereIsAnError) {
    file("a", jan1, dec31, {{d(2020, 3, 5), 10, 20}});
    file("b", jan1, dec31, {{d(2020, 3, 5), 10, 20}});
    taxonomies = {attacks({"a"})};
    const Books without{cards, places, catalogue, credibility, taxonomies};
    EXPECT_EQ(gather(*store, without, {select}, dec31, {}).error().code, "no-taxonomy");
    taxonomies = {attacks({"a", "b"}), attacks({"a", "b"})};
    taxonomies[1].id = "others";
    const Books two{cards, places, catalogue, credibility, taxonomies};
    EXPECT_EQ(gather(*store, two, {select}, dec31, {}).error().code, "which-taxonomy");
    select.matched->taxonomy = "others";
    EXPECT_TRUE(gather(*store, two, {select}, dec31, {}));
}

}  // namespace
}  // namespace icosa::harmonise
