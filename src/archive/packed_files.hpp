/// Files that are packed: "a.zip/b.csv" is an entry of an archive, "a.csv.gz" a file packed by itself.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "archive/entry.hpp"
#include "archive/stream.hpp"
#include "base/result.hpp"

namespace icosa::archive {

/// Is the file an archive of files? By its bytes; a workbook, which is a zip too, is none.
[[nodiscard]] bool is_archive(const std::string& path);
/// Is it one file packed by gzip?
[[nodiscard]] bool is_gzip(const std::string& path);

/// The files of an archive by name; folders and what programs left for themselves are none. Of a packed tar archive all
/// of it is unpacked once to learn them.
///
/// err   those of Refusal: an archive with one such entry is refused whole; damaged-archive, empty-archive
[[nodiscard]] Result<std::vector<Entry>> files_in(const std::string& path);

/// A path that leads into an archive, split where the archive ends; nothing where no part of it is a file.
struct EntryPath {
    std::string archive;
    std::string entry;
};
[[nodiscard]] std::optional<EntryPath> split_entry_path(const std::string& path);

/// What is read of a packed file, and how much it says to be.
struct Unpacked {
    std::unique_ptr<Stream> stream;
    std::uint64_t bytes = 0;
};
/// Errors: missing-file (no archive), missing-entry, those of files_in for this entry.
[[nodiscard]] Result<Unpacked> open_entry(const EntryPath& path);
[[nodiscard]] Result<Unpacked> open_gzip_file(const std::string& path);

}  // namespace icosa::archive
