/// The first page of dossier.md: the five blocks, a sentence a line.
#include "brief/markdown/parts.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "brief/blocks.hpp"
#include "brief/commands.hpp"
#include "brief/escape.hpp"
#include "brief/wording.hpp"

namespace icosa::brief {
namespace {

constexpr std::size_t high_lines_told = 20;  ///< in the short dossier; the page and dossier.json have all
constexpr std::size_t fallen_lines_told = 10;
constexpr std::size_t risen_lines_told = 24;

void write_lines(std::string& out, const std::vector<FrontLine>& lines, std::size_t most, Language language) {
    const std::size_t told = std::min(lines.size(), most);
    for (std::size_t i = 0; i < told; ++i) {
        const FrontLine& line = lines[i];
        const bool is_chance = line.change == model::Change::None && line.probability.value > 0;
        put(out, "- {} {} {} [{}]\n", is_chance ? std::string_view("◆") : change_symbol(line.mark, line.drop),
            markdown(in(line.sentence, language)), markdown(surety_words(line, language)),
            join(section_marks(line), " "));
    }
    if (told == lines.size()) return;
    if (language == Language::Zh) put(out, "- 另有{}项，见 dossier.json。\n", lines.size() - told);
    else put(out, "- And {} more, in dossier.json.\n", lines.size() - told);
}

void write_block(std::string& out, const Words& title, const Words& note, const std::vector<FrontLine>& lines,
                 std::size_t most, const Words& none, Language language) {
    put(out, "## {} ({})\n\n", in(title, language), lines.size());
    if (lines.empty()) put(out, "{}\n", in(none, language));
    else put(out, "{}\n\n", in(note, language));
    write_lines(out, lines, most, language);
    out += '\n';
}

}  // namespace

void write_front_page(std::string& out, const Dossier& dossier, Detail extent) {
    const Language language = dossier.language;
    const Front& front = dossier.front;
    const bool all = extent == Detail::Full;
    const auto most = [&](std::size_t number) { return all ? ~std::size_t{0} : number; };
    write_block(out, worse_title, worse_note, front.worse, worse_lines, nothing_ahead, language);
    write_block(out, risen_title, risen_note, front.risen, most(risen_lines_told), nothing_here, language);
    write_block(out, high_title, high_note, front.high, most(high_lines_told), nothing_here, language);
    write_block(out, fallen_title, fallen_note, front.fallen, most(fallen_lines_told), nothing_here, language);
    put(out, "## {} ({})\n\n", in(unknown_title, language), front.unknown.size());
    for (const UnknownLine& line : front.unknown) {
        put(out, "- {} {}", markdown(in(line.sentence, language)), markdown_code(line.command));
        if (is_web_address(line.address)) put(out, " <{}>", line.address);
        out += '\n';
    }
    if (front.unknown.empty()) put(out, "{}\n", in(nothing_here, language));
    out += '\n';
}

}  // namespace icosa::brief
