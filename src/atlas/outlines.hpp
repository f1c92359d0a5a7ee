/// Whose today's outlines of countries were on a day: by the packs, and unknown rather than wrong.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "pack/places.hpp"

namespace icosa::atlas {

/// An outline is of the place whose `[[extent]]` of packs/places holds it on the day, else of the one that its M49
/// number means while that place stands: M49 gives a new number where the land becomes another. Of none else, and
/// before 1946.
class Outlines {
public:
    explicit Outlines(const pack::PlaceBook& places);

    /// in    country: 1 + index in methods::land().countries
    /// out   a place id; "" = not known, or of no place
    [[nodiscard]] std::string_view place_of(std::uint8_t country, Day day) const;
    /// The countries that make up a place on a day; none where its outline is not known.
    [[nodiscard]] std::vector<std::uint8_t> countries_of(std::string_view place, Day day) const;
    /// As countries_of; where there is none on the day, the countries that its number means now.
    [[nodiscard]] std::vector<std::uint8_t> countries_of_any_day(std::string_view place, Day day) const;
    /// Does any outline bear the place's number, on whatever day?
    [[nodiscard]] bool has(std::string_view place) const;

private:
    struct Span {
        Day from;
        std::string place;
    };
    struct Timeline {
        std::string number_means;  ///< of all days the last
        std::vector<Span> spans;   ///< by day
    };

    [[nodiscard]] Timeline timeline_of(std::string_view number, const pack::PlaceBook& places) const;

    std::vector<Timeline> timelines_;  ///< by country - 1
};

}  // namespace icosa::atlas
