/// Where a forecast's draws go: rows grouped by unit, then month; as draws or as sketches, CSV or Parquet.
#pragma once

#include <cstdint>
#include <fstream>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "forecast/forecast.hpp"
#include "store/parquet_writer.hpp"

namespace icosa::table {

enum class DrawForm { Draws, Sketches };       ///< columns draw, outcome; or sketch: base64 of methods::encode
enum class ColumnNames {
    Plain,
    Challenge
};   ///< month, unit; or the prediction challenge's month_id, country_id or priogrid_gid

/// Under the file's name there is nothing new before close().
class DrawFile {
public:
    /// unit: the user's name of the column of units, which says whether they are cells.
    /// err   unwritable, not-writable
    [[nodiscard]] static Result<DrawFile> open(const std::string& path, const std::string& unit, DrawForm form,
                                               ColumnNames names);

    /// The months of one unit from `first` on; draws are whole.
    /// err   bad-unit: not a number, with the challenge's names
    [[nodiscard]] Result<void> add(const std::string& unit, int first, const std::vector<std::vector<double>>& draws);
    [[nodiscard]] Result<void> add(const std::string& unit, int first,
                                   const std::vector<std::string>& sketches);  ///< as bytes
    [[nodiscard]] Result<void> close();
    [[nodiscard]] DrawForm form() const { return form_; }

private:
    DrawFile(std::string path, DrawForm form, ColumnNames names) : path_(std::move(path)), form_(form), names_(names) {}
    [[nodiscard]] std::string draft() const { return path_ + ".part"; }
    [[nodiscard]] std::unexpected<Error> unwritable() const;
    [[nodiscard]] Result<std::int64_t> number_of(const std::string& unit) const;  ///< 0 with plain names
    void begin_row(int month, const std::string& unit, std::int64_t number);

    std::string path_;
    DrawForm form_;
    ColumnNames names_;
    std::ofstream csv_;
    std::optional<store::ParquetWriter> parquet_;
};

/// Forecasts of units, each made when it is asked for.
struct UnitSource {
    std::size_t many = 0;
    std::function<forecast::UnitForecast(std::size_t)> at;   ///< from any thread
};

struct DrawRequest {
    int first = 0;            ///< the first month forecast
    int draws = 1000;
    std::uint64_t seed = 1;   ///< of the order of draws; sketches have none
    int threads = 2;
};

/// Writes all units and closes the file: blocks of units are made on several threads and written in their order.
/// done(units) after each block.
[[nodiscard]] Result<void> write_draws(DrawFile& file, const UnitSource& units, const DrawRequest& request,
                                       const std::function<void(std::size_t)>& done);

}  // namespace icosa::table
