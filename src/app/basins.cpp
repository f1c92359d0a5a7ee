/// Coded records of the store by basin, rows of one event put together.
#include "app/basins.hpp"

#include <algorithm>
#include <functional>

#include <fmt/format.h>

#include "base/text.hpp"
#include "model/code_key.hpp"

namespace icosa::app {
namespace {

constexpr std::string_view events_source = "tfdd-events", agreements_source = "tfdd-treaties";
constexpr std::string_view event_number_system = "tfdd-event";
constexpr std::string_view global_conventions[] = {"un-watercourses", "water-convention"};

/// A coded record, by the names of its columns.
class CodedRow {
public:
    CodedRow(const std::map<std::string, std::size_t>& columns, const std::vector<std::string>& cells)
        : columns_(columns), cells_(cells) {}

    [[nodiscard]] std::string_view at(const std::string& column) const {
        const auto found = columns_.find(column);
        return found == columns_.end() ? std::string_view() : std::string_view(cells_[found->second]);
    }
    /// "system:code" parted; both empty where the cell is.
    [[nodiscard]] std::pair<std::string_view, std::string_view> coded(const std::string& column) const {
        const std::string_view cell = at(column);
        const auto colon = cell.find(':');
        if (colon == cell.npos) return {{}, cell};
        return {cell.substr(0, colon), cell.substr(colon + 1)};
    }
    [[nodiscard]] Day day() const { return parse_iso_day(at("first_day")).value_or(no_day); }
    [[nodiscard]] std::string place(const std::string& column, const pack::PlaceBook& places) const {
        const auto [system, code] = coded(column);
        if (system == "place") return std::string(code);
        return system.empty() ? std::string() : places.place_of(system, code, day());
    }

private:
    const std::map<std::string, std::size_t>& columns_;
    const std::vector<std::string>& cells_;
};

Result<void> each_row(store::Store& store, std::string_view source, Day as_of,
                      const std::function<void(const CodedRow&)>& visit) {
    std::map<std::string, std::size_t> columns;
    return store.export_records(source, model::RecordKind::Event, as_of, [&](const std::vector<std::string>& cells) {
        if (!columns.empty()) return visit(CodedRow(columns, cells));
        for (std::size_t i = 0; i < cells.size(); ++i) columns.emplace(cells[i], i);
    });
}

/// Parts of a text by bars; the last one takes the rest.
std::vector<std::string> parts_of(std::string_view text, std::size_t most) {
    std::vector<std::string> out;
    while (out.size() + 1 < most) {
        const auto bar = text.find('|');
        if (bar == text.npos) break;
        out.emplace_back(text.substr(0, bar));
        text.remove_prefix(bar + 1);
    }
    out.emplace_back(text);
    return out;
}

/// Of a yes-or-no column, or of one that numbers kinds of a provision, 0 being none.
Provided provided_of(std::string_view cell) {
    if (cell == "Y") return Provided::Yes;
    if (cell == "N" || cell == "0") return Provided::No;
    const auto first = split(cell, ',').front();
    const auto number = parse_integer(trim(first));
    return number && *number > 0 ? Provided::Yes : Provided::NotKnown;
}

/// The levels of an event's pairs as one.
void settle_level(BasinEvent& event, const std::map<int, int>& levels) {
    int most = 0;
    for (const auto& [level, pairs] : levels) {
        if (pairs <= most) continue;
        most = pairs;
        event.level = level;
    }
    event.levels_differ = levels.size() > 1;
}

class Basins {
public:
    Basins(const Packs& packs, Day since, Day until) : places_(packs.places), since_(since), until_(until) {
        for (const auto& place : places_.places()) {
            for (const std::string& successor : place.successors) predecessors_[successor].push_back(place.id);
        }
    }

    void add_event_row(const CodedRow& row) {
        const Day day = row.day();
        if (day == no_day) return;
        if (out_.events_first == no_day || day < out_.events_first) out_.events_first = day;
        if (out_.events_last == no_day || day > out_.events_last) out_.events_last = day;
        const std::string basin = row.place("place", places_);
        if (basin.empty() || day < since_ || day > until_) return;
        const auto [system, subject] = row.coded("subject");
        std::string id = system == event_number_system ? parts_of(subject, 2).front() : std::string();
        std::string key = "#" + id;
        if (id.empty()) key = fmt::format("row {}", ++out_.without_number);
        Drafted& draft = drafts_[basin][key];
        draft.event.id = std::move(id);
        draft.event.day = day;
        draft.event.pairs.emplace_back(row.place("actor1", places_), row.place("actor2", places_));
        if (const auto milli = parse_integer(row.at("intensity_milli")))
            ++draft.levels[static_cast<int>(*milli / 1000)];
        ++rows_[basin];
    }

