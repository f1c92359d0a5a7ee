/// Differences: one thing of which a file and another count give different figures; packs/differences.toml.
#pragma once

#include <string>
#include <vector>

#include "pack/toml.hpp"

namespace icosa::pack {

/// Told on the pages of its sections wherever the source is read, and never resolved: Icosa counts what the file has.
struct Difference {
    std::string id;
    std::string source;  ///< the card whose file it is
    std::vector<std::string> sections;  ///< "IV.1"
    Day day = no_day;  ///< of the matter: no dossier of an earlier day tells it
    Day until = no_day;  ///< no dossier of a later day tells it
    Title of;  ///< what both count: "votes in favour of A/RES/ES-10/19"
    double in_file = 0;
    double elsewhere = 0;
    Title by;  ///< whose other count it is: "United Nations, press release GA/11995"
    Title why;  ///< what is known of the reason
    Day reviewed = no_day;
    Where where;
};

[[nodiscard]] std::vector<Difference> parse_differences(const Node& file, Diagnostics& faults);

}  // namespace icosa::pack
