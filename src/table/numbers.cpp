/// Each cell is evidence for a mark, or open, or none.
#include "table/numbers.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/number.hpp"
#include "base/text.hpp"

namespace icosa::table {
namespace {

enum class Mark { None, Point, Comma, OpenPoint, OpenComma, NoNumber };

constexpr bool is_a_digit(char c) { return c >= '0' && c <= '9'; }

/// Groups of three behind one to three digits (of two between, as India writes): 1.234.567, 12,34,567.
bool are_groups(std::string_view text, char mark) {
    const auto parts = split(text, mark);
    if (parts.size() < 2) return false;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const auto size = parts[i].size();
        const bool fits = i == 0 ? size >= 1 && size <= 3 : i + 1 == parts.size() ? size == 3 : size == 2 || size == 3;
        if (!fits || !std::all_of(parts[i].begin(), parts[i].end(), is_a_digit)) return false;
    }
    return parts[0] != "0";
}

/// A number's text without sign, and without blanks or apostrophes that group thousands; nothing where they do not.
struct Bare {
    bool is_negative = false, had_groups = false;
    std::string text;
};

std::optional<Bare> bare_of(std::string_view cell) {
    Bare out;
    if (cell.starts_with("\xE2\x88\x92")) {  // the minus of typesetters
        out.is_negative = true;
        cell.remove_prefix(3);
    } else if (cell.starts_with('-') || cell.starts_with('+')) {
        out.is_negative = cell[0] == '-';
        cell.remove_prefix(1);
    }
    for (std::size_t i = 0; i < cell.size();) {
        std::size_t taken = 0;
        for (const std::string_view blank : {" ", "'", "\xC2\xA0", "\xE2\x80\xAF", "\xE2\x80\x89", "\xE2\x80\x99"}) {
            if (cell.substr(i).starts_with(blank)) taken = blank.size();
        }
        out.text += taken > 0 ? ' ' : cell[i];
        out.had_groups = out.had_groups || taken > 0;
        i += std::max<std::size_t>(1, taken);
    }
    if (!out.had_groups) return out;
    if (!are_groups(std::string_view(out.text).substr(0, out.text.find_first_of(".,")), ' ')) return std::nullopt;
    const auto end = std::remove(out.text.begin(), out.text.end(), ' ');
    out.text.erase(end, out.text.end());
    return out;
}

Mark mark_of_number(std::string_view cell, bool& is_long_bare) {
    const auto bare = bare_of(cell);
    if (!bare) return Mark::NoNumber;
    std::string_view text = bare->text;
    const auto exponent = text.find_first_of("eE");
    const bool has_exponent = exponent != std::string_view::npos;
    if (has_exponent
        && !parse_integer(text.substr(exponent + 1 + (text.substr(exponent + 1).starts_with('+') ? 1 : 0))))
        return Mark::NoNumber;
    text = text.substr(0, exponent);
    if (std::none_of(text.begin(), text.end(), is_a_digit)
        || !std::all_of(text.begin(), text.end(), [](char c) { return is_a_digit(c) || c == '.' || c == ','; }))
        return Mark::NoNumber;
    const auto points = std::count(text.begin(), text.end(), '.'), commas = std::count(text.begin(), text.end(), ',');
    if (points + commas == 0) {
        is_long_bare = text.size() > 3 && !bare->had_groups;
        return Mark::None;
    }
    const char last = text[text.find_last_of(".,")];
    const auto of = [&](char mark) { return mark == '.' ? Mark::Point : Mark::Comma; };
    if (points > 0 && commas > 0) {
        const char other = last == '.' ? ',' : '.';
        const bool fits = (last == '.' ? points : commas) == 1 && are_groups(text.substr(0, text.rfind(last)), other);
        return fits ? of(last) : Mark::NoNumber;
    }
    if (points + commas > 1) return are_groups(text, last) ? of(last == '.' ? ',' : '.') : Mark::NoNumber;
    const bool is_open = are_groups(text, last) && !has_exponent && !bare->had_groups;
    if (!is_open) return of(last);
    return last == '.' ? Mark::OpenPoint : Mark::OpenComma;
}

/// "<5", "<= 5": the number, and whether it is itself among what is meant.
struct Bound {
    std::string_view text;
    bool is_less = true, is_inclusive = false;
};

std::optional<Bound> bound_of(std::string_view cell) {
    Bound out;
    if (cell.starts_with("\xE2\x89\xA4") || cell.starts_with("\xE2\x89\xA5")) {
        out.is_less = cell[2] == '\xA4';
        out.is_inclusive = true;
        cell.remove_prefix(3);
    } else if (cell.starts_with('<') || cell.starts_with('>')) {
        out.is_less = cell[0] == '<';
        cell.remove_prefix(1);
        if (cell.starts_with('=')) {
            out.is_inclusive = true;
            cell.remove_prefix(1);
        }
    } else {
        return std::nullopt;
    }
    out.text = trim(cell);
    bool is_long = false;
    if (mark_of_number(out.text, is_long) == Mark::NoNumber) return std::nullopt;
    return out;
}

constexpr std::string_view decimal_cure = "say --decimal . or --decimal ,";

}  // namespace

