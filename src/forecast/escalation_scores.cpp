/// Scores, by methods/scores.
#include "forecast/escalation_scores.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <vector>

#include "methods/scores/score.hpp"

namespace icosa::forecast {
namespace {

using methods::Happened;
constexpr std::size_t of_a_month = 10;

/// Share right among the ten likeliest; those level at the edge share what is left.
double of_the_ten(std::vector<std::pair<double, Happened>> month) {
    std::sort(month.begin(), month.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    const std::size_t many = std::min(of_a_month, month.size());
    const double edge = month[many - 1].first;
    double above = 0, above_right = 0, level = 0, level_right = 0;
    for (const auto& [said, came] : month) {
        const double right = came == Happened::Yes ? 1 : 0;
        if (said > edge) {
            above += 1;
            above_right += right;
        } else if (said == edge) {
            level += 1;
            level_right += right;
        }
    }
    const auto of = static_cast<double>(many);
    return (above_right + (of - above) * level_right / level) / of;
}

ChanceScores scores_of_chances(const std::vector<double>& said, const std::vector<Happened>& came,
                               const std::vector<int>& months) {
    ChanceScores out;
    out.cases = static_cast<int>(said.size());
    out.happened = static_cast<int>(std::count(came.begin(), came.end(), Happened::Yes));
    if (said.empty()) return out;
    std::map<int, std::vector<std::pair<double, Happened>>> by_month;
    for (std::size_t i = 0; i < said.size(); ++i) {
        out.brier += methods::brier(said[i], came[i]);
        by_month[months[i]].emplace_back(said[i], came[i]);
    }
    const double many = out.cases, share = out.happened / many, base = share * (1 - share);
    out.brier /= many;
    out.brier_skill = base > 0 ? 1 - out.brier / base : std::numeric_limits<double>::quiet_NaN();
    out.average_precision = methods::average_precision(said, came);
    for (const auto& [month, of] : by_month) out.of_the_ten += of_the_ten(of) / static_cast<double>(by_month.size());
    return out;
}

}  // namespace

ChanceReport report_of(std::span<const ChanceAt> chances, const Worsening& asked, ChanceCases of) {
    ChanceReport out;
    std::vector<double> said, benchmark;
    std::vector<Happened> came;
    std::vector<int> months;
    for (const ChanceAt& one : chances) {
        if (std::isnan(one.after) || (of == ChanceCases::Onsets && !one.is_onset)
            || (of == ChanceCases::Others && one.is_onset))
            continue;
        const bool happened = asked.happened(one.before, one.after);
        said.push_back(one.probability);
        benchmark.push_back(one.benchmark);
        came.push_back(happened ? Happened::Yes : Happened::No);
        months.push_back(one.origin);
        Reliability& tenth =
            out.tenths[std::min<std::size_t>(out.tenths.size() - 1, static_cast<std::size_t>(one.probability * 10))];
        tenth.cases += 1;
        tenth.happened += happened ? 1 : 0;
        tenth.said += one.probability;
    }
    for (Reliability& tenth : out.tenths) {
        if (tenth.cases > 0) tenth.said /= tenth.cases;
    }
    out.model = scores_of_chances(said, came, months);
    out.benchmark = scores_of_chances(benchmark, came, months);
    return out;
}

}  // namespace icosa::forecast
