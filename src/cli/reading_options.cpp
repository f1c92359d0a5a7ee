/// Four options, their words, what they mean to a table.
#include "cli/reading_options.hpp"

#include <fmt/format.h>

#include "base/text.hpp"
#include "table/times.hpp"

namespace icosa::cli {

void add_reading(Command& command, ReadingOptions& options) {
    for (Option row :
         {option("--date-form", &options.date_form,
                 "how times are written where the column does not decide: dmy, mdy, ymd, month, week, quarter, year, "
                 "excel "
                 "or number; several by commas")
              .as("FORM"),
          option("--decimal", &options.decimal, "the mark before decimals, . or , where the column does not decide")
              .as("MARK"),
          option("--null", &options.nulls,
                 "what else means not observed, by commas (NA,.,-9); empty cells, NA and NaN always do")
              .as("LIST"),
          option("--censored", &options.censored,
                 "what '<5' counts as: half of 5 rounded down, 0, or 4; refused if not said")
              .one_of({"half", "low", "high"})}) {
        command.options.push_back(std::move(row));
    }
}

Result<table::Reading> reading_of(const ReadingOptions& options) {
    table::Reading out;
    TRY(table::asked_times(options.date_form));
    out.date_form = options.date_form;
    if (options.decimal == "," || options.decimal == "comma") out.numbers.decimal = ',';
    else if (options.decimal == "." || options.decimal == "point") out.numbers.decimal = '.';
    else if (!options.decimal.empty())
        return fail(Fault::Usage, "bad-decimal", {},
                    fmt::format("--decimal '{}' is no mark before decimals", excerpt(options.decimal)), "give . or ,");
    if (!options.nulls.empty()) {
        for (const auto one : split(options.nulls, ',')) out.numbers.nulls.emplace_back(trim(one));
    }
    if (options.censored == "half") out.numbers.censored = table::Censored::Half;
    if (options.censored == "low") out.numbers.censored = table::Censored::Low;
    if (options.censored == "high") out.numbers.censored = table::Censored::High;
    return out;
}

std::string given_flag(const ReadingOptions& options) {
    if (!options.date_form.empty()) return "--date-form";
    if (!options.decimal.empty()) return "--decimal";
    if (!options.nulls.empty()) return "--null";
    return options.censored.empty() ? "" : "--censored";
}

}  // namespace icosa::cli
