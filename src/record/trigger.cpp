/// Judges each unit-month once, then walks the rule over each unit.
#include "record/trigger.hpp"

#include <algorithm>
#include <cmath>
#include <deque>

#include "base/date.hpp"
#include "base/number.hpp"
#include "methods/statistics/probability.hpp"
#include "record/outcome.hpp"

namespace icosa::record {
namespace {

/// Zero for what stands before a unit's first observed month, and so many months of zero before all.
model::Panel zeros_before_first(const model::Panel& from, int months) {
    model::Panel out = from;
    out.first_period -= months;
    out.periods += months;
    out.rows.clear();
    out.values.clear();
    for (std::size_t unit = 0; unit < from.units.size(); ++unit) {
        out.values.insert(out.values.end(), static_cast<std::size_t>(months), 0.0);
        bool has_begun = false;
        for (int i = 0; i < from.periods; ++i) {
            const double value = from.at(unit, i);
            has_begun = has_begun || !std::isnan(value);
            out.values.push_back(has_begun ? value : 0.0);
        }
    }
    return out;
}

double share_of(std::int64_t part, std::int64_t whole) {
    return whole == 0 ? nan_value : static_cast<double>(part) / static_cast<double>(whole);
}

double of_panel(const model::Panel& panel, std::size_t unit, int first, int last) {
    double out = 0;
    for (int month = first; month <= last; ++month) out += panel.at(unit, month - panel.first_period);
    return out;
}

/// Sums that end at months from..last; of months before the panel zero, after it not observed.
std::vector<double> sums_of(const model::Panel& panel, std::size_t unit, int months, int from, int last) {
    std::vector<double> out;
    out.reserve(static_cast<std::size_t>(std::max(0, last - from + 1)));
    for (int end = from; end <= last; ++end) {
        double sum = 0;  // each one anew: equal months give equal sums to the last bit, so ties are ties
        for (int month = end - months + 1; month <= end; ++month) {
            const int index = month - panel.first_period;
            if (index >= panel.periods) sum = nan_value;
            else if (index >= 0) sum += panel.at(unit, index);
        }
        out.push_back(sum);
    }
    return out;
}

/// The sum at months first..last where it is the highest of so many; NaN elsewhere.
std::vector<double> highs_of(const model::Panel& panel, std::size_t unit, const pack::TriggerRule& rule, int first,
                             int last) {
    // Sums before the panel are zero and no higher than one that may fire.
    const int from = std::min(first, std::max(first - rule.high_of + 1, panel.first_period));
    const std::vector<double> sum = sums_of(panel, unit, rule.sum, from, last);
    std::vector<double> out;
    out.reserve(sum.size());
    std::deque<int> falling;  // positions whose sums fall, the highest of the window first
    for (int i = 0; i < static_cast<int>(sum.size()); ++i) {
        const double value = sum[static_cast<std::size_t>(i)];
        while (!falling.empty() && falling.front() <= i - rule.high_of) falling.pop_front();
        if (!std::isnan(value)) {
            while (!falling.empty() && sum[static_cast<std::size_t>(falling.back())] < value) falling.pop_back();
            falling.push_back(i);
        }
        if (from + i < first) continue;
        const bool is_high = !std::isnan(value) && value >= sum[static_cast<std::size_t>(falling.front())];
        out.push_back(is_high ? value : nan_value);
    }
    return out;
}

}  // namespace

double TriggerRecord::share() const { return share_of(followed, fired); }
double TriggerRecord::base_rate() const { return share_of(outcomes - followed, cases - fired); }
double TriggerRecord::false_alarms_a_year() const {
    return years > 0 ? static_cast<double>(false_alarms()) / years : nan_value;
}
double TriggerRecord::false_episodes_a_year() const {
    return years > 0 ? static_cast<double>(episodes - episodes_followed) / years : nan_value;
}

double cost_a_year(const TriggerRecord& record, const pack::TriggerCosts& costs) {
    if (record.years <= 0) return nan_value;
    return (costs.act_in_vain * static_cast<double>(record.false_alarms())
            + costs.not_acting * static_cast<double>(record.missed()))
        / record.years;
}

TriggerHistory::TriggerHistory(const pack::Outcome& outcome, const model::Panel& panel,
                               const model::Panel* outcome_panel, int first, int last,
                               std::vector<KnownThen> known_then)
    : panel_(zeros_before_first(panel, outcome.months)),
      known_then_(std::move(known_then)),
      first_(first),
      last_(last),
      outcome_months_(outcome.months) {
    for (KnownThen& then : known_then_) {
        then.panel = zeros_before_first(then.panel, 0);
        auto& positions = unit_then_.emplace_back();
        for (const std::string& unit : panel_.units) {
            const auto at = std::ranges::find(then.panel.units, unit);
            positions.push_back(at == then.panel.units.end()
                                    ? std::nullopt
                                    : std::optional(static_cast<std::size_t>(at - then.panel.units.begin())));
        }
    }
    judge(outcome, panel, outcome_panel);
}

void TriggerHistory::judge(const pack::Outcome& outcome, const model::Panel& original,
                           const model::Panel* outcome_panel) {
    const auto months = static_cast<std::size_t>(std::max(0, last_ - first_ + 1));
    verdicts_.assign(panel_.units.size() * months, Verdict::NotThere);
    leads_.assign(verdicts_.size(), 0);
    amounts_.assign(verdicts_.size(), {});
    const model::Panel own = outcome_panel ? zeros_before_first(*outcome_panel, outcome.months) : model::Panel();
    const model::Panel& decides = outcome_panel ? own : panel_;
    const OutcomeTruth truth(outcome, decides);
    for (std::size_t unit = 0; unit < panel_.units.size(); ++unit) {
        const auto judged = outcome_panel ? truth.unit_of(panel_.units[unit]) : std::optional(unit);
        for (int month = first_; month <= last_; ++month) {
            const int index = month - original.first_period;
            if (index < 0 || index >= original.periods || std::isnan(original.at(unit, index))) continue;
            const auto at = unit * months + static_cast<std::size_t>(month - first_);
            const auto happened = judged ? truth.happened(*judged, month) : std::nullopt;
            verdicts_[at] = !happened ? Verdict::Undecided : *happened ? Verdict::Yes : Verdict::No;
            if (!happened || !*happened) continue;
            leads_[at] = static_cast<std::int16_t>(truth.lead(*judged, month));
            amounts_[at] = {static_cast<float>(of_panel(decides, *judged, month - outcome.months + 1, month)),
                            static_cast<float>(of_panel(decides, *judged, month + 1, month + outcome.months))};
        }
    }
}

bool TriggerHistory::counts_in(int month, Years years) const {
    if (years == Years::All) return true;
    const auto year = [](int of) { return civil_of(first_day_of(of, PeriodKind::Month)).year; };
    return ((year(month) - year(first_)) % 2 == 0) == (years == Years::EveryOther);
}

std::int64_t TriggerHistory::cases(Years years) const {
    std::int64_t out = 0;
    for (int month = first_; month <= last_; ++month) {
        if (!counts_in(month, years)) continue;
        for (std::size_t unit = 0; unit < panel_.units.size(); ++unit) out += verdict(unit, month) >= Verdict::No;
    }
    return out;
}

double TriggerHistory::highest_month() const {
    double out = 0;
    for (std::size_t unit = 0; unit < panel_.units.size(); ++unit) {
        for (const double value : sums_of(panel_, unit, 1, first_, last_)) out = value > out ? value : out;
    }
    return out;
}

std::optional<std::pair<int, int>> TriggerHistory::decided() const {
    std::optional<std::pair<int, int>> out;
    for (int month = first_; month <= last_; ++month) {
        bool any = false;
        for (std::size_t unit = 0; unit < panel_.units.size() && !any; ++unit)
            any = verdict(unit, month) >= Verdict::No;
        if (any) out = {out ? out->first : month, month};
    }
    return out;
}

std::vector<double> TriggerHistory::highs(std::size_t unit, int months, int high_of) const {
    const pack::TriggerRule rule{months, 1, high_of};
    if (known_then_.empty()) return highs_of(panel_, unit, rule, first_, last_);
    std::vector<double> out;
    int next = first_;
    const auto add = [&](const model::Panel& panel, std::optional<std::size_t> at, int last) {
        if (last < next) return;
        if (at) {
            const auto part = highs_of(panel, *at, rule, next, last);
            out.insert(out.end(), part.begin(), part.end());
        } else {
            out.insert(out.end(), static_cast<std::size_t>(last - next + 1), nan_value);
        }
        next = last + 1;
    };
    for (std::size_t k = 0; k < known_then_.size(); ++k)
        add(known_then_[k].panel, unit_then_[k][unit], std::min(known_then_[k].last_month, last_));
    add(panel_, unit, last_);
    return out;
}

void TriggerHistory::add_unit(TriggerRecord& out, std::size_t unit, Years years) const {
    const std::vector<double> high = highs(unit, out.rule.sum, out.rule.high_of);
    const auto months = static_cast<std::size_t>(last_ - first_ + 1);
    int last_fired = std::numeric_limits<int>::min() / 2;
    OutcomeRun* run = nullptr;
    for (int month = first_; month <= last_; ++month) {
        const Verdict seen = counts_in(month, years) ? verdict(unit, month) : Verdict::NotThere;
        if (seen != Verdict::Yes) run = nullptr;
        if (seen == Verdict::NotThere) continue;
        const auto i = static_cast<std::size_t>(month - first_);
        const bool fires = high[i] >= out.rule.at_least;  // NaN is not
        const bool begins = fires && month - last_fired > outcome_months_;
        if (fires) {
            last_fired = month;
            const auto followed = seen == Verdict::Undecided ? std::nullopt : std::optional(seen == Verdict::Yes);
            out.firings.emplace_back(unit, month, high[i], begins, followed);
        }
        if (seen == Verdict::Undecided) {
            out.undecided += fires;
            continue;
        }
        ++out.cases;
        out.fired += fires;
        out.episodes += begins;
        if (seen != Verdict::Yes) continue;
        ++out.outcomes;
        out.followed += fires;
        out.caught += fires;
        out.episodes_followed += begins;
        const auto [before, after] = amounts_[unit * months + i];
        if (!run) run = &out.runs.emplace_back(unit, month, month, before, after, false);
        run->last = month;
        if (after - before > run->after - run->before) {
            run->before = before;
            run->after = after;
        }
        if (fires && !run->is_caught) {
            run->is_caught = true;
            out.leads.push_back(leads_[unit * months + i]);
        }
    }
}

TriggerRecord TriggerHistory::record(const pack::TriggerRule& rule, Years years) const {
    TriggerRecord out;
    out.rule = rule;
    for (std::size_t unit = 0; unit < panel_.units.size(); ++unit) add_unit(out, unit, years);
    int months = 0;
    for (int month = first_; month <= last_; ++month) {
        if (!counts_in(month, years)) continue;
        bool any = false;
        for (std::size_t unit = 0; unit < panel_.units.size() && !any; ++unit)
            any = verdict(unit, month) >= Verdict::No;
        months += any;
    }
    out.years = months / 12.0;
    out.median_lead_months = out.leads.empty() ? nan_value : methods::median(out.leads);
    return out;
}

std::vector<Firing> TriggerHistory::firing(const pack::TriggerRule& rule, int month) const {
    std::vector<Firing> out;
    if (month < first_ || month > last_) return out;
    for (std::size_t unit = 0; unit < panel_.units.size(); ++unit) {
        if (verdict(unit, month) == Verdict::NotThere) continue;
        const std::vector<double> high = highs(unit, rule.sum, rule.high_of);
        const auto at = static_cast<std::size_t>(month - first_);
        if (!(high[at] >= rule.at_least)) continue;
        Firing one{unit, high[at], month};
        for (int back = month - 1; back >= first_ && one.since - back <= outcome_months_; --back)
            if (high[static_cast<std::size_t>(back - first_)] >= rule.at_least) one.since = back;
        out.push_back(one);
    }
    return out;
}

std::vector<TriggerHistory::Count> TriggerHistory::counts(const std::vector<int>& summed,
                                                          const std::vector<int>& high_ofs, std::vector<double> levels,
                                                          Years years) const {
    std::sort(levels.begin(), levels.end());
    std::vector<char> is_asked;
    for (int month = first_; month <= last_; ++month) is_asked.push_back(counts_in(month, years) ? 1 : 0);
    std::vector<Count> out;
    for (const int sum : summed) {
        for (const int high_of : high_ofs) {
            // How often the sum that is a high lies from one level to the next: the rest is adding up from above.
            std::vector<Count> steps(levels.size());
            for (std::size_t unit = 0; unit < panel_.units.size(); ++unit) {
                const std::vector<double> high = highs(unit, sum, high_of);
                for (std::size_t i = 0; i < high.size(); ++i) {
                    if (!is_asked[i] || std::isnan(high[i])) continue;
                    const Verdict seen = verdict(unit, first_ + static_cast<int>(i));
                    if (seen < Verdict::No) continue;
                    const auto above = std::upper_bound(levels.begin(), levels.end(), high[i]) - levels.begin();
                    if (above == 0) continue;
                    Count& step = steps[static_cast<std::size_t>(above - 1)];
                    ++step.fired;
                    step.followed += seen == Verdict::Yes;
                }
            }
            for (std::size_t i = levels.size(); i-- > 0;) {
                steps[i].rule = {sum, levels[i], high_of};
                if (i + 1 == levels.size()) continue;
                steps[i].fired += steps[i + 1].fired;
                steps[i].followed += steps[i + 1].followed;
            }
            out.insert(out.end(), steps.begin(), steps.end());
        }
    }
    return out;
}

}  // namespace icosa::record
