/// BIFF8, record by record: the workbook's own ones, then those of each sheet.
#include "ingest/formats/old_workbook.hpp"

#include <bit>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/text.hpp"
#include "ingest/formats/compound_file.hpp"
#include "ingest/formats/sheet_number.hpp"
#include "ingest/formats/utf8_out.hpp"
#include "ingest/formats/workbook.hpp"

namespace icosa::ingest {
namespace {

/// [MS-XLS] 2.3
enum RecordNumber : std::uint32_t {
    FormulaRecord = 0x0006,
    EndRecord = 0x000A,
    DateModeRecord = 0x0022,
    FilePassRecord = 0x002F,
    ContinueRecord = 0x003C,
    BoundSheetRecord = 0x0085,
    MulRkRecord = 0x00BD,
    XfRecord = 0x00E0,
    SharedTextsRecord = 0x00FC,
    LabelSharedRecord = 0x00FD,
    NumberRecord = 0x0203,
    LabelRecord = 0x0204,
    BoolErrRecord = 0x0205,
    StringRecord = 0x0207,
    RkRecord = 0x027E,
    FormatRecord = 0x041E,
    BeginRecord = 0x0809,
};
constexpr std::uint32_t biff8 = 0x0600;
constexpr std::uint32_t last_old_column = 255;

std::unexpected<Error> damaged_book(const std::string& path, std::string_view what) {
    return fail(Fault::Data, "damaged-workbook", {path}, fmt::format("this old workbook cannot be read: {}", what),
                "fetch it again, or open it in a spreadsheet program and save it as .xlsx");
}

std::unexpected<Error> under_password(const std::string& path) {
    return fail(Fault::Data, "encrypted", {path}, "the workbook is encrypted with a password",
                "unlock it in a spreadsheet program, save it without a password, then read it");
}

/// A record with those that continue it.
struct BiffRecord {
    std::uint32_t number = 0;
    std::vector<std::string_view> pieces;
    [[nodiscard]] std::string_view body() const { return pieces.front(); }
};

/// Walks the records of a stream.
class BiffWalk {
public:
    BiffWalk(std::string_view stream, std::size_t at) : stream_(stream), at_(at) {}

    /// False at the end, and where the stream is cut off within a record.
    bool next(BiffRecord& record) {
        if (!piece(record.number, record.pieces)) return false;
        std::vector<std::string_view> more;
        for (std::uint32_t number = 0; whole_at(stream_, at_, 2) == ContinueRecord && piece(number, more);)
            record.pieces.push_back(more.front());
        return true;
    }

private:
    bool piece(std::uint32_t& number, std::vector<std::string_view>& out) {
        if (at_ + 4 > stream_.size()) return false;
        number = whole_at(stream_, at_, 2);
        const std::size_t size = whole_at(stream_, at_ + 2, 2);
        if (at_ + 4 + size > stream_.size()) return false;
        out.assign(1, stream_.substr(at_ + 4, size));
        at_ += 4 + size;
        return true;
    }

    std::string_view stream_;
    std::size_t at_;
};

/// Texts out of the pieces of a record: where a text goes on in the next piece, a byte there says anew how wide it is.
class BiffTexts {
public:
    BiffTexts(const std::vector<std::string_view>& pieces, std::size_t at) : pieces_(pieces), at_(at) {}

    [[nodiscard]] bool ended() const { return piece_ >= pieces_.size(); }
    std::uint32_t number(int bytes) {
        if (!ended() && at_ >= pieces_[piece_].size()) next_piece();
        if (ended()) return 0;
        const std::uint32_t out = whole_at(pieces_[piece_], at_, bytes);
        at_ += static_cast<std::size_t>(bytes);
        return out;
    }
    /// A text whose length stands in so many bytes before it.
    std::string text(int length_bytes) {
        std::uint32_t left = number(length_bytes);
        std::uint32_t flags = number(1);
        const std::uint32_t runs = (flags & 8) != 0 ? number(2) : 0;
        const std::uint32_t extra = (flags & 4) != 0 ? number(4) : 0;
        std::string out;
        Utf16Joiner joiner;
        while (left > 0 && !ended()) {
            if (at_ >= pieces_[piece_].size()) {
                next_piece();
                flags = number(1);
                continue;
            }
            (void)joiner.take(number((flags & 1) != 0 ? 2 : 1), out);
            --left;
        }
        skip(std::size_t{runs} * 4 + extra);
        return out;
    }

private:
    void next_piece() {
        ++piece_;
        at_ = 0;
    }
    void skip(std::size_t bytes) {
        while (bytes > 0 && !ended()) {
            const std::size_t here = std::min(bytes, pieces_[piece_].size() - std::min(at_, pieces_[piece_].size()));
            at_ += here;
            bytes -= here;
            if (bytes > 0) next_piece();
        }
    }

