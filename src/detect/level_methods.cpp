/// Methods for measured values: level, change, line, peak, sums; their options, declared once, and the calls into src/methods.
#include "detect/method_family.hpp"
#include "methods/level.hpp"

namespace icosa::detect {
namespace {

using methods::Side;
using pack::Field;
using pack::FieldType;
using pack::Options;

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

}  // namespace

constexpr pack::Spec robust_deviation_spec{"robust-deviation", "Value against the median and spread of its own window.", robust_deviation_fields, robust_deviation_examples, robust_deviation_cites};
constexpr pack::Spec change_spec{"change", "Value against the one some periods before.", change_fields, change_examples, {}};
constexpr pack::Spec threshold_spec{"threshold", "Value at or beyond a given limit.", threshold_fields, threshold_examples, {}};
constexpr pack::Spec drawdown_spec{"drawdown", "Value at most a share of its own recent peak.", drawdown_fields, drawdown_examples, {}};

constexpr pack::Spec rolling_rise_spec{"rolling-rise", "Sum of the newest periods against the same sum some time before.", rolling_rise_fields, rolling_rise_examples, {}};

std::span<const Method> level_methods() {
    static const Method family[] = {
        {robust_deviation_spec, Demand::Numbers, judge_robust_deviation, alpha_of, one_period},
        {change_spec, Demand::Numbers, judge_change, no_test, one_period},
        {threshold_spec, Demand::Numbers, judge_threshold, no_test, one_period},
        {drawdown_spec, Demand::Numbers, judge_drawdown, no_test, one_period},
        {rolling_rise_spec, Demand::Numbers, judge_rolling_rise, no_test, window_periods},
    };
    return family;
}

}  // namespace icosa::detect
