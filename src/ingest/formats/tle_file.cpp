/// Fixed columns, line by line: what a set's two lines say becomes cells as a mean-elements message would write them.
#include "ingest/formats/tle_file.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include <fmt/format.h>

#include "base/date.hpp"
#include "base/text.hpp"
#include "ingest/file.hpp"
#include "ingest/formats/element_columns.hpp"

namespace icosa::ingest {
namespace {

constexpr std::size_t most_tle_bytes = std::size_t{512} << 20U;
constexpr std::size_t set_line_size = 69;
constexpr std::size_t longest_object_name = 30;
constexpr std::int64_t microseconds_of_day = 86'400'000'000;

bool is_digit_at(std::string_view line, std::size_t at) {
    return at < line.size() && line[at] >= '0' && line[at] <= '9';
}

/// Longer than a name, and with the number of a line and a catalogue number where they stand.
bool is_set_line(std::string_view line, char number) {
    return line.size() > longest_object_name && line[0] == number && line[1] == ' ' && is_digit_at(line, 6);
}

/// The lines of a text, without their ends.
class TleLines {
public:
    explicit TleLines(std::string_view text) : text_(text) {}
    /// The next line that is neither blank nor a comment.
    bool next(std::string_view& line) {
        while (at_ < text_.size()) {
            const auto end = std::min(text_.find('\n', at_), text_.size());
            line = text_.substr(at_, end - at_);
            at_ = end + 1;
            ++number_;
            line = line.substr(0, line.find_last_not_of(" \t\r") + 1);
            if (!line.empty() && line[0] != '#') return true;
        }
        return false;
    }
    [[nodiscard]] std::int64_t number() const { return number_; }
    [[nodiscard]] std::size_t bytes() const { return std::min(at_, text_.size()); }

private:
    std::string_view text_;
    std::size_t at_ = 0;
    std::int64_t number_ = 0;
};

int checksum_of(std::string_view line) {
    int sum = 0;
    for (std::size_t i = 0; i + 1 < set_line_size; ++i) sum += is_digit_at(line, i) ? line[i] - '0' : line[i] == '-';
    return sum % 10;
}

std::string_view columns_of(std::string_view line, std::size_t from, std::size_t to) {  // counted from 1, both within
    return trim(line.substr(std::min(from - 1, line.size()), to - from + 1));
}

std::optional<std::int64_t> object_number(std::string_view text) {
    if (text.empty()) return std::nullopt;
    const char first = text[0];
    if (first < 'A' || first > 'Z') return parse_integer(text);
    if (first == 'I' || first == 'O' || text.size() != 5) return std::nullopt;
    const int letter = first - 'A' - (first > 'I') - (first > 'O');
    const auto rest = parse_integer(text.substr(1));
    if (!rest || *rest < 0) return std::nullopt;
    return (10 + letter) * 10'000 + *rest;
}

/// "98067A" as "1998-067A"; what is no designator as it stands.
std::string designator_text(std::string_view text) {
    const bool is_one =
        text.size() > 5 && std::all_of(text.begin(), text.begin() + 5, [](char c) { return c >= '0' && c <= '9'; });
    if (!is_one) return std::string(text);
    return fmt::format("{}{}-{}", text[0] < '5' || text.substr(0, 2) < "57" ? "20" : "19", text.substr(0, 2),
                       text.substr(2));
}

/// "26150.51748228" as "2026-05-30T12:25:10.468992": a day of eight decimals is whole microseconds.
std::optional<std::string> epoch_text(std::string_view text) {
    constexpr std::size_t most_decimals = 8;
    const auto point = text.find('.');
    const std::string_view whole = text.substr(0, point);
    std::string decimals(point == std::string_view::npos ? "" : text.substr(point + 1));
    if (whole.size() < 4 || whole.size() > 5 || decimals.size() > most_decimals) return std::nullopt;
    decimals.resize(most_decimals, '0');
    const auto two = parse_integer(whole.substr(0, 2)), day = parse_integer(trim(whole.substr(2)));
    const auto fraction = parse_integer(decimals);
    if (!two || !day || !fraction || *two < 0 || *fraction < 0 || *day < 1 || *day > 366) return std::nullopt;
    const Day date = day_of(static_cast<int>(*two) + (*two < 57 ? 2000 : 1900), 1, 1) + static_cast<int>(*day - 1);
    const std::int64_t us = *fraction * (microseconds_of_day / 100'000'000);
    return fmt::format("{}T{:02}:{:02}:{:02}.{:06}", iso(date), us / 3'600'000'000, us / 60'000'000 % 60,
                       us / 1'000'000 % 60, us % 1'000'000);
}

/// " 28098-4" as ".28098E-4"; nothing where it is no such number.
std::optional<std::string> exponent_text(std::string_view text) {
    if (text.empty()) return std::string();
    std::string out;
    if (text[0] == '-' || text[0] == '+') {
        if (text[0] == '-') out += '-';
        text.remove_prefix(1);
    }
    const auto sign = text.find_first_of("+-");
    if (sign == std::string_view::npos || sign == 0) return std::nullopt;
    std::string mantissa(text.substr(0, sign));
    std::replace(mantissa.begin(), mantissa.end(), ' ', '0');
    out += fmt::format(".{}E{}", mantissa, text.substr(sign + (text[sign] == '+')));
    return parse_number(out) ? std::optional(out) : std::nullopt;
}

enum class Checksums { Asked, NotAsked };

/// What is wrong with one line of a set; "" = nothing.
std::string fault_of_line(std::string_view line, char number, Checksums checksums) {
    if (line.size() + 1 < set_line_size)
        return fmt::format("line {} of the set has {} columns, not {}", number, line.size(), set_line_size);
    for (const char c : line.substr(0, set_line_size - 1))
        if (c < ' ' || c > '~')
            return fmt::format("line {} of the set holds a byte that is none of its letters", number);
    if (checksums == Checksums::NotAsked) return {};
    if (line.size() < set_line_size) return fmt::format("line {} of the set lacks its checksum", number);
    const int sum = checksum_of(line);
    if (line[set_line_size - 1] == '0' + sum) return {};
    return fmt::format("line {} of the set has the checksum {}, and its columns give {}", number,
                       excerpt(line.substr(set_line_size - 1, 1)), sum);
}

/// The cells of a set, in the order of element_columns; or why there are none.
std::string read_set(std::string_view name, std::string_view one, std::string_view two, Checksums checksums,
                     std::vector<std::string>& cells) {
    for (const auto& fault : {fault_of_line(one, '1', checksums), fault_of_line(two, '2', checksums)})
        if (!fault.empty()) return fault;
    const auto number = object_number(columns_of(one, 3, 7));
    if (!number) return fmt::format("'{}' is no catalogue number", excerpt(columns_of(one, 3, 7)));
    if (columns_of(one, 3, 7) != columns_of(two, 3, 7))
        return fmt::format("the two lines are of two objects, {} and {}", columns_of(one, 3, 7), columns_of(two, 3, 7));
    const auto epoch = epoch_text(columns_of(one, 19, 32));
    if (!epoch) return fmt::format("'{}' is no epoch (YYDDD.DDDDDDDD)", excerpt(columns_of(one, 19, 32)));
    const auto drag = exponent_text(columns_of(one, 54, 61)), second = exponent_text(columns_of(one, 45, 52));
    if (!drag || !second)
        return fmt::format("'{}' is no number as sets write it",
                           excerpt(columns_of(one, drag ? 45 : 54, drag ? 52 : 61)));
    std::string eccentricity(columns_of(two, 27, 33));
    std::replace(eccentricity.begin(), eccentricity.end(), ' ', '0');
    cells = {std::string(name),
             designator_text(columns_of(one, 10, 17)),
             *epoch,
             std::string(columns_of(two, 53, 63)),
             "0." + eccentricity,
             std::string(columns_of(two, 9, 16)),
             std::string(columns_of(two, 18, 25)),
             std::string(columns_of(two, 35, 42)),
             std::string(columns_of(two, 44, 51)),
             std::string(columns_of(one, 63, 63)),
             std::string(columns_of(one, 8, 8)),
             fmt::format("{}", *number),
             std::string(columns_of(one, 65, 68)),
             std::string(columns_of(two, 64, 68)),
             *drag,
             std::string(columns_of(one, 34, 43)),
             *second};
    for (const std::size_t i :
         {std::size_t{3}, std::size_t{4}, std::size_t{5}, std::size_t{6}, std::size_t{7}, std::size_t{8}})
        if (!parse_number(cells[i]))
            return fmt::format("'{}' is no number ({})", excerpt(cells[i]), element_columns[i]);
    return {};
}

/// The minutes that a verification set carries behind its second line.
std::optional<std::array<std::string, 3>> minutes_behind(std::string_view two) {
    if (two.size() <= set_line_size) return std::nullopt;
    std::array<std::string, 3> out;
    std::size_t count = 0;
    for (const auto word : split(two.substr(set_line_size), ' ')) {
        if (trim(word).empty()) continue;
        if (count == out.size() || !parse_number(trim(word))) return std::nullopt;
        out[count++] = trim(word);
    }
    return count == out.size() ? std::optional(out) : std::nullopt;
}

class TleRows : public RowSource {
public:
    TleRows(std::shared_ptr<const std::string> text, Checksums checksums)
        : text_(std::move(text)), lines_(*text_), checksums_(checksums) {}