    const std::vector<std::string_view>& pieces_;
    std::size_t piece_ = 0;
    std::size_t at_;
};

struct OldBook {
    std::string path;
    std::string stream;
    std::int64_t file_bytes = 0;
    std::vector<SheetName> names;
    std::vector<std::size_t> begins;  ///< of each sheet, in the stream
    std::vector<std::string> shared;
    std::vector<NumberKind> styles;
    DateSystem dates = DateSystem::From1900;
};

Result<void> read_book(OldBook& book) {
    BiffWalk walk(book.stream, 0);
    BiffRecord record;
    std::map<std::uint32_t, NumberKind> formats;
    std::vector<std::uint32_t> style_formats;
    if (!walk.next(record) || record.number != BeginRecord) return damaged_book(book.path, "it does not begin as one");
    if (whole_at(record.body(), 0, 2) != biff8)
        return fail(Fault::Data, "other-workbook", {book.path}, "this workbook is older than Excel 97",
                    "open it in a spreadsheet program and save it as .xlsx or CSV");
    while (true) {
        if (!walk.next(record)) return damaged_book(book.path, "it is cut off");
        const std::string_view body = record.body();
        switch (record.number) {
            case FilePassRecord: return under_password(book.path);
            case DateModeRecord:
                if (whole_at(body, 0, 2) == 1) book.dates = DateSystem::From1904;
                break;
            case FormatRecord:
                formats[whole_at(body, 0, 2)] = kind_of_format(BiffTexts(record.pieces, 2).text(2));
                break;
            case XfRecord: style_formats.push_back(whole_at(body, 2, 2)); break;
            case BoundSheetRecord:
                if (whole_at(body, 5, 1) != 0) break;  // a chart or a macro sheet
                book.begins.push_back(whole_at(body, 0, 4));
                book.names.push_back({BiffTexts(record.pieces, 6).text(1), (whole_at(body, 4, 1) & 3) != 0});
                break;
            case SharedTextsRecord: {
                BiffTexts texts(record.pieces, 8);
                for (std::uint32_t left = whole_at(body, 4, 4); left > 0 && !texts.ended(); --left)
                    book.shared.push_back(texts.text(2));
                break;
            }
            default: break;
        }
        if (record.number == EndRecord) break;
    }
    for (const std::uint32_t format : style_formats) {
        const auto own = formats.find(format);
        book.styles.push_back(own == formats.end() ? kind_of_format(static_cast<int>(format)) : own->second);
    }
    if (book.names.empty())
        return fail(Fault::Data, "no-sheet", {book.path}, "the workbook has no sheet of cells",
                    "check that this is the file that you mean");
    return {};
}

double double_at(std::string_view body, std::size_t at) {
    return std::bit_cast<double>(std::uint64_t{whole_at(body, at + 4, 4)} << 32 | whole_at(body, at, 4));
}

/// A number in four bytes: a whole one, or the upper part of a double, perhaps in hundredths.
double rk_number(std::uint32_t rk) {
    const double value = (rk & 2) != 0 ? static_cast<double>(static_cast<std::int32_t>(rk) >> 2)
                                       : std::bit_cast<double>(std::uint64_t{rk & ~3U} << 32);
    return (rk & 1) != 0 ? value / 100 : value;
}

std::string error_words(std::uint32_t code) {
    switch (code) {
        case 0x00: return "#NULL!";
        case 0x07: return "#DIV/0!";
        case 0x0F: return "#VALUE!";
        case 0x17: return "#REF!";
        case 0x1D: return "#NAME?";
        case 0x24: return "#NUM!";
        default: return "#N/A";
    }
}

/// The cells of a sheet by rows.
class OldCells {
public:
    explicit OldCells(const OldBook& book) : book_(book) {}

    Result<std::map<std::uint32_t, std::vector<std::string>>> read(std::size_t begin) {
        BiffWalk walk(book_.stream, begin);
        BiffRecord record;
        for (int depth = 0;;) {  // charts within a sheet have records of their own
            if (!walk.next(record)) return damaged_book(book_.path, "a sheet is cut off");
            if (record.number == BeginRecord) ++depth;
            else if (record.number == EndRecord && --depth <= 0) return std::move(rows_);
            else if (depth == 1 && !take(record)) return damaged_book(book_.path, "a cell lies outside any sheet");
        }
    }

private:
    bool put(std::uint32_t row, std::uint32_t column, std::string text) {
        if (column > last_old_column) return false;
        if (text.empty()) return true;
        auto& cells = rows_[row];
        if (cells.size() <= column) cells.resize(column + 1);
        cells[column] = std::move(text);
        return true;
    }
    bool put_number(std::uint32_t row, std::uint32_t column, std::uint32_t style, double value) {
        const NumberKind kind = style < book_.styles.size() ? book_.styles[style] : NumberKind::Plain;
        return put(row, column, number_cell(number_text(value), kind, book_.dates));
    }

