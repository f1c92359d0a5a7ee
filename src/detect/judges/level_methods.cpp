/// Methods for measured values: level, change, line, peak, sums; their options, declared once, and the calls into
/// src/methods.
#include <cmath>

#include <fmt/format.h>

#include "base/text.hpp"
#include "detect/judges/method_family.hpp"
#include "methods/change/level.hpp"
#include "methods/change/share.hpp"

namespace icosa::detect {
namespace {

using methods::Side;
using pack::choice_option;
using pack::Field;
using pack::number_option;
using pack::Options;
using pack::whole_option;

constexpr Field robust_deviation_fields[] = {
    whole_option("window", "the past that gives median and median absolute deviation")
        .in("periods")
        .within(4, 1000)
        .by_default("20"),
    whole_option("guard", "newest periods left out of the window").in("periods").within(0, 100).by_default("0"),
    alpha_field("0.01"),
    choice_option("score", "student|normal", "the law of the score; student keeps alpha in short windows")
        .by_default("student"),
    number_option("minimum_scale", "the scale is at least this").in("the value's").at_least(0).by_default("0"),
    number_option("minimum_scale_share", "the scale is at least this share of the median")
        .in("share of the median")
        .at_least(0)
        .by_default("0"),
    whole_option("minimum_reference", "observed periods that the window must have")
        .in("periods")
        .within(3, 1000)
        .by_default("6"),
    direction_field,
};
constexpr std::string_view robust_deviation_examples[] = {
    "method = { name = \"robust-deviation\", window = 10, alpha = 0.01 }"};
constexpr std::string_view robust_deviation_cites[] = {"rousseeuw1993"};

constexpr Field change_fields[] = {
    whole_option("lag", "which earlier period the value is held against").in("periods").within(1, 1000).by_default("1"),
    choice_option("kind", "share|difference", "is `by` a share of the earlier value or a difference in its unit")
        .by_default("share"),
    number_option("by", "the change that alarms, reached or passed").at_least(0).by_default("0.25"),
    direction_field,
};
constexpr std::string_view change_examples[] = {"method = { name = \"change\", lag = 12, by = 0.5 }"};

constexpr Field threshold_fields[] = {
    number_option("at_least", "alarms at or above this").in("the value's"),
    number_option("at_most", "alarms at or below this").in("the value's"),
    choice_option("when", "beyond|crossing", "each period beyond the limit, or only the one that crosses it")
        .by_default("beyond"),
};
constexpr std::string_view threshold_examples[] = {
    "method = { name = \"threshold\", at_least = 25, when = \"crossing\" }"};

constexpr Field drawdown_fields[] = {
    whole_option("window", "the past that gives the peak, the current period among it")
        .in("periods")
        .within(2, 1000)
        .by_default("12"),
    number_option("share", "alarms at or below this share of the peak")
        .in("share")
        .within(0.001, 0.999)
        .by_default("0.8"),
    number_option("minimum_peak", "smaller peaks are not looked at").in("the value's").at_least(0).by_default("0"),
};
constexpr std::string_view drawdown_examples[] = {
    "method = { name = \"drawdown\", window = 12, share = 0.8, minimum_peak = 500 }"};

constexpr Field rolling_rise_fields[] = {
    whole_option("window", "how many of the newest periods are summed").in("periods").within(1, 1000).by_default("6"),
    whole_option("lag", "how long before the same sum is taken").in("periods").within(1, 1000).by_default("12"),
    number_option("ratio", "alarms where the sum is at least this many times the earlier one")
        .at_least(0)
        .by_default("1.5"),
    number_option("at_least", "smaller sums never alarm").in("the value's").at_least(0).by_default("0"),
};
constexpr std::string_view rolling_rise_examples[] = {
    "method = { name = \"rolling-rise\", window = 6, lag = 12, ratio = 1.5, at_least = 25 }"};

constexpr Field share_rise_fields[] = {
    whole_option("window", "the newest periods, taken together").in("periods").within(1, 1000).by_default("12"),
    whole_option("before", "the periods before them, taken together").in("periods").within(1, 1000).by_default("24"),
    alpha_field("0.01"),
    number_option("ratio", "alarms where the share is at least this many times the one before")
        .at_least(0)
        .by_default("1.25"),
    number_option("at_least", "fewer in the newest periods never alarm").at_least(0).by_default("10"),
    number_option("each", "where the values come alone (apply, strips): of how many a period's share is")
        .at_least(1)
        .by_default("100"),
};
constexpr std::string_view share_rise_examples[] = {
    "method = { name = \"share-rise\", window = 12, before = 24, ratio = 1.25, at_least = 10 }"};
constexpr std::string_view share_rise_cites[] = {"fisher1934"};

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
        return methods::change(
            series.values,
            {options.whole("lag"),
             options.text("kind") == "share" ? methods::ChangeKind::Share : methods::ChangeKind::Difference,
             options.number("by"), side, series.first});
    });
}

