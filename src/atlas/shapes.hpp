/// Places of the packs that are given by a polygon: seas, areas whose status is not determined.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "methods/space/great_circle.hpp"
#include "methods/space/polygon.hpp"
#include "pack/places.hpp"

namespace icosa::atlas {

class Shapes {
public:
    Shapes() = default;
    /// Those of the ids that have a polygon, in this order.
    Shapes(const pack::PlaceBook& places, const std::vector<std::string>& ids);

    /// The first that the point is in, "" = none.
    [[nodiscard]] std::string_view place_at(methods::GlobePoint point) const;
    /// By gid: could place_at answer anything there? A quick no.
    [[nodiscard]] std::vector<bool> cells_touched() const;

private:
    struct Shape {
        std::string place;
        std::vector<methods::Point> ring;
        methods::Box box;
    };
    std::vector<Shape> shapes_;
};

[[nodiscard]] std::vector<std::string> ids_of_kind(const pack::PlaceBook& places, std::string_view kind);

}  // namespace icosa::atlas
