/// What came, told by its bytes: pages, tables, JSON, archives that no one should unpack.
#include "fetch/content.hpp"

#include <gtest/gtest.h>

namespace icosa::fetch {
namespace {

std::string little(std::uint64_t value, int size) {
    std::string out;
    for (int i = 0; i < size; ++i) out += static_cast<char>(value >> (8 * i));
    return out;
}

struct Entry {
    std::string name;
    std::uint64_t packed = 10, unpacked = 20;
    int flags = 0;
    std::uint32_t mode = 0;
};

/// An archive's directory; the entries' own bytes are not looked at.
std::string zip_of(const std::vector<Entry>& entries) {
    std::string directory;
    for (const Entry& entry : entries) {
        directory += "PK\x01\x02" + little(0, 4) + little(static_cast<std::uint64_t>(entry.flags), 2) + little(8, 2)
            + little(0, 8) + little(entry.packed, 4) + little(entry.unpacked, 4) + little(entry.name.size(), 2)
            + little(0, 2) + little(0, 2) + little(0, 2) + little(0, 2) + little(std::uint64_t{entry.mode} << 16, 4)
            + little(0, 4) + entry.name;
    }
    const std::string body = "PK\x03\x04 body";
    return body + directory + "PK\x05\x06" + little(0, 4) + little(entries.size(), 2) + little(entries.size(), 2)
        + little(directory.size(), 4) + little(body.size(), 4) + little(0, 2);
}

pack::SourceCard card_of(pack::SentForm form, std::string records = {}) {
    pack::SourceCard card;
    card.id = "a";
    card.header = {"day", "n"};
    card.fetch.emplace_back();
    card.fetch.front().form = form;
    card.fetch.front().records = std::move(records);
    return card;
}

Fit looked(std::string_view bytes, const pack::SourceCard& card) {
    return look_at(bytes, card, card.fetch.front()).fit;
}

TEST(Content, ArchivesThatNoOneShouldUnpack) {
    const std::pair<std::vector<Entry>, std::string> cases[] = {
        {{{"../../a.csv"}}, "leads outside of the folder"},
        {{{"/tmp/a.csv"}}, "leads outside of the folder"},
        {{{"C:\\a.csv"}}, "leads outside of the folder"},
        {{{"a\\..\\b.csv"}}, "leads outside of the folder"},
        {{{"a.csv", 10, 20, 1}}, "is encrypted"},
        {{{"a.csv", 10, 20, 0, 0120777}}, "is a link"},
        {{{"b.zip"}}, "is an archive itself"},
        {{{"a.csv", 4'000'000, 1'073'741'824}}, "a bomb"},
    };
    const auto zipped = [](const std::string& bytes, const std::string& member) {
        auto card = card_of(pack::SentForm::Zip);
        card.fetch.front().member = member;
        return look_at(bytes, card, card.fetch.front());
    };
    for (const auto& [entries, why] : cases) {
        const Content content = zipped(zip_of(entries), "");
        EXPECT_EQ(content.fit, Fit::Unsafe) << why;
        EXPECT_NE(content.why.find(why), std::string::npos) << content.why;
    }
    EXPECT_EQ(zipped(zip_of({{"x/GEDEvent_v26_1.csv", 20'000'000, 300'000'000}}), ".csv").fit, Fit::Fits);
    EXPECT_EQ(zipped(zip_of({{"readme.txt"}}), ".csv").fit, Fit::Changed);
    EXPECT_EQ(zipped(zip_of({}), "").fit, Fit::Empty);
    EXPECT_EQ(zipped(zip_of({{"a.csv"}}).substr(0, 30), "").fit, Fit::Changed);
}

TEST(Content, ByForm) {
    using pack::SentForm;
    const auto csv = card_of(SentForm::Csv), json = card_of(SentForm::Json, "data");
    EXPECT_EQ(looked("Day,N\n2026-01-01,3\n", csv), Fit::Fits);
    EXPECT_EQ(looked("title\n\nday;n\n1;2", csv), Fit::Fits);
    EXPECT_EQ(looked("day,n\n", csv), Fit::Empty);
    EXPECT_EQ(looked("", csv), Fit::Empty);
    EXPECT_EQ(looked("date,n\n1,2\n", csv), Fit::Changed);
    EXPECT_EQ(looked("<!DOCTYPE html><html>day n\n1 2", csv), Fit::Changed);
    EXPECT_EQ(looked(R"({"data":[{"day":1}]})", json), Fit::Fits);
    EXPECT_EQ(looked(R"({"data":[]})", json), Fit::Empty);
    EXPECT_EQ(looked(R"({"rows":[1]})", json), Fit::Changed);
    EXPECT_EQ(looked(R"({"data":[1)", json), Fit::Changed) << "cut off";
    EXPECT_EQ(looked("PK", card_of(SentForm::Zip)), Fit::Changed);
    EXPECT_EQ(looked("\x1F\x8B..", card_of(SentForm::Gzip)), Fit::Fits);
}

}  // namespace
}  // namespace icosa::fetch
