/// One address asked until there is an end: redirects within the card's hosts, waiting, asking again.
#pragma once

#include <string>

#include "fetch/session.hpp"
#include "fetch/verdict.hpp"
#include "pack/fetch_rule.hpp"

namespace icosa::fetch {

/// What is asked for.
struct Question {
    std::string url;  ///< the publisher's, without any key
    bool posts = false;
    std::string body;
    std::vector<std::string> headers;         ///< for the first host alone
    std::string secret_query;                 ///< "api_key=...": put behind the address that is asked, told nowhere
    std::string accept;
};

/// Where the body of an answer goes.
class Receiver {
public:
    Receiver() = default;
    Receiver(const Receiver&) = delete;
    Receiver& operator=(const Receiver&) = delete;
    virtual ~Receiver() = default;
    virtual void prepare(Request&) {}  ///< before each request: the rest of what is there, conditions
    virtual bool take(const Answer& head, std::string_view piece) = 0;
    virtual void close(const Answer&) {}           ///< after each
    [[nodiscard]] virtual std::int64_t kept() const = 0;
    virtual void drop() = 0;  ///< what has come so far is of no use
    [[nodiscard]] virtual bool is_misfit() const { return false; }  ///< a part that does not continue ours
};

/// The body in memory, at most so much: lists, tokens.
class TextReceiver final : public Receiver {
public:
    bool take(const Answer& head, std::string_view piece) override;
    [[nodiscard]] std::int64_t kept() const override { return 0; }
    void drop() override { text_.clear(); }
    void close(const Answer& answer) override;
    [[nodiscard]] const std::string& text() const { return text_; }

private:
    std::string text_;
    bool is_new_ = true;
};

struct Exchange {
    Verdict verdict;
    Answer answer;
    std::string url;  ///< the publisher's address that answered
};

inline constexpr int most_redirects = 5;

[[nodiscard]] Exchange exchange(Session& session, const pack::FetchRule& rule, const Question& question,
                                Receiver& receiver);

}  // namespace icosa::fetch
