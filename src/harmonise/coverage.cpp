/// Merges the coverage of a source's files.
#include "harmonise/coverage.hpp"

#include <algorithm>

namespace icosa::harmonise {
namespace {

bool holds(const std::vector<Stretch>& stretches, Day first, Day last) {
    const auto after = std::upper_bound(stretches.begin(), stretches.end(), first,
                                        [](Day day, const Stretch& s) { return day < s.first; });
    return after != stretches.begin() && std::prev(after)->last >= last;
}

/// What lies in both; each in order, without overlaps.
std::vector<Stretch> common(const std::vector<Stretch>& a, const std::vector<Stretch>& b) {
    std::vector<Stretch> out;
    for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
        const Stretch one{std::max(a[i].first, b[j].first), std::min(a[i].last, b[j].last)};
        if (one.first <= one.last) out.push_back(one);
        if (a[i].last < b[j].last) ++i;
        else ++j;
    }
    return out;
}

bool covers_kinds(const model::Coverage& coverage, const std::vector<std::string>& kinds) {
    if (coverage.kinds.empty()) return true;
    if (kinds.empty()) return false;
    return std::all_of(kinds.begin(), kinds.end(), [&](const std::string& kind) {
        return std::find(coverage.kinds.begin(), coverage.kinds.end(), kind) != coverage.kinds.end();
    });
}

}  // namespace

std::vector<Stretch> merged(std::vector<Stretch> stretches) {
    std::sort(stretches.begin(), stretches.end(), [](const Stretch& a, const Stretch& b) {
        return std::pair(a.first, a.last) < std::pair(b.first, b.last);
    });
    std::vector<Stretch> out;
    for (const Stretch& s : stretches) {
        if (!out.empty() && s.first <= out.back().last + 1) out.back().last = std::max(out.back().last, s.last);
        else out.push_back(s);
    }
    return out;
}

CompleteCoverage::CompleteCoverage(const std::vector<store::Store::Covered>& covered,
                                   const std::vector<std::string>& kinds, const pack::PlaceBook& places, Day as_of,
                                   int lag_days) {
    for (const auto& [file, coverage, vintage_day, newest_known_day] : covered) {
        if (!coverage.complete || !covers_kinds(coverage, kinds)) continue;
        const bool edition_known = vintage_day != no_day && vintage_day <= as_of;
        const Stretch stretch{coverage.first_day,
                              edition_known ? coverage.last_day : std::min(coverage.last_day, as_of - lag_days)};
        if (stretch.last < stretch.first) continue;
        first_ = std::min(first_, stretch.first);
        last_ = std::max(last_, stretch.last);
        if (coverage.places.empty()) everywhere_.push_back(stretch);
        for (const std::string& named : coverage.places) {
            // a file names its places by id, or by the source's own code: "gw:652"
            const auto colon = named.find(':');
            const std::string id = colon == std::string::npos
                ? named
                : places.place_of(std::string_view(named).substr(0, colon), std::string_view(named).substr(colon + 1),
                                  coverage.last_day);
            if (id.empty()) continue;
            by_place_[id].push_back(stretch);
            for (const std::string& member : places.members(id, as_of).value_or(std::vector<std::string>{})) {
                if (member != id) by_place_[member].push_back(stretch);
            }
        }
    }
    for (auto& [place, stretches] : by_place_) {
        stretches.insert(stretches.end(), everywhere_.begin(), everywhere_.end());
        stretches = merged(std::move(stretches));
    }
    everywhere_ = merged(std::move(everywhere_));
}

CompleteCoverage CompleteCoverage::of_both(const CompleteCoverage& a, const CompleteCoverage& b) {
    CompleteCoverage out;
    const auto add = [&](const std::string& place) {
        auto stretches = common(a.at(place), b.at(place));
        if (stretches.empty()) return;
        out.first_ = std::min(out.first_, stretches.front().first);
        out.last_ = std::max(out.last_, stretches.back().last);
        (place.empty() ? out.everywhere_ : out.by_place_[place]) = std::move(stretches);
    };
    add("");
    for (const auto* one : {&a, &b}) {
        for (const auto& [place, stretches] : one->by_place_) {
            if (!out.by_place_.contains(place)) add(place);
        }
    }
    return out;
}

const std::vector<Stretch>& CompleteCoverage::at(const std::string& place) const {
    const auto found = by_place_.find(place);
    return found == by_place_.end() ? everywhere_ : found->second;
}

bool CompleteCoverage::observed(const std::string& place, Day first, Day last) const {
    return holds(at(place), first, last);
}

}  // namespace icosa::harmonise
