/// The remarks of an entry of the US lists in their delimited form: facts parted by semicolons, each with its word.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/detail.hpp"

namespace icosa::ingest {

/// "DOB 09 Feb 1951; POB Gaza; Passport 92/664 (Egypt); a.k.a. 'X'." as details: dates and places of birth,
/// nationalities, documents with number and issuer (of ships the IMO number), weak aliases (those in remarks are). What
/// is none of these stays together as one comment; nothing of it is read further, ties to others least of all.
///
/// in    UTF-8, perhaps cut off; line is 0 in all of out
[[nodiscard]] std::vector<model::Detail> read_ofac_remarks(std::string_view text);

}  // namespace icosa::ingest
