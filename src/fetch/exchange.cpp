/// The loop around one address.
#include "fetch/exchange.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "base/text.hpp"

namespace icosa::fetch {
namespace {

constexpr std::size_t most_text_bytes = 32U << 20;

Verdict end_at(Status status, std::string why) { return {Next::GiveUp, status, 0, {}, std::move(why)}; }

/// The publisher's address that a redirect means.
std::optional<std::string> redirected(const Session& session, const std::string& url, const std::string& location) {
    if (!session.mirror.is_there()) return resolved(url, location);
    // a mirror may write its own paths, or the publisher's
    const bool is_publishers =
        location.starts_with('/') && !location.starts_with("//") && !location.starts_with("/" + host_of(url) + "/");
    const auto found = resolved(is_publishers ? url : session.mirror.asked(url), location);
    return found ? std::optional(session.mirror.meant(*found)) : std::nullopt;
}

/// Where a redirect leads, or why it is not followed.
Verdict follow(const Session& session, const pack::FetchRule& rule, const std::string& url, const Answer& answer,
               const std::string& location) {
    const auto next = redirected(session, url, location);
    if (!next) return end_at(Status::Failed, fmt::format("a redirect ({}) to no address", answer.code));
    const std::string host = host_of(*next);
    if (host != host_of(url) && std::ranges::find(rule.hosts, host) == rule.hosts.end())
        return end_at(Status::Moved,
                      fmt::format("the server sends us ({}) to another host, {}, which the card does not list",
                                  answer.code, excerpt(host, 100)));
    if (!is_encrypted(*next) && !rule.http && !session.mirror.is_there())
        return end_at(Status::Failed, fmt::format("a redirect ({}) from https to http", answer.code));
    return {Next::Follow, Status::Moved, 0, *next, {}};
}

}  // namespace

bool TextReceiver::take(const Answer& head, std::string_view piece) {
    if (is_new_) text_.clear();
    is_new_ = false;
    if (head.code != 200 || text_.size() + piece.size() > most_text_bytes) return head.code != 200;
    text_ += piece;
    return true;
}

void TextReceiver::close(const Answer& answer) {
    if (answer.code != 200) text_.clear();
    is_new_ = true;
}

Exchange exchange(Session& session, const pack::FetchRule& rule, const Question& question, Receiver& receiver) {
    Exchange out;
    out.url = question.url;
    std::set<std::string> seen{question.url};
    bool posts = question.posts;
    for (int attempt = 1, redirects = 0;;) {
        Request request;
        request.url = session.mirror.asked(out.url);
        const bool is_at_home = host_of(out.url) == host_of(question.url);
        if (is_at_home) {
            request.headers = question.headers;
            if (!question.secret_query.empty())
                request.url += (request.url.find('?') == std::string::npos ? "?" : "&") + question.secret_query;
        }
        if (!question.accept.empty()) request.headers.push_back("Accept: " + question.accept);
        request.posts = posts;
        request.body = question.body;
        request.may_be_plain = rule.http || (session.mirror.is_there() && !session.mirror.is_encrypted());
        request.bypasses_proxy = session.mirror.is_there();
        request.most_bytes = static_cast<std::int64_t>(rule.most_mb) * 1'000'000;
        receiver.prepare(request);
        out.answer = session.transfer(
            request, [&](const Answer& head, std::string_view piece) { return receiver.take(head, piece); });
        receiver.close(out.answer);
        out.verdict = judge(out.answer, {attempt, receiver.kept(), request.from > 0, session.now()});
        if (out.verdict.next == Next::Keep && receiver.is_misfit()) {
            out.verdict = attempt < most_attempts
                ? Verdict{Next::Afresh, Status::Failed, 0, {}, {}}
                : end_at(Status::Failed, "the server sends other parts than it was asked for");
        }
        if (out.verdict.next == Next::Follow) {
            out.verdict = follow(session, rule, out.url, out.answer, out.verdict.location);
            if (out.verdict.next != Next::Follow) return out;
            if (++redirects > most_redirects || !seen.insert(out.verdict.location).second) {
                out.verdict = end_at(Status::Failed, "redirects that go round in a circle");
                return out;
            }
            out.url = out.verdict.location;
            if (out.answer.code < 307) posts = false;
            continue;
        }
        if (out.verdict.next == Next::Again) session.wait(out.verdict.wait_seconds);
        else if (out.verdict.next == Next::Afresh) receiver.drop();
        else return out;
        ++attempt;
    }
}

}  // namespace icosa::fetch
