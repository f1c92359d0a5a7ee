/// The methods that judge one series: what `icosa apply` serves on a user's own numbers, and what the watches' engines
/// call.
#pragma once

#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/date.hpp"
#include "base/result.hpp"
#include "pack/spec.hpp"

namespace icosa::detect {

/// What a method says of one period. expected and threshold are NaN where nothing could be computed; alarm is false
/// there.
struct Judgement {
    double expected = 0;
    double threshold = 0;
    double score = 0;  ///< unusualness, 0 to 1; NaN where nothing could be computed or nothing was observed
    bool alarm = false;
    double observed = 0;  ///< what was judged: the value itself, or the sum that the method makes of several
    double p_value = std::numeric_limits<double>::quiet_NaN();  ///< chance of a value at least this extreme when
                                                                ///< nothing is going on; NaN: no test
    int since = -1;  ///< 0-based period about which the level changed; -1: the method does not say
    std::string note = {};  ///< what the method adds to a signal's reason; mostly empty
    double indicator = std::numeric_limits<double>::quiet_NaN();  ///< of a method that publishes one under its own name
    std::string_view phase = {};  ///< what the indicator is called at this height
    std::vector<std::pair<std::string_view, double>> told = {};  ///< figures for a phrase's slots, by name
};

struct Series {
    std::span<const double> values;  ///< oldest first, NaN = not observed
    int season = 52;  ///< periods a year: 365, 52, 12, 4, 1
    int first = 0;  ///< periods before this one need no judgement (they get NaN)
    std::span<const double> of = {};  ///< what the values are shares of; empty: not known
};

/// Code of the error with which a method refuses a series that has not the history it needs: shown by `apply`; in a
/// watch the unit is not judged.
inline constexpr const char* too_short = "too-short";

/// What a method demands of its values.
enum class Demand { Counts, Numbers };

struct Method {
    const pack::Spec& spec;  ///< its name is the method's
    Demand demand;
    /// err   Data: values that the method refuses, with the 0-based row in Where::line (0 = the whole series)
    Result<std::vector<Judgement>> (*judge)(const Series&, const pack::Options&);
    /// How often a period alarms when nothing is going on; 0 for a rule that is no test.
    double (*chance)(const pack::Options&);
    /// How many periods one judged value sums.
    int (*span)(const pack::Options&);
};

extern const pack::Spec ears_c1_spec;
extern const pack::Spec ears_c2_spec;
extern const pack::Spec ears_c3_spec;
extern const pack::Spec first_report_spec;
extern const pack::Spec season_trend_spec;
extern const pack::Spec farrington_spec;
extern const pack::Spec farrington_flexible_spec;
extern const pack::Spec cusum_rossi_spec;
extern const pack::Spec lr_cusum_poisson_spec;
extern const pack::Spec lr_cusum_nb_spec;
extern const pack::Spec glr_poisson_spec;
extern const pack::Spec glr_nb_spec;
extern const pack::Spec robust_deviation_spec;
extern const pack::Spec change_spec;
extern const pack::Spec threshold_spec;
extern const pack::Spec drawdown_spec;
extern const pack::Spec rolling_rise_spec;
extern const pack::Spec share_rise_spec;
extern const pack::Spec pelt_mean_spec;
extern const pack::Spec pelt_poisson_spec;
extern const pack::Spec pelt_nb_spec;
extern const pack::Spec bocpd_spec;
extern const pack::Spec mann_kendall_spec;
extern const pack::Spec theil_sen_spec;
extern const pack::Spec stl_spec;
extern const pack::Spec ipa_spec;
extern const pack::Spec alps_spec;

[[nodiscard]] std::span<const Method> methods();
[[nodiscard]] const Method* find_method(std::string_view name);

}  // namespace icosa::detect