    void add_agreement_row(const CodedRow& row) {
        const Day day = row.day();
        if (day == no_day) return;
        if (out_.agreements_last == no_day || day > out_.agreements_last) out_.agreements_last = day;
        const std::string basin = row.place("place", places_);
        if (basin.empty() || day > until_) return;
        const auto subject = parts_of(row.coded("subject").second, 2);
        BasinAgreement& one = agreements_[basin][{day, subject.front()}];
        one.id = subject.front();
        if (subject.size() > 1) one.title = subject[1];
        one.signed_on = day;
        const std::string who = row.place("actor1", places_);
        if (!who.empty()) one.signatories.insert(who);
        const auto codes = parts_of(row.coded("code").second, provision_names.size());
        for (std::size_t i = 0; i < codes.size(); ++i) one.provides[i] = provided_of(codes[i]);
    }

    BasinsKnown take(const std::vector<InstrumentFacts>& instruments, const std::vector<std::string>& wanted) {
        for (const auto& place : places_.places()) {
            if (place.kind != "basin" || (!wanted.empty() && std::ranges::find(wanted, place.id) == wanted.end()))
                continue;
            out_.basins.push_back(facts_of(place, instruments));
        }
        std::ranges::stable_sort(out_.basins, [](const BasinFacts& a, const BasinFacts& b) {
            const auto key = [](const BasinFacts& one) {
                return std::tuple(-one.conflictive_not_covered(), -one.conflictive(), one.place->id);
            };
            return key(a) < key(b);
        });
        return std::move(out_);
    }

private:
    struct Drafted {
        BasinEvent event;
        std::map<int, int> levels;  ///< pairs by level
    };

    [[nodiscard]] BasinFacts facts_of(const pack::PlaceFacts& place, const std::vector<InstrumentFacts>& instruments) {
        BasinFacts out;
        out.place = &place;
        out.riparians = place.riparians;
        out.pair_rows = rows_[place.id];
        for (auto& [key, agreement] : agreements_[place.id]) out.agreements.push_back(std::move(agreement));
        for (auto& [key, draft] : drafts_[place.id]) {
            settle_level(draft.event, draft.levels);
            draft.event.is_covered = covered(draft.event, out.agreements);
            out.events.push_back(std::move(draft.event));
        }
        std::ranges::stable_sort(out.events, {}, &BasinEvent::day);
        for (const std::string& riparian : out.riparians) {
            const auto signed_by = [&](const std::string& who) {
                return std::ranges::any_of(out.agreements,
                                           [&](const auto& one) { return one.signatories.contains(who); });
            };
            if (signed_by(riparian)) continue;
            const auto& before = predecessors_[riparian];
            (std::ranges::any_of(before, signed_by) ? out.by_predecessor : out.outside).push_back(riparian);
        }
        for (const InstrumentFacts& facts : instruments) {
            if (std::ranges::find(global_conventions, facts.instrument->id) == std::end(global_conventions)) continue;
            out.conventions.push_back(
                {facts.instrument, split_of(facts, out.riparians), facts.as_at, facts.is_complete});
        }
        return out;
    }

    [[nodiscard]] bool signed_one(const BasinAgreement& agreement, const std::string& state) {
        if (agreement.signatories.contains(state)) return true;
        return std::ranges::any_of(predecessors_[state],
                                   [&](const auto& id) { return agreement.signatories.contains(id); });
    }

    std::optional<bool> covered(const BasinEvent& event, const std::vector<BasinAgreement>& agreements) {
        std::optional<bool> out;
        for (const auto& [a, b] : event.pairs) {
            if (a.empty() || b.empty() || a == b) continue;
            const bool is_covered = std::ranges::any_of(agreements, [&](const BasinAgreement& one) {
                return one.signed_on <= event.day && signed_one(one, a) && signed_one(one, b);
            });
            out = out.value_or(true) && is_covered;
        }
        return out;
    }

