/// Reads and writes packs/records.
#include "pack/records.hpp"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "base/number.hpp"
#include "base/text.hpp"

namespace icosa::pack {
namespace {

/// Whole numbers of one row, "2010 120 4".
std::vector<int> whole_numbers(const std::vector<std::string_view>& words, std::size_t from) {
    std::vector<int> out;
    for (std::size_t i = from; i < words.size(); ++i) {
        const auto number = parse_integer(words[i]);
        if (!number || *number < 0) return {};
        out.push_back(static_cast<int>(*number));
    }
    return out;
}

template <std::size_t n> int index_in(const std::string_view (&names)[n], std::string_view name) {
    const auto found = std::find(std::begin(names), std::end(names), name);
    return found == std::end(names) ? -1 : static_cast<int>(found - std::begin(names));
}

std::string dashed(std::string_view name) {
    std::string out(name.empty() ? "none" : name);
    std::replace(out.begin(), out.end(), ' ', '-');
    return out;
}

int change_of(std::string_view word) {
    for (std::size_t i = 0; i < std::size(model::change_names); ++i) {
        if (dashed(model::change_names[i]) == word) return static_cast<int>(i);
    }
    return -1;
}

WatchRecord read_watch(const Node& node, Diagnostics& faults) {
    WatchRecord out;
    TableReader reader(node, faults, "a record");
    out.where = node.where;
    out.watch = reader.id("watch");
    out.outcome = reader.id("outcome");
    out.months = reader.int_or("months", 0);
    out.first = reader.text("first");
    out.last = reader.text("last");
    out.digest = reader.text("digest");
    const auto fault = [&](const char* code, const std::string& what) {
        reader.fault(node.where, code, fmt::format("record of '{}': {}", out.watch, what),
                     "make it anew with `icosa backtest --watches --write`");
    };
    const auto first = parse_period(out.first, PeriodKind::Month), last = parse_period(out.last, PeriodKind::Month);
    if (!first || !last || *last < *first)
        fault("bad-span", fmt::format("'{}' to '{}' is no span of months", excerpt(out.first), excerpt(out.last)));
    if (out.months < 1) fault("out-of-range", fmt::format("it looks {} months ahead", out.months));
    const auto broken = [&](const std::string& row) { fault("bad-row", fmt::format("'{}' is no row", excerpt(row))); };
    /// year, how many there were, how many of them were followed
    const auto agrees = [&](const std::string& row, const std::vector<int>& numbers) {
        const bool too_many = numbers[2] > numbers[1];
        if (too_many) fault("bad-row", fmt::format("'{}': more were followed than there were", row));
        const std::string year = std::to_string(numbers[0]);
        const bool outside = first && last && (year < out.first.substr(0, 4) || year > out.last.substr(0, 4));
        if (outside) fault("bad-row", fmt::format("'{}': its year is not in {} to {}", row, out.first, out.last));
        return !too_many && !outside;
    };
    for (const std::string& row : reader.texts("base")) {
        const auto numbers = whole_numbers(split(row, ' '), 0);
        if (numbers.size() != 3) broken(row);
        else if (agrees(row, numbers)) out.base.push_back({numbers[0], numbers[1], numbers[2]});
    }
    for (const std::string& row : reader.texts("kinds")) {
        const auto words = split(row, ' ');
        const auto numbers = words.size() == 5 ? whole_numbers(words, 2) : std::vector<int>{};
        const int change = words.empty() ? -1 : change_of(words[0]);
        const int size = words.size() < 2 ? -1 : index_in(model::size_names, words[1]);
        if (numbers.size() != 3 || change < 0 || size < 0) broken(row);
        else if (agrees(row, numbers))
            out.kinds.push_back({static_cast<model::Change>(change), static_cast<model::Size>(size), numbers[0],
                                 numbers[1], numbers[2]});
    }
    reader.finish();
    return out;
}

}  // namespace

const WatchRecord* Records::find(std::string_view watch) const {
    const auto found = std::ranges::find(all, watch, &WatchRecord::watch);
    return found == all.end() ? nullptr : &*found;
}

void Records::add(Records more) {
    made = std::max(made, more.made);
    if (data.empty()) data = more.data;
    std::ranges::move(more.all, std::back_inserter(all));
}

Records parse_records(const Node& file, Diagnostics& faults) {
    TableReader top(file, faults, "the records");
    Records out;
    out.made = top.day_or("made", no_day);
    out.data = top.text("data");
    for (const Node* node : top.tables("record")) out.all.push_back(read_watch(*node, faults));
    top.finish();
    return out;
}

std::string records_text(const Records& records) {
    std::string out = fmt::format(
        "# How often signals of these watches were followed by what they warn of: `icosa backtest --watches --write`.\n"
        "# base: year, unit-months without a signal, followed; kinds: change, size, year, episodes, followed.\n"
        "made = \"{}\"\ndata = \"{}\"\n",
        iso(records.made), records.data);
    for (const WatchRecord& one : records.all) {
        out += fmt::format(
            "\n[[record]]\nwatch = \"{}\"\noutcome = \"{}\"\nmonths = {}\nfirst = \"{}\"\nlast = \"{}\"\n"
            "digest = \"{}\"\n",
            one.watch, one.outcome, one.months, one.first, one.last, one.digest);
        out += "base = [\n";
        for (const BaseCount& row : one.base)
            out += fmt::format("  \"{} {} {}\",\n", row.year, row.units, row.followed);
        out += "]\nkinds = [\n";
        for (const KindCount& row : one.kinds)
            out += fmt::format(
                "  \"{} {} {} {} {}\",\n", dashed(model::change_names[static_cast<std::size_t>(row.change)]),
                model::size_names[static_cast<std::size_t>(row.size)], row.year, row.signals, row.followed);
        out += "]\n";
    }
    return out;
}

}  // namespace icosa::pack
