/// libcurl's easy interface, one handle a request.
#include "fetch/transfer.hpp"

#include <curl/curl.h>

#include <memory>
#include <mutex>

#include "base/text.hpp"

namespace icosa::fetch {
namespace {

struct CurlExchange {
    Answer answer;
    const Sink& sink;
    std::int64_t most_bytes;
    CURL* handle;
};

std::size_t take_header(char* bytes, std::size_t size, std::size_t count, void* to) {
    auto& exchange = *static_cast<CurlExchange*>(to);
    const std::string_view line(bytes, size * count);
    if (line.starts_with("HTTP/")) exchange.answer.headers.clear();  // a second head: 100 Continue, a proxy's
    if (const auto colon = line.find(':'); colon != std::string_view::npos)
        exchange.answer.headers[lower(trim(line.substr(0, colon)))] = std::string(trim(line.substr(colon + 1)));
    return size * count;
}

std::size_t take_body(char* bytes, std::size_t size, std::size_t count, void* to) {
    auto& exchange = *static_cast<CurlExchange*>(to);
    long code = 0;
    curl_easy_getinfo(exchange.handle, CURLINFO_RESPONSE_CODE, &code);
    exchange.answer.code = static_cast<int>(code);
    const auto length = size * count;
    if (exchange.most_bytes > 0 && exchange.answer.bytes + static_cast<std::int64_t>(length) > exchange.most_bytes) {
        exchange.answer.ending = Ending::TooLarge;
        return 0;
    }
    if (!exchange.sink(exchange.answer, {bytes, length})) {
        exchange.answer.ending = Ending::Stopped;
        return 0;
    }
    exchange.answer.bytes += static_cast<std::int64_t>(length);
    return length;
}

Ending ending_of(CURLcode code, CURL* handle) {
    switch (code) {
        case CURLE_OK: return Ending::Whole;
        case CURLE_PEER_FAILED_VERIFICATION:
        case CURLE_SSL_CACERT_BADFILE:
        case CURLE_SSL_CONNECT_ERROR: return Ending::Distrusted;
        case CURLE_UNSUPPORTED_PROTOCOL:
        case CURLE_URL_MALFORMAT: return Ending::Refused;
        case CURLE_COULDNT_RESOLVE_PROXY:
        case CURLE_COULDNT_RESOLVE_HOST:
        case CURLE_COULDNT_CONNECT: return Ending::Unreachable;
        case CURLE_OPERATION_TIMEDOUT: {
            curl_off_t connected = 0;
            curl_easy_getinfo(handle, CURLINFO_CONNECT_TIME_T, &connected);
            if (connected == 0) return Ending::Unreachable;
            return Ending::Stalled;
        }
        default: return Ending::Cut;
    }
}

}  // namespace

Answer transfer_by_curl(const Request& request, const Sink& sink) {
    static std::once_flag once;
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
    const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> handle(curl_easy_init(), curl_easy_cleanup);
    CURL* curl = handle.get();
    curl_slist* list = nullptr;
    for (const std::string& header : request.headers) list = curl_slist_append(list, header.c_str());
    const std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> headers(list, curl_slist_free_all);
    CurlExchange exchange{{}, sink, request.most_bytes, curl};
    char told[CURL_ERROR_SIZE] = "";

    curl_easy_setopt(curl, CURLOPT_URL, request.url.c_str());
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, request.may_be_plain ? "http,https" : "https");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_USERAGENT, "icosa (early warning; fetches a publication when a person asks)");
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, static_cast<long>(stall_seconds));
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, 1L);
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, static_cast<long>(stall_seconds));
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, static_cast<long>(request.most_seconds));
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, told);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_header);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, &exchange);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &exchange);
    if (request.bypasses_proxy) curl_easy_setopt(curl, CURLOPT_PROXY, "");
    // a part of packed bytes cannot be joined to unpacked ones
    if (request.from == 0) curl_easy_setopt(curl, CURLOPT_ACCEPT_ENCODING, "");
    else curl_easy_setopt(curl, CURLOPT_RESUME_FROM_LARGE, static_cast<curl_off_t>(request.from));
    if (request.posts) {
        curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
        curl_easy_setopt(curl, CURLOPT_COPYPOSTFIELDS, request.body.c_str());
    }

    const CURLcode code = curl_easy_perform(curl);
    long status = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    exchange.answer.code = static_cast<int>(status);
    if (exchange.answer.ending == Ending::Whole) {
        exchange.answer.ending = ending_of(code, curl);
        double spent = 0;
        curl_easy_getinfo(curl, CURLINFO_TOTAL_TIME, &spent);
        if (exchange.answer.ending == Ending::Stalled && spent >= request.most_seconds)
            exchange.answer.ending = Ending::OutOfTime;
        // a server that has no ranges sends the whole again: no fault of the transfer
        if (code == CURLE_RANGE_ERROR) exchange.answer.ending = Ending::Cut;
        if (code != CURLE_OK) exchange.answer.fault = *told ? told : curl_easy_strerror(code);
    }
    return std::move(exchange.answer);
}

}  // namespace icosa::fetch
