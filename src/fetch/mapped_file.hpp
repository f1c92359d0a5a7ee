/// The bytes of a file as a view, without reading them.
#pragma once

#include <string>
#include <string_view>

namespace icosa::fetch {

class MappedFile {
public:
    /// A file that cannot be opened has no bytes.
    explicit MappedFile(const std::string& path);
    ~MappedFile();
    MappedFile(const MappedFile&) = delete;
    MappedFile& operator=(const MappedFile&) = delete;
    [[nodiscard]] std::string_view bytes() const { return bytes_; }

private:
    std::string_view bytes_;
};

}  // namespace icosa::fetch
