/// The words and figures that all renderings share, so that they say the same.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "brief/dossier.hpp"

namespace icosa::brief {

inline constexpr std::string_view notice_boundaries = "Boundaries, names and designations imply no opinion on legal status.";
inline constexpr std::string_view notice_quiet =
    "Quiet means that nothing unusual stands in what the source reports up to the day shown. It does not mean safe.";
inline constexpr std::string_view notice_chance =
    "Every watch marks some units by chance alone; the number expected when nothing is going on stands beside the number found.";

/// 1234567 -> "1,234,567".
[[nodiscard]] std::string grouped(std::int64_t number);
/// A number for a reader: whole numbers exactly, others to three figures or so, thousands grouped; "–" for NaN.
[[nodiscard]] std::string figure(double value);
/// The value as dossier.json gives it: whole numbers exactly, others rounded to four decimals, or to six figures below one.
[[nodiscard]] double rounded(double value);
/// `digits` decimals.
[[nodiscard]] double rounded(double value, int digits);
/// "5 of 7 clauses measured", and ", 2 of them without data in this run" where that is so.
[[nodiscard]] std::string clause_line(const ClauseCounts& counts);
/// The one reason or reading that tells most about a section: of the signal with the highest grade and confidence, else of the first
/// watch that decided the state. Empty without watches.
[[nodiscard]] std::string most_telling(const SectionPage& page);
/// "no data" for State::NoData, else the name.
[[nodiscard]] std::string_view state_word(model::State state);
/// A sign that stands beside the word: never colour alone.
[[nodiscard]] std::string_view state_symbol(model::State state);
[[nodiscard]] std::string_view clause_status_name(pack::ClauseStatus status);  ///< "measured", "authored", "not-measurable"
/// Does the page rest on authored facts alone?
[[nodiscard]] bool authored_only(const SectionPage& page);
/// A dossier's sources that are stale, and the newest day of each: "asam (2020-06-21), ...".
[[nodiscard]] std::string stale_line(const Dossier& dossier);

}  // namespace icosa::brief
