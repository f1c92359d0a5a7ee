/// Checks what crosses packs.
#include "app/cross_check.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "app/engines.hpp"
#include "app/source_check.hpp"
#include "engine/check.hpp"
#include "store/store.hpp"

namespace icosa::app {
namespace {

/// What no case of a watch shows: "signal", "stay silent"; "" = both are shown.
std::string cases_lacking(const pack::Watch& watch) {
    bool must_signal = false, must_be_silent = false;
    for (const auto& expect : watch.expects) {
        const bool caret = expect.carets.find('^') != std::string::npos;
        must_signal |= !expect.signals.empty() || expect.state == "signal" || (expect.is_strip() && caret);
        must_be_silent |= !expect.silent.empty() || (!expect.state.empty() && expect.state != "signal")
            || (expect.is_strip() && !caret);
        // a strip with carets is silent everywhere else
        must_be_silent |= expect.is_strip()
            && std::count_if(expect.strip.begin(), expect.strip.end(), [](char c) { return c != ' ' && c != '.'; })
                > std::count(expect.carets.begin(), expect.carets.end(), '^');
    }
    return !must_signal ? "signal" : !must_be_silent ? "stay silent" : "";
}

/// What a matter names and no pack has.
void check_matter(const pack::Matter& matter, const Packs& packs, Diagnostics& faults) {
    const auto fault = [&](const Where& where, std::string code, std::string what, std::string cure) {
        faults.push_back({Fault::Pack, std::move(code), where, std::move(what), std::move(cure)});
    };
    const auto named = fmt::format("matter '{}'", matter.id);
    for (const auto& id : matter.counts) {
        if (!packs.measures.find(id))
            fault(matter.where, "unknown-measure", fmt::format("{} counts '{}'", named, id),
                  "name a measure of packs/measures.toml");
    }
    for (const auto* some : {&matter.seen_by, &matter.between}) {
        for (const auto& id : *some) {
            if (std::ranges::find(matter.counts, id) == matter.counts.end())
                fault(matter.where, "unknown-measure", fmt::format("{} does not count '{}'", named, id),
                      "name in `seen_by` and `between` what stands in `counts`");
        }
    }
    if (!matter.like.empty() && !packs.outcomes.find(matter.like))
        fault(matter.where, "unknown-outcome", fmt::format("{} is like outcome '{}'", named, matter.like),
              "name one of packs/outcomes.toml");
    for (const auto& answer : matter.answers) {
        if (!packs.catalogue.instrument(answer.id) && !packs.catalogue.mechanism(answer.id))
            fault(
                answer.where, "unknown-id",
                fmt::format("{} is answered by '{}', which is neither an instrument nor a mechanism", named, answer.id),
                "see packs/instruments and packs/mechanisms");
    }
}

/// Faults that need more than one pack to be seen.
class CrossCheck {
public:
    CrossCheck(const Packs& packs, Diagnostics& faults) : packs_(packs), faults_(faults) {
        for (const auto& reference : packs.references) reference_keys_.push_back(reference.key);
        for (const auto& section : packs.framework.sections) {
            section_ids_.push_back(section.id);
            for (const auto& clause : section.clauses) clauses_[clause.id] = &clause;
        }
    }

    void run() {
        check_pages();
        check_filed();
        check_outcomes();
        check_differences();
        for (const auto& matter : packs_.matters.all) check_matter(matter, packs_, faults_);
        check_records();
        check_clauses();
        check_sections_named();
        for (const auto& card : packs_.cards) check_card(card);
        check_cites(packs_.likelihood.cites, packs_.likelihood.where, fmt::format("scale '{}'", packs_.likelihood.id));
    }

private:
    void fault(const Where& where, std::string code, std::string what, std::string cure = {}) {
        faults_.push_back({Fault::Pack, std::move(code), where, std::move(what), std::move(cure)});
    }

