/// ECMA-376: relations lead from the archive to the workbook, from it to sheets, styles and shared texts.
#include "ingest/formats/workbook.hpp"

#include <algorithm>
#include <deque>
#include <map>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "archive/zip_archive.hpp"
#include "base/text.hpp"
#include "ingest/file.hpp"
#include "ingest/formats/sheet_number.hpp"
#include "ingest/formats/xml_parser.hpp"

namespace icosa::ingest {
namespace {

using archive::ZipArchive;

constexpr std::size_t small_part_bytes = 64u << 20;
constexpr std::size_t shared_texts_bytes = 512u << 20;
constexpr std::size_t longest_cell_bytes = 1u << 20;  ///< a cell holds 32,767 characters
constexpr std::int64_t last_sheet_row = 1'048'576;
constexpr std::int32_t last_sheet_column = 16'384;
constexpr std::size_t sheet_block_bytes = 1u << 16;
constexpr std::size_t packed_workbook_bytes = 512u << 20;
/// Of a formula whose value no program has put beside it: no number, no day, so that whoever needs one is told.
constexpr const char* cell_not_computed = "#not-computed";

/// "xl/worksheets/sheet1.xml": a target as it is written in the relations of the part at `from`.
std::string entry_of(std::string_view from, std::string_view target) {
    if (target.starts_with('/')) return std::string(target.substr(1));
    std::vector<std::string_view> steps =
        split(from.substr(0, from.rfind('/') == from.npos ? 0 : from.rfind('/')), '/');
    if (steps.size() == 1 && steps[0].empty()) steps.clear();
    for (const std::string_view step : split(target, '/')) {
        if (step == ".." && !steps.empty()) steps.pop_back();
        else if (step != "." && step != "..") steps.push_back(step);
    }
    std::string out;
    for (const std::string_view step : steps) out += (out.empty() ? "" : "/") + std::string(step);
    return out;
}

std::string relations_of(std::string_view entry) {
    const auto slash = entry.rfind('/');
    const std::string_view folder = slash == entry.npos ? "" : entry.substr(0, slash + 1);
    return fmt::format("{}_rels/{}.rels", folder, entry.substr(folder.size()));
}

struct Relation {
    std::string kind;  ///< the last word of its type: "worksheet"; strict and loose files differ before it
    std::string entry;
};

struct RelationsReader : XmlHandler {
    explicit RelationsReader(std::string_view of) : from(of) {}
    std::string_view from;
    std::map<std::string, Relation, std::less<>> by_id;
    Result<void> start(std::string_view name, const XmlAttributes& attributes) override {
        if (name != "Relationship" || attributes.find("TargetMode") == "External") return {};
        const std::string_view type = attributes.find("Type");
        by_id[std::string(attributes.find("Id"))] = {std::string(type.substr(type.rfind('/') + 1)),
                                                     entry_of(from, attributes.find("Target"))};
        return {};
    }
    Result<void> end(std::string_view) override { return {}; }
    Result<void> text(std::string_view) override { return {}; }
};

struct SheetNamed {
    std::string name;
    std::string id;  ///< of its relation
    bool is_hidden = false;
};

struct WorkbookReader : XmlHandler {
    std::vector<SheetNamed> sheets;
    DateSystem dates = DateSystem::From1900;
    Result<void> start(std::string_view name, const XmlAttributes& attributes) override {
        if (name == "sheet") {
            sheets.push_back({std::string(attributes.find("name")), std::string(attributes.find("id")),
                              attributes.find("state").ends_with("idden")});
        } else if (name == "workbookPr") {
            const std::string_view from_1904 = attributes.find("date1904");
            if (from_1904 == "1" || from_1904 == "true" || from_1904 == "on") dates = DateSystem::From1904;
        }
        return {};
    }
    Result<void> end(std::string_view) override { return {}; }
    Result<void> text(std::string_view) override { return {}; }
};

/// What the number in a cell of each style is.
struct StylesReader : XmlHandler {
    std::vector<NumberKind> kinds;
    Result<void> start(std::string_view name, const XmlAttributes& attributes) override {
        if (name == "numFmt") {
            if (const auto number = parse_integer(attributes.find("numFmtId")))
                own_[static_cast<int>(*number)] = kind_of_format(attributes.find("formatCode"));
        } else if (name == "cellXfs") {
            within_ = true;
        } else if (name == "xf" && within_) {
            const int number = static_cast<int>(parse_integer(attributes.find("numFmtId")).value_or(0));
            const auto own = own_.find(number);
            kinds.push_back(own == own_.end() ? kind_of_format(number) : own->second);
        }
        return {};
    }
    Result<void> end(std::string_view name) override {
        if (name == "cellXfs") within_ = false;
        return {};
    }
    Result<void> text(std::string_view) override { return {}; }

private:
    std::map<int, NumberKind> own_;
    bool within_ = false;
};

/// Gathers the text of <t> elements, but not of those that only say how to pronounce others.
class RunsReader {
public:
    void start(std::string_view name) {
        if (name == "rPh") in_phonetic_ = true;
        else if (name == "t") in_text_ = !in_phonetic_;
    }
    void end(std::string_view name) {
        if (name == "rPh") in_phonetic_ = false;
        else if (name == "t") in_text_ = false;
    }
    [[nodiscard]] bool is_text() const { return in_text_; }

private:
    bool in_text_ = false, in_phonetic_ = false;
};

struct SharedTextsReader : XmlHandler {
    explicit SharedTextsReader(std::string file) : path(std::move(file)) {}
    std::string path;
    std::vector<std::string> texts;
    Result<void> start(std::string_view name, const XmlAttributes&) override {
        if (name == "si") texts.emplace_back();
        runs_.start(name);
        return {};
    }
    Result<void> end(std::string_view name) override {
        runs_.end(name);
        return {};
    }
    Result<void> text(std::string_view piece) override {
        if (!runs_.is_text() || texts.empty()) return {};
        texts.back() += piece;
        if ((bytes_ += piece.size()) > shared_texts_bytes)
            return fail(Fault::Data, "too-large", {path},
                        fmt::format("the texts that its cells share are more than {}", megabytes(shared_texts_bytes)),
                        "save the sheet as CSV");
        return {};
    }

private:
    RunsReader runs_;
    std::size_t bytes_ = 0;
};

Result<void> parse_entry(ZipArchive& archive, const std::string& path, const std::string& name, XmlHandler& handler,
                         std::size_t most) {
    const std::string text = TRY(archive.text_of(name, most));
    XmlParser parser(fmt::format("{}/{}", path, name), handler);
    return parser.feed(text, XmlParser::More::None);
}

/// An open workbook: its sheets, and what cells of all of them refer to.
struct WorkbookParts {
    std::string path;
    std::unique_ptr<ZipArchive> archive;
    std::vector<SheetName> names;  ///< of sheets of cells
    std::vector<std::string> entries;
    DateSystem dates = DateSystem::From1900;
    std::vector<NumberKind> styles;
    std::vector<std::string> shared;
};

/// Column and row of "AB12"; -1 where it is none.
std::int32_t column_in(std::string_view reference) {
    std::int32_t column = 0;
    for (const char c : reference) {
        if (c < 'A' || c > 'Z') break;
        column = column * 26 + (c - 'A' + 1);
        if (column > last_sheet_column) return -1;
    }
    return column - 1;
}

/// "AB" of 27.
std::string column_letters(std::int32_t column) {
    std::string out;
    for (std::int32_t left = column + 1; left > 0; left = (left - 1) / 26)
        out.insert(out.begin(), static_cast<char>('A' + (left - 1) % 26));
    return out;
}

/// Cells of a sheet by rows.
class SheetReader : public XmlHandler {
public:
    explicit SheetReader(const WorkbookParts& book, std::string sheet) : book_(book), sheet_(std::move(sheet)) {}

