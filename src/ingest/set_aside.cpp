/// Texts without case, and ranges of whole numbers.
#include "ingest/set_aside.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace icosa::ingest {
namespace {

/// "5049..5110": both ends in it. A whole number is a range of one, so that 5049.0 is 5049.
std::optional<std::pair<std::int64_t, std::int64_t>> range_in(const std::string& text) {
    const auto dots = text.find("..");
    std::int64_t first = 0, last = 0;
    if (dots == std::string::npos)
        return parse_whole(text, first) ? std::optional(std::pair(first, first)) : std::nullopt;
    const bool good = parse_whole(std::string_view(text).substr(0, dots), first)
        && parse_whole(std::string_view(text).substr(dots + 2), last);
    return good ? std::optional(std::pair(first, last)) : std::nullopt;
}

bool fits(const SetAsideRows::Cell& wanted, std::string_view text) {
    std::int64_t number = 0;
    if (!wanted.ranges.empty() && parse_whole(text, number)
        && std::any_of(wanted.ranges.begin(), wanted.ranges.end(),
                       [&](const auto& range) { return range.first <= number && number <= range.second; }))
        return true;
    return !wanted.texts.empty()
        && std::find(wanted.texts.begin(), wanted.texts.end(), lower(text)) != wanted.texts.end();
}

}  // namespace

std::vector<SetAsideRows> set_aside_of(const pack::SourceCard& card, const std::vector<Operation>& operations) {
    std::vector<SetAsideRows> out;
    std::vector<std::string_view> fields;
    for (const pack::FieldRule& rule : pack::fields_of(card.record)) fields.push_back(rule.name);
    for (const pack::SetAside& why : card.set_aside) {
        SetAsideRows rows;
        rows.why = &why;
        for (const auto& [field, texts] : why.where) {
            const std::string_view wanted = field;
            const auto of = std::find_if(operations.begin(), operations.end(), [&](const Operation& one) {
                return one.columns.size() == 1 && one.slot < fields.size() && fields[one.slot] == wanted;
            });
            if (of == operations.end()) break;
            SetAsideRows::Cell cell{of->columns[0], {}, {}};
            for (const std::string& text : texts) {
                if (const auto range = range_in(text)) cell.ranges.push_back(*range);
                else cell.texts.push_back(lower(text));
            }
            rows.cells.push_back(std::move(cell));
        }
        if (rows.cells.size() == why.where.size()) out.push_back(std::move(rows));
    }
    return out;
}

const SetAsideRows* find_set_aside(const std::vector<SetAsideRows>& rules, const RowCells& cells, const Row& row) {
    for (const SetAsideRows& rule : rules) {
        if (std::all_of(rule.cells.begin(), rule.cells.end(),
                        [&](const SetAsideRows::Cell& wanted) { return fits(wanted, cells.cell(row, wanted.column)); }))
            return &rule;
    }
    return nullptr;
}

}  // namespace icosa::ingest
