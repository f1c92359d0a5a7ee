/// Rows into text, or into the writer of Parquet.
#include "cli/result_table.hpp"

#include <cmath>

#include "base/text.hpp"
#include "cli/output.hpp"

namespace icosa::cli {
namespace {

struct AsCsv {
    std::string operator()(std::monostate) const { return {}; }
    std::string operator()(const std::string& text) const { return csv_cell(text); }
    std::string operator()(std::int64_t number) const { return std::to_string(number); }
    std::string operator()(double number) const { return number_text(number); }
};

}  // namespace

Result<ResultTable> ResultTable::open(const std::string& path, const std::vector<store::Column>& columns) {
    ResultTable out(path);
    if (path.ends_with(".parquet")) out.parquet_.emplace(TRY(store::ParquetWriter::open(path, columns)));
    for (std::size_t c = 0; c < columns.size(); ++c) out.text_ += (c > 0 ? "," : "") + columns[c].name;
    out.text_ += '\n';
    return out;
}

void ResultTable::add(std::span<const store::Cell> row) {
    if (parquet_) return parquet_->add_row(row);
    for (std::size_t c = 0; c < row.size(); ++c) {
        if (c > 0) text_ += ',';
        text_ += std::visit(AsCsv{}, row[c]);
    }
    text_ += '\n';
}

Result<void> ResultTable::close() { return parquet_ ? parquet_->close() : write_text(path_, text_); }

store::Cell number_cell(double value) { return std::isnan(value) ? store::Cell() : store::Cell(value); }

store::Cell rounded_cell(double value, int digits) {
    if (std::isnan(value)) return {};
    return parse_number(number_text(value, digits)).value_or(value);
}

}  // namespace icosa::cli
