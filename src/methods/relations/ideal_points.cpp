/// Turns of Newton steps over questions and paths.
#include "methods/relations/ideal_points.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numbers>
#include <thread>
#include <tuple>

#include <fmt/format.h>

#include "methods/statistics/probability.hpp"

namespace icosa::methods {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr int parts = 64;  ///< work is cut into so many, whatever the number of threads
constexpr int start_turns = 30;
constexpr double longest_step = 1;

double density(double z) { return std::numbers::inv_sqrtpi / std::numbers::sqrt2 * std::exp(-0.5 * z * z); }
double upper_tail(double z) { return 0.5 * std::erfc(z / std::numbers::sqrt2); }

/// The normal hazard phi(z) / Phi(-z): cubic interpolation of values and slopes, relative error below 1e-8; beyond the
/// table its own expansions.
class Hazard {
public:
    Hazard() {
        for (std::size_t k = 0; k < knots_.size(); ++k) {
            const double z = first + static_cast<double>(k) / per_unit;
            const double h = density(z) / upper_tail(z);
            knots_[k] = {h, h * (h - z) / per_unit};  // the slope is h (h - z)
        }
    }
    [[nodiscard]] double operator()(double z) const {
        if (z >= last) return z + 1 / z - 2 / (z * z * z) + 10 / (z * z * z * z * z);
        if (!(z > first)) return density(z);
        const double position = (z - first) * per_unit;
        const auto k = static_cast<std::size_t>(position);
        const double t = position - static_cast<double>(k), u = 1 - t;
        const Knot &l = knots_[k], &r = knots_[k + 1];
        return u * u * (l.value * (1 + 2 * t) + l.slope * t) + t * t * (r.value * (1 + 2 * u) - r.slope * u);
    }

private:
    static constexpr double first = -9, last = 12, per_unit = 64;
    struct Knot {
        double value, slope;
    };
    std::array<Knot, static_cast<std::size_t>((last - first) * per_unit) + 2> knots_;
};
const Hazard hazard;

/// Derivatives of log P of one ballot, P = Phi(a) - Phi(b), a = upper cut - eta, b = lower cut - eta.
struct Pull {
    double s = 0;       ///< by eta
    double w = 0;       ///< minus the second, by eta
    double upper = 0;   ///< by the upper cut; minus that by the lower cut:
    double lower = 0;
    double uu = 0, ll = 0, ul = 0;  ///< minus the seconds, by the cuts
    double eu = 0, el = 0;          ///< minus the mixed seconds, by eta and a cut
};

Pull pull_of(double lower_cut, double upper_cut, double eta) {
    const double a = upper_cut - eta, b = lower_cut - eta;
    const bool has_upper = upper_cut<infinity, has_lower = lower_cut> - infinity;
    Pull out;
    if (!has_lower) {
        out.upper = hazard(-a);
    } else if (!has_upper) {
        out.lower = hazard(b);
    } else {
        const double pa = density(a), pb = density(b);
        const double p = std::max(b > 0 ? pb / hazard(b) - pa / hazard(a) : pa / hazard(-a) - pb / hazard(-b),
                                  1e-300);  // the side without cancellation
        out.upper = pa / p;
        out.lower = pb / p;
    }
    out.s = out.lower - out.upper;
    const double aa = has_upper ? a * out.upper : 0;
    const double bb = has_lower ? b * out.lower : 0;
    out.w = std::max(out.s * out.s + aa - bb, 0.0);
    out.uu = aa + out.upper * out.upper;
    out.ll = out.lower * out.lower - bb;
    out.ul = -out.upper * out.lower;
    out.eu = out.upper * out.s - aa;
    out.el = bb - out.lower * out.s;
    return out;
}

/// A question; only the choices that were made have a place among its categories.
struct Question {
    double b = 0;
    std::array<double, 2> g{};
    double b_variance = 0;
    std::array<double, 2> b_g{};           ///< covariances of b with the cuts
    int categories = 0;
    std::array<int, 3> place{-1, -1, -1};  ///< of each Choice