    Result<void> start(std::string_view name, const XmlAttributes& attributes) override {
        if (name == "c") return start_cell(attributes);
        if (name == "row") return start_row(attributes);
        if (name == "v") in_value_ = true;
        if (name == "f") has_formula_ = true;
        runs_.start(name);
        return {};
    }
    Result<void> end(std::string_view name) override {
        runs_.end(name);
        if (name == "v") {
            in_value_ = false;
        } else if (name == "c") {
            finish_cell();
        } else if (name == "row") {
            if (!row_.cells.empty() || !row_.broken.empty()) ready.push_back(std::move(row_));
            row_ = {};
        }
        return {};
    }
    Result<void> text(std::string_view piece) override {
        if (!in_value_ && !runs_.is_text()) return {};
        if (value_.size() + piece.size() > longest_cell_bytes)
            return fail(Fault::Data, "too-large", here(),
                        fmt::format("a cell holds more than {}", megabytes(longest_cell_bytes)),
                        "no cell of a workbook can: fetch the file again");
        value_ += piece;
        return {};
    }

    /// A row as the sheet has it, without its empty cells: a cell in the last column costs no room for those before.
    struct SheetRow {
        std::int64_t line = 0;
        std::vector<std::pair<std::int32_t, std::string>> cells;
        std::string broken;
    };
    std::deque<SheetRow> ready;

private:
    [[nodiscard]] Where here() const {
        return {fmt::format("{} (sheet '{}')", book_.path, sheet_), static_cast<int>(line_)};
    }

