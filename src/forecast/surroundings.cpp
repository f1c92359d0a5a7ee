/// Sets of kind "region" by their size; pairs of neighbours.
#include "forecast/surroundings.hpp"

#include <map>
#include <string_view>

namespace icosa::forecast {
namespace {

enum class Which : std::uint8_t { Smallest, Largest };

std::vector<std::string> regions_of(const std::vector<std::string>& places, const pack::PlaceBook& book, Which which) {
    std::map<std::string_view, const pack::PlaceSet*> region;
    for (const pack::PlaceSet& set : book.sets()) {
        if (set.kind != "region") continue;
        for (const model::Membership& member : set.members) {
            auto& of = region[member.place];
            const bool better = of
                && (which == Which::Smallest ? set.members.size() < of->members.size()
                                             : set.members.size() > of->members.size());
            if (!of || better) of = &set;
        }
    }
    std::vector<std::string> out;
    bool any = false;
    for (const std::string& place : places) {
        const auto found = region.find(place);
        out.push_back(found == region.end() ? "" : found->second->id);
        any |= found != region.end();
    }
    return any ? out : std::vector<std::string>{};
}

}  // namespace

std::vector<std::string> smallest_regions(const std::vector<std::string>& places, const pack::PlaceBook& book) {
    return regions_of(places, book, Which::Smallest);
}

std::vector<std::string> largest_regions(const std::vector<std::string>& places, const pack::PlaceBook& book) {
    return regions_of(places, book, Which::Largest);
}

std::vector<std::vector<std::size_t>> neighbours_of(const std::vector<std::string>& places, const pack::PlaceBook& book,
                                                    Day day) {
    std::map<std::string_view, std::size_t> position;
    for (std::size_t unit = 0; unit < places.size(); ++unit) position.emplace(places[unit], unit);
    std::vector<std::vector<std::size_t>> out;
    bool any = false;
    for (const std::string& place : places) {
        auto& of = out.emplace_back();
        for (const std::string& other : book.neighbours(place, day)) {
            if (const auto found = position.find(other); found != position.end()) of.push_back(found->second);
        }
        any |= !of.empty();
    }
    return any ? out : std::vector<std::vector<std::size_t>>{};
}

std::vector<std::string> units_of(const CountPanel& panel) {
    std::vector<std::string> out;
    for (const CountSeries& series : panel.series) out.push_back(series.unit);
    return out;
}

}  // namespace icosa::forecast
