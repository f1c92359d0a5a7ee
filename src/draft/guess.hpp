/// All that is guessed of a file, or said by its user: the day, the place, the figure, the kind, what tells rows apart.
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "draft/day_guess.hpp"
#include "draft/figure_guess.hpp"
#include "draft/look.hpp"
#include "draft/place_guess.hpp"
#include "pack/places.hpp"

namespace icosa::draft {

/// What a user says; "" = nothing.
struct Asked {
    TableAsked table;
    std::string date, place, kind;  ///< columns
    std::string date_form;  ///< dmy, mdy, month ..
    FigureAsked figure;  ///< its may_guess holds for the kind too
    std::string measure;  ///< what the figure is called
    std::string unit;  ///< "region": names are units of their own; "place"; else the unit of the figure
};

struct Guess {
    Look look;
    DayGuess day;
    PlaceGuess place;
    FigureGuess figure;
    int kind = -1;
    std::vector<int> parts;  ///< columns that part the series of measured values beside the place: product, unit
    std::vector<std::string> nulls;  ///< texts of these columns that stand for "not known"
    std::vector<int> identity;  ///< empty: none tells the rows apart
    std::string measure;  ///< what the figure is called: said, or its column
    std::string unit;  ///< of the figure

    [[nodiscard]] const std::string& name_of(int column) const {
        return look.columns[static_cast<std::size_t>(column)];
    }
    /// Columns of a subject: those that make units beside the place, or instead of it. Empty: there is none.
    [[nodiscard]] std::vector<int> subject() const;
    [[nodiscard]] bool is_measured() const { return figure.figure == Figure::Value || figure.figure == Figure::Sum; }
};

/// err   those of look_at, guess_day, guess_place, guess_figure; Usage: unknown-column of --kind
[[nodiscard]] Result<Guess> guess(const std::string& path, const Asked& asked, const pack::PlaceBook& book);

}  // namespace icosa::draft
