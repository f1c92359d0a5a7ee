/// One request to one server: all that the house knows of libcurl, behind a function that a test can stand in for.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace icosa::fetch {

struct Request {
    std::string url;
    bool posts = false;
    std::string body;  ///< of a POST: an encoded form
    std::vector<std::string> headers;
    bool may_be_plain = false;  ///< http is allowed beside https
    bool bypasses_proxy = false;
    std::int64_t from = 0;  ///< the rest of a file, from this byte on; 0 = all
    std::int64_t most_bytes = 0;
    int most_seconds = 3600;
};

/// How a transfer ended.
enum class Ending {
    Whole,
    Cut,          ///< the connection ended before the answer did
    Stalled,      ///< no byte for 30 s
    OutOfTime,
    TooLarge,
    Unreachable,  ///< no address, no connection
    Distrusted,   ///< the certificate
    Refused,      ///< a protocol that is not allowed, an address that is none
    Stopped,      ///< the sink did not take it
};

struct Answer {
    Ending ending = Ending::Whole;
    int code = 0;                                ///< 0 = no answer at all
    std::map<std::string, std::string> headers;  ///< names in small letters
    std::int64_t bytes = 0;                      ///< taken by the sink in this transfer
    std::string fault;                           ///< libcurl's words, "" where it has none

    [[nodiscard]] std::string header(const std::string& name) const {
        const auto found = headers.find(name);
        return found == headers.end() ? std::string() : found->second;
    }
};

/// Takes the body of an answer in pieces; the head is whole by then. false = stop.
using Sink = std::function<bool(const Answer& head, std::string_view piece)>;
using Transfer = std::function<Answer(const Request&, const Sink&)>;

/// seconds without a byte after which a source is given up
inline constexpr int stall_seconds = 30;

/// The real one. Follows no redirect and sends no cookie; proxies as the environment says. May be called from several
/// threads.
[[nodiscard]] Answer transfer_by_curl(const Request& request, const Sink& sink);

}  // namespace icosa::fetch
