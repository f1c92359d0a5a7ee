/// Running tallies of all past cases; the like ones of a unit counted one by one.
#include "forecast/reaching.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "forecast/horizon.hpp"
#include "methods/statistics/probability.hpp"

namespace icosa::forecast {
namespace {

constexpr double finest_line = 10'000;  ///< a higher line is crossed in so many steps, values rounded to them

/// P(sum of `draws` independent draws from the values reaches the line): sums are carried up to the line, which holds
/// all beyond.
double chance_of_sum(std::span<const double> counts, int draws, double line) {
    const double step = std::max(1.0, line / finest_line);
    const auto top = static_cast<std::size_t>(std::ceil(line / step));
    std::vector<double> values;
    for (const double count : counts) values.push_back(std::round(count / step));
    std::vector<double> chance(top + 1, 0.0), next;
    chance[0] = 1;
    for (int i = 0; i < draws; ++i) {
        next.assign(top + 1, 0.0);
        for (std::size_t sum = 0; sum <= top; ++sum) {
            if (chance[sum] == 0) continue;
            for (const double value : values)
                next[static_cast<std::size_t>(std::min(static_cast<double>(top), static_cast<double>(sum) + value))] +=
                    chance[sum] / static_cast<double>(values.size());
        }
        chance.swap(next);
    }
    return std::min(1.0, chance[top]);
}

/// How many of the cases do not overlap: of each unit, those that begin less than `length` months after one that counts
/// are left out.
double distinct(std::span<const Neighbour> cases, int length) {
    std::map<std::size_t, std::vector<int>> months;
    for (const Neighbour& one : cases) months[one.unit].push_back(one.month);
    double out = 0;
    for (auto& [unit, of] : months) {
        std::sort(of.begin(), of.end());
        int free_from = of.front();
        for (const int month : of) {
            if (month < free_from) continue;
            out += 1;
            free_from = month + length;
        }
    }
    return out;
}

}  // namespace

Reaching::Reaching(const CountPanel& panel, const Stack& stack, int first_step, int last_step, double line)
    : panel_(panel), stack_(stack), first_step_(first_step), last_step_(last_step), line_(line) {
    const auto months = static_cast<std::size_t>(std::max(0, panel.end() - panel.first()));
    below_.resize(months);
    reached_.resize(months);
    quiet_.resize(months);
    for (const auto& series : panel.series) {
        std::vector<double> sums{0};
        for (const double count : series.counts) sums.push_back(sums.back() + count);
        sums_.push_back(std::move(sums));
    }
    for (std::size_t unit = 0; unit < panel.series.size(); ++unit) {
        const auto& series = panel.series[unit];
        for (int month = series.first + shortest_past; month + last_step_ < series.end(); ++month) {
            const auto at = static_cast<std::size_t>(month - panel.first());
            const double came = ahead(unit, month) >= line_ ? 1 : 0;
            Tally& of = standing(unit, month) == Standing::Below ? below_[at] : reached_[at];
            of.cases += 1;
            of.reached += came;
            if (stack.activity(unit, month) != Activity::Quiet) continue;
            quiet_[at].cases += 1;
            quiet_[at].reached += came;
        }
    }
    for (auto* all : {&below_, &reached_, &quiet_}) {
        for (std::size_t i = 1; i < all->size(); ++i) {
            (*all)[i].cases += (*all)[i - 1].cases;
            (*all)[i].reached += (*all)[i - 1].reached;
        }
    }
}

double Reaching::ahead(std::size_t unit, int month) const {
    const auto at = static_cast<std::size_t>(month - panel_.series[unit].first);
    return sums_[unit][at + static_cast<std::size_t>(last_step_) + 1]
        - sums_[unit][at + static_cast<std::size_t>(first_step_)];
}

Standing Reaching::standing(std::size_t unit, int month) const {
    const int last = month - panel_.series[unit].first + 1, first = std::max(0, last - (last_step_ - first_step_ + 1));
    return sums_[unit][static_cast<std::size_t>(last)] - sums_[unit][static_cast<std::size_t>(first)] >= line_
        ? Standing::Reached
        : Standing::Below;
}

Reaching::Tally Reaching::up_to(const std::vector<Tally>& by_month, int origin) const {
    const int at = origin - last_step_ - panel_.first();
    return at < 0 || by_month.empty() ? Tally{} : by_month[std::min(static_cast<std::size_t>(at), by_month.size() - 1)];
}

Odds Reaching::odds(std::size_t unit, int origin) const {
    const auto& series = panel_.series[unit];
    const int length = last_step_ - first_step_ + 1;
    Odds out;
    out.standing = standing(unit, origin);
    const Tally base = up_to(out.standing == Standing::Below ? below_ : reached_, origin);
    out.base_cases = base.cases / length;
    out.base_rate = (base.reached / length + 0.5) / (out.base_cases + 1);

    double share = 0;
    if (stack_.activity(unit, origin) == Activity::Quiet) {
        const Tally quiet = up_to(quiet_, origin);
        share = quiet.cases > 0 ? quiet.reached / quiet.cases : 0;
        out.cases = quiet.cases / length;
    } else if (const auto near = stack_.neighbours(unit, origin, most_cases); !near.empty()) {
        std::vector<double> followed(near.size(), 0.0);
        for (int step = first_step_; step <= last_step_; ++step) {
            const auto month = stack_.followed(unit, origin, step, near);
            for (std::size_t i = 0; i < near.size(); ++i) followed[i] += month[i].value;
        }
        share = static_cast<double>(
                    std::count_if(followed.begin(), followed.end(), [&](double sum) { return sum >= line_; }))
            / static_cast<double>(near.size());
        out.cases = distinct(near, length);
    }
    const double yes = out.cases * share + 0.5, no = out.cases * (1 - share) + 0.5;
    out.probability = yes / (yes + no);
    out.low = methods::beta_quantile(0.05, yes, no);
    out.high = methods::beta_quantile(0.95, yes, no);

    const auto history = series.up_to(origin);
    out.benchmark = chance_of_sum(history.last(std::min<std::size_t>(benchmark_months, history.size())), length, line_);
    return out;
}

}  // namespace icosa::forecast