    void check_card(const pack::SourceCard& card) {
        if (!card.locate.empty() && card.locate != pack::locate_countries && !packs_.places.find_set(card.locate))
            fault(card.where, "unknown-set",
                  fmt::format("source '{}' locates in set '{}', which packs/places does not declare", card.id,
                              card.locate),
                  "declare it in packs/places, or write locate = \"countries\"");
        if (card.locate == pack::locate_countries && card.map.contains("place"))
            fault(card.where, "two-places",
                  fmt::format("source '{}' maps a place and locates its positions in countries", card.id),
                  "drop locate: the place that a source names is taken");
        for (const auto& place : card.coverage.places) {
            if (!packs_.places.find_place(place) && !packs_.places.find_set(place))
                fault(card.where, "unknown-place",
                      fmt::format("source '{}' covers '{}', which packs/places does not declare", card.id, place),
                      "use a place or set id");
        }
        check_cites(card.cite, card.where, fmt::format("source '{}'", card.id));
    }

    void check_cites(const std::vector<std::string>& keys, const Where& where, const std::string& who) {
        for (const auto& key : keys) {
            if (std::find(reference_keys_.begin(), reference_keys_.end(), key) != reference_keys_.end()) continue;
            fault(where, "unknown-citation",
                  fmt::format("{} cites '{}', which references.toml does not hold", who, key),
                  did_you_mean(key, reference_keys_, "add it to references.toml"));
        }
    }

    void check_pages() {
        std::map<std::string, Where> ids;
        std::map<std::string, Where> sections;
        for (const auto& page : packs_.pages) {
            const auto* section = packs_.framework.section(page.section);
            if (!section) {
                // Watches of areas that another framework does not have are simply not shown.
                if (packs_.framework.id == "gsi")
                    fault(page.where, "unknown-section",
                          fmt::format("no section '{}' in framework '{}'", page.section, packs_.framework.id),
                          did_you_mean(page.section, section_ids_, "see the framework's sections"));
                continue;
            }
            if (const auto [at, fresh] = sections.emplace(page.section, page.where); !fresh)
                fault(page.where, "duplicate-section",
                      fmt::format("section '{}' has a second page (the first is {})", page.section, at->second.file),
                      "join the two files");
            for (const auto& none : page.no_data) {
                if (!clauses_.contains(none.clause))
                    fault(none.where, "unknown-clause",
                          fmt::format("no clause '{}' in framework '{}'", none.clause, packs_.framework.id),
                          "see the framework's clauses");
            }
            for (const auto& row : page.rows) check_row(row);
            for (const auto& watch : page.watches) {
                if (const auto [at, fresh] = ids.emplace(watch.id, watch.where); !fresh)
                    fault(watch.where, "duplicate-id",
                          fmt::format("watch '{}' is declared twice (first at {}:{})", watch.id, at->second.file,
                                      at->second.line),
                          "rename one");
                check_watch(watch);
            }
        }
    }

    void check_row(const pack::Row& row) {
        if (!packs_.find_watch(row.watch))
            fault(row.where, "unknown-watch", fmt::format("a row shows watch '{}', which no page declares", row.watch),
                  "see `icosa explain`");
        for (const auto& place : row.places) {
            if (!packs_.places.find_place(place) && !packs_.places.find_set(place))
                fault(row.where, "unknown-place",
                      fmt::format("the row of watch '{}' names '{}', which packs/places does not declare", row.watch,
                                  place),
                      "use a place or set id");
        }
        check_clauses_served(row.clauses, fmt::format("the row of watch '{}'", row.watch), row.where);
    }

    void check_watch(const pack::Watch& watch) {
        const Asker asker{fmt::format("watch '{}'", watch.id), watch.where};
        check_selection(watch.selection, asker, packs_, faults_);
        if (watch.per) check_selection(watch.per->selection, asker, packs_, faults_);
        for (const auto& tell : watch.tells) check_selection(tell.selection, asker, packs_, faults_);
        if (watch.beside) check_selection(watch.beside->selection, asker, packs_, faults_);
        for (const pack::Part& part : watch.parts) check_selection(part.selection, asker, packs_, faults_);
        if (watch.bases) check_selection(*watch.bases, asker, packs_, faults_);
        check_cites(watch.cites, watch.where, fmt::format("watch '{}'", watch.id));
        check_clauses_served(watch.clauses, asker.name, watch.where);
        for (const auto& threat : watch.threats) {
            for (const auto& id : threat.watches) {
                if (!packs_.find_watch(id))
                    fault(watch.where, "unknown-watch",
                          fmt::format("watch '{}' joins watch '{}', which no page declares", watch.id, id),
                          "see `icosa explain`");
            }
        }
        check_words(watch);
        check_expects(watch);
        const engine::Setting setting = packs_.setting(last_possible_day - 1);
        engine::check_watch(engines(), watch, setting, faults_);
        if (const auto* engine = find_engine(watch.engine)) {
            for (const auto& select : engine->needs(watch, setting)) {
                const auto answerable = store::check_answerable(select);
                if (!answerable)
                    fault(watch.where, "unanswerable", fmt::format("watch '{}': {}", watch.id, answerable.error().what),
                          "choose another `unit` or `value`");
            }
        }
    }

