/// Findings: signals and what a watch can say, with everything needed to defend them.
#pragma once

#include <iterator>
#include <limits>
#include <optional>
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
enum class Size { Small, Large, Extreme };  ///< of a finding against its own past (packs/grades.toml)
inline constexpr std::string_view confidence_names[] = {"low", "moderate", "high"};
inline constexpr std::string_view grade_names[] = {"note", "watch", "warning"};
inline constexpr std::string_view size_names[] = {"small", "large", "extreme"};

/// Does a second source, of another publisher, say the same of this unit and period?
enum class Corroboration { None, Agrees, Disagrees };

/// What a gap in the series would mean.
enum class Completeness {
    Covered,  ///< the source says that silence is zero
    NoGaps,   ///< measured values, and none of the newest is missing
    Open,     ///< what is not there may have been
};

/// What a figure rests on; confidence is counted from it.
struct Grounds {
    int history = 0;  ///< observed periods before; 0 = the signal is no figure of a series
    int season = 1;   ///< periods a year
    Completeness completeness = Completeness::Open;
    bool real_time = false;
    Corroboration corroboration = Corroboration::None;
    std::string other_source;  ///< title of the one that agrees or disagrees
};

/// The simple figure to hold beside an expectation.
struct Baseline {
    double value = std::numeric_limits<double>::quiet_NaN();
    std::string what;  ///< "mean of the same period of 5 past years"
};

struct SourceLine {
    std::string file;
    std::int32_t line = 0;
};

/// A row of another source that tells of an event which is counted by its first row.
struct PartnerLine {
    SourceLine of;    ///< the row that is counted
    SourceLine line;  ///< the one that is not
    std::string source;
    double distance_km = 0;
    std::int32_t days = 0;  ///< its day less that of the row counted
    double score = 1;       ///< how well their kinds agree: 1 on the finest level, 0 on the broadest
};

/// What a figure did against the span before and the same of a year before, by the rule of its measure
/// (packs/measures.toml): one figure has one word, whichever watch looks at it.
enum class Change : std::uint8_t {
    None,         ///< the signal is no figure in time
    New,          ///< after a declared quiet
    Rising,
    StillHigh,    ///< out of the ordinary, and neither risen nor fallen
    Falling,
    BackInRange,  ///< was out of the ordinary, and is no longer
};
inline constexpr std::string_view change_names[] = {"", "new", "rising", "still high", "falling", "back in its range"};

/// A figure in time. NaN: not known.
struct Course {
    Change change = Change::None;
    PeriodKind kind = PeriodKind::Year;
    int last_period = 0;  ///< the newest of the span
    int span = 1;  ///< periods that `now`, `before` and `year_before` sum (counts) or average (measured values)
    double now = std::numeric_limits<double>::quiet_NaN();
    double low = std::numeric_limits<double>::quiet_NaN();  ///< of `now`, where the source gives a range
    double high = std::numeric_limits<double>::quiet_NaN();
    double before = std::numeric_limits<double>::quiet_NaN();  ///< the span before
    double year_before = std::numeric_limits<double>::quiet_NaN();  ///< the same span a year before
    std::vector<double> values;  ///< single periods up to last_period, oldest first, at most 24
};

/// How often what a watch says was followed by the outcome that it warns of, at past days.
struct Record {
    std::string outcome;  ///< of packs/outcomes.toml; "" = no record
    int first_year = 0;  ///< of the past days
    int last_year = 0;
    int months_ahead = 0;  ///< that the outcome looks ahead
    int signals = 0;  ///< episodes of this watch and grade
    int followed = 0;
    double share = 0;
    double low = 0;  ///< of the share, 90 %
    double high = 1;
    double base_rate = 0;  ///< of the watch's unit-months without a signal
    std::string why_none;  ///< without an outcome: why there is no record
};

/// A sentence as data: the key of a pattern in packs/phrases.toml and what stands in its slots. brief writes it in a
/// language.
struct Slot {
    enum class Kind : std::uint8_t { Number, Share, Day, Period, Place, Text };
    std::string name;
    Kind kind = Kind::Text;
    double number = 0;  ///< Number, Share
    Day day = no_day;  ///< Day
    std::string text;  ///< Place: id of a place, set, instrument or the like; Period: "2020-11"; Text as it stands
};
struct Phrase {
    std::string key;  ///< "" = the signal is told by its course
    std::vector<Slot> slots;
};

/// What a figure is made of, or what stands beside it in the same source.
struct Part {
    std::string measure;  ///< of packs/measures.toml
    double value = 0;
};

struct Lineage {
    std::int64_t rows = 0;
    std::vector<std::string> sources;
    std::vector<SourceLine> files;  ///< in order; a dossier shows three, `explain` all
    std::int64_t told_by_several = 0;  ///< of the rows, where sources were matched: those that another source tells too
    std::vector<PartnerLine> partners = {};  ///< of rows in `files`
};

