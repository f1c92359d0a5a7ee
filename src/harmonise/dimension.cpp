/// Hands the packs' codes, polygons and disputed areas to the store.
#include <map>
#include <memory>
#include <set>

#include <fmt/format.h>

#include "atlas/atlas.hpp"
#include "atlas/shapes.hpp"
#include "base/prio_grid.hpp"
#include "harmonise/credibility.hpp"
#include "harmonise/evidence.hpp"

namespace icosa::harmonise {
namespace {

struct Layer {
    atlas::Shapes shapes;
    std::vector<bool> cells;  ///< by gid
};

Layer layer_of(const pack::PlaceBook& places, const std::vector<std::string>& ids) {
    Layer layer{atlas::Shapes(places, ids), {}};
    layer.cells = layer.shapes.cells_touched();
    return layer;
}

/// Of a copy of the places, for it outlives the packs it was made from.
struct Layers {
    explicit Layers(const pack::PlaceBook& book) : places(book), atlas(places) {}

    pack::PlaceBook places;
    atlas::Atlas atlas;
    Layer disputed;
    std::map<std::string, Layer, std::less<>> by_source;
    std::set<std::string, std::less<>> by_country;  ///< sources
};

}  // namespace

Result<void> refresh_dimension(store::Store& store, const Books& books, std::string_view packs_digest) {
    std::vector<store::CodePlace> codes;
    std::vector<std::string> disputed;
    for (const auto& place : books.places.places()) {
        for (const auto& code : place.codes) codes.push_back({code.system, code.code, code.first, code.last, place.id});
        codes.push_back({"place", place.id, first_possible_day, last_possible_day, place.id});
        if (place.kind == "disputed") disputed.push_back(place.id);
    }
    for (const auto& sum : books.places.aggregates())
        codes.push_back({sum.system, sum.code, first_possible_day, last_possible_day, ""});
    auto layers = std::make_shared<Layers>(books.places);
    layers->disputed = layer_of(books.places, disputed);
    std::string digest(packs_digest);
    for (const auto& card : books.cards) {
        if (card.locate.empty()) continue;
        if (card.locate == pack::locate_countries) {
            if (!atlas::Atlas::has_countries()) continue;
            layers->by_country.insert(card.id);
            digest = fmt::format("{} countries", packs_digest);  // a build without outlines places others
            continue;
        }
        const auto members = books.places.members(card.locate, last_possible_day - 1);
        layers->by_source[card.id] = layer_of(books.places, members.value_or(std::vector<std::string>{}));
    }
    const store::Locator locator{
        digest,
        [layers](std::string_view source, double latitude_deg, double longitude_deg, Day day) {
            const methods::GlobePoint point{latitude_deg, longitude_deg};
            if (const auto place = layers->disputed.shapes.place_at(point); !place.empty()) return std::string(place);
            if (layers->by_country.contains(source)) return layers->atlas.country_at(point, day);
            const auto own = layers->by_source.find(source);
            return own == layers->by_source.end() ? std::string() : std::string(own->second.shapes.place_at(point));
        },
        [layers](std::string_view source, std::int32_t cell) {
            if (!is_gid(cell)) return false;
            const auto at = static_cast<std::size_t>(cell);
            if (layers->disputed.cells[at] || layers->by_country.contains(source)) return true;
            const auto own = layers->by_source.find(source);
            return own != layers->by_source.end() && own->second.cells[at];
        },
    };
    store.set_doubter(doubter_of(books.credibility, books.places));
    return store.put_dimension(codes, locator, digest);
}

}  // namespace icosa::harmonise
