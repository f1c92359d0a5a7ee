/// What is said of a section's clauses as a whole: how many are alive, what cannot be answered on the day.
#pragma once

#include "brief/dossier.hpp"

namespace icosa::brief {

/// "3 alive · 1 stale · 1 on membership only · 2 authored · 1 not measurable": alive and stale always, with those on
/// membership, so that a silence never reads as calm; the others where there are any.
[[nodiscard]] pack::Title clause_line(const ClauseCounts& counts);

/// The questions that figures could answer and that no figure answers on the day, each with the day to which its data
/// go; empty where there are none.
[[nodiscard]] pack::Title unanswered_line(const SectionPage& page);

/// "proxy", "membership", "from the packs"; empty for data.
[[nodiscard]] pack::Title basis_word(model::Basis basis);

}  // namespace icosa::brief
