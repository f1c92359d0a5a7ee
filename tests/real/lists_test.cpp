/// The real lists: how many entries, names, dates and documents each gives, and what changed between two editions. No
/// name of an entry stands here.
#include "ingest/lists.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <set>

#include <gtest/gtest.h>

#include "model/designees.hpp"
#include "model/list_changes.hpp"

namespace icosa::ingest {
namespace {

namespace fs = std::filesystem;

fs::path lists_data() {
    const char* given = std::getenv("ICOSA_DATA");
    return given ? fs::path(given) : fs::path(ICOSA_ROOT) / "../shared/data";
}

const std::vector<pack::SourceCard>& list_cards() {
    static const auto all = [] {
        Diagnostics faults;
        return pack::load_source_cards(ICOSA_ROOT "/packs/sources", faults);
    }();
    return all;
}

class RealLists : public testing::Test {
protected:
    void SetUp() override {
        if (!fs::exists(lists_data() / "fresh"))
            GTEST_SKIP() << "the real files are not there: " << lists_data() << " (ICOSA_DATA names another folder)";
    }
    static std::vector<model::ListEntry> entries(const std::string& file) {
        auto read = read_list_entries({(lists_data() / file).string()}, list_cards());
        if (!read) ADD_FAILURE() << render(read.error());
        return read ? std::move(*read) : std::vector<model::ListEntry>();
    }
};

struct Sizes {
    std::size_t entries = 0, names = 0, births = 0, documents = 0;
    bool operator==(const Sizes&) const = default;
};

Sizes sizes_of(const std::vector<model::ListEntry>& list) {
    Sizes out{list.size()};
    for (const auto& entry : list) {
        const auto one = model::designee_of(entry);
        EXPECT_FALSE(one.names.empty()) << one.reference;
        EXPECT_NE(one.kind, model::DesigneeKind::Unknown) << one.reference;
        out.names += one.names.size();
        out.births += one.births.size();
        out.documents += one.documents.size();
    }
    return out;
}

void PrintTo(const Sizes& of, std::ostream* out) {
    *out << of.entries << " entries, " << of.names << " names, " << of.births << " births, " << of.documents
         << " documents";
}

TEST_F(RealLists, GiveTheirEntriesWithWhatIdentifiesThem) {
    EXPECT_EQ(sizes_of(entries("fresh/technology/un_2025-08-02_consolidatedLegacyByPRN.xml")),
              (Sizes{879, 3960, 836, 433}));
    EXPECT_EQ(sizes_of(entries("lists/consolidated_2020.xml")), (Sizes{1093, 4154, 831, 408}));
    EXPECT_EQ(sizes_of(entries("lists/ofac_sdn.csv")), (Sizes{8976, 23318, 5124, 6383}));
    EXPECT_EQ(sizes_of(entries("lists/uk_subject_names.csv")), (Sizes{6046, 15048, 0, 0}));
    EXPECT_EQ(sizes_of(entries("fresh/technology/ofac_2025_cons_comments.csv")), (Sizes{442, 1587, 74, 648}));
    EXPECT_EQ(sizes_of(entries("fresh/technology/ofac_2025-03-28_consolidated.xml")), (Sizes{443, 1579, 75, 1055}));
}

std::set<std::string> references(const model::ListChanges& changes, model::ChangeKind kind) {
    std::set<std::string> out;
    for (const auto& one : changes.changes) {
        if (one.kind == kind) out.insert(one.reference);
    }
    return out;
}

TEST_F(RealLists, OfTheCouncilChangedByTwelveEntries) {
    const auto changes = model::changes_between(entries("fresh/technology/un_2025-04-19_UN.xml"),
                                                entries("fresh/technology/un_2025-08-02_consolidatedLegacyByPRN.xml"));
    using enum model::ChangeKind;
    EXPECT_EQ(references(changes, Added), (std::set<std::string>{"HTe.001", "HTe.002", "QDi.436"}));
    EXPECT_EQ(references(changes, Removed), std::set<std::string>{"QDi.328"});
    EXPECT_EQ(references(changes, Amended).size(), 8u);
}

TEST_F(RealLists, OfOfacChangedMostlyInTheOrderOfTheirTexts) {
    const auto changes = model::changes_between(entries("fresh/technology/ofac_2024-05-06_consolidated.xml"),
                                                entries("fresh/technology/ofac_2025-03-28_consolidated.xml"));
    using enum model::ChangeKind;
    EXPECT_EQ(references(changes, Added), std::set<std::string>{"50476"});
    EXPECT_EQ(references(changes, Removed), std::set<std::string>{"18293"});
    EXPECT_EQ(references(changes, Amended).size(), 74u);
    EXPECT_EQ(changes.reordered.size(), 219u);  // byte by byte 302 differ, nine of them in numbers of parts alone
}

}  // namespace
}  // namespace icosa::ingest