bool is_absent(std::string_view cell) { return cell.empty() || cell == "NA" || cell == "NaN" || cell == "nan"; }

bool is_absent(std::string_view cell, const NumberOptions& options) {
    if (is_absent(cell)) return true;
    return std::any_of(options.nulls.begin(), options.nulls.end(), [&](const std::string& null) {
        if (cell == null) return true;
        if (null.empty() || (!is_a_digit(null.back()) && null.back() != '.')) return false;
        const auto marker = parse_number(null), number = parse_number(cell);
        return marker && number && *marker == *number;  // -9 and -9.0
    });
}

std::optional<double> Numbers::number(std::string_view cell) const {
    if (is_absent(cell)) return std::nullopt;
    if (decimal_ == '.') {
        if (const auto plain = parse_number(cell)) return plain;
    }
    bool is_long = false;
    if (mark_of_number(cell, is_long) == Mark::NoNumber) return std::nullopt;
    auto bare = bare_of(cell);
    const char group = decimal_ == '.' ? ',' : '.';
    const auto whole = std::string_view(bare->text).substr(0, bare->text.find(decimal_));
    if (whole.find(group) != std::string_view::npos && !are_groups(whole, group)) return std::nullopt;
    if (bare->text.find(group, whole.size()) != std::string::npos) return std::nullopt;
    const auto end = std::remove(bare->text.begin(), bare->text.end(), group);
    bare->text.erase(end, bare->text.end());
    std::replace(bare->text.begin(), bare->text.end(), ',', '.');
    const auto number = parse_number(bare->text);
    return number && bare->is_negative ? std::optional(-*number) : number;
}

Result<double> Numbers::at(std::string_view cell, const Where& place, const std::string& column) const {
    if (is_absent(cell)) return nan_value;
    if (const auto found = number(cell)) return *found;
    if (const auto bound = bound_of(cell)) {
        const auto limit = number(bound->text);
        if (limit && bound->is_less && options_.censored != Censored::Refused) {
            if (options_.censored == Censored::Low) return 0.0;
            if (options_.censored == Censored::Half) return std::floor(*limit / 2);
            return bound->is_inclusive || *limit != std::floor(*limit) ? *limit : std::max(0.0, *limit - 1);
        }
        return fail(Fault::Data, "censored", place,
                    fmt::format("'{}' in column '{}' is no number, only {} of one", excerpt(cell), column,
                                bound->is_less ? "an upper bound" : "a lower bound"),
                    bound->is_less ? "say what it counts as: --censored half, low (0) or high"
                                   : "give the number, or leave the cell empty");
    }
    const bool may_be_null = cell.size() <= 4 || lower(cell) == "missing";
    return fail(Fault::Data, "bad-value", place,
                fmt::format("'{}' in column '{}' is not a number", excerpt(cell), column),
                may_be_null ? fmt::format("leave it empty where nothing was observed, or say so with --null {}", cell)
                            : "leave it empty where nothing was observed");
}

void NumberColumn::see(std::string_view cell, int line) {
    if (is_absent(cell, options_)) return;
    ++observed_;
    if (const auto bound = bound_of(cell)) {
        if (censored_++ == 0) first_censored_ = std::string(cell);
        cell = bound->text;
    }
    bool is_long_bare = false;
    const auto keep = [&](std::optional<Cell>& first) {
        if (!first) first = Cell{std::string(cell), line};
    };
    switch (mark_of_number(cell, is_long_bare)) {
        case Mark::None:
            ++bare_;
            has_long_bare_ = has_long_bare_ || is_long_bare;
            break;
        case Mark::Point: keep(point_); break;
        case Mark::Comma: keep(comma_); break;
        case Mark::OpenPoint: keep(open_point_); break;
        case Mark::OpenComma: keep(open_comma_); break;
        case Mark::NoNumber: ++others_; break;
    }
}

