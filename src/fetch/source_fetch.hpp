/// One source: its key, its pages, windows or list, and what became of it as one line.
#pragma once

#include "fetch/session.hpp"
#include "fetch/status.hpp"
#include "pack/source_card.hpp"

namespace icosa::fetch {

/// The card must have a [fetch]. Errors are of the disk alone; what servers do is a status.
[[nodiscard]] Result<Outcome> fetch_source(Session& session, const pack::SourceCard& card);

/// How a person comes by the key of a source, in a sentence.
[[nodiscard]] std::string key_advice(const pack::SourceCard& card);

}  // namespace icosa::fetch
