/// Orbit mean-elements messages in key-value notation (OMM KVN): a message is a row, its keys are the columns.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "ingest/formats/part.hpp"

namespace icosa::ingest {

/// Does a text begin with such a message? Comments may stand before it.
[[nodiscard]] bool begins_kvn(std::string_view text);

/// Messages one behind the other; a second OBJECT_NAME below one header begins another row. Comments are left out, a
/// unit in brackets behind a value too; USER_DEFINED_X is the column X, as Space-Track's JSON has it. A line that is no
/// `KEY = value` breaks its row.
///
/// err   too-large
/// src   [ccsds2023] ch. 4 and 7
[[nodiscard]] Result<std::unique_ptr<OpenFile>> open_kvn(const std::string& path);

}  // namespace icosa::ingest
