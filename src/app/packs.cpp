/// Loads packs and checks what crosses files.
#include "app/packs.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include <fmt/format.h>

#include "app/engines.hpp"
#include "base/hash.hpp"
#include "base/text.hpp"
#include "engine/check.hpp"
#include "store/store.hpp"

namespace icosa::app {
namespace {

namespace fs = std::filesystem;

std::string read_file(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

brief::Reference parse_reference(const std::string& key, const pack::Node& node, Diagnostics& faults) {
    pack::TableReader reader(node, faults, fmt::format("reference '{}'", key));
    const std::string authors = reader.text("authors"), title = reader.text("title"), in = reader.text_or("in", ""),
                      doi = reader.text_or("doi", "");
    const auto year = reader.integer_or("year", 0);
    (void)reader.text("takes");
    const std::string url = reader.text_or("url", doi.empty() ? "" : "https://doi.org/" + doi);
    reader.finish();
    return {key,
            fmt::format("{} ({}). {}.{}{}", authors, year, title, in.empty() ? "" : " ", in.empty() ? "" : in + "."),
            url};
}

/// Faults that need more than one pack to be seen.
class CrossCheck {
public:
    CrossCheck(const Packs& packs, Diagnostics& faults) : packs_(packs), faults_(faults) {
        for (const auto& card : packs.cards) card_ids_.push_back(card.id);
        for (const auto& reference : packs.references) reference_keys_.push_back(reference.key);
        for (const auto& section : packs.framework.sections) {
            section_ids_.push_back(section.id);
            for (const auto& clause : section.clauses) clauses_[clause.id] = &clause;
        }
    }

    void run() {
        check_pages();
        check_clauses();
        check_sections_named();
        for (const auto& card : packs_.cards) check_card(card);
        check_cites(packs_.likelihood.cites, packs_.likelihood.where, fmt::format("scale '{}'", packs_.likelihood.id));
    }

private:
    void fault(const Where& where, std::string code, std::string what, std::string cure = {}) {
        faults_.push_back({Fault::Pack, std::move(code), where, std::move(what), std::move(cure)});
    }

    std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates, std::string otherwise) {
        const auto near = nearest(word, candidates);
        return near ? fmt::format("did you mean '{}'?", *near) : std::move(otherwise);
    }

    void check_card(const pack::SourceCard& card) {
        if (!card.locate.empty() && !packs_.places.find_set(card.locate))
            fault(card.where, "unknown-set",
                  fmt::format("source '{}' locates in set '{}', which packs/places does not declare", card.id,
                              card.locate),
                  "declare it in packs/places");
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

    void check_selection(const pack::Selection& of, const pack::Watch& watch) {
        const Where& where = watch.where;
        for (const auto& id : of.from) {
            const auto* card = packs_.find_card(id);
            if (!card) {
                fault(where, "unknown-source",
                      fmt::format("watch '{}' reads source '{}', for which there is no card", watch.id, id),
                      did_you_mean(id, card_ids_, "add packs/sources/" + id + ".toml"));
                continue;
            }
            const bool ballots = of.records == model::RecordKind::Vote
                && (card->record == model::RecordKind::Vote || card->record == model::RecordKind::RollCall);
            const bool totals = of.records == model::RecordKind::Observation && card->record == model::RecordKind::Event
                && !card->totals.empty();
            if (totals && (of.quantity != model::Quantity::Sum || !of.where.empty() || !of.subjects.empty())) {
                fault(where, "wrong-records",
                      fmt::format("watch '{}' asks source '{}' for totals of events, which are sums of all of them",
                                  watch.id, id),
                      "write value = \"sum\" without where and subjects, or choose another source");
                continue;
            }
            if (card->record != of.records && !ballots && !totals) {
                fault(where, "wrong-records",
                      fmt::format("watch '{}' asks source '{}' for {} records, its card gives {} records", watch.id, id,
                                  model::record_kind_names[static_cast<int>(of.records)],
                                  model::record_kind_names[static_cast<int>(card->record)]),
                      "choose another source or `records`");
                continue;
            }
            if (of.records == model::RecordKind::Event) {
                const auto kinds = pack::kinds_of(*card);
                for (const auto& kind : of.kinds) {
                    if (!kinds.empty() && std::find(kinds.begin(), kinds.end(), kind) == kinds.end()) {
                        fault(where, "unmapped-kind",
                              fmt::format("watch '{}' asks source '{}' for kind '{}', which its card does not map",
                                          watch.id, id, kind),
                              did_you_mean(kind, kinds, fmt::format("it maps {}", join(kinds, ", "))));
                    }
                }
                check_quantity(of, *card, watch);
            }
            if (of.records == model::RecordKind::Observation) {
                std::vector<std::string> measures;
                for (const auto& measure : card->measures) measures.push_back(measure.id);
                for (const auto& total : card->totals) measures.push_back(total.id);
                if (std::find(measures.begin(), measures.end(), of.measure) == measures.end()) {
                    fault(where, "unmapped-measure",
                          fmt::format("watch '{}' asks source '{}' for measure '{}', which its card does not map",
                                      watch.id, id, of.measure),
                          did_you_mean(of.measure, measures, fmt::format("it maps {}", join(measures, ", "))));
                }
            }
        }
    }

    /// The column that a quantity or a unit needs must be mapped.
    void check_quantity(const pack::Selection& of, const pack::SourceCard& card, const pack::Watch& watch) {
        const auto need = [&](std::string_view field) {
            if (card.map.contains(std::string(field))) return;
            fault(watch.where, "unmapped-column",
                  fmt::format("watch '{}' needs '{}' of source '{}', whose card does not map it", watch.id, field,
                              card.id),
                  fmt::format("map it in packs/sources/{}.toml", card.id));
        };
        switch (of.quantity) {
            case model::Quantity::Low: need("low"); break;
            case model::Quantity::Best: need("best"); break;
            case model::Quantity::High: need("high"); break;
            case model::Quantity::Mentions: need("mentions"); break;
            case model::Quantity::Intensity:
            case model::Quantity::IntensityMean:
            case model::Quantity::Balance:
            case model::Quantity::NetworkBalance: need("intensity"); break;
            default: break;
        }
        for (const auto& condition : of.where) {
            if (condition.field == model::Condition::Field::Intensity) need("intensity");
            if (condition.field == model::Condition::Field::Mentions) need("mentions");
            if (condition.field == model::Condition::Field::Best) need("best");
        }
        if (of.unit == model::Unit::Dyad || of.unit == model::Unit::Actor) need("actor1");
        if (of.unit == model::Unit::Dyad) need("actor2");
        if (of.unit == model::Unit::Subject || of.unit == model::Unit::PlaceSubject) need("subject");
        const bool placed = card.map.contains("place") || card.map.contains("at") || card.map.contains("latitude")
            || !card.locate.empty();
        if ((of.unit == model::Unit::Place || of.unit == model::Unit::PlaceSubject) && !placed) need("place");
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

    void check_watch(const pack::Watch& watch) {
        check_selection(watch.selection, watch);
        if (watch.per) check_selection(watch.per->selection, watch);
        if (watch.beside) check_selection(watch.beside->selection, watch);
        check_cites(watch.cites, watch.where, fmt::format("watch '{}'", watch.id));
        for (const auto& id : watch.clauses) {
            const auto found = clauses_.find(id);
            if (found == clauses_.end()) {
                fault(watch.where, "unknown-clause",
                      fmt::format("watch '{}' serves clause '{}', which framework '{}' does not have", watch.id, id,
                                  packs_.framework.id),
                      "see the framework's clauses");
            } else if (found->second->status != pack::ClauseStatus::Measured) {
                fault(watch.where, "clause-not-measured",
                      fmt::format("watch '{}' serves clause '{}', which the framework does not call measured", watch.id,
                                  id),
                      fmt::format("set status = \"measured\" at {}:{}", found->second->where.file,
                                  found->second->where.line));
            }
            served_.insert(id);
        }
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
        if (!must_signal || !must_be_silent)
            fault(watch.where, "missing-expect",
                  fmt::format("watch '{}' has no [[expect]] that must {}", watch.id,
                              must_signal ? "stay silent" : "signal"),
                  "add one of each");
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

    void check_clauses() {
        for (const auto& section : packs_.framework.sections) {
            for (const auto& clause : section.clauses) {
                if (clause.status == pack::ClauseStatus::Measured && !served_.contains(clause.id))
                    fault(clause.where, "clause-without-watch",
                          fmt::format("clause '{}' is called measured and no watch serves it", clause.id),
                          "name it in a watch's `clauses`, or say why it is not measured");
                for (const auto& id : clause.rests_on) {
                    if (packs_.catalogue.instrument(id) || packs_.catalogue.mechanism(id)
                        || packs_.catalogue.mandate(id) || packs_.places.find_set(id))
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
    std::vector<std::string> card_ids_;
    std::vector<std::string> section_ids_;
    std::vector<std::string> reference_keys_;
    std::map<std::string, const pack::Clause*> clauses_;
    std::set<std::string> served_;
};

}  // namespace

const pack::SourceCard* Packs::find_card(std::string_view id) const {
    for (const auto& card : cards) {
        if (card.id == id) return &card;
    }
    return nullptr;
}

const pack::Watch* Packs::find_watch(std::string_view id) const {
    for (const auto& page : pages) {
        for (const auto& watch : page.watches) {
            if (watch.id == id) return &watch;
        }
    }
    return nullptr;
}

const pack::AreaPack* Packs::page_of(std::string_view section) const {
    for (const auto& page : pages) {
        if (page.section == section) return &page;
    }
    return nullptr;
}

engine::Setting Packs::setting(Day as_of) const {
    engine::Setting out{as_of, places, catalogue, grades, {}, likelihood};
    for (const auto& card : cards)
        out.sources[card.id] = {card.title, card.publisher, card.note, card.stale_after_days};
    return out;
}

std::string packs_directory(const std::string& given) {
    if (!given.empty()) return given;
    std::error_code error;
    const fs::path binary = fs::read_symlink("/proc/self/exe", error);
    // PREFIX/bin/icosa finds PREFIX/share/icosa/packs, build/release/icosa the packs of the source tree above it.
    for (fs::path up = binary.parent_path(); !error && up.has_relative_path(); up = up.parent_path()) {
        for (const char* place : {"share/icosa/packs", "packs"}) {
            if (fs::is_directory(up / place / "framework")) return (up / place).string();
        }
    }
    return ICOSA_INSTALL_PREFIX "/share/icosa/packs";
}

Packs load_packs(const std::string& directory, const std::string& framework, Diagnostics& faults) {
    Packs packs;
    packs.directory = directory;
    if (!fs::is_directory(directory)) {
        faults.push_back(
            {Fault::Pack, "no-packs", {directory}, "there is no such directory of packs", "name it with --packs DIR"});
        return packs;
    }
    Digest digest;
    const auto load = [&](const std::string& path) -> std::optional<pack::Node> {
        std::error_code error;
        if (!fs::is_regular_file(path, error)) {
            faults.push_back({Fault::Pack, "missing-file", {path}, "there is no such file", "check the path"});
            return std::nullopt;
        }
        const std::string text = read_file(path);
        digest.add(text);
        auto node = pack::parse_toml(text, path);
        if (!node) {
            faults.push_back(node.error());
            return std::nullopt;
        }
        return std::move(*node);
    };
    const auto each = [&](const std::string& folder, const auto& read) {
        for (const auto& path : pack::toml_files(directory + "/" + folder)) {
            if (const auto node = load(path)) read(*node);
        }
    };
    each("places", [&](const pack::Node& node) { packs.places.read(node, faults); });
    packs.places.check(faults);
    for (const char* folder : {"instruments", "mechanisms", "mandates"}) {
        each(folder, [&](const pack::Node& node) { packs.catalogue.read(node, faults); });
    }
    packs.catalogue.check(packs.places, faults);
    packs.cards = pack::load_source_cards(directory + "/sources", faults);
    for (const auto& path : pack::toml_files(directory + "/sources")) digest.add(read_file(path));
    if (const auto node = load(framework.empty() ? directory + "/framework/gsi.toml" : framework))
        packs.framework = pack::parse_framework(*node, faults);
    if (const auto node = load(directory + "/grades.toml")) packs.grades = pack::parse_grades(*node, faults);
    if (const auto node = load(directory + "/likelihood.toml"))
        packs.likelihood = pack::parse_likelihood(*node, faults);
    for (const char* folder : {"areas", "principles", "platforms"}) {
        each(folder, [&](const pack::Node& node) { packs.pages.push_back(pack::parse_area(node, faults)); });
    }
    for (const std::string& path : {directory + "/references.toml", directory + "/../references.toml"}) {
        if (!fs::exists(path)) continue;
        if (const auto node = load(path)) {
            for (const auto& [key, entry] : node->members)
                packs.references.push_back(parse_reference(key, entry, faults));
        }
        break;
    }
    packs.digest = digest.hexadecimal();
    return packs;
}

void check_packs(const Packs& packs, Diagnostics& faults) { CrossCheck(packs, faults).run(); }

Result<Packs> good_packs(const std::string& directory, const std::string& framework) {
    Diagnostics faults;
    Packs packs = load_packs(packs_directory(directory), framework, faults);
    if (faults.empty()) return packs;
    Error first = faults.front();
    if (faults.size() > 1)
        first.cure += fmt::format("{}`icosa check` shows all {} faults", first.cure.empty() ? "" : "; ", faults.size());
    return std::unexpected(std::move(first));
}

Result<pack::LikelihoodScale> likelihood_scale(const std::string& given) {
    const auto file = TRY(pack::load_toml(packs_directory(given) + "/likelihood.toml"));
    Diagnostics faults;
    auto scale = pack::parse_likelihood(file, faults);
    if (!faults.empty()) return std::unexpected(std::move(faults.front()));
    return scale;
}

}  // namespace icosa::app
