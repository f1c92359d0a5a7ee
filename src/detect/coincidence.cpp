/// coincidence: the places where several kinds of threat signal together, told of the findings of other watches.
#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <optional>

#include <fmt/format.h>

#include "base/text.hpp"
#include "detect/engines.hpp"
#include "engine/check.hpp"
#include "engine/grading.hpp"
#include "engine/wording.hpp"
#include "methods/statistics/coincidence.hpp"

namespace icosa::detect {
namespace {

using engine::Setting;
using model::Signal;
using model::WatchFinding;
using pack::number_option;
using pack::text_option;
using pack::whole_option;

constexpr pack::Field together_fields[] = {
    whole_option("window", "signals of two kinds count as together when their periods end within so many days")
        .in("days")
        .within(0, 3660)
        .by_default("366"),
    whole_option("least", "kinds of threat that make a signal").within(2, 9).by_default("2"),
    whole_option("permutations", "of each kind over the places, for what chance would give")
        .within(99, 99999)
        .by_default("999"),
};
constexpr pack::Spec together_spec{
    "together", "Kinds of threat at one place, beside what permuting the places would give.", together_fields, {}, {}};
constexpr const pack::Spec* specs[] = {&together_spec};

constexpr std::uint64_t seed = 20260801;

/// The newest standing signal of a kind at a place.
struct NewestSignal {
    const Signal* signal = nullptr;
    const WatchFinding* watch = nullptr;
    Day end = no_day;
};
using ByPlace = std::map<std::string, NewestSignal>;

std::optional<Day> end_of_period(const std::string& label) {
    if (const auto day = parse_iso_day(label)) return day;
    for (const PeriodKind kind : {PeriodKind::Month, PeriodKind::Quarter, PeriodKind::Week, PeriodKind::Year}) {
        if (const auto period = parse_period(label, kind)) return last_day_of(*period, kind);
    }
    return std::nullopt;
}

/// What has fallen, or is back, threatens no more.
bool stands(const Signal& signal) {
    return signal.course.change != model::Change::Falling && signal.course.change != model::Change::BackInRange;
}

bool is_country(const Setting& setting, const std::string& id) {
    const auto* place = setting.places.find_place(id);
    return place && (place->kind == "state" || place->kind == "territory" || place->kind == "disputed");
}

const WatchFinding* finding_of(std::span<const WatchFinding* const> findings, const std::string& id) {
    const auto found = std::ranges::find_if(findings, [&](const WatchFinding* one) { return one->id == id; });
    return found == findings.end() ? nullptr : *found;
}

/// The larger grade first, then the newer.
bool is_better(const Signal& signal, Day end, const NewestSignal& than) {
    if (!than.signal || end != than.end) return !than.signal || end > than.end;
    return signal.grade > than.signal->grade;
}

class Together {
public:
    Together(const pack::Watch& watch, const Setting& setting, const pack::Options& options)
        : watch_(watch), setting_(setting), options_(options) {}

    void gather(std::span<const WatchFinding* const> findings) {
        for (const pack::Threat& threat : watch_.threats) {
            ByPlace& places = kinds_.emplace_back();
            for (const std::string& id : threat.watches) {
                const WatchFinding* finding = finding_of(findings, id);
                if (!finding || finding->state == model::State::NoData || finding->state == model::State::Stale)
                    continue;
                told_through_ = std::max(told_through_, finding->observed_through);
                ++watches_told_;
                for (const Signal& signal : finding->signals) add(signal, *finding, places);
            }
        }
    }