    Result<void> start_row(const XmlAttributes& attributes) {
        const auto number = parse_integer(attributes.find("r"));
        const std::int64_t line = number.value_or(line_ + 1);
        if (line <= line_ || line > last_sheet_row)
            return fail(Fault::Data, "wrong-order", here(), fmt::format("row {} stands behind row {}", line, line_),
                        "save the workbook anew in a spreadsheet program");
        line_ = row_.line = line;
        next_column_ = 0;
        return {};
    }
    Result<void> start_cell(const XmlAttributes& attributes) {
        const std::string_view reference = attributes.find("r");
        column_ = reference.empty() ? next_column_ : column_in(reference);
        if (column_ < 0 || column_ >= last_sheet_column)
            return fail(Fault::Data, "wrong-order", here(), fmt::format("'{}' is no cell", excerpt(reference)),
                        "save the workbook anew in a spreadsheet program");
        next_column_ = column_ + 1;
        type_ = attributes.find("t");
        style_ = static_cast<std::size_t>(std::max<std::int64_t>(0, parse_integer(attributes.find("s")).value_or(0)));
        value_.clear();
        has_formula_ = false;
        return {};
    }
    /// What a cell that cannot be read means for its row.
    void break_row(std::string_view why) {
        if (!row_.broken.empty()) return;
        row_.broken = fmt::format("has a cell in column {} that {}", column_letters(column_), why);
    }
    void finish_cell() {
        if (value_.empty()) {
            if (type_ == "s") return break_row("means a shared text and does not say which");
            // A text may be empty; a number that a program would compute was left for it to do.
            if (has_formula_ && (type_.empty() || type_ == "n")) row_.cells.emplace_back(column_, cell_not_computed);
            return;
        }
        std::string cell;
        if (type_ == "s") {
            const auto index = parse_integer(trim(value_));
            if (!index || *index < 0 || static_cast<std::size_t>(*index) >= book_.shared.size())
                return break_row(
                    fmt::format("means the shared text {}, and there are {}", excerpt(value_), book_.shared.size()));
            cell = book_.shared[static_cast<std::size_t>(*index)];
        } else if (type_ == "b") {
            cell = trim(value_) == "1" || value_ == "true" ? "TRUE" : "FALSE";
        } else if (type_ == "d") {
            cell = value_.ends_with("T00:00:00") ? value_.substr(0, value_.size() - 9) : value_;
        } else if (type_.empty() || type_ == "n") {
            const NumberKind kind = style_ < book_.styles.size() ? book_.styles[style_] : NumberKind::Plain;
            cell = number_cell(trim(value_), kind, book_.dates);
        } else {
            cell = value_;
        }
        if (!cell.empty()) row_.cells.emplace_back(column_, std::move(cell));
        value_.clear();
    }

