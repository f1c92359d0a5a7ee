/// Rows that a later edition added, or that became known long after: late, not new.
#include "harmonise/lateness.hpp"

#include <gtest/gtest.h>

#include "../store/fixture.hpp"

namespace icosa::harmonise {
namespace {

using store::d;

struct Late : ::testing::Test {
    std::unique_ptr<store::Store> store = store::memory_store();
    pack::SourceCard card;
    model::Signal signal;

    Late() { card.id = "ged"; }

    /// An edition that covers 2019 whole, with as many events in May 2019; each is known at once, or as given.
    void edition(const std::string& path, Day vintage, int events, Day known = no_day) {
        store::Made made(path, "ged");
        made.in.has_identity = true;
        made.out.vintage_day = vintage;
        made.out.coverage = {{true, d(2019, 1, 1), d(2019, 12, 31), {}, {}}};
        for (int i = 0; i < events; ++i) {
            model::Event event;
            event.identity = static_cast<std::uint64_t>(i + 1);
            event.content = event.identity;
            event.first_day = event.last_day = d(2019, 5, 1 + i);
            event.known_day = known == no_day ? event.last_day + 7 : known;
            event.kind = store->terms().id_of("kind", "fight");
            event.place = store->terms().id_of("place", "mli");
            made.event(event);
        }
        store::must(store::append(*store, made));
    }

    std::vector<std::string> told(Day as_of) {
        signal = {};
        model::Select select;
        select.sources = {"ged"};
        const int year = 2019 - 1970;
        const auto done = tell_late(*store, select, card, as_of, {{&signal, {"mli", year, year}}});
        EXPECT_TRUE(done) << (done ? "" : render(done.error()));
        return signal.caveats;
    }
};

TEST_F(Late, WhatALaterEditionAddedIsLate) {
    edition("ged-20.csv", d(2020, 6, 1), 3);
    EXPECT_TRUE(told(d(2021, 12, 31)).empty()) << "there is but one edition";
    edition("ged-21.csv", d(2021, 6, 1), 5);
    EXPECT_EQ(told(d(2021, 12, 31)),
              std::vector<std::string>{
                  "2 of its 5 rows were not in the edition of 2020-06-01, which covered the same time: late, not new"});
}

TEST_F(Late, RowsKnownMoreThanAYearAfterAreMarkedWhereTheSourceDatesThem) {
    edition("ged-x.csv", no_day, 4, d(2021, 3, 1));
    EXPECT_TRUE(told(d(2021, 12, 31)).empty()) << "a lag of the card is no news of a row";
    card.map["known"] = {};
    EXPECT_EQ(told(d(2021, 12, 31)),
              std::vector<std::string>{"4 of its 4 rows became known more than a year after they happened: late, not "
                                       "new"});
}

}  // namespace
}  // namespace icosa::harmonise
