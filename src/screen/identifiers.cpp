/// What else is known of somebody, held against what a list says.
#include "screen/identifiers.hpp"

#include <algorithm>
#include <cstdlib>

#include <fmt/format.h>

#include "base/text.hpp"

namespace icosa::screen {
namespace {

std::string born_words(const model::BirthDate& born) {
    const Civil first = civil_of(born.first), last = civil_of(born.last);
    const std::string about = born.is_approximate ? "about " : "";
    if (born.first == born.last) return about + iso(born.first);
    if (first.year == last.year) return about + std::to_string(first.year);
    return fmt::format("{}{} to {}", about, first.year, last.year);
}

/// How many of the same places hold another character; large where lengths differ.
std::size_t places_that_differ(std::string_view a, std::string_view b) {
    if (a.size() != b.size()) return 99;
    std::size_t out = 0;
    for (std::size_t i = 0; i < a.size(); ++i) out += a[i] != b[i] ? 1U : 0U;
    return out;
}

std::string letters_and_digits(std::string_view text) {
    std::string out;
    for (const char c : lower(text))
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) out += c;
    return out;
}

struct BirthAgreement {
    double log_odds = -2.5;
    std::string words;
    bool agrees = false;
};

BirthAgreement compare_births(const model::BirthDate& asked, const model::BirthDate& listed) {
    const bool both_days = asked.first == asked.last && listed.first == listed.last;
    const std::string told = fmt::format("born {}, listed {}", born_words(asked), born_words(listed));
    if (both_days && asked.first == listed.first) return {4, told, true};
    const bool overlap = asked.first <= listed.last && listed.first <= asked.last;
    if (both_days) {
        const Civil a = civil_of(asked.first), b = civil_of(listed.first);
        if (a.year == b.year && a.month == b.day && a.day == b.month)
            return {0, told + " (day and month swapped)", false};
        if (places_that_differ(iso(asked.first), iso(listed.first)) == 1) return {0, told + " (a digit apart)", false};
        if (a.year == b.year) return {-0.5, told, false};
        return {listed.is_approximate ? -1.0 : -2.5, told, false};
    }
    if (overlap) return {1.5, told, true};
    return {listed.is_approximate || asked.is_approximate ? -1.0 : -2.5, told, false};
}

void check_birth(const Asked& asked, const model::Designee& listed, IdentifierCheck& out) {
    if (asked.born.first == no_day || listed.births.empty()) return;
    BirthAgreement best{-99, "", false};
    for (const auto& birth : listed.births) {
        if (birth.first == no_day) continue;
        BirthAgreement one = compare_births(asked.born, birth);
        if (one.log_odds > best.log_odds) best = std::move(one);
    }
    if (best.words.empty()) return;
    out.log_odds += best.log_odds;
    (best.agrees ? out.agreeing : out.differing).push_back(best.words);
}

void check_documents(const Asked& asked, const model::Designee& listed, IdentifierCheck& out) {
    const std::string mine = letters_and_digits(asked.document);
    if (mine.empty() || listed.documents.empty()) return;
    const model::ListedDocument* near = nullptr;
    for (const auto& one : listed.documents) {
        const std::string theirs = letters_and_digits(one.number);
        if (theirs == mine) {
            out.agreeing.push_back(
                fmt::format("document {} is listed ({})", asked.document, one.type.empty() ? "no type" : one.type));
            out.log_odds += 8;
            return;
        }
        if (!near && mine.size() >= 5 && places_that_differ(mine, theirs) == 1) near = &one;
    }
    if (near) {
        out.differing.push_back(fmt::format("document {}, listed {} (a digit apart)", asked.document, near->number));
        out.log_odds += 1;
    } else {
        out.differing.push_back(
            fmt::format("document {} is not among the {} listed", asked.document, listed.documents.size()));
    }
}

void tell_nationality(const Asked& asked, const model::Designee& listed, IdentifierCheck& out) {
    if (trim(asked.nationality).empty() || listed.nationalities.empty()) return;
    const std::string mine = lower(trim(asked.nationality));
    const bool is_listed = std::any_of(listed.nationalities.begin(), listed.nationalities.end(),
                                       [&](const std::string& one) { return lower(trim(one)) == mine; });
    if (!is_listed)
        out.differing.push_back(
            fmt::format("nationality {}, listed {}", asked.nationality, join(listed.nationalities, ", ")));
}

}  // namespace

IdentifierCheck check_identifiers(const Asked& asked, const model::Designee& listed) {
    IdentifierCheck out;
    check_birth(asked, listed, out);
    check_documents(asked, listed, out);
    tell_nationality(asked, listed, out);
    return out;
}

}  // namespace icosa::screen
