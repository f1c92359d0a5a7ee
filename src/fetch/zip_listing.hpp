/// What a zip archive says of its entries, read from its directory alone: nothing is unpacked here.
#pragma once

#include <string>
#include <string_view>

#include "fetch/content.hpp"

namespace icosa::fetch {

/// More than so many bytes unpacked from one packed, or more than this in all, is a bomb.
inline constexpr std::uint64_t most_unpacked_ratio = 150;
inline constexpr std::uint64_t most_unpacked_bytes = 16ULL << 30;
inline constexpr std::uint64_t small_unpacked_bytes = 32ULL << 20;  ///< the ratio of what is small does not matter

/// Refuses names that lead out of a folder, links, bombs, encrypted entries, archives within, and an archive without
/// the member that the card reads ("" = any; a pattern is no need: the end of the name must fit).
///
/// src   PKWARE, APPNOTE.TXT 6.3.10, sec. 4.3.12 and 4.3.16
[[nodiscard]] Content look_at_zip(std::string_view bytes, const std::string& member);

}  // namespace icosa::fetch
