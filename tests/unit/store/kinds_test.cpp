/// Observations, treaty actions, votes, designations; the exchange of all of them.
#include <algorithm>
#include <map>
#include <random>

#include "fixture.hpp"

namespace icosa::store {
namespace {

std::vector<CodePlace> codes() {
    return {{"iso3", "FRA", first_possible_day, always, "fra"},
            {"iso3", "GBR", first_possible_day, always, "gbr"},
            {"iso3", "USA", first_possible_day, always, "usa"},
            {"name", "Russia", d(1991, 12, 26), always, "rus"},
            {"name", "Russia", d(1922, 12, 30), d(1991, 12, 25), "sun"},
            {"name", "Czechoslovakia", d(1918, 1, 1), d(1992, 12, 31), "csk"}};
}

Locator nowhere() {
    return {.digest = "x",
            .place_of = [](auto, auto, auto, auto) { return std::string(); },
            .touches = [](auto, auto) { return false; }};
}

std::unique_ptr<Store> store_with_codes() {
    auto store = memory_store(2);
    must(store->put_dimension(codes(), nowhere(), "codes"));
    return store;
}

Observation observation(Store& store, const char* place, const char* subject, Day first, Day last, double value,
                        const char* measure = "troops") {
    auto& terms = store.terms();
    Observation one;
    one.first_day = first;
    one.last_day = one.known_day = last;
    one.measure = terms.id_of("measure", measure);
    one.place = place ? terms.id_of("iso3", place) : no_term;
    one.subject = subject ? terms.id_of("mission", subject) : no_term;
    one.value = value;
    return one;
}

TEST(Scan, ValuesByUnitPeriodDay) {
    auto store = store_with_codes();
    Made made("a.csv", "s", RecordKind::Observation);
    made.add(&Batch::observations, observation(*store, "FRA", "UNMISS", d(2020, 3, 1), d(2020, 3, 31), 7));
    made.add(&Batch::observations, observation(*store, "FRA", "UNMISS", d(2020, 1, 1), d(2020, 1, 31), 5.25));
    made.add(&Batch::observations, observation(*store, "FRA", "UNIFIL", d(2020, 1, 1), d(2020, 1, 31), 1));
    made.add(&Batch::observations, observation(*store, "XXX", "UNIFIL", d(2021, 1, 1), d(2021, 1, 31), 2));
    made.add(&Batch::observations,
             observation(*store, "FRA", nullptr, d(2020, 12, 1), d(2021, 1, 31), 9));  // wider than a period
    made.add(&Batch::observations, observation(*store, "FRA", "UNMISS", d(2020, 5, 1), d(2020, 5, 31), no_number));
    made.add(&Batch::observations, observation(*store, "FRA", "UNMISS", d(2020, 5, 1), d(2020, 5, 31), 4, "police"));
    must(append(*store, made, 2));
    const auto texts = [&](const Select& select, Day as_of = always) {
        std::string out;
        for (const auto& value : must(store->scan(select, "s", as_of)))
            out += value.unit + " " + std::to_string(value.period + 1970) + " "
                + std::to_string(value.value).substr(0, 4) + " L" + std::to_string(value.line) + " "
                + iso(value.last_day) + "\n";
        return out;
    };
    const Select places{.records = RecordKind::Observation, .measure = "troops"};
    EXPECT_EQ(texts(places),
              "fra 2020 5.25 L2 2020-01-31\nfra 2020 1.00 L3 2020-01-31\nfra 2020 7.00 L1 2020-03-31\niso3:XXX 2021 "
              "2.00 L4 2021-01-31\n");
    EXPECT_EQ(texts(places, d(2020, 2, 1)), "fra 2020 5.25 L2 2020-01-31\nfra 2020 1.00 L3 2020-01-31\n");
    Select subjects = places;
    subjects.unit = Unit::Subject;
    subjects.subjects = {"UNM*"};
    EXPECT_EQ(texts(subjects), "UNMISS 2020 5.25 L2 2020-01-31\nUNMISS 2020 7.00 L1 2020-03-31\n");
    subjects.unit = Unit::PlaceSubject;
    subjects.subjects = {"UNIFIL"};
    subjects.places = {"fra"};
    EXPECT_EQ(texts(subjects), "fra|UNIFIL 2020 1.00 L3 2020-01-31\n");
    Select world = places;
    world.unit = Unit::World;
    world.where = {{Condition::Field::Value, Condition::Comparison::Greater, 2}};
    EXPECT_EQ(texts(world), "world 2020 5.25 L2 2020-01-31\nworld 2020 7.00 L1 2020-03-31\n");
    const auto traces = must(store->lineage(world, "s", always, {{"world", 50, 50}}, 5));
    EXPECT_EQ(traces[0].rows, 2);
    EXPECT_EQ(traces[0].lines[0].line, 1);
    EXPECT_EQ(must(store->aggregate(places, "s", always))[0].rows, 3);
}

TEST(Scan, ASubjectThatIsACountryIsAPlace) {
    auto store = store_with_codes();
    Made made("a.csv", "s", RecordKind::Observation);
    for (const auto& [origin, host, value] :
         {std::tuple{"XXX", "FRA", 7.0}, {"FRA", "XXX", 2.0}, {"FRA", "FRA", 1.0}}) {
        Observation one = observation(*store, origin, nullptr, d(2020, 1, 1), d(2020, 12, 31), value);
        one.subject = store->terms().id_of("iso3", host);
        made.add(&Batch::observations, one);
    }
    must(append(*store, made, 2));
    Select hosts{.records = RecordKind::Observation, .measure = "troops", .unit = Unit::SubjectPlace};
    const auto sums = [&] {
        std::map<std::string, double> out;
        for (const auto& value : must(store->scan(hosts, "s", always))) out[value.unit] += value.value;
        return out;
    };
    EXPECT_EQ(sums(), (std::map<std::string, double>{{"fra", 8}, {"iso3:XXX", 2}}));
    hosts.places = {"fra"};
    EXPECT_EQ(sums(), (std::map<std::string, double>{{"fra", 8}}));
}

TEST(Actions, ParticipantsBecomeThePlaceOfTheDay) {
    auto store = store_with_codes();
    auto& terms = store->terms();
    Made made("26-3.csv", "untc", RecordKind::Action);
    const auto act = [&](const char* who, const char* what, Day day, const char* instrument = "26-3") {
        Action one;
        one.instrument = terms.id_of("untc", instrument);
        one.participant = terms.id_of("name", who);
        one.act = terms.id_of("act", what);
        one.day = day;
        one.known_day = day == no_day ? d(1993, 1, 1) : day + 30;
        made.add(&Batch::actions, one);
    };
    act("Russia", "ratification", d(1997, 11, 5));
    act("Russia", "signature", d(1980, 1, 13));
    act("Czechoslovakia", "succession", d(1993, 1, 1));  // no code that day: the nearest
    act("Atlantis", "accession", d(1995, 1, 1));
    act("RUSSIA", "accession", d(1995, 1, 1));
    act("Russia", "accession", d(1995, 1, 1), "26-4");
    act("Russia", "application", no_day);
    must(append(*store, made));
    const auto texts = [&](Day as_of) {
        std::string out;
        for (const auto& one : must(store->actions("untc", "26-3", as_of)))
            out += iso(one.day) + " " + one.participant + " " + one.act + " " + one.source + " " + one.file + ":"
                + std::to_string(one.line) + "\n";
        return out;
    };
    EXPECT_EQ(texts(always),
              " rus application untc 26-3.csv:7\n1980-01-13 sun signature untc 26-3.csv:2\n1993-01-01 csk succession "
              "untc 26-3.csv:3\n"
              "1995-01-01 name:Atlantis accession untc 26-3.csv:4\n1995-01-01 rus accession untc "
              "26-3.csv:5\n1997-11-05 rus ratification untc 26-3.csv:1\n");
    EXPECT_EQ(texts(d(1990, 1, 1)), "1980-01-13 sun signature untc 26-3.csv:2\n");
    EXPECT_TRUE(must(store->actions("untc", "no-such", always)).empty());
    const auto groups = must(store->aggregate(
        {.records = RecordKind::Action, .kinds = {"accession"}, .unit = Unit::Subject}, "untc", always));
    ASSERT_EQ(groups.size(), 2U);
    EXPECT_EQ(groups[0].unit, "26-3");
    EXPECT_EQ(groups[0].rows, 2);
}

class Votes : public ::testing::Test {
protected:
    std::unique_ptr<Store> store = store_with_codes();
    static constexpr const char* voters[] = {"FRA", "GBR", "USA", "ABC"};
    std::map<std::pair<int, std::string>, Ballot> ballots;

