/// Writes cells out with one byte between them.
#include "ingest/formats/row_bytes.hpp"

#include <algorithm>
#include <cstring>

namespace icosa::ingest {
namespace {

void append_cell(std::string& out, std::string_view cell) {
    const std::size_t from = out.size();
    out += cell;
    for (std::size_t i = from; i < out.size(); ++i) {
        const auto c = static_cast<unsigned char>(out[i]);
        if (c < 0x20 && c != '\t') out[i] = ' ';
    }
}

}  // namespace

RowBytes::RowBytes(std::unique_ptr<RowSource> rows, std::span<const std::string> columns, std::int64_t header_line)
    : rows_(std::move(rows)), second_(header_line) {
    if (columns.empty()) return;
    append(columns);
    text_ += '\n';
}

void RowBytes::append(std::span<const std::string> cells) {
    const auto is_empty = [](const std::string& cell) { return cell.empty(); };
    if (std::all_of(cells.begin(), cells.end(), is_empty)) return;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i > 0) text_ += form_of_rows.delimiter;
        append_cell(text_, cells[i]);
    }
}

Result<std::size_t> RowBytes::read(char* into, std::size_t size) {
    while (!ended_ && text_.size() - used_ < size) {
        if (!TRY(rows_->next(row_))) {
            ended_ = true;
            break;
        }
        text_.append(static_cast<std::size_t>(row_.line - line_), '\n');
        line_ = row_.line + 1;
        if (auto why = second_.look_at(row_); !why.empty()) row_.broken = std::move(why);
        if (row_.broken.empty()) {
            append(row_.cells);
        } else {
            text_ += broken_row_mark;
            append_cell(text_, row_.broken);
        }
        text_ += '\n';
    }
    const std::size_t given = std::min(size, text_.size() - used_);
    std::memcpy(into, text_.data() + used_, given);
    used_ += given;
    if (used_ == text_.size() || used_ > (1u << 20)) {
        text_.erase(0, used_);
        used_ = 0;
    }
    return given;
}

}  // namespace icosa::ingest
