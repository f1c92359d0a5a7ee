/// base-reach: of the civilians killed in a mission's host, how many died far from any of its bases, beside the year
/// before.
#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include <fmt/format.h>

#include "atlas/atlas.hpp"
#include "base/text.hpp"
#include "detect/engines.hpp"
#include "detect/surveillance/kept_out.hpp"
#include "engine/check.hpp"
#include "engine/panel_choice.hpp"
#include "engine/select.hpp"
#include "engine/wording.hpp"
#include "methods/space/great_circle.hpp"
#include "methods/space/polygon.hpp"
#include "model/code_key.hpp"
#include "model/phrasing.hpp"
#include "model/position_key.hpp"

namespace icosa::detect {
namespace {

using engine::Setting;
using model::Signal;
using model::WatchFinding;
using pack::Mission;
using pack::number_option;
using pack::text_option;

constexpr pack::Field beyond_fields[] = {
    number_option("km", "from any base of the mission").in("km").within(1, 1000).by_default("50"),
    number_option("rise", "of the share against the year before that signals")
        .in("share")
        .within(0, 1)
        .by_default("0.1"),
    number_option("least", "deaths in each of the two years for a rise to signal").at_least(1).by_default("25"),
    number_option("share", "that signals of itself").within(0, 1).by_default("0.5"),
    number_option("least_beyond", "deaths beyond for such a share to signal").at_least(1).by_default("100"),
    number_option("fewer", "bases than the year before, as a share, that is told beside deaths that rose")
        .in("share")
        .within(0, 1)
        .by_default("0.25"),
    text_option("chapter", "of the Charter, under which a mission's mandate stands to be looked at").by_default("VII"),
};
constexpr pack::Spec beyond_spec{"beyond",
                                 "Deaths farther than so many kilometres from any base, and what part they are of all "
                                 "in the host.",
                                 beyond_fields,
                                 {},
                                 {}};
constexpr const pack::Spec* beyond_specs[] = {&beyond_spec};

constexpr int years_back = 5;  ///< missions that ended earlier are not looked at: no data are as old and not stale
constexpr int years_told = 12;  ///< of deaths: what is older is not told even as what was last known

/// A mission whose mandate stood at some time from `first` to `last`, under the chapter asked for on the last.
bool stood(const Mission& mission, Day first, Day last, const std::string& chapter) {
    if (mission.kind != "peacekeeping" || (mission.ended.day != no_day && mission.ended.day < first)) return false;
    const pack::MandateStanding standing = pack::standing_on(mission, last);
    return standing.act && pack::terms_of(mission, *standing.act).chapter == chapter;
}

/// A host and the box about it.
struct HostGround {
    std::string host;
    methods::Box box;
};

/// The hosts of a mission that is mandated for all of them; none where the outline of one on the day is not known.
std::vector<HostGround> hosts_of(const Mission& mission, Day day, const atlas::Atlas& atlas) {
    std::vector<HostGround> out;
    if (!mission.part.en.empty()) return out;
    for (const std::string& host : mission.host) {
        const auto box = atlas.box_of(host, day);
        if (!box) return {};
        out.push_back({host, *box});
    }
    return out;
}

model::Extent extent_of(const methods::Box& box) {
    const auto micro = [](double degrees) { return static_cast<std::int32_t>(std::lround(degrees * 1e6)); };
    return {micro(box.y_min), micro(box.x_min), micro(box.y_max), micro(box.x_max)};
}

/// A unit of a panel with a position, and its figure in a year.
struct Placed {
    std::string_view unit;
    std::string_view who;  ///< place or subject, before the position
    methods::GlobePoint at;
    double figure = 0;
};

std::vector<Placed> placed_in(const model::Panel& panel, int year) {
    std::vector<Placed> out;
    const int index = year - panel.first_period;
    if (index < 0 || index >= panel.periods) return out;
    for (std::size_t u = 0; u < panel.units.size(); ++u) {
        const double figure = panel.at(u, index);
        const std::string_view unit = panel.units[u];
        const auto at = model::position_of(unit);
        if (std::isnan(figure) || !at) continue;
        out.push_back({unit, unit.substr(0, unit.rfind('|')), {at->latitude_deg, at->longitude_deg}, figure});
    }
    return out;
}

std::int64_t rows_in(const model::Panel& panel, int year) {
    std::int64_t out = 0;
    for (int index = std::max(0, year - 1 - panel.first_period); index <= year - panel.first_period; ++index) {
        for (std::size_t u = 0; index < panel.periods && u < panel.units.size(); ++u)
            out += panel.rows[u * static_cast<std::size_t>(panel.periods) + static_cast<std::size_t>(index)];
    }
    return out;
}

/// One mission in one year. `near`: within the box around its hosts, border areas of their neighbours included.
struct Reach {
    int bases = 0;
    double total = 0, beyond = 0;
    double near_total = 0, near_beyond = 0;
    bool told = false;  ///< does the source speak of the host in that year at all?
    std::vector<std::string> behind;

