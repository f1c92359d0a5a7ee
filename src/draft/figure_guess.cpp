/// Columns of numbers, by table/numbers.
#include "draft/figure_guess.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>

#include <fmt/format.h>

#include "base/text.hpp"
#include "draft/day_guess.hpp"
#include "draft/name_hint.hpp"
#include "table/numbers.hpp"

namespace icosa::draft {
namespace {

constexpr double share_of_blanks = 0.01;  ///< above it a count's empty cell is a gap, not a mistake

table::CellsBy cells_by(const Look& look) {
    if (!look.part.is_text()) return table::CellsBy::Types;
    return look.delimiter == ';' ? table::CellsBy::Semicolon
        : look.delimiter == '\t' ? table::CellsBy::Tab
                                 : table::CellsBy::Comma;
}

/// What the cells of one column are.
struct FiguresOfColumn {
    table::NumberColumn numbers{table::NumberOptions{}};
    std::set<std::string> missing;
    std::int64_t cells = 0, blank = 0, others = 0;
    std::string other;  ///< the first cell that is no number
};
FiguresOfColumn figures_of(const Look& look, int column, char decimal) {
    FiguresOfColumn out;
    out.numbers = table::NumberColumn(table::NumberOptions{.decimal = decimal, .nulls = {}});
    for (std::size_t i = 0; i < look.rows.size(); ++i) {
        const std::string& cell = look.rows[i][static_cast<std::size_t>(column)];
        if (cell.empty() || is_missing_word(cell)) {
            ++out.blank;
            if (!cell.empty()) out.missing.insert(cell);
            continue;
        }
        ++out.cells;
        table::NumberColumn alone{table::NumberOptions{}};
        alone.see(cell, 1);
        if (alone.are_numbers() && alone.censored() == 0) out.numbers.see(cell, static_cast<int>(look.lines[i]));
        else if (out.others++ == 0) out.other = cell;
    }
    return out;
}

bool are_figures(const FiguresOfColumn& of) { return of.cells > 0 && of.others * 20 <= of.cells; }

/// Is the column called what it cannot be a sum of: a code, a year, a position?
bool is_no_figure(const std::string& name) {
    constexpr std::string_view words[] = {"id",       "code",    "year", "annee",     "ano",      "lat",
                                          "latitude", "lon",     "lng",  "longitude", "month",    "mois",
                                          "week",     "semaine", "day",  "jour",      "iso",      "phone",
                                          "zip",      "pcode",   "x",    "y",         "index no", "geometry"};
    const std::string folded = fold(name);
    return std::ranges::any_of(
        split(folded, ' '), [&](std::string_view word) { return std::ranges::find(words, word) != std::end(words); });
}

/// Counts are whole, so that what could be a mark of decimals or of thousands is one of thousands.
Result<table::Numbers> numbers_of(const FiguresOfColumn& of, const Look& look, int column, Figure meant) {
    const std::string& name = look.columns[static_cast<std::size_t>(column)];
    auto numbers = of.numbers.numbers(cells_by(look), {look.path, 0, column + 1}, name);
    if (numbers || meant != Figure::Count || numbers.error().code != "open-decimals") return numbers;
    const auto has_comma = [&](const auto& row) {
        return row[static_cast<std::size_t>(column)].find(',') != std::string::npos;
    };
    return table::Numbers(std::ranges::any_of(look.rows, has_comma) ? '.' : ',', {});
}

Result<FigureGuess> guess_of_figure(const Look& look, int column, const FigureAsked& asked, Figure meant) {
    const std::string& name = look.columns[static_cast<std::size_t>(column)];
    const FiguresOfColumn of = figures_of(look, column, asked.decimal);
    if (!are_figures(of))
        return fail(Fault::Data, "no-figures", {look.path, 0, column + 1},
                    of.cells == 0 ? fmt::format("column '{}' is empty", name)
                                  : fmt::format("column '{}' holds texts such as '{}'", name, excerpt(of.other)),
                    "name a column of numbers; without --count and --value rows are counted");
    const table::Numbers numbers = TRY(numbers_of(of, look, column, meant));
    FigureGuess out;
    out.figure = meant;
    out.column = column;
    out.blank = of.blank;
    out.nulls = {of.missing.begin(), of.missing.end()};
    bool is_whole = true, is_plain = true;
    for (const auto& row : look.rows) {
        const std::string& cell = row[static_cast<std::size_t>(column)];
        const auto number = cell.empty() || is_missing_word(cell) ? std::nullopt : numbers.number(cell);
        if (!number) continue;
        is_whole &= *number == std::floor(*number);
        out.is_negative |= *number < 0;
        const auto plain = parse_number(cell);
        if (!plain || *plain != *number) is_plain = false;
        if (out.sample.empty() || (!plain && out.sample.size() < cell.size())) out.sample = cell;
    }
    if (!is_plain) out.decimal = numbers.decimal();
    out.is_whole = is_whole;
    const bool has_gaps = static_cast<double>(of.blank) > share_of_blanks * static_cast<double>(look.rows.size());
    if (out.figure == Figure::Count && (!is_whole || out.is_negative || has_gaps)) out.figure = Figure::Sum;
    const std::string folded = fold(name);
    out.is_price =
        std::ranges::any_of(std::initializer_list<std::string_view>{"price", "prix", "precio", "preco", "preis", "bei"},
                            [&](std::string_view word) { return folded.find(word) != std::string::npos; });
    return out;
}

/// A column by its name; nothing where none is called a count or a value.
Result<FigureGuess> guess_by_name(const Look& look, const FigureAsked& asked, const std::vector<int>& taken) {
    for (const auto& [hint, figure] : {std::pair{Hint::Count, Figure::Count}, {Hint::Value, Figure::Value}}) {
        for (int i = 0; i < static_cast<int>(look.columns.size()); ++i) {
            const std::string& name = look.columns[static_cast<std::size_t>(i)];
            if (std::ranges::find(taken, i) != taken.end() || !look.is_named(i) || is_no_figure(name)
                || !hints_at(name, hint) || !are_figures(figures_of(look, i, 0)))
                continue;
            return guess_of_figure(look, i, asked, figure);
        }
    }
    return FigureGuess();
}

/// Another column may show how numbers are written where the figure's own does not, or where rows are counted.
void look_at_decimals(const Look& look, FigureGuess& guess, const std::vector<int>& taken) {
    if (guess.decimal != 0 || !look.part.is_text()) return;
    for (int i = 0; i < static_cast<int>(look.columns.size()); ++i) {
        if (i == guess.column || std::ranges::find(taken, i) != taken.end()) continue;
        const FiguresOfColumn of = figures_of(look, i, 0);
        if (!are_figures(of)) continue;
        const auto numbers = of.numbers.numbers(cells_by(look), {look.path}, "");
        if (numbers && numbers->decimal() == ',') guess.decimal = ',';
    }
}

}  // namespace

Result<FigureGuess> guess_figure(const Look& look, const FigureAsked& asked, const std::vector<int>& taken) {
    if (!asked.count.empty() && !asked.value.empty())
        return fail(Fault::Usage, "two-figures", {}, "--count and --value are both given",
                    "--count sums a column, --value takes prices and the like as they are: give one");
    FigureGuess out;
    if (const bool is_count = !asked.count.empty(); is_count || !asked.value.empty()) {
        const std::string& named = is_count ? asked.count : asked.value;
        const int column = look.find(named);
        if (column < 0) return unknown_column(look, is_count ? "--count" : "--value", named);
        out = TRY(guess_of_figure(look, column, asked, is_count ? Figure::Count : Figure::Value));
    } else if (asked.may_guess) {
        out = TRY(guess_by_name(look, asked, taken));
    }
    if (asked.decimal != 0) out.decimal = asked.decimal;
    look_at_decimals(look, out, taken);
    return out;
}

}  // namespace icosa::draft