    Result<bool> next(CellRow& row) override {
        row.cells.clear();
        row.broken.clear();
        std::string_view line;
        if (!held_.empty()) std::swap(line, held_);
        else if (!lines_.next(line)) return false;
        std::string_view name;
        row.line = lines_.number();
        if (!is_set_line(line, '1') && !is_set_line(line, '2')) {
            name = trim(line.starts_with("0 ") ? line.substr(2) : line);
            if (!lines_.next(line)) return broken(row, "a name without element lines below it");
        }
        if (is_set_line(line, '2')) return broken(row, "line 2 of a set without its line 1");
        if (!is_set_line(line, '1')) {
            held_ = line;
            return broken(row, "no line of an element set, and none follows it");
        }
        row.line = lines_.number();
        const std::string_view one = line;
        if (!lines_.next(line)) return broken(row, "line 1 of a set without its line 2");
        if (!is_set_line(line, '2')) {
            held_ = line;
            return broken(row, "line 1 of a set without its line 2");
        }
        row.broken = read_set(name, one, line, checksums_, row.cells);
        if (row.broken.empty() && checksums_ == Checksums::NotAsked) {
            const auto minutes = minutes_behind(line);
            for (std::size_t i = 0; i < verification_columns.size(); ++i)
                row.cells.push_back(minutes ? (*minutes)[i] : "");
        }
        if (!row.broken.empty()) row.cells.clear();
        return true;
    }
    [[nodiscard]] std::int64_t bytes_read() const override { return static_cast<std::int64_t>(lines_.bytes()); }

private:
    static bool broken(CellRow& row, std::string why) {
        row.broken = std::move(why);
        return true;
    }

