/// A watch for a user's own file: period and method by how often the file reports and how long its past is.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "draft/draft.hpp"

namespace icosa::draft {

struct OwnWatch {
    std::string id, title, engine, source;
    std::string measure;       ///< of observations; "" = events are counted
    std::string counts;        ///< id of the measure's words, which are written beside the watch
    std::string words;         ///< what the figure is called
    std::string unit;          ///< place, subject, place-subject, world
    std::string unit_of_figure;
    std::string value;         ///< "count", "sum", "mean"
    PeriodKind period = PeriodKind::Month;
    int periods = 0;           ///< whole ones that the file tells of
    std::string method;
    std::vector<std::pair<std::string, std::string>> options;  ///< as TOML has them
    std::vector<std::string> cites;
    std::string direction = "rise";
    std::string why;           ///< of the method, in words
};

/// Counts: weeks and months of a long past against their season (farrington-flexible, season-trend), a short one
/// against the periods just before (ears-c2); values against their own season, line or level, up and down.
[[nodiscard]] OwnWatch watch_of(const Guess& guess, const pack::SourceCard& card);

/// The page of an overlay that has the watch: section "own", the measure's words in a file of its own (words_text).
[[nodiscard]] std::string watch_text(const OwnWatch& watch);
[[nodiscard]] std::string words_text(const OwnWatch& watch);

/// Rows that have no number where a count stands; 0 where nothing is counted but rows, or values are measured.
[[nodiscard]] std::int64_t rows_without_figure(const Guess& guess);

}  // namespace icosa::draft
