/// The table.
#include "detect/engine_table.hpp"

#include "detect/engines.hpp"

namespace icosa::detect {

std::span<const engine::Engine> engines() {
    static const engine::Engine table[] = {event_surveillance(),
                                           indicator_surveillance(),
                                           instrument_status(),
                                           coincidence(),
                                           base_reach(),
                                           hot_spots(),
                                           transit_rate(),
                                           entity_screening(),
                                           controlled_item_screening(),
                                           conjunctions()};
    return table;
}

}  // namespace icosa::detect
