/// entity-screening: who was put on, taken off, or described anew on a list, regime by regime; by reference number.
#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include <fmt/format.h>

#include "base/text.hpp"
#include "detect/engines.hpp"
#include "engine/check.hpp"
#include "engine/grading.hpp"
#include "engine/select.hpp"
#include "engine/wording.hpp"
#include "model/phrasing.hpp"

namespace icosa::detect {
namespace {

using engine::Setting;
using model::ChangeKind;
using model::ListedChange;
using model::ListHistory;
using pack::choice_option;
using pack::text_option;
using pack::whole_option;

constexpr std::size_t most_references = 8;
constexpr int news_within_days = 60;

constexpr pack::Field list_changes_fields[] = {
    whole_option("days", "how far back the edition lies that the newest is compared with")
        .in("days")
        .within(1, 36500)
        .by_default("90"),
    choice_option("changes", "any|entries", "amended entries too, or only those put on and taken off")
        .by_default("any"),
    whole_option("at_least", "fewer of a regime do not signal").in("changes").within(1, 100000).by_default("1"),
};
constexpr pack::Spec list_changes_spec{
    "list-changes", "What changed between the editions of a list?", list_changes_fields, {}, {}};
constexpr const pack::Spec* screening_specs[] = {&list_changes_spec};

/// Whose regime it is, by an id of the packs that has a name in each language; "" = not known here.
std::string_view holder_of(std::string_view regime) {
    static const std::map<std::string_view, std::string_view> holders = {{"isil-al-qaida", "committee-1267"},
                                                                         {"taliban", "committee-1988"},
                                                                         {"dprk", "prk"},
                                                                         {"iran", "irn"},
                                                                         {"iraq", "irq"},
                                                                         {"drc", "cod"},
                                                                         {"libya", "lby"},
                                                                         {"somalia", "som"},
                                                                         {"central-african-republic", "caf"},
                                                                         {"sudan", "sdn"},
                                                                         {"yemen", "yem"},
                                                                         {"haiti", "hti"},
                                                                         {"guinea-bissau", "gnb"},
                                                                         {"south-sudan", "ssd"}};
    const auto found = holders.find(regime);
    return found == holders.end() ? std::string_view() : found->second;
}

Result<pack::Options> screening_options(const pack::Watch& watch) {
    Diagnostics faults;
    pack::Options out = pack::parse_options(watch.judging.method, list_changes_spec, faults);
    if (!faults.empty()) return std::unexpected(faults.front());
    return out;
}

std::vector<model::Select> screening_needs(const pack::Watch& watch, const Setting& setting) {
    const auto options = screening_options(watch);
    auto select = engine::select_of(watch.selection, setting);
    if (!options || !select) return {};
    select->unit = model::Unit::World;
    select->changes_within_days = options->whole("days");
    return {std::move(*select)};
}

/// The changes of one regime, counted.
struct Tallied {
    std::vector<const ListedChange*> all;
    double kinds[3] = {};

    [[nodiscard]] std::string references() const {
        std::vector<std::string> out;
        for (const ListedChange* one : all) {
            constexpr std::string_view signs[] = {"+", "-", "~"};
            out.push_back(std::string(signs[static_cast<std::size_t>(one->kind)]) + one->reference);
        }
        const std::size_t count = out.size();
        if (count > most_references) out.resize(most_references);
        return join(out, ", ") + (count > most_references ? fmt::format(" (+{})", count - most_references) : "");
    }
};

class EntityScreening {
public:
    EntityScreening(const pack::Watch& watch, const Setting& setting, const pack::Options& options,
                    const ListHistory& history)
        : watch_(watch), setting_(setting), options_(options), history_(history) {}

    [[nodiscard]] model::WatchFinding finding() {
        model::WatchFinding out = engine::head_of(watch_);
        if (history_.source.empty() || history_.newest > setting_.as_of) {
            out.reading = "no data of an edition of the list with its day";
            return out;
        }
        out.source = history_.source;
        out.observed_through = history_.newest;
        if (const auto& note = facts().note; !note.empty()) out.caveats.push_back(note);
        if (history_.base == no_day) {
            out.reading =
                fmt::format("no data to compare, one edition alone, of {}: {}", iso(history_.newest), sizes());
            return out;
        }
        std::map<std::string, Tallied> by_regime;
        for (const std::string& regime : watch_.selection.kinds) by_regime[regime];
        for (const ListedChange& one : history_.changes) {
            if (one.kind == ChangeKind::Amended && options_.text("changes") == "entries") continue;
            Tallied& of = by_regime[one.regime];
            of.all.push_back(&one);
            ++of.kinds[static_cast<std::size_t>(one.kind)];
        }
        out.units_examined = static_cast<std::int64_t>(by_regime.size());
        std::vector<std::string> said;
        for (const auto& [regime, changes] : by_regime) {
            said.push_back(fmt::format("{} {}", regime, changes.all.size()));
            if (static_cast<int>(changes.all.size()) >= options_.whole("at_least"))
                out.signals.push_back(signal_of(regime, changes));
        }
        out.reading = fmt::format("changes between the editions of {} and {}: {}; on it: {}", iso(history_.base),
                                  iso(history_.newest), join(said, ", "), sizes());
        out.state = out.signals.empty() ? model::State::Quiet : model::State::Signal;
        const int stale_after = facts().stale_after_days;
        if (stale_after > 0 && setting_.as_of - history_.newest > stale_after) {
            out.state = model::State::Stale;
            out.last_seen = out.reading;
            out.reading = fmt::format("not known since {}: the newest edition of the list", iso(history_.newest));
            out.signals.clear();
        }
        return out;
    }

private:
    [[nodiscard]] const engine::SourceFacts& facts() const {
        static const engine::SourceFacts none;
        const auto found = setting_.sources.find(history_.source);
        return found == setting_.sources.end() ? none : found->second;
    }

