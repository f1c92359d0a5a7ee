/// Control charts for counts: the options, declared once, and the calls into src/methods.
#include <cmath>

#include "detect/judges/method_family.hpp"
#include "methods/alarms/count_chart.hpp"

namespace icosa::detect {
namespace {

using pack::choice_option;
using pack::Field;
using pack::number_option;
using pack::Options;
using pack::whole_option;

constexpr Field chart_baseline_field =
    whole_option("baseline_until",
                 "the first so many periods of the series give the in-control mean; the chart begins after them; "
                 "without a case among them cusum-rossi and glr-* have no bound")
        .in("periods")
        .within(1, 100000)
        .by_default("24");
constexpr Field chart_limit_field =
    number_option("c_arl", "log likelihood ratio that alarms; false alarms come at most every exp(c_arl) periods")
        .within(1e-6, 700)
        .by_default("5");
constexpr Field theta_field =
    number_option("theta", "log of the ratio of means to detect: 0.182 is a fifth more, 0.693 twice as many")
        .within(1e-6, 20)
        .by_default("0.5");
constexpr Field size_field = number_option("size_inverse", "over-dispersion: variance = mean + size_inverse mean^2")
                                 .within(1e-9, 1e6)
                                 .by_default("0.1");
constexpr Field window_field =
    whole_option("window", "a change is looked for at most so many periods back; 0: since the last alarm")
        .in("periods")
        .within(0, 100000)
        .by_default("0");
constexpr Field least_field =
    whole_option("least", "periods that a change must have lasted").in("periods").within(1, 1000).by_default("1");
constexpr Field chart_direction_field =
    choice_option("direction", "rise|fall", "which departure alarms").by_default("rise");

constexpr Field rossi_fields[] = {
    chart_baseline_field,
    number_option("k", "reference value: half the shift to detect")
        .in("standard deviations")
        .within(1e-6, 100)
        .by_default("1.04"),
    number_option("h", "decision limit").within(1e-6, 1000).by_default("2.26"),
};
constexpr Field lr_poisson_fields[] = {chart_baseline_field, chart_limit_field, theta_field};
constexpr Field lr_nb_fields[] = {chart_baseline_field, chart_limit_field, theta_field, size_field};
constexpr Field glr_poisson_fields[] = {chart_baseline_field, chart_limit_field, window_field, least_field,
                                        chart_direction_field};
constexpr Field glr_nb_fields[] = {chart_baseline_field, chart_limit_field, size_field,
                                   window_field,         least_field,       chart_direction_field};

constexpr std::string_view rossi_examples[] = {"method = { name = \"cusum-rossi\", baseline_until = 36 }",
                                               "icosa apply cusum-rossi weekly.csv --value cases --baseline-until 104"};
constexpr std::string_view lr_poisson_examples[] = {
    "icosa apply lr-cusum-poisson weekly.csv --value cases --baseline-until 104 --theta 0.18"};
constexpr std::string_view lr_nb_examples[] = {
    "icosa apply lr-cusum-nb weekly.csv --value cases --baseline-until 104 --size-inverse 0.1"};
constexpr std::string_view glr_poisson_examples[] = {
    "method = { name = \"glr-poisson\", baseline_until = 36 }",
    "icosa apply glr-poisson weekly.csv --value cases --baseline-until 104"};
constexpr std::string_view glr_nb_examples[] = {
    "method = { name = \"glr-nb\", baseline_until = 36, size_inverse = 0.2 }"};
constexpr std::string_view rossi_cites[] = {"rossi1999", "lorden1971"};
constexpr std::string_view lr_cites[] = {"hohle2008", "lorden1971"};
constexpr std::string_view glr_cites[] = {"hohle2008", "siegmund1995"};

/// Does the method have a law with its own spread?
enum class Law { Poisson, NegativeBinomial };

double size_inverse_of(const Options& options, Law law) {
    return law == Law::Poisson ? 0 : options.number("size_inverse");
}

Result<std::vector<Judgement>> judge_rossi(const Series& series, const Options& options) {
    TRY(check_counts(series));
    return judgements_of(
        methods::cusum_rossi(series.values,
                             {options.whole("baseline_until"), options.number("k"), options.number("h"), series.first}),
        series.values);
}

template <Law law> Result<std::vector<Judgement>> judge_known(const Series& series, const Options& options) {
    TRY(check_counts(series));
    return judgements_of(
        methods::likelihood_ratio_cusum(series.values,
                                        {options.whole("baseline_until"), options.number("c_arl"),
                                         options.number("theta"), size_inverse_of(options, law), series.first}),
        series.values);
}

template <Law law> Result<std::vector<Judgement>> judge_unknown(const Series& series, const Options& options) {
    TRY(check_counts(series));
    methods::GeneralisedOptions chart;
    chart.baseline_until = options.whole("baseline_until");
    chart.limit = options.number("c_arl");
    chart.window = options.whole("window");
    chart.least = options.whole("least");
    chart.side = options.text("direction") == "fall" ? methods::Side::Lower : methods::Side::Upper;
    chart.size_inverse = size_inverse_of(options, law);
    chart.first = series.first;
    return judgements_of(methods::generalised_likelihood_ratio(series.values, chart), series.values);
}

double rossi_chance(const Options& options) { return std::exp(-2 * options.number("k") * options.number("h")); }
double known_chance(const Options& options) { return std::exp(-options.number("c_arl")); }
double unknown_chance(const Options& options) { return methods::generalised_alarm_rate(options.number("c_arl")); }

}  // namespace

constexpr pack::Spec cusum_rossi_spec{
    "cusum-rossi",
    "Cumulative sum of standardised counts over an in-control mean: small lasting rises in short histories.",
    rossi_fields, rossi_examples, rossi_cites};
constexpr pack::Spec lr_cusum_poisson_spec{
    "lr-cusum-poisson", "Cumulative likelihood ratio for a known rise of Poisson counts over an in-control mean.",
    lr_poisson_fields, lr_poisson_examples, lr_cites};
constexpr pack::Spec lr_cusum_nb_spec{
    "lr-cusum-nb", "Cumulative likelihood ratio for a known rise of over-dispersed counts over an in-control mean.",
    lr_nb_fields, lr_nb_examples, lr_cites};
constexpr pack::Spec glr_poisson_spec{
    "glr-poisson",
    "Has the mean of Poisson counts left its in-control value, by any factor, since any period: generalised likelihood "
    "ratio. The threshold is the smallest count that alarms (a fall: the largest).",
    glr_poisson_fields, glr_poisson_examples, glr_cites};
constexpr pack::Spec glr_nb_spec{
    "glr-nb",
    "Has the mean of over-dispersed counts left its in-control value, by any factor, since any period: generalised "
    "likelihood ratio. The threshold is the smallest count that alarms (a fall: the largest).",
    glr_nb_fields, glr_nb_examples, glr_cites};

std::span<const Method> chart_methods() {
    static const Method family[] = {
        {cusum_rossi_spec, Demand::Counts, judge_rossi, rossi_chance, one_period},
        {lr_cusum_poisson_spec, Demand::Counts, judge_known<Law::Poisson>, known_chance, one_period},
        {lr_cusum_nb_spec, Demand::Counts, judge_known<Law::NegativeBinomial>, known_chance, one_period},
        {glr_poisson_spec, Demand::Counts, judge_unknown<Law::Poisson>, unknown_chance, one_period},
        {glr_nb_spec, Demand::Counts, judge_unknown<Law::NegativeBinomial>, unknown_chance, one_period},
    };
    return family;
}

}  // namespace icosa::detect
