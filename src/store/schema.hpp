/// The tables and views of a store file; docs/schema.md is their manual.
#pragma once

#include "base/result.hpp"
#include "store/duck.hpp"

namespace icosa::store {

inline constexpr int schema_version = 6;

/// Makes all tables and views in an empty database.
[[nodiscard]] Result<void> create_schema(duck::Connection& connection);

/// Is this a store that this program can read? Errors: "not-a-store" (tables of someone else), "store-of-later-schema",
/// "store-of-earlier-schema". Returns false where the database is empty.
[[nodiscard]] Result<bool> check_schema(duck::Connection& connection);

}  // namespace icosa::store
