/// Shares of the choices, then power iteration between voters and questions.
#include "methods/relations/votes/start.hpp"

#include <algorithm>
#include <cmath>

#include "methods/statistics/probability.hpp"

namespace icosa::methods::votes {
namespace {

constexpr int start_turns = 30;

/// Cuts from the shares of the choices, half a ballot added to each; the mean place of a question's ballots.
std::vector<double> set_cuts(Panel& panel) {
    std::vector<double> mean(panel.questions.size(), 0);
    for (std::size_t q = 0; q < panel.questions.size(); ++q) {
        Question& question = panel.questions[q];
        const auto entries = panel.by_question.of(q);
        if (!question.contested() || entries.empty()) continue;
        std::array<double, 3> n{0.5, 0.5, question.categories == 3 ? 0.5 : 0};
        for (const Entry& entry : entries) {
            ++n[static_cast<std::size_t>(entry.place)];
            mean[q] += entry.place;
        }
        mean[q] /= static_cast<double>(entries.size());
        const double all = n[0] + n[1] + n[2];
        question.g[0] = normal_quantile(n[0] / all);
        if (question.categories == 3) question.g[1] = normal_quantile((n[0] + n[1]) / all);
    }
    return mean;
}

}  // namespace

void set_start(Panel& panel) {
    const std::vector<double> mean = set_cuts(panel);
    std::vector<double> factor(panel.voters()), loading(panel.questions.size());
    for (std::size_t v = 0; v < factor.size(); ++v) factor[v] = std::sin(static_cast<double>(v) + 1);
    for (int turn = 0; turn < start_turns; ++turn) {
        for (std::size_t q = 0; q < loading.size(); ++q) {
            const auto entries = panel.by_question.of(q);
            double sum = 0;
            for (const Entry& entry : entries)
                sum += (entry.place - mean[q]) * factor[at(panel.points[at(entry.other)].voter)];
            loading[q] = sum / std::max<double>(static_cast<double>(entries.size()), 1);
        }
        double squares = 0;
        for (std::size_t v = 0; v < factor.size(); ++v) {
            double sum = 0, n = 0;
            for (std::size_t i = panel.path[v]; i < panel.path[v + 1]; ++i) {
                for (const Entry& entry : panel.by_point.of(i))
                    sum += (entry.place - mean[at(entry.other)]) * loading[at(entry.other)];
                n += panel.points[i].ballots;
            }
            factor[v] = n > 0 ? sum / n : 0;
            squares += factor[v] * factor[v];
        }
        for (double& one : factor) one /= std::sqrt(std::max(squares, 1e-300));
    }
    for (Point& point : panel.points) point.x = factor[at(point.voter)];
    standardise(panel);
}

}  // namespace icosa::methods::votes
