/// Objects sorted by their direction from the Earth's centre, so that neighbours in the sky are neighbours in memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace icosa::methods::orbit {

/// Bands of latitude as high as `angle`, each cut into cells of longitude half as wide. Two directions within `angle`
/// of one another lie in cells that `each_run` brings together, each pair of cells once.
class DirectionCells {
public:
    /// in    angle  (0, pi), radians
    ///       latitude, longitude  radians, within 1e-6, at least as many as `is_in`; where that is 0: left out
    void sort(double angle, std::span<const double> latitude, std::span<const double> longitude,
              std::span<const std::uint8_t> is_in);

    /// Index by place, sorted by band, cell, index.
    [[nodiscard]] std::span<const std::uint32_t> order() const { return order_; }

    /// Calls run(a_from, a_to, b_from, b_to) with ranges of places: each of the first is to be held against each later
    /// place of the second.
    template <class Run> void each_run(const Run& run) const {
        for (std::size_t band = 0; band < bands_.size(); ++band)
            for (int cell = 0; cell < bands_[band].cells; ++cell) runs_of(band, cell, run);
    }
    /// The runs of one cell, as above.
    template <class Run> void runs_of(std::size_t band, int cell, const Run& run) const;

    /// Do the two indices stand in cells that are held against each other? Both must have been in.
    [[nodiscard]] bool are_neighbours(std::uint32_t a, std::uint32_t b) const;
    /// The first place behind the run of its own band that an index is held against, forward (without what wraps).
    [[nodiscard]] std::uint32_t end_of_own_run(std::uint32_t index) const;
    [[nodiscard]] std::uint32_t place_of(std::uint32_t index) const { return place_[index]; }

private:
    struct Band {
        int cells = 1;
        int first = 0;  ///< its first cell among all
        int spread = 0;  ///< cells to either side that an object of it can see
        bool is_whole = true;  ///< it can see all of its own band
        double turn_share = 0;  ///< of longitude to either side, as a share of a turn; 0: all round
    };
    /// Cells [from, to] of a band that a cell of the band below can see; to may pass the last cell: it wraps.
    struct Reached {
        int from, to;
    };
    [[nodiscard]] Reached reached_above(std::size_t band, int cell) const;

    std::vector<Band> bands_;
    std::vector<std::uint32_t> start_;  ///< by cell: its first place; one more at the end
    std::vector<std::uint32_t> order_;
    std::vector<std::uint32_t> place_;  ///< by index
    std::vector<std::int32_t> cell_;  ///< by index; -1: left out
    std::vector<std::uint16_t> band_of_cell_;
};

template <class Run> void DirectionCells::runs_of(std::size_t band, int cell, const Run& run) const {
    const Band& own = bands_[band];
    const auto place = [this](int at) { return start_[static_cast<std::size_t>(at)]; };
    const int here = own.first + cell, end = own.first + own.cells;
    const std::uint32_t from = place(here), to = place(here + 1);
    if (from == to) return;
    const int last = own.is_whole ? end - 1 : here + own.spread;
    run(from, to, from, place(last < end ? last + 1 : end));
    if (last >= end) run(place(own.first), place(last - own.cells + 1), from, to);
    if (band + 1 == bands_.size()) return;
    const Band& above = bands_[band + 1];
    const Reached reached = reached_above(band, cell);
    const int stop = above.first + above.cells;
    run(from, to, place(above.first + reached.from),
        place(above.first + reached.to < stop ? above.first + reached.to + 1 : stop));
    if (reached.to >= above.cells) run(from, to, place(above.first), place(above.first + reached.to - above.cells + 1));
}

}  // namespace icosa::methods::orbit
