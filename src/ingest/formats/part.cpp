/// Tells formats apart by their first bytes, and hands each to the reader of its kind.
#include "ingest/formats/part.hpp"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include "base/text.hpp"
#include "ingest/file.hpp"
#include "ingest/formats/byte_source.hpp"
#include "ingest/formats/json_file.hpp"
#include "ingest/formats/kvn_file.hpp"
#include "ingest/formats/old_workbook.hpp"
#include "ingest/formats/omm_xml_file.hpp"
#include "ingest/formats/tle_file.hpp"
#include "ingest/formats/workbook.hpp"
#include "ingest/formats/xml_file.hpp"

namespace icosa::ingest {
namespace {

constexpr std::size_t bytes_that_tell = 1u << 16;
constexpr std::size_t json_step_bytes = 1u << 20;
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

/// What services of element sets answer, as a page that was found, where they have nothing to give.
bool is_error_answer(std::string_view text) {
    const std::string_view start = trim(text);
    return start.starts_with("Invalid query") || start.starts_with("No GP data found")
        || start.starts_with("No SATCAT records found");
}

/// Does a whole value end with the first line, and does another begin behind it?
bool are_json_lines(std::string_view text) {
    const auto end = text.find('\n');
    if (end == std::string_view::npos) return false;
    const std::string_view line = trim(text.substr(0, end)), rest = trim(text.substr(end));
    return !rest.empty() && (rest[0] == '{' || rest[0] == '[') && is_whole_json(line);
}

/// Is it JSON whose first line is longer than what was read of it?
bool begins_long_line(std::string_view text) {
    const auto first = text.find_first_not_of(blanks_between);
    return first != std::string_view::npos && (text[first] == '{' || text[first] == '[')
        && text.find('\n', first) == std::string_view::npos;
}

/// As much more as says whether another line follows the first, up to the longest record there is.
Result<void> read_beyond_first_line(const File& file, std::string& head) {
    for (std::size_t searched = 0; head.find('\n', searched) == std::string::npos && head.size() < longest_json_line;) {
        searched = head.size();
        head.resize(searched + json_step_bytes);
        head.resize(searched
                    + TRY(file.read_at(head.data() + searched, json_step_bytes, static_cast<std::int64_t>(searched))));
        if (head.size() - searched < json_step_bytes) break;
    }
    const std::size_t had = head.size();
    head.resize(had + bytes_that_tell);
    head.resize(had + TRY(file.read_at(head.data() + had, bytes_that_tell, static_cast<std::int64_t>(had))));
    return {};
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
    if (text[0] == '<' && begins_xml(text)) return begins_omm_xml(text) ? Format::OmmXml : Format::Xml;
    if (begins_kvn(text)) return Format::Kvn;
    return begins_tle(text) ? Format::Tle : Format::Text;
}

Result<std::unique_ptr<OpenFile>> open_tables(const std::string& path) {
    std::int64_t bytes = 0;
    const File file = TRY(open_file(path, bytes));
    std::string head(bytes_that_tell, '\0');
    head.resize(TRY(file.read_at(head.data(), head.size(), 0)));
    std::string_view text = head;
    if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
    const TextBytes order = order_of(text);
    std::string characters;
    if (order != TextBytes::AsTheyAre) {  // what it is shows in its characters
        const auto source = TRY(open_characters(path));
        characters.resize(bytes_that_tell);
        characters.resize(TRY(source->read(characters.data(), characters.size())));
        text = characters;
    } else if (begins_long_line(text)) {
        const std::size_t mark = head.size() - text.size();
        TRY(read_beyond_first_line(file, head));
        text = std::string_view(head).substr(mark);
    }
    if (is_web_page(text))
        return fail(Fault::Data, "web-page", {path}, "this is a web page, not a file of data",
                    "the publisher may have asked for a person or a key: fetch it again, or by hand");
    if (is_error_answer(text))
        return fail(Fault::Data, "error-answer", {path, 1},
                    fmt::format("this is a service's answer in words, no data: '{}'", excerpt(trim(text))),
                    "the query or group is no longer served: mend the address, and fetch it again");
    switch (format_of(text)) {
        case Format::Text: break;
        case Format::Json: return open_json(path);
        case Format::JsonLines: return open_json_lines(path);
        case Format::Workbook: return open_workbook(path);
        case Format::OldWorkbook: return open_old_workbook(path);
        case Format::Xml: return open_xml(path);
        case Format::OmmXml: return open_omm_xml(path, text);
        case Format::Tle: return open_tle(path);
        case Format::Kvn: return open_kvn(path);
    }
    return std::make_unique<PlainText>(order);
}

std::string words_of(const Part& part) {
    switch (part.format) {
        case Format::Text: return part.is_plain_text() ? "" : "UTF-16";
        case Format::Json:
        case Format::Xml:
        case Format::OmmXml:
            return part.name.empty() ? "the document is one record"
                                     : fmt::format("records at '{}', lines count them", part.name);
        case Format::JsonLines: return "a record a line";
        case Format::Tle: return "element sets in two lines, told by the first";
        case Format::Kvn: return "messages of keys and values, told by their first line";
        case Format::Workbook:
        case Format::OldWorkbook:
            return fmt::format("sheet '{}'{}, lines are its rows", part.name, part.is_hidden ? " (hidden)" : "");
    }
    return {};
}

std::string_view counted_in(const Part& part) {
    switch (part.format) {
        case Format::Text:
        case Format::JsonLines:
        case Format::Tle:
        case Format::Kvn: return "line";
        case Format::Workbook:
        case Format::OldWorkbook: return "row";
        case Format::Json:
        case Format::Xml:
        case Format::OmmXml: return part.columns.empty() ? "row" : "record";
    }
    return "line";
}

}  // namespace icosa::ingest
