/// A group's sums are kept at the ends of blocks; what a run of bands left to look at needs of them is copied.
#include "methods/scan/recent.hpp"
#include "methods/scan/statistic.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <thread>
#include <type_traits>

#include "methods/scan/lanes.hpp"

namespace icosa::methods::scan {
namespace {

constexpr std::size_t bands_together = 4;
constexpr std::size_t half = line_cells / 2;

}  // namespace
void RecentCases::work_out(const CentreGroups& groups, const Reach& reach) {
    const std::size_t lanes = reach.lanes(), held = groups.with_cases.size();
    std::int32_t most = 0;
    for (std::size_t h = 0; h < held; ++h) {
        std::int32_t* n = &recent[h * lanes];
        for (std::size_t w = 1; w < reach.lengths(); ++w) n[w] += n[w - 1];
        most = std::max(most, n[reach.lengths() - 1]);
    }
    constexpr std::int32_t room = 0xFFFF / (CentreGroups::block + 1);  // a block's sum must fit
    const bool is_short = most < room;
    std::int32_t parts = is_short ? 1 : 16;
    while (is_short && parts < 16 && (most + 1) * parts * 2 < room) parts *= 2;
    part = 1.0F / static_cast<float>(parts);
    const std::size_t lines = lanes / half;
    const auto fill = [&](auto& table) {
        using Cell = std::remove_reference_t<decltype(table[0].cell[0])>;
        table.assign((held + 1) * lines, {});
        for (std::size_t h = 0; h < held; ++h) {
            const std::int32_t* n = &recent[h * lanes];
            if (n[reach.lengths() - 1] == 0) continue;
            const auto cases = static_cast<double>(groups.cases[h]);
            for (std::size_t w = 0; w < reach.lengths(); ++w) {
                auto* cell = table[h * lines + w / half].cell + w % half;
                cell[0] = static_cast<Cell>(n[w]);
                const double above = (n[w] - cases * reach.share(w)) * parts;
                cell[half] = above > 0 ? static_cast<Cell>(static_cast<std::int32_t>(above) + 1) : Cell{0};
            }
        }
    };
    if (is_short) {
        wholes.clear();
        fill(shorts);
    } else {
        shorts.clear();
        fill(wholes);
    }
}

/// Bands of one group that a bound did not rule out.
struct RecentSweep::Left {
    std::size_t level = 0, group = 0, first_band = 0, end_band = 0;
    std::size_t sums = 0;  ///< where the sums of the places that its circles must hold begin
    double at_most = 0;    ///< the statistic
};

/// Circles of radius [from_km, to_km) about a group's centres: what they must hold, and the places they may.
struct RecentSweep::Refined {
    double from_km = 0, to_km = 0;
    std::int64_t cases = 0;
    std::vector<std::int32_t> sums;  ///< lines, of whose first halves
    std::vector<std::int32_t> more;  ///< lines, of whose second halves: excess of the places they may hold, in parts
    std::vector<HeldNumber> may;   ///< held
};

struct RecentSweep::Search {
    double from = 0;
    std::size_t level = 0;
    double greatest = 0;
    double judged = 0;  ///< windows
    std::size_t keep_one_in = 0, since_kept = 0;
    std::vector<RecentWindow> ruled_out;
    std::vector<RecentWindow>* best = nullptr;  ///< of each centre, where windows are asked for

