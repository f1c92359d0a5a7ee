/// The methods of `icosa apply` that take a whole table: one list, and the options that only methods on a series have.
#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"
#include "cli/apply.hpp"
#include "cli/apply_hot_spots.hpp"
#include "cli/apply_scan.hpp"
#include "cli/apply_votes.hpp"

namespace icosa::cli {
namespace {

/// Options that the method would pass over.
Result<void> refuse_others(const TableMethod& method, const ApplyOptions& options) {
    const bool has_ballots = method.rows == TableRows::Ballots;
    const std::string flag = given_flag(options.reading);
    const std::pair<bool, std::string> given[] = {
        {has_ballots && !options.value.empty(), "--value"},
        {has_ballots && !options.time.empty(), "--time"},
        {!options.deflator.empty(), "--deflator"},
        {!options.unit.empty(), "--unit"},
        {options.season > 0, "--season"},
        {!method.holds_to_rate && options.false_discovery > 0, "--false-discovery"},
        {!has_ballots && !options.roll_calls.empty(), "--roll-calls"},
        {has_ballots && !flag.empty(), flag}};
    for (const auto& [is_given, name] : given) {
        if (is_given)
            return fail(
                Fault::Usage, "unused-option", {},
                fmt::format("'{}' reads {}, {} is for {}", options.method, has_ballots ? "ballots" : "counts at points",
                            name, name == "--roll-calls" ? "methods on votes" : "methods on a series"),
                "leave it out");
    }
    if (!has_ballots) return {};
    if (options.roll_calls.empty())
        return fail(Fault::Usage, "missing-option", {},
                    fmt::format("'{}' needs the roll calls beside the ballots", options.method),
                    "give --roll-calls un_roll_calls.csv");
    return {};
}

}  // namespace

std::vector<TableMethod> table_methods() {
    std::vector<TableMethod> out;
    for (const auto methods : {vote_methods(), scan_methods(), hot_spot_methods()})
        out.insert(out.end(), methods.begin(), methods.end());
    return out;
}

std::optional<TableMethod> find_table_method(std::string_view name) {
    for (const auto& method : table_methods()) {
        if (method.spec->name == name) return method;
    }
    return std::nullopt;
}

std::vector<std::string> table_method_names() {
    std::vector<std::string> out;
    for (const auto& method : table_methods()) out.emplace_back(method.spec->name);
    return out;
}

Result<std::string> count_column(const ApplyOptions& options, const pack::Options& parsed) {
    const std::string named = parsed.has("count") ? parsed.text("count") : std::string();
    if (!named.empty() && !options.value.empty() && named != options.value)
        return fail(Fault::Usage, "two-columns", {},
                    fmt::format("--count '{}' and --value '{}' name two columns of counts", excerpt(named),
                                excerpt(options.value)),
                    "leave one out");
    return named.empty() ? options.value : named;
}

Result<int> apply_table_method(const TableMethod& method, const Common& common, const ApplyOptions& options) {
    Diagnostics faults;
    const auto parsed = pack::parse_options(options.options, *method.spec, faults);
    if (!faults.empty()) {
        faults.front().fault = Fault::Usage;
        return std::unexpected(faults.front());
    }
    TRY(refuse_others(method, options));
    if (common.json && options.out.empty() && method.rows == TableRows::Ballots)
        return fail(Fault::Usage, "missing-option", {}, "with --json standard output holds the summary only",
                    "give --out FILE for the table");
    return method.run(common, options, parsed);
}

}  // namespace icosa::cli
