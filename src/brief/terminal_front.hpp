/// The first page on a terminal.
#pragma once

#include <string>

#include "brief/dossier.hpp"

namespace icosa::brief {

/// The five blocks, each with its first lines, no line wider than `width` columns; how many more stand in the files.
[[nodiscard]] std::string terminal_front(const Dossier& dossier, int width);

}  // namespace icosa::brief
