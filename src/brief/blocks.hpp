/// The five blocks of the first page and the twenty tiles beside them, in words and signs that all renderings share.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "brief/dossier.hpp"
#include "brief/wording.hpp"

namespace icosa::brief {

inline constexpr Words worse_title = {"Likely to get worse", "可能恶化"};
inline constexpr Words risen_title = {"Has just risen or dropped", "刚刚上升或骤降"};
inline constexpr Words high_title = {"Still high", "仍处高位"};
inline constexpr Words fallen_title = {"Has fallen", "已经回落"};
inline constexpr Words unknown_title = {"Cannot be said", "无从判断"};

inline constexpr Words worse_note = {
    "The ten highest chances of a declared outcome; base: how often it happens anyway; then how many past signals of "
    "its kind the outcome followed.",
    "所声明的结果随后出现的可能性，取最高的十项；平均：无任何征兆时出现的频度；其后为以往同类信号中应验的次数。"};
inline constexpr Words risen_note = {
    "This period or the last. New: hardly any in the twelve months before. Rising: well above the span before. "
    "Dropped: well below it, where a fall is itself the warning.",
    "本期或上期。新出现：此前十二个月几乎没有。上升：明显高于前一时段。骤降：明显低于前一时段，且下降本身即为警示。"};
inline constexpr Words high_note = {
    "Out of the ordinary, and neither risen nor fallen; or risen over a year ago; or without a past to compare with.",
    "超出常态，既未上升也未回落；或上升已逾一年；或无既往数据可比。"};
inline constexpr Words fallen_note = {"Well below the span before, or back in its range, where less is no warning.",
                                      "明显低于前一时段，或已回到常态范围，且减少并非警示。"};
inline constexpr Words unknown_note = {"What these sources count is not known since the day given.",
                                       "这些来源所统计的情况自所列日期起不明。"};
inline constexpr Words commitments_title = {"Commitments", "承诺"};
inline constexpr Words commitments_note = {
    "Overdue, or due within 30 days, as the ledger beside the database has them.",
    "据数据库旁的台账：已逾期，或30天内到期。"};
inline constexpr Words nothing_here = {"Nothing.", "无。"};
inline constexpr Words nothing_ahead = {"No watch that looks ahead has figures of the last twelve months.",
                                        "没有任何前瞻性监测具有最近十二个月的数据。"};

/// A sign beside the word: ● new, ▲ rising, ▼ dropped (a fall that its watch warns of), ■ still high, ▽ fallen;
/// ◆ likely to get worse.
[[nodiscard]] std::string_view change_symbol(model::Change change, bool is_drop);

/// Does a line tell of what may come, or of what is?
enum class Outlook : std::uint8_t { Now, Ahead };
/// The name of a mark: "worse", "new", "rising", "dropped", "high", "fallen".
[[nodiscard]] std::string_view mark_kind(model::Change change, bool is_drop, Outlook outlook);

/// What a section's tile says: "▲ 2 rising ■ 1", "○ quiet up to 30 November 2020, 31 days ago", "◐ not known since
/// ...".
struct Tile {
    std::string symbol;
    std::string text;
    std::string kind;  ///< "worse", "new", "rising", "dropped", "high", "fallen", "signal", "quiet", "stale", "no-data"
};
[[nodiscard]] Tile tile_of(const SectionPage& page, Day as_of, Language language);

/// "up to 30 November 2020, 31 days ago".
[[nodiscard]] std::string up_to(Day day, Day as_of, Language language);

/// How old the newest figures are, by topic: "newest: conflict 30 November 2020 (31 days) · ..."; empty where
/// no watch of a topic has any.
[[nodiscard]] std::string newest_words(const Dossier& dossier, Language language);

/// "61 watches, 40 of them with data; 12,345 units looked at, 213 signals, 30 of which would stand here by chance."
[[nodiscard]] std::string totals_words(const Totals& totals, Language language);

/// "5 7 8": numbers of areas; principles and platforms by their section.
[[nodiscard]] std::vector<std::string> section_marks(const FrontLine& line);

/// A line's chance: "41 in 100 (38 a month ago; base 3)".
[[nodiscard]] std::string chance_words(const FrontLine& line, Language language);
/// "Sure: moderate. Record: 16 of 41 followed."; of a chance the record alone.
[[nodiscard]] std::string surety_words(const FrontLine& line, Language language);

}  // namespace icosa::brief
