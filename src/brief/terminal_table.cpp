/// The table of areas on a terminal: one line an area where there is room, else the reason under it.
#include <algorithm>

#include <fmt/format.h>

#include "brief/blocks.hpp"
#include "brief/escape.hpp"
#include "brief/render.hpp"
#include "brief/terminal_front.hpp"
#include "brief/wording.hpp"

namespace icosa::brief {
namespace {

constexpr int number_width = 2;
constexpr int column_gap = 2;
constexpr int most_title_width = 44;

struct Layout {
    int width = 80;
    int title = 30;
    int state = 40;  ///< what is left for it
};

Layout layout_of(const Dossier& dossier, int asked) {
    Layout layout;
    layout.width = std::clamp(asked, 60, 240);
    int longest = 4;
    for (const SectionPage& page : dossier.areas)
        longest = std::max(longest, columns(in(page.title, dossier.language)));
    layout.title = std::min({longest, most_title_width, layout.width / 2});
    layout.state = layout.width - number_width - 2 * column_gap - layout.title;
    return layout;
}

class Painter {
public:
    explicit Painter(Colour colour) : ansi_(colour == Colour::Ansi) {}
    [[nodiscard]] std::string operator()(std::string_view code, const std::string& text) const {
        return ansi_ ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : text;
    }
    [[nodiscard]] std::string state(model::State state, const std::string& text) const {
        switch (state) {
            case model::State::Signal: return (*this)("1;33", text);
            case model::State::Quiet: return (*this)("36", text);
            case model::State::Stale: return (*this)("35", text);
            case model::State::NoData: break;
        }
        return (*this)("2", text);
    }

private:
    bool ansi_;
};

std::string right_aligned(const std::string& text, int width) {
    const int used = columns(text);
    return used < width ? std::string(static_cast<std::size_t>(width - used), ' ') + text : text;
}

}  // namespace

std::string render_table(const Dossier& dossier, int width, Colour colour) {
    const Layout layout = layout_of(dossier, width);
    const Painter paint(colour);
    const Language language = dossier.language;
    const bool zh = language == Language::Zh;
    std::string out = terminal_front(dossier, layout.width) + "\n";
    const std::string between(column_gap, ' ');
    for (const SectionPage& page : dossier.areas) {
        const Tile tile = tile_of(page, dossier.as_of, language);
        const std::string text = cut(tile.symbol + " " + tile.text, layout.state);
        out += right_aligned(std::to_string(page.number), number_width) + between
            + padded(in(page.title, language), layout.title) + between + paint.state(page.state, text) + "\n";
    }
    const auto sum = [&](const std::string& text) { out += cut(text, layout.width) + "\n"; };
    sum(totals_words(dossier.totals, language));
    sum(zh ? fmt::format("{}个来源中有{}个过期。平静并不表示安全。", dossier.sources.size(),
                         dossier.totals.stale_sources.size())
           : fmt::format("{} of {} sources stale. Quiet does not mean safe.", dossier.totals.stale_sources.size(),
                         dossier.sources.size()));
    return out;
}

}  // namespace icosa::brief
