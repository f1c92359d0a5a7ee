/// Said, known by name, or the only one.
#include "table/columns.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <optional>

#include <fmt/format.h>

#include "base/text.hpp"
#include "table/reader.hpp"

namespace icosa::table {
namespace {

/// The names by which Icosa and the prediction challenge write them; a table saved with an index has its columns in any
/// order.
constexpr std::string_view known_times[] = {"month", "month_id"};
constexpr std::string_view known_units[] = {"unit", "country_id", "priogrid_gid", "priogrid_id", "pg_id"};
constexpr std::string_view known_values[] = {"fatalities", "best", "deaths", "count"};

/// What the rows say of a column: could it hold counts?
struct Profile {
    NumberColumn numbers;
    bool are_counts = true;
};

/// All columns besides those taken that hold counts in every row, by position.
Result<std::vector<std::size_t>> columns_of_counts(const std::string& path, const CountColumns& taken,
                                                   const Reading& reading) {
    std::vector<std::size_t> wanted;
    std::vector<Profile> profiles;
    const auto on_header = [&](const std::vector<std::string>& header) -> Result<std::vector<std::size_t>> {
        for (std::size_t c = 0; c < header.size(); ++c) {
            if (header[c] != taken.time && header[c] != taken.unit) wanted.push_back(c);
        }
        profiles.assign(wanted.size(), {NumberColumn(reading.numbers)});
        return wanted;
    };
    const auto on_row = [&](std::span<const std::string_view> cells, int line) -> Result<void> {
        for (std::size_t i = 0; i < cells.size(); ++i) {
            if (!profiles[i].are_counts) continue;
            profiles[i].numbers.see(cells[i], line);
            profiles[i].are_counts = profiles[i].numbers.are_numbers() && !cells[i].starts_with('-');
        }
        return {};
    };
    TRY(visit_rows(path, on_header, on_row));
    std::vector<std::size_t> out;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        if (profiles[i].are_counts && profiles[i].numbers.observed() > 0) out.push_back(wanted[i]);
    }
    return out;
}

Result<std::vector<std::string>> header_of(const std::string& path) {
    std::vector<std::string> names;
    const auto walked = visit_rows(
        path,
        [&](const std::vector<std::string>& header) -> Result<std::vector<std::size_t>> {
            names = header;
            return fail(Fault::Data, "header-read", {}, "");
        },
        [](std::span<const std::string_view>, int) -> Result<void> { return {}; });
    if (!walked && walked.error().code != "header-read") return std::unexpected(walked.error());
    return names;
}

}  // namespace

std::string quoted(std::span<const std::string> names) {
    std::vector<std::string> out;
    for (const auto& name : names) out.push_back(fmt::format("'{}'", excerpt(name)));
    return join(out, ", ");
}

Result<CountColumns> key_columns(const std::vector<std::string>& header, const std::string& path,
                                 const CountColumns& said, std::span<const std::string_view> others) {
    const auto at = [&](std::string_view name) {
        return static_cast<std::size_t>(std::find(header.begin(), header.end(), name) - header.begin());
    };
    std::vector<bool> taken(header.size());
    const auto take = [&](std::string_view name) {
        if (const auto found = at(name); found < header.size()) taken[found] = true;
    };
    // What has a name first, so that what is found by its place is nothing else.
    for (const std::string_view name :
         {std::string_view(said.time), std::string_view(said.unit), std::string_view(said.value)})
        take(name);
    for (const auto name : others) take(name);
    for (const auto name : known_times) take(name);
    for (const auto name : known_units) take(name);
    const auto choose = [&](const std::string& name, std::span<const std::string_view> known) -> Result<std::string> {
        if (!name.empty()) return header[TRY(column_named(header, path, name))];
        for (const auto one : known) {
            if (at(one) < header.size()) return header[TRY(column_named(header, path, std::string(one)))];
        }
        const auto place = static_cast<std::size_t>(std::find(taken.begin(), taken.end(), false) - taken.begin());
        if (place == header.size())
            return fail(Fault::Data, "too-few-columns", {path, 1},
                        fmt::format("{} columns; time, unit and value are needed", header.size()),
                        "name them with --time, --unit, --value");
        taken[place] = true;
        if (is_figure(header[place]))
            return fail(
                Fault::Data, "no-header", {path, 1},
                fmt::format("a column is called '{}': this line is a row, not a header", excerpt(header[place])),
                "put a line of names above it");
        return header[place];
    };
    CountColumns out = said;
    out.time = TRY(choose(said.time, known_times));
    out.unit = TRY(choose(said.unit, known_units));
    return out;
}

