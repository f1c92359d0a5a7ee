#include "detect/status/participation.hpp"
#include "world.hpp"

namespace icosa::detect {
namespace {

const Day newyear_2020 = day_of(2019, 12, 31);

/// aaa and bbb ratified the pact in 2003 and 2004, ddd signed, eee ratified in 2005 and withdrew in 2010, a body
/// without a place joined too.
void put_pact(World& world, Day known_through) {
    model::Participation pact;
    pact.instrument = "pact";
    pact.from_table = true;
    pact.known_through = known_through;
    const auto act = [](const char* who, const char* what, Day day, int line) {
        return model::ParticipationAct{who, what, day, "untc", "1-1.csv", line};
    };
    pact.acts = {act("aaa", "ratification", day_of(2003, 5, 1), 2),
                 act("bbb", "accession", day_of(2004, 5, 1), 3),
                 act("ddd", "signature", day_of(2004, 6, 1), 4),
                 act("eee", "ratification", day_of(2005, 1, 1), 5),
                 act("eee", "withdrawal", day_of(2010, 1, 1), 5),
                 act("name:Union", "formal-confirmation", day_of(2019, 11, 1), 6)};
    world.evidence.participation["pact"] = pact;
    model::Participation waiting = pact;
    waiting.instrument = "waiting";
    world.evidence.participation["waiting"] = waiting;
}

TEST(Participation, TheLastActDecides) {
    World world;
    put_pact(world, newyear_2020);
    const auto& acts = world.evidence.participation["pact"].acts;
    const auto on = [&](Day day) {
        std::string out;
        for (const auto& [who, act] : pack::participants_on(acts, day)) out += who + " ";
        return out;
    };
    EXPECT_EQ(on(day_of(2003, 4, 30)), "");
    EXPECT_EQ(on(day_of(2003, 5, 1)), "aaa ");
    EXPECT_EQ(on(day_of(2009, 12, 31)), "aaa bbb eee ");
    EXPECT_EQ(on(newyear_2020), "aaa bbb name:Union ");
}

TEST(InstrumentStatus, WhoIsMissing) {
    World world;
    put_pact(world, newyear_2020);
    const auto watch = world.watch(
        "engine = \"instrument-status\"\ninstruments = [\"pact\", \"loose\"]\namong = \"south\"\nmethod = { name = "
        "\"participation\", margin = 0.1 }\ncite = [\"untc\"]\n");
    const auto finding = world.run(watch, newyear_2020);
    EXPECT_EQ(finding.state, model::State::Signal);
    ASSERT_EQ(finding.signals.size(), 1U);
    const auto& signal = finding.signals[0];
    EXPECT_EQ(signal.id, "w.x/pact/2019");
    EXPECT_EQ(signal.observed, 0);
    EXPECT_DOUBLE_EQ(signal.expected, 2.0 / 6);
    EXPECT_NEAR(signal.unusualness, 1 - 0.5 * (4.0 / 20),
                1e-12);  // both of two participants elsewhere: C(4,3) / C(6,3), half of it
    EXPECT_EQ(signal.severity.value, 3);
    EXPECT_EQ(signal.confidence, model::Confidence::High);
    EXPECT_EQ(signal.reason,
              "Pact, as at 2019-12-31: 0 of 3 of South are participants of Pact (share 0 against 0.33 of all who could "
              "join, threshold 0.23); not: Dland, Eland, Fland");
    EXPECT_NE(finding.reading.find("no data: the participants of Loose are known in part only"), std::string::npos)
        << finding.reading;
    EXPECT_EQ(finding.strips.at(0).observed.back(), 3);
    EXPECT_EQ(finding.strips[0].observed[finding.strips[0].observed.size() - 11],
              3);  // 2009: eee still in, Union not yet
}

TEST(InstrumentStatus, NobodyIsCalledAbsentPastTheDayToWhichItIsKnown) {
    World world;
    put_pact(world, day_of(2015, 3, 31));
    const auto watch = world.watch(
        "engine = \"instrument-status\"\ninstruments = [\"pact\"]\namong = \"south\"\nmethod = \"participation\"\n");
    const auto stale = world.run(watch, newyear_2020);
    EXPECT_EQ(stale.state, model::State::Stale);
    EXPECT_TRUE(stale.signals.empty());
    EXPECT_EQ(stale.reading, "not participants of Pact as at 2015-03-31: Dland, Eland, Fland; not known since");
    EXPECT_EQ(world.run(watch, day_of(2015, 3, 31)).state, model::State::Signal);
    EXPECT_EQ(world.run(watch, day_of(2015, 4, 1)).state, model::State::Stale);
}

TEST(InstrumentStatus, AnInstrumentNotOpenYetOrWithoutTableIsNoData) {
    World world;
    const auto watch =
        world.watch("engine = \"instrument-status\"\ninstruments = [\"pact\"]\nmethod = \"participation\"\n");
    EXPECT_EQ(world.run(watch, newyear_2020).state, model::State::NoData);
    EXPECT_EQ(world.run(watch, newyear_2020).reading,
              "no status table of Pact (1-1 of the UN Treaty Collection) is at hand");
    put_pact(world, newyear_2020);
    EXPECT_EQ(world.run(watch, day_of(1999, 6, 1)).reading, "Pact was not open yet (it was on 2000-01-01)");
}

TEST(InstrumentStatus, AtLeastAsksForAShare) {
    World world;
    put_pact(world, newyear_2020);
    const auto watch = world.watch(
        "engine = \"instrument-status\"\ninstruments = [\"pact\"]\namong = \"north\"\nmethod = { name = "
        "\"participation\", at_least = 1 }\n");
    const auto finding = world.run(watch, newyear_2020);
    ASSERT_EQ(finding.signals.size(), 1U);
    EXPECT_EQ(finding.signals[0].threshold, 1);
    const auto lax = world.watch(
        "engine = \"instrument-status\"\ninstruments = [\"pact\"]\namong = \"north\"\nmethod = { name = "
        "\"participation\", at_least = 0.6 }\n");
    const auto quiet = world.run(lax, newyear_2020);
    EXPECT_EQ(quiet.state, model::State::Quiet);
    EXPECT_EQ(quiet.reading, "2 of 3 of North are participants of Pact; not: Cland");
}

TEST(InstrumentStatus, GapsByRegion) {
    World world;
    put_pact(world, newyear_2020);
    const auto watch = world.watch(
        "engine = \"instrument-status\"\ninstruments = [\"pact\"]\nmethod = { name = \"gap\", margin = 0.1 }\n");
    const auto finding = world.run(watch, newyear_2020);
    EXPECT_EQ(finding.units_examined, 2);  // north and south: the sets of kind region
    ASSERT_EQ(finding.signals.size(), 1U);
    EXPECT_EQ(finding.signals[0].subject, "pact|south");
    EXPECT_EQ(finding.signals[0].subject_title, "Pact: South");
    const auto wide = world.watch(
        "engine = \"instrument-status\"\ninstruments = [\"pact\"]\nmethod = { name = \"gap\", margin = 0.4 }\n");
    EXPECT_EQ(world.run(wide, newyear_2020).state, model::State::Quiet);
    EXPECT_EQ(world.run(wide, newyear_2020).reading, "Pact: lowest in South, 0 of 3 (share 0 against 0.33 of all)");
}

TEST(InstrumentStatus, WhatEntryIntoForceLacks) {
    World world;
    put_pact(world, newyear_2020);
    const auto watch = world.watch(
        "engine = \"instrument-status\"\ninstruments = [\"pact\", \"waiting\"]\nmethod = { name = "
        "\"entry-into-force\", patience_years = 10 }\n");
    const auto finding = world.run(watch, newyear_2020);
    ASSERT_EQ(finding.signals.size(), 1U);
    EXPECT_EQ(finding.signals[0].subject, "waiting");
    EXPECT_EQ(finding.signals[0].observed, 2);
    EXPECT_EQ(finding.signals[0].expected, 3);
    EXPECT_NE(finding.signals[0].reason.find("2 of the 3 North have joined, and all of them must; not: Cland"),
              std::string::npos)
        << finding.signals[0].reason;
    EXPECT_EQ(world.run(watch, day_of(2009, 12, 31)).state, model::State::Quiet);  // not yet ten years
}

TEST(InstrumentStatus, ActsSince) {
    World world;
    put_pact(world, newyear_2020);
    const auto watch = world.watch(
        "engine = \"instrument-status\"\ninstruments = [\"pact\"]\nmethod = { name = \"acts-since\", days = 365 }\n");
    const auto finding = world.run(watch, newyear_2020);
    ASSERT_EQ(finding.signals.size(), 1U);
    EXPECT_EQ(finding.signals[0].id, "w.x/pact/2019-11-01");
    EXPECT_EQ(finding.signals[0].observed, 1);
    EXPECT_NEAR(finding.signals[0].expected, 1 * 365 / 3652.5, 1e-12);  // one act, the withdrawal of 2010, in ten years
    EXPECT_EQ(finding.signals[0].lineage.files.at(0).line, 6);
    const auto withdrawals = world.watch(
        "engine = \"instrument-status\"\ninstruments = [\"pact\"]\nmethod = { name = \"acts-since\", days = 365, acts "
        "= \"withdrawal\" }\n");
    EXPECT_EQ(world.run(withdrawals, newyear_2020).state, model::State::Quiet);
    EXPECT_EQ(world.run(withdrawals, day_of(2010, 6, 1)).signals.size(), 1U);
}

TEST(InstrumentStatus, CadenceOverdue) {
    World world;
    const auto watch = world.watch(
        "engine = \"instrument-status\"\nmechanisms = [\"IV.4\"]\nmethod = { name = \"cadence-overdue\", grace_days = "
        "60 }\n");
    const auto finding = world.run(watch, newyear_2020);
    ASSERT_EQ(finding.signals.size(), 1U);
    EXPECT_EQ(finding.signals[0].id, "w.x/yearly/2019-03-31");
    EXPECT_EQ(finding.signals[0].severity.value, 275);
    EXPECT_EQ(world.run(watch, day_of(2019, 5, 30)).state, model::State::Quiet);  // 60 days late
    EXPECT_EQ(world.run(watch, day_of(2018, 1, 1)).state, model::State::NoData);  // the meeting known is of later
    EXPECT_EQ(world.run(watch, day_of(2021, 6, 1)).state, model::State::Stale);  // nobody has looked since
    EXPECT_TRUE(world.run(watch, day_of(2021, 6, 1)).signals.empty());
}

TEST(InstrumentStatus, MandateExpiry) {
    World world;
    const auto watch = world.watch(
        "engine = \"instrument-status\"\nmandates = [\"all\"]\nmethod = { name = \"mandate-expiry\", days = 60, "
        "lapsed_days = 30 }\n");
    EXPECT_EQ(world.run(watch, day_of(2019, 12, 31)).state, model::State::Quiet);
    const auto soon = world.run(watch, day_of(2020, 5, 31));
    ASSERT_EQ(soon.signals.size(), 1U);
    EXPECT_EQ(soon.signals[0].id, "w.x/mission/2020-06-30");
    EXPECT_EQ(soon.signals[0].reason,
              "MISSION: the mandate of S/RES/2 (2019) expires on 2020-06-30, 30 days after 2020-05-31 (threshold 60)");
    EXPECT_EQ(world.run(watch, day_of(2020, 7, 15)).signals.at(0).severity.unit, "days lapsed");
    EXPECT_EQ(world.run(watch, day_of(2020, 7, 31)).state, model::State::Quiet);
    const auto later = world.run(watch, day_of(2020, 9, 1));  // past the day to which the chain is known
    EXPECT_EQ(later.state, model::State::Stale);
    EXPECT_NE(later.reading.find("not known since 2020-08-31"), std::string::npos) << later.reading;
    EXPECT_EQ(world.run(watch, day_of(2019, 6, 15)).state,
              model::State::Quiet);  // the old one ends in 15 days, the new one is adopted
    EXPECT_EQ(world.run(watch, day_of(2018, 1, 1)).state, model::State::NoData);
}

TEST(InstrumentStatus, ChecksItsNames) {
    World world;
    const auto watch = world.watch(
        "engine = \"instrument-status\"\ninstruments = [\"pakt\"]\namong = \"suoth\"\nmethod = { name = "
        "\"participation\", margn = 0.1 }\n");
    Diagnostics faults;
    check_watch(watch, world.setting(newyear_2020), faults);
    ASSERT_EQ(faults.size(), 3U);
    EXPECT_EQ(faults[0].cure, "did you mean 'margin'?");
    EXPECT_EQ(faults[1].cure, "did you mean 'pact'?");
    EXPECT_EQ(faults[2].cure, "did you mean 'south'?");
    const auto none = world.watch("engine = \"instrument-status\"\nmethod = \"mandate-expiry\"\n");
    faults.clear();
    check_watch(none, world.setting(newyear_2020), faults);
    EXPECT_EQ(faults.at(0).what, "watch 'w.x' asks 'mandate-expiry' and names no mandates");
}

}  // namespace
}  // namespace icosa::detect
