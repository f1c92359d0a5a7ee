/// hot-spots: circles and stretches of months up to the newest in which events stand closer together than their places
/// and months explain, by a prospective scan.
#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <ranges>

#include <fmt/format.h>

#include "base/number.hpp"
#include "base/prio_grid.hpp"
#include "base/text.hpp"
#include "detect/engines.hpp"
#include "detect/surveillance/kept_out.hpp"
#include "engine/check.hpp"
#include "engine/grading.hpp"
#include "engine/panel_choice.hpp"
#include "engine/select.hpp"
#include "engine/wording.hpp"
#include "methods/scan/scan.hpp"
#include "methods/scan/statistic.hpp"
#include "model/phrasing.hpp"
#include "model/position_key.hpp"

namespace icosa::detect {
namespace {

namespace scan = methods::scan;
using engine::Setting;
using model::Signal;
using model::WatchFinding;
using pack::number_option;
using pack::text_option;
using pack::whole_option;

constexpr pack::Field permutation_fields[] = {
    whole_option("study", "how far back the events are looked at").in("months").within(12, 240).by_default("60"),
    whole_option("longest", "the longest stretch of a cluster").in("months").within(1, 24).by_default("6"),
    number_option("radius_km", "of a cluster, at most").in("km").within(10, 2000).by_default("300"),
    number_option("share", "of all events, that a circle may hold").within(0.001, 0.5).by_default("0.25"),
    whole_option("least", "events of a cluster").in("events").within(2, 100000).by_default("5"),
    number_option("alpha", "the chance of a cluster as unlikely anywhere when there is none")
        .within(0.0001, 0.2)
        .by_default("0.01"),
    whole_option("replications", "of the months among the events").within(99, 99999).by_default("999"),
};
constexpr std::string_view permutation_cites[] = {"kulldorff2005", "kulldorff2001"};
constexpr pack::Spec permutation_spec{
    "scan-permutation",
    "The space-time permutation scan, prospective: no population is needed; what a place always has, and what a month "
    "has everywhere, is expected.",
    permutation_fields,
    {},
    permutation_cites};
constexpr const pack::Spec* cluster_specs[] = {&permutation_spec};

constexpr int least_months = 12, months_a_year = 12;
constexpr double half_a_count = 0.5;
constexpr std::uint64_t scan_seed = 20050215;

/// Events of one half-degree cell in one place.
struct CellEvents {
    int gid = 0;
    std::vector<std::size_t> units;  ///< of the panel
    std::map<std::string_view, double> places;  ///< events by place id, "" = the source names none
};

scan::Options scan_options(const pack::Options& options, int threads) {
    scan::Options out;
    out.model = scan::ScanModel::Permutation;
    out.look = scan::ScanLook::Prospective;
    out.max_share = options.number("share");
    out.max_radius_km = options.number("radius_km");
    out.max_window = options.whole("longest");
    out.minimum_cases = options.whole("least");
    out.replications = options.whole("replications");
    // when so many beat the data, no cluster is as unlikely as is asked
    out.stop_after = static_cast<int>(std::ceil(options.number("alpha") * (out.replications + 1)));
    out.seed = scan_seed;
    out.threads = threads;
    return out;
}

/// "15.25° N, 44.25° E": the middle of the cell.
std::string position_text(double lat, double lon) {
    return fmt::format("{}° {}, {}° {}", number_text(std::abs(lat)), lat < 0 ? "S" : "N", number_text(std::abs(lon)),
                       lon < 0 ? "W" : "E");
}

class HotSpots {
public:
    HotSpots(const model::Evidence& evidence, const pack::Watch& watch, const Setting& setting,
             const pack::Options& options, const std::vector<model::Select>& selects)
        : watch_(watch), setting_(setting), options_(options) {
        if (selects.empty()) return;
        const auto answer = evidence.answers.find(selects.front());
        if (answer == evidence.answers.end()) return;
        // A sample of events has gaps of its own making: what it gathers is where it was taken.
        for (const model::Panel& panel : answer->second.panels) {
            is_sample_ |= !panel.complete;
            const auto newest = engine::newest_period(panel, selects.front(), setting.as_of);
            if (!panel.complete || !newest) continue;
            const int first = first_month(panel, *newest);
            const bool stale = engine::days_since(panel, *newest, setting.as_of) > engine::stale_after(setting, panel);
            if (*newest - first + 1 < least_months) {
                if (engine::gives_way(short_, {&panel, *newest, stale})) short_ = {&panel, *newest, stale};
                continue;
            }
            if (!engine::gives_way(choice_, {&panel, *newest, stale})) continue;
            choice_ = {&panel, *newest, stale};
            first_ = first;
        }
    }

