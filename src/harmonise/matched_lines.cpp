/// Tells from the row that counts to those that do not.
#include "harmonise/matched_lines.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "harmonise/counted_once.hpp"

namespace icosa::harmonise {

using model::RowAt;
using model::SameEvents;
using model::SamePair;

namespace {

/// A pair as it is come by from the row that counts; back: from its b to its a.
struct Step {
    const SamePair* pair = nullptr;
    bool back = false;
};

std::vector<Step> steps_from(RowAt row, std::vector<const SamePair*> pairs) {
    std::vector<Step> out;
    std::vector<RowAt> reached{row};
    const auto has = [&](RowAt one) { return std::ranges::find(reached, one) != reached.end(); };
    while (!pairs.empty()) {
        const auto next = std::ranges::find_if(pairs, [&](const auto* pair) { return has(pair->a) || has(pair->b); });
        if (next == pairs.end()) break;
        const bool back = !has((*next)->a);
        out.push_back({*next, back});
        reached.push_back(back ? (*next)->a : (*next)->b);
        pairs.erase(next);
    }
    return out;
}

/// What is needed to tell of a row of some sources.
class LineTeller {
public:
    LineTeller(const SameEvents& same, std::vector<model::FileRecord> files) : same_(same) {
        for (auto& file : files) files_.emplace(file.id, std::move(file));
    }

    [[nodiscard]] MatchedLine line(const std::string& source, const store::CountedRows::Row& row,
                                   const std::vector<const SamePair*>& joined) {
        const auto& file = files_[row.file];
        MatchedLine out{source, {file.path, file.digest, row.line, row.known_day}, {}};
        for (const Step& step : steps_from({row.file, row.line}, joined)) {
            const SamePair& pair = *step.pair;
            const auto there = static_cast<std::size_t>(step.back ? pair.source_a : pair.source_b);
            out.partners.push_back({at(step.back ? pair.b : pair.a), at(step.back ? pair.a : pair.b),
                                    same_.sources[there], pair.distance_km, step.back ? -pair.days : pair.days,
                                    pair.score});
        }
        return out;
    }

private:
    [[nodiscard]] model::SourceLine at(RowAt row) { return {files_[row.file].path, row.line}; }

    const SameEvents& same_;
    std::map<std::int32_t, model::FileRecord> files_;
};

}  // namespace

Result<std::vector<MatchedTrace>> lineage_of_matched(store::Store& store, const model::Select& select,
                                                     const SameEvents& same, const std::string& source, Day as_of,
                                                     const std::vector<store::Key>& keys, std::size_t most) {
    std::vector<MatchedTrace> out(keys.size());
    const auto sources = model::sources_in(source);
    const CountedOnce once(same, sources);
    LineTeller teller(same, TRY(store.files()));
    std::map<std::string, std::vector<std::size_t>, std::less<>> keys_of;
    std::vector<std::string> units;
    for (std::size_t k = 0; k < keys.size(); ++k) keys_of[keys[k].unit].push_back(k);
    for (const auto& [unit, at] : keys_of) units.push_back(unit);
    for (std::size_t s = 0; s < sources.size(); ++s) {
        const auto counted = TRY(store.counted(select, sources[s], as_of, units));
        for (const auto& row : counted.rows) {
            if (!once.counts(s, {row.file, row.line})) continue;
            const auto joined = once.joined(s, {row.file, row.line});
            for (const std::size_t k : keys_of[counted.units[static_cast<std::size_t>(row.unit)]]) {
                if (row.period < keys[k].first_period || row.period > keys[k].last_period) continue;
                ++out[k].rows;
                out[k].told_by_several += joined.empty() ? 0 : 1;
                if (out[k].lines.size() < most) out[k].lines.push_back(teller.line(sources[s], row, joined));
            }
        }
    }
    return out;
}

std::string told_by_words(std::int64_t events, std::int64_t told_by_several, std::size_t sources) {
    return fmt::format("{} event{}, each counted once: {} told by {}, {} by one source", events, events == 1 ? "" : "s",
                       told_by_several, sources == 2 ? "both sources" : "two or more sources",
                       events - told_by_several);
}

}  // namespace icosa::harmonise
