/// The chain: what is added can be read, and whatever was altered is found at its line.
#include "ledger/ledger.hpp"

#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "base/text.hpp"
#include "folder.hpp"
#include "ledger/digest.hpp"

namespace icosa::ledger {
namespace {

namespace fs = std::filesystem;

constexpr const char* noon = "2026-11-30T12:00:00Z";

class Chain : public ::testing::Test {
protected:
    void add(int rows) {
        for (int i = 0; i < rows; ++i) {
            const auto row = append(path_, noon, NewRow{"note", "{\"text\":\"row " + std::to_string(++made_) + "\"}"});
            ASSERT_TRUE(row) << render(row.error());
            EXPECT_EQ(row->number, made_);
        }
    }
    [[nodiscard]] static std::string text_of(const std::string& path) {
        std::ifstream in(path, std::ios::binary);
        std::ostringstream out;
        out << in.rdbuf();
        return out.str();
    }
    void put(const std::string& text) const { std::ofstream(path_, std::ios::binary | std::ios::trunc) << text; }
    [[nodiscard]] std::vector<std::string> lines() const {
        std::vector<std::string> out;
        const std::string text = text_of(path_);
        for (const auto line : split(text, '\n')) {
            if (!line.empty()) out.emplace_back(line);
        }
        return out;
    }
    void put_lines(const std::vector<std::string>& all) const { put(join(all, "\n") + "\n"); }
    /// "code:line" of each fault.
    [[nodiscard]] std::string faults() const {
        const auto ledger = read(path_);
        if (!ledger) return render(ledger.error());
        std::vector<std::string> out;
        for (const auto& one : ledger->faults) out.push_back(one.code + ":" + std::to_string(one.where.line));
        return join(out, " ");
    }