    [[nodiscard]] double share() const { return beyond / total; }
};

class HostGrounds {
public:
    HostGrounds(const Mission& mission, Day first, const atlas::Atlas& atlas, const pack::PlaceBook& places)
        : first_(first), atlas_(atlas), places_(places), grounds_(hosts_of(mission, first, atlas)) {}

    [[nodiscard]] bool empty() const { return grounds_.empty(); }

    [[nodiscard]] bool near(const methods::GlobePoint& at) const {
        return std::ranges::any_of(grounds_, [&](const HostGround& one) {
            return at.longitude_deg >= one.box.x_min && at.longitude_deg <= one.box.x_max
                && at.latitude_deg >= one.box.y_min && at.latitude_deg <= one.box.y_max;
        });
    }

    /// By the place of the record, else by the outlines of countries. An area of no determined status counts where all
    /// whom it concerns are hosts.
    [[nodiscard]] bool hold(const Placed& one) const {
        if (one.who.empty()) return is_host(atlas_.country_at(one.at, first_));
        if (is_host(one.who)) return true;
        const pack::PlaceFacts* area = places_.find_place(one.who);
        return area && area->kind == "disputed" && !area->concerned.empty()
            && std::ranges::all_of(area->concerned, [&](const std::string& id) { return is_host(id); });
    }

private:
    [[nodiscard]] bool is_host(std::string_view id) const {
        return std::ranges::any_of(grounds_, [&](const HostGround& one) { return one.host == id; });
    }

    Day first_;
    const atlas::Atlas& atlas_;
    const pack::PlaceBook& places_;
    std::vector<HostGround> grounds_;
};

/// What answers: positions of deaths and of bases, and the newest year that both tell of.
struct Answering {
    const model::Panel* deaths = nullptr;
    const model::Panel* bases = nullptr;
    int year = 0;
    bool stale = false;
};

class BaseReach {
public:
    BaseReach(const model::Evidence& evidence, const pack::Watch& watch, const Setting& setting,
              const pack::Options& options, const std::vector<model::Select>& selects)
        : watch_(watch), setting_(setting), options_(options), atlas_(setting.places) {
        choose(evidence, selects);
    }

