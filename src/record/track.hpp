/// Track: the signals of one watch at past months, judged by one outcome.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "model/findings.hpp"
#include "pack/records.hpp"
#include "record/outcome.hpp"

namespace icosa::record {

/// A row of `icosa backtest --watches`: signals of one grade, of one change or ("all") of any.
struct TrackRow {
    std::string watch;
    std::string outcome;
    std::string grade;
    std::string change;
    int signals = 0;   ///< episodes
    int followed = 0;
    double share = 0;
    double low = 0;    ///< of the share, 90 %
    double high = 1;
    double base_rate = 0;  ///< NaN: no unit-month without a signal
    double lift = 0;       ///< NaN where the base rate is 0
    int outcomes = 0;  ///< runs of months in which it happened to a unit of the watch
    int caught = 0;    ///< of them: a signal stood in one of their months
    double median_lead_months = 0;  ///< from the first such signal until the outcome was reached; NaN without any
    double false_alarms_a_year = 0;
};

/// An episode is counted once: a signal of a unit and kind begins one when the unit had none of that kind in the
/// outcome's months before.
class Track {
public:
    /// truth must outlive it. asked: units of the truth's panel that the watch speaks of.
    Track(std::string watch, const OutcomeTruth& truth, std::vector<std::size_t> asked);

    /// Months in order, each once.
    void add(int month, const std::vector<model::Signal>& signals);
    [[nodiscard]] std::vector<TrackRow> rows() const;
    /// The same by change and size, year by year, for packs/records.
    [[nodiscard]] pack::WatchRecord record() const;

private:
    struct Said {
        std::size_t unit = 0;
        std::vector<std::size_t> about;  ///< unit among them
        int month = 0;
        model::Grade grade = model::Grade::Note;
        model::Change change = model::Change::None;
        model::Size size = model::Size::Small;
    };
    template <class Kind, class Kept> void each_episode(const Kind& kind, const Kept& kept) const;
    [[nodiscard]] TrackRow row(model::Grade grade, const model::Change* change) const;

    std::string watch_;
    const OutcomeTruth& truth_;
    std::vector<std::size_t> asked_;
    std::vector<Said> said_;  ///< judged ones, by month
    std::set<std::pair<std::size_t, int>> with_signal_;  ///< unit, month
    std::vector<int> months_;
};

}  // namespace icosa::record
