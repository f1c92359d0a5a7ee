/// The table of areas on a terminal: one line an area where there is room, else the reason under it.
#include <algorithm>

#include <fmt/format.h>

#include "brief/escape.hpp"
#include "brief/render.hpp"
#include "brief/wording.hpp"

namespace icosa::brief {
namespace {

constexpr int number_width = 2;
constexpr int state_width = 9;    // "▲ signal", "– no data"
constexpr int signals_width = 7;
constexpr int day_width = 10;
constexpr int column_gap = 2;
constexpr int least_reason_width = 48;  ///< beside the title; with less room the reason goes on a line of its own
constexpr int most_title_width = 44;

struct Layout {
    int width = 80;
    int title = 30;
    int reason = 0;  ///< 0: on its own line
};

Layout layout_of(const Dossier& dossier, int asked) {
    Layout layout;
    layout.width = std::clamp(asked, 60, 240);
    int longest = 4;
    for (const SectionPage& page : dossier.areas) longest = std::max(longest, columns(page.title.en));
    const int fixed = number_width + state_width + signals_width + day_width + 4 * column_gap;
    layout.title = std::min({longest, most_title_width, layout.width - fixed});
    const int left = layout.width - fixed - column_gap - layout.title;
    if (left >= least_reason_width) layout.reason = left;
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

std::string trimmed(std::string line) {
    while (!line.empty() && line.back() == ' ') line.pop_back();
    return line;
}

}  // namespace

std::string render_table(const Dossier& dossier, int width, Colour colour) {
    const Layout layout = layout_of(dossier, width);
    const Painter paint(colour);
    const std::string between(column_gap, ' ');
    const std::string indent(number_width + column_gap, ' ');
    std::string out;
    const auto line = [&](const std::string& number, const std::string& title, const std::string& state,
                          const std::string& signals, const std::string& day, const std::string& reason) {
        std::string text = number + between + title + between + state + between + signals + between + day;
        if (layout.reason > 0 && !reason.empty()) text += between + reason;
        out += trimmed(text) + "\n";
    };
    line(right_aligned("#", number_width), padded("Area", layout.title), padded("State", state_width),
         right_aligned("Signals", signals_width), padded("Newest", day_width), "Most telling");
    for (const SectionPage& page : dossier.areas) {
        const std::string why = most_telling(page);
        const std::string symbol_word = fmt::format("{} {}", state_symbol(page.state), state_word(page.state));
        line(right_aligned(std::to_string(page.number), number_width), padded(page.title.en, layout.title),
             paint.state(page.state, padded(symbol_word, state_width)),
             right_aligned(page.watches.empty() ? "–" : grouped(page.signals), signals_width),
             padded(page.newest_data == no_day ? "–" : iso(page.newest_data), day_width),
             layout.reason > 0 ? cut(why, layout.reason) : "");
        const int room = layout.width - number_width - column_gap;
        if (dossier.language == Language::Zh && !page.title.zh.empty()) out += indent + cut(page.title.zh, room) + "\n";
        if (layout.reason == 0 && page.state == model::State::Signal && !why.empty())
            out += indent + paint("2", cut(why, room)) + "\n";
    }
    const auto sum = [&](const std::string& text) { out += cut(text, layout.width) + "\n"; };
    sum(fmt::format("As of {}: {} in all sections, {} expected by chance.", iso(dossier.as_of),
                    plural(dossier.totals.signals, "signal", "signals"),
                    figure(rounded(dossier.totals.signals_expected_by_chance, 1))));
    sum(fmt::format("{} examined; {} of {} sources stale. Quiet does not mean safe.",
                    plural(dossier.totals.units_examined, "unit", "units"), dossier.totals.stale_sources.size(),
                    dossier.sources.size()));
    return out;
}

}  // namespace icosa::brief
