/// Request after request of one source, to the end that its kind of paging has.
#include "fetch/source_fetch.hpp"

#include <algorithm>
#include <regex>
#include <set>

#include <fmt/format.h>

#include "base/json_slice.hpp"
#include "base/text.hpp"
#include "fetch/download.hpp"
#include "fetch/keys.hpp"
#include "fetch/source_addresses.hpp"

namespace icosa::fetch {
namespace {

using pack::KeyPlace;
using pack::Paging;

/// A text with the parts of a key put in: "{email}".
std::string with_parts(std::string text, const KeyParts& parts) {
    for (const auto& [part, value] : parts) {
        const std::string slot = "{" + part + "}";
        if (const auto at = text.find(slot); at != std::string::npos) text.replace(at, slot.size(), value);
    }
    return text;
}

class SourceFetch {
public:
    SourceFetch(Session& session, const pack::SourceCard& card, const pack::FetchRule& rule)
        : session_(session), card_(card), rule_(rule) {
        out_.source = card.id;
        requests_ = first_requests(rule_, session.today, session.since);
        out_.url = address_of(rule_, requests_.front());
    }

    Result<Outcome> run() {
        if (rule_.wants_key() && !unlock()) return finished();
        switch (rule_.paging.kind) {
            case Paging::Once:
            case Paging::DateWindows: TRY(fetch_windows()); break;
            case Paging::FileList: TRY(fetch_list()); break;
            default: TRY(fetch_pages()); break;
        }
        return finished();
    }

private:
    /// The key in hand, as headers or a part of the question; false: it is denied, and said why.
    bool unlock() {
        const auto parts = session_.key ? session_.key(card_.id) : std::nullopt;
        if (!parts) {
            out_.was_asked = false;
            out_.status = Status::Denied;
            out_.message = key_advice(card_);
            return false;
        }
        secrets_ = *parts;
        const pack::FetchKey& key = rule_.key;
        const std::string& first = secrets_.begin()->second;
        if (key.in == KeyPlace::Header) headers_.push_back(key.name + ": " + first);
        else if (key.in == KeyPlace::Parameter)
            secret_query_ = percent_encoded(key.name) + "=" + percent_encoded(first);
        else return take_token();
        return true;
    }

    bool take_token() {
        std::map<std::string, std::string> form;
        for (const auto& [field, text] : rule_.key.form) form[field] = with_parts(text, secrets_);
        Question question{rule_.key.token, true, form_text(form), {}, {}, "application/json"};
        TextReceiver answer;
        const Exchange end = exchange(session_, rule_, question, answer);
        const auto token = json_text_at(answer.text(), "access_token");
        if (end.verdict.next == Next::Keep && token) {
            secrets_["access_token"] = *token;
            headers_.push_back("Authorization: Bearer " + *token);
            return true;
        }
        const bool is_refused = end.verdict.next == Next::Keep || end.answer.code == 400;
        out_.status = is_refused ? Status::Denied : end.verdict.status;
        out_.message = is_refused ? "no token was given for this key" : end.verdict.why;
        if (out_.status == Status::Denied) out_.message += "; " + key_advice(card_);
        return false;
    }

    Wanted wanted(const std::string& url, const Slots& slots, int number) const {
        Wanted out;
        out.question.url = url;
        out.question.headers = headers_;
        out.question.secret_query = secret_query_;
        if (rule_.method == pack::FetchMethod::Post) {
            std::map<std::string, std::string> form;
            for (const auto& [name, text] : rule_.parameters) form[name] = fill(text, slots);
            out.question.posts = true;
            out.question.body = form_text(form);
        }
        out.name = file_of(card_, rule_, url, slots, number);
        return out;
    }

    /// Fetches one and counts it; false: it ends the source.
    Result<bool> take(const Wanted& what, const std::function<void(std::string_view)>& on_content) {
        const Downloaded got = TRY(download(session_, card_, rule_, what, seen_, on_content));
        last_ = got;
        if (got.is_repeated) return false;
        if (got.status == Status::New || got.status == Status::Unchanged) {
            ++out_.files;
            new_ += got.status == Status::New;
            if (out_.file.empty() || got.status == Status::New) {
                out_.file = got.file;
                out_.digest = got.digest;
                out_.url = what.question.url;
            }
            if (got.status == Status::New) out_.bytes += got.bytes;
            return true;
        }
        if (got.status == Status::Missing) {
            ++missing_;
            return goes_on();
        }
        if (got.status == Status::Empty) {
            ++empty_;
            return goes_on();
        }
        // part of a source is there, and the rest fails
        ended_ = got.status == Status::Failed && out_.files > 0 ? Status::Partial : got.status;
        why_ = got.why;
        out_.url = what.question.url;
        return false;
    }

