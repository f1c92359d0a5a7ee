/// Where a user's own files are by default: the XDG folders.
#pragma once

#include <string>

namespace icosa::cli {

[[nodiscard]] std::string data_folder();    ///< XDG_DATA_HOME/icosa, else ~/.local/share/icosa
[[nodiscard]] std::string config_folder();  ///< XDG_CONFIG_HOME/icosa, else ~/.config/icosa

}  // namespace icosa::cli