    [[nodiscard]] WatchFinding finding() {
        WatchFinding out = engine::head_of(watch_);
        out.observed_through = told_through_;
        if (watches_told_ == 0) {
            out.reading = "none of the watches that it joins speaks of the day";
            return out;
        }
        const auto units = units_of();
        const methods::Coincidence found = count(units);
        out.units_examined = static_cast<std::int64_t>(units.size());
        out.signals_expected_by_chance = found.expected;
        const int least = options_.whole("least");
        for (std::size_t i = 0; i < units.size(); ++i) {
            if (found.kinds[i] >= least) out.signals.push_back(signal_at(units[i], found.kinds[i]));
        }
        std::ranges::stable_sort(out.signals, [](const Signal& a, const Signal& b) { return a.observed > b.observed; });
        out.state = out.signals.empty() ? model::State::Quiet : model::State::Signal;
        out.reading = reading(found);
        return out;
    }

private:
    void add(const Signal& signal, const WatchFinding& finding, ByPlace& places) const {
        const auto end = end_of_period(signal.period);
        if (!end || !stands(signal)) return;
        for (const std::string_view part : split(signal.subject, '|')) {
            const std::string id(part);
            if (!is_country(setting_, id)) continue;
            NewestSignal& one = places[id];
            if (is_better(signal, *end, one)) one = {&signal, &finding, *end};
        }
    }

    /// The states of the set, and what else signals; sorted.
    [[nodiscard]] std::vector<std::string> units_of() const {
        std::vector<std::string> out;
        if (const auto members = setting_.places.members(watch_.among, setting_.as_of))
            out = {members->begin(), members->end()};
        for (const ByPlace& places : kinds_) {
            for (const auto& [place, one] : places) out.push_back(place);
        }
        std::ranges::sort(out);
        out.erase(std::unique(out.begin(), out.end()), out.end());
        return out;
    }

    [[nodiscard]] methods::Coincidence count(const std::vector<std::string>& units) const {
        std::vector<std::vector<methods::Mark>> marks;
        for (const ByPlace& places : kinds_) {
            auto& of = marks.emplace_back();
            for (const auto& [place, one] : places) {
                const auto at = std::ranges::lower_bound(units, place) - units.begin();
                of.push_back({static_cast<int>(at), one.end - day_of(1970, 1, 1)});
            }
        }
        return methods::coincidence(marks, static_cast<int>(units.size()), options_.whole("window"),
                                    options_.whole("permutations"), seed);
    }

    /// The latest day from which on so many kinds end within the window.
    [[nodiscard]] Day window_of(const std::string& place, int kinds) const {
        std::vector<Day> ends;
        for (const ByPlace& places : kinds_) {
            if (const auto found = places.find(place); found != places.end()) ends.push_back(found->second.end);
        }
        std::ranges::sort(ends, std::greater<>());
        for (const Day first : ends) {
            const auto within = std::ranges::count_if(
                ends, [&](Day end) { return end >= first && end <= first + options_.whole("window"); });
            if (within >= kinds) return first;
        }
        return ends.empty() ? no_day : ends.back();
    }

    [[nodiscard]] Signal signal_at(const std::string& place, int kinds) const {
        Signal out;
        out.subject = place;
        out.subject_title = setting_.places.title_of(place);
        std::vector<std::string> parts;
        Day newest = no_day;
        const Day first = window_of(place, kinds);
        std::vector<model::Confidence> sure;
        for (std::size_t k = 0; k < kinds_.size(); ++k) {
            const auto found = kinds_[k].find(place);
            if (found == kinds_[k].end()) continue;
            const NewestSignal& one = found->second;
            if (one.end < first || one.end > first + options_.whole("window")) continue;
            const pack::Title& name = watch_.threats[k].title;
            if (one.end > newest) {
                newest = one.end;
                out.period = one.signal->period;
                out.course.change = one.signal->course.change;
            }
            sure.push_back(one.signal->confidence);
            out.beside.push_back({name.en, name.zh, one.watch->id, one.signal->id});
            parts.push_back(fmt::format("{} ({})", name.en, one.signal->id));
            out.lineage.rows += one.signal->lineage.rows;
            for (const auto& source : one.signal->lineage.sources) out.lineage.sources.push_back(source);
            for (const auto& line : one.signal->lineage.files) out.lineage.files.push_back(line);
        }
        std::ranges::sort(out.lineage.sources);
        out.lineage.sources.erase(std::unique(out.lineage.sources.begin(), out.lineage.sources.end()),
                                  out.lineage.sources.end());
        out.id = fmt::format("{}/{}/{}", watch_.id, place, out.period);
        // It stands where as many kinds as make a signal do: the surest of them decide.
        const auto least = static_cast<std::size_t>(options_.whole("least"));
        std::ranges::sort(sure, std::greater<>());
        out.confidence = sure.size() < least ? model::Confidence::Low : sure[least - 1];
        out.observed = kinds;
        out.threshold = options_.whole("least");
        out.expected = std::numeric_limits<double>::quiet_NaN();
        out.severity = {static_cast<double>(kinds), watch_.severity_unit};
        out.lateness_days = newest == no_day ? 0 : std::max(0, setting_.as_of - newest);
        out.confidence_why = "rests on other signals, each with its own";
        out.reason = fmt::format("{}: {} kinds of threat signal within {} days: {}", out.subject_title, kinds,
                                 options_.whole("window"), join(parts, ", "));
        out.cites = watch_.cites;
        out.caveats = watch_.caveats;
        return out;
    }

