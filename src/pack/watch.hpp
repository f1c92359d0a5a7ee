/// Watches: one question to one engine, as packs/areas, packs/principles and packs/platforms state it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/date.hpp"
#include "model/evidence.hpp"
#include "pack/toml.hpp"

namespace icosa::pack {

/// Which records, grouped how. Places are set or place ids until the engine resolves them; empty = everywhere
/// ("world").
struct Selection {
    model::RecordKind records = model::RecordKind::Event;
    std::vector<std::string> from;      ///< sources in order of preference
    std::vector<std::string> kinds;
    std::vector<std::string> codes;
    std::vector<std::string> issues;
    std::string measure;
    std::vector<std::string> subjects;
    std::vector<std::string> places;
    bool both_actors = false;           ///< dyads: both of them in `places`
    std::vector<model::Condition> where;
    std::vector<Day> except_days;
    model::Unit unit = model::Unit::Place;
    PeriodKind period = PeriodKind::Year;
    model::Quantity quantity = model::Quantity::Count;
};

/// How a unit of one selection finds its unit in another: the same id; the part before the first '|' (the place of
/// "syr|market|bread"); the part before the last '|'; the single unit of a world-wide selection.
enum class Join { Unit, Place, Parent, World, Both };

enum class Direction { Rise, Fall, Both };
/// What is judged: the value itself, its difference to `lag` periods before, or its growth (value / value of then - 1).
enum class Form { Level, Difference, Growth };

/// How a series becomes a yes or no: sums of `over` periods, then the form, then the method.
struct Judging {
    int over = 1;  ///< periods summed before anything else
    Form form = Form::Level;
    int lag = 1;  ///< periods, of Difference and Growth
    Node method;  ///< a table with `name`; the engine's Spec of that name parses it
    std::string method_name;
    Direction direction = Direction::Rise;
    double minimum = 0;  ///< a smaller observed value never signals (with direction fall: a smaller expected one)
};

/// The denominator of a watch.
struct Per {
    Selection selection;
    Join join = Join::Unit;
};

/// A condition that must hold beside: this selection alarms too, in the same period.
struct Beside {
    Selection selection;
    Join join = Join::Unit;
    Judging judging;
};

/// A case that the pack itself demands: on a strip, or on data/starter as of a day.
struct Expect {
    std::string watch;
    std::string strip;  ///< a digit a period (a = 10 ... z = 35), '.' not observed, blanks for the eye
    std::string carets;  ///< as long as needed: '^' under each period that must signal
    double scale = 1;  ///< each digit is multiplied by it
    Day as_of = no_day;
    std::vector<std::string> signals;  ///< "subject/period", must be there; "subject" for any period
    std::vector<std::string> silent;  ///< subjects without a signal
    std::string state;  ///< "" or the state the watch must be in
    Where where;
    Where carets_where;
    [[nodiscard]] bool is_strip() const { return !strip.empty(); }
};

/// What the forecast engine looks ahead to.
struct Outlook {
    int first_step = 1;  ///< months after the newest known one
    int last_step = 12;
    double crossing = 1;  ///< the line that the horizon's sum may reach
    std::string model = "stack";  ///< of the table in forecast/forecast.cpp
    std::string
        learn_from;  ///< a set: places that the model learns from beside those shown; "" = all that the source has
    int shown = 12;  ///< forecasts that the dossier shows
};

struct Watch {
    std::string id;
    std::string engine;
    std::string title;
    Selection selection;
    std::optional<Per> per;
    std::optional<Beside> beside;
    Judging judging;
    int recent = 1;  ///< how many of the newest whole periods may signal
    std::string severity_unit;
    Day first_day = no_day;  ///< periods before this day's are not looked at; no_day = all are
    double false_discovery_rate = 0;  ///< (0, 1]; 0 = as packs/grades.toml says, 1 = not controlled
    bool any_dependence = false;  ///< Benjamini-Yekutieli instead of Benjamini-Hochberg
    Outlook outlook;  ///< forecast
    // instrument-status
    std::vector<std::string> instruments;
    std::vector<std::string> mechanisms;  ///< ids, or sections of the framework: "IV.3" = all of that platform
    std::vector<std::string> mandates;  ///< ids, or "all"
    std::string among;  ///< a set: who is asked about; "" = the instrument's open_to
    std::vector<std::string> groups;  ///< sets to compare; empty = all sets of kind region
    std::vector<std::string> clauses;
    std::vector<std::string> cites;
    std::vector<std::string> caveats;
    std::vector<Expect> expects;
    Where where;
    std::map<std::string, Where, std::less<>> key_where;  ///< where each key stands, for checks that come later
};

/// A clause for which a page has no data, with the reason.
struct NoData {
    std::string clause;
    std::string reason;
    Where where;
};

/// One file of packs/areas, packs/principles or packs/platforms.
struct AreaPack {
    std::string section;  ///< "III.11"
    std::string note;
    std::vector<NoData> no_data;
    std::vector<Watch> watches;  ///< in order of the file
    Where where;
};

/// Format: docs/packs.md. Unknown keys are faults; the method's options are checked by engine::check_watch.
[[nodiscard]] AreaPack parse_area(const Node& file, Diagnostics& faults);

/// The values of a strip, times its scale; NaN for '.'. A fault names the first character that is neither.
[[nodiscard]] Result<std::vector<double>> strip_values(const Expect& expect);
/// The 0-based periods under a caret; a caret under a blank or beyond the end is the fault.
[[nodiscard]] Result<std::vector<int>> strip_signals(const Expect& expect);

}  // namespace icosa::pack
