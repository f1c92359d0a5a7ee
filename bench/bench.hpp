/// What the benches share: the clock, and the end of one whose answer is wrong.
#pragma once

#include <chrono>
#include <cstdlib>
#include <string>

#include <fmt/format.h>

namespace icosa::bench {

/// Ends the bench with exit code 1: a figure is never printed for a wrong answer.
[[noreturn]] inline void stop(const std::string& bench, const std::string& why) {
    fmt::print(stderr, "{}: {}\n", bench, why);
    std::exit(1);
}

/// Seconds of the clock that the work takes.
template <class Work>
double seconds(const Work& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace icosa::bench
