/// Methods for prices: FAO's indicator of anomalies and WFP's alert for spikes; options and calls into src/methods.
#include <cmath>

#include <fmt/format.h>

#include "base/text.hpp"
#include "detect/judges/method_family.hpp"
#include "methods/trends/price.hpp"

namespace icosa::detect {
namespace {

using pack::Field;
using pack::number_option;
using pack::Options;
using pack::whole_option;

constexpr Field ipa_fields[] = {
    number_option("alpha",
                  "weight of the growth over a quarter; the growth over a year has the rest (gamma in FAO's metadata)")
        .in("share")
        .within(0, 1)
        .by_default("0.4"),
    number_option("at_least", "the indicator that alarms: 0.5 moderately high, 1 abnormally high")
        .in("standard deviations")
        .at_least(0)
        .by_default("1"),
    whole_option("minimum_years",
                 "earlier growth rates of the same month, quarterly and annual; 3 are FAO's five years of prices")
        .in("years")
        .within(2, 100)
        .by_default("3"),
};
constexpr std::string_view ipa_examples[] = {"method = { name = \"ipa\", at_least = 1 }",
                                             "icosa apply ipa monthly.csv --value price --deflator cpi"};
constexpr std::string_view ipa_cites[] = {"fao2021", "baquedano2015"};

constexpr Field alps_fields[] = {
    number_option("at_least", "the gap that alarms: 0.25 stress, 1 alert, 2 crisis")
        .in("standard deviations")
        .at_least(0)
        .by_default("1"),
    whole_option("minimum_months", "observed months before").in("months").within(24, 1000).by_default("36"),
};
constexpr std::string_view alps_examples[] = {"method = { name = \"alps\", at_least = 2 }"};
constexpr std::string_view alps_cites[] = {"wfp2014"};

Result<void> check_prices(const Series& series, std::string_view method) {
    if (series.season != 12)
        return fail(Fault::Usage, "not-monthly", {},
                    fmt::format("'{}' needs monthly prices, these have {} periods a year", method, series.season),
                    "give months, or --period 12 where rows are months");
    for (std::size_t i = 0; i < series.values.size(); ++i) {
        if (!std::isnan(series.values[i]) && !(series.values[i] > 0 && std::isfinite(series.values[i]))) {
            return fail(Fault::Data, "not-a-price", {"", static_cast<int>(i), 0},
                        fmt::format("a price is {}, allowed are numbers above 0", number_text(series.values[i])),
                        "leave it empty where nothing was observed");
        }
    }
    return {};
}

std::string_view level_name(double indicator) {
    constexpr std::string_view names[] = {"normal", "moderately high", "abnormally high"};
    return names[static_cast<int>(methods::price_level(indicator))];
}

Result<std::vector<Judgement>> judge_ipa(const Series& series, const Options& options) {
    TRY(check_prices(series, "ipa"));
    const auto found = methods::price_anomaly(
        series.values,
        {options.number("alpha"), options.number("at_least"), options.whole("minimum_years"), series.first});
    std::vector<methods::Alarm> alarms;
    alarms.reserve(found.size());
    for (const auto& one : found) alarms.push_back(one.alarm);
    auto out = judgements_of(alarms, series.values);
    for (std::size_t i = 0; i < out.size(); ++i) {
        if (std::isnan(found[i].indicator)) continue;
        out[i].indicator = found[i].indicator;
        out[i].phase = level_name(found[i].indicator);
        out[i].note =
            fmt::format("{}: IPA {} (quarterly {}, annual {}; {} earlier years)", level_name(found[i].indicator),
                        number_text(found[i].indicator, 2), number_text(found[i].quarterly, 2),
                        number_text(found[i].annual, 2), found[i].alarm.reference);
    }
    return out;
}

/// WFP's phases of the gap.
std::string_view phase_name(double gap) {
    return gap >= 2 ? "crisis" : gap >= 1 ? "alert" : gap >= 0.25 ? "stress" : "normal";
}

Result<std::vector<Judgement>> judge_alps(const Series& series, const Options& options) {
    TRY(check_prices(series, "alps"));
    const int months = options.whole("minimum_months");
    auto out = judgements_of(methods::price_spike(series.values, {options.number("at_least"), months, series.first}),
                             series.values);
    const auto unit = methods::price_spike(series.values, {1, months, series.first});  // its threshold is one sd away
    for (std::size_t i = 0; i < out.size(); ++i) {
        const double sd = unit[i].threshold - unit[i].expected;
        if (!(sd > 0) || std::isnan(series.values[i])) continue;
        out[i].indicator = (series.values[i] - unit[i].expected) / sd;
        out[i].phase = phase_name(out[i].indicator);
    }
    return out;
}

double ipa_chance(const Options& options) {
    return methods::price_anomaly_chance({.alpha = options.number("alpha"),
                                          .at_least = options.number("at_least"),
                                          .minimum_years = options.whole("minimum_years")});
}

}  // namespace

constexpr pack::Spec ipa_spec{
    "ipa",
    "Monthly price against its own growth within and across years: FAO's Indicator of Price Anomalies. Give real "
    "prices where there is a deflator; nominal ones are all anomalous in a steep inflation.",
    ipa_fields, ipa_examples, ipa_cites};
constexpr pack::Spec alps_spec{
    "alps", "Monthly price against its own straight trend with months: WFP's Alert for Price Spikes.", alps_fields,
    alps_examples, alps_cites};

std::span<const Method> price_methods() {
    static const Method family[] = {
        {ipa_spec, Demand::Numbers, judge_ipa, ipa_chance, one_period},
        {alps_spec, Demand::Numbers, judge_alps, no_test, one_period},
    };
    return family;
}

}  // namespace icosa::detect
