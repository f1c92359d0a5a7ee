/// transit-rate: incidents near a strait per thousand ships seen to pass it, the newest months beside as many before.
#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include <fmt/format.h>

#include "base/number.hpp"
#include "base/text.hpp"
#include "detect/engines.hpp"
#include "engine/check.hpp"
#include "engine/panel_choice.hpp"
#include "engine/select.hpp"
#include "engine/wording.hpp"
#include "methods/rates/poisson_rate.hpp"
#include "methods/space/great_circle.hpp"
#include "model/phrasing.hpp"
#include "model/position_key.hpp"

namespace icosa::detect {
namespace {

using engine::Setting;
using model::Signal;
using model::WatchFinding;
using pack::number_option;
using pack::whole_option;

constexpr pack::Field ratio_fields[] = {
    whole_option("span", "that are compared with as many before").in("months").within(3, 36).by_default("12"),
    whole_option("least", "incidents in the newest span for a signal").at_least(1).by_default("5"),
    number_option("confidence", "of the interval of the ratio, which must lie above one")
        .within(0.5, 0.9999)
        .by_default("0.95"),
    number_option("reported",
                  "of what the source tells of the whole world in the newest span, what it told in the one before for "
                  "the two to be compared")
        .in("share")
        .within(0, 1)
        .by_default("0.5"),
};
constexpr std::string_view ratio_cites[] = {"przyborowski1940", "clopper1934", "garwood1936"};
constexpr pack::Spec ratio_spec{"exact-ratio",
                                "The ratio of two rates of incidents to ships, with the exact interval of two Poisson "
                                "counts given their sum.",
                                ratio_fields,
                                {},
                                ratio_cites};
constexpr const pack::Spec* ratio_specs[] = {&ratio_spec};

/// One strait in both spans.
struct StraitSpans {
    double incidents = 0, incidents_before = 0;
    double ships = nan_value, ships_before = nan_value;  ///< thousands
    std::vector<std::string> behind;

    [[nodiscard]] bool is_known() const { return ships > 0 && ships_before > 0; }
    [[nodiscard]] methods::RateRatio ratio(double confidence) const {
        return methods::rate_ratio(incidents, ships, incidents_before, ships_before, confidence);
    }
};

class TransitRate {
public:
    TransitRate(const model::Evidence& evidence, const pack::Watch& watch, const Setting& setting,
                const pack::Options& options, const std::vector<model::Select>& selects)
        : watch_(watch), setting_(setting), options_(options), span_(options.whole("span")) {
        if (selects.size() < 2) return;
        const auto ships = evidence.answers.find(selects[1]);
        if (ships != evidence.answers.end()) ships_ = engine::choose_panel(ships->second, setting);
        const auto incidents = evidence.answers.find(selects[0]);
        if (incidents == evidence.answers.end()) return;
        for (const model::Panel& panel : incidents->second.panels) {  // a sample's silence is no zero
            const auto newest = engine::newest_period(panel, selects[0], setting.as_of);
            if (!panel.complete || !newest) continue;
            const bool stale = engine::days_since(panel, *newest, setting.as_of) > engine::stale_after(setting, panel);
            if (!incidents_.panel || (incidents_.stale && !stale)) incidents_ = {&panel, *newest, stale};
        }
        choose_newest();
    }

    [[nodiscard]] WatchFinding finding() {
        WatchFinding out = engine::head_of(watch_);
        if (!incidents_.panel || !ships_.panel) {
            out.reading = incidents_.panel ? "no data of ships that passed"
                                           : "no data of incidents with positions, or only a sample of them";
            return out;
        }
        out.source = incidents_.panel->source;
        out.other_sources = {ships_.panel->source};
        if (!has_spans_) {
            out.reading = fmt::format(
                "no data: ships are counted from {}, incidents known through {}; two spans of {} "
                "months in which both are known are needed",
                period_label(ships_.panel->first_period, PeriodKind::Month),
                period_label(incidents_.newest, PeriodKind::Month), span_);
            return out;
        }
        out.observed_through = last_day_of(newest_, PeriodKind::Month);
        const std::string newest = fmt::format("{} to {}", label(newest_ - span_ + 1), label(newest_));
        const std::string spans = fmt::format("{} beside the {} months before", newest, span_);
        if (incidents_.stale || ships_.stale) {
            out.state = model::State::Stale;
            out.reading =
                fmt::format("not known since {}: incidents or ships are known no further", iso(out.observed_through));
            return out;
        }
        const double world = told_of_world(newest_), world_before = told_of_world(newest_ - span_);
        if (world_before < options_.number("reported") * world) {
            out.reading = fmt::format(
                "no data to compare with: of the whole world {} told of {} incidents in {}, of {} "
                "in the {} months before",
                out.source, number_text(world), newest, number_text(world_before), span_);
            return out;
        }
        out.state = model::State::Quiet;
        std::vector<std::string> figures, lacking;
        for (const std::string& id : straits()) add(id, out, figures, lacking);
        out.units_examined = static_cast<std::int64_t>(figures.size());
        out.signals_expected_by_chance =
            static_cast<double>(out.units_examined) * (1 - options_.number("confidence")) / 2;
        if (!out.signals.empty()) out.state = model::State::Signal;
        out.reading = fmt::format("incidents per 1,000 transits as seen, {}: {}{}", spans,
                                  figures.empty() ? "no strait with a count of ships" : join(figures, "; "),
                                  lacking.empty() ? ""
                                                  : fmt::format("; no count of ships at {} other strait{}",
                                                                lacking.size(), lacking.size() == 1 ? "" : "s"));
        if (figures.empty()) {
            out.state = model::State::NoData;
            out.reading = "no data of ships in " + spans;
        }
        return out;
    }

private:
    static std::string label(int month) { return period_label(month, PeriodKind::Month); }

