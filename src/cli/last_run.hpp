/// The signals of the last whole run, kept beside the store so that `icosa brief` can say what is new.
#pragma once

#include <optional>
#include <string>

#include "brief/place_brief.hpp"

namespace icosa::cli {

/// "my.duckdb.last-run.json"
[[nodiscard]] std::string last_run_file(const std::string& db);
/// As JSON: as_of, signals (ids). A folder that cannot be written to is no fault: then nothing is kept.
void keep_last_run(const std::string& db, const brief::Dossier& dossier);
/// Nothing where none is kept, or what is there is no such file.
[[nodiscard]] std::optional<brief::Seen> last_run(const std::string& db);

}  // namespace icosa::cli