    Folder folder_;
    std::string path_ = folder_.file("a.duckdb.ledger.jsonl");
    int made_ = 0;
};

TEST(Digest, IsThatOfTheStandard) {
    EXPECT_EQ(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST_F(Chain, AnAbsentFileIsAnEmptyLedger) {
    const auto ledger = read(path_);
    ASSERT_TRUE(ledger);
    EXPECT_FALSE(ledger->is_there);
    EXPECT_EQ(ledger->head(), "");
}

TEST_F(Chain, RowsCarryTheDigestOfTheRowBefore) {
    add(3);
    const auto ledger = read(path_);
    ASSERT_TRUE(ledger);
    ASSERT_EQ(ledger->rows.size(), 3U);
    EXPECT_EQ(ledger->rows[0].before, no_row);
    EXPECT_EQ(ledger->rows[1].before, ledger->rows[0].digest);
    EXPECT_EQ(ledger->rows[2].body, "{\"text\":\"row 3\"}");
    EXPECT_EQ(ledger->rows[2].line, 3);
    EXPECT_EQ(ledger->head(), "3:" + ledger->rows[2].digest);
    EXPECT_TRUE(ledger->faults.empty());
    const std::string line = lines()[1];  // anyone can check it with sha256sum
    EXPECT_EQ(sha256(line.substr(0, line.find(",\"digest\""))), ledger->rows[1].digest);
}

TEST_F(Chain, AChangedRowIsFoundAtItsLine) {
    add(4);
    auto all = lines();
    all[1].replace(all[1].find("row 2"), 5, "row 9");
    put_lines(all);
    EXPECT_EQ(faults(), "row-changed:2");
    const auto refused = append(path_, noon, NewRow{"note", "{}"});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().where.line, 2);
    EXPECT_EQ(lines().size(), 4U) << "nothing is added to a broken chain";
}

TEST_F(Chain, ARowWrittenAnewWithItsDigestIsFoundByTheNext) {
    add(4);
    auto all = lines();
    Row changed = *parse_row(all[1], {path_, 2, 1});
    changed.body = "{\"text\":\"another\"}";
    const Row before = *parse_row(all[0], {path_, 1, 1});
    all[1] = line_of(row_after(&before, noon, {changed.kind, changed.body}));
    put_lines(all);
    EXPECT_EQ(faults(), "row-replaced:2");
}

TEST_F(Chain, RemovedReorderedAndForeignLines) {
    add(5);
    const auto all = lines();
    put_lines({all[0], all[2], all[3], all[4]});
    EXPECT_EQ(faults(), "row-missing:2");
    put_lines({all[1], all[2]});
    EXPECT_EQ(faults(), "row-missing:1");
    put_lines({all[0], all[2], all[1], all[3], all[4]});
    EXPECT_EQ(faults(), "row-missing:2 row-moved:3 row-missing:4");
    put_lines({all[0], "not a row", all[1]});
    EXPECT_EQ(faults(), "row-malformed:2");
    put_lines({all[0], all[0]});
    EXPECT_EQ(faults(), "row-moved:2");
}

TEST_F(Chain, AChainCutOffOrWrittenAnewIsFoundByItsHead) {
    add(3);
    const std::string head = read(path_)->head();
    add(1);
    const auto all = lines();
    EXPECT_TRUE(row_of_head(*read(path_), head));
    EXPECT_TRUE(row_of_head(*read(path_), head.substr(2, 16)));
    put_lines({all[0], all[1]});
    EXPECT_EQ(faults(), "") << "what is left is a whole chain";
    const auto cut = row_of_head(*read(path_), head);
    ASSERT_FALSE(cut);
    EXPECT_EQ(cut.error().code, "ledger-cut");
    EXPECT_EQ(cut.error().where.line, 3);
    fs::remove(path_);
    made_ = 10;
    for (int i = 0; i < 4; ++i) (void)append(path_, noon, NewRow{"note", "{}"});
    const auto other = row_of_head(*read(path_), head);
    ASSERT_FALSE(other);
    EXPECT_EQ(other.error().code, "ledger-rewritten");
    EXPECT_EQ(other.error().where.line, 3);
    EXPECT_EQ(row_of_head(*read(path_), "12").error().code, "bad-head");
    EXPECT_EQ(row_of_head(*read(path_), "x:" + head.substr(2)).error().code, "bad-head");
}

TEST_F(Chain, AnUnfinishedRowIsToldAndMovedAsideByTheNextWriter) {
    add(2);
    const std::string whole = text_of(path_);
    for (const std::size_t left : {std::size_t{1}, whole.size() / 4, whole.size() / 2 - 2}) {
        const std::string torn = whole.substr(0, left);
        put(whole + torn);
        const auto ledger = read(path_);
        ASSERT_TRUE(ledger);
        EXPECT_EQ(ledger->torn, torn);
        EXPECT_EQ(ledger->rows.size(), 2U);
        EXPECT_TRUE(ledger->faults.empty());
        EXPECT_EQ(text_of(path_), whole + torn) << "reading changes nothing";
        made_ = 2;
        add(1);
        EXPECT_EQ(faults(), "");
        EXPECT_EQ(read(path_)->rows.size(), 3U);
        EXPECT_EQ(text_of(path_ + ".torn"), torn + "\n");
        fs::remove(path_ + ".torn");
    }
}

TEST_F(Chain, AWholeLastRowWithoutItsLineEndIsKept) {
    add(2);
    const std::string whole = text_of(path_);
    put(whole.substr(0, whole.size() - 1));
    EXPECT_EQ(read(path_)->rows.size(), 2U);
    add(1);
    EXPECT_EQ(faults(), "");
    EXPECT_EQ(read(path_)->rows.size(), 3U);
    EXPECT_FALSE(fs::exists(path_ + ".torn"));
}

TEST_F(Chain, SeveralRowsAreOneAddition) {
    const auto rows = append(path_, noon, [](const Ledger& so_far) -> Result<std::vector<NewRow>> {
        EXPECT_TRUE(so_far.rows.empty());
        return std::vector<NewRow>{{"note", "{\"a\":1}"}, {"note", "{\"a\":2}"}};
    });
    ASSERT_TRUE(rows);
    EXPECT_EQ(rows->at(1).before, rows->at(0).digest);
    const auto refused = append(path_, noon, [](const Ledger& so_far) -> Result<std::vector<NewRow>> {
        EXPECT_EQ(so_far.rows.size(), 2U);
        return fail(Fault::Usage, "no", {}, "no");
    });
    EXPECT_FALSE(refused);
    EXPECT_EQ(lines().size(), 2U);
}

TEST_F(Chain, WhatCannotBeKeptIsRefused) {
    EXPECT_EQ(append(path_, noon, NewRow{"note", "{\"a\":\"\xFF\"}"}).error().code, "bad-text");
    EXPECT_EQ(append(path_, noon, NewRow{"note", "{\"a\":\"" + std::string(70'000, 'x') + "\"}"}).error().code,
              "row-too-long");
    EXPECT_EQ(append(folder_.file("absent/x.jsonl"), noon, NewRow{"note", "{}"}).error().code, "unwritable");
    EXPECT_EQ(read(folder_.path()).error().code, "unreadable");
    const std::string pipe = folder_.file("pipe.jsonl");
    ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
    EXPECT_EQ(read(pipe).error().code, "unreadable");
    EXPECT_EQ(append(pipe, noon, NewRow{"note", "{}"}).error().code, "unreadable");
}

}  // namespace
}  // namespace icosa::ledger
