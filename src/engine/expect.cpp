/// Runs strips, draws what was found, compares findings.
#include "engine/expect.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"

namespace icosa::engine {
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

/// Does "subject" or "subject/period" mean this signal? A subject may itself hold a slash; its last part stands for all
/// of it.
bool means(std::string_view asked, const model::Signal& signal) {
    const auto is_subject = [&](std::string_view text) {
        return text == signal.subject || text == std::string_view(signal.subject).substr(signal.subject.rfind('|') + 1);
    };
    if (is_subject(asked)) return true;
    const auto slash = asked.rfind('/');
    return slash != std::string_view::npos && is_subject(asked.substr(0, slash))
        && asked.substr(slash + 1) == signal.period;
}

}  // namespace

Result<void> run_strip(const Engine& engine, const pack::Watch& watch, const pack::Expect& expect) {
    const auto wanted = TRY(pack::strip_signals(expect));
    const auto values = TRY(pack::strip_values(expect));
    auto found = engine.strip(watch, values);
    if (!found) {
        Error error = found.error();
        error.where = expect.where;
        return std::unexpected(std::move(error));
    }
    if (*found == wanted) return {};
    return fail(
        Fault::Pack, "strip-differs", expect.where,
        fmt::format("the strip of watch '{}' does not signal as drawn\n    strip  {}\n    drawn  {}\n    found  {}",
                    watch.id, expect.strip, drawn(expect.strip, wanted), drawn(expect.strip, *found)),
        "change the strip, its carets or the method's options");
}

Result<void> check_expect(const model::WatchFinding& finding, const pack::Expect& expect) {
    std::vector<std::string> differences;
    const auto stands = [&](const std::string& asked) {
        return std::any_of(finding.signals.begin(), finding.signals.end(),
                           [&](const model::Signal& signal) { return means(asked, signal); });
    };
    for (const std::string& asked : expect.signals) {
        if (!stands(asked)) differences.push_back(fmt::format("no signal '{}'", asked));
    }
    for (const std::string& asked : expect.silent) {
        if (stands(asked)) differences.push_back(fmt::format("a signal '{}'", asked));
    }
    const std::string_view state = model::state_names[static_cast<int>(finding.state)];
    if (!expect.state.empty() && expect.state != state)
        differences.push_back(fmt::format("state '{}' instead of '{}'", state, expect.state));
    if (differences.empty()) return {};
    std::vector<std::string> there;
    for (const model::Signal& signal : finding.signals) there.push_back(signal.subject + "/" + signal.period);
    return fail(Fault::Pack, "expect-differs", expect.where,
                fmt::format("watch '{}' as of {}: {}; it has: {}", finding.id, iso(expect.as_of),
                            join(differences, ", "), there.empty() ? finding.reading : join(there, ", ")),
                "check the data, the method or the expectation");
}

}  // namespace icosa::engine