    bool take(const BiffRecord& record) {
        const std::string_view body = record.body();
        const std::uint32_t row = whole_at(body, 0, 2), column = whole_at(body, 2, 2), style = whole_at(body, 4, 2);
        switch (record.number) {
            case LabelSharedRecord: {
                const std::uint32_t index = whole_at(body, 6, 4);
                return put(
                    row, column,
                    index < book_.shared.size() ? book_.shared[index] : fmt::format("#no-shared-text-{}", index));
            }
            case LabelRecord: return put(row, column, BiffTexts(record.pieces, 6).text(2));
            case NumberRecord: return put_number(row, column, style, double_at(body, 6));
            case RkRecord: return put_number(row, column, style, rk_number(whole_at(body, 6, 4)));
            case MulRkRecord: {
                bool good = true;
                for (std::size_t at = 4, i = 0; good && at + 8 <= body.size(); at += 6, ++i)
                    good = put_number(row, column + static_cast<std::uint32_t>(i), whole_at(body, at, 2),
                                      rk_number(whole_at(body, at + 2, 4)));
                return good;
            }
            case BoolErrRecord: return put_result(row, column, whole_at(body, 7, 1) != 0 ? 2 : 1, whole_at(body, 6, 1));
            case FormulaRecord:
                formula_row_ = row;
                formula_column_ = column;
                if (whole_at(body, 12, 2) != 0xFFFF) return put_number(row, column, style, double_at(body, 6));
                return put_result(row, column, whole_at(body, 6, 1), whole_at(body, 8, 1));
            case StringRecord:  // what the formula before it gave
                return put(formula_row_, formula_column_, BiffTexts(record.pieces, 0).text(2));
            default: return true;
        }
    }
    /// kind: 1 a truth, 2 an error; others have no value here.
    bool put_result(std::uint32_t row, std::uint32_t column, std::uint32_t kind, std::uint32_t value) {
        if (kind == 1) return put(row, column, value != 0 ? "TRUE" : "FALSE");
        return kind != 2 || put(row, column, error_words(value));
    }

    const OldBook& book_;
    std::map<std::uint32_t, std::vector<std::string>> rows_;
    std::uint32_t formula_row_ = 0, formula_column_ = 0;
};

class OldSheetRows : public RowSource {
public:
    OldSheetRows(std::map<std::uint32_t, std::vector<std::string>> rows, std::int64_t file_bytes)
        : rows_(std::move(rows)), all_(rows_.size()), file_bytes_(file_bytes) {}

    Result<bool> next(CellRow& row) override {
        if (rows_.empty()) return false;
        row.broken.clear();
        row.line = std::int64_t{rows_.begin()->first} + 1;
        row.cells = std::move(rows_.begin()->second);
        rows_.erase(rows_.begin());
        return true;
    }
    [[nodiscard]] std::int64_t bytes_read() const override {
        const auto done = static_cast<std::int64_t>(all_ - rows_.size());
        return all_ == 0 ? 0 : file_bytes_ * done / static_cast<std::int64_t>(all_);
    }

private:
    std::map<std::uint32_t, std::vector<std::string>> rows_;
    std::size_t all_;
    std::int64_t file_bytes_;
};

class OldSheet : public TableFile {
public:
    OldSheet(std::shared_ptr<const OldBook> book, std::size_t sheet) : book_(std::move(book)), sheet_(sheet) {}
    Result<std::unique_ptr<RowSource>> rows(const Part&) override {
        return std::make_unique<OldSheetRows>(TRY(OldCells(*book_).read(book_->begins[sheet_])), book_->file_bytes);
    }

private:
    std::shared_ptr<const OldBook> book_;
    std::size_t sheet_;
};

class OldOpened : public OpenFile {
public:
    explicit OldOpened(std::shared_ptr<const OldBook> book) : book_(std::move(book)) {}
    [[nodiscard]] Wish that_counts(const Wish& wish) const override { return {{}, {}, wish.sheet}; }
    Result<std::vector<Part>> parts(const Wish& wish) override {
        std::vector<Part> out;
        for (const std::size_t sheet : TRY(sheets_wished(book_->path, wish, book_->names)))
            out.push_back(
                sheet_part(Format::OldWorkbook, book_->names[sheet], std::make_shared<OldSheet>(book_, sheet)));
        return out;
    }

private:
    std::shared_ptr<const OldBook> book_;
};

}  // namespace

Result<std::unique_ptr<OpenFile>> open_old_workbook(const std::string& path) {
    const CompoundFile file = TRY(CompoundFile::open(path));
    if (file.has("EncryptedPackage")) return under_password(path);
    auto book = std::make_shared<OldBook>();
    book->path = path;
    book->file_bytes = file.bytes();
    book->stream = TRY(file.stream("Workbook"));
    if (book->stream.empty())
        return fail(Fault::Data, "other-workbook", {path},
                    "this compound file holds no workbook of Excel 97 or newer (a document, or older)",
                    "open it in its program and save its table as .xlsx or CSV");
    TRY(read_book(*book));
    return std::make_unique<OldOpened>(std::move(book));
}

}  // namespace icosa::ingest
