/// How a whole column writes its times: what one cell leaves open the others decide.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.hpp"
#include "base/time_text.hpp"

namespace icosa {

/// Fed with the cells of a column, one by one; the form is what reads all of them.
///
///     TimeColumn column(*parse_time_forms("dmy,mdy"));          // or of all forms
///     for (cell, line) if (!column.decided()) column.see(cell, line);
///     const TimeForm form = TRY(column.form({path, 0, column_number}));
///     read_time(cell, form)                                     // nothing: this cell is not in the form
class TimeColumn {
public:
    explicit TimeColumn(TimeForms allowed = all_time_forms) : allowed_(allowed), all_(allowed) {}

    /// A cell, trimmed; empty ones are passed over. line: for the error.
    void see(std::string_view cell, int line = 0);

    /// No further cell can change the form: one is left that reads all cells seen.
    [[nodiscard]] bool decided() const;
    [[nodiscard]] std::int64_t cells() const { return cells_; }

    /// The forms that read every cell and are not evidently less meant than another of them.
    [[nodiscard]] TimeForms left() const;
    /// The form that reads most cells, for a reader that sets the others aside one by one; nothing where none reads
    /// any.
    [[nodiscard]] std::optional<TimeForm> likeliest() const;
    /// All that read as many, but those evidently less meant than another of them.
    [[nodiscard]] TimeForms likely() const;
    /// Do two of these forms read a cell differently?
    [[nodiscard]] bool is_open(TimeForms forms) const;

    /// The form of the column. Where several are left that mean the same days in every cell, the first.
    ///
    /// err   bad-time: no form reads all cells; names the first that the likeliest form does not read
    ///       ambiguous-time: several forms read all cells, and differently; names a cell that shows it
    ///       no-rows: no cell
    [[nodiscard]] Result<TimeForm> form(const Where& column) const;

    /// The errors of form(): of the forms still left, or of a cell.
    [[nodiscard]] Error ambiguous(TimeForms left, const Where& column) const;
    [[nodiscard]] Error bad_cell(std::string_view cell, const Where& place) const;

private:
    struct Cell {
        std::string text;
        int line = 0;
    };
    TimeForms allowed_, all_;
    std::int64_t cells_ = 0;
    std::array<std::int64_t, time_forms> read_{};  ///< cells that a form reads
    std::array<std::int64_t, time_forms> misses_{};
    std::array<Cell, time_forms> first_miss_{};
    std::map<std::pair<TimeForm, TimeForm>, Cell> differ_;  ///< the first cell that two forms read differently
};

}  // namespace icosa
