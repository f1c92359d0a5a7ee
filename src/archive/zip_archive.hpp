/// The entries of a zip archive, read as a stream, and never more of them than an honest file holds.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "archive/entry.hpp"
#include "archive/stream.hpp"
#include "base/result.hpp"

namespace icosa::archive {

/// Entries are opened one after the other; several may be open at once, in one thread. An archive must outlive its
/// streams.
class ZipArchive {
public:
    /// Errors: damaged-archive (no list of entries: cut off, or no zip).
    [[nodiscard]] static Result<std::unique_ptr<ZipArchive>> open(const std::string& path);
    /// The same of bytes in memory, which the archive keeps; `path` is for messages.
    [[nodiscard]] static Result<std::unique_ptr<ZipArchive>> open(const std::string& path, std::string bytes);
    /// The same of bytes that outlive the archive.
    [[nodiscard]] static Result<std::unique_ptr<ZipArchive>> view(const std::string& path, std::string_view bytes);
    ~ZipArchive();
    ZipArchive(const ZipArchive&) = delete;
    ZipArchive& operator=(const ZipArchive&) = delete;

    [[nodiscard]] std::vector<Entry> entries() const;
    [[nodiscard]] bool has(std::string_view name) const;
    /// Errors: missing-entry, encrypted, zip-bomb (it says to be larger than any file of a source, or hundreds of times
    /// as large as its packed bytes), damaged-archive.
    [[nodiscard]] Result<std::unique_ptr<Stream>> entry(const std::string& name);
    /// An entry whole, if it is no larger than `most` bytes; zip-bomb otherwise.
    [[nodiscard]] Result<std::string> text_of(const std::string& name, std::size_t most);

private:
    struct State;
    explicit ZipArchive(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace icosa::archive
