/// index.html as far as it is written, and the small pieces of which all its parts are made.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "brief/dossier.hpp"
#include "brief/put.hpp"
#include "brief/wording.hpp"

namespace icosa::brief {

/// The parts add to `text` from top to bottom; what must stand once in the whole page is counted here.
class HtmlSheet {
public:
    explicit HtmlSheet(const Dossier& of) : dossier(of) {}

    const Dossier& dossier;
    std::string text;

    /// "p1", "p2", ...: an id for each plot.
    [[nodiscard]] std::string next_plot_id();
    /// Whether `id` is free still, and from now on taken.
    [[nodiscard]] bool take_watch_id(const std::string& id);

private:
    int plots_ = 0;
    std::vector<std::string> watch_ids_;
};

/// A text in both languages, of which the page shows the one chosen; what is the same in both stands once. `both`
/// escapes, `both_html` takes HTML.
[[nodiscard]] std::string both_html(const std::string& en, const std::string& zh);
[[nodiscard]] std::string both(std::string_view en, std::string_view zh);
[[nodiscard]] std::string both(const pack::Title& title);
[[nodiscard]] std::string both(const Words& words);

/// A state as a word and a sign in its colour.
[[nodiscard]] std::string state_badge(model::State state);
/// The HTML id of a watch.
[[nodiscard]] std::string watch_anchor(const std::string& id);

/// Works cited, each a link to its entry below where it has one; `before` the first.
void write_cites(HtmlSheet& out, const std::vector<std::string>& keys, std::string_view before);
void write_caveats(HtmlSheet& out, const std::vector<std::string>& list);

}  // namespace icosa::brief
