/// Cuts blocks where a record ends, whatever stands within quotes.
#include "ingest/chunker.hpp"

#include <algorithm>
#include <cstring>

#include <fmt/format.h>

namespace icosa::ingest {

void Buffer::resize(std::size_t size) {
    if (size + scan_padding > capacity_) {
        const std::size_t capacity = std::max(size + scan_padding, capacity_ * 2);
        auto bytes = std::make_unique_for_overwrite<char[]>(capacity);
        if (size_ > 0) std::memcpy(bytes.get(), bytes_.get(), size_);
        bytes_ = std::move(bytes);
        capacity_ = capacity;
    }
    size_ = size;
    std::memset(bytes_.get() + size_, 0, scan_padding);
}

Result<std::unique_ptr<Chunker>> Chunker::open(const std::string& path, Form form, ChunkOptions options) {
    std::int64_t bytes = 0;
    File file = TRY(open_file(path, bytes));
    return std::unique_ptr<Chunker>(new Chunker(std::move(file), path, form, options));
}

Result<std::unique_ptr<Chunker>> Chunker::open(const std::string& path, const Part& part, Form form,
                                               ChunkOptions options) {
    auto chunker = TRY(open(path, form, options));
    chunker->source_ = TRY(bytes_of(path, part));
    chunker->line_ = part.first_line();
    return chunker;
}

Where Chunker::where_of(std::string_view text, std::size_t offset) const {
    const std::string_view before = text.substr(0, offset);
    const auto start = before.rfind('\n');
    return {path_, static_cast<int>(line_ + std::count(before.begin(), before.end(), '\n')),
            static_cast<int>(offset - (start == std::string_view::npos ? 0 : start + 1)) + 1};
}

Result<void> Chunker::read_block(Chunk& chunk) {
    const std::size_t had = chunk.buffer.size();
    chunk.buffer.resize(had + options_.block_bytes);
    char* const into = chunk.buffer.data() + had;
    const std::size_t size = source_ ? TRY(source_->read(into, options_.block_bytes))
                                     : TRY(file_.read_at(into, options_.block_bytes, offset_));
    at_end_ = size < options_.block_bytes;
    chunk.buffer.resize(had + size);
    const std::string_view block = chunk.buffer.text().substr(had);
    if (!source_) digest_.add(block);
    const BlockFacts facts = scanner(best_level()).facts(block);
    if (facts.has_nul) {
        return fail(Fault::Data, "binary", where_of(chunk.buffer.text(), had + block.find('\0')),
                    "here is a NUL byte, which no text has", "the file may be damaged: fetch it again");
    }
    block_newlines_ += facts.newlines;
    chunk.has_high |= facts.has_high;
    offset_ += static_cast<std::int64_t>(size);
    bytes_read_.store(source_ ? source_->bytes_read() : offset_, std::memory_order_relaxed);
    return {};
}

void Chunker::walk_quotes(std::string_view text, QuoteWalk& walk) const {
    const auto find = [&](char c, std::size_t from) {
        const auto* found = from < text.size()
            ? static_cast<const char*>(std::memchr(text.data() + from, c, text.size() - from))
            : nullptr;
        return found ? static_cast<std::size_t>(found - text.data()) : QuoteWalk::npos;
    };
    const auto cut_before = [&](std::size_t stop) {
        if (stop <= walk.plain) return;
        const auto* found = static_cast<const char*>(::memrchr(text.data() + walk.plain, '\n', stop - walk.plain));
        if (found) walk.cut = static_cast<std::size_t>(found - text.data()) + 1;
    };
    while (walk.at < text.size()) {
        const std::size_t quote = find('"', walk.at);
        if (walk.opened != QuoteWalk::npos) {
            if (quote == QuoteWalk::npos) {
                walk.at = text.size();
                return;
            }
            if (quote + 1 == text.size() && !at_end_) {  // the next block says whether it is doubled
                walk.at = quote;
                return;
            }
            if (quote + 1 < text.size() && text[quote + 1] == '"') {
                walk.at = quote + 2;
                continue;
            }
            walk.opened = QuoteWalk::npos;
            walk.at = walk.plain = quote + 1;
            continue;
        }
        if (quote == QuoteWalk::npos) {
            walk.at = text.size();
            cut_before(text.size());
            return;
        }
        cut_before(quote);
        if (quote == walk.begin || text[quote - 1] == form_.delimiter || text[quote - 1] == '\n') walk.opened = quote;
        walk.at = quote + 1;
    }
    if (walk.opened == QuoteWalk::npos) cut_before(text.size());
}

Result<bool> Chunker::next(Chunk& chunk) {
    const std::lock_guard lock(mutex_);
    if (ended_) return false;
    auto filled = fill(chunk);
    if (!filled || !*filled) ended_ = true;
    return filled;
}

Result<bool> Chunker::fill(Chunk& chunk) {
    chunk.buffer.resize(0);
    chunk.buffer.resize(carry_.size());
    if (!carry_.empty()) std::memcpy(chunk.buffer.data(), carry_.data(), carry_.size());
    const BlockFacts carried = scanner(best_level()).facts(carry_);
    chunk.has_high = carried.has_high;
    block_newlines_ = carried.newlines;
    QuoteWalk walk;
    std::size_t cut = 0;
    const bool is_first = offset_ == 0;
    bool skips_mark = false;
    for (;;) {
        if (!at_end_) TRY(read_block(chunk));
        if (is_first && !skips_mark && chunk.buffer.text().starts_with(byte_order_mark)) {
            skips_mark = true;
            walk.begin = walk.at = walk.plain = byte_order_mark.size();
        }
        const std::string_view text = chunk.buffer.text();
        if (form_.quoted) {
            walk_quotes(text, walk);
            cut = walk.cut;
        } else {
            const auto* found =
                text.empty() ? nullptr : static_cast<const char*>(::memrchr(text.data(), '\n', text.size()));
            cut = found ? static_cast<std::size_t>(found - text.data()) + 1 : 0;
        }
        if (at_end_) {
            if (walk.opened != QuoteWalk::npos) {
                return fail(Fault::Data, "unterminated-quote", where_of(text, walk.opened),
                            "the quote that opens here is never closed",
                            "close it, or fetch the file again if it was cut off");
            }
            if (text.size() - cut <= options_.record_limit_bytes) cut = text.size();
        }
        if (text.size() - cut > options_.record_limit_bytes) {
            const bool in_quote = walk.opened != QuoteWalk::npos;
            return fail(Fault::Data, "record-too-long", where_of(text, in_quote ? walk.opened : cut),
                        in_quote ? fmt::format("the quote that opens here is not closed within {}",
                                               megabytes(options_.record_limit_bytes))
                                 : fmt::format("this line is longer than {}", megabytes(options_.record_limit_bytes)),
                        in_quote ? "close it, or set quoted = false in the card if quotes are plain text"
                                 : "check the line ends and the delimiter");
        }
        if (cut > 0 || at_end_) break;
    }
    const std::string_view text = chunk.buffer.text();
    carry_.assign(text.substr(cut));
    const std::size_t begin = std::min(walk.begin, cut);
    chunk.text = text.substr(begin, cut - begin);
    chunk.first_line = line_;
    chunk.number = number_++;
    line_ += block_newlines_ - scanner(best_level()).facts(carry_).newlines;
    return cut > 0 || !at_end_;
}

}  // namespace icosa::ingest
