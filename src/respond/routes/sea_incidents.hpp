/// Incidents at sea of several sources, each told once: reports with positions, matched as `icosa match` does it.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/date.hpp"
#include "base/result.hpp"
#include "methods/matching/matching.hpp"
#include "methods/space/great_circle.hpp"
#include "pack/taxonomy.hpp"

namespace icosa::respond {

/// One report of a source.
struct SeaReport {
    methods::GlobePoint at;
    Day day;
    std::string category;  ///< of the taxonomy; without one its kind as written
    bool counts = true;    ///< is it of the kind that is counted?
    std::string unit, kind;  ///< by which the store finds its lines; "" of a file's
    std::int64_t line = 0;   ///< of a file; 0 of a store's
};

/// What one source tells, and where its silence means that there was nothing.
struct SeaReports {
    std::string source;       ///< id of its card, or the name of a file
    std::string title;
    std::string attribution;
    bool exportable = true;   ///< may what is made from it be passed on?
    bool has_kinds = true;
    bool is_extract = false;  ///< not known to be complete: months without a report are taken for empty all the same
    Day first = no_day, last = no_day;  ///< known from, through
    std::set<int> months;     ///< whole ones that it tells of
    std::vector<SeaReport> reports;
};

/// An incident, once. Where sources differ the first one that counts it gives day and position.
struct SeaIncident {
    methods::GlobePoint at;
    Day day;
    bool counts = false;
    std::uint32_t sources = 0;  ///< bits: told by these, by their order
    std::vector<std::pair<std::size_t, std::size_t>> behind;  ///< source and report
};

struct SeaIncidents {
    std::vector<SeaReports> sources;
    std::vector<SeaIncident> incidents;  ///< by day, then position
    std::vector<std::int64_t> counted;   ///< of each source: its reports that count
    std::vector<std::int64_t> beside;    ///< of them: of days between the first and the last of another source
    std::vector<std::int64_t> matched;   ///< of them: told by another source too
    std::string kinds;                   ///< how they were compared

    /// Sources that tell of every month from first to last, as bits.
    [[nodiscard]] std::uint32_t covering(int first, int last) const;
    /// Sources that tell of the month, as bits.
    [[nodiscard]] std::uint32_t of_month(int month) const { return covering(month, month); }
};

/// Joins sources one after the other: what the next one tells within `reach` of an incident is that incident.
///
/// taxonomy  by which kinds are compared; nullptr: all are of one
/// err       those of match_events; too-many-sources: more than 32
[[nodiscard]] Result<SeaIncidents> joined_incidents(std::vector<SeaReports> sources, const pack::Taxonomy* taxonomy,
                                                    methods::matching::Reach reach, int threads);

/// The whole months from first to last, both within.
[[nodiscard]] std::set<int> whole_months(Day first, Day last);

}  // namespace icosa::respond
