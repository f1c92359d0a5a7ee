/// Chunks and rows: nothing is lost, split or renumbered, whatever the size of a block.
#include "ingest/chunker.hpp"
#include "ingest/head.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "folder.hpp"

namespace icosa::ingest {
namespace {

struct Line {
    std::int64_t line = 0;
    std::vector<std::string> cells;
    bool operator==(const Line&) const = default;
};

std::ostream& operator<<(std::ostream& out, const Line& line) {
    out << line.line << ':';
    for (const auto& cell : line.cells) out << " [" << cell << ']';
    return out;
}

Result<std::vector<Line>> read_all(const std::string& path, Form form, ChunkOptions options = {},
                                   Level level = best_level()) {
    auto chunker = TRY(Chunker::open(path, form, options));
    RowReader reader(form, 100, level);
    Chunk chunk;
    std::vector<Line> out;
    while (TRY(chunker->next(chunk))) {
        reader.start(chunk.text, chunk.first_line);
        for (Row row; reader.next(row);) {
            Line& line = out.emplace_back();
            line.line = row.line;
            for (std::int32_t i = 0; i < row.columns; ++i) line.cells.emplace_back(row.cell(i));
        }
    }
    return out;
}

TEST(Delimited, ReadsQuotedRecords) {
    const Folder folder;
    const auto path = folder.put(
        "a.csv", "\xEF\xBB\xBF\"x\",y\r\n1,\"two\nlines, \"\"quoted\"\"\"\r\n\r\n3,\"\"\n\"a\"b,c \"d\"\nlast,row");
    const std::vector<Line> wanted = {{1, {"x", "y"}},
                                      {2, {"1", "two\nlines, \"quoted\""}},
                                      {5, {"3", ""}},
                                      {6, {"ab", "c \"d\""}},
                                      {7, {"last", "row"}}};
    for (const std::size_t block : {1u, 2u, 3u, 5u, 7u, 16u, 64u, 1u << 20}) {
        const auto rows = read_all(path, {',', true}, {block, 1u << 20});
        ASSERT_TRUE(rows) << render(rows.error());
        EXPECT_EQ(*rows, wanted) << "block of " << block;
    }
}

TEST(Delimited, QuotesArePlainTextWhereTheFormSaysSo) {
    const Folder folder;
    const auto path = folder.put("a.tsv", "a\t\"b\n\"c\td\n");
    const auto rows = read_all(path, {'\t', false}, {4, 1u << 20});
    ASSERT_TRUE(rows);
    EXPECT_EQ(*rows, (std::vector<Line>{{1, {"a", "\"b"}}, {2, {"\"c", "d"}}}));
}

TEST(Delimited, AQuoteWithinACellOpensNothing) {
    const Folder folder;
    const auto path = folder.put("a.csv", "5\" gun,x\nb,c\n");
    for (const std::size_t block : {3u, 100u}) {
        const auto rows = read_all(path, {',', true}, {block, 1u << 20});
        ASSERT_TRUE(rows);
        EXPECT_EQ(*rows, (std::vector<Line>{{1, {"5\" gun", "x"}}, {2, {"b", "c"}}}));
    }
}

TEST(Delimited, LevelsGiveTheSameRows) {
    const Folder folder;
    std::string text;
    for (int i = 0; i < 300; ++i)
        text += std::to_string(i) + ",\"" + std::string(static_cast<std::size_t>(i % 70), 'x') + "\n\","
            + std::string(static_cast<std::size_t>(i % 40), 'y') + "\r\n";
    const auto path = folder.put("a.csv", text);
    const auto a = read_all(path, {',', true}, {100, 1u << 20}, best_level());
    const auto b = read_all(path, {',', true}, {1u << 20, 1u << 20}, Level::Scalar);
    ASSERT_TRUE(a && b);
    EXPECT_EQ(a->size(), 300u);
    EXPECT_EQ(*a, *b);
    EXPECT_EQ(a->back().line, 599);
}

TEST(Delimited, DigestIsThatOfTheBytes) {
    const Folder folder;
    const auto path = folder.put("a.csv",
                                 "\xEF\xBB\xBF"
                                 "a,b\n1,2\n");
    Digest digest;
    digest.add(
        "\xEF\xBB\xBF"
        "a,b\n1,2\n");
    EXPECT_EQ(digest_of(path).value(), digest.hexadecimal());
    auto chunker = Chunker::open(path, {',', true}, {3, 1u << 20});
    ASSERT_TRUE(chunker);
    Chunk chunk;
    while ((*chunker)->next(chunk).value()) {}
    EXPECT_EQ((*chunker)->digest(), digest.hexadecimal());
    EXPECT_EQ((*chunker)->bytes_read(), 11);
}

TEST(Delimited, AnOpenQuoteIsNamedWhereItOpens) {
    const Folder folder;
    const auto path = folder.put("a.csv", "a,b\n1,2\n3,\"four\n5,6\n");
    for (const std::size_t block : {1u, 4u, 100u}) {
        const auto rows = read_all(path, {',', true}, {block, 1u << 20});
        ASSERT_FALSE(rows);
        EXPECT_EQ(rows.error().code, "unterminated-quote");
        EXPECT_EQ(rows.error().where.line, 3);
        EXPECT_EQ(rows.error().where.column, 3);
    }
}

TEST(Delimited, ARecordHasALimit) {
    const Folder folder;
    const auto path = folder.put("a.csv", "a,b\n1,2\n" + std::string(300, 'x') + "\n5,6\n");
    const auto rows = read_all(path, {',', true}, {16, 100});
    ASSERT_FALSE(rows);
    EXPECT_EQ(rows.error().code, "record-too-long");
    EXPECT_EQ(rows.error().where.line, 3);
    EXPECT_TRUE(read_all(path, {',', true}, {16, 400}));
    const auto last = folder.put("b.csv", "a,b\n" + std::string(300, 'x'));
    EXPECT_FALSE(read_all(last, {',', false}, {16, 100}));
}

TEST(Delimited, ANulByteIsAnError) {
    const Folder folder;
    const auto path = folder.put("a.csv", std::string("a,b\n1,2\n3,\0,5\n", 14));
    for (const std::size_t block : {1u, 5u, 100u}) {
        const auto rows = read_all(path, {',', true}, {block, 1u << 20});
        ASSERT_FALSE(rows);
        EXPECT_EQ(rows.error().code, "binary");
        EXPECT_EQ(rows.error().where.line, 3);
        EXPECT_EQ(rows.error().where.column, 3);
    }
}

TEST(Delimited, HeadsAreCheckedBeforeAnythingElse) {
    const Folder folder;
    const auto code = [&](std::string_view text) {
        const auto head = read_head(folder.put("x", text));
        return head ? std::string("fine") : head.error().code;
    };
    EXPECT_EQ(code(""), "empty-file");
    EXPECT_EQ(code("\xEF\xBB\xBF \r\n\n"), "empty-file");
    EXPECT_EQ(code("a,b\r1,2\r"), "cr-line-ends");
    EXPECT_EQ(code("a,b"), "fine");
    EXPECT_EQ(code("\x1F\x8B\x08 xyz"), "damaged-archive");
    EXPECT_EQ(code("PK\x03\x04 xyz"), "compressed");
    EXPECT_EQ(code(std::string_view("\xFF\xFE"
                                    "a\0",
                                    4)),
              "wrong-encoding");
    EXPECT_EQ(code(std::string_view("ab\0", 3)), "binary");
    EXPECT_EQ(code(std::string(2u << 20, 'x')), "record-too-long");
    EXPECT_EQ(read_head(folder.path()).error().code, "is-directory");
    EXPECT_EQ(read_head(folder.path() + "/none").error().code, "missing-file");
    EXPECT_EQ(read_head("/dev/null").error().code, "not-a-file");
}

}  // namespace
}  // namespace icosa::ingest
