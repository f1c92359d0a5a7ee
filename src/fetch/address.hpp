/// Addresses: slots filled, hosts compared, redirects resolved, and every host as a folder of a mirror. No network.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/date.hpp"

namespace icosa::fetch {

/// What the slots of a template stand for.
struct Slots {
    Day day = no_day;    ///< {year} {yy} {month} {m} {day}: the first day of a window, else today
    Day since = no_day;  ///< {since} {since_year}
    Day until = no_day;  ///< {until} {until_year}
    int page = 1;
    std::int64_t offset = 0;
    int size = 0;
    std::string each;    ///< as it stands
    std::string cursor;  ///< percent-encoded where it is put in
};

/// The text with its slots filled: "v{yy}_0_{m}.csv" -> "v26_0_9.csv". A slot that there is none of stays as it is.
[[nodiscard]] std::string fill(std::string_view text, const Slots& slots);
/// "a=1&b=x%20y"
[[nodiscard]] std::string form_text(const std::map<std::string, std::string>& fields);
[[nodiscard]] std::string percent_encoded(std::string_view text);

[[nodiscard]] std::string host_of(std::string_view url);  ///< in small letters, with a port that is named; "" = none
[[nodiscard]] bool is_encrypted(std::string_view url);
/// A reference in an answer as an address: "/b?c" of "https://x.org/a" -> "https://x.org/b?c"; nothing if it is none.
///
/// src   RFC 3986 sec. 5, by libcurl
[[nodiscard]] std::optional<std::string> resolved(const std::string& base, const std::string& reference);
/// The last part of the path as a name for a file: letters, digits, "-_.+=," and nothing that begins with a dot; "" =
/// none.
[[nodiscard]] std::string file_name_of(std::string_view url);
[[nodiscard]] std::string safe_name(std::string_view text);

/// A server that has a folder for each host. An empty one leaves addresses as they are.
class Mirror {
public:
    Mirror() = default;
    explicit Mirror(std::string base);  ///< "http://127.0.0.1:8080"
    [[nodiscard]] bool is_there() const { return !base_.empty(); }
    [[nodiscard]] bool is_encrypted() const { return fetch::is_encrypted(base_); }
    [[nodiscard]] std::string asked(const std::string& url) const;  ///< the address that is asked for it
    /// The address that an answer of the mirror speaks of: below its own folder the publisher's again.
    [[nodiscard]] std::string meant(const std::string& url) const;

private:
    std::string base_;
};

}  // namespace icosa::fetch
