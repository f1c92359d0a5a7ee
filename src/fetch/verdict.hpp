/// What an answer means and what is done next. Pure: no clock, no network.
#pragma once

#include <cstdint>
#include <string>

#include "fetch/status.hpp"
#include "fetch/transfer.hpp"

namespace icosa::fetch {

enum class Next {
    Keep,       ///< all of it is there
    Unchanged,  ///< the server says that ours is the newest
    Follow,     ///< ask at `location`
    Again,      ///< after `wait_seconds`; what has come so far is gone on from where the server allows it
    Afresh,     ///< the same without what has come so far
    GiveUp,     ///< with `status`
};

struct Verdict {
    Next next = Next::GiveUp;
    Status status = Status::Failed;
    double wait_seconds = 0;
    std::string location;
    std::string why;  ///< a sentence for a person, without a period; no byte of an answer's body
};

/// What is known of a request besides its answer.
struct Attempt {
    int number = 1;             ///< this one, from 1
    std::int64_t kept = 0;      ///< bytes of the file that lie there, with those of this answer
    bool asked_for_rest = false;
    std::int64_t now = 0;       ///< seconds since 1970, for a Retry-After that is a day and time
};

inline constexpr int most_attempts = 3;
inline constexpr int longest_wait_seconds = 30;  ///< a longer Retry-After is told at once

[[nodiscard]] Verdict judge(const Answer& answer, const Attempt& attempt);

/// Seconds to wait by a Retry-After header, as a number or as a day and time; below 0: none is given.
///
/// src   RFC 9110 sec. 10.2.3
[[nodiscard]] double retry_after(const std::string& header, std::int64_t now);

}  // namespace icosa::fetch
