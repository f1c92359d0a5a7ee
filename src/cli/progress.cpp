/// Draws the bar.
#include "cli/progress.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <memory>

#include <fmt/format.h>

namespace icosa::cli {

Progress::Progress(std::string what, std::int64_t total, std::string unit)
    : what_(std::move(what)),
      unit_(std::move(unit)),
      total_(total),
      on_terminal_(isatty(STDERR_FILENO) == 1),
      start_(std::chrono::steady_clock::now()),
      last_(start_) {}

Progress::~Progress() { clear(); }

void Progress::clear() {
    if (drawn_) std::fputs("\r\033[K", stderr);
    drawn_ = false;
}

void Progress::at(std::int64_t done) {
    if (!on_terminal_) return;
    const auto now = std::chrono::steady_clock::now();
    const double seconds = std::chrono::duration<double>(now - start_).count();
    if (seconds < 1 || now - last_ < std::chrono::milliseconds(100)) return;
    last_ = now;
    const double rate = static_cast<double>(done) / seconds;
    std::string line = fmt::format("\r\033[K{:.40}  ", what_);
    if (total_ > 0) {
        const double share = std::min(1.0, static_cast<double>(done) / static_cast<double>(total_));
        const int filled = static_cast<int>(share * 24);
        const double left = rate > 0 ? static_cast<double>(total_ - done) / rate : 0;
        line += fmt::format("[{:#<{}}{:.<{}}] {:3.0f}%  {:.0f} {}/s  {:.0f} s left", "", filled, "", 24 - filled,
                            share * 100, rate, unit_, std::max(0.0, left));
    } else {
        line += fmt::format("{} {}  {:.0f}/s", done, unit_, rate);
    }
    std::fputs(line.c_str(), stderr);
    std::fflush(stderr);
    drawn_ = true;
}

app::OnStep on_step() {
    struct Bar {
        std::string doing;
        std::unique_ptr<Progress> progress;
    };
    return [bar = std::make_shared<Bar>()](std::string_view doing, std::int64_t done, std::int64_t of,
                                           std::string_view unit) {
        if (bar->doing != doing) {
            bar->progress.reset();
            bar->progress = std::make_unique<Progress>(std::string(doing), of, std::string(unit));
            bar->doing = doing;
        }
        bar->progress->at(done);
        if (done == of) bar->progress.reset();
    };
}

}  // namespace icosa::cli