    [[nodiscard]] WatchFinding finding() {
        WatchFinding out = engine::head_of(watch_);
        if (!sources_.deaths) {
            out.reading = "no data of deaths and bases with positions";
            return out;
        }
        for (const std::string& id : {sources_.deaths->source, sources_.bases->source}) {
            const auto facts = setting_.sources.find(id);
            if (facts != setting_.sources.end() && !facts->second.note.empty())
                out.caveats.push_back(facts->second.note);
        }
        for (const model::Panel* panel : {sources_.deaths, sources_.bases})
            if (std::string told = left_out_words(setting_, *panel); !told.empty())
                out.caveats.push_back(std::move(told));
        out.source = sources_.deaths->source;
        out.other_sources = {sources_.bases->source};
        out.observed_through = last_day_of(sources_.year, PeriodKind::Year);
        for (const Mission& mission : setting_.catalogue.missions) look_at(mission, out);
        out.units_examined = static_cast<std::int64_t>(figures_.size());
        const std::string figures = figures_.empty() ? "no mission with figures" : join(figures_, ", ");
        out.reading = fmt::format(
            "{}: civilians killed more than {} km from any base of the mission, of those killed in its host: {}{}",
            year_label(0), number_text(options_.number("km")), figures,
            not_known_.empty() ? "" : "; not known: " + join(not_known_, ", "));
        if (sources_.stale) {
            out.state = model::State::Stale;
            out.last_seen = out.reading;
            out.reading = fmt::format("not known since {}: positions of deaths or of bases go no further",
                                      iso(out.observed_through));
            out.signals.clear();
            out.told.clear();
        } else if (!figures_.empty()) {
            out.state = out.signals.empty() ? model::State::Quiet : model::State::Signal;
        }
        return out;
    }

private:
    void choose(const model::Evidence& evidence, const std::vector<model::Select>& selects) {
        if (selects.size() < 2) return;
        const auto deaths = evidence.answers.find(selects[0]), bases = evidence.answers.find(selects[1]);
        if (deaths == evidence.answers.end() || bases == evidence.answers.end()) return;
        const engine::PanelChoice of_bases = engine::choose_panel(bases->second, setting_);
        if (!of_bases.panel) return;
        std::int64_t most = 0;
        for (const model::Panel& panel : deaths->second.panels) {  // an extract of a few rows gives way to a whole
            const auto newest = engine::newest_period(panel, selects[0], setting_.as_of);
            if (!newest) continue;
            const int year = std::min(*newest, of_bases.newest);
            const std::int64_t rows = rows_in(panel, year);
            if (rows <= most) continue;
            most = rows;
            const bool stale =
                engine::days_since(panel, *newest, setting_.as_of) > engine::stale_after(setting_, panel);
            sources_ = {&panel, of_bases.panel, year, stale || of_bases.stale};
        }
        if (!sources_.deaths) return;
        for (const int back : {0, 1}) {
            deaths_[back] = placed_in(*sources_.deaths, sources_.year - back);
            bases_[back] = placed_in(*sources_.bases, sources_.year - back);
        }
    }

    [[nodiscard]] std::string year_label(int back) const {
        return period_label(sources_.year - back, PeriodKind::Year);
    }

    [[nodiscard]] std::vector<methods::GlobePoint> bases_of(const Mission& mission, int back) const {
        const std::string key = model::code_key("name", mission.short_name);
        std::vector<methods::GlobePoint> out;
        for (const Placed& one : bases_[back]) {
            if (one.figure > 0 && model::code_key("name", one.who) == key) out.push_back(one.at);
        }
        return out;
    }

    [[nodiscard]] Reach reach_of(const HostGrounds& grounds, const std::vector<methods::GlobePoint>& bases,
                                 int back) const {
        Reach out;
        out.bases = static_cast<int>(bases.size());
        const double km = options_.number("km");
        for (const Placed& one : deaths_[back]) {
            if (!grounds.near(one.at)) continue;
            const bool inside = grounds.hold(one);
            out.told |= inside;
            if (!(one.figure > 0)) continue;
            const bool beyond = methods::nearest_km(one.at, bases) > km;
            out.near_total += one.figure;
            if (beyond) out.near_beyond += one.figure;
            if (!inside) continue;
            out.total += one.figure;
            if (!beyond) continue;
            out.beyond += one.figure;
            out.behind.emplace_back(one.unit);
        }
        return out;
    }

    /// Of a year; nothing, and why, where the bases or the host's deaths are not told of.
    [[nodiscard]] std::optional<Reach> known(const Mission& mission, int back, std::string& why) const {
        const Day first = first_day_of(sources_.year - back, PeriodKind::Year);
        const HostGrounds grounds(mission, first, atlas_, setting_.places);
        const auto bases = bases_of(mission, back);
        why = !mission.part.en.empty()       ? "mandated for " + mission.part.en + " alone"
            : bases.empty()                  ? "no base told of"
            : !atlas::Atlas::has_countries() ? "no outlines of countries in this build"
            : grounds.empty()                ? "no outline of its host in that year"
                                             : "";
        if (!why.empty()) return std::nullopt;
        Reach out = reach_of(grounds, bases, back);
        if (out.told) return out;
        why = "no event told of";
        return std::nullopt;
    }

