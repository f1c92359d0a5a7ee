/// Arrow-shaped normal equations, geometric progressions in place of exponentials, four periods a time: the memory of
/// the parts in seasonal/, and the choice of the instruction set.
#include "methods/alarms/seasonal_fit.hpp"

#include <algorithm>
#include <cstdint>

#include "methods/alarms/seasonal/dense.hpp"
#include "methods/alarms/seasonal/four_fits.hpp"

namespace icosa::methods {
namespace {

using seasonal::FourFits;
using seasonal::Lanes;

#if defined(__x86_64__)
__attribute__((target("avx2"))) void run_wide(FourFits& fits, const SeasonalFitOptions& options) { fits.run(options); }
bool has_wide() { return __builtin_cpu_supports("avx2") != 0; }
#else
void run_wide(FourFits& fits, const SeasonalFitOptions& options) { fits.run(options); }
bool has_wide() { return false; }
#endif
void run_narrow(FourFits& fits, const SeasonalFitOptions& options) { fits.run(options); }

/// The next `count` objects of memory whose start is aligned to lanes.
template <class T> T* take(char*& from, std::size_t count) {
    T* out = reinterpret_cast<T*>(from);
    from += (count * sizeof(T) + 31) / 32 * 32;
    return out;
}

std::size_t bytes_needed(const SeasonPlan& plan, const PlanExtent& extent) {
    using namespace seasonal;
    const std::size_t a_level = sizeof(Sums::Level) + sizeof(Estimate::Level) + sizeof(Scratch::Level);
    const auto longest = static_cast<std::size_t>(extent.longest) + 1;
    return static_cast<std::size_t>(plan.levels) * a_level
        + (static_cast<std::size_t>(plan.rows) + 4 * longest) * sizeof(Lanes) + plan.blocks.size() + 256;
}

/// Cuts memory of bytes_needed into the arrays of the parts.
void lay_out(FourFits& fits, std::byte* memory) {
    const SeasonPlan& plan = fits.rows.plan;
    char* free = reinterpret_cast<char*>(memory);
    free += (32 - reinterpret_cast<std::uintptr_t>(free) % 32) % 32;
    const auto levels = static_cast<std::size_t>(plan.levels);
    fits.sums.levels = take<seasonal::Sums::Level>(free, levels);
    fits.estimate.levels = take<seasonal::Estimate::Level>(free, levels);
    fits.estimate.count = plan.levels;
    fits.scratch.levels = take<seasonal::Scratch::Level>(free, levels);
    fits.rows.factor = take<Lanes>(free, static_cast<std::size_t>(plan.rows));
    for (Lanes*& table : fits.scratch.tables)
        table = take<Lanes>(free, static_cast<std::size_t>(fits.rows.extent.longest) + 1);
    fits.rows.plain = take<bool>(free, plan.blocks.size());
}

}  // namespace

SeasonalFitter::SeasonalFitter(std::span<const double> counts, const SeasonPlan& plan)
    : plan_(plan), extent_(extent_of(plan)), counts_(counts), series_(counts, lanes) {
    if (!plan.blocks.empty()) work_.assign(bytes_needed(plan, extent_), std::byte{});
}

void SeasonalFitter::fit(int first, std::span<SeasonalFit> out, const SeasonalFitOptions& options) {
    if (plan_.blocks.empty() || plan_.predicted < 0) {
        std::fill(out.begin(), out.end(), SeasonalFit{});
        return;
    }
    FourFits fits{.rows = {.plan = plan_, .extent = extent_, .series = series_}};
    lay_out(fits, work_.data());
    static const bool wide = has_wide();
    for (std::size_t i = 0; i < out.size(); i += lanes) {
        fits.rows.t = first + static_cast<int>(i);
        (wide ? run_wide : run_narrow)(fits, options);
        const int wanted = static_cast<int>(std::min<std::size_t>(lanes, out.size() - i));
        for (int lane = 0; lane < wanted; ++lane) {
            SeasonalFit& fit = out[i + static_cast<std::size_t>(lane)];
            fit = fits.at(lane);
            if (fit.fitted && fits.is_odd(lane))
                fit = seasonal::fit_dense(counts_, plan_, extent_.middle, fits.rows.t + lane, options);
        }
    }
}

}  // namespace icosa::methods
