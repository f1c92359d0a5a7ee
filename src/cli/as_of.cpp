/// The day is read once, here, and handed down.
#include "cli/as_of.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "app/pipeline.hpp"
#include "base/text.hpp"
#include "cli/today.hpp"

namespace icosa::cli {
namespace {

Result<Day> day_written(const std::string& asked, std::string cure) {
    if (asked.empty() || asked == "today") return today();
    if (const auto day = parse_iso_day(asked)) return *day;
    return fail(Fault::Usage, "bad-day", {}, fmt::format("--as-of '{}' is not a day", excerpt(asked)), std::move(cure));
}

}  // namespace

Option as_of_option(std::string* target) {
    return as_of_option(target, "use nothing known later than this day; today if not given");
}

Option as_of_option(std::string* target, const std::string& what) {
    return option("--as-of", target, what + "; `newest` is the newest known day of the database")
        .as("DAY|today|newest");
}

Option day_option(std::string* target, const std::string& what) {
    return option("--as-of", target, what).as("DAY|today");
}

Result<Day> day_asked(const std::string& asked) {
    if (asked == "newest")
        return fail(Fault::Usage, "bad-day", {}, "--as-of newest asks a database, and none is read here",
                    "write a day as 2020-12-31, or today");
    return day_written(asked, "write it as 2020-12-31, or today");
}

Result<void> check_as_of(const std::string& asked) {
    if (asked != "newest") (void)TRY(day_written(asked, "write it as 2020-12-31, or today, or newest"));
    return {};
}

Result<Moment> moment_of(store::Store& store, const app::Packs& packs, const std::string& asked,
                         const std::string& db) {
    Moment out;
    out.newest = TRY(app::as_of_or_newest(store, packs, no_day, db));
    if (asked != "newest") {
        out.as_of = TRY(day_written(asked, "write it as 2020-12-31, or today, or newest"));
        return out;
    }
    // That a file was wrong is known from the day on which it was taken back.
    out.as_of = out.newest;
    for (const auto& file : TRY(store.files())) out.as_of = std::max(out.as_of, file.withdrawn_day);
    return out;
}

std::string first_line(const Moment& moment) {
    const int days = moment.as_of - moment.newest;
    const std::string age = days == 0 ? "of that day"
        : days > 0                    ? fmt::format("{} day{} older", days, days == 1 ? "" : "s")
                                      : fmt::format("{} day{} later, and not used", -days, days == -1 ? "" : "s");
    return fmt::format("As of {}; the newest data are of {}, {}", iso(moment.as_of), iso(moment.newest), age);
}

void write_moment(JsonWriter& json, const Moment& moment) {
    json.field("as_of", iso(moment.as_of)).field("newest", iso(moment.newest));
}

}  // namespace icosa::cli
