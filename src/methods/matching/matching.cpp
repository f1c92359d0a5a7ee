/// The stages: single days, episodes, days within episodes; then why the rest is in no pair.
#include "methods/matching/matching.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "methods/matching/closest.hpp"
#include "methods/matching/parts.hpp"
#include "methods/space/great_circle.hpp"

namespace icosa::methods::matching {
namespace {

Result<void> check_matched(std::span<const Event> events, std::int32_t kinds, const char* which) {
    for (std::size_t i = 0; i < events.size(); ++i) {
        const Event& one = events[i];
        if (std::abs(one.latitude_deg) <= 90 && std::abs(one.longitude_deg) <= 180 && one.first <= one.last
            && one.first != no_day && one.kind >= 0 && one.kind < kinds)
            continue;
        return fail(
            Fault::Data, "bad-event", {},
            fmt::format("event {} of the {} has latitude {}, longitude {}, days {} to {}, kind {} of {}", i, which,
                        one.latitude_deg, one.longitude_deg, one.first.value, one.last.value, one.kind, kinds));
    }
    return {};
}

std::vector<std::int32_t> chosen_of(std::span<const Event> events, bool are_episodes) {
    std::vector<std::int32_t> out;
    for (std::size_t i = 0; i < events.size(); ++i)
        if ((events[i].first != events[i].last) == are_episodes) out.push_back(static_cast<std::int32_t>(i));
    return out;
}

class Stages {
public:
    Stages(std::span<const Event> a, std::span<const Event> b, const Agreement& agreement, Reach reach, int threads)
        : a_(a), b_(b), agreement_(agreement), reach_(reach), threads_(threads) {
        out_.a.assign(a.size(), Standing::Alone);
        out_.b.assign(b.size(), Standing::Alone);
    }

    Matching run() {
        same_length(false);
        same_length(true);
        within_episodes(a_, b_, out_.a, out_.b, true);
        within_episodes(b_, a_, out_.b, out_.a, false);
        explain(a_, b_, out_.a, agreement_.kinds_b());
        explain(b_, a_, out_.b, agreement_.kinds_a());
        const auto by_a = [](const Pair& x, const Pair& y) { return x.a != y.a ? x.a < y.a : x.b < y.b; };
        std::sort(out_.pairs.begin(), out_.pairs.end(), by_a);
        std::sort(out_.in_episodes.begin(), out_.in_episodes.end(), by_a);
        return std::move(out_);
    }

private:
    [[nodiscard]] Pair pair_of(std::int32_t a, std::int32_t b, std::int32_t days) const {
        const Event& x = a_[static_cast<std::size_t>(a)];
        const Event& y = b_[static_cast<std::size_t>(b)];
        return {a, b, great_circle_km({x.latitude_deg, x.longitude_deg}, {y.latitude_deg, y.longitude_deg}), days,
                1 - agreement_.misfit(x.kind, y.kind)};
    }

    void same_length(bool are_episodes) {
        const Sites a = sites_of(a_, chosen_of(a_, are_episodes)), b = sites_of(b_, chosen_of(b_, are_episodes));
        if (a.size() == 0 || b.size() == 0) return;
        const Closest found = closest_pairs(a, a_, b, b_, agreement_, reach_, threads_);
        mark(a, found.a_has, out_.a);
        mark(b, found.b_has, out_.b);
        std::vector<std::int32_t> next_a = a.first, next_b = b.first;
        for (const SitePair& pair : found.pairs) {
            for (std::int32_t i = 0; i < pair.worth; ++i) {
                const std::int32_t one =
                    a.members[static_cast<std::size_t>(next_a[static_cast<std::size_t>(pair.a)]++)];
                const std::int32_t other =
                    b.members[static_cast<std::size_t>(next_b[static_cast<std::size_t>(pair.b)]++)];
                const Event& x = a_[static_cast<std::size_t>(one)];
                const Event& y = b_[static_cast<std::size_t>(other)];
                const int first = y.first - x.first, last = y.last - x.last;
                out_.pairs.push_back(pair_of(one, other, std::abs(last) > std::abs(first) ? last : first));
                out_.a[static_cast<std::size_t>(one)] = out_.b[static_cast<std::size_t>(other)] = Standing::Paired;
            }
        }
    }

    /// Outbid until paired.
    static void mark(const Sites& sites, const std::vector<std::uint8_t>& has, std::vector<Standing>& standing) {
        for (std::size_t site = 0; site < sites.size(); ++site) {
            if (!has[site]) continue;
            for (const std::int32_t event : sites.of(site))
                standing[static_cast<std::size_t>(event)] = Standing::Outbid;
        }
    }

