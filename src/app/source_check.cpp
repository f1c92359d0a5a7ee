/// Selections against source cards.
#include "app/source_check.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"
#include "harmonise/duplicates.hpp"

namespace icosa::app {
namespace {

/// One selection against the cards of its sources.
class SelectionCheck {
public:
    SelectionCheck(const pack::Selection& of, const Asker& asker, Diagnostics& faults)
        : of_(of), asker_(asker), faults_(faults) {}

    void against(const pack::SourceCard& card) {
        if (!check_records(card)) return;
        if (of_.records == model::RecordKind::Event) {
            check_kinds(card);
            check_columns(card);
        }
        if (of_.records == model::RecordKind::Observation) check_measure(card);
    }

    /// Sources whose events are to be counted once.
    void together(const Packs& packs) {
        if (!of_.matched) return;
        using enum model::Quantity;
        constexpr model::Quantity summed[] = {Count, Low, Best, High, Civilians};
        constexpr std::size_t most_sources = 4;
        if (of_.records != model::RecordKind::Event || std::ranges::find(summed, of_.quantity) == std::end(summed))
            fault("not-matched", fmt::format("{} asks for matched sources, but sums no events", asker_.name),
                  "leave `matched` out, or count events, or sum their fatalities");
        if (of_.from.size() < 2 || of_.from.size() > most_sources)
            fault("not-matched",
                  fmt::format("{} asks for matched events of {} source{}", asker_.name, of_.from.size(),
                              of_.from.size() == 1 ? "" : "s"),
                  fmt::format("name 2 to {} in `from`", most_sources));
        for (std::size_t a = 0; a < of_.from.size(); ++a) {
            for (std::size_t b = a + 1; b < of_.from.size(); ++b) {
                if (of_.from[a] == of_.from[b]) {
                    fault("not-matched", fmt::format("{} asks for '{}' twice", asker_.name, of_.from[a]),
                          "name each source once: two events of one source are never one");
                    continue;
                }
                const auto found =
                    harmonise::taxonomy_of_both(packs.books(), of_.matched->taxonomy, of_.from[a], of_.from[b]);
                if (!found) fault(found.error().code, asker_.name + ": " + found.error().what, found.error().cure);
            }
        }
    }

private:
    void fault(std::string code, std::string what, std::string cure) {
        faults_.push_back({Fault::Pack, std::move(code), asker_.where, std::move(what), std::move(cure)});
    }

    /// Whether it gives the records that are asked for; ballots and their roll calls, events and their totals go
    /// together.
    bool check_records(const pack::SourceCard& card) {
        const bool ballots = of_.records == model::RecordKind::Vote
            && (card.record == model::RecordKind::Vote || card.record == model::RecordKind::RollCall);
        const bool totals = of_.records == model::RecordKind::Observation && card.record == model::RecordKind::Event
            && !card.totals.empty();
        if (totals && (of_.quantity != model::Quantity::Sum || !of_.where.empty() || !of_.subjects.empty())) {
            fault("wrong-records",
                  fmt::format("{} asks source '{}' for totals of events, which are sums of all of them", asker_.name,
                              card.id),
                  "write value = \"sum\" without where and subjects, or choose another source");
            return false;
        }
        if (card.record != of_.records && !ballots && !totals) {
            fault("wrong-records",
                  fmt::format("{} asks source '{}' for {} records, its card gives {} records", asker_.name, card.id,
                              model::record_kind_names[static_cast<int>(of_.records)],
                              model::record_kind_names[static_cast<int>(card.record)]),
                  "choose another source or `records`");
            return false;
        }
        return true;
    }

    void check_kinds(const pack::SourceCard& card) {
        const auto kinds = pack::kinds_of(card);
        for (const auto& kind : of_.kinds) {
            if (!kinds.empty() && std::find(kinds.begin(), kinds.end(), kind) == kinds.end()) {
                fault("unmapped-kind",
                      fmt::format("{} asks source '{}' for kind '{}', which its card does not map", asker_.name,
                                  card.id, kind),
                      did_you_mean(kind, kinds, fmt::format("it maps {}", join(kinds, ", "))));
            }
        }
    }

