/// Lists as users name them: a file, a folder, or a short name that means the newest edition that was fetched.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "ingest/lists.hpp"
#include "pack/source_card.hpp"

namespace icosa::cli {

/// The source cards that a short name means: "un", "ofac" (both of its lists), "uk", "ca", or a card's id; empty =
/// none.
[[nodiscard]] std::vector<std::string> sources_of_list(const std::string& name,
                                                       const std::vector<pack::SourceCard>& cards);

/// Paths for ingest::read_lists: words that are files or folders stay, names become the newest fetched file of each of
/// their sources, below `folder` ("" = where `icosa fetch` puts them).
///
/// err   Usage: unknown-list (neither a file nor a name); Data: not-fetched
[[nodiscard]] Result<std::vector<std::string>> list_paths(const std::vector<std::string>& words,
                                                          const std::vector<pack::SourceCard>& cards,
                                                          const std::string& folder = {});

/// What could not be read of the lists, on the standard error: such entries take no part in what is said.
void tell_unread(std::span<const ingest::ListRead> reads);

}  // namespace icosa::cli
