/// Tables by way of their rows, UTF-16 by way of its code points.
#include "ingest/formats/byte_source.hpp"

#include "ingest/formats/row_bytes.hpp"
#include "ingest/formats/utf16_bytes.hpp"

namespace icosa::ingest {

Result<std::unique_ptr<ByteSource>> bytes_of(const std::string& path, const Part& part) {
    if (!part.is_text()) return std::make_unique<RowBytes>(TRY(part.table->rows(part)), part.columns);
    if (part.bytes != TextBytes::AsTheyAre) return open_utf16(path, part.bytes);
    return nullptr;
}

}  // namespace icosa::ingest
