/// Blocks in, whole records out: the only file of this room that reads bytes from disk.
#include "ingest/delimited.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>

namespace icosa::ingest {
namespace {

constexpr std::size_t head_bytes = 1u << 20;
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

std::string megabytes(std::size_t bytes) {
    return bytes >= (1u << 20) ? fmt::format("{} MB", bytes >> 20) : fmt::format("{} bytes", bytes);
}

/// An open file that closes itself.
class File {
public:
    explicit File(int number) : number_(number) {}
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    File(File&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    File& operator=(File&&) = delete;
    ~File() {
        if (number_ >= 0) ::close(number_);
    }
    [[nodiscard]] int number() const { return number_; }
    [[nodiscard]] int release() { return std::exchange(number_, -1); }

private:
    int number_;
};

std::unexpected<Error> unreadable(const std::string& path, int why) {
    return fail(Fault::Data, "unreadable-file", {path}, fmt::format("the file cannot be read: {}", std::strerror(why)),
                "check its permissions and the disk");
}

Result<File> open_file(const std::string& path, std::int64_t& bytes) {
    File file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (file.number() < 0) {
        if (errno == ENOENT || errno == ENOTDIR)
            return fail(Fault::Data, "missing-file", {path}, "there is no such file", "check the path");
        return unreadable(path, errno);
    }
    struct stat facts{};
    if (::fstat(file.number(), &facts) != 0) return unreadable(path, errno);
    if (S_ISDIR(facts.st_mode))
        return fail(Fault::Data, "is-directory", {path}, "this is a directory", "name its files, or add --recursive");
    if (!S_ISREG(facts.st_mode))
        return fail(Fault::Data, "not-a-file", {path}, "this is not a regular file, and a file may be read twice",
                    "save it to a file first");
    bytes = facts.st_size;
    return file;
}

/// Fills as much of `size` bytes as the file has; -1 on error.
std::int64_t read_at(int file, char* into, std::size_t size, std::int64_t offset) {
    std::size_t done = 0;
    while (done < size) {
        const auto got = ::pread(file, into + done, size - done, offset + static_cast<std::int64_t>(done));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return -1;
        if (got == 0) break;
        done += static_cast<std::size_t>(got);
    }
    return static_cast<std::int64_t>(done);
}

struct Signature {
    std::string_view bytes;
    std::string_view what;
};
constexpr Signature packed[] = {
    {"\x1F\x8B", "gzip"},
    {{"PK\x03\x04", 4}, "a zip archive or an Office workbook"},
    {{"\x28\xB5\x2F\xFD", 4}, "zstd"},
    {"BZh", "bzip2"},
    {{"\xFD"
      "7zXZ\0",
      6},
     "xz"},
    {{"7z\xBC\xAF\x27\x1C", 6}, "7-Zip"},
};

/// What no text has: archives, UTF-16, NUL bytes, lines that only CR ends.
Result<void> check_text(const std::string& path, std::string_view text) {
    for (const Signature& signature : packed) {
        if (text.starts_with(signature.bytes))
            return fail(Fault::Data, "compressed", {path}, fmt::format("this is {}, not text", signature.what),
                        "unpack it, or save it as CSV, first");
    }
    if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
        return fail(Fault::Data, "wrong-encoding", {path, 1, 1}, "this is UTF-16, sources are UTF-8 or Latin-1",
                    "convert it first: iconv -f UTF-16 -t UTF-8");
    }
    if (const auto nul = text.find('\0'); nul != std::string_view::npos) {
        const std::string_view before = text.substr(0, nul);
        const auto line = std::count(before.begin(), before.end(), '\n') + 1;
        const auto start = before.rfind('\n');
        return fail(Fault::Data, "binary",
                    {path, static_cast<int>(line),
                     static_cast<int>(nul - (start == std::string_view::npos ? 0 : start + 1)) + 1},
                    "here is a NUL byte, which no text has", "give a text file: CSV, TSV or the like");
    }
    // A line of the header ends with CR alone where neither LF nor another CR follows, outside quotes; LF may still
    // stand within cells.
    const auto cr = text.find('\r');
    if (cr != std::string_view::npos && cr + 1 < text.size() && cr < text.find('\n')
        && text.find_first_not_of('\r', cr) < text.size() && text[text.find_first_not_of('\r', cr)] != '\n'
        && std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(cr), '"') % 2 == 0) {
        return fail(Fault::Data, "cr-line-ends", {path, 1, static_cast<int>(cr) + 1}, "lines end with CR alone",
                    "convert them to LF first: tr '\\r' '\\n' < OLD > NEW");
    }
    return {};
}

}  // namespace

Result<Head> read_head(const std::string& path) {
    Head head;
    const File file = TRY(open_file(path, head.file_bytes));
    head.text.resize(std::min<std::size_t>(head_bytes, static_cast<std::size_t>(head.file_bytes)));
    const std::int64_t got = read_at(file.number(), head.text.data(), head.text.size(), 0);
    if (got < 0) return unreadable(path, errno);
    head.text.resize(static_cast<std::size_t>(got));
    head.whole = got == head.file_bytes;
    if (head.text.starts_with(byte_order_mark)) head.text.erase(0, byte_order_mark.size());
    if (head.text.find_first_not_of(" \t\r\n") == std::string::npos && head.whole) {
        return fail(Fault::Data, "empty-file", {path},
                    head.file_bytes == 0 ? "the file is empty" : "the file holds nothing but blanks", "fetch it again");
    }
    TRY(check_text(path, head.text));
    if (!head.whole && head.text.find('\n') == std::string::npos) {
        return fail(Fault::Data, "record-too-long", {path, 1},
                    fmt::format("the first line is longer than {}, no header is", megabytes(head_bytes)),
                    "check that this is delimited text with LF or CRLF line ends");
    }
    head.text.reserve(head.text.size() + scan_padding);
    return head;
}