    [[nodiscard]] bool contested() const { return categories > 1; }
    [[nodiscard]] double lower(int c) const { return c == 0 ? -infinity : g[static_cast<std::size_t>(c) - 1]; }
    [[nodiscard]] double upper(int c) const { return c == categories - 1 ? infinity : g[static_cast<std::size_t>(c)]; }
};

/// A voter in a session.
struct Point {
    int session = 0;  ///< index
    std::int32_t voter = 0;
    std::int32_t ballots = 0;
    bool is_first = false;
    double step_precision = 0;  ///< of the step from the voter's session before; first: of the point itself
    double x = 0;
    double variance = 0;
    double gradient = 0, curvature = 0, complete = 0;
};

struct Entry {
    std::int32_t other = 0;  ///< the point of a question's ballot; the question of a point's ballot
    std::int8_t place = 0;
};

struct Lists {
    std::vector<std::size_t> start{0};
    std::vector<Entry> entries;
    [[nodiscard]] std::span<const Entry> of(std::size_t i) const {
        return {entries.data() + start[i], start[i + 1] - start[i]};
    }
};

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

std::size_t at(std::int32_t index) { return static_cast<std::size_t>(index); }

class Fit {
public:
    Fit(int voters, int questions, std::span<const HeldRollCall> calls, std::span<const CastBallot> ballots,
        const IdealPointOptions& options)
        : voters_(static_cast<std::size_t>(voters)),
          calls_(calls),
          ballots_(ballots),
          options_(options),
          questions_(static_cast<std::size_t>(questions)) {}

    Result<IdealPointFit> operator()(const std::function<void(int)>& progress) {
        TRY(check());
        find_categories();
        const auto session_of_call = find_sessions();
        lay_points(session_of_call);
        if (points_.empty())
            return fail(Fault::Data, "not-contested", {}, "no session has roll calls on which voters differ",
                        "give recorded votes with yes, abstain and no");
        start();
        IdealPointFit out;
        std::vector<double> before(points_.size());
        while (out.sweeps < options_.most_sweeps && !out.converged) {
            for (std::size_t i = 0; i < points_.size(); ++i) before[i] = points_[i].x;
            in_parallel(options_.threads, questions_.size(), [&](std::size_t q) { step_question(q); });
            in_parallel(options_.threads, points_.size(), [&](std::size_t i) { pull_by_ballots(i); });
            pull_by_neighbours();
            in_parallel(options_.threads, voters_, [&](std::size_t v) { step_path(v); });
            standardise();
            double change = 0;
            for (std::size_t i = 0; i < points_.size(); ++i)
                change = std::max(change, std::fabs(points_[i].x - before[i]));
            out.converged = change < options_.tolerance;
            ++out.sweeps;
            if (progress) progress(out.sweeps);
        }
        write(out);
        return out;
    }

private:
    Result<void> check() const {
        const auto beyond = [](std::string_view what, std::int64_t index, std::size_t size) {
            return fail(Fault::Data, "out-of-range", {},
                        fmt::format("{} {} does not exist; there are {}", what, index, size), "indices run from 0");
        };
        for (const HeldRollCall& call : calls_) {
            if (call.question < 0 || at(call.question) >= questions_.size())
                return beyond("question", call.question, questions_.size());
        }
        std::vector<std::uint64_t> keys;
        keys.reserve(ballots_.size());
        for (const CastBallot& ballot : ballots_) {
            if (ballot.voter < 0 || at(ballot.voter) >= voters_) return beyond("voter", ballot.voter, voters_);
            if (ballot.roll_call < 0 || at(ballot.roll_call) >= calls_.size())
                return beyond("roll call", ballot.roll_call, calls_.size());
            keys.push_back(static_cast<std::uint64_t>(ballot.roll_call) << 32U
                           | static_cast<std::uint32_t>(ballot.voter));
        }
        std::sort(keys.begin(), keys.end());
        const auto twice = std::adjacent_find(keys.begin(), keys.end());
        if (twice != keys.end()) {
            const int voter = static_cast<int>(*twice & 0xFFFFFFFFU), call = static_cast<int>(*twice >> 32U);
            return fail(Fault::Data, "twice", {{}, voter, call},
                        fmt::format("voter {} cast two ballots in roll call {}", voter, call),
                        "give one ballot a voter and roll call");
        }
        return {};
    }

