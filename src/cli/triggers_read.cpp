/// Reads them all before it says what is wrong.
#include "cli/triggers_read.hpp"

#include <cstdio>
#include <filesystem>
#include <map>

#include <fmt/format.h>

#include "cli/user_folders.hpp"

namespace icosa::cli {

Result<std::vector<pack::Trigger>> triggers_read(const std::vector<std::string>& paths, const app::Packs& packs,
                                                 app::MeasureNames names) {
    Diagnostics faults;
    std::vector<pack::Trigger> out;
    std::map<std::string, std::size_t> path_of;
    for (std::size_t i = 0; i < paths.size(); ++i) {
        for (auto& one : pack::read_triggers(paths[i], faults)) {
            const auto [before, fresh] = path_of.emplace(one.id, i);
            if (!fresh && before->second != i)
                faults.push_back({Fault::Pack, "duplicate-id", one.where,
                                  fmt::format("trigger '{}' stands in {} too", one.id, paths[before->second]),
                                  "give it an id of its own: id = \"...\""});
            out.push_back(std::move(one));
        }
    }
    app::check_triggers(packs, out, names, faults);
    if (faults.empty()) return out;
    Error last = std::move(faults.back());
    faults.pop_back();
    for (const Error& fault : faults) fmt::print(stderr, "{}\n", render(fault));
    return std::unexpected(std::move(last));
}

std::vector<std::string> trigger_places(const std::vector<std::string>& named) {
    if (!named.empty()) return named;
    const std::string own = data_folder() + "/triggers";
    std::error_code error;
    return std::filesystem::is_directory(own, error) ? std::vector{own} : std::vector<std::string>();
}

}  // namespace icosa::cli
