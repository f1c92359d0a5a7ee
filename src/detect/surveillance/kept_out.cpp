/// Places of a rule against the parts of a unit.
#include "detect/surveillance/kept_out.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"
#include "engine/wording.hpp"

namespace icosa::detect {
namespace {

std::string kept_out_words(const pack::SetAside& rows) {
    return fmt::format("set aside from {} to {}: {}", iso(rows.first_day), iso(rows.last_day), rows.reason);
}

const std::vector<pack::SetAside>& rules_of(const engine::Setting& setting, const std::string& source) {
    static const std::vector<pack::SetAside> none;
    const auto facts = setting.sources.find(source);
    return facts == setting.sources.end() ? none : facts->second.set_aside;
}

/// Is one of the rule's places the unit, or a part of it ("grc|tur")?
bool concerns(const pack::SetAside& rows, std::string_view unit) {
    const auto parts = split(unit, '|');
    return rows.places.empty() || std::any_of(rows.places.begin(), rows.places.end(), [&](const std::string& place) {
               return std::find(parts.begin(), parts.end(), place) != parts.end();
           });
}

/// Does every unit's figure rest on the records of all?
bool is_of_all(const pack::Selection& asked) {
    return asked.unit == model::Unit::World || asked.quantity == model::Quantity::IdealPoint
        || asked.quantity == model::Quantity::IdealDistance;
}

}  // namespace

std::vector<std::string> kept_out_of_panel(const engine::Setting& setting, const pack::Selection& asked,
                                           const model::Panel& panel, Day first, Day last) {
    std::vector<std::string> out;
    for (const pack::SetAside& one : rules_of(setting, panel.source)) {
        if (one.first_day > last || one.last_day < first) continue;
        if (is_of_all(asked) || std::any_of(panel.units.begin(), panel.units.end(), [&](const std::string& unit) {
                return concerns(one, unit);
            }))
            out.push_back(kept_out_words(one));
    }
    return out;
}

std::vector<std::string> kept_out_of_unit(const engine::Setting& setting, const model::Panel& panel,
                                          std::string_view unit, Day last) {
    std::vector<std::string> out;
    for (const pack::SetAside& one : rules_of(setting, panel.source)) {
        if (one.first_day <= last && concerns(one, unit)) out.push_back(kept_out_words(one));
    }
    return out;
}

std::string left_out_words(const engine::Setting& setting, const model::Panel& panel) {
    constexpr std::size_t most_told = 5;
    std::int64_t all = 0, untold = 0;
    std::vector<std::string> parts;
    for (const model::LeftOut& one : panel.left_out) {
        all += one.rows;
        if (parts.size() == most_told) {
            untold += one.rows;
            continue;
        }
        const pack::DoubtRule* rule = setting.credibility ? setting.credibility->find_rule(one.why) : nullptr;
        parts.push_back(fmt::format("{} {}", engine::figure(static_cast<double>(one.rows)),
                                    one.why == model::area_position
                                        ? "whose position stands for a province or a country"
                                        : rule            ? rule->title.en
                                        : one.why.empty() ? "of no more than its source's usual credibility"
                                                          : one.why));
    }
    if (all == 0) return {};
    if (untold > 0) parts.push_back(fmt::format("{} by other rules", engine::figure(static_cast<double>(untold))));
    return fmt::format("of {} rows of {} {} ({:.0f} %) set aside: {}",
                       engine::figure(static_cast<double>(panel.rows_asked)), panel.source,
                       engine::figure(static_cast<double>(all)),
                       100 * static_cast<double>(all) / static_cast<double>(panel.rows_asked), join(parts, ", "));
}

std::vector<std::string> emptied_words(const engine::Setting& setting, const model::Answer& answer) {
    std::vector<std::string> out;
    for (const model::Panel& panel : answer.emptied) out.push_back(left_out_words(setting, panel));
    return out;
}

}  // namespace icosa::detect
