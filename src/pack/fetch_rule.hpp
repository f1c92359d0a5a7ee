/// How a source is fetched: the table [fetch] of its card. docs/fetch.md has the words.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "pack/toml.hpp"

namespace icosa::pack {

enum class FetchMethod { Get, Post };

/// How one asks for what does not come at once: a closed list.
enum class Paging {
    Once,         ///< one address, all of it
    PageNumber,   ///< {page} counts up, to an empty or repeated page or the number of pages that the answer tells
    Offset,       ///< {offset} grows by `size`
    Cursor,       ///< {cursor} is what the answer before gave
    NextLink,     ///< the answer gives the next address
    DateWindows,  ///< one address a day, month or year, the newest first
    FileList,     ///< the address is a list, and those in it that match a pattern are fetched
};

/// What the bytes are, as sent.
enum class SentForm { Csv, Json, JsonLines, Xml, Workbook, Zip, Gzip, Tar, Text };

/// What tells one edition of a source from the next.
enum class EditionBy { Retrieved, Modified, Name };

/// Where a key goes.
enum class KeyPlace { Header, Parameter, Token };

struct FetchPaging {
    Paging kind = Paging::Once;
    int first = 1;       ///< the first page's number
    int size = 0;        ///< rows a page; {size}
    int most = 100;      ///< pages, files or windows at most: what never ends, ends here
    int newest = 0;      ///< windows: enough when so many were there; file list: only the last so many; 0 = all
    std::string pages;   ///< path in a JSON answer to the number of pages
    std::string next;    ///< path to the next link, or to the cursor
    PeriodKind period = PeriodKind::Month;  ///< of date windows
    std::string pattern;  ///< of a whole word in a list; its first group, if any, is the address
};

struct FetchKey {
    std::string title;               ///< "a myACLED account"; empty: no key is needed
    std::vector<std::string> parts;  ///< what it consists of: "email", "password"
    std::string from;                ///< where a person gets it
    KeyPlace in = KeyPlace::Header;
    std::string name;   ///< of the header or parameter
    std::string token;  ///< the address that gives a token for the parts
    std::map<std::string, std::string> form;  ///< what is sent there: "{email}" is a part
};

struct FetchRule {
    std::string
        url;  ///< with slots: {year} {yy} {month} {m} {day} {since} {until} {each} {page} {offset} {size} {cursor}
    std::vector<std::string> each;  ///< {each} is one of these after the other: indicators, treaties
    FetchMethod method = FetchMethod::Get;
    std::map<std::string, std::string> parameters;  ///< of the query, or of a form that is posted; slots too
    SentForm form = SentForm::Csv;
    std::string member;   ///< the entry of an archive that the card reads; empty: any
    std::string records;  ///< JSON: path to the array of records; empty: the answer itself
    std::string file;     ///< the file's name, with slots; empty: the last part of the address
    EditionBy edition = EditionBy::Retrieved;
    PeriodKind every = PeriodKind::Month;  ///< how often it makes sense to ask
    Day since = no_day;                    ///< {since} where nobody says another
    int days = 0;                          ///< ... or so many days before today
    std::string terms;
    std::vector<std::string> hosts;  ///< where a redirect or a list may lead besides its own host
    bool http = false;               ///< without encryption
    std::string http_reason;
    int most_mb = 512;
    std::string documented;  ///< where the publisher, or who tried it, describes the address
    std::string note;
    Day reviewed = no_day;
    Day tried = no_day;  ///< no_day = nobody has tried it
    FetchPaging paging;
    FetchKey key;
    Where where;

    [[nodiscard]] bool wants_key() const { return !key.title.empty(); }
};

/// Names of the lists above, in their order.
inline constexpr std::string_view paging_names[] = {"once",      "page",         "offset",   "cursor",
                                                    "next-link", "date-windows", "file-list"};
inline constexpr std::string_view sent_form_names[] = {"csv", "json", "json-lines", "xml", "workbook",
                                                       "zip", "gzip", "tar",        "text"};

/// The slots of a text, "{page}" as "page", in their order.
[[nodiscard]] std::vector<std::string> slots_of(std::string_view text);

/// Reads the table; what is wrong is told with its place. who: "source 'kev'".
[[nodiscard]] FetchRule parse_fetch_rule(const Node& table, Diagnostics& faults, const std::string& who);

}  // namespace icosa::pack
