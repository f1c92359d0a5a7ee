/// From an answer to what is done next, code by code.
#include "fetch/verdict.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/text.hpp"

namespace icosa::fetch {
namespace {

Verdict given_up(Status status, std::string why) { return {Next::GiveUp, status, 0, {}, std::move(why)}; }

/// 1 s after the first, 2 s after the second: short, since a person or a cron job waits.
double pause_after(int attempt) { return std::ldexp(1.0, std::min(attempt, 5) - 1); }

std::string bytes_words(std::int64_t bytes) {
    return bytes < 10'000'000 ? fmt::format("{} kB", (bytes + 999) / 1000) : fmt::format("{} MB", bytes / 1'000'000);
}

/// The end of a transfer that did not end well.
Verdict judge_ending(const Answer& answer, const Attempt& attempt) {
    const std::string detail = answer.fault.empty() ? "" : fmt::format(" ({})", excerpt(answer.fault, 160));
    const std::string rest =
        attempt.kept > 0 ? fmt::format("; {} are kept as .part", bytes_words(attempt.kept)) : std::string();
    const Status broken = attempt.kept > 0 ? Status::Partial : Status::Failed;
    switch (answer.ending) {
        case Ending::Cut:
            if (attempt.number < most_attempts)
                return {Next::Again, broken, pause_after(attempt.number), {}, "the connection was cut"};
            return given_up(broken, fmt::format("the connection was cut {} times{}{}", attempt.number, detail, rest));
        case Ending::Stalled: return given_up(broken, fmt::format("no byte came for {} s{}", stall_seconds, rest));
        case Ending::OutOfTime: return given_up(broken, fmt::format("it took longer than is allowed{}", rest));
        case Ending::TooLarge: return given_up(Status::Failed, "the file is larger than the card's most_mb allows");
        case Ending::Unreachable: return given_up(Status::Failed, fmt::format("the host cannot be reached{}", detail));
        case Ending::Distrusted:
            return given_up(Status::Failed, fmt::format("the host's certificate is not trusted{}", detail));
        case Ending::Refused: return given_up(Status::Failed, fmt::format("the address is not allowed{}", detail));
        case Ending::Stopped: return given_up(Status::Failed, "the file cannot be written: check the room on the disk");
        case Ending::Whole: break;
    }
    return given_up(Status::Failed, "the answer could not be read");
}

Verdict judge_busy(const Answer& answer, const Attempt& attempt) {
    const double wait = retry_after(answer.header("retry-after"), attempt.now);
    const bool is_throttle = answer.code == 429 || (answer.code == 503 && wait > longest_wait_seconds);
    if (wait > longest_wait_seconds)
        return given_up(Status::Throttled,
                        fmt::format("the server answers {} and asks to wait {:.0f} s", answer.code, std::ceil(wait)));
    if (attempt.number >= most_attempts)
        return given_up(is_throttle ? Status::Throttled : Status::Failed,
                        fmt::format("the server answered {} {} times", answer.code, attempt.number));
    return {Next::Again,
            is_throttle ? Status::Throttled : Status::Failed,
            wait >= 0 ? std::max(wait, 0.1) : pause_after(attempt.number),
            {},
            fmt::format("the server answers {}", answer.code)};
}

}  // namespace

double retry_after(const std::string& header, std::int64_t now) {
    if (header.empty()) return -1;
    if (const auto seconds = parse_integer(header)) return *seconds < 0 ? 0 : static_cast<double>(*seconds);
    const auto when = static_cast<std::int64_t>(curl_getdate(header.c_str(), nullptr));
    return when < 0 ? -1 : static_cast<double>(std::max<std::int64_t>(0, when - now));
}

Verdict judge(const Answer& answer, const Attempt& attempt) {
    const int code = answer.code;
    if (code == 0 || (answer.ending != Ending::Whole && (code == 200 || code == 206)))
        return judge_ending(answer, attempt);
    switch (code) {
        case 200: return {Next::Keep, Status::New, 0, {}, {}};
        case 206:
            if (attempt.asked_for_rest) return {Next::Keep, Status::New, 0, {}, {}};
            return given_up(Status::Failed, "the server sends a part that nobody asked for (206)");
        case 204: return given_up(Status::Empty, "the server has nothing to send (204)");
        case 304: return {Next::Unchanged, Status::Unchanged, 0, {}, {}};
        case 301:
        case 302:
        case 303:
        case 307:
        case 308: {
            const std::string location = answer.header("location");
            if (location.empty()) return given_up(Status::Failed, fmt::format("a redirect ({}) to nowhere", code));
            return {Next::Follow, Status::Moved, 0, location, {}};
        }
        case 401:
        case 403: return given_up(Status::Denied, fmt::format("the server answers {}", code));
        case 404:
        case 410: return given_up(Status::Missing, fmt::format("the server answers {}", code));
        case 416:
            if (attempt.asked_for_rest && attempt.number < most_attempts)
                return {Next::Afresh, Status::Failed, 0, {}, "the part does not fit what the server has now"};
            return given_up(Status::Failed, "the server answers 416");
        case 408:
        case 425:
        case 429: return judge_busy(answer, attempt);
        default: break;
    }
    if (code >= 500) return judge_busy(answer, attempt);
    return given_up(Status::Failed, fmt::format("the server answers {}", code));
}

}  // namespace icosa::fetch
