/// Files and the standard output.
#include "cli/output.hpp"

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string_view>

#include <fmt/format.h>

#include "base/text.hpp"

namespace icosa::cli {

std::string program_name() {
    namespace fs = std::filesystem;
    std::error_code error;
    const fs::path self = fs::read_symlink("/proc/self/exe", error);
    if (error) return "icosa";
    const char* path = std::getenv("PATH");
    for (const auto folder : split(path ? path : "", ':')) {
        if (!folder.empty() && fs::equivalent(fs::path(folder) / "icosa", self, error) && !error) return "icosa";
    }
    const fs::path relative = fs::proximate(self, error);
    return shell_word(error ? self.string() : relative.string());
}

std::string shell_word(const std::string& text) {
    const bool is_plain = !text.empty() && std::all_of(text.begin(), text.end(), [](unsigned char c) {
        return std::isalnum(c) || std::string_view("-_./,:=@%+").find(static_cast<char>(c)) != std::string_view::npos;
    });
    if (is_plain) return text;
    std::string out = "'";
    for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return out + "'";
}

Result<void> check_out(const std::string& out, std::initializer_list<std::string> inputs) {
    std::error_code none;
    for (const std::string& one : inputs) {
        if (out.empty() || one.empty() || !std::filesystem::equivalent(out, one, none)) continue;
        return fail(Fault::Usage, "out-is-input", {out}, "this file is read by the same command, and would be lost",
                    "name another file to write");
    }
    return {};
}

Result<void> write_text(const std::string& path, const std::string& text) {
    if (path.empty()) {
        std::fwrite(text.data(), 1, text.size(), stdout);
        return {};
    }
    std::error_code none;
    if (std::filesystem::is_directory(path, none))
        return fail(Fault::Store, "unwritable", {path}, "this is a folder, not a file", "name a file in it");
    const auto folder = std::filesystem::path(path).parent_path();
    if (!folder.empty() && !std::filesystem::exists(folder, none))
        return fail(Fault::Store, "unwritable", {path}, fmt::format("the folder {} is not there", folder.string()),
                    "make it first, or name another file");
    std::ofstream out(path, std::ios::binary | std::ios::trunc);
    out << text;
    out.close();
    if (!out)
        return fail(Fault::Store, "unwritable", {path}, "this file cannot be written",
                    "check the folder's permissions and the room on the disk, or name another file");
    return {};
}

}  // namespace icosa::cli