    const pack::PlaceBook& places_;
    Day since_, until_;
    BasinsKnown out_;
    std::map<std::string, std::map<std::string, Drafted>> drafts_;  ///< by basin, event
    std::map<std::string, std::map<std::pair<Day, std::string>, BasinAgreement>> agreements_;
    std::map<std::string, std::int64_t> rows_;
    std::map<std::string, std::vector<std::string>> predecessors_;
};

}  // namespace

std::string_view bar_words(int level) {
    static constexpr std::string_view words[] = {
        "war declared",
        "war fought over wide areas",
        "armed clashes on a small scale",
        "hostile military or political acts short of clashes",
        "hostile diplomatic or economic acts",
        "strongly hostile words",
        "mildly hostile words",
        "neutral acts",
        "mildly friendly words",
        "official support in words",
        "agreement on science, culture or exchange",
        "economic or technical agreement, non-military",
        "military, economic or strategic support",
        "agreement on the waters themselves",
        "union into one state",
    };
    return level < bar_least || level > bar_most ? std::string_view() : words[level - bar_least];
}

bool BasinAgreement::provides_any(std::initializer_list<Provision> of) const {
    return std::ranges::any_of(of,
                               [&](Provision one) { return provides[static_cast<std::size_t>(one)] == Provided::Yes; });
}

std::int64_t BasinFacts::count(int from, int to) const {
    return std::ranges::count_if(
        events, [&](const BasinEvent& one) { return one.level && *one.level >= from && *one.level <= to; });
}

std::int64_t BasinFacts::conflictive_not_covered() const {
    return std::ranges::count_if(events, [](const BasinEvent& one) {
        return one.level && *one.level < 0 && one.is_covered && !*one.is_covered;
    });
}

Provided BasinFacts::provided(Provision what) const {
    bool is_open = agreements.empty();
    for (const BasinAgreement& one : agreements) {
        const Provided said = one.provides[static_cast<std::size_t>(what)];
        if (said == Provided::Yes) return Provided::Yes;
        is_open |= said == Provided::NotKnown;
    }
    return is_open ? Provided::NotKnown : Provided::No;
}

std::vector<std::string> BasinFacts::gaps() const {
    if (agreements.empty()) return {"no agreement"};
    std::vector<std::string> out;
    for (std::size_t i = 0; i < provision_names.size(); ++i) {
        const Provided said = provided(static_cast<Provision>(i));
        if (said == Provided::No) out.push_back(fmt::format("no {}", provision_names[i]));
        if (said == Provided::NotKnown) out.push_back(fmt::format("{} not known", provision_names[i]));
    }
    if (!outside.empty())
        out.push_back(fmt::format("{} riparian{} outside all", outside.size(), outside.size() == 1 ? "" : "s"));
    return out;
}

Result<BasinsKnown> basin_facts(store::Store& store, const Packs& packs, Day as_of, Day since, Day until,
                                const std::vector<std::string>& basins) {
    Basins all(packs, since, until);
    TRY(each_row(store, events_source, as_of, [&](const CodedRow& row) { all.add_event_row(row); }));
    TRY(each_row(store, agreements_source, as_of, [&](const CodedRow& row) { all.add_agreement_row(row); }));
    const auto instruments = TRY(instrument_facts(&store, packs, as_of));
    BasinsKnown out = all.take(instruments, basins);
    if (out.events_last == no_day && out.agreements_last == no_day)
        return fail(Fault::Data, "no-water", {},
                    fmt::format("the store has neither events of '{}' nor agreements of '{}'", events_source,
                                agreements_source),
                    "ingest their files (docs/sea-and-rivers.md)");
    return out;
}

Result<std::string> basin_named(const pack::PlaceBook& places, const std::string& word) {
    const std::string wanted = model::code_key("name", word), id = lower(trim(word));
    std::vector<std::string> names;
    const auto is_meant = [&](const std::string& name) {
        return !wanted.empty() && model::code_key("name", name) == wanted;
    };
    for (const auto& place : places.places()) {
        if (place.kind != "basin") continue;
        names.insert(names.end(), {place.id, lower(place.name.en)});
        if (place.id == id || place.id == id + "-basin" || is_meant(place.name.en) || place.name.zh == trim(word))
            return place.id;
        for (const auto& code : place.codes) {
            if (lower(code.code) == id || is_meant(code.code)) return place.id;
        }
    }
    const auto near = nearest(lower(word), names);
    return fail(Fault::Usage, "unknown-basin", {}, fmt::format("no basin '{}' is known", excerpt(word)),
                near ? fmt::format("did you mean '{}'?", *near) : "packs/places/basins.toml names them");
}

}  // namespace icosa::app