Result<std::vector<Judgement>> judge_threshold(const Series& series, const Options& options) {
    if (options.has("at_least") == options.has("at_most")) {
        return fail(Fault::Usage, "bad-option", {}, "'threshold' needs one of at_least and at_most",
                    "give at_least = 25");
    }
    const bool upper = options.has("at_least");
    const auto crossing =
        options.text("when") == "crossing" ? methods::Crossing::OnCrossing : methods::Crossing::WhileBeyond;
    return judgements_of(methods::threshold(series.values,
                                            {options.number(upper ? "at_least" : "at_most"), crossing,
                                             upper ? Side::Upper : Side::Lower, series.first}),
                         series.values);
}

Result<std::vector<Judgement>> judge_drawdown(const Series& series, const Options& options) {
    return judgements_of(methods::drawdown(series.values,
                                           {options.whole("window"), options.number("share"),
                                            options.number("minimum_peak"), series.first}),
                         series.values);
}

/// The values are shares of series.of.
Result<std::vector<Judgement>> judge_share_rise(const Series& series, const Options& options) {
    const std::vector<double> each(series.of.empty() ? series.values.size() : 0, options.number("each"));
    const std::span<const double> of = series.of.empty() ? std::span<const double>(each) : series.of;
    std::vector<double> counts;
    for (std::size_t t = 0; t < series.values.size(); ++t) {
        if (series.values[t] < 0 || series.values[t] > 1)
            return fail(Fault::Data, "not-a-share", {"", static_cast<int>(t), 0},
                        fmt::format("a share is {}, allowed are 0 to 1", number_text(series.values[t])),
                        "give parts of one, not per cent");
        counts.push_back(std::round(series.values[t] * of[t]));
    }
    const auto found = methods::share_rise(counts, of,
                                           {.window = options.whole("window"),
                                            .before = options.whole("before"),
                                            .alpha = options.number("alpha"),
                                            .ratio = options.number("ratio"),
                                            .at_least = options.number("at_least"),
                                            .first = series.first});
    std::vector<methods::Alarm> alarms;
    std::vector<double> shares;
    for (const methods::ShareRise& one : found) {
        alarms.push_back(one.alarm);
        shares.push_back(one.share());
    }
    auto out = judgements_of(alarms, shares);
    for (std::size_t t = 0; t < out.size(); ++t) {
        const methods::ShareRise& one = found[t];
        if (!(one.of > 0)) continue;
        out[t].note = fmt::format("{} of {} against {} of {} in the {} periods before", one.count, one.of,
                                  one.count_before, one.of_before, options.whole("before"));
        out[t].told = {{"count", one.count},
                       {"of", one.of},
                       {"count_before", one.count_before},
                       {"of_before", one.of_before},
                       {"periods_before", options.whole("before")}};
    }
    return out;
}

Result<std::vector<Judgement>> judge_rolling_rise(const Series& series, const Options& options) {
    const std::vector<double> sums = methods::rolling_sums(series.values, options.whole("window"));
    return judgements_of(
        methods::rolling_rise(
            sums, {options.whole("lag"), options.number("ratio"), options.number("at_least"), series.first}),
        sums);
}

}  // namespace

constexpr pack::Spec robust_deviation_spec{"robust-deviation", "Value against the median and spread of its own window.",
                                           robust_deviation_fields, robust_deviation_examples, robust_deviation_cites};
constexpr pack::Spec change_spec{
    "change", "Value against the one some periods before.", change_fields, change_examples, {}};
constexpr pack::Spec threshold_spec{
    "threshold", "Value at or beyond a given limit.", threshold_fields, threshold_examples, {}};
constexpr pack::Spec drawdown_spec{
    "drawdown", "Value at most a share of its own recent peak.", drawdown_fields, drawdown_examples, {}};

constexpr pack::Spec rolling_rise_spec{"rolling-rise",
                                       "Sum of the newest periods against the same sum some time before.",
                                       rolling_rise_fields,
                                       rolling_rise_examples,
                                       {}};

constexpr pack::Spec share_rise_spec{"share-rise",
                                     "A part's share of all in the newest periods against its share before, by "
                                     "Fisher's exact test: how many there are in all falls out.",
                                     share_rise_fields, share_rise_examples, share_rise_cites};

std::span<const Method> level_methods() {
    static const Method family[] = {
        {robust_deviation_spec, Demand::Numbers, judge_robust_deviation, alpha_of, one_period},
        {change_spec, Demand::Numbers, judge_change, no_test, one_period},
        {threshold_spec, Demand::Numbers, judge_threshold, no_test, one_period},
        {drawdown_spec, Demand::Numbers, judge_drawdown, no_test, one_period},
        {rolling_rise_spec, Demand::Numbers, judge_rolling_rise, no_test, window_periods},
        {share_rise_spec, Demand::Numbers, judge_share_rise, alpha_of, window_periods},
    };
    return family;
}

}  // namespace icosa::detect
