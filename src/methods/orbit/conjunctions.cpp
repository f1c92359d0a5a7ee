/// Every close approach among objects of a catalogue over a window of days, none lost.
#include "methods/orbit/conjunctions.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <map>
#include <mutex>
#include <thread>
#include <tuple>
#include <utility>

#include "methods/orbit/closest_approach.hpp"
#include "methods/orbit/interval_pairs.hpp"

namespace icosa::methods::orbit {

namespace {

/// Intervals that one thread takes at once; the frames to either side are made twice.
constexpr std::int64_t intervals_per_chunk = 24;

/// SGP4 does not take the periodics of Moon and Sun into its velocities: up to so many km/s were seen, with a margin.
constexpr double near_slip_km_s = 4e-4, deep_slip_km_s = 4e-3;

/// Objects whose elements are the same to the digit, told once each.
struct Groups {
    std::vector<std::size_t> leader;                ///< of each object: the first with its elements
    std::vector<std::vector<std::size_t>> members;  ///< of each leader, with it; empty for the others
};

auto key_of(const Elements& e) {
    return std::tuple(e.epoch, e.mean_motion_rad_min, e.eccentricity, e.inclination_rad, e.node_rad, e.perigee_rad,
                      e.mean_anomaly_rad, e.drag_per_radius);
}

Groups group(std::span<const Satellite> satellites) {
    Groups out;
    out.leader.resize(satellites.size());
    out.members.resize(satellites.size());
    std::vector<std::size_t> order(satellites.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) {
        return key_of(satellites[a].elements) < key_of(satellites[b].elements);
    });
    for (std::size_t k = 0; k < order.size(); ++k) {
        const bool is_same = k > 0 && satellites[order[k]].elements == satellites[order[k - 1]].elements;
        out.leader[order[k]] = is_same ? out.leader[order[k - 1]] : order[k];
        out.members[out.leader[order[k]]].push_back(order[k]);
    }
    return out;
}

/// What one chunk of intervals gave.
struct ChunkAnswer {
    std::vector<Conjunction> approaches;  ///< by leader
    std::vector<DroppedPair> sample;
    std::map<std::size_t, double> refused_s;  ///< leader: middle of the first interval of the chunk without a state
    IntervalCounts counts;
    std::int64_t widened = 0;
};

class Search {
public:
    Search(std::span<const Satellite> satellites, const ConjunctionSearch& wanted, const Groups& groups)
        : satellites_(satellites),
          wanted_(wanted),
          kernels_(search_kernels(wanted.width)),
          mu_(constants_of(satellites.empty() ? Gravity::Wgs72 : satellites.front().gravity).mu_km3_s2),
          step_s_(wanted.step_seconds),
          intervals_(std::max<std::int64_t>(1, std::llround(std::ceil(wanted.hours * 3600 / wanted.step_seconds)))),
          leaders_(leaders_of(groups)),
          ready_(ready(satellites, leaders_)),
          batch_(ready_, wanted.start, -step_s_ / 60, wanted.hours * 60 + 2 * step_s_ / 60, wanted.width) {
        std::vector<std::uint8_t> is_chosen(satellites.size(), 0);
        for (const std::size_t one : wanted.against) is_chosen[groups.leader[one]] = 1;
        for (std::uint32_t slot = 0; slot < batch_.slots(); ++slot) {
            const std::size_t k = batch_.objects()[slot];
            if (k != Batch::padding && is_chosen[leaders_[k]] != 0) against_.push_back(slot);
        }
    }

    [[nodiscard]] std::int64_t intervals() const { return intervals_; }
    [[nodiscard]] std::int64_t chunks() const { return (intervals_ + intervals_per_chunk - 1) / intervals_per_chunk; }

