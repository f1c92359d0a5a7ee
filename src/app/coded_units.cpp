/// Every system of the place book is tried.
#include "app/coded_units.hpp"

#include <set>

#include "base/text.hpp"

namespace icosa::app {
namespace {

constexpr std::size_t fewest_known = 10;
constexpr double share_known = 0.9;

/// The place of the code's latest use.
std::string place_of(const pack::PlaceBook& book, const std::string& system, const std::string& unit) {
    if (system == "id") return book.find_place(lower(unit)) ? lower(unit) : std::string();
    const auto& uses = book.uses_of(system, unit);
    return uses.empty() ? std::string() : uses.back().place;
}

}  // namespace

std::optional<CodedUnits> coded_units(const pack::PlaceBook& book, const std::vector<std::string>& units,
                                      std::string_view column) {
    std::set<std::string> systems{"id"};
    for (const auto& place : book.places()) {
        for (const auto& code : place.codes) systems.insert(code.system);
    }
    std::optional<CodedUnits> best;
    std::pair<bool, std::size_t> best_rank{};
    bool is_open = false;  ///< does another system that fits as well mean other places?
    for (const std::string& system : systems) {
        CodedUnits one{system, {}};
        std::size_t known = 0;
        for (const std::string& unit : units) {
            one.places.push_back(place_of(book, system, unit));
            known += one.places.back().empty() ? 0 : 1;
        }
        if (known < fewest_known || static_cast<double>(known) < share_known * static_cast<double>(units.size()))
            continue;
        const std::pair rank{lower(column).find(system) != std::string::npos, known};
        if (best && rank == best_rank) is_open |= one.places != best->places;
        if (best && rank <= best_rank) continue;
        best = std::move(one);
        best_rank = rank;
        is_open = false;
    }
    return is_open ? std::nullopt : best;
}

}  // namespace icosa::app
