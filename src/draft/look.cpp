/// Finds the table, the delimiter and the header, then reads the rows.
#include "draft/look.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include <fmt/format.h>

#include "base/text.hpp"
#include "base/time_text.hpp"
#include "draft/name_hint.hpp"
#include "ingest/chunker.hpp"
#include "ingest/head.hpp"
#include "ingest/header.hpp"
#include "ingest/row_cells.hpp"

namespace icosa::draft {
namespace {

using ingest::FirstRow;
using ingest::Head;

constexpr std::size_t rows_for_header = 60;

std::size_t filled(const std::vector<std::string>& cells) {
    return static_cast<std::size_t>(
        std::ranges::count_if(cells, [](const std::string& cell) { return !cell.empty(); }));
}

/// The number of columns that most rows have, and how many have it.
struct Width {
    std::size_t columns = 0, rows = 0;
};
Width usual_width(const std::vector<FirstRow>& rows) {
    std::map<std::size_t, std::size_t> widths;
    for (const FirstRow& row : rows) ++widths[row.cells.size()];
    Width out;
    for (const auto& [columns, many] : widths) {
        if (many >= out.rows) out = {columns, many};
    }
    return out;
}

/// The delimiter by which most rows have the same number of columns, at least two; of equals the one with more.
char delimiter_of(const Head& head) {
    char best = ',';
    std::pair<double, std::size_t> best_rank{0, 0};
    for (const char delimiter : {',', ';', '\t', '|'}) {
        const auto rows = ingest::first_rows_of(head, {delimiter, true}, {}, rows_for_header);
        if (rows.empty()) continue;
        const Width width = usual_width(rows);
        if (width.columns < 2) continue;
        const std::pair rank{static_cast<double>(width.rows) / static_cast<double>(rows.size()), width.columns};
        if (rank > best_rank) {
            best = delimiter;
            best_rank = rank;
        }
    }
    return best;
}

bool is_figure(const std::string& cell) { return parse_number(cell) || (forms_of(cell) != 0 && cell.size() > 4); }

/// A row of names: nearly all cells filled, no figure among them, each once.
bool could_be_header(const FirstRow& row, std::size_t columns) {
    const std::size_t names = filled(row.cells);
    if (names == 0 || names * 10 < columns * 6) return false;
    std::set<std::string> keys;
    for (const std::string& cell : row.cells) {
        if (cell.empty()) continue;
        if (cell.starts_with('#') || (is_figure(cell) && !parse_integer(cell))) return false;
        keys.insert(ingest::column_key(cell));
    }
    const auto numbers = static_cast<std::size_t>(
        std::ranges::count_if(row.cells, [](const std::string& cell) { return parse_integer(cell).has_value(); }));
    return numbers * 2 < names && keys.size() * 10 >= names * 8;
}

/// A first row of data: as wide as the next, with a figure among its cells, and all rows alike.
bool begins_with_data(const std::vector<FirstRow>& rows) {
    if (rows.size() < 3 || !std::ranges::any_of(rows[0].cells, is_figure)) return false;
    const std::size_t columns = rows[0].cells.size();
    for (std::size_t i = 0; i < columns; ++i) {
        const auto shape = [&](const FirstRow& row) { return row.cells.size() == columns && is_figure(row.cells[i]); };
        const auto like_first =
            std::ranges::count_if(rows, [&](const FirstRow& row) { return shape(row) == shape(rows[0]); });
        if (like_first * 10 < static_cast<std::ptrdiff_t>(rows.size()) * 9) return false;
    }
    return columns > 1;
}

std::unexpected<Error> no_table(const std::string& path, const std::string& why) {
    return fail(Fault::Data, "no-table", {path, 1}, why,
                "a table has a header of names and rows below it; say which line it is with --header N");
}

Result<FirstRow> header_of(const std::vector<FirstRow>& rows, const std::string& path, const TableAsked& asked) {
    if (asked.header_row > 0) {
        const auto found = std::ranges::find(rows, asked.header_row, &FirstRow::line);
        if (found != rows.end()) return *found;
        return no_table(path, fmt::format("there is no row {} among the first {}", asked.header_row, rows.size()));
    }
    const std::size_t columns =
        std::ranges::max(rows, {}, [](const FirstRow& row) { return filled(row.cells); }).cells.size();
    for (std::size_t i = 0; i < std::min(rows.size(), ingest::header_rows); ++i) {
        const std::size_t next = i + 1 < rows.size() ? rows[i + 1].cells.size() : 0;
        const bool is_followed = next > 0 && next <= rows[i].cells.size() + 1 && rows[i].cells.size() <= next + 1;
        if (is_followed && could_be_header(rows[i], columns)) return rows[i];
    }
    return no_table(path,
                    rows.size() < 2 ? "there is no row below the first"
                                    : fmt::format("none of the first {} rows could be a header",
                                                  std::min(rows.size(), ingest::header_rows)));
}

/// The sheet with most rows, or the one table.
Result<Head> head_of_table(const std::string& path, const TableAsked& asked, bool& is_one_of) {
    ingest::Heads heads = TRY(ingest::Heads::open(path));
    const ingest::Wish wish{{}, {}, asked.sheet};
    const auto& all = heads.of(wish);
    if (const auto& why = heads.why_none(wish)) return std::unexpected(*why);
    if (all.empty()) return no_table(path, "there is no table in it");
    is_one_of = all.size() > 1 || !asked.sheet.empty();
    return std::ranges::max(
        all, {}, [](const Head& head) { return std::ranges::count_if(head.text, [](char c) { return c == '\n'; }); });
}

class RowsOfLook {
public:
    explicit RowsOfLook(Look& look) : look_(look) {}

