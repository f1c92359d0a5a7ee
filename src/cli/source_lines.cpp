/// Walks each file once up to the last line wanted.
#include "cli/source_lines.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "base/text.hpp"
#include "ingest/formats/byte_source.hpp"
#include "ingest/row_texts.hpp"

namespace icosa::cli {
namespace {

constexpr std::size_t bytes_shown = 300;
constexpr std::size_t bytes_walked = 64'000'000;
constexpr std::size_t block_bytes = 1u << 16;

/// Control characters mean that the file is packed, or no text.
bool is_plain_text(std::string_view line) {
    return std::ranges::none_of(line, [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\t'; })
        && !first_invalid_utf8(line);
}

void read_texts(const std::string& path, const std::map<std::int32_t, std::size_t>& wanted,
                std::vector<SourceText>& out) {
    const auto source = ingest::open_characters(path);
    if (!source) return;
    std::string text;
    std::int32_t number = 1;
    auto next = wanted.begin();
    for (std::size_t walked = 0; next != wanted.end() && walked < bytes_walked;) {
        const std::size_t had = text.size();
        text.resize(had + block_bytes);
        const std::size_t got = (*source)->read(text.data() + had, block_bytes).value_or(0);
        text.resize(had + got);
        walked += got;
        if (got < block_bytes) text += '\n';
        std::size_t begin = 0;
        for (std::size_t end = text.find('\n', begin); end != std::string::npos && next != wanted.end();
             begin = end + 1, end = text.find('\n', begin)) {
            if (number++ != next->first) continue;
            std::string_view line = std::string_view(text).substr(begin, end - begin);
            if (line.ends_with('\r')) line.remove_suffix(1);
            if (!is_plain_text(line)) return;
            out[next->second].text = excerpt(line, bytes_shown);
            ++next;
        }
        text.erase(0, begin);
        if (got < block_bytes) return;
    }
}

/// Rows of a workbook, records of a document. False where the file is neither.
bool read_rows(const std::string& path, const std::map<std::int32_t, std::size_t>& wanted, const pack::SourceCard& card,
               std::vector<SourceText>& out) {
    std::set<std::int64_t> rows;
    for (const auto& [line, index] : wanted) rows.insert(line);
    const auto texts = ingest::texts_of_rows(path, card, rows);
    if (!texts || texts->empty()) return false;
    for (const auto& [line, index] : wanted) {
        if (const auto text = texts->find(line); text != texts->end())
            out[index].text = excerpt(text->second, bytes_shown);
    }
    return true;
}

}  // namespace

std::vector<SourceText> with_texts(const std::vector<store::SourceLineFull>& lines, std::size_t most,
                                   const pack::SourceCard* card) {
    std::vector<SourceText> out;
    std::map<std::string, std::map<std::int32_t, std::size_t>> wanted;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        out.push_back({lines[i], {}, {}});
        if (i + most >= lines.size() && lines[i].line > 0) wanted[lines[i].file][lines[i].line] = i;
    }
    for (const auto& [path, of] : wanted) {
        if (!card || !read_rows(path, of, *card, out)) read_texts(path, of, out);
    }
    return out;
}

}  // namespace icosa::cli
