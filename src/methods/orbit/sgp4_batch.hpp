/// Where every object is at one moment, or one object at many: SGP4 eight at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "methods/orbit/sgp4_block.hpp"

namespace icosa::methods::orbit {

/// States, a column for each number; km and km/s in TEME.
struct States {
    std::vector<double> x, y, z, vx, vy, vz;
    std::vector<std::uint8_t> refusal;  ///< Refusal; NaN states as `State` tells

    void resize(std::size_t count);
    [[nodiscard]] std::size_t size() const { return x.size(); }
    [[nodiscard]] State at(std::size_t k) const;
    [[nodiscard]] StateColumns from(std::size_t k);
};

/// Objects in blocks of eight of a kind (near Earth; deep; deep and resonant with a day, with half a day), round orbits
/// first, for moments of one window. What is integrated in steps, the resonance, is done once for the window.
///
/// in    satellites  all of one gravity and mode
///       minutes_from, minutes_to  the window that will be asked for, about `start`
/// cost  7 kB a block near Earth, 13 kB deep
class Batch {
public:
    Batch(std::span<const Satellite> satellites, Instant start, double minutes_from, double minutes_to,
          Width width = widest());

    /// A slot is a place in the columns that `propagate` fills; several are only padding, to a multiple of eight.
    static constexpr std::size_t padding = std::numeric_limits<std::size_t>::max();
    [[nodiscard]] std::size_t slots() const { return object_.size(); }
    [[nodiscard]] std::span<const std::size_t> objects() const { return object_; }  ///< by slot; or `padding`

    /// Slots below are of objects near Earth; a multiple of eight.
    [[nodiscard]] std::size_t deep_from() const { return near_.size() * block_lanes; }

    /// All slots at `minutes` after the start of the window; `out` is resized. Refused slots as `propagate` tells;
    /// padding repeats a neighbour.
    ///
    /// out   equal to `propagate` within 1e-8 km; equal to the bit for every width
    /// cost  some 25 ns an object near Earth with AVX-512, 45 ns with AVX2; deep 45 and 100
    void propagate(double minutes, States& out) const;

    /// The resonance of one object as the window knows it, for the scalar propagator; a fresh one where it has none.
    [[nodiscard]] ResonanceTrack track(std::size_t slot, double minutes) const;

private:
    struct Tracks {
        int first = 0;  ///< whole steps from epoch, negative before it
        std::vector<ResonanceTrack> at;
    };
    [[nodiscard]] const ResonanceTrack& track_at(const Tracks& tracks, double minutes) const;
    void add_tracks(const Satellite& satellite, double from, double to);

    const LaneKernels* kernels_;
    const GravityConstants* gravity_;
    Mode mode_;
    std::vector<std::size_t> object_;
    std::vector<double> offset_;  ///< by slot: minutes from the epoch of its elements to the start
    std::vector<NearBlock> near_;
    std::vector<DeepBlock> deep_;
    std::vector<Resonance> resonance_;  ///< of each deep block
    std::vector<Tracks> tracks_;  ///< of each deep slot
    std::vector<Satellite> scalar_;  ///< very eccentric, or 19 years from epoch; behind the deep slots
};

/// One object at many times, minutes from its epoch; `out` is resized.
///
/// out   equal to the scalar `propagate` within 1e-8 km some years from epoch, refusals the same; it is that where the
///       eccentricity is above 0.9 (near Earth 0.4) or a time more than 19 years from epoch
void propagate_times(const Satellite& satellite, std::span<const double> minutes, States& out, Width width = widest());

}  // namespace icosa::methods::orbit
