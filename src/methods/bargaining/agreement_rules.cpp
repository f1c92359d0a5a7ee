/// Two walks over all packages: what each party could gain, then the picks.
#include "methods/bargaining/agreement_rules.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

namespace icosa::methods {
namespace {

/// A product of up to eight numbers below 2^31, in pieces of 32 bits, lowest first.
using WholeProduct = std::array<std::uint64_t, most_parties>;

WholeProduct whole_product(const PointVector& factors) {
    WholeProduct out{1};
    for (const PartyPoints factor : factors) {
        if (factor <= 0) continue;
        std::uint64_t carry = 0;
        for (auto& piece : out) {
            const std::uint64_t now = piece * static_cast<std::uint64_t>(factor) + carry;
            piece = now & 0xFFFFFFFFU;
            carry = now >> 32U;
        }
    }
    return out;
}

double near_product(const PointVector& factors) {
    double out = 1;
    for (const PartyPoints factor : factors) out *= factor > 0 ? static_cast<double>(factor) : 1.0;
    return out;
}

template <class T> using Ranked = std::array<T, most_parties>;

/// Keeps the best package of a rule, its equals counted. A standing is compared as a whole.
template <class Standing> class BestSoFar {
public:
    void offer(const Standing& standing, std::int64_t package, const PointVector& worth) {
        if (best_ && standing < standing_) return;
        if (best_ && standing == standing_) {
            ++best_->ties;
            return;
        }
        standing_ = standing;
        best_ = PickedPackage{package, worth, 1};
    }
    [[nodiscard]] const std::optional<PickedPackage>& best() const { return best_; }
    [[nodiscard]] const Standing& standing() const { return standing_; }

private:
    Standing standing_{};
    std::optional<PickedPackage> best_;
};

/// How Nash's rule sees a package.
struct NashStanding {
    int gaining = -1;
    double product = 0;
    PointVector gains{};

    [[nodiscard]] int compared(const NashStanding& other) const {
        if (gaining != other.gaining) return gaining < other.gaining ? -1 : 1;
        constexpr double near = 1e-9;
        if (product < other.product * (1 - near)) return -1;
        if (product > other.product * (1 + near)) return 1;
        return compare_products(gains, other.gains);
    }
    bool operator<(const NashStanding& other) const { return compared(other) < 0; }
    bool operator==(const NashStanding& other) const { return compared(other) == 0; }
};

struct Gained {
    PointVector gains{};
    bool for_all = true;
    PartyPoints least = 0;
};

Gained gained(const PointVector& worth, const PointVector& today, std::size_t parties) {
    Gained out;
    out.least = std::numeric_limits<PartyPoints>::max();
    for (std::size_t p = 0; p < parties; ++p) {
        out.gains[p] = worth[p] - today[p];
        out.least = std::min(out.least, out.gains[p]);
    }
    out.for_all = out.least >= 0;
    return out;
}

class Picks {
public:
    Picks(std::size_t parties, const PointVector& most) : parties_(parties), most_(most) {}

    void offer(std::int64_t package, const PointVector& worth, const Gained& own) {
        sum_.offer(std::accumulate(worth.begin(), worth.end(), std::int64_t{0}), package, worth);
        if (!egalitarian_.best() || own.least >= egalitarian_.standing()[0]) {
            Ranked<PartyPoints> ranked{};
            std::copy_n(own.gains.begin(), parties_, ranked.begin());
            std::sort(ranked.begin(), ranked.begin() + static_cast<std::ptrdiff_t>(parties_));
            egalitarian_.offer(ranked, package, worth);
        }
        if (!own.for_all) return;
        NashStanding nash{0, near_product(own.gains), own.gains};
        for (std::size_t p = 0; p < parties_; ++p) nash.gaining += own.gains[p] > 0;
        nash_.offer(nash, package, worth);
        offer_shares(package, worth, own);
    }

    void take(AgreementAnswers& out) const {
        out.nash = nash_.best();
        out.kalai_smorodinsky = shares_.best();
        out.egalitarian = egalitarian_.best();
        out.greatest_sum = sum_.best();
    }

private:
    void offer_shares(std::int64_t package, const PointVector& worth, const Gained& own) {
        Ranked<long double> ranked{};
        std::size_t n = 0;
        for (std::size_t p = 0; p < parties_; ++p) {
            if (most_[p] <= 0) continue;
            const long double share = static_cast<long double>(own.gains[p]) / static_cast<long double>(most_[p]);
            if (shares_.best() && share < shares_.standing()[0]) return;
            ranked[n++] = share;
        }
        std::sort(ranked.begin(), ranked.begin() + static_cast<std::ptrdiff_t>(n));
        shares_.offer(ranked, package, worth);
    }

    std::size_t parties_;
    PointVector most_;
    BestSoFar<NashStanding> nash_;
    BestSoFar<Ranked<long double>> shares_;
    BestSoFar<Ranked<PartyPoints>> egalitarian_;
    BestSoFar<std::int64_t> sum_;
};

}  // namespace

int compare_products(const PointVector& a, const PointVector& b) {
    const WholeProduct left = whole_product(a), right = whole_product(b);
    for (std::size_t i = left.size(); i-- > 0;) {
        if (left[i] != right[i]) return left[i] < right[i] ? -1 : 1;
    }
    return 0;
}

AgreementAnswers agreement_rules(const PackageSpace& space, std::span<const PackageDemand> demands, DemandSet dropped) {
    const auto parties = static_cast<std::size_t>(space.parties);
    AgreementAnswers out;
    out.today = space.worth_of(space.number_of(space.today));
    PackageWalk walk(space, demands);
    walk.each([&](std::int64_t, const PointVector& worth, DemandSet broken) {
        if ((broken & ~dropped) != 0) return;
        ++out.packages;
        const Gained own = gained(worth, out.today, parties);
        out.for_all += own.for_all;
        for (std::size_t p = 0; p < parties; ++p) {
            out.most_at_all[p] = std::max(out.most_at_all[p], worth[p]);
            if (own.for_all) out.most[p] = std::max(out.most[p], own.gains[p]);
        }
    });
    Picks picks(parties, out.most);
    walk.each([&](std::int64_t package, const PointVector& worth, DemandSet broken) {
        if ((broken & ~dropped) == 0) picks.offer(package, worth, gained(worth, out.today, parties));
    });
    picks.take(out);
    return out;
}

}  // namespace icosa::methods
