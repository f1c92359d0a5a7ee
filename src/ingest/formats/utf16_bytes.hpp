/// A text in UTF-16, as UTF-8.
#pragma once

#include <memory>
#include <string>

#include "base/result.hpp"
#include "ingest/formats/byte_source.hpp"

namespace icosa::ingest {

/// Without its byte order mark. Errors: wrong-encoding (half a character, at the end too), with the line.
[[nodiscard]] Result<std::unique_ptr<ByteSource>> open_utf16(const std::string& path, TextBytes order);

}  // namespace icosa::ingest
