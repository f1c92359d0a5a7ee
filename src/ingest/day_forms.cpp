/// Feeds the cells of day columns to TimeColumn until it knows their form.
#include "ingest/day_forms.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/text.hpp"
#include "base/time_column.hpp"
#include "ingest/header.hpp"
#include "ingest/row_cells.hpp"

namespace icosa::ingest {
namespace {

using pack::Parse;

/// A first odd cell must not decide alone.
constexpr std::int64_t cells_to_see = 50;

struct DayForm {
    Parse parse;
    TimeForm form;
    std::string_view option;  ///< of --date-form; "" = none
    std::string_view words;
};
constexpr std::array<DayForm, 6> day_form_table = {{
    {Parse::Date, TimeForm::YearFirst, "ymd", "year-month-day"},
    {Parse::DateMdy, TimeForm::MonthFirst, "mdy", "month/day/year"},
    {Parse::DateDmy, TimeForm::DayFirst, "dmy", "day/month/year"},
    {Parse::DateCompact, TimeForm::CompactDay, "", "20201103"},
    {Parse::Month, TimeForm::YearMonth, "", "months"},
    {Parse::Year, TimeForm::Year, "", "years"},
}};

const DayForm& day_form_of(Parse parse) {
    return *std::find_if(day_form_table.begin(), day_form_table.end(),
                         [&](const DayForm& row) { return row.parse == parse; });
}

std::string or_list(const std::vector<std::string>& names) {
    std::string out;
    for (std::size_t i = 0; i < names.size(); ++i)
        out += fmt::format("{}{}", i == 0 ? "" : i + 1 == names.size() ? " or " : ", ", names[i]);
    return out;
}

/// Columns with the same forms, and what their cells say.
struct Group {
    std::vector<Parse> forms;
    std::set<std::int32_t> columns;
    TimeForms allowed = 0;
    TimeColumn cells;
    std::int32_t first_column = -1;

    [[nodiscard]] bool is_known() const { return cells.decided() && cells.cells() >= cells_to_see; }
};

void set_form(Operation& operation, Parse form) {
    (operation.parse == Parse::DaysBetween ? operation.day_form : operation.parse) = form;
    operation.forms.clear();
}

std::vector<Group> groups_of(const Plan& plan) {
    std::map<std::vector<Parse>, Group> groups;
    for (const Operation& operation : plan.operations) {
        if (operation.forms.empty()) continue;
        Group& group = groups[operation.forms];
        group.forms = operation.forms;
        group.columns.insert(operation.columns.begin(), operation.columns.end());
    }
    std::vector<Group> out;
    for (auto& [forms, group] : groups) {
        for (const Parse form : forms) group.allowed |= bit(day_form_of(form).form);
        group.cells = TimeColumn(group.allowed);
        group.first_column = *group.columns.begin();
        out.push_back(std::move(group));
    }
    return out;
}

/// Shows the file to the groups, row by row, until all are known.
Result<void> show_file(std::vector<Group>& groups, const Plan& plan, const std::string& path, ChunkOptions chunks,
                       Level level) {
    const auto chunker = TRY(Chunker::open(path, plan.part, plan.form, chunks));
    RowReader reader(plan.form, static_cast<std::int32_t>(plan.columns.size()), level);
    const RowCells cells(plan);
    const auto all_known = [&] {
        return std::all_of(groups.begin(), groups.end(), [](const Group& group) { return group.is_known(); });
    };
    for (Chunk chunk; TRY(chunker->next(chunk));) {
        reader.start(chunk.text, chunk.first_line);
        for (Row row; reader.next(row);) {
            if (row.line <= plan.header_line) continue;
            for (Group& group : groups) {
                for (const std::int32_t column : group.columns) {
                    const std::string_view cell = cells.cell(row, column);
                    if (!cell.empty() && (forms_of(cell) & group.allowed) != 0)
                        group.cells.see(cell, static_cast<int>(row.line));
                }
            }
            if (all_known()) return {};
        }
    }
    return {};
}

Result<Parse> form_of_group(const Group& group, const Plan& plan, const std::string& path) {
    const auto parse_of = [&](TimeForm form) {
        return std::find_if(day_form_table.begin(), day_form_table.end(),
                            [&](const DayForm& row) { return row.form == form; })
            ->parse;
    };
    if (group.cells.cells() == 0) return group.forms.front();
    if (auto form = group.cells.form({path})) return parse_of(*form);
    TimeForms left = group.cells.left();
    if (left == 0) {  // a stray cell decides nothing between two forms that read all the others
        left = group.cells.likely();
        if (!group.cells.is_open(left))
            return parse_of(group.cells.likeliest().value_or(day_form_of(group.forms.front()).form));
    }
    const Error shown = group.cells.ambiguous(left, {path});
    std::vector<std::string> words, options;
    for (const Parse form : group.forms) {
        if ((left & bit(day_form_of(form).form)) == 0) continue;
        words.emplace_back(day_form_of(form).words);
        if (!day_form_of(form).option.empty())
            options.push_back(fmt::format("--date-form {}", day_form_of(form).option));
    }
    return fail(Fault::Data, "ambiguous-days", {path, shown.where.line, static_cast<int>(group.first_column) + 1},
                fmt::format("the days of '{}' may be {}: {}",
                            plan.columns[static_cast<std::size_t>(group.first_column)], or_list(words), shown.what),
                "say which: " + or_list(options));
}

}  // namespace

std::optional<Parse> parse_date_form(std::string_view name) {
    for (const DayForm& row : day_form_table) {
        if (!row.option.empty() && row.option == name) return row.parse;
    }
    return std::nullopt;
}

Result<void> decide_day_forms(Plan& plan, const std::string& path, std::optional<Parse> forced, ChunkOptions chunks,
                              Level level) {
    const auto has_form = [&](const Operation& operation) {
        const Parse one = operation.parse == Parse::DaysBetween ? operation.day_form : operation.parse;
        return !operation.forms.empty() || one == Parse::Date || one == Parse::DateDmy || one == Parse::DateMdy;
    };
    std::set<std::string> said;
    if (forced) {
        bool any = false;
        for (Operation& operation : plan.operations) {
            const bool is_days = operation.value == pack::FieldValue::Days || operation.parse == Parse::DaysBetween;
            if (!is_days || !has_form(operation)) continue;
            set_form(operation, *forced);
            any = true;
        }
        if (!any)
            return fail(Fault::Usage, "bad-date-form", {path},
                        fmt::format("source '{}' has no days that could be written {}", plan.card->id,
                                    day_form_of(*forced).words),
                        "leave out --date-form");
        said.insert(std::string(day_form_of(*forced).words));
    } else if (auto groups = groups_of(plan); !groups.empty()) {
        TRY(show_file(groups, plan, path, chunks, level));
        for (const Group& group : groups) {
            const Parse form = TRY(form_of_group(group, plan, path));
            for (Operation& operation : plan.operations) {
                if (operation.forms == group.forms) set_form(operation, form);
            }
            if (form != group.forms.front()) said.insert(std::string(day_form_of(form).words));
        }
    }
    for (const std::string& words : said) plan.notes.push_back("days read as " + words);
    return {};
}

}  // namespace icosa::ingest
