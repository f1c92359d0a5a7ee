/// Newton steps of two or three parameters a question, of a tridiagonal system a path; in parallel over either.
#include "methods/relations/votes/sweep.hpp"

#include <algorithm>
#include <cmath>
#include <thread>

namespace icosa::methods::votes {
namespace {

constexpr int parts = 64;  ///< work is cut into so many, whatever the number of threads
constexpr double longest_step = 1;

/// work(i) for each i; each i writes its own place only, so that the number of threads does not matter.
template <class Work> void in_parallel(int threads, std::size_t n, const Work& work) {
    const auto run = [&](int first, int step) {
        for (int part = first; part < parts; part += step) {
            const std::size_t from = n * static_cast<std::size_t>(part) / parts,
                              to = n * (static_cast<std::size_t>(part) + 1) / parts;
            for (std::size_t i = from; i < to; ++i) work(i);
        }
    };
    std::vector<std::jthread> others;
    for (int t = 1; t < threads; ++t) others.emplace_back(run, t, threads);
    run(0, std::max(threads, 1));
}

using Vector3 = std::array<double, 3>;
using Matrix3 = std::array<Vector3, 3>;

/// Solves a y = y in place for the leading n rows, by Cholesky; false where a is not positive definite.
bool solve(Matrix3 a, Vector3& y, std::size_t n) {
    for (std::size_t j = 0; j < n; ++j) {
        for (std::size_t k = 0; k < j; ++k) a[j][j] -= a[j][k] * a[j][k];
        if (!(a[j][j] > 0)) return false;
        a[j][j] = std::sqrt(a[j][j]);
        for (std::size_t i = j + 1; i < n; ++i) {
            for (std::size_t k = 0; k < j; ++k) a[i][j] -= a[i][k] * a[j][k];
            a[i][j] /= a[j][j];
        }
    }
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t k = 0; k < i; ++k) y[i] -= a[i][k] * y[k];
        y[i] /= a[i][i];
    }
    for (std::size_t i = n; i-- > 0;) {
        for (std::size_t k = i + 1; k < n; ++k) y[i] -= a[k][i] * y[k];
        y[i] /= a[i][i];
    }
    return true;
}

/// Gradient and information of a question's b (0) and cuts (1, 2) from its ballots, without their priors; of the
/// information the lower triangle.
struct QuestionTerms {
    Vector3 gradient{};
    Matrix3 information{};

    QuestionTerms(const Question& question, std::span<const Entry> entries, const std::vector<Point>& points) {
        const auto n = static_cast<std::size_t>(question.categories);
        for (const Entry& entry : entries) {
            const Point& point = points[at(entry.other)];
            const int c = entry.place;
            const Pull one = pull_of(question.lower(c), question.upper(c), question.b * point.x);
            gradient[0] += one.s * point.x - one.w * point.variance * question.b;
            information[0][0] += one.w * (point.x * point.x + point.variance);
            const auto upper = static_cast<std::size_t>(c) + 1, lower = static_cast<std::size_t>(c);
            if (upper < n) {
                gradient[upper] += one.upper;
                information[upper][upper] += one.uu;
                information[upper][0] += one.eu * point.x;
            }
            if (lower > 0) {
                gradient[lower] -= one.lower;
                information[lower][lower] += one.ll;
                information[lower][0] += one.el * point.x;
            }
            if (upper < n && lower > 0) information[upper][lower] += one.ul;
        }
    }
};

}  // namespace

double Sweep::run() {
    auto& points = panel_.points;
    before_.resize(points.size());
    for (std::size_t i = 0; i < points.size(); ++i) before_[i] = points[i].x;
    in_parallel(options_.threads, panel_.questions.size(), [&](std::size_t q) { step_question(q); });
    in_parallel(options_.threads, points.size(), [&](std::size_t i) { pull_by_ballots(i); });
    pull_by_neighbours();
    in_parallel(options_.threads, panel_.voters(), [&](std::size_t v) { step_path(v); });
    standardise(panel_);
    double change = 0;
    for (std::size_t i = 0; i < points.size(); ++i) change = std::max(change, std::fabs(points[i].x - before_[i]));
    return change;
}

