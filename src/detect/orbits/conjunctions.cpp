/// conjunctions: which objects of the catalogue will come close to a crewed station or to one another in the days after
/// as_of, and of how many the elements are too old to say.
#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>
#include <set>

#include <fmt/format.h>

#include "base/number.hpp"
#include "base/text.hpp"
#include "detect/engines.hpp"
#include "engine/check.hpp"
#include "engine/close_approaches.hpp"
#include "engine/grading.hpp"
#include "engine/orbit_elements.hpp"
#include "engine/wording.hpp"
#include "methods/orbit/collision_probability.hpp"
#include "model/element_choice.hpp"
#include "model/phrasing.hpp"

namespace icosa::detect {
namespace {

/// "0.2", "0.00005": one digit that carries meaning, written out.
std::string one_digit(double probability) {
    if (!(probability > 0)) return "0";
    const int places = std::clamp(static_cast<int>(std::ceil(-std::log10(probability) - 1e-9)), 0, 12);
    const std::string out = fmt::format("{:.{}f}", probability, places);
    return out == "1.0" ? "1" : out;
}

/// "2024-11-03 04:24:18 UTC"
std::string minute_words(const Instant& at) {
    std::string out = iso(at, 0);
    if (const auto t = out.find('T'); t != out.npos) out[t] = ' ';
    if (out.ends_with('Z')) out.replace(out.size() - 1, 1, " UTC");
    return out;
}

using engine::Setting;
using model::ElementSet;
using model::Signal;
using model::State;
using model::WatchFinding;
using pack::number_option;
using pack::text_option;
using pack::whole_option;

constexpr double metres_of_km = 1000, day_minutes = 1440;
/// Slower than this two objects fly together: parts of one station, visitors, formations.
constexpr double together_km_s = 0.05;

constexpr pack::Field hours_field =
    number_option("hours", "from the end of the as-of day on").in("hours").within(1, 168);
constexpr pack::Field within_field =
    number_option("within_km", "distance that counts as close").in("km").within(0.001, 100);
constexpr pack::Field radius_field =
    number_option("radius_m", "of both hard bodies together, for the largest probability").in("m").within(0.1, 1000);
constexpr pack::Field aspect_field =
    number_option("aspect", "of the axes of the covariance assumed, for the largest probability")
        .within(1, 1000)
        .by_default("3");
constexpr pack::Field catalogue_field =
    whole_option("catalogue_days", "the newest epoch of the catalogue must be within so many days of as_of")
        .in("days")
        .within(0, 60)
        .by_default("3");
constexpr pack::Field old_field =
    number_option("old_days", "elements older than this are too old to say").in("days").within(1, 365).by_default("14");
constexpr pack::Field most_field =
    whole_option("most", "approaches told, the closest first").within(1, 100).by_default("10");

constexpr pack::Field stations_fields[] = {
    text_option("objects", "catalogue numbers with names, parted by semicolons: \"25544 International Space Station\""),
    hours_field.by_default("72"),
    within_field.by_default("5"),
    radius_field.by_default("60"),
    aspect_field,
    catalogue_field,
    old_field,
    most_field,
};
constexpr std::string_view conjunction_cites[] = {"vallado2006", "alfano2005"};
constexpr pack::Spec stations_spec{
    "stations", "Objects that will come close to the stations named.", stations_fields, {}, conjunction_cites};
constexpr pack::Field catalogue_fields[] = {
    hours_field.by_default("24"),
    within_field.by_default("1"),
    radius_field.by_default("10"),
    aspect_field,
    catalogue_field,
    old_field,
    most_field,
};
constexpr pack::Spec catalogue_spec{
    "catalogue", "The closest approaches among all objects of the catalogue.", catalogue_fields, {}, conjunction_cites};
constexpr pack::Field old_fields[] = {
    old_field,
    number_option("at_least", "share of the objects that signals").in("share").within(0, 1).by_default("0.1"),
    catalogue_field,
};
constexpr pack::Spec old_spec{
    "old-elements", "How many objects have elements too old to say where they are.", old_fields, {}, {}};
constexpr const pack::Spec* conjunction_specs[] = {&stations_spec, &catalogue_spec, &old_spec};

const pack::Spec* spec_named(std::string_view name) {
    for (const pack::Spec* spec : conjunction_specs)
        if (spec->name == name) return spec;
    return nullptr;
}

/// A station by its number and name.
struct Station {
    std::int32_t object = 0;
    std::string name;
};

std::optional<std::vector<Station>> stations_in(std::string_view text) {
    std::vector<Station> out;
    for (const auto part : split(text, ';')) {
        const auto word = trim(part);
        if (word.empty()) continue;
        const auto blank = std::min(word.find(' '), word.size());
        const auto number = parse_integer(word.substr(0, blank));
        if (!number || *number < 1 || *number > 999'999'999) return std::nullopt;
        const auto name = trim(word.substr(blank));
        out.push_back({static_cast<std::int32_t>(*number), name.empty() ? std::string(word) : std::string(name)});
    }
    return out;
}

/// The catalogue that a watch looks at, one set an object; and how old it is.
struct Catalogue {
    std::string source;
    std::vector<ElementSet> sets;
    Instant newest;

