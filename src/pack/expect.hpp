/// Cases that a pack itself demands of its watches.
#pragma once

#include <string>
#include <vector>

#include "base/date.hpp"
#include "pack/catalogue.hpp"
#include "pack/toml.hpp"

namespace icosa::pack {

/// A case that the pack itself demands: on a strip, or on data/starter as of a day.
struct Expect {
    std::string watch;
    std::string strip;  ///< a digit a period (a = 10 ... z = 35), '.' not observed, blanks for the eye
    std::string carets;  ///< as long as needed: '^' under each period that must signal
    double scale = 1;  ///< each digit is multiplied by it
    Day as_of = no_day;
    std::vector<std::string> signals;  ///< "subject/period", must be there; "subject" for any period
    std::vector<std::string> silent;  ///< subjects without a signal
    std::string state;  ///< "" or the state the watch must be in
    std::vector<Mechanism> bodies;  ///< made up for the case, beside those of the packs
    Where where;
    Where carets_where;
    [[nodiscard]] bool is_strip() const { return !strip.empty(); }
};

/// An [[expect]]; one that demands nothing, or whose strip cannot be read, is a fault.
[[nodiscard]] Expect read_expect(const Node& node, Diagnostics& faults);

/// The values of a strip, times its scale; NaN for '.'. A fault names the first character that is neither.
[[nodiscard]] Result<std::vector<double>> strip_values(const Expect& expect);
/// The 0-based periods under a caret; a caret under a blank or beyond the end is the fault.
[[nodiscard]] Result<std::vector<int>> strip_signals(const Expect& expect);

}  // namespace icosa::pack
