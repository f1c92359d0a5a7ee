/// Any script to plain Latin letters, by ICU: the one room that includes it.
#pragma once

#include <string>
#include <string_view>

namespace icosa::methods::names {

/// A piece of text as lower-case ASCII letters; syllables of Han parted by blanks; what has no reading is left out.
///
/// in    one word of one script, UTF-8
/// src   [icu2022] Any-Latin; Latin-ASCII; Lower
/// cost  microseconds to milliseconds the first time, then a look into a table that all threads share; the first Han
///       word costs some 70 ms
[[nodiscard]] std::string any_latin(std::string_view word);

}  // namespace icosa::methods::names