    std::shared_ptr<const std::string> text_;
    TleLines lines_;
    Checksums checksums_;
    std::string_view held_;  ///< a line that was read and not used
};

class TleTable : public TableFile {
public:
    TleTable(std::shared_ptr<const std::string> text, Checksums checksums)
        : text_(std::move(text)), checksums_(checksums) {}
    Result<std::unique_ptr<RowSource>> rows(const Part&) override {
        return std::make_unique<TleRows>(text_, checksums_);
    }

private:
    std::shared_ptr<const std::string> text_;
    Checksums checksums_;
};

class TleOpened : public OpenFile {
public:
    explicit TleOpened(std::string text) : text_(std::make_shared<const std::string>(std::move(text))) {}
    [[nodiscard]] Wish that_counts(const Wish&) const override { return {}; }
    Result<std::vector<Part>> parts(const Wish&) override {
        const auto checksums = carries_minutes() ? Checksums::NotAsked : Checksums::Asked;
        Part part;
        part.format = Format::Tle;
        part.columns.assign(element_columns.begin(), element_columns.end());
        if (checksums == Checksums::NotAsked)
            part.columns.insert(part.columns.end(), verification_columns.begin(), verification_columns.end());
        part.table = std::make_shared<TleTable>(text_, checksums);
        return std::vector<Part>{std::move(part)};
    }

private:
    [[nodiscard]] bool carries_minutes() const {
        TleLines lines(*text_);
        for (std::string_view line; lines.next(line);)
            if (is_set_line(line, '2')) return minutes_behind(line).has_value();
        return false;
    }

    std::shared_ptr<const std::string> text_;
};

}  // namespace

bool begins_tle(std::string_view text) {
    TleLines lines(text);
    std::string_view line;
    bool has_name = false;
    while (lines.next(line)) {
        if (is_set_line(line, '1')) {
            // column 64 ends the element set's numbers; a table in which 1 is the first cell has a delimiter
            return line.find_first_of(",;\t|") == std::string_view::npos && lines.next(line) && is_set_line(line, '2');
        }
        if (has_name || line.size() > longest_object_name) return false;
        has_name = true;
    }
    return false;
}

Result<std::unique_ptr<OpenFile>> open_tle(const std::string& path) {
    std::string text = TRY(whole_file(path, most_tle_bytes, "a file of element sets"));
    if (text.starts_with(byte_order_mark)) text.erase(0, byte_order_mark.size());
    return std::make_unique<TleOpened>(std::move(text));
}

}  // namespace icosa::ingest
