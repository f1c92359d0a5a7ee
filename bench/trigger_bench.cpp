/// Rules of a trigger on 200 countries and 384 months: the counts of a whole grid are first held against a record of
/// each rule, and records against a count by the words of the definition; then rules a minute are timed beside that
/// count.
///
///     trigger_bench [DIR [UNITS [MONTHS]]]     nothing is written to DIR; default 200 384
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include "base/number.hpp"
#include "bench.hpp"
#include "record/trigger_search.hpp"

using namespace icosa;

namespace {

[[noreturn]] void stop(const std::string& why) { bench::stop("trigger_bench", why); }

model::Panel made_panel(int units, int months) {
    std::mt19937 dice(19890101);
    model::Panel out;
    out.period = PeriodKind::Month;
    out.first_period = 19 * 12;
    out.periods = months;
    for (int unit = 0; unit < units; ++unit) {
        out.units.push_back(fmt::format("{:05}", unit));
        unsigned level = 0;
        for (int i = 0; i < months; ++i) {
            if (i % 20 == 0) level = dice() % 3 == 0 ? 1U << (dice() % 11) : 0;
            const bool is_born = unit % 9 != 0 || i >= 40;
            out.values.push_back(!is_born ? nan_value : level == 0 ? 0.0 : static_cast<double>(dice() % (2 * level)));
        }
    }
    return out;
}

struct ByWords {
    std::int64_t fired = 0, followed = 0;
};

/// As the issue words it, without any of the short cuts.
ByWords by_words(const model::Panel& panel, const pack::Outcome& outcome, const pack::TriggerRule& rule, int from) {
    ByWords out;
    for (std::size_t unit = 0; unit < panel.units.size(); ++unit) {
        const auto sum = [&](int first, int last) {
            double total = 0;
            for (int i = std::max(first, 0); i <= last; ++i) {
                const double value = panel.at(unit, i);
                total += std::isnan(value) ? 0 : value;
            }
            return total;
        };
        for (int i = from; i + outcome.months < panel.periods; ++i) {
            if (std::isnan(panel.at(unit, i))) continue;
            const double now = sum(i - rule.sum + 1, i);
            bool fires = now >= rule.at_least;
            for (int back = 1; fires && back < rule.high_of; ++back)
                fires = sum(i - back - rule.sum + 1, i - back) <= now;
            if (!fires) continue;
            const double before = sum(i - outcome.months + 1, i), after = sum(i + 1, i + outcome.months);
            ++out.fired;
            out.followed += after >= outcome.factor * before && after - before >= outcome.least;
        }
    }
    return out;
}

}  // namespace

int main(int argc, char** argv) {
    const int units = argc > 2 ? std::atoi(argv[2]) : 200, months = argc > 3 ? std::atoi(argv[3]) : 384;
    if (units < 1 || months < 100) stop("UNITS is at least 1, MONTHS at least 100");
    const model::Panel panel = made_panel(units, months);
    pack::Outcome outcome;
    outcome.least = 50;
    const int from = 24, first = panel.first_period + from, last = panel.first_period + months - 1;
    const record::TriggerHistory history(outcome, panel, nullptr, first, last);
    const record::TriggerGrid grid = record::wide_grid(history);
    const auto counts = history.counts(grid.sums, grid.high_ofs, grid.levels);
    for (std::size_t i = 0; i < counts.size(); i += 37) {
        const auto record = history.record(counts[i].rule);
        const ByWords right = by_words(panel, outcome, counts[i].rule, from);
        if (record.fired != right.fired || record.followed != right.followed)
            stop(fmt::format("{}: {} of {}, by the words {} of {}", pack::rule_words(counts[i].rule), record.followed,
                             record.fired, right.followed, right.fired));
        if (counts[i].fired != right.fired || counts[i].followed != right.followed)
            stop(fmt::format("{}: the grid counts otherwise", pack::rule_words(counts[i].rule)));
    }
    std::int64_t seen = 0;  // so that nothing is left out as unused
    double judging = 0, counting = 0, recording = 0, plain = 0;
    for (int round = 0; round < 3; ++round) {
        const auto best = [&](double& into, double now) { into = round == 0 ? now : std::min(into, now); };
        best(judging, bench::seconds([&] { (void)record::TriggerHistory(outcome, panel, nullptr, first, last); }));
        best(counting, bench::seconds([&] { (void)history.counts(grid.sums, grid.high_ofs, grid.levels); }));
        best(recording, bench::seconds([&] {
                 for (std::size_t i = 0; i < counts.size(); i += 100) (void)history.record(counts[i].rule);
             }));
        best(plain, bench::seconds([&] {
                 for (std::size_t i = 0; i < counts.size(); i += 100)
                     seen += by_words(panel, outcome, counts[i].rule, from).fired;
             }));
    }
    if (seen <= 0) stop("no rule fires");
    const auto many = static_cast<double>(counts.size()), some = static_cast<double>((counts.size() + 99) / 100);
    fmt::print("{} units, {} months, {} rules: outcomes judged once in {:.3f} s\n", units, months, counts.size(),
               judging);
    fmt::print("search: {:.0f} rules a minute ({:.3f} s for all)\n", 60 * many / counting, counting);
    fmt::print("records: {:.0f} a minute ({:.2f} ms each)\n", 60 * some / recording, 1000 * recording / some);
    fmt::print("by the words of the definition: {:.0f} rules a minute; the search is {:.0f} times as fast\n",
               60 * some / plain, plain / some / (counting / many));
    return 0;
}
