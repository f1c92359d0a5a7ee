/// Tells formats apart by their first bytes, and hands each to the reader of its kind.
#include "ingest/formats/part.hpp"

#include <algorithm>
#include <cerrno>
#include <string_view>

#include <fmt/format.h>

#include "base/text.hpp"
#include "ingest/file.hpp"
#include "ingest/formats/json_file.hpp"
#include "ingest/formats/old_workbook.hpp"
#include "ingest/formats/workbook.hpp"
#include "ingest/formats/xml_file.hpp"

namespace icosa::ingest {
namespace {

constexpr std::size_t bytes_that_tell = 1u << 16;
constexpr std::string_view blanks_between = " \t\r\n";

/// A document, or a header that begins with '{' or '['?
bool begins_json(std::string_view text) {
    const auto next = text.find_first_not_of(blanks_between, 1);
    if (next == std::string_view::npos) return text.size() > 1;
    const char c = text[next];
    if (text[0] == '{') return c == '"' || c == '}';
    const auto is_word = [&](std::string_view word) { return text.substr(next).starts_with(word); };
    return std::string_view("{[\"]-").find(c) != std::string_view::npos || (c >= '0' && c <= '9') || is_word("true")
        || is_word("false") || is_word("null");
}

/// A tag that another tag follows: "<DATE>,<CLOSE>" is a header of a text.
bool begins_xml(std::string_view text) {
    if (text.starts_with("<?xml") || text.starts_with("<!--") || text.starts_with("<!DOCTYPE")) return true;
    const auto end = text.find('>');
    if (end == std::string_view::npos || text.size() < 2) return false;
    const char c = static_cast<char>(text[1] | 0x20);
    const auto next = text.find_first_not_of(blanks_between, end + 1);
    return ((c >= 'a' && c <= 'z') || text[1] == '_') && next != std::string_view::npos && text[next] == '<';
}

/// A text is one table, cut into cells as a card says.
class PlainText : public OpenFile {
public:
    explicit PlainText(TextBytes bytes) { part_.bytes = bytes; }
    Result<std::vector<Part>> parts(const Wish&) override { return std::vector<Part>{part_}; }
    [[nodiscard]] Wish that_counts(const Wish&) const override { return {}; }

private:
    Part part_;
};

bool is_web_page(std::string_view text) {
    const std::string start = lower(trim(text.substr(0, 200)));
    return start.starts_with("<!doctype html") || start.starts_with("<html");
}

/// Does a whole value end with the first line, and does another begin behind it?
bool are_json_lines(std::string_view text) {
    const auto end = text.find('\n');
    if (end == std::string_view::npos) return false;
    const std::string_view line = trim(text.substr(0, end)), rest = trim(text.substr(end));
    return !rest.empty() && (rest[0] == '{' || rest[0] == '[') && is_whole_json(line);
}

}  // namespace

Format format_of(std::string_view text) {
    if (text.starts_with(std::string_view("PK\x03\x04", 4))) return Format::Workbook;
    if (text.starts_with("\xD0\xCF\x11\xE0")) return Format::OldWorkbook;
    const auto first = text.find_first_not_of(blanks_between);
    if (first == std::string_view::npos) return Format::Text;
    text.remove_prefix(first);
    if ((text[0] == '{' || text[0] == '[') && begins_json(text))
        return are_json_lines(text) ? Format::JsonLines : Format::Json;
    if (text[0] == '<' && begins_xml(text)) return Format::Xml;
    return Format::Text;
}

Result<std::unique_ptr<OpenFile>> open_tables(const std::string& path) {
    std::int64_t bytes = 0;
    const File file = TRY(open_file(path, bytes));
    std::string head(std::min<std::size_t>(bytes_that_tell, static_cast<std::size_t>(bytes)), '\0');
    const std::int64_t got = read_at(file, head.data(), head.size(), 0);
    if (got < 0) return unreadable(path, errno);
    head.resize(static_cast<std::size_t>(got));
    std::string_view text = head;
    if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
    if (is_web_page(text))
        return fail(Fault::Data, "web-page", {path}, "this is a web page, not a file of data",
                    "the publisher may have asked for a person or a key: fetch it again, or by hand");
    switch (format_of(text)) {
        case Format::Text: break;
        case Format::Json: return open_json(path);
        case Format::JsonLines: return open_json_lines(path);
        case Format::Workbook: return open_workbook(path);
        case Format::OldWorkbook: return open_old_workbook(path);
        case Format::Xml: return open_xml(path);
    }
    const TextBytes order = text.starts_with("\xFF\xFE") ? TextBytes::Utf16Little
        : text.starts_with("\xFE\xFF")                   ? TextBytes::Utf16Big
                                                         : TextBytes::AsTheyAre;
    return std::make_unique<PlainText>(order);
}

std::string words_of(const Part& part) {
    switch (part.format) {
        case Format::Text: return part.is_plain_text() ? "" : "UTF-16";
        case Format::Json:
        case Format::Xml:
            return part.name.empty() ? "the document is one record"
                                     : fmt::format("records at '{}', lines count them", part.name);
        case Format::JsonLines: return "a record a line";
        case Format::Workbook:
        case Format::OldWorkbook: return fmt::format("sheet '{}', lines are its rows", part.name);
    }
    return {};
}

std::string_view counted_in(const Part& part) {
    switch (part.format) {
        case Format::Text:
        case Format::JsonLines: return "line";
        case Format::Workbook:
        case Format::OldWorkbook: return "row";
        case Format::Json:
        case Format::Xml: return part.columns.empty() ? "row" : "record";
    }
    return "line";
}

}  // namespace icosa::ingest
