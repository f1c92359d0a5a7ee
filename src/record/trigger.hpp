/// Triggers on past months: when a rule would have fired, what came after, what it would have missed.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "model/evidence.hpp"
#include "pack/outcomes.hpp"
#include "pack/trigger.hpp"

namespace icosa::record {

/// Of which calendar years the months count: all, or one half for choosing a rule and the other for telling of it.
enum class Years { All, EveryOther, TheOthers };

/// Months in a row, each with the outcome after it, of one unit.
struct OutcomeRun {
    std::size_t unit = 0;
    int first = 0, last = 0;  ///< months from 1970-01
    double before = 0;        ///< what the outcome compares, at the month of the run after which most was added
    double after = 0;
    bool is_caught = false;   ///< the rule fired in one of these months
};

/// A month in which the rule fired.
struct FiredMonth {
    std::size_t unit = 0;
    int month = 0;
    double sum = 0;
    bool begins = false;             ///< an episode
    std::optional<bool> followed;    ///< nothing: not decided
};

/// What a rule did. Counts are unit-months, but for episodes and runs; only months whose outcome is decided count.
struct TriggerRecord {
    pack::TriggerRule rule;
    std::int64_t cases = 0;     ///< judged
    std::int64_t fired = 0;
    std::int64_t followed = 0;  ///< of those fired: the outcome came
    std::int64_t undecided = 0; ///< it fired, and what came is not known yet
    std::int64_t episodes = 0;  ///< a firing begins one when the unit had none in the outcome's months before
    std::int64_t episodes_followed = 0;
    std::int64_t outcomes = 0;  ///< months after which the outcome came
    std::int64_t caught = 0;    ///< of them: the rule fired
    double years = 0;           ///< of months in which any unit is judged
    double median_lead_months = std::numeric_limits<double>::quiet_NaN();
    std::vector<double> leads;        ///< of each run that was caught, months
    std::vector<OutcomeRun> runs;     ///< by unit and month
    std::vector<FiredMonth> firings;  ///< by unit and month

    [[nodiscard]] std::int64_t missed() const { return outcomes - caught; }
    [[nodiscard]] std::int64_t false_alarms() const { return fired - followed; }
    [[nodiscard]] double share() const;      ///< followed / fired; NaN where it never fired
    [[nodiscard]] double base_rate() const;  ///< of the months in which it did not fire; NaN without any
    [[nodiscard]] double false_alarms_a_year() const;
    [[nodiscard]] double false_episodes_a_year() const;
};

/// What acting by the rule would have cost in a year.
///
///     C = (act_in_vain * false alarms + not_acting * missed) / years
[[nodiscard]] double cost_a_year(const TriggerRecord& record, const pack::TriggerCosts& costs);

/// A unit for which a rule fires at a month.
struct Firing {
    std::size_t unit = 0;
    double sum = 0;
    int since = 0;  ///< first month of the episode
};

/// What was known of a panel until a month: an earlier edition.
struct KnownThen {
    int last_month = 0;  ///< the rule was asked on these figures until this month
    model::Panel panel;
};

/// A monthly panel with the outcome of each unit-month judged once, for any number of rules.
///
/// in    panel          monthly counts, >= 0; NaN = not observed. Months before a unit's first are zero, in the rule's
///                      sums and in the outcome's; they are no cases themselves. A sum with a month that is not
///                      observed does not fire, and is left out where the highest is looked for
///       outcome_panel  what decides the outcome, its units told by id; null = the panel itself
///       first, last    months asked, from 1970-01
///       known_then     by last_month: until then the rule's sums are of these figures, units told by id; what came
///                      after is judged by the panel itself. Empty = the panel's own figures for all months
/// cost  O(units * months * outcome.months), once
class TriggerHistory {
public:
    TriggerHistory(const pack::Outcome& outcome, const model::Panel& panel, const model::Panel* outcome_panel,
                   int first, int last, std::vector<KnownThen> known_then = {});

    [[nodiscard]] const std::vector<std::string>& units() const { return panel_.units; }
    [[nodiscard]] int first() const { return first_; }
    [[nodiscard]] int last() const { return last_; }
    [[nodiscard]] std::int64_t cases(Years years) const;
    [[nodiscard]] double highest_month() const;  ///< of all months asked; 0 where nothing was counted
    /// First and last month that a unit-month is judged in; nothing without any.
    [[nodiscard]] std::optional<std::pair<int, int>> decided() const;

    [[nodiscard]] TriggerRecord record(const pack::TriggerRule& rule, Years years = Years::All) const;
    /// Units for which the rule fires at a month that is asked, by unit. Nothing later is looked at.
    [[nodiscard]] std::vector<Firing> firing(const pack::TriggerRule& rule, int month) const;

    /// A rule's two counts, for many at once.
    struct Count {
        pack::TriggerRule rule;
        std::int64_t fired = 0;
        std::int64_t followed = 0;
        [[nodiscard]] std::int64_t false_alarms() const { return fired - followed; }
    };
    /// Every rule of summed x high_ofs x levels, in that order, levels rising. Equal to record() of each.
    ///
    /// cost  O(units * months * (sum of summed + summed * high_ofs) + rules), far below a record of each
    [[nodiscard]] std::vector<Count> counts(const std::vector<int>& summed, const std::vector<int>& high_ofs,
                                            std::vector<double> levels, Years years = Years::All) const;

private:
    enum class Verdict : std::int8_t { NotThere, Undecided, No, Yes };

    void judge(const pack::Outcome& outcome, const model::Panel& original, const model::Panel* outcome_panel);
    [[nodiscard]] Verdict verdict(std::size_t unit, int month) const {
        return verdicts_[unit * static_cast<std::size_t>(last_ - first_ + 1)
                         + static_cast<std::size_t>(month - first_)];
    }
    [[nodiscard]] bool counts_in(int month, Years years) const;
    /// Where a sum is the highest of so many, at months first()..last(), on what was known then; NaN elsewhere.
    [[nodiscard]] std::vector<double> highs(std::size_t unit, int months, int high_of) const;
    void add_unit(TriggerRecord& out, std::size_t unit, Years years) const;

    model::Panel panel_;  ///< with zeros before each unit's first month
    std::vector<KnownThen> known_then_;
    std::vector<std::vector<std::optional<std::size_t>>> unit_then_;  ///< [known_then][unit]: its position there
    int first_ = 0, last_ = -1, outcome_months_ = 6;
    std::vector<Verdict> verdicts_;                       ///< [units][months asked]
    std::vector<std::int16_t> leads_;                     ///< where the verdict is Yes
    std::vector<std::pair<float, float>> amounts_;        ///< before and after, where the verdict is Yes
};

}  // namespace icosa::record