    [[nodiscard]] std::string reading(const methods::Coincidence& found) const {
        std::string each;
        for (std::size_t k = 0; k < kinds_.size(); ++k)
            each += fmt::format("{}{} {}", k ? ", " : "", watch_.threats[k].title.en, kinds_[k].size());
        return fmt::format(
            "{} places signal in two kinds of threat or more within {} days; by chance alone {:.1f} "
            "places would ({} permutations of the places, p = {:.3f}); places by kind: {}",
            found.together, options_.whole("window"), found.expected, options_.whole("permutations"), found.p_value,
            each);
    }

    const pack::Watch& watch_;
    const Setting& setting_;
    const pack::Options& options_;
    std::vector<ByPlace> kinds_;
    Day told_through_ = no_day;
    int watches_told_ = 0;
};

Result<WatchFinding> over(std::span<const WatchFinding* const> findings, const pack::Watch& watch,
                          const Setting& setting) {
    Diagnostics faults;
    const pack::Options options = pack::parse_options(watch.judging.method, together_spec, faults);
    if (!faults.empty()) return std::unexpected(faults.front());
    Together together(watch, setting, options);
    together.gather(findings);
    return together.finding();
}

/// Without the findings of others there is nothing to tell: app calls `over` when they are there.
Result<WatchFinding> run(const model::Evidence&, const pack::Watch& watch, const Setting& setting) {
    return over({}, watch, setting);
}

std::vector<model::Select> needs(const pack::Watch&, const Setting&) { return {}; }

void check(const pack::Watch& watch, const Setting& setting, Diagnostics& faults) {
    if (watch.threats.size() < 2)
        faults.push_back({Fault::Pack, "missing-key", watch.where,
                          fmt::format("watch '{}' joins fewer than two kinds of threat", watch.id),
                          "add [[watch.threat]] tables, each with title and watches"});
    if (!setting.places.find_set(watch.among))
        faults.push_back({Fault::Pack, "unknown-set", engine::at(watch, "among"),
                          fmt::format("watch '{}' asks among '{}', which is no set", watch.id, watch.among),
                          "name a set of packs/places, such as un-members"});
}

constexpr pack::Field coincidence_fields[] = {
    text_option("threat", "tables: `title` of a kind of threat and the `watches` whose signals are of that kind"),
    text_option("among", "a set: over whose places chance is reckoned"),
    text_option("severity_unit", "what a severity counts"),
};
constexpr std::string_view coincidence_examples[] = {
    "engine = \"coincidence\"; among = \"un-members\"; method = { name = \"together\", window = 366 }"};
constexpr pack::Spec coincidence_spec{"coincidence",
                                      "Places where several kinds of threat signal within a year, told of other "
                                      "watches' findings, beside what chance would give.",
                                      coincidence_fields,
                                      coincidence_examples,
                                      {}};

}  // namespace

const engine::Engine& coincidence() {
    static const engine::Engine row = [] {
        engine::Engine out{"coincidence", coincidence_spec, specs, needs, engine::one_by_one<run>, check, nullptr};
        out.over = over;
        return out;
    }();
    return row;
}

}  // namespace icosa::detect
