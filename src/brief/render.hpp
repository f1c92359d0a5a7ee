/// The dossier written down: JSON for programs, Markdown and HTML for readers, a table for the terminal. Same dossier,
/// same bytes.
#pragma once

#include <string>

#include "brief/dossier.hpp"

namespace icosa::brief {

/// dossier.json, indented by two blanks, ending in a newline; docs/dossier.md lists the fields. Absent days and numbers
/// are null.
[[nodiscard]] std::string render_json(const Dossier& dossier);

/// dossier.md: CommonMark with pipe tables; every text from outside is escaped.
[[nodiscard]] std::string render_markdown(const Dossier& dossier);

/// index.html: one file, no script, no outside request; every text from outside is escaped.
[[nodiscard]] std::string render_html(const Dossier& dossier);

enum class Colour { Plain, Ansi };
enum class Language { En, EnZh };  ///< EnZh: the Chinese title under the English one

/// The table of areas for a terminal of `width` columns (taken as 60 at least, 240 at most), each line ending in a
/// newline. No line is wider; East Asian wide characters count two.
[[nodiscard]] std::string render_table(const Dossier& dossier, int width, Colour colour,
                                       Language language = Language::En);

}  // namespace icosa::brief
