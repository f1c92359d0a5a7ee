/// The first page as data: what is likely to get worse, has just risen, is still high, has fallen, and what nobody can
/// say today.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/date.hpp"
#include "brief/language.hpp"
#include "model/findings.hpp"

namespace icosa::brief {

/// One subject and measure, over all sections that look at it.
struct FrontLine {
    std::string subject;
    pack::Title subject_title;
    std::string measure;  ///< of packs/measures.toml; the watch's id where it declares none
    pack::Title measure_title;
    std::string period;
    model::Change change = model::Change::None;
    model::Change mark = model::Change::None;  ///< whose symbol it has: an old rise stands as still high
    bool low = false;  ///< out of the ordinary below
    bool drop = false;  ///< it falls, and that is what its watch warns of
    int lateness_days = 0;
    model::Grade grade = model::Grade::Note;  ///< the best of its signals
    model::Confidence confidence = model::Confidence::Low;
    std::string confidence_why;
    model::Record record;
    pack::Title sentence;
    bool is_phrase = false;  ///< its sentence has figures of its own: no other line says the same
    std::vector<std::string> sections;  ///< "III.8", by group and number
    std::vector<std::string> signals;  ///< ids, the one that is told first
    std::vector<std::string> also;     ///< other subjects of the same figures in the same period
    PeriodKind kind = PeriodKind::Month;
    std::vector<double> values;  ///< to draw, oldest first
    double size = 0;  ///< orders lines of one grade
    model::Probability probability;  ///< of `worse`
    double before = 0;  ///< of `worse`: the chance a month earlier; NaN = not known
};

/// What a source no longer tells, or never did.
struct UnknownLine {
    std::string source;  ///< "" = no source of these watches is in the store
    pack::Title source_title;
    Day since = no_day;  ///< not known from this day on; no_day = never
    Day too_few_to = no_day;  ///< it has figures up to this day, too few for a finding; no_day = that is not so
    std::vector<pack::Title> measures;
    std::vector<std::string> watches;
    std::vector<std::string> sections;
    std::vector<std::string> last_seen;  ///< what was found last, dated
    std::string address;  ///< that has newer files; "" = none known
    std::string command;
    pack::Title sentence;
};

struct Front {
    std::vector<FrontLine> worse;   ///< the ten likeliest, the likeliest first
    std::vector<FrontLine> risen;   ///< by grade, size, subject; as the two below
    std::vector<FrontLine> high;
    std::vector<FrontLine> fallen;
    std::vector<UnknownLine> unknown;  ///< the longest silent last
};

inline constexpr std::size_t worse_lines = 10;
inline constexpr std::size_t risen_lines_shown = 12;
/// A period that ended longer ago is no news.
inline constexpr int newest_within_days = 366;

enum class Block : std::uint8_t { None, Risen, High, Fallen };

/// Where a signal stands on the first page: a figure by its change, a status (no figure in time) only where it is
/// dated. A fall eases, unless its watch looks for falls.
[[nodiscard]] Block block_of(const model::Signal& signal, const model::WatchFinding& watch, Day as_of);

/// A figure that has fallen of late, of a watch that looks for falls: passing ships, output, votes in common.
[[nodiscard]] bool is_drop(const model::Signal& signal, const model::WatchFinding& watch);

/// Days from the end of a period's label to the day; 0 where it is no period or ended later.
[[nodiscard]] int lateness_of(const std::string& period, Day as_of);

}  // namespace icosa::brief