    [[nodiscard]] std::string sizes() const {
        std::vector<std::string> out;
        for (const auto& [regime, count] : history_.entries) out.push_back(fmt::format("{} {}", regime, count));
        return out.empty() ? "nobody" : join(out, ", ");
    }

    [[nodiscard]] model::Signal signal_of(const std::string& regime, const Tallied& changes) const {
        const bool is_council = history_.source == "un-list";
        model::Signal out;
        out.subject = regime;
        out.subject_title =
            is_council ? regime : fmt::format("{} ({})", engine::source_title(setting_, history_.source), regime);
        out.period = iso(history_.newest);
        out.id = fmt::format("{}/{}/{}", watch_.id, regime, out.period);
        out.observed = static_cast<double>(changes.all.size());
        out.expected = std::nan("");
        out.threshold = options_.number("at_least");
        out.severity = {out.observed, watch_.severity_unit};
        out.size = engine::size_of(0, 1, setting_.grades);
        constexpr int one_change_days = 400;  // editions further apart tell of years, not of what is new
        const bool is_news =
            setting_.as_of - history_.newest <= news_within_days && history_.newest - history_.base <= one_change_days;
        out.course.change = is_news ? model::Change::New : model::Change::StillHigh;
        out.lateness_days = setting_.as_of - history_.newest;
        out.confidence = model::Confidence::High;
        out.confidence_why = "the list's own editions, compared entry by entry";
        out.reason =
            fmt::format("{}, editions of {} and {}: {} added, {} removed, {} amended: {}", regime, iso(history_.base),
                        out.period, changes.kinds[0], changes.kinds[1], changes.kinds[2], changes.references());
        const std::string holder(holder_of(regime));
        const bool is_named = is_council && !holder.empty();
        model::Phrasing phrase(is_named ? "screening.changes" : "screening.changes.national");
        if (is_named) phrase.named("regime", holder);
        else phrase.text("list", engine::source_title(setting_, history_.source)).text("regime", regime);
        out.phrase = phrase.number("added", changes.kinds[0])
                         .number("removed", changes.kinds[1])
                         .number("amended", changes.kinds[2])
                         .day("since", history_.base)
                         .day("day", history_.newest)
                         .text("references", changes.references())
                         .phrase();
        out.lineage.rows = static_cast<std::int64_t>(changes.all.size());
        out.lineage.sources = {history_.source};
        for (const ListedChange* one : changes.all) out.lineage.files.push_back({one->file, one->line});
        std::sort(out.lineage.files.begin(), out.lineage.files.end(),
                  [](const auto& a, const auto& b) { return std::tie(a.file, a.line) < std::tie(b.file, b.line); });
        out.cites = watch_.cites;
        out.caveats = watch_.caveats;
        if (!is_council) out.caveats.push_back("a national measure, no decision of the Security Council");
        return out;
    }

    const pack::Watch& watch_;
    const Setting& setting_;
    const pack::Options& options_;
    const ListHistory& history_;
};

Result<model::WatchFinding> run_screening(const model::Evidence& evidence, const pack::Watch& watch,
                                          const Setting& setting) {
    const pack::Options options = TRY(screening_options(watch));
    static const ListHistory none;
    const auto selects = screening_needs(watch, setting);
    const auto found = selects.empty() ? evidence.lists.end() : evidence.lists.find(selects.front());
    return EntityScreening(watch, setting, options, found == evidence.lists.end() ? none : found->second).finding();
}

void check_screening(const pack::Watch& watch, const Setting& setting, Diagnostics& faults) {
    engine::check_selection(watch, watch.selection, setting, faults);
    if (watch.selection.records != model::RecordKind::Designation)
        faults.push_back({Fault::Pack, "bad-records", engine::at(watch, "records"),
                          fmt::format("watch '{}' does not ask for designations", watch.id),
                          "write records = \"designation\""});
    if (watch.selection.kinds.empty())
        faults.push_back({Fault::Pack, "missing-key", watch.where, fmt::format("watch '{}' names no regime", watch.id),
                          "add kind = [\"taliban\"]: each regime signals for itself"});
}

/// Each period is the changes of one regime within it.
Result<std::vector<int>> screening_strip(const pack::Watch& watch, const std::vector<double>& values) {
    const pack::Options options = TRY(screening_options(watch));
    std::vector<int> out;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (values[i] >= options.number("at_least")) out.push_back(static_cast<int>(i));
    }
    return out;
}

constexpr pack::Field entity_screening_fields[] = {
    text_option("from", "lists in order of preference; of those but the Council's own each is a national measure"),
    text_option("records", "designation"),
    text_option("kind", "regimes, as the source cards name them; each signals for itself"),
    text_option("severity_unit", "what a severity counts"),
};
constexpr std::string_view entity_screening_examples[] = {
    "engine = \"entity-screening\"; from = [\"un-list\"]; records = \"designation\"; kind = [\"taliban\"]; method = { "
    "name = \"list-changes\", days = 90 }"};
constexpr pack::Spec entity_screening_spec{
    "entity-screening",
    "Who was put on a list of designees, taken off or described anew between two editions in the store, regime by "
    "regime and by reference number; no name leaves the store.",
    entity_screening_fields,
    entity_screening_examples,
    {}};

}  // namespace

const engine::Engine& entity_screening() {
    static const engine::Engine row{
        "entity-screening", entity_screening_spec, screening_specs, screening_needs, engine::one_by_one<run_screening>,
        check_screening,    screening_strip};
    return row;
}

}  // namespace icosa::detect
