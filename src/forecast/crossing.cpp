/// Counts past crossings.
#include "forecast/crossing.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/date.hpp"
#include "base/text.hpp"

namespace icosa::forecast {
namespace {

constexpr std::size_t months_looked_back = 12;
constexpr int months_between_origins = 12;
constexpr int most_origins = 12;
constexpr int shortest_crossing_past = 48;          ///< months behind a past origin
constexpr double least = 1.0 / 1002;       ///< one pseudo-draw among 1,000 on either side
constexpr double pull = 100;               ///< cells; chosen on the windows 2005-2012

}  // namespace

std::string_view crossing_name(Crossing crossing) {
    switch (crossing) {
        case Crossing::PeacefulOnset:
        case Crossing::Onset: return "onset";
        case Crossing::Escalation: return "escalation";
        case Crossing::DeEscalation: return "de-escalation";
    }
    return {};
}

Crossing crossing_of(std::span<const double> history, double threshold) {
    if (history.back() >= threshold) return Crossing::DeEscalation;
    const auto year = history.last(std::min(months_looked_back, history.size()));
    const double most = *std::max_element(year.begin(), year.end());
    return most >= threshold ? Crossing::Escalation : most > 0 ? Crossing::Onset : Crossing::PeacefulOnset;
}

bool happened(Crossing crossing, double count, double threshold) {
    return (count >= threshold) != (crossing == Crossing::DeEscalation);
}

double probability_of(Crossing crossing, std::span<const methods::WeightedCount> month, double threshold) {
    const double reached = std::min(1.0, methods::share_from(month, std::ceil(threshold) - 0.5));
    return crossing == Crossing::DeEscalation ? 1 - reached : reached;
}

double bounded(double probability) { return std::clamp(probability, least, 1 - least); }

BaseRates::BaseRates(const CountPanel& panel, double threshold, int first_step, int last_step)
    : first_step_(first_step), first_month_(panel.first()) {
    const auto months = static_cast<std::size_t>(panel.end() - panel.first());
    for (auto& steps : until_)
        steps.assign(static_cast<std::size_t>(last_step - first_step + 1), std::vector<Rate>(months));
    for (const auto& series : panel.series) {
        for (std::size_t newest = months_looked_back - 1; newest < series.counts.size(); ++newest) {
            const Crossing crossing = crossing_of(std::span(series.counts).first(newest + 1), threshold);
            for (int step = first_step;
                 step <= last_step && newest + static_cast<std::size_t>(step) < series.counts.size(); ++step) {
                const std::size_t target = newest + static_cast<std::size_t>(step);
                auto& rate = until_[static_cast<std::size_t>(crossing)][static_cast<std::size_t>(step - first_step)]
                                   [target + static_cast<std::size_t>(series.first - first_month_)];
                rate.cells += 1;
                rate.events += happened(crossing, series.counts[target], threshold) ? 1 : 0;
            }
        }
    }
    for (auto& steps : until_) {
        for (auto& rates : steps) {
            for (std::size_t i = 1; i < rates.size(); ++i) {
                rates[i].cells += rates[i - 1].cells;
                rates[i].events += rates[i - 1].events;
            }
        }
    }
}

BaseRates::Rate BaseRates::at(Crossing crossing, int step, int origin) const {
    const auto& rates = until_[static_cast<std::size_t>(crossing)][static_cast<std::size_t>(step - first_step_)];
    if (origin < first_month_ || rates.empty()) return {};
    return rates[std::min(static_cast<std::size_t>(origin - first_month_), rates.size() - 1)];
}

CrossingModel::CrossingModel(const CountPanel& panel, Stack& stack, double threshold, const Request& steps_of)
    : panel_(panel),
      stack_(stack),
      threshold_(threshold),
      first_step_(steps_of.first - steps_of.origin),
      last_step_(steps_of.last - steps_of.origin),
      model_(steps_of.model),
      threads_(steps_of.threads),
      base_(panel, threshold, first_step_, last_step_) {}

Result<const std::vector<CrossingModel::Cells>*> CrossingModel::cells_at(int origin) {
    if (const auto found = known_.find(origin); found != known_.end()) return &found->second;
    const auto made = TRY(icosa::forecast::forecast(
        panel_, {origin, origin + first_step_, origin + last_step_, model_, threads_}, stack_));
    std::vector<Cells> cells;
    std::size_t at = 0;
    for (const auto& unit : made.units) {
        while (panel_.series[at].unit != unit.unit) ++at;
        const auto& series = panel_.series[at];
        Cells one{at, crossing_of(series.up_to(origin), threshold_), {}};
        for (const auto& month : unit.months)
            one.probabilities.push_back(bounded(probability_of(one.crossing, month, threshold_)));
        cells.push_back(std::move(one));
    }
    return &known_.emplace(origin, std::move(cells)).first->second;
}

Result<std::array<methods::LogitMap, crossings>> CrossingModel::learn(int origin) {
    struct Learned {
        std::vector<double> probabilities;
        std::vector<methods::Happened> happened;
        std::vector<int> clusters;
    };
    std::array<Learned, crossings> learned;
    int cluster = 0;
    for (int back = 1; back <= most_origins; ++back) {
        const int past = origin - back * months_between_origins;
        if (past < panel_.first() + shortest_crossing_past) break;
        if (past + first_step_ > origin || !panel_.has(past)) continue;
        const auto* known = TRY(cells_at(past));
        for (const auto& cell : *known) {
            ++cluster;
            auto& of = learned[static_cast<std::size_t>(cell.crossing)];
            for (std::size_t m = 0; m < cell.probabilities.size(); ++m) {
                const int month = past + first_step_ + static_cast<int>(m);
                if (month > origin || !panel_.series[cell.unit].has(month)) continue;
                of.probabilities.push_back(cell.probabilities[m]);
                of.happened.push_back(happened(cell.crossing, panel_.series[cell.unit].at(month), threshold_)
                                          ? methods::Happened::Yes
                                          : methods::Happened::No);
                of.clusters.push_back(cluster);
            }
        }
    }
    std::array<methods::LogitMap, crossings> out;
    for (std::size_t i = 0; i < crossings; ++i)
        out[i] = methods::fit_logit_map(learned[i].probabilities, learned[i].happened, learned[i].clusters, pull);
    auto& peaceful = out[static_cast<std::size_t>(Crossing::PeacefulOnset)];
    peaceful.shift = 0;
    peaceful.slope = 1;
    return out;
}

Result<std::vector<UnitCrossing>> CrossingModel::forecast(int origin) {
    const auto maps = TRY(learn(origin));
    const auto* cells = TRY(cells_at(origin));
    std::vector<UnitCrossing> out;
    for (const auto& cell : *cells) {
        UnitCrossing one{cell.unit, cell.crossing, {}};
        for (std::size_t m = 0; m < cell.probabilities.size(); ++m) {
            const auto& map = maps[static_cast<std::size_t>(cell.crossing)];
            auto at = map.at(cell.probabilities[m]);
            if (map.variance_shift == 0 && map.variance_slope == 0) at.low = at.high = std::nan("");
            one.months.push_back(
                {at.probability, at.low, at.high, base_.at(cell.crossing, first_step_ + static_cast<int>(m), origin)});
        }
        out.push_back(std::move(one));
    }
    return out;
}

std::string definition_of(Crossing crossing, double threshold, int origin) {
    const std::string count = number_text(threshold), newest = period_label(origin, PeriodKind::Month);
    switch (crossing) {
        case Crossing::PeacefulOnset:
            return fmt::format("a count of {} or more in the month, where the twelve months to {} had none at all",
                               count, newest);
        case Crossing::Onset:
            return fmt::format("a count of {} or more in the month, where none of the twelve months to {} had so many",
                               count, newest);
        case Crossing::Escalation:
            return fmt::format(
                "a count of {} or more in the month, where one of the twelve months to {} had so many and {} had not",
                count, newest, newest);
        case Crossing::DeEscalation:
            return fmt::format("a count below {} in the month, where {} had {} or more", count, newest, count);
    }
    return {};
}

}  // namespace icosa::forecast
