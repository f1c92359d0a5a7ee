/// A progress bar with rate and time left, on stderr, only on a terminal and only for what takes over a second.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "app/pipeline.hpp"

namespace icosa::cli {

class Progress {
public:
    /// unit: "MB", "questions". total 0 = not known.
    Progress(std::string what, std::int64_t total, std::string unit);
    ~Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;
    void at(std::int64_t done);  ///< draws at most ten times a second

private:
    void clear();
    std::string what_;
    std::string unit_;
    std::int64_t total_;
    bool on_terminal_;
    bool drawn_ = false;
    std::chrono::steady_clock::time_point start_;
    std::chrono::steady_clock::time_point last_;
};

/// A bar for each part of a run.
[[nodiscard]] app::OnStep on_step();

}  // namespace icosa::cli
