/// Asks for the user's folder of packs.
#include "cli/pack_places.hpp"

#include <filesystem>

#include "cli/user_folders.hpp"

namespace icosa::cli {

app::PackPlaces pack_places(const Common& common) {
    app::PackPlaces out{common.packs, common.framework, {}};
    std::error_code error;
    if (const std::string own = data_folder() + "/packs";
        common.packs.empty() && std::filesystem::is_directory(own, error))
        out.added.push_back(own);
    out.added.insert(out.added.end(), common.add.begin(), common.add.end());
    return out;
}

}  // namespace icosa::cli
