/// controlled-item-screening: of what a source of shipments names in its newest period, which goods may be of a
/// controlled item.
#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"
#include "detect/engines.hpp"
#include "engine/check.hpp"
#include "engine/item_index.hpp"
#include "engine/panel_choice.hpp"
#include "engine/select.hpp"
#include "engine/wording.hpp"
#include "model/phrasing.hpp"

namespace icosa::detect {
namespace {

using engine::Setting;
using model::Signal;
using model::WatchFinding;
using pack::choice_option;
using pack::text_option;

constexpr pack::Field named_fields[] = {
    choice_option("from_strength", "listed|possible", "the weakest hit that signals").by_default("listed"),
    text_option("list", "only hits of this list; of all if not given"),
};
constexpr pack::Spec named_spec{
    "named", "Goods whose name or registry number is a controlled item's.", named_fields, {}, {}};
constexpr const pack::Spec* named_specs[] = {&named_spec};

Result<pack::Options> named_options(const pack::Watch& watch) {
    Diagnostics faults;
    pack::Options out = pack::parse_options(watch.judging.method, named_spec, faults);
    if (!faults.empty()) return std::unexpected(faults.front());
    return out;
}

std::string list_asked(const pack::Options& options) { return options.has("list") ? options.text("list") : ""; }

/// The goods of a unit, and the place before them: "syr|thiodiglycol".
std::pair<std::string_view, std::string_view> place_and_goods(const pack::Watch& watch, std::string_view unit) {
    const std::size_t bar = unit.find('|');
    if (watch.selection.unit != model::Unit::PlaceSubject || bar == std::string_view::npos) return {{}, unit};
    return {unit.substr(0, bar), unit.substr(bar + 1)};
}

class ItemScreening {
public:
    ItemScreening(const pack::Watch& watch, const Setting& setting, const pack::Options& options,
                  const methods::ItemIndex& index)
        : watch_(watch),
          setting_(setting),
          index_(index),
          list_(list_asked(options)),
          least_(options.text("from_strength") == "listed" ? methods::ItemStrength::Listed
                                                           : methods::ItemStrength::Possible) {}

    [[nodiscard]] WatchFinding finding(const model::Answer& answer) const {
        WatchFinding out = engine::head_of(watch_);
        const engine::PanelChoice of = engine::choose_panel(answer, setting_);
        if (!of.panel) {
            out.reading = "no data of shipments in a whole period by the day";
            return out;
        }
        const model::Panel& panel = *of.panel;
        out.observed_through = last_day_of(of.newest, panel.period);
        const std::string label = period_label(of.newest, panel.period);
        for (std::size_t u = 0; u < panel.units.size(); ++u) {
            const int index = of.newest - panel.first_period;
            const double shipments = index < panel.periods ? panel.at(u, index) : 0;
            if (!(shipments > 0)) continue;
            ++out.units_examined;
            look_at(panel, panel.units[u], shipments, label, out);
        }
        std::ranges::stable_sort(out.signals, [](const Signal& a, const Signal& b) { return a.observed > b.observed; });
        out.reading = fmt::format("{} of {} kinds of goods in {} may be of a controlled item", out.signals.size(),
                                  out.units_examined, label);
        if (of.stale) {
            out.state = model::State::Stale;
            out.reading = fmt::format("not known since {}; then {}", iso(out.observed_through), out.reading);
            out.signals.clear();
        } else out.state = out.signals.empty() ? model::State::Quiet : model::State::Signal;
        return out;
    }

private:
    void look_at(const model::Panel& panel, const std::string& unit, double shipments, const std::string& label,
                 WatchFinding& out) const {
        const auto [place, goods] = place_and_goods(watch_, unit);
        for (const methods::ItemHit& hit : index_.screen({goods, {}, {}}).hits) {
            const pack::ControlledItem& item = setting_.items->items[hit.item];
            if (hit.strength < least_ || (!list_.empty() && item.list != list_)) continue;
            out.signals.push_back(signal_of(panel, unit, hit, item, shipments, label));
            return;  // the strongest speaks for the goods
        }
    }