Result<CountColumns> count_columns(const std::string& path, const CountColumns& said, const Reading& reading,
                                   SeveralValues several) {
    const auto header = TRY(header_of(path));
    if (header.size() < 3 && (said.time.empty() || said.unit.empty() || said.value.empty()))
        return fail(Fault::Data, "too-few-columns", {path, 1},
                    fmt::format("{} columns; time, unit and value are needed", header.size()),
                    "name them with --time, --unit, --value");
    constexpr std::string_view others[] = {"outcome"};
    CountColumns out = TRY(key_columns(header, path, said, others));
    if (!said.value.empty()) {
        out.value = header[TRY(column_named(header, path, said.value))];
        return out;
    }
    if (several == SeveralValues::Known && std::find(header.begin(), header.end(), "outcome") != header.end()) {
        out.value = header[TRY(column_named(header, path, "outcome"))];
        return out;
    }
    std::vector<std::string> names;
    for (const std::size_t c : TRY(columns_of_counts(path, out, reading))) names.push_back(header[c]);
    std::vector<std::string> known;
    for (const auto& name : several == SeveralValues::Known ? names : std::vector<std::string>()) {
        if (std::find(std::begin(known_values), std::end(known_values), name) != std::end(known_values))
            known.push_back(name);
    }
    if (names.size() != 1 && known.size() != 1) {
        if (names.empty() && header.size() == 3) {  // the only one left: its cells say what is wrong
            for (const auto& name : header) {
                if (name != out.time && name != out.unit) out.value = name;
            }
            if (!out.value.empty()) return out;
        }
        return fail(Fault::Data, "which-column", {path, 1},
                    names.empty() ? std::string("no column besides the time and the unit holds counts in every row")
                                  : fmt::format("several columns could hold the count: {}", quoted(names)),
                    "name it with --value");
    }
    out.value = names.size() == 1 ? names.front() : known.front();
    return out;
}

Result<std::vector<std::string>> further_counts(const std::string& path, const CountColumns& taken,
                                                const Reading& reading) {
    const auto header = TRY(header_of(path));
    std::vector<std::string> names;
    for (const std::size_t c : TRY(columns_of_counts(path, taken, reading))) {
        if (header[c] != taken.value) names.push_back(header[c]);
    }
    std::map<std::string, std::vector<std::string>, std::less<>> first_of;
    std::vector<bool> varies(names.size());
    const auto on_header = [&](const std::vector<std::string>& all) -> Result<std::vector<std::size_t>> {
        std::vector<std::size_t> wanted{TRY(column_named(all, path, taken.unit))};
        for (const auto& name : names) wanted.push_back(TRY(column_named(all, path, name)));
        return wanted;
    };
    const auto on_row = [&](std::span<const std::string_view> cells, int) -> Result<void> {
        auto found = first_of.find(cells[0]);
        if (found == first_of.end()) {
            found = first_of.emplace(cells[0], std::vector<std::string>()).first;
            for (const auto cell : cells.subspan(1)) found->second.emplace_back(cell);
        }
        for (std::size_t i = 0; i < names.size(); ++i) {
            if (cells[i + 1] != found->second[i]) varies[i] = true;
        }
        return {};
    };
    TRY(visit_rows(path, on_header, on_row));
    std::vector<std::string> out;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (varies[i]) out.push_back(names[i]);
    }
    return out;
}

}  // namespace icosa::table
