/// Which column is counted or measured, how its numbers are written, and which texts part its series.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "draft/look.hpp"

namespace icosa::draft {

enum class Figure {
    Rows,   ///< a row is one
    Count,  ///< whole numbers that are summed
    Sum,    ///< numbers that are summed and have decimals, or gaps where nothing is known
    Value,  ///< measured: prices, indices
};

struct FigureGuess {
    Figure figure = Figure::Rows;
    int column = -1;
    char decimal = 0;                ///< of the file; 0 = plain
    std::string sample;              ///< a cell that shows how it is written
    std::int64_t blank = 0;          ///< cells without a figure
    bool is_whole = true;
    bool is_negative = false;        ///< one at least is below 0
    bool is_price = false;           ///< called one
    std::vector<std::string> nulls;  ///< texts of the file that stand for "not known"
};

struct FigureAsked {
    std::string count, value;  ///< columns; "" = not said
    char decimal = 0;          ///< '.' or ','
    bool may_guess = false;    ///< asked neither, a column by its name; else rows count
};

/// Asked neither: the first column of figures that is called as counts, else as values are, if that may be guessed and
/// there is one; else rows count.
///
/// err   Usage: unknown-column, two-figures; Data: no-figures (a named column holds texts), open-decimals,
/// mixed-decimals
[[nodiscard]] Result<FigureGuess> guess_figure(const Look& look, const FigureAsked& asked,
                                               const std::vector<int>& taken);

}  // namespace icosa::draft
