/// What is explained, as text: figures, method, baseline, grade, record, lines.
#include "cli/explained.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <set>

#include <fmt/format.h>

#include "base/text.hpp"
#include "brief/wording.hpp"
#include "cli/sparkline.hpp"
#include "engine/wording.hpp"

namespace icosa::cli {
namespace {

constexpr std::size_t periods_listed = 24;
constexpr std::size_t spark_periods = 60;

/// What a forecast says and why, line by line.
void print_forecast(const model::Forecast& of, const model::TrackRecord& record) {
    fmt::print("  forecast     {}\n  outcome      {}\n  from         {}\n", of.probability.statement,
               of.probability.outcome, of.probability.how);
    fmt::print("  expected     {}\n", brief::expected_ahead(of));
    if (const std::string moved = brief::moved_line(of); !moved.empty()) fmt::print("  moved        {}\n", moved);
    for (const auto& past : of.past) fmt::print("  like         {}\n", brief::past_line(past));
    fmt::print("\n  month       mean   5 %  25 %   50 %  75 %  95 %   any  line\n");
    for (const auto& month : of.months) {
        const auto& q = month.quantiles;
        fmt::print("  {:<8} {:>7.1f} {:>5.0f} {:>5.0f} {:>6.0f} {:>5.0f} {:>5.0f} {:>5.2f} {:>5.2f}\n",
                   period_label(month.month, PeriodKind::Month), month.mean, q[0], q[2], q[3], q[4], q[6], month.p_any,
                   month.p_crossing);
    }
    fmt::print("\n  model        {}: {}\n", record.model, record.verdict);
    for (const auto& caveat : of.caveats) fmt::print("  caveat       {}\n", caveat);
}

void print_chance(const model::Chance& of) {
    fmt::print("  chance       {}\n  outcome      {}\n  from         {}\n", of.probability.statement,
               of.probability.outcome, of.probability.how);
    for (const auto& past : of.past) fmt::print("  like         {}\n", brief::past_line(past));
    for (const auto& driver : of.drivers) fmt::print("  driver       {} {:+.3f}\n", driver.what, driver.effect);
    for (const auto& caveat : of.caveats) fmt::print("  caveat       {}\n", caveat);
}

std::string figure_or_dash(double value) { return std::isnan(value) ? "–" : number_text(value, 4); }

void print_figures(const model::Signal& of, const std::string& engine) {
    fmt::print("  observed     {}\n  expected     {}\n  threshold    {}\n", figure_or_dash(of.observed),
               figure_or_dash(of.expected), figure_or_dash(of.threshold));
    fmt::print("  unusualness  {} (comparable within {} only)\n", number_text(of.unusualness, 6), engine);
    if (!std::isnan(of.adjusted_p_value))
        fmt::print("  adjusted p   {} (over all that the watch tested at once)\n", number_text(of.adjusted_p_value, 6));
    fmt::print("  severity     {} {}\n", number_text(of.severity.value, 4), of.severity.unit);
    const model::Course& course = of.course;
    if (std::isfinite(course.now))
        fmt::print("  course       now {} ({}), before {}, a year before {}{}{}\n", figure_or_dash(course.now),
                   engine::span_label(course.last_period, course.kind, course.span), figure_or_dash(course.before),
                   figure_or_dash(course.year_before), course.change == model::Change::None ? "" : ": ",
                   model::change_names[static_cast<int>(course.change)]);
}

void print_judgement(const model::Signal& of, const std::string& rule) {
    fmt::print("  lateness     {} days from the end of {} to the as-of day\n", of.lateness_days, of.period);
    fmt::print("  confidence   {}: {}\n", model::confidence_names[static_cast<int>(of.confidence)], of.confidence_why);
    fmt::print("  grade        {} (size {}){}{}\n  its rule     {}\n", model::grade_names[static_cast<int>(of.grade)],
               model::size_names[static_cast<int>(of.size)], of.grade_why.empty() ? "" : ": ", of.grade_why, rule);
}

void print_method(const Explained& of) {
    std::string options;
    for (const auto& one : of.options)
        options += fmt::format("{}{} = {}", options.empty() ? "" : ", ", one.name, one.value);
    fmt::print("  method       {}{}\n", of.method.empty() ? of.watch.engine : of.method,
               options.empty() ? "" : " (" + options + ")");
    if (!of.method_summary.empty()) fmt::print("  expectation  {}\n", of.method_summary);
    if (of.of.signal && !std::isnan(of.of.signal->baseline.value))
        fmt::print("  beside it    {}: {}\n", of.of.signal->baseline.what,
                   figure_or_dash(of.of.signal->baseline.value));
}

void print_baseline(const Explained& of) {
    if (of.baseline.empty()) {
        fmt::print("  baseline     none: {}\n",
                   of.series ? "nothing was observed of the subject before" : "it is no figure of a series");
        return;
    }
    const std::size_t from = of.baseline.size() - std::min(of.baseline.size(), periods_listed);
    fmt::print("  baseline     the newest {} of {} periods before, as the method saw them{}\n",
               of.baseline.size() - from, of.baseline.size(),
               of.series ? "; a mark (*) where it would have alarmed" : "");
    std::vector<double> drawn;
    for (std::size_t i = of.baseline.size() - std::min(of.baseline.size(), spark_periods); i < of.baseline.size(); ++i)
        drawn.push_back(of.baseline[i].value);
    if (of.series && !of.series->observed.empty()) drawn.push_back(of.series->observed.back());
    fmt::print("               {}\n\n", sparkline(drawn));
    fmt::print("  {:<12} {:>12}{}\n", "period", "value", of.series ? "     expected    threshold" : "");
    for (std::size_t i = from; i < of.baseline.size(); ++i) {
        const BaselineValue& one = of.baseline[i];
        fmt::print("  {:<12} {:>12}", one.period, figure_or_dash(one.value));
        if (of.series)
            fmt::print(" {:>12} {:>12}{}", figure_or_dash(one.expected), figure_or_dash(one.threshold),
                       one.alarm ? " *" : "");
        fmt::print("\n");
    }
    fmt::print("\n");
}

/// "tells of FILE:LINE too, is not counted: 12.3 km, 1 day later, kinds agree 1"
std::string partner_words(const model::PartnerLine& of) {
    const int days = std::abs(of.days);
    return fmt::format("{} tells of {}:{} too and is not counted: {} km, {}, kinds agree {} of 1", of.source,
                       of.of.file, of.of.line, number_text(of.distance_km, 1),
                       days == 0
                           ? std::string("the same day")
                           : fmt::format("{} day{} {}", days, days == 1 ? "" : "s", of.days > 0 ? "later" : "earlier"),
                       number_text(of.score, 2));
}

void print_lines(const std::vector<SourceText>& lines) {
    const auto partners = std::ranges::count_if(lines, [](const SourceText& line) { return line.partner.has_value(); });
    const auto counted = static_cast<std::ptrdiff_t>(lines.size()) - partners;
    if (lines.empty()) fmt::print("\n  from no source line: the finding is that none says so\n");
    else
        fmt::print("\n  from {} source line{}{}:\n", counted, counted == 1 ? "" : "s",
                   partners == 0 ? ""
                                 : fmt::format(", and {} (+) that tell{} of the same events", partners,
                                               partners == 1 ? "s" : ""));
    for (const auto& line : lines) {
        fmt::print("  {}{}:{}{}\n", line.partner ? "  + " : "", line.at.file, line.at.line,
                   line.at.known_day == no_day ? "" : "  known " + iso(line.at.known_day));
        if (line.partner) fmt::print("      {}\n", partner_words(*line.partner));
        if (!line.text.empty()) fmt::print("    {}\n", line.text);
        if (!line.doubt.empty()) fmt::print("    {}\n", line.doubt);
    }
    std::set<std::pair<std::string, std::string>> digests;
    for (const auto& line : lines) {
        if (!line.at.digest.empty()) digests.emplace(line.at.file, line.at.digest);
    }
    for (const auto& [file, digest] : digests) fmt::print("  {}  XXH3-128 {}\n", file, digest);
}

}  // namespace

const std::string& Named::subject() const {
    return signal ? signal->subject : forecast ? forecast->subject : chance->subject;
}
const std::string& Named::title() const {
    return signal ? signal->subject_title : forecast ? forecast->subject_title : chance->subject_title;
}
const std::string& Named::period() const {
    return signal ? signal->period : forecast ? forecast->origin : chance->origin;
}
const model::Lineage& Named::lineage() const {
    return forecast ? forecast->lineage : chance ? chance->lineage : signal->lineage;
}

void print_explained(const Explained& of, const std::vector<brief::Reference>& references) {
    const Named& named = of.of;
    fmt::print("{}\n", of.id);
    if (!of.sentence.empty()) fmt::print("  {}\n", of.sentence);
    if (named.signal && of.sentence != named.signal->reason + ".") fmt::print("  {}\n", named.signal->reason);
    fmt::print("\n  subject      {} ({})\n  {} {}\n", named.title(), named.subject(),
               named.signal ? "period      " : "origin      ", named.period());
    if (named.signal) print_figures(*named.signal, of.watch.engine);
    if (named.forecast) print_forecast(*named.forecast, of.finding.record);
    if (named.chance) print_chance(*named.chance);
    print_method(of);
    print_baseline(of);
    if (named.signal) print_judgement(*named.signal, of.grade_rule);
    fmt::print("  record       {}\n", of.record);
    if (named.forecast && named.signal)
        fmt::print(
            "  rests on     the whole history of the subject, listed below; the signal itself on {} row{} of its "
            "newest period{}\n",
            named.signal->lineage.rows, named.signal->lineage.rows == 1 ? "" : "s",
            named.signal->periods == 1 ? "" : "s");
    for (const auto& caveat : named.signal ? named.signal->caveats : of.finding.caveats)
        fmt::print("  caveat       {}\n", caveat);
    for (const auto& key : named.signal ? named.signal->cites : of.finding.cites) {
        for (const auto& reference : references) {
            if (reference.key == key) fmt::print("  cites        {}\n", reference.text);
        }
    }
    print_lines(of.lines);
}

}  // namespace icosa::cli
