/// Runs strips and draws what was found.
#include "detect/strip.hpp"

#include <fmt/format.h>

#include "detect/series.hpp"

namespace icosa::detect {
namespace {

/// Carets under the periods of a strip, as the pack would write them.
std::string drawn(const std::string& strip, const std::vector<int>& signals) {
    std::string out;
    int period = 0;
    std::size_t next = 0;
    for (const char c : strip) {
        const bool hit = c != ' ' && next < signals.size() && signals[next] == period;
        out += hit ? '^' : ' ';
        next += hit ? 1 : 0;
        period += c != ' ' ? 1 : 0;
    }
    while (!out.empty() && out.back() == ' ') out.pop_back();
    return out;
}

}  // namespace

Result<std::vector<int>> signals_of(const pack::Watch& watch, const std::vector<double>& values) {
    const auto judged = TRY(judge_series(watch.judging, values, periods_per_year(watch.selection.period), 0));
    std::vector<int> out;
    for (std::size_t t = 0; t < judged.size(); ++t) {
        if (judged[t].signals) out.push_back(static_cast<int>(t));
    }
    return out;
}

Result<void> run_strip(const pack::Watch& watch, const pack::Expect& expect) {
    const auto wanted = TRY(pack::strip_signals(expect));
    const auto values = TRY(pack::strip_values(expect));
    auto found = signals_of(watch, values);
    if (!found) {
        Error error = found.error();
        error.where = expect.where;
        return std::unexpected(std::move(error));
    }
    if (*found == wanted) return {};
    return fail(Fault::Pack, "strip-differs", expect.where,
                fmt::format("the strip of watch '{}' does not signal as drawn\n    strip  {}\n    drawn  {}\n    found  {}", watch.id, expect.strip, drawn(expect.strip, wanted), drawn(expect.strip, *found)),
                "change the strip, its carets or the method's options");
}

}  // namespace icosa::detect
