/// By the day on which a row was known, and by the edition that it first stood in.
#include "harmonise/lateness.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include <fmt/format.h>

namespace icosa::harmonise {
namespace {

constexpr int most_lines = 100'000;  ///< of one signal
constexpr int late_after_days = 365;

std::vector<store::Key> keys_of(const std::vector<Counted>& signals) {
    std::vector<store::Key> out;
    for (const Counted& one : signals) out.push_back(one.key);
    return out;
}

/// The day of the earliest edition, of as_of or before, that covers the periods; nothing where none does.
std::optional<Day> earliest_edition(const std::vector<store::Store::Covered>& editions, const store::Key& key,
                                    PeriodKind period, Day as_of) {
    std::optional<Day> out;
    for (const auto& [file, coverage, vintage, newest_known] : editions) {
        if (!coverage.complete || vintage == no_day || vintage > as_of) continue;
        if (coverage.first_day > first_day_of(key.first_period, period)
            || coverage.last_day < last_day_of(key.last_period, period))
            continue;
        out = out ? std::min(*out, vintage) : vintage;
    }
    return out;
}

Result<void> tell_known_late(store::Store& store, const model::Select& select, const std::string& source, Day as_of,
                             const std::vector<Counted>& signals) {
    const auto traces = TRY(store.lineage(select, source, as_of, keys_of(signals), most_lines));
    for (std::size_t i = 0; i < traces.size(); ++i) {
        const Day end = last_day_of(signals[i].key.last_period, select.period);
        const auto late = std::count_if(traces[i].lines.begin(), traces[i].lines.end(), [&](const auto& line) {
            return line.known_day != no_day && line.known_day > end + late_after_days;
        });
        if (late > 0)
            signals[i].signal->caveats.push_back(
                fmt::format("{} of its {} rows became known more than a year after they happened: late, not new", late,
                            traces[i].lines.size()));
    }
    return {};
}

/// signals: those whose periods the edition of `day` covered; older: the paths of the files of that day or before.
Result<void> tell_added(store::Store& store, const model::Select& select, const std::string& source, Day as_of, Day day,
                        const std::set<std::string>& older, const std::vector<Counted>& signals) {
    const auto keys = keys_of(signals);
    const auto now = TRY(store.lineage(select, source, as_of, keys, most_lines));
    const auto then = TRY(store.lineage(select, source, day, keys, most_lines));
    for (std::size_t i = 0; i < signals.size(); ++i) {
        const auto had = std::count_if(then[i].lines.begin(), then[i].lines.end(),
                                       [&](const auto& line) { return older.contains(line.file); });
        const auto has = static_cast<std::ptrdiff_t>(now[i].lines.size());
        if (has > had)
            signals[i].signal->caveats.push_back(
                fmt::format("{} of its {} rows were not in the edition of {}, which covered the same time: late, not "
                            "new",
                            has - had, has, iso(day)));
    }
    return {};
}

}  // namespace

Result<void> tell_late(store::Store& store, const model::Select& select, const pack::SourceCard& card, Day as_of,
                       const std::vector<Counted>& signals) {
    if (signals.empty() || select.records != model::RecordKind::Event) return {};
    if (card.map.contains("known")) TRY(tell_known_late(store, select, card.id, as_of, signals));
    const auto editions = TRY(store.coverage(card.id, as_of));
    std::map<Day, std::vector<Counted>> by_edition;
    for (const Counted& one : signals) {
        if (const auto day = earliest_edition(editions, one.key, select.period, as_of)) by_edition[*day].push_back(one);
    }
    const auto files = TRY(store.files());
    for (const auto& [day, covered] : by_edition) {
        std::set<std::string> older;
        bool newer = false;
        for (const auto& file : files) {
            if (file.source != card.id) continue;
            if (file.vintage_day != no_day && file.vintage_day <= day) older.insert(file.path);
            else newer = true;
        }
        if (newer) TRY(tell_added(store, select, card.id, as_of, day, older, covered));
    }
    return {};
}

}  // namespace icosa::harmonise
