/// Which Icosa this is.
#pragma once

#include <string>

#include "base/result.hpp"

namespace icosa::cli {

/// "icosa 0.1.0", the commit that it was built from, the version of DuckDB's library, the digest of the packs; a line
/// each.
///
/// err   Store: the library of DuckDB is not one that Icosa knows; Pack: the shipped packs are faulty
[[nodiscard]] Result<std::string> version_text();

}  // namespace icosa::cli
