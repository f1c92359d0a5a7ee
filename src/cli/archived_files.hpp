/// The files of an archive as files to ingest: "a.zip" is "a.zip/b.csv" and "a.zip/c.csv".
#pragma once

#include <set>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "cli/fetched_folder.hpp"
#include "pack/source_card.hpp"

namespace icosa::cli {

/// A file that is no archive is itself. card: of the source that it was fetched from, which may say which entries it
/// reads; nullptr = not known. companions: names of files that are read with others.
///
/// err   those of archive::files_in
[[nodiscard]] Result<std::vector<FetchedFile>> archived_files(const FetchedFile& file, const pack::SourceCard* card,
                                                              const std::set<std::string>& companions);

/// Does the error only say that a file is none of those that cards read? An archive may hold such beside others: what
/// its publisher says of them.
[[nodiscard]] bool is_beside_the_data(const Error& error);

}  // namespace icosa::cli