    ChunkAnswer run(std::int64_t chunk) const {
        ChunkAnswer out;
        const std::int64_t from = chunk * intervals_per_chunk, to = std::min(intervals_, from + intervals_per_chunk);
        IntervalPairs pairs(kernels_, step_s_ / 2, wanted_.within_km);
        Frame before, here, after;
        fill(before, from - 1, nullptr);
        fill(here, from, &before);
        meet(before, here);
        for (std::int64_t k = from; k < to; ++k) {
            fill(after, k + 1, &here);
            out.widened += meet(here, after);
            note_refused(here, out);
            pairs.find(here, against_);
            out.counts.pairs += pairs.counts().pairs;
            out.counts.in_cells += pairs.counts().in_cells;
            out.counts.in_reach += pairs.counts().in_reach;
            out.counts.kept += pairs.counts().kept;
            for (const CandidatePair& pair : pairs.kept()) follow(k, pair, out.approaches);
            take_sample(pairs, here, out.sample);
            std::swap(before, here);
            std::swap(here, after);
        }
        return out;
    }

    [[nodiscard]] std::size_t leader_at(std::size_t slot) const { return leaders_[batch_.objects()[slot]]; }

private:
    static std::vector<std::size_t> leaders_of(const Groups& groups) {
        std::vector<std::size_t> out;
        for (std::size_t i = 0; i < groups.leader.size(); ++i)
            if (groups.leader[i] == i) out.push_back(i);
        return out;
    }
    static std::vector<Satellite> ready(std::span<const Satellite> satellites,
                                        const std::vector<std::size_t>& leaders) {
        std::vector<Satellite> out;
        out.reserve(leaders.size());
        for (const std::size_t i : leaders) out.push_back(satellites[i]);
        return out;
    }
    [[nodiscard]] double middle_s(std::int64_t interval) const {
        return (static_cast<double>(interval) + 0.5) * step_s_;
    }

    /// States and bounds in the middle of an interval. What lost its state since the frame before is carried on along
    /// its parabola for this one: it may have had one until just now.
    void fill(Frame& f, std::int64_t interval, const Frame* before) const {
        f.interval = interval;
        batch_.propagate(middle_s(interval) / 60, f.states);
        const std::size_t n = batch_.slots();
        f.bounds.resize(n);
        f.is_in.resize(n);
        std::vector<std::size_t> carried;
        for (std::size_t k = 0; k < n; ++k) {
            f.is_in[k] = batch_.objects()[k] != Batch::padding && f.states.refusal[k] == 0 ? 1 : 0;
            if (f.is_in[k] == 0 && before != nullptr && before->is_in[k] != 0 && before->states.refusal[k] == 0)
                carried.push_back(k);
        }
        for (const std::size_t k : carried) carry(f.states, before->states, before->bounds.pull[k], k);
        for (std::size_t k = 0; k < n; k += block_lanes) bound(f, k);
        for (const std::size_t k : carried) {
            const double loose = 12 * before->bounds.bend[k];
            f.is_in[k] = 1;
            f.bounds.bend[k] += loose;
            f.bounds.reach[k] += loose;
            f.bounds.shell[k] += loose;
            f.bounds.lowest[k] -= loose;
            f.bounds.turn[k] += loose / f.bounds.lowest[k];
        }
    }

    void bound(Frame& f, std::size_t k) const {
        const double slip = k < batch_.deep_from() ? near_slip_km_s : deep_slip_km_s;
        kernels_.bound(f.states.from(k), step_s_ / 2, slip, mu_, f.bounds.from(k));
    }

    void carry(States& to, const States& from, double pull, std::size_t k) const {
        const double h = step_s_, bend = 1 - pull * h * h / 2;
        const auto move = [&](double& p, double& v, double p0, double v0) {
            p = p0 * bend + v0 * h;
            v = v0 - pull * p0 * h;
        };
        move(to.x[k], to.vx[k], from.x[k], from.vx[k]);
        move(to.y[k], to.vy[k], from.y[k], from.vy[k]);
        move(to.z[k], to.vz[k], from.z[k], from.vz[k]);
    }

