/// Stars of column names are resolved once a file; the rest is looking up cells.
#include "ingest/row_details.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "base/hash.hpp"
#include "base/text.hpp"
#include "ingest/header.hpp"
#include "ingest/ofac_remarks.hpp"

namespace icosa::ingest {
namespace {

constexpr std::int32_t numbers_of_one_star = 1000;

/// The number that a column has of a name with stars; -1 where it is another column.
std::int32_t number_in(std::string_view column, const std::vector<std::string_view>& name) {
    const auto parts = split(column, '.');
    std::size_t at = 0;
    std::int32_t number = 0;
    for (const auto part : name) {
        if (part == "*") {
            const auto given = at < parts.size() ? parse_integer(parts[at]) : std::nullopt;
            number = number * numbers_of_one_star;
            if (given) {
                number += static_cast<std::int32_t>(std::clamp<std::int64_t>(*given, 0, numbers_of_one_star - 1));
                ++at;
            }
        } else if (at >= parts.size() || parts[at++] != part) {
            return -1;
        }
    }
    return at == parts.size() ? number : -1;
}

/// The columns of a name by their numbers.
std::map<std::int32_t, std::int32_t> columns_of_name(const pack::SourceCard& card, const std::string& name,
                                                     const std::vector<std::string>& columns, bool is_own) {
    std::map<std::int32_t, std::int32_t> out;
    if (name.find('*') == std::string::npos) {
        const auto found = is_own ? find_column(card, columns, name) : find_column(columns, name);
        if (found >= 0) out[0] = found;
        return out;
    }
    const auto parts = split(name, '.');
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (!columns[i].starts_with(parts[0])) continue;
        if (const auto number = number_in(columns[i], parts); number >= 0)
            out.try_emplace(number, static_cast<std::int32_t>(i));
    }
    return out;
}

void squeeze(std::string_view text, std::string& out) {
    bool blank = false;
    for (const char c : text) {
        if (is_blank(c)) {
            blank = true;
            continue;
        }
        if (blank && !out.empty()) out += ' ';
        blank = false;
        out += c;
    }
}

}  // namespace

std::vector<DetailOperation> detail_operations(const pack::SourceCard& card, const std::vector<std::string>& columns,
                                               const std::vector<BesideTable>& beside) {
    std::vector<DetailOperation> out;
    for (const pack::DetailMap& rule : card.details) {
        DetailOperation base;
        base.rule = &rule;
        if (const auto table = card.lookups.find(rule.lookup); table != card.lookups.end())
            base.lookup = &table->second;
        const auto of = std::find_if(card.beside.begin(), card.beside.end(),
                                     [&](const pack::BesideMap& file) { return file.id == rule.beside; });
        if (of != card.beside.end()) base.beside = static_cast<std::int32_t>(of - card.beside.begin());
        const auto& from = base.beside < 0 ? columns : beside[static_cast<std::size_t>(base.beside)].columns;
        std::vector<std::map<std::int32_t, std::int32_t>> texts, by;
        std::set<std::int32_t> numbers;
        for (const std::string& name : rule.columns) {
            texts.push_back(columns_of_name(card, name, from, base.beside < 0));
            for (const auto& [number, column] : texts.back()) numbers.insert(number);
        }
        for (const std::string& name : rule.by) by.push_back(columns_of_name(card, name, from, base.beside < 0));
        const auto at = [](const std::map<std::int32_t, std::int32_t>& columns_by_number, std::int32_t number) {
            const auto found = columns_by_number.find(number);
            return found == columns_by_number.end() ? -1 : found->second;
        };
        for (const std::int32_t number : numbers) {
            DetailOperation one = base;
            one.number = number;
            for (const auto& text : texts) one.columns.push_back(at(text, number));
            for (const auto& text : by) one.by.push_back(at(text, number));
            out.push_back(std::move(one));
        }
    }
    return out;
}

std::string RowDetails::text_of(const Row& row, const BesideTable::Cells* cells, std::int32_t column) const {
    if (column < 0) return {};
    if (cells) return (*cells)[static_cast<std::size_t>(column)];
    std::string text(cells_.cell(row, column));
    for (const BesideTable& table : plan_.beside) {
        if (table.continued_column != column || table.text_column < 0 || table.key_column >= row.columns) continue;
        const auto rows = table.rows.find(std::string(trimmed(row.cell(table.key_column))));
        if (rows == table.rows.end()) continue;
        for (const auto& more : rows->second) text += more[static_cast<std::size_t>(table.text_column)];
    }
    return text;
}

