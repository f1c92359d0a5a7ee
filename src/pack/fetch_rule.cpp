/// [fetch] of a card: read key by key, then what only the whole table can show to be wrong.
#include "pack/fetch_rule.hpp"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "base/text.hpp"
#include "pack/source_card/draft.hpp"

namespace icosa::pack {
namespace {

constexpr std::string_view day_slots[] = {"year", "yy", "month", "m", "day"};
constexpr std::string_view span_slots[] = {"since", "until", "since_year", "until_year"};

template <class Enum, std::size_t Count>
std::vector<std::pair<std::string, Enum>> named(const std::string_view (&names)[Count]) {
    std::vector<std::pair<std::string, Enum>> out;
    for (std::size_t i = 0; i < Count; ++i) out.emplace_back(std::string(names[i]), static_cast<Enum>(i));
    return out;
}

const std::vector<std::pair<std::string, PeriodKind>> fetch_periods = {{"day", PeriodKind::Day},
                                                                       {"week", PeriodKind::Week},
                                                                       {"month", PeriodKind::Month},
                                                                       {"quarter", PeriodKind::Quarter},
                                                                       {"year", PeriodKind::Year}};

/// Reads [fetch] and its tables.
class FetchReader {
public:
    FetchReader(const Node& table, Diagnostics& faults, const std::string& who)
        : faults_(faults), who_(who), table_(table), reader_(table, faults, fmt::format("[fetch] of {}", who)) {}

    FetchRule read() {
        rule_.where = table_.where;
        read_address();
        read_content();
        read_honesty();
        if (const Node* paging = find_table(reader_, "paging")) read_paging(*paging);
        if (const Node* key = find_table(reader_, "key")) read_key(*key);
        reader_.finish();
        check_address(rule_.url, place("url"), "url");
        check_paging();
        check_slots();
        return std::move(rule_);
    }

private:
    Where place(std::string_view key) const {
        const Node* node = table_.find(key);
        return node ? node->where : table_.where;
    }
    void fault(const Where& where, std::string code, std::string what, std::string cure) {
        faults_.push_back({Fault::Pack, std::move(code), where, std::move(what), std::move(cure)});
    }
    int whole(TableReader& reader, std::string_view key, int fallback, int least, int most) {
        const int value = reader.int_or(key, fallback);
        if (value >= least && value <= most) return value;
        const Node* node = reader.node(key);
        fault(node ? node->where : table_.where, "out-of-range",
              fmt::format("'{}' in [fetch] of {} is {}, allowed are {} to {}", key, who_, value, least, most),
              "write a number within them");
        return fallback;
    }
    std::map<std::string, std::string> texts_by_name(TableReader& reader, std::string_view key) {
        std::map<std::string, std::string> out;
        const Node* node = find_table(reader, key);
        if (!node) return out;
        TableReader names(*node, faults_, fmt::format("'{}' in [fetch] of {}", key, who_));
        for (const Member& member : node->members) out[member.key] = names.text(member.key);
        names.finish();
        return out;
    }

