/// Any bytes as an archive or a packed file: nothing crashes, no entry leads out of a folder, and none gives more bytes
/// than it tells.
#include <cstdint>
#include <string>

#include "archive/packed_files.hpp"
#include "input.hpp"

namespace {

using namespace icosa;
using fuzz::must;

constexpr std::size_t entries_opened = 20;
constexpr std::size_t bytes_read = 1u << 20;

/// At most so many bytes of a stream.
std::size_t size_of(archive::Stream& stream) {
    std::string block(1u << 16, '\0');
    std::size_t size = 0;
    while (size < bytes_read) {
        const auto got = stream.read(block.data(), block.size());
        if (!got || *got == 0) break;
        size += *got;
    }
    return size;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const fuzz::File file(fuzz::text_of(data, size));
    if (archive::is_gzip(file.path())) {
        if (const auto unpacked = archive::open_gzip_file(file.path())) (void)size_of(*unpacked->stream);
        return 0;
    }
    if (!archive::is_archive(file.path())) return 0;
    const auto files = archive::files_in(file.path());
    if (!files) return 0;
    for (std::size_t i = 0; i < files->size() && i < entries_opened; ++i) {
        const archive::Entry& entry = (*files)[i];
        must(!entry.name.starts_with('/') && entry.name.find("../") != 0, "no entry leads out");
        const auto unpacked = archive::open_entry({file.path(), entry.name});
        if (unpacked) must(size_of(*unpacked->stream) <= unpacked->bytes, "no more bytes than it tells");
    }
    return 0;
}