    [[nodiscard]] std::size_t older_than(Instant at, double days) const {
        return static_cast<std::size_t>(std::count_if(sets.begin(), sets.end(), [&](const ElementSet& set) {
            return std::abs(minutes_between(model::epoch_of(set), at)) / day_minutes > days;
        }));
    }
};

std::optional<Catalogue> catalogue_of(const model::Evidence& evidence, const pack::Watch& watch, Instant start) {
    for (const std::string& source : watch.selection.from) {
        const auto found = evidence.elements.find(source);
        if (found == evidence.elements.end() || found->second.empty()) continue;
        Catalogue out{source, model::elements_at(found->second, start).sets, {}};
        for (const ElementSet& set : out.sets) out.newest = std::max(out.newest, model::epoch_of(set));
        return out;
    }
    return std::nullopt;
}

std::string name_of(const ElementSet& set) { return set.name.empty() ? fmt::format("{}", set.object) : set.name; }

class Conjunctions {
public:
    Conjunctions(const model::Evidence& evidence, const pack::Watch& watch, const Setting& setting,
                 const pack::Options& options)
        : watch_(watch),
          setting_(setting),
          options_(options),
          start_{setting.as_of + 1, 0},
          catalogue_(catalogue_of(evidence, watch, start_)),
          finding_(engine::head_of(watch)) {}

    WatchFinding finding() {
        if (!catalogue_) {
            finding_.reading = fmt::format("no data from {} as of {}: no catalogue of elements",
                                           join(watch_.selection.from, ", "), iso(setting_.as_of));
            return std::move(finding_);
        }
        finding_.source = catalogue_->source;
        finding_.observed_through = std::min(catalogue_->newest.day, setting_.as_of);
        finding_.units_examined = static_cast<std::int64_t>(catalogue_->sets.size());
        if (setting_.as_of - catalogue_->newest.day > options_.whole("catalogue_days")) {
            finding_.state = State::Stale;
            finding_.reading = fmt::format("the newest elements are of {}, {} days before: too old to carry forward",
                                           iso(catalogue_->newest.day), setting_.as_of - catalogue_->newest.day);
            return std::move(finding_);
        }
        if (watch_.judging.method_name == old_spec.name) look_at_ages();
        else look_at_approaches();
        finding_.state = finding_.signals.empty() ? State::Quiet : State::Signal;
        return std::move(finding_);
    }

private:
    void look_at_ages() {
        const double days = options_.number("old_days");
        const std::size_t old = catalogue_->older_than({setting_.as_of + 1, 0}, days);
        const double share = static_cast<double>(old) / static_cast<double>(catalogue_->sets.size());
        finding_.reading = fmt::format("{} of {} objects ({} %) have elements older than {} days; newest of {}", old,
                                       catalogue_->sets.size(), number_text(share * 100, 1), number_text(days),
                                       iso(catalogue_->newest.day));
        if (share < options_.number("at_least")) return;
        Signal signal = begin("world", "World", iso(setting_.as_of));
        signal.observed = static_cast<double>(old);
        signal.threshold = options_.number("at_least") * static_cast<double>(catalogue_->sets.size());
        signal.unusualness = 0.9;
        signal.severity = {static_cast<double>(old), watch_.severity_unit};
        signal.phrase = model::Phrasing("told.old-elements")
                            .number("n", static_cast<double>(old))
                            .number("all", static_cast<double>(catalogue_->sets.size()))
                            .number("days", days)
                            .phrase();
        signal.reason = finding_.reading;
        keep(std::move(signal));
    }

