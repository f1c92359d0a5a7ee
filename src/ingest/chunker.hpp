/// A file by blocks: whole records in chunks for several threads.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

#include "base/hash.hpp"
#include "base/result.hpp"
#include "ingest/file.hpp"
#include "ingest/formats/byte_source.hpp"
#include "ingest/formats/part.hpp"
#include "ingest/row_reader.hpp"

namespace icosa::ingest {

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
    /// The same of a table of any format; `form` is that of form_of.
    [[nodiscard]] static Result<std::unique_ptr<Chunker>> open(const std::string& path, const Part& part, Form form,
                                                               ChunkOptions options = {});
    Chunker(const Chunker&) = delete;
    Chunker& operator=(const Chunker&) = delete;

    /// False at the end. Errors: binary, record-too-long, unterminated-quote, unreadable-file. After an error there is
    /// nothing more.
    [[nodiscard]] Result<bool> next(Chunk& chunk);
    [[nodiscard]] std::int64_t bytes_read() const { return bytes_read_.load(std::memory_order_relaxed); }
    /// Of all bytes of a plain text, once next() has said false.
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

    Chunker(File file, std::string path, Form form, ChunkOptions options)
        : file_(std::move(file)), path_(std::move(path)), form_(form), options_(options) {}
    Result<bool> fill(Chunk& chunk);
    /// Reads a block behind what the chunk holds.
    Result<void> read_block(Chunk& chunk);
    void walk_quotes(std::string_view text, QuoteWalk& walk) const;
    [[nodiscard]] Where where_of(std::string_view text, std::size_t offset) const;

    File file_;
    std::unique_ptr<ByteSource> source_;  ///< instead of the file's own bytes
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
