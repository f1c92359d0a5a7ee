/// kill -9 at fifty moments of an ingest: each file is wholly there or wholly absent, and the next ingest completes.
#include <random>

#include "child.hpp"
#include "fixture.hpp"
#include "store/duck.hpp"

namespace icosa::store {
namespace {

constexpr int rows_of[] = {130'000, 300, 1, 20'000, 5'000, 9'000};
int rows(int file) { return rows_of[file % 6]; }

Made file_number(int index, TermTable& terms) {
    Made made("file-" + std::to_string(index), "s");
    made.in.has_identity = true;
    made.out.vintage_day = d(2020, 1, 1) + index;
    made.out.coverage = {{true, d(2000, 1, 1), d(2010, 1, 1), {"syr"}, {}}};
    made.out.rows = made.out.rejected = 1;
    made.out.rejects.push_back({1, 1, "day", "x", "not a day", "give a day"});
    std::vector<TermId> places;
    for (int i = 0; i < 50; ++i)
        places.push_back(terms.id_of("iso3", "P" + std::to_string(index) + "-" + std::to_string(i)));
    for (int i = 0; i < rows(index); ++i) {
        Event event;
        event.first_day = event.last_day = event.known_day = d(2000, 1, 1) + i % 3000;
        // The fourth of each six revises a part of the first.
        const int like = index % 6 == 3 && i < 1000 ? index - 3 : index;
        event.identity = static_cast<std::uint64_t>(like * 1'000'000 + i + 1) * 0x9E3779B97F4A7C15ULL;
        event.content = static_cast<std::uint64_t>(index * 1'000'000 + i);
        event.place = places[static_cast<std::size_t>(i % 50)];
        event.latitude_microdeg = i;
        made.add(&Batch::events, event, 2048);
    }
    return made;
}

TEST(Child, DISABLED_Ingests) {
    std::puts("begins");
    std::fflush(stdout);
    const auto store = must(open_duckdb(store_of_child(), Access::ReadWrite, 2));
    for (int i = 0; i < 600; ++i) {
        must(append(*store, file_number(i, store->terms()), 2));
        std::printf("stored %d\n", i + 1);
        std::fflush(stdout);
    }
}

/// Every table agrees with the list of files, seen by a plain client of the engine.
void expect_whole(const std::string& path) {
    auto connection = must(duck::Connection::open(path, {}));
    const auto count = [&](const char* sql) { return must(connection.count(sql)); };
    EXPECT_EQ(count("SELECT count(*) FROM event_row ANTI JOIN file ON file.id = event_row.file"), 0);
    EXPECT_EQ(count("SELECT count(*) FROM coverage ANTI JOIN file ON file.id = coverage.file"), 0);
    EXPECT_EQ(count("SELECT count(*) FROM reject ANTI JOIN file ON file.id = reject.file"), 0);
    EXPECT_EQ(count("SELECT count(*) FROM event_row e ANTI JOIN term t ON t.id = e.place"), 0);
    EXPECT_EQ(count("SELECT count(*) FROM file f ANTI JOIN (SELECT file, count(*) AS n FROM event_row GROUP BY file) e "
                    "ON e.file = f.id AND e.n = f.stored"),
              0);
    EXPECT_EQ(count("SELECT count(*) FROM file f ANTI JOIN (SELECT file FROM coverage JOIN reject USING (file) GROUP "
                    "BY file HAVING count(*) = 1) c ON c.file = f.id"),
              0);
    EXPECT_EQ(count("SELECT coalesce(sum(revised), 0)::BIGINT FROM file"), count("SELECT count(*) FROM revision"));
    EXPECT_EQ(count("SELECT count(DISTINCT id) FROM term"), count("SELECT count(*) FROM term"));
}

/// As the engine may leave them of a process that was killed within a commit.
TEST(Crash, RowsWithoutTheirFileGoAtTheNextOpening) {
    const Folder folder;
    const std::string path = folder.file("s.duckdb");
    {
        const auto store = must(open_duckdb(path, Access::ReadWrite, 2));
        must(append(*store, file_number(0, store->terms()), 2));
    }
    {
        auto connection = must(duck::Connection::open(path, {}));
        must(connection.run("INSERT INTO event_row SELECT * REPLACE (file + 1 AS file) FROM event_row"));
    }
    {
        const auto reader = must(open_duckdb(path, Access::ReadOnly, 2));
        const auto groups = must(reader->aggregate({.unit = Unit::World, .period = PeriodKind::Year}, "s", always));
        std::int64_t seen = 0;
        for (const auto& group : groups) seen += group.rows;
        EXPECT_EQ(seen, rows(0)) << "nothing reads them";
    }
    {
        const auto store = must(open_duckdb(path, Access::ReadWrite, 2));
        EXPECT_EQ(must(append(*store, file_number(1, store->terms()), 2)).stored, rows(1));
    }
    expect_whole(path);
}

TEST(Crash, FiftyMoments) {
    std::mt19937 random(50);
    std::size_t most = 0, fewest = 1000;
    for (int moment = 0; moment < 50; ++moment) {
        const Folder folder;
        const std::string path = folder.file("s.duckdb");
        Child child("Ingests", path);
        // Counted in files, not in time alone: a busy machine gets less far in a while than an idle one.
        const int after = moment % 4;
        ASSERT_TRUE(child.has_said(after == 0 ? "begins" : "stored " + std::to_string(after) + "\n"));
        std::this_thread::sleep_for(std::chrono::microseconds(random() % 200'000));
        ASSERT_EQ(child.kill(), -1) << "it ended by itself: " << child.said();
        if (std::filesystem::exists(path)) {
            static_cast<void>(must(open_duckdb(path, Access::ReadWrite, 2)));
            expect_whole(path);
        }
        {
            const auto store = must(open_duckdb(path, Access::ReadWrite, 2));
            const auto before = must(store->files());
            for (std::size_t i = 0; i < before.size(); ++i) {
                EXPECT_EQ(before[i].path, "file-" + std::to_string(i)) << "files come in order";
                EXPECT_EQ(before[i].stored, rows(static_cast<int>(i)));
            }
            most = std::max(most, before.size());
            fewest = std::min(fewest, before.size());
            const int next = static_cast<int>(before.size());
            EXPECT_EQ(must(append(*store, file_number(next, store->terms()), 2)).stored, rows(next));
            std::int64_t seen = 0, expected = 0;
            for (const auto& group :
                 must(store->aggregate({.unit = Unit::World, .period = PeriodKind::Year}, "s", always)))
                seen += group.rows;
            for (int i = 0; i <= next; ++i) expected += rows(i) - (i % 6 == 3 ? 1000 : 0);
            EXPECT_EQ(seen, expected);
        }
        expect_whole(path);
    }
    EXPECT_EQ(fewest, 0U) << "some moments must fall within the first file";
    EXPECT_GE(most, 2U) << "and some after several";
}

}  // namespace
}  // namespace icosa::store
