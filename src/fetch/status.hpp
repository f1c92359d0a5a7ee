/// What became of a source that was asked: the closed list that the report, the manifest and the exit code share.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace icosa::fetch {

enum class Status {
    New,        ///< an edition that the folder did not have
    Unchanged,  ///< the server or the digest says so
    Empty,      ///< an answer without a record
    Denied,     ///< 401, 403, or a key is needed and there is none
    Missing,    ///< 404, 410
    Moved,      ///< a redirect to a host that the card does not list
    Changed,    ///< what came is not what the card reads
    Partial,    ///< some of it came
    Throttled,  ///< asked too often, or to wait longer than we do
    Failed,
};
inline constexpr std::string_view status_names[] = {"new",   "unchanged", "empty",   "denied",    "missing",
                                                    "moved", "changed",   "partial", "throttled", "failed"};
[[nodiscard]] constexpr std::string_view name_of(Status status) {
    return status_names[static_cast<std::size_t>(status)];
}

/// The line of a source in the report.
struct Outcome {
    std::string source;
    Status status = Status::Failed;
    std::string url;      ///< without any key
    std::string file;     ///< the newest file that came or is still good; empty: none
    std::string digest;
    std::int64_t bytes = 0;
    std::int64_t files = 0;  ///< files of it that are there and were asked for
    std::string message;
    bool was_asked = true;  ///< false: denied unasked, for want of a key
};

/// Does the exit code tell of it? A key that nobody has set is no failure.
[[nodiscard]] constexpr bool is_failure(const Outcome& outcome) {
    switch (outcome.status) {
        case Status::New:
        case Status::Unchanged:
        case Status::Empty: return false;
        case Status::Denied: return outcome.was_asked;
        default: return true;
    }
}

}  // namespace icosa::fetch