    void look_at_approaches() {
        const auto named = watch_.judging.method_name == stations_spec.name
            ? stations_in(options_.text("objects")).value_or(std::vector<Station>())
            : std::vector<Station>();
        std::vector<std::string> absent;
        engine::ApproachQuestion question;
        question.start = start_;
        question.hours = options_.number("hours");
        question.within_km = options_.number("within_km");
        question.threads = setting_.threads;
        for (const Station& station : named) {
            if (find_set(station.object)) question.against.push_back(station.object);
            else absent.push_back(station.name);
        }
        if (!named.empty() && question.against.empty()) {
            finding_.reading = fmt::format("none of {} is in the catalogue", join(absent, ", "));
            return;
        }
        const auto found = engine::find_approaches(catalogue_->sets, question);
        tell(found.answer, named);
        finding_.reading = reading(found.answer, absent);
    }

    [[nodiscard]] const ElementSet* find_set(std::int32_t object) const {
        const auto at =
            std::lower_bound(catalogue_->sets.begin(), catalogue_->sets.end(), object,
                             [](const ElementSet& set, std::int32_t number) { return set.object < number; });
        return at != catalogue_->sets.end() && at->object == object ? &*at : nullptr;
    }

    /// The closest of each pair and day; of objects of one orbit the first speaks for all.
    void tell(const methods::orbit::ConjunctionAnswer& answer, const std::vector<Station>& named) {
        std::set<std::size_t> spoken_for;
        for (const auto& group : answer.docked) {
            std::size_t first = group.members.front();
            for (const std::size_t member : group.members)
                if (station_named(named, catalogue_->sets[member].object)) first = member;
            for (const std::size_t member : group.members)
                if (member != first) spoken_for.insert(member);
        }
        std::map<std::string, const methods::orbit::Conjunction*> closest;
        for (const auto& one : answer.approaches) {
            if (spoken_for.contains(one.first) || spoken_for.contains(one.second)) continue;
            if (one.relative_speed_km_s < together_km_s) {
                ++together_;
                continue;
            }
            if (oldest_days(one) > options_.number("old_days")) continue;  // the reading counts such objects
            const auto*& known = closest[id_of(one, named)];
            if (!known || one.miss_km < known->miss_km) known = &one;
        }
        std::vector<const methods::orbit::Conjunction*> order;
        for (const auto& [id, one] : closest) order.push_back(one);
        told_of_ = order.size();
        std::stable_sort(order.begin(), order.end(),
                         [](const auto* a, const auto* b) { return a->miss_km < b->miss_km; });
        if (order.size() > static_cast<std::size_t>(options_.whole("most")))
            order.resize(static_cast<std::size_t>(options_.whole("most")));
        for (const auto* one : order) keep(signal_of(*one, named));
    }

    /// The age of the older of two element sets at their approach.
    [[nodiscard]] double oldest_days(const methods::orbit::Conjunction& one) const {
        const Instant at = engine::utc_instant(one.at);
        const auto age = [&](std::size_t i) {
            return std::abs(minutes_between(model::epoch_of(catalogue_->sets[i]), at)) / day_minutes;
        };
        return std::max(age(one.first), age(one.second));
    }