    std::int64_t meet(Frame& p, Frame& q) const {
        std::int64_t widened = 0;
        for (std::size_t k = 0; k < p.is_in.size(); k += block_lanes)
            widened +=
                kernels_.meet(p.states.from(k), q.states.from(k), p.bounds.from(k), q.bounds.from(k), step_s_ / 2);
        return widened;
    }

    void note_refused(const Frame& f, ChunkAnswer& out) const {
        for (std::size_t k = 0; k < f.is_in.size(); ++k)
            if (f.states.refusal[k] != 0 && batch_.objects()[k] != Batch::padding)
                out.refused_s.try_emplace(leader_at(k), middle_s(f.interval));
    }

    [[nodiscard]] Follower follower(std::uint32_t slot, double seconds) const {
        const Satellite& s = ready_[batch_.objects()[slot]];
        return {&s, batch_.track(slot, seconds / 60), minutes_between(wanted_.start, s.elements.epoch)};
    }

    void follow(std::int64_t interval, const CandidatePair& pair, std::vector<Conjunction>& out) const {
        std::uint32_t a = pair.a, b = pair.b;
        if (leader_at(a) > leader_at(b)) std::swap(a, b);
        const double middle = middle_s(interval);
        const std::size_t had = out.size();
        find_approaches(follower(a, middle - step_s_), follower(b, middle - step_s_),
                        {wanted_.start, middle, step_s_ / 2, pair.guess_s, wanted_.within_km}, out);
        for (std::size_t k = had; k < out.size(); ++k) out[k].first = leader_at(a), out[k].second = leader_at(b);
    }

    void take_sample(const IntervalPairs& pairs, const Frame& f, std::vector<DroppedPair>& out) const {
        const auto all = static_cast<std::int64_t>(wanted_.samples);
        const std::int64_t share = all * (f.interval + 1) / intervals_ - all * f.interval / intervals_;
        const std::size_t had = out.size();
        pairs.sample(f, against_, static_cast<std::size_t>(share), wanted_.seed, out);
        for (std::size_t k = had; k < out.size(); ++k) {
            const std::size_t a = leader_at(out[k].first), b = leader_at(out[k].second);
            out[k].first = std::min(a, b), out[k].second = std::max(a, b);
        }
    }

