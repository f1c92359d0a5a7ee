/// Bytes that can only be read from the first to the last: a packed file while it is unpacked.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "base/result.hpp"

namespace icosa::archive {

class Stream {
public:
    virtual ~Stream() = default;
    /// Some bytes, at most `size`; 0 at the end. Errors: damaged-archive, zip-bomb, unreadable-file.
    [[nodiscard]] virtual Result<std::size_t> read(char* into, std::size_t size) = 0;
};

/// Fills as much of `size` bytes as there is.
[[nodiscard]] Result<std::size_t> read_fully(Stream& stream, char* into, std::size_t size);
/// Reads on without keeping anything; less than `size` where the stream ends.
[[nodiscard]] Result<std::uint64_t> skip(Stream& stream, std::uint64_t size);

/// A file as it lies there.
[[nodiscard]] Result<std::unique_ptr<Stream>> open_plain(const std::string& path);
/// What a gzip file unpacks to, members one behind the other.
///
/// src   RFC 1952
[[nodiscard]] Result<std::unique_ptr<Stream>> open_gzip(const std::string& path);

/// The size that a gzip file says of what it unpacks to: of its last member, less than 4 GB. For progress, and to tell
/// files apart quickly.
[[nodiscard]] std::uint64_t size_told(const std::string& gzip_path);

[[nodiscard]] std::unexpected<Error> damaged_archive(const std::string& path, std::string_view why);
[[nodiscard]] std::unexpected<Error> zip_bomb(const std::string& path, std::string_view entry, std::uint64_t unpacked,
                                              std::uint64_t packed);

}  // namespace icosa::archive
