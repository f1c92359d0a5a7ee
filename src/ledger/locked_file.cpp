/// open, flock, write, fsync.
#include "ledger/locked_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <thread>
#include <utility>

#include <fmt/format.h>

namespace icosa::ledger {
namespace {

constexpr int lock_attempts = 2000;  ///< five milliseconds apart: ten seconds
constexpr auto between_attempts = std::chrono::milliseconds(5);

std::unexpected<Error> unwritable_ledger(const std::string& path) {
    return fail(Fault::Store, "unwritable", {path},
                fmt::format("this file cannot be written: {}; nothing was added", std::strerror(errno)),
                "check the folder's permissions and the room on the disk");
}

std::unexpected<Error> unreadable_ledger(const std::string& path) {
    return fail(Fault::Store, errno == ENOENT ? "absent" : "unreadable", {path},
                fmt::format("this file cannot be read: {}", std::strerror(errno)),
                "check its permissions and the disk");
}

bool is_locked_by(int file, int how) {
    for (int attempt = 0; attempt < lock_attempts; ++attempt) {
        if (::flock(file, how | LOCK_NB) == 0) return true;
        if (errno != EWOULDBLOCK && errno != EINTR) return false;
        std::this_thread::sleep_for(between_attempts);
    }
    errno = EWOULDBLOCK;
    return false;
}

/// Someone may have put another file under the name while we waited for the lock.
bool is_still(int file, const std::string& path) {
    struct stat held = {}, named = {};
    return ::fstat(file, &held) == 0 && ::stat(path.c_str(), &named) == 0 && held.st_dev == named.st_dev
        && held.st_ino == named.st_ino;
}

/// That the name stands in its folder, on the disk.
bool keeps_name(const std::string& folder) {
    const int file = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (file < 0) return false;
    const bool done = ::fsync(file) == 0 || errno == EINVAL;  // a file system that keeps names by itself
    ::close(file);
    return done;
}

}  // namespace

Result<LockedFile> LockedFile::open(const std::string& path, Access access) {
    const bool reads = access == Access::Read;
    for (;;) {  // O_NONBLOCK: a pipe under that name is told, not waited for
        const int file = reads ? ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC)
                               : ::open(path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_NONBLOCK | O_CLOEXEC, 0644);
        if (file < 0) {
            if (reads) return unreadable_ledger(path);
            return unwritable_ledger(path);
        }
        LockedFile out(file, path);
        struct stat held = {};
        if (::fstat(file, &held) == 0 && !S_ISREG(held.st_mode))
            return fail(Fault::Store, "unreadable", {path}, "this is no plain file", "name another database with --db");
        if (!is_locked_by(file, reads ? LOCK_SH : LOCK_EX)) {
            if (errno != EWOULDBLOCK)
                return fail(Fault::Store, "unwritable", {path},
                            fmt::format("this file cannot be locked: {}", std::strerror(errno)),
                            "keep it on a disk of this machine");
            return fail(Fault::Store, "ledger-locked", {path}, "another process has held this file for ten seconds",
                        "wait for it, or end it (`fuser` names it)");
        }
        if (!is_still(file, path)) continue;
        if (!reads && held.st_size == 0 && !keeps_name(std::filesystem::path(path).parent_path().string()))
            return unwritable_ledger(path);
        return out;
    }
}

LockedFile::LockedFile(LockedFile&& other) noexcept
    : file_(std::exchange(other.file_, -1)), path_(std::move(other.path_)) {}

LockedFile::~LockedFile() {
    if (file_ >= 0) ::close(file_);
}

Result<std::string> LockedFile::text() const {
    struct stat held = {};
    if (::fstat(file_, &held) != 0) return unreadable_ledger(path_);
    std::string out(static_cast<std::size_t>(held.st_size), '\0');
    for (std::size_t at = 0; at < out.size();) {
        const ssize_t got = ::pread(file_, out.data() + at, out.size() - at, static_cast<off_t>(at));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return unreadable_ledger(path_);
        if (got == 0) out.resize(at);
        at += static_cast<std::size_t>(got);
    }
    return out;
}

Result<void> LockedFile::add(std::string_view text) {
    struct stat held = {};
    if (::fstat(file_, &held) != 0) return unwritable_ledger(path_);
    std::size_t at = 0;
    while (at < text.size()) {
        const ssize_t put = ::write(file_, text.data() + at, text.size() - at);
        if (put < 0 && errno == EINTR) continue;
        if (put <= 0) break;
        at += static_cast<std::size_t>(put);
    }
    if (at == text.size() && ::fsync(file_) == 0) return {};
    const int why = errno;
    const bool as_before = ::ftruncate(file_, held.st_size) == 0 && ::fsync(file_) == 0;
    errno = why;
    if (as_before) return unwritable_ledger(path_);
    return fail(
        Fault::Store, "unwritable", {path_},
        fmt::format("this file cannot be written: {}; an unfinished row may stand at its end", std::strerror(why)),
        "check the room on the disk; the next writer moves such a row aside");
}

Result<void> LockedFile::cut_to(std::size_t bytes) {
    if (::ftruncate(file_, static_cast<off_t>(bytes)) != 0 || ::fsync(file_) != 0) return unwritable_ledger(path_);
    return {};
}

}  // namespace icosa::ledger
