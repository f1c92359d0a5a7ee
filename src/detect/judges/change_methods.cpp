/// Methods for change points: segments of a whole series, and the probability that the level changed just now; their
/// options, declared once.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/number.hpp"
#include "detect/judges/method_family.hpp"
#include "methods/change/change_point.hpp"
#include "methods/change/online_change_point.hpp"

namespace icosa::detect {
namespace {

using methods::Side;
using pack::choice_option;
using pack::Field;
using pack::number_option;
using pack::Options;
using pack::whole_option;

constexpr Field penalty_field =
    choice_option("penalty", "bic|sic|mbic|aic|hannan-quinn|manual",
                  "price of a change in minus twice the log-likelihood, n observed values: bic (sic) 2 log n; mbic "
                  "Zhang and Siegmund's; aic 4; hannan-quinn 4 log log n")
        .by_default("bic");
constexpr Field penalty_value_field =
    number_option("penalty_value", "with penalty = manual: the price itself").at_least(1e-9);
constexpr Field min_size_field =
    whole_option("min_size", "the shortest segment; a series of less than two of them is too short")
        .in("observed periods")
        .within(1, 100000)
        .by_default("2");
constexpr Field change_direction =
    choice_option("direction", "rise|fall|both",
                  "changes to a higher level, to a lower one, or any; a watch that does not say has its own direction")
        .by_default("both");

constexpr Field pelt_mean_fields[] = {
    penalty_field,
    penalty_value_field,
    min_size_field,
    number_option("sigma",
                  "the known standard deviation; from the differences of neighbours unless given. sigma = 1: the cost "
                  "is ruptures' l2 and R changepoint's cpt.mean")
        .in("the value's")
        .at_least(1e-12),
    change_direction,
};
constexpr Field pelt_poisson_fields[] = {penalty_field, penalty_value_field, min_size_field, change_direction};
constexpr Field pelt_nb_fields[] = {
    penalty_field,
    penalty_value_field,
    min_size_field,
    number_option(
        "size",
        "variance = mean + mean^2 / size; from the moments of neighbours unless given, once for the whole series")
        .at_least(1e-6),
    change_direction,
};
constexpr std::string_view pelt_mean_examples[] = {
    "method = { name = \"pelt-mean\", penalty = \"mbic\" }",
    "icosa apply pelt-mean prices.csv --value price --penalty manual --penalty-value 30 --sigma 1"};
constexpr std::string_view pelt_poisson_examples[] = {"method = { name = \"pelt-poisson\", min_size = 6 }",
                                                      "icosa apply pelt-poisson monthly.csv --value incidents"};
constexpr std::string_view pelt_nb_examples[] = {"method = { name = \"pelt-nb\", min_size = 4 }",
                                                 "icosa apply pelt-nb weekly.csv --value listings --size 3"};
constexpr std::string_view pelt_cites[] = {"killick2012", "schwarz1978", "raftery1995"};

constexpr Field bocpd_fields[] = {
    choice_option("model", "normal|poisson",
                  "law within a run: normal of unknown mean and spread, also for counts that scatter more than "
                  "Poisson; or Poisson")
        .by_default("normal"),
    number_option("hazard", "chance that a period begins a new level")
        .in("share of periods")
        .within(1e-9, 0.5)
        .by_default("0.01"),
    whole_option("within", "the newest periods, the current one among them, in which a change counts")
        .in("periods")
        .within(1, 10000)
        .by_default("6"),
    number_option("probability", "alarms where a change within them is at least this likely")
        .in("share")
        .within(0.01, 0.999999)
        .by_default("0.9"),
    whole_option("training",
                 "the first values, which give the prior (their median and median absolute deviation, or their mean "
                 "count); judged are the later ones only")
        .in("observed periods")
        .within(4, 10000)
        .by_default("12"),
    alpha_field("0.01"),
    change_direction,
};
constexpr std::string_view bocpd_examples[] = {
    "method = { name = \"bocpd\", model = \"poisson\", within = 12 }",
    "icosa apply bocpd weekly.csv --value listings --within 8 --probability 0.8"};
constexpr std::string_view bocpd_cites[] = {"adams2007", "fearnhead2007"};

int observed_in(const Series& series) {
    return static_cast<int>(
        std::count_if(series.values.begin(), series.values.end(), [](double value) { return !std::isnan(value); }));
}

/// The error that a watch takes for "no history yet" and `apply` shows.
Result<void> check_length(const Series& series, int needed, std::string_view what) {
    const int observed = observed_in(series);
    if (observed >= needed) return {};
    if (observed == 0)
        return fail(Fault::Data, too_short, {}, fmt::format("none of {} periods is observed", series.values.size()),
                    "give a value for each observed period");
    return fail(Fault::Data, too_short, {},
                fmt::format("{} of {} periods are observed, needed are {}", observed, series.values.size(), needed),
                fmt::format("give a longer series or a smaller {}", what));
}

Result<void> check_finite(const Series& series) {
    for (std::size_t i = 0; i < series.values.size(); ++i) {
        if (std::isinf(series.values[i]))
            return fail(Fault::Data, "not-finite", {"", static_cast<int>(i), 0}, "a value is infinite",
                        "leave it empty where nothing was observed");
    }
    return {};
}

methods::PenaltyRule penalty_rule(const std::string& name) {
    if (name == "mbic") return methods::PenaltyRule::Mbic;
    if (name == "aic") return methods::PenaltyRule::Aic;
    if (name == "hannan-quinn") return methods::PenaltyRule::HannanQuinn;
    if (name == "manual") return methods::PenaltyRule::Manual;
    return methods::PenaltyRule::Bic;
}

/// expected: the mean of the period's segment. threshold: the mean of the segment before, in the first segment its own.
/// alarm: the first period of a new segment. score: how likely the segment's change is (the period's, had it begun
/// one), after Schwarz's criterion. since: where the segment begins.
Result<std::vector<Judgement>> judge_pelt(const Series& series, const Options& options, methods::PeltOptions pelt) {
    pelt.penalty = penalty_rule(options.text("penalty"));
    pelt.min_size = options.whole("min_size");
    if ((pelt.penalty == methods::PenaltyRule::Manual) != options.has("penalty_value")) {
        return fail(Fault::Usage, "bad-option", {}, "'penalty_value' belongs to penalty = manual, and manual needs it",
                    "give both or neither");
    }
    if (options.has("penalty_value")) pelt.penalty_value = options.number("penalty_value");
    TRY(check_length(series, std::max(2 * pelt.min_size, 3), "min_size"));
    const methods::Segmentation found = methods::pelt(series.values, pelt);
    const std::string& direction = options.text("direction");
    std::vector<Judgement> out(series.values.size());
    std::size_t segment = 0;
    for (std::size_t t = 0; t < out.size(); ++t) {
        const auto period = static_cast<int>(t);
        if (segment + 1 < found.starts.size() && found.starts[segment + 1] == period) ++segment;
        Judgement& here = out[t];
        here.observed = series.values[t];
        here.expected = found.means[segment];
        here.threshold = found.means[segment == 0 ? 0 : segment - 1];
        here.score = found.weights[t];
        here.since = segment == 0 ? -1 : found.starts[segment];
        const bool rises = here.expected > here.threshold;
        here.alarm = here.since == period && (direction == "both" || rises == (direction == "rise"));
        if (period < series.first)
            here = {.expected = nan_value, .threshold = nan_value, .score = nan_value, .observed = series.values[t]};
    }
    return out;
}

Result<std::vector<Judgement>> judge_pelt_mean(const Series& series, const Options& options) {
    TRY(check_finite(series));
    return judge_pelt(series, options, {.cost = methods::SegmentCost::Mean, .sigma = options.number_or("sigma", 0)});
}

Result<std::vector<Judgement>> judge_pelt_poisson(const Series& series, const Options& options) {
    TRY(check_counts(series));
    return judge_pelt(series, options, {.cost = methods::SegmentCost::Poisson});
}

Result<std::vector<Judgement>> judge_pelt_nb(const Series& series, const Options& options) {
    TRY(check_counts(series));
    return judge_pelt(series, options,
                      {.cost = methods::SegmentCost::NegativeBinomial, .size = options.number_or("size", 0)});
}

Result<std::vector<Judgement>> judge_bocpd(const Series& series, const Options& options) {
    methods::OnlineChangeOptions online;
    if (options.text("model") == "poisson") {
        TRY(check_counts(series));
        online.model = methods::RunModel::Poisson;
    } else {
        TRY(check_finite(series));
    }
    online.hazard = options.number("hazard");
    online.within = options.whole("within");
    online.probability = options.number("probability");
    online.training = options.whole("training");
    online.alpha = options.number("alpha");
    if (options.text("direction") != "both")
        online.side = options.text("direction") == "fall" ? Side::Lower : Side::Upper;
    online.first = series.first;
    TRY(check_length(series, online.training + 1, "training"));
    const auto found = methods::online_change_point(series.values, online);
    std::vector<Judgement> out;
    out.reserve(found.size());
    bool negative = false;
    for (std::size_t t = 0; t < found.size(); ++t) {
        negative = negative || series.values[t] < 0;
        const double threshold = !negative && found[t].threshold < 0 ? 0 : found[t].threshold;
        out.push_back({.expected = found[t].expected,
                       .threshold = threshold,
                       .score = found[t].probability,
                       .alarm = found[t].alarm,
                       .observed = series.values[t],
                       .since = found[t].since});
    }
    return out;
}

}  // namespace

constexpr pack::Spec pelt_mean_spec{"pelt-mean",
                                    "Segments of equal mean, exact, of the whole series: looks back, so an earlier "
                                    "answer may change. Alarms where a new segment begins.",
                                    pelt_mean_fields, pelt_mean_examples, pelt_cites};
constexpr pack::Spec pelt_poisson_spec{
    "pelt-poisson",
    "Segments of equal Poisson rate, exact, of the whole series: looks back. Alarms where a new segment begins.",
    pelt_poisson_fields, pelt_poisson_examples, pelt_cites};
constexpr pack::Spec pelt_nb_spec{"pelt-nb",
                                  "Segments of equal negative-binomial mean, exact, of the whole series, for counts "
                                  "that scatter more than Poisson: looks back.",
                                  pelt_nb_fields, pelt_nb_examples, pelt_cites};
constexpr pack::Spec bocpd_spec{"bocpd",
                                "How likely the level changed within the newest periods, and since when: online, no "
                                "period sees a later one. Score: that probability; threshold: what the level before "
                                "stays below with 1 - alpha, not below 0 while no value was.",
                                bocpd_fields, bocpd_examples, bocpd_cites};

std::span<const Method> change_methods() {
    static const Method family[] = {
        {pelt_mean_spec, Demand::Numbers, judge_pelt_mean, no_test, one_period},
        {pelt_poisson_spec, Demand::Counts, judge_pelt_poisson, no_test, one_period},
        {pelt_nb_spec, Demand::Counts, judge_pelt_nb, no_test, one_period},
        {bocpd_spec, Demand::Numbers, judge_bocpd, no_test, one_period},
    };
    return family;
}

}  // namespace icosa::detect
