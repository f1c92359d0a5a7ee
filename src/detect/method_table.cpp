/// The options of every method for one series, declared once, and the calls into src/methods.
#include "detect/method_table.hpp"

#include <cmath>

#include <fmt/format.h>

#include "base/text.hpp"
#include "methods/count_alarm.hpp"
#include "methods/level.hpp"
#include "methods/probability.hpp"

namespace icosa::detect {
namespace {

using methods::Alarm;
using methods::Side;
using pack::Field;
using pack::FieldType;
using pack::Options;

constexpr Field direction_field{.name = "direction", .type = FieldType::Choice, .fallback = "rise", .choices = "rise|fall|both", .doc = "which departure alarms; both: alpha is halved, the score is two-sided"};
constexpr Field alpha_field(std::string_view fallback) {
    return {.name = "alpha", .type = FieldType::Number, .unit = "share", .fallback = fallback, .minimum = 1e-9, .maximum = 0.5, .doc = "rate of alarms per period when nothing is going on"};
}

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

constexpr Field robust_deviation_fields[] = {
    {.name = "window", .type = FieldType::Whole, .unit = "periods", .fallback = "20", .minimum = 4, .maximum = 1000, .doc = "the past that gives median and median absolute deviation"},
    {.name = "guard", .type = FieldType::Whole, .unit = "periods", .fallback = "0", .minimum = 0, .maximum = 100, .doc = "newest periods left out of the window"},
    alpha_field("0.01"),
    {.name = "score", .type = FieldType::Choice, .fallback = "student", .choices = "student|normal", .doc = "the law of the score; student keeps alpha in short windows"},
    {.name = "minimum_scale", .type = FieldType::Number, .unit = "the value's", .fallback = "0", .minimum = 0, .doc = "the scale is at least this"},
    {.name = "minimum_scale_share", .type = FieldType::Number, .unit = "share of the median", .fallback = "0", .minimum = 0, .doc = "the scale is at least this share of the median"},
    {.name = "minimum_reference", .type = FieldType::Whole, .unit = "periods", .fallback = "6", .minimum = 3, .maximum = 1000, .doc = "observed periods that the window must have"},
    direction_field,
};
constexpr std::string_view robust_deviation_examples[] = {"method = { name = \"robust-deviation\", window = 10, alpha = 0.01 }"};
constexpr std::string_view robust_deviation_cites[] = {"rousseeuw1993"};

constexpr Field change_fields[] = {
    {.name = "lag", .type = FieldType::Whole, .unit = "periods", .fallback = "1", .minimum = 1, .maximum = 1000, .doc = "which earlier period the value is held against"},
    {.name = "kind", .type = FieldType::Choice, .fallback = "share", .choices = "share|difference", .doc = "is `by` a share of the earlier value or a difference in its unit"},
    {.name = "by", .type = FieldType::Number, .fallback = "0.25", .minimum = 0, .doc = "the change that alarms, reached or passed"},
    direction_field,
};
constexpr std::string_view change_examples[] = {"method = { name = \"change\", lag = 12, by = 0.5 }"};

constexpr Field threshold_fields[] = {
    {.name = "at_least", .type = FieldType::Number, .unit = "the value's", .doc = "alarms at or above this"},
    {.name = "at_most", .type = FieldType::Number, .unit = "the value's", .doc = "alarms at or below this"},
    {.name = "when", .type = FieldType::Choice, .fallback = "beyond", .choices = "beyond|crossing", .doc = "each period beyond the limit, or only the one that crosses it"},
};
constexpr std::string_view threshold_examples[] = {"method = { name = \"threshold\", at_least = 25, when = \"crossing\" }"};

constexpr Field drawdown_fields[] = {
    {.name = "window", .type = FieldType::Whole, .unit = "periods", .fallback = "12", .minimum = 2, .maximum = 1000, .doc = "the past that gives the peak, the current period among it"},
    {.name = "share", .type = FieldType::Number, .unit = "share", .fallback = "0.8", .minimum = 0.001, .maximum = 0.999, .doc = "alarms at or below this share of the peak"},
    {.name = "minimum_peak", .type = FieldType::Number, .unit = "the value's", .fallback = "0", .minimum = 0, .doc = "smaller peaks are not looked at"},
};
constexpr std::string_view drawdown_examples[] = {"method = { name = \"drawdown\", window = 12, share = 0.8, minimum_peak = 500 }"};

constexpr Field rolling_rise_fields[] = {
    {.name = "window", .type = FieldType::Whole, .unit = "periods", .fallback = "6", .minimum = 1, .maximum = 1000, .doc = "how many of the newest periods are summed"},
    {.name = "lag", .type = FieldType::Whole, .unit = "periods", .fallback = "12", .minimum = 1, .maximum = 1000, .doc = "how long before the same sum is taken"},
    {.name = "ratio", .type = FieldType::Number, .fallback = "1.5", .minimum = 0, .doc = "alarms where the sum is at least this many times the earlier one"},
    {.name = "at_least", .type = FieldType::Number, .unit = "the value's", .fallback = "0", .minimum = 0, .doc = "smaller sums never alarm"},
};
constexpr std::string_view rolling_rise_examples[] = {"method = { name = \"rolling-rise\", window = 6, lag = 12, ratio = 1.5, at_least = 25 }"};

/// of[n]: what was judged.
std::vector<Judgement> judgements_of(const std::vector<Alarm>& alarms, std::span<const double> of) {
    std::vector<Judgement> out;
    out.reserve(alarms.size());
    for (std::size_t i = 0; i < alarms.size(); ++i) out.push_back({alarms[i].expected, alarms[i].threshold, alarms[i].unusualness, alarms[i].alarm, of[i]});
    return out;
}

/// One side, or both with half of alpha each: then the threshold shown is that of the side the value lies on.
template <class Run>
std::vector<Judgement> sided(const Series& series, const Options& options, Run run) {
    const std::string& direction = options.text("direction");
    if (direction != "both") return judgements_of(run(direction == "fall" ? Side::Lower : Side::Upper, 1.0), series.values);
    const std::vector<Judgement> upper = judgements_of(run(Side::Upper, 0.5), series.values);
    const std::vector<Judgement> lower = judgements_of(run(Side::Lower, 0.5), series.values);
    std::vector<Judgement> out(series.values.size());
    for (std::size_t i = 0; i < out.size(); ++i) {
        const bool falls = series.values[i] < upper[i].expected;
        out[i] = falls ? lower[i] : upper[i];
        out[i].score = std::fabs(2 * out[i].score - 1);
        out[i].alarm = upper[i].alarm || lower[i].alarm;
    }
    return out;
}

Result<void> check_counts(const Series& series) {
    for (std::size_t i = 0; i < series.values.size(); ++i) {
        const double y = series.values[i];
        if (std::isnan(y)) continue;
        if (y < 0) return fail(Fault::Data, "negative-count", {"", static_cast<int>(i), 0}, fmt::format("a count is {}, allowed are 0 and more", number_text(y)), "use robust-deviation for measured values");
        if (y != std::floor(y) || std::isinf(y)) return fail(Fault::Data, "not-a-count", {"", static_cast<int>(i), 0}, fmt::format("a count is {}, allowed are whole numbers", number_text(y)), "use robust-deviation for measured values");
    }
    return {};
}

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

Result<std::vector<Judgement>> judge_robust_deviation(const Series& series, const Options& options) {
    return sided(series, options, [&](Side side, double part) {
        methods::RobustDeviationOptions level;
        level.window = options.whole("window");
        level.guard = options.whole("guard");
        level.alpha = options.number("alpha") * part;
        level.score = options.text("score") == "normal" ? methods::Score::Normal : methods::Score::Student;
        level.minimum_scale = options.number("minimum_scale");
        level.minimum_scale_share = options.number("minimum_scale_share");
        level.minimum_reference = options.whole("minimum_reference");
        level.side = side;
        level.first = series.first;
        return methods::robust_deviation(series.values, level);
    });
}

Result<std::vector<Judgement>> judge_change(const Series& series, const Options& options) {
    return sided(series, options, [&](Side side, double) {
        return methods::change(series.values, {options.whole("lag"), options.text("kind") == "share" ? methods::ChangeKind::Share : methods::ChangeKind::Difference, options.number("by"), side, series.first});
    });
}

Result<std::vector<Judgement>> judge_threshold(const Series& series, const Options& options) {
    if (options.has("at_least") == options.has("at_most")) {
        return fail(Fault::Usage, "bad-option", {}, "'threshold' needs one of at_least and at_most", "give at_least = 25");
    }
    const bool upper = options.has("at_least");
    const auto crossing = options.text("when") == "crossing" ? methods::Crossing::OnCrossing : methods::Crossing::WhileBeyond;
    return judgements_of(methods::threshold(series.values, {options.number(upper ? "at_least" : "at_most"), crossing, upper ? Side::Upper : Side::Lower, series.first}), series.values);
}

Result<std::vector<Judgement>> judge_drawdown(const Series& series, const Options& options) {
    return judgements_of(methods::drawdown(series.values, {options.whole("window"), options.number("share"), options.number("minimum_peak"), series.first}), series.values);
}

Result<std::vector<Judgement>> judge_rolling_rise(const Series& series, const Options& options) {
    const std::vector<double> sums = methods::rolling_sums(series.values, options.whole("window"));
    return judgements_of(methods::rolling_rise(sums, {options.whole("lag"), options.number("ratio"), options.number("at_least"), series.first}), sums);
}

double no_test(const Options&) { return 0; }
int one_period(const Options&) { return 1; }
int window_periods(const Options& options) { return options.whole("window"); }
double alpha_of(const Options& options) { return options.number("alpha"); }

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
constexpr pack::Spec robust_deviation_spec{"robust-deviation", "Value against the median and spread of its own window.", robust_deviation_fields, robust_deviation_examples, robust_deviation_cites};
constexpr pack::Spec change_spec{"change", "Value against the one some periods before.", change_fields, change_examples, {}};
constexpr pack::Spec threshold_spec{"threshold", "Value at or beyond a given limit.", threshold_fields, threshold_examples, {}};
constexpr pack::Spec drawdown_spec{"drawdown", "Value at most a share of its own recent peak.", drawdown_fields, drawdown_examples, {}};

constexpr pack::Spec rolling_rise_spec{"rolling-rise", "Sum of the newest periods against the same sum some time before.", rolling_rise_fields, rolling_rise_examples, {}};

std::span<const Method> methods() {
    static const Method table[] = {
        {ears_c2_spec, Demand::Counts, judge_ears_c2, ears_chance, one_period},
        {season_trend_spec, Demand::Counts, judge_season_trend, alpha_of, one_period},
        {first_report_spec, Demand::Counts, judge_first_report, first_report_chance, one_period},
        {robust_deviation_spec, Demand::Numbers, judge_robust_deviation, alpha_of, one_period},
        {change_spec, Demand::Numbers, judge_change, no_test, one_period},
        {threshold_spec, Demand::Numbers, judge_threshold, no_test, one_period},
        {drawdown_spec, Demand::Numbers, judge_drawdown, no_test, one_period},
        {rolling_rise_spec, Demand::Numbers, judge_rolling_rise, no_test, window_periods},
    };
    return table;
}

const Method* find_method(std::string_view name) {
    for (const Method& method : methods()) {
        if (method.spec.name == name) return &method;
    }
    return nullptr;
}

}  // namespace icosa::detect
