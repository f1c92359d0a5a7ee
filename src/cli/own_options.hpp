/// How a user says what a file of their own holds: the options that `card` and `watch` share.
#pragma once

#include <string>
#include <vector>

#include "cli/command.hpp"
#include "draft/guess.hpp"

namespace icosa::cli {

struct OwnOptions {
    std::string file;
    std::string date, place, count, value, kind;  ///< columns
    std::string measure, unit, date_form, decimal, sheet;
    int header = 0;
    bool overwrite = false;
};

/// FILE and the rest of them, for the beginning of a command's options.
[[nodiscard]] std::vector<Option> own_options(OwnOptions& options);

/// err   Usage: bad-decimal
[[nodiscard]] Result<draft::Asked> asked_of(const OwnOptions& options);

/// Writes a file that is not there yet, with the folders above it. err   Usage: is-there, where it is and nobody said
/// --overwrite; Store: unwritable
[[nodiscard]] Result<void> write_new(const std::string& path, const std::string& text, const OwnOptions& options);

}  // namespace icosa::cli
