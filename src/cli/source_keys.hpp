/// Keys of sources as a user has set them: the environment first, then the file.
#pragma once

#include <optional>
#include <string>

#include "fetch/keys.hpp"
#include "fetch/session.hpp"
#include "pack/source_card.hpp"

namespace icosa::cli {

enum class KeyHome { Nowhere, Environment, File };

[[nodiscard]] std::string keys_file();  ///< XDG_CONFIG_HOME/icosa/keys

/// All parts of the source's key: each part's own variable, else the source's (parts with blanks between), else the
/// file. Nothing where one is missing, or the source needs none.
[[nodiscard]] std::optional<fetch::KeyParts> key_of(const pack::SourceCard& card, const fetch::KeyBook& book);
[[nodiscard]] KeyHome key_home(const pack::SourceCard& card, const fetch::KeyBook& book);

}  // namespace icosa::cli
