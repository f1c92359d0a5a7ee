/// The notes at the head of an exchange file: which source its records are of, and what their silence means.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "ingest/head.hpp"
#include "model/record.hpp"
#include "pack/source_card.hpp"

namespace icosa::ingest {

struct Preamble {
    std::string source;  ///< the card of the source that the records came from; "" = the file's own card
    std::vector<model::Coverage> coverage;  ///< one a `covers` note
};

/// Reads the notes of a card with a preamble; for other cards nothing. Errors: bad-preamble (no source, or `covers`
/// that cannot be read).
[[nodiscard]] Result<Preamble> read_preamble(const Head& head, const pack::SourceCard& card, const std::string& path);

/// "2016-01-01..2019-12-31@syr,irq#piracy": days, then places and kinds where not all. Nothing where it is not so
/// written.
[[nodiscard]] std::optional<model::Coverage> parse_coverage(std::string_view text);

}  // namespace icosa::ingest
