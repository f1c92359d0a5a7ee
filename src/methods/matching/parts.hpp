/// Work on parts of a range by several threads.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <thread>
#include <vector>

namespace icosa::methods::matching {

/// Calls work(i) for 0 <= i < n, on any thread, neighbours mostly on one. What it writes must be i's own.
template <class Work> void for_all(std::size_t n, int threads, const Work& work) {
    constexpr std::size_t part = 1024;
    std::atomic<std::size_t> next = 0;
    const auto run = [&] {
        for (std::size_t begin = next.fetch_add(part); begin < n; begin = next.fetch_add(part))
            for (std::size_t i = begin; i < std::min(n, begin + part); ++i) work(i);
    };
    std::vector<std::jthread> others;
    for (int i = 1; i < threads && n > part; ++i) others.emplace_back(run);
    run();
}

}  // namespace icosa::methods::matching
