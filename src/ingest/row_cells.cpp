/// Lookups of cells, and the words for what is wrong with them.
#include "ingest/row_cells.hpp"

#include <fmt/format.h>

#include "base/text.hpp"

namespace icosa::ingest {

using pack::Parse;

bool RowCells::means_absent(std::string_view text) const {
    return !text.empty() && std::find(plan_.nulls.begin(), plan_.nulls.end(), text) != plan_.nulls.end();
}

bool RowCells::refuse(std::int32_t column, std::string_view text, std::string problem, std::string cure) {
    fault = {column, excerpt(text, 80), std::move(problem), std::move(cure)};
    return false;
}

bool RowCells::refuse_text(const Operation& operation, std::int32_t column, std::string_view text) {
    if (operation.lookup && operation.parse == Parse::Text) {
        return refuse(column, text,
                      fmt::format("is not in the lookup '{}' of source '{}'", operation.lookup_name, card_.id),
                      fmt::format("add it, or \"*\" for all others, to [lookup.{}]", operation.lookup_name));
    }
    return refuse(column, text, std::string(complaint(operation.parse)),
                  "mend the cell; if its text means absent, add it to 'nulls' of the card");
}

bool RowCells::lacks(const Operation& operation) {
    return refuse(operation.columns.empty() ? -1 : operation.columns[0], "", "is empty, and every record needs it",
                  operation.needed
                      ? "fill it in, or take the row out"
                      : "fill it in, or take the row out; where the source leaves it empty, set optional = "
                        "true in the card");
}

std::string_view RowCells::text_of(const Operation& operation, const Row& row, bool& known) const {
    std::string_view text = cell(operation, row, operation.columns[0]);
    if (operation.pattern) text = fit_ = operation.fitting(text);
    if (!operation.before.empty()) text = trimmed(text.substr(0, text.find(operation.before)));
    known = true;
    if (operation.lookup) {
        const std::string* found = operation.look_up(text);
        known = found || text.empty();
        return found ? std::string_view(*found) : std::string_view();
    }
    return text;
}

}  // namespace icosa::ingest
