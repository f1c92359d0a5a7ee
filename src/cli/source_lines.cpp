/// Walks each file once up to the last line wanted.
#include "cli/source_lines.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include "base/text.hpp"
#include "ingest/row_texts.hpp"

namespace icosa::cli {
namespace {

constexpr std::size_t bytes_shown = 300;
constexpr std::size_t bytes_walked = 64'000'000;

/// Control characters mean that the file is packed, or no text.
bool is_plain_text(std::string_view line) {
    return std::ranges::none_of(line, [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\t'; })
        && !first_invalid_utf8(line);
}

void read_texts(const std::string& path, const std::map<std::int32_t, std::size_t>& wanted,
                std::vector<SourceText>& out) {
    std::error_code error;
    if (!std::filesystem::is_regular_file(path, error)) return;
    std::ifstream file(path, std::ios::binary);
    std::string line;
    std::size_t walked = 0;
    auto next = wanted.begin();
    for (std::int32_t number = 1; next != wanted.end() && walked < bytes_walked && std::getline(file, line); ++number) {
        walked += line.size() + 1;
        if (number != next->first) continue;
        if (line.ends_with('\r')) line.pop_back();
        if (!is_plain_text(line)) return;
        out[next->second].text = excerpt(line, bytes_shown);
        ++next;
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
        out.push_back({lines[i], {}});
        if (i + most >= lines.size() && lines[i].line > 0) wanted[lines[i].file][lines[i].line] = i;
    }
    for (const auto& [path, of] : wanted) {
        if (!card || !read_rows(path, of, *card, out)) read_texts(path, of, out);
    }
    return out;
}

}  // namespace icosa::cli
