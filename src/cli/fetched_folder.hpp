/// A folder that `icosa fetch` filled, as files to ingest: which source each is of, and the day on which it came.
#pragma once

#include <string>
#include <vector>

#include "base/date.hpp"
#include "base/result.hpp"

namespace icosa::cli {

struct FetchedFile {
    std::string path;
    std::string source;
    Day retrieved = no_day;
    std::string older = {};  ///< the edition before of the same address; "" = none
    std::string newer = {};  ///< the edition behind it: what became of this one no longer matters; "" = none
    std::string archive = {};  ///< the one that it is an entry of; "" = it lies there by itself
};

/// Has the folder a manifest?
[[nodiscard]] bool is_fetched_folder(const std::string& folder);
/// Its files that are there, each once, the oldest first.
[[nodiscard]] Result<std::vector<FetchedFile>> fetched_files(const std::string& folder);

}  // namespace icosa::cli
