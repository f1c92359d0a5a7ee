/// Details of an entry put together: the designee that they describe.
#pragma once

#include <span>
#include <string_view>

#include "model/designee.hpp"
#include "model/detail.hpp"

namespace icosa::model {

/// The kind that a list's own word names: "INDIVIDUAL", "Entity", "ship", ...; Unknown for any other.
[[nodiscard]] DesigneeKind designee_kind(std::string_view word);

/// Fills names, births, documents and so on of `out` from the details of its row, which are sorted by field, number and
/// part. out.kind must be set: of individuals a name with one comma has two parts.
void describe(Designee& out, std::span<const Detail> details);

}  // namespace icosa::model
