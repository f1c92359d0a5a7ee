/// Version, commit, library, packs.
#include "cli/version.hpp"

#include <fmt/format.h>

#include "app/packs.hpp"
#include "cli/commit.hpp"  // made by the build: scripts/write-commit
#include "store/store.hpp"

namespace icosa::cli {

Result<std::string> version_text() {
    Diagnostics faults;  // --version answers with faulty packs too: `icosa check` tells
    const app::Packs packs = app::load_packs({}, faults);
    return fmt::format("icosa {}\ncommit {}\nDuckDB {}\npacks {} ({})\n", ICOSA_VERSION, build_commit,
                       store::library_version(), packs.digest, packs.directory);
}

}  // namespace icosa::cli
