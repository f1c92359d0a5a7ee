/// Reads packs/controlled-items.
#include "pack/controlled_items.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "base/cas_number.hpp"
#include "base/text.hpp"

namespace icosa::pack {
namespace {

constexpr std::size_t least_letters = 4;

ListParties parse_parties(TableReader& reader, const Where& where) {
    ListParties out;
    out.among = reader.text_or("among", "");
    const auto outside = reader.texts("outside"), participants = reader.texts("participants");
    out.named = out.among.empty() ? participants : outside;
    out.from = reader.day_or("parties_from", no_day);
    out.known_through = reader.day_or("parties_known_through", no_day);
    out.against = reader.text_or("parties_against", "");
    if (out.among.empty() ? !outside.empty() : !participants.empty())
        reader.fault(where, "bad-parties", "`outside` stands with `among`, `participants` without",
                     "name those who take part, or a set and those of it who do not");
    const bool says_some = !out.among.empty() || !out.named.empty();
    if (says_some != (out.from != no_day && out.known_through != no_day) || out.known_through < out.from)
        reader.fault(where, "bad-parties", "who takes part is said without the days from and through which it is known",
                     "add parties_from and parties_known_through");
    return out;
}

ControlledList parse_list(const Node& node, Diagnostics& faults) {
    TableReader reader(node, faults, "a controlled list");
    ControlledList out;
    out.where = node.where;
    out.id = reader.id("id");
    out.title = reader.title("title");
    out.short_title = reader.text_or("short", out.id);
    out.instrument = reader.text_or("instrument", "");
    out.parties = parse_parties(reader, node.where);
    out.note = reader.text_or("note", "");
    out.known = parse_knowledge(reader);
    reader.finish();
    return out;
}

ControlledItem parse_item(const Node& node, const std::string& list, Diagnostics& faults) {
    TableReader reader(node, faults, "a controlled item");
    ControlledItem out;
    out.where = node.where;
    out.id = reader.id("id");
    out.list = reader.text_or("list", list);
    out.schedule = reader.text("schedule");
    out.title = reader.title("title");
    for (const auto& [key, into] : {std::pair{"cas", &out.cas},
                                    {"names", &out.names},
                                    {"hints", &out.hints},
                                    {"words", &out.words},
                                    {"codes", &out.codes},
                                    {"family", &out.family},
                                    {"exempt_cas", &out.exempt_cas},
                                    {"exempt_names", &out.exempt_names},
                                    {"hs_named", &out.hs_named},
                                    {"hs", &out.hs}})
        *into = reader.texts(key);
    out.told = reader.text_or("told", "");
    out.against = reader.text_or("against", "");
    reader.finish();
    return out;
}

template <class Row> const Row* row_of(const std::vector<Row>& rows, std::string_view id) {
    const auto found = std::ranges::find(rows, id, &Row::id);
    return found == rows.end() ? nullptr : &*found;
}

class ItemsCheck {
public:
    ItemsCheck(const ControlledItems& items, Diagnostics& faults) : items_(items), faults_(faults) {}

    void list(const ControlledList& one, const Catalogue& catalogue, const PlaceBook& places) {
        if (!ids_.insert(one.id).second) fault(one.where, "twice", fmt::format("list '{}' stands twice", one.id));
        if (!one.instrument.empty() && !catalogue.instrument(one.instrument))
            fault(one.where, "unknown-instrument",
                  fmt::format("list '{}' rests on instrument '{}', which packs/instruments does not have", one.id,
                              one.instrument));
        if (!one.parties.among.empty() && !places.find_set(one.parties.among))
            fault(one.where, "unknown-set",
                  fmt::format("list '{}' asks among '{}', which is no set", one.id, one.parties.among));
        for (const std::string& place : one.parties.named) {
            if (!places.find_place(place))
                fault(one.where, "unknown-place",
                      fmt::format("list '{}' names '{}', which is no place", one.id, place));
        }
    }