    [[nodiscard]] Result<WatchFinding> finding() {
        WatchFinding out = engine::head_of(watch_);
        if (!choice_.panel) {
            if (short_.panel) {
                out.source = short_.panel->source;
                out.observed_through = last_day_of(short_.newest, short_.panel->period);
            }
            out.reading = short_.panel ? fmt::format("no data of {} months of events with positions", least_months)
                : is_sample_ ? "no data but a sample of events with positions, which cannot say where events gather"
                             : "no data of events with positions";
            return out;
        }
        const model::Panel& panel = *choice_.panel;
        out.source = panel.source;
        out.observed_through = last_day_of(choice_.newest, panel.period);
        if (const auto facts = setting_.sources.find(panel.source);
            facts != setting_.sources.end() && !facts->second.note.empty())
            out.caveats.push_back(facts->second.note);
        if (std::string told = left_out_words(setting_, panel); !told.empty()) out.caveats.push_back(std::move(told));
        if (choice_.stale) {
            out.state = model::State::Stale;
            out.reading = fmt::format("not known since {}", iso(out.observed_through));
            return out;
        }
        place_events();
        const scan::Data data = data_of();
        out.units_examined = static_cast<std::int64_t>(cells_.size());
        out.state = model::State::Quiet;
        const std::string months =
            fmt::format("the {} months to {}", data.periods, period_label(choice_.newest, panel.period));
        std::int64_t events = 0;
        for (const auto count : data.counts) events += count;
        const int least = options_.whole("least");
        if (cells_.size() < 2 || events < least) {
            out.reading = fmt::format("{} events with a position in {}: too few to compare", events, months);
            return out;
        }
        const scan::Scan found = TRY(scan::scan_statistic(data, scan_options(options_, setting_.threads)));
        out.signals_expected_by_chance = options_.number("alpha");
        for (const auto& cluster : found.clusters) {
            if (cluster.p_value <= options_.number("alpha")) out.signals.push_back(signal_of(cluster, found));
        }
        if (!out.signals.empty()) out.state = model::State::Signal;
        out.reading = fmt::format(
            "{} events in {} cells of half a degree in {}; {} cluster{} that reach{} the newest "
            "month (one as unlikely is expected in {} of 100 such looks)",
            events, cells_.size(), months, out.signals.size(), out.signals.size() == 1 ? "" : "s",
            out.signals.size() == 1 ? "es" : "", number_text(100 * options_.number("alpha")));
        return out;
    }

    /// Months of the cells of the cluster that the subject names; nothing where there is no such cluster.
    [[nodiscard]] Result<std::vector<model::JudgedSeries>> series(std::string_view subject) {
        std::vector<model::JudgedSeries> out;
        if (!choice_.panel || choice_.stale) return out;
        place_events();
        const scan::Data data = data_of();
        if (cells_.size() < 2) return out;
        const auto found = scan::scan_statistic(data, scan_options(options_, setting_.threads));
        if (!found) return out;  // too few events to compare
        for (const auto& cluster : found->clusters) {
            if (cluster.p_value <= options_.number("alpha") && subject_of(cluster) == subject)
                out.push_back(series_of(cluster, data));
        }
        return out;
    }

private:
    [[nodiscard]] std::string subject_of(const scan::Cluster& cluster) const {
        const std::string place = place_of(cluster);
        const int gid = cells_[cluster.centre].gid;
        return place.empty() ? fmt::format("cell:{}", gid) : fmt::format("{}|cell:{}", place, gid);
    }

    /// Expected of a month is the share of the cells in all events times the month's.
    [[nodiscard]] model::JudgedSeries series_of(const scan::Cluster& cluster, const scan::Data& data) const {
        model::JudgedSeries out;
        out.source = choice_.panel->source;
        out.unit = subject_of(cluster);
        out.title = out.unit;
        out.kind = choice_.panel->period;
        out.first_period = first_;
        std::vector<double> months(data.periods, 0);
        double all = 0, inside = 0;
        out.values.assign(data.periods, 0);
        for (std::size_t cell = 0; cell < cells_.size(); ++cell) {
            const bool is_in = std::ranges::find(cluster.places, cell) != cluster.places.end();
            for (std::size_t t = 0; t < data.periods; ++t) {
                const double events = data.counts[cell * data.periods + t];
                months[t] += events;
                all += events;
                if (!is_in) continue;
                out.values[t] += events;
                inside += events;
            }
        }
        out.observed = out.values;
        for (std::size_t t = 0; t < data.periods; ++t) {
            out.expected.push_back(inside * months[t] / all);
            out.alarm.push_back(t >= cluster.first && t <= cluster.last);
        }
        out.threshold.assign(data.periods, nan_value);
        return out;
    }

