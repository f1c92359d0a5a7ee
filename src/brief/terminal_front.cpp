/// Blocks as paragraphs with a hanging indent.
#include "brief/terminal_front.hpp"

#include <algorithm>
#include <cctype>

#include <fmt/format.h>

#include "brief/blocks.hpp"
#include "brief/escape.hpp"

namespace icosa::brief {
namespace {

constexpr std::size_t lines_on_a_terminal = 4;
constexpr std::size_t most_rows = 2;  ///< that one sentence takes

/// Would a break here part a number or a word of Latin letters?
bool parts_a_word(std::string_view text, std::size_t at) {
    const auto is_of_word = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == ',' || c == '.'; };
    return at > 0 && at < text.size() && is_of_word(text[at - 1]) && is_of_word(text[at]);
}

/// The sentence over at most `most_rows` rows, broken at blanks (Chinese anywhere but within a number).
void write_wrapped(std::string& out, std::string_view symbol, const std::string& sentence, int width) {
    const int room = width - 4;
    std::string rest = plain(sentence);
    for (std::size_t row = 0; row < most_rows && !rest.empty(); ++row) {
        out += row == 0 ? fmt::format("  {} ", symbol) : std::string("    ");
        if (columns(rest) <= room || row + 1 == most_rows) {
            out += cut(rest, room) + "\n";
            return;
        }
        std::size_t fits = 0, end = 0, blank = 0;
        for (std::size_t i = 1; i <= rest.size(); ++i) {
            const bool starts_letter = i == rest.size() || (static_cast<unsigned char>(rest[i]) & 0xC0) != 0x80;
            if (!starts_letter) continue;
            if (columns(std::string_view(rest).substr(0, i)) > room) break;
            fits = i;
            if (!parts_a_word(rest, i)) end = i;
            if (i < rest.size() && rest[i] == ' ') blank = i;
        }
        if (end == 0) end = fits;
        std::size_t at = blank > end / 2 ? blank : end;
        for (const std::string_view stop : {"。", "，", "）", "；", "、"}) {  // none begins a row
            if (rest.compare(at, stop.size(), stop) == 0) {
                at += stop.size();
                break;
            }
        }
        out += rest.substr(0, at) + "\n";
        rest.erase(0, at + (at < rest.size() && rest[at] == ' ' ? 1 : 0));
    }
}

void write_more_line(std::string& out, std::size_t more, Language language) {
    if (more > 0)
        out += language == Language::Zh ? fmt::format("    另有{}项\n", more) : fmt::format("    and {} more\n", more);
}

}  // namespace

std::string terminal_front(const Dossier& dossier, int width) {
    const Language language = dossier.language;
    const Front& front = dossier.front;
    std::string out;
    const auto block = [&](const Words& title, const std::vector<FrontLine>& lines, Outlook outlook) {
        out += fmt::format("{} ({})\n", in(title, language), lines.size());
        const std::size_t told = std::min(lines.size(), lines_on_a_terminal);
        for (std::size_t i = 0; i < told; ++i)
            write_wrapped(out, outlook == Outlook::Ahead ? "◆" : change_symbol(lines[i].mark, lines[i].drop),
                          in(lines[i].sentence, language), width);
        write_more_line(out, lines.size() - told, language);
    };
    block(worse_title, front.worse, Outlook::Ahead);
    block(risen_title, front.risen, Outlook::Now);
    block(high_title, front.high, Outlook::Now);
    block(fallen_title, front.fallen, Outlook::Now);
    out += fmt::format("{} ({})\n", in(unknown_title, language), front.unknown.size());
    const std::size_t told = std::min(front.unknown.size(), lines_on_a_terminal);
    for (std::size_t i = 0; i < told; ++i) write_wrapped(out, "◐", in(front.unknown[i].sentence, language), width);
    write_more_line(out, front.unknown.size() - told, language);
    const auto& due = dossier.commitments.due;
    if (due.empty()) return out;
    out += fmt::format("{} ({})\n", in(commitments_title, language), due.size());
    const std::size_t shown = std::min(due.size(), lines_on_a_terminal);
    for (std::size_t i = 0; i < shown; ++i) write_wrapped(out, "·", in(commitment_sentence(due[i]), language), width);
    write_more_line(out, due.size() - shown, language);
    return out;
}

}  // namespace icosa::brief
