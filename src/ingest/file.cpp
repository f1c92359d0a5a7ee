/// Opens and reads files; a pipe or a directory is none.
#include "ingest/file.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <memory>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>

#include "archive/packed_files.hpp"
#include "base/hash.hpp"
#include "base/text.hpp"

namespace icosa::ingest {
namespace {

std::unexpected<Error> unreadable(const std::string& path, int why) {
    return fail(Fault::Data, "unreadable-file", {path}, fmt::format("the file cannot be read: {}", std::strerror(why)),
                "check its permissions and the disk");
}

Result<archive::Unpacked> open_packed(const std::string& path) {
    if (const auto entry = archive::split_entry_path(path)) return archive::open_entry(*entry);
    return archive::open_gzip_file(path);
}

}  // namespace

/// Where a packed file stands.
struct File::Packed {
    archive::Unpacked unpacked;
    std::int64_t at = 0;
};

File::File(int number, std::string path) : number_(number), path_(std::move(path)) {}
File::File(File&& other) noexcept
    : number_(std::exchange(other.number_, -1)), path_(std::move(other.path_)), packed_(std::move(other.packed_)) {}
File::~File() {
    if (number_ >= 0) ::close(number_);
}

Result<File> open_file(const std::string& path, std::int64_t& bytes) {
    File file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK), path);
    const auto take_packed = [&]() -> Result<void> {
        file.packed_ = std::make_unique<File::Packed>(TRY(open_packed(path)));
        bytes = static_cast<std::int64_t>(file.packed_->unpacked.bytes);
        return {};
    };
    if (file.number_ < 0) {
        const int why = errno;
        if (why == ENOTDIR && archive::split_entry_path(path)) {
            TRY(take_packed());
            return file;
        }
        if (why == ENOENT || why == ENOTDIR)
            return fail(Fault::Data, "missing-file", {path}, "there is no such file", "check the path");
        return unreadable(path, why);
    }
    struct stat facts{};
    if (::fstat(file.number_, &facts) != 0) return unreadable(path, errno);
    if (S_ISDIR(facts.st_mode))
        return fail(Fault::Data, "is-directory", {path}, "this is a directory",
                    "name its files; `icosa ingest --recursive` takes folders");
    if (!S_ISREG(facts.st_mode))
        return fail(Fault::Data, "not-a-file", {path}, "this is not a regular file, and a file may be read twice",
                    "save it to a file first");
    bytes = facts.st_size;
    char first[2] = {};
    if (TRY(file.read_at(first, 2, 0)) == 2 && first[0] == '\x1F' && first[1] == '\x8B') TRY(take_packed());
    return file;
}

Result<std::size_t> File::read_at(char* into, std::size_t size, std::int64_t offset) const {
    if (packed_) {
        if (offset < packed_->at) *packed_ = {TRY(open_packed(path_))};
        const auto ahead = static_cast<std::uint64_t>(offset - packed_->at);
        packed_->at += static_cast<std::int64_t>(TRY(archive::skip(*packed_->unpacked.stream, ahead)));
        if (packed_->at < offset) return std::size_t{0};
        const std::size_t got = TRY(archive::read_fully(*packed_->unpacked.stream, into, size));
        packed_->at += static_cast<std::int64_t>(got);
        return got;
    }
    std::size_t done = 0;
    while (done < size) {
        const auto got = ::pread(number_, into + done, size - done, offset + static_cast<std::int64_t>(done));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return unreadable(path_, errno);
        if (got == 0) break;
        done += static_cast<std::size_t>(got);
    }
    return done;
}

Result<std::int64_t> size_of(const std::string& path) {
    std::int64_t bytes = 0;
    const File file = TRY(open_file(path, bytes));
    return bytes;
}

Result<std::string> whole_file(const std::string& path, std::size_t most, std::string_view what) {
    std::int64_t bytes = 0;
    const File file = TRY(open_file(path, bytes));
    std::string out;
    out.reserve(std::min(most, static_cast<std::size_t>(bytes)) + (1u << 20));
    for (constexpr std::size_t step = 1u << 20;;) {
        const std::size_t had = out.size();
        out.resize(had + step);
        const std::size_t got = TRY(file.read_at(out.data() + had, step, static_cast<std::int64_t>(had)));
        out.resize(had + got);
        if (out.size() > most)
            return fail(Fault::Data, "too-large", {path},
                        fmt::format("{} is read in memory, up to {}, and this one has more", what, megabytes(most)),
                        "save it as CSV");
        if (got < step) return out;
    }
}

std::string table_name(std::string_view path) {
    std::string name = std::filesystem::path(path).filename().string();
    if (lower(name).ends_with(".gz")) name.resize(name.size() - 3);
    return name;
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
        const std::size_t got = TRY(file.read_at(block.get(), block_bytes, offset));
        if (got == 0) return digest.hexadecimal();
        digest.add({block.get(), got});
        offset += static_cast<std::int64_t>(got);
    }
}

}  // namespace icosa::ingest
