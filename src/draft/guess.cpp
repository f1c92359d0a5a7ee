/// One guess after the other, each without the columns that are taken.
#include "draft/guess.hpp"

#include <algorithm>
#include <set>

#include "base/text.hpp"
#include "draft/identity_guess.hpp"
#include "draft/name_hint.hpp"

namespace icosa::draft {
namespace {

constexpr std::size_t most_kinds = 60;

std::size_t distinct_texts(const Look& look, int column) {
    std::set<std::string_view> texts;
    for (const auto& row : look.rows) texts.insert(row[static_cast<std::size_t>(column)]);
    return texts.size();
}

/// A column of few texts that is called a kind, a type, a product.
int kind_by_name(const Look& look, const std::vector<int>& taken) {
    for (int i = 0; i < static_cast<int>(look.columns.size()); ++i) {
        if (std::ranges::find(taken, i) != taken.end() || !look.is_named(i) || look.share_missing(i) > 0.01
            || !hints_at(look.columns[static_cast<std::size_t>(i)], Hint::Kind))
            continue;
        const std::size_t kinds = distinct_texts(look, i);
        if (kinds <= most_kinds && kinds * 3 <= look.rows.size() + 3) return i;
    }
    return -1;
}

/// Columns of few texts, which may part series; a remark does not.
std::vector<int> columns_of_texts(const Look& look, const std::vector<int>& taken, int kind) {
    std::vector<int> out;
    if (kind >= 0) out.push_back(kind);
    for (int i = 0; i < static_cast<int>(look.columns.size()); ++i) {
        if (i == kind || !look.is_named(i) || std::ranges::find(taken, i) != taken.end()) continue;
        const bool are_numbers = std::ranges::all_of(look.rows, [&](const auto& row) {
            const auto& cell = row[static_cast<std::size_t>(i)];
            return cell.empty() || parse_number(cell).has_value();
        });
        const std::size_t texts = distinct_texts(look, i);
        if (!are_numbers && texts > 1 && texts * 3 <= look.rows.size() + 3) out.push_back(i);
    }
    return out;
}

/// "-" or "n/a" where a day, place, kind or figure should stand; NA is Namibia among codes of two letters.
std::vector<std::string> missing_words_of(const Guess& guess) {
    std::set<std::string> out(guess.figure.nulls.begin(), guess.figure.nulls.end());
    std::vector<int> columns = guess.day.columns;
    if (guess.place.column >= 0 && guess.place.system != "iso2") columns.push_back(guess.place.column);
    if (guess.kind >= 0) columns.push_back(guess.kind);
    for (const auto& row : guess.look.rows) {
        for (const int column : columns) {
            if (const std::string& cell = row[static_cast<std::size_t>(column)]; is_missing_word(cell))
                out.insert(cell);
        }
    }
    return {out.begin(), out.end()};
}

}  // namespace

std::vector<int> Guess::subject() const {
    std::vector<int> out;
    if (place.units == Units::Own) out.push_back(place.column);
    if (!is_measured() && kind >= 0) out.push_back(kind);
    out.insert(out.end(), parts.begin(), parts.end());
    return out;
}

Result<Guess> guess(const std::string& path, const Asked& asked, const pack::PlaceBook& book) {
    Guess out;
    out.look = TRY(look_at(path, asked.table));
    out.day = TRY(guess_day(out.look, asked.date, asked.date_form));
    std::vector<int> taken = out.day.columns;
    for (const std::string& named : {asked.figure.count, asked.figure.value, asked.kind}) {
        if (const int column = named.empty() ? -1 : out.look.find(named); column >= 0) taken.push_back(column);
    }
    out.place = TRY(guess_place(out.look, asked.place, asked.unit == "region", book, taken));
    taken = out.day.columns;
    if (out.place.column >= 0) taken.push_back(out.place.column);
    out.figure = TRY(guess_figure(out.look, asked.figure, taken));
    if (out.figure.column >= 0) taken.push_back(out.figure.column);
    if (!asked.kind.empty()) {
        out.kind = out.look.find(asked.kind);
        if (out.kind < 0) return unknown_column(out.look, "--kind", asked.kind);
    } else if (asked.figure.may_guess) {
        out.kind = kind_by_name(out.look, taken);
    }
    std::vector<int> first = out.day.columns;
    if (out.place.column >= 0) first.push_back(out.place.column);
    if (out.is_measured() && !asked.kind.empty()) out.parts.push_back(out.kind);
    if (out.figure.figure == Figure::Value) {
        std::vector<int> with = first;
        with.insert(with.end(), out.parts.begin(), out.parts.end());
        const auto more = parting_columns(out.look, with, columns_of_texts(out.look, taken, out.kind));
        out.parts.insert(out.parts.end(), more.begin(), more.end());
        first.insert(first.end(), out.parts.begin(), out.parts.end());
    } else if (out.kind >= 0 && !are_apart(out.look, first)) {
        first.push_back(out.kind);
    }
    const std::vector<int> never = out.figure.column >= 0 ? std::vector{out.figure.column} : std::vector<int>();
    out.identity = guess_identity(out.look, first, never);
    out.nulls = missing_words_of(out);
    out.measure = !asked.measure.empty() ? asked.measure
        : out.figure.column >= 0         ? out.name_of(out.figure.column)
                                         : "rows";
    if (const auto dot = out.measure.rfind('.');
        asked.measure.empty() && !out.look.part.is_text() && dot != std::string::npos)
        out.measure.erase(0, dot + 1);
    out.unit = asked.unit.empty() || asked.unit == "region" || asked.unit == "place" ? out.measure : asked.unit;
    return out;
}

}  // namespace icosa::draft
