/// A timeline for each outline, worked out once.
#include "atlas/outlines.hpp"

#include <algorithm>
#include <set>

#include "methods/space/land.hpp"

namespace icosa::atlas {
namespace {

const Day outlines_count_from = day_of(1946, 1, 1);  ///< earlier borders are others too often

bool stands(const pack::PlaceFacts& place, Day day) { return place.first <= day && day <= place.last; }

/// Of which place the outline with this number was on a day.
std::string place_on(Day day, std::string_view number, const std::string& now, const pack::PlaceBook& places) {
    if (day < outlines_count_from) return {};
    for (const pack::PlaceExtent& extent : places.extents()) {
        if (extent.first <= day && day <= extent.last
            && std::ranges::find(extent.outlines, now) != extent.outlines.end())
            return extent.place;
    }
    const std::string own = places.place_of("m49", number, day);
    const pack::PlaceFacts* place = places.find_place(own);
    return place && stands(*place, day) ? own : std::string();
}

}  // namespace

Outlines::Outlines(const pack::PlaceBook& places) {
    for (const methods::LandCountry& country : methods::land().countries)
        timelines_.push_back(timeline_of(country.number, places));
}

Outlines::Timeline Outlines::timeline_of(std::string_view number, const pack::PlaceBook& places) const {
    Timeline out;
    const auto& uses = places.uses_of("m49", number);
    if (number.empty() || uses.empty()) return out;
    out.number_means = uses.back().place;
    std::set<Day> days = {first_possible_day, outlines_count_from};
    const auto add = [&](Day first, Day last) {
        days.insert(first);
        if (last < last_possible_day) days.insert(last + 1);
    };
    for (const pack::CodeUse& use : uses) {
        add(use.first, use.last);
        if (const pack::PlaceFacts* place = places.find_place(use.place)) add(place->first, place->last);
    }
    for (const pack::PlaceExtent& extent : places.extents()) add(extent.first, extent.last);
    for (const Day day : days) {
        std::string place = place_on(day, number, out.number_means, places);
        if (out.spans.empty() || out.spans.back().place != place) out.spans.push_back({day, std::move(place)});
    }
    return out;
}

std::string_view Outlines::place_of(std::uint8_t country, Day day) const {
    const auto& spans = timelines_[country - 1U].spans;
    const auto after = std::ranges::upper_bound(spans, day, {}, &Span::from);
    return after == spans.begin() ? std::string_view() : std::string_view(std::prev(after)->place);
}

std::vector<std::uint8_t> Outlines::countries_of(std::string_view place, Day day) const {
    std::vector<std::uint8_t> out;
    for (std::size_t i = 0; i < timelines_.size() && !place.empty(); ++i)
        if (place_of(static_cast<std::uint8_t>(i + 1), day) == place) out.push_back(static_cast<std::uint8_t>(i + 1));
    return out;
}

std::vector<std::uint8_t> Outlines::countries_of_any_day(std::string_view place, Day day) const {
    std::vector<std::uint8_t> out = countries_of(place, day);
    for (std::size_t i = 0; i < timelines_.size() && out.empty() && !place.empty(); ++i)
        if (timelines_[i].number_means == place) return {static_cast<std::uint8_t>(i + 1)};
    return out;
}

bool Outlines::has(std::string_view place) const {
    return std::ranges::any_of(timelines_, [&](const Timeline& one) {
        return one.number_means == place
            || std::ranges::any_of(one.spans, [&](const Span& span) { return span.place == place; });
    });
}

}  // namespace icosa::atlas
