/// Finds headers and columns by name.
#include "ingest/header.hpp"

#include <algorithm>
#include <regex>

#include <fmt/format.h>

#include "base/text.hpp"
#include "ingest/file.hpp"
#include "ingest/formats/row_bytes.hpp"
#include "model/code_key.hpp"

namespace icosa::ingest {
namespace {

constexpr std::int32_t most_columns = 16384;
constexpr std::size_t rows_with_keys = 100;  ///< of which one may be a header

/// Takes `piece` off both ends; true where it stood there.
bool strip(std::string_view& text, std::string_view piece) {
    const std::size_t before = text.size();
    if (text.starts_with(piece)) text.remove_prefix(piece.size());
    if (text.ends_with(piece)) text.remove_suffix(piece.size());
    return text.size() != before;
}

}  // namespace

Form form_of(const pack::SourceCard& card, const Part& part) {
    return part.is_text() ? Form{card.delimiter, card.quoted} : form_of_rows;
}

std::string column_without_name(std::size_t index) { return fmt::format("column {}", index + 1); }

std::vector<FirstRow> first_rows_of(const Head& head, Form form, std::string_view preamble, std::size_t most) {
    RowReader reader(form, most_columns);
    std::string padded = head.text;
    padded.append(scan_padding, '\0');
    reader.start(std::string_view(padded).substr(0, head.text.size()), head.part.first_line());
    std::vector<FirstRow> out;
    for (Row row; out.size() < most && reader.next(row);) {
        if (out.empty() && !preamble.empty() && row.record.starts_with(preamble)) continue;
        auto& first = out.emplace_back();
        first.line = row.line;
        for (std::int32_t i = 0; i < std::min(row.columns, most_columns); ++i) {
            const std::string_view cell = trim(row.cell(i));
            first.cells.push_back(first_invalid(cell) == std::string_view::npos ? std::string(cell)
                                                                                : latin1_to_utf8(cell));
            if (out.size() <= rows_with_keys) first.keys.insert(column_key(first.cells.back()));
        }
    }
    if (!head.part.is_text()) {
        std::size_t widest = 0;
        for (const FirstRow& row : out) widest = std::max(widest, row.cells.size());
        for (std::size_t r = 0; r < out.size(); ++r) {
            out[r].cells.resize(widest);
            for (std::size_t i = 0; r < rows_with_keys && i < widest; ++i) {
                if (head.part.columns.empty() && out[r].cells[i].empty()) out[r].keys.insert(column_without_name(i));
            }
        }
    }
    return out;
}

namespace {

/// The columns by which a row is told to be the card's header, with the keys of all their names.
class Wanted {
public:
    explicit Wanted(const pack::SourceCard& card) : card_(card) {
        const std::vector<std::string> needed = pack::columns_needed(card);
        for (const std::string& name : needed) needed_.push_back(column_of(name));
        if (needed.size() >= columns_that_tell) return;
        for (const std::string& name : card.header) {
            if (std::find(needed.begin(), needed.end(), name) == needed.end()) others_.push_back(column_of(name));
        }
    }

    [[nodiscard]] std::vector<std::string> lacks(const FirstRow& row) const {
        std::vector<std::string> out, others;
        for (const Column& column : needed_) {
            if (!is_in(column, row)) out.push_back(column.name);
        }
        for (const Column& column : others_) {
            if (!is_in(column, row)) others.push_back(column.name);
        }
        if (others.size() * 2 > others_.size()) out.insert(out.end(), others.begin(), others.end());
        if (!card_.wide.pattern.empty() && out.empty() && wide_headings(card_, row.cells).empty())
            out.push_back(card_.wide.pattern);
        return out;
    }

    [[nodiscard]] bool is_header(const FirstRow& row) const {
        return row.keys.size() >= needed_.size()
            && std::all_of(needed_.begin(), needed_.end(), [&](const Column& column) { return is_in(column, row); })
            && lacks(row).empty();
    }

private:
    static constexpr std::size_t columns_that_tell = 3;  ///< fewer (a year, a value) are in files of all kinds

    struct Column {
        std::string name;
        std::vector<std::string> keys;
    };
    Column column_of(const std::string& name) const {
        Column out{name, {column_key(name)}};
        if (const auto others = card_.also.find(name); others != card_.also.end()) {
            for (const std::string& other : others->second) out.keys.push_back(column_key(other));
        }
        return out;
    }
    static bool is_in(const Column& column, const FirstRow& row) {
        return std::any_of(column.keys.begin(), column.keys.end(),
                           [&](const std::string& key) { return row.keys.contains(key); });
    }

