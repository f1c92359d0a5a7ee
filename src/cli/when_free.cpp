/// Asks five times a second.
#include "cli/when_free.hpp"

#include <chrono>
#include <cstdio>
#include <thread>

#include <fmt/format.h>

namespace icosa::cli {

bool succeeds_within(int seconds, const std::function<bool()>& attempt, const std::function<void()>& on_wait) {
    using Clock = std::chrono::steady_clock;
    const auto until = Clock::now() + std::chrono::seconds(seconds);
    for (bool is_first = true; !attempt(); is_first = false) {
        if (Clock::now() >= until) return false;
        if (is_first) on_wait();
        std::this_thread::sleep_for(std::chrono::milliseconds(200));
    }
    return true;
}

Opened when_free(const Common& common, const std::function<Opened()>& open) {
    Opened out;
    const auto attempt = [&] {
        out = open();
        return out.has_value() || out.error().code != "store-locked";
    };
    (void)succeeds_within(common.wait, attempt, [&] {
        fmt::print(stderr, "{}: {}; waiting up to {} s\n", common.db, out.error().what, common.wait);
    });
    return out;
}

}  // namespace icosa::cli
