/// Members of sets on the as-of day, sorted and cut for a sentence.
#include "detect/status/membership.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"

namespace icosa::detect {

std::vector<std::string> Membership::of(const std::string& set) const {
    return setting_.places.members(set, setting_.as_of).value_or(std::vector<std::string>{});
}

std::vector<std::string> Membership::could_join(const pack::Instrument& instrument) const {
    return of(instrument.open_to.empty() ? "un-members" : instrument.open_to);
}

std::vector<std::string> Membership::asked(const pack::Instrument& instrument) const {
    return watch_.among.empty() ? could_join(instrument) : of(watch_.among);
}

std::string Membership::title(const std::string& set) const {
    return set.empty() ? "all who could join" : setting_.places.title_of(set);
}

std::string Membership::names(const std::vector<std::string>& places) const {
    std::vector<std::string> names;
    for (const std::string& place : places) names.push_back(setting_.places.title_of(place));
    std::sort(names.begin(), names.end());
    if (names.size() <= most_names + 1) return join(names, ", ");
    const std::size_t more = names.size() - most_names;
    names.resize(most_names);
    return fmt::format("{} and {} more", join(names, ", "), more);
}

}  // namespace icosa::detect
