/// The bytes of a file, on disk or within an archive: no other file of this room opens one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.hpp"

namespace icosa::ingest {

/// What some programs write before UTF-8; no part of the text.
inline constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// An open file that closes itself. What is packed is unpacked as it is read, and never stands anywhere as a whole.
class File {
public:
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    File(File&& other) noexcept;
    File& operator=(File&&) = delete;
    ~File();
    /// Fills as much of `size` bytes as the file has from `offset` on. To go back in what is packed costs as much as
    /// to read it again up to there. Errors: unreadable-file, damaged-archive, zip-bomb.
    [[nodiscard]] Result<std::size_t> read_at(char* into, std::size_t size, std::int64_t offset) const;
    [[nodiscard]] bool is_packed() const { return packed_ != nullptr; }

private:
    friend Result<File> open_file(const std::string& path, std::int64_t& bytes);
    struct Packed;
    explicit File(int number, std::string path);
    int number_;
    std::string path_;
    std::unique_ptr<Packed> packed_;
};

/// Opens a file to be read; "a.zip/b.csv" is an entry of an archive, a file packed by gzip is what it unpacks to.
/// `bytes` becomes its size: of a gzip file, what this says. Errors: missing-file, is-directory, not-a-file,
/// unreadable-file; of an entry those of archive::open_entry.
[[nodiscard]] Result<File> open_file(const std::string& path, std::int64_t& bytes);
[[nodiscard]] Result<std::int64_t> size_of(const std::string& path);

/// All bytes of a file that is read in memory; `what` says what is: "a JSON document". Errors: too-large.
[[nodiscard]] Result<std::string> whole_file(const std::string& path, std::size_t most, std::string_view what);

/// A file's name as it was before it was packed by itself: "a.csv" of "b/a.csv.gz".
[[nodiscard]] std::string table_name(std::string_view path);

/// How much a message says was read in one go: "1 MB", "512 bytes".
[[nodiscard]] std::string megabytes(std::size_t bytes);

/// XXH3 128 of a file's bytes.
[[nodiscard]] Result<std::string> digest_of(const std::string& path);

}  // namespace icosa::ingest