    void look_at(const Mission& mission, WatchFinding& out) {
        const Day last = last_day_of(sources_.year, PeriodKind::Year);
        if (!stood(mission, last + 1, last, options_.text("chapter"))) return;  // to the end of the year
        std::string why;
        const auto now = known(mission, 0, why);
        if (!now) {
            not_known_.push_back(fmt::format("{} ({})", mission.short_name, why));
            return;
        }
        const auto before = known(mission, 1, why);
        figures_.push_back(fmt::format("{} {} of {} (bases: {})", mission.short_name, number_text(now->beyond),
                                       number_text(now->total), now->bases));
        const std::string subject = join(mission.host, "|") + "|" + mission.short_name;
        const std::string id = fmt::format("{}/{}/{}", watch_.id, subject, year_label(0));
        model::Phrase phrase = phrase_of(mission, *now, before);
        if (const auto line = line_passed(*now, before))
            out.signals.push_back(signal_of(mission, *now, before, *line, {id, subject, "", std::move(phrase)}));
        else out.told.push_back({id, subject, mission.short_name, std::move(phrase)});
    }

    /// The deaths beyond from which the rule that was met signals; nothing where none was.
    [[nodiscard]] std::optional<double> line_passed(const Reach& now, const std::optional<Reach>& before) const {
        if (!(now.total > 0)) return std::nullopt;
        const double least = options_.number("least"), least_beyond = options_.number("least_beyond");
        if (now.share() >= options_.number("share") && now.beyond >= least_beyond)
            return std::max(least_beyond, options_.number("share") * now.total);
        if (!before || now.total < least || before->total < least) return std::nullopt;
        const double line = before->share() + options_.number("rise");
        return now.share() >= line ? std::optional(line * now.total) : std::nullopt;
    }

    [[nodiscard]] model::Phrase phrase_of(const Mission& mission, const Reach& now,
                                          const std::optional<Reach>& before) const {
        model::Phrasing out(now.total > 0 ? "reach.beyond" : "reach.none");
        out.text("mission", mission.short_name)
            .places("hosts", mission.host)
            .period("year", year_label(0))
            .number("km", options_.number("km"))
            .number("beyond", now.beyond)
            .number("total", now.total)
            .number("bases", now.bases)
            .number("near_beyond", now.near_beyond)
            .number("near_total", now.near_total);
        if (!before) return out.phrase();
        out.period("year_before", year_label(1))
            .number("beyond_before", before->beyond)
            .number("total_before", before->total)
            .number("bases_before", before->bases)
            .number("near_beyond_before", before->near_beyond)
            .number("near_total_before", before->near_total);
        if (now.bases <= (1 - options_.number("fewer")) * before->bases && now.total > before->total)
            out.number("fell_from", before->bases).number("fell_to", now.bases);
        return out.phrase();
    }

    [[nodiscard]] Signal signal_of(const Mission& mission, const Reach& now, const std::optional<Reach>& before,
                                   double line, model::Told told) const {
        Signal out;
        out.id = std::move(told.id);
        out.subject = std::move(told.subject);
        std::vector<std::string> hosts;
        for (const std::string& host : mission.host) hosts.push_back(setting_.places.title_of(host));
        out.subject_title = fmt::format("{}, {}", mission.short_name, join(hosts, " and "));
        out.period = year_label(0);
        out.observed = now.beyond;
        out.expected = before && before->total > 0 ? before->share() * now.total : std::nan("");
        out.threshold = line;
        out.severity = {now.beyond, watch_.severity_unit};
        out.lateness_days = setting_.as_of - last_day_of(sources_.year, PeriodKind::Year);
        out.confidence_why = "counts and positions by year; the position of an event may stand for a district";
        out.phrase = std::move(told.phrase);
        out.reason = fmt::format(
            "{}, {}: {} of {} civilians killed in the host died more than {} km from any of its bases ({} of them)",
            out.subject_title, out.period, number_text(now.beyond), number_text(now.total),
            number_text(options_.number("km")), now.bases);
        if (before)
            out.reason += fmt::format("; {}: {} of {} (bases: {})", year_label(1), number_text(before->beyond),
                                      number_text(before->total), before->bases);
        out.behind = now.behind;
        out.cites = watch_.cites;
        out.caveats = watch_.caveats;
        return out;
    }

