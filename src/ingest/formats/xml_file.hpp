/// XML documents as tables: a record is an element, its attributes and what is nested in it are columns.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "ingest/formats/part.hpp"

namespace icosa::ingest {

/// One table: the elements at the wished path from the root down ("CONSOLIDATED_LIST.*.*", * is any element), else the
/// least deep elements of one name that repeat. Columns: "@name" an attribute, "a.b" the text of b within a, "a.@c" an
/// attribute of a, "#text" the record's own; a second and third element of one name are "a.1", "a.2"; "@" is the
/// record's own name. Memory is bounded by the longest record.
///
/// err   those of XmlParser; no-records (names the elements that repeat)
[[nodiscard]] Result<std::unique_ptr<OpenFile>> open_xml(const std::string& path);

/// The first text at a path within the root ("publication.day", "@made"), where it stands near the beginning; "" where
/// it does not.
///
/// err   those of XmlParser
[[nodiscard]] Result<std::string> first_xml_text(const std::string& path, std::string_view within_root);

}  // namespace icosa::ingest