    std::vector<std::int32_t> sums;  ///< [blocks + 1][2][lanes] of a group
    std::vector<std::int32_t> row;   ///< [lanes] of a circle
    std::vector<std::int32_t> zero;
    std::int64_t cases = 0;
    std::vector<Left> left;
    std::vector<std::int32_t> left_sums;
    std::vector<Refined> refined;
    std::vector<HeldNumber> must;
    std::vector<NearPlace> near;
};

/// Adds a place to the circle, and looks at the windows of the circle that ends with it.
void RecentSweep::add_place(std::size_t held, std::size_t centre, const RecentCases& data, Search& search) const {
    const std::size_t lanes = reach_.lanes();
    const std::int32_t* added = &data.recent[held * lanes];
    search.cases += groups_.cases[held];
    if (added[reach_.lengths() - 1] == 0) return;  // no window of it is better than one without the place
    add_row(search.row.data(), added, lanes);
    search.judged += static_cast<double>(reach_.lengths());
    if (!reaches(search.row.data(), reach_.threshold(search.level, search.cases), lanes)) return;
    for (std::size_t w = 0; w < reach_.lengths(); ++w) {
        const std::int64_t n = search.row[w];
        const double u = static_cast<double>(search.cases) * reach_.share(w);
        if (n < reach_.minimum_cases() || static_cast<double>(n) <= u) continue;
        const double statistic = likelihood_ratio(static_cast<double>(n), u, reach_.all());
        if (statistic < search.from) continue;
        if (search.best != nullptr) {
            // the shorter is better of equals, and an earlier circle is smaller
            auto& best = (*search.best)[centre];
            if (statistic > best.statistic + same_statistic)
                best = {statistic,
                        static_cast<std::int32_t>(centre),
                        groups_.with_cases[held],
                        static_cast<std::int32_t>(w + 1),
                        n,
                        search.cases};
        } else if (statistic > search.greatest) {
            search.greatest = statistic;
            search.level = std::max(search.level, reach_.level_at(statistic));
        }
    }
}

/// Running sums over the group's list, block by block.
void RecentSweep::sum_up(const CentreLevel& level, const CentreGroup& group, const RecentCases& data,
                         Search& search) const {
    const std::size_t row = 2 * reach_.lanes();
    std::size_t blocks = 0;
    for (std::size_t b = group.first_band; b < group.end_band; ++b)
        blocks = std::max<std::size_t>(blocks, level.bands[b].outer);
    search.sums.resize((blocks + 1) * row);
    std::fill_n(search.sums.begin(), row, 0);
    const std::span held = std::span(level.held).subspan(group.first_block * CentreGroups::block);
    for (std::size_t b = 0; b < blocks; ++b)
        data.add_to(&search.sums[(b + 1) * row], &search.sums[b * row],
                    held.subspan(b * CentreGroups::block, CentreGroups::block), reach_.lanes() / half);
}

/// Where windows are asked for, each centre has a level of its own.
void RecentSweep::set_level(std::size_t l, const CentreGroup& group, Search& search) const {
    if (search.best == nullptr) return;
    const auto centre = static_cast<std::size_t>(groups_.centres[group.first_centre]);
    const double best = l + 1 == groups_.levels.size() ? (*search.best)[centre].statistic : 0;
    search.level = reach_.level_at(std::max(search.from, best));
}

bool RecentSweep::is_left(const Band& band, const RecentCases& data, const Search& search) const {
    const std::size_t row = 2 * reach_.lanes();
    const std::int32_t* inner = &search.sums[band.inner * row];
    return may_reach(inner, inner, &search.sums[band.outer * row], data.part,
                     reach_.threshold(search.level, band.inner_cases, band.node), reach_.lanes() / half);
}

void RecentSweep::far_circles(std::size_t l, std::size_t g, const RecentCases& data, Search& search) const {
    const auto& level = groups_.levels[l];
    const auto& group = level.groups[g];
    if (group.first_band == group.end_band) return;
    const std::size_t row = 2 * reach_.lanes();
    sum_up(level, group, data, search);
    set_level(l, group, search);
    Left run;
    for (std::size_t b = group.first_band; b < group.end_band; ++b) {
        const auto& band = level.bands[b];
        const bool stays = is_left(band, data, search);
        if (stays) {
            const std::int32_t* inner = &search.sums[band.inner * row];
            const std::int32_t* outer = &search.sums[band.outer * row];
            if (run.end_band == 0) {
                run = {l, g, b, b, search.left_sums.size(), 0};
                search.left_sums.insert(search.left_sums.end(), inner, inner + row);
            }
            run.end_band = b + 1;
            for (std::size_t w = 0; w < reach_.lengths(); ++w) {
                const std::size_t at = w / half * line_cells + w % half;
                const double excess = inner[at] - static_cast<double>(band.inner_cases) * reach_.share(w)
                    + static_cast<double>(data.part) * (outer[at + half] - inner[at + half]);
                run.at_most = std::max(run.at_most, reach_.at_most(w, band.inner_cases, excess));
            }
        }
        if (!stays && search.keep_one_in > 0 && ++search.since_kept % search.keep_one_in == 0)
            keep_ruled_out(level, group, band, search);
        if (run.end_band > 0
            && (!stays || b + 1 == group.end_band || run.end_band - run.first_band == bands_together)) {
            search.left.push_back(run);
            run = {};
        }
    }
}

/// Looks into the groups that a group consists of, with what is left of its circles in refined[depth].
void RecentSweep::refine(std::size_t l, std::size_t g, std::size_t depth, const RecentCases& data,
                         Search& search) const {
    constexpr double margin_km = 1e-6;
    const std::size_t lanes = reach_.lanes();
    const auto& group = groups_.levels[l].groups[g];
    const auto add_all = [&](const std::vector<HeldNumber>& numbers, std::int32_t* into) {
        for (std::size_t k = 0; k < numbers.size(); k += CentreGroups::block)
            data.add_to(into, into, std::span(numbers).subspan(k, std::min(CentreGroups::block, numbers.size() - k)),
                        lanes / half);
    };
    if (l + 1 == groups_.levels.size())
        return circles_about(static_cast<std::size_t>(groups_.centres[group.first_centre]), search.refined[depth], data,
                             search);
    for (std::size_t c = group.first_child; c < group.end_child; ++c) {
        const auto& child = groups_.levels[l + 1].groups[c];
        const Refined& of = search.refined[depth];
        Refined& into = search.refined[depth + 1];
        into.from_km = of.from_km;
        into.to_km = of.to_km;
        into.cases = of.cases;
        into.sums = of.sums;
        into.more.assign(2 * lanes, 0);
        into.may.clear();
        search.must.clear();
        const double margin = child.spread_km > 0 ? margin_km : 0;
        const double must_km = of.from_km - child.spread_km - margin, may_km = of.to_km + child.spread_km + margin;
        for (const auto h : of.may) {
            const auto held = static_cast<std::size_t>(h);
            const double km = chord_km(child.middle, groups_.held_at[held]);
            if (km < must_km) {
                into.cases += groups_.cases[held];
                search.must.push_back(h);
            } else if (km < may_km) {
                into.may.push_back(h);
            }
        }
        if (static_cast<double>(into.cases) > limits_.most) continue;
        set_level(l + 1, child, search);
        add_all(search.must, into.sums.data());
        add_all(into.may, into.more.data());
        if (may_reach(into.sums.data(), search.zero.data(), into.more.data(), data.part,
                      reach_.threshold(search.level, into.cases), lanes / half))
            refine(l + 1, c, depth + 1, data, search);
    }
}

void RecentSweep::circles_about(std::size_t centre, const Refined& of, const RecentCases& data, Search& search) const {
    search.row.resize(reach_.lanes());
    for (std::size_t w = 0; w < reach_.lanes(); ++w) search.row[w] = of.sums[w / half * line_cells + w % half];
    search.cases = of.cases;
    search.near.clear();
    for (const auto h : of.may) {
        const auto held = static_cast<std::size_t>(h);
        const std::int32_t place = groups_.with_cases[held];
        const bool is_centre = static_cast<std::size_t>(place) == centre;
        const double km = is_centre ? -1 : chord_km(groups_.at[centre], groups_.held_at[held]);
        if (km >= of.to_km || (limits_.max_radius_km > 0 && km > limits_.max_radius_km)) continue;
        if (km >= of.from_km || (is_centre && of.from_km <= 0)) {
            search.near.push_back({km, place, h});
            continue;
        }
        search.cases += groups_.cases[held];
        add_row(search.row.data(), &data.recent[held * reach_.lanes()], reach_.lanes());
    }
    order_by_distance(search.near);
    for (const auto& one : search.near) {
        const auto h = static_cast<std::size_t>(one.held);
        if (static_cast<double>(search.cases + groups_.cases[h]) > limits_.most) break;
        add_place(h, centre, data, search);
    }
}

/// One window of a band that was ruled out, where the place taken at random lies in the band.
void RecentSweep::keep_ruled_out(const CentreLevel& level, const CentreGroup& group, const Band& band,
                                 Search& search) const {
    const std::size_t turn = search.since_kept * 31;
    const std::int32_t centre = groups_.centres[group.first_centre + turn % (group.end_centre - group.first_centre)];
    const std::size_t first = band.inner * CentreGroups::block, end = band.outer * CentreGroups::block;
    for (std::size_t i = 0; i < end - first; ++i) {
        const std::size_t j = first + (turn + i) % (end - first);
        const auto h = static_cast<std::size_t>(level.held[group.first_block * CentreGroups::block + j]);
        if (h == groups_.cases.size()) continue;
        const double km = chord_km(groups_.at[static_cast<std::size_t>(centre)], groups_.held_at[h]);
        if (km < band.from_km || km >= band.to_km) continue;
        search.ruled_out.push_back({std::max(search.greatest, search.from), centre, groups_.with_cases[h],
                                    static_cast<std::int32_t>(1 + turn % reach_.lengths()), 0, 0});
        return;
    }
}

void RecentSweep::look_into(const Left& left, const RecentCases& data, Search& search) const {
    const auto& level = groups_.levels[left.level];
    const auto& group = level.groups[left.group];
    const auto& first = level.bands[left.first_band];
    const auto& last = level.bands[left.end_band - 1];
    Refined& of = search.refined[0];
    of.from_km = first.from_km;
    of.to_km = last.to_km;
    of.cases = first.inner_cases;
    const auto sums = search.left_sums.begin() + static_cast<std::ptrdiff_t>(left.sums);
    of.sums.assign(sums, sums + static_cast<std::ptrdiff_t>(2 * reach_.lanes()));
    of.may.clear();
    for (std::size_t j = first.inner * CentreGroups::block; j < last.outer * CentreGroups::block; ++j) {
        const HeldNumber h = level.held[group.first_block * CentreGroups::block + j];
        if (static_cast<std::size_t>(h) == groups_.cases.size()) break;
        of.may.push_back(h);
    }
    refine(left.level, left.group, 0, data, search);
}

/// Groups [first, end) of the top level and all they consist of: the smallest circles first, which raise the level.
void RecentSweep::sweep(std::size_t first, std::size_t end, const RecentCases& data, Search& search) const {
    search.zero.assign(2 * reach_.lanes(), 0);
    search.refined.resize(groups_.levels.size() + 1);
    std::vector<std::pair<std::size_t, std::size_t>> within = {{first, end}};
    for (std::size_t l = 0; l + 1 < groups_.levels.size(); ++l) {
        const auto& groups = groups_.levels[l].groups;
        within.emplace_back(groups[within[l].first].first_child, groups[within[l].second - 1].end_child);
    }
    for (std::size_t l = groups_.levels.size(); l-- > 0;) {
        for (std::size_t g = within[l].first; g < within[l].second; ++g) far_circles(l, g, data, search);
        std::sort(search.left.begin(), search.left.end(), [](const Left& a, const Left& b) {
            return a.at_most > b.at_most || (a.at_most == b.at_most && a.sums < b.sums);
        });
        for (const auto& left : search.left) {
            if (search.best == nullptr && left.at_most < search.greatest) break;
            look_into(left, data, search);
        }
        search.left.clear();
        search.left_sums.clear();
    }
}

double RecentSweep::greatest(const RecentCases& data, double from, double& judged) const {
    Search search;
    search.from = from;
    search.level = reach_.level_at(from);
    if (!groups_.centres.empty()) sweep(0, groups_.levels[0].groups.size(), data, search);
    judged += search.judged;
    return search.greatest;
}

std::vector<RecentWindow> RecentSweep::ruled_out(const RecentCases& data, double from, std::size_t one_in) const {
    Search search;
    search.from = from;
    search.level = reach_.level_at(from);
    search.keep_one_in = one_in;
    if (!groups_.centres.empty()) sweep(0, groups_.levels[0].groups.size(), data, search);
    return search.ruled_out;
}

std::vector<RecentWindow> RecentSweep::best_about_each(const RecentCases& data, double from, int threads) const {
    std::vector<RecentWindow> best(groups_.at.size());
    std::atomic<std::size_t> next{0};
    const auto work = [&] {
        Search search;
        search.from = from;
        search.level = reach_.level_at(from);
        search.best = &best;  // each centre belongs to one group of the top level
        for (std::size_t g = next++; g < groups_.levels[0].groups.size(); g = next++) sweep(g, g + 1, data, search);
    };
    {
        std::vector<std::jthread> workers;
        for (int i = 1; i < threads; ++i) workers.emplace_back(work);
        work();
    }
    std::erase_if(best, [](const RecentWindow& one) { return one.statistic <= 0; });
    return best;
}

std::size_t RecentSweep::bands() const {
    std::size_t out = 0;
    for (const auto& level : groups_.levels) {
        for (const auto& group : level.groups) out += group.end_band - group.first_band;
    }
    return out;
}

RecentSweep::RecentSweep(CentreGroups groups, const Reach& reach, const CircleLimits& limits,
                         std::span<const RecentCases> chance, int threads)
    : groups_(std::move(groups)), reach_(reach), limits_(limits) {
    prepare(chance, threads);
}

double RecentSweep::circles_about_middles(const CentreLevel& level) const {
    double out = 0;
    for (const auto& group : level.groups) {
        std::int64_t within = 0;
        const std::size_t first = group.first_block * CentreGroups::block;
        std::size_t held = first;
        for (; held < group.end_block * CentreGroups::block; ++held) {
            const auto h = static_cast<std::size_t>(level.held[held]);
            if (h < groups_.cases.size()) within += groups_.cases[h];
            if (h == groups_.cases.size() || static_cast<double>(within) > limits_.most) break;
        }
        out += static_cast<double>((held - first) * (group.end_centre - group.first_centre));
    }
    return out;
}

/// A level's lists, then how often each band is left to look at, then the next level's for what it is given.
void RecentSweep::prepare(std::span<const RecentCases> chance, int threads) {
    if (groups_.centres.empty()) return;
    std::vector<std::size_t> expected(chance.size(), 0);
    for (std::size_t l = 0; l < groups_.levels.size(); ++l) {
        list_places(groups_, l, limits_, reach_, threads);
        auto& level = groups_.levels[l];
        if (l == 0) circles_ = circles_about_middles(level);
        if (l + 1 == groups_.levels.size()) break;
        std::vector<std::vector<std::int32_t>> left(chance.size());
        std::atomic<std::size_t> next{0};
        const auto work = [&] {
            Search search;
            for (std::size_t i = next++; i < chance.size(); i = next++) {
                if (l == 0) expected[i] = level_to_expect(chance[i]);
                search.level = expected[i];
                left[i].assign(level.bands.size(), 0);
                for (const auto& group : level.groups) {
                    sum_up(level, group, chance[i], search);
                    for (std::size_t b = group.first_band; b < group.end_band; ++b)
                        left[i][b] = static_cast<std::int32_t>(is_left(level.bands[b], chance[i], search));
                }
            }
        };
        {
            std::vector<std::jthread> workers;
            for (int i = 1; i < threads; ++i) workers.emplace_back(work);
            work();
        }
        for (std::size_t i = 1; i < left.size(); ++i) add_row(left[0].data(), left[i].data(), left[0].size());
        leave_to_children(level, left[0], static_cast<int>(chance.size()));
    }
}

/// Circles about the middles of the largest groups are much like those about centres: their greatest statistic.
std::size_t RecentSweep::level_to_expect(const RecentCases& chance) const {
    const auto& level = groups_.levels[0];
    Search search;
    double greatest = 1;
    for (const auto& group : level.groups) {
        sum_up(level, group, chance, search);
        for (std::size_t b = group.first_band; b < group.end_band; ++b) {
            const auto& band = level.bands[b];
            const std::int32_t* sums = &search.sums[band.inner * 2 * reach_.lanes()];
            for (std::size_t w = 0; w < reach_.lengths(); ++w) {
                const double u = static_cast<double>(band.inner_cases) * reach_.share(w);
                const std::size_t at = w / half * line_cells + w % half;
                const double n = sums[at];
                if (u > 0 && n > u) greatest = std::max(greatest, likelihood_ratio(n, u, reach_.all()));
            }
        }
    }
    return reach_.level_at(greatest);
}

}  // namespace icosa::methods::scan