Result<Numbers> NumberColumn::numbers(CellsBy by, const Where& place, const std::string& column) const {
    if (options_.decimal != 0) return Numbers(options_.decimal, options_);
    if (by == CellsBy::Types) return Numbers('.', options_);
    if (point_ && comma_) {
        const Cell &first = point_->line < comma_->line ? *point_ : *comma_,
                   &second = point_->line < comma_->line ? *comma_ : *point_;
        return fail(Fault::Data, "mixed-decimals", {place.file, second.line, place.column},
                    fmt::format("'{}' in column '{}' and '{}' in line {} are not written with one decimal mark",
                                excerpt(second.text), column, excerpt(first.text), first.line),
                    "write all numbers alike");
    }
    if (point_ || comma_) return Numbers(point_ ? '.' : ',', options_);
    const auto open = [&](const Cell& cell) {
        const bool is_point = cell.text.find('.') != std::string::npos;
        std::string grouped = cell.text, parted = cell.text;
        grouped.erase(std::remove(grouped.begin(), grouped.end(), is_point ? '.' : ','), grouped.end());
        std::replace(parted.begin(), parted.end(), ',', '.');
        return fail(Fault::Data, "open-decimals", {place.file, cell.line, place.column},
                    fmt::format("'{}' in column '{}' may be {} or {}, and no other cell decides", excerpt(cell.text),
                                column, grouped, parted),
                    std::string(decimal_cure));
    };
    if (open_point_ && open_comma_) return open(open_point_->line > open_comma_->line ? *open_point_ : *open_comma_);
    if (has_long_bare_) return Numbers(open_comma_ ? ',' : '.', options_);
    if (open_comma_) return open(*open_comma_);
    if (open_point_ && (by == CellsBy::Semicolon || bare_ > 0)) return open(*open_point_);
    return Numbers('.', options_);
}

std::string NumberColumn::said(const Numbers& numbers) const {
    std::vector<std::string> out;
    if (numbers.decimal() == ',') {
        const auto& shown = comma_ ? comma_ : open_comma_ ? open_comma_ : open_point_;
        if (shown)
            out.push_back(fmt::format("with a decimal comma, {} is {}", shown->text,
                                      number_text(numbers.number(shown->text).value_or(nan_value))));
    } else if (open_point_ && !point_ && options_.decimal == 0) {
        out.push_back(fmt::format("with a decimal point, {}", open_point_->text));
    }
    if (censored_ > 0 && options_.censored != Censored::Refused)
        out.push_back(fmt::format("{} censored, {} counts as {}", censored_, first_censored_,
                                  number_text(numbers.at(first_censored_, {}, "").value_or(nan_value))));
    return join(out, "; ");
}

bool is_total(std::string_view cell) {
    if (cell.size() < 3 || cell.size() > 40 || is_a_digit(cell[0])) return false;
    constexpr std::string_view words[] = {
        "total",         "totals",      "grand total", "sum",      "sums",      "overall",     "subtotal",
        "sub total",     "sum total",   "summe",       "gesamt",   "insgesamt", "gesamtsumme", "totaux",
        "total general", "total geral", "somme",       "ensemble", "suma",      "soma",        "итого",
        "всего",         "Итого",       "Всего",       "ИТОГО",    "ВСЕГО"};
    const std::string folded = fold(cell);
    return std::find(std::begin(words), std::end(words), folded) != std::end(words);
}

std::unexpected<Error> total_row(std::string_view cell, const Where& place) {
    return fail(Fault::Data, "total-row", place,
                fmt::format("'{}': this row is the sum of others, no period or unit of its own", excerpt(cell)),
                "leave it out");
}

std::string_view unit_text(std::string_view cell) {
    const auto point = cell.find('.');
    if (point == 0 || point == std::string_view::npos) return cell;
    const auto whole = cell.substr(0, point), rest = cell.substr(point + 1);
    const bool is_whole = std::all_of(whole.begin(), whole.end(), is_a_digit) && !rest.empty()
        && rest.find_first_not_of('0') == std::string_view::npos;
    return is_whole ? whole : cell;
}

}  // namespace icosa::table
