/// Details and editions of made-up lists in a store.
#include "fixture.hpp"

namespace icosa::store {
namespace {

/// An edition: entries by number, each with an alias.
Made list_of(const std::string& path, Day vintage, const std::vector<std::pair<int, std::string>>& entries,
             TermTable& terms) {
    Made made(path, "made-up-list", RecordKind::Designation);
    made.in.has_identity = true;
    made.in.editions = Editions::Replace;
    made.out.vintage_day = vintage;
    for (const auto& [number, alias] : entries) {
        Designation one;
        one.identity = static_cast<std::uint64_t>(number);
        one.content = hash64(alias);
        one.day = day_of(2020, 1, 1) + number;
        one.known_day = one.day;
        one.regime = terms.id_of("regime", "north");
        one.reference = terms.id_of("reference", "A." + std::to_string(number));
        made.add(&Batch::designations, one);
        const auto line = static_cast<std::int32_t>(made.out.rows);
        made.batches.back().details.push_back({line, 0, DetailField::Alias, 0, alias});
        made.batches.back().details.push_back({line, 0, DetailField::Name, 0, "N" + std::to_string(number)});
    }
    return made;
}

std::string told(Store& store, std::size_t index) {
    const auto editions = must(store.list_editions("made-up-list"));
    std::string out;
    for (const auto& entry : must(store.list_entries(editions.at(index)))) {
        out += entry.reference + " " + entry.regime;
        for (const auto& one : entry.details) out += " " + std::string(name_of(one.field)) + "=" + one.text;
        out += " " + entry.file + ":" + std::to_string(entry.line) + "\n";
    }
    return out;
}

TEST(ListEditions, HoldWhatAnEarlierFileHasWordForWord) {
    for (const int threads : {1, 3}) {
        auto store = memory_store(threads);
        auto& terms = store->terms();
        (void)must(
            append(*store, list_of("a.xml", day_of(2024, 1, 1), {{1, "x"}, {2, "y"}, {3, "z"}}, terms), threads));
        const auto receipt = must(
            append(*store, list_of("b.xml", day_of(2025, 1, 1), {{1, "x"}, {3, "new"}, {4, "w"}}, terms), threads));
        EXPECT_EQ(receipt.known, 1);
        EXPECT_EQ(receipt.revised, 1);
        EXPECT_EQ(told(*store, 0),
                  "A.1 north name=N1 alias=x a.xml:1\nA.2 north name=N2 alias=y a.xml:2\n"
                  "A.3 north name=N3 alias=z a.xml:3\n");
        EXPECT_EQ(told(*store, 1),
                  "A.1 north name=N1 alias=x a.xml:1\nA.3 north name=N3 alias=new b.xml:2\n"
                  "A.4 north name=N4 alias=w b.xml:3\n");
    }
}

TEST(ListEditions, AreTheSameInWhateverOrderTheyCome) {
    auto store = memory_store();
    auto& terms = store->terms();
    (void)must(append(*store, list_of("b.xml", day_of(2025, 1, 1), {{1, "x"}, {3, "new"}}, terms)));
    (void)must(append(*store, list_of("a.xml", day_of(2024, 1, 1), {{1, "x"}, {2, "y"}, {3, "z"}}, terms)));
    const auto editions = must(store->list_editions(""));
    ASSERT_EQ(editions.size(), 2u);
    EXPECT_EQ(editions[0].path, "a.xml");
    EXPECT_EQ(editions[0].rows, 3);
    EXPECT_EQ(told(*store, 0),
              "A.1 north name=N1 alias=x b.xml:1\nA.2 north name=N2 alias=y a.xml:2\n"
              "A.3 north name=N3 alias=z a.xml:3\n");
    EXPECT_EQ(told(*store, 1), "A.1 north name=N1 alias=x b.xml:1\nA.3 north name=N3 alias=new b.xml:2\n");
    must(store->withdraw({editions[1].file}, day_of(2026, 1, 1), Withdrawal::TakeBack));
    EXPECT_EQ(must(store->list_editions("made-up-list")).size(), 1u);
}

TEST(Details, AreThoseOfTheRowsThatAReaderSees) {
    auto store = memory_store();
    auto& terms = store->terms();
    (void)must(append(*store, list_of("a.xml", day_of(2024, 1, 1), {{1, "x"}, {2, "y"}}, terms)));
    (void)must(append(*store, list_of("b.xml", day_of(2025, 1, 1), {{1, "x2"}}, terms)));
    const auto seen = [&](Day as_of) {
        std::string out;
        must(store->details("made-up-list", RecordKind::Designation, as_of,
                            [&](const std::string& path, const Detail& one) {
                                if (one.field == DetailField::Alias)
                                    out += path + ":" + std::to_string(one.line) + " " + one.text + "\n";
                            }));
        return out;
    };
    EXPECT_EQ(seen(day_of(2024, 6, 1)), "a.xml:1 x\na.xml:2 y\n");
    EXPECT_EQ(seen(day_of(2025, 6, 1)), "a.xml:2 y\nb.xml:1 x2\n");
    (void)must(append(*store, list_of("c.xml", day_of(2026, 1, 1), {{1, "x2"}, {2, "y"}}, terms)));
    EXPECT_EQ(seen(day_of(2026, 6, 1)), "a.xml:2 y\nb.xml:1 x2\n") << "known rows bring no details again";
}

}  // namespace
}  // namespace icosa::store
