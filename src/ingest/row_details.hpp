/// The details of a row: texts beyond the fields of its record, from its own cells and from files beside.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/plan.hpp"
#include "ingest/row_cells.hpp"
#include "model/detail.hpp"

namespace icosa::ingest {

/// What the card's [[detail]] tables read of a file with these columns: a rule once for each number of its star.
/// Columns that the file lacks give nothing.
[[nodiscard]] std::vector<DetailOperation> detail_operations(const pack::SourceCard& card,
                                                             const std::vector<std::string>& columns,
                                                             const std::vector<BesideTable>& beside);

class RowDetails {
public:
    RowDetails(const Plan& plan, RowCells& cells) : plan_(plan), cells_(cells) {}

    /// Fills `found`, sorted by field, number and part. False: a text was refused.
    bool read(const Row& row);
    /// What they say, so that another text is another content.
    [[nodiscard]] std::uint64_t hash(std::uint64_t seed) const;

    std::vector<model::Detail> found;

private:
    bool read_one(const DetailOperation& operation, const Row& row, const BesideTable::Cells* cells,
                  std::int32_t number);
    [[nodiscard]] std::string text_of(const Row& row, const BesideTable::Cells* cells, std::int32_t column) const;
    void add(model::DetailField field, std::int32_t number, std::size_t part, std::string_view text);

    const Plan& plan_;
    RowCells& cells_;
};

}  // namespace icosa::ingest