    /// Events of one day of `events` that are in no pair, each to the closest episode of `others` that is in none.
    void within_episodes(std::span<const Event> events, std::span<const Event> others,
                         const std::vector<Standing>& standing, const std::vector<Standing>& of_others, bool is_a) {
        const auto left = [](std::vector<std::int32_t> chosen, const std::vector<Standing>& standing_of) {
            std::erase_if(chosen, [&](std::int32_t one) {
                return standing_of[static_cast<std::size_t>(one)] == Standing::Paired;
            });
            return chosen;
        };
        const Sites days = sites_of(events, left(chosen_of(events, false), standing));
        const Sites episodes = sites_of(others, left(chosen_of(others, true), of_others));
        if (days.size() == 0 || episodes.size() == 0) return;
        const std::int32_t kinds = is_a ? agreement_.kinds_b() : agreement_.kinds_a();
        const SiteTrees trees(episodes, others, kinds);
        const Nearness nearness(reach_, DaysBy::Gap);
        std::vector<std::int32_t> found(days.size());
        for_all(days.size(), threads_, [&](std::size_t i) {
            const Site& one = days.sites[i];
            std::vector<double> misfits;
            for (std::int32_t kind = 0; kind < kinds; ++kind)
                misfits.push_back(is_a ? agreement_.misfit(one.kind, kind) : agreement_.misfit(kind, one.kind));
            found[i] = trees.nearest(events[static_cast<std::size_t>(one.event)], one.spot, misfits, nearness).site;
        });
        for (std::size_t i = 0; i < days.size(); ++i) {
            if (found[i] < 0) continue;
            const auto site = static_cast<std::size_t>(found[i]);
            const std::int32_t episode = episodes.sites[site].event;
            const Event& holder = others[static_cast<std::size_t>(episode)];
            for (const std::int32_t event : days.of(i)) {
                const Event& one = events[static_cast<std::size_t>(event)];
                const int before = std::min(0, one.first - holder.first), after = std::max(0, one.last - holder.last);
                out_.in_episodes.push_back(is_a ? pair_of(event, episode, -(before + after))
                                                : pair_of(episode, event, before + after));
            }
        }
    }

    /// Of what found nothing that agrees: is there anything near at all?
    void explain(std::span<const Event> events, std::span<const Event> others, std::vector<Standing>& standing,
                 std::int32_t kinds) const {
        std::vector<std::int32_t> alone, all(others.size());
        for (std::size_t i = 0; i < events.size(); ++i)
            if (standing[i] == Standing::Alone) alone.push_back(static_cast<std::int32_t>(i));
        for (std::size_t i = 0; i < others.size(); ++i) all[i] = static_cast<std::int32_t>(i);
        const Sites asked = sites_of(events, std::move(alone)), near = sites_of(others, std::move(all));
        const SiteTrees trees(near, others, kinds);
        // whatever their lengths: an episode is near an event that it holds
        const Nearness nearness(reach_, DaysBy::Gap);
        std::vector<std::uint8_t> found(asked.size());
        for_all(asked.size(), threads_, [&](std::size_t i) {
            const Site& one = asked.sites[i];
            const Event& event = events[static_cast<std::size_t>(one.event)];
            found[i] = trees.has_any(event, one.spot, nearness);
        });
        for (std::size_t i = 0; i < asked.size(); ++i) {
            if (!found[i]) continue;
            for (const std::int32_t event : asked.of(i))
                standing[static_cast<std::size_t>(event)] = Standing::OtherKind;
        }
    }

    std::span<const Event> a_, b_;
    const Agreement& agreement_;
    Reach reach_;
    int threads_;
    Matching out_;
};

}  // namespace

Result<Matching> match_events(std::span<const Event> a, std::span<const Event> b, const Agreement& agreement,
                              Reach reach, int threads) {
    if (!(reach.km >= 0 && reach.km <= 20'000) || reach.days < 0 || reach.days > 36'500)
        return fail(Fault::Usage, "bad-reach", {}, fmt::format("{} km and {} days", reach.km, reach.days),
                    "0 to 20000 km, 0 to 36500 days");
    TRY(check_matched(a, agreement.kinds_a(), "first source"));
    TRY(check_matched(b, agreement.kinds_b(), "second source"));
    return Stages(a, b, agreement, reach, threads).run();
}

}  // namespace icosa::methods::matching