    /// The newest month that both tell of, if both tell of the spans before it.
    void choose_newest() {
        if (!incidents_.panel || !ships_.panel) return;
        const model::Panel& ships = *ships_.panel;
        newest_ = incidents_.newest;
        while (newest_ >= ships.first_period && !ships_whole(newest_)) --newest_;
        has_spans_ = newest_ - 2 * span_ + 1 >= std::max(ships.first_period, incidents_.panel->first_period);
        for (int month = newest_; has_spans_ && month > newest_ - 2 * span_; --month)
            has_spans_ = is_observed(*incidents_.panel, month);
    }

    static bool is_observed(const model::Panel& panel, int month) {
        const int index = month - panel.first_period;
        if (index < 0 || index >= panel.periods) return false;
        for (std::size_t u = 0; u < panel.units.size(); ++u) {
            if (!std::isnan(panel.at(u, index))) return true;
        }
        return false;
    }

    [[nodiscard]] bool ships_whole(int month) const {
        const model::Panel& ships = *ships_.panel;
        return is_observed(ships, month)
            && (ships.observed_through == no_day || last_day_of(month, PeriodKind::Month) <= ships.observed_through);
    }

    [[nodiscard]] std::vector<std::string> straits() const {
        std::vector<std::string> out;
        for (const std::string& id : watch_.selection.places) {
            const auto members = setting_.places.members(id, setting_.as_of);
            if (members) out.insert(out.end(), members->begin(), members->end());
        }
        return out;
    }

    /// All incidents of the source in the span that ends with the month.
    [[nodiscard]] double told_of_world(int last) const {
        double out = 0;
        for (std::size_t u = 0; u < incidents_.panel->units.size(); ++u) out += incidents_in(u, last);
        return out;
    }

    [[nodiscard]] double incidents_in(std::size_t unit, int last) const {
        const model::Panel& panel = *incidents_.panel;
        double out = 0;
        for (int month = last - span_ + 1; month <= last; ++month) {
            const double count = panel.at(unit, month - panel.first_period);
            if (!std::isnan(count)) out += count;
        }
        return out;
    }

    /// Thousands of ships in the span that ends with the month: days times their mean; NaN where a month lacks.
    [[nodiscard]] double ships_in(const std::string& place, int last) const {
        const model::Panel& panel = *ships_.panel;
        const auto unit = std::ranges::find(panel.units, place);
        if (unit == panel.units.end()) return nan_value;
        double out = 0;
        for (int month = last - span_ + 1; month <= last; ++month) {
            const int days = last_day_of(month, PeriodKind::Month) - first_day_of(month, PeriodKind::Month) + 1;
            out += days * panel.at(static_cast<std::size_t>(unit - panel.units.begin()), month - panel.first_period)
                / 1000;
        }
        return out;
    }

    [[nodiscard]] StraitSpans spans_of(const pack::PlaceFacts& strait) const {
        StraitSpans out;
        out.ships = ships_in(strait.id, newest_);
        out.ships_before = ships_in(strait.id, newest_ - span_);
        const methods::GlobePoint middle{strait.at->latitude_deg, strait.at->longitude_deg};
        const model::Panel& panel = *incidents_.panel;
        for (std::size_t u = 0; u < panel.units.size(); ++u) {
            const auto at = model::position_of(panel.units[u]);
            if (!at || methods::great_circle_km({at->latitude_deg, at->longitude_deg}, middle) > strait.radius_km)
                continue;
            const double now = incidents_in(u, newest_);
            out.incidents += now;
            out.incidents_before += incidents_in(u, newest_ - span_);
            if (now > 0) out.behind.push_back(panel.units[u]);
        }
        return out;
    }

