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
    std::map<std::pair<std::string, std::string>, std::size_t> newest;  // by source and address
    for (const auto& line : manifest.lines()) {
        const std::string path = (std::filesystem::path(folder) / line.file).string();
        std::error_code error;
        if (!std::filesystem::is_regular_file(path, error) || !listed.insert(path).second) continue;
        const auto day = parse_iso_day(line.retrieved.substr(0, 10));
        FetchedFile file{path, line.source, day.value_or(no_day)};
        const auto [before, is_first] = newest.try_emplace({line.source, line.url}, out.size());
        if (!is_first) {
            file.older = out[before->second].path;
            out[before->second].newer = path;
            before->second = out.size();
        }
        out.push_back(std::move(file));
    }
    return out;
}

}  // namespace icosa::cli
