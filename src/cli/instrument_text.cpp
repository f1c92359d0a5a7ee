/// One instrument, in lines that a person reads aloud; the same facts as JSON.
#include "cli/instrument_text.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/json.hpp"
#include "base/text.hpp"

namespace icosa::cli {
namespace {

using app::InstrumentFacts;

constexpr std::size_t newest_told = 10, states_told = 30;

std::string names_of(const InstrumentsAsked& asked, const std::vector<std::string>& places, std::size_t most) {
    std::vector<std::string> names;
    for (const std::string& place : places) names.push_back(asked.packs.places.title_of(place));
    std::ranges::sort(names);
    const std::size_t all = names.size();
    if (all > most) names.resize(most);
    return join(names, ", ") + (all > most ? fmt::format(" and {} more", all - most) : "");
}

std::string force_words(const InstrumentsAsked& asked, const InstrumentFacts& facts) {
    const pack::Instrument& of = *facts.instrument;
    if (facts.is_ended(asked.as_of))
        return fmt::format("{} on {}{}", of.ended_how.empty() ? std::string("ended") : of.ended_how, iso(of.ended),
                           of.in_force == no_day ? "" : ", in force from " + iso(of.in_force));
    if (facts.is_in_force(asked.as_of)) return "in force since " + iso(of.in_force);
    if (of.kind == "treaty" || of.kind == "protocol") return "not in force";
    return of.adopted == no_day ? "day of adoption not recorded" : "adopted " + iso(of.adopted);
}

/// "113 parties as at 2022-12-02, not known since".
std::string parties_words(const InstrumentsAsked& asked, const InstrumentFacts& facts) {
    const std::size_t number = facts.on_day.size();
    const std::string parties = fmt::format("{} {}", number, number == 1 ? "party" : "parties");
    if (!facts.is_complete) {
        if (facts.participation.acts.empty()) return "not known here";
        return fmt::format("not known wholly; {} by the acts on record{}", parties,
                           facts.instrument->untc.empty() ? ""
                                                          : fmt::format(" (table {} of the UN Treaty Collection is not "
                                                                        "in the store)",
                                                                        facts.instrument->untc));
    }
    return fmt::format("{} as at {}{}", parties, iso(facts.as_at),
                       facts.as_at < asked.as_of ? ", not known since" : "");
}

/// What it needs to enter into force and does not have; "" where that cannot be said or nothing is lacking.
std::string lacking_words(const InstrumentsAsked& asked, const InstrumentFacts& facts) {
    const pack::EntryIntoForce& entry = facts.instrument->entry;
    std::vector<std::string> parts;
    if (entry.ratifications > 0 && facts.is_complete)
        parts.push_back(
            fmt::format("{} of the {} participants that it needs", facts.on_day.size(), entry.ratifications));
    if (!entry.named.empty() && !facts.is_complete) {
        // without a whole list only what was written down as lacking
        parts.push_back(fmt::format("every one of {} must join; {}", asked.packs.places.title_of(entry.named),
                                    entry.lacking.empty() ? "who has not is not known here"
                                                          : "it lacks " + names_of(asked, entry.lacking, states_told)));
    } else if (!entry.named.empty()) {
        const auto members = asked.packs.places.members(entry.named, facts.as_at).value_or(std::vector<std::string>{});
        const app::Split split = app::split_of(facts, members);
        parts.push_back(fmt::format("{} of the {} {} have joined, all must; it lacks {}", split.in.size(), split.size(),
                                    asked.packs.places.title_of(entry.named), names_of(asked, split.out, states_told)));
    }
    if (!entry.rule.empty()) parts.push_back("the rule: " + entry.rule);
    return join(parts, "; ");
}

std::string act_words(const InstrumentsAsked& asked, const model::ParticipationAct& act) {
    const std::string who = asked.packs.places.title_of(act.participant);
    if (act.effective != no_day)
        return fmt::format("{}  {}: {}, {} {}", iso(act.effective), who, act.act,
                           pack::ends_participation(act.act) ? "notified" : "deposited",
                           act.day == no_day ? "on a day not known" : iso(act.day));
    return fmt::format("{}  {}: {}", act.day == no_day ? "day not known" : iso(act.day), who, act.act);
}

/// The newest first.
std::vector<const model::ParticipationAct*> acts_by(const InstrumentFacts& facts, Day since) {
    std::vector<const model::ParticipationAct*> out;
    for (const auto& act : facts.participation.acts) {
        const Day day = std::max(act.day, act.counts_from());
        if (day != no_day && day >= since) out.push_back(&act);
    }
    std::ranges::stable_sort(out, [](const auto* a, const auto* b) { return a->counts_from() > b->counts_from(); });
    return out;
}

struct Share {
    std::string set;
    app::Split split;
};

/// Regions and organisations with three members and more among those who could join, the thinnest first.
std::vector<Share> shares_of(const InstrumentsAsked& asked, const InstrumentFacts& facts) {
    auto open = app::could_join(facts, asked.packs);
    std::ranges::sort(open);
    std::vector<Share> out;
    for (const pack::PlaceSet& set : asked.packs.places.sets()) {
        if (set.kind != "region" && set.kind != "organisation") continue;
        std::vector<std::string> members;
        for (const auto& member : asked.packs.places.members(set.id, facts.as_at).value_or(std::vector<std::string>{}))
            if (std::ranges::binary_search(open, member)) members.push_back(member);
        if (members.size() < 3) continue;
        out.push_back({set.id, app::split_of(facts, members)});
    }
    std::ranges::stable_sort(out, [](const Share& a, const Share& b) {
        return a.split.in.size() * b.split.size() < b.split.in.size() * a.split.size();
    });
    return out;
}

void write_act(JsonWriter& json, const model::ParticipationAct& act, const std::string& instrument) {
    json.begin_object().field("instrument", instrument).field("place", act.participant).field("act", act.act);
    json.field("day", act.day == no_day ? std::string() : iso(act.day))
        .field("counts_from", act.counts_from() == no_day ? std::string() : iso(act.counts_from()))
        .field("source", act.source)
        .end_object();
}

void write_head(JsonWriter& json, const InstrumentsAsked& asked, const InstrumentFacts& facts) {
    const pack::Instrument& of = *facts.instrument;
    const auto day = [](Day one) { return one == no_day ? std::string() : iso(one); };
    json.field("id", of.id).field("title", of.title.en).field("short", of.short_title).field("kind", of.kind);
    json.field("as_of", iso(asked.as_of)).field("adopted", day(of.adopted)).field("opened", day(of.opened));
    json.field("in_force", day(of.in_force)).field("ended", day(of.ended)).field("ended_how", of.ended_how);
    json.field("status", force_words(asked, facts));
    json.field("parties_known", facts.is_complete);
    if (facts.is_complete) json.field("parties", facts.on_day.size());
    json.field("as_at", iso(facts.as_at)).field("known_through", day(facts.participation.known_through));
    json.field("against", of.known.against).field("look_at", of.known.look_at).field("source", of.known.source);
}

}  // namespace

std::string told_whole(const InstrumentsAsked& asked, const InstrumentFacts& facts) {
    const pack::Instrument& of = *facts.instrument;
    const bool could_enter = of.kind == "treaty" || of.kind == "protocol";
    const std::string lacking = facts.is_in_force(asked.as_of) || facts.is_ended(asked.as_of) || !could_enter
        ? ""
        : lacking_words(asked, facts);
    const auto newest = acts_by(facts, first_possible_day);
    if (asked.json) {
        JsonWriter json(2);
        json.begin_object();
        write_head(json, asked, facts);
        json.field("lacking", lacking);
        json.key("acts").begin_array();
        for (const auto* act : newest) write_act(json, *act, of.id);
        json.end_array().end_object();
        return json.text() + "\n";
    }
    std::string out =
        fmt::format("{}{}\n", of.title.en, of.short_title == of.title.en ? "" : fmt::format(" ({})", of.short_title));
    const auto line = [&](std::string_view name, const std::string& text) {
        if (!text.empty()) out += fmt::format("  {:<12}{}\n", name, text);
    };
    line("status", force_words(asked, facts));
    line("parties", parties_words(asked, facts));
    line("lacks", lacking.empty() ? "" : fmt::format("as at {}: {}", iso(facts.as_at), lacking));
    line("opened", of.opened == no_day ? "" : iso(of.opened));
    line("adopted", of.adopted == no_day ? "" : iso(of.adopted));
    line("depositary", of.depositary);
    line("areas", join(of.areas, ", "));
    line("note", of.note);
    if (facts.is_complete) {
        std::vector<std::string> thin;
        for (const Share& share : shares_of(asked, facts)) {
            if (thin.size() == 4 || share.split.out.empty()) break;
            thin.push_back(fmt::format("{} {} of {}", asked.packs.places.title_of(share.set), share.split.in.size(),
                                       share.split.size()));
        }
        line("thinnest in", join(thin, "; "));
    }
    for (std::size_t i = 0; i < std::min(newest.size(), newest_told); ++i)
        line(i == 0 ? "newest acts" : "", act_words(asked, *newest[i]));
    for (std::size_t i = newest_told; i < newest.size(); ++i) {
        if (pack::ends_participation(newest[i]->act)) line("", act_words(asked, *newest[i]));
    }
    const Day known = facts.participation.known_through;
    line("known",
         known == no_day ? "through which day its participants are is not known"
                         : fmt::format("through {}, against: {}", iso(known),
                                       of.known.against.empty() ? of.known.source : of.known.against));
    line("look at",
         !of.known.look_at.empty() ? of.known.look_at
             : of.untc.empty()     ? std::string()
                                   : "https://treaties.un.org/Pages/ViewDetails.aspx?src=TREATY&mtdsg_no=" + of.untc);
    return out;
}

std::string told_list(const InstrumentsAsked& asked, const std::vector<InstrumentFacts>& all) {
    std::string out;
    JsonWriter json(2);
    json.begin_array();
    for (const InstrumentFacts& facts : all) {
        if (asked.json) {
            json.begin_object();
            write_head(json, asked, facts);
            json.end_object();
        } else {
            out += fmt::format("{:<34}{}; {}\n", facts.instrument->id, force_words(asked, facts),
                               parties_words(asked, facts));
        }
    }
    return asked.json ? json.end_array().text() + "\n" : out;
}

std::string told_acts(const InstrumentsAsked& asked, const std::vector<InstrumentFacts>& all, Day since,
                      const std::string& only) {
    struct Told {
        const model::ParticipationAct* act;
        const InstrumentFacts* of;
    };
    std::vector<Told> told;
    for (const InstrumentFacts& facts : all) {
        if (!only.empty() && facts.instrument->id != only) continue;
        for (const auto* act : acts_by(facts, since)) told.push_back({act, &facts});
    }
    std::ranges::stable_sort(told,
                             [](const Told& a, const Told& b) { return a.act->counts_from() > b.act->counts_from(); });
    JsonWriter json(2);
    json.begin_array();
    std::string out;
    for (const Told& one : told) {
        if (asked.json) write_act(json, *one.act, one.of->instrument->id);
        else out += fmt::format("{}  [{}]\n", act_words(asked, *one.act), one.of->instrument->short_title);
    }
    if (asked.json) return json.end_array().text() + "\n";
    return out.empty() ? fmt::format(
                             "no act on record since {}; that none was done is known only as far as each "
                             "table is (`icosa instruments ID`)\n",
                             iso(since))
                       : out;
}

std::string told_missing(const InstrumentsAsked& asked, const std::vector<InstrumentFacts>& all,
                         const std::string& place) {
    const auto neighbours = asked.packs.places.neighbours(place, asked.as_of, pack::Borders::LandAndNarrowSea);
    const std::string name = asked.packs.places.title_of(place);
    std::string out = fmt::format("Not in, as at the day through which each table is known: {}\n", name);
    std::vector<std::string> unknown;
    JsonWriter json(2);
    json.begin_object().field("place", place).field("as_of", iso(asked.as_of)).key("missing").begin_array();
    for (const InstrumentFacts& facts : all) {
        const pack::Instrument& of = *facts.instrument;
        if ((of.kind != "treaty" && of.kind != "protocol") || facts.is_ended(asked.as_of)) continue;
        if (facts.on_day.contains(place)) continue;
        const auto open = app::could_join(facts, asked.packs);
        if (std::ranges::find(open, place) == open.end()) continue;
        if (!facts.is_complete) {
            unknown.push_back(of.short_title);
            continue;
        }
        const app::Split near = app::split_of(facts, neighbours);
        const std::string beside =
            neighbours.empty() ? "" : fmt::format("; {} of its {} neighbours are in", near.in.size(), near.size());
        if (asked.json)
            json.begin_object()
                .field("id", of.id)
                .field("short", of.short_title)
                .field("as_at", iso(facts.as_at))
                .field("neighbours", near.size())
                .field("neighbours_in", near.in.size())
                .end_object();
        else
            out += fmt::format("  {} ({}): as at {}{}{}\n", of.short_title, of.id, iso(facts.as_at),
                               facts.as_at < asked.as_of ? ", not known since" : "", beside);
    }
    if (asked.json) {
        json.end_array().key("not_known").begin_array();
        for (const std::string& one : unknown) json.value(one);
        return json.end_array().end_object().text() + "\n";
    }
    if (!unknown.empty()) out += fmt::format("Not known, for no whole table is at hand: {}\n", join(unknown, "; "));
    return out;
}

std::string told_gaps(const InstrumentsAsked& asked, const std::vector<InstrumentFacts>& all,
                      const std::string& section) {
    std::string out;
    std::vector<std::string> unknown;
    JsonWriter json(2);
    json.begin_array();
    for (const InstrumentFacts& facts : all) {
        const pack::Instrument& of = *facts.instrument;
        if (std::ranges::find(of.areas, section) == of.areas.end() || facts.is_ended(asked.as_of)) continue;
        if (of.kind != "treaty" && of.kind != "protocol") continue;
        if (!facts.is_complete) {
            unknown.push_back(of.short_title);
            continue;
        }
        const app::Split open = app::split_of(facts, app::could_join(facts, asked.packs));
        if (!asked.json)
            out += fmt::format("{}: {} of {} who could join, as at {}\n", of.short_title, open.in.size(), open.size(),
                               iso(facts.as_at));
        for (const Share& share : shares_of(asked, facts)) {
            // thinner than all together
            if (share.split.in.size() * open.size() >= open.in.size() * share.split.size()) continue;
            const pack::PlaceSet& set = *asked.packs.places.find_set(share.set);
            if (asked.json) {
                json.begin_object().field("instrument", of.id).field("set", set.id).field("kind", set.kind);
                json.field("in", share.split.in.size()).field("members", share.split.size());
                json.field("as_at", iso(facts.as_at)).key("out").begin_array();
                for (const std::string& one : share.split.out) json.value(one);
                json.end_array().end_object();
            } else if (share.split.size() >= 5 || share.split.in.size() * 2 < share.split.size()) {
                out += fmt::format("  {:<44}{} of {}; not: {}\n", set.name.en, share.split.in.size(),
                                   share.split.size(), names_of(asked, share.split.out, 8));
            }
        }
    }
    if (asked.json) return json.end_array().text() + "\n";
    if (!unknown.empty()) out += fmt::format("Not known, for no whole table is at hand: {}\n", join(unknown, "; "));
    return out.empty() ? "No instrument of this area has participants.\n" : out;
}

}  // namespace icosa::cli