    void add(const std::string& id, WatchFinding& out, std::vector<std::string>& figures,
             std::vector<std::string>& lacking) const {
        const pack::PlaceFacts* strait = setting_.places.find_place(id);
        if (!strait || !strait->at) return;
        StraitSpans spans = spans_of(*strait);
        const std::string title = setting_.places.title_of(id);
        if (!spans.is_known()) {
            lacking.push_back(title);
            return;
        }
        figures.push_back(fmt::format("{} {} ({}), after {} ({})", title, engine::figure(spans.incidents / spans.ships),
                                      number_text(spans.incidents),
                                      engine::figure(spans.incidents_before / spans.ships_before),
                                      number_text(spans.incidents_before)));
        const auto ratio = spans.ratio(options_.number("confidence"));
        if (spans.incidents >= options_.whole("least") && ratio.ratio.low > 1)
            out.signals.push_back(signal_of(*strait, spans, ratio));
    }

    /// The incidents from which the interval lies above one.
    [[nodiscard]] double needed(StraitSpans spans) const {
        spans.incidents = std::max(1.0, static_cast<double>(options_.whole("least")));
        while (!(spans.ratio(options_.number("confidence")).ratio.low > 1)) ++spans.incidents;
        return spans.incidents;
    }

    [[nodiscard]] Signal signal_of(const pack::PlaceFacts& strait, StraitSpans& spans,
                                   const methods::RateRatio& ratio) const {
        Signal out;
        out.subject = strait.id;
        out.subject_title = setting_.places.title_of(strait.id);
        out.period = label(newest_);
        out.periods = span_;
        out.id = fmt::format("{}/{}/{}", watch_.id, out.subject, out.period);
        out.around = model::Circle{strait.at->latitude_deg, strait.at->longitude_deg, strait.radius_km};
        out.observed = spans.incidents;
        out.expected = spans.incidents_before / spans.ships_before * spans.ships;
        out.threshold = needed(spans);
        out.unusualness = 1 - ratio.p_value;
        out.severity = {spans.incidents, engine::severity_unit(watch_)};
        out.lateness_days = setting_.as_of - last_day_of(newest_, PeriodKind::Month);
        out.confidence_why = "counts of incidents of one source and of ships as seen; incidents come in runs";
        model::Phrasing phrase("transits.rate");
        phrase.named("place", strait.id)
            .number("km", strait.radius_km)
            .number("months", span_)
            .period("last", out.period)
            .number("incidents", spans.incidents)
            .number("ships", std::round(spans.ships * 1000))
            .number("incidents_before", spans.incidents_before)
            .number("ships_before", std::round(spans.ships_before * 1000));
        out.phrase = phrase.phrase();
        out.reason = fmt::format(
            "{}, {} months to {}: {} incidents within {} km among {} ships seen to pass; {} among {} in the months "
            "before; {} to {} times as many a ship",
            out.subject_title, span_, out.period, number_text(spans.incidents), number_text(strait.radius_km),
            number_text(std::round(spans.ships * 1000)), number_text(spans.incidents_before),
            number_text(std::round(spans.ships_before * 1000)), engine::figure(ratio.ratio.low),
            std::isinf(ratio.ratio.high) ? "any number of" : engine::figure(ratio.ratio.high));
        out.behind = std::move(spans.behind);
        out.cites = watch_.cites;
        out.caveats = watch_.caveats;
        return out;
    }

