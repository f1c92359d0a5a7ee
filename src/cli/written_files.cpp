/// Files named by more than one option of a command.
#include "cli/written_files.hpp"

#include <filesystem>

#include <fmt/format.h>

namespace icosa::cli {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> words_of(const Option& row) {
    if (const auto* word = std::get_if<std::string*>(&row.target)) return {**word};
    if (const auto* several = std::get_if<std::vector<std::string>*>(&row.target)) return **several;
    return {};
}

/// One regular file, or the place of one that is not there yet.
bool are_one_file(const std::string& a, const std::string& b) {
    if (a.empty() || b.empty()) return false;
    std::error_code none;
    const auto kind = fs::status(a, none).type();
    if (kind == fs::file_type::regular) return fs::equivalent(a, b, none);
    if (kind != fs::file_type::not_found) return false;
    const fs::path first = fs::weakly_canonical(fs::absolute(a, none), none);
    return !first.empty() && first == fs::weakly_canonical(fs::absolute(b, none), none);
}

}  // namespace

Result<void> check_written(const Command& command) {
    for (const Option& out : command.options) {
        if (!out.is_written) continue;
        for (const std::string& path : words_of(out)) {
            for (const Option& other : command.options) {
                if (&other == &out) continue;
                for (const std::string& word : words_of(other)) {
                    if (!are_one_file(path, word)) continue;
                    if (other.is_written)
                        return fail(Fault::Usage, "two-outs", {path},
                                    fmt::format("{} and {} write the same file", out.name, other.name),
                                    "name two files");
                    return fail(Fault::Usage, "out-is-input", {path},
                                "this file is read by the same command, and would be lost",
                                fmt::format("name another file with {}", out.name));
                }
            }
        }
    }
    return {};
}

}  // namespace icosa::cli
