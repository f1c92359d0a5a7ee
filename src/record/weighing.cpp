/// Looks up the kind, compares limits, counts marks.
#include "record/weighing.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/number.hpp"
#include "engine/grading.hpp"
#include "methods/statistics/proportion.hpp"

namespace icosa::record {
namespace {

using model::Change;
using model::Grade;
using model::Signal;

constexpr int days_of_month = 31;

/// A month is published at most so long after it.
constexpr int months_of_lag = 2;

/// The last year whose episodes were over, and known to be, on a day.
int last_year_known(const pack::WatchRecord& record, Day as_of) {
    return civil_of(as_of - days_of_month * (record.months + months_of_lag)).year - 1;
}

struct Counts {
    int signals = 0;
    int followed = 0;
};

template <class Wanted> Counts counts_of(const pack::WatchRecord& record, int last_year, const Wanted& wanted) {
    Counts out;
    for (const pack::KindCount& one : record.kinds) {
        if (one.year > last_year || !wanted(one)) continue;
        out.signals += one.signals;
        out.followed += one.followed;
    }
    return out;
}

double base_rate_of(const pack::WatchRecord& record, int last_year) {
    int units = 0, followed = 0;
    for (const pack::BaseCount& one : record.base) {
        if (one.year > last_year) continue;
        units += one.units;
        followed += one.followed;
    }
    return units == 0 ? nan_value : static_cast<double>(followed) / units;
}

/// The grade that a kind has earned by its past alone.
Grade earned(const Past& past, const pack::Grades& grades) {
    const auto reaches = [&](const pack::GradeRule& rule) {
        return past.share >= rule.share
            || (past.share >= rule.share_with_lift && past.base_rate > 0 && past.share >= rule.lift * past.base_rate);
    };
    return reaches(grades.warning) ? Grade::Warning : reaches(grades.watch) ? Grade::Watch : Grade::Note;
}

bool rises(Change change) { return change == Change::New || change == Change::Rising || change == Change::None; }

/// Signals of the watch that are of this grade today, by their kinds.
model::Record record_of(const pack::WatchRecord& record, Grade grade, const engine::Setting& setting) {
    const int last_year = last_year_known(record, setting.as_of);
    const Counts counts = counts_of(record, last_year, [&](const pack::KindCount& one) {
        const auto past = past_of(record, one.change, one.size, setting.as_of, setting.grades);
        return past && earned(*past, setting.grades) == grade;
    });
    model::Record out;
    out.outcome = record.outcome;
    out.months_ahead = record.months;
    out.first_year = record.kinds.empty()
        ? 0
        : std::min_element(record.kinds.begin(), record.kinds.end(), [](const auto& a, const auto& b) {
              return a.year < b.year;
          })->year;
    out.last_year = last_year;
    out.signals = counts.signals;
    out.followed = counts.followed;
    out.base_rate = base_rate_of(record, last_year);
    const methods::Proportion proportion = methods::wilson_interval(counts.followed, counts.signals);
    out.share = proportion.share;
    out.low = proportion.low;
    out.high = proportion.high;
    return out;
}

/// Why there is no record, as a reader needs it.
std::string why_none(const pack::Watch& watch, const pack::WatchRecord* record) {
    if (watch.outcomes.empty()) return "no outcome is declared that it could be judged by";
    return record ? "its past does not reach back far enough on this day" : "it has not been judged on past days";
}

void grade(Signal& signal, const pack::Watch& watch, const engine::Setting& setting) {
    const pack::Grades& grades = setting.grades;
    const pack::WatchRecord* record = setting.records.find(watch.id);
    const auto past =
        record ? past_of(*record, signal.course.change, signal.size, setting.as_of, grades) : std::nullopt;
    int limit_days = grades.lateness_days;
    if (past) {
        limit_days = std::min(limit_days, record->months * days_of_month);
        signal.grade = earned(*past, grades);
        signal.grade_why = fmt::format("{} of 100 past signals of its kind were followed, {} in 100 otherwise",
                                       std::lround(100 * past->share), std::lround(100 * past->base_rate));
    } else {
        signal.grade = signal.size != model::Size::Small && rises(signal.course.change) ? Grade::Watch : Grade::Note;
        signal.grade_why = "no record: by its size alone, at most a watch";
        signal.record.why_none = why_none(watch, record);
    }
    if (signal.lateness_days > limit_days && signal.grade != Grade::Note) {
        signal.grade = Grade::Note;
        signal.grade_why +=
            fmt::format("; a note, since it ended {} days ago (limit {})", signal.lateness_days, limit_days);
    }
    if (!past) return;
    signal.record = record_of(*record, signal.grade, setting);
    if (signal.record.signals == 0) signal.record = record_of(*record, earned(*past, grades), setting);
}

/// Would it still signal if a later edition moved the figure by so much towards the threshold?
bool stands_revised(const Signal& signal, double share) {
    const double observed = signal.observed, threshold = signal.threshold;
    if (std::isnan(observed) || std::isnan(threshold) || observed < 0) return false;
    const bool falls = !std::isnan(signal.expected) && observed < signal.expected;
    return falls ? observed * (1 + share) <= threshold : observed * (1 - share) >= threshold;
}

std::string nearer_words(double share) {
    return fmt::format("would stand if its figure were {:.0f} % nearer the threshold", 100 * share);
}

/// Marks and their words.
class Marks {
public:
    void say(int mark, const std::string& words) {
        count_ += mark;
        why_ += (why_.empty() ? "" : "; ") + words;
    }
    [[nodiscard]] int count() const { return count_; }
    [[nodiscard]] const std::string& why() const { return why_; }

private:
    int count_ = 0;
    std::string why_;
};

void judge_confidence(Signal& signal, const pack::Grades& grades) {
    const model::Grounds& grounds = signal.grounds;
    if (grounds.history == 0) return;  // no figure of a series: its engine has said it
    Marks marks;
    const int wanted = engine::long_history(grades, grounds.season);
    if (grounds.history >= wanted) marks.say(1, fmt::format("long history ({} periods)", grounds.history));
    else marks.say(0, fmt::format("short history ({} of {} periods)", grounds.history, wanted));
    switch (grounds.completeness) {
        case model::Completeness::Covered: marks.say(1, "complete coverage"); break;
        case model::Completeness::NoGaps: marks.say(1, "no gaps in its newest years"); break;
        case model::Completeness::Open: marks.say(0, "gaps, or a source that does not claim to be complete"); break;
    }
    if (grounds.real_time) marks.say(1, "as known on the day");
    else marks.say(0, "pseudo-real-time on final data");
    if (grounds.corroboration == model::Corroboration::Agrees) marks.say(1, grounds.other_source + " agrees");
    else if (grounds.corroboration == model::Corroboration::Disagrees)
        marks.say(-1, grounds.other_source + " covers it and shows nothing unusual");
    else marks.say(0, "no second source of another origin");
    if (signal.lateness_days <= grades.prompt_days) marks.say(1, "prompt");
    else if (signal.lateness_days > grades.late_days)
        marks.say(-1, fmt::format("late ({} days)", signal.lateness_days));
    if (stands_revised(signal, grades.large_revision_share)) marks.say(2, nearer_words(grades.large_revision_share));
    else if (stands_revised(signal, grades.revision_share)) marks.say(1, nearer_words(grades.revision_share));
    if (signal.record.signals >= grades.least_signals && signal.grade != Grade::Note)
        marks.say(1, fmt::format("{} of {} like it were followed", signal.record.followed, signal.record.signals));
    signal.confidence = marks.count() >= grades.high_marks ? model::Confidence::High
        : marks.count() >= grades.moderate_marks           ? model::Confidence::Moderate
                                                           : model::Confidence::Low;
    signal.confidence_why = marks.why();
}

/// Of a rule's signals: each would be followed as often without the rule as its base rate is of its share.
double expected_by_chance(const std::vector<Signal>& signals) {
    double out = 0;
    for (const Signal& one : signals) {
        if (one.record.signals == 0) continue;
        out += one.record.share > one.record.base_rate ? one.record.base_rate / one.record.share : 1;
    }
    return out;
}

}  // namespace

std::optional<Past> past_of(const pack::WatchRecord& record, Change change, model::Size size, Day as_of,
                            const pack::Grades& grades) {
    const int last_year = last_year_known(record, as_of);
    const Counts all = counts_of(record, last_year, [](const pack::KindCount&) { return true; });
    const double base_rate = base_rate_of(record, last_year);
    if (all.signals < grades.least_signals || std::isnan(base_rate)) return std::nullopt;
    const Counts own = counts_of(record, last_year,
                                 [&](const pack::KindCount& one) { return one.change == change && one.size == size; });
    const double usual = static_cast<double>(all.followed) / all.signals;
    return Past{(own.followed + grades.least_signals * usual) / (own.signals + grades.least_signals), base_rate};
}

void weigh(model::WatchFinding& finding, const pack::Watch& watch, const engine::Setting& setting) {
    for (Signal& signal : finding.signals) {
        grade(signal, watch, setting);
        judge_confidence(signal, setting.grades);
    }
    const bool is_rule = finding.tests == 0 && finding.signals_expected_by_chance == 0;
    if (is_rule) finding.signals_expected_by_chance = expected_by_chance(finding.signals);
    for (model::Chance& chance : finding.chances) {
        const auto same = std::find_if(finding.signals.begin(), finding.signals.end(),
                                       [&](const Signal& signal) { return signal.id == chance.id; });
        if (same != finding.signals.end()) chance.record = same->record;
        else chance.record.why_none = "so low a chance is no signal of this watch";
    }
    std::stable_sort(finding.signals.begin(), finding.signals.end(), [](const Signal& a, const Signal& b) {
        if (a.grade != b.grade) return a.grade > b.grade;
        if (a.unusualness != b.unusualness) return a.unusualness > b.unusualness;
        if (a.severity.value != b.severity.value) return a.severity.value > b.severity.value;
        return a.id < b.id;
    });
}

}  // namespace icosa::record
