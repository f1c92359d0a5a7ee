/// freexl, cell by cell.
#include "ingest/formats/old_workbook.hpp"

#include <cerrno>
#include <utility>

#include <fmt/format.h>
#include <freexl.h>

#include "base/text.hpp"
#include "ingest/file.hpp"
#include "ingest/formats/workbook.hpp"

namespace icosa::ingest {
namespace {

constexpr std::int64_t old_workbook_limit_bytes = std::int64_t{256} << 20;

/// A workbook under a password is a compound file of this stream, whose name stands in it in UTF-16.
constexpr std::string_view encrypted_stream{"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0", 32};

std::unexpected<Error> under_password(const std::string& path) {
    return fail(Fault::Data, "encrypted", {path}, "the workbook is encrypted with a password",
                "unlock it in a spreadsheet program, save it without a password, then read it");
}

std::unexpected<Error> damaged_workbook(const std::string& path, int code) {
    return fail(Fault::Data, "damaged-workbook", {path},
                fmt::format("this old workbook (or other compound file) cannot be read: code {} of freexl", code),
                "open it in a spreadsheet program and save it as .xlsx or CSV");
}

struct OldBook {
    const void* handle = nullptr;
    std::string path;
    std::int64_t bytes = 0;
    std::vector<std::string> names;
    OldBook() = default;
    OldBook(const OldBook&) = delete;
    OldBook& operator=(const OldBook&) = delete;
    ~OldBook() {
        if (handle) freexl_close(handle);
    }
};

std::string old_cell(const FreeXL_CellValue& value) {
    const auto text_at = [](const char* text) { return text ? std::string(text) : std::string(); };
    switch (value.type) {
        case FREEXL_CELL_INT: return fmt::format("{}", value.value.int_value);
        case FREEXL_CELL_DOUBLE: return number_text(value.value.double_value);
        case FREEXL_CELL_TEXT:
        case FREEXL_CELL_SST_TEXT:
        case FREEXL_CELL_DATE:
        case FREEXL_CELL_TIME: return text_at(value.value.text_value);
        case FREEXL_CELL_DATETIME: {
            std::string text = text_at(value.value.text_value);
            return text.ends_with(" 00:00:00") ? text.substr(0, text.size() - 9) : text;
        }
        default: return {};
    }
}

class OldSheetRows : public RowSource {
public:
    OldSheetRows(std::shared_ptr<const OldBook> book, std::size_t sheet) : book_(std::move(book)), sheet_(sheet) {}

    Result<bool> next(CellRow& row) override {
        if (at_ == 0) TRY(select());
        if (at_ >= rows_) return false;
        row.broken.clear();
        row.cells.assign(columns_, {});
        for (unsigned short column = 0; column < columns_; ++column) {
            FreeXL_CellValue value;
            const int code = freexl_get_cell_value(book_->handle, at_, column, &value);
            if (code != FREEXL_OK) return damaged_workbook(book_->path, code);
            row.cells[column] = old_cell(value);
        }
        row.line = ++at_;
        return true;
    }
    [[nodiscard]] std::int64_t bytes_read() const override { return rows_ == 0 ? 0 : book_->bytes * at_ / rows_; }

private:
    /// The library has one sheet at hand; tables of a file are read one after the other.
    Result<void> select() {
        int code = freexl_select_active_worksheet(book_->handle, static_cast<unsigned short>(sheet_));
        if (code == FREEXL_OK) code = freexl_worksheet_dimensions(book_->handle, &rows_, &columns_);
        if (code != FREEXL_OK) return damaged_workbook(book_->path, code);
        return {};
    }

    std::shared_ptr<const OldBook> book_;
    std::size_t sheet_;
    unsigned int at_ = 0, rows_ = 0;
    unsigned short columns_ = 0;
};

class OldSheet : public TableFile {
public:
    OldSheet(std::shared_ptr<const OldBook> book, std::size_t sheet) : book_(std::move(book)), sheet_(sheet) {}
    Result<std::unique_ptr<RowSource>> rows(const Part&) override {
        return std::make_unique<OldSheetRows>(book_, sheet_);
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
            out.push_back({Format::OldWorkbook, book_->names[sheet], {}, {}, std::make_shared<OldSheet>(book_, sheet)});
        return out;
    }

private:
    std::shared_ptr<const OldBook> book_;
};

/// Is there a stream in it that only a workbook under a password has?
Result<bool> is_encrypted_package(const std::string& path) {
    std::int64_t bytes = 0;
    const File file = TRY(open_file(path, bytes));
    std::string block;
    constexpr std::size_t step = 1u << 20;
    for (std::int64_t offset = 0;; offset += static_cast<std::int64_t>(step - encrypted_stream.size())) {
        block.resize(step);
        const std::int64_t got = read_at(file, block.data(), step, offset);
        if (got < 0) return unreadable(path, errno);
        block.resize(static_cast<std::size_t>(got));
        if (block.find(encrypted_stream) != std::string::npos) return true;
        if (block.size() < step) return false;
    }
}

}  // namespace

Result<std::unique_ptr<OpenFile>> open_old_workbook(const std::string& path) {
    if (TRY(is_encrypted_package(path))) return under_password(path);
    auto book = std::make_shared<OldBook>();
    book->path = path;
    { const File file = TRY(open_file(path, book->bytes)); }
    if (book->bytes > old_workbook_limit_bytes)
        return fail(Fault::Data, "too-large", {path},
                    fmt::format("an old workbook is read in memory, up to {}",
                                megabytes(static_cast<std::size_t>(old_workbook_limit_bytes))),
                    "save it as .xlsx or CSV");
    if (const int code = freexl_open(path.c_str(), &book->handle); code != FREEXL_OK) {
        return damaged_workbook(path, code);
    }
    unsigned int secret = 0, sheets = 0;
    if (freexl_get_info(book->handle, FREEXL_BIFF_PASSWORD, &secret) == FREEXL_OK && secret == FREEXL_BIFF_OBFUSCATED)
        return under_password(path);
    (void)freexl_get_info(book->handle, FREEXL_BIFF_SHEET_COUNT, &sheets);
    for (unsigned int i = 0; i < sheets; ++i) {
        const char* name = nullptr;
        (void)freexl_get_worksheet_name(book->handle, static_cast<unsigned short>(i), &name);
        book->names.emplace_back(name ? name : "");
    }
    if (book->names.empty()) return damaged_workbook(path, 0);
    return std::make_unique<OldOpened>(std::move(book));
}

}  // namespace icosa::ingest
