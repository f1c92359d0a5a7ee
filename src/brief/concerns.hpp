/// What the catalogue knows of some places: the treaties that they are in or not, the mandates that they host, the
/// bodies that they are members of.
#pragma once

#include <string>
#include <vector>

#include "base/date.hpp"
#include "pack/toml.hpp"

namespace icosa::brief {

struct Material;

/// An instrument or body with how many of the places take part.
struct Membership {
    pack::Title title;
    std::string short_title;
    std::int64_t members = 0;  ///< of the places
    Day as_at = no_day;  ///< through which that is known, where before the as-of day
};

struct HostedMandate {
    std::string mission;
    pack::Title name;
    std::string resolution;
    pack::Title status;  ///< how it stands on the day
};

struct Concerns {
    std::int64_t places = 0;  ///< states among those asked about
    std::vector<HostedMandate> mandates;
    /// By members, then title; without a member only those in force of which all participants are known, and which are
    /// open to one of the places.
    std::vector<Membership> instruments;
    Day known_through = no_day;  ///< of the newest table of participants; no_day = not known
    std::vector<Membership> mechanisms;  ///< those with a member among the places
};

/// Of the material's places (`place_ids`); empty without any. What was adopted after the day, or ended before it, is
/// left out; a mandate that ran out more than a year before too.
[[nodiscard]] Concerns concerns_of(const Material& material);

}  // namespace icosa::brief
