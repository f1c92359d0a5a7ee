/// Scores of many cells, on any number of threads with the same result.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <span>
#include <thread>
#include <utility>
#include <vector>

namespace icosa::table {

/// Sums over cells.
struct CellScores {
    std::int64_t cells = 0;
    std::int64_t without_outcome = 0;
    double crps = 0, ign = 0, mis = 0;
    double covered[3] = {};  ///< cells whose outcome is within the central 50, 80, 90 % of the draws

    void add(const CellScores& other);
};

/// Scores cells in batches of a fixed size; the sums of the batches are added in the order in which their cells came,
/// whichever thread was first.
class Scoring {
public:
    explicit Scoring(int threads);
    ~Scoring();
    Scoring(const Scoring&) = delete;
    Scoring& operator=(const Scoring&) = delete;
    void add(std::span<const double> draws, double outcome);  ///< waits where the other threads are behind
    [[nodiscard]] CellScores finish();

private:
    struct Batch {
        std::size_t number = 0;
        std::vector<double> draws;
        std::vector<std::size_t> ends;
        std::vector<double> outcomes;
    };
    static CellScores scores_of(const Batch& batch);
    void hand_over();
    void work();

    Batch filling_;
    std::mutex mutex_;  ///< of what follows
    std::condition_variable changed_;
    std::deque<Batch> waiting_;
    std::vector<Batch> spare_;
    std::vector<CellScores> done_;  ///< by number of the batch
    bool ended_ = false;
    std::vector<std::jthread> workers_;
};

/// The draws of a cell in few bytes, while they come one by one: how often each whole count, and the rest as it is.
class HeldTally {
public:
    void add(double draw);
    void draws(std::vector<double>& out) const;  ///< all of them, in no order of meaning

private:
    struct Times {
        std::int32_t value = 0, times = 0;
    };
    std::vector<Times> whole_;  ///< by value
    std::vector<double> others_;
};

}  // namespace icosa::table
