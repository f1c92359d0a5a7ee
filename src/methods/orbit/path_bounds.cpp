/// How far an object can get within half an interval, by its state in the middle: columns of bounds, eight at a time.
#include "methods/orbit/path_bounds.hpp"

namespace icosa::methods::orbit {

void Bounds::resize(std::size_t count) {
    for (auto* column : {&radius, &lowest, &reach, &shell, &bend, &pull, &turn, &latitude, &longitude})
        column->resize(count);
}

BoundColumns Bounds::from(std::size_t k) {
    return {&radius[k], &lowest[k], &reach[k], &shell[k], &bend[k], &pull[k], &turn[k], &latitude[k], &longitude[k]};
}

}  // namespace icosa::methods::orbit
