/// The dossier written down: JSON for programs, Markdown and HTML for readers, a table for the terminal. Same dossier,
/// same bytes.
#pragma once

#include <string>

#include "brief/dossier.hpp"

namespace icosa::brief {

/// dossier.json, indented by two blanks, ending in a newline; docs/dossier.md lists the fields. Absent days and numbers
/// are null.
[[nodiscard]] std::string render_json(const Dossier& dossier);

enum class Detail { Short, Full };

/// dossier.md in the dossier's language: CommonMark with pipe tables; every text from outside is escaped. Short: the
/// first page, the sections a line each, the sources; Full: then each section with its clauses, watches, catalogue.
[[nodiscard]] std::string render_markdown(const Dossier& dossier, Detail extent = Detail::Short);

/// index.html: one file, no script, no outside request; every text from outside is escaped.
[[nodiscard]] std::string render_html(const Dossier& dossier);

enum class Colour { Plain, Ansi };

/// The first page and the table of areas for a terminal of `width` columns (taken as 60 at least, 240 at most), in the
/// dossier's language, each line ending in a newline. No line is wider; East Asian wide characters count two.
[[nodiscard]] std::string render_table(const Dossier& dossier, int width, Colour colour);

}  // namespace icosa::brief
