/// What packages there are under assumed preferences: which none beats, what each rule names, what each demand costs,
/// how far points may be wrong; and what of that holds under every rival set.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "methods/bargaining/adjusted_winner.hpp"
#include "methods/bargaining/agreement_rules.hpp"
#include "methods/bargaining/package_sensitivity.hpp"
#include "respond/packages/package_model.hpp"

namespace icosa::respond {

/// Kinds of demands that can be left out to see their cost.
enum class DemandKind { NoWorseOff, Consent, RedLines, AtLeast };

/// "no-worse-off", "consent", "red-lines", "at-least".
[[nodiscard]] std::string demand_kind_name(DemandKind kind);

/// One demand as it is told and where it stands.
struct ToldDemand {
    DemandKind kind;
    std::string what;
    Where where;
};

/// Some demands left out together, and what comes of it.
struct DemandCost {
    std::string what;  ///< "no party worse off than today"
    methods::AgreementAnswers answers;
};

/// Under one set of preferences.
struct SetReport {
    std::string name;
    bool has_points = true;  ///< for every party; else only what orders tell
    std::vector<std::string> without_points;       ///< titles of parties that gave an order
    methods::PackageSpace space;
    std::vector<methods::PackageDemand> demands;
    std::vector<ToldDemand> told;
    methods::AgreementAnswers answers;             ///< picks only where has_points
    std::vector<std::int64_t> undominated;         ///< packages that no other one beats, ascending
    std::vector<DemandCost> costs;
    std::optional<methods::AdjustedWinner> adjusted;  ///< of two parties with points
    std::vector<methods::FactorRange> nash_ranges;    ///< narrowest first
    std::vector<double> tried;  ///< factors tried on the rules; none = too many packages
    methods::Upsets upsets;
};

struct PackageReport {
    std::vector<SetReport> sets;
    std::vector<std::int64_t> undominated_in_all;
    std::optional<std::int64_t> nash_in_all, kalai_in_all, egalitarian_in_all;  ///< the same package in every set
};

/// in    a model that load_packages found whole;  left_out: kinds of demands not asked
/// err   Data: no-package, naming demands that cannot be kept together, each with its place
[[nodiscard]] Result<PackageReport> judge_packages(const PackageModel& model, const std::set<DemandKind>& left_out);

/// The space and demands of one set, for a caller that asks on.
[[nodiscard]] SetReport set_out(const PackageModel& model, const std::string& set,
                                const std::set<DemandKind>& left_out);

/// The report in words.
[[nodiscard]] std::string packages_text(const PackageModel& model, const PackageReport& report);
[[nodiscard]] std::string packages_json(const PackageModel& model, const PackageReport& report);

}  // namespace icosa::respond
