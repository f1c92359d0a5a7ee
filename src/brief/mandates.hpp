/// How a mandate stands, in words.
#pragma once

#include <string>

#include "brief/language.hpp"
#include "pack/mission.hpp"

namespace icosa::brief {

/// "in force until 31 August 2026, the last extension", "closed on 31 December 2020", "not known since 1 May 2026";
/// empty where no act had been adopted.
[[nodiscard]] std::string mandate_words(const pack::MandateStanding& standing, Language language);

}  // namespace icosa::brief
