/// What `icosa export` is asked for.
#pragma once

#include <string>
#include <vector>

#include "app/packs.hpp"
#include "cli/command.hpp"
#include "store/store.hpp"

namespace icosa::cli {

struct ExportOptions {
    std::string what;        ///< "series", "signals", "forecasts", "records" or "neighbours"
    std::string watch;
    std::vector<std::string> sources;
    std::vector<std::string> places;    ///< signals, forecasts: about these alone
    std::string format;      ///< csv, parquet, geojson; "" = by the file's ending
    std::string out;
    std::vector<std::string> measures;  ///< records: of these measures only
    std::vector<std::string> subjects;  ///< records: subjects that hold one of these texts
    std::vector<std::string>
        instruments;  ///< records: acts of these instruments only; "catalogue" = those that the packs name
    bool sum_subjects = false;       ///< records: observations summed over their subjects
    Day since = no_day;              ///< records: none that begin earlier
    std::string codes;               ///< neighbours: a system of codes; "" = the places' own ids
    bool narrow_seas = false;        ///< neighbours: those across a narrow sea too
    std::string as_of;  ///< as --as-of has it
};

/// The series of a watch, with expectation, threshold and alarm where it is judged period by period.
[[nodiscard]] Result<int> export_series(const Common& common, const app::Packs& packs, store::Store& store,
                                        const ExportOptions& options);
/// The signals of a day; or its forecasts by month and the chances of declared outcomes.
[[nodiscard]] Result<int> export_findings(const Common& common, const app::Packs& packs, store::Store& store,
                                          const ExportOptions& options);
/// The watch that is named.   err   Usage: unknown-watch, with the nearest
[[nodiscard]] Result<const pack::Watch*> watch_to_export(const app::Packs& packs, const std::string& id);
[[nodiscard]] Result<int> export_neighbours(const Common& common, const ExportOptions& options);  ///< pairs of places

}  // namespace icosa::cli