    void find_categories() {
        std::vector<std::array<bool, 3>> made(questions_.size());
        for (const CastBallot& ballot : ballots_)
            made[at(calls_[at(ballot.roll_call)].question)][static_cast<std::size_t>(ballot.choice)] = true;
        for (std::size_t q = 0; q < questions_.size(); ++q) {
            for (std::size_t c = 0; c < 3; ++c) {
                if (made[q][c]) questions_[q].place[c] = questions_[q].categories++;
            }
        }
    }

    /// The sessions with enough contested roll calls, in order; of each call the index of its session, -1 = left out.
    std::vector<int> find_sessions() {
        std::map<int, int> contested;
        for (const HeldRollCall& call : calls_)
            contested[call.session] += questions_[at(call.question)].contested() ? 1 : 0;
        std::map<int, int> index;
        for (const auto& [session, n] : contested) {
            if (n < std::max(options_.minimum_roll_calls, 1)) continue;
            index[session] = static_cast<int>(sessions_.size());
            sessions_.push_back(session);
        }
        std::vector<int> out;
        for (const HeldRollCall& call : calls_) {
            const auto found = index.find(call.session);
            out.push_back(found == index.end() || !questions_[at(call.question)].contested() ? -1 : found->second);
        }
        return out;
    }

    void lay_points(const std::vector<int>& session_of_call) {
        const std::size_t s = sessions_.size();
        std::vector<std::int32_t> count(voters_ * s, 0), point_of(voters_ * s, -1);
        const auto cell = [&](const CastBallot& ballot, int session) { return at(ballot.voter) * s + at(session); };
        for (const CastBallot& ballot : ballots_) {
            if (const int session = session_of_call[at(ballot.roll_call)]; session >= 0) ++count[cell(ballot, session)];
        }
        path_.assign(1, 0);
        for (std::size_t v = 0; v < voters_; ++v) {
            for (std::size_t t = 0; t < s; ++t) {
                const std::int32_t n = count[v * s + t];
                if (n == 0) continue;
                Point point{.session = static_cast<int>(t), .voter = static_cast<std::int32_t>(v), .ballots = n};
                point.is_first = points_.size() == path_.back();
                if (point.is_first) {
                    point.step_precision = 1 / options_.first_variance;
                } else {
                    const Point& last = points_.back();
                    const double steps = sessions_[t] - sessions_[at(last.session)];
                    point.step_precision = static_cast<double>(n + last.ballots) / (n * options_.innovation * steps);
                }
                point_of[v * s + t] = static_cast<std::int32_t>(points_.size());
                points_.push_back(point);
            }
            path_.push_back(points_.size());
        }
        struct Flat {
            std::int32_t question, point;
            std::int8_t place;
        };
        std::vector<Flat> flat;
        flat.reserve(ballots_.size());
        for (const CastBallot& ballot : ballots_) {
            const int session = session_of_call[at(ballot.roll_call)];
            if (session < 0) continue;
            const int q = calls_[at(ballot.roll_call)].question;
            flat.push_back(
                {q, point_of[cell(ballot, session)],
                 static_cast<std::int8_t>(questions_[at(q)].place[static_cast<std::size_t>(ballot.choice)])});
        }
        // one order for all sums, whatever that of the ballots
        std::sort(flat.begin(), flat.end(), [](const Flat& a, const Flat& b) {
            return std::tie(a.question, a.point, a.place) < std::tie(b.question, b.point, b.place);
        });
        by_question_.start.assign(questions_.size() + 1, 0);
        by_point_.start.assign(points_.size() + 1, 0);
        for (const Flat& one : flat) {
            ++by_question_.start[at(one.question) + 1];
            ++by_point_.start[at(one.point) + 1];
        }
        for (Lists* lists : {&by_question_, &by_point_}) {
            for (std::size_t i = 1; i < lists->start.size(); ++i) lists->start[i] += lists->start[i - 1];
            lists->entries.resize(flat.size());
        }
        std::vector<std::size_t> next(by_point_.start.begin(), by_point_.start.end() - 1);
        for (std::size_t i = 0; i < flat.size(); ++i) {
            by_question_.entries[i] = {flat[i].point, flat[i].place};
            by_point_.entries[next[at(flat[i].point)]++] = {flat[i].question, flat[i].place};
        }
    }

