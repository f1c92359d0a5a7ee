/// Units of the other panels that have a figure in the signal's period.
#include "detect/surveillance/beside_told.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/text.hpp"
#include "engine/select.hpp"
#include "engine/wording.hpp"
#include "model/phrasing.hpp"

namespace icosa::detect {
namespace {

using model::Panel;
using model::Unit;

const Panel* panel_of(const Watched& watched, const pack::Tell& tell) {
    const auto select = select_of_tell(tell, watched.setting);
    if (!select) return nullptr;
    const auto answer = watched.evidence.answers.find(*select);
    return answer == watched.evidence.answers.end() || answer->second.panels.empty() ? nullptr
                                                                                     : &answer->second.panels.front();
}

/// The part before the first bar.
std::string_view place_in(std::string_view unit) { return unit.substr(0, unit.find('|')); }

/// What of a unit is its name: of "rus|IS" the subject, each part by itself where a table knows it.
std::vector<std::string> names_in(const Watched& watched, const pack::Tell& tell, const std::string& unit, Day day,
                                  const std::string& period) {
    std::string_view name = unit;
    const bool by_head = watched.watch.selection.unit == Unit::SubjectHead && tell.selection.unit == Unit::Subject;
    if (watched.watch.selection.unit == Unit::Subject && tell.selection.unit == Unit::PlaceSubject)
        return {std::string(place_in(unit))};
    if (tell.selection.unit == Unit::PlaceSubject || by_head) {
        const auto bar = name.find('|');
        name = bar == std::string_view::npos ? std::string_view() : name.substr(bar + 1);
    }
    if (tell.names.empty()) return {std::string(name)};
    // of a place, a subject and a period as a table may name them together
    const std::string whole = fmt::format("{}|{}", unit, period);
    if (const auto* group = watched.setting.catalogue.group(tell.names, whole))
        return {fmt::format("{}:{}", tell.names, group->id)};
    std::vector<std::string> out;
    for (const auto part : split(name, '|')) {
        const auto* group = watched.setting.catalogue.group(tell.names, part);
        const bool known = group && (group->first == no_day || group->first <= day);
        out.push_back(known ? fmt::format("{}:{}", tell.names, part) : std::string(part));
    }
    return out;
}

/// 2,015
std::string in_threes(double number) {
    std::string out = number_text(number, 0);
    for (std::size_t at = out.size(); at > 3;) out.insert(at -= 3, ",");
    return out;
}

bool belongs(const Watched& watched, const pack::Tell& tell, std::string_view unit, const std::string& other) {
    if (unit.empty() || watched.watch.selection.unit == Unit::World) return true;
    const bool by_head = watched.watch.selection.unit == Unit::SubjectHead && tell.selection.unit == Unit::Subject;
    if (watched.watch.selection.unit == Unit::Subject && tell.selection.unit == Unit::PlaceSubject)
        return other.ends_with(fmt::format("|{}", unit));
    if (tell.selection.unit == Unit::World || (tell.selection.unit == Unit::Subject && !by_head)) return true;
    return tell.selection.unit == watched.watch.selection.unit ? unit == other : place_in(other) == place_in(unit);
}

/// What a unit has in some periods: the sum, or of totals that run on the newest and where it stands in the panel.
struct FigureOf {
    double value = 0;
    int period = -1;
};

FigureOf figure_of(const pack::Tell& tell, const Panel& panel, std::size_t unit, int first, int last) {
    FigureOf out;
    const bool runs_on = tell.selection.quantity == model::Quantity::Last;
    for (int at = std::max(first, panel.first_period); at <= last && at < panel.first_period + panel.periods; ++at) {
        const double value = panel.at(unit, at - panel.first_period);
        if (std::isnan(value)) continue;
        if (runs_on) out = {value, at - panel.first_period};
        else out.value += std::max(value, 0.0);
    }
    return out;
}

BesideTold told_of(const Watched& watched, const pack::Tell& tell, const Panel& panel, std::string_view unit,
                   int period) {
    BesideTold out{tell.key, tell.title, 0, no_day, {}};
    std::vector<std::pair<double, std::string>> parts;
    int first = period, last = period;
    if (tell.newest > 0) {
        last = period_of(watched.setting.as_of, panel.period);
        first = last - tell.newest + 1;
    }
    const std::string label = watched.period_text(last);
    for (std::size_t u = 0; u < panel.units.size(); ++u) {
        if (!belongs(watched, tell, unit, panel.units[u])) continue;
        const FigureOf figure = figure_of(tell, panel, u, first, last);
        if (figure.value <= 0) continue;
        out.figure += figure.value;
        if (figure.period >= 0)
            out.newest = std::max(out.newest, last_day_of(panel.first_period + figure.period, panel.period));
        if (tell.selection.unit == Unit::World) continue;
        auto names = names_in(watched, tell, panel.units[u], last_day_of(last, panel.period), label);
        if (tell.figures) {
            parts.emplace_back(-figure.value, join(names, ", "));
            continue;
        }
        for (auto& name : names) {
            if (!name.empty() && std::find(out.names.begin(), out.names.end(), name) == out.names.end())
                out.names.push_back(std::move(name));
        }
    }
    std::sort(parts.begin(), parts.end());
    for (const auto& [less, name] : parts)  // what is all of it needs no figure of its own
        out.names.push_back(parts.size() == 1 ? name : fmt::format("{} {}", name, in_threes(-less)));
    return out;
}

/// A name in English, for readings.
std::string english(const Watched& watched, const std::string& name) {
    if (const auto colon = name.find(':'); colon != std::string::npos) {
        const auto* group = watched.setting.catalogue.group(name.substr(0, colon), name.substr(colon + 1));
        if (group) return group->title.en;
    }
    const auto bar = name.find('|');
    if (bar != std::string::npos) return fmt::format("{} ({})", name.substr(0, bar), name.substr(bar + 1));
    return watched.setting.places.title_of(name);
}

}  // namespace

std::optional<model::Select> select_of_tell(const pack::Tell& tell, const engine::Setting& setting) {
    auto out = engine::select_of(tell.selection, setting);
    if (out && tell.newest > 0)
        out->since = first_day_of(period_of(setting.as_of, out->period) - tell.newest + 1, out->period);
    return out;
}

std::vector<BesideTold> told_beside(const Watched& watched, std::string_view unit, int period) {
    std::vector<BesideTold> out;
    for (const pack::Tell& tell : watched.watch.tells) {
        if (const Panel* panel = panel_of(watched, tell)) out.push_back(told_of(watched, tell, *panel, unit, period));
    }
    return out;
}

std::string beside_words(const Watched& watched, int period) {
    if (watched.watch.selection.unit != Unit::World) return {};
    std::string figures, names;
    for (const BesideTold& one : told_beside(watched, {}, period)) {
        if (one.names.empty()) {
            figures += fmt::format("; {}: {}", one.title.en, engine::figure(one.figure));
            continue;
        }
        std::vector<std::string> named;
        for (const auto& name : one.names) named.push_back(english(watched, name));
        names += fmt::format("; {}: {}", one.title.en, join(named, ", "));
    }
    return figures + names;
}

model::Phrase phrase_of(const Watched& watched, std::size_t unit, int period, const Judgement& judgement) {
    if (watched.watch.phrase.empty()) return {};
    const std::string& id = watched.panel.units[unit];
    model::Phrasing out(watched.watch.phrase);
    out.named("place", std::string(place_in(id)));
    const auto bar = id.find('|');
    if (bar != std::string::npos) out.text("part", id.substr(bar + 1));
    const auto values = watched.series.values(unit);
    for (int at = period - watched.series.first() - 1; at >= 0; --at) {
        if (!(values[static_cast<std::size_t>(at)] > 0)) continue;
        out.period("last", watched.period_text(watched.series.first() + at));
        break;
    }
    for (const auto& [slot, value] : judgement.told) out.number(std::string(slot), value);
    for (const BesideTold& one : told_beside(watched, id, period)) {
        if (one.figure <= 0) continue;
        out.number(one.figure == 1 ? one.key + "_one" : one.key, one.figure);
        if (one.newest != no_day) out.day(one.key + "_day", one.newest);
        out.text(one.key + "_what", one.title.en);
        if (one.names.empty()) continue;
        const auto tell = std::find_if(watched.watch.tells.begin(), watched.watch.tells.end(),
                                       [&](const pack::Tell& each) { return each.key == one.key; });
        if (tell->figures) {
            out.text(one.key + "_names", join(one.names, ", "));
            continue;
        }
        out.places(one.key + "_names", one.names);
        auto known = one.names;
        std::erase_if(known, [](const std::string& name) { return !name.contains(':'); });
        if (!known.empty()) out.places(one.key + "_known", known);
    }
    return out.phrase();
}

}  // namespace icosa::detect
