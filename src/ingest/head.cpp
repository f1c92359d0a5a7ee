/// Looks at the beginning of a file: refuses archives, other encodings, bytes that no text has.
#include "ingest/head.hpp"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include "ingest/file.hpp"
#include "ingest/formats/byte_source.hpp"
#include "ingest/scan.hpp"

namespace icosa::ingest {
namespace {

constexpr std::size_t head_bytes = 1u << 20;

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

/// The head of what is no plain text: the first of its rows, or of its characters.
Result<Head> head_of(const std::string& path, Part part, std::int64_t file_bytes) {
    Head head;
    head.file_bytes = file_bytes;
    const auto bytes = TRY(bytes_of(path, part));
    head.text.resize(head_bytes);
    head.text.resize(TRY(bytes->read(head.text.data(), head_bytes)));
    head.whole = head.text.size() < head_bytes;
    head.text.reserve(head.text.size() + scan_padding);
    head.part = std::move(part);
    return head;
}

/// Of every table that the wish leaves.
Result<std::vector<Head>> heads_of(OpenFile& file, const std::string& path, const Wish& wish) {
    std::int64_t bytes = 0;
    { const File looked_at = TRY(open_file(path, bytes)); }
    auto parts = TRY(file.parts(wish));
    std::vector<Head> out;
    for (Part& part : parts) {
        if (part.is_plain_text()) out.push_back(TRY(read_head(path)));
        else out.push_back(TRY(head_of(path, std::move(part), bytes)));
    }
    return out;
}

}  // namespace

Wish wish_of(const pack::SourceCard& card) { return {card.records, card.unfold, card.sheet}; }

Result<Heads> Heads::open(const std::string& path) {
    Heads out(path);
    out.file_ = TRY(open_tables(path));
    const auto& why = out.why_none({});
    if (why && why->code != "no-records") return std::unexpected(*why);  // a card may know where they are
    return out;
}

Heads::Heads(Head head) { answers_[{}].heads.push_back(std::move(head)); }

const std::vector<Head>& Heads::of(const Wish& wish) { return answer_to(wish).heads; }
const std::optional<Error>& Heads::why_none(const Wish& wish) { return answer_to(wish).error; }

const Heads::Answer& Heads::answer_to(const Wish& wish) {
    if (!file_) return answers_[{}];
    const Wish counts = file_->that_counts(wish);
    const auto known = answers_.find(counts);
    if (known != answers_.end()) return known->second;
    Answer& answer = answers_[counts];
    auto heads = heads_of(*file_, path_, counts);
    if (heads) answer.heads = std::move(*heads);
    else answer.error = std::move(heads).error();
    return answer;
}

Result<Head> read_head(const std::string& path) {
    Head head;
    const File file = TRY(open_file(path, head.file_bytes));
    head.text.resize(head_bytes + 1);
    head.text.resize(TRY(file.read_at(head.text.data(), head.text.size(), 0)));
    head.whole = head.text.size() <= head_bytes;
    head.text.resize(std::min(head.text.size(), head_bytes));
    if (head.text.starts_with(byte_order_mark)) head.text.erase(0, byte_order_mark.size());
    if (head.text.find_first_not_of(" \t\r\n") == std::string::npos && head.whole) {
        return fail(Fault::Data, "empty-file", {path},
                    head.text.empty() ? "the file is empty" : "the file holds nothing but blanks", "fetch it again");
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

}  // namespace icosa::ingest
