/// Compound files (old Office files are such): streams by name, out of sectors that are chained.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace icosa::ingest {

/// A file in memory, and the list of its streams.
///
/// src   [MS-CFB] 2.1 to 2.6
class CompoundFile {
public:
    /// Errors: damaged-workbook (no such file, sectors that lead nowhere), too-large.
    [[nodiscard]] static Result<CompoundFile> open(const std::string& path);
    [[nodiscard]] bool has(std::string_view name) const { return find(name) != nullptr; }
    /// The bytes of a stream; "" where there is none of the name. Errors: damaged-workbook.
    [[nodiscard]] Result<std::string> stream(std::string_view name) const;
    [[nodiscard]] std::int64_t bytes() const { return static_cast<std::int64_t>(text_.size()); }

private:
    struct Entry {
        std::string name;
        int type = 0;
        std::uint32_t start = 0;
        std::uint64_t size = 0;
    };
    explicit CompoundFile(std::string path) : path_(std::move(path)) {}
    [[nodiscard]] const Entry* find(std::string_view name) const;
    [[nodiscard]] std::unexpected<Error> damaged(std::string_view what) const;
    Result<void> read_tables();
    Result<void> read_entries();
    /// The bytes of a chain of sectors.
    [[nodiscard]] Result<std::string> chain(std::uint32_t sector) const;
    [[nodiscard]] Result<std::string> small_chain(const Entry& entry) const;

    std::string path_;
    std::string text_;
    std::size_t sector_bytes_ = 512;
    std::vector<std::uint32_t> next_, next_small_;
    std::vector<Entry> entries_;
};

/// Little-endian whole number of up to four bytes; 0 beyond the end.
[[nodiscard]] std::uint32_t whole_at(std::string_view bytes, std::size_t at, int size);

}  // namespace icosa::ingest