    [[nodiscard]] Signal signal_of(const model::Panel& panel, const std::string& unit, const methods::ItemHit& hit,
                                   const pack::ControlledItem& item, double shipments, const std::string& label) const {
        const auto [place, goods] = place_and_goods(watch_, unit);
        const std::string strength(methods::item_strength_names[static_cast<std::size_t>(hit.strength)]);
        const pack::ControlledList* list = setting_.items->list(item.list);
        Signal out;
        out.id = fmt::format("{}/{}/{}", watch_.id, unit, label);
        out.subject = unit;
        out.subject_title = engine::unit_title(setting_, watch_.selection.unit, unit);
        out.period = label;
        out.observed = shipments;
        out.expected = std::numeric_limits<double>::quiet_NaN();
        out.threshold = 1;
        out.severity = {shipments, engine::severity_unit(watch_)};
        out.lateness_days = std::max(0, setting_.as_of - panel.observed_through);
        out.confidence =
            hit.strength == methods::ItemStrength::Listed ? model::Confidence::Moderate : model::Confidence::Low;
        out.confidence_why = "rests on what the goods are called; no parameter is told";
        out.reason = fmt::format(
            "{}, {}: {}; {} {}, {}: {}; {}", out.subject_title, label,
            fmt::format("{} {}", engine::figure(shipments), engine::unit_behind(shipments, out.severity.unit)),
            list ? list->short_title : item.list, item.schedule, item.title.en, strength, hit.reason);
        out.phrase = model::Phrasing("items.named")
                         .text("goods", std::string(goods))
                         .period("period", label)
                         .number("shipments", shipments)
                         .text("list", list ? list->short_title : item.list)
                         .text("schedule", item.schedule)
                         .text("strength", strength)
                         .text("reason", hit.reason)
                         .phrase();
        if (!place.empty())
            out.phrase.slots.push_back({.name = "place", .kind = model::Slot::Kind::Place, .text = std::string(place)});
        out.cites = watch_.cites;
        out.caveats = watch_.caveats;
        return out;
    }

    const pack::Watch& watch_;
    const Setting& setting_;
    const methods::ItemIndex& index_;
    std::string list_;
    methods::ItemStrength least_;
};

std::vector<model::Select> screening_needs(const pack::Watch& watch, const Setting& setting) {
    const auto select = engine::select_of(watch.selection, setting);
    return select ? std::vector{*select} : std::vector<model::Select>{};
}

Result<std::vector<WatchFinding>> run_screening(const model::Evidence& evidence,
                                                std::span<const pack::Watch* const> watches, const Setting& setting) {
    static const pack::ControlledItems none;
    const auto index = TRY(engine::item_index(setting.items ? *setting.items : none));
    std::vector<WatchFinding> out;
    for (const pack::Watch* watch : watches) {
        const pack::Options options = TRY(named_options(*watch));
        const auto needs = screening_needs(*watch, setting);
        const auto found = needs.empty() ? evidence.answers.end() : evidence.answers.find(needs.front());
        if (found == evidence.answers.end()) {
            out.push_back(engine::head_of(*watch));
            continue;
        }
        out.push_back(ItemScreening(*watch, setting, options, index).finding(found->second));
    }
    return out;
}

void check_screening(const pack::Watch& watch, const Setting& setting, Diagnostics& faults) {
    engine::check_selection(watch, watch.selection, setting, faults);
    const model::Unit unit = watch.selection.unit;
    if (unit != model::Unit::Subject && unit != model::Unit::PlaceSubject)
        faults.push_back({Fault::Pack, "bad-unit", engine::at(watch, "unit"),
                          fmt::format("watch '{}' does not ask what goods are called", watch.id),
                          "write unit = \"subject\" or \"place-subject\""});
    const auto options = named_options(watch);
    const std::string list = options ? list_asked(*options) : "";
    if (!setting.items || list.empty() || setting.items->list(list)) return;
    std::vector<std::string> ids;
    for (const auto& one : setting.items->lists) ids.push_back(one.id);
    faults.push_back(
        {Fault::Pack, "unknown-list", engine::at(watch, "method"),
         fmt::format("watch '{}' asks for list '{}', which packs/controlled-items does not have", watch.id, list),
         engine::cure_for(list, ids)});
}

constexpr pack::Field item_screening_fields[] = {
    text_option("from", "sources of shipments: records whose subject says what the goods are called"),
    text_option("kind", "kinds of records"),
    text_option("places", "places and sets"),
    text_option("unit", "subject, or place-subject"),
    text_option("period", "day to year"),
    text_option("severity_unit", "what a severity counts"),
};
constexpr std::string_view item_screening_examples[] = {
    "engine = \"controlled-item-screening\"; from = [\"customs\"]; unit = \"place-subject\"; period = \"month\"; "
    "method = { name = \"named\", from_strength = \"possible\" }"};
constexpr pack::Spec item_screening_spec{
    "controlled-item-screening",
    "Goods of a source of shipments that may be of an item of packs/controlled-items, by what they are called.",
    item_screening_fields,
    item_screening_examples,
    {}};

}  // namespace

const engine::Engine& controlled_item_screening() {
    static const engine::Engine row{"controlled-item-screening",
                                    item_screening_spec,
                                    named_specs,
                                    screening_needs,
                                    run_screening,
                                    check_screening,
                                    nullptr};
    return row;
}

}  // namespace icosa::detect
