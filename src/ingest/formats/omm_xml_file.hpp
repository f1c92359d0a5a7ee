/// Orbit mean-elements messages in XML: the table of their elements, columns by the elements' own names.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "ingest/formats/part.hpp"

namespace icosa::ingest {

/// Does an XML text begin with such a message, alone or within an `ndm`?
[[nodiscard]] bool begins_omm_xml(std::string_view text);

/// As open_xml, the records at `ndm.omm` or `omm`; "body.segment.data.meanElements.EPOCH" is the column EPOCH. A wish
/// for other records is fulfilled as any XML document does.
///
/// err   those of open_xml; undeclared-prefix (an attribute or element with a prefix that the root does not declare)
/// src   [ccsds2023] ch. 8
[[nodiscard]] Result<std::unique_ptr<OpenFile>> open_omm_xml(const std::string& path, std::string_view head);

}  // namespace icosa::ingest
