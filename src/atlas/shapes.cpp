/// Boxes first, then rings.
#include "atlas/shapes.hpp"

#include "base/prio_grid.hpp"

namespace icosa::atlas {

Shapes::Shapes(const pack::PlaceBook& places, const std::vector<std::string>& ids) {
    for (const std::string& id : ids) {
        const pack::PlaceFacts* place = places.find_place(id);
        if (!place || place->polygon.empty()) continue;
        Shape shape{id, {}, {}};
        for (const auto& corner : place->polygon) shape.ring.push_back({corner.longitude_deg, corner.latitude_deg});
        shape.box = methods::bounds(shape.ring);
        shapes_.push_back(std::move(shape));
    }
}

std::string_view Shapes::place_at(methods::GlobePoint at) const {
    const double longitude = at.longitude_deg == 180 ? -180 : at.longitude_deg;  // one meridian, one answer
    const methods::Point point{longitude, at.latitude_deg};
    for (const Shape& shape : shapes_) {
        if (point.x >= shape.box.x_min && point.x <= shape.box.x_max && point.y >= shape.box.y_min
            && point.y <= shape.box.y_max && methods::contains(shape.ring, point))
            return shape.place;
    }
    return {};
}

std::vector<bool> Shapes::cells_touched() const {
    std::vector<bool> touched(static_cast<std::size_t>(grid_cells) + 1, false);
    for (const Shape& shape : shapes_) {
        for (int row = 0; row < grid_rows; ++row) {
            for (int column = 0; column < grid_columns; ++column) {
                const methods::Box cell{column * 0.5 - 180, row * 0.5 - 90, column * 0.5 - 179.5, row * 0.5 - 89.5};
                if (methods::overlap(cell, shape.box)) touched[static_cast<std::size_t>(gid_at(row, column))] = true;
            }
        }
    }
    return touched;
}

std::vector<std::string> ids_of_kind(const pack::PlaceBook& places, std::string_view kind) {
    std::vector<std::string> out;
    for (const pack::PlaceFacts& place : places.places())
        if (place.kind == kind) out.push_back(place.id);
    return out;
}

}  // namespace icosa::atlas