    /// The first month of the study: not before the source was observed without a gap.
    [[nodiscard]] int first_month(const model::Panel& panel, int newest) const {
        const int first = std::max(newest - options_.whole("study") + 1, panel.first_period);
        for (int month = newest; month >= first; --month) {
            const bool seen = std::ranges::any_of(
                std::views::iota(std::size_t{0}, panel.units.size()),
                [&](std::size_t u) { return !std::isnan(panel.at(u, month - panel.first_period)); });
            if (!seen) return month + 1;
        }
        return first;
    }

    void place_events() {
        const model::Panel& panel = *choice_.panel;
        std::map<int, CellEvents> cells;
        for (std::size_t u = 0; u < panel.units.size(); ++u) {
            const auto at = model::position_of(panel.units[u]);
            if (!at) continue;
            double events = 0;
            for (int month = first_; month <= choice_.newest; ++month) {
                const double count = panel.at(u, month - panel.first_period);
                if (!std::isnan(count)) events += count;
            }
            if (!(events > 0)) continue;
            const int gid = gid_of_degrees(at->latitude_deg, at->longitude_deg);
            CellEvents& cell = cells[gid];
            cell.gid = gid;
            cell.units.push_back(u);
            const std::string_view unit = panel.units[u];
            const std::size_t bar = unit.rfind('|');
            cell.places[bar == unit.npos ? std::string_view() : unit.substr(0, bar)] += events;
        }
        for (auto& [gid, cell] : cells) cells_.push_back(std::move(cell));
    }

    [[nodiscard]] scan::Data data_of() const {
        const model::Panel& panel = *choice_.panel;
        scan::Data out;
        out.periods = static_cast<std::size_t>(choice_.newest - first_ + 1);
        out.period_days.assign(out.periods, 1);
        out.counts.assign(cells_.size() * out.periods, 0);
        for (std::size_t c = 0; c < cells_.size(); ++c) {
            out.places.push_back(
                {centre_latitude_deg(grid_row(cells_[c].gid)), centre_longitude_deg(grid_column(cells_[c].gid))});
            for (const std::size_t u : cells_[c].units) {
                for (std::size_t t = 0; t < out.periods; ++t) {
                    const double count = panel.at(u, first_ + static_cast<int>(t) - panel.first_period);
                    if (!std::isnan(count)) out.counts[c * out.periods + t] += static_cast<std::int32_t>(count);
                }
            }
        }
        return out;
    }

    /// The place that most events of the cluster's cells are in; "" = none is named.
    [[nodiscard]] std::string place_of(const scan::Cluster& cluster) const {
        std::map<std::string_view, double> events;
        for (const std::size_t place : cluster.places) {
            for (const auto& [id, count] : cells_[place].places) {
                if (setting_.places.find_place(std::string(id))) events[id] += count;
            }
        }
        std::string best;
        double most = 0;
        for (const auto& [id, count] : events) {
            if (count > most) {
                most = count;
                best = id;
            }
        }
        return best;
    }

    /// Of a stretch as long in the same cells, by the mean of all months.
    [[nodiscard]] double usual(const scan::Cluster& cluster) const {
        double events = 0;
        for (const std::size_t cell : cluster.places) {
            for (const auto& [id, count] : cells_[cell].places) events += count;
        }
        const auto stretch = static_cast<double>(cluster.last - cluster.first + 1);
        return events * stretch / static_cast<double>(choice_.newest - first_ + 1);
    }

    /// The events from which a window of this expectation is as unlikely as asked for.
    [[nodiscard]] double needed(const scan::Cluster& cluster, const scan::Scan& found) const {
        std::vector<double> maxima = found.maxima;
        std::ranges::sort(maxima, std::greater<>());
        const auto rank = static_cast<std::size_t>(options_.number("alpha") * static_cast<double>(maxima.size() + 1));
        const double level = maxima[std::min(maxima.size() - 1, rank == 0 ? 0 : rank - 1)];
        const auto all = static_cast<double>(found.cases);
        double n = std::max(std::ceil(cluster.expected), static_cast<double>(options_.whole("least")));
        while (n < all && scan::likelihood_ratio(n, cluster.expected, all) <= level) ++n;
        return n;
    }