    /// Cuts from the shares of the choices; points from the first common factor of all ballots, one a voter, by power
    /// iteration.
    void start() {
        std::vector<double> mean(questions_.size(), 0);
        for (std::size_t q = 0; q < questions_.size(); ++q) {
            Question& question = questions_[q];
            if (!question.contested() || by_question_.of(q).empty()) continue;
            Vector3 n{0.5, 0.5, question.categories == 3 ? 0.5 : 0};
            for (const Entry& entry : by_question_.of(q)) {
                ++n[static_cast<std::size_t>(entry.place)];
                mean[q] += entry.place;
            }
            mean[q] /= static_cast<double>(by_question_.of(q).size());
            const double all = n[0] + n[1] + n[2];
            question.g[0] = normal_quantile(n[0] / all);
            if (question.categories == 3) question.g[1] = normal_quantile((n[0] + n[1]) / all);
        }
        std::vector<double> factor(voters_), loading(questions_.size());
        for (std::size_t v = 0; v < voters_; ++v) factor[v] = std::sin(static_cast<double>(v) + 1);
        for (int turn = 0; turn < start_turns; ++turn) {
            for (std::size_t q = 0; q < questions_.size(); ++q) {
                double sum = 0;
                for (const Entry& entry : by_question_.of(q))
                    sum += (entry.place - mean[q]) * factor[at(points_[at(entry.other)].voter)];
                loading[q] = sum / std::max<double>(static_cast<double>(by_question_.of(q).size()), 1);
            }
            double squares = 0;
            for (std::size_t v = 0; v < voters_; ++v) {
                double sum = 0, n = 0;
                for (std::size_t i = path_[v]; i < path_[v + 1]; ++i) {
                    for (const Entry& entry : by_point_.of(i))
                        sum += (entry.place - mean[at(entry.other)]) * loading[at(entry.other)];
                    n += points_[i].ballots;
                }
                factor[v] = n > 0 ? sum / n : 0;
                squares += factor[v] * factor[v];
            }
            for (double& one : factor) one /= std::sqrt(std::max(squares, 1e-300));
        }
        for (Point& point : points_) point.x = factor[at(point.voter)];
        standardise();
    }

