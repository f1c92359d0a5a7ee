/// Rows of a table to a file or the standard output as they are made, for tables too long to be held.
#pragma once

#include <cstdio>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace icosa::cli {

class RowFile {
public:
    /// "" = the standard output.   err   Store: "unwritable"
    [[nodiscard]] static Result<RowFile> open(const std::string& path);
    RowFile(RowFile&& other) noexcept;
    RowFile(const RowFile&) = delete;
    RowFile& operator=(const RowFile&) = delete;
    RowFile& operator=(RowFile&&) = delete;
    ~RowFile();

    void put(std::string_view text);
    /// err   Store: "unwritable", of all that was put
    [[nodiscard]] Result<void> close();

private:
    RowFile(std::FILE* file, std::string path) : file_(file), path_(std::move(path)) {}

    std::FILE* file_;
    std::string path_;
};

}  // namespace icosa::cli
