/// The entries of a zip archive, read as a stream, and never more of them than an honest file holds.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace icosa::ingest {

/// One entry, unpacked as it is read.
class ZipEntry {
public:
    ~ZipEntry();
    ZipEntry(ZipEntry&&) noexcept;
    ZipEntry& operator=(ZipEntry&&) = delete;
    /// Fills as much of `size` bytes as there is; 0 at the end. Errors: damaged-archive, zip-bomb.
    [[nodiscard]] Result<std::size_t> read(char* into, std::size_t size);

private:
    friend class ZipArchive;
    struct State;
    explicit ZipEntry(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

/// Entries are opened one after the other; several may be open at once, in one thread.
class ZipArchive {
public:
    /// Errors: damaged-archive (no list of entries: cut off, or no zip).
    [[nodiscard]] static Result<std::unique_ptr<ZipArchive>> open(const std::string& path);
    ~ZipArchive();
    ZipArchive(const ZipArchive&) = delete;
    ZipArchive& operator=(const ZipArchive&) = delete;

    [[nodiscard]] bool has(std::string_view name) const;
    /// Errors: missing-entry, encrypted, zip-bomb (it says to be larger than any file of a source, or hundreds of times
    /// as large as its packed bytes), damaged-archive.
    [[nodiscard]] Result<ZipEntry> entry(const std::string& name);
    /// An entry whole, if it is no larger than `most` bytes; zip-bomb otherwise.
    [[nodiscard]] Result<std::string> text_of(const std::string& name, std::size_t most);

private:
    struct State;
    explicit ZipArchive(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace icosa::ingest
