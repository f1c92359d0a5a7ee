/// Turns of Newton steps over questions and paths, from a panel to an answer.
#include "methods/relations/ideal_points.hpp"

#include <algorithm>
#include <cmath>

#include "methods/relations/votes/start.hpp"
#include "methods/relations/votes/sweep.hpp"
#include "methods/statistics/probability.hpp"

namespace icosa::methods {
namespace {

using votes::Panel;
using votes::Point;
using votes::Question;

/// Points and questions with their sign settled, into an answer.
void write(const Panel& panel, const IdealPointOptions& options, IdealPointFit& out) {
    std::vector<double> mean(panel.voters(), 0);
    for (std::size_t v = 0; v < panel.voters(); ++v) {
        for (std::size_t i = panel.path[v]; i < panel.path[v + 1]; ++i)
            mean[v] += panel.points[i].x / static_cast<double>(panel.path[v + 1] - panel.path[v]);
    }
    std::size_t anchor = 0;
    for (std::size_t v = 1; v < panel.voters(); ++v) {
        if (std::fabs(mean[v]) > std::fabs(mean[anchor])) anchor = v;
    }
    if (options.positive_voter >= 0 && votes::at(options.positive_voter) < panel.voters())
        anchor = votes::at(options.positive_voter);
    const double sign = mean[anchor] < 0 ? -1 : 1;
    const double z = normal_quantile(0.5 + options.level / 2);
    for (const Point& point : panel.points) {
        const double half = z * std::sqrt(point.variance);
        out.points.push_back({panel.sessions[votes::at(point.session)], point.voter, point.ballots, sign * point.x,
                              sign * point.x - half, sign * point.x + half});
    }
    std::stable_sort(out.points.begin(), out.points.end(),
                     [](const IdealPoint& a, const IdealPoint& b) { return a.session < b.session; });
    for (const Question& question : panel.questions) {
        QuestionFit fit{.discrimination = sign * question.b, .categories = question.categories};
        for (int k = 0; k + 1 < question.categories; ++k) fit.cuts[k] = question.g[static_cast<std::size_t>(k)];
        out.questions.push_back(fit);
    }
}

}  // namespace

Result<IdealPointFit> ideal_points(int voters, int questions, std::span<const HeldRollCall> roll_calls,
                                   std::span<const CastBallot> ballots, const IdealPointOptions& options,
                                   const std::function<void(int)>& progress) {
    auto panel = TRY(votes::lay_panel(voters, questions, roll_calls, ballots, options));
    votes::set_start(panel);
    votes::Sweep sweep(panel, options);
    IdealPointFit out;
    while (out.sweeps < options.most_sweeps && !out.converged) {
        out.converged = sweep.run() < options.tolerance;
        ++out.sweeps;
        if (progress) progress(out.sweeps);
    }
    write(panel, options, out);
    return out;
}

}  // namespace icosa::methods
