/// What is decided between replications is decided at the ends of blocks, whatever the threads.
#include "methods/scan/replicated.hpp"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <thread>

namespace icosa::methods::scan {

void replicate(const Options& options, double statistic, const std::function<GreatestOf()>& for_a_thread,
               const std::function<void(int)>& progress, Scan& out) {
    constexpr double equal = 1e-9;
    constexpr int block = 32;
    double expected = 5;
    out.maxima.resize(static_cast<std::size_t>(options.replications));
    std::vector<GreatestOf> each;
    for (int i = 0; i < std::max(1, options.threads); ++i) each.push_back(for_a_thread());
    for (int first = 0; first < options.replications; first += block) {
        const int end = std::min(options.replications, first + block);
        std::atomic<int> next{first}, done{first};
        std::mutex adding;
        const auto work = [&](const GreatestOf& greatest, bool tells) {
            for (int i = next++; i < end; i = next++) {
                double judged = 0, found = 0;
                for (double from = expected;; from = from > 0.01 ? from * 0.6 : 0) {
                    judged = 0;
                    found = greatest(i, from, judged);
                    if (found > 0 || from <= 0) break;
                }
                out.maxima[static_cast<std::size_t>(i)] = found;
                ++done;
                if (tells && progress) progress(done);
                const std::scoped_lock lock(adding);
                out.windows_judged += judged;  // whole numbers: their sum knows no order
            }
        };
        {
            std::vector<std::jthread> workers;
            for (std::size_t i = 1; i < each.size(); ++i) workers.emplace_back(work, std::cref(each[i]), false);
            work(each[0], true);
        }
        const auto made = out.maxima.begin() + end;
        expected = *std::min_element(out.maxima.begin(), made) * 0.9;
        const auto reached = statistic <= 0
            ? 0
            : std::count_if(out.maxima.begin(), made, [&](double x) { return x >= statistic - equal; });
        if (options.stop_after > 0 && reached >= options.stop_after) {
            out.stopped_early = end < options.replications;
            out.maxima.erase(made, out.maxima.end());
            break;
        }
    }
}

}  // namespace icosa::methods::scan