/// Another signal that a signal is told by: its kind of threat, its watch, its id.
struct BesideSignal {
    std::string kind, kind_zh;
    std::string watch;
    std::string signal;
};

/// Where on the globe a signal is about, if it is no place with a name.
struct Circle {
    double latitude_deg = 0;
    double longitude_deg = 0;
    double radius_km = 0;
};

/// The answer of a watch worth looking at. observed, expected and threshold are in the severity's unit unless the
/// reason says otherwise.
struct Signal {
    std::string id;  ///< WATCH/SUBJECT/PERIOD
    std::string subject;  ///< place, dyad, instrument, ... id
    std::string subject_title;
    std::optional<Circle> around;
    std::string period;
    int periods = 1;  ///< the figure sums this many periods, `period` the last of them
    double observed = 0;
    double expected = 0;
    double threshold = 0;
    double unusualness =
        0;  ///< 0 to 1: how rarely this happens when nothing is going on; comparable within an engine only
    double adjusted_p_value =
        std::numeric_limits<double>::quiet_NaN();  ///< over all that the watch looked at; NaN: the method is no test
    Baseline baseline;
    Severity severity;
    Confidence confidence = Confidence::Low;
    std::string confidence_why;
    Size size = Size::Small;
    Grounds grounds;
    Grade grade = Grade::Note;
    std::string grade_why;  ///< which limits made it
    std::string measure;  ///< of packs/measures.toml
    std::vector<Part> parts;  ///< those that have a figure above 0
    Course course;
    int lateness_days = 0;  ///< from the end of the period to as_of
    Record record;
    Phrase phrase;  ///< what is not told by the course
    std::vector<BesideSignal> beside;  ///< coincidence: what meets at the place
    std::string reason;  ///< one sentence with its numbers
    std::vector<std::string> behind;  ///< units of its watch's first Select whose rows it rests on; empty = its subject
    Lineage lineage;
    std::vector<std::string> cites;
    std::vector<std::string> caveats;
};

/// What a watch says of a subject that does not signal: a sentence by its phrase.
struct Told {
    std::string id;  ///< as a signal's
    std::string subject;
    std::string subject_title;
    Phrase phrase;
};

enum class State { Signal, Quiet, Stale, NoData };
inline constexpr std::string_view state_names[] = {"signal", "quiet", "stale", "no-data"};

/// A short series to draw beside a finding: values may be NaN.
struct Strip {
    std::string title;
    PeriodKind period = PeriodKind::Year;
    int first_period = 0;
    std::vector<double> observed;
    std::vector<double> expected;  ///< empty or as long as observed
    std::vector<double> threshold;  ///< empty or as long as observed
};

/// The whole past of one unit, as its watch saw it and its method judged each period. All vectors are as long; NaN =
/// not observed, or nothing could be computed.
struct JudgedSeries {
    std::string source;
    std::string unit;
    std::string title;
    PeriodKind kind = PeriodKind::Year;
    int first_period = 0;
    std::vector<double> values;  ///< single periods, before sums and form
    std::vector<double> observed;  ///< what was judged
    std::vector<double> expected;
    std::vector<double> threshold;
    std::vector<bool> alarm;  ///< of the method with the watch's minimum; no false-discovery rate, nothing beside
};

/// One month ahead: its distribution's mean, quantiles and chances. Months are distributions of their own, no path.
inline constexpr double forecast_quantiles[] = {0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95};
struct MonthAhead {
    int month = 0;  ///< from 1970-01
    double mean = 0;
    double quantiles[std::size(forecast_quantiles)] = {};
    double p_any = 0;  ///< of a count above 0
    double p_crossing = 0;  ///< of the line or more in this month alone
};

/// A probability never travels alone.
struct Probability {
    double value = 0;
    double low = 0;  ///< of the 90 % interval
    double high = 1;
    std::string word;  ///< of the declared scale
    std::string outcome;  ///< what is said to happen, and by when
    double base_rate = 0;
    std::string base_of;  ///< of which past cases
    double benchmark = 0;  ///< what the simple rule gives
    double cases = 0;  ///< past cases that the number rests on
    std::string how;  ///< where number and interval come from
    std::string statement;  ///< all of it as one sentence
};

/// A past situation like the one at hand, and the counts that followed in the months asked for.
struct PastLike {
    std::string subject;
    std::string subject_title;
    std::string period;
    std::vector<double> followed;
    double followed_total = 0;
};

struct Driver {
    std::string what;
    double effect = 0;  ///< on the mean of a month
};

