/// The first page composed from the sections' findings.
#pragma once

#include "brief/compose.hpp"

namespace icosa::brief {

/// Fills `front`, `sentences` and each page's `trend` of a dossier whose sections are there. A subject and measure
/// stands once among risen, high and fallen: its newest period decides where.
void write_front(Dossier& dossier, const Material& material);

}  // namespace icosa::brief
