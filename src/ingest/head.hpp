/// The beginning of a file, looked at before anything is read of it: is it text at all?
#pragma once

#include <cstdint>
#include <string>

#include "base/result.hpp"

namespace icosa::ingest {

/// The beginning of a file.
struct Head {
    std::string text;  ///< without a byte order mark, at most about 1 MB, with scan_padding bytes of room behind it
    std::int64_t file_bytes = 0;
    bool whole = false;  ///< the text is the whole file
};

/// Opens, looks, closes. Errors: missing-file, is-directory, unreadable-file, not-a-file, empty-file, compressed,
/// wrong-encoding (UTF-16), binary, cr-line-ends, record-too-long (no line end in the first MB).
[[nodiscard]] Result<Head> read_head(const std::string& path);

}  // namespace icosa::ingest
