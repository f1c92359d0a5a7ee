/// Groups against a plain count in C++ over random records, and the rules that random records do not reach.
#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "fixture.hpp"

namespace icosa::store {
namespace {

struct Code {
    const char* system;
    const char* code;
    Day first, last;
    const char* place;
};
const Code book[] = {
    {"iso3", "SYR", first_possible_day, always, "syr"},           {"iso3", "TUR", first_possible_day, always, "tur"},
    {"gw", "365", first_possible_day, d(1991, 12, 25), "sun"},    {"gw", "365", d(1991, 12, 26), always, "rus"},
    {"name", "Côte d'Ivoire", first_possible_day, always, "civ"},
};

std::vector<CodePlace> codes() {
    std::vector<CodePlace> out;
    for (const auto& one : book) out.push_back({one.system, one.code, one.first, one.last, one.place});
    return out;
}

/// A square sea around the origin.
Locator sea() {
    Locator locator;
    locator.digest = "sea";
    locator.place_of = [](std::string_view source, double latitude, double longitude, Day) -> std::string {
        return source == "located" && std::abs(latitude) < 1 && std::abs(longitude) < 1 ? "sea-of-tests" : "";
    };
    locator.touches = [](std::string_view source, std::int32_t cell) { return source == "located" && cell < 1000; };
    return locator;
}

/// Any day of first to last decides; of two meanings the later.
std::string place_of(const TermTable& terms, TermId term, Day first, Day last) {
    if (term == no_term) return "";
    const auto& of = terms.at(term);
    std::string found;
    Day since = first_possible_day;
    for (const auto& one : book) {
        if (of.system == one.system && (of.text == one.code || (of.system == "name" && of.text == "cote d ivoire"))
            && one.first <= last && first <= one.last && one.first >= since) {
            found = one.place;
            since = one.first;
        }
    }
    return found.empty() ? of.system + ":" + of.text : found;
}

struct Cell {
    std::int64_t rows = 0, sum = 0, total = 0;
    auto operator<=>(const Cell&) const = default;
};
using Table = std::map<std::pair<std::string, int>, Cell>;

Table table_of(const std::vector<Group>& groups) {
    Table out;
    for (const auto& group : groups) out[{group.unit, group.period}] = {group.rows, group.sum_milli, group.total_milli};
    return out;
}

class Aggregate : public ::testing::Test {
protected:
    std::unique_ptr<Store> store = memory_store(2);
    Made made{"a.csv", "located"};
    std::vector<Event> events;

    void SetUp() override {
        auto& terms = store->terms();
        const TermId places[] = {terms.id_of("iso3", "SYR"), terms.id_of("iso3", "TUR"),
                                 terms.id_of("gw", "365"),   terms.id_of("name", "cote d ivoire"),
                                 terms.id_of("iso3", "XXX"), no_term};
        const TermId kinds[] = {terms.id_of("kind", "piracy"), terms.id_of("kind", "protest")};
        const TermId event_codes[] = {terms.id_of("cameo-event", "14"), terms.id_of("cameo-event", "145"),
                                      terms.id_of("cameo-event", "190"), no_term};
        const TermId subjects[] = {terms.id_of("agent", "anthrax"), terms.id_of("agent", "plague"), no_term};
        std::mt19937 random(7);
        const auto pick = [&](const auto& list) { return list[random() % std::size(list)]; };
        const auto maybe = [&](int bound) {
            return random() % 4 == 0 ? no_int : static_cast<int>(random() % static_cast<unsigned>(bound));
        };
        for (int i = 0; i < 5000; ++i) {
            Event event;
            event.first_day = d(1985, 1, 1) + static_cast<int>(random() % 6000);
            event.last_day = event.first_day + (random() % 3 == 0 ? static_cast<int>(random() % 40) : 0);
            event.known_day = event.last_day + 7;
            event.kind = pick(kinds);
            event.code = pick(event_codes);
            event.place = pick(places);
            event.actor1 = pick(places);
            event.actor2 = pick(places);
            event.subject = pick(subjects);
            event.fatalities_best = maybe(100);
            event.fatalities_low = event.fatalities_best == no_int ? no_int : event.fatalities_best / 2;
            event.intensity_milli = maybe(20000);
            if (event.intensity_milli != no_int) event.intensity_milli -= 10000;
            event.mentions = maybe(50);
            event.weight = 1 + static_cast<int>(random() % 3);
            if (random() % 2) {
                event.latitude_microdeg = static_cast<int>(random() % 4'000'000) - 2'000'000;
                event.longitude_microdeg = static_cast<int>(random() % 4'000'000) - 2'000'000;
                event.cell = static_cast<int>(random() % 2000);
            }
            events.push_back(made.event(event));
        }
        must(store->put_dimension(codes(), sea(), "one"));
        const auto receipt = must(append(*store, made, 2));
        EXPECT_EQ(receipt.rows, 5000);
        EXPECT_EQ(receipt.stored, 5000);
        EXPECT_EQ(receipt.known, 0);
    }

