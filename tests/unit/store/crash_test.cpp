/// kill -9 at fifty moments of an ingest: each file is wholly there or wholly absent, and the next ingest completes.
#include <random>

#include "child.hpp"
#include "fixture.hpp"
#include "store/duck.hpp"

namespace icosa::store {
namespace {

constexpr int files = 6;
constexpr int rows_of[files] = {130'000, 300, 1, 20'000, 5'000, 9'000};

Made file_number(int index, TermTable& terms) {
    Made made("file-" + std::to_string(index), "s");
    made.in.has_identity = true;
    made.out.vintage_day = d(2020 + index, 1, 1);
    made.out.coverage = {{true, d(2000, 1, 1), d(2010, 1, 1), {"syr"}, {}}};
    made.out.rejects.push_back({1, 1, "day", "x", "not a day", "give a day"});
    std::vector<TermId> places;
    for (int i = 0; i < 50; ++i) places.push_back(terms.id_of("iso3", "P" + std::to_string(index) + "-" + std::to_string(i)));
    for (int i = 0; i < rows_of[index]; ++i) {
        Event event;
        event.first_day = event.last_day = event.known_day = d(2000, 1, 1) + i % 3000;
        // The fourth file revises a part of the first.
        event.identity = static_cast<std::uint64_t>(index == 3 && i < 1000 ? i : index * 1'000'000 + i) * 0x9E3779B97F4A7C15ULL;
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
    for (int i = 0; i < files; ++i) must(append(*store, file_number(i, store->terms()), 2));
}

/// Every table agrees with the list of files, seen by a plain client of the engine.
void expect_whole(const std::string& path) {
    auto connection = must(duck::Connection::open(path, {}));
    const auto count = [&](const char* sql) { return must(connection.count(sql)); };
    EXPECT_EQ(count("SELECT count(*) FROM event_row ANTI JOIN file ON file.id = event_row.file"), 0);
    EXPECT_EQ(count("SELECT count(*) FROM coverage ANTI JOIN file ON file.id = coverage.file"), 0);
    EXPECT_EQ(count("SELECT count(*) FROM reject ANTI JOIN file ON file.id = reject.file"), 0);
    EXPECT_EQ(count("SELECT count(*) FROM event_row e ANTI JOIN term t ON t.id = e.place"), 0);
    EXPECT_EQ(count("SELECT count(*) FROM file f WHERE f.stored <> (SELECT count(*) FROM event_row e WHERE e.file = f.id)"), 0);
    EXPECT_EQ(count("SELECT count(*) FROM file f WHERE 1 <> (SELECT count(*) FROM coverage c WHERE c.file = f.id) OR 1 <> (SELECT count(*) FROM reject r WHERE r.file = f.id)"), 0);
    EXPECT_EQ(count("SELECT count(*) FROM file f WHERE f.revised > 0"), count("SELECT count(*) // 1000 FROM revision"));
    EXPECT_EQ(count("SELECT count(DISTINCT id) FROM term"), count("SELECT count(*) FROM term"));
}

TEST(Crash, FiftyMoments) {
    // How long an undisturbed ingest takes here, from its first word to its end.
    double whole_ms = 0;
    {
        const Folder folder;
        Child child("Ingests", folder.file("s.duckdb"));
        ASSERT_TRUE(child.has_said("begins"));
        const auto start = std::chrono::steady_clock::now();
        ASSERT_EQ(child.wait(), 0) << child.said();
        whole_ms = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
    }
    std::mt19937 random(50);
    int cut = 0;
    for (int moment = 0; moment < 50; ++moment) {
        const Folder folder;
        const std::string path = folder.file("s.duckdb");
        Child child("Ingests", path);
        ASSERT_TRUE(child.has_said("begins"));
        std::this_thread::sleep_for(std::chrono::duration<double, std::milli>(whole_ms * static_cast<double>(random() % 1000) / 1000));
        cut += child.kill() == -1;
        {
            const auto store = must(open_duckdb(path, Access::ReadWrite, 2));
            const auto before = must(store->files());
            for (std::size_t i = 0; i < before.size(); ++i) {
                EXPECT_EQ(before[i].path, "file-" + std::to_string(i)) << "files come in order";
                EXPECT_EQ(before[i].stored, rows_of[i]);
            }
        }
        expect_whole(path);
        {
            const auto store = must(open_duckdb(path, Access::ReadWrite, 2));
            for (int i = static_cast<int>(must(store->files()).size()); i < files; ++i) EXPECT_EQ(must(append(*store, file_number(i, store->terms()), 2)).stored, rows_of[i]);
            const auto groups = must(store->aggregate({.unit = Unit::World, .period = PeriodKind::Year}, "s", always));
            std::int64_t rows = 0;
            for (const auto& group : groups) rows += group.rows;
            EXPECT_EQ(rows, 130'000 + 300 + 1 + 20'000 + 5'000 + 9'000 - 1'000);
        }
        expect_whole(path);
    }
    EXPECT_GE(cut, 40) << "most moments must fall within the ingest";
}

}  // namespace
}  // namespace icosa::store
