/// The parts of dossier.md, in the order in which they stand in it; the comment names the file in which each is
/// written.
#pragma once

#include <string>
#include <vector>

#include "brief/dossier.hpp"
#include "brief/put.hpp"
#include "brief/render.hpp"

namespace icosa::brief {

// front.cpp: the five blocks
void write_front_page(std::string& out, const Dossier& dossier, Detail extent);

// commitments.cpp: due ones, of all and of a section
void write_commitments(std::string& out, const Dossier& dossier);
void write_commitments(std::string& out, const SectionPage& page, const Dossier& dossier);

// overview.cpp: the day and its marks; a table of each group
void write_head(std::string& out, const Dossier& dossier);
void write_overview(std::string& out, const Dossier& dossier);

// section.cpp: all sections of a group, each with its clauses, its watches and what the catalogue knows
void write_sections(std::string& out, const std::vector<SectionPage>& pages, pack::Group group, const Dossier& dossier);
//   watch.cpp: a watch, with its forecasts and its signals
void write_watch(std::string& out, const model::WatchFinding& of, const Dossier& dossier);
//     forecasts.cpp
void write_forecasts(std::string& out, const model::WatchFinding& of, const Dossier& dossier);
//     signals.cpp
void write_signals(std::string& out, const model::WatchFinding& of, const Dossier& dossier);
//   options.cpp: what could answer its signals
void write_responses(std::string& out, const SectionPage& page, Language language);
//   catalogue.cpp: mandates, instruments, mechanisms
void write_catalogue(std::string& out, const SectionPage& page, const Dossier& dossier);

// sources.cpp
/// Short: a line each.
void write_sources(std::string& out, const Dossier& dossier, Detail extent);
void write_references(std::string& out, const Dossier& dossier);

// pieces.cpp, of which all parts are made
/// The English title, and the Chinese one behind it.
[[nodiscard]] std::string markdown_title(const pack::Title& title);
/// A state as a sign and a word.
[[nodiscard]] std::string markdown_state(model::State state);
/// Comma between.
[[nodiscard]] std::string markdown_list(const std::vector<std::string>& list);
/// Each a code span, comma between.
[[nodiscard]] std::string markdown_codes(const std::vector<std::string>& list);
void write_caveats(std::string& out, const std::vector<std::string>& list);

}  // namespace icosa::brief
