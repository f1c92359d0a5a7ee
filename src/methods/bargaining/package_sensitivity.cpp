/// Where another package would be picked, by exact lines (Nash) and by trial.
#include "methods/bargaining/package_sensitivity.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>

namespace icosa::methods {
namespace {

/// A package seen from one party, in parts of the pick's product.
struct SeenFrom {
    std::size_t party;
    double others = 0;  ///< product of the others' gains over that of the pick
};

class NashLines {
public:
    NashLines(const PackageSpace& space, const PickedPackage& pick) : space_(space), issues_(space.points.size()) {
        const PointVector today = space.worth_of(space.number_of(space.today));
        for (std::size_t p = 0; p < parties(); ++p) pick_gains_[p] = static_cast<double>(pick.worth[p] - today[p]);
        const auto values = space.values_of(pick.package);
        for (std::size_t p = 0; p < parties(); ++p) {
            for (std::size_t i = 0; i < issues_; ++i)
                ranges_.push_back({static_cast<int>(p), static_cast<int>(i), 0, 2});
        }
        gain_of_.resize(issues_);
        for (std::size_t i = 0; i < issues_; ++i) {
            for (const PointVector& points : space.points[i]) {
                PointVector gain{};
                for (std::size_t p = 0; p < parties(); ++p)
                    gain[p] = points[p] - space.points[i][static_cast<std::size_t>(space.today[i])][p];
                gain_of_[i].push_back(gain);
            }
            for (std::size_t p = 0; p < parties(); ++p) {
                pick_on_[p].push_back(static_cast<double>(gain_of_[i][static_cast<std::size_t>(values[i])][p]));
                PartyPoints widest = 0;
                for (const auto& gain : gain_of_[i]) widest = std::max(widest, std::abs(gain[p]));
                widest_[p] = std::max(widest_[p], static_cast<double>(widest));
            }
        }
        for (std::size_t p = 0; p < parties(); ++p) meet({p, 0}, 0, values);  // where the pick itself gains nothing
    }

    /// Narrows the ranges of a party by a package that could stand in the pick's place.
    void meet(const SeenFrom& seen, double gain, const std::vector<int>& values) {
        const std::size_t p = seen.party;
        const double own = pick_gains_[p];
        const double behind = std::max(0.0, own - seen.others * gain);  // D(1): how far it lies behind the pick
        for (std::size_t i = 0; i < issues_; ++i) {
            const double c = static_cast<double>(gain_of_[i][static_cast<std::size_t>(values[i])][p]);
            const double slope = pick_on_[p][i] - seen.others * c;
            FactorRange& range = ranges_[p * issues_ + i];
            if (slope > 0 && behind < slope * (1 - range.from)) range.from = 1 - behind / slope;
            if (slope < 0 && behind < -slope * (range.to - 1)) range.to = 1 + behind / -slope;
        }
    }

    /// Can a package of this share of the others' product and this gain reach the pick within factors 0 to 2?
    [[nodiscard]] bool is_near(const SeenFrom& seen, double gain) const {
        return pick_gains_[seen.party] - seen.others * gain <= widest_[seen.party] * (1 + seen.others);
    }

