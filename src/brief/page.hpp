/// One short page of headings and lines, as Markdown or as HTML.
#pragma once

#include <string>
#include <vector>

#include "brief/language.hpp"

namespace icosa::brief {

struct PageBlock {
    std::string heading;
    std::vector<std::string> lines;  ///< plain text, a bullet each
};

struct Page {
    Language language = Language::En;
    std::string title;
    std::vector<std::string> intro;  ///< a paragraph each
    std::vector<PageBlock> blocks;
    std::vector<std::string> foot;
};

/// CommonMark, ending in a newline; every text is escaped.
[[nodiscard]] std::string page_markdown(const Page& page);
/// One file: no script, no outside request; every text is escaped.
[[nodiscard]] std::string page_html(const Page& page);

}  // namespace icosa::brief
