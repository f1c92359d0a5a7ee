/// Walks the table up to the last row wanted.
#include "ingest/row_texts.hpp"

#include <fmt/format.h>

#include "ingest/header.hpp"
#include "ingest/recognise.hpp"

namespace icosa::ingest {

Result<std::map<std::int64_t, std::string>> texts_of_rows(const std::string& path, const pack::SourceCard& card,
                                                          const std::set<std::int64_t>& lines) {
    std::map<std::int64_t, std::string> out;
    Heads heads = TRY(Heads::open(path));
    if (lines.empty() || (!heads.of({}).empty() && heads.of({})[0].part.is_text())) return out;
    const pack::SourceCard& layout = *TRY(layout_of(path, card));
    std::vector<std::string> also;
    const Head& head = *TRY(find_table(layout, heads, path, also));
    std::vector<std::string> names = head.part.columns;
    const auto rows = first_rows_of(head, form_of(layout, head.part), layout.preamble, rows_above_data(layout));
    if (const FirstRow* header = find_header(layout, rows)) names = header->cells;
    const auto source = TRY(head.part.table->rows(head.part));
    for (CellRow row; *lines.rbegin() > row.line && TRY(source->next(row));) {
        if (!lines.contains(row.line)) continue;
        std::string& text = out[row.line];
        text = fmt::format("{} {}:", counted_in(head.part), row.line);
        for (std::size_t i = 0; i < row.cells.size() && i < names.size(); ++i) {
            if (!row.cells[i].empty()) text += fmt::format(" {}={};", names[i], row.cells[i]);
        }
    }
    return out;
}

}  // namespace icosa::ingest
