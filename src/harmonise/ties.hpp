/// Ties: figures that many ballots or many pairs make together, laid out as panels: ideal points, their distances,
/// balance of a network.
#pragma once

#include <future>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "harmonise/coverage.hpp"
#include "methods/relations/ideal_points.hpp"
#include "model/evidence.hpp"
#include "store/store.hpp"

namespace icosa::harmonise {

/// Is the quantity made here, and not of the groups of its own Select?
[[nodiscard]] bool is_made_of_ties(model::Quantity quantity);

/// Points of all places of a source in all sessions, each session in the year of most of its roll calls.
struct PointsByYear {
    std::vector<std::string> places;  ///< sorted
    struct Cell {
        double value = 0;
        std::int32_t ballots = 0;
    };
    std::vector<std::map<int, Cell>> by_year;  ///< [places], by period of the year
};

/// Made once a run for each source, issue and list of resolutions, whoever asks.
class Ties {
public:
    /// Reads the ballots that the select's points are made of and begins to fit them beside what is asked next. Not
    /// needed before panel(), which fits what was not begun.
    [[nodiscard]] Result<void> begin(store::Store& store, const model::Select& select, const std::string& source,
                                     Day as_of);
    /// Panels of IdealPoint (places), IdealDistance (dyads "a|b") and NetworkBalance (world).
    ///
    /// NetworkBalance: the tie of two places is +1 where Kappa (votes) or Balance (events) of the period is at least
    /// 0.1, -1 where at most -0.1, else none; the value is the share of balanced triangles, NaN without any. Ideal
    /// points here are not bridged by titles: the store keeps no texts. Periods that are not over on known_through, the
    /// as-of day less the source's publication lag, are not observed: a part of a year's votes is not the year. err
    /// what the store says; "unanswerable" for ideal points by another period than the year
    [[nodiscard]] Result<model::Panel> panel(store::Store& store, const model::Select& select,
                                             const std::string& source, Day as_of, Day known_through);

private:
    Result<const PointsByYear*> points(store::Store& store, const model::Select& select, const std::string& source,
                                       Day as_of);

    using Key = std::tuple<std::string, std::vector<std::string>, std::vector<std::string>, Day>;
    std::map<Key, std::shared_future<Result<PointsByYear>>> points_;
};

}  // namespace icosa::harmonise
