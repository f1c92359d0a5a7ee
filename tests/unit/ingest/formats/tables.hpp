/// Tables of a file as plain cells, for tests of formats.
#pragma once

#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/text.hpp"
#include "ingest/formats/part.hpp"

namespace icosa::ingest {

/// "LINE|cell|cell" a row, the columns first where there are such; or "error[code]: ..." as it is told.
inline std::vector<std::string> rows_in(const std::string& path, const Wish& wish = {}, std::size_t part = 0) {
    const auto told = [](const Error& error) {
        return std::vector<std::string>{
            fmt::format("{}:{}:{}: {}", error.code, error.where.line, error.where.column, error.what)};
    };
    auto file = open_tables(path);
    if (!file) return told(file.error());
    const auto parts = (*file)->parts((*file)->that_counts(wish));
    if (!parts) return told(parts.error());
    if (parts->size() <= part || parts->at(part).is_text()) return {"text"};
    std::vector<std::string> out;
    if (!parts->at(part).columns.empty()) out.push_back("0|" + join(parts->at(part).columns, "|"));
    auto rows = parts->at(part).table->rows(parts->at(part));
    if (!rows) return told(rows.error());
    for (CellRow row;;) {
        const auto more = (*rows)->next(row);
        if (!more) {
            out.push_back(told(more.error())[0]);
            return out;
        }
        if (!*more) return out;
        out.push_back(fmt::format("{}|{}", row.line, row.broken.empty() ? join(row.cells, "|") : "! " + row.broken));
    }
}

using Rows = std::vector<std::string>;

}  // namespace icosa::ingest
