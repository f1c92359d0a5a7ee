/// Opening: what a user can do wrong, and what is said then.
#include <sys/resource.h>

#include <fstream>

#include "child.hpp"
#include "fixture.hpp"
#include "store/duck.hpp"
#include "store/schema.hpp"

namespace icosa::store {
namespace {

std::string error_of(const std::string& path, Access access = Access::ReadWrite) {
    const auto store = open_duckdb(path, access, 1);
    return store ? "opened" : render(store.error());
}

Event event_of(int day) {
    Event event;
    event.first_day = event.last_day = event.known_day = Day{day};
    return event;
}

TEST(Child, DISABLED_Holds) {
    const auto store = must(open_duckdb(store_of_child(), Access::ReadWrite, 1));
    std::puts("held");
    std::fflush(stdout);
    std::this_thread::sleep_for(std::chrono::seconds(60));
}

TEST(Child, DISABLED_RunsOutOfDisk) {
    ::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{3'000'000, 3'000'000};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    const auto store = must(open_duckdb(store_of_child(), Access::ReadWrite, 2));
    Made made("big.csv", "s");
    for (std::uint32_t i = 0; i < 400'000; ++i) {
        Event event = event_of(static_cast<int>(i * 7919 % 20'000));
        event.latitude_microdeg = static_cast<int>(i * 2654435761U % 90'000'000U);
        event.longitude_microdeg = static_cast<int>(i * 40503977U % 90'000'000U);
        made.add(&Batch::events, event, 2048);
    }
    const auto receipt = append(*store, made, 2);
    std::puts(receipt ? "stored" : render(receipt.error()).c_str());
}

TEST(Open, ASecondProcess) {
    const Folder folder;
    const std::string path = folder.file("s.duckdb");
    Child child("Holds", path);
    ASSERT_TRUE(child.has_said("held"));
    for (const auto access : {Access::ReadWrite, Access::ReadOnly}) {
        const std::string error = error_of(path, access);
        EXPECT_TRUE(error.starts_with(path + ": error[store-locked]: the store is open in another process (process "))
            << error;
        EXPECT_TRUE(error.ends_with("(close that program, or give another file with --db)")) << error;
    }
    child.kill();
    EXPECT_EQ(error_of(path), "opened");
}

TEST(Open, AReaderDoesNotWrite) {
    const Folder folder;
    const std::string path = folder.file("s.duckdb");
    EXPECT_EQ(error_of(path), "opened");
    const auto one = must(open_duckdb(path, Access::ReadOnly, 1));
    EXPECT_EQ(one->append({}, {}, {}, 1).error().code, "store-not-writable");
}

TEST(Open, NotADatabase) {
    const Folder folder;
    const std::string path = folder.file("s.duckdb");
    std::ofstream(path) << std::string(5000, 'x');
    EXPECT_EQ(error_of(path), path + ": error[not-a-store]: the file is not a DuckDB database (give another file "
"with --db; a new one is made where none is)");
    std::ofstream(folder.file("t.csv")) << "a,b\n1,2\n";  // the engine alone would open a table as a view
    EXPECT_EQ(error_of(folder.file("t.csv")),
              std::string(folder.file("t.csv"))
                  .append(": error[not-a-store]: the file is not a DuckDB database (give another file "
                          "with --db; a new one is made where none is)"));
    EXPECT_EQ(
        error_of(folder.file("")),
        folder.file("") + ": error[not-a-store]: this is a folder, not a DuckDB database (give a file with --db)");
}

TEST(Open, WhatIsNoFileIsLeftAlone) {
    const Folder folder;
    const std::string pipe = folder.file("pipe");
    ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
    EXPECT_EQ(
        error_of(pipe),
        std::string(pipe).append(": error[not-a-store]: this is not a file that could hold a database (give another "
                                 "with --db; a new one is made where none is)"));
    EXPECT_EQ(std::filesystem::status(pipe).type(), std::filesystem::file_type::fifo);
}

TEST(Open, ANameThatBeginsLikeAHomeFolder) {
    const Folder folder;
    const auto here = std::filesystem::current_path();
    std::filesystem::current_path(folder.file(""));
    EXPECT_EQ(error_of("~s.duckdb"), "opened");
    EXPECT_TRUE(std::filesystem::exists("~s.duckdb"));
    EXPECT_FALSE(std::filesystem::exists("~s.duckdb.new"));
    std::filesystem::current_path(here);
}

TEST(Open, SomeoneElsesDatabase) {
    const Folder folder;
    const std::string path = folder.file("s.duckdb");
    must(must(duck::Connection::open(path, {})).run("CREATE TABLE budget (x INTEGER)"));
    EXPECT_EQ(error_of(path), path + ": error[not-a-store]: the file is a DuckDB database of something else: it has "
"tables, but not Icosa's (give another file with --db)");
}

TEST(Open, ALaterSchema) {
    const Folder folder;
    const std::string path = folder.file("s.duckdb");
    EXPECT_EQ(error_of(path), "opened");
    must(must(duck::Connection::open(path, {})).run("UPDATE meta SET value = '99' WHERE key = 'schema_version'"));
    EXPECT_EQ(error_of(path), path + ": error[store-of-later-schema]: the store has schema 99, this program knows "
"up to 6 (use the newer Icosa that wrote it, or ingest into another file with "
"--db)");
}

TEST(Open, AnEarlierSchema) {
    const Folder folder;
    const std::string path = folder.file("s.duckdb");
    EXPECT_EQ(error_of(path), "opened");
    must(must(duck::Connection::open(path, {})).run("UPDATE meta SET value = '1' WHERE key = 'schema_version'"));
    for (const auto access : {Access::ReadWrite, Access::ReadOnly})
        EXPECT_EQ(
            error_of(path, access),
            std::string(path).append(": error[store-of-earlier-schema]: the store has schema 1, this program needs "
                                     "6 (ingest the files again into a new one with --db)"));
    must(must(duck::Connection::open(path, {}))
             .run("INSERT INTO file (id, path) VALUES (2, 'it''s b.csv'), (1, 'a/1.csv')"));
    const std::string error = error_of(path);
    EXPECT_TRUE(error.ends_with(
        "(ingest the files again into a new one with --db: icosa ingest a/1.csv 'it'\\''s b.csv' --db NEW)"))
        << error;
    must(must(duck::Connection::open(path, {}))
             .run("INSERT INTO file (id, path) SELECT i, i || '.csv' FROM range(3, 25) r(i)"));
    const std::string longer = error_of(path);
    EXPECT_TRUE(longer.ends_with(" 20.csv --db NEW; and 4 more that SELECT path FROM file lists)")) << longer;
}

TEST(Library, IsOneThatTheStoreKnows) {
    must(duck::check_library(library_version()));
    std::ifstream known(ICOSA_ROOT
                        "/third_party/duckdb/version");  // written by scripts/setup; not there beside a system one
    if (std::string version; known >> version) {
        EXPECT_EQ(library_version(), "v" + version) << "run `make setup`";
    }
}

TEST(Library, TooOld) {
    for (const char* version : {"v1.5.0", "v1.5.6", "v1.5.7-dev12", "1.5.6", "v1.10.0", "v2.0.0"})
        EXPECT_TRUE(duck::check_library(version)) << version;
    for (const char* version : {"v1.4.4", "v1.4.10", "v0.10.3", "v0.0.1", "v1", "", "a.b"})
        EXPECT_FALSE(duck::check_library(version)) << version;
    const std::string error = render(duck::check_library("v1.4.4").error());
    EXPECT_TRUE(
        error.ends_with("duckdb.so: error[library-too-old]: this DuckDB library is v1.4.4, Icosa needs v1.5.0 or later "
                        "(put a newer one in its place; `make setup` fetches the one that Icosa is tested with)"))
        << error;
}

/// The number of the format in the head of a DuckDB file.
int format_of(const std::string& path) {
    char head[16] = {};
    std::ifstream(path, std::ios::binary).read(head, sizeof head);
    return static_cast<unsigned char>(head[12]);
}

TEST(Open, AnyClientSince10ReadsANewStore) {
    const Folder folder;
    const std::string path = folder.file("s.duckdb");
    for (int i = 0; i < 2; ++i) {
        const auto store = must(open_duckdb(path, Access::ReadWrite, 2));
        Made made(std::to_string(i) + ".csv", "s");
        for (int day = 0; day < 300'000; ++day) made.add(&Batch::events, event_of(day % 20'000), 2048);
        must(append(*store, made, 2));
    }
    EXPECT_EQ(format_of(path), 64) << "docs/schema.md says that clients since DuckDB 1.0 open the file";
}

TEST(Open, StoresOfOlderDuckdbs) {
    const Folder folder;
    // What DuckDB 1.4 writes unasked, and what it writes when its newest format is asked for.
    for (const auto& [version, format] : {std::pair("v1.0.0", 64), std::pair("v1.4.0", 67)}) {
        const std::string path = folder.file(version);
        {
            auto old = must(duck::Connection::open(path, {{"storage_compatibility_version", version}}));
            must(create_schema(old));
        }
        Made made("a.csv", "s");
        made.event(event_of(100));
        must(append(*must(open_duckdb(path, Access::ReadWrite, 1)), made));
        EXPECT_EQ(format_of(path), format);
        const auto store = must(open_duckdb(path, Access::ReadWrite, 1));
        EXPECT_TRUE(must(store->file_with("a.csv")));
        EXPECT_EQ(must(append(*store, made)).known, 1) << "a file that the store holds is known";
        EXPECT_EQ(must(store->aggregate({.unit = Unit::World}, "s", always)).size(), 1U);
    }
}

TEST(Open, AFormatOfANewerDuckdb) {
    const Folder folder;
    const std::string path = folder.file("s.duckdb");
    EXPECT_EQ(error_of(path), "opened");
    std::fstream(path, std::ios::binary | std::ios::in | std::ios::out).seekp(52).write("v9.8.7\0", 7);
    EXPECT_EQ(render(duck::translate("IO Error: Trying to read a database file with version number 69, but we can "
                                     "only read versions between 64 and 68.",
                                     path)),
              path + ": error[store-of-other-engine]: DuckDB " + library_version()
                  + " does not read the format of this file, which v9.8.7 wrote (ingest its files anew into another "
                    "store with --db; the DuckDB that wrote it lists them: SELECT path FROM file)");
}

TEST(Open, NothingThere) {
    const Folder folder;
    const std::string path = folder.file("s.duckdb");
    EXPECT_EQ(
        error_of(path, Access::ReadOnly),
        path + ": error[no-store]: there is no store here (run `icosa ingest` first, or give its file with --db)");
    EXPECT_FALSE(std::filesystem::exists(path));
    EXPECT_EQ(error_of(folder.file("no/s.duckdb")),
              std::string(folder.file("no/s.duckdb"))
                  .append(": error[no-folder]: the folder of the store does not exist (make the folder, "
                          "or give another file with --db)"));
    std::ofstream(path).flush();
    EXPECT_EQ(error_of(path), "opened") << "an empty file is a new store";
}

TEST(Open, AReadOnlyFile) {
    const Folder folder;
    const std::string path = folder.file("s.duckdb");
    EXPECT_EQ(error_of(path), "opened");
    std::filesystem::permissions(path, std::filesystem::perms::owner_read);
    if (::geteuid() == 0) {
        std::puts("skipped: root writes to read-only files");
    } else {
        EXPECT_EQ(error_of(path), path + ": error[store-not-writable]: the store cannot be opened for writing (check "
"the rights of the file and its folder, or give another file with --db)");
    }
    EXPECT_EQ(error_of(path, Access::ReadOnly), "opened");
    EXPECT_EQ(duck::translate("IO Error: Cannot open file \"/x/s.duckdb\": Permission denied", "s").code,
              "store-not-writable");
    EXPECT_EQ(duck::translate("IO Error: Cannot open file \"/x/s.duckdb\": Read-only file system", "s").code,
              "store-not-writable");
}

TEST(Open, DiskFull) {
    const Folder folder;
    const std::string path = folder.file("s.duckdb");
    Child child("RunsOutOfDisk", path);
    EXPECT_EQ(child.wait(), 0) << child.said();
    EXPECT_NE(child.said().find(path
                                + ": error[disk-full]: the store could not be written: the disk is full or a limit is "
                                  "reached (free some space; nothing of this file was stored)"),
              std::string::npos)
        << child.said();
    const auto store = must(open_duckdb(path, Access::ReadWrite, 1));
    EXPECT_TRUE(must(store->files()).empty());
    EXPECT_TRUE(must(store->aggregate({.unit = Unit::World}, "s", always)).empty());
    Made made("small.csv", "s");
    made.event(event_of(1));
    EXPECT_EQ(must(append(*store, made)).stored, 1);
}

TEST(Open, WhatWasStoredIsThereAgain) {
    const Folder folder;
    const std::string path = folder.file("s.duckdb");
    {
        const auto store = must(open_duckdb(path, Access::ReadWrite, 2));
        Made made("a.csv", "s");
        Event event = event_of(100);
        event.place = store->terms().id_of("iso3", "FRA");
        event.code = store->terms().id_of("name", "Côte d'Ivoire");
        made.event(event);
        must(append(*store, made));
    }
    const auto store = must(open_duckdb(path, Access::ReadOnly, 2));
    EXPECT_EQ(store->terms().find("iso3", "FRA"), 1);
    EXPECT_EQ(store->terms().find("name", "Côte d'Ivoire"), 2);
    EXPECT_EQ(must(store->files()).size(), 1U);
    EXPECT_EQ(must(store->aggregate({}, "s", always))[0].unit, "iso3:FRA");
}

TEST(Open, OtherPacksOverAStoreOpenForReading) {
    const Folder folder;
    const std::string path = folder.file("s.duckdb");
    Locator nowhere{.digest = "a",
                    .place_of = [](auto, auto, auto, auto) { return std::string(); },
                    .touches = [](auto, auto) { return false; }};
    Locator sea{.digest = "b",
                .place_of = [](auto, auto, auto, auto) { return std::string("sea"); },
                .touches = [](auto, auto) { return true; }};
    {
        const auto store = must(open_duckdb(path, Access::ReadWrite, 1));
        must(store->put_dimension({}, nowhere, "a"));
        Made made("a.csv", "s");
        Event event = event_of(100);
        event.place = store->terms().id_of("iso3", "FRA");
        made.event(event);
        event.latitude_microdeg = event.longitude_microdeg = event.cell = 5;
        made.event(event);
        must(append(*store, made));
    }
    const auto units = [](Store& store) {
        std::string out;
        for (const auto& group : must(store.aggregate({}, "s", always))) out += group.unit + " ";
        return out;
    };
    {
        const auto store = must(open_duckdb(path, Access::ReadOnly, 1));
        must(store->put_dimension({{"iso3", "FRA", first_possible_day, always, "fra"}}, sea, "b"));
        EXPECT_EQ(units(*store), "fra sea ");
        must(store->put_dimension({{"iso3", "FRA", first_possible_day, always, "gaul"}}, nowhere, "c"));
        EXPECT_EQ(units(*store), "gaul ");
    }
    EXPECT_EQ(units(*must(open_duckdb(path, Access::ReadOnly, 1))), "iso3:FRA ");
}

TEST(Open, AnAppendWithoutALocatorIsMadeUpFor) {
    const Folder folder;
    const std::string path = folder.file("s.duckdb");
    Locator sea{.digest = "b",
                .place_of = [](auto, auto, auto, auto) { return std::string("sea"); },
                .touches = [](auto, auto) { return true; }};
    must(must(open_duckdb(path, Access::ReadWrite, 1))->put_dimension({}, sea, "b"));
    const auto store = must(open_duckdb(path, Access::ReadWrite, 1));
    Made made("a.csv", "s");
    Event event = event_of(100);
    event.latitude_microdeg = event.longitude_microdeg = event.cell = 5;
    made.event(event);
    must(append(*store, made));
    must(store->put_dimension({}, sea, "b"));
    EXPECT_EQ(must(store->aggregate({}, "s", always))[0].unit, "sea");
}

}  // namespace
}  // namespace icosa::store
