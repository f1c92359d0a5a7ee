/// Names looked up in the place book; findings thinned out.
#include "app/places_asked.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "app/place_names.hpp"
#include "base/text.hpp"
#include "model/code_key.hpp"

namespace icosa::app {
namespace {

/// "Sahel" of "Sahel (United Nations Integrated Strategy for the Sahel)".
std::string_view before_bracket(std::string_view name) { return trim(name.substr(0, name.find_first_of("(（"))); }

const pack::PlaceSet* set_named(const pack::PlaceBook& places, std::string_view word) {
    const std::string wanted = model::code_key("name", std::string(word));
    if (wanted.empty()) return nullptr;
    for (const auto& set : places.sets()) {
        for (const std::string& name : {set.id, set.name.en, set.name.zh}) {
            if (model::code_key("name", name) == wanted
                || model::code_key("name", std::string(before_bracket(name))) == wanted)
                return &set;
        }
    }
    return nullptr;
}

/// The id of a place or set; "" where the word is none.
std::string id_of(const pack::PlaceBook& places, std::string_view word, Day day) {
    const std::string id = lower(word);
    if (places.find_place(id) || places.find_set(id)) return id;
    const auto colon = word.find(':');
    const bool has_system = colon != std::string_view::npos && colon > 0;
    const PlaceReading read = has_system
        ? read_place(places, lower(word.substr(0, colon)), word.substr(colon + 1), day, day)
        : read_place(places, "name", word, day, day);
    if (!read.place.empty()) return read.place;
    if (!read.uses.empty()) return read.uses.back().place;
    const auto* set = set_named(places, word);
    return set ? set->id : std::string();
}

Error unknown(const pack::PlaceBook& places, std::string_view word, Day day) {
    std::vector<std::string> names;
    for (const auto& set : places.sets()) {
        names.push_back(set.id);
        names.push_back(set.name.en);
    }
    for (const auto& place : places.places()) names.push_back(place.id);
    const std::string by_name = read_place(places, "name", word, day, day).suggestion;
    const auto near = by_name.empty() ? nearest(word, names) : std::optional(by_name);
    return {Fault::Usage,
            "unknown-place",
            {},
            fmt::format("no place, region or sea '{}' is known", excerpt(word)),
            near ? fmt::format("did you mean '{}'?", *near) : "`icosa places NAME` says how a name is read"};
}

}  // namespace

Result<PlacesAsked> places_asked(const pack::PlaceBook& places, const std::vector<std::string>& words, Day day) {
    PlacesAsked out;
    const auto add = [&](const std::string& id) {
        const auto* place = places.find_place(id);
        const auto* set = places.find_set(id);
        out.titles.push_back(place ? place->name : set ? set->name : pack::Title{id, id});
        out.ids.push_back(id);
    };
    for (const std::string& word : words) {
        if (trim(word).find_first_not_of(", ") == std::string_view::npos)
            return fail(Fault::Usage, "unknown-place", {}, fmt::format("'{}' names no place", word),
                        "name a country, region or sea, as in `--place mali`");
        if (const std::string whole = id_of(places, trim(word), day); !whole.empty()) {
            add(whole);
            continue;
        }
        for (const std::string_view part : split(word, ',')) {
            if (trim(part).empty()) continue;
            const std::string id = id_of(places, trim(part), day);
            if (id.empty()) return std::unexpected(unknown(places, trim(part), day));
            add(id);
        }
    }
    out.ids = places_within(places, out.ids, day);
    return out;
}

std::vector<std::string> places_within(const pack::PlaceBook& places, const std::vector<std::string>& ids, Day day) {
    std::vector<std::string> out = ids;
    for (const std::string& id : ids) {
        if (const auto members = places.members(id, day)) out.insert(out.end(), members->begin(), members->end());
    }
    std::ranges::sort(out);
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

Result<void> check_places(const pack::PlaceBook& places, const std::vector<std::string>& words) {
    TRY(places_asked(places, words, day_of(2000, 1, 1)));
    return {};
}

bool is_about(std::string_view subject, const std::vector<std::string>& places) {
    return std::ranges::any_of(split(subject, '|'),
                               [&](std::string_view part) { return std::ranges::find(places, part) != places.end(); });
}

/// Does a signal on a subject, not a place, name one of the places among those it is told of?
bool names_one(const model::Signal& signal, const std::vector<std::string>& places) {
    return std::ranges::any_of(signal.phrase.slots, [&](const model::Slot& slot) {
        return slot.kind == model::Slot::Kind::Place && slot.name == "where_names"
            && std::ranges::any_of(split(slot.text, ','),
                                   [&](std::string_view id) { return std::ranges::find(places, id) != places.end(); });
    });
}

void keep_places(model::WatchFinding& finding, const std::vector<std::string>& places, std::string_view where) {
    const auto all = static_cast<double>(finding.signals.size());
    const auto is_other = [&](const auto& one) { return !is_about(one.subject, places); };
    std::erase_if(finding.signals, [&](const model::Signal& one) { return is_other(one) && !names_one(one, places); });
    finding.signals_expected_by_chance *= all == 0 ? 0 : static_cast<double>(finding.signals.size()) / all;
    std::erase_if(finding.forecasts, is_other);
    std::erase_if(finding.aside, is_other);
    finding.set_aside = static_cast<std::int64_t>(finding.aside.size());
    std::erase_if(finding.chances, is_other);
    std::erase_if(finding.told, is_other);
    std::erase_if(finding.strips, [&](const model::Strip& strip) {
        return std::ranges::none_of(finding.signals,
                                    [&](const model::Signal& one) { return one.subject_title == strip.title; });
    });
    finding.others_ahead.clear();
    // What is said of the highest, or was seen last, is of places that are not asked for.
    finding.last_seen.clear();
    if (const auto seen = finding.reading.find("; last seen: "); seen != std::string::npos)
        finding.reading.resize(seen);
    if (finding.state == model::State::Quiet) finding.reading = fmt::format("nothing unusual {}", where);
    if (finding.state != model::State::Signal) return;
    if (finding.signals.empty()) {
        finding.state = model::State::Quiet;
        finding.reading = fmt::format("nothing unusual {}", where);
    } else {
        finding.reading = fmt::format("{} signal{} {}; first: {}", finding.signals.size(),
                                      finding.signals.size() == 1 ? "" : "s", where, finding.signals.front().reason);
    }
}

}  // namespace icosa::app