/// The months ahead of one subject.
struct Forecast {
    std::string id;  ///< WATCH/SUBJECT/ORIGIN
    std::string subject;
    std::string subject_title;
    std::string origin;  ///< the newest month used
    std::string unit;  ///< "fatalities"
    int first_observed = 0;  ///< month of observed[0]
    std::vector<double> observed;  ///< the newest months, for a plot
    std::vector<MonthAhead> months;
    double benchmark_mean = 0;  ///< a month, by the simple rule
    double mean_before = std::numeric_limits<double>::quiet_NaN();  ///< a month, as the same weights told it a month
                                                                    ///< earlier; NaN = there is none
    Probability probability;
    std::vector<PastLike> past;  ///< the nearest first
    std::vector<Driver> drivers;  ///< the largest first
    int history = 0;  ///< months observed
    std::vector<std::string> caveats;
    Lineage lineage;
};

/// How likely a declared outcome is for one subject, from what was known at the origin.
struct Chance {
    std::string id;  ///< WATCH/SUBJECT/ORIGIN
    std::string subject;
    std::string subject_title;
    std::string measure;  ///< of packs/measures.toml
    std::string outcome;  ///< of packs/outcomes.toml
    std::string origin;  ///< the newest month used
    Probability probability;  ///< base_rate: of all cases so far
    double before = std::numeric_limits<double>::quiet_NaN();  ///< what was said a month earlier
    bool is_onset = false;  ///< quiet at the origin: told apart, with its own record
    int first_observed = 0;  ///< month of observed[0]
    std::vector<double> observed;  ///< the newest 24 months
    std::vector<PastLike> past;  ///< the nearest first
    std::vector<Driver> drivers;  ///< the largest first; effect on the probability
    Record record;  ///< of past chances as high as this one
    int lateness_days = 0;
    std::vector<std::string> caveats;
    Lineage lineage;
};

/// How a model did on past windows of the same panel, beside the simple rule.
struct TrackRecord {
    struct Window {
        std::string period;  ///< "2019-12 to 2020-11"
        double crps = 0;
        double benchmark_crps = 0;
    };
    std::string model;
    std::string benchmark;  ///< in words
    std::vector<Window> windows;  ///< the newest first
    int probabilities = 0;  ///< how many were scored
    double brier = 0;
    double brier_base = 0;
    double brier_benchmark = 0;
    std::string verdict;  ///< one sentence; says so where the model loses
};

/// Something authored that a watch names and that nobody has looked up since.
struct NotKnownSince {
    std::string id;  ///< a mission, a body
    Day day = no_day;
    std::string look_at;  ///< an address; "" = none is given
};

/// What the answer to a clause rests on, the strongest first: figures of what is asked; figures that stand in for it;
/// who is party to what; our own lists (meetings, mandates).
enum class Basis { Data, Proxy, Membership, Packs };
inline constexpr std::string_view basis_names[] = {"data", "proxy", "membership", "packs"};

/// A unit above its threshold whose alarm the false-discovery rate does not bear: among so many, chance alone gives it.
struct AlarmAside {
    std::string subject;
    std::string subject_title, subject_title_zh;
    std::string period;
    double observed = 0, threshold = 0;  ///< in the watch's unit
};

/// What one watch found.
struct WatchFinding {
    std::string id;
    std::string engine;
    std::string title;
    std::string title_zh;
    State state = State::NoData;
    std::string reading;  ///< one sentence with its numbers, whatever the state
    std::string source;  ///< the one that answered; "" = none
    std::vector<std::string> other_sources;
    Day observed_through = no_day;
    std::int64_t units_examined = 0;
    double signals_expected_by_chance = 0;  ///< of a rule from its record (record::weigh)
    std::int64_t tests = 0;  ///< units x periods that were tested at once; 0: the method is a rule, no test
    double false_discovery_rate = 1;  ///< at which the alarms were held; 1: not controlled
    std::string discovery_procedure;  ///< "benjamini-hochberg", "benjamini-yekutieli", "" = not controlled
    std::int64_t set_aside = 0;  ///< alarms that this rate does not bear
    std::vector<AlarmAside> aside;  ///< the newest of each unit
    std::vector<Signal> signals;
    std::vector<Told> told;  ///< beside the signals
    std::vector<Strip> strips;  ///< at most six, the most telling first
    std::vector<Forecast> forecasts;  ///< those shown, by title
    std::vector<Chance> chances;  ///< of a declared outcome, the likeliest first, at most `shown`
    std::string others_ahead;  ///< what is said of those not shown
    std::string measure;  ///< of packs/measures.toml
    std::vector<NotKnownSince> not_known;  ///< beside what it tells
    Basis basis = Basis::Data;
    std::string proxy, proxy_zh;  ///< what the figures stand in for; "" = they are what is asked
    bool warns_of_falls = false;  ///< a fall is what it looks for, not an easing
    std::string home;  ///< the section whose watch it is, where another page shows its region's part; "" = this one
    std::string last_seen;  ///< of a stale watch: its last finding, dated
    TrackRecord record;  ///< of forecasts
    std::vector<std::string> clauses;
    std::vector<std::string> cites;
    std::vector<std::string> caveats;
};

}  // namespace icosa::model