    void check_words(const pack::Watch& watch) {
        std::vector<std::string> measures, outcomes;
        for (const auto& one : packs_.measures.all) measures.push_back(one.id);
        for (const auto& one : packs_.outcomes.all) outcomes.push_back(one.id);
        if (!watch.counts.empty() && !packs_.measures.find(watch.counts))
            fault(watch.where, "unknown-measure",
                  fmt::format("watch '{}' counts '{}', which packs/measures.toml does not declare", watch.id,
                              watch.counts),
                  did_you_mean(watch.counts, measures, "declare it there"));
        if (!watch.phrase.empty() && !packs_.phrases.find(watch.phrase))
            fault(watch.where, "unknown-phrase",
                  fmt::format("watch '{}' is told by '{}', which packs/phrases.toml does not have", watch.id,
                              watch.phrase),
                  "write it there");
        for (const auto& tell : watch.tells) {
            if (!tell.names.empty() && packs_.catalogue.groups_of(tell.names).empty())
                fault(watch.where, "unknown-table",
                      fmt::format("watch '{}' takes names from table '{}', which packs/groups does not have", watch.id,
                                  tell.names),
                      "declare it there");
        }
        for (const auto& id : watch.outcomes) {
            const pack::Outcome* outcome = packs_.outcomes.find(id);
            if (outcome && (outcome->within_km > 0) != (watch.selection.unit == model::Unit::PlacePosition))
                fault(watch.where, "bad-outcome",
                      fmt::format("watch '{}' and outcome '{}' do not speak of the same: places, and what is near a "
                                  "position",
                                  watch.id, id),
                      "name an outcome with within_km for a watch by position, one without for others");
            if (!outcome)
                fault(watch.where, "unknown-outcome",
                      fmt::format("watch '{}' warns of '{}', which packs/outcomes.toml does not declare", watch.id, id),
                      did_you_mean(id, outcomes, "declare it there"));
        }
    }

    void check_filed() {
        for (const auto& one : packs_.places.filed()) {
            if (!packs_.places.find_place(one.place))
                fault(one.where, "unknown-place", fmt::format("no place '{}' is declared in packs/places", one.place),
                      "use the id of a place");
            for (const auto& id : one.sources) {
                if (!packs_.find_card(id))
                    fault(one.where, "unknown-source",
                          fmt::format("'{}' is filed by source '{}', for which there is no card", one.place, id),
                          "name a card of packs/sources");
            }
        }
    }

    void check_outcomes() {
        for (const auto& outcome : packs_.outcomes.all)
            check_selection(outcome.selection, {fmt::format("outcome '{}'", outcome.id), outcome.where}, packs_,
                            faults_);
    }

    void check_differences() {
        for (const auto& one : packs_.differences) {
            if (!packs_.find_card(one.source))
                fault(one.where, "unknown-source",
                      fmt::format("difference '{}' is of source '{}', for which there is no card", one.id, one.source),
                      "name a card of packs/sources");
            for (const auto& section : one.sections) {
                // the shipped ones name the sections of the framework they came with
                if (packs_.framework.id == "gsi" && !packs_.framework.section(section))
                    fault(one.where, "unknown-section",
                          fmt::format("difference '{}' stands on '{}', which framework '{}' does not have", one.id,
                                      section, packs_.framework.id),
                          "name a section such as IV.1");
            }
        }
    }

    void check_records() {
        const std::string cure = "make the records anew with `icosa backtest --watches --write`";
        for (const auto& record : packs_.records.all) {
            if (!packs_.find_watch(record.watch))
                fault(record.where, "unknown-watch",
                      fmt::format("a record is of watch '{}', which no pack has", record.watch), cure);
            if (!packs_.outcomes.find(record.outcome))
                fault(record.where, "unknown-outcome",
                      fmt::format("the record of watch '{}' is by outcome '{}', which packs/outcomes.toml does not "
                                  "declare",
                                  record.watch, record.outcome),
                      cure);
        }
    }