    std::span<const Satellite> satellites_;
    const ConjunctionSearch& wanted_;
    const SearchKernels& kernels_;
    double mu_, step_s_;
    std::int64_t intervals_;
    std::vector<std::size_t> leaders_;
    std::vector<Satellite> ready_;
    Batch batch_;
    std::vector<std::uint32_t> against_;
};

std::vector<ChunkAnswer> run_all(const Search& search, const ConjunctionSearch& wanted) {
    std::vector<ChunkAnswer> answers(static_cast<std::size_t>(search.chunks()));
    std::atomic<std::int64_t> next = 0, done = 0;
    std::mutex telling;
    const auto work = [&] {
        for (std::int64_t k = next++; k < search.chunks(); k = next++) {
            answers[static_cast<std::size_t>(k)] = search.run(k);
            const std::lock_guard lock(telling);
            ++done;
            if (wanted.progress) wanted.progress(static_cast<double>(done) / static_cast<double>(search.chunks()));
        }
    };
    std::vector<std::jthread> others;
    for (int k = 1; k < wanted.threads; ++k) others.emplace_back(work);
    work();
    others.clear();
    return answers;
}

/// The first instant without a state, to a microsecond: between the last interval's middle that had one and `until_s`.
LeftOut left_out_from(const Satellite& s, const ConjunctionSearch& wanted, double until_s) {
    const auto at = [&](std::int64_t us) { return propagate(s, later(wanted.start, us)).refusal; };
    std::int64_t high = std::llround(until_s * 1e6), low = std::llround((until_s - wanted.step_seconds) * 1e6);
    low = std::max<std::int64_t>(low, 0);
    if (at(low) != Refusal::None) return {0, later(wanted.start, low), at(low)};
    while (high - low > 1) {
        const std::int64_t middle = low + (high - low) / 2;
        (at(middle) == Refusal::None ? low : high) = middle;
    }
    return {0, later(wanted.start, high), at(high)};
}

void find_left_out(std::span<const Satellite> satellites, const ConjunctionSearch& wanted, const Groups& groups,
                   const std::vector<ChunkAnswer>& chunks, ConjunctionAnswer& out) {
    std::map<std::size_t, double> first;
    for (const ChunkAnswer& chunk : chunks)
        for (const auto& [leader, seconds] : chunk.refused_s) first.try_emplace(leader, seconds);
    const Instant end = later(wanted.start, std::llround(wanted.hours * 3.6e9));
    for (const auto& [leader, seconds] : first) {
        LeftOut one = left_out_from(satellites[leader], wanted, seconds);
        if (one.from > end) continue;
        for (const std::size_t member : groups.members[leader]) {
            one.object = member;
            out.left_out.push_back(one);
        }
    }
    std::ranges::sort(out.left_out, {}, &LeftOut::object);
}

/// Rows of leaders become rows of all members of both groups.
void expand(const std::vector<Conjunction>& of_leaders, const Groups& groups, const ConjunctionSearch& wanted,
            ConjunctionAnswer& out) {
    std::vector<std::uint8_t> is_wanted(groups.leader.size(), wanted.against.empty() ? 1 : 0);
    for (const std::size_t one : wanted.against) is_wanted[one] = 1;
    const auto swapped = [](Conjunction row) {
        std::swap(row.first, row.second);
        std::swap(row.first_state, row.second_state);
        return row;
    };
    for (const Conjunction& row : of_leaders)
        for (const std::size_t a : groups.members[row.first])
            for (const std::size_t b : groups.members[row.second]) {
                if (is_wanted[a] == 0 && is_wanted[b] == 0) continue;
                Conjunction one = row;
                one.first = a, one.second = b;
                out.approaches.push_back(a < b ? one : swapped(one));
                Conjunction& last = out.approaches.back();
                if (a > b) last.miss_rtn_km = miss_rtn_km(last.first_state, last.second_state);
            }
    merge_approaches(out.approaches);
}

}  // namespace

ConjunctionAnswer find_conjunctions(std::span<const Satellite> satellites, const ConjunctionSearch& wanted) {
    ConjunctionAnswer out;
    const Groups groups = group(satellites);
    for (const auto& members : groups.members)
        if (members.size() > 1) out.docked.push_back({members});
    const Search search(satellites, wanted, groups);
    std::vector<ChunkAnswer> chunks = run_all(search, wanted);
    out.step_seconds = wanted.step_seconds;
    out.intervals = search.intervals();
    std::vector<Conjunction> rows;
    for (ChunkAnswer& chunk : chunks) {
        rows.insert(rows.end(), chunk.approaches.begin(), chunk.approaches.end());
        out.sample.insert(out.sample.end(), chunk.sample.begin(), chunk.sample.end());
        out.pair_intervals += chunk.counts.pairs;
        out.in_cells += chunk.counts.in_cells;
        out.in_reach += chunk.counts.in_reach;
        out.refined += chunk.counts.kept;
        out.widened += chunk.widened;
        chunk.approaches = {};
    }
    find_left_out(satellites, wanted, groups, chunks, out);
    const Instant end = later(wanted.start, std::llround(wanted.hours * 3.6e9));
    std::map<std::size_t, Instant> gone;
    for (const LeftOut& one : out.left_out) gone[one.object] = one.from;
    std::erase_if(rows, [&](const Conjunction& row) {
        if (row.at < wanted.start || row.at > end) return true;
        const auto a = gone.find(row.first), b = gone.find(row.second);
        return (a != gone.end() && a->second <= row.at) || (b != gone.end() && b->second <= row.at);
    });
    expand(rows, groups, wanted, out);
    std::ranges::sort(out.sample, [](const DroppedPair& a, const DroppedPair& b) {
        return std::tuple(a.interval, a.first, a.second) < std::tuple(b.interval, b.first, b.second);
    });
    return out;
}

}  // namespace icosa::methods::orbit
