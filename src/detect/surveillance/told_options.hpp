/// The options with which a watch runs its method, as texts: what `icosa explain` shows.
#pragma once

#include <string>
#include <vector>

#include "pack/judging.hpp"
#include "pack/spec.hpp"

namespace icosa::detect {

struct ToldOption {
    std::string name;
    std::string value;  ///< as a user would write it
    std::string doc;
};

/// Those that have a value, in the order of the Spec: the watch's own, else the defaults of a watch, else the method's.
[[nodiscard]] std::vector<ToldOption> told_options(const pack::Judging& judging, const pack::Spec& spec);

}  // namespace icosa::detect
