/// Findings: signals and what a watch can say, with everything needed to defend them.
#pragma once

#include <limits>
#include <string>
#include <vector>

#include "base/date.hpp"
#include "model/evidence.hpp"

namespace icosa::model {

struct Severity {
    double value = 0;
    std::string unit;  ///< "incidents", "fatalities", "persons displaced", "states", ...
};

enum class Confidence { Low, Moderate, High };
enum class Grade { Note, Watch, Warning };
inline constexpr std::string_view confidence_names[] = {"low", "moderate", "high"};
inline constexpr std::string_view grade_names[] = {"note", "watch", "warning"};

/// The simple figure to hold beside an expectation.
struct Baseline {
    double value = std::numeric_limits<double>::quiet_NaN();
    std::string what;  ///< "mean of the same period of 5 past years"
};

struct SourceLine {
    std::string file;
    std::int32_t line = 0;
};

struct Lineage {
    std::int64_t rows = 0;
    std::vector<std::string> sources;
    std::vector<SourceLine> files;  ///< in order; a dossier shows three, `explain` all
};

/// The answer of a watch worth looking at. observed, expected and threshold are in the severity's unit unless the reason says otherwise.
struct Signal {
    std::string id;       ///< WATCH/SUBJECT/PERIOD
    std::string subject;  ///< place, dyad, instrument, ... id
    std::string subject_title;
    std::string period;
    int periods = 1;      ///< the figure sums this many periods, `period` the last of them
    double observed = 0;
    double expected = 0;
    double threshold = 0;
    double unusualness = 0;  ///< 0 to 1: how rarely this happens when nothing is going on; comparable within an engine only
    double adjusted_p_value = std::numeric_limits<double>::quiet_NaN();  ///< over all that the watch looked at; NaN: the method is no test
    Baseline baseline;
    Severity severity;
    Confidence confidence = Confidence::Low;
    std::string confidence_why;
    Grade grade = Grade::Note;
    std::string reason;  ///< one sentence with its numbers
    Lineage lineage;
    std::vector<std::string> cites;
    std::vector<std::string> caveats;
};

enum class State { Signal, Quiet, Stale, NoData };
inline constexpr std::string_view state_names[] = {"signal", "quiet", "stale", "no-data"};

/// A short series to draw beside a finding: values may be NaN.
struct Strip {
    std::string title;
    PeriodKind period = PeriodKind::Year;
    int first_period = 0;
    std::vector<double> observed;
    std::vector<double> expected;   ///< empty or as long as observed
    std::vector<double> threshold;  ///< empty or as long as observed
};

/// What one watch found.
struct WatchFinding {
    std::string id;
    std::string engine;
    std::string title;
    State state = State::NoData;
    std::string reading;  ///< one sentence with its numbers, whatever the state
    std::string source;   ///< the one that answered; "" = none
    std::vector<std::string> other_sources;
    Day observed_through = no_day;
    std::int64_t units_examined = 0;
    double signals_expected_by_chance = 0;
    std::int64_t tests = 0;            ///< units x periods that were tested at once; 0: the method is a rule, no test
    double false_discovery_rate = 1;   ///< at which the alarms were held; 1: not controlled
    std::string discovery_procedure;   ///< "benjamini-hochberg", "benjamini-yekutieli", "" = not controlled
    std::int64_t set_aside = 0;        ///< alarms that this rate does not bear
    std::vector<Signal> signals;
    std::vector<Strip> strips;  ///< at most six, the most telling first
    std::vector<std::string> clauses;
    std::vector<std::string> cites;
    std::vector<std::string> caveats;
};

}  // namespace icosa::model
