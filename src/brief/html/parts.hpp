/// The parts of index.html, in the order in which they stand on it; the comment names the file in which each is
/// written.
#pragma once

#include "brief/html/sheet.hpp"

namespace icosa::brief {

// head.cpp
void write_head(HtmlSheet& out);

// front.cpp: the five blocks
void write_front_page(HtmlSheet& out);
//   map.cpp
void write_map(HtmlSheet& out);
//   countries.cpp
void write_countries(HtmlSheet& out);
//   commitments.cpp
void write_commitments(HtmlSheet& out);
//   tiles.cpp
void write_tiles(HtmlSheet& out);

// guide.cpp
void write_guide(HtmlSheet& out);

// section.cpp: all sections of a group, each with its clauses, its watches and what the catalogue knows
void write_sections(HtmlSheet& out, const std::vector<SectionPage>& pages, pack::Group group);
//   clauses.cpp
void write_clauses(HtmlSheet& out, const SectionPage& page);
//   watch.cpp: a watch, with plots of its series, its forecasts and its signals
void write_watch(HtmlSheet& out, const model::WatchFinding& of);
//     forecasts.cpp
void write_forecasts(HtmlSheet& out, const model::WatchFinding& of);
//     signals.cpp
void write_signals(HtmlSheet& out, const model::WatchFinding& of);
//   options.cpp: what could answer its signals
void write_responses(HtmlSheet& out, const SectionPage& page);
//   commitments.cpp: those of the section
void write_commitments(HtmlSheet& out, const SectionPage& page);
//   catalogue.cpp: mandates, instruments, mechanisms
void write_catalogue(HtmlSheet& out, const SectionPage& page);

// sources.cpp
void write_sources(HtmlSheet& out);
void write_references(HtmlSheet& out);

// foot.cpp
void write_foot(HtmlSheet& out);

}  // namespace icosa::brief