    const pack::SourceCard& card_;
    std::vector<Column> needed_, others_;
};

}  // namespace

std::vector<std::string> lacking(const pack::SourceCard& card, const FirstRow& row) { return Wanted(card).lacks(row); }

std::size_t rows_above_data(const pack::SourceCard& card) {
    return std::max(header_rows, static_cast<std::size_t>(card.header_row)) + 1;
}

const FirstRow* find_header(const pack::SourceCard& card, const std::vector<FirstRow>& rows) {
    if (card.header.empty()) return nullptr;
    const Wanted wanted(card);
    if (card.header_row > 0) {
        const auto row =
            std::find_if(rows.begin(), rows.end(), [&](const FirstRow& one) { return one.line == card.header_row; });
        return row != rows.end() && wanted.is_header(*row) ? &*row : nullptr;
    }
    for (std::size_t i = 0; i < std::min(rows.size(), header_rows); ++i) {
        // Below the first line a header is one only if what follows has its columns: prose may quote a header.
        const bool is_followed = i == 0
            || (i + 1 < rows.size() && rows[i + 1].cells.size() <= rows[i].cells.size() + 1
                && rows[i].cells.size() <= rows[i + 1].cells.size() + 1);
        if (is_followed && wanted.is_header(rows[i])) return &rows[i];
    }
    return nullptr;
}

std::string column_key(std::string_view name) {
    for (bool more = true; more;) {
        name = trim(name);
        more = false;
        for (const std::string_view piece : {"\"", "\xC2\xA0", "\xEF\xBB\xBF"}) more = strip(name, piece) || more;
    }
    return lower(name);
}

std::int32_t find_column(const std::vector<std::string>& columns, std::string_view name) {
    const std::string key = column_key(name);
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (column_key(columns[i]) == key) return static_cast<std::int32_t>(i);
    }
    return -1;
}

std::int32_t find_column(const pack::SourceCard& card, const std::vector<std::string>& columns,
                         const std::string& name) {
    std::int32_t found = find_column(columns, name);
    if (const auto others = card.also.find(name); others != card.also.end()) {
        for (std::size_t i = 0; found < 0 && i < others->second.size(); ++i)
            found = find_column(columns, others->second[i]);
    }
    return found;
}

bool has_column(const pack::SourceCard& card, const FirstRow& row, const std::string& name) {
    if (row.keys.contains(column_key(name))) return true;
    const auto others = card.also.find(name);
    return others != card.also.end()
        && std::any_of(others->second.begin(), others->second.end(),
                       [&](const std::string& other) { return row.keys.contains(column_key(other)); });
}

std::vector<WideHeading> wide_headings(const pack::SourceCard& card, const std::vector<std::string>& columns) {
    std::vector<WideHeading> out;
    if (card.wide.pattern.empty()) return out;
    const std::regex pattern(card.wide.pattern, std::regex::ECMAScript | std::regex::icase);
    for (std::size_t i = 0; i < columns.size(); ++i) {
        std::smatch match;
        if (columns[i].size() > 100 || !std::regex_match(columns[i], match, pattern)) continue;
        out.push_back({static_cast<std::int32_t>(i), match.size() > 1 ? match[1].str() : columns[i]});
    }
    return out;
}

std::optional<std::vector<std::string>> file_groups(const pack::SourceCard& card, std::string_view path) {
    if (card.file_name.empty()) return std::nullopt;
    const std::string name = table_name(path);
    std::smatch match;
    if (!std::regex_match(name, match, std::regex(card.file_name, std::regex::ECMAScript | std::regex::icase)))
        return std::nullopt;
    std::vector<std::string> groups;
    for (std::size_t i = 1; i < match.size(); ++i) groups.push_back(match[i].str());
    return groups;
}

bool is_one_of(std::string_view text, const std::vector<std::string>& values) {
    if (std::find(values.begin(), values.end(), text) != values.end()) return true;
    const std::string plain = model::plain_code(text);
    return std::any_of(values.begin(), values.end(),
                       [&](const std::string& value) { return model::plain_code(value) == plain; });
}

}  // namespace icosa::ingest
