/// What `icosa apply` is asked for, and the methods of it that take a whole table instead of a series.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/command.hpp"
#include "cli/reading_options.hpp"
#include "pack/spec.hpp"

namespace icosa::cli {

struct ApplyOptions {
    std::string method;
    std::string file;
    std::string value;
    std::string time;
    std::string deflator;    ///< column; "" = none
    std::string unit;        ///< column of many series; "" = one series
    double false_discovery = 0;  ///< over all units and periods; 0 = not asked
    ReadingOptions reading;
    std::string roll_calls;  ///< file, for the methods that take ballots
    std::string out;
    int season = 0;          ///< 0 = from the time column
    std::vector<std::pair<std::string, std::string>> options;
};

/// What a method that takes a whole table reads: ballots and roll calls, or counts at points.
enum class TableRows { Ballots, Points };

/// A method that answers with a table of its own, not with a row for each row.
struct TableMethod {
    const pack::Spec* spec;
    TableRows rows;
    /// Reads, computes, writes the table; tells what was left out on standard error, or all of it as JSON.
    Result<int> (*run)(const Common&, const ApplyOptions&, const pack::Options&);
    bool holds_to_rate = false;  ///< takes --false-discovery
};

[[nodiscard]] std::vector<TableMethod> table_methods();
[[nodiscard]] std::optional<TableMethod> find_table_method(std::string_view name);
[[nodiscard]] std::vector<std::string> table_method_names();
/// Checks the options given against the method's, then runs it.
[[nodiscard]] Result<int> apply_table_method(const TableMethod& method, const Common& common,
                                             const ApplyOptions& options);

/// The column of counts, by --count or --value. err   two-columns: both, of two names
[[nodiscard]] Result<std::string> count_column(const ApplyOptions& options, const pack::Options& parsed);

/// An error that knows no place stands for the whole file.
template <class Value> Result<Value> of_file(Result<Value> result, const std::string& file) {
    if (!result && result.error().where.file.empty()) result.error().where.file = file;
    return result;
}

}  // namespace icosa::cli