    std::string located(const Event& event) const {
        if (event.latitude_microdeg == no_int || event.cell >= 1000 || std::abs(event.latitude_microdeg) >= 1'000'000
            || std::abs(event.longitude_microdeg) >= 1'000'000)
            return "";
        return "sea-of-tests";
    }

    bool has(const std::vector<std::string>& texts, TermId term) const {
        if (texts.empty()) return true;
        return term != no_term && std::any_of(texts.begin(), texts.end(), [&](const std::string& text) {
                   const auto& of = store->terms().at(term).text;
                   return text.ends_with('*') ? of.starts_with(text.substr(0, text.size() - 1)) : of == text;
               });
    }

    /// Is it of the kinds, codes and subjects asked for, and does each condition hold?
    bool fits(const Select& select, const Event& event) const {
        if (!has(select.kinds, event.kind) || !has(select.codes, event.code) || !has(select.subjects, event.subject))
            return false;
        return std::all_of(select.where.begin(), select.where.end(), [&](const Condition& one) {
            const int value = one.field == Condition::Field::Intensity ? event.intensity_milli
                : one.field == Condition::Field::Best                  ? event.fatalities_best
                                                                       : event.mentions;
            const double bound = one.field == Condition::Field::Intensity ? one.value * 1000 : one.value;
            return value != no_int
                && (one.comparison == Condition::Comparison::GreaterEqual ? value >= bound : value < bound);
        });
    }

    std::string unit_of(Unit kind, const Event& event, const std::string& place, const std::string& one,
                        const std::string& two) const {
        const std::string subject = event.subject == no_term ? "" : store->terms().at(event.subject).text;
        switch (kind) {
            case Unit::Place: return place;
            case Unit::Actor: return one;
            case Unit::Dyad:
                return one.empty() || two.empty() || one == two ? "" : std::min(one, two) + "|" + std::max(one, two);
            case Unit::Cell: return event.cell == no_int ? "" : std::to_string(event.cell);
            case Unit::Subject: return subject;
            case Unit::PlaceSubject: return subject.empty() || place.empty() ? "" : place + "|" + subject;
            case Unit::SubjectHead: return subject.substr(0, subject.find('|'));
            case Unit::World: return "world";
            case Unit::SubjectPlace:  // the subject of an indicator's figures is a place; of an event, none
            case Unit::PlacePosition:
            case Unit::SubjectPosition: break;  // kinds_test
        }
        return {};
    }

