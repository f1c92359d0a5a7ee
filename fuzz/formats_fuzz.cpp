/// Any bytes as a document or workbook: nothing crashes, lines grow from row to row, and what is told of a row has its
/// columns.
#include <cstdint>
#include <string>

#include "ingest/formats/part.hpp"
#include "input.hpp"

namespace {

using namespace icosa;
using fuzz::must;

constexpr int rows_walked = 2000;

void walk(const ingest::Part& part) {
    auto rows = part.table->rows(part);
    if (!rows) return;
    std::int64_t line = 0;
    ingest::CellRow row;
    for (int i = 0; i < rows_walked; ++i) {
        const auto more = (*rows)->next(row);
        if (!more || !*more) return;
        must(row.line > line, "lines grow");
        must(part.columns.empty() || row.cells.size() <= part.columns.size(), "a record has no other columns");
        line = row.line;
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 1) return 0;
    const fuzz::File file(fuzz::text_of(data + 1, size - 1));
    auto tables = ingest::open_tables(file.path());
    if (!tables) return 0;
    const ingest::Wish wishes[] = {{}, {"a.*", "", ""}, {"[]", "a", ""}, {"a.b", "", "1"}};
    const auto parts = (*tables)->parts((*tables)->that_counts(wishes[data[0] % 4]));
    if (!parts) return 0;
    for (const ingest::Part& part : *parts) {
        if (!part.is_text()) walk(part);
    }
    return 0;
}