    [[nodiscard]] static const Station* station_named(const std::vector<Station>& named, std::int32_t object) {
        for (const Station& one : named)
            if (one.object == object) return &one;
        return nullptr;
    }

    /// A station stands first.
    [[nodiscard]] std::pair<const ElementSet*, const ElementSet*> pair_of(const methods::orbit::Conjunction& one,
                                                                          const std::vector<Station>& named) const {
        const ElementSet *first = &catalogue_->sets[one.first], *second = &catalogue_->sets[one.second];
        if (!station_named(named, first->object) && station_named(named, second->object)) std::swap(first, second);
        return {first, second};
    }
    [[nodiscard]] std::string id_of(const methods::orbit::Conjunction& one, const std::vector<Station>& named) const {
        const auto [first, second] = pair_of(one, named);
        return fmt::format("{}|{}/{}", first->object, second->object, iso(one.at.day));
    }

    [[nodiscard]] Signal signal_of(const methods::orbit::Conjunction& one, const std::vector<Station>& named) const {
        const auto [first, second] = pair_of(one, named);
        const Station* station = station_named(named, first->object);
        const std::string name = station ? station->name : name_of(*first);
        const Instant at = engine::utc_instant(one.at);
        const double radius_m = options_.number("radius_m"), aspect = options_.number("aspect");
        const auto largest = methods::orbit::max_probability(one.miss_km, radius_m / metres_of_km, aspect);
        const auto age = [&](const ElementSet& set) { return minutes_between(model::epoch_of(set), at) / day_minutes; };
        const double oldest = std::max(age(*first), age(*second));
        Signal out = begin(fmt::format("{}|{}", first->object, second->object),
                           fmt::format("{}, {}", name, name_of(*second)), iso(at.day));
        out.observed = one.miss_km;
        out.expected = nan_value;
        out.threshold = options_.number("within_km");
        out.unusualness = 1 - std::pow(one.miss_km / options_.number("within_km"), 2);
        out.severity = {one.miss_km, watch_.severity_unit};
        const std::string probability = one_digit(largest.probability);
        out.phrase = model::Phrasing("told.approach")
                         .text("one", station ? name : fmt::format("{} ({})", name, first->object))
                         .text("two", fmt::format("{} ({})", name_of(*second), second->object))
                         .number("km", std::round(one.miss_km * 100) / 100)
                         .text("at", minute_words(at))
                         .number("speed", std::round(one.relative_speed_km_s * 10) / 10)
                         .text("probability", probability)
                         .number("radius", radius_m)
                         .number("aspect", aspect)
                         .number("age_days", std::round(oldest * 10) / 10)
                         .phrase();
        out.reason = fmt::format(
            "{} ({}) and {} ({}) pass at {:.2f} km on {}, at {:.1f} km/s; elements {:.1f} and {:.1f} days old then; "
            "probability of collision unknown, at most {} for hard bodies of {:g} m together and a covariance of {:g} "
            "to 1",
            name, first->object, name_of(*second), second->object, one.miss_km, iso(at, 0), one.relative_speed_km_s,
            age(*first), age(*second), probability, radius_m, aspect);
        out.lineage = {2, {catalogue_->source}, {{first->file, first->line}, {second->file, second->line}}};
        out.confidence_why = "positions of public elements are off by a kilometre or more";
        // there is always a closest of all: that is no news
        if (!station) out.course.change = model::Change::None;
        return out;
    }

    [[nodiscard]] Signal begin(const std::string& subject, const std::string& title, const std::string& period) const {
        Signal out;
        out.subject = subject;
        out.subject_title = title;
        out.period = period;
        out.id = fmt::format("{}/{}/{}", watch_.id, subject, period);
        out.cites = watch_.cites;
        out.caveats = watch_.caveats;
        out.course.change = model::Change::New;
        out.lineage = {1, {catalogue_->source}, {}};
        return out;
    }
    void keep(Signal signal) {
        signal.size = engine::size_of(signal.unusualness, 1, setting_.grades);
        finding_.signals.push_back(std::move(signal));
    }