Result<std::string> digest_of(const std::string& path) {
    std::int64_t bytes = 0;
    const File file = TRY(open_file(path, bytes));
    Digest digest;
    const auto block = std::make_unique_for_overwrite<char[]>(head_bytes);
    for (std::int64_t offset = 0;;) {
        const std::int64_t got = read_at(file.number(), block.get(), head_bytes, offset);
        if (got < 0) return unreadable(path, errno);
        if (got == 0) return digest.hexadecimal();
        digest.add({block.get(), static_cast<std::size_t>(got)});
        offset += got;
    }
}

RowReader::RowReader(Form form, std::int32_t most_columns, Level level)
    : form_(form),
      most_(most_columns),
      scanner_(&scanner(level)),
      stops_(static_cast<std::size_t>(most_columns + stops_padding + 1)) {
    stops_[0] = static_cast<std::uint32_t>(-1);
}

void RowReader::start(std::string_view text, std::int64_t first_line) {
    at_ = text.data();
    end_ = at_ + text.size();
    line_ = first_line;
}

bool RowReader::next(Row& row) {
    while (at_ < end_) {
        row.line = line_;
        const RowSplit split = scanner_->split_row(at_, end_, form_.delimiter, stops_.data() + 1, most_);
        row.stops = stops_.data();
        if (split.has_quote && form_.quoted) {
            split_quoted(row);
        } else {
            const char* stop = split.stop;
            if (stop > at_ && stop[-1] == '\r') {
                --stop;
                if (split.columns <= most_) --stops_[static_cast<std::size_t>(split.columns)];
            }
            row.base = at_;
            row.columns = split.columns;
            row.record = {at_, static_cast<std::size_t>(stop - at_)};
            at_ = split.stop < end_ ? split.stop + 1 : end_;
            ++line_;
        }
        if (!row.record.empty()) return true;
    }
    return false;
}

void RowReader::split_quoted(Row& row) {
    unquoted_.clear();
    const char* const begin = at_;
    const char* p = at_;
    row.columns = 0;
    for (;;) {
        if (p < end_ && *p == '"') {
            ++p;
            for (;;) {
                const auto* quote = static_cast<const char*>(std::memchr(p, '"', static_cast<std::size_t>(end_ - p)));
                const char* const stop = quote ? quote : end_;
                line_ += std::count(p, stop, '\n');
                unquoted_.append(p, stop);
                p = quote ? quote + 1 : end_;
                if (!quote || p == end_ || *p != '"') break;
                unquoted_ += '"';
                ++p;
            }
        }
        const char* const plain = p;
        while (p < end_ && *p != form_.delimiter && *p != '\n') ++p;
        const bool ends = p == end_ || *p == '\n';
        unquoted_.append(plain, ends && p > plain && p[-1] == '\r' ? p - 1 : p);
        if (row.columns < most_)
            stops_[static_cast<std::size_t>(row.columns) + 1] = static_cast<std::uint32_t>(unquoted_.size());
        unquoted_ += '\n';  // a cell's stop must stand before the next cell's begin
        ++row.columns;
        if (ends) break;
        ++p;
    }
    row.base = unquoted_.data();
    row.record = {begin, static_cast<std::size_t>((p > begin && p[-1] == '\r' ? p - 1 : p) - begin)};
    at_ = p < end_ ? p + 1 : end_;
    ++line_;
}

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
    return std::unique_ptr<Chunker>(new Chunker(file.release(), path, form, options));
}

Chunker::~Chunker() { ::close(file_); }

Where Chunker::where_of(std::string_view text, std::size_t offset) const {
    const std::string_view before = text.substr(0, offset);
    const auto start = before.rfind('\n');
    return {path_, static_cast<int>(line_ + std::count(before.begin(), before.end(), '\n')),
            static_cast<int>(offset - (start == std::string_view::npos ? 0 : start + 1)) + 1};
}

Result<void> Chunker::read_block(Chunk& chunk) {
    const std::size_t had = chunk.buffer.size();
    chunk.buffer.resize(had + options_.block_bytes);
    const std::int64_t got = read_at(file_, chunk.buffer.data() + had, options_.block_bytes, offset_);
    if (got < 0) return unreadable(path_, errno);
    const auto size = static_cast<std::size_t>(got);
    at_end_ = size < options_.block_bytes;
    chunk.buffer.resize(had + size);
    const std::string_view block = chunk.buffer.text().substr(had);
    digest_.add(block);
    const BlockFacts facts = scanner(best_level()).facts(block);
    if (facts.has_nul) {
        return fail(Fault::Data, "binary", where_of(chunk.buffer.text(), had + block.find('\0')),
                    "here is a NUL byte, which no text has", "the file may be damaged: fetch it again");
    }
    block_newlines_ += facts.newlines;
    chunk.has_high |= facts.has_high;
    offset_ += got;
    bytes_read_.store(offset_, std::memory_order_relaxed);
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