    Result<void> read(ingest::Form form) {
        const auto chunker = TRY(ingest::Chunker::open(look_.path, look_.part, form));
        ingest::RowReader reader(form, static_cast<std::int32_t>(look_.columns.size()));
        std::size_t cells = 0;
        for (ingest::Chunk chunk; TRY(chunker->next(chunk));) {
            reader.start(chunk.text, chunk.first_line);
            for (ingest::Row row; reader.next(row);) {
                if (row.line <= look_.header_line) continue;
                if (cells >= most_cells) {
                    look_.is_whole = false;
                    return {};
                }
                cells += look_.columns.size();
                add(row);
            }
        }
        return {};
    }

    bool is_no_utf8 = false;

private:
    void add(const ingest::Row& row) {
        std::vector<std::string> cells(look_.columns.size());
        bool any = false, is_tags = look_.rows.empty();
        for (std::size_t i = 0; i < cells.size() && static_cast<std::int32_t>(i) < row.columns; ++i) {
            const std::string_view cell = ingest::trimmed(row.cell(static_cast<std::int32_t>(i)));
            cells[i] = look_.is_latin1 ? latin1_to_utf8(cell) : std::string(cell);
            is_no_utf8 |= ingest::first_invalid(cell) != std::string_view::npos;
            any |= !cell.empty();
            is_tags &= cell.empty() || cell.starts_with('#');
        }
        if (!any) return;
        if (is_tags) {
            look_.has_tag_row = true;
            return;
        }
        look_.rows.push_back(std::move(cells));
        look_.lines.push_back(row.line);
    }

    Look& look_;
};

/// Is a byte of the beginning no UTF-8? The last character may be cut.
bool is_no_utf8(const Head& head) {
    const std::size_t bad = ingest::first_invalid(head.text);
    return bad != std::string_view::npos && (head.whole || bad + 4 < head.text.size());
}

}  // namespace

int Look::find(std::string_view name) const {
    if (const auto exact = ingest::find_column(columns, name); exact >= 0) return exact;
    std::string key = ingest::column_key(name);
    std::ranges::replace(key, '/', '.');
    while (key.starts_with('.')) key.erase(0, 1);
    int found = -1;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const std::string column = ingest::column_key(columns[i]);
        if (column == key) return static_cast<int>(i);
        const bool is_end = column == "@" + key || column.ends_with("." + key) || column.ends_with(".@" + key);
        if (!is_end) continue;
        if (found >= 0) return -1;
        found = static_cast<int>(i);
    }
    return found;
}

bool Look::is_named(int column) const {
    const std::string key = ingest::column_key(columns[static_cast<std::size_t>(column)]);
    if (!has_header) return true;
    if (part.is_text() && key == ingest::column_without_name(static_cast<std::size_t>(column))) return false;
    return std::ranges::count_if(columns, [&](const std::string& one) { return ingest::column_key(one) == key; }) == 1;
}

double Look::share_missing(int column) const {
    const auto missing = std::ranges::count_if(rows, [&](const auto& row) {
        const std::string& cell = row[static_cast<std::size_t>(column)];
        return cell.empty() || is_missing_word(cell);
    });
    return rows.empty() ? 1 : static_cast<double>(missing) / static_cast<double>(rows.size());
}

Result<Look> look_at(const std::string& path, const TableAsked& asked) {
    Look out;
    out.path = path;
    const Head head = TRY(head_of_table(path, asked, out.is_one_of_sheets));
    out.part = head.part;
    out.is_latin1 = head.part.is_plain_text() && is_no_utf8(head);
    if (head.part.is_text()) out.delimiter = delimiter_of(head);
    const pack::SourceCard by_text = [&] {
        pack::SourceCard card;
        card.delimiter = out.delimiter;
        return card;
    }();
    const ingest::Form form = ingest::form_of(by_text, head.part);
    const auto rows = ingest::first_rows_of(head, form, {}, rows_for_header);
    if (rows.empty()) return no_table(path, "there is no row in it");
    out.has_header = !head.part.columns.empty() || asked.header_row > 0 || !begins_with_data(rows);
    FirstRow header = rows[0];
    if (!out.has_header) header = {0, std::vector<std::string>(rows[0].cells.size()), {}};
    else if (head.part.columns.empty()) header = TRY(header_of(rows, path, asked));
    out.header_line = header.line;
    out.is_header_said = asked.header_row > 0;
    out.columns = header.cells;
    while (out.has_header && !out.columns.empty() && out.columns.back().empty()) out.columns.pop_back();
    for (std::size_t i = 0; i < out.columns.size(); ++i) {
        if (out.columns[i].empty()) out.columns[i] = ingest::column_without_name(i);
    }
    RowsOfLook rows_of_look(out);
    TRY(rows_of_look.read(form));
    if (rows_of_look.is_no_utf8 && out.part.is_plain_text() && !out.is_latin1) {  // beyond the beginning of the file
        out.is_latin1 = true;
        out.rows.clear();
        out.lines.clear();
        TRY(rows_of_look.read(form));
    }
    if (out.rows.empty()) return no_table(path, "there is no row below the header");
    return out;
}

}  // namespace icosa::draft