    void read_address() {
        rule_.url = reader_.text("url");
        rule_.each = reader_.texts("each");
        rule_.method =
            reader_.choice("method", FetchMethod::Get, {{"GET", FetchMethod::Get}, {"POST", FetchMethod::Post}});
        rule_.parameters = texts_by_name(reader_, "parameters");
        rule_.hosts = reader_.texts("hosts");
        rule_.http = reader_.flag_or("http", false);
        rule_.http_reason = reader_.text_or("http_reason", "");
        rule_.since = reader_.day_or("since", no_day);
        rule_.days = whole(reader_, "days", 0, 0, 36'600);
        rule_.every = reader_.choice("every", PeriodKind::Month, fetch_periods);
        rule_.most_mb = whole(reader_, "most_mb", 512, 1, 100'000);
    }

    void read_content() {
        rule_.form = reader_.choice("form", SentForm::Csv, named<SentForm>(sent_form_names));
        rule_.member = reader_.text_or("member", "");
        rule_.records = reader_.text_or("records", "");
        rule_.file = reader_.text_or("file", "");
        rule_.edition = reader_.choice(
            "edition", EditionBy::Retrieved,
            {{"retrieved", EditionBy::Retrieved}, {"modified", EditionBy::Modified}, {"name", EditionBy::Name}});
        const bool is_archive = rule_.form == SentForm::Zip || rule_.form == SentForm::Tar;
        if (!rule_.member.empty() && !is_archive)
            fault(place("member"), "bad-field",
                  fmt::format("[fetch] of {} names a member, and its form is no archive", who_),
                  "set form = \"zip\" or take out 'member'");
        if (!rule_.records.empty() && rule_.form != SentForm::Json)
            fault(place("records"), "bad-field",
                  fmt::format("[fetch] of {} has a path to its records, and its form is not json", who_),
                  "set form = \"json\" or take out 'records'");
    }

    /// What a reader must know before it trusts the address.
    void read_honesty() {
        rule_.terms = reader_.text("terms");
        rule_.documented = reader_.text_or("documented", "");
        rule_.note = reader_.text_or("note", "");
        rule_.reviewed = reader_.day_or("reviewed", no_day);
        if (rule_.reviewed == no_day)
            fault(table_.where, "missing-key", fmt::format("[fetch] of {} has no 'reviewed'", who_),
                  "give the day on which the address was last held against its publisher's documentation");
        const Node* tried = reader_.node("tried");
        if (!tried || (tried->kind == Node::Kind::Boolean && tried->boolean)) {
            fault(tried ? tried->where : table_.where, "missing-key",
                  fmt::format("[fetch] of {} does not say when its address was tried", who_),
                  "write tried = \"2026-11-29\", or tried = false where nobody could");
        } else if (tried->kind == Node::Kind::Text) {
            rule_.tried = reader_.day_or("tried", no_day);
        } else if (tried->kind != Node::Kind::Boolean) {
            fault(tried->where, "wrong-type", fmt::format("'tried' in [fetch] of {} is neither a day nor false", who_),
                  "write tried = \"2026-11-29\" or tried = false");
        }
    }

    void read_paging(const Node& table) {
        TableReader reader(table, faults_, fmt::format("[fetch.paging] of {}", who_));
        FetchPaging& paging = rule_.paging;
        paging.kind = reader.choice("kind", Paging::Once, named<Paging>(paging_names));
        paging.first = whole(reader, "first", 1, 0, 1);
        paging.size = whole(reader, "size", 0, 0, 1'000'000);
        paging.most = whole(reader, "most", 100, 1, 10'000);
        paging.newest = whole(reader, "newest", 0, 0, 10'000);
        paging.pages = reader.text_or("pages", "");
        paging.next = reader.text_or("next", "");
        paging.period = reader.choice("period", PeriodKind::Month, fetch_periods);
        paging.pattern = reader.text_or("pattern", "");
        reader.finish();
        if (paging.kind == Paging::FileList && (paging.pattern.empty() || !is_regex(paging.pattern)))
            fault(table.where, "bad-pattern",
                  fmt::format("[fetch.paging] of {} lists files, and 'pattern' is no regular expression", who_),
                  "write what the addresses in the list look like, as ECMAScript does");
    }

    void read_key(const Node& table) {
        TableReader reader(table, faults_, fmt::format("[fetch.key] of {}", who_));
        FetchKey& key = rule_.key;
        key.title = reader.text("title");
        key.parts = reader.texts("parts");
        if (key.parts.empty()) key.parts = {"key"};
        key.from = reader.text("from");
        key.in = reader.choice(
            "in", KeyPlace::Header,
            {{"header", KeyPlace::Header}, {"parameter", KeyPlace::Parameter}, {"token", KeyPlace::Token}});
        key.name = reader.text_or("name", "");
        key.token = reader.text_or("token", "");
        key.form = texts_by_name(reader, "form");
        reader.finish();
        const bool is_whole = key.in == KeyPlace::Token ? !key.token.empty() : !key.name.empty();
        if (!is_whole)
            fault(table.where, "missing-key",
                  fmt::format("[fetch.key] of {} does not say {}", who_,
                              key.in == KeyPlace::Token ? "where a token is given" : "what the header is called"),
                  key.in == KeyPlace::Token ? "add token = \"https://...\"" : "add name = \"...\"");
        if (!key.token.empty()) check_address(key.token, table.where, "token");
        for (const auto& [field, text] : key.form) {
            for (const std::string& slot : slots_of(text)) {
                if (std::ranges::find(key.parts, slot) == key.parts.end())
                    fault(table.where, "unknown-slot",
                          fmt::format("'{}' in [fetch.key] of {} has {{{}}}, which is no part of the key", field, who_,
                                      slot),
                          fmt::format("its parts are {}", join(key.parts, ", ")));
            }
        }
    }

    void check_address(const std::string& url, const Where& where, std::string_view key) {
        if (url.empty()) return;
        if (url.starts_with("http://") && !rule_.http)
            fault(where, "not-encrypted", fmt::format("'{}' in [fetch] of {} is not encrypted", key, who_),
                  "write https://, or http = true with http_reason where the publisher has no other");
        else if (!url.starts_with("https://") && !url.starts_with("http://"))
            fault(where, "bad-address",
                  fmt::format("'{}' in [fetch] of {} is '{}', which is no https address", key, who_, excerpt(url)),
                  "write https://HOST/PATH");
        else if (const auto begin = url.find("//") + 2;
                 url.substr(begin, url.find_first_of("/?", begin) - begin).find_first_of("{@") != std::string::npos)
            fault(where, "bad-address",
                  fmt::format("the host of '{}' in [fetch] of {} has a slot or a name", key, who_),
                  "write the host out");
        if (rule_.http && rule_.http_reason.empty() && key == "url")
            fault(place("http"), "missing-key", fmt::format("[fetch] of {} has http = true and no reason", who_),
                  "add http_reason = \"...\"");
    }

    void check_paging() {
        const FetchPaging& paging = rule_.paging;
        const Node* table = table_.find("paging");
        const Where where = table ? table->where : table_.where;
        const bool needs_next = paging.kind == Paging::Cursor || paging.kind == Paging::NextLink;
        if (needs_next && paging.next.empty())
            fault(where, "missing-key", fmt::format("[fetch.paging] of {} has no path 'next'", who_),
                  "write the path in the answer: next = \"links.next\"");
        if (paging.kind == Paging::Offset && paging.size == 0)
            fault(where, "missing-key", fmt::format("[fetch.paging] of {} counts by offset and has no 'size'", who_),
                  "say how many rows a page has");
        const bool reads_json = needs_next || !paging.pages.empty();
        if (reads_json && rule_.form != SentForm::Json)
            fault(where, "bad-field",
                  fmt::format("[fetch.paging] of {} reads the answer, and its form is not json", who_),
                  "set form = \"json\", or another kind of paging");
    }

    /// Each slot must be one that the kind of paging fills, and what it counts by must stand somewhere.
    void check_slots() {
        std::vector<std::string> allowed{std::begin(day_slots), std::end(day_slots)};
        allowed.insert(allowed.end(), std::begin(span_slots), std::end(span_slots));
        allowed.emplace_back("size");
        std::string counts_by;
        if (rule_.paging.kind == Paging::PageNumber) counts_by = "page";
        if (rule_.paging.kind == Paging::Offset) counts_by = "offset";
        if (rule_.paging.kind == Paging::Cursor) counts_by = "cursor";
        if (!counts_by.empty()) allowed.push_back(counts_by);
        if (!rule_.each.empty()) allowed.emplace_back("each");
        bool is_counted = counts_by.empty(), has_each = rule_.each.empty();
        bool has_day = false;
        const auto look = [&](const std::string& text, const Where& where, std::string_view key) {
            for (const std::string& slot : slots_of(text)) {
                is_counted = is_counted || slot == counts_by;
                has_each = has_each || slot == "each";
                has_day = has_day || std::ranges::find(day_slots, slot) != std::end(day_slots);
                if (std::ranges::find(allowed, slot) != allowed.end()) continue;
                const auto near = nearest(slot, allowed);
                fault(where, "unknown-slot", fmt::format("'{}' in [fetch] of {} has no slot {{{}}}", key, who_, slot),
                      near ? fmt::format("did you mean {{{}}}?", *near)
                           : fmt::format("there are {}", join(allowed, ", ")));
            }
        };
        look(rule_.url, place("url"), "url");
        for (const auto& [name, text] : rule_.parameters) look(text, place("parameters"), name);
        if (!is_counted)
            fault(place("url"), "missing-slot",
                  fmt::format("[fetch] of {} pages by {{{}}}, which stands in no part of the address", who_, counts_by),
                  "put it into url or parameters");
        if (!has_each)
            fault(place("each"), "missing-slot",
                  fmt::format("[fetch] of {} has 'each', and no {{each}} in its address", who_),
                  "put it into url or parameters");
        if (rule_.paging.kind == Paging::DateWindows && !has_day)
            fault(place("url"), "missing-slot",
                  fmt::format("[fetch] of {} has date windows, and no day in its address", who_),
                  "put {year}, {month} or {day} into url");
        look(rule_.file, place("file"), "file");
    }

    Diagnostics& faults_;
    const std::string& who_;
    const Node& table_;
    TableReader reader_;
    FetchRule rule_;
};

}  // namespace

std::vector<std::string> slots_of(std::string_view text) {
    std::vector<std::string> out;
    for (std::size_t at = text.find('{'); at != std::string_view::npos; at = text.find('{', at + 1)) {
        const auto end = text.find('}', at);
        if (end == std::string_view::npos) break;
        out.emplace_back(text.substr(at + 1, end - at - 1));
    }
    return out;
}

FetchRule parse_fetch_rule(const Node& table, Diagnostics& faults, const std::string& who) {
    return FetchReader(table, faults, who).read();
}

}  // namespace icosa::pack
