/// Numbers of a user's table: which mark parts the decimals is decided by a column as a whole.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace icosa::table {

/// What becomes of a count that is only known to be less than a number, "<5": refused, or half of it rounded down, 0,
/// or the largest below it.
enum class Censored { Refused, Half, Low, High };

struct NumberOptions {
    char decimal = 0;                 ///< '.' or ','; 0 = by the column
    std::vector<std::string> nulls;   ///< what else means not observed, besides "", NA, NaN, nan
    Censored censored = Censored::Refused;
};

[[nodiscard]] bool is_absent(std::string_view cell);  ///< "", NA, NaN, nan
[[nodiscard]] bool is_absent(std::string_view cell, const NumberOptions& options);

/// What parts the cells of a file: a table by semicolons is likely one of a locale that writes decimal commas.
enum class CellsBy { Comma, Semicolon, Tab, Types };

/// Reads cells once their column is decided.
class Numbers {
public:
    Numbers(char decimal, const NumberOptions& options) : decimal_(decimal), options_(options) {}
    /// NaN where nothing was observed.
    ///
    /// err   bad-value: no number, or another mark than the column's; censored
    [[nodiscard]] Result<double> at(std::string_view cell, const Where& place, const std::string& column) const;
    [[nodiscard]] std::optional<double> number(std::string_view cell) const;  ///< nothing: absent or none
    [[nodiscard]] bool is_absent(std::string_view cell) const { return table::is_absent(cell, options_); }
    [[nodiscard]] char decimal() const { return decimal_; }

private:
    char decimal_;
    NumberOptions options_;
};

/// Fed with the cells of a column.
///
///     6.5 0.540 1,234.5   the point parts decimals          3,66 1.234,5 1.234.567   the comma does
///     6.540 alone may be either: open where no other cell decides, but for points in all cells of a table by commas
class NumberColumn {
public:
    explicit NumberColumn(NumberOptions options) : options_(std::move(options)) {}
    void see(std::string_view cell, int line);
    [[nodiscard]] bool are_numbers() const { return others_ == 0; }  ///< or absent, or censored; all cells seen
    [[nodiscard]] std::int64_t observed() const { return observed_; }
    [[nodiscard]] std::int64_t censored() const { return censored_; }
    [[nodiscard]] const std::string& first_censored() const { return first_censored_; }

    /// place: of the column.   err   mixed-decimals, open-decimals: naming a cell
    [[nodiscard]] Result<Numbers> numbers(CellsBy by, const Where& place, const std::string& column) const;
    /// What is not plain about the numbers, for the first line of a command; "" = nothing.
    [[nodiscard]] std::string said(const Numbers& numbers) const;

private:
    struct Cell {
        std::string text;
        int line = 0;
    };
    NumberOptions options_;
    std::int64_t observed_ = 0, others_ = 0, censored_ = 0;
    std::int64_t bare_ = 0;                       ///< without any mark
    bool has_long_bare_ = false;                  ///< of four digits and more: nothing groups thousands here
    std::string first_censored_;
    std::optional<Cell> point_, comma_;           ///< the first cell that says that this mark parts decimals
    std::optional<Cell> open_point_, open_comma_;  ///< the first that leaves it open
};

/// "Total", "Summe", "Grand total": the sum of a table's other rows, in the six languages of months.
[[nodiscard]] bool is_total(std::string_view cell);
[[nodiscard]] std::unexpected<Error> total_row(std::string_view cell, const Where& place);

/// A unit as text, a whole number of a table of floats as one: "131464.0" is "131464".
[[nodiscard]] std::string_view unit_text(std::string_view cell);

}  // namespace icosa::table
