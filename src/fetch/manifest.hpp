/// manifest.jsonl of a folder of fetched files: a line for each file that came whole, appended and never rewritten.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace icosa::fetch {

inline constexpr std::string_view manifest_name = "manifest.jsonl";

struct ManifestLine {
    std::string source;
    std::string url;        ///< without any key
    std::string file;       ///< below the folder
    std::string retrieved;  ///< "2026-11-29T06:00:04Z"
    std::int64_t bytes = 0;
    std::string digest;
    std::string edition;
    std::string licence;
    std::string etag;
    std::string last_modified;
    std::string type;  ///< Content-Type as sent
};

class Manifest {
public:
    /// A folder without one has none yet. Lines that are cut off or no JSON are passed over.
    [[nodiscard]] static Result<Manifest> read(const std::string& folder);
    [[nodiscard]] const std::vector<ManifestLine>& lines() const { return lines_; }
    /// The newest line of an address whose file is still there; nullptr = none.
    [[nodiscard]] const ManifestLine* newest(std::string_view source, std::string_view url) const;
    [[nodiscard]] const std::string& folder() const { return folder_; }
    /// On the disk before it returns.
    [[nodiscard]] Result<void> append(ManifestLine line);

private:
    std::string folder_;
    std::vector<ManifestLine> lines_;
};

}  // namespace icosa::fetch
