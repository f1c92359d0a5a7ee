/// A queue of batches.
#include "table/cell_scores.hpp"

#include <algorithm>
#include <limits>

#include "methods/scores/score.hpp"

namespace icosa::table {
namespace {

constexpr std::size_t batch_cells = 256;
constexpr std::size_t batch_draws = 1U << 19U;
constexpr std::size_t most_waiting = 4;
constexpr double shares[] = {0.5, 0.8, 0.9};

}  // namespace

void CellScores::add(const CellScores& other) {
    cells += other.cells;
    crps += other.crps;
    ign += other.ign;
    mis += other.mis;
    for (std::size_t i = 0; i < std::size(shares); ++i) covered[i] += other.covered[i];
}

Scoring::Scoring(int threads) {
    for (int i = 1; i < threads; ++i) workers_.emplace_back([this] { work(); });
}

Scoring::~Scoring() {
    {
        const std::scoped_lock lock(mutex_);
        waiting_.clear();
        ended_ = true;
        changed_.notify_all();
    }
    workers_.clear();
}

CellScores Scoring::scores_of(const Batch& batch) {
    CellScores out;
    methods::Tally counted;
    for (std::size_t i = 0, from = 0; i < batch.ends.size(); from = batch.ends[i++]) {
        counted.count(std::span(batch.draws).subspan(from, batch.ends[i] - from));
        const auto tally = counted.values();
        const double outcome = batch.outcomes[i];
        ++out.cells;
        out.crps += methods::crps_tallied(tally, outcome);
        out.ign += methods::ignorance_tallied(tally, outcome);
        out.mis += methods::interval_score_tallied(tally, outcome);
        for (std::size_t share = 0; share < std::size(shares); ++share)
            out.covered[share] += methods::covers_tallied(tally, outcome, shares[share]) ? 1 : 0;
    }
    return out;
}

void Scoring::add(std::span<const double> draws, double outcome) {
    filling_.draws.insert(filling_.draws.end(), draws.begin(), draws.end());
    filling_.ends.push_back(filling_.draws.size());
    filling_.outcomes.push_back(outcome);
    if (filling_.ends.size() == batch_cells || filling_.draws.size() >= batch_draws) hand_over();
}

void Scoring::hand_over() {
    if (filling_.ends.empty()) return;
    const std::size_t number = filling_.number;
    if (workers_.empty()) {
        done_.push_back(scores_of(filling_));
    } else {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return waiting_.size() < most_waiting; });
        done_.emplace_back();
        waiting_.push_back(std::move(filling_));
        filling_ = {};
        if (!spare_.empty()) {
            filling_ = std::move(spare_.back());
            spare_.pop_back();
        }
        changed_.notify_all();
    }
    filling_.draws.clear();
    filling_.ends.clear();
    filling_.outcomes.clear();
    filling_.number = number + 1;
}

void Scoring::work() {
    std::unique_lock lock(mutex_);
    for (;;) {
        changed_.wait(lock, [&] { return !waiting_.empty() || ended_; });
        if (waiting_.empty()) return;
        Batch batch = std::move(waiting_.front());
        waiting_.pop_front();
        changed_.notify_all();
        lock.unlock();
        const auto scores = scores_of(batch);
        lock.lock();
        done_[batch.number] = scores;
        spare_.push_back(std::move(batch));
    }
}

CellScores Scoring::finish() {
    hand_over();
    {
        const std::scoped_lock lock(mutex_);
        ended_ = true;
        changed_.notify_all();
    }
    workers_.clear();
    CellScores out;
    for (const auto& one : done_) out.add(one);
    return out;
}

void HeldTally::add(double draw) {
    const bool fits =
        draw >= std::numeric_limits<std::int32_t>::min() && draw <= std::numeric_limits<std::int32_t>::max();
    const auto value = fits ? static_cast<std::int32_t>(draw) : 0;
    if (!fits || static_cast<double>(value) != draw) {
        others_.push_back(draw);
        return;
    }
    const auto at = std::lower_bound(whole_.begin(), whole_.end(), value,
                                     [](const Times& one, std::int32_t wanted) { return one.value < wanted; });
    if (at != whole_.end() && at->value == value) ++at->times;
    else whole_.insert(at, {value, 1});
}

void HeldTally::draws(std::vector<double>& out) const {
    out = others_;
    for (const auto& one : whole_) out.insert(out.end(), static_cast<std::size_t>(one.times), one.value);
}

}  // namespace icosa::table
