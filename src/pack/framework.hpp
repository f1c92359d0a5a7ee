/// A framework as data: sections (principles, areas, platforms), and the clauses in which each is measured, authored or
/// not measurable.
#pragma once

#include <string>
#include <vector>

#include "base/date.hpp"
#include "pack/toml.hpp"

namespace icosa::pack {

enum class ClauseStatus { Measured, Authored, NotMeasurable };

struct Clause {
    std::string id;
    Title asks;
    ClauseStatus status = ClauseStatus::NotMeasurable;
    std::vector<std::string> rests_on;  ///< authored: ids of the catalogue or of place sets
    std::string reason;  ///< not measurable: why
    Where where;
};

enum class Group { Principle, Area, Platform };

struct Section {
    std::string id;  ///< "III.11"
    Group group = Group::Area;
    int number = 0;
    std::string slug;
    Title title;
    std::vector<Clause> clauses;
    Where where;
};

struct Framework {
    std::string id;
    Title title;
    std::string source;
    Day date = no_day;
    std::vector<Section> sections;  ///< in order of the file

    [[nodiscard]] const Section* section(std::string_view id) const;
    [[nodiscard]] std::vector<const Section*> of(Group group) const;  ///< by number
};

[[nodiscard]] Framework parse_framework(const Node& file, Diagnostics& faults);

}  // namespace icosa::pack
