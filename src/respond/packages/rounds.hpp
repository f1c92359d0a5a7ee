/// Rounds on a single text: a package is proposed, parties mark it, the next text follows. Kept as lines of JSON in a
/// file that parties hand on; no points stand in it.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "respond/packages/package_report.hpp"

namespace icosa::respond {

/// What a party says to a text.
struct TextMark {
    int party = -1;
    bool accepts = false;
    std::vector<int> to;  ///< issues on which it objects to the text's value; none = to the whole
    std::string date, note;
};

struct TextRound {
    int number = 0;
    std::string date, by, note;
    std::vector<int> package;  ///< values
    std::vector<TextMark> marks;
};

/// The rounds of a file; no rounds where there is no file yet.
/// err   into faults: bad-line, unknown-party, unknown-issue, unknown-value, bad-round, each with its line
[[nodiscard]] std::vector<TextRound> read_rounds(const PackageModel& model, const std::string& path,
                                                 Diagnostics& faults);

/// A package by words: "crossings=permits, gauges=joint"; issues not named stay as in `base`.
/// err   Usage: unknown-issue, unknown-value, bad-package
[[nodiscard]] Result<std::vector<int>> package_of_words(const PackageModel& model, const std::string& words,
                                                        const std::vector<int>& base);

/// "northland=accept", "southland=object", "southland=object:crossings,gauges".
/// err   Usage: bad-mark, unknown-party, unknown-issue
[[nodiscard]] Result<TextMark> mark_of_words(const PackageModel& model, const std::string& words);

/// Rows as they are added to the file, without a line's end.
[[nodiscard]] std::string proposal_row(const PackageModel& model, const TextRound& round);
[[nodiscard]] std::string mark_row(const PackageModel& model, int round, const TextMark& mark);

/// Where the rounds stand.
struct RoundsStand {
    std::vector<std::string> silent;      ///< parties that have not marked the newest text
    std::vector<std::string> objecting;   ///< to the newest text
    std::vector<std::string> broken;      ///< demands that the newest text breaks, told
    bool agreed = false;
    std::optional<std::vector<int>> next;  ///< a text that keeps all demands and meets no standing objection
};

/// The next text: of the packages that keep every demand of every set and have no value that a party objects to, one
/// that changes the fewest issues of the newest text; among these the one whose least gaining party gains most (where
/// all gave points). An objection to a value stands until that party accepts a text that has the value.
[[nodiscard]] RoundsStand stand_of(const PackageModel& model, const std::vector<TextRound>& rounds,
                                   const std::set<DemandKind>& left_out);

[[nodiscard]] std::string rounds_text(const PackageModel& model, const std::vector<TextRound>& rounds,
                                      const RoundsStand& stand);
[[nodiscard]] std::string rounds_json(const PackageModel& model, const std::vector<TextRound>& rounds,
                                      const RoundsStand& stand);

}  // namespace icosa::respond
