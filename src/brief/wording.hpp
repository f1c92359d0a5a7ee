/// The words and figures that all renderings share, so that they say the same.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "brief/dossier.hpp"

namespace icosa::brief {

/// A text of the pages themselves.
struct Words {
    std::string_view en, zh;
};
[[nodiscard]] inline std::string_view in(const Words& words, Language language) {
    return language == Language::Zh ? words.zh : words.en;
}

inline constexpr std::string_view notice_boundaries =
    "Boundaries, names and designations imply no opinion on legal status.";
inline constexpr Words notice_boundaries_words = {notice_boundaries, "边界、名称和称谓不代表对法律地位的任何意见。"};
inline constexpr Words notice_quiet_words = {
    "Quiet means that nothing unusual stands in what the source reports up to the day shown. It does not mean safe.",
    "平静是指截至所列日期，来源所报告的情况中没有异常；并不表示安全。"};

inline constexpr std::string_view notice_unusualness =
    "Unusualness (0 to 1) says how rarely this happens when nothing is going on, and compares within one engine only; "
    "severity is in the unit a "
    "person cares about; confidence says how far the data carry the finding. The three are kept apart.";
inline constexpr Words notice_person_words = {"A person decides: a signal is a reason to look, not a judgement.",
                                              "由人作出决定：信号是查看的理由，不是判断。"};

/// How many signals of a watch the pages show with reason and lineage, and how many more as a bare row; dossier.json
/// has all.
inline constexpr std::size_t signals_in_full = 8;
inline constexpr std::size_t signals_in_short = 30;

/// 1234567 -> "1,234,567".
[[nodiscard]] std::string grouped(std::int64_t number);
/// A number for a reader: whole numbers exactly, others to three figures or so, thousands grouped; "–" for NaN.
[[nodiscard]] std::string figure(double value);
/// A share to three decimals; ">0.999" rather than a 1 that it is not.
[[nodiscard]] std::string share_text(double share);
/// The value as dossier.json gives it: whole numbers exactly, others rounded to four decimals, or to six figures below
/// one.
[[nodiscard]] double rounded(double value);
/// `digits` decimals.
[[nodiscard]] double rounded(double value, int digits);
/// "no data" for State::NoData, else the name.
[[nodiscard]] std::string_view state_word(model::State state);
/// A sign that stands beside the word: never colour alone.
[[nodiscard]] std::string_view state_symbol(model::State state);
[[nodiscard]] std::string_view clause_status_name(
    pack::ClauseStatus status);  ///< "measured", "authored", "not-measurable"
/// Does the page rest on authored facts alone?
[[nodiscard]] bool authored_only(const SectionPage& page);
/// " (check)" for a fact past its day, " (of a later day)" for one that did not stand yet.
[[nodiscard]] std::string_view fact_mark(const Fact& fact);
/// "3 entries of the catalogue were adopted after 2020-12-31 and are left out."; empty where none are.
[[nodiscard]] std::string later_line(const SectionPage& page, Day as_of);
/// A sentence without its full stop, so that the page sets one.
[[nodiscard]] std::string without_stop(std::string text);
/// Caveats that hold for a whole watch: its own, and those that each of its signals carries.
[[nodiscard]] std::vector<std::string> watch_caveats(const model::WatchFinding& watch);
/// Those of `all` that are not in `known`.
[[nodiscard]] std::vector<std::string> others(const std::vector<std::string>& all,
                                              const std::vector<std::string>& known);
/// "9 rows of asam".
[[nodiscard]] std::string rows_line(const model::Lineage& lineage);
/// "54.3 fatalities expected in these 12 months, 21 at the pace of the last twelve".
[[nodiscard]] std::string expected_ahead(const model::Forecast& forecast);
/// "moved since last month by +2.1 a month (from 4.2): own newest months +1.8, ..."; empty where nothing is known of
/// last month.
[[nodiscard]] std::string moved_line(const model::Forecast& forecast);
/// "Mali, 2012-03: 120 followed (0, 3, 12, ...)".
[[nodiscard]] std::string past_line(const model::PastLike& past);
/// Signals that the watches of a page would mark by chance.
/// The alarms of a watch that the many tests explain, each with its figures: above the threshold, and told as no
/// signal. Empty where there is none.
[[nodiscard]] pack::Title set_aside_line(const model::WatchFinding& watch);

[[nodiscard]] double expected_by_chance(const SectionPage& page);
/// "; 190 tests at once, false-discovery rate 0.1, 2 alarms set aside"; empty where the rate is not controlled.
[[nodiscard]] std::string discovery_words(const model::WatchFinding& watch);
/// The day, or `absent` where there is none.
[[nodiscard]] std::string day_or(Day day, std::string_view absent);
/// 12 -> "yearly", 18 -> "every 18 months"; "–" for 0.
[[nodiscard]] std::string cadence_text(int months);
/// "1 signal", "1,234 signals".
[[nodiscard]] std::string plural(std::int64_t count, std::string_view one, std::string_view many);
/// Title of a group: "Areas of cooperation", ...
[[nodiscard]] std::string_view group_title(pack::Group group, Language language = Language::En);

}  // namespace icosa::brief
