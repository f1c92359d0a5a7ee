/// Tables by way of their rows, UTF-16 by way of its code points.
#include "ingest/formats/byte_source.hpp"

#include <string_view>
#include <utility>

#include "ingest/file.hpp"
#include "ingest/formats/row_bytes.hpp"
#include "ingest/formats/utf16_bytes.hpp"

namespace icosa::ingest {
namespace {

/// A file's own bytes from a place on.
class OwnBytes : public ByteSource {
public:
    OwnBytes(File file, std::size_t from) : file_(std::move(file)), offset_(static_cast<std::int64_t>(from)) {}
    Result<std::size_t> read(char* into, std::size_t size) override {
        const std::size_t got = TRY(file_.read_at(into, size, offset_));
        offset_ += static_cast<std::int64_t>(got);
        return got;
    }
    [[nodiscard]] std::int64_t bytes_read() const override { return offset_; }

private:
    File file_;
    std::int64_t offset_;
};

}  // namespace

TextBytes order_of(std::string_view text) {
    return text.starts_with("\xFF\xFE") ? TextBytes::Utf16Little
        : text.starts_with("\xFE\xFF")  ? TextBytes::Utf16Big
                                        : TextBytes::AsTheyAre;
}

Result<std::unique_ptr<ByteSource>> open_characters(const std::string& path) {
    std::int64_t bytes = 0;
    File file = TRY(open_file(path, bytes));
    std::string mark(byte_order_mark.size(), '\0');
    mark.resize(TRY(file.read_at(mark.data(), mark.size(), 0)));
    if (const TextBytes order = order_of(mark); order != TextBytes::AsTheyAre) return open_utf16(path, order);
    return std::make_unique<OwnBytes>(std::move(file), mark == byte_order_mark ? mark.size() : 0);
}

Result<std::unique_ptr<ByteSource>> bytes_of(const std::string& path, const Part& part) {
    if (!part.is_text()) return std::make_unique<RowBytes>(TRY(part.table->rows(part)), part.columns, part.header_line);
    if (part.bytes != TextBytes::AsTheyAre) return open_utf16(path, part.bytes);
    return nullptr;
}

}  // namespace icosa::ingest