    [[nodiscard]] Signal signal_of(const scan::Cluster& cluster, const scan::Scan& found) const {
        const model::Panel& panel = *choice_.panel;
        Signal out;
        const int gid = cells_[cluster.centre].gid;
        const std::string place = place_of(cluster);
        out.subject = subject_of(cluster);
        const int first = first_ + static_cast<int>(cluster.first);
        out.period = period_label(choice_.newest, panel.period);
        out.periods = static_cast<int>(cluster.last - cluster.first) + 1;
        out.id = fmt::format("{}/{}/{}", watch_.id, out.subject, out.period);
        // half a cell's diagonal further out: events stand anywhere in a cell
        const double km = std::ceil((cluster.radius_km + 40) / 10) * 10;
        const double lat = centre_latitude_deg(grid_row(gid)), lon = centre_longitude_deg(grid_column(gid));
        const std::string where = position_text(lat, lon);
        out.around = model::Circle{centre_latitude_deg(grid_row(gid)), centre_longitude_deg(grid_column(gid)), km};
        out.subject_title =
            fmt::format("{}within {} km of {}", place.empty() ? "" : setting_.places.title_of(place) + ", ",
                        number_text(km), where);
        out.observed = static_cast<double>(cluster.observed);
        out.expected = cluster.expected;
        out.threshold = needed(cluster, found);
        out.unusualness = 1 - cluster.p_value;
        constexpr int new_months = 3;
        out.course.change = out.periods <= new_months ? model::Change::New : model::Change::StillHigh;
        out.adjusted_p_value = cluster.p_value;
        out.severity = {out.observed, engine::severity_unit(watch_)};
        out.lateness_days = setting_.as_of - last_day_of(choice_.newest, panel.period);
        out.size = engine::size_of(out.unusualness, engine::ratio_of(out.observed, out.expected, half_a_count),
                                   setting_.grades);
        out.grounds = {.history = choice_.newest - first_ + 1,
                       .season = months_a_year,
                       .completeness = model::Completeness::Covered,
                       .real_time = !panel.pseudo_real_time,
                       .corroboration = model::Corroboration::None,
                       .other_source = {}};
        out.baseline = {
            usual(cluster),
            fmt::format("as many months by the mean of the {} of the same cells", choice_.newest - first_ + 1)};
        model::Phrasing phrase(out.periods == 1 ? "clusters.month" : "clusters.months");
        if (!place.empty()) phrase.named("place", place);
        phrase.number("km", km)
            .text(lat < 0 ? "south" : "north", number_text(std::abs(lat)))
            .text(lon < 0 ? "west" : "east", number_text(std::abs(lon)))
            .number("observed", out.observed)
            .number("expected", out.expected)
            .period("first", period_label(first, panel.period))
            .period("last", out.period)
            .number("months", out.periods)
            .number("chance", cluster.p_value);
        out.phrase = phrase.phrase();
        out.reason = fmt::format(
            "{}: {} events from {} to {}, {} expected; by chance, as unlikely a cluster anywhere "
            "in {} of 1,000 such looks",
            out.subject_title, number_text(out.observed), period_label(first, panel.period), out.period,
            engine::figure(out.expected), number_text(std::round(cluster.p_value * 1000)));
        for (const std::size_t cell : cluster.places) {
            for (const std::size_t u : cells_[cell].units) out.behind.push_back(panel.units[u]);
        }
        std::ranges::sort(out.behind);
        out.cites = watch_.cites;
        out.caveats = watch_.caveats;
        return out;
    }

