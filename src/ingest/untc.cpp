/// Headings as they stand in the 324 tables of March 2015.
#include "ingest/untc.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "ingest/cell.hpp"

namespace icosa::ingest {
namespace {

struct Wording {
    std::string_view begins;
    std::string_view act;  ///< "" = no act of ours
};

/// The first that a title begins with.
constexpr Wording wordings[] = {
    {"definitive signature", "definitive-signature"},
    {"definitive acceptance", "acceptance"},
    {"signature", "signature"},
    {"confirmation of signature", "signature"},
    {"succession to signature", "signature"},
    {"ratification", "ratification"},
    {"acceptance", "acceptance"},
    {"approval", "approval"},
    {"accession", "accession"},
    {"succession", "succession"},
    {"formal confirmation", "formal-confirmation"},
    {"consent to be bound", "consent-to-be-bound"},
    {"participation", "consent-to-be-bound"},
    {"simplified procedure", "consent-to-be-bound"},
    {"provisional", "provisional-application"},
    {"undertaking of provisional application", "provisional-application"},
    {"application", "application"},
    {"date of adoption", "adoption"},
    {"withdrawal", "withdrawal"},
    {"denunciation", "withdrawal"},
};

std::string act_of(std::string_view title) {
    const std::string small = lower(title);
    for (const Wording& wording : wordings) {
        if (small.starts_with(wording.begins)) return std::string(wording.act);
    }
    return {};
}

/// Pieces between commas; one that begins with a small letter continues the one before ("by virtue of ratification,
/// accession or ...").
std::vector<std::string> titles_of(std::string_view heading) {
    std::vector<std::string> out;
    for (std::string_view piece : split(heading, ',')) {
        piece = trim(piece);
        if (piece.empty()) continue;
        if (!out.empty() && piece[0] >= 'a' && piece[0] <= 'z') out.back() += ", " + std::string(piece);
        else out.emplace_back(piece);
    }
    return out;
}

/// The letter in brackets at the end of a title, "" if there is none; an article's number such as "7 (1) (b)" is none.
std::string_view letter_of(std::string_view title) {
    if (!title.ends_with(')')) return {};
    const auto open = title.rfind('(');
    if (open == std::string_view::npos || open == 0) return {};
    const std::string_view inside = title.substr(open + 1, title.size() - open - 2);
    const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    if (inside.empty() || inside.size() > 2 || !std::all_of(inside.begin(), inside.end(), is_letter)) return {};
    if (title[open - 1] == ' ' && open >= 2 && !is_letter(title[open - 2])) return {};
    return inside;
}

bool makes_participant(std::string_view act) {
    return !act.empty() && act != "signature" && act != "provisional-application" && act != "application"
        && act != "withdrawal";
}

}  // namespace

ActHeading parse_act_heading(std::string_view heading) {
    ActHeading out;
    const auto titles = titles_of(heading);
    const bool definitive = std::any_of(
        titles.begin(), titles.end(), [](const std::string& title) { return act_of(title) == "definitive-signature"; });
    std::vector<std::string> bare;
    for (const std::string& title : titles) {
        std::string act = act_of(title);
        const std::string_view letter = letter_of(title);
        // Where signatures are definitive, so is one that was confirmed.
        if (definitive && lower(title).starts_with("confirmation of signature")) act = "definitive-signature";
        // "Notification in respect of the Agreement as amended(d)": d is the letter of a succession in all tables.
        if (act.empty() && letter == "d") act = "succession";
        out.any |= !act.empty();
        if (letter.empty()) {
            bare.push_back(act);
        } else if (std::none_of(out.letters.begin(), out.letters.end(),
                                [&](const auto& known) { return known.first == letter; })) {
            out.letters.emplace_back(std::string(letter), act);
        }
    }
    if (bare.empty() && out.letters.size() == 1 && titles.size() == 1) bare.push_back(out.letters[0].second);
    if (bare.size() == 1) out.bare = bare[0];
    else if (!bare.empty() && std::all_of(bare.begin(), bare.end(), makes_participant))
        out.bare = "consent-to-be-bound";
    return out;
}

bool parse_act_cell(std::string_view text, ActCell& out) {
    const auto strip = [](std::string_view t) {
        t = trim(t);
        while (t.starts_with('[')) t = trim(t.substr(1));
        while (t.ends_with(']')) t = trim(t.substr(0, t.size() - 1));
        return t;
    };
    text = strip(text);
    out.letter = {};
    Days days;
    const auto blank = text.rfind(' ');
    if (blank != std::string_view::npos && blank + 1 < text.size() && text.size() - blank <= 3) {
        const std::string_view last = text.substr(blank + 1);
        if (std::none_of(last.begin(), last.end(), [](char c) { return c >= '0' && c <= '9'; })) {
            out.letter = last;
            text = strip(text.substr(0, blank));
        }
    }
    if (!parse_days(pack::Parse::DateDmy, text, no_day, days)) return false;
    out.day = days.first;
    return true;
}

}  // namespace icosa::ingest
