/// One walk over both kinds of file.
#include "table/reader.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"
#include "ingest/chunker.hpp"
#include "ingest/head.hpp"
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

}  // namespace

Result<void> visit_rows(const std::string& path, const OnHeader& on_header, const OnRow& on_row) {
    if (path.ends_with(".parquet")) return store::read_parquet(path, on_header, on_row);
    const auto head = TRY(ingest::read_head(path));
    const ingest::Form form{delimiter_of(head.text), true};
    const auto chunks = TRY(ingest::Chunker::open(path, form));
    ingest::RowReader reader(form, most_columns);
    ingest::Chunk chunk;
    std::size_t columns = 0;
    std::vector<std::size_t> wanted;
    std::vector<std::string_view> chosen;
    std::vector<std::string_view> cells;
    while (TRY(chunks->next(chunk))) {
        reader.start(chunk.text, chunk.first_line);
        for (ingest::Row row; reader.next(row);) {
            cells.clear();
            if (row.columns > most_columns)
                return fail(Fault::Data, "wrong-columns", {path, static_cast<int>(row.line)},
                            fmt::format("this row has {} cells, a table has at most {}", row.columns, most_columns),
                            "check the delimiter, or leave columns out");
            for (std::int32_t i = 0; i < row.columns; ++i) cells.push_back(trim(row.cell(i)));
            if (columns == 0) {
                if (cells.front().starts_with("\xEF\xBB\xBF")) cells.front().remove_prefix(3);
                columns = cells.size();
                wanted = TRY(on_header(std::vector<std::string>(cells.begin(), cells.end())));
                continue;
            }
            if (cells.size() != columns) {
                return fail(Fault::Data, "wrong-columns", {path, static_cast<int>(row.line)},
                            fmt::format("this row has {} cells, the header has {}", cells.size(), columns),
                            "mend the row");
            }
            chosen.clear();
            for (const std::size_t column : wanted) chosen.push_back(cells[column]);
            TRY(on_row(chosen, static_cast<int>(row.line)));
        }
    }
    return {};
}

Result<std::size_t> column_named(const std::vector<std::string>& header, const std::string& path,
                                 const std::string& name) {
    const auto found = std::find(header.begin(), header.end(), name);
    if (found != header.end()) return static_cast<std::size_t>(found - header.begin());
    const auto near = nearest(name, header);
    return fail(Fault::Data, "unknown-column", {path, 1}, fmt::format("there is no column '{}'", name),
                near ? fmt::format("did you mean '{}'?", *near) : fmt::format("it has {}", join(header, ", ")));
}

bool is_absent(std::string_view cell) { return cell.empty() || cell == "NA" || cell == "NaN" || cell == "nan"; }

}  // namespace icosa::table
