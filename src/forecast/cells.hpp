/// Forecasts of grid cells: what followed the like, learned by forests over the panel's own past, with a little of a
/// cell's own decayed history.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "forecast/cell_features.hpp"
#include "forecast/cell_panel.hpp"
#include "forecast/forecast.hpp"
#include "methods/forecasts/count_forest.hpp"
#include "methods/forecasts/count_model.hpp"

namespace icosa::forecast {

struct CellRequest {
    int origin = 0;   ///< the last month that is used
    int first = 0;    ///< the first month forecast, after the origin
    int last = 0;
    int threads = 2;
};

/// Months ahead that share a forest, and so a distribution: to 2, 5, 8, 14, 24, 60.
struct CellReach {
    int first = 0, last = 0;   ///< steps from the origin
    std::size_t learned =
        0;   ///< the reach whose forest serves it: its own, or the last one before it that has a past to learn from
};

/// Learns at an origin from all past origins whose outcomes were over by it, then tells each cell's distribution.
/// Nothing later than the origin is read.
///
///     F = 0.9 forest of the reach + 0.05 own past, memory 4, + 0.05 own past, memory 24, eight years back
///     A cell with no count for five years is the forest's alone.
///
/// in    origin < first <= last, at most 60 months ahead
/// err   bad-horizon, before-the-data, after-the-data, too-few-months (fewer than 12 up to the origin),
/// nothing-happened (no count up to the origin) src   [meinshausen2006] the forest; [hegre2019] its features; own past
/// as methods::decayed_history dif   shares learned on past origins, as forecast/stack.hpp learns its own, did no
/// better than these on any data at hand;
///       situations of cells without a recent past are sampled, weighted by the inverse of their chance; those that a
///       count followed are all kept
/// cost  13,110 cells, 30 years: bench/cells_bench.cpp
class CellModel {
public:
    /// told(done, of): how far the learning is; may be empty
    [[nodiscard]] static Result<CellModel> learn(const CellPanel& panel, const CellRequest& request,
                                                 const std::function<void(int, int)>& told = {});

    [[nodiscard]] const std::vector<CellReach>& reaches() const { return reaches_; }
    /// Of a cell in all months of a reach, normalised. From any thread.
    [[nodiscard]] methods::CountEnsemble distribution(std::size_t cell, std::size_t reach) const;
    /// All months of a cell, beside the benchmark's mean. From any thread.
    [[nodiscard]] UnitForecast forecast(std::size_t cell) const;
    [[nodiscard]] const std::vector<std::string>& caveats() const { return caveats_; }

    static constexpr std::string_view name = "cells";
    static constexpr std::string_view says =
        "grid cells (with --sparse): what followed the like, by forests, and a little of a cell's own past";

private:
    struct Examples;
    struct Sampling;
    struct Progress;
    CellModel(const CellPanel& panel, const CellRequest& request);
    [[nodiscard]] Sampling sampling() const;
    /// Walks up to the origin and keeps the situations drawn.
    [[nodiscard]] Examples gather(CellFeaturesWalk& walk, const Progress& progress) const;
    /// Bins of the features, of the examples as of the cells at the origin.
    void bin(Examples& examples, CellFeaturesWalk& walk);
    Result<void> grow(const Examples& examples, int threads, const Progress& progress);
    [[nodiscard]] methods::ForestExamples examples_of(const Examples& examples, const CellReach& reach,
                                                      int origin) const;

    int first_ = 0;
    int origin_ = 0;
    std::vector<int> gids_;
    std::vector<CellReach> reaches_;
    std::vector<methods::CountForest> forests_;    ///< by reach; empty where another serves it
    std::vector<CellHistory> histories_;
    methods::FeatureBins bins_;
    std::vector<std::array<std::uint8_t, cell_features>> now_;  ///< of each cell at the origin
    std::vector<std::uint8_t> lively_;             ///< 1: a count within five years
    std::vector<std::string> caveats_;
};

}  // namespace icosa::forecast
