/// zlib block by block, with limits.
#include "archive/stream.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <zlib.h>

#include "archive/entry.hpp"

namespace icosa::archive {
namespace {

constexpr std::size_t packed_block_bytes = 1u << 16;
constexpr int with_gzip_header = 15 + 16;

struct CloseFile {
    void operator()(std::FILE* file) const { std::fclose(file); }
};
using FileHandle = std::unique_ptr<std::FILE, CloseFile>;

std::unexpected<Error> unreadable_archive(const std::string& path, int why) {
    return fail(Fault::Data, "unreadable-file", {path}, fmt::format("the file cannot be read: {}", std::strerror(why)),
                "check its permissions and the disk");
}

class PlainStream : public Stream {
public:
    PlainStream(FileHandle file, std::string path) : file_(std::move(file)), path_(std::move(path)) {}
    Result<std::size_t> read(char* into, std::size_t size) override {
        const std::size_t got = std::fread(into, 1, size, file_.get());
        if (got == 0 && std::ferror(file_.get()) != 0) return unreadable_archive(path_, errno);
        return got;
    }

private:
    FileHandle file_;
    std::string path_;
};

class GzipStream : public Stream {
public:
    GzipStream(std::unique_ptr<Stream> packed, std::string path) : packed_(std::move(packed)), path_(std::move(path)) {
        inflateInit2(&state_, with_gzip_header);
    }
    GzipStream(const GzipStream&) = delete;
    GzipStream& operator=(const GzipStream&) = delete;
    ~GzipStream() override { inflateEnd(&state_); }

    Result<std::size_t> read(char* into, std::size_t size) override {
        const auto room = static_cast<uInt>(std::min<std::size_t>(size, 1u << 30));
        state_.next_out = reinterpret_cast<Bytef*>(into);
        state_.avail_out = room;
        while (state_.avail_out == room && !ended_) TRY(step());
        const std::size_t got = room - state_.avail_out;
        unpacked_ += got;
        if (is_bomb(unpacked_, taken_)) return zip_bomb(path_, "", unpacked_, taken_);
        return got;
    }

private:
    Result<void> step() {
        if (state_.avail_in == 0) {
            const std::size_t got = TRY(packed_->read(block_.data(), block_.size()));
            if (got == 0) {
                if (!between_members_) return damaged_archive(path_, "its end is missing");
                ended_ = true;
                return {};
            }
            taken_ += got;
            state_.next_in = reinterpret_cast<Bytef*>(block_.data());
            state_.avail_in = static_cast<uInt>(got);
        }
        if (between_members_ && members_ > 0 && *state_.next_in == 0) {  // some programs fill up with zeros
            ++state_.next_in;
            --state_.avail_in;
            return {};
        }
        between_members_ = false;
        const int said = inflate(&state_, Z_NO_FLUSH);
        if (said == Z_STREAM_END) {
            inflateReset(&state_);
            between_members_ = true;
            ++members_;
        } else if (said != Z_OK && said != Z_BUF_ERROR) {
            return damaged_archive(path_, state_.msg ? state_.msg : "it is not packed by gzip");
        }
        return {};
    }

    std::unique_ptr<Stream> packed_;
    std::string path_;
    z_stream state_{};
    std::vector<char> block_ = std::vector<char>(packed_block_bytes);
    std::uint64_t unpacked_ = 0, taken_ = 0;
    int members_ = 0;
    bool between_members_ = false;
    bool ended_ = false;
};

}  // namespace

Result<std::size_t> read_fully(Stream& stream, char* into, std::size_t size) {
    std::size_t done = 0;
    while (done < size) {
        const std::size_t got = TRY(stream.read(into + done, size - done));
        if (got == 0) break;
        done += got;
    }
    return done;
}

Result<std::uint64_t> skip(Stream& stream, std::uint64_t size) {
    std::vector<char> block(static_cast<std::size_t>(std::min<std::uint64_t>(size, packed_block_bytes)));
    std::uint64_t done = 0;
    while (done < size) {
        const auto wanted = std::min<std::uint64_t>(block.size(), size - done);
        const std::size_t got = TRY(stream.read(block.data(), static_cast<std::size_t>(wanted)));
        if (got == 0) break;
        done += got;
    }
    return done;
}

Result<std::unique_ptr<Stream>> open_plain(const std::string& path) {
    FileHandle file(std::fopen(path.c_str(), "rbe"));
    if (!file) return unreadable_archive(path, errno);
    return std::make_unique<PlainStream>(std::move(file), path);
}

Result<std::unique_ptr<Stream>> open_gzip(const std::string& path) {
    return std::make_unique<GzipStream>(TRY(open_plain(path)), path);
}

std::uint64_t size_told(const std::string& gzip_path) {
    const FileHandle file(std::fopen(gzip_path.c_str(), "rbe"));
    unsigned char end[4] = {};
    if (!file || std::fseek(file.get(), -4, SEEK_END) != 0 || std::fread(end, 1, 4, file.get()) != 4) return 0;
    return std::uint64_t{end[0]} | std::uint64_t{end[1]} << 8 | std::uint64_t{end[2]} << 16
        | std::uint64_t{end[3]} << 24;
}

std::unexpected<Error> damaged_archive(const std::string& path, std::string_view why) {
    return fail(Fault::Data, "damaged-archive", {path}, fmt::format("the archive cannot be unpacked: {}", why),
                "fetch the file again; it may be cut off");
}

std::unexpected<Error> zip_bomb(const std::string& path, std::string_view entry, std::uint64_t unpacked,
                                std::uint64_t packed) {
    return fail(Fault::Data, "zip-bomb", {path},
                fmt::format("{} unpacks from {} to {} bytes, more than any source needs: nothing of it is read",
                            entry.empty() ? "the file" : fmt::format("the entry '{}'", entry), packed, unpacked),
                "do not trust this file; save the table as CSV if it is yours");
}

}  // namespace icosa::archive
