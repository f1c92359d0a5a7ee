/// The parts of dossier.json; docs/dossier.md describes every field. Each function writes the fields of one object that
/// stands open; the comment names its file.
#pragma once

#include "brief/json/fields.hpp"

namespace icosa::brief {

// front.cpp: the five blocks of the first page
void write_front_page(JsonFields& out, const Front& of, Day as_of);
/// A field `change` of its own; null where the signal is no figure in time.
void write_change(JsonFields& out, model::Change change);
/// A field `record` of its own: an object, or "no record" and why.
void write_past_record(JsonFields& out, const model::Record& of);

// commitments.cpp: a field `commitments` of its own, where there is a ledger
void write_commitments(JsonFields& out, const Commitments& of);

// section.cpp: number, title, state, clauses; then its watches and what the catalogue knows
void write_section(JsonFields& out, const SectionPage& page, const Dossier& dossier);

// watch.cpp
void write_watch(JsonFields& out, const model::WatchFinding& of, const Dossier& dossier);
//   signal.cpp
void write_signal(JsonFields& out, const model::Signal& of, const Dossier& dossier);
/// A field `lineage` of its own.
void write_lineage(JsonFields& out, const model::Lineage& of);
//   forecast.cpp
void write_forecast(JsonFields& out, const model::Forecast& of);
void write_chance(JsonFields& out, const model::Chance& of, const Dossier& dossier);
/// A field `record` of its own.
void write_record(JsonFields& out, const model::TrackRecord& of);

// catalogue.cpp
void write_instrument(JsonFields& out, const InstrumentLine& of);
void write_mechanism(JsonFields& out, const MechanismLine& of);
void write_mandate(JsonFields& out, const MandateLine& of);

}  // namespace icosa::brief
