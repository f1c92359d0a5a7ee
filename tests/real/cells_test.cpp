/// Cells of the half-degree grid on real events: Syria 2016-2019 and Bangladesh 1989-2018 against each cell's own last
/// twelve months.
#include "forecast/cells.hpp"

#include <cmath>
#include <cstdlib>
#include <filesystem>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/date.hpp"
#include "methods/scores/score.hpp"
#include "table/sparse_counts.hpp"
#include "table/times.hpp"

namespace icosa {
namespace {

struct Ratios {
    double crps = 0, ign = 0, mis = 0;   ///< geometric means over origins
};

/// Each origin forecast `steps` months ahead, scored; nothing where the file is not there.
std::optional<Ratios> ratios_of(const std::string& name, const std::vector<std::string>& origins, int steps) {
    const char* data = std::getenv("ICOSA_DATA");
    const auto path =
        (data ? std::filesystem::path(data) : std::filesystem::path(ICOSA_ROOT) / "../shared/data") / "ucdp" / name;
    if (!std::filesystem::exists(path)) return std::nullopt;
    const auto counts = table::read_sparse(path.string(), {"priogrid_gid", "date_start", "best"});
    if (!counts) {
        ADD_FAILURE() << render(counts.error());
        return std::nullopt;
    }
    Ratios out;
    for (const auto& text : origins) {
        const int origin = *table::parse_month(text), last = std::min(origin + steps, counts->end - 1);
        const auto cells = table::cells_of(*counts, nullptr, origin, name, "");
        const auto model = forecast::CellModel::learn(cells->panel, {origin, origin + 1, last});
        if (!model) {
            ADD_FAILURE() << render(model.error());
            return std::nullopt;
        }
        const auto past = forecast::histories(cells->panel, origin), all = forecast::histories(cells->panel, last);
        double own[3] = {}, rival[3] = {};
        std::size_t n = 0;
        for (const std::size_t cell : cells->wanted) {
            std::vector<double> year(12, 0.0), came(static_cast<std::size_t>(last - origin), 0.0);
            for (const auto& one : past[cell].at) {
                if (one.month > origin - 12) year[static_cast<std::size_t>(one.month - origin + 11)] = one.count;
            }
            for (const auto& one : all[cell].at) {
                if (one.month > origin) came[static_cast<std::size_t>(one.month - origin - 1)] = one.count;
            }
            auto benchmark = methods::last_values(year, 12);
            methods::normalise(benchmark);
            const auto theirs = methods::stratified_draws(benchmark, 1000);
            const auto told = model->forecast(cell);
            for (std::size_t m = 0; m < came.size(); ++m, ++n) {
                const auto draws = methods::stratified_draws(told.months[m], 1000);
                own[0] += methods::crps_sorted(draws, came[m]);
                own[1] += methods::ignorance(draws, came[m]);
                own[2] += methods::interval_score_sorted(draws, came[m]);
                rival[0] += methods::crps_sorted(theirs, came[m]);
                rival[1] += methods::ignorance(theirs, came[m]);
                rival[2] += methods::interval_score_sorted(theirs, came[m]);
            }
        }
        const double cells_n = static_cast<double>(n), share = 1 / static_cast<double>(origins.size());
        fmt::print(
            "{} from {}: {} cells, {} months: CRPS {:.4f} for {:.4f}, IGN {:.4f} for {:.4f}, MIS {:.3f} for {:.3f}\n",
            name, text, cells->wanted.size(), last - origin, own[0] / cells_n, rival[0] / cells_n, own[1] / cells_n,
            rival[1] / cells_n, own[2] / cells_n, rival[2] / cells_n);
        out.crps += share * std::log(own[0] / rival[0]);
        out.ign += share * std::log(own[1] / rival[1]);
        out.mis += share * std::log(own[2] / rival[2]);
    }
    out = {std::exp(out.crps), std::exp(out.ign), std::exp(out.mis)};
    fmt::print("{}: geometric means of the ratios: CRPS {:.3f}, IGN {:.3f}, MIS {:.3f}\n", name, out.crps, out.ign,
               out.mis);
    return out;
}

TEST(RealCells, Syria) {
    const auto found = ratios_of("ucdp_syria_df.csv",
                                 {"2017-10", "2018-01", "2018-04", "2018-07", "2018-10", "2019-01", "2019-04"}, 12);
    if (!found) GTEST_SKIP() << "ucdp_syria_df.csv is not there";
    EXPECT_LT(found->crps, 0.80);
    EXPECT_LT(found->ign, 0.75);
    EXPECT_LT(found->mis, 0.85);
}

TEST(RealCells, Bangladesh) {
    const auto found = ratios_of("ucdp_ged_BGD_hxl.csv", {"2000-10", "2005-10", "2010-10", "2015-10"}, 36);
    if (!found) GTEST_SKIP() << "ucdp_ged_BGD_hxl.csv is not there";
    EXPECT_LT(found->crps, 0.95);
    EXPECT_LT(found->ign, 0.95);
}

}  // namespace
}  // namespace icosa
