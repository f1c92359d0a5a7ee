/// The digest of a row: SHA-256, so that nobody can make another row of the same digest.
#pragma once

#include <string>
#include <string_view>

namespace icosa::ledger {

/// 64 hexadecimal digits; `printf %s TEXT | sha256sum` gives the same.
///
/// src   FIPS 180-4
[[nodiscard]] std::string sha256(std::string_view bytes);

}  // namespace icosa::ledger
