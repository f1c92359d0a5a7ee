/// indicator-surveillance: does a measured value leave its own level, change sharply, or cross a line?
#include "detect/checks.hpp"
#include "detect/engines.hpp"
#include "detect/judges/method_table.hpp"
#include "detect/surveillance/surveillance.hpp"

namespace icosa::detect {
namespace {

constexpr std::string_view indicator_surveillance_examples[] = {
    "engine = \"indicator-surveillance\"; measure = \"milex\"; form = \"growth\"; method = { name = "
    "\"robust-deviation\", window = 10 }",
    "engine = \"indicator-surveillance\"; measure = \"troops\"; method = { name = \"drawdown\", share = 0.8, "
    "minimum_peak = 500 }"};
const pack::Spec* const indicator_methods[] = {
    &robust_deviation_spec, &change_spec,    &rolling_rise_spec, &threshold_spec,
    &drawdown_spec,         &pelt_mean_spec, &bocpd_spec,        &mann_kendall_spec,
    &theil_sen_spec,        &stl_spec,       &ipa_spec,          &alps_spec,
    &share_rise_spec};

}  // namespace

const engine::Engine& indicator_surveillance() {
    static const pack::Spec spec{
        "indicator-surveillance",
        "Level and change of a measured series against its own past or a given line; ratios by `per`.",
        series_fields(),
        indicator_surveillance_examples,
        {}};
    static const engine::Engine row{"indicator-surveillance",
                                    spec,
                                    indicator_methods,
                                    surveillance_needs,
                                    engine::one_by_one<run_surveillance>,
                                    check_surveillance,
                                    signals_in_strip,
                                    nullptr,
                                    judged_past};
    return row;
}

}  // namespace icosa::detect
