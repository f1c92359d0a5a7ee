/// The tables of a file, whatever its format: a text is one, a workbook has sheets, a document has records at a path.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "ingest/formats/rows.hpp"

namespace icosa::ingest {

/// What a file is by its bytes; its name says nothing.
enum class Format { Text, Json, JsonLines, Workbook, OldWorkbook, Xml, OmmXml, Tle, Kvn };

/// What a card says of the table that it means; "" = nothing.
struct Wish {
    std::string records;  ///< where the records of a document are: "vulnerabilities", "data.*", "[]" for the top itself
    std::string unfold;  ///< a list within a record, each entry of which makes a row
    std::string sheet;  ///< name or number of a sheet
    auto operator<=>(const Wish&) const = default;
};

/// In what way the bytes of a text are characters: as the card says, or as a byte order mark of UTF-16 does.
enum class TextBytes { AsTheyAre, Utf16Little, Utf16Big };
/// By the mark with which a text begins.
[[nodiscard]] TextBytes order_of(std::string_view text);

struct Part;

/// A table that is no delimited text. It is read by one thread at a time.
class TableFile {
public:
    virtual ~TableFile() = default;
    /// The rows of the part that holds this table, from the first.
    [[nodiscard]] virtual Result<std::unique_ptr<RowSource>> rows(const Part& part) = 0;
};

/// One table of a file.
struct Part {
    Format format = Format::Text;
    std::string name;  ///< of the sheet, or the path of the records
    bool is_hidden = false;  ///< a sheet that its makers do not show
    std::string unfold;
    /// Of records, in the order in which they first occur; they stand in line 0. A sheet's are in one of its rows.
    std::vector<std::string> columns;
    std::shared_ptr<TableFile> table;  ///< nullptr for a text
    TextBytes bytes = TextBytes::AsTheyAre;  ///< of a text
    std::int64_t header_line = 0;  ///< of a sheet: where the heading of its table was found; 0 = not known

    [[nodiscard]] bool is_text() const { return table == nullptr; }
    /// Is what is read the file's own bytes, in the card's encoding?
    [[nodiscard]] bool is_plain_text() const { return is_text() && bytes == TextBytes::AsTheyAre; }
    [[nodiscard]] std::int64_t first_line() const { return columns.empty() ? 1 : 0; }
};

/// A file whose format is known, and its tables.
class OpenFile {
public:
    virtual ~OpenFile() = default;
    /// The tables that a wish leaves; of a text the one. Errors: no-sheet, no-records, and those of reading.
    [[nodiscard]] virtual Result<std::vector<Part>> parts(const Wish& wish) = 0;
    /// The wish without what says nothing of files of this format.
    [[nodiscard]] virtual Wish that_counts(const Wish& wish) const = 0;
};

/// By the first bytes of a file. `text`: without a byte order mark.
[[nodiscard]] Format format_of(std::string_view text);

/// Errors: those of opening the file; web-page, error-answer (words of a service where data were asked), encrypted,
/// not-well-formed, cut-off, compressed, too-large.
[[nodiscard]] Result<std::unique_ptr<OpenFile>> open_tables(const std::string& path);

/// "sheet 'Data'", "records at 'vulnerabilities'": what is told of the table that was read; "" for a text.
[[nodiscard]] std::string words_of(const Part& part);
/// What a line number counts: "line", "row", "record".
[[nodiscard]] std::string_view counted_in(const Part& part);

}  // namespace icosa::ingest
