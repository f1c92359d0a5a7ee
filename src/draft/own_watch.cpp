/// Period, then method.
#include "draft/own_watch.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "base/text.hpp"
#include "draft/toml_text.hpp"

namespace icosa::draft {
namespace {

constexpr int whole_years_for_season = 3;
constexpr double steadily_reported = 5;  ///< counts a unit and period: below it the season of past years says little

int periods_between(Day first, Day last, PeriodKind kind) {
    const int from =
        first_day_of(period_of(first, kind), kind) == first ? period_of(first, kind) : period_of(first, kind) + 1;
    const int to = last_day_of(period_of(last, kind), kind) == last ? period_of(last, kind) : period_of(last, kind) - 1;
    return std::max(0, to - from + 1);
}

/// The last day that the file speaks of: its newest stamp's period is over.
Day end_of(const DayGuess& day) { return last_day_of(period_of(day.last, day.stands_for), day.stands_for); }
Day begin_of(const DayGuess& day) { return first_day_of(period_of(day.first, day.stands_for), day.stands_for); }

std::size_t units_of(const Guess& guess) { return std::max<std::size_t>(1, guess.place.names.size()); }

/// What is counted in all; rows where rows are.
double total_of(const Guess& guess) {
    if (guess.figure.figure != Figure::Count) return static_cast<double>(guess.look.rows.size());
    double out = 0;
    for (const auto& row : guess.look.rows)
        out += parse_number(row[static_cast<std::size_t>(guess.figure.column)]).value_or(0);
    return out;
}

/// A log by days is looked at by weeks where there is something in most weeks, else by months; a short one by days.
PeriodKind period_for(const Guess& guess) {
    if (guess.day.stands_for != PeriodKind::Day) return guess.day.stands_for;
    const Day first = guess.day.first, last = guess.day.last;
    const int weeks = periods_between(first, last, PeriodKind::Week),
              months = periods_between(first, last, PeriodKind::Month);
    std::set<int> days;
    for (const Day day : guess.day.days) {
        if (day != no_day) days.insert(day.value);
    }
    const double a_week =
        static_cast<double>(guess.look.rows.size()) / (std::max(1, weeks) * static_cast<double>(units_of(guess)));
    if (weeks < 10) return days.size() >= 14 || months < 2 ? PeriodKind::Day : PeriodKind::Week;
    if (a_week >= 0.75 || months < 12) return PeriodKind::Week;
    return months >= 12 ? PeriodKind::Month : PeriodKind::Week;
}

std::string whole_text(int number) { return std::to_string(number); }

/// Season and trend of three years and more; of years from eight on.
bool has_season(int periods, PeriodKind kind) {
    return kind == PeriodKind::Year
        ? periods >= 8
        : kind != PeriodKind::Day && periods >= whole_years_for_season * periods_per_year(kind) - 2;
}

void choose_for_counts(OwnWatch& watch, double per_period) {
    const int season = periods_per_year(watch.period);
    const std::string past = fmt::format("{} {}s", watch.periods, period_kind_name(watch.period));
    if (watch.period == PeriodKind::Week && watch.periods >= 5 * season + 26 && per_period >= steadily_reported) {
        watch.method = "farrington-flexible";
        watch.options = {{"b", "5"},
                         {"no_periods", "10"},
                         {"past_weeks_not_included", "26"},
                         {"p_threshold_trend", "1"},
                         {"threshold", "\"nb-plugin\""},
                         {"alpha", "0.005"}};
        watch.cites = {"noufaily2013", "farrington1996"};
        watch.why = fmt::format(
            "{} of steadily reported counts: the same season of five years, past outbreaks weighted down", past);
        return;
    }
    if (has_season(watch.periods, watch.period)) {
        watch.method = "season-trend";
        watch.options = {{"alpha", "0.005"}};
        watch.cites = {"serfling1963", "farrington1996"};
        watch.why = fmt::format("{}: its own season and trend", past);
        return;
    }
    const int guard = watch.periods >= 16 ? 2 : 0;
    const int most = watch.period == PeriodKind::Day ? 28 : watch.period == PeriodKind::Week ? 26 : 12;
    const int baseline = std::clamp(watch.periods - guard - 1, 3, most);
    watch.method = "ears-c2";
    watch.options = {{"baseline", whole_text(baseline)}, {"guard", whole_text(guard)}, {"alpha", "0.001"}};
    watch.cites = {"hutwagner2003", "fricker2008"};
    watch.why = fmt::format("{}, too few for a season: the {}{} before it", past, baseline,
                            guard > 0 ? fmt::format(" that end {} {}s", guard, period_kind_name(watch.period)) : "");
}

void choose_for_values(OwnWatch& watch) {
    const std::string past = fmt::format("{} {}s", watch.periods, period_kind_name(watch.period));
    watch.direction = "both";
    const int season = periods_per_year(watch.period);
    if (watch.period != PeriodKind::Day && watch.period != PeriodKind::Year && watch.periods >= 4 * season) {
        watch.method = "stl";
        watch.options = {{"alpha", "0.01"}};
        watch.cites = {"cleveland1990"};
        watch.why = fmt::format("{}: its own trend and season", past);
    } else if (watch.periods >= 42) {
        watch.method = "theil-sen";
        watch.options = {{"window", "20"}, {"alpha", "0.01"}};
        watch.cites = {"sen1968"};
        watch.why = fmt::format("{}: its own straight line", past);
    } else {
        watch.method = "robust-deviation";
        watch.options = {{"window", whole_text(std::clamp(watch.periods - 1, 4, 24))},
                         {"minimum_scale_share", "0.03"},  // a drifting value is not out of the ordinary by a hair
                         {"alpha", "0.01"}};
        watch.cites = {"rousseeuw1993"};
        watch.why = fmt::format("{}, too few for a trend: the median and spread of its own past", past);
    }
}

/// A sum with gaps is judged like a count where nothing is below 0.
bool are_sums(const Guess& guess) { return guess.figure.figure == Figure::Sum; }

std::string unit_for(const Guess& guess) {
    if (guess.place.units == Units::Places) return guess.subject().empty() ? "place" : "place-subject";
    return guess.subject().empty() ? "world" : "subject";
}

/// "by place and week", for the title.
std::string by_words(const Guess& guess, PeriodKind kind) {
    std::string by;
    if (guess.place.column >= 0) by = guess.name_of(guess.place.column) + " and ";
    return fmt::format("by {}{}", by, period_kind_name(kind));
}

}  // namespace

OwnWatch watch_of(const Guess& guess, const pack::SourceCard& card) {
    OwnWatch out;
    out.source = card.id;
    out.id = fmt::format("{}.{}", card.id, slug(guess.measure));
    out.counts = out.id;
    out.words = guess.measure;
    out.unit_of_figure = guess.unit;
    out.unit = unit_for(guess);
    out.period = period_for(guess);
    out.periods = periods_between(begin_of(guess.day), end_of(guess.day), out.period);
    if (guess.is_measured()) out.measure = card.measures.front().id;
    out.value = !guess.is_measured() ? "count" : are_sums(guess) ? "sum" : "mean";
    const bool is_counted =
        !guess.is_measured() || (are_sums(guess) && guess.figure.is_whole && !guess.figure.is_negative);
    out.engine = is_counted ? "event-surveillance" : "indicator-surveillance";
    const double series = static_cast<double>(units_of(guess)) * std::max(1, out.periods);
    if (is_counted) choose_for_counts(out, total_of(guess) / series);
    else choose_for_values(out);
    out.title = fmt::format("{} {} ({}): out of the ordinary of its own past", guess.measure,
                            by_words(guess, out.period), card.title);
    return out;
}

std::string watch_text(const OwnWatch& watch) {
    std::string method = "name = " + quoted(watch.method);
    for (const auto& [name, value] : watch.options) method += fmt::format(", {} = {}", name, value);
    std::string out = comment(fmt::format("Drafted by icosa watch. The method is chosen for {}.", watch.why));
    out += "[area]\nsection = \"own\"\n\n[[watch]]\n";
    out += fmt::format("id = {}\nengine = {}\ntitle = {}\ncounts = {}\nfrom = [{}]\n", quoted(watch.id),
                       quoted(watch.engine), quoted(watch.title), quoted(watch.counts), quoted(watch.source));
    if (!watch.measure.empty()) out += fmt::format("measure = {}\n", quoted(watch.measure));
    out += fmt::format("unit = {}\nperiod = {}\nvalue = {}\nmethod = {{ {} }}\n", quoted(watch.unit),
                       quoted(period_kind_name(watch.period)), quoted(watch.value), method);
    if (watch.direction != "rise") out += fmt::format("direction = {}\n", quoted(watch.direction));
    out += fmt::format("severity_unit = {}\nclauses = []\ncite = {}\ncaveats = []\n", quoted(watch.unit_of_figure),
                       quoted_list(watch.cites));
    return out;
}

std::string words_text(const OwnWatch& watch) {
    const bool is_value = watch.value == "mean";
    std::string out = comment(fmt::format("What the figures of {} are called, and when they have risen.", watch.id));
    for (const std::string_view period : {"day", "week", "month", "quarter", "year"})
        out += fmt::format("[[course]]\nid = {}\nperiod = {}\nspan = 1\naverages = {}\nrise = 1.2\nfall = 0.8\n\n",
                           quoted(watch.counts), quoted(period), is_value);
    const std::string clause = "{n} " + watch.words;
    return out
        + fmt::format(
               "[[measure]]\nid = {0}\ncourse = {0}\nfigure = {1}\nname = {{ en = {2}, zh = {2} }}\nen = {3}\nzh = "
               "{3}\n",
               quoted(watch.counts), is_value ? "\"value\"" : "\"count\"", quoted(watch.words),
               quoted(is_value ? watch.words + " {n}" : clause));
}

std::int64_t rows_without_figure(const Guess& guess) {
    if (guess.figure.figure != Figure::Count) return 0;
    const auto column = static_cast<std::size_t>(guess.figure.column);
    return std::ranges::count_if(guess.look.rows, [&](const auto& row) {
        const bool is_blank = std::ranges::all_of(row, [](const std::string& cell) { return cell.empty(); });
        return !is_blank && (column >= row.size() || !parse_number(row[column]));
    });
}

}  // namespace icosa::draft
