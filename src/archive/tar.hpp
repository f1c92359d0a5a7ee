/// The entries of a tar archive, in the order of its bytes.
#pragma once

#include <functional>
#include <string>

#include "archive/entry.hpp"
#include "archive/stream.hpp"
#include "base/result.hpp"

namespace icosa::archive {

/// How many bytes of a file tell that it is a tar archive.
inline constexpr std::size_t tar_block_bytes = 512;
[[nodiscard]] bool begins_tar(std::string_view bytes);

/// Calls wants(entry) with the stream at its first byte, until it says yes; true then. Long names
/// of both kinds (pax, GNU) are known.
///
/// err   damaged-archive
/// src   POSIX.1-2017, pax, "ustar Interchange Format" and "pax Extended Header"
[[nodiscard]] Result<bool> walk_tar(Stream& tar, const std::string& path,
                                    const std::function<bool(const Entry& entry)>& wants);

}  // namespace icosa::archive