    void item(const ControlledItem& one) {
        if (!ids_.insert(one.id).second) fault(one.where, "twice", fmt::format("item '{}' stands twice", one.id));
        if (!items_.list(one.list))
            fault(one.where, "unknown-list",
                  fmt::format("item '{}' is of list '{}', which no file declares", one.id, one.list));
        for (const std::string& number : one.cas) {
            if (!is_number(one, number)) continue;
            const auto [first, is_new] = by_number_.emplace(std::pair(one.list, number), one.id);
            if (!is_new)
                fault(one.where, "twice",
                      fmt::format("CAS {} stands at '{}' and at '{}' of one list", number, first->second, one.id));
        }
        for (const std::string& number : one.exempt_cas) (void)is_number(one, number);
        for (const auto* names : {&one.names, &one.hints, &one.words, &one.exempt_names}) {
            for (const std::string& name : *names) name_is_long(one, name);
        }
        for (const auto* headings : {&one.hs_named, &one.hs}) {
            for (const std::string& heading : *headings) is_heading(one, heading);
        }
        if (one.cas.empty() && one.names.empty() && one.hints.empty() && one.words.empty() && one.codes.empty()
            && one.family.empty() && one.hs_named.empty() && one.hs.empty())
            fault(one.where, "missing-key", fmt::format("nothing finds item '{}'", one.id),
                  "add cas, names, hints, words, codes, family or hs");
    }

private:
    void fault(const Where& where, std::string code, std::string what, std::string cure = {}) {
        faults_.push_back({Fault::Pack, std::move(code), where, std::move(what), std::move(cure)});
    }

    bool is_number(const ControlledItem& one, const std::string& number) {
        const auto read = parse_cas(number);
        if (!read || *read != number) {
            fault(one.where, "bad-cas", fmt::format("'{}' of item '{}' is no CAS number", excerpt(number), one.id),
                  "write it as \"107-44-8\"");
            return false;
        }
        if (cas_checks(number)) return true;
        fault(one.where, "bad-cas",
              fmt::format("CAS {} of item '{}' fails its check digit, which should be {}", number, one.id,
                          cas_check_digit(number)),
              "look it up");
        return false;
    }

    void name_is_long(const ControlledItem& one, const std::string& name) {
        const std::string folded = fold(name);
        const bool is_latin = std::ranges::all_of(folded, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
        const auto letters = folded.size() - static_cast<std::size_t>(std::ranges::count(folded, ' '));
        if (letters >= (is_latin ? least_letters : 6)) return;
        fault(one.where, "too-short",
              fmt::format("the name '{}' of item '{}' is too short to be told from a word", name, one.id),
              "a short code goes to `codes`");
    }

    void is_heading(const ControlledItem& one, const std::string& heading) {
        const bool are_digits = std::ranges::all_of(heading, [](char c) { return c >= '0' && c <= '9'; });
        if (are_digits && heading.size() >= 4 && heading.size() <= 10) return;
        fault(one.where, "bad-heading",
              fmt::format("'{}' of item '{}' is no customs heading", excerpt(heading), one.id),
              "write four to ten digits, without dots");
    }

    const ControlledItems& items_;
    Diagnostics& faults_;
    std::set<std::string> ids_;
    std::map<std::pair<std::string, std::string>, std::string> by_number_;
};

}  // namespace

const ControlledList* ControlledItems::list(std::string_view id) const { return row_of(lists, id); }
const ControlledItem* ControlledItems::item(std::string_view id) const { return row_of(items, id); }

void ControlledItems::read(const Node& file, Diagnostics& faults) {
    TableReader top(file, faults, "controlled items");
    const auto declared = top.tables("controlled_list");
    for (const Node* node : declared) lists.push_back(parse_list(*node, faults));
    const std::string own = declared.size() == 1 ? lists.back().id : "";
    for (const Node* node : top.tables("controlled_item")) items.push_back(parse_item(*node, own, faults));
    top.finish();
}

void ControlledItems::check(const Catalogue& catalogue, const PlaceBook& places, Diagnostics& faults) const {
    ItemsCheck check(*this, faults);
    for (const ControlledList& one : lists) check.list(one, catalogue, places);
    for (const ControlledItem& one : items) check.item(one);
}

}  // namespace icosa::pack
