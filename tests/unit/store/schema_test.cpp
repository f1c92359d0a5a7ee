/// docs/schema.md is true: its columns are those of the file, and its queries run in a plain DuckDB client.
#include <algorithm>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "base/text.hpp"
#include "fixture.hpp"
#include "store/duck.hpp"

namespace icosa::store {
namespace {

std::string manual() {
    std::ifstream in(ICOSA_ROOT "/docs/schema.md");
    return (std::ostringstream() << in.rdbuf()).str();
}

std::string filled_store(const Folder& folder) {
    const std::string path = folder.file("s.duckdb");
    const auto store = must(open_duckdb(path, Access::ReadWrite, 2));
    auto& terms = store->terms();
    const Locator nowhere{.digest = "a",
                          .place_of = [](auto, auto, auto, auto) { return std::string(); },
                          .touches = [](auto, auto) { return false; }};
    must(store->put_dimension({{"iso3", "SYR", first_possible_day, always, "syr"},
                               {"name", "France", first_possible_day, always, "fra"},
                               {"name", "China", first_possible_day, always, "chn"}},
                              nowhere, "a"));
    const TermId syria = terms.id_of("iso3", "SYR"), france = terms.id_of("name", "France"),
                 china = terms.id_of("name", "China");
    for (const int edition : {2017, 2018}) {
        Made events("ged-" + std::to_string(edition) + ".csv", "ged");
        events.in.has_identity = true;
        events.out.vintage_day = d(edition, 6, 1);
        for (int i = 0; i < 10; ++i) {
            Event event;
            event.first_day = event.last_day = event.known_day = d(2016, 1 + i, 3);
            event.kind = terms.id_of("kind", "state-based-violence");
            event.place = syria;
            event.identity = static_cast<std::uint64_t>(i + 1);
            event.content = static_cast<std::uint64_t>(i == 0 ? edition : i);
            event.fatalities_best = i == 0 ? edition : i;
            events.event(event);
        }
        events.out.rejects.push_back({77, 3, "best", "many", "not a number", "give a number"});
        must(append(*store, events));
    }
    Made calls("calls.csv", "un-roll-calls", RecordKind::RollCall);
    RollCall call;
    call.roll_call = 1;
    call.day = call.known_day = d(2000, 1, 1);
    calls.add(&Batch::roll_calls, call);
    must(append(*store, calls));
    Made votes("votes.csv", "un-votes", RecordKind::Vote);
    for (const TermId voter : {france, china}) {
        Vote vote;
        vote.roll_call = 1;
        vote.voter = voter;
        vote.ballot = Ballot::Yes;
        votes.add(&Batch::votes, vote);
    }
    must(append(*store, votes));
    return path;
}

TEST(SchemaManual, ItsFiveQueriesRun) {
    const Folder folder;
    const std::string path = filled_store(folder);
    auto client = must(duck::Connection::open(path, {{"access_mode", "READ_ONLY"}}));
    const std::string text = manual();
    std::vector<std::vector<std::vector<std::string>>> answers;
    for (std::size_t at = text.find("```sql\n"); at != std::string::npos; at = text.find("```sql\n", at + 1)) {
        const std::size_t from = at + 7, to = text.find("```", from);
        auto rows = client.query(text.substr(from, to - from));
        ASSERT_TRUE(rows) << render(rows.error());
        answers.emplace_back();
        while (rows->next()) {
            answers.back().emplace_back();
            for (std::size_t i = 0; i < 3; ++i) answers.back().back().push_back(rows->cell(i));
        }
    }
    ASSERT_EQ(answers.size(), 5U);
    EXPECT_EQ(answers[0], (std::vector<std::vector<std::string>>{{"ged", "state-based-violence", "2016"}}));
    ASSERT_EQ(answers[1].size(), 11U);  // ten, and the second edition of one
    EXPECT_EQ(answers[1][0], (std::vector<std::string>{"ged-2017.csv", "1", "2016-01-03"}));
    EXPECT_EQ(answers[2], (std::vector<std::vector<std::string>>{{"2000", "1", "1"}}));
    EXPECT_EQ(answers[3].size(), 10U);
    EXPECT_EQ(answers[4].size(), 4U);
}

TEST(SchemaManual, TheQueryOfEditionsSaysWhatTheStoreSays) {
    const Folder folder;
    const std::string path = filled_store(folder);
    const std::string text = manual();
    const std::size_t from = text.find("WITH seen AS"), to = text.find("```", from);
    for (const char* day : {"2016-02-01", "2017-06-01", "2018-05-31", "2018-06-01"}) {
        std::string sql = text.substr(from, to - from);
        for (std::size_t at = sql.find("2018-06-30"); at != std::string::npos; at = sql.find("2018-06-30"))
            sql.replace(at, 10, day);
        sql.resize(sql.find("ORDER BY ALL"));
        std::int64_t expected = 0;
        for (const auto& group : must(must(open_duckdb(path, Access::ReadOnly, 1))
                                          ->aggregate({.quantity = Quantity::Best}, "ged", *parse_iso_day(day))))
            expected += group.sum_milli / 1000;
        auto client = must(duck::Connection::open(path, {{"access_mode", "READ_ONLY"}}));
        EXPECT_EQ(must(client.count("SELECT sum(fatalities)::BIGINT FROM (" + sql + ")")), expected) << day;
    }
}

/// The words of a cell of a table: "a, b, c".
std::set<std::string> names(std::string_view cell) {
    std::set<std::string> out;
    for (const auto part : split(cell, ',')) out.emplace(trim(part));
    return out;
}

TEST(SchemaManual, ItsColumnsAreThoseOfTheFile) {
    const Folder folder;
    const std::string path = folder.file("s.duckdb");
    must(open_duckdb(path, Access::ReadWrite, 1));
    auto client = must(duck::Connection::open(path, {}));
    std::map<std::string, std::set<std::string>> present;
    auto rows = must(client.query(
        "SELECT table_name, column_name FROM duckdb_columns() WHERE schema_name = 'main' AND NOT internal"));
    while (rows.next()) present[rows.text(0)].insert(rows.text(1));

    std::map<std::string, std::set<std::string>> stated;
    std::string view;
    bool beside = false;
    std::istringstream lines(manual());
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("### ")) view = line.substr(4, line.find(':') - 4);
        if (line.starts_with("| column of ")) view = line.substr(12, line.find(' ', 12) - 12);
        if (line.starts_with("## ")) view.clear();
        if (line.starts_with("| table ")) beside = true;
        if (!line.starts_with("| ") || line.starts_with("| column") || line.starts_with("| table")) continue;
        const auto cells = split(line, '|');
        if (beside) stated[std::string(trim(cells[1]))] = names(cells[2]);
        else if (!view.empty()) stated[view].merge(names(cells[1]));
    }
    EXPECT_EQ(stated.size(), 23U);
    for (const auto& [table, columns] : stated) EXPECT_EQ(columns, present[table]) << table;
    for (const auto& [table, columns] : present)
        EXPECT_TRUE(stated.contains(table) || table.ends_with("_row")) << table << " is not in docs/schema.md";
}

}  // namespace
}  // namespace icosa::store
