/// A C stream that closes itself.
#include "cli/row_file.hpp"

#include <filesystem>
#include <utility>

namespace icosa::cli {
namespace {

std::unexpected<Error> unwritable_rows(const std::string& path) {
    std::error_code none;
    if (std::filesystem::is_directory(path, none))
        return fail(Fault::Store, "unwritable", {path}, "this is a folder, not a file", "name a file in it");
    return fail(Fault::Store, "unwritable", {path}, "this file cannot be written",
                "check that its folder is there and may be written, and the room on the disk, or name another file");
}

}  // namespace

Result<RowFile> RowFile::open(const std::string& path) {
    if (path.empty()) return RowFile(stdout, path);
    std::FILE* file = std::fopen(path.c_str(), "wb");
    if (!file) return unwritable_rows(path);
    return RowFile(file, path);
}

RowFile::RowFile(RowFile&& other) noexcept
    : file_(std::exchange(other.file_, nullptr)), path_(std::move(other.path_)) {}

RowFile::~RowFile() {
    if (file_ && file_ != stdout) std::fclose(file_);
}

void RowFile::put(std::string_view text) { std::fwrite(text.data(), 1, text.size(), file_); }

Result<void> RowFile::close() {
    std::FILE* file = std::exchange(file_, nullptr);
    const bool failed = std::fflush(file) != 0 || std::ferror(file) != 0;
    if (file != stdout && std::fclose(file) != 0) return unwritable_rows(path_);
    if (failed) return unwritable_rows(path_);
    return {};
}

}  // namespace icosa::cli
