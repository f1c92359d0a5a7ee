/// Membership: whom a watch asks about, by sets on the as-of day, and what they are called.
#pragma once

#include <string>
#include <vector>

#include "engine/engine.hpp"
#include "pack/catalogue.hpp"
#include "pack/watch.hpp"

namespace icosa::detect {

/// Places are by id, as the sets of packs/places name them; a set that is not declared has no member.
class Membership {
public:
    /// Both must outlive it.
    Membership(const pack::Watch& watch, const engine::Setting& setting) : watch_(watch), setting_(setting) {}

    [[nodiscard]] std::vector<std::string> of(const std::string& set) const;
    /// The instrument's open_to; the members of the United Nations where it names none.
    [[nodiscard]] std::vector<std::string> could_join(const pack::Instrument& instrument) const;
    /// The watch's `among`, else all who could join.
    [[nodiscard]] std::vector<std::string> asked(const pack::Instrument& instrument) const;
    /// "" = "all who could join".
    [[nodiscard]] std::string title(const std::string& set) const;
    /// "A, B, C and 4 more" of places by name.
    [[nodiscard]] std::string names(const std::vector<std::string>& places) const;

private:
    const pack::Watch& watch_;
    const engine::Setting& setting_;
};

inline constexpr std::size_t most_names = 8;  ///< that are told one by one

}  // namespace icosa::detect
