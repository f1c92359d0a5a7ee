/// How a series becomes a yes or no.
#pragma once

#include <string>

#include "pack/toml.hpp"

namespace icosa::pack {

enum class Direction { Rise, Fall, Both };
/// What is judged: the value itself, its difference to `lag` periods before, or its growth (value / value of then - 1).
enum class Form { Level, Difference, Growth };

/// How a series becomes a yes or no: sums of `over` periods, then the form, then the method.
struct Judging {
    int over = 1;  ///< periods summed before anything else
    Form form = Form::Level;
    int lag = 1;  ///< periods, of Difference and Growth
    int reach = 0;  ///< where nothing was observed `lag` periods before: the newest before, at most so far back
    Node method;  ///< a table with `name`; the engine's Spec of that name parses it
    std::string method_name;
    Direction direction = Direction::Rise;
    double minimum = 0;  ///< a smaller observed value never signals (with direction fall: a smaller expected one)
};

/// A judging as the keys of a table give it.
void read_judging(TableReader& reader, Judging& out);

}  // namespace icosa::pack
