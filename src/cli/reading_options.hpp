/// How a user's table is to be read: the options that all commands share which read one.
#pragma once

#include <string>

#include "base/result.hpp"
#include "cli/command.hpp"
#include "table/columns.hpp"

namespace icosa::cli {

struct ReadingOptions {
    std::string date_form;
    std::string decimal;
    std::string nulls;     ///< parted by commas
    std::string censored;
};

void add_reading(Command& command, ReadingOptions& options);

/// err   Usage: bad-decimal
[[nodiscard]] Result<table::Reading> reading_of(const ReadingOptions& options);

/// The first of the flags that a user gave, "" = none: for commands that do not take them in some use.
[[nodiscard]] std::string given_flag(const ReadingOptions& options);

}  // namespace icosa::cli
