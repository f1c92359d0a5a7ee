/// Looks names up in the framework.
#include "cli/sections_named.hpp"

#include <fmt/format.h>

#include "base/text.hpp"

namespace icosa::cli {

Result<std::vector<std::string>> sections_named(const app::Packs& packs, const std::vector<std::string>& names) {
    std::vector<std::string> out;
    std::vector<std::string> slugs;
    for (const auto& section : packs.framework.sections) slugs.push_back(section.slug);
    for (const auto& name : names) {
        const auto before = out.size();
        for (const auto& section : packs.framework.sections) {
            const bool by_number = section.group == pack::Group::Area && name == std::to_string(section.number);
            if (by_number || name == section.id || name == section.slug) out.push_back(section.id);
        }
        if (out.size() == before) {
            const auto near = nearest(name, slugs);
            return fail(Fault::Usage, "unknown-area", {},
                        fmt::format("framework '{}' has no area '{}'", packs.framework.id, name),
                        near ? fmt::format("did you mean '{}'?", *near)
                             : fmt::format("give a number, a section or one of {}", join(slugs, ", ")));
        }
    }
    return out;
}

}  // namespace icosa::cli
