/// The made draws.
#include "draws_file.hpp"

#include <cmath>

#include <fmt/format.h>

#include "bench.hpp"
#include "methods/forecasts/count_model.hpp"
#include "store/parquet_writer.hpp"

namespace icosa::bench {
namespace {

template <class T> T must(Result<T> result) {
    if (!result) stop("draws_file", render(result.error()));
    if constexpr (!std::is_void_v<T>) return std::move(*result);
}

double even(methods::Stream& stream) { return (static_cast<double>(stream.next() >> 11U) + 0.5) * 0x1p-53; }

enum class Place { Quiet, Incidents, War };

std::int64_t count(methods::Stream& stream, Place place, double level) {
    switch (place) {
        case Place::Quiet: return even(stream) < 0.002 ? 1 : 0;
        case Place::Incidents:
            return even(stream) < 0.1 ? static_cast<std::int64_t>(1 - 4 * std::log(even(stream))) : 0;
        case Place::War:
            return even(stream) < 0.3
                ? 0
                : static_cast<std::int64_t>(level * std::log(even(stream)) * std::log(even(stream)));
    }
    return 0;
}

}  // namespace

void write_draws(const std::string& draws, const std::string& actuals, const DrawsShape& shape) {
    using enum store::ColumnType;
    auto to = must(store::ParquetWriter::open(
        draws, {{"month_id", Integer}, {"priogrid_gid", Integer}, {"draw", Integer}, {"outcome", Integer}}));
    auto came = must(
        store::ParquetWriter::open(actuals, {{"month_id", Integer}, {"priogrid_gid", Integer}, {"outcome", Integer}}));
    methods::Stream stream(20231001);
    for (int u = 0; u < shape.units; ++u) {
        const double kind = even(stream);
        const Place place = kind < 0.02 ? Place::War : kind < 0.1 ? Place::Incidents : Place::Quiet;
        const double level = 2 - 30 * std::log(even(stream));
        const std::int64_t unit = 62'356 + u * 3;
        for (std::int64_t month = 457; month < 457 + shape.months; ++month) {
            for (std::int64_t draw = 0; draw < shape.draws; ++draw)
                to.add(month).add(unit).add(draw).add(count(stream, place, level)).end_row();
            came.add(month).add(unit).add(count(stream, place, level)).end_row();
        }
    }
    must(to.close());
    must(came.close());
}

}  // namespace icosa::bench
