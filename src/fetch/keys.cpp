/// One line a part: source, part, value with a blank between.
#include "fetch/keys.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include <fmt/format.h>

#include "base/text.hpp"
#include "fetch/address.hpp"

namespace icosa::fetch {
namespace {

std::unexpected<Error> unwritable_keys(const std::string& path) {
    return fail(Fault::Store, "unwritable", {path}, fmt::format("the keys cannot be kept: {}", std::strerror(errno)),
                "check the folder's permissions, or name another with XDG_CONFIG_HOME");
}

}  // namespace

Result<KeyBook> read_keys(const std::string& path) {
    struct stat found{};
    if (::stat(path.c_str(), &found) != 0) return KeyBook{};
    if ((found.st_mode & 077) != 0)
        return fail(Fault::Store, "open-to-others", {path}, "others than its owner may read this file of keys",
                    fmt::format("chmod 600 {}", path));
    KeyBook out;
    std::ifstream file(path, std::ios::binary);
    for (std::string line; std::getline(file, line);) {
        const auto first = line.find(' ');
        const auto second = first == std::string::npos ? first : line.find(' ', first + 1);
        if (second == std::string::npos) continue;
        out[line.substr(0, first)][line.substr(first + 1, second - first - 1)] = line.substr(second + 1);
    }
    return out;
}

Result<void> write_keys(const std::string& path, const KeyBook& keys) {
    std::error_code error;
    if (keys.empty()) {
        std::filesystem::remove(path, error);
        return {};
    }
    std::filesystem::create_directories(std::filesystem::path(path).parent_path(), error);
    std::string text;
    for (const auto& [source, parts] : keys) {
        for (const auto& [part, value] : parts) text += source + " " + part + " " + value + "\n";
    }
    const std::string beside = path + ".new";
    ::unlink(beside.c_str());
    const int file = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0) return unwritable_keys(path);
    const bool is_written =
        ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(file) == 0;
    ::close(file);
    if (!is_written || ::rename(beside.c_str(), path.c_str()) != 0) {
        ::unlink(beside.c_str());
        return unwritable_keys(path);
    }
    return {};
}

std::string key_variable(std::string_view source, std::string_view part) {
    std::string out = "ICOSA_KEY_" + std::string(source) + (part.empty() ? "" : "_" + std::string(part));
    for (char& c : out) {
        c = std::isalnum(static_cast<unsigned char>(c)) ? static_cast<char>(std::toupper(static_cast<unsigned char>(c)))
                                                        : '_';
    }
    return out;
}

constexpr std::string_view hidden = "***";

std::string without_secrets(std::string text, const std::map<std::string, std::string>& secrets) {
    for (const auto& [part, value] : secrets) {
        if (value.empty()) continue;
        for (const std::string& form : {value, percent_encoded(value), base64(value)}) {
            const std::string folded = lower(form);  // a host, say, comes back in small letters
            for (auto at = lower(text).find(folded); at != std::string::npos;
                 at = lower(text).find(folded, at + hidden.size()))
                text.replace(at, form.size(), hidden);
        }
    }
    return text;
}

}  // namespace icosa::fetch
