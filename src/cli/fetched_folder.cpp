/// Reads the manifest.
#include "cli/fetched_folder.hpp"

#include <filesystem>
#include <map>
#include <set>
#include <utility>

#include "fetch/manifest.hpp"

namespace icosa::cli {

bool is_fetched_folder(const std::string& folder) {
    std::error_code error;
    return std::filesystem::is_regular_file(folder + "/" + std::string(fetch::manifest_name), error);
}

Result<std::vector<FetchedFile>> fetched_files(const std::string& folder) {
    const fetch::Manifest manifest = TRY(fetch::Manifest::read(folder));
    std::vector<FetchedFile> out;
    std::set<std::string> listed;
    std::map<std::pair<std::string, std::string>, std::string> newest;  // by source and address
    for (const auto& line : manifest.lines()) {
        const std::string path = (std::filesystem::path(folder) / line.file).string();
        std::error_code error;
        if (!std::filesystem::is_regular_file(path, error) || !listed.insert(path).second) continue;
        const auto day = parse_iso_day(line.retrieved.substr(0, 10));
        std::string& before = newest[{line.source, line.url}];
        out.push_back({path, line.source, day.value_or(no_day), before});
        before = path;
    }
    return out;
}

}  // namespace icosa::cli
