/// One walk over both kinds of file.
#include "table/reader.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "base/time_text.hpp"
#include "ingest/chunker.hpp"
#include "ingest/formats/row_bytes.hpp"
#include "ingest/head.hpp"
#include "ingest/header.hpp"
#include "store/table_file.hpp"

namespace icosa::table {
namespace {

constexpr std::int32_t most_columns = 4096;

/// The delimiter of a header line: the commonest of comma, semicolon, tab.
char delimiter_of(std::string_view head) {
    const std::string_view first = head.substr(0, head.find('\n'));
    char best = ',';
    for (const char candidate : {';', '\t'}) {
        if (std::count(first.begin(), first.end(), candidate) > std::count(first.begin(), first.end(), best))
            best = candidate;
    }
    return best;
}

/// Numbers and times in every cell are a first row: the file would lose it in silence.
Result<void> check_header(const std::vector<std::string>& header, const std::string& path) {
    const bool is_row = std::all_of(header.begin(), header.end(), is_figure);
    if (!is_row) return {};
    return fail(
        Fault::Data, "no-header", {path, 1},
        fmt::format("the first line holds numbers and times ({}), no names of columns", excerpt(join(header, ", "))),
        "put a line of names above it");
}

/// Other bytes would make the name of a unit that no one can read or compare.
Result<void> check_utf8(std::span<const std::string_view> cells, std::span<const std::size_t> columns,
                        const Where& row) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const auto at = first_invalid_utf8(cells[i]);
        if (!at) continue;
        return fail(Fault::Data, "wrong-encoding", {row.file, row.line, static_cast<int>(columns[i]) + 1},
                    fmt::format("byte 0x{:02X} is not UTF-8", static_cast<unsigned char>(cells[i][*at])),
                    "save the file as UTF-8");
    }
    return {};
}

/// The row of tags that the Humanitarian Exchange Language puts under a header: "#date+start".
bool are_tags(std::span<const std::string_view> cells) {
    const auto is_tag = [](std::string_view cell) {
        return cell.size() > 1 && cell[0] == '#' && !is_figure(cell.substr(1));
    };
    return std::any_of(cells.begin(), cells.end(), is_tag)
        && std::all_of(cells.begin(), cells.end(), [&](auto cell) { return cell.empty() || is_tag(cell); });
}

/// The first table of a file, whatever its format.
Result<ingest::Head> first_table(const std::string& path) {
    auto heads = TRY(ingest::Heads::open(path));
    if (const auto& why = heads.why_none({})) return std::unexpected(*why);
    return heads.of({}).front();
}

}  // namespace

// NOLINTNEXTLINE(readability-function-cognitive-complexity): one small decision after the other, read from the top
Result<void> visit_rows(const std::string& path, const OnHeader& on_header, const OnRow& on_row) {
    if (path.ends_with(".parquet")) return store::read_parquet(path, on_header, on_row);
    const auto head = TRY(first_table(path));
    const bool is_text = head.part.is_text();
    const ingest::Form form = is_text ? ingest::Form{delimiter_of(head.text), true} : ingest::form_of_rows;
    ingest::Part part = head.part;
    const bool is_sheet = part.format == ingest::Format::Workbook || part.format == ingest::Format::OldWorkbook;
    if (const auto first = ingest::first_rows_of(head, form, {}, 1); is_sheet && !first.empty())
        part.header_line = first[0].line;
    const auto chunks = TRY(ingest::Chunker::open(path, part, form));
    ingest::RowReader reader(form, most_columns);
    ingest::Chunk chunk;
    std::size_t columns = 0;
    bool is_first_row = true;
    std::vector<std::size_t> wanted;
    std::vector<std::string_view> chosen;
    std::vector<std::string_view> cells;
    while (TRY(chunks->next(chunk))) {
        reader.start(chunk.text, chunk.first_line);
        const bool is_utf8 = !first_invalid_utf8(chunk.text);
        for (ingest::Row row; reader.next(row);) {
            cells.clear();
            if (!is_text && row.record[0] == ingest::broken_row_mark)
                return fail(Fault::Data, "broken-row", {path, static_cast<int>(row.line)},
                            fmt::format("this {} {}", ingest::counted_in(part), row.record.substr(1)),
                            "mend it, or take it out");
            if (row.columns > most_columns)
                return fail(Fault::Data, "wrong-columns", {path, static_cast<int>(row.line)},
                            fmt::format("this row has {} cells, a table has at most {}", row.columns, most_columns),
                            "check the delimiter, or leave columns out");
            for (std::int32_t i = 0; i < row.columns; ++i) cells.push_back(trim(row.cell(i)));
            if (columns == 0) {
                if (cells.front().starts_with("\xEF\xBB\xBF")) cells.front().remove_prefix(3);
                columns = cells.size();
                const std::vector<std::string> header(cells.begin(), cells.end());
                TRY(check_header(header, path));
                wanted = TRY(on_header(header));
                for (const std::size_t column : wanted) chosen.push_back(cells[column]);
                TRY(check_utf8(chosen, wanted, {path, static_cast<int>(row.line)}));
                continue;
            }
            if (!is_text) cells.resize(columns);  // a sheet's last cells may be missing, or notes stand beside it
            if (cells.size() != columns) {
                return fail(Fault::Data, "wrong-columns", {path, static_cast<int>(row.line)},
                            fmt::format("this row has {} cells, the header has {}", cells.size(), columns),
                            "mend the row");
            }
            if (std::exchange(is_first_row, false) && are_tags(cells)) continue;
            chosen.clear();
            for (const std::size_t column : wanted) chosen.push_back(cells[column]);
            if (!is_utf8) TRY(check_utf8(chosen, wanted, {path, static_cast<int>(row.line)}));
            TRY(on_row(chosen, static_cast<int>(row.line)));
        }
    }
    return {};
}

Result<std::size_t> column_named(const std::vector<std::string>& header, const std::string& path,
                                 const std::string& name) {
    const auto found = std::find(header.begin(), header.end(), name);
    if (found != header.end() && std::find(found + 1, header.end(), name) != header.end())
        return fail(Fault::Data, "two-columns", {path, 1}, fmt::format("two columns are called '{}'", name),
                    "give each column a name of its own");
    if (found != header.end()) return static_cast<std::size_t>(found - header.begin());
    const auto near = nearest(name, header);
    return fail(Fault::Data, "unknown-column", {path, 1}, fmt::format("there is no column '{}'", name),
                near ? fmt::format("did you mean '{}'?", *near) : fmt::format("it has {}", join(header, ", ")));
}

Result<void> check_not_doubled(const std::vector<std::string>& header, const std::string& path, std::size_t column) {
    if (std::ranges::count(header, header[column]) <= 1) return {};
    return fail(Fault::Data, "doubled-column", {path, 1, static_cast<int>(column) + 1},
                fmt::format("two columns are called '{}'", excerpt(header[column])),
                "give each column a name of its own");
}

bool is_figure(std::string_view cell) {
    return !cell.empty() && (parse_number(cell).has_value() || forms_of(cell) != 0);
}

Result<CellsBy> cells_by(const std::string& path) {
    if (path.ends_with(".parquet")) return CellsBy::Types;
    const auto head = TRY(first_table(path));
    if (!head.part.is_text()) return CellsBy::Types;
    const char delimiter = delimiter_of(head.text);
    return delimiter == ';' ? CellsBy::Semicolon : delimiter == '\t' ? CellsBy::Tab : CellsBy::Comma;
}

}  // namespace icosa::table
