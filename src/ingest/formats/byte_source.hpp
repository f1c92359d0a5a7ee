/// Bytes of a text that the delimited reader takes, where they are not those of the file itself.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "base/result.hpp"
#include "ingest/formats/part.hpp"

namespace icosa::ingest {

class ByteSource {
public:
    virtual ~ByteSource() = default;
    /// Fills as much of `size` bytes as there is; less at the end only.
    [[nodiscard]] virtual Result<std::size_t> read(char* into, std::size_t size) = 0;
    /// How much of the file has been used, for progress.
    [[nodiscard]] virtual std::int64_t bytes_read() const = 0;
};

/// The characters of a text in UTF-8, be it that or UTF-16 by its mark; without a mark.
[[nodiscard]] Result<std::unique_ptr<ByteSource>> open_characters(const std::string& path);

/// The bytes of a part; nullptr for a text that is read as it lies there.
[[nodiscard]] Result<std::unique_ptr<ByteSource>> bytes_of(const std::string& path, const Part& part);

}  // namespace icosa::ingest
