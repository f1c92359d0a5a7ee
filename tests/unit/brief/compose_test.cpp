/// What a dossier is made of: states, counts, lines of the catalogue, totals.
#include <algorithm>

#include <gtest/gtest.h>

#include "brief/clauses.hpp"
#include "brief/commands.hpp"
#include "brief/wording.hpp"
#include "fixture.hpp"

namespace icosa::brief {
namespace {

using fixture::World;

model::WatchFinding in_state(model::State state) {
    model::WatchFinding watch;
    watch.state = state;
    watch.observed_through = day_of(2020, 11, 30);
    return watch;
}

TEST(BriefState, SignalBeatsQuietBeatsStaleBeatsNoData) {
    using model::State;
    const std::vector<std::pair<std::vector<State>, State>> table = {
        {{}, State::NoData},
        {{State::NoData}, State::NoData},
        {{State::NoData, State::Stale}, State::Stale},
        {{State::Stale, State::Quiet, State::NoData}, State::Quiet},
        {{State::Quiet, State::Stale, State::Signal}, State::Signal},
    };
    for (const auto& [states, expected] : table) {
        std::vector<model::WatchFinding> watches;
        for (const State state : states) watches.push_back(in_state(state));
        EXPECT_EQ(state_of(watches, day_of(2020, 12, 31)), expected);
    }
}

TEST(BriefCompose, SectionsKeepTheFrameworksOrderAndStates) {
    const World world = fixture::small_world();
    const Dossier dossier = compose(fixture::small_material(world));
    ASSERT_EQ(dossier.areas.size(), 2U);
    ASSERT_EQ(dossier.principles.size(), 1U);
    ASSERT_EQ(dossier.platforms.size(), 1U);
    EXPECT_EQ(dossier.areas[0].number, 11);
    EXPECT_EQ(dossier.areas[0].id, "sea-and-rivers");
    EXPECT_EQ(dossier.areas[0].state, model::State::Signal);
    EXPECT_EQ(dossier.areas[1].state, model::State::Stale);
    EXPECT_EQ(dossier.principles[0].state, model::State::Quiet);
    EXPECT_EQ(dossier.platforms[0].state, model::State::NoData);
    EXPECT_TRUE(authored_only(dossier.platforms[0]));
    EXPECT_EQ(dossier.areas[0].newest_data, day_of(2020, 11, 30));
}

TEST(BriefCompose, ClausesAreCountedAndNameTheirWatchesFactsAndReasons) {
    const World world = fixture::small_world();
    const SectionPage page = compose(fixture::small_material(world)).areas[0];
    EXPECT_EQ(page.counts.measured, 2);
    EXPECT_EQ(page.counts.authored, 1);
    EXPECT_EQ(page.counts.not_measurable, 1);
    EXPECT_EQ(page.counts.alive, 1);
    EXPECT_EQ(page.counts.stale, 1);
    EXPECT_EQ(clause_line(page.counts).en, "1 alive · 1 stale · 0 on membership only · 1 authored · 1 not measurable");
    EXPECT_TRUE(page.clauses[0].alive);
    EXPECT_TRUE(unanswered_line(page).en.starts_with("Cannot be answered on this day: " + page.clauses[1].id));
    ASSERT_EQ(page.clauses.size(), 4U);
    EXPECT_EQ(page.clauses[0].watches, std::vector<std::string>{"sea.incidents"});
    EXPECT_TRUE(page.clauses[0].answered);
    EXPECT_FALSE(page.clauses[1].answered);
    EXPECT_EQ(page.clauses[1].no_data, "fetch the basins file");
    ASSERT_EQ(page.clauses[2].rests_on.size(), 3U);
    EXPECT_EQ(page.clauses[2].rests_on[0].kind, FactKind::Instrument);
    EXPECT_FALSE(page.clauses[2].rests_on[0].stale) << "a text is not made untrue by time";
    EXPECT_EQ(page.clauses[2].rests_on[1].kind, FactKind::Mandate);
    EXPECT_EQ(page.clauses[2].rests_on[2].kind, FactKind::Unknown);
    EXPECT_EQ(page.clauses[3].reason, "no open series states it");
}

TEST(BriefCompose, WhatRestsOnMembershipOrOnOurListsIsCountedApart) {
    const World world = fixture::small_world();
    Material material = fixture::small_material(world);
    const auto set_basis = [&](model::Basis basis) {
        for (auto& section : material.findings) {
            for (auto& watch : section.watches) watch.basis = basis;
        }
    };
    set_basis(model::Basis::Membership);
    SectionPage page = compose(material).areas[0];
    EXPECT_EQ(page.counts.membership, 2);
    EXPECT_EQ(page.counts.alive, 0);
    EXPECT_EQ(page.counts.total(), 4);
    set_basis(model::Basis::Packs);
    page = compose(material).areas[0];
    EXPECT_EQ(page.counts.packs, 2);
    EXPECT_EQ(page.counts.alive, 0);
    set_basis(model::Basis::Proxy);
    page = compose(material).areas[0];
    EXPECT_EQ(page.clauses[0].basis, model::Basis::Proxy);
    EXPECT_EQ(page.counts.alive, 1);
}

TEST(BriefCompose, ARegionsPartOfAWatchIsNotCountedTwice) {
    const World world = fixture::small_world();
    Material material = fixture::small_material(world);
    const Totals before = compose(material).totals;
    for (auto& section : material.findings) {
        if (section.section != "III.11") continue;
        auto part = section.watches.front();
        part.home = "III.5";
        section.watches.insert(section.watches.begin(), std::move(part));
    }
    const Totals after = compose(material).totals;
    EXPECT_EQ(after.watches, before.watches);
    EXPECT_EQ(after.signals, before.signals);
}

TEST(BriefCompose, InstrumentsShowParticipantsOfTheDayAndLeaveLaterOnesOut) {
    const World world = fixture::small_world();
    const SectionPage page = compose(fixture::small_material(world)).areas[0];
    ASSERT_EQ(page.instruments.size(), 1U);
    EXPECT_EQ(page.later_facts, 1);
    EXPECT_EQ(page.instruments[0].participants, 1);
    EXPECT_EQ(page.instruments[0].status, "in force since 1994-11-16; 1 participant as at 2015-03-31, not known since");
    EXPECT_TRUE(page.instruments[0].stale);
}

TEST(BriefCompose, ATableOfParticipationComesBeforeThePacksOwnFacts) {
    const World world = fixture::small_world();
    Material material = fixture::small_material(world);
    model::Participation table;
    table.instrument = "law-of-the-sea";
    table.known_through = day_of(2016, 1, 1);
    table.acts = {{"aaa", "accession", day_of(1990, 1, 1), "untc", "f", 1},
                  {"bbb", "signature", day_of(1990, 1, 1), "untc", "f", 2},
                  {"ccc", "accession", day_of(2021, 1, 1), "untc", "f", 3},
                  {"ddd", "succession", day_of(1991, 1, 1), "untc", "f", 4}};
    material.participation["law-of-the-sea"] = table;
    const InstrumentLine line = compose(material).areas[0].instruments[0];
    EXPECT_EQ(line.participants, 2);
    EXPECT_EQ(line.status, "in force since 1994-11-16; 2 participants as at 2016-01-01, not known since");
}

TEST(BriefCompose, ParticipantsKnownInPartAreNotCounted) {
    World world = fixture::small_world();
    pack::Instrument& in_part = *std::find_if(world.catalogue.instruments.begin(), world.catalogue.instruments.end(),
                                              [](const auto& one) { return one.id == "law-of-the-sea"; });
    in_part.participants_complete = false;
    Material material = fixture::small_material(world);
    model::Participation own;
    own.instrument = "law-of-the-sea";
    own.known_through = day_of(2016, 1, 1);
    own.acts = in_part.participants;
    material.participation["law-of-the-sea"] = own;
    const InstrumentLine line = compose(material).areas[0].instruments[0];
    EXPECT_EQ(line.participants, -1);
    EXPECT_EQ(line.status, "in force since 1994-11-16; participants known here in part");
}

TEST(BriefCompose, WhatCameLaterIsNotShown) {
    const World world = fixture::small_world();
    Material material = fixture::small_material(world);
    material.as_of = day_of(1990, 6, 1);
    const SectionPage page = compose(material).areas[0];
    ASSERT_EQ(page.instruments.size(), 1U);
    EXPECT_EQ(page.instruments[0].in_force, no_day);
    EXPECT_EQ(page.instruments[0].status, "not in force; adopted 1982-12-10; 1 participant");
    EXPECT_TRUE(page.mandates.empty());
    EXPECT_TRUE(page.clauses[2].rests_on[1].later);
    EXPECT_EQ(later_line(page, material.as_of),
              "2 entries of the catalogue were adopted after 1990-06-01 and left out.");
}

TEST(BriefCompose, MechanismsShowMembersOfTheDayAndNoMeetingOfALaterOne) {
    const World world = fixture::small_world();
    Material material = fixture::small_material(world);
    MechanismLine line = compose(material).platforms[0].mechanisms.at(0);
    EXPECT_EQ(line.members, 1);
    EXPECT_EQ(line.last_meeting, no_day);
    material.as_of = day_of(2022, 6, 1);
    line = compose(material).platforms[0].mechanisms.at(0);
    EXPECT_EQ(line.members, 2);
    EXPECT_EQ(line.last_meeting, day_of(2021, 5, 1));
}

TEST(BriefCompose, TotalsCountEachWatchOnce) {
    const World world = fixture::small_world();
    Material material = fixture::small_material(world);
    material.findings[2].watches.push_back(material.findings[0].watches[0]);
    const Dossier dossier = compose(material);
    EXPECT_EQ(dossier.totals.watches, 4);
    EXPECT_EQ(dossier.totals.watches_with_data, 3);
    EXPECT_EQ(dossier.totals.units_examined, 12 + 2 + 30);
    EXPECT_EQ(dossier.totals.signals, 1);
    EXPECT_NEAR(dossier.totals.signals_expected_by_chance, 0.24, 1e-12);
    EXPECT_EQ(dossier.totals.stale_sources, std::vector<std::string>{"un-list"});
    EXPECT_EQ(dossier.totals.stale_facts, 2);
}

TEST(BriefCompose, SignalsStandInOrderOfGradeUnusualnessAndSeverity) {
    const World world = fixture::small_world();
    Material material = fixture::small_material(world);
    std::vector<model::Signal>& signals = material.findings[0].watches[0].signals;
    signals.assign(4, fixture::sea_signal());
    signals[0].id = "d";
    signals[0].grade = model::Grade::Note;
    signals[1].id = "c";
    signals[1].severity.value = 2;
    signals[2].id = "b";
    signals[3].id = "a";
    signals[3].unusualness = 0.9999;
    std::string order;
    const Dossier dossier = compose(material);
    for (const model::Signal& signal : dossier.areas[0].watches[0].signals) order += signal.id;
    EXPECT_EQ(order, "abcd");
}

TEST(BriefCompose, FindingsOfAnUnknownSectionAreNamedNotLost) {
    const World world = fixture::small_world();
    Material material = fixture::small_material(world);
    material.findings.push_back({"III.99", "", {}, {}});
    const Dossier dossier = compose(material);
    ASSERT_EQ(dossier.caveats.size(), 2U);
    EXPECT_EQ(dossier.caveats[1], "The findings for 'III.99' are left out: the framework 'test' has no such section.");
}

TEST(BriefCompose, OnlyCitedReferencesAreListed) {
    const World world = fixture::small_world();
    const Dossier dossier = compose(fixture::small_material(world));
    ASSERT_EQ(dossier.references.size(), 1U);
    EXPECT_EQ(dossier.references[0].key, "fricker2008");
}

TEST(BriefWording, Figures) {
    EXPECT_EQ(figure(0), "0");
    EXPECT_EQ(figure(1234567), "1,234,567");
    EXPECT_EQ(figure(-1234.56), "−1,235");
    EXPECT_EQ(figure(999999.7), "1,000,000");
    EXPECT_EQ(figure(12.345), "12.3");
    EXPECT_EQ(figure(1.005), "1");
    EXPECT_EQ(figure(0.12345), "0.123");
    EXPECT_EQ(figure(0.00123), "0.00123");
    EXPECT_EQ(figure(0.0000123), "1.2e-05");
    EXPECT_EQ(figure(fixture::missing), "–");
    EXPECT_EQ(share_text(1), "1");
    EXPECT_EQ(share_text(0.9999996), ">0.999");
    EXPECT_EQ(share_text(0.99949), "0.999");
    EXPECT_EQ(cadence_text(12), "yearly");
    EXPECT_EQ(cadence_text(36), "every 3 years");
    EXPECT_EQ(cadence_text(0), "–");
}

TEST(BriefWording, TheCommandThatExplainsIsSafeToPaste) {
    EXPECT_EQ(explain_command("sea.incidents/gulf/2020-11", day_of(2020, 12, 31), "a b.duckdb"),
              "icosa explain sea.incidents/gulf/2020-11 --as-of 2020-12-31 --db 'a b.duckdb'");
    EXPECT_EQ(explain_command("votes/rus|usa/2020", day_of(2020, 12, 31), ""),
              "icosa explain 'votes/rus|usa/2020' --as-of 2020-12-31");
    EXPECT_EQ(explain_command("a'b", day_of(2020, 12, 31), ""), "icosa explain 'a'\\''b' --as-of 2020-12-31");
}

TEST(BriefWording, RoundingKeepsWholeNumbers) {
    EXPECT_EQ(rounded(9007199254740993.0), 9007199254740993.0);
    EXPECT_EQ(rounded(1115628300.0), 1115628300.0);
    EXPECT_EQ(rounded(1115628300.123456), 1115628300.1235);
    EXPECT_EQ(rounded(0.000123456789), 0.000123457);
    EXPECT_EQ(rounded(0.99876543, 6), 0.998765);
}

TEST(BriefWording, CaveatsOfAllSignalsBelongToTheWatch) {
    model::WatchFinding watch;
    watch.caveats = {"a"};
    watch.signals.assign(2, fixture::sea_signal());
    watch.signals[0].caveats = {"a", "b", "c"};
    watch.signals[1].caveats = {"c", "d"};
    EXPECT_EQ(watch_caveats(watch), (std::vector<std::string>{"a", "c"}));
    EXPECT_EQ(others(watch.signals[0].caveats, watch_caveats(watch)), std::vector<std::string>{"b"});
}

}  // namespace
}  // namespace icosa::brief
