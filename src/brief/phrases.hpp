/// Sentence patterns filled in a language: a slot's number, day or place is written as that language writes it.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "brief/names.hpp"
#include "model/findings.hpp"

namespace icosa::brief {

/// What stands in a slot, in words already.
using Filling = std::pair<std::string, std::string>;

/// The pattern with its {slots} filled; what stands in [brackets] goes where one of its slots has no filling or an
/// empty one. A slot outside brackets without filling becomes "–".
[[nodiscard]] std::string fill(std::string_view pattern, std::span<const Filling> fillings);

/// A slot in the words of a language.
[[nodiscard]] std::string slot_words(const model::Slot& slot, const NameBooks& books, Language language);

}  // namespace icosa::brief
