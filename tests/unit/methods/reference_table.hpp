/// Reads the tables of tests/reference, for the tests of this room.
#pragma once

#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "base/text.hpp"

namespace icosa::methods {

using ReferenceRow = std::map<std::string, std::string, std::less<>>;

/// Rows by column name; empty where the file is not there.
inline std::vector<ReferenceRow> reference_rows(const std::string& path) {
    std::vector<ReferenceRow> out;
    std::ifstream in(ICOSA_ROOT "/tests/reference/" + path);
    std::vector<std::string> header;
    for (std::string line; std::getline(in, line);) {
        const auto cells = split(trim(line), ',');
        if (header.empty()) {
            header.assign(cells.begin(), cells.end());
            continue;
        }
        ReferenceRow row;
        for (std::size_t i = 0; i < header.size() && i < cells.size(); ++i) row.emplace(header[i], cells[i]);
        out.push_back(std::move(row));
    }
    return out;
}

inline double number_of(const ReferenceRow& row, std::string_view column) {
    return parse_number(row.find(column)->second).value();
}

}  // namespace icosa::methods
