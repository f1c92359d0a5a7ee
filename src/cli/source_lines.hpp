/// Source lines with what stands in them, as far as the files are still where they were read.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pack/source_card.hpp"
#include "store/store.hpp"

namespace icosa::cli {

struct SourceText {
    store::SourceLineFull at;
    std::string text;  ///< at most 300 bytes; "" = not read, or the file is gone or no text
    std::string source = {};  ///< where the finding is of several
    std::optional<model::PartnerLine> partner = {};  ///< the row tells of an event that another row is counted for
    std::string doubt =
        {};  ///< what speaks against the event: "credibility 0.12: an aside of its report"; "" = no rules
};

/// The texts of the last `most` of the lines; the others stand without. A line that lies beyond the first `64 MB` of
/// its file is not looked up. `card`: of the source that they are of, which says where in a workbook or document its
/// rows are; nullptr = only texts are looked into.
[[nodiscard]] std::vector<SourceText> with_texts(const std::vector<store::SourceLineFull>& lines, std::size_t most,
                                                 const pack::SourceCard* card);

}  // namespace icosa::cli
