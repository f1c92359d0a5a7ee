/// Fields whose text is the same in every row: a value of the card, or a part of the file's name.
#pragma once

#include <string>

#include "base/result.hpp"
#include "ingest/plan.hpp"
#include "model/term.hpp"
#include "pack/source_card.hpp"

namespace icosa::ingest {

/// Sets what the operation reads of `text` in `values`. Error: bad-value, where it cannot be read as the field's.
[[nodiscard]] Result<void> set_constant(Value (&values)[slots], const Operation& operation, const std::string& text,
                                        const pack::FieldRule& rule, const pack::SourceCard& card,
                                        model::TermTable& terms);

}  // namespace icosa::ingest
