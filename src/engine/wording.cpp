/// Digits, titles and units as text.
#include "engine/wording.hpp"

#include <cmath>

#include <fmt/format.h>

#include "base/text.hpp"

namespace icosa::engine {

std::string figure(double value) {
    if (std::isnan(value)) return "not known";
    if (std::isinf(value)) return value > 0 ? "beyond all numbers" : "below all numbers";
    const double size = std::fabs(value);
    if (size >= 1e9) return number_text(value / 1e9, 2) + " billion";
    if (size < 1e4) return number_text(value, size >= 100 ? 0 : size >= 10 ? 1 : size >= 0.095 ? 2 : 4);
    std::string out = number_text(value, 0);
    for (std::size_t at = out.size() - 3; at > (value < 0 ? 1u : 0u) && at < out.size(); at -= 3) {
        out.insert(at, ",");
        if (at < 3) break;
    }
    return out;
}

std::string figure(double value, pack::Form form) {
    if (form != pack::Form::Growth || !std::isfinite(value)) return figure(value);
    return fmt::format("{}{} %", value > 0 ? "+" : "", number_text(100 * value, std::fabs(value) >= 0.1 ? 0 : 1));
}

model::WatchFinding head_of(const pack::Watch& watch) {
    model::WatchFinding out;
    out.id = watch.id;
    out.engine = watch.engine;
    out.title = watch.title.en;
    out.title_zh = watch.title.zh;
    out.measure = watch.counts;
    out.clauses = watch.clauses;
    out.cites = watch.cites;
    out.caveats = watch.caveats;
    return out;
}

std::string_view unit_noun(model::Unit unit) {
    switch (unit) {
        case model::Unit::Place:
        case model::Unit::SubjectPlace: return "places";
        case model::Unit::Actor: return "actors";
        case model::Unit::Dyad: return "pairs";
        case model::Unit::Cell: return "cells";
        case model::Unit::Subject:
        case model::Unit::SubjectHead: return "subjects";
        case model::Unit::PlacePosition:
        case model::Unit::SubjectPosition: return "positions";
        case model::Unit::PlaceSubject:
        case model::Unit::World: break;
    }
    return "series";
}

std::string unit_title(const Setting& setting, model::Unit unit, std::string_view id) {
    if (unit == model::Unit::World) return "World";
    if (unit == model::Unit::Cell) return fmt::format("cell {}", id);
    if (unit == model::Unit::Subject || unit == model::Unit::SubjectHead) {
        const auto colon = id.find(':');
        const auto* group = colon == std::string_view::npos
            ? nullptr
            : setting.catalogue.group(id.substr(0, colon), id.substr(colon + 1));
        return group ? group->title.en : std::string(id);
    }
    if (unit == model::Unit::PlaceSubject) {
        const auto bar = id.find('|');
        if (bar == std::string_view::npos) return setting.places.title_of(id);
        std::string subject(id.substr(bar + 1));
        for (std::size_t at = subject.find('|'); at != std::string::npos; at = subject.find('|'))
            subject.replace(at, 1, ", ");
        return fmt::format("{}: {}", setting.places.title_of(id.substr(0, bar)), subject);
    }
    return setting.places.title_of(id);
}

std::string source_title(const Setting& setting, const std::string& id) {
    const auto found = setting.sources.find(id);
    return found == setting.sources.end() || found->second.title.empty() ? id : found->second.title;
}

std::string severity_unit(const pack::Watch& watch) {
    if (!watch.severity_unit.empty()) return watch.severity_unit;
    using model::Quantity;
    switch (watch.selection.quantity) {
        case Quantity::Count: return "records";
        case Quantity::Low:
        case Quantity::Best:
        case Quantity::High:
        case Quantity::Civilians: return "fatalities";
        case Quantity::Mentions: return "reports";
        case Quantity::Intensity: return "points of intensity";
        case Quantity::Agreement: return "share of identical ballots";
        case Quantity::YesShare: return "share of yes ballots";
        case Quantity::SScore: return "points of S";
        case Quantity::Kappa: return "points of kappa";
        case Quantity::IdealPoint:
        case Quantity::IdealDistance: return "standard deviations of all points";
        case Quantity::Balance: return "points of balance";
        case Quantity::IntensityMean: return "points of intensity";
        case Quantity::NetworkBalance: return "share of balanced triangles";
        default: return watch.selection.measure;
    }
}

std::string unit_behind(double value, std::string_view unit) {
    if (value != 1 || unit.starts_with("times") || unit.starts_with("thousand")) return std::string(unit);
    const auto of = std::min(unit.find(" of "), unit.size());
    std::string out;
    for (const std::string_view word : split(unit.substr(0, of), ' ')) {
        if (!out.empty()) out += ' ';
        if (word.ends_with("ies") && word.size() > 4) out += std::string(word.substr(0, word.size() - 3)) + "y";
        else if (word.ends_with('s') && !word.ends_with("ss") && word.size() > 3)
            out += word.substr(0, word.size() - 1);
        else out += word;
    }
    return out + std::string(unit.substr(of));
}

std::string span_label(int period, PeriodKind kind, int over) {
    if (over == 1) return period_label(period, kind);
    return fmt::format("{} {}s to {}", over, period_kind_name(kind), period_label(period, kind));
}

}  // namespace icosa::engine