    const WorkbookParts& book_;
    std::string sheet_;
    SheetRow row_;
    RunsReader runs_;
    std::string value_, type_;
    std::size_t style_ = 0;
    std::int64_t line_ = 0;
    std::int32_t column_ = 0, next_column_ = 0;
    bool in_value_ = false, has_formula_ = false;
};

class SheetRows : public RowSource {
public:
    SheetRows(std::shared_ptr<const WorkbookParts> book, std::unique_ptr<archive::Stream> entry,
              const std::string& sheet)
        : book_(std::move(book)),
          reader_(*book_, sheet),
          parser_(fmt::format("{} (sheet '{}')", book_->path, sheet), reader_),
          entry_(std::move(entry)) {}

    Result<bool> next(CellRow& row) override {
        while (reader_.ready.empty()) {
            if (ended_) return false;
            const std::size_t got = TRY(entry_->read(block_.data(), block_.size()));
            ended_ = got == 0;
            TRY(parser_.feed({block_.data(), got}, ended_ ? XmlParser::More::None : XmlParser::More::Follows));
            read_ += static_cast<std::int64_t>(got);
        }
        SheetReader::SheetRow& ready = reader_.ready.front();
        row.line = ready.line;
        row.broken = std::move(ready.broken);
        row.cells.clear();
        for (auto& [column, text] : ready.cells) {
            const auto at = static_cast<std::size_t>(column);
            if (row.cells.size() <= at) row.cells.resize(at + 1);
            row.cells[at] = std::move(text);
        }
        reader_.ready.pop_front();
        return true;
    }
    [[nodiscard]] std::int64_t bytes_read() const override { return read_; }

private:
    std::shared_ptr<const WorkbookParts> book_;
    SheetReader reader_;
    XmlParser parser_;
    std::unique_ptr<archive::Stream> entry_;
    std::string block_ = std::string(sheet_block_bytes, '\0');
    std::int64_t read_ = 0;
    bool ended_ = false;
};

class SheetTable : public TableFile {
public:
    SheetTable(std::shared_ptr<const WorkbookParts> book, std::size_t sheet) : book_(std::move(book)), sheet_(sheet) {}
    Result<std::unique_ptr<RowSource>> rows(const Part& part) override {
        return std::make_unique<SheetRows>(book_, TRY(book_->archive->entry(book_->entries[sheet_])), part.name);
    }

private:
    std::shared_ptr<const WorkbookParts> book_;
    std::size_t sheet_;
};

class WorkbookOpened : public OpenFile {
public:
    explicit WorkbookOpened(std::shared_ptr<const WorkbookParts> book) : book_(std::move(book)) {}
    [[nodiscard]] Wish that_counts(const Wish& wish) const override { return {{}, {}, wish.sheet}; }
    Result<std::vector<Part>> parts(const Wish& wish) override {
        std::vector<Part> out;
        for (const std::size_t sheet : TRY(sheets_wished(book_->path, wish, book_->names)))
            out.push_back(
                sheet_part(Format::Workbook, book_->names[sheet], std::make_shared<SheetTable>(book_, sheet)));
        return out;
    }

private:
    std::shared_ptr<const WorkbookParts> book_;
};

/// What a zip archive is that holds no workbook of cells as XML.
std::unexpected<Error> no_workbook(const ZipArchive& archive, const std::string& path) {
    if (archive.has("xl/workbook.bin") || archive.has("content.xml"))
        return fail(Fault::Data, "other-workbook", {path},
                    archive.has("content.xml") ? "this is an OpenDocument file, which is not read"
                                               : "this is a binary workbook (xlsb), which is not read",
                    "save it as .xlsx or CSV");
    return fail(Fault::Data, "compressed", {path}, "this is a zip archive, not a table",
                "name one of its files: ARCHIVE/FILE; `icosa ingest` reads them all");
}

/// A workbook's parts are asked for by name, so one that is packed itself is unpacked in memory.
Result<std::unique_ptr<ZipArchive>> open_parts(const std::string& path) {
    std::int64_t bytes = 0;
    if (!TRY(open_file(path, bytes)).is_packed()) return ZipArchive::open(path);
    return ZipArchive::open(path, TRY(whole_file(path, packed_workbook_bytes, "a workbook within an archive")));
}

Result<void> read_workbook(WorkbookParts& book) {
    ZipArchive& archive = *book.archive;
    std::string main = "xl/workbook.xml";
    if (archive.has("_rels/.rels")) {
        RelationsReader relations("");
        TRY(parse_entry(archive, book.path, "_rels/.rels", relations, small_part_bytes));
        for (const auto& [id, relation] : relations.by_id) {
            if (relation.kind == "officeDocument") main = relation.entry;
        }
    }
    if (!archive.has(main) || main.ends_with(".bin")) return no_workbook(archive, book.path);
    WorkbookReader workbook;
    TRY(parse_entry(archive, book.path, main, workbook, small_part_bytes));
    book.dates = workbook.dates;
    RelationsReader relations(main);
    TRY(parse_entry(archive, book.path, relations_of(main), relations, small_part_bytes));
    for (const SheetNamed& sheet : workbook.sheets) {
        const auto relation = relations.by_id.find(sheet.id);
        if (relation == relations.by_id.end() || relation->second.kind != "worksheet") continue;  // charts, dialogues
        book.names.push_back({sheet.name, sheet.is_hidden});
        book.entries.push_back(relation->second.entry);
    }
    if (book.names.empty())
        return fail(Fault::Data, "no-sheet", {book.path}, "the document has no sheet of cells",
                    "check that this is the file that you mean");
    for (const auto& [id, relation] : relations.by_id) {
        if (relation.kind == "styles") {
            StylesReader styles;
            TRY(parse_entry(archive, book.path, relation.entry, styles, small_part_bytes));
            book.styles = std::move(styles.kinds);
        } else if (relation.kind == "sharedStrings") {
            SharedTextsReader shared(book.path);
            TRY(parse_entry(archive, book.path, relation.entry, shared, 2 * shared_texts_bytes));
            book.shared = std::move(shared.texts);
        }
    }
    return {};
}

}  // namespace

Result<std::vector<std::size_t>> sheets_wished(const std::string& path, const Wish& wish,
                                               const std::vector<SheetName>& names) {
    std::vector<std::size_t> out;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (wish.sheet.empty() || lower(trim(names[i].name)) == lower(trim(wish.sheet))) out.push_back(i);
    }
    const auto number = parse_integer(wish.sheet);
    if (out.empty() && number && *number >= 1 && static_cast<std::size_t>(*number) <= names.size())
        out.push_back(static_cast<std::size_t>(*number - 1));
    std::ranges::stable_partition(out, [&](std::size_t sheet) { return !names[sheet].is_hidden; });
    if (!out.empty()) return out;
    std::vector<std::string> all;
    for (const SheetName& one : names) all.push_back(one.name);
    return fail(Fault::Data, "no-sheet", {path}, fmt::format("there is no sheet '{}'", wish.sheet),
                fmt::format("it has '{}'", join(all, "', '")));
}

Part sheet_part(Format format, const SheetName& name, std::shared_ptr<TableFile> table) {
    Part out;
    out.format = format;
    out.name = name.name;
    out.is_hidden = name.is_hidden;
    out.table = std::move(table);
    return out;
}

Result<std::unique_ptr<OpenFile>> open_workbook(const std::string& path) {
    auto book = std::make_shared<WorkbookParts>();
    book->path = path;
    book->archive = TRY(open_parts(path));
    TRY(read_workbook(*book));
    return std::make_unique<WorkbookOpened>(std::move(book));
}

}  // namespace icosa::ingest
