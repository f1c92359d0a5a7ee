/// Further windows about a centre are looked for one by one: there are few centres and one data set.
#include "methods/scan/clusters.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <numbers>
#include <thread>

namespace icosa::methods::scan {
namespace {

/// Which places a window holds, as flags.
std::vector<bool> places_of(const Window& window, const Circles& circles) {
    std::vector<bool> out(circles.first.size() - 1, false);
    for (const auto place :
         circles.about(static_cast<std::size_t>(window.centre)).first(static_cast<std::size_t>(window.size)))
        out[static_cast<std::size_t>(place)] = true;
    return out;
}

bool share_place(const std::vector<bool>& kept, const Window& window, const Circles& circles) {
    const auto places =
        circles.about(static_cast<std::size_t>(window.centre)).first(static_cast<std::size_t>(window.size));
    return std::any_of(places.begin(), places.end(), [&](auto place) { return kept[static_cast<std::size_t>(place)]; });
}

/// The best window about a centre within intervals [from, to).
Window best_within(std::size_t centre, std::int32_t from, std::int32_t to, const Circles& circles,
                   const Deviations& data, const Expected& expected, const Windows& windows) {
    const std::size_t row = windows.intervals + 1;
    std::vector<std::int64_t> cases(row, 0);
    std::vector<double> due(row, 0);
    Window best;
    std::int32_t size = 0;
    for (const auto place : circles.about(centre)) {
        ++size;
        for (std::size_t t = 0; t < row; ++t) {
            cases[t] += data.cases_before[static_cast<std::size_t>(place) * row + t];
            due[t] += expected.row(static_cast<std::size_t>(place))[t];
        }
        for (std::int32_t end = from + 1; end <= to; ++end) {
            const std::int32_t longest = std::min(end - from, static_cast<std::int32_t>(windows.longest));
            for (std::int32_t length = 1; length <= longest; ++length) {
                const auto a = static_cast<std::size_t>(end - length), b = static_cast<std::size_t>(end);
                const std::int64_t n = cases[b] - cases[a];
                const double u = due[b] - due[a];
                if (n < windows.minimum_cases || static_cast<double>(n) <= u || u <= 0) continue;
                const Window found{likelihood_ratio(static_cast<double>(n), u, expected.all),
                                   static_cast<std::int32_t>(centre),
                                   size,
                                   end - length,
                                   end,
                                   n,
                                   u};
                if (is_better(found, best)) best = found;
            }
        }
    }
    return best;
}

void add_beside(std::size_t centre, std::int32_t from, std::int32_t to, const Circles& circles, const Deviations& data,
                const Expected& expected, const Windows& windows, std::vector<Window>& out) {
    if (from >= to) return;
    const Window found = best_within(centre, from, to, circles, data, expected, windows);
    if (found.statistic <= 1) return;
    out.push_back(found);
    add_beside(centre, from, found.first - 1, circles, data, expected, windows, out);
    add_beside(centre, found.end + 1, to, circles, data, expected, windows, out);
}

}  // namespace

std::vector<Window> best_windows(const Sweep& sweep, const Circles& circles, const Deviations& data, int threads) {
    const std::size_t centres = circles.first.size() - 1;
    std::vector<Window> found(centres);
    std::atomic<std::size_t> next{0};
    const auto work = [&] {
        for (std::size_t c = next++; c < centres; c = next++) {
            // from a level down: about most centres only few windows come near it
            for (double from = 4; found[c].statistic <= 0; from = from > 1e-3 ? from / 4 : 0) {
                found[c] = sweep.best_about(c, data, from);
                if (from <= 0) break;
            }
        }
    };
    std::vector<std::jthread> workers;
    for (int i = 1; i < threads; ++i) workers.emplace_back(work);
    work();
    workers.clear();
    std::erase_if(found, [](const Window& one) { return one.statistic <= 0; });
    std::stable_sort(found.begin(), found.end(), is_better);
    return found;
}

std::vector<Window> apart_in_space(const std::vector<Window>& best, const Circles& circles) {
    std::vector<bool> taken(circles.first.size() - 1, false);
    std::vector<Window> out;
    for (const auto& one : best) {
        if (share_place(taken, one, circles)) continue;
        for (const auto place :
             circles.about(static_cast<std::size_t>(one.centre)).first(static_cast<std::size_t>(one.size)))
            taken[static_cast<std::size_t>(place)] = true;
        out.push_back(one);
    }
    return out;
}

std::vector<Window> apart_in_space_or_time(const std::vector<Window>& best, const Circles& circles,
                                           const Deviations& data, const Expected& expected, const Windows& windows) {
    std::vector<Window> all = best;
    for (const auto& one : best) {
        const auto centre = static_cast<std::size_t>(one.centre);
        add_beside(centre, 0, one.first - 1, circles, data, expected, windows, all);
        add_beside(centre, one.end + 1, static_cast<std::int32_t>(windows.intervals), circles, data, expected, windows,
                   all);
    }
    std::stable_sort(all.begin(), all.end(), is_better);
    std::vector<Window> out;
    std::vector<std::vector<bool>> kept;
    for (const auto& one : all) {
        bool is_apart = true;
        for (std::size_t i = 0; i < out.size() && is_apart; ++i) {
            const bool far = one.first > out[i].end || one.end < out[i].first;  // an interval lies between
            is_apart = far || !share_place(kept[i], one, circles);
        }
        if (!is_apart) continue;
        out.push_back(one);
        kept.push_back(places_of(one, circles));
    }
    return out;
}

double gumbel_tail(const std::vector<double>& maxima, double statistic) {
    double mean = 0, squares = 0;
    for (const double x : maxima) mean += x / static_cast<double>(maxima.size());
    for (const double x : maxima) squares += (x - mean) * (x - mean);
    const double deviation = std::sqrt(squares / static_cast<double>(maxima.size() - 1));
    if (!(deviation > 0)) return statistic > mean ? 0 : 1;
    const double scale = deviation * std::sqrt(6) / std::numbers::pi;
    return -std::expm1(-std::exp(-(statistic - mean + std::numbers::egamma * scale) / scale));
}

}  // namespace icosa::methods::scan
