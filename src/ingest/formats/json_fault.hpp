/// Where a text stops being JSON: for messages, after the quick parser said that it is none.
#pragma once

#include <cstddef>
#include <string_view>

namespace icosa::ingest {

struct JsonFault {
    std::size_t offset = 0;  ///< of the first byte that is wrong; the text's size where it is cut off
    std::string_view what;   ///< "a comma or the end of the list is missing here"
};

/// The first fault of a text that is no JSON; an empty `what` where none is found.
///
/// src   RFC 8259
[[nodiscard]] JsonFault find_json_fault(std::string_view text);

}  // namespace icosa::ingest