    /// Does one that is not there say nothing of the others?
    bool goes_on() const { return rule_.paging.kind == Paging::DateWindows || rule_.paging.kind == Paging::Once; }

    Result<void> fetch_windows() {
        std::string each;
        std::int64_t found_before = 0;
        for (const Slots& slots : requests_) {
            if (slots.each != each) found_before = out_.files;
            each = slots.each;
            seen_.clear();  // two may be the same to the byte
            if (rule_.paging.newest > 0 && out_.files - found_before >= rule_.paging.newest) continue;
            if (!TRY(take(wanted(address_of(rule_, slots), slots, 1), [](std::string_view) {}))) break;
        }
        return {};
    }

    Result<void> fetch_pages() {
        for (const Slots& slots : requests_) {
            seen_.clear();
            TRY(fetch_pages_from(slots));
            if (ended_) break;
        }
        return {};
    }

    Result<void> fetch_pages_from(Slots slots) {
        std::string url = address_of(rule_, slots);
        for (int number = 1; number <= rule_.paging.most; ++number) {
            std::optional<std::string> next;
            std::optional<std::int64_t> records, pages;
            const auto look = [&](std::string_view bytes) {
                if (rule_.form != pack::SentForm::Json) return;
                if (!rule_.paging.next.empty()) next = json_text_at(bytes, rule_.paging.next);
                if (const auto found = json_at(bytes, rule_.records)) records = json_count(*found);
                if (const auto told =
                        rule_.paging.pages.empty() ? std::nullopt : json_text_at(bytes, rule_.paging.pages))
                    pages = parse_integer(*told);
            };
            if (!TRY(take(wanted(url, slots, number), look))) return {};
            const bool is_short = rule_.paging.size > 0 && records && *records < rule_.paging.size;
            const bool is_last = pages && number >= *pages;
            if (is_last || (is_short && !pages)) return {};
            if (!advance(slots, url, next)) return {};
        }
        note_ = fmt::format("stopped at the card's limit of {} pages", rule_.paging.most);
        return {};
    }

    /// The next page's address; false: there is none, or it is no address of the source.
    bool advance(Slots& slots, std::string& url, const std::optional<std::string>& next) {
        switch (rule_.paging.kind) {
            case Paging::PageNumber: ++slots.page; break;
            case Paging::Offset: slots.offset += slots.size; break;
            case Paging::Cursor:
                if (!next || next->empty() || *next == slots.cursor) return false;
                slots.cursor = *next;
                break;
            case Paging::NextLink: {
                const auto to = next && !next->empty() ? resolved(url, *next) : std::nullopt;
                if (!to || !is_ours(*to) || !addresses_.insert(*to).second) return false;
                url = *to;
                return true;
            }
            default: return false;
        }
        url = address_of(rule_, slots);
        return true;
    }

    /// Is it on the source's own host, or one that the card lists, and encrypted where it must be?
    bool is_ours(const std::string& url) {
        const std::string host = host_of(url);
        const bool is_listed = host == host_of(rule_.url) || std::ranges::find(rule_.hosts, host) != rule_.hosts.end();
        if (!is_listed) {
            ended_ = Status::Moved;
            why_ =
                fmt::format("the answer leads to another host, {}, which the card does not list", excerpt(host, 100));
        }
        return is_listed && (is_encrypted(url) || rule_.http);
    }

    Result<void> fetch_list() {
        Question question = wanted(out_.url, requests_.front(), 1).question;
        TextReceiver list;
        const Exchange end = exchange(session_, rule_, question, list);
        if (end.verdict.next != Next::Keep) {
            ended_ = end.verdict.status;
            why_ = "its list of files: " + end.verdict.why;
            return {};
        }
        std::vector<std::string> found = addresses_in(list.text());
        if (found.empty()) {
            ended_ = Status::Changed;
            why_ = "its list names no file that looks as the card says";
            return {};
        }
        std::ranges::sort(found);  // names with a day in them: the newest last
        const auto most = static_cast<std::size_t>(rule_.paging.newest > 0 ? rule_.paging.newest : rule_.paging.most);
        if (found.size() > most) found.erase(found.begin(), found.end() - static_cast<std::ptrdiff_t>(most));
        for (const std::string& url : found) {
            if (!is_ours(url)) return {};
            seen_.clear();
            Slots slots = requests_.front();
            if (!TRY(take(wanted(url, slots, 1), [](std::string_view) {}))) return {};
        }
        return {};
    }

