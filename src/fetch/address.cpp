/// Slots, hosts, references, mirrors.
#include "fetch/address.hpp"

#include <curl/curl.h>

#include <cctype>
#include <memory>

#include <fmt/format.h>

#include "base/text.hpp"

namespace icosa::fetch {
namespace {

std::optional<std::string> slot_value(std::string_view slot, const Slots& slots) {
    const Civil day = slots.day == no_day ? Civil{} : civil_of(slots.day);
    if (slot == "year") return fmt::format("{:04}", day.year);
    if (slot == "yy") return fmt::format("{:02}", day.year % 100);
    if (slot == "month") return fmt::format("{:02}", day.month);
    if (slot == "m") return fmt::format("{}", day.month);
    if (slot == "day") return fmt::format("{:02}", day.day);
    if (slot == "since") return iso(slots.since);
    if (slot == "until") return iso(slots.until);
    if (slot == "since_year") return fmt::format("{}", civil_of(slots.since).year);
    if (slot == "until_year") return fmt::format("{}", civil_of(slots.until).year);
    if (slot == "page") return fmt::format("{}", slots.page);
    if (slot == "offset") return fmt::format("{}", slots.offset);
    if (slot == "size") return fmt::format("{}", slots.size);
    if (slot == "each") return slots.each;
    if (slot == "cursor") return percent_encoded(slots.cursor);
    return std::nullopt;
}

}  // namespace

std::string fill(std::string_view text, const Slots& slots) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = text[at] == '{' ? text.find('}', at) : std::string_view::npos;
        const auto value =
            end == std::string_view::npos ? std::nullopt : slot_value(text.substr(at + 1, end - at - 1), slots);
        if (value) {
            out += *value;
            at = end + 1;
        } else {
            out += text[at++];
        }
    }
    return out;
}

std::string percent_encoded(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (std::isalnum(byte) || std::string_view("-_.~").find(c) != std::string_view::npos) out += c;
        else out += fmt::format("%{:02X}", byte);
    }
    return out;
}

std::string form_text(const std::map<std::string, std::string>& fields) {
    std::string out;
    for (const auto& [name, value] : fields) {
        if (!out.empty()) out += '&';
        out += percent_encoded(name) + "=" + percent_encoded(value);
    }
    return out;
}

std::string host_of(std::string_view url) {
    const auto begin = url.find("://");
    if (begin == std::string_view::npos) return "";
    std::string_view rest = url.substr(begin + 3);
    rest = rest.substr(0, rest.find_first_of("/?#"));
    if (const auto at = rest.rfind('@'); at != std::string_view::npos) rest.remove_prefix(at + 1);
    std::string out = lower(rest);
    const bool is_default =
        (is_encrypted(url) && out.ends_with(":443")) || (!is_encrypted(url) && out.ends_with(":80"));
    return is_default ? out.substr(0, out.rfind(':')) : out;
}

bool is_encrypted(std::string_view url) { return lower(url.substr(0, 8)) == "https://"; }

std::optional<std::string> resolved(const std::string& base, const std::string& reference) {
    const std::unique_ptr<CURLU, decltype(&curl_url_cleanup)> url(curl_url(), curl_url_cleanup);
    if (curl_url_set(url.get(), CURLUPART_URL, base.c_str(), 0) != CURLUE_OK) return std::nullopt;
    if (curl_url_set(url.get(), CURLUPART_URL, reference.c_str(), CURLU_URLENCODE) != CURLUE_OK) return std::nullopt;
    curl_url_set(url.get(), CURLUPART_FRAGMENT, nullptr, 0);
    char* text = nullptr;
    if (curl_url_get(url.get(), CURLUPART_URL, &text, 0) != CURLUE_OK) return std::nullopt;
    std::string out = text;
    curl_free(text);
    if (!lower(out).starts_with("http")) return std::nullopt;
    return out;
}

std::string safe_name(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const bool is_plain =
            std::isalnum(static_cast<unsigned char>(c)) || std::string_view("-_.+=,").find(c) != std::string_view::npos;
        out += is_plain ? c : '_';
    }
    while (out.starts_with('.')) out.erase(0, 1);
    return out.substr(0, 120);
}

std::string file_name_of(std::string_view url) {
    const auto begin = url.find("://");
    if (begin == std::string_view::npos) return "";
    url = url.substr(0, url.find_first_of("?#"));
    const auto slash = url.rfind('/');
    return slash <= begin + 2 ? std::string() : safe_name(url.substr(slash + 1));
}

Mirror::Mirror(std::string base) : base_(std::move(base)) {
    while (base_.ends_with('/')) base_.pop_back();
}

std::string Mirror::asked(const std::string& url) const {
    if (base_.empty() || url.starts_with(base_ + "/")) return url;
    const auto begin = url.find("://");
    if (begin == std::string::npos) return url;
    const auto rest = url.find_first_of("/?#", begin + 3);
    return base_ + "/" + host_of(url)
        + (rest == std::string::npos ? "/"
               : url[rest] == '/'    ? ""
                                     : "/")
        + (rest == std::string::npos ? "" : url.substr(rest));
}

std::string Mirror::meant(const std::string& url) const {
    if (base_.empty() || !url.starts_with(base_ + "/")) return url;
    return "https://" + url.substr(base_.size() + 1);
}

}  // namespace icosa::fetch
