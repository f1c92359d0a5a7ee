/// Sentences about namings.
#include "app/place_names.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "base/text.hpp"
#include "model/code_key.hpp"

namespace icosa::app {
namespace {

constexpr std::size_t names_told = 5;

/// The name or code of the system that is nearest by its key; "" where none is near.
std::string nearest_name(const pack::PlaceBook& places, std::string_view system, std::string_view code) {
    std::vector<std::string> keys;
    std::map<std::string, std::string> written;
    for (const auto& place : places.places()) {
        for (const auto& one : place.codes) {
            if (one.system != system) continue;
            auto key = model::code_key(system, one.code);
            if (written.emplace(key, one.code).second) keys.push_back(std::move(key));
        }
    }
    const auto near = nearest(model::code_key(system, code), keys);
    return near ? written.at(*near) : std::string();
}

std::string listed(const std::vector<std::string>& names) {
    std::vector<std::string> few(names.begin(),
                                 names.begin() + static_cast<std::ptrdiff_t>(std::min(names.size(), names_told)));
    std::string out = join(few, ", ");
    if (names.size() > names_told) out += fmt::format(" and {} more", names.size() - names_told);
    return out;
}

std::string rows_words(std::int64_t rows) { return fmt::format("{} row{}", rows, rows == 1 ? "" : "s"); }
std::string name_verb(std::int64_t rows) { return rows == 1 ? "names" : "name"; }

std::string as_written(const store::PlaceNaming& one) {
    return one.system == "name" ? excerpt(one.code) : one.system + ":" + excerpt(one.code);
}

/// One sentence of a kind: the rows of those it is about, and their names.
struct Sentence {
    std::int64_t rows = 0;
    std::vector<std::string> names;

    void add(std::int64_t more, std::string name) {
        rows += more;
        names.push_back(std::move(name));
    }
};

}  // namespace

PlaceReading read_place(const pack::PlaceBook& places, std::string_view system, std::string_view code, Day first,
                        Day last) {
    PlaceReading out;
    out.uses = places.uses_of(system, code);
    const auto is_same = [](const pack::CodeUse& a, const pack::CodeUse& b) {
        return a.place == b.place && a.first == b.first && a.last == b.last;
    };
    out.uses.erase(std::unique(out.uses.begin(), out.uses.end(), is_same), out.uses.end());
    for (const auto& use : out.uses) {
        if (use.first <= last && use.last >= first) out.place = use.place;
    }
    if (const auto* sum = places.find_aggregate(system, code)) out.sum = sum->title;
    if (system == "name") {
        if (const auto undone = undo_mojibake(code)) out.repaired = *undone;
    }
    if (out.uses.empty() && out.sum.empty()) out.suggestion = nearest_name(places, system, code);
    return out;
}

std::vector<std::string> told_of(const std::vector<store::PlaceNaming>& namings, const pack::PlaceBook& places) {
    Sentence unknown, other_days, sums, twofold, repaired;
    for (const auto& one : namings) {
        const auto read = read_place(places, one.system, one.code, one.first, one.first);
        if (one.unplaced > 0 && read.uses.empty())
            unknown.add(
                one.unplaced,
                as_written(one) + (read.suggestion.empty() ? "" : fmt::format(" (did you mean {}?)", read.suggestion)));
        else if (one.unplaced > 0)
            other_days.add(one.unplaced,
                           fmt::format("{} ({} rows from {})", as_written(one), one.unplaced, iso(one.first)));
        if (one.summed > 0)
            sums.add(one.summed,
                     read.sum.empty() ? as_written(one) : fmt::format("{} ({})", as_written(one), read.sum));
        if (one.twofold > 0) twofold.add(one.twofold, as_written(one));
        if (!read.repaired.empty() && !read.uses.empty())
            repaired.add(one.rows, fmt::format("{} ({})", as_written(one), read.repaired));
    }
    std::vector<std::string> out;
    if (unknown.rows > 0)
        out.push_back(fmt::format("{} {} {} unknown place{}: {}", rows_words(unknown.rows), name_verb(unknown.rows),
                                  unknown.names.size(), unknown.names.size() == 1 ? "" : "s", listed(unknown.names)));
    if (other_days.rows > 0)
        out.push_back(fmt::format("{} {} a place by a code that means none on their days: {}",
                                  rows_words(other_days.rows), name_verb(other_days.rows), listed(other_days.names)));
    if (sums.rows > 0)
        out.push_back(fmt::format("{} {} sums over places, set aside: {}", rows_words(sums.rows),
                                  sums.rows == 1 ? "is of" : "are of", listed(sums.names)));
    if (twofold.rows > 0)
        out.push_back(fmt::format("{} {} a code that means two places within their days; the later is taken: {}",
                                  rows_words(twofold.rows), name_verb(twofold.rows), listed(twofold.names)));
    if (repaired.rows > 0)
        out.push_back(fmt::format("{} {} a place in UTF-8 that was taken for Latin-1, undone: {}",
                                  rows_words(repaired.rows), name_verb(repaired.rows), listed(repaired.names)));
    return out;
}

Unplaced unplaced_of(const std::vector<store::PlaceNaming>& namings) {
    Unplaced out;
    for (const auto& one : namings) {
        out.rows += one.unplaced;
        out.summed += one.summed;
    }
    return out;
}

}  // namespace icosa::app
