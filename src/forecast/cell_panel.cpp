/// Counts by month turned into counts by cell.
#include "forecast/cell_panel.hpp"

namespace icosa::forecast {

std::vector<CellHistory> histories(const CellPanel& panel, int last) {
    std::vector<CellHistory> out(panel.gids.size());
    for (int month = panel.first; month < panel.end() && month <= last; ++month) {
        for (const auto& one : panel.months[static_cast<std::size_t>(month - panel.first)])
            out[one.cell].at.push_back({month, one.count});
    }
    return out;
}

}  // namespace icosa::forecast
