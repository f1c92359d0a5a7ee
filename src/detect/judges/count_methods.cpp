/// EARS and first reports: their options, declared once, and the calls into src/methods.
#include <cmath>

#include "detect/judges/method_family.hpp"
#include "methods/statistics/probability.hpp"

namespace icosa::detect {
namespace {

using methods::Side;
using pack::choice_option;
using pack::Field;
using pack::number_option;
using pack::Options;
using pack::whole_option;

constexpr Field baseline_field = whole_option("baseline", "length of the past that gives mean and standard deviation")
                                     .in("periods")
                                     .within(2, 400)
                                     .by_default("7");
constexpr Field minimum_sigma_field =
    number_option("minimum_sigma", "the standard deviation is at least this").in("counts").at_least(0).by_default("0");
constexpr Field floor_field =
    number_option(
        "floor",
        "above 0: the bound is at least the Poisson quantile of max(mean, floor); a watch that does not say has 0.1")
        .in("counts a period")
        .at_least(0)
        .by_default("0");
constexpr Field minimum_reference_field =
    whole_option(
        "minimum_reference",
        "observed periods that the baseline must have, 0 = all; a watch that does not say has five sevenths of it")
        .in("periods")
        .within(0, 400)
        .by_default("0");

constexpr Field ears_c1_fields[] = {baseline_field, alpha_field("0.001"),    minimum_sigma_field,
                                    floor_field,    minimum_reference_field, direction_field};
constexpr std::string_view ears_c1_examples[] = {"method = { name = \"ears-c1\", alpha = 0.01 }",
                                                 "icosa apply ears-c1 weekly.csv --value cases --alpha 0.001"};

constexpr Field ears_c2_fields[] = {
    baseline_field,
    whole_option("guard", "periods left out between the baseline and the current one")
        .in("periods")
        .within(0, 400)
        .by_default("2"),
    alpha_field("0.001"),
    minimum_sigma_field,
    floor_field,
    minimum_reference_field,
    direction_field,
};
constexpr std::string_view ears_c2_examples[] = {"method = { name = \"ears-c2\", alpha = 0.01 }",
                                                 "icosa apply ears-c2 weekly.csv --value cases --alpha 0.001"};

constexpr Field ears_c3_fields[] = {
    baseline_field,
    number_option("alpha",
                  "gives the limit z(1 - alpha) of the sum: 0.025 is the published 2, nearly; with a baseline of 7 the "
                  "true rate is 6 %")
        .in("share")
        .within(1e-9, 0.5)
        .by_default("0.025"),
    minimum_sigma_field,
    floor_field,
    minimum_reference_field,
    choice_option("variant", "published|surveillance",
                  "surveillance: the bound of R's package, which the current count cannot pass by itself")
        .by_default("published"),
};
constexpr std::string_view ears_c3_examples[] = {"icosa apply ears-c3 weekly.csv --value cases"};
constexpr std::string_view ears_cites[] = {"hutwagner2003", "fricker2008"};

constexpr Field first_report_fields[] = {
    whole_option("quiet", "periods before that must have had none").in("periods").within(1, 10000).by_default("120"),
    number_option("observed_share", "of them that must have been observed").in("share").within(0, 1).by_default("0.8"),
};
constexpr std::string_view first_report_examples[] = {"method = { name = \"first-report\", quiet = 20 }"};
constexpr std::string_view first_report_cites[] = {"laplace1814"};

methods::EarsOptions ears_options(const Series& series, const Options& options, int guard, Side side, double part) {
    return {options.whole("baseline"),
            guard,
            options.number("alpha") * part,
            options.number("minimum_sigma"),
            options.number("floor"),
            options.whole("minimum_reference"),
            side,
            series.first};
}

Result<std::vector<Judgement>> judge_ears_c1(const Series& series, const Options& options) {
    TRY(check_counts(series));
    return sided(series, options, [&](Side side, double part) {
        return methods::ears(series.values, ears_options(series, options, 0, side, part));
    });
}

Result<std::vector<Judgement>> judge_ears_c2(const Series& series, const Options& options) {
    TRY(check_counts(series));
    return sided(series, options, [&](Side side, double part) {
        return methods::ears(series.values, ears_options(series, options, options.whole("guard"), side, part));
    });
}

Result<std::vector<Judgement>> judge_ears_c3(const Series& series, const Options& options) {
    TRY(check_counts(series));
    const auto variant = options.text("variant") == "published" ? methods::C3::Published : methods::C3::Surveillance;
    return judgements_of(methods::ears_c3(series.values, ears_options(series, options, 2, Side::Upper, 1), variant),
                         series.values);
}

Result<std::vector<Judgement>> judge_first_report(const Series& series, const Options& options) {
    TRY(check_counts(series));
    return judgements_of(
        methods::first_report(series.values, {options.whole("quiet"), options.number("observed_share"), series.first}),
        series.values);
}

/// Seven normal values, an eighth beyond mean + z sd: (y - mean) / (sd sqrt(1 + 1/n)) is Student's t with n - 1
/// degrees.
double ears_chance(const Options& options) {
    const double n = options.number("baseline");
    return 1
        - methods::student_t_cdf(methods::normal_quantile(1 - options.number("alpha")) / std::sqrt(1 + 1 / n), n - 1);
}

double first_report_chance(const Options& options) { return 1 / (options.number("quiet") + 2); }

}  // namespace

constexpr pack::Spec ears_c1_spec{
    "ears-c1", "Count against the mean and standard deviation of the periods just before it: for short histories.",
    ears_c1_fields, ears_c1_examples, ears_cites};
constexpr pack::Spec ears_c2_spec{
    "ears-c2", "Count against the mean and standard deviation of a short baseline: for short histories.",
    ears_c2_fields, ears_c2_examples, ears_cites};
constexpr pack::Spec ears_c3_spec{
    "ears-c3",
    "Excess of this period and the two before over a short baseline, added up: for slow starts in short histories.",
    ears_c3_fields, ears_c3_examples, ears_cites};
constexpr pack::Spec first_report_spec{"first-report", "A count above 0 after a long stretch without any.",
                                       first_report_fields, first_report_examples, first_report_cites};

std::span<const Method> count_methods() {
    static const Method family[] = {
        {ears_c1_spec, Demand::Counts, judge_ears_c1, ears_chance, one_period},
        {ears_c2_spec, Demand::Counts, judge_ears_c2, ears_chance, one_period},
        {ears_c3_spec, Demand::Counts, judge_ears_c3, ears_chance, one_period},
        {first_report_spec, Demand::Counts, judge_first_report, first_report_chance, one_period},
    };
    return family;
}

}  // namespace icosa::detect
