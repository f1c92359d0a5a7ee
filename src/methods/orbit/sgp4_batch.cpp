/// Where every object is at one moment, or one object at many: SGP4 eight at a time.
#include "methods/orbit/sgp4_batch.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "methods/orbit/deep_space_constants.hpp"

namespace icosa::methods::orbit {

namespace {

/// Blocks are of one kind; the order is that of the columns.
enum class LaneKind : std::uint8_t { Near, Deep, DeepDay, DeepHalfDay, Scalar };

/// Where ten steps of Kepler's iteration need not be enough, what they end with hangs on the last bit; near Earth the
/// lanes take a shorter way that wants rounder orbits.
constexpr double lanes_most_eccentric = 0.9, near_lanes_most_eccentric = 0.4;

bool is_for_lanes(const Satellite& s, double most_minutes) {
    return s.never == Refusal::None
        && s.elements.eccentricity <= (s.is_deep ? lanes_most_eccentric : near_lanes_most_eccentric)
        && most_minutes <= lanes_reach_minutes;
}

LaneKind kind_of(const Satellite& s, double from, double to) {
    if (!is_for_lanes(s, std::max(std::abs(from), std::abs(to)))) return LaneKind::Scalar;
    if (!s.is_deep) return LaneKind::Near;
    if (s.deep.resonance == Resonance::Day) return LaneKind::DeepDay;
    return s.deep.resonance == Resonance::HalfDay ? LaneKind::DeepHalfDay : LaneKind::Deep;
}

int whole_steps(double minutes) { return static_cast<int>(std::trunc(minutes / resonance_step_min)); }

void put(States& out, std::size_t k, const State& state) {
    out.x[k] = state.position_km[0], out.y[k] = state.position_km[1], out.z[k] = state.position_km[2];
    out.vx[k] = state.velocity_km_s[0], out.vy[k] = state.velocity_km_s[1], out.vz[k] = state.velocity_km_s[2];
    out.refusal[k] = static_cast<std::uint8_t>(state.refusal);
}

}  // namespace

void States::resize(std::size_t count) {
    for (auto* column : {&x, &y, &z, &vx, &vy, &vz}) column->resize(count);
    refusal.resize(count);
}

State States::at(std::size_t k) const {
    return {{x[k], y[k], z[k]}, {vx[k], vy[k], vz[k]}, static_cast<Refusal>(refusal[k])};
}

StateColumns States::from(std::size_t k) { return {&x[k], &y[k], &z[k], &vx[k], &vy[k], &vz[k], &refusal[k]}; }

Batch::Batch(std::span<const Satellite> satellites, Instant start, double minutes_from, double minutes_to, Width width)
    : kernels_(&lane_kernels(width)),
      gravity_(&constants_of(satellites.empty() ? Gravity::Wgs72 : satellites.front().gravity)),
      mode_(satellites.empty() ? Mode::Improved : satellites.front().mode) {
    struct Entry {
        LaneKind kind;
        std::size_t object;
        double offset;
    };
    std::vector<Entry> entries;
    for (std::size_t i = 0; i < satellites.size(); ++i) {
        const double offset = minutes_between(start, satellites[i].elements.epoch);
        entries.push_back({kind_of(satellites[i], offset + minutes_from, offset + minutes_to), i, offset});
    }
    std::ranges::sort(entries, [&](const Entry& a, const Entry& b) {
        if (a.kind != b.kind) return a.kind < b.kind;
        const double ea = satellites[a.object].elements.eccentricity, eb = satellites[b.object].elements.eccentricity;
        return ea != eb ? ea < eb : a.object < b.object;
    });

    for (std::size_t k = 0; k < entries.size();) {
        const LaneKind kind = entries[k].kind;
        if (kind == LaneKind::Scalar) {
            scalar_.push_back(satellites[entries[k].object]);
            object_.push_back(entries[k].object);
            offset_.push_back(entries[k].offset);
            ++k;
            continue;
        }
        std::size_t end = k;
        while (end < entries.size() && end < k + block_lanes && entries[end].kind == kind) ++end;
        if (kind == LaneKind::Near) {
            near_.emplace_back();
        } else {
            deep_.emplace_back();
            resonance_.push_back(satellites[entries[k].object].deep.resonance);
        }
        for (int lane = 0; lane < block_lanes; ++lane) {
            const std::size_t at = std::min(k + static_cast<std::size_t>(lane), end - 1);
            const Satellite& s = satellites[entries[at].object];
            object_.push_back(k + static_cast<std::size_t>(lane) < end ? entries[at].object : padding);
            offset_.push_back(entries[at].offset);
            if (kind == LaneKind::Near) {
                fill_lane(near_.back(), lane, s, entries[at].offset);
            } else {
                fill_lane(deep_.back(), lane, s, entries[at].offset);
                add_tracks(s, entries[at].offset + minutes_from, entries[at].offset + minutes_to);
            }
        }
        k = end;
    }
    for (; object_.size() % block_lanes != 0; object_.push_back(padding)) {
        scalar_.push_back(scalar_.back());
        offset_.push_back(offset_.back());
    }
}

void Batch::add_tracks(const Satellite& s, double from, double to) {
    Tracks& tracks = tracks_.emplace_back();
    if (s.deep.resonance == Resonance::None) {
        tracks.at.emplace_back();
        return;
    }
    tracks.first = whole_steps(from);
    for (int step = tracks.first; step <= whole_steps(to); ++step) {
        // from epoch each time, but by the one before where that is on the way
        ResonanceTrack track = tracks.at.empty() || step <= 0 ? ResonanceTrack{} : tracks.at.back();
        advance(track, s.deep, s.elements.perigee_rad, s.perigee_rate, s.mean_motion_rad_min,
                step * resonance_step_min);
        tracks.at.push_back(track);
    }
}

const ResonanceTrack& Batch::track_at(const Tracks& tracks, double minutes) const {
    const int last = static_cast<int>(tracks.at.size()) - 1;
    return tracks.at[static_cast<std::size_t>(std::clamp(whole_steps(minutes) - tracks.first, 0, last))];
}

ResonanceTrack Batch::track(std::size_t slot, double minutes) const {
    const std::size_t first_deep = near_.size() * block_lanes;
    if (slot < first_deep || slot - first_deep >= tracks_.size()) return {};
    return track_at(tracks_[slot - first_deep], minutes + offset_[slot]);
}

void Batch::propagate(double minutes, States& out) const {
    out.resize(slots());
    Eight times;
    std::size_t slot = 0;
    for (const NearBlock& block : near_) {
        for (std::size_t k = 0; k < block_lanes; ++k) times.at[k] = block.epoch_offset.at[k] + minutes;
        kernels_->near(block, times.at, *gravity_, out.from(slot));
        slot += block_lanes;
    }
    for (std::size_t b = 0; b < deep_.size(); ++b) {
        TrackBlock tracks;
        for (std::size_t k = 0; k < block_lanes; ++k) {
            times.at[k] = deep_[b].near.epoch_offset.at[k] + minutes;
            if (resonance_[b] != Resonance::None)
                fill_lane(tracks, static_cast<int>(k), track_at(tracks_[b * block_lanes + k], times.at[k]));
        }
        kernels_->deep(deep_[b], tracks, resonance_[b], mode_, times.at, *gravity_, out.from(slot));
        slot += block_lanes;
    }
    for (const Satellite& satellite : scalar_) {
        put(out, slot, orbit::propagate(satellite, offset_[slot] + minutes));
        ++slot;
    }
}

void propagate_times(const Satellite& s, std::span<const double> minutes, States& out, Width width) {
    out.resize(minutes.size());
    const LaneKernels& kernels = lane_kernels(width);
    const GravityConstants& g = constants_of(s.gravity);
    ResonanceTrack track;
    DeepBlock block;
    for (int lane = 0; lane < block_lanes && is_for_lanes(s, 0.0); ++lane) {
        if (s.is_deep) fill_lane(block, lane, s, 0.0);
        else fill_lane(block.near, lane, s, 0.0);
    }
    States eight;
    eight.resize(block_lanes);
    for (std::size_t from = 0; from < minutes.size(); from += block_lanes) {
        const std::size_t count = std::min<std::size_t>(block_lanes, minutes.size() - from);
        Eight times;
        bool is_fit = true;
        for (std::size_t k = 0; k < block_lanes; ++k) {
            times.at[k] = minutes[from + std::min(k, count - 1)];
            is_fit = is_fit && is_for_lanes(s, std::abs(times.at[k]));
        }
        if (!is_fit) {
            for (std::size_t k = 0; k < count; ++k) put(out, from + k, propagate(s, times.at[k], track));
            continue;
        }
        if (s.is_deep) {
            TrackBlock tracks;
            for (int lane = 0; lane < block_lanes && s.deep.resonance != Resonance::None; ++lane) {
                advance(track, s.deep, s.elements.perigee_rad, s.perigee_rate, s.mean_motion_rad_min,
                        times.at[static_cast<std::size_t>(lane)]);
                fill_lane(tracks, lane, track);
            }
            kernels.deep(block, tracks, s.deep.resonance, s.mode, times.at, g, eight.from(0));
        } else {
            kernels.near(block.near, times.at, g, eight.from(0));
        }
        for (std::size_t k = 0; k < count; ++k) put(out, from + k, eight.at(k));
    }
}

}  // namespace icosa::methods::orbit
