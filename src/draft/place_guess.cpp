/// The texts of a column against every system of codes.
#include "draft/place_guess.hpp"

#include <algorithm>
#include <set>

#include "base/text.hpp"
#include "draft/day_guess.hpp"
#include "draft/name_hint.hpp"

namespace icosa::draft {
namespace {

constexpr double share_of_names = 0.5;  ///< of a column of names, at least this is known: the others may be misspelt
constexpr double share_of_codes = 0.9;  ///< codes of few letters mean something by chance
constexpr double most_missing_places = 0.3;  ///< of a column that nobody named
constexpr std::size_t fewest_codes = 5;
constexpr std::size_t most_units = 5000;

std::vector<std::string> texts_of(const Look& look, int column) {
    std::set<std::string> out;
    for (const auto& row : look.rows) {
        const std::string& cell = row[static_cast<std::size_t>(column)];
        if (!cell.empty() && !is_missing_word(cell)) out.insert(cell);
        if (out.size() > most_units) break;
    }
    return {out.begin(), out.end()};
}

/// How many texts a system knows.
struct Known {
    std::string system;
    std::size_t places = 0, sums = 0;
};
Known known_by(const pack::PlaceBook& book, const std::string& system, const std::vector<std::string>& texts) {
    Known out{system, 0, 0};
    for (const std::string& text : texts) {
        if (!book.uses_of(system, text).empty()) ++out.places;
        else if (book.find_aggregate(system, text)) ++out.sums;
    }
    return out;
}

/// The system that reads the texts as places; "" = none does.
Known system_of(const pack::PlaceBook& book, const std::vector<std::string>& texts, const std::string& name) {
    const auto share = [&](const Known& of) {
        return static_cast<double>(of.places + of.sums) / static_cast<double>(std::max<std::size_t>(texts.size(), 1));
    };
    const Known by_name = known_by(book, "name", texts);
    if (by_name.places > 0 && share(by_name) >= share_of_names) return by_name;
    std::set<std::string> systems;
    for (const auto& place : book.places()) {
        for (const auto& code : place.codes) systems.insert(code.system);
    }
    const std::string column = lower(name);
    const bool are_numbers =
        std::ranges::all_of(texts, [](const std::string& text) { return parse_number(text).has_value(); });
    Known best;
    for (const std::string& system : systems) {
        const bool is_named = column.find(system) != std::string::npos;
        const bool is_common = system == "iso3" || system == "iso2";
        if (system == "name" || (!is_named && (are_numbers || !is_common))) continue;
        const Known one = known_by(book, system, texts);
        if (share(one) < share_of_codes || one.places == 0) continue;
        if (best.system.empty() || is_named || one.places > best.places) best = one;
    }
    return best;
}

PlaceGuess as_places(const pack::PlaceBook& book, int column, std::vector<std::string> texts, const Known& known) {
    PlaceGuess out{column, Units::Places, known.system, std::move(texts), {}, {}, known.sums > 0};
    for (const std::string& text : out.names) {
        const auto& uses = book.uses_of(known.system, text);
        out.titles.push_back(uses.empty() ? text : book.title_of(uses.back().place));
        if (uses.empty() && !book.find_aggregate(known.system, text)) out.unknown.push_back(text);
    }
    return out;
}

PlaceGuess as_own(int column, std::vector<std::string> texts) {
    PlaceGuess out{column, Units::Own, "region", std::move(texts), {}, {}, false};
    out.titles = out.names;
    return out;
}

/// Could the texts be names of something that has many rows?
bool could_be_units(const Look& look, const std::vector<std::string>& texts) {
    const bool are_numbers =
        std::ranges::all_of(texts, [](const std::string& text) { return parse_number(text).has_value(); });
    return !texts.empty() && !are_numbers && texts.size() <= most_units && texts.size() * 2 <= look.rows.size() + 1;
}

}  // namespace

// NOLINTNEXTLINE(readability-function-cognitive-complexity): one small decision after the other, read from the top
Result<PlaceGuess> guess_place(const Look& look, const std::string& asked, bool own, const pack::PlaceBook& book,
                               const std::vector<int>& taken) {
    if (!asked.empty()) {
        const int column = look.find(asked);
        if (column < 0) return unknown_column(look, "--place", asked);
        auto texts = texts_of(look, column);
        const Known known = own ? Known() : system_of(book, texts, look.columns[static_cast<std::size_t>(column)]);
        return known.system.empty() ? as_own(column, std::move(texts))
                                    : as_places(book, column, std::move(texts), known);
    }
    PlaceGuess best;
    std::pair<int, std::size_t> best_rank{0, 0};
    for (int i = 0; i < static_cast<int>(look.columns.size()); ++i) {
        const std::string& name = look.columns[static_cast<std::size_t>(i)];
        if (std::ranges::find(taken, i) != taken.end() || !look.is_named(i)
            || look.share_missing(i) > most_missing_places)
            continue;
        auto texts = texts_of(look, i);
        if (texts.empty() || texts.size() > most_units) continue;
        const Known known = own ? Known() : system_of(book, texts, name);
        const bool is_region = hints_at(name, Hint::Region), is_place = hints_at(name, Hint::Place);
        // "kg" is Kyrgyzstan, and three letters may be anything: few codes are places only where the column is called
        // so.
        const bool is_chance = known.system != "name" && !is_place && !is_region && known.places < fewest_codes;
        const int rank = is_chance                                   ? 0
            : !known.system.empty()                                  ? (is_place                     ? 6
                                                                            : known.system == "name" ? 5
                                                                                                     : 4)
            : (is_region || is_place) && could_be_units(look, texts) ? (is_region ? 3 : 2)
                                                                     : 0;
        if (rank == 0 || std::pair(rank, known.places) <= best_rank) continue;
        best_rank = {rank, known.places};
        best = known.system.empty() ? as_own(i, std::move(texts)) : as_places(book, i, std::move(texts), known);
    }
    return best;
}

}  // namespace icosa::draft
