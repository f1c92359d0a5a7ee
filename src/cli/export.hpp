/// What `icosa export` is asked for.
#pragma once

#include <string>
#include <vector>

#include "cli/command.hpp"

namespace icosa::cli {

struct ExportOptions {
    std::string what;        ///< "series", "records" or "neighbours"
    std::string watch;
    std::vector<std::string> sources;
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

[[nodiscard]] Result<int> export_neighbours(const Common& common, const ExportOptions& options);  ///< pairs of places

}  // namespace icosa::cli
