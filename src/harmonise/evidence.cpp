/// Asks the store what the watches need.
#include "harmonise/evidence.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "harmonise/duplicates.hpp"
#include "harmonise/list_history.hpp"
#include "harmonise/panel.hpp"
#include "harmonise/ties.hpp"

namespace icosa::harmonise {
namespace {

const pack::SourceCard* find_card(const std::vector<pack::SourceCard>& cards, std::string_view id) {
    for (const auto& card : cards) {
        if (card.id == id) return &card;
    }
    return nullptr;
}

pack::EarlyZeros early_zeros_of(const pack::SourceCard* card, const std::string& measure) {
    if (!card) return pack::EarlyZeros::Observed;
    const auto found = std::find_if(card->measures.begin(), card->measures.end(),
                                    [&](const pack::MeasureMap& one) { return one.id == measure; });
    return found == card->measures.end() ? pack::EarlyZeros::Observed : found->zero_before_first;
}

Result<model::Panel> ask(store::Store& store, const Books& books, const model::Select& asked, const std::string& source,
                         Day as_of, Ties& ties) {
    const model::Select select = as_source_has_it(asked, source, books);
    const auto* card = find_card(books.cards, source);
    if (select.records == model::RecordKind::Observation)
        return panel_of_values(select, source, TRY(store.scan(select, source, as_of)), as_of,
                               early_zeros_of(card, select.measure));
    const int lag_days = card ? card->publication_lag_days : 0;
    if (is_made_of_ties(select.quantity)) return ties.panel(store, select, source, as_of, as_of - lag_days);
    const CompleteCoverage coverage(TRY(store.coverage(source, as_of)), select.kinds, books.places, as_of, lag_days);
    model::Panel panel =
        panel_of_groups(select, source, TRY(store.aggregate(select, source, as_of)), coverage, as_of, as_of - lag_days);
    store::Omitted omitted = TRY(store.omitted(select, source, as_of));
    panel.left_out = std::move(omitted.left_out);
    panel.rows_asked = omitted.rows_asked;
    return panel;
}

/// same: of a Select that asks for matched events; else nullptr.
Result<model::Answer> answer(store::Store& store, const Books& books, const model::Select& select,
                             const std::set<std::string>& present, std::map<std::string, bool>& later, Day as_of,
                             Ties& ties, const model::SameEvents* same) {
    model::Answer out{select, {}, {}, {}};
    if (same) out.panels = TRY(panels_of_matched(store, books, select, *same, as_of));
    for (const std::string& source : select.sources) {
        if (!present.contains(source)) {
            out.sources_without_data.push_back(source);
            continue;
        }
        model::Panel panel = TRY(ask(store, books, select, source, as_of, ties));
        const bool is_extract = !panel.complete && select.records == model::RecordKind::Observation
            && as_source_has_it(select, source, books).records == model::RecordKind::Event;
        if (panel.units.empty() || is_extract) {  // a total of some of the events is no total
            out.sources_without_data.push_back(source);
            if (!panel.left_out.empty()) out.emptied.push_back(std::move(panel));
            continue;
        }
        if (!later.contains(source)) later[source] = TRY(store.is_pseudo_real_time(source, as_of));
        panel.pseudo_real_time = later[source];
        out.panels.push_back(std::move(panel));
    }
    return out;
}

/// What the files of each source hold together.
Result<void> read_files(store::Store& store, model::Evidence& evidence) {
    for (const auto& file : TRY(store.files())) {
        if (file.withdrawn_day != no_day && file.withdrawn_day <= evidence.as_of) continue;
        model::SourceState& state = evidence.sources[file.source];
        state.id = file.source;
        state.files += 1;
        state.rows += file.rows - file.known;  // a row that several editions hold is one row
        state.rejected += file.rejected;
        if (file.first_day != no_day && (state.first == no_day || file.first_day < state.first))
            state.first = file.first_day;
        if (file.last_day != no_day && (state.last == no_day || file.last_day > state.last)) state.last = file.last_day;
        if (file.newest_known_day != no_day
            && (state.newest_known == no_day || file.newest_known_day > state.newest_known))
            state.newest_known = file.newest_known_day;
    }
    return {};
}

/// Found once for all Selects that ask for the same.
Result<const model::SameEvents*> matched_for(store::Store& store, const Books& books, const model::Select& select,
                                             model::Evidence& evidence) {
    const model::Select matched = what_is_matched(select);
    auto& known = evidence.same_events[matched];
    if (!known)
        known = std::make_shared<const model::SameEvents>(TRY(same_events(store, books, matched, evidence.as_of)));
    return known.get();
}

/// A ballot has no day of its own: it is as new as the roll calls.
void date_votes(model::Evidence& evidence, const std::vector<pack::SourceCard>& cards) {
    const auto is = [&](const std::string& id, model::RecordKind kind) {
        const auto* card = find_card(cards, id);
        return card && card->record == kind;
    };
    Day first = no_day, last = no_day;
    for (const auto& [id, state] : evidence.sources) {
        if (!is(id, model::RecordKind::RollCall) || state.first == no_day) continue;
        first = first == no_day ? state.first : std::min(first, state.first);
        last = last == no_day ? state.last : std::max(last, state.last);
    }
    for (auto& [id, state] : evidence.sources) {
        if (!is(id, model::RecordKind::Vote) || state.last != no_day) continue;
        state.first = first;
        state.last = last;
    }
}

}  // namespace

Result<model::Participation> participation_of(store::Store* store, const Books& books,
                                              const pack::Instrument& instrument, Day as_of) {
    model::Participation out;
    out.instrument = instrument.id;
    out.known_through = instrument.known.known_through;
    if (store && !instrument.untc.empty()) {
        out.acts = TRY(store->actions("untc", instrument.untc, as_of));
        out.from_table = !out.acts.empty();
        for (const auto& act : out.acts) {
            const auto* card = find_card(books.cards, act.source);
            // a table is as old as its own newest act, whatever the day of the whole collection
            const bool of_table = instrument.known.known_through == no_day && card && card->verified != no_day;
            if (of_table) out.known_through = card->verified;
        }
    }
    if (store) {
        for (auto& act : TRY(store->actions("instrument", instrument.id, as_of))) out.acts.push_back(std::move(act));
    }
    for (const auto& act : instrument.participants) {
        if (act.day == no_day || act.day <= as_of) out.acts.push_back(act);
    }
    std::stable_sort(out.acts.begin(), out.acts.end(), [](const auto& a, const auto& b) {
        return std::tie(a.day, a.participant, a.act) < std::tie(b.day, b.participant, b.act);
    });
    return out;
}

model::Select as_source_has_it(const model::Select& select, const std::string& source, const Books& books) {
    const auto* card = find_card(books.cards, source);
    if (!card || select.records != model::RecordKind::Observation || card->record != model::RecordKind::Event)
        return select;
    const auto total = std::find_if(card->totals.begin(), card->totals.end(),
                                    [&](const pack::EventTotal& one) { return one.id == select.measure; });
    if (total == card->totals.end()) return select;
    model::Select out = select;
    out.records = model::RecordKind::Event;
    out.measure.clear();
    out.kinds = {total->kind};
    out.quantity = total->of;
    return out;
}

Result<model::Evidence> gather(store::Store& store, const Books& books, const std::vector<model::Select>& needs,
                               Day as_of, const std::function<void(std::size_t, std::size_t)>& progress) {
    model::Evidence evidence;
    evidence.as_of = as_of;
    TRY(read_files(store, evidence));
    date_votes(evidence, books.cards);
    std::set<std::string> present;
    for (auto& [id, state] : evidence.sources) {
        for (const auto& naming : TRY(store.odd_namings(id, 0))) {
            state.unplaced += naming.unplaced;
            state.set_aside += naming.summed;
        }
        present.insert(id);
        if (const auto* card = find_card(books.cards, id)) {
            state.title = card->title;
            state.stale_after_days = card->stale_after_days;
            state.licence = card->licence;
            state.attribution = card->attribution;
            const Day newest = std::max(state.last, card->verified);
            state.stale = card->stale_after_days > 0 && newest != no_day && as_of - newest > card->stale_after_days;
        }
    }
    std::vector<model::Select> questions = needs;
    std::sort(questions.begin(), questions.end());
    questions.erase(std::unique(questions.begin(), questions.end()), questions.end());
    const std::size_t all = questions.size() + books.catalogue.instruments.size();
    std::size_t done = 0;
    std::map<std::string, bool> later;  // does a source's evidence come from editions later than as_of?
    Ties ties;
    for (const model::Select& select : questions) {
        for (const std::string& source : select.sources) {
            if (present.contains(source)) TRY(ties.begin(store, select, source, as_of));
        }
    }
    for (const model::Select& select : questions) {
        const model::SameEvents* same = select.matched ? TRY(matched_for(store, books, select, evidence)) : nullptr;
        evidence.answers.emplace(select, TRY(answer(store, books, select, present, later, as_of, ties, same)));
        if (progress) progress(++done, all);
    }
    for (const model::Select& select : questions) {
        if (select.changes_within_days > 0) evidence.lists.emplace(select, TRY(list_history(store, select, as_of)));
    }
    for (const pack::Instrument& instrument : books.catalogue.instruments) {
        evidence.participation.emplace(instrument.id, TRY(participation_of(&store, books, instrument, as_of)));
        if (progress) progress(++done, all);
    }
    return evidence;
}

}  // namespace icosa::harmonise
