/// Delimited text by blocks: whole records in chunks for several threads, then rows of cells. Knows lines and columns,
/// nothing of cards.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.hpp"
#include "base/result.hpp"
#include "ingest/scan.hpp"

namespace icosa::ingest {

/// How records and cells are parted. A quote opens at the beginning of a cell only; "" within is one quote; what
/// follows a closing quote up to the delimiter belongs to the cell as it stands.
struct Form {
    char delimiter = ',';
    bool quoted = true;
};

/// The beginning of a file.
struct Head {
    std::string text;  ///< without a byte order mark, at most about 1 MB, with scan_padding bytes of room behind it
    std::int64_t file_bytes = 0;
    bool whole = false;  ///< the text is the whole file
};

/// Opens, looks, closes. Errors: missing-file, is-directory, unreadable-file, not-a-file, empty-file, compressed,
/// wrong-encoding (UTF-16), binary, cr-line-ends, record-too-long (no line end in the first MB).
[[nodiscard]] Result<Head> read_head(const std::string& path);

/// XXH3 128 of a file's bytes.
[[nodiscard]] Result<std::string> digest_of(const std::string& path);

/// One row; its views are good until the next row is asked for.
struct Row {
    std::string_view record;  ///< the raw bytes, without the line end
    std::int64_t line = 0;  ///< the first physical line, from 1
    std::int32_t columns = 0;  ///< as many as there are; cell() knows only the first `most` of the reader

    [[nodiscard]] std::string_view cell(std::int32_t i) const {
        const std::uint32_t begin = stops[i] + 1;
        return {base + begin, stops[i + 1] - begin};
    }
    const char* base = nullptr;
    const std::uint32_t* stops = nullptr;  ///< stops[0] is -1, stops[i + 1] where cell i ends
};

/// Walks the rows of a text of whole records. Blank lines are no rows.
class RowReader {
public:
    RowReader(Form form, std::int32_t most_columns, Level level = best_level());
    /// text: scan_padding bytes behind it must be readable; it must outlive the walk.
    void start(std::string_view text, std::int64_t first_line);
    [[nodiscard]] bool next(Row& row);

private:
    void split_quoted(Row& row);

    Form form_;
    std::int32_t most_;
    const Scanner* scanner_;
    const char* at_ = nullptr;
    const char* end_ = nullptr;
    std::int64_t line_ = 1;
    std::vector<std::uint32_t> stops_;
    std::string unquoted_;
};

/// Bytes with room behind them.
class Buffer {
public:
    [[nodiscard]] char* data() { return bytes_.get(); }
    [[nodiscard]] const char* data() const { return bytes_.get(); }
    [[nodiscard]] std::size_t size() const { return size_; }
    void resize(std::size_t size);  ///< keeps what is there; new bytes are not set
    [[nodiscard]] std::string_view text() const { return {bytes_.get(), size_}; }

private:
    std::unique_ptr<char[]> bytes_;
    std::size_t capacity_ = 0;
    std::size_t size_ = 0;
};

/// Whole records.
struct Chunk {
    Buffer buffer;
    std::string_view text;  ///< within the buffer
    std::int64_t number = 0;  ///< from 0
    std::int64_t first_line = 1;
    bool has_high = false;  ///< perhaps bytes beyond ASCII
};

struct ChunkOptions {
    std::size_t block_bytes = 1u << 20;
    std::size_t record_limit_bytes = 8u << 20;  ///< a longer record is the error record-too-long
};

/// Hands out the chunks of a file in order, one at a time to any thread; reads by blocks, never maps. Memory: a block
/// and a record a thread.
class Chunker {
public:
    [[nodiscard]] static Result<std::unique_ptr<Chunker>> open(const std::string& path, Form form,
                                                               ChunkOptions options = {});
    ~Chunker();
    Chunker(const Chunker&) = delete;
    Chunker& operator=(const Chunker&) = delete;

    /// False at the end. Errors: binary, record-too-long, unterminated-quote, unreadable-file. After an error there is
    /// nothing more.
    [[nodiscard]] Result<bool> next(Chunk& chunk);
    [[nodiscard]] std::int64_t bytes_read() const { return bytes_read_.load(std::memory_order_relaxed); }
    /// Of all bytes, once next() has said false.
    [[nodiscard]] std::string digest() const { return digest_.hexadecimal(); }

private:
    /// Where the walk over a chunk's quotes stands.
    struct QuoteWalk {
        std::size_t begin = 0;  ///< the first byte of the first record
        std::size_t at = 0;  ///< next byte to look at
        std::size_t plain = 0;  ///< where the present stretch outside quotes began
        std::size_t cut = 0;  ///< behind the last record that ended
        std::size_t opened = npos;  ///< the quote that is open
        static constexpr std::size_t npos = static_cast<std::size_t>(-1);
    };

    Chunker(int file, std::string path, Form form, ChunkOptions options)
        : file_(file), path_(std::move(path)), form_(form), options_(options) {}
    Result<bool> fill(Chunk& chunk);
    /// Reads a block behind what the chunk holds.
    Result<void> read_block(Chunk& chunk);
    void walk_quotes(std::string_view text, QuoteWalk& walk) const;
    [[nodiscard]] Where where_of(std::string_view text, std::size_t offset) const;

    int file_ = -1;
    std::string path_;
    Form form_;
    ChunkOptions options_;
    std::mutex mutex_;
    std::string carry_;  ///< the beginning of a record that the last chunk left
    std::int64_t line_ = 1;  ///< of the first byte that was not handed out
    std::int64_t number_ = 0;
    std::int64_t block_newlines_ = 0;  ///< of the blocks of the chunk being filled
    std::int64_t offset_ = 0;
    bool at_end_ = false;
    bool ended_ = false;
    Digest digest_;
    std::atomic<std::int64_t> bytes_read_{0};
};

}  // namespace icosa::ingest
