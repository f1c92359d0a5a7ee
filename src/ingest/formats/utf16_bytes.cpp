/// Two bytes after two bytes, block by block.
#include "ingest/formats/utf16_bytes.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

#include "ingest/file.hpp"
#include "ingest/formats/utf8_out.hpp"

namespace icosa::ingest {
namespace {

constexpr std::size_t utf16_block_bytes = 1u << 16;

class Utf16Bytes : public ByteSource {
public:
    Utf16Bytes(File file, std::string path, TextBytes order)
        : file_(std::move(file)), path_(std::move(path)), order_(order) {}

    Result<std::size_t> read(char* into, std::size_t size) override {
        while (!ended_ && text_.size() < size) TRY(read_block());
        const std::size_t given = std::min(size, text_.size());
        std::memcpy(into, text_.data(), given);
        text_.erase(0, given);
        return given;
    }
    [[nodiscard]] std::int64_t bytes_read() const override { return offset_; }

private:
    Result<void> read_block() {
        std::string block(utf16_block_bytes, '\0');
        const auto got = static_cast<std::int64_t>(TRY(file_.read_at(block.data(), block.size(), offset_)));
        ended_ = static_cast<std::size_t>(got) < block.size();
        for (std::int64_t i = offset_ == 0 ? 2 : 0; i + 1 < got; i += 2)
            TRY(take(block[static_cast<std::size_t>(i)], block[static_cast<std::size_t>(i + 1)]));
        offset_ += got;
        if (ended_ && (joiner_.is_within() || got % 2 != 0)) return half_a_character();
        return {};
    }
    Result<void> take(char first, char second) {
        const bool is_little = order_ == TextBytes::Utf16Little;
        const auto low = static_cast<unsigned char>(is_little ? first : second);
        const auto up = static_cast<unsigned char>(is_little ? second : first);
        const std::uint32_t unit = std::uint32_t{up} << 8 | low;
        if (joiner_.take(unit, text_) == Utf16Joiner::Took::OddHalf) return half_a_character();
        lines_ += unit == '\n';
        return {};
    }
    [[nodiscard]] std::unexpected<Error> half_a_character() const {
        return fail(Fault::Data, "wrong-encoding", {path_, lines_ + 1}, "here is half a character of UTF-16",
                    "the file may be cut off or damaged: fetch it again");
    }

    File file_;
    std::string path_;
    TextBytes order_;
    std::string text_;
    Utf16Joiner joiner_;
    int lines_ = 0;
    std::int64_t offset_ = 0;
    bool ended_ = false;
};

}  // namespace

Result<std::unique_ptr<ByteSource>> open_utf16(const std::string& path, TextBytes order) {
    std::int64_t bytes = 0;
    return std::make_unique<Utf16Bytes>(TRY(open_file(path, bytes)), path, order);
}

}  // namespace icosa::ingest
