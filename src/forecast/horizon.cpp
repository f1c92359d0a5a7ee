/// One fault at a time, the request's own before those of the data.
#include "forecast/horizon.hpp"

#include <fmt/format.h>

#include "base/date.hpp"

namespace icosa::forecast {

Result<void> check_horizon(const Horizon& horizon) {
    const auto& [origin, first, last, data_from, data_end] = horizon;
    const auto label = [](int month) { return period_label(month, PeriodKind::Month); };
    if (first <= origin)
        return fail(Fault::Usage, "bad-horizon", {},
                    fmt::format("the first month {} is not after the origin {}", label(first), label(origin)),
                    "data up to the origin are used; forecast later months");
    if (last < first)
        return fail(Fault::Usage, "bad-horizon", {},
                    fmt::format("the last month {} is before the first, {}", label(last), label(first)),
                    "give --first and --last in order");
    if (last - origin > most_steps)
        return fail(Fault::Usage, "bad-horizon", {},
                    fmt::format("{} is {} months after the origin; at most {} are forecast", label(last), last - origin,
                                int{most_steps}),
                    "give an earlier --last or a later --origin");
    if (origin >= data_end)
        return fail(Fault::Data, "after-the-data", {},
                    fmt::format("the data end in {}, before the origin {}", label(data_end - 1), label(origin)),
                    fmt::format("give --origin {} or earlier", label(data_end - 1)));
    if (origin < data_from)
        return fail(Fault::Data, "before-the-data", {},
                    fmt::format("the data begin in {}, after the origin {}", label(data_from), label(origin)),
                    "give a later --origin");
    return {};
}

}  // namespace icosa::forecast