/// A Newton step of discrimination and cuts, shortened until the cuts keep their order.
void Sweep::step_question(std::size_t q) const {
    Question& question = panel_.questions[q];
    const auto entries = panel_.by_question.of(q);
    if (!question.contested() || entries.empty()) return;
    const auto n = static_cast<std::size_t>(question.categories);  // parameters: b and n - 1 cuts
    auto [step, information] = QuestionTerms(question, entries, panel_.points);
    step[0] -= question.b;
    information[0][0] += 1;
    for (std::size_t k = 1; k < n; ++k) {
        step[k] -= question.g[k - 1] / options_.cut_variance;
        information[k][k] += 1 / options_.cut_variance;
    }
    Vector3 covariance{1, 0, 0};
    if (!solve(information, step, n) || !solve(information, covariance, n)) return;
    question.b_variance = covariance[0];
    double longest = longest_step;
    for (std::size_t k = 0; k < n; ++k) longest = std::max(longest, std::fabs(step[k]));
    double share = longest_step / longest;
    if (n == 3) {
        const double gap = question.g[1] - question.g[0];
        while (gap + share * (step[2] - step[1]) < 0.2 * gap) share /= 2;
    }
    question.b += share * step[0];
    for (std::size_t k = 1; k < n; ++k) {
        question.b_g[k - 1] = covariance[k];
        question.g[k - 1] += share * step[k];
    }
}

void Sweep::pull_by_ballots(std::size_t i) const {
    Point& point = panel_.points[i];
    point.gradient = point.curvature = point.complete = 0;
    for (const Entry& entry : panel_.by_point.of(i)) {
        const Question& question = panel_.questions[at(entry.other)];
        const int c = entry.place;
        const Pull one = pull_of(question.lower(c), question.upper(c), question.b * point.x);
        const double square = question.b * question.b + question.b_variance;
        point.gradient += one.s * question.b - one.w * point.x * question.b_variance;
        if (c < question.categories - 1) point.gradient -= one.eu * question.b_g[static_cast<std::size_t>(c)];
        if (c > 0) point.gradient -= one.el * question.b_g[static_cast<std::size_t>(c) - 1];
        point.curvature += one.w * square;
        point.complete += square;
    }
}

/// The walk's part, and the share that holds the variance at 1.
void Sweep::pull_by_neighbours() {
    for (std::size_t i = 0; i < panel_.points.size(); ++i) {
        Point& point = panel_.points[i];
        point.curvature += point.step_precision;
        point.complete += point.step_precision;
        const double step = point.step_precision * (point.is_first ? point.x : point.x - panel_.points[i - 1].x);
        point.gradient -= step;
        if (point.is_first) continue;
        panel_.points[i - 1].gradient += step;
        panel_.points[i - 1].curvature += point.step_precision;
    }
    double outward = 0, held = 0;
    for (const Point& point : panel_.points) {
        outward += point.x * point.gradient;
        held += point.complete * point.x * point.x;
    }
    hold_ = std::max(outward / held, 0.0);
}

/// A Newton step of a voter's whole path: a tridiagonal system; pivots from both of its ends give the variances.
void Sweep::step_path(std::size_t v) const {
    const std::size_t from = panel_.path[v], n = panel_.path[v + 1] - from;
    if (n == 0) return;
    std::vector<double> diagonal(n), beside(n, 0), step(n);
    for (std::size_t i = 0; i < n; ++i) {
        const Point& point = panel_.points[from + i];
        diagonal[i] = point.curvature + hold_ * point.complete;
        step[i] = point.gradient - hold_ * point.complete * point.x;
        if (!point.is_first) beside[i] = -point.step_precision;
    }
    std::vector<double> forward(diagonal), backward(diagonal);
    for (std::size_t i = n - 1; i-- > 0;) backward[i] -= beside[i + 1] * beside[i + 1] / backward[i + 1];
    for (std::size_t i = 1; i < n; ++i) {
        const double factor = beside[i] / forward[i - 1];
        forward[i] -= factor * beside[i];
        step[i] -= factor * step[i - 1];
    }
    for (std::size_t i = n; i-- > 0;) {
        if (i + 1 < n) step[i] -= beside[i + 1] * step[i + 1];
        step[i] /= forward[i];
        panel_.points[from + i].variance = 1 / (forward[i] + backward[i] - diagonal[i]);
    }
    for (std::size_t i = 0; i < n; ++i) panel_.points[from + i].x += std::clamp(step[i], -longest_step, longest_step);
}

}  // namespace icosa::methods::votes
