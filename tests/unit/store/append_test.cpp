/// One file, one transaction: what is stored, known, revised, refused.
#include <numeric>
#include <random>

#include "fixture.hpp"

namespace icosa::store {
namespace {

Event event_of(std::uint64_t identity, std::uint64_t content, Day day = d(2020, 1, 1)) {
    Event event;
    event.first_day = event.last_day = event.known_day = day;
    event.identity = identity;
    event.content = content;
    event.fatalities_best = static_cast<std::int32_t>(content);
    return event;
}

Made file_of(const std::string& path, const std::vector<std::pair<std::uint64_t, std::uint64_t>>& rows,
             Day vintage = no_day) {
    Made made(path, "s");
    made.in.has_identity = true;
    made.out.vintage_day = vintage;
    for (const auto& [identity, content] : rows) made.event(event_of(identity, content));
    return made;
}

/// The figures of all visible rows together.
std::int64_t sum(Store& store, Day as_of = always) {
    const auto groups = must(store.aggregate({.unit = Unit::World, .quantity = Quantity::Best}, "s", as_of));
    return groups.empty() ? -1 : groups[0].sum_milli / 1000;
}

TEST(Append, AFileWithoutIdentityKeepsEqualRows) {
    auto store = memory_store();
    Made made("a.csv", "s");
    for (int i = 0; i < 3; ++i) made.event(event_of(1, 5));
    const auto receipt = must(append(*store, made));
    EXPECT_EQ(receipt.stored, 3);
    EXPECT_EQ(receipt.known, 0);
    EXPECT_EQ(sum(*store), 15);
}

TEST(Append, EqualRowsOfOneFileAreKnownAndTheLowestLineStays) {
    for (const int threads : {1, 2}) {
        auto store = memory_store(threads);
        Made made("a.csv", "s");
        made.in.has_identity = true;
        for (std::uint64_t i = 0; i < 20'000; ++i) made.add(&Batch::events, event_of(i % 7'000 + 1, i % 7'000), 64);
        const auto receipt = must(append(*store, made, threads));
        EXPECT_EQ(receipt.rows, 20'000);
        EXPECT_EQ(receipt.stored, 7'000);
        EXPECT_EQ(receipt.known, 13'000);
        EXPECT_EQ(receipt.records, 7'000);
        EXPECT_EQ(receipt.revised, 0);
        const auto traces = must(store->lineage({.unit = Unit::World}, "s", always, {{"world", 50, 50}}, 10'000));
        ASSERT_EQ(traces[0].lines.size(), 7'000U);
        EXPECT_EQ(traces[0].lines.back().line, 7'000);
    }
}

TEST(Append, RowsOfAnEarlierFileAreKnown) {
    auto store = memory_store(2);
    must(append(*store, file_of("a.csv", {{1, 10}, {2, 20}})));
    const auto receipt = must(append(*store, file_of("b.csv", {{2, 20}, {3, 30}, {3, 30}, {1, 10}}), 2));
    EXPECT_EQ(receipt.rows, 4);
    EXPECT_EQ(receipt.stored, 1);
    EXPECT_EQ(receipt.known, 3);
    EXPECT_EQ(receipt.revised, 0);
    EXPECT_EQ(sum(*store), 60);
    Made other = file_of("c.csv", {{1, 10}});
    other.in.source = "other";
    EXPECT_EQ(must(append(*store, other)).stored, 1) << "another source has identities of its own";
}

/// Small files of one source in a row are looked at before they are stored, large ones stream past the store's
/// identities.
TEST(Append, SmallFilesAndLargeOnesComeToTheSame) {
    const auto figures_of = [](std::int64_t bytes) {
        const auto store = memory_store(2);
        std::mt19937_64 random(3);
        std::vector<std::int64_t> out;
        for (int i = 0; i < 16; ++i) {
            // Some files are all new, some repeat identities of earlier ones with the same content or another; one
            // comes from elsewhere.
            const std::uint64_t among = i % 3 == 0 ? std::uint64_t{1} << 62 : 150;
            Made made = file_of("f" + std::to_string(i), {}, d(2020, 1, 1) + static_cast<int>(random() % 20));
            if (i == 11) made.in.source = "another";
            made.in.bytes = bytes;
            for (int row = 0; row < 40; ++row) {
                const std::uint64_t identity = random() % among * 0x9E3779B97F4A7C15ULL;
                made.event(event_of(identity, random() % 3 + 1));
            }
            const Receipt receipt = must(append(*store, made, 2));
            out.insert(out.end(), {receipt.stored, receipt.known, receipt.revised, receipt.records});
        }
        EXPECT_GT(std::accumulate(out.begin(), out.end(), std::int64_t{0}), 16 * 40);
        for (int day = 0; day < 25; day += 4) out.push_back(sum(*store, d(2020, 1, 1) + day));
        return out;
    };
    EXPECT_EQ(figures_of(1000), figures_of(1'000'000'000));
}

TEST(Append, TheSameBytesAgainAreAllKnown) {
    auto store = memory_store();
    Made made("a.csv", "s");
    made.event(event_of(0, 1));
    made.event(event_of(0, 1));
    made.out.rows = 3;
    made.out.rejected = 1;
    made.out.rejects.push_back({3, 1, "day", "x", "not a day", "give a day"});
    const auto first = must(append(*store, made));
    const auto again = must(append(*store, made));
    EXPECT_EQ(again.file, first.file);
    EXPECT_EQ(again.stored, 0);
    EXPECT_EQ(again.known, 3);
    EXPECT_EQ(again.rejected, 0);
    EXPECT_EQ(must(store->files()).size(), 1U);
    EXPECT_EQ(must(store->rejects("", 10)).size(), 1U);
    EXPECT_EQ(must(store->file_with("a.csv"))->id, first.file);
    EXPECT_FALSE(must(store->file_with("b.csv")).has_value());
    EXPECT_TRUE(must(store->has_file_of_size(5)));
    EXPECT_FALSE(must(store->has_file_of_size(6)));
}

TEST(Append, OneRowOfSeveralRecordsIsOneRow) {
    auto store = memory_store();
    Made made("a.csv", "s", RecordKind::Observation);
    made.in.has_identity = true;
    auto& terms = store->terms();
    for (int line = 1; line <= 4; ++line) {
        for (const char* measure : {"idps", "refugees"}) {
            Observation one;
            one.line = line;
            one.identity = one.content = static_cast<std::uint64_t>(line <= 2 ? 1 : line);  // line 2 repeats line 1
            one.first_day = one.last_day = one.known_day = d(2020, 1, line);
            one.measure = terms.id_of("measure", measure);
            one.value = line;
            made.add(&Batch::observations, one);
        }
    }
    made.out.rows = 5;
    made.out.rejected = 1;
    const auto receipt = must(append(*store, made));
    EXPECT_EQ(receipt.stored, 3);
    EXPECT_EQ(receipt.known, 1);
    EXPECT_EQ(receipt.records, 6);
    const auto files = must(store->files());
    EXPECT_EQ(files[0].first_day, d(2020, 1, 1));
    EXPECT_EQ(files[0].last_day, d(2020, 1, 4));
    EXPECT_EQ(files[0].newest_known_day, d(2020, 1, 4));
    EXPECT_EQ(files[0].records, 6);
}

TEST(Append, CountsThatDoNotAddUpRefuseTheFile) {
    auto store = memory_store();
    Made made("a.csv", "s");
    made.event(event_of(0, 1));
    made.out.rows = 2;
    const auto receipt = append(*store, made);
    ASSERT_FALSE(receipt);
    EXPECT_EQ(render(receipt.error()),
              "a.csv: error[counts-not-conserved]: 2 rows were read, but 1 stored + 0 rejected + 0 known are 1 "
              "(nothing of the file was stored; please report this file's card)");
    EXPECT_TRUE(must(store->files()).empty());
    EXPECT_EQ(sum(*store), -1);
}

TEST(Append, AnErrorOfPullOrCloseLeavesNothingBehind) {
    auto store = memory_store(2);
    Made made("a.csv", "s");
    for (int i = 0; i < 1000; ++i) {
        Event event = event_of(0, 1);
        event.place = store->terms().id_of("iso3", "P" + std::to_string(i));
        made.event(event);
    }
    std::size_t next = 0;
    const Pull pull = [&](Batch& out) -> Result<bool> {
        static std::mutex mutex;
        const std::scoped_lock lock(mutex);
        if (next == 5) return fail(Fault::Data, "bad-quote", {"a.csv", 512, 3}, "a quote is never closed");
        out = made.batches[next++];
        return true;
    };
    auto receipt = store->append(made.in, pull, [&]() -> Result<Outgoing> { return made.out; }, 2);
    ASSERT_FALSE(receipt);
    EXPECT_EQ(render(receipt.error()), "a.csv:512:3: error[bad-quote]: a quote is never closed");

    next = 0;
    const Pull good = [&](Batch& out) -> Result<bool> {
        if (next == made.batches.size()) return false;
        out = made.batches[next++];
        return true;
    };
    receipt = store->append(
        made.in, good,
        []() -> Result<Outgoing> {
            return fail(Fault::Data, "too-many-rejects", {"a.csv"}, "5 % of the rows are broken");
        },
        1);
    ASSERT_FALSE(receipt);
    EXPECT_EQ(receipt.error().code, "too-many-rejects");
    EXPECT_TRUE(must(store->files()).empty());
    EXPECT_EQ(sum(*store), -1);
    EXPECT_EQ(must(append(*store, made)).stored, 1000) << "and the store still works";
}

TEST(Append, TermsOfARefusedFileGoWithTheNext) {
    const Folder folder;
    const std::string path = folder.file("s.duckdb");
    {
        auto store = must(open_duckdb(path, Access::ReadWrite, 1));
        Made bad("bad.csv", "s");
        Event event = event_of(0, 1);
        event.place = store->terms().id_of("iso3", "BAD");
        bad.event(event);
        bad.out.rows = 7;
        EXPECT_FALSE(append(*store, bad));
        Made good("good.csv", "s");
        event.place = store->terms().id_of("iso3", "GOOD");
        good.event(event);
        must(append(*store, good));
    }
    auto store = must(open_duckdb(path, Access::ReadOnly, 1));
    EXPECT_EQ(store->terms().size(), 2);
    EXPECT_EQ(must(store->aggregate({}, "s", always))[0].unit, "iso3:GOOD");
}

TEST(Append, WideTextsAndBrokenBytesInRejectsAreKept) {
    auto store = memory_store();
    Made made("a'b.csv", "s");
    made.out.rows = 1;
    made.out.rejected = 1;
    made.out.rejects.push_back({1, 2, "day", std::string("na\xefve\0x", 7), "it's \"not\" a day", "法"});
    must(append(*store, made));
    const auto rejects = must(store->rejects("s", 5));
    ASSERT_EQ(rejects.size(), 1U);
    EXPECT_EQ(rejects[0].file, "a'b.csv");
    EXPECT_EQ(rejects[0].reject.text, "na\u00efvex");
    EXPECT_EQ(rejects[0].reject.cure, "法");
    EXPECT_EQ(rejects[0].reject.column, 2);
}

TEST(Append, CoverageComesBackAsItWent) {
    auto store = memory_store();
    Made made("a.csv", "s");
    made.out.vintage_day = d(2021, 6, 1);
    made.event(event_of(0, 1));
    made.out.coverage = {{true, d(1989, 1, 1), d(2020, 12, 31), {}, {"battle", "one-sided"}},
                         {false, d(1980, 1, 1), no_day, {"syr", "o'brien"}, {}}};
    must(append(*store, made));
    const auto covered = must(store->coverage("s", last_possible_day));
    ASSERT_EQ(covered.size(), 2U);
    EXPECT_EQ(covered[0].coverage.places, (std::vector<std::string>{"syr", "o'brien"}));
    EXPECT_FALSE(covered[0].coverage.complete);
    EXPECT_EQ(covered[0].coverage.last_day, no_day);
    EXPECT_TRUE(covered[1].coverage.complete);
    EXPECT_EQ(covered[1].coverage.kinds, (std::vector<std::string>{"battle", "one-sided"}));
    EXPECT_TRUE(covered[1].coverage.places.empty());
    EXPECT_EQ(covered[1].vintage_day, d(2021, 6, 1));
    EXPECT_EQ(covered[1].newest_known_day, d(2020, 1, 1));
    EXPECT_TRUE(must(store->coverage("other", last_possible_day)).empty());
}

TEST(Append, AnExchangeFileDoesNotCountBesideAnotherOfItsDays) {
    const auto of = [](const char* path, const char* card, int first, int last) {
        Made made(path, "s");
        made.in.card = card;
        for (const int day : {first, last}) {
            Event event;
            event.first_day = event.last_day = event.known_day = Day{day};
            event.content = static_cast<std::uint64_t>(day);
            made.event(event);
        }
        return made;
    };
    const auto answer = [&](Store& store, const Made& made) {
        const auto receipt = append(store, made);
        return receipt ? "stored" : render(receipt.error());
    };
    auto store = memory_store();
    EXPECT_EQ(answer(*store, of("own.csv", "", 100, 200)), "stored");
    EXPECT_EQ(answer(*store, of("own-2.csv", "s", 150, 300)), "stored")
        << "two files of the publisher may overlap: its own identities tell";
    EXPECT_EQ(answer(*store, of("shared.csv", "icosa-events", 300, 400)),
              "shared.csv: error[counted-twice]: this exchange file has records of 's' of days that the publisher's "
              "file 'own-2.csv' in the store has, and each would count twice "
              "(nothing of it is stored; keep one of the two: read this one into another store with --db)");
    EXPECT_EQ(answer(*store, of("later.csv", "icosa-events", 301, 400)), "stored") << "other days are other records";
    EXPECT_EQ(answer(*store, of("later-too.csv", "icosa-events", 400, 500)).substr(0, 40),
              "later-too.csv: error[counted-twice]: thi");
    EXPECT_NE(
        answer(*store, of("own-3.csv", "s", 350, 360))
            .find(
                "this publisher's file has records of 's' of days that the exchange file 'later.csv' in the store has"),
        std::string::npos);
    const auto files = must(store->files());
    ASSERT_EQ(files.size(), 3U);
    EXPECT_EQ(files[0].card, "s");
    EXPECT_EQ(files[2].card, "icosa-events");
    EXPECT_EQ(must(store->aggregate({.unit = Unit::World, .period = PeriodKind::Year}, "s", always)).size(), 2U);
    Made undated("undated.csv", "s");
    undated.in.card = "icosa-events";
    undated.event({});
    EXPECT_NE(answer(*store, undated), "stored") << "days that are not known may be any";
}

// Editions: 10 in the first, 11 in the second, of one identity; a second identity stays as it is.
TEST(Bitemporal, TheNewestEditionOfItsDay) {
    auto store = memory_store();
    must(append(*store, file_of("v1", {{1, 10}, {2, 5}}, d(2020, 6, 1))));
    const auto receipt = must(append(*store, file_of("v2", {{1, 11}, {2, 5}}, d(2021, 6, 1))));
    EXPECT_EQ(receipt.stored, 1);
    EXPECT_EQ(receipt.known, 1);
    EXPECT_EQ(receipt.revised, 1);
    EXPECT_EQ(sum(*store, d(2022, 1, 1)), 16);
    EXPECT_EQ(sum(*store, d(2021, 6, 1)), 16);
    EXPECT_EQ(sum(*store, d(2021, 5, 31)), 15);
    EXPECT_EQ(sum(*store, d(2020, 6, 1)), 15);
    EXPECT_EQ(sum(*store, d(2020, 3, 1)), 15) << "no edition yet: the earliest whose known day has come";
    EXPECT_EQ(sum(*store, d(2019, 12, 31)), -1);
    EXPECT_TRUE(must(store->is_pseudo_real_time("s", d(2020, 3, 1))));
    EXPECT_FALSE(must(store->is_pseudo_real_time("s", d(2020, 7, 1))))
        << "the edition of June 2020 holds; what a later one says is not seen";
    EXPECT_FALSE(must(store->is_pseudo_real_time("s", d(2021, 7, 1))));
    const auto trace = must(store->lineage({.unit = Unit::World}, "s", d(2020, 12, 1), {{"world", 50, 50}}, 5));
    ASSERT_EQ(trace[0].lines.size(), 2U);
    EXPECT_EQ(trace[0].lines[0].file, "v1");
}

TEST(Bitemporal, TheOrderOfReadingDoesNotMatter) {
    auto store = memory_store();
    must(append(*store, file_of("v2", {{1, 11}}, d(2021, 6, 1))));
    must(append(*store, file_of("v1", {{1, 10}}, d(2020, 6, 1))));
    EXPECT_EQ(sum(*store, d(2022, 1, 1)), 11);
    EXPECT_EQ(sum(*store, d(2020, 7, 1)), 10);
    EXPECT_EQ(sum(*store, d(2020, 2, 1)), 10);
}

TEST(Bitemporal, AnOldContentThatComesBackIsNews) {
    auto store = memory_store();
    must(append(*store, file_of("v1", {{1, 10}}, d(2020, 6, 1))));
    must(append(*store, file_of("v2", {{1, 11}}, d(2021, 6, 1))));
    const auto receipt = must(append(*store, file_of("v3", {{1, 10}}, d(2022, 6, 1))));
    EXPECT_EQ(receipt.revised, 1);
    EXPECT_EQ(sum(*store, d(2021, 7, 1)), 11);
    EXPECT_EQ(sum(*store, d(2022, 7, 1)), 10);
    EXPECT_EQ(must(append(*store, file_of("v4", {{1, 10}}, d(2023, 6, 1)))).known, 1);
}

TEST(Bitemporal, WithinOneFileTheLaterLineHolds) {
    auto store = memory_store();
    const auto receipt = must(append(*store, file_of("v1", {{1, 10}, {1, 12}, {1, 10}, {2, 1}}, d(2020, 6, 1))));
    EXPECT_EQ(receipt.stored, 3);
    EXPECT_EQ(receipt.known, 1);
    EXPECT_EQ(receipt.revised, 1);
    EXPECT_EQ(sum(*store, d(2020, 7, 1)), 13);
    EXPECT_EQ(sum(*store, d(2020, 2, 1)), 13);
}

TEST(Bitemporal, WithoutEditionDaysTheFileReadLastHolds) {
    auto store = memory_store();
    must(append(*store, file_of("a", {{1, 10}})));
    must(append(*store, file_of("b", {{1, 11}})));
    EXPECT_EQ(sum(*store), 11);
    must(append(*store, file_of("c", {{1, 12}}, d(2021, 1, 1))));
    EXPECT_EQ(sum(*store, d(2020, 6, 1)), 12) << "an edition of a known day comes before one of unknown day";
    EXPECT_EQ(sum(*store, d(2021, 6, 1)), 12);
}

TEST(Bitemporal, NothingOfALaterDayIsSeen) {
    auto store = memory_store();
    Made made("a.csv", "s");
    made.event(event_of(0, 1, d(2020, 1, 1)));
    made.event(event_of(0, 2, d(2020, 2, 1)));
    must(append(*store, made));
    EXPECT_EQ(sum(*store, d(2020, 1, 31)), 1);
    EXPECT_EQ(sum(*store, d(2020, 2, 1)), 3);
    EXPECT_EQ(must(store->files()).front().newest_known_day, d(2020, 2, 1));
}

}  // namespace
}  // namespace icosa::store
