/// Forms by their first bytes, tables by their headings, JSON by the path to its records.
#include "fetch/content.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "archive/zip_archive.hpp"
#include "base/json_slice.hpp"
#include "base/text.hpp"

namespace icosa::fetch {
namespace {

using pack::SentForm;

constexpr std::size_t head_bytes = 64 * 1024;

bool is_page(std::string_view bytes) {
    const std::string head = lower(trim(bytes.substr(0, 512)));
    for (const std::string_view sign : {"<!doctype html", "<html", "<head", "<body", "<script"}) {
        if (head.find(sign) != std::string::npos) return true;
    }
    return false;
}

/// UTF-16 read as if it were one byte a letter, the zeros left out: enough to look for headings.
std::string plain_head(std::string_view bytes) {
    std::string head(bytes.substr(0, head_bytes));
    if (head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF")) std::erase(head, '\0');
    return lower(head);
}

/// Are all columns that tell one of the card's layouts among the file's first lines?
bool has_headings(std::string_view bytes, const pack::SourceCard& card) {
    const std::string head = plain_head(bytes);
    const auto fits = [&](const pack::SourceCard& layout) {
        return std::ranges::all_of(layout.header, [&](const std::string& column) {
            if (head.find(lower(column)) != std::string::npos) return true;
            const auto also = layout.also.find(column);
            return also != layout.also.end() && std::ranges::any_of(also->second, [&](const std::string& other) {
                       return head.find(lower(other)) != std::string::npos;
                   });
        });
    };
    return fits(card) || std::ranges::any_of(card.variants, fits);
}

Content look_at_table(std::string_view bytes, const pack::SourceCard& card) {
    if (!has_headings(bytes, card))
        return {Fit::Changed, fmt::format("the headings {} are not all in its first lines", join(card.header, ", "))};
    const bool has_header = !card.header.empty();
    const std::string_view body = trim(bytes);
    const auto lines = std::count(body.begin(), body.end(), '\n') + 1;
    return lines > (has_header ? 1 : 0) ? Content{} : Content{Fit::Empty, "there is no row below the headings"};
}

Content look_at_json(std::string_view bytes, const std::string& records) {
    if (!is_json(bytes)) return {Fit::Changed, "it is not whole JSON"};
    const auto found = json_at(bytes, records);
    const auto count = found ? json_count(*found) : std::nullopt;
    if (!count) return {Fit::Changed, fmt::format("there are no records at '{}'", records)};
    return *count > 0 ? Content{} : Content{Fit::Empty, "there is no record in it"};
}

Content look_at_lines(std::string_view bytes) {
    const std::string_view first = trim(bytes.substr(0, bytes.find('\n')));
    return is_json(first) ? Content{} : Content{Fit::Changed, "its first line is not JSON"};
}

/// Nothing is unpacked here. member: the end of the name of an entry that must be there; "" = any.
Content look_at_zip(std::string_view bytes, const std::string& member) {
    const auto zip = archive::ZipArchive::view("", bytes);
    if (!zip) return {Fit::Changed, "it is no whole zip archive"};
    const auto entries = (*zip)->entries();
    if (entries.empty()) return {Fit::Empty, "the archive is empty"};
    if (const auto refusal = archive::find_refusal(entries)) return {Fit::Unsafe, refusal->why};
    const auto is_member = [&](const archive::Entry& entry) { return lower(entry.name).ends_with(lower(member)); };
    if (std::ranges::none_of(entries, is_member))
        return {Fit::Changed, fmt::format("no entry of the archive is called '{}'", member)};
    return {};
}

bool begins(std::string_view bytes, std::initializer_list<std::string_view> signs) {
    return std::ranges::any_of(signs, [&](std::string_view sign) { return bytes.starts_with(sign); });
}

}  // namespace

Content look_at(std::string_view bytes, const pack::SourceCard& card, const pack::FetchRule& rule) {
    if (trim(bytes.substr(0, head_bytes)).empty()) return {Fit::Empty, "the answer has no content"};
    if (is_page(bytes)) return {Fit::Changed, "a web page came where a file was asked for"};
    const bool is_zip = begins(bytes, {"PK\x03\x04", "PK\x05\x06"});
    switch (rule.form) {
        case SentForm::Csv: return look_at_table(bytes, card);
        case SentForm::Json: return look_at_json(bytes, rule.records);
        case SentForm::JsonLines: return look_at_lines(bytes);
        case SentForm::Xml:
            return plain_head(bytes.substr(0, 512)).find('<') != std::string::npos
                ? Content{}
                : Content{Fit::Changed, "it is no XML"};
        case SentForm::Workbook:
            if (begins(bytes, {"\xD0\xCF\x11\xE0"})) return {};
            if (!is_zip) return {Fit::Changed, "it is no workbook"};
            return look_at_zip(bytes, "");
        case SentForm::Zip:
            if (!is_zip) return {Fit::Changed, "it is no zip archive"};
            return look_at_zip(bytes, rule.member);
        case SentForm::Gzip:
            return begins(bytes, {"\x1F\x8B"}) ? Content{} : Content{Fit::Changed, "it is not packed by gzip"};
        case SentForm::Tar:
            return begins(bytes,
                          {"\x1F\x8B", "BZh",
                           "\xFD"
                           "7zXZ"})
                    || (bytes.size() > 262 && bytes.substr(257, 5) == "ustar")
                ? Content{}
                : Content{Fit::Changed, "it is no tar archive"};
        case SentForm::Text: return {};
    }
    return {};
}

}  // namespace icosa::fetch
