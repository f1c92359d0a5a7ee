/// Columns chosen, rows read, cells by one key.
#include "cli/score_files.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/date.hpp"
#include "base/text.hpp"
#include "table/reader.hpp"
#include "table/sparse_counts.hpp"
#include "table/texts.hpp"

namespace icosa::cli {
namespace {

Result<Actuals> read_events(const ScoreOptions& options, const table::CountColumns& columns,
                            const table::Reading& reading) {
    std::string said;
    const auto counts = TRY(table::read_sparse(options.actuals, columns, reading, &said));
    Actuals out{{},      counts.first, counts.end, {}, {}, table::TimeKeys(TRY(table::asked_times(reading.date_form))),
                columns, said};
    out.keys.learn_months();
    for (const auto& unit : counts.units) {
        for (const auto& one : unit.at) {
            const auto key = table::cell_key(period_label(one.month, PeriodKind::Month), table::unit_key(unit.name));
            if (out.first.empty()) out.first = key;
            out.of[key].value += one.count;
        }
    }
    return out;
}

struct WrittenActual {
    std::int32_t time = 0, unit = 0, value = 0;
    int line = 0;
};

/// The table of what came, row by row as it is written.
struct WrittenActuals {
    std::size_t time = 0, unit = 0, value = 0;
    table::Texts times, units, values;
    std::vector<int> time_lines;
    std::vector<WrittenActual> rows;
};

Result<WrittenActuals> read_written(const std::string& path, const table::CountColumns& columns,
                                    table::NumberColumn& numbers) {
    WrittenActuals out;
    const auto on_header = [&](const std::vector<std::string>& header) -> Result<std::vector<std::size_t>> {
        out.time = TRY(table::column_named(header, path, columns.time));
        out.unit = TRY(table::column_named(header, path, columns.unit));
        out.value = TRY(table::column_named(header, path, columns.value));
        return std::vector{out.time, out.unit, out.value};
    };
    const auto on_row = [&](std::span<const std::string_view> cells, int line) -> Result<void> {
        const auto [time, is_new_time] = out.times.at(cells[0]);
        const auto [unit, is_new_unit] = out.units.at(cells[1]);
        const auto [value, is_new_value] = out.values.at(cells[2]);
        if (is_new_time && table::is_total(cells[0]))
            return table::total_row(cells[0], {path, line, static_cast<int>(out.time) + 1});
        if (is_new_unit && table::is_total(cells[1]))
            return table::total_row(cells[1], {path, line, static_cast<int>(out.unit) + 1});
        if (is_new_time) out.time_lines.push_back(line);
        if (is_new_value) numbers.see(cells[2], line);
        out.rows.push_back({time, unit, value, line});
        return {};
    };
    TRY(table::visit_rows(path, on_header, on_row));
    return out;
}

}  // namespace

Actual* Actuals::find(const std::string& key, const std::string& time_key) {
    if (first_asked.empty()) first_asked = key;
    if (const auto found = of.find(key); found != of.end()) return &found->second;
    if (zero_from >= zero_until) return nullptr;
    const auto month = parse_period(time_key, PeriodKind::Month);
    return month && *month >= zero_from && *month < zero_until ? &of[key] : nullptr;
}

Result<Actuals> read_actuals(const ScoreOptions& options, const table::Reading& reading) {
    const std::string& path = options.actuals;
    const auto columns = TRY(
        table::count_columns(path, {options.unit, options.time, options.value}, reading, table::SeveralValues::Known));
    if (options.sparse) return read_events(options, columns, reading);
    table::NumberColumn numbers(reading.numbers);
    const auto written = TRY(read_written(path, columns, numbers));
    const auto where = [&](std::size_t column, int line = 0) {
        return Where{path, line, static_cast<int>(column) + 1};
    };
    const table::CellsBy by = TRY(table::cells_by(path));
    const auto values = TRY(numbers.numbers(by, where(written.value), columns.value));
    Actuals out{
        {}, 0, 0, {}, {}, table::TimeKeys(TRY(table::asked_times(reading.date_form))), columns, numbers.said(values)};
    TRY(out.keys.learn(written.times.all, written.time_lines, where(written.time)));
    std::vector<std::string> time_keys;
    for (std::size_t i = 0; i < written.times.all.size(); ++i)
        time_keys.push_back(TRY(out.keys.of(written.times.all[i], where(written.time, written.time_lines[i]))));
    for (const auto& row : written.rows) {
        const std::string& text = written.values.of(row.value);
        if (values.is_absent(text)) continue;  // not observed: not scored
        const double value = TRY(values.at(text, where(written.value, row.line), columns.value));
        if (value < 0)
            return fail(Fault::Data, "bad-value", where(written.value, row.line),
                        fmt::format("'{}' is less than 0, which no count is", excerpt(text)),
                        "leave it empty where nothing was observed");
        const auto key =
            table::cell_key(time_keys[static_cast<std::size_t>(row.time)], table::unit_key(written.units.of(row.unit)));
        if (out.first.empty()) out.first = key;
        if (!out.of.emplace(key, Actual{value}).second)
            return fail(Fault::Data, "two-rows-one-period", {path, row.line},
                        fmt::format("unit '{}' has {} twice", excerpt(written.units.of(row.unit)),
                                    excerpt(written.times.of(row.time))),
                        "one row a unit and time");
    }
    if (out.of.empty())
        return fail(Fault::Data, "no-rows", {path, 1}, "there is nothing to score against",
                    "give a row a unit and time");
    return out;
}

Result<DrawsHeader> read_draws_header(const std::vector<std::string>& header, const ScoreOptions& options) {
    const auto find = [&](std::string_view name) -> std::optional<std::size_t> {
        const auto found = std::find(header.begin(), header.end(), name);
        if (found == header.end()) return std::nullopt;
        return static_cast<std::size_t>(found - header.begin());
    };
    const bool are_sketches = find("sketch").has_value();
    if (header.size() < (are_sketches ? 3u : 4u) && (options.time.empty() || options.unit.empty()))
        return fail(
            Fault::Data, "too-few-columns", {options.draws, 1},
            fmt::format("{} columns; time, unit, draw, outcome (or time, unit, sketch) are needed", header.size()),
            "name them with --time, --unit, --value");
    DrawsHeader out;
    constexpr std::string_view model_names[] = {"model", "models", "model_name", "model_id", "team", "forecaster"};
    std::vector<std::string_view> others = {"draw", "sketch", "outcome"};
    if (!options.model.empty()) {
        out.columns.model = TRY(table::column_named(header, options.draws, options.model));
        out.model = options.model;
        others.push_back(out.model);
    }
    for (const auto name : model_names) {
        others.push_back(name);
        if (out.model.empty() && find(name)) {
            out.columns.model = find(name);
            out.model = std::string(name);
        }
    }
    // A name given need only be in one of the files: draws may have the usual names.
    const table::CountColumns said{find(options.unit) ? options.unit : "", find(options.time) ? options.time : "", ""};
    const auto keys = TRY(table::key_columns(header, options.draws, said, others));
    out.columns.time = TRY(table::column_named(header, options.draws, keys.time));
    out.columns.unit = TRY(table::column_named(header, options.draws, keys.unit));
    out.columns.outcome = are_sketches ? *find("sketch") : find("outcome").value_or(header.size() - 1);
    if (!are_sketches && find("draw") != out.columns.outcome) out.columns.draw = find("draw");
    out.said = fmt::format("time '{}', unit '{}', {} '{}'", keys.time, keys.unit, are_sketches ? "draws" : "outcome",
                           header[out.columns.outcome]);
    if (!options.model.empty()) out.said += fmt::format(", model '{}'", options.model);
    return out;
}

}  // namespace icosa::cli