    /// The list's words, parted where an address must end, that look as the card says. They are short: std::regex
    /// recurses over what it reads.
    std::vector<std::string> addresses_in(std::string text) const {
        constexpr std::size_t longest_address = 2000;
        for (auto at = text.find("\\/"); at != std::string::npos; at = text.find("\\/", at)) text.erase(at, 1);
        std::vector<std::string> out;
        const std::regex pattern(rule_.paging.pattern);
        for (std::size_t begin = 0; begin < text.size();) {
            const auto end = std::min(text.find_first_of("\"'<> \t\r\n", begin), text.size());
            std::smatch match;
            const std::string word = text.substr(begin, std::min(end - begin, longest_address));
            begin = end + 1;
            if (!std::regex_match(word, match, pattern)) continue;
            const auto to = resolved(out_.url, match[match.size() > 1 ? 1 : 0].str());
            if (to && std::ranges::find(out, *to) == out.end()) out.push_back(*to);
        }
        return out;
    }

    Outcome finished() {
        if (ended_) out_.status = *ended_;
        else if (missing_ > 0 && out_.files > 0 && rule_.paging.kind == Paging::Once) out_.status = Status::Partial;
        else if (new_ > 0) out_.status = Status::New;
        else if (out_.files > 0) out_.status = Status::Unchanged;
        else if (empty_ > 0) out_.status = Status::Empty;
        else if (missing_ > 0) out_.status = Status::Missing;
        if (out_.message.empty()) out_.message = sentence();
        out_.message = without_secrets(std::move(out_.message), secrets_);
        out_.url = without_secrets(std::move(out_.url), secrets_);
        return std::move(out_);
    }

    std::string sentence() const {
        std::vector<std::string> words;
        if (out_.files > 1) words.push_back(fmt::format("{} files, {} of them new", out_.files, new_));
        if (!why_.empty()) words.push_back(why_);
        else if (out_.files <= 1 && !last_.why.empty() && !last_.is_repeated) words.push_back(last_.why);
        if (missing_ > 0 && out_.files > 0) words.push_back(fmt::format("{} not there (yet)", missing_));
        if (!note_.empty()) words.push_back(note_);
        if (ended_ == Status::Denied) words.push_back(key_advice(card_));
        if (ended_ == Status::Changed) words.push_back("what was there before stays");
        return join(words, "; ");
    }

    Session& session_;
    const pack::SourceCard& card_;
    const pack::FetchRule& rule_;
    std::vector<Slots> requests_;
    Outcome out_;
    Downloaded last_;
    KeyParts secrets_;
    std::vector<std::string> headers_;
    std::string secret_query_;
    std::set<std::string> seen_, addresses_;
    std::int64_t new_ = 0, missing_ = 0, empty_ = 0;
    std::optional<Status> ended_;
    std::string why_, note_;
};

/// How much a status weighs when a source is fetched in two ways: what went wrong before what went well.
int weight_of(Status status) {
    switch (status) {
        case Status::Failed: return 9;
        case Status::Changed: return 8;
        case Status::Partial: return 7;
        case Status::Moved: return 6;
        case Status::Throttled: return 5;
        case Status::Denied: return 4;
        case Status::Missing: return 3;
        case Status::New: return 2;
        case Status::Unchanged: return 1;
        case Status::Empty: return 0;
    }
    return 0;
}

/// The ways of one source as one line: the status that weighs most, and what each said.
Outcome combined(const std::vector<Outcome>& ways) {
    const auto heavier = [](const Outcome& a, const Outcome& b) { return weight_of(a.status) < weight_of(b.status); };
    Outcome out = *std::ranges::max_element(ways, heavier);
    if (ways.size() == 1) return out;
    out.bytes = out.files = 0;
    out.was_asked = false;
    std::vector<std::string> told;
    for (const Outcome& one : ways) {
        if (out.file.empty()) {
            out.file = one.file;
            out.digest = one.digest;
        }
        out.bytes += one.bytes;
        out.files += one.files;
        out.was_asked = out.was_asked || one.was_asked;
        told.push_back(fmt::format("{}: {}{}", file_name_of(one.url), name_of(one.status),
                                   one.message.empty() ? "" : ", " + one.message));
    }
    if (out.status == Status::Missing && out.files > 0) out.status = Status::Partial;
    out.message = join(told, "; ");
    return out;
}

}  // namespace

std::string key_advice(const pack::SourceCard& card) {
    const pack::FetchKey* key = pack::key_of_source(card);
    if (!key) return "the card knows of no key; see " + card.url;
    std::vector<std::string> variables;
    for (const std::string& part : key->parts)
        variables.push_back(key_variable(card.id, key->parts.size() > 1 ? std::string_view(part) : std::string_view()));
    return fmt::format(
        "it needs a key: {} ({}), which a person gets at {}; then `icosa keys set {}`, or {} in the "
        "environment",
        key->title, join(key->parts, " and "), key->from, card.id, join(variables, " and "));
}

Result<Outcome> fetch_source(Session& session, const pack::SourceCard& card) {
    std::vector<Outcome> ways;
    for (const pack::FetchRule& rule : card.fetch) ways.push_back(TRY(SourceFetch(session, card, rule).run()));
    return combined(ways);
}

}  // namespace icosa::fetch
