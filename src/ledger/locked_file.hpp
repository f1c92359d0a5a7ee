/// A file that is read or written under a lock.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"

namespace icosa::ledger {

enum class Access { Read, Append };

/// flock: shared to read, for oneself alone to append. The lock ends with the object, or with the process.
class LockedFile {
public:
    /// To append, an absent file is made. err   Store: "absent" (Read), "unreadable", "unwritable", "ledger-locked"
    [[nodiscard]] static Result<LockedFile> open(const std::string& path, Access access);
    LockedFile(LockedFile&& other) noexcept;
    LockedFile& operator=(LockedFile&&) = delete;
    ~LockedFile();

    [[nodiscard]] Result<std::string> text() const;
    /// One write and fsync; where that fails, the file is as long as before. err   Store: "unwritable"
    [[nodiscard]] Result<void> add(std::string_view text);
    /// err   Store: "unwritable"
    [[nodiscard]] Result<void> cut_to(std::size_t bytes);

private:
    LockedFile(int file, std::string path) : file_(file), path_(std::move(path)) {}
    int file_ = -1;
    std::string path_;
};

}  // namespace icosa::ledger
