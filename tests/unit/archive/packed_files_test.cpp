/// Entries of archives made here: what is read of them, and what is refused.
#include "archive/packed_files.hpp"

#include <gtest/gtest.h>
#include <zlib.h>

#include "archive/tar.hpp"
#include "folder.hpp"

namespace icosa::archive {
namespace {

std::string octal(std::uint64_t value, std::size_t digits) {
    std::string out(digits, '0');
    for (std::size_t i = digits; i-- > 0; value /= 8) out[i] = static_cast<char>('0' + value % 8);
    return out;
}

/// An entry of a tar archive, with its bytes. kind: '0' a file, '2' a link, 'L' a long name, 'x' notes of pax.
std::string tarred(const std::string& name, const std::string& text, char kind = '0') {
    std::string head(512, '\0');
    head.replace(0, name.size(), name);
    head.replace(100, 7, "0000644");
    head.replace(124, 11, octal(text.size(), 11));
    head.replace(136, 11, octal(0, 11));
    head.replace(148, 8, "        ");
    head[156] = kind;
    head.replace(257, 5, "ustar");
    head.replace(263, 2, "00");
    std::uint64_t sum = 0;
    for (const char c : head) sum += static_cast<unsigned char>(c);
    head.replace(148, 7, octal(sum, 6) + std::string(1, '\0'));
    return head + text + std::string((512 - text.size() % 512) % 512, '\0');
}

std::string gzipped(const std::string& text) {
    z_stream state{};
    deflateInit2(&state, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    std::string out(deflateBound(&state, text.size()) + 64, '\0');
    state.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    state.avail_in = static_cast<uInt>(text.size());
    state.next_out = reinterpret_cast<Bytef*>(out.data());
    state.avail_out = static_cast<uInt>(out.size());
    deflate(&state, Z_FINISH);
    out.resize(state.total_out);
    deflateEnd(&state);
    return out;
}

class PackedFiles : public testing::Test {
protected:
    std::string put(const std::string& name, const std::string& bytes) const { return folder_.put(name, bytes); }
    static std::string text_of(Result<Unpacked> unpacked) {
        if (!unpacked) return unpacked.error().code;
        std::string out(1u << 20, '\0');
        const auto got = read_fully(*unpacked->stream, out.data(), out.size());
        return got ? out.substr(0, *got) : got.error().code;
    }
    static std::string refusal(const std::string& path) {
        const auto files = files_in(path);
        return files ? "" : files.error().code;
    }

    Folder folder_;
};

TEST_F(PackedFiles, TarPlainAndPacked) {
    const std::string long_name(150, 'n');
    const std::string tar = tarred("x/", "", '5') + tarred("x/b.csv", "b,1\n") + tarred("././@LongLink", long_name, 'L')
        + tarred("nnn", "a,1\n") + tarred("p", "13 path=p.csv\n", 'x').substr(0, 512) + "14 path=pq.csv\n"
        + std::string(512 - 15, '\0') + tarred("pq", "p,1\n") + tarred("x/._b.csv", "left") + std::string(1024, '\0');
    for (const auto& path : {put("a.tar", tar), put("a.tgz", gzipped(tar))}) {
        ASSERT_TRUE(is_archive(path));
        const auto files = files_in(path);
        ASSERT_TRUE(files) << files.error().what;
        ASSERT_EQ(files->size(), 3u);
        EXPECT_EQ((*files)[0].name, long_name);
        EXPECT_EQ((*files)[2].name, "x/b.csv");
        EXPECT_EQ(text_of(open_entry({path, "x/b.csv"})), "b,1\n");
        EXPECT_EQ(text_of(open_entry({path, long_name})), "a,1\n");
        EXPECT_EQ(text_of(open_entry({path, "none"})), "missing-entry");
    }
    EXPECT_EQ(refusal(put("cut.tar", tar.substr(0, 1700))), "damaged-archive");
}

TEST_F(PackedFiles, RefusedWhole) {
    EXPECT_EQ(refusal(put("a.tar", tarred("ok.csv", "1") + tarred("../b.csv", "1"))), "escaping-path");
    EXPECT_EQ(refusal(put("b.tar", tarred("a.csv", "", '2'))), "link-entry");
    EXPECT_EQ(refusal(put("c.tar", tarred("a.zip", "1"))), "nested-archive");
    EXPECT_EQ(refusal(put("d.tar", tarred("a\nb.csv", "1"))), "odd-name");
    EXPECT_EQ(refusal(put("e.tar", tarred("a.csv", "1") + tarred("A.csv", "2"))), "odd-name");
    EXPECT_EQ(refusal(put("f.tar", tarred("x/", "", '5'))), "empty-archive");
    EXPECT_EQ(refusal(put("g.tgz", gzipped(tarred("a.csv", std::string(64u << 20, '0'))))), "zip-bomb");
}

TEST_F(PackedFiles, Gzip) {
    const std::string one = gzipped("a,b\n"), two = gzipped("1,2\n");
    EXPECT_EQ(text_of(open_gzip_file(put("a.gz", one + two))), "a,b\n1,2\n") << "members one behind the other";
    EXPECT_EQ(text_of(open_gzip_file(put("b.gz", one + two.substr(0, 12)))), "damaged-archive");
    EXPECT_EQ(text_of(open_gzip_file(put("c.gz", one + std::string(100, '\0')))), "a,b\n") << "filled up with zeros";
    EXPECT_EQ(size_told(put("d.gz", gzipped(std::string(70'000, 'x')))), 70'000u);
    const auto bomb = open_gzip_file(put("e.gz", gzipped(std::string(64u << 20, '0'))));
    ASSERT_TRUE(bomb);
    const auto skipped = skip(*bomb->stream, 1u << 30);
    ASSERT_FALSE(skipped);
    EXPECT_EQ(skipped.error().code, "zip-bomb");
}

TEST_F(PackedFiles, PathsIntoArchives) {
    const std::string path = put("a.tar", tarred("x/b.csv", "1"));
    const auto split = split_entry_path(path + "/x/b.csv");
    ASSERT_TRUE(split);
    EXPECT_EQ(split->archive, path);
    EXPECT_EQ(split->entry, "x/b.csv");
    EXPECT_FALSE(split_entry_path(path));
    EXPECT_EQ(text_of(open_entry({put("plain.csv", "a,b\n"), "c.csv"})), "missing-file");
}

}  // namespace
}  // namespace icosa::archive
