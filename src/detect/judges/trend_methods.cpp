/// Methods for trends: does a series rise throughout, does it leave its own line, does it leave its own season; options
/// and calls into src/methods.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/text.hpp"
#include "detect/judges/method_family.hpp"
#include "methods/trends/decomposition.hpp"
#include "methods/trends/trend.hpp"

namespace icosa::detect {
namespace {

using methods::Side;
using pack::choice_option;
using pack::Field;
using pack::Options;
using pack::whole_option;

constexpr Field mann_kendall_fields[] = {
    whole_option("window", "the newest periods that are tested, the current one among them")
        .in("periods")
        .within(4, 2000)
        .by_default("60"),
    whole_option("minimum_reference", "observed periods that the window must have")
        .in("periods")
        .within(4, 2000)
        .by_default("8"),
    alpha_field("0.01"),
    choice_option("serial", "none|hamed-rao|yue-wang",
                  "correction for serial correlation; yue-wang keeps alpha on AR(1) noise, hamed-rao and none do not")
        .by_default("yue-wang"),
    choice_option("seasons", "together|independent|dependent",
                  "independent, dependent: each season of the year against its own past, in place of `serial`; "
                  "dependent counts what the seasons of a year share")
        .by_default("together"),
    direction_field,
};
constexpr std::string_view mann_kendall_examples[] = {
    "method = { name = \"mann-kendall\", window = 10, alpha = 0.01 }",
    "icosa apply mann-kendall yearly.csv --value persons --window 20"};
constexpr std::string_view mann_kendall_cites[] = {"mann1945", "kendall1975", "sen1968", "yue2004"};

constexpr Field theil_sen_fields[] = {
    whole_option("window", "periods before the current one that give the line")
        .in("periods")
        .within(4, 2000)
        .by_default("20"),
    whole_option("errors", "earlier errors of the same rule that give the spread")
        .in("periods")
        .within(6, 1000)
        .by_default("20"),
    whole_option("minimum_reference", "observed periods that the window must have")
        .in("periods")
        .within(4, 2000)
        .by_default("8"),
    alpha_field("0.01"),
    direction_field,
};
constexpr std::string_view theil_sen_examples[] = {"method = { name = \"theil-sen\", window = 20, alpha = 0.01 }"};
constexpr std::string_view theil_sen_cites[] = {"sen1968", "rousseeuw1993"};

constexpr Field stl_fields[] = {
    whole_option("years", "how much of the past is decomposed").in("years").within(2, 100).by_default("10"),
    whole_option("errors", "earlier errors of the same rule that give the spread")
        .in("periods")
        .within(6, 1000)
        .by_default("24"),
    whole_option("seasonal_window",
                 "odd; over how many years a season's pattern is smoothed; 0: one pattern for all years")
        .in("years")
        .within(0, 1001)
        .by_default("0"),
    whole_option("seasonal_degree", "of that smoothing: 0 level, 1 line").within(0, 1).by_default("0"),
    whole_option("trend_window",
                 "odd; over how many periods the trend is smoothed; 0: a season and a half, as the paper advises")
        .in("periods")
        .within(0, 100001)
        .by_default("0"),
    choice_option("robust", "yes|no", "are past outliers down-weighted").by_default("yes"),
    alpha_field("0.01"),
    direction_field,
};
constexpr std::string_view stl_examples[] = {"method = { name = \"stl\", alpha = 0.01 }",
                                             "icosa apply stl monthly.csv --value price --seasonal-window 7"};
constexpr std::string_view stl_cites[] = {"cleveland1990", "rousseeuw1993"};

std::string signed_figure(double value) {
    const double size = std::fabs(value);
    const int digits =
        size >= 100 || size == 0 ? 0 : std::clamp(2 - static_cast<int>(std::floor(std::log10(size))), 0, 12);
    return fmt::format("{}{}", value > 0 ? "+" : "", number_text(value, digits));
}

std::string trend_note(const methods::TrendJudgement& one) {
    std::string interval;
    if (std::isfinite(one.line.low) && std::isfinite(one.line.high))
        interval = fmt::format(", {} to {} at that level", signed_figure(one.line.low), signed_figure(one.line.high));
    return fmt::format("{} a period over {} observed periods (Theil-Sen{}; Mann-Kendall tau {}, p {})",
                       signed_figure(one.line.slope), one.alarm.reference, interval, number_text(one.test.tau, 2),
                       number_text(one.alarm.p_value, 4));
}

std::vector<Judgement> judgements_of_trends(const std::vector<methods::TrendJudgement>& trends,
                                            std::span<const double> values) {
    std::vector<methods::Alarm> alarms;
    alarms.reserve(trends.size());
    for (const auto& one : trends) alarms.push_back(one.alarm);
    auto out = detect::judgements_of(alarms, values);
    for (std::size_t i = 0; i < out.size(); ++i) {
        if (!std::isnan(out[i].p_value)) out[i].note = trend_note(trends[i]);
    }
    return out;
}

Result<std::vector<Judgement>> judge_mann_kendall(const Series& series, const Options& options) {
    methods::TrendOptions test;
    test.window = options.whole("window");
    test.minimum_reference = options.whole("minimum_reference");
    test.alpha = options.number("alpha");
    test.serial = options.text("serial") == "none" ? methods::Serial::None
        : options.text("serial") == "hamed-rao"    ? methods::Serial::HamedRao
                                                   : methods::Serial::YueWang;
    if (options.text("seasons") != "together") {
        if (series.season < 2)
            return fail(Fault::Usage, "bad-option", {}, "seasons of the year need more than one period a year",
                        "leave `seasons` at together");
        test.season = series.season;
        test.seasons =
            options.text("seasons") == "independent" ? methods::Seasons::Independent : methods::Seasons::Dependent;
    }
    test.first = series.first;
    const auto run = [&](Side side) {
        test.side = side;
        return judgements_of_trends(methods::trend_alarm(series.values, test), series.values);
    };
    const std::string& direction = options.text("direction");
    if (direction != "both") return run(direction == "fall" ? Side::Lower : Side::Upper);
    test.alpha /= 2;
    auto upper = run(Side::Upper);
    return both_sides(std::move(upper), run(Side::Lower), series.values);
}

Result<std::vector<Judgement>> judge_theil_sen(const Series& series, const Options& options) {
    return sided(series, options, [&](Side side, double part) {
        return methods::off_trend(series.values,
                                  {options.whole("window"), options.whole("errors"), options.whole("minimum_reference"),
                                   options.number("alpha") * part, side, series.first});
    });
}

Result<std::vector<Judgement>> judge_stl(const Series& series, const Options& options) {
    if (series.season < 2)
        return fail(Fault::Usage, "no-season", {},
                    "a decomposition into trend and season needs more than one period a year",
                    "use theil-sen for yearly values, or say how many periods make a season");
    for (const char* name : {"seasonal_window", "trend_window"}) {
        if (const int window = options.whole(name); window != 0 && (window < 3 || window % 2 == 0))
            return fail(Fault::Usage, "bad-option", {},
                        fmt::format("'{}' is {}, allowed are 0 and odd numbers from 3", name, window), "");
    }
    methods::OffSeasonOptions off;
    off.stl = {series.season, options.whole("seasonal_window"), options.whole("seasonal_degree"),
               options.whole("trend_window"),
               options.text("robust") == "yes" ? methods::Robust::Yes : methods::Robust::No};
    off.window = options.whole("years") * series.season;
    off.errors = options.whole("errors");
    off.first = series.first;
    return sided(series, options, [&](Side side, double part) {
        off.alpha = options.number("alpha") * part;
        off.side = side;
        return methods::off_season(series.values, off);
    });
}

}  // namespace

constexpr pack::Spec mann_kendall_spec{
    "mann-kendall",
    "Trend of the newest periods: do later values lie above earlier ones more often than chance has it?",
    mann_kendall_fields, mann_kendall_examples, mann_kendall_cites};
constexpr pack::Spec theil_sen_spec{"theil-sen", "Value against its own straight line, led on from the periods before.",
                                    theil_sen_fields, theil_sen_examples, theil_sen_cites};
constexpr pack::Spec stl_spec{"stl", "Value against its own trend and season, led on from the periods before.",
                              stl_fields, stl_examples, stl_cites};

std::span<const Method> trend_methods() {
    static const Method family[] = {
        {mann_kendall_spec, Demand::Numbers, judge_mann_kendall, alpha_of, one_period},
        {theil_sen_spec, Demand::Numbers, judge_theil_sen, alpha_of, one_period},
        {stl_spec, Demand::Numbers, judge_stl, alpha_of, one_period},
    };
    return family;
}

}  // namespace icosa::detect
