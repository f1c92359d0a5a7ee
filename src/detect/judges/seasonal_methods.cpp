/// Counts against the season and trend of their own past: the options, declared once, and the calls into src/methods.
#include <limits>

#include <fmt/format.h>

#include "detect/judges/method_family.hpp"
#include "methods/alarms/seasonal_alarm.hpp"

namespace icosa::detect {
namespace {

using methods::Side;
using pack::choice_option;
using pack::Field;
using pack::number_option;
using pack::Options;
using pack::whole_option;

constexpr Field season_trend_fields[] = {
    alpha_field("0.01"),
    whole_option("years", "how much of the past is fitted: 10 years, of annual series 30").in("years").within(2, 100),
    whole_option("guard", "newest periods left out of the fit: 2, of annual series 0").in("periods").within(0, 100),
    whole_option("harmonics", "pairs of cosine and sine for the season, used from two observed years on")
        .within(0, 6)
        .by_default("1"),
    choice_option("trend", "where-significant|never",
                  "a log-linear trend, kept where it passes its test and does not lead above the past")
        .by_default("where-significant"),
    number_option("trend_level", "level of the trend's t test").in("share").within(0, 1).by_default("0.05"),
    number_option("floor", "the smallest mean the bound is made with")
        .in("counts a period")
        .at_least(1e-6)
        .by_default("0.1"),
    direction_field,
};
constexpr std::string_view season_trend_examples[] = {
    "method = { name = \"season-trend\", alpha = 0.01 }",
    "icosa apply season-trend monthly.csv --value incidents --period 12"};
constexpr std::string_view season_trend_cites[] = {"serfling1963", "farrington1996", "hohle2010", "noufaily2013"};

constexpr Field years_field(std::string_view fallback) {
    return whole_option("b", "past years that are used").in("years").within(1, 20).by_default(fallback);
}
constexpr Field half_window_field = whole_option("w", "periods either side of the same time of a past year")
                                        .in("periods")
                                        .within(0, 180)
                                        .by_default("3");
constexpr Field trend_field =
    choice_option(
        "trend", "where-significant|never",
        "a log-linear trend: kept with 3 years and more, where it passes its test and does not lead above the past")
        .by_default("where-significant");
constexpr Field reweight_field =
    choice_option("reweight", "once|never", "are past outbreaks weighted down").by_default("once");
constexpr Field power_field =
    choice_option("powertrans", "2/3|1/2|none", "the scale on which a count is taken as normal").by_default("2/3");
constexpr Field limit54_field =
    number_option("limit54", "fewer cases than this in the newest limit54_periods: nothing is said; 0 = off")
        .in("counts")
        .at_least(0)
        .by_default("5");
constexpr Field limit_periods_field =
    whole_option("limit54_periods", "the current period among them").in("periods").within(1, 400).by_default("4");

constexpr Field farrington_fields[] = {
    years_field("5"),
    half_window_field,
    number_option("alpha", "two-sided, as published: the upper bound is passed with half of it")
        .in("share")
        .within(1e-9, 0.5)
        .by_default("0.05"),
    trend_field,
    reweight_field,
    power_field,
    limit54_field,
    limit_periods_field,
};
constexpr std::string_view farrington_examples[] = {
    "icosa apply farrington weekly.csv --value cases --b 3 --w 3 --alpha 0.01"};
constexpr std::string_view farrington_cites[] = {"farrington1996", "hohle2010"};

constexpr Field flexible_fields[] = {
    years_field("5"),
    half_window_field,
    whole_option("no_periods", "season levels; 1: only the windows of past years are used, 10 is Noufaily's")
        .within(1, 200)
        .by_default("1"),
    whole_option("past_weeks_not_included", "newest periods left out of the fit; not given: w; 26 is Noufaily's")
        .in("periods")
        .within(0, 400),
    number_option("weights_threshold", "Anscombe residuals above it are weighted down").at_least(0).by_default("2.58"),
    number_option("p_threshold_trend", "level of the trend's two-sided t test; 1: always passed")
        .in("share")
        .within(0, 1)
        .by_default("0.05"),
    alpha_field("0.05"),
    choice_option("threshold", "delta|nb-plugin|muan",
                  "normal on a transformed scale; negative binomial with the estimated mean; the same with the mean's "
                  "own upper quantile")
        .by_default("delta"),
    trend_field,
    reweight_field,
    power_field,
    choice_option("dispersion", "pearson|surveillance",
                  "of the standard errors; surveillance: with the slip of R's package, to equal its numbers")
        .by_default("pearson"),
    limit54_field,
    limit_periods_field,
};
constexpr std::string_view flexible_examples[] = {
    "method = { name = \"farrington-flexible\", b = 4, no_periods = 10, past_weeks_not_included = 26, "
    "p_threshold_trend = 1, threshold = \"nb-plugin\", alpha = 0.005 }",
    "icosa apply farrington-flexible weekly.csv --value cases --b 4 --no-periods 10 --threshold muan"};
constexpr std::string_view flexible_cites[] = {"farrington1996", "noufaily2013", "hohle2010"};

Result<std::vector<Judgement>> judge_season_trend(const Series& series, const Options& options) {
    TRY(check_counts(series));
    return sided(series, options, [&](Side side, double part) {
        const bool annual = series.season == 1;
        methods::SeasonTrendOptions fit;
        fit.season = series.season;
        fit.alpha = options.number("alpha") * part;
        fit.years = static_cast<int>(options.number_or("years", annual ? 30 : 10));
        fit.guard = static_cast<int>(options.number_or("guard", annual ? 0 : 2));
        fit.harmonics = options.whole("harmonics");
        fit.trend = options.text("trend") == "never" ? methods::Trend::Never : methods::Trend::WhereSignificant;
        fit.trend_level = options.number("trend_level");
        fit.floor = options.number("floor");
        fit.side = side;
        fit.first = series.first;
        return methods::season_trend(series.values, fit);
    });
}

/// A year must have periods, and room for the windows and the levels between them.
Result<void> check_season(const Series& series, std::string_view method, int half_window, int periods) {
    if (series.season < 2)
        return fail(Fault::Usage, "no-season", {},
                    fmt::format("'{}' needs several periods a year, this series has {}", method, series.season),
                    "use season-trend for annual series, or say --period");
    if (2 * half_window + 1 > series.season) {
        return fail(Fault::Usage, "bad-option", {},
                    fmt::format("'w' of '{}' is {}, allowed is up to {} with {} periods a year", method, half_window,
                                (series.season - 1) / 2, series.season),
                    "the window must fit into a year");
    }
    const int most = series.season - 2 * half_window;
    if (periods > most)
        return fail(Fault::Usage, "bad-option", {},
                    fmt::format("'no_periods' of '{}' is {}, allowed is up to {} with {} periods a year and w = {}",
                                method, periods, most, series.season, half_window),
                    "each level needs a period");
    return {};
}

methods::Trend trend_of(const Options& options) {
    return options.text("trend") == "never" ? methods::Trend::Never : methods::Trend::WhereSignificant;
}
methods::Reweight reweight_of(const Options& options) {
    return options.text("reweight") == "never" ? methods::Reweight::Never : methods::Reweight::Once;
}
methods::PowerTransform power_of(const Options& options) {
    const std::string& name = options.text("powertrans");
    return name == "2/3" ? methods::PowerTransform::TwoThirds
        : name == "1/2"  ? methods::PowerTransform::Half
                         : methods::PowerTransform::None;
}

Result<std::vector<Judgement>> judge_farrington(const Series& series, const Options& options) {
    TRY(check_counts(series));
    TRY(check_season(series, "farrington", options.whole("w"), 1));
    methods::FarringtonOptions fit;
    fit.season = series.season;
    fit.years = options.whole("b");
    fit.half_window = options.whole("w");
    fit.alpha = options.number("alpha");
    fit.trend = trend_of(options);
    fit.reweight = reweight_of(options);
    fit.power = power_of(options);
    fit.limit_cases = options.number("limit54");
    fit.limit_periods = options.whole("limit54_periods");
    fit.first = series.first;
    return judgements_of(methods::farrington(series.values, fit), series.values);
}

Result<std::vector<Judgement>> judge_flexible(const Series& series, const Options& options) {
    TRY(check_counts(series));
    TRY(check_season(series, "farrington-flexible", options.whole("w"), options.whole("no_periods")));
    const std::string& threshold = options.text("threshold");
    methods::NoufailyOptions fit;
    fit.season = series.season;
    fit.years = options.whole("b");
    fit.half_window = options.whole("w");
    fit.periods = options.whole("no_periods");
    fit.excluded = static_cast<int>(options.number_or("past_weeks_not_included", -1));
    fit.weights_threshold = options.number("weights_threshold");
    fit.trend_level = options.number("p_threshold_trend");
    fit.trend = trend_of(options);
    fit.reweight = reweight_of(options);
    fit.threshold = threshold == "delta" ? methods::Threshold::Delta
        : threshold == "muan"            ? methods::Threshold::Muan
                                         : methods::Threshold::NbPlugin;
    fit.power = power_of(options);
    fit.dispersion =
        options.text("dispersion") == "surveillance" ? methods::Dispersion::Surveillance : methods::Dispersion::Pearson;
    fit.alpha = options.number("alpha");
    fit.limit_cases = options.number("limit54");
    fit.limit_periods = options.whole("limit54_periods");
    fit.first = series.first;
    return judgements_of(methods::farrington_noufaily(series.values, fit), series.values);
}

double half_alpha_of(const Options& options) { return options.number("alpha") / 2; }

}  // namespace

constexpr pack::Spec season_trend_spec{
    "season-trend", "Count against its own season and trend, over-dispersed: for three years of history and more.",
    season_trend_fields, season_trend_examples, season_trend_cites};
constexpr pack::Spec farrington_spec{"farrington",
                                     "Count against the same weeks of past years, with trend (Farrington 1996): for "
                                     "seasonal, steadily reported counts of four years and more.",
                                     farrington_fields, farrington_examples, farrington_cites};
constexpr pack::Spec farrington_flexible_spec{"farrington-flexible",
                                              "Count against season levels and trend of past years, past outbreaks "
                                              "weighted down (Noufaily 2013): for seasonal, steadily reported counts.",
                                              flexible_fields, flexible_examples, flexible_cites};

std::span<const Method> seasonal_methods() {
    static const Method family[] = {
        {season_trend_spec, Demand::Counts, judge_season_trend, alpha_of, one_period},
        {farrington_spec, Demand::Counts, judge_farrington, half_alpha_of, one_period},
        {farrington_flexible_spec, Demand::Counts, judge_flexible, alpha_of, one_period},
    };
    return family;
}

}  // namespace icosa::detect
