/// Sentences about guesses.
#include "draft/told.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "base/text.hpp"
#include "draft/draft.hpp"
#include "ingest/edition.hpp"

namespace icosa::draft {
namespace {

constexpr std::size_t names_told = 8;

std::string some_of(const std::vector<std::string>& names) {
    std::vector<std::string> shown(names.begin(),
                                   names.begin() + static_cast<std::ptrdiff_t>(std::min(names.size(), names_told)));
    std::string out = join(shown, ", ");
    if (names.size() > names_told) out += fmt::format(" and {} more", names.size() - names_told);
    return out;
}

std::string names_in(const Guess& guess, const std::vector<int>& columns) {
    std::vector<std::string> out;
    for (const int column : columns) out.push_back("'" + guess.name_of(column) + "'");
    return join(out, ", ");
}

std::string table_words(const Look& look) {
    std::string out = fmt::format("{} rows of {} columns", look.rows.size(), look.columns.size());
    if (!look.is_whole) out = "the first " + out;
    if (look.part.is_text()) {
        out += look.delimiter == '\t' ? ", parted by tabs" : fmt::format(", parted by '{}'", look.delimiter);
        if (look.is_latin1) out += ", in Latin-1";
    } else {
        out += ", " + ingest::words_of(look.part);
    }
    if (look.part.columns.empty() && look.header_line > 1)
        out += fmt::format(", their header in line {}", look.header_line);
    if (!look.has_header) out += ", without a header";
    if (look.has_tag_row) out += ", a row of tags below the header";
    return out;
}

std::string day_words(const Guess& guess) {
    const DayGuess& day = guess.day;
    std::string out =
        fmt::format("{}: {}; {} to {}", names_in(guess, day.columns), day.words, iso(day.first), iso(day.last));
    if (const auto without = std::ranges::count(day.days, no_day); without > 0)
        out += fmt::format("; {} row{} none", without, without == 1 ? " has" : "s have");
    if (day.width == PeriodKind::Day && day.stands_for != PeriodKind::Day)
        out += fmt::format(", one a {0}: each stands for its {0}", period_kind_name(day.stands_for));
    return out;
}

std::string place_words(const Guess& guess) {
    const PlaceGuess& place = guess.place;
    if (place.units == Units::None) return "none: no column has names or codes of places; all rows are one series";
    std::string out = "'" + guess.name_of(place.column) + "': ";
    if (place.units == Units::Own)
        return out
            + fmt::format("{} names that are no places of the packs, so units of their own: {}", place.names.size(),
                          some_of(place.names));
    std::vector<std::string> titles = place.titles;
    std::ranges::sort(titles);
    titles.erase(std::unique(titles.begin(), titles.end()), titles.end());
    out += fmt::format("{} {} (by {}): {}", titles.size(), titles.size() == 1 ? "place" : "places", place.system,
                       some_of(titles));
    if (!place.unknown.empty()) out += fmt::format("; no known place: {}", some_of(place.unknown));
    if (place.is_summed) out += "; sums over places among them are set aside";
    return out;
}

bool shows_decimals(const FigureGuess& figure) {
    return figure.decimal != 0 && figure.sample.find(figure.decimal) != std::string::npos;
}

std::string figure_words(const Guess& guess) {
    const FigureGuess& figure = guess.figure;
    if (figure.figure == Figure::Rows) return "each row counts as one";
    std::string out = "'" + guess.name_of(figure.column) + "': ";
    if (figure.figure == Figure::Count) out += "whole numbers, summed";
    if (figure.figure == Figure::Sum) out += "numbers, summed; where none is written nothing is known";
    if (figure.figure == Figure::Value) out += "values as they stand, averaged within a period";
    if (figure.blank > 0) out += fmt::format("; {} cells have none", figure.blank);
    if (shows_decimals(figure))
        out += fmt::format("; decimal {}, as {}", figure.decimal == ',' ? "comma" : "point", figure.sample);
    return out;
}

std::string silence_words(const Guess& guess, const pack::SourceCard& card) {
    if (!may_be_complete(guess)) return "measured figures: what is not there is not known";
    if (!card.coverage.complete) return "a period without a row is not known, not zero (complete = false)";
    return fmt::format("taken as complete from {} to {}: where {} has no row the figure is zero", iso(guess.day.first),
                       iso(guess.day.last), card.coverage.places_column.empty() ? "a unit" : "a place that it names");
}

}  // namespace

std::string units_in_words(const Guess& guess) {
    const PlaceGuess& place = guess.place;
    if (place.units == Units::None) return "the whole file";
    std::vector<std::string> titles = place.titles;
    std::ranges::sort(titles);
    titles.erase(std::unique(titles.begin(), titles.end()), titles.end());
    const bool are_places = place.units == Units::Places;
    return fmt::format("{} {} ({})", titles.size(),
                       are_places ? (titles.size() == 1 ? "place" : "places") : (titles.size() == 1 ? "unit" : "units"),
                       some_of(titles));
}

std::vector<ToldLine> told_of(const Guess& guess, const pack::SourceCard& card) {
    std::vector<ToldLine> out{{"table", table_words(guess.look)},
                              {"day", day_words(guess)},
                              {"place", place_words(guess)},
                              {"figure", figure_words(guess)}};
    if (!shows_decimals(guess.figure) && card.decimal == ',') out.push_back({"numbers", "with a decimal comma"});
    if (guess.kind >= 0) out.push_back({"kind", "'" + guess.name_of(guess.kind) + "'"});
    if (!guess.parts.empty()) out.push_back({"series", "parted by " + names_in(guess, guess.parts) + " too"});
    out.push_back({"identity",
                   guess.identity.empty()
                       ? "no few columns tell the rows apart: the file and the line do"
                       : names_in(guess, guess.identity) + " tell every row: a newer file's row replaces it"});
    if (const auto edition = ingest::edition_of(card, guess.look.path); !edition.label.empty())
        out.push_back({"edition", edition.label + ", of the file's name: a newer one replaces it"});
    if (!guess.nulls.empty()) out.push_back({"absent", "where a cell has " + some_of(guess.nulls)});
    out.push_back({"silence", silence_words(guess, card)});
    return out;
}

}  // namespace icosa::draft
