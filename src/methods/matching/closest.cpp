/// Follows chains; what a site found stays its nearest until that one is used up.
#include "methods/matching/closest.hpp"

#include <algorithm>

#include "methods/matching/parts.hpp"

namespace icosa::methods::matching {
namespace {

constexpr std::int32_t unknown = -2;

/// One source, and how it sees the other.
struct MatchSide {
    MatchSide(const Sites& of, std::span<const Event> its, std::int32_t kinds)
        : sites(of), events(its), trees(of, its, kinds), nearest(of.size(), unknown), left(of.size()) {
        for (std::size_t i = 0; i < of.size(); ++i) left[i] = of.worth(i);
    }

    const Sites& sites;
    std::span<const Event> events;
    SiteTrees trees;
    std::vector<double> misfits;         ///< [own kinds][kinds of the other]
    std::vector<std::int32_t> nearest;   ///< site of the other; unknown; none: nor will there be
    std::vector<std::int32_t> left;      ///< events of each site in no pair yet
};

class Chains {
public:
    Chains(MatchSide& a, MatchSide& b, Reach reach) : sides_{&a, &b}, nearness_(reach, DaysBy::Ends) {}

    void look(int side, std::size_t site) const {
        MatchSide& own = *sides_[side];
        const MatchSide& other = *sides_[1 - side];
        const Site& one = own.sites.sites[site];
        const std::size_t kinds = other.trees.kinds();
        const auto misfits = std::span(own.misfits).subspan(static_cast<std::size_t>(one.kind) * kinds, kinds);
        own.nearest[site] =
            other.trees.nearest(own.events[static_cast<std::size_t>(one.event)], one.spot, misfits, nearness_).site;
    }

    void run(std::vector<SitePair>& out) {
        const MatchSide& a = *sides_[0];
        for (const std::int32_t site : a.trees.order())
            while (a.left[static_cast<std::size_t>(site)] > 0 && nearest(0, site) >= 0) follow(site, out);
    }

private:
    std::int32_t nearest(int side, std::int32_t site) const {
        const auto at = static_cast<std::size_t>(site);
        const std::int32_t known = sides_[side]->nearest[at];
        if (known == unknown || (known >= 0 && sides_[1 - side]->left[static_cast<std::size_t>(known)] == 0))
            look(side, at);
        return sides_[side]->nearest[at];
    }

    /// From a site to a pair: the chain's sites are of a and b in turn. What is left of it is followed again.
    void follow(std::int32_t from, std::vector<SitePair>& out) {
        chain_.assign(1, from);
        while (!chain_.empty()) {
            const int side = static_cast<int>((chain_.size() - 1) % 2);
            const std::int32_t site = chain_.back(), next = nearest(side, site);
            if (chain_.size() < 2 || chain_[chain_.size() - 2] != next) {
                if (next < 0) return;  // of the first only: what is behind is near to all others
                chain_.push_back(next);
                continue;
            }
            const std::int32_t a = side == 0 ? site : next, b = side == 0 ? next : site;
            pair(a, b, out);
            chain_.resize(chain_.size() - 2);
        }
    }

    void pair(std::int32_t a, std::int32_t b, std::vector<SitePair>& out) {
        std::int32_t& of_a = sides_[0]->left[static_cast<std::size_t>(a)];
        std::int32_t& of_b = sides_[1]->left[static_cast<std::size_t>(b)];
        const std::int32_t worth = std::min(of_a, of_b);
        out.push_back({a, b, worth});
        of_a -= worth;
        of_b -= worth;
        if (of_a == 0) sides_[0]->trees.forget(a);
        if (of_b == 0) sides_[1]->trees.forget(b);
    }

    MatchSide* sides_[2];
    Nearness nearness_;
    std::vector<std::int32_t> chain_;
};

}  // namespace

Closest closest_pairs(const Sites& a, std::span<const Event> events_a, const Sites& b, std::span<const Event> events_b,
                      const Agreement& agreement, Reach reach, int threads) {
    MatchSide of_a(a, events_a, agreement.kinds_a()), of_b(b, events_b, agreement.kinds_b());
    for (std::int32_t x = 0; x < agreement.kinds_a(); ++x)
        for (std::int32_t y = 0; y < agreement.kinds_b(); ++y) of_a.misfits.push_back(agreement.misfit(x, y));
    for (std::int32_t y = 0; y < agreement.kinds_b(); ++y)
        for (std::int32_t x = 0; x < agreement.kinds_a(); ++x) of_b.misfits.push_back(agreement.misfit(x, y));
    Chains chains(of_a, of_b, reach);
    // in the order of the trees, so that one query walks where the last one walked
    for_all(a.size(), threads, [&](std::size_t i) { chains.look(0, static_cast<std::size_t>(of_a.trees.order()[i])); });
    for_all(b.size(), threads, [&](std::size_t i) { chains.look(1, static_cast<std::size_t>(of_b.trees.order()[i])); });
    Closest out;
    for (const std::int32_t one : of_a.nearest) out.a_has.push_back(one >= 0);
    for (const std::int32_t one : of_b.nearest) out.b_has.push_back(one >= 0);
    chains.run(out.pairs);
    return out;
}

}  // namespace icosa::methods::matching