    Made calls() {
        Made made("calls.csv", "un-roll-calls", RecordKind::RollCall);
        made.in.has_identity = true;
        auto& terms = store->terms();
        for (int i = 1; i <= 60; ++i) {
            for (const char* issue : {"me", "nu"}) {
                if (i % 2 && issue[0] == 'n') continue;  // odd ones have one issue, even ones two
                RollCall call;
                call.line = i;
                call.roll_call = i;
                call.identity = call.content = static_cast<std::uint64_t>(i);
                call.day = d(2000 + i / 10, 5, 1);
                call.known_day = call.day + 30;
                call.resolution = terms.id_of("unres", "R/" + std::to_string(i));
                call.issue = terms.id_of("issue", issue);
                made.add(&Batch::roll_calls, call);
            }
        }
        made.out.rows = 60;
        return made;
    }
    Made votes() {
        Made made("votes.csv", "un-votes", RecordKind::Vote);
        std::mt19937 random(3);
        auto& terms = store->terms();
        for (int i = 1; i <= 61; ++i) {  // the last has no roll call
            for (const char* voter : voters) {
                Vote vote;
                vote.roll_call = i;
                vote.voter = terms.id_of("iso3", voter);
                vote.ballot = static_cast<Ballot>(random() % 5);
                ballots[{i, voter}] = vote.ballot;
                made.add(&Batch::votes, vote);
            }
        }
        return made;
    }
    static std::string unit(const std::string& voter) { return voter == "ABC" ? "iso3:ABC" : lower(voter); }
    static std::string lower(std::string text) {
        for (auto& c : text) c = static_cast<char>(c | 32);
        return text;
    }
    std::map<std::pair<std::string, int>, std::tuple<std::int64_t, std::int64_t, std::int64_t>> agreement(
        const std::vector<std::string>& places, int from = 1, int step = 1) {
        std::map<std::pair<std::string, int>, std::tuple<std::int64_t, std::int64_t, std::int64_t>> out;
        for (int i = from; i <= 60; i += step) {
            for (const std::string a : voters) {
                for (const std::string b : voters) {
                    const auto has = [&](const std::string& one) {
                        return places.empty() || std::find(places.begin(), places.end(), unit(one)) != places.end();
                    };
                    if (!(unit(a) < unit(b)) || !has(a) || !has(b)) continue;
                    const auto left = ballots[{i, a}], right = ballots[{i, b}];
                    if (left > Ballot::Abstain || right > Ballot::Abstain) continue;
                    auto& [rows, same, all] = out[{unit(a) + "|" + unit(b), 30 + i / 10}];
                    rows += 2;
                    same += left == right ? 1000 : 0;
                    all += 1000;
                }
            }
        }
        return out;
    }
    static std::map<std::pair<std::string, int>, std::tuple<std::int64_t, std::int64_t, std::int64_t>> table(
        const std::vector<Group>& groups) {
        std::map<std::pair<std::string, int>, std::tuple<std::int64_t, std::int64_t, std::int64_t>> out;
        for (const auto& group : groups)
            out[{group.unit, group.period}] = {group.rows, group.sum_milli, group.total_milli};
        return out;
    }
};

TEST_F(Votes, AgreementWhicheverFileCameFirst) {
    const Select select{.records = RecordKind::Vote, .unit = Unit::Dyad, .quantity = Quantity::Agreement};
    must(append(*store, votes(), 2));
    EXPECT_TRUE(must(store->aggregate(select, "un-votes", always)).empty()) << "no day without a roll call";
    must(append(*store, calls(), 2));
    EXPECT_EQ(table(must(store->aggregate(select, "un-votes", always))), agreement({}));
    Select some = select;
    some.places = {"fra", "usa"};
    EXPECT_EQ(table(must(store->aggregate(some, "un-votes", always))), agreement({"fra", "usa"}));
    some = select;
    some.codes = {"R/7"};
    EXPECT_EQ(table(must(store->aggregate(some, "un-votes", always))), agreement({}, 7, 100));
    some = select;
    some.issues = {"nu"};
    EXPECT_EQ(table(must(store->aggregate(some, "un-votes", always))), agreement({}, 2, 2))
        << "a roll call of two issues counts once";
    EXPECT_TRUE(must(store->aggregate(select, "un-votes", d(2000, 5, 15))).empty());
    EXPECT_EQ(must(store->aggregate(select, "un-votes", d(2000, 6, 15))).size(), 6U);
    const auto groups = must(store->aggregate(select, "un-votes", always));
    const auto traces =
        must(store->lineage(select, "un-votes", always, {{groups[0].unit, groups[0].period, groups[0].period}}, 100));
    EXPECT_EQ(traces[0].rows, groups[0].rows);
    EXPECT_EQ(traces[0].lines.size(), static_cast<std::size_t>(groups[0].rows));
}

/// Sum over total of each pair and year, by the definitions of S and of kappa with linear weights.
TEST_F(Votes, LikenessBeyondAgreement) {
    must(append(*store, calls()));
    must(append(*store, votes(), 2));
    std::map<std::pair<std::string, int>, std::array<std::array<double, 3>, 3>> crossed;
    const int place[] = {0, 2, 1};  // yes, no, abstain
    for (int i = 1; i <= 60; ++i) {
        for (const std::string a : voters) {
            for (const std::string b : voters) {
                const auto left = ballots[{i, a}], right = ballots[{i, b}];
                if (!(unit(a) < unit(b)) || left > Ballot::Abstain || right > Ballot::Abstain) continue;
                ++crossed[{unit(a) + "|" + unit(b), 30 + i / 10}][static_cast<std::size_t>(
                    place[static_cast<int>(left)])][static_cast<std::size_t>(place[static_cast<int>(right)])];
            }
        }
    }
    Select select{.records = RecordKind::Vote, .unit = Unit::Dyad, .quantity = Quantity::SScore};
    const auto s = must(store->aggregate(select, "un-votes", always));
    select.quantity = Quantity::Kappa;
    const auto kappa = must(store->aggregate(select, "un-votes", always));
    ASSERT_EQ(s.size(), crossed.size());
    ASSERT_EQ(kappa.size(), crossed.size());
    for (std::size_t g = 0; g < s.size(); ++g) {
        const auto& table = crossed.at({s[g].unit, s[g].period});
        double n = 0, apart = 0, chance = 0, rows[3] = {}, columns[3] = {};
        for (int a = 0; a < 3; ++a) {
            for (int b = 0; b < 3; ++b) {
                n += table[static_cast<std::size_t>(a)][static_cast<std::size_t>(b)];
                apart += std::abs(a - b) * table[static_cast<std::size_t>(a)][static_cast<std::size_t>(b)];
                rows[a] += table[static_cast<std::size_t>(a)][static_cast<std::size_t>(b)];
                columns[b] += table[static_cast<std::size_t>(a)][static_cast<std::size_t>(b)];
            }
        }
        for (int a = 0; a < 3; ++a) {
            for (int b = 0; b < 3; ++b) chance += std::abs(a - b) * rows[a] * columns[b];
        }
        EXPECT_EQ(s[g].rows, 2 * static_cast<std::int64_t>(n));
        EXPECT_DOUBLE_EQ(static_cast<double>(s[g].sum_milli) / static_cast<double>(s[g].total_milli), 1 - apart / n);
        EXPECT_EQ(kappa[g].total_milli, static_cast<std::int64_t>(chance));
        EXPECT_EQ(kappa[g].sum_milli, static_cast<std::int64_t>(chance - n * apart));
    }
    select.quantity = Quantity::IdealDistance;
    const auto traces = must(store->lineage(select, "un-votes", always, {{s[0].unit, s[0].period, s[0].period}}, 100));
    EXPECT_EQ(traces[0].rows, s[0].rows);
}

TEST_F(Votes, EveryBallotForFiguresThatAllMake) {
    must(append(*store, votes(), 2));
    must(append(*store, calls()));
    const Select select{.records = RecordKind::Vote, .unit = Unit::Place, .quantity = Quantity::IdealPoint};
    const auto out = must(store->ballots(select, "un-votes", always));
    std::size_t cast = 0;
    for (const auto& [key, ballot] : ballots) cast += key.first <= 60 && ballot <= Ballot::Abstain ? 1 : 0;
    EXPECT_EQ(out.cast.size(), cast);
    EXPECT_TRUE(std::is_sorted(out.voters.begin(), out.voters.end()));
    for (const auto& one : out.cast) {
        const auto& call = out.calls[static_cast<std::size_t>(one.call)];
        const std::string& voter = out.voters[static_cast<std::size_t>(one.voter)];
        const auto name = std::find_if(std::begin(voters), std::end(voters),
                                       [&](const std::string& iso) { return unit(iso) == voter; });
        ASSERT_NE(name, std::end(voters));
        EXPECT_EQ(one.ballot, (ballots[{call.roll_call, *name}]));
        EXPECT_EQ(call.period, 30 + call.roll_call / 10);
        EXPECT_EQ(call.session, no_int);
    }
    EXPECT_TRUE(must(store->ballots(select, "un-votes", d(2000, 5, 15))).cast.empty());
    Select pairs = select;
    pairs.unit = Unit::Dyad;
    EXPECT_EQ(store->ballots(pairs, "un-votes", always).error().code, "unanswerable");
}

TEST_F(Votes, SharesAndCounts) {
    must(append(*store, calls()));
    must(append(*store, votes(), 2));
    std::map<std::string, std::pair<std::int64_t, std::int64_t>> expected;
    for (int i = 1; i <= 60; ++i) {
        for (const std::string voter : voters) {
            if (ballots[{i, voter}] > Ballot::Abstain) continue;
            for (const std::string& key : {unit(voter), std::string("world")}) {
                expected[key].first += ballots[{i, voter}] == Ballot::Yes ? 1 : 0;
                ++expected[key].second;
            }
        }
    }
    const auto total = [&](Unit by, Quantity quantity) {
        std::map<std::string, std::pair<std::int64_t, std::int64_t>> out;
        for (const auto& group : must(store->aggregate({.records = RecordKind::Vote, .unit = by, .quantity = quantity},
                                                       "un-votes", always))) {
            out[group.unit].first += group.sum_milli / 1000;
            out[group.unit].second += quantity == Quantity::Count ? group.rows : group.total_milli / 1000;
        }
        return out;
    };
    for (const auto& [key, value] : total(Unit::Place, Quantity::YesShare)) EXPECT_EQ(value, expected[key]) << key;
    EXPECT_EQ(total(Unit::World, Quantity::YesShare)["world"], expected["world"]);
    for (const auto& [key, value] : total(Unit::Place, Quantity::Count))
        EXPECT_EQ(value, std::pair(expected[key].first, expected[key].first)) << key;
    const auto issues = must(store->aggregate(
        {.records = RecordKind::RollCall, .unit = Unit::Subject, .period = PeriodKind::Year}, "un-roll-calls", always));
    EXPECT_EQ(issues[0].unit, "me");
    std::int64_t world = 0;
    for (const auto& group :
         must(store->aggregate({.records = RecordKind::RollCall, .unit = Unit::World}, "un-roll-calls", always)))
        world += group.rows;
    EXPECT_EQ(world, 60);
}

TEST(Designations, ByRegime) {
    auto store = store_with_codes();
    Made made("uk.csv", "uk-list", RecordKind::Designation);
    for (int i = 0; i < 10; ++i) {
        Designation one;
        one.regime = store->terms().id_of("regime", i % 3 ? "Somalia" : "Libya");
        one.list = store->terms().id_of("list", "uk");
        one.reference = store->terms().id_of("reference", "REF" + std::to_string(i));
        one.day = one.known_day = d(2019, 1, 1) + i;
        made.add(&Batch::designations, one);
    }
    must(append(*store, made));
    const auto groups = must(store->aggregate(
        {.records = RecordKind::Designation, .kinds = {"Somalia"}, .unit = Unit::Subject, .period = PeriodKind::Month},
        "uk-list", always));
    ASSERT_EQ(groups.size(), 1U);
    EXPECT_EQ(groups[0].unit, "Somalia");
    EXPECT_EQ(groups[0].sum_milli, 6000);
    EXPECT_EQ(
        must(store->aggregate({.records = RecordKind::Designation, .unit = Unit::World}, "uk-list", d(2019, 1, 5)))[0]
            .rows,
        5);
    EXPECT_EQ(
        must(store->aggregate(
            {.records = RecordKind::Designation, .except_days = {d(2019, 1, 2), d(2019, 1, 4)}, .unit = Unit::World},
            "uk-list", always))[0]
            .rows,
        8);
}

std::string exported(Store& store, const char* source, RecordKind kind) {
    std::string out;
    must(store.export_records(source, kind, always, [&](const std::vector<std::string>& cells) {
        for (std::size_t i = 0; i < cells.size(); ++i) out += (i ? "," : "") + cells[i];
        out += "\n";
    }));
    return out;
}

TEST(Export, EventsInCodedForm) {
    auto store = memory_store();
    Locator sea{.digest = "sea",
                .place_of = [](auto, double latitude, double,
                               auto) { return latitude > 0 ? std::string("gulf") : std::string(); },
                .touches = [](auto, auto) { return true; }};
    must(store->put_dimension(codes(), sea, "sea"));
    auto& terms = store->terms();
    Made made("a.csv", "s");
    Event event;
    event.first_day = d(1999, 2, 1);
    event.last_day = d(1999, 2, 28);
    event.known_day = d(1999, 3, 1);
    event.kind = terms.id_of("kind", "piracy");
    event.code = terms.id_of("cameo", "190");
    event.place = terms.id_of("iso3", "FRA");
    event.actor1 = terms.id_of("name", "Some Person");
    event.actor2 = terms.id_of("name", "Russia");
    event.fatalities_best = 4;
    event.intensity_milli = -2500;
    made.event(event);
    event.actor1 = terms.id_of("cameo", "FRA");
    event.latitude_microdeg = event.longitude_microdeg = 1'000'000;
    event.cell = 77;
    made.event(event);
    must(append(*store, made));
    EXPECT_EQ(exported(*store, "s", RecordKind::Event),
              "first_day,last_day,known_day,kind,code,place,actor1,actor2,subject,cell,fatalities_low,fatalities_best,"
              "fatalities_high,intensity_milli,mentions,sources,weight\n"
              "1999-02-01,1999-02-28,1999-03-01,piracy,cameo:190,iso3:FRA,,place:rus,,,,4,,-2500,,,1\n"
              "1999-02-01,1999-02-28,1999-03-01,piracy,cameo:190,place:gulf,cameo:FRA,place:rus,,77,,4,,-2500,,,1\n");
}

TEST(Export, TheOtherKindsAndTheOrderOfReading) {
    std::vector<std::string> seen;
    for (const bool reverse : {false, true}) {
        auto store = store_with_codes();
        Made made("a.csv", "s", RecordKind::Observation);
        std::vector<Observation> all = {observation(*store, "FRA", "UNMISS", d(2020, 1, 1), d(2020, 1, 31), 0.1),
                                        observation(*store, "FRA", nullptr, d(2020, 1, 1), d(2020, 1, 31), 1e9),
                                        observation(*store, nullptr, "B", d(2019, 1, 1), d(2019, 1, 31), 12)};
        if (reverse) std::reverse(all.begin(), all.end());
        for (const auto& one : all) made.add(&Batch::observations, one);
        must(append(*store, made));
        seen.push_back(exported(*store, "s", RecordKind::Observation));
    }
    EXPECT_EQ(seen[0], seen[1]);
    EXPECT_EQ(seen[0],
              "first_day,last_day,known_day,measure,place,subject,value,low,high\n2019-01-01,2019-01-31,2019-01-31,"
              "troops,,mission:B,12,,\n"
              "2020-01-01,2020-01-31,2020-01-31,troops,iso3:FRA,mission:UNMISS,0.1,,\n2020-01-01,2020-01-31,2020-01-31,"
              "troops,iso3:FRA,,1e+09,,\n");
}

TEST_F(Votes, Exported) {
    must(append(*store, calls()));
    must(append(*store, votes()));
    const std::string ballots_out = exported(*store, "un-votes", RecordKind::Vote);
    EXPECT_EQ(std::count(ballots_out.begin(), ballots_out.end(), '\n'), 1 + 60 * 4);
    EXPECT_TRUE(ballots_out.starts_with("roll_call,known_day,voter,ballot\n1,2000-05-31,iso3:ABC,"));
    const std::string calls_out = exported(*store, "un-roll-calls", RecordKind::RollCall);
    EXPECT_TRUE(
        calls_out.starts_with("roll_call,session,day,known_day,resolution,issue,important\n1,,2000-05-01,2000-05-31,"
                              "unres:R/1,issue:me,\n2,,2000-05-01,2000-05-31,unres:R/2,issue:me,\n"));
    EXPECT_EQ(std::count(calls_out.begin(), calls_out.end(), '\n'), 91);
}

/// Units with a position: who, and where; within an extent, edges included; what has no position is left out.
TEST(Positions, GroupEventsByPlaceOrSubjectAndPosition) {
    auto store = memory_store();
    auto& terms = store->terms();
    must(store->put_dimension({{"iso3", "MLI", first_possible_day, last_possible_day, "mli"}}, nowhere(), "d"));
    Made made("a.csv", "s");
    Event event;
    event.first_day = event.last_day = event.known_day = day_of(2019, 5, 1);
    event.kind = terms.id_of("kind", "violence");
    event.place = terms.id_of("iso3", "MLI");
    event.subject = terms.id_of("mission", "MINUSMA");
    event.latitude_microdeg = 17'000'000;
    event.longitude_microdeg = -3'000'000;
    event.fatalities_civilians = 4;
    made.event(event);
    made.event(event);
    event.place = no_term;
    event.latitude_microdeg = -1'000'001;
    made.event(event);
    event.latitude_microdeg = event.longitude_microdeg = no_int;
    made.event(event);
    must(append(*store, made));

    Select select;
    select.unit = Unit::PlacePosition;
    select.quantity = Quantity::Civilians;
    const auto all = must(store->aggregate(select, "s", day_of(2020, 1, 1)));
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].unit, "mli|107000000177000000");
    EXPECT_EQ(all[0].sum_milli, 8000);
    EXPECT_EQ(all[1].unit, "|88999999177000000");
    select.within = {{-1'000'001, -3'000'000, 0, 0}};
    const auto some = must(store->aggregate(select, "s", day_of(2020, 1, 1)));
    ASSERT_EQ(some.size(), 1U);
    EXPECT_EQ(some[0].unit, "|88999999177000000");
    select.within.clear();
    select.unit = Unit::SubjectPosition;
    select.quantity = Quantity::Count;
    const auto bases = must(store->aggregate(select, "s", day_of(2020, 1, 1)));
    ASSERT_EQ(bases.size(), 2U);
    EXPECT_EQ(bases[0].unit, "MINUSMA|107000000177000000");
    EXPECT_EQ(bases[0].sum_milli, 2000);
}

}  // namespace
}  // namespace icosa::store
