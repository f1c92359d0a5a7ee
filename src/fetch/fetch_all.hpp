/// Several sources at a time, one request at a time to a host.
#pragma once

#include <functional>
#include <vector>

#include "fetch/session.hpp"
#include "fetch/status.hpp"
#include "pack/source_card.hpp"

namespace icosa::fetch {

inline constexpr int sources_at_once = 4;

/// The folder for this run alone, until it is let go of; another run waits for it.
class FolderLock {
public:
    /// on_wait: called once if another run has the folder.
    [[nodiscard]] static Result<FolderLock> take(const std::string& folder, const std::function<void()>& on_wait);
    FolderLock(FolderLock&& other) noexcept : file_(other.file_) { other.file_ = -1; }
    FolderLock& operator=(FolderLock&&) = delete;
    ~FolderLock();

private:
    explicit FolderLock(int file) : file_(file) {}
    int file_;
};

/// told: each outcome in the order of the cards, as soon as those before it are there; from one thread at a time. The
/// first error of the disk ends the run; what came stays.
[[nodiscard]] Result<std::vector<Outcome>> fetch_all(Session& session,
                                                     const std::vector<const pack::SourceCard*>& cards,
                                                     const std::function<void(const Outcome&)>& told);

}  // namespace icosa::fetch
