/// Reads what a fact knows about itself.
#include "pack/knowledge.hpp"

namespace icosa::pack {

Knowledge parse_knowledge(TableReader& reader, Sourced sourced) {
    Knowledge of{reader.text_or("source", ""), reader.day_or("known_through", no_day), reader.text_or("against", ""),
                 reader.text_or("look_at", "")};
    if (of.known_through != no_day && of.against.empty())
        reader.fault(reader.table().where, "missing-key", "'known_through' stands without what it was held against",
                     "add against = \"what was read\"");
    if (sourced == Sourced::Must && of.source.empty() && of.against.empty())
        reader.fault(reader.table().where, "missing-key", "an authored fact has no source",
                     "add source = \"what it was written down from\"");
    return of;
}

void extend_knowledge(Knowledge& known, TableReader& reader) {
    const Day through = reader.day_or("known_through", no_day);
    const std::string against = reader.text_or("against", "");
    if (through == no_day) return;
    if (against.empty())
        reader.fault(reader.table().where, "missing-key", "'known_through' stands without what it was held against",
                     "add against = \"what was read\"");
    if (known.known_through != no_day && through < known.known_through) return;  // looked at later already
    known.known_through = through;
    known.against = against;
}

}  // namespace icosa::pack
