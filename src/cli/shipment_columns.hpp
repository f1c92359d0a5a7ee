/// Which columns of a user's table hold what of a shipment.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "screen/items/item_screen.hpp"

namespace icosa::cli {

/// Names as a user gave them; "" = to be found by the names that such columns have (description, cas_number, hs_code
/// ..).
struct ShipmentColumns {
    std::string text, cas, hs, quantity, origin, destination;
};

struct ColumnsTaken {
    std::vector<std::size_t> wanted;  ///< of the table, in order of `cells`
    int text = -1, cas = -1, hs = -1, quantity = -1, origin = -1, destination = -1;  ///< of `wanted`; -1 = no such

    [[nodiscard]] screen::ShipmentLine line_of(std::span<const std::string_view> cells, int line) const;
};

/// err   unknown-column: one that was named is not there; no-goods: none holds a text, a number or a heading
[[nodiscard]] Result<ColumnsTaken> columns_taken(const std::vector<std::string>& header, const std::string& path,
                                                 const ShipmentColumns& said);

}  // namespace icosa::cli
