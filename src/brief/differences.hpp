/// Where a file and another count differ, in words that all renderings share.
#pragma once

#include <vector>

#include "brief/wording.hpp"
#include "model/evidence.hpp"
#include "pack/differences.hpp"

namespace icosa::brief {

inline constexpr Words differences_title{"Where a file and another count differ", "文件与其他统计不一致之处"};

/// Of a section's differences those of sources in the store whose day has come by `as_of`.
[[nodiscard]] std::vector<pack::Difference> differences_of(const std::string& section,
                                                           const std::vector<pack::Difference>& all,
                                                           const std::vector<model::SourceState>& sources, Day as_of);

/// "Votes in favour of A/RES/ES-10/19: 127 in the file at hand, 128 by ... The file has no ballot of Algeria."
[[nodiscard]] pack::Title difference_line(const pack::Difference& of);

}  // namespace icosa::brief