void RowDetails::add(model::DetailField field, std::int32_t number, std::size_t part, std::string_view text) {
    model::Detail detail{0, number, field, static_cast<std::uint8_t>(std::min<std::size_t>(part, 255)), {}};
    squeeze(text, detail.text);
    if (!detail.text.empty()) found.push_back(std::move(detail));
}

bool RowDetails::read_one(const DetailOperation& operation, const Row& row, const BesideTable::Cells* cells,
                          std::int32_t number) {
    const auto is_empty = [&](std::int32_t column) {
        return column < 0
            || (cells ? (*cells)[static_cast<std::size_t>(column)].empty() : cells_.cell(row, column).empty());
    };
    if (std::ranges::all_of(operation.columns, is_empty)) return true;  // most numbers of a star, in most rows
    const pack::DetailMap& rule = *operation.rule;
    std::vector<std::string> texts;
    for (const std::int32_t column : operation.columns) texts.push_back(text_of(row, cells, column));
    if (rule.parse == pack::DetailParse::OfacRemarks) {
        for (const auto& detail : read_ofac_remarks(texts[0])) add(detail.field, detail.number, 0, detail.text);
        return true;
    }
    auto field = rule.field;
    if (operation.lookup) {
        std::string key;
        for (std::size_t i = 0; i < operation.by.size(); ++i) {
            if (i > 0) key += '|';
            key += text_of(row, cells, operation.by[i]);
        }
        const std::string* name = pack::look_up(*operation.lookup, key);
        if (!name)
            return cells_.refuse(operation.by[0], key,
                                 fmt::format("is not in the lookup '{}' of source '{}'", rule.lookup, plan_.card->id),
                                 fmt::format("add it, or \"*\" for all others, to [lookup.{}]", rule.lookup));
        if (name->empty()) return true;
        field = model::detail_field_of(*name);
    }
    if (!field) return true;
    if (texts.size() > 1 && rule.join.empty()) {
        for (std::size_t i = 0; i < texts.size(); ++i) add(*field, number, i + 1, texts[i]);
    } else if (texts.size() > 1) {
        std::string whole;
        for (const std::string& text : texts) {
            if (text.empty()) continue;
            if (!whole.empty()) whole += rule.join;
            whole += text;
        }
        add(*field, number, 0, whole);
    } else if (!rule.split.empty()) {
        for (std::size_t from = 0; from <= texts[0].size();) {
            const auto to = std::min(texts[0].find(rule.split, from), texts[0].size());
            const auto entry = trimmed(std::string_view(texts[0]).substr(from, to - from));
            if (!entry.empty()) add(*field, number++, 0, entry);
            from = to + rule.split.size();
        }
    } else {
        add(*field, number, 0, texts[0]);
    }
    return true;
}

bool RowDetails::read(const Row& row) {
    found.clear();
    for (const DetailOperation& operation : plan_.details) {
        if (operation.beside < 0) {
            if (!read_one(operation, row, nullptr, operation.number)) return false;
            continue;
        }
        const BesideTable& table = plan_.beside[static_cast<std::size_t>(operation.beside)];
        if (table.path.empty() || table.key_column >= row.columns) continue;
        const auto rows = table.rows.find(std::string(trimmed(row.cell(table.key_column))));
        if (rows == table.rows.end()) continue;
        std::int32_t number = operation.number;
        for (const auto& cells : rows->second) {
            if (!read_one(operation, row, &cells, number++)) return false;
        }
    }
    std::sort(found.begin(), found.end());
    return true;
}

std::uint64_t RowDetails::hash(std::uint64_t seed) const {
    // A list that gives its aliases or documents in another order says the same.
    std::map<std::pair<std::string_view, std::int32_t>, std::uint64_t> groups;
    for (const model::Detail& one : found) {
        std::uint64_t& group = groups[{model::group_of(one.field), one.number}];
        group = hash64(one.text, hash64(model::name_of(one.field), group + one.part));
    }
    std::uint64_t sum = 0;
    for (const auto& [key, group] : groups) sum += group;
    return hash64({reinterpret_cast<const char*>(&sum), sizeof sum}, seed);
}

}  // namespace icosa::ingest
