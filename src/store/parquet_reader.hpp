/// Parquet in, block by block, in columns of their own types.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "store/parquet_writer.hpp"

namespace icosa::store {

/// Rows in their order, some two thousand at a time. Whole numbers of up to 64 bits with a sign (of up to 32 without)
/// are Integer; other numbers Number; days, times and what else there is are Text, as DuckDB writes them, a time at
/// midnight as its day.
///
/// err   missing-file, not-parquet (also of next(), where a file is broken further on)
/// cost  about 7 ns a row of three columns of whole numbers
class ParquetReader {
public:
    [[nodiscard]] static Result<ParquetReader> open(const std::string& path);
    ~ParquetReader();
    ParquetReader(ParquetReader&&) noexcept;
    ParquetReader& operator=(ParquetReader&&) = delete;

    [[nodiscard]] const std::vector<Column>& columns() const;
    [[nodiscard]] std::int64_t rows() const;
    /// Names the columns wanted, in the order in which a block has them; once, before next().
    [[nodiscard]] Result<void> choose(std::span<const std::size_t> wanted);

    /// Goes to the next block, at first to the first; false after the last. What a block gave is void then.
    [[nodiscard]] Result<bool> next();
    [[nodiscard]] std::size_t size() const;
    /// Cells of the i-th wanted column, which must be of the type; an absent one is anything, NaN in a column of
    /// Numbers, "" in one of Texts.
    [[nodiscard]] std::span<const std::int64_t> integers(std::size_t i) const;
    [[nodiscard]] std::span<const double> numbers(std::size_t i);
    [[nodiscard]] std::span<const std::string_view> texts(std::size_t i);  ///< or blobs
    [[nodiscard]] bool is_absent(std::size_t i, std::size_t row) const;
    [[nodiscard]] std::optional<std::size_t> first_absent(std::size_t i) const;

private:
    struct State;
    explicit ParquetReader(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace icosa::store
