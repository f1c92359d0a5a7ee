/// A forecast model by the name a user gives.
#pragma once

#include <string>

#include "base/result.hpp"
#include "forecast/forecast.hpp"

namespace icosa::app {

/// err   unknown-model, with the names and the nearest
[[nodiscard]] Result<const forecast::Model*> model_named(const std::string& name);

}  // namespace icosa::app
