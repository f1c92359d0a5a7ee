/// Hands the packs' codes, polygons and disputed areas to the store.
#include <memory>

#include "base/prio_grid.hpp"
#include "harmonise/credibility.hpp"
#include "harmonise/evidence.hpp"
#include "methods/space/polygon.hpp"

namespace icosa::harmonise {
namespace {

/// Places with a polygon, and the 0.5-degree cells that they touch.
struct Shape {
    std::string place;
    std::vector<methods::Point> ring;
    methods::Box box;
};

std::vector<Shape> shapes_of(const pack::PlaceBook& places, const std::vector<std::string>& ids) {
    std::vector<Shape> out;
    for (const std::string& id : ids) {
        const pack::PlaceFacts* place = places.find_place(id);
        if (!place || place->polygon.empty()) continue;
        Shape shape{id, {}, {}};
        for (const auto& corner : place->polygon) shape.ring.push_back({corner.longitude_deg, corner.latitude_deg});
        shape.box = methods::bounds(shape.ring);
        out.push_back(std::move(shape));
    }
    return out;
}

std::vector<bool> cells_touched(const std::vector<Shape>& shapes) {
    std::vector<bool> touched(static_cast<std::size_t>(grid_cells) + 1, false);
    for (const Shape& shape : shapes) {
        for (int row = 0; row < grid_rows; ++row) {
            for (int column = 0; column < grid_columns; ++column) {
                const methods::Box cell{column * 0.5 - 180, row * 0.5 - 90, column * 0.5 - 179.5, row * 0.5 - 89.5};
                if (methods::overlap(cell, shape.box)) touched[static_cast<std::size_t>(gid_at(row, column))] = true;
            }
        }
    }
    return touched;
}

std::string place_in(const std::vector<Shape>& shapes, methods::Point point) {
    for (const Shape& shape : shapes) {
        if (point.x >= shape.box.x_min && point.x <= shape.box.x_max && point.y >= shape.box.y_min
            && point.y <= shape.box.y_max && methods::contains(shape.ring, point))
            return shape.place;
    }
    return {};
}

struct Layer {
    std::vector<Shape> shapes;
    std::vector<bool> cells;
};

struct Layers {
    Layer disputed;
    std::map<std::string, Layer, std::less<>> by_source;
};

Layer layer_of(std::vector<Shape> shapes) {
    Layer layer{std::move(shapes), {}};
    layer.cells = cells_touched(layer.shapes);
    return layer;
}

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
    auto layers = std::make_shared<Layers>();
    layers->disputed = layer_of(shapes_of(books.places, disputed));
    for (const auto& card : books.cards) {
        if (card.locate.empty()) continue;
        const auto members = books.places.members(card.locate, last_possible_day - 1);
        layers->by_source[card.id] = layer_of(shapes_of(books.places, members.value_or(std::vector<std::string>{})));
    }
    const store::Locator locator{
        std::string(packs_digest),
        [layers](std::string_view source, double latitude_deg, double longitude_deg) {
            const methods::Point point{longitude_deg, latitude_deg};
            if (std::string place = place_in(layers->disputed.shapes, point); !place.empty()) return place;
            const auto own = layers->by_source.find(source);
            return own == layers->by_source.end() ? std::string() : place_in(own->second.shapes, point);
        },
        [layers](std::string_view source, std::int32_t cell) {
            if (!is_gid(cell)) return false;
            const auto at = static_cast<std::size_t>(cell);
            if (layers->disputed.cells[at]) return true;
            const auto own = layers->by_source.find(source);
            return own != layers->by_source.end() && own->second.cells[at];
        },
    };
    store.set_doubter(doubter_of(books.credibility, books.places));
    return store.put_dimension(codes, locator, packs_digest);
}

}  // namespace icosa::harmonise