    /// A Newton step of discrimination and cuts, shortened until the cuts keep their order.
    void step_question(std::size_t q) {
        Question& question = questions_[q];
        if (!question.contested() || by_question_.of(q).empty()) return;
        const auto n = static_cast<std::size_t>(question.categories);  // parameters: b and n - 1 cuts
        Vector3 step{};
        Matrix3 information{};
        for (const Entry& entry : by_question_.of(q)) {
            const Point& point = points_[at(entry.other)];
            const int c = entry.place;
            const Pull one = pull_of(question.lower(c), question.upper(c), question.b * point.x);
            step[0] += one.s * point.x - one.w * point.variance * question.b;
            information[0][0] += one.w * (point.x * point.x + point.variance);
            const auto upper = static_cast<std::size_t>(c) + 1, lower = static_cast<std::size_t>(c);
            if (upper < n) {
                step[upper] += one.upper;
                information[upper][upper] += one.uu;
                information[upper][0] += one.eu * point.x;
            }
            if (lower > 0) {
                step[lower] -= one.lower;
                information[lower][lower] += one.ll;
                information[lower][0] += one.el * point.x;
            }
            if (upper < n && lower > 0) information[upper][lower] += one.ul;
        }
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

    void pull_by_ballots(std::size_t i) {
        Point& point = points_[i];
        point.gradient = point.curvature = point.complete = 0;
        for (const Entry& entry : by_point_.of(i)) {
            const Question& question = questions_[at(entry.other)];
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

    /// The walk's part, and the share of the complete information with which all points are held to variance 1.
    void pull_by_neighbours() {
        for (std::size_t i = 0; i < points_.size(); ++i) {
            Point& point = points_[i];
            point.curvature += point.step_precision;
            point.complete += point.step_precision;
            const double step = point.step_precision * (point.is_first ? point.x : point.x - points_[i - 1].x);
            point.gradient -= step;
            if (point.is_first) continue;
            points_[i - 1].gradient += step;
            points_[i - 1].curvature += point.step_precision;
        }
        double outward = 0, held = 0;
        for (const Point& point : points_) {
            outward += point.x * point.gradient;
            held += point.complete * point.x * point.x;
        }
        hold_ = std::max(outward / held, 0.0);
    }

    /// A Newton step of a voter's whole path: a tridiagonal system; pivots from both of its ends give the variances.
    void step_path(std::size_t v) {
        const std::size_t from = path_[v], n = path_[v + 1] - from;
        if (n == 0) return;
        std::vector<double> diagonal(n), beside(n, 0), step(n);
        for (std::size_t i = 0; i < n; ++i) {
            const Point& point = points_[from + i];
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
            points_[from + i].variance = 1 / (forward[i] + backward[i] - diagonal[i]);
        }
        for (std::size_t i = 0; i < n; ++i) points_[from + i].x += std::clamp(step[i], -longest_step, longest_step);
    }

    /// Mean 0, variance 1. The cuts follow a shift, which therefore changes no probability; nothing follows the scale.
    void standardise() {
        const auto n = static_cast<double>(points_.size());
        double sum = 0, squares = 0;
        for (const Point& point : points_) sum += point.x;
        const double mean = sum / n;
        for (const Point& point : points_) squares += (point.x - mean) * (point.x - mean) + point.variance;
        const double scale = std::max(std::sqrt(squares / n), 1e-9);
        for (Point& point : points_) point.x = (point.x - mean) / scale;
        for (Question& question : questions_) {
            for (std::size_t k = 0; k < 2; ++k) {
                question.g[k] -= question.b * mean;
                question.b_g[k] -= question.b_variance * mean;
            }
        }
    }

    void write(IdealPointFit& out) const {
        std::vector<double> mean(voters_, 0);
        for (std::size_t v = 0; v < voters_; ++v) {
            for (std::size_t i = path_[v]; i < path_[v + 1]; ++i)
                mean[v] += points_[i].x / static_cast<double>(path_[v + 1] - path_[v]);
        }
        std::size_t anchor = 0;
        for (std::size_t v = 1; v < voters_; ++v) {
            if (std::fabs(mean[v]) > std::fabs(mean[anchor])) anchor = v;
        }
        if (options_.positive_voter >= 0 && at(options_.positive_voter) < voters_) anchor = at(options_.positive_voter);
        const double sign = mean[anchor] < 0 ? -1 : 1;
        const double z = normal_quantile(0.5 + options_.level / 2);
        for (const Point& point : points_) {
            const double half = z * std::sqrt(point.variance);
            out.points.push_back({sessions_[at(point.session)], point.voter, point.ballots, sign * point.x,
                                  sign * point.x - half, sign * point.x + half});
        }
        std::stable_sort(out.points.begin(), out.points.end(),
                         [](const IdealPoint& a, const IdealPoint& b) { return a.session < b.session; });
        for (const Question& question : questions_) {
            QuestionFit fit{.discrimination = sign * question.b, .categories = question.categories};
            for (int k = 0; k + 1 < question.categories; ++k) fit.cuts[k] = question.g[static_cast<std::size_t>(k)];
            out.questions.push_back(fit);
        }
    }

    std::size_t voters_;
    std::span<const HeldRollCall> calls_;
    std::span<const CastBallot> ballots_;
    const IdealPointOptions& options_;
    std::vector<Question> questions_;
    std::vector<int> sessions_;
    std::vector<Point> points_;  ///< by voter, then session
    std::vector<std::size_t> path_;  ///< points of voter v: [path_[v], path_[v + 1])
    Lists by_question_, by_point_;
    double hold_ = 0;
};

}  // namespace

Result<IdealPointFit> ideal_points(int voters, int questions, std::span<const HeldRollCall> roll_calls,
                                   std::span<const CastBallot> ballots, const IdealPointOptions& options,
                                   const std::function<void(int)>& progress) {
    return Fit(voters, questions, roll_calls, ballots, options)(progress);
}

}  // namespace icosa::methods