    [[nodiscard]] std::vector<FactorRange> ranges() const {
        std::vector<FactorRange> out;
        for (const FactorRange& range : ranges_) {
            const auto p = static_cast<std::size_t>(range.party), i = static_cast<std::size_t>(range.issue);
            const bool differs = std::ranges::any_of(gain_of_[i], [&](const auto& gain) { return gain[p] != 0; });
            if (differs) out.push_back(range);
        }
        return out;
    }
    [[nodiscard]] std::size_t parties() const { return static_cast<std::size_t>(space_.parties); }
    [[nodiscard]] double pick_gain(std::size_t party) const { return pick_gains_[party]; }

private:
    const PackageSpace& space_;
    std::size_t issues_;
    std::array<double, most_parties> pick_gains_{};
    std::array<double, most_parties> widest_{};
    std::array<std::vector<double>, most_parties> pick_on_;    ///< [parties][issues]: gains of the pick
    std::vector<std::vector<PointVector>> gain_of_;            ///< [issues][values]
    std::vector<FactorRange> ranges_;                          ///< [parties][issues]
};

/// What Nash, Kalai and Smorodinsky and the egalitarian rule pick, -1 = nothing.
std::array<std::int64_t, 3> picks_of(const AgreementAnswers& answers) {
    const auto number = [](const std::optional<PickedPackage>& pick) { return pick ? pick->package : -1; };
    return {number(answers.nash), number(answers.kalai_smorodinsky), number(answers.egalitarian)};
}

/// The party's points on the issue times the factor, all its points then brought to their old sum.
void reweigh(PackageSpace& space, std::size_t party, std::size_t issue, double factor) {
    const auto highest = [&](std::size_t i) {
        PartyPoints out = 0;
        for (const auto& one : space.points[i]) out = std::max(out, one[party]);
        return static_cast<double>(out);
    };
    double before = 0, after = 0;
    for (std::size_t i = 0; i < space.points.size(); ++i) {
        before += highest(i);
        after += highest(i) * (i == issue ? factor : 1.0);
    }
    if (!(after > 0)) return;
    for (std::size_t i = 0; i < space.points.size(); ++i) {
        for (auto& one : space.points[i]) {
            const double now = static_cast<double>(one[party]) * (i == issue ? factor : 1.0) * before / after;
            one[party] = static_cast<PartyPoints>(std::llround(now));
        }
    }
}

}  // namespace

std::vector<FactorRange> nash_ranges(const PackageSpace& space, std::span<const PackageDemand> demands,
                                     const PickedPackage& pick) {
    NashLines lines(space, pick);
    const PointVector today = space.worth_of(space.number_of(space.today));
    std::array<DemandSet, most_parties> own_today{};  // demands that only say: no worse off than today
    for (std::size_t d = 0; d < demands.size(); ++d) {
        if (demands[d].party < 0) continue;
        const auto p = static_cast<std::size_t>(demands[d].party);
        if (demands[d].never.empty() && demands[d].least <= today[p]) own_today[p] |= DemandSet{1} << d;
    }
    PackageWalk(space, demands).each([&](std::int64_t package, const PointVector& worth, DemandSet broken) {
        if (package == pick.package) return;
        std::vector<int> values;
        for (std::size_t p = 0; p < lines.parties(); ++p) {
            if ((broken & ~own_today[p]) != 0) continue;
            SeenFrom seen{p, 1};
            for (std::size_t q = 0; q < lines.parties() && seen.others > 0; ++q) {
                if (q != p) seen.others *= std::max(0.0, static_cast<double>(worth[q] - today[q])) / lines.pick_gain(q);
            }
            const auto gain = static_cast<double>(worth[p] - today[p]);
            if (!(seen.others > 0) || !lines.is_near(seen, gain)) continue;
            if (values.empty()) values = space.values_of(package);
            lines.meet(seen, gain, values);
        }
    });
    return lines.ranges();
}

Upsets tried_factors(const PackageSpace& space, std::vector<PackageDemand> demands,
                     std::span<const std::size_t> no_worse, std::span<const double> factors) {
    Upsets out;
    std::vector<Upset>* const lists[] = {&out.nash, &out.kalai_smorodinsky, &out.egalitarian};
    const auto first = picks_of(agreement_rules(space, demands));
    std::vector<double> ordered(factors.begin(), factors.end());
    std::ranges::sort(ordered, {}, [](double factor) { return std::abs(factor - 1); });
    for (std::size_t p = 0; p < static_cast<std::size_t>(space.parties); ++p) {
        for (std::size_t i = 0; i < space.points.size(); ++i) {
            std::array<std::array<bool, 3>, 2> upset{};  // below and above 1, by rule
            for (const double factor : ordered) {
                auto& known = upset[factor < 1 ? 0 : 1];
                if (std::ranges::all_of(known, std::identity{})) continue;
                PackageSpace changed = space;
                reweigh(changed, p, i, factor);
                const PointVector today = changed.worth_of(changed.number_of(changed.today));
                for (const std::size_t d : no_worse)
                    demands[d].least = today[static_cast<std::size_t>(demands[d].party)];
                const auto now = picks_of(agreement_rules(changed, demands));
                for (std::size_t r = 0; r < now.size(); ++r) {
                    if (known[r] || now[r] == first[r]) continue;
                    known[r] = true;
                    lists[r]->push_back({static_cast<int>(p), static_cast<int>(i), factor});
                }
            }
        }
    }
    return out;
}

}  // namespace icosa::methods
