/// What the fuzz targets share: a promise that must hold, and the input as a file that a reader can open.
#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include <sys/mman.h>
#include <unistd.h>

namespace icosa::fuzz {

/// Ends the run where a property does not hold; libFuzzer keeps the input.
inline void must(bool holds, const char* what) {
    if (holds) return;
    std::fprintf(stderr, "broken: %s\n", what);
    std::abort();
}

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
    return {reinterpret_cast<const char*>(data), size};
}

/// What stands before the first `separator`; takes it and the separator off the text. All of it where there is none.
inline std::string_view take(std::string_view& text, std::string_view separator) {
    const auto end = text.find(separator);
    const std::string_view out = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + separator.size());
    return out;
}

/// Bytes in memory with a path.
class File {
public:
    explicit File(std::string_view bytes) : number_(::memfd_create("fuzz", MFD_CLOEXEC)) {
        must(number_ >= 0 && ::write(number_, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()),
             "the input can be written");
    }
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    ~File() { ::close(number_); }
    [[nodiscard]] std::string path() const { return "/proc/self/fd/" + std::to_string(number_); }

private:
    int number_;
};

}  // namespace icosa::fuzz
