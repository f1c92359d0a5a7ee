/// The table.
#include "detect/engine_table.hpp"

#include "detect/engines.hpp"

namespace icosa::detect {

std::span<const engine::Engine> engines() {
    static const engine::Engine table[] = {event_surveillance(), indicator_surveillance(),
                                           instrument_status(),  coincidence(),
                                           base_reach(),         entity_screening()};
    return table;
}

}  // namespace icosa::detect