    [[nodiscard]] std::string reading(const methods::orbit::ConjunctionAnswer& answer,
                                      const std::vector<std::string>& absent) const {
        const double hours = options_.number("hours"), days = options_.number("old_days");
        std::string out =
            fmt::format("{} pairs pass within {:g} km in the {:g} hours after {}; {} objects, newest elements of {}",
                        told_of_, options_.number("within_km"), hours, iso(setting_.as_of), catalogue_->sets.size(),
                        iso(catalogue_->newest, 0));
        if (const auto old = catalogue_->older_than(start_, days); old > 0)
            out += fmt::format("; {} have elements more than {:g} days from then, too old to say", old, days);
        if (!answer.left_out.empty()) out += fmt::format("; {} refused by SGP4", answer.left_out.size());
        if (together_ > 0) out += fmt::format("; {} approaches of objects that fly together left out", together_);
        if (!absent.empty()) out += fmt::format("; not in the catalogue: {}", join(absent, ", "));
        return out;
    }

    const pack::Watch& watch_;
    const Setting& setting_;
    const pack::Options& options_;
    Instant start_;
    std::optional<Catalogue> catalogue_;
    WatchFinding finding_;
    std::size_t told_of_ = 0;
    int together_ = 0;
};

Result<WatchFinding> run_conjunctions(const model::Evidence& evidence, const pack::Watch& watch,
                                      const Setting& setting) {
    const pack::Spec* spec = spec_named(watch.judging.method_name);
    if (!spec)
        return fail(Fault::Pack, "unknown-method", watch.where,
                    fmt::format("engine 'conjunctions' has no question '{}'", watch.judging.method_name),
                    "see `icosa check`");
    Diagnostics faults;
    const pack::Options options = pack::parse_options(watch.judging.method, *spec, faults);
    if (!faults.empty()) return std::unexpected(faults.front());
    return Conjunctions(evidence, watch, setting, options).finding();
}

std::vector<model::Select> no_selects(const pack::Watch&, const Setting&) { return {}; }
std::vector<std::string> sources_of_elements(const pack::Watch& watch, const Setting&) { return watch.selection.from; }

void check_conjunctions(const pack::Watch& watch, const Setting& setting, Diagnostics& faults) {
    engine::check_selection(watch, watch.selection, setting, faults);
    if (watch.judging.method_name != stations_spec.name) return;
    Diagnostics ignored;
    const auto options = pack::parse_options(watch.judging.method, stations_spec, ignored);
    const auto stations = options.has("objects") ? stations_in(options.text("objects")) : std::nullopt;
    if (!stations || stations->empty())
        faults.push_back({Fault::Pack, "bad-objects", engine::at(watch, "method"),
                          fmt::format("watch '{}' names no stations", watch.id),
                          "write objects = \"25544 International Space Station; 48274 Tiangong Space Station\""});
}

constexpr pack::Field conjunction_fields[] = {
    text_option("from", "sources that keep element sets, in order of preference"),
    text_option("unit", "world: the catalogue as a whole"),
    text_option("severity_unit", "what a severity counts"),
};
constexpr std::string_view conjunction_examples[] = {
    "engine = \"conjunctions\"; from = [\"celestrak-gp\"]; method = { name = \"stations\", objects = \"25544 "
    "International Space Station\" }"};
constexpr pack::Spec conjunctions_spec{"conjunctions",
                                       "Close approaches in orbit in the days after as_of, by SGP4 from the newest "
                                       "catalogue; none where its elements are old.",
                                       conjunction_fields, conjunction_examples, conjunction_cites};

}  // namespace

const engine::Engine& conjunctions() {
    static const engine::Engine row = [] {
        engine::Engine out{"conjunctions",
                           conjunctions_spec,
                           conjunction_specs,
                           no_selects,
                           engine::one_by_one<run_conjunctions>,
                           check_conjunctions,
                           nullptr};
        out.elements = sources_of_elements;
        return out;
    }();
    return row;
}

}  // namespace icosa::detect