    Table expected(const Select& select, Day as_of = always) const {
        const auto& terms = store->terms();
        Table out;
        for (const auto& event : events) {
            if (event.known_day > as_of) continue;
            if (!fits(select, event)) continue;
            if (period_of(event.first_day, select.period) != period_of(event.last_day, select.period)) continue;
            const auto resolve = [&](TermId term) { return place_of(terms, term, event.first_day, event.last_day); };
            const std::string place = located(event).empty() ? resolve(event.place) : located(event),
                              one = resolve(event.actor1), two = resolve(event.actor2);
            const auto in = [&](const std::string& id) {
                return std::find(select.places.begin(), select.places.end(), id) != select.places.end();
            };
            const std::string unit = unit_of(select.unit, event, place, one, two);
            if (unit.empty()) continue;
            if (!select.places.empty()) {
                if (select.either_actor             ? !(in(one) && in(two))
                        : select.unit == Unit::Dyad ? !(in(one) || in(two))
                                                    : !in(select.unit == Unit::Actor ? one : place))
                    continue;
            }
            auto& cell = out[{unit, period_of(event.first_day, select.period)}];
            ++cell.rows;
            const auto figure = [&](int value, int scale) {
                if (value == no_int) return;
                cell.sum += std::int64_t{value} * scale;
                cell.total += 1000;
            };
            switch (select.quantity) {
                case Quantity::Low: figure(event.fatalities_low, 1000); break;
                case Quantity::Best: figure(event.fatalities_best, 1000); break;
                case Quantity::Mentions: figure(event.mentions, 1000); break;
                case Quantity::Intensity: figure(event.intensity_milli, 1); break;
                default: cell.sum += 1000 * event.weight;
            }
        }
        return out;
    }
};

TEST_F(Aggregate, EveryUnitAndPeriodEqualsAPlainCount) {
    for (const auto unit : {Unit::Place, Unit::Actor, Unit::Dyad, Unit::Cell, Unit::Subject, Unit::SubjectHead,
                            Unit::PlaceSubject, Unit::World}) {
        for (const auto period :
             {PeriodKind::Day, PeriodKind::Week, PeriodKind::Month, PeriodKind::Quarter, PeriodKind::Year}) {
            Select select{.unit = unit, .period = period};
            const auto groups = must(store->aggregate(select, "located", always));
            EXPECT_EQ(table_of(groups), expected(select)) << static_cast<int>(unit) << ' ' << period_kind_name(period);
            EXPECT_TRUE(std::is_sorted(groups.begin(), groups.end(), [](const Group& a, const Group& b) {
                return std::tie(a.unit, a.period) < std::tie(b.unit, b.period);
            }));
            EXPECT_EQ(groups.size(), table_of(groups).size());
        }
    }
}

TEST_F(Aggregate, EveryQuantity) {
    for (const auto quantity :
         {Quantity::Count, Quantity::Low, Quantity::Best, Quantity::Mentions, Quantity::Intensity}) {
        Select select{.quantity = quantity};
        EXPECT_EQ(table_of(must(store->aggregate(select, "located", always))), expected(select));
    }
}

TEST_F(Aggregate, Filters) {
    using C = Condition;
    std::vector<Select> selects = {{.kinds = {"piracy"}},
                                   {.kinds = {"no-such-kind"}},
                                   {.codes = {"14*"}},
                                   {.codes = {"14", "190"}},
                                   {.subjects = {"anthrax"}},
                                   {.subjects = {"p*"}},
                                   {.places = {"syr", "sea-of-tests", "civ"}},
                                   {.places = {"syr", "rus"}, .unit = Unit::Dyad},
                                   {.places = {"syr", "rus", "tur"}, .either_actor = true, .unit = Unit::Dyad},
                                   {.places = {"syr", "rus", "tur"}, .either_actor = true, .unit = Unit::World},
                                   {.places = {"sun"}, .unit = Unit::Actor},
                                   {.places = {"tur"}, .unit = Unit::Cell},
                                   {.where = {{C::Field::Intensity, C::Comparison::GreaterEqual, -5.3},
                                              {C::Field::Mentions, C::Comparison::Less, 20}}},
                                   {.where = {{C::Field::Best, C::Comparison::GreaterEqual, 25}}}};
    for (const auto& select : selects)
        EXPECT_EQ(table_of(must(store->aggregate(select, "located", always))), expected(select));
    EXPECT_EQ(must(store->aggregate({}, "other", always)).size(), 0U);
}

TEST_F(Aggregate, RowsCountedAddUpToTheGroups) {
    for (const auto quantity : {Quantity::Count, Quantity::Best, Quantity::Low}) {
        const Select select{.places = {"syr", "tur", "rus"}, .period = PeriodKind::Month, .quantity = quantity};
        Table sums;
        const CountedRows counted = must(store->counted(select, "located", d(1999, 1, 1), {}));
        EXPECT_TRUE(std::ranges::is_sorted(counted.units));
        std::pair<int, int> before;
        for (const auto& row : counted.rows) {
            EXPECT_LE(before, std::pair(row.file, row.line));
            before = {row.file, row.line};
            auto& cell = sums[{counted.units[static_cast<std::size_t>(row.unit)], row.period}];
            cell.rows += 1;
            cell.sum += row.amount_milli;
            cell.total += row.total_milli;
        }
        EXPECT_GT(sums.size(), 100U);
        EXPECT_EQ(sums, table_of(must(store->aggregate(select, "located", d(1999, 1, 1)))));
        const CountedRows of_one = must(store->counted(select, "located", always, {"tur"}));
        EXPECT_EQ(of_one.units, std::vector<std::string>{"tur"});
    }
    EXPECT_EQ(store->counted({.quantity = Quantity::Last}, "located", always, {}).error().code, "unanswerable");
}

TEST_F(Aggregate, PointsAreEventsWithAPositionWhateverTheirPeriod) {
    const Select select{.kinds = {"piracy"}, .places = {"syr"}, .unit = Unit::World};
    const auto points = must(store->points({.kinds = {"piracy"}, .unit = Unit::World}, "located", d(1999, 1, 1)));
    std::size_t wanted = 0;
    for (const auto& event : events)
        wanted += event.known_day <= d(1999, 1, 1) && fits(select, event) && event.latitude_microdeg != no_int;
    ASSERT_EQ(points.size(), wanted);
    EXPECT_GT(std::ranges::count_if(points, [](const EventPoint& one) { return one.last > one.first + 31; }), 0);
    for (std::size_t i = 0; i < points.size(); ++i) {
        const EventPoint& one = points[i];
        const Event& event = events[static_cast<std::size_t>(one.line - 1)];
        EXPECT_EQ(std::tuple(one.first, one.last, one.latitude_microdeg, one.longitude_microdeg, one.kind, one.code),
                  std::tuple(event.first_day, event.last_day, event.latitude_microdeg, event.longitude_microdeg,
                             event.kind, event.code));
        EXPECT_EQ(one.position_precision, event.position_precision);
        const EventPoint& before = points[i == 0 ? 0 : i - 1];
        EXPECT_LE(std::pair(before.first, before.last), std::pair(one.first, one.last));
    }
    EXPECT_EQ(store->points({.records = RecordKind::Designation}, "located", always).error().code, "unanswerable");
}

TEST_F(Aggregate, NothingKnownLaterIsSeen) {
    for (const Day day : {d(1985, 3, 1), d(1991, 12, 31), d(1999, 1, 1)})
        EXPECT_EQ(table_of(must(store->aggregate({}, "located", day))), expected({}, day));
}

TEST_F(Aggregate, LineageIsWhatWasCounted) {
    const Select select{.period = PeriodKind::Year};
    const auto groups = must(store->aggregate(select, "located", always));
    std::vector<Key> keys;
    for (const auto& group : groups) keys.push_back({group.unit, group.period, group.period});
    keys.push_back({"nowhere", 0, 100});
    keys.push_back({"syr", 15, 40});
    const auto traces = must(store->lineage(select, "located", always, keys, 3));
    ASSERT_EQ(traces.size(), keys.size());
    std::int64_t syria = 0;
    for (std::size_t i = 0; i < groups.size(); ++i) {
        EXPECT_EQ(traces[i].rows, groups[i].rows);
        EXPECT_EQ(traces[i].lines.size(), static_cast<std::size_t>(std::min<std::int64_t>(3, groups[i].rows)));
        for (const auto& line : traces[i].lines) {
            EXPECT_EQ(line.file, "a.csv");
            const auto& event = events[static_cast<std::size_t>(line.line - 1)];
            EXPECT_EQ(period_of(event.first_day, PeriodKind::Year), groups[i].period);
            EXPECT_EQ(line.known_day, event.known_day);
        }
        EXPECT_TRUE(std::is_sorted(traces[i].lines.begin(), traces[i].lines.end(),
                                   [](const auto& a, const auto& b) { return a.line < b.line; }));
        if (groups[i].unit == "syr") syria += groups[i].rows;
    }
    EXPECT_EQ(traces[groups.size()].rows, 0);
    EXPECT_EQ(traces[groups.size() + 1].rows, syria);
}

TEST_F(Aggregate, OtherPacksGiveOtherPlaces) {
    auto other = codes();
    other.erase(other.begin());  // SYR is unknown now
    Locator nowhere{.digest = "none",
                    .place_of = [](auto, auto, auto, auto) { return std::string(); },
                    .touches = [](auto, auto) { return false; }};
    must(store->put_dimension(other, nowhere, "two"));
    std::set<std::string> units;
    for (const auto& group : must(store->aggregate({}, "located", always))) units.insert(group.unit);
    EXPECT_EQ(units, (std::set<std::string>{"civ", "iso3:SYR", "iso3:XXX", "rus", "sun", "tur"}));
    // and back: the cells are made anew from the stored positions
    must(store->put_dimension(codes(), sea(), "one"));
    EXPECT_EQ(table_of(must(store->aggregate({}, "located", always))), expected({}));
}

TEST_F(Aggregate, CodesThatOverlapMeanOnePlaceADay) {
    auto overlapping = codes();
    overlapping.push_back({"iso3", "SYR", d(1990, 1, 1), d(1995, 1, 1), "other"});
    overlapping.push_back({"name", "COTE D'IVOIRE", first_possible_day, always, "civ"});
    must(store->put_dimension(overlapping, sea(), "three"));
    EXPECT_EQ(table_of(must(store->aggregate({}, "located", always))), expected({}));
}

TEST_F(Aggregate, WhatTheStoreCannotAnswerIsAnError) {
    EXPECT_EQ(store->aggregate({.quantity = Quantity::Agreement}, "located", always).error().code, "unanswerable");
    EXPECT_EQ(store->scan({}, "located", always).error().code, "unanswerable");
    EXPECT_EQ(
        store->aggregate({.records = RecordKind::Designation, .unit = Unit::Place}, "located", always).error().code,
        "unanswerable");
}

TEST(AggregateThreads, SameAnswerOnOneAndTwo) {
    std::vector<std::vector<Group>> answers;
    for (const int threads : {1, 2}) {
        auto store = memory_store(threads);
        Made made("a.csv", "s");
        for (int i = 0; i < 300'000; ++i) {
            Event event;
            event.first_day = event.last_day = event.known_day = Day{i % 4000};
            event.place = store->terms().id_of("iso3", "P" + std::to_string(i * 7 % 90));
            event.intensity_milli = i % 977 - 400;
            made.add(&Batch::events, event, 2048);
        }
        EXPECT_EQ(must(append(*store, made, threads)).stored, 300'000);
        answers.push_back(
            must(store->aggregate({.period = PeriodKind::Month, .quantity = Quantity::Intensity}, "s", always)));
    }
    ASSERT_EQ(answers[0].size(), answers[1].size());
    for (std::size_t i = 0; i < answers[0].size(); ++i) {
        EXPECT_EQ(answers[0][i].unit, answers[1][i].unit);
        EXPECT_EQ(answers[0][i].sum_milli, answers[1][i].sum_milli);
    }
}

TEST(AggregatePeriods, EqualBaseDate) {
    auto store = memory_store();
    Made made("a.csv", "s");
    std::vector<Day> days;
    for (int i = 0; i < 3000; ++i) days.push_back(Day{-30'000 + i * 37});
    for (const int year : {1, 1000, 1582, 1600, 1900, 1969, 1970, 2000, 2024, 9999}) {
        for (const int month : {1, 2, 3, 6, 9, 12}) {
            days.push_back(day_of(year, month, 1));
            days.push_back(day_of(year, month, last_day_of_month(year, month)));
        }
    }
    for (const Day day : days) {
        Event event;
        event.first_day = event.last_day = event.known_day = day;
        event.cell = day.value;
        made.event(event);
    }
    must(append(*store, made));
    for (const auto period :
         {PeriodKind::Day, PeriodKind::Week, PeriodKind::Month, PeriodKind::Quarter, PeriodKind::Year}) {
        for (const auto& group : must(store->aggregate({.unit = Unit::Cell, .period = period}, "s", always)))
            ASSERT_EQ(group.period, period_of(Day{std::stoi(group.unit)}, period)) << iso(Day{std::stoi(group.unit)});
    }
}

}  // namespace
}  // namespace icosa::store
