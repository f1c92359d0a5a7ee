/// Is what came what the card reads? By its bytes, before it gets a name: an HTML page with status 200 is no table.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "pack/source_card.hpp"

namespace icosa::fetch {

enum class Fit {
    Fits,
    Empty,    ///< the form is right, and there is no record in it
    Changed,  ///< something else
    Unsafe,   ///< an archive that no one should unpack
};

struct Content {
    Fit fit = Fit::Fits;
    std::string why;
};

/// bytes: the whole file. `why` names what was found, never a byte of it that could be a secret.
[[nodiscard]] Content look_at(std::string_view bytes, const pack::SourceCard& card, const pack::FetchRule& rule);

}  // namespace icosa::fetch
