/// Methods for counts: their options, declared once, and the calls into src/methods.
#include <cmath>

#include "detect/method_family.hpp"
#include "methods/probability.hpp"

namespace icosa::detect {
namespace {

using methods::Side;
using pack::Field;
using pack::FieldType;
using pack::Options;

constexpr Field ears_c2_fields[] = {
    {.name = "baseline", .type = FieldType::Whole, .unit = "periods", .fallback = "7", .minimum = 2, .maximum = 400, .doc = "length of the past that gives mean and standard deviation"},
    {.name = "guard", .type = FieldType::Whole, .unit = "periods", .fallback = "2", .minimum = 0, .maximum = 400, .doc = "periods left out between the baseline and the current one"},
    alpha_field("0.001"),
    {.name = "minimum_sigma", .type = FieldType::Number, .unit = "counts", .fallback = "0", .minimum = 0, .doc = "the standard deviation is at least this"},
    {.name = "floor", .type = FieldType::Number, .unit = "counts a period", .fallback = "0", .minimum = 0, .doc = "above 0: the bound is at least the Poisson quantile of max(mean, floor); a watch that does not say has 0.1"},
    {.name = "minimum_reference", .type = FieldType::Whole, .unit = "periods", .fallback = "0", .minimum = 0, .maximum = 400, .doc = "observed periods that the baseline must have, 0 = all; a watch that does not say has five sevenths of it"},
    direction_field,
};
constexpr std::string_view ears_c2_examples[] = {"method = { name = \"ears-c2\", alpha = 0.01 }", "icosa apply ears-c2 weekly.csv --value cases --alpha 0.001"};
constexpr std::string_view ears_c2_cites[] = {"hutwagner2003", "fricker2008"};

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

constexpr Field first_report_fields[] = {
    {.name = "quiet", .type = FieldType::Whole, .unit = "periods", .fallback = "120", .minimum = 1, .maximum = 10000, .doc = "periods before that must have had none"},
    {.name = "observed_share", .type = FieldType::Number, .unit = "share", .fallback = "0.8", .minimum = 0, .maximum = 1, .doc = "of them that must have been observed"},
};
constexpr std::string_view first_report_examples[] = {"method = { name = \"first-report\", quiet = 20 }"};
constexpr std::string_view first_report_cites[] = {"laplace1814"};

Result<std::vector<Judgement>> judge_ears_c2(const Series& series, const Options& options) {
    TRY(check_counts(series));
    return sided(series, options, [&](Side side, double part) {
        methods::EarsOptions ears{options.whole("baseline"), options.whole("guard"), options.number("alpha") * part, options.number("minimum_sigma"), options.number("floor"), options.whole("minimum_reference"), side, series.first};
        return methods::ears_c2(series.values, ears);
    });
}

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

Result<std::vector<Judgement>> judge_first_report(const Series& series, const Options& options) {
    TRY(check_counts(series));
    return judgements_of(methods::first_report(series.values, {options.whole("quiet"), options.number("observed_share"), series.first}), series.values);
}

/// Seven normal values, an eighth beyond mean + z sd: (y - mean) / (sd sqrt(1 + 1/n)) is Student's t with n - 1 degrees.
double ears_chance(const Options& options) {
    const double n = options.number("baseline");
    return 1 - methods::student_t_cdf(methods::normal_quantile(1 - options.number("alpha")) / std::sqrt(1 + 1 / n), n - 1);
}

double first_report_chance(const Options& options) { return 1 / (options.number("quiet") + 2); }

}  // namespace

constexpr pack::Spec ears_c2_spec{"ears-c2", "Count against the mean and standard deviation of a short baseline: for short histories.", ears_c2_fields, ears_c2_examples, ears_c2_cites};
constexpr pack::Spec season_trend_spec{"season-trend", "Count against its own season and trend, over-dispersed: for three years of history and more.", season_trend_fields, season_trend_examples, season_trend_cites};
constexpr pack::Spec first_report_spec{"first-report", "A count above 0 after a long stretch without any.", first_report_fields, first_report_examples, first_report_cites};

std::span<const Method> count_methods() {
    static const Method family[] = {
        {ears_c2_spec, Demand::Counts, judge_ears_c2, ears_chance, one_period},
        {season_trend_spec, Demand::Counts, judge_season_trend, alpha_of, one_period},
        {first_report_spec, Demand::Counts, judge_first_report, first_report_chance, one_period},
    };
    return family;
}

}  // namespace icosa::detect