    void check_clauses_served(const std::vector<std::string>& clauses, const std::string& who, const Where& where) {
        for (const auto& id : clauses) {
            const auto found = clauses_.find(id);
            if (found == clauses_.end()) {
                fault(where, "unknown-clause",
                      fmt::format("{} serves clause '{}', which framework '{}' does not have", who, id,
                                  packs_.framework.id),
                      "see the framework's clauses");
            } else if (found->second->status != pack::ClauseStatus::Measured) {
                fault(where, "clause-not-measured",
                      fmt::format("{} serves clause '{}', which the framework does not call measured", who, id),
                      fmt::format("set status = \"measured\" at {}:{}", found->second->where.file,
                                  found->second->where.line));
            }
            served_.insert(id);
        }
    }

    /// Each watch shows one case that must signal and one that must not; of a user's own that is advice.
    void check_expects(const pack::Watch& watch) {
        const auto lacks = cases_lacking(watch);
        if (!lacks.empty() && !packs_.is_added(watch.where))
            fault(watch.where, "missing-expect",
                  fmt::format("watch '{}' has no [[expect]] that must {}", watch.id, lacks), "add one of each");
    }

    void check_clauses() {
        for (const auto& section : packs_.framework.sections) {
            for (const auto& clause : section.clauses) {
                if (clause.status == pack::ClauseStatus::Measured && !served_.contains(clause.id))
                    fault(clause.where, "clause-without-watch",
                          fmt::format("clause '{}' is called measured and no watch serves it", clause.id),
                          "name it in a watch's `clauses`, or say why it is not measured");
                for (const auto& id : clause.rests_on) {
                    if (packs_.catalogue.instrument(id) || packs_.catalogue.mechanism(id)
                        || packs_.catalogue.mission(id) || packs_.places.find_set(id))
                        continue;
                    fault(clause.where, "unknown-fact",
                          fmt::format("clause '{}' rests on '{}', which no pack declares", clause.id, id),
                          "name an instrument, mechanism, mandate or set");
                }
            }
        }
    }

    void check_sections_named() {
        if (packs_.framework.id != "gsi") return;  // the catalogue names the sections of the framework it came with
        const auto check = [&](const std::vector<std::string>& sections, const Where& where, const std::string& who) {
            for (const auto& id : sections) {
                if (!packs_.framework.section(id))
                    fault(where, "unknown-section", fmt::format("{} names section '{}'", who, id),
                          did_you_mean(id, section_ids_, "see the framework's sections"));
            }
        };
        for (const auto& one : packs_.catalogue.instruments)
            check(one.areas, one.where, fmt::format("instrument '{}'", one.id));
        for (const auto& one : packs_.catalogue.mechanisms) {
            check(one.areas, one.where, fmt::format("mechanism '{}'", one.id));
            check(one.platforms, one.where, fmt::format("mechanism '{}'", one.id));
        }
    }

    const Packs& packs_;
    Diagnostics& faults_;
    std::vector<std::string> section_ids_;
    std::vector<std::string> reference_keys_;
    std::map<std::string, const pack::Clause*> clauses_;
    std::set<std::string> served_;
};

}  // namespace

std::vector<std::string> watches_with_older_record(const Packs& packs) {
    std::vector<std::string> out;
    for (const auto& record : packs.records.all) {
        const pack::Watch* watch = packs.find_watch(record.watch);
        const pack::Outcome* outcome = packs.outcomes.find(record.outcome);
        if (watch && outcome && record.digest != watch->digest + outcome->digest) out.push_back(record.watch);
    }
    return out;
}

std::vector<std::string> added_without_cases(const Packs& packs) {
    std::vector<std::string> out;
    for (const auto& page : packs.pages) {
        for (const auto& watch : page.watches) {
            if (packs.is_added(watch.where) && !cases_lacking(watch).empty()) out.push_back(watch.id);
        }
    }
    return out;
}

void check_packs(const Packs& packs, Diagnostics& faults) { CrossCheck(packs, faults).run(); }

}  // namespace icosa::app
