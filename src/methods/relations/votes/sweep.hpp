/// One turn of ideal points: a Newton step of each question, then one of each voter's path.
#pragma once

#include "methods/relations/votes/panel.hpp"

namespace icosa::methods::votes {

/// Questions see where the points stand and how uncertain they are, then points see the questions so; the panel is
/// left standardised. Each step writes its own place only: the answer is the same for any number of threads.
class Sweep {
public:
    /// Both are kept in use; points and ballots of the panel stay where they are.
    Sweep(Panel& panel, const IdealPointOptions& options) : panel_(panel), options_(options) {}

    /// The largest change of a point.
    double run();

private:
    void step_question(std::size_t q) const;
    void pull_by_ballots(std::size_t i) const;
    void pull_by_neighbours();
    void step_path(std::size_t v) const;

    Panel& panel_;
    const IdealPointOptions& options_;
    double hold_ = 0;  ///< the share of the complete information with which all points are held to variance 1
    std::vector<double> before_;
};

}  // namespace icosa::methods::votes
