/// Names of months as tables and texts write them.
#pragma once

#include <string_view>

namespace icosa {

/// 1 to 12; 0 where the word is none. English, French, Spanish, German, Portuguese and Russian, in any case, with or
/// without accents; a name may be cut after its third letter where it stays one month's ("juil", not "jui").
[[nodiscard]] int month_of_name(std::string_view word);

}  // namespace icosa
