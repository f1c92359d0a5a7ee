/// A forecast model by the name a user gives.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "forecast/forecast.hpp"

namespace icosa::cli {

/// err   unknown-model, with the names, `besides` among them, and the nearest
[[nodiscard]] Result<const forecast::Model*> model_named(const std::string& name,
                                                         std::span<const std::string_view> besides = {});

/// Gives an error that names no file this one.
template <class Answer> Result<Answer> in_file(Result<Answer> answer, const std::string& path) {
    if (!answer && answer.error().where.file.empty()) answer.error().where.file = path;
    return answer;
}

}  // namespace icosa::cli
