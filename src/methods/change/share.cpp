/// Totals of two spans, and Fisher's test of them.
#include "methods/change/share.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "methods/statistics/probability.hpp"

namespace icosa::methods {
namespace {

struct Total {
    double count = 0;
    double of = 0;
    int observed = 0;  ///< periods with anything to be a share of
};

Total total_of(std::span<const double> counts, std::span<const double> of, int from, int periods) {
    Total out;
    for (int t = from; t < from + periods; ++t) {
        const auto i = static_cast<std::size_t>(t);
        if (std::isnan(counts[i]) || !(of[i] > 0)) continue;
        out.count += counts[i];
        out.of += of[i];
        ++out.observed;
    }
    return out;
}

/// P(X >= count) and P(X = count) of the newest span.
struct Tail {
    double at_least = 1;
    double exactly = 0;
};

Tail tail_of(int count, int of, const Total& before) {
    const int population = of + static_cast<int>(before.of);
    const int marked = count + static_cast<int>(before.count);
    const double upto = hypergeometric_cdf(count, population, marked, of);
    const double below = hypergeometric_cdf(count - 1, population, marked, of);
    return {1 - below, upto - below};
}

bool alarms(int count, int of, const Total& before, const ShareRiseOptions& options) {
    return count >= options.at_least && count * before.of >= options.ratio * before.count * of
        && tail_of(count, of, before).at_least <= options.alpha;
}

/// The least count that alarms, which all above it do; of + 1: none does.
int least_alarming(int of, const Total& before, const ShareRiseOptions& options) {
    int low = 0, high = of + 1;
    while (low < high) {
        const int middle = (low + high) / 2;
        if (middle > of || alarms(middle, of, before, options)) high = middle;
        else low = middle + 1;
    }
    return low;
}

}  // namespace

std::vector<ShareRise> share_rise(std::span<const double> counts, std::span<const double> of,
                                  const ShareRiseOptions& options) {
    std::vector<ShareRise> out(counts.size(), {.alarm = no_judgement});
    const int first = std::max(options.first, options.window + options.before - 1);
    for (int t = first; t < static_cast<int>(counts.size()); ++t) {
        const int start = t - options.window + 1;
        const Total now = total_of(counts, of, start, options.window);
        const Total before = total_of(counts, of, start - options.before, options.before);
        if (2 * now.observed < options.window || 2 * before.observed < options.before) continue;
        const int all = static_cast<int>(now.of), count = static_cast<int>(now.count);
        ShareRise& here = out[static_cast<std::size_t>(t)];
        here.count = now.count;
        here.of = now.of;
        here.count_before = before.count;
        here.of_before = before.of;
        const int least = least_alarming(all, before, options);
        if (least > all) continue;
        const Tail tail = tail_of(count, all, before);
        here.alarm = {.expected = before.count / before.of,
                      .threshold = least / now.of,
                      .unusualness = 1 - tail.at_least + tail.exactly / 2,
                      .reference = before.observed,
                      .alarm = count >= least,
                      .p_value = tail.at_least};
    }
    return out;
}

}  // namespace icosa::methods
