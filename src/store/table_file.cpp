/// A reader's blocks as texts.
#include "store/table_file.hpp"

#include <cmath>

#include "base/text.hpp"
#include "store/parquet_reader.hpp"

namespace icosa::store {
namespace {

/// The block's texts of column `i` of those chosen; empty where it has no text of its own: then `written` has it.
std::span<const std::string_view> texts_of(ParquetReader& reader, std::size_t column, std::size_t i,
                                           std::vector<std::string>& written) {
    switch (reader.columns()[column].type) {
        case ColumnType::Integer:
            written.clear();
            for (const auto value : reader.integers(i)) written.push_back(std::to_string(value));
            return {};
        case ColumnType::Number:
            written.clear();
            for (const auto value : reader.numbers(i))
                written.push_back(std::isnan(value) ? std::string() : number_text(value));
            return {};
        case ColumnType::Text:
        case ColumnType::Blob: return reader.texts(i);
    }
    return {};
}

}  // namespace

Result<void> read_parquet(
    const std::string& path,
    const std::function<Result<std::vector<std::size_t>>(const std::vector<std::string>&)>& on_header,
    const std::function<Result<void>(std::span<const std::string_view>, int)>& on_row) {
    auto reader = TRY(ParquetReader::open(path));
    std::vector<std::string> names;
    for (const auto& column : reader.columns()) names.push_back(column.name);
    const auto wanted = TRY(on_header(names));
    TRY(reader.choose(wanted));
    std::vector<std::vector<std::string>> written(wanted.size());
    std::vector<std::span<const std::string_view>> given(wanted.size());
    std::vector<std::string_view> cells(wanted.size());
    for (int number = 1; TRY(reader.next());) {
        const std::size_t rows = reader.size();
        for (std::size_t i = 0; i < wanted.size(); ++i) given[i] = texts_of(reader, wanted[i], i, written[i]);
        for (std::size_t row = 0; row < rows; ++row, ++number) {
            for (std::size_t i = 0; i < wanted.size(); ++i)
                cells[i] = reader.is_absent(i, row) ? std::string_view()
                    : given[i].empty()              ? std::string_view(written[i][row])
                                                    : given[i][row];
            TRY(on_row(cells, number));
        }
    }
    return {};
}

}  // namespace icosa::store
