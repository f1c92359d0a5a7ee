/// What a number in a sheet's cell means by its format: a number, or a day counted from an epoch.
#pragma once

#include <string>
#include <string_view>

namespace icosa::ingest {

enum class NumberKind { Plain, Day, Time };
/// Workbooks count days from 1900 (with a 29 February 1900 that never was), old Macintosh ones from 1904.
enum class DateSystem { From1900, From1904 };

/// By the number of a built-in format (ECMA-376 Part 1, 18.8.30, with those of East Asian versions).
[[nodiscard]] NumberKind kind_of_format(int number);
/// By a format's code: "yyyy\-mm\-dd;@", "[$-409]d-mmm-yy". Letters in quotes, brackets and behind a backslash mean
/// nothing.
[[nodiscard]] NumberKind kind_of_format(std::string_view code);

/// A day as "2026-02-21", with " 13:45:00" where it has a part of a day; a time as "13:45:00". A number that is no day
/// of the system (60 in that of 1900, negative, beyond 9999) stays the number.
///
/// in    number   as the file has it: "46074", "34.385399999999997", "1E-3"
[[nodiscard]] std::string number_cell(std::string_view number, NumberKind kind, DateSystem system);

}  // namespace icosa::ingest
