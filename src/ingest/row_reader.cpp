/// Parts records into cells; a row with quotes is written out without them.
#include "ingest/row_reader.hpp"

#include <algorithm>
#include <cstring>

namespace icosa::ingest {

RowReader::RowReader(Form form, std::int32_t most_columns, Level level)
    : form_(form),
      most_(most_columns),
      scanner_(&scanner(level)),
      stops_(static_cast<std::size_t>(most_columns + stops_padding + 1)) {
    stops_[0] = static_cast<std::uint32_t>(-1);
}

void RowReader::start(std::string_view text, std::int64_t first_line) {
    at_ = text.data();
    end_ = at_ + text.size();
    line_ = first_line;
}

bool RowReader::next(Row& row) {
    while (at_ < end_) {
        row.line = line_;
        const RowSplit split = scanner_->split_row(at_, end_, form_.delimiter, stops_.data() + 1, most_);
        row.stops = stops_.data();
        if (split.has_quote && form_.quoted) {
            split_quoted(row);
        } else {
            const char* stop = split.stop;
            if (stop > at_ && stop[-1] == '\r') {
                --stop;
                if (split.columns <= most_) --stops_[static_cast<std::size_t>(split.columns)];
            }
            row.base = at_;
            row.columns = split.columns;
            row.record = {at_, static_cast<std::size_t>(stop - at_)};
            at_ = split.stop < end_ ? split.stop + 1 : end_;
            ++line_;
        }
        if (!row.record.empty()) return true;
    }
    return false;
}

void RowReader::split_quoted(Row& row) {
    unquoted_.clear();
    const char* const begin = at_;
    const char* p = at_;
    row.columns = 0;
    for (;;) {
        if (p < end_ && *p == '"') {
            ++p;
            for (;;) {
                const auto* quote = static_cast<const char*>(std::memchr(p, '"', static_cast<std::size_t>(end_ - p)));
                const char* const stop = quote ? quote : end_;
                line_ += std::count(p, stop, '\n');
                unquoted_.append(p, stop);
                p = quote ? quote + 1 : end_;
                if (!quote || p == end_ || *p != '"') break;
                unquoted_ += '"';
                ++p;
            }
        }
        const char* const plain = p;
        while (p < end_ && *p != form_.delimiter && *p != '\n') ++p;
        const bool ends = p == end_ || *p == '\n';
        unquoted_.append(plain, ends && p > plain && p[-1] == '\r' ? p - 1 : p);
        if (row.columns < most_)
            stops_[static_cast<std::size_t>(row.columns) + 1] = static_cast<std::uint32_t>(unquoted_.size());
        unquoted_ += '\n';  // a cell's stop must stand before the next cell's begin
        ++row.columns;
        if (ends) break;
        ++p;
    }
    row.base = unquoted_.data();
    row.record = {begin, static_cast<std::size_t>((p > begin && p[-1] == '\r' ? p - 1 : p) - begin)};
    at_ = p < end_ ? p + 1 : end_;
    ++line_;
}

}  // namespace icosa::ingest
