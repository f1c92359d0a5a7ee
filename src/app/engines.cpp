/// One table of the tables.
#include "app/engines.hpp"

#include <vector>

#include "detect/engine_table.hpp"
#include "engine/check.hpp"
#include "forecast/engine_table.hpp"

namespace icosa::app {

std::span<const engine::Engine> engines() {
    static const std::vector<engine::Engine> table = [] {
        std::vector<engine::Engine> out;
        for (const auto stage : {detect::engines(), forecast::engines()}) {
            for (const engine::Engine& one : stage) out.push_back(one);
        }
        return out;
    }();
    return table;
}

const engine::Engine* find_engine(std::string_view name) { return engine::find(engines(), name); }

}  // namespace icosa::app
