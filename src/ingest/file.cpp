/// Opens and reads files; a pipe or a directory is none.
#include "ingest/file.hpp"

#include <cerrno>
#include <cstring>
#include <memory>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>

#include "base/hash.hpp"

namespace icosa::ingest {

File::~File() {
    if (number_ >= 0) ::close(number_);
}

Result<File> open_file(const std::string& path, std::int64_t& bytes) {
    File file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (file.number() < 0) {
        if (errno == ENOENT || errno == ENOTDIR)
            return fail(Fault::Data, "missing-file", {path}, "there is no such file", "check the path");
        return unreadable(path, errno);
    }
    struct stat facts{};
    if (::fstat(file.number(), &facts) != 0) return unreadable(path, errno);
    if (S_ISDIR(facts.st_mode))
        return fail(Fault::Data, "is-directory", {path}, "this is a directory", "name its files, or add --recursive");
    if (!S_ISREG(facts.st_mode))
        return fail(Fault::Data, "not-a-file", {path}, "this is not a regular file, and a file may be read twice",
                    "save it to a file first");
    bytes = facts.st_size;
    return file;
}

std::int64_t read_at(const File& file, char* into, std::size_t size, std::int64_t offset) {
    std::size_t done = 0;
    while (done < size) {
        const auto got = ::pread(file.number(), into + done, size - done, offset + static_cast<std::int64_t>(done));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return -1;
        if (got == 0) break;
        done += static_cast<std::size_t>(got);
    }
    return static_cast<std::int64_t>(done);
}

std::unexpected<Error> unreadable(const std::string& path, int why) {
    return fail(Fault::Data, "unreadable-file", {path}, fmt::format("the file cannot be read: {}", std::strerror(why)),
                "check its permissions and the disk");
}

std::string megabytes(std::size_t bytes) {
    return bytes >= (1u << 20) ? fmt::format("{} MB", bytes >> 20) : fmt::format("{} bytes", bytes);
}

Result<std::string> digest_of(const std::string& path) {
    std::int64_t bytes = 0;
    const File file = TRY(open_file(path, bytes));
    constexpr std::size_t block_bytes = 1u << 20;
    Digest digest;
    const auto block = std::make_unique_for_overwrite<char[]>(block_bytes);
    for (std::int64_t offset = 0;;) {
        const std::int64_t got = read_at(file, block.get(), block_bytes, offset);
        if (got < 0) return unreadable(path, errno);
        if (got == 0) return digest.hexadecimal();
        digest.add({block.get(), static_cast<std::size_t>(got)});
        offset += got;
    }
}

}  // namespace icosa::ingest
