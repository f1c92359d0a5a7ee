/// Missions, bodies, tables, lists.
#include "app/facts_due.hpp"

#include <algorithm>
#include <tuple>

#include <fmt/format.h>

namespace icosa::app {
namespace {

constexpr int old_after_days = 366;

void add_missions(const Packs& packs, Day as_of, int days, std::vector<FactDue>& out) {
    using State = pack::MandateStanding::State;
    for (const pack::Mission& one : packs.catalogue.missions) {
        const auto standing = pack::standing_on(one, as_of);
        if (!standing.act || standing.state == State::Closed) continue;
        if (standing.act->expires_on == no_day && !one.known.tells_absence(as_of)) {
            if (one.known.known_through != no_day && as_of - one.known.known_through > old_after_days)
                out.push_back({one.known.known_through, one.id,
                               fmt::format("{}: {} names no day of expiry; known through {} only", one.short_name,
                                           standing.act->resolution, iso(one.known.known_through)),
                               one.known.look_at});
            continue;
        }
        const Day until = standing.act->expires_on;
        if (standing.state == State::NotKnown)
            out.push_back({standing.since, one.id,
                           fmt::format("{}: {} ran until {}; what followed is not known since {}", one.short_name,
                                       standing.act->resolution, iso(until), iso(standing.since)),
                           one.known.look_at});
        else if (until != no_day && until - as_of <= days && !standing.next)
            out.push_back({until, one.id,
                           fmt::format("{}: {} runs until {}", one.short_name, standing.act->resolution, iso(until)),
                           one.known.look_at});
    }
}

void add_bodies(const Packs& packs, Day as_of, int days, std::vector<FactDue>& out) {
    for (const pack::Mechanism& one : packs.catalogue.mechanisms) {
        const pack::Meeting* last = pack::last_meeting(one, as_of);
        if (one.cadence_months == 0 || !last || last != &one.meetings.back()) continue;
        const Day due = months_later(last->last_day, one.cadence_months);
        if (due - as_of > days || one.known.tells_absence(as_of)) continue;
        out.push_back(
            {due, one.id,
             fmt::format("{}: met {}, a meeting was to follow by {}", one.name.en, iso(last->last_day), iso(due)),
             one.known.look_at});
    }
}

void add_tables(const Packs& packs, Day as_of, std::vector<FactDue>& out) {
    const auto add = [&](const std::string& id, const std::string& title, const pack::Knowledge& known,
                         const std::string& address) {
        if (known.known_through == no_day || as_of - known.known_through <= old_after_days) return;
        out.push_back({known.known_through + old_after_days, id,
                       fmt::format("{}: known through {} only", title, iso(known.known_through)),
                       known.look_at.empty() ? address : known.look_at});
    };
    for (const pack::Instrument& one : packs.catalogue.instruments) {
        if (one.ended != no_day || (one.participants.empty() && one.untc.empty())) continue;
        add(one.id, one.short_title, one.known,
            one.untc.empty() ? std::string()
                             : "https://treaties.un.org/Pages/ViewDetails.aspx?src=TREATY&mtdsg_no=" + one.untc);
    }
    for (const pack::PlaceSet& one : packs.places.sets()) {
        if (one.kind == "organisation") add(one.id, "members of " + one.name.en, one.known, {});
    }
}

}  // namespace

std::vector<FactDue> facts_due(const Packs& packs, Day as_of, int days) {
    std::vector<FactDue> out;
    const auto by_day = [&](std::size_t first) {
        std::ranges::stable_sort(
            out.begin() + static_cast<std::ptrdiff_t>(first), out.end(),
            [](const FactDue& a, const FactDue& b) { return std::tie(a.day, a.id) < std::tie(b.day, b.id); });
    };
    add_missions(packs, as_of, days, out);
    by_day(0);
    const std::size_t bodies = out.size();
    add_bodies(packs, as_of, days, out);
    by_day(bodies);
    const std::size_t tables = out.size();
    add_tables(packs, as_of, out);
    by_day(tables);
    return out;
}

}  // namespace icosa::app
