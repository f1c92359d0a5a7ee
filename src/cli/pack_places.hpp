/// Where a command reads its packs from: the shipped ones or --packs, and those of the user's own.
#pragma once

#include "app/pack_files.hpp"
#include "cli/command.hpp"

namespace icosa::cli {

/// Of --packs, --framework and --add. Without --packs the folder of packs that a user keeps (XDG_DATA_HOME/icosa/packs)
/// is laid over the shipped ones first, where there is one.
[[nodiscard]] app::PackPlaces pack_places(const Common& common);

}  // namespace icosa::cli