    const pack::Watch& watch_;
    const Setting& setting_;
    const pack::Options& options_;
    engine::PanelChoice choice_;
    engine::PanelChoice short_;  ///< too few months
    int first_ = 0;
    bool is_sample_ = false;
    std::vector<CellEvents> cells_;  ///< by gid
};

Result<pack::Options> cluster_options(const pack::Watch& watch) {
    Diagnostics faults;
    pack::Options out = pack::parse_options(watch.judging.method, permutation_spec, faults);
    if (!faults.empty()) return std::unexpected(faults.front());
    return out;
}

std::vector<model::Select> cluster_needs(const pack::Watch& watch, const Setting& setting) {
    const auto options = cluster_options(watch);
    auto select = engine::select_of(watch.selection, setting);
    if (!options || !select) return {};
    // a source may be years late, and what is stale is told as such; whole spans of years, so that one answer serves
    // many past days
    constexpr int late_months = 36, span_years = 5;
    const int from = period_of(setting.as_of, PeriodKind::Month) - options->whole("study") - late_months;
    const int year = civil_of(first_day_of(from, PeriodKind::Month)).year;
    select->since = day_of(year - year % span_years, 1, 1);
    return {std::move(*select)};
}

Result<WatchFinding> run_clusters(const model::Evidence& evidence, const pack::Watch& watch, const Setting& setting) {
    const pack::Options options = TRY(cluster_options(watch));
    return HotSpots(evidence, watch, setting, options, cluster_needs(watch, setting)).finding();
}

Result<std::vector<model::JudgedSeries>> series_of_clusters(const model::Evidence& evidence, const pack::Watch& watch,
                                                            const Setting& setting, std::string_view unit) {
    if (unit.empty()) return std::vector<model::JudgedSeries>{};  // months of cells are the panel's own
    const pack::Options options = TRY(cluster_options(watch));
    return HotSpots(evidence, watch, setting, options, cluster_needs(watch, setting)).series(unit);
}

void check_clusters(const pack::Watch& watch, const Setting& setting, Diagnostics& faults) {
    engine::check_selection(watch, watch.selection, setting, faults);
    if (watch.selection.unit != model::Unit::PlacePosition || watch.selection.period != PeriodKind::Month)
        faults.push_back({Fault::Pack, "bad-unit", engine::at(watch, "unit"),
                          fmt::format("watch '{}' does not ask for positions by month", watch.id),
                          "write unit = \"place-position\", period = \"month\""});
}

/// One place with the strip's counts among eleven that always have its median, a degree apart.
Result<std::vector<int>> strip_clusters(const pack::Watch& watch, const std::vector<double>& values) {
    const pack::Options options = TRY(cluster_options(watch));
    std::vector<double> known;
    std::ranges::copy_if(values, std::back_inserter(known), [](double x) { return !std::isnan(x); });
    std::vector<int> out;
    if (known.empty()) return out;
    std::ranges::sort(known);
    const double usual = std::round(known[known.size() / 2]);
    constexpr std::size_t among = 12;
    const auto study = static_cast<std::size_t>(options.whole("study"));
    for (std::size_t end = least_months; end <= values.size(); ++end) {
        const std::size_t first = end > study ? end - study : 0;
        scan::Data data;
        data.periods = end - first;
        data.period_days.assign(data.periods, 1);
        for (std::size_t place = 0; place < among; ++place) {
            data.places.push_back({0, static_cast<double>(place)});
            for (std::size_t t = first; t < end; ++t) {
                const double count = place == 0 ? values[t] : usual;
                data.counts.push_back(std::isnan(count) ? 0 : static_cast<std::int32_t>(count));
            }
        }
        auto found = scan::scan_statistic(data, scan_options(options, 1));
        if (!found && found.error().code == "no-cases") continue;
        const scan::Scan scanned = TRY(std::move(found));
        for (const auto& cluster : scanned.clusters) {
            const bool holds_it = std::ranges::find(cluster.places, std::size_t{0}) != cluster.places.end();
            if (holds_it && cluster.p_value <= options.number("alpha")) out.push_back(static_cast<int>(end) - 1);
        }
    }
    return out;
}

constexpr pack::Field hot_spots_fields[] = {
    text_option("from", "sources of events with positions, in order of preference"),
    text_option("matched", "what several sources tell is counted once; true, or { km, days, taxonomy }"),
    text_option("kind", "kinds of event"),
    text_option("places", "a place or set; everywhere if not given"),
    text_option("where", "conditions on an event: where_prec of UCDP is its intensity"),
    text_option("unit", "place-position"),
    text_option("period", "month"),
    text_option("severity_unit", "what a severity counts"),
};
constexpr std::string_view hot_spots_examples[] = {
    "engine = \"hot-spots\"; from = [\"asam\"]; kind = [\"piracy\"]; unit = \"place-position\"; period = \"month\"; "
    "method = { name = \"scan-permutation\", radius_km = 300, longest = 6 }"};
constexpr std::string_view hot_spots_cites[] = {"kulldorff2005", "kulldorff2001", "tollefsen2012"};
constexpr pack::Spec hot_spots_spec{
    "hot-spots",
    "Circles and stretches of months up to the newest in which events stand closer together than their places and "
    "months explain.",
    hot_spots_fields, hot_spots_examples, hot_spots_cites};

}  // namespace

const engine::Engine& hot_spots() {
    static const engine::Engine row = [] {
        engine::Engine out{
            "hot-spots",    hot_spots_spec, cluster_specs, cluster_needs, engine::one_by_one<run_clusters>,
            check_clusters, strip_clusters};
        out.series = series_of_clusters;
        return out;
    }();
    return row;
}

}  // namespace icosa::detect
