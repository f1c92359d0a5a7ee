/// Draws of a forecast as a file has them: a run of rows of one time and unit after the other.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/result.hpp"

namespace icosa::table {

/// Where a file of draws has them, from 0.
struct DrawColumns {
    std::size_t time = 0, unit = 1, outcome = 3;
    std::optional<std::size_t> draw = {};   ///< the number of each draw; not of sketches
    std::optional<std::size_t> model = {};  ///< of several in one file
};

/// Times or units of one file as whole numbers, and back: what is a whole number in the file stays one, a text gets its
/// number when it first comes.
class Names {
public:
    enum class Written { Integer, Number, Text };
    explicit Names(Written written = Written::Text) : written_(written) {}
    [[nodiscard]] std::int64_t id_of(std::string_view text);  ///< Text only
    [[nodiscard]] static std::int64_t id_of(double number);  ///< Number only
    [[nodiscard]] std::string text_of(std::int64_t id) const;

private:
    Written written_;
    std::unordered_map<std::string, std::int64_t> ids_;
    std::vector<std::string> texts_;
    std::int64_t newest_ = -1;
};

/// Rows that follow each other and have one time, unit and model.
struct DrawRun {
    std::int64_t time = 0, unit = 0;
    std::span<const double> draws;
    std::int64_t model = 0;  ///< by DrawNames::models, if the file's column is asked for
    std::span<const std::int64_t> ids = {};  ///< of each draw, if the file's column is asked for
};

/// The texts behind the numbers of a run.
struct DrawNames {
    const Names& times;
    const Names& units;
    const Names& models;
    const Names& draws;
};

struct DrawVisitor {
    std::function<Result<DrawColumns>(const std::vector<std::string>& header)> on_header;
    std::function<bool(const DrawRun&, const DrawNames&)> on_run;  ///< false = enough
    std::function<void(std::int64_t rows, std::int64_t of)> on_progress;  ///< of = 0 where that is not known
};

/// Walks a CSV or Parquet file of draws run by run, in bounded memory. Parquet columns of whole numbers never become
/// texts. An outcome column named "sketch" holds sketches (methods/count_sketch.hpp), whose draws are given as if each
/// had a row.
///
/// err   bad-value with file:line:column (Parquet: the row's number) where a draw is absent or no finite number;
/// bad-sketch; those of visit_rows and of on_header
[[nodiscard]] Result<void> visit_draws(const std::string& path, const DrawVisitor& visitor);

}  // namespace icosa::table
