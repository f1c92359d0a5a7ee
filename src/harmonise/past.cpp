/// Cuts panels.
#include "harmonise/past.hpp"

#include <algorithm>

#include "harmonise/coverage.hpp"

namespace icosa::harmonise {
namespace {

/// Of several sources together, that of the latest.
int lag_of(const Books& books, const std::string& source) {
    int out = 0;
    for (const auto& id : model::sources_in(source)) {
        const auto card = std::ranges::find(books.cards, id, &pack::SourceCard::id);
        if (card != books.cards.end()) out = std::max(out, card->publication_lag_days);
    }
    return out;
}

/// The last period that ends by a day; one before the first where none does.
int last_whole_period(const model::Panel& panel, Day through) {
    int last = std::min(panel.first_period + panel.periods - 1, period_of(through, panel.period));
    while (last >= panel.first_period && last_day_of(last, panel.period) > through) --last;
    return last;
}

model::Panel cut(const model::Panel& full, Day through) {
    model::Panel out;
    out.source = full.source;
    out.period = full.period;
    out.first_period = full.first_period;
    out.complete = full.complete;
    out.tells_first_reports = full.tells_first_reports;
    out.pseudo_real_time = true;
    const int last = last_whole_period(full, through);
    out.periods = std::max(0, last - full.first_period + 1);
    const auto kept = static_cast<std::size_t>(out.periods), all = static_cast<std::size_t>(full.periods);
    int newest_with_rows = full.first_period - 1;
    for (std::size_t u = 0; u < full.units.size(); ++u) {
        const auto rows = full.rows.begin() + static_cast<std::ptrdiff_t>(u * all);
        const auto values = full.values.begin() + static_cast<std::ptrdiff_t>(u * all);
        const auto end = static_cast<std::ptrdiff_t>(kept);
        if (!full.complete && std::all_of(rows, rows + end, [](std::int32_t n) { return n == 0; })) continue;
        out.units.push_back(full.units[u]);
        out.rows.insert(out.rows.end(), rows, rows + end);
        out.values.insert(out.values.end(), values, values + end);
        for (std::ptrdiff_t i = end - 1; i >= 0; --i) {
            if (rows[i] == 0) continue;
            newest_with_rows = std::max(newest_with_rows, full.first_period + static_cast<int>(i));
            break;
        }
    }
    for (const std::int32_t n : out.rows) out.rows_total += n;
    if (out.periods == 0) out.units.clear();
    if (full.complete) out.observed_through = std::min(full.observed_through, through);
    else if (newest_with_rows >= full.first_period) out.observed_through = last_day_of(newest_with_rows, full.period);
    return out;
}

}  // namespace

model::Evidence evidence_before(const model::Evidence& evidence, const Books& books, Day as_of) {
    model::Evidence out;
    out.as_of = as_of;
    out.sources = evidence.sources;
    out.same_events = evidence.same_events;
    for (const auto& [select, answer] : evidence.answers) {
        model::Answer cut_answer{select, {}, answer.sources_without_data, {}};
        for (const model::Panel& panel : answer.panels) {
            model::Panel before = cut(panel, as_of - lag_of(books, panel.source));
            if (before.units.empty() && model::sources_in(panel.source).size() > 1) continue;
            if (before.units.empty()) cut_answer.sources_without_data.push_back(panel.source);
            else cut_answer.panels.push_back(std::move(before));
        }
        out.answers.emplace(select, std::move(cut_answer));
    }
    return out;
}

}  // namespace icosa::harmonise
