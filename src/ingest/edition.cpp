/// Editions are read from the last part of a path.
#include "ingest/edition.hpp"

#include <regex>

#include "base/date.hpp"
#include "base/text.hpp"
#include "ingest/file.hpp"
#include "ingest/header.hpp"
#include "ingest/recognise.hpp"

namespace icosa::ingest {
namespace {

constexpr std::int64_t days_rank = 1'000'000;  ///< editions by their day come after those by a number

/// 25.1, or a release of a month before it: 26.0.4.
Edition by_number(std::int64_t major, std::int64_t minor, const std::string& part = "") {
    const auto month = part.empty() ? 0 : parse_integer(part).value_or(0);
    return {std::to_string(major) + "." + std::to_string(minor) + (part.empty() ? "" : "." + std::to_string(month)),
            (major * 100 + minor) * 100 + month};
}

Edition by_day(int year, int month, int day) {
    if (year < 1900 || year > 2199 || !is_civil(year, month, day)) return {};
    const Day of = day_of(year, month, day);
    return {iso(of), days_rank + of.value + 100'000};
}

int whole(const std::ssub_match& part) { return static_cast<int>(parse_integer(part.str()).value_or(0)); }

/// A day, or a number of two parts or three that stands alone or behind a letter v.
Edition in_text(const std::string& text) {
    static const std::regex dashed(R"((^|[^0-9])((?:19|20)[0-9]{2})[-_.]([0-9]{2})[-_.]([0-9]{2})([^0-9]|$))");
    static const std::regex packed(R"((^|[^0-9])((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})([^0-9]|$))");
    static const std::regex numbered(
        R"((^|[_\-. vV])[vV]?([0-9]{1,2})[._]([0-9]{1,2})(?:[._]([0-9]{1,2}))?([^0-9]|$))");
    static const std::regex glued(R"(([A-Za-z]+)([0-9]{2})([0-9])([^0-9].*)?)");  // ged251
    std::smatch found;
    for (const std::regex* form : {&dashed, &packed}) {
        if (std::regex_search(text, found, *form)) {
            const Edition edition = by_day(whole(found[2]), whole(found[3]), whole(found[4]));
            if (edition.rank >= 0) return edition;
        }
    }
    if (std::regex_search(text, found, numbered)) return by_number(whole(found[2]), whole(found[3]), found[4].str());
    if (std::regex_match(text, found, glued)) return by_number(whole(found[2]), whole(found[3]));
    return {};
}

/// What a card's own part of the name says: "251" is 25.1.
Edition in_part(const std::string& part) {
    const auto number = parse_integer(part);
    if (number && part.size() == 3) return by_number(*number / 10, *number % 10);
    return number ? Edition{part, *number} : in_text(part);
}

}  // namespace

Edition edition_of(const pack::SourceCard& card, std::string_view path) {
    if (card.edition_from.starts_with("file.")) {
        const auto groups = file_groups(card, path);
        const auto at = static_cast<std::size_t>(parse_integer(card.edition_from.substr(5)).value_or(0));
        return groups && at >= 1 && at <= groups->size() ? in_part((*groups)[at - 1]) : Edition{};
    }
    std::string name = table_name(path);
    if (const auto dot = name.rfind('.'); dot != std::string::npos && dot + 4 >= name.size() && dot > 0
        && name.find_first_of("0123456789", dot) == std::string::npos)
        name.resize(dot);
    return in_text(name);
}

}  // namespace icosa::ingest
