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
    const auto select = engine::select_of(tell.selection, watched.setting);
    if (!select) return nullptr;
    const auto answer = watched.evidence.answers.find(*select);
    return answer == watched.evidence.answers.end() || answer->second.panels.empty() ? nullptr
                                                                                     : &answer->second.panels.front();
}

/// The part before the first bar.
std::string_view place_in(std::string_view unit) { return unit.substr(0, unit.find('|')); }

/// What of a unit is its name: of "rus|IS" the subject, each part by itself where a table knows it.
std::vector<std::string> names_in(const Watched& watched, const pack::Tell& tell, const std::string& unit, Day day) {
    std::string_view name = unit;
    const bool by_head = watched.watch.selection.unit == Unit::SubjectHead && tell.selection.unit == Unit::Subject;
    if (tell.selection.unit == Unit::PlaceSubject || by_head) {
        const auto bar = name.find('|');
        name = bar == std::string_view::npos ? std::string_view() : name.substr(bar + 1);
    }
    if (tell.names.empty()) return {std::string(name)};
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
    if (tell.selection.unit == Unit::World || (tell.selection.unit == Unit::Subject && !by_head)) return true;
    return tell.selection.unit == watched.watch.selection.unit ? unit == other : place_in(other) == place_in(unit);
}

BesideTold told_of(const Watched& watched, const pack::Tell& tell, const Panel& panel, std::string_view unit,
                   int period) {
    BesideTold out{tell.key, tell.title, 0, {}};
    std::vector<std::pair<double, std::string>> parts;
    int first = period, last = period;
    if (tell.newest > 0) {
        last = period_of(watched.setting.as_of, panel.period);
        first = last - tell.newest + 1;
    }
    for (std::size_t u = 0; u < panel.units.size(); ++u) {
        if (!belongs(watched, tell, unit, panel.units[u])) continue;
        double sum = 0;
        for (int at = first; at <= last; ++at) {
            const int index = at - panel.first_period;
            if (index < 0 || index >= panel.periods) continue;
            const double value = panel.at(u, index);
            if (value > 0) sum += value;
        }
        if (sum <= 0) continue;
        out.figure += sum;
        if (tell.selection.unit == Unit::World) continue;
        if (tell.figures) {
            const auto names = names_in(watched, tell, panel.units[u], last_day_of(last, panel.period));
            parts.emplace_back(-sum, join(names, ", "));
            continue;
        }
        for (auto& name : names_in(watched, tell, panel.units[u], last_day_of(last, panel.period))) {
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
        out.number(one.key, one.figure);
        out.text(one.key + "_what", one.title.en);
        if (one.names.empty()) continue;
        const auto tell = std::find_if(watched.watch.tells.begin(), watched.watch.tells.end(),
                                       [&](const pack::Tell& each) { return each.key == one.key; });
        if (tell->figures) out.text(one.key + "_names", join(one.names, ", "));
        else out.places(one.key + "_names", one.names);
    }
    return out.phrase();
}

}  // namespace icosa::detect
