/// The parts of dossier.json; docs/dossier.md describes every field. Each function writes the fields of one object that
/// stands open; the comment names its file.
#pragma once

#include "brief/json/fields.hpp"

namespace icosa::brief {

// section.cpp: number, title, state, clauses; then its watches and what the catalogue knows
void write_section(JsonFields& out, const SectionPage& page);

// watch.cpp
void write_watch(JsonFields& out, const model::WatchFinding& of);
//   signal.cpp
void write_signal(JsonFields& out, const model::Signal& of);
/// A field `lineage` of its own.
void write_lineage(JsonFields& out, const model::Lineage& of);
//   forecast.cpp
void write_forecast(JsonFields& out, const model::Forecast& of);
/// A field `record` of its own.
void write_record(JsonFields& out, const model::TrackRecord& of);

// catalogue.cpp
void write_instrument(JsonFields& out, const InstrumentLine& of);
void write_mechanism(JsonFields& out, const MechanismLine& of);
void write_mandate(JsonFields& out, const MandateLine& of);

}  // namespace icosa::brief