    void check_measure(const pack::SourceCard& card) {
        std::vector<std::string> measures;
        for (const auto& measure : card.measures) measures.push_back(measure.id);
        for (const auto& total : card.totals) measures.push_back(total.id);
        if (std::find(measures.begin(), measures.end(), of_.measure) == measures.end()) {
            fault("unmapped-measure",
                  fmt::format("{} asks source '{}' for measure '{}', which its card does not map", asker_.name, card.id,
                              of_.measure),
                  did_you_mean(of_.measure, measures, fmt::format("it maps {}", join(measures, ", "))));
        }
    }

    /// The column that a quantity or a unit needs must be mapped.
    void check_columns(const pack::SourceCard& card) {
        const auto need = [&](std::string_view field) {
            if (card.map.contains(std::string(field))) return;
            fault("unmapped-column",
                  fmt::format("{} needs '{}' of source '{}', whose card does not map it", asker_.name, field, card.id),
                  fmt::format("map it in packs/sources/{}.toml", card.id));
        };
        switch (of_.quantity) {
            case model::Quantity::Last: need(of_.measure); break;
            case model::Quantity::Low: need("low"); break;
            case model::Quantity::Best: need("best"); break;
            case model::Quantity::High: need("high"); break;
            case model::Quantity::Civilians: need("civilians"); break;
            case model::Quantity::Mentions: need("mentions"); break;
            case model::Quantity::Intensity:
            case model::Quantity::IntensityMean:
            case model::Quantity::Balance:
            case model::Quantity::NetworkBalance: need("intensity"); break;
            default: break;
        }
        for (const auto& condition : of_.where) {
            if (condition.field == model::Condition::Field::Intensity) need("intensity");
            if (condition.field == model::Condition::Field::Mentions) need("mentions");
            if (condition.field == model::Condition::Field::Sources) need("sources");
            if (condition.field == model::Condition::Field::Best) need("best");
        }
        if (of_.unit == model::Unit::Dyad || of_.unit == model::Unit::Actor) need("actor1");
        if (of_.unit == model::Unit::Dyad) need("actor2");
        if (of_.unit == model::Unit::Subject || of_.unit == model::Unit::PlaceSubject
            || of_.unit == model::Unit::SubjectPlace || of_.unit == model::Unit::SubjectHead
            || of_.unit == model::Unit::SubjectPosition)
            need("subject");
        if ((of_.unit == model::Unit::PlacePosition || of_.unit == model::Unit::SubjectPosition)
            && !card.map.contains("at"))
            need("latitude");
        const bool placed = card.map.contains("place") || card.map.contains("at") || card.map.contains("latitude")
            || !card.locate.empty();
        if ((of_.unit == model::Unit::Place || of_.unit == model::Unit::PlaceSubject) && !placed) need("place");
    }

    const pack::Selection& of_;
    const Asker& asker_;
    Diagnostics& faults_;
};

}  // namespace

std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates, std::string otherwise) {
    const auto near = nearest(word, candidates);
    return near ? fmt::format("did you mean '{}'?", *near) : std::move(otherwise);
}

void check_selection(const pack::Selection& of, const Asker& asker, const Packs& packs, Diagnostics& faults) {
    const auto has_rules = [&](const std::string& id) { return !packs.credibility.rules_of(id).empty(); };
    if (of.credible > 0 && std::ranges::none_of(of.from, has_rules))
        faults.push_back({Fault::Pack, "no-rules", asker.where,
                          fmt::format("{} asks for events of a credibility, which no source of it has", asker.name),
                          "take out 'credible', or write rules for a source in packs/credibility.toml"});
    SelectionCheck check(of, asker, faults);
    check.together(packs);
    for (const auto& id : of.from) {
        if (const auto* card = packs.find_card(id)) {
            check.against(*card);
            continue;
        }
        std::vector<std::string> ids;
        for (const auto& known : packs.cards) ids.push_back(known.id);
        faults.push_back({Fault::Pack, "unknown-source", asker.where,
                          fmt::format("{} reads source '{}', for which there is no card", asker.name, id),
                          did_you_mean(id, ids, "add packs/sources/" + id + ".toml")});
    }
}

}  // namespace icosa::app
