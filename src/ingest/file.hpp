/// The bytes of a file on disk: no other file of this room opens one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.hpp"

namespace icosa::ingest {

/// What some programs write before UTF-8; no part of the text.
inline constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// An open file that closes itself.
class File {
public:
    explicit File(int number) : number_(number) {}
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    File(File&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    File& operator=(File&&) = delete;
    ~File();
    [[nodiscard]] int number() const { return number_; }

private:
    int number_;
};

/// Opens a file to be read. `bytes` becomes its size. Errors: missing-file, is-directory, not-a-file, unreadable-file.
[[nodiscard]] Result<File> open_file(const std::string& path, std::int64_t& bytes);

/// Fills as much of `size` bytes as the file has; -1 on error, with errno.
[[nodiscard]] std::int64_t read_at(const File& file, char* into, std::size_t size, std::int64_t offset);

/// The error of a read that failed; why: its errno.
[[nodiscard]] std::unexpected<Error> unreadable(const std::string& path, int why);

/// How much a message says was read in one go: "1 MB", "512 bytes".
[[nodiscard]] std::string megabytes(std::size_t bytes);

/// XXH3 128 of a file's bytes.
[[nodiscard]] Result<std::string> digest_of(const std::string& path);

}  // namespace icosa::ingest
