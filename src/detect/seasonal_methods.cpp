/// Counts against the season and trend of their own past: the options, declared once, and the calls into src/methods.
#include <limits>

#include <fmt/format.h>

#include "detect/method_family.hpp"
#include "methods/seasonal_alarm.hpp"

namespace icosa::detect {
namespace {

using methods::Side;
using pack::Field;
using pack::FieldType;
using pack::Options;

constexpr Field season_trend_fields[] = {
    alpha_field("0.01"),
    {.name = "years", .type = FieldType::Whole, .unit = "years", .minimum = 2, .maximum = 100, .doc = "how much of the past is fitted: 10 years, of annual series 30"},
    {.name = "guard", .type = FieldType::Whole, .unit = "periods", .minimum = 0, .maximum = 100, .doc = "newest periods left out of the fit: 2, of annual series 0"},
    {.name = "harmonics", .type = FieldType::Whole, .fallback = "1", .minimum = 0, .maximum = 6, .doc = "pairs of cosine and sine for the season, used from two observed years on"},
    {.name = "trend", .type = FieldType::Choice, .fallback = "where-significant", .choices = "where-significant|never", .doc = "a log-linear trend, kept where it passes its test and does not lead above the past"},
    {.name = "trend_level", .type = FieldType::Number, .unit = "share", .fallback = "0.05", .minimum = 0, .maximum = 1, .doc = "level of the trend's t test"},
    {.name = "floor", .type = FieldType::Number, .unit = "counts a period", .fallback = "0.1", .minimum = 1e-6, .doc = "the smallest mean the bound is made with"},
    direction_field,
};
constexpr std::string_view season_trend_examples[] = {"method = { name = \"season-trend\", alpha = 0.01 }", "icosa apply season-trend monthly.csv --value incidents --period 12"};
constexpr std::string_view season_trend_cites[] = {"serfling1963", "farrington1996", "hohle2010", "noufaily2013"};

constexpr Field years_field(std::string_view fallback) {
    return {.name = "b", .type = FieldType::Whole, .unit = "years", .fallback = fallback, .minimum = 1, .maximum = 20, .doc = "past years that are used"};
}
constexpr Field half_window_field{.name = "w", .type = FieldType::Whole, .unit = "periods", .fallback = "3", .minimum = 0, .maximum = 180, .doc = "periods either side of the same time of a past year"};
constexpr Field trend_field{.name = "trend", .type = FieldType::Choice, .fallback = "where-significant", .choices = "where-significant|never", .doc = "a log-linear trend: kept with 3 years and more, where it passes its test and does not lead above the past"};
constexpr Field reweight_field{.name = "reweight", .type = FieldType::Choice, .fallback = "once", .choices = "once|never", .doc = "are past outbreaks weighted down"};
constexpr Field power_field{.name = "powertrans", .type = FieldType::Choice, .fallback = "2/3", .choices = "2/3|1/2|none", .doc = "the scale on which a count is taken as normal"};
constexpr Field limit_field{.name = "limit54", .type = FieldType::Number, .unit = "counts", .fallback = "5", .minimum = 0, .doc = "fewer cases than this in the newest limit54_periods: nothing is said; 0 = off"};
constexpr Field limit_periods_field{.name = "limit54_periods", .type = FieldType::Whole, .unit = "periods", .fallback = "4", .minimum = 1, .maximum = 400, .doc = "the current period among them"};

constexpr Field farrington_fields[] = {
    years_field("5"),
    half_window_field,
    {.name = "alpha", .type = FieldType::Number, .unit = "share", .fallback = "0.05", .minimum = 1e-9, .maximum = 0.5, .doc = "two-sided, as published: the upper bound is passed with half of it"},
    trend_field,
    reweight_field,
    power_field,
    limit_field,
    limit_periods_field,
};
constexpr std::string_view farrington_examples[] = {"icosa apply farrington weekly.csv --value cases --b 3 --w 3 --alpha 0.01"};
constexpr std::string_view farrington_cites[] = {"farrington1996", "hohle2010"};

constexpr Field flexible_fields[] = {
    years_field("5"),
    half_window_field,
    {.name = "no_periods", .type = FieldType::Whole, .fallback = "1", .minimum = 1, .maximum = 200, .doc = "season levels; 1: only the windows of past years are used, 10 is Noufaily's"},
    {.name = "past_weeks_not_included", .type = FieldType::Whole, .unit = "periods", .minimum = 0, .maximum = 400, .doc = "newest periods left out of the fit; not given: w; 26 is Noufaily's"},
    {.name = "weights_threshold", .type = FieldType::Number, .fallback = "2.58", .minimum = 0, .doc = "Anscombe residuals above it are weighted down"},
    {.name = "p_threshold_trend", .type = FieldType::Number, .unit = "share", .fallback = "0.05", .minimum = 0, .maximum = 1, .doc = "level of the trend's two-sided t test; 1: always passed"},
    alpha_field("0.05"),
    {.name = "threshold", .type = FieldType::Choice, .fallback = "delta", .choices = "delta|nb-plugin|muan", .doc = "normal on a transformed scale; negative binomial with the estimated mean; the same with the mean's own upper quantile"},
    trend_field,
    reweight_field,
    power_field,
    {.name = "dispersion", .type = FieldType::Choice, .fallback = "pearson", .choices = "pearson|surveillance", .doc = "of the standard errors; surveillance: with the slip of R's package, to equal its numbers"},
    limit_field,
    limit_periods_field,
};
constexpr std::string_view flexible_examples[] = {"method = { name = \"farrington-flexible\", b = 4, no_periods = 10, past_weeks_not_included = 26, p_threshold_trend = 1, threshold = \"nb-plugin\", alpha = 0.005 }",
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
    if (series.season < 2) return fail(Fault::Usage, "no-season", {}, fmt::format("'{}' needs several periods a year, this series has {}", method, series.season), "use season-trend for annual series, or say --period");
    if (2 * half_window + 1 > series.season) {
        return fail(Fault::Usage, "bad-option", {}, fmt::format("'w' of '{}' is {}, allowed is up to {} with {} periods a year", method, half_window, (series.season - 1) / 2, series.season), "the window must fit into a year");
    }
    const int most = series.season - 2 * half_window;
    if (periods > most) return fail(Fault::Usage, "bad-option", {}, fmt::format("'no_periods' of '{}' is {}, allowed is up to {} with {} periods a year and w = {}", method, periods, most, series.season, half_window), "each level needs a period");
    return {};
}

methods::Trend trend_of(const Options& options) { return options.text("trend") == "never" ? methods::Trend::Never : methods::Trend::WhereSignificant; }
methods::Reweight reweight_of(const Options& options) { return options.text("reweight") == "never" ? methods::Reweight::Never : methods::Reweight::Once; }
methods::PowerTransform power_of(const Options& options) {
    const std::string& name = options.text("powertrans");
    return name == "2/3" ? methods::PowerTransform::TwoThirds : name == "1/2" ? methods::PowerTransform::Half : methods::PowerTransform::None;
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
    fit.threshold = threshold == "delta" ? methods::Threshold::Delta : threshold == "muan" ? methods::Threshold::Muan : methods::Threshold::NbPlugin;
    fit.power = power_of(options);
    fit.dispersion = options.text("dispersion") == "surveillance" ? methods::Dispersion::Surveillance : methods::Dispersion::Pearson;
    fit.alpha = options.number("alpha");
    fit.limit_cases = options.number("limit54");
    fit.limit_periods = options.whole("limit54_periods");
    fit.first = series.first;
    return judgements_of(methods::farrington_noufaily(series.values, fit), series.values);
}

double half_alpha_of(const Options& options) { return options.number("alpha") / 2; }

}  // namespace

constexpr pack::Spec season_trend_spec{"season-trend", "Count against its own season and trend, over-dispersed: for three years of history and more.", season_trend_fields, season_trend_examples, season_trend_cites};
constexpr pack::Spec farrington_spec{"farrington", "Count against the same weeks of past years, with trend (Farrington 1996): for seasonal, steadily reported counts of four years and more.", farrington_fields, farrington_examples, farrington_cites};
constexpr pack::Spec farrington_flexible_spec{"farrington-flexible", "Count against season levels and trend of past years, past outbreaks weighted down (Noufaily 2013): for seasonal, steadily reported counts.", flexible_fields, flexible_examples, flexible_cites};

std::span<const Method> seasonal_methods() {
    static const Method family[] = {
        {season_trend_spec, Demand::Counts, judge_season_trend, alpha_of, one_period},
        {farrington_spec, Demand::Counts, judge_farrington, half_alpha_of, one_period},
        {farrington_flexible_spec, Demand::Counts, judge_flexible, alpha_of, one_period},
    };
    return family;
}

}  // namespace icosa::detect
