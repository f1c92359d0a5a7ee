/// A few threads over a list of hosts.
#include "fetch/fetch_all.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <map>
#include <thread>

#include <fmt/format.h>

#include "fetch/source_fetch.hpp"

namespace icosa::fetch {

Result<FolderLock> FolderLock::take(const std::string& folder, const std::function<void()>& on_wait) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    const std::string path = folder + "/.lock";
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (file < 0)
        return fail(Fault::Store, "unwritable", {folder},
                    fmt::format("this folder cannot be written to: {}", std::strerror(errno)),
                    "check its permissions, or name another with --to");
    if (::flock(file, LOCK_EX | LOCK_NB) != 0) {
        on_wait();
        while (::flock(file, LOCK_EX) != 0 && errno == EINTR) {}
    }
    return FolderLock(file);
}

FolderLock::~FolderLock() {
    if (file_ >= 0) ::close(file_);
}

Result<std::vector<Outcome>> fetch_all(Session& session, const std::vector<const pack::SourceCard*>& cards,
                                       const std::function<void(const Outcome&)>& told) {
    std::map<std::string, std::vector<std::size_t>> by_host;
    for (std::size_t i = 0; i < cards.size(); ++i) by_host[host_of(cards[i]->fetch.front().url)].push_back(i);
    std::vector<const std::vector<std::size_t>*> queues;
    for (const auto& [host, of] : by_host) queues.push_back(&of);

    std::vector<std::optional<Outcome>> outcomes(cards.size());
    std::optional<Error> broken;
    std::mutex telling;
    std::size_t next_told = 0;
    std::atomic<std::size_t> next_queue = 0;
    const auto work = [&] {
        for (std::size_t q = next_queue++; q < queues.size(); q = next_queue++) {
            for (const std::size_t i : *queues[q]) {
                auto outcome = fetch_source(session, *cards[i]);
                const std::scoped_lock lock(telling);
                if (broken) return;
                if (!outcome) {
                    broken = std::move(outcome).error();
                    return;
                }
                outcomes[i] = std::move(*outcome);
                for (; next_told < outcomes.size() && outcomes[next_told]; ++next_told) told(*outcomes[next_told]);
            }
        }
    };
    {
        std::vector<std::jthread> threads;
        const auto count = std::min<std::size_t>(sources_at_once, queues.size());
        for (std::size_t i = 0; i < count; ++i) threads.emplace_back(work);
    }
    if (broken) return std::unexpected(*broken);
    std::vector<Outcome> out;
    for (auto& outcome : outcomes) out.push_back(std::move(*outcome));
    return out;
}

}  // namespace icosa::fetch
