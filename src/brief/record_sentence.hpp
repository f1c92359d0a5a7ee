/// What became of past signals like one, as a sentence in each language.
#pragma once

#include "brief/names.hpp"
#include "model/findings.hpp"
#include "pack/outcomes.hpp"

namespace icosa::brief {

/// "Since 1995 this watch said “watch” 283 times; 74 were followed within 6 months by a rise by half or more, 3 in 100
/// otherwise."; "no record: it has not been judged on past days". The patterns: packs/phrases.toml, `record`.
[[nodiscard]] pack::Title record_sentence(const model::Record& record, model::Grade grade, const NameBooks& books,
                                          const pack::Outcomes& outcomes);

}  // namespace icosa::brief
