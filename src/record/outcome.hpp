/// Outcome: what came after a month, judged on a panel by the definition of packs/outcomes.toml.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "model/evidence.hpp"
#include "model/findings.hpp"
#include "pack/outcomes.hpp"

namespace icosa::record {

/// Both must outlive it; the panel is monthly.
class OutcomeTruth {
public:
    OutcomeTruth(const pack::Outcome& outcome, const model::Panel& panel) : outcome_(outcome), panel_(panel) {}

    [[nodiscard]] const model::Panel& panel() const { return panel_; }
    [[nodiscard]] const pack::Outcome& outcome() const { return outcome_; }
    /// By position in the panel. Nothing where a month of before or after is not observed.
    [[nodiscard]] std::optional<bool> happened(std::size_t unit, int month) const;
    /// Months from `month` until what followed had reached the outcome: 1 to outcome.months; of a mean, all of them.
    [[nodiscard]] int lead(std::size_t unit, int month) const;
    /// Of a signal's subject: the unit itself, the cell after its last '|', or the place before the first.
    [[nodiscard]] std::optional<std::size_t> unit_of(std::string_view subject) const;
    /// The same; of a signal about a circle whose subject is no cell, the cell nearest to its middle, within_km.
    [[nodiscard]] std::optional<std::size_t> unit_of(const model::Signal& signal) const;
    /// The units that a signal about this one is about as well, itself among them: the cells within_km.
    [[nodiscard]] std::vector<std::size_t> about(std::size_t unit) const;

private:
    [[nodiscard]] double sum(std::size_t unit, int first, int last) const;
    [[nodiscard]] double before(std::size_t unit, int month) const;
    [[nodiscard]] bool reached(double before, double after) const;

    const pack::Outcome& outcome_;
    const model::Panel& panel_;
};

}  // namespace icosa::record