    const pack::Watch& watch_;
    const Setting& setting_;
    const pack::Options& options_;
    atlas::Atlas atlas_;
    Answering sources_;
    std::vector<Placed> deaths_[2], bases_[2];  ///< of the year, of the one before
    std::vector<std::string> figures_, not_known_;
};

Result<pack::Options> reach_options(const pack::Watch& watch) {
    Diagnostics faults;
    pack::Options out = pack::parse_options(watch.judging.method, beyond_spec, faults);
    if (!faults.empty()) return std::unexpected(faults.front());
    return out;
}

/// Deaths within the boxes around the hosts of missions of the last years, then bases.
std::vector<model::Select> reach_needs(const pack::Watch& watch, const Setting& setting) {
    const auto options = reach_options(watch);
    if (!options || !watch.bases) return {};
    auto deaths = engine::select_of(watch.selection, setting), bases = engine::select_of(*watch.bases, setting);
    if (!deaths || !bases) return {};
    const Day first = setting.as_of - years_back * 366;
    const atlas::Atlas atlas(setting.places);
    for (const Mission& mission : setting.catalogue.missions) {
        if (!stood(mission, first, setting.as_of, options->text("chapter"))) continue;
        for (const HostGround& ground : hosts_of(mission, setting.as_of, atlas))
            deaths->within.push_back(extent_of(ground.box));
    }
    if (deaths->within.empty()) return {};
    std::ranges::sort(deaths->within);
    deaths->since = first_day_of(period_of(setting.as_of, PeriodKind::Year) - years_told, PeriodKind::Year);
    deaths->within.erase(std::unique(deaths->within.begin(), deaths->within.end()), deaths->within.end());
    return {std::move(*deaths), std::move(*bases)};
}

Result<WatchFinding> run_reach(const model::Evidence& evidence, const pack::Watch& watch, const Setting& setting) {
    const pack::Options options = TRY(reach_options(watch));
    return BaseReach(evidence, watch, setting, options, reach_needs(watch, setting)).finding();
}

void check_reach(const pack::Watch& watch, const Setting& setting, Diagnostics& faults) {
    engine::check_selection(watch, watch.selection, setting, faults);
    if (watch.selection.unit != model::Unit::PlacePosition || watch.selection.period != PeriodKind::Year)
        faults.push_back({Fault::Pack, "bad-unit", engine::at(watch, "unit"),
                          fmt::format("watch '{}' does not ask for positions by year", watch.id),
                          "write unit = \"place-position\", period = \"year\""});
    if (!watch.bases || watch.bases->from.empty() || watch.bases->unit != model::Unit::SubjectPosition)
        faults.push_back({Fault::Pack, "missing-key", engine::at(watch, "bases"),
                          fmt::format("watch '{}' does not say where bases are", watch.id),
                          "add bases = { from = [\"geo-pko\"], kind = [\"peacekeeping-base\"] }"});
}

constexpr pack::Field base_reach_fields[] = {
    text_option("from", "sources of deaths with positions; the one with most of the two years answers"),
    text_option("kind", "kinds of violence"),
    text_option("value", "which deaths: civilians, or best, low, high of all"),
    text_option("unit", "place-position"),
    text_option("period", "year"),
    text_option("bases", "a table of a selection: who tells the positions of bases, its subject the mission"),
    text_option("severity_unit", "what a severity counts"),
};
constexpr std::string_view base_reach_examples[] = {
    "engine = \"base-reach\"; from = [\"ged201\"]; value = \"civilians\"; unit = \"place-position\"; bases = { from = "
    "[\"geo-pko\"], kind = [\"peacekeeping-base\"] }; method = { name = \"beyond\", km = 50 }"};
constexpr std::string_view base_reach_cites[] = {"sinnott1984", "cil2020"};
constexpr pack::Spec base_reach_spec{"base-reach",
                                     "Which part of the deaths in a mission's host lay far from any of its bases, "
                                     "beside the year before; missions and hosts are those of packs/mandates.",
                                     base_reach_fields, base_reach_examples, base_reach_cites};

}  // namespace

const engine::Engine& base_reach() {
    static const engine::Engine row{
        "base-reach", base_reach_spec, beyond_specs, reach_needs, engine::one_by_one<run_reach>, check_reach, nullptr};
    return row;
}

}  // namespace icosa::detect
