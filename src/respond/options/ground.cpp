/// States of a subject, members of a body.
#include "respond/options/ground.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace icosa::respond {

std::vector<std::string> states_of(std::string_view subject, const pack::PlaceBook& places) {
    std::vector<std::string> out;
    for (const auto& part : split(subject, '|')) {
        const pack::PlaceFacts* place = places.find_place(part);
        if (!place) continue;
        if (place->kind == "state") out.push_back(place->id);
        else if (!place->riparians.empty()) out.insert(out.end(), place->riparians.begin(), place->riparians.end());
        else if (!place->concerned.empty()) out.insert(out.end(), place->concerned.begin(), place->concerned.end());
    }
    std::erase_if(out, [&](const std::string& id) {
        const pack::PlaceFacts* place = places.find_place(id);
        return !place || place->kind != "state";
    });
    std::ranges::sort(out);
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

std::vector<std::string> suspended_of(const pack::Mechanism& mechanism, const pack::PlaceBook& places, Day day) {
    std::vector<std::string> out;
    const auto add = [&](const std::vector<model::Membership>& all) {
        for (const model::Membership& one : all) {
            if (one.first <= day && day <= one.last) out.push_back(one.place);
        }
    };
    add(mechanism.suspended);
    if (const pack::PlaceSet* set = places.find_set(mechanism.members_set)) add(set->suspended);
    std::ranges::sort(out);
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

std::vector<std::string> members_of(const pack::Mechanism& mechanism, const pack::PlaceBook& places, Day day) {
    std::vector<std::string> out;
    if (!mechanism.members_set.empty()) {
        if (auto members = places.members(mechanism.members_set, day)) out = std::move(*members);
    }
    for (const model::Membership& member : mechanism.members) {
        if (member.first <= day && day <= member.last) out.push_back(member.place);
    }
    std::ranges::sort(out);
    out.erase(std::unique(out.begin(), out.end()), out.end());
    const auto suspended = suspended_of(mechanism, places, day);
    std::erase_if(out, [&](const std::string& id) { return std::ranges::binary_search(suspended, id); });
    return out;
}

}  // namespace icosa::respond
