/// The files of packs as TOML, before anything in them is understood: packs of one's own (an overlay) are laid over the
/// others here, by id.
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "pack/toml.hpp"

namespace icosa::app {

/// Where packs are read from.
struct PackPlaces {
    std::string directory;  ///< "" = the shipped ones (packs_directory)
    std::string framework;  ///< another framework file; "" = framework/gsi.toml of the directory
    std::vector<std::string> added;  ///< folders of overlays, or single files; a later one replaces earlier ones' ids
};

/// What a file declares: of the directory its folder or name says it, of an overlay its tables.
enum class PackKind {
    Places,
    Catalogue,
    Source,
    Framework,
    Grades,
    Likelihood,
    Measures,
    Outcomes,
    Differences,
    Matters,
    Credibility,
    Items,
    Phrases,
    Records,
    Taxonomies,
    Page,
    References,
};

struct PackFile {
    PackKind kind;
    pack::Node node;
    bool is_added = false;
};

struct PackFiles {
    std::vector<PackFile> files;  ///< in the order in which they are to be read
    std::string digest;  ///< of all but records, which are made from the packs
};

/// Reads them all. In an overlay any *.toml counts, wherever it lies. What it declares replaces what has the same id
/// (of a course the same period too, of a term or phrase its words or key) and stands beside the rest; of a table
/// without ids its keys replace those of the same name. Measures, outcomes, phrases, grades, likelihood, credibility
/// and framework come back as one file each.
///
/// err   no-packs, missing-file, not-toml; unknown-pack: a file of an overlay that declares nothing
[[nodiscard]] PackFiles read_pack_files(const PackPlaces& places, Diagnostics& faults);

/// Does a file lie in one of these folders?
[[nodiscard]] bool lies_in(const std::string& file, const std::vector<std::string>& folders);

}  // namespace icosa::app