    const pack::Watch& watch_;
    const Setting& setting_;
    const pack::Options& options_;
    int span_;
    engine::PanelChoice incidents_, ships_;
    int newest_ = 0;
    bool has_spans_ = false;
};

Result<pack::Options> ratio_options(const pack::Watch& watch) {
    Diagnostics faults;
    pack::Options out = pack::parse_options(watch.judging.method, ratio_spec, faults);
    if (!faults.empty()) return std::unexpected(faults.front());
    return out;
}

/// Incidents anywhere, since the source's whole count is looked at too; then ships in the straits.
std::vector<model::Select> ratio_needs(const pack::Watch& watch, const Setting& setting) {
    const auto options = ratio_options(watch);
    if (!options || !watch.per) return {};
    pack::Selection anywhere = watch.selection;
    anywhere.places.clear();
    auto incidents = engine::select_of(anywhere, setting), ships = engine::select_of(watch.per->selection, setting);
    if (!incidents || !ships) return {};
    // A source may be years late, and what is stale is told as such. Days of one lustrum ask one question: a run over
    // many past months holds the answer to each.
    constexpr int late_months = 36, lustrum = 5;
    const int from = period_of(setting.as_of, PeriodKind::Month) - 2 * options->whole("span") - late_months;
    const int year = civil_of(first_day_of(from, PeriodKind::Month)).year;
    incidents->since = day_of(year - year % lustrum, 1, 1);
    return {std::move(*incidents), std::move(*ships)};
}

Result<WatchFinding> run_ratio(const model::Evidence& evidence, const pack::Watch& watch, const Setting& setting) {
    const pack::Options options = TRY(ratio_options(watch));
    return TransitRate(evidence, watch, setting, options, ratio_needs(watch, setting)).finding();
}

void check_ratio(const pack::Watch& watch, const Setting& setting, Diagnostics& faults) {
    engine::check_selection(watch, watch.selection, setting, faults);
    const auto fault = [&](std::string code, std::string_view key, std::string_view what, std::string cure) {
        faults.push_back({Fault::Pack, std::move(code), engine::at(watch, key),
                          fmt::format("watch '{}' {}", watch.id, what), std::move(cure)});
    };
    if (watch.selection.unit != model::Unit::PlacePosition || watch.selection.period != PeriodKind::Month)
        fault("bad-unit", "unit", "does not ask for positions by month",
              "write unit = \"place-position\", period = \"month\"");
    for (const std::string& id : watch.selection.places) {
        const pack::PlaceFacts* place = setting.places.find_place(id);
        if (place && place->at && place->radius_km > 0) continue;
        fault("bad-place", "places", fmt::format("asks about '{}', which has no position and radius", id),
              "name straits of packs/places/chokepoints.toml");
    }
    if (!watch.per || watch.per->selection.records != model::RecordKind::Observation
        || watch.per->selection.unit != model::Unit::Place || watch.per->selection.period != PeriodKind::Month
        || watch.per->selection.quantity != model::Quantity::Mean)
        fault("missing-key", "per", "does not say how many ships pass a day",
              "add per = { from = [\"portwatch-chokepoints\"], measure = \"transits\", unit = \"place\", value = "
              "\"mean\" }");
}

/// Incidents by month where as many ships pass in each.
Result<std::vector<int>> strip_ratio(const pack::Watch& watch, const std::vector<double>& values) {
    const pack::Options options = TRY(ratio_options(watch));
    const auto span = static_cast<std::size_t>(options.whole("span"));
    std::vector<int> out;
    const auto sum = [&](std::size_t end) {
        double of = 0;
        for (std::size_t i = end - span; i < end; ++i) of += values[i];
        return of;
    };
    for (std::size_t end = 2 * span; end <= values.size(); ++end) {
        const double now = sum(end), before = sum(end - span);
        if (std::isnan(now) || std::isnan(before) || now < options.whole("least")) continue;
        const auto months = static_cast<double>(span);
        if (methods::rate_ratio(now, months, before, months, options.number("confidence")).ratio.low > 1)
            out.push_back(static_cast<int>(end) - 1);
    }
    return out;
}

constexpr pack::Field transit_rate_fields[] = {
    pack::text_option("from", "sources of incidents with positions, in order of preference"),
    pack::text_option("kind", "kinds of incident"),
    pack::text_option("places", "straits with a position and a radius, within which an incident counts"),
    pack::text_option("unit", "place-position"),
    pack::text_option("period", "month"),
    pack::text_option("per", "a table of a selection: who tells how many ships pass a day"),
    pack::text_option("severity_unit", "what a severity counts"),
};
constexpr std::string_view transit_rate_examples[] = {
    "engine = \"transit-rate\"; from = [\"asam\"]; kind = [\"piracy\"]; places = [\"hormuz-strait\"]; unit = "
    "\"place-position\"; period = \"month\"; per = { from = [\"portwatch-chokepoints\"], measure = \"transits\", unit "
    "= "
    "\"place\", value = \"mean\" }; method = { name = \"exact-ratio\", span = 12 }"};
constexpr std::string_view transit_rate_cites[] = {"przyborowski1940", "imf2023"};
constexpr pack::Spec transit_rate_spec{"transit-rate",
                                       "Incidents near a strait per thousand ships seen to pass it, the newest months "
                                       "beside as many before.",
                                       transit_rate_fields, transit_rate_examples, transit_rate_cites};

}  // namespace

const engine::Engine& transit_rate() {
    static const engine::Engine row{
        "transit-rate", transit_rate_spec, ratio_specs, ratio_needs, engine::one_by_one<run_ratio>,
        check_ratio,    strip_ratio};
    return row;
}

}  // namespace icosa::detect
