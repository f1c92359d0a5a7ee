/// A small world for engine tests: five states, two sets, one instrument of each kind, panels made by hand.
#pragma once

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "detect/engine_table.hpp"
#include "engine/check.hpp"

namespace icosa::detect {

inline constexpr double nan_value = std::numeric_limits<double>::quiet_NaN();

inline pack::Node toml(const std::string& text) {
    auto node = pack::parse_toml(text, "packs/test.toml");
    EXPECT_TRUE(node) << (node ? "" : render(node.error()));
    return node ? std::move(*node) : pack::Node{};
}

inline constexpr const char* world_toml = R"(
place = [
  { id = "aaa", kind = "state", name = "Aland" }, { id = "bbb", kind = "state", name = "Bland" }, { id = "ccc", kind = "state", name = "Cland" },
  { id = "ddd", kind = "state", name = "Dland" }, { id = "eee", kind = "state", name = "Eland" }, { id = "fff", kind = "state", name = "Fland" },
]
[[set]]
id = "un-members"
name = "Members"
kind = "organisation"
members = [ { place = "aaa" }, { place = "bbb" }, { place = "ccc" }, { place = "ddd" }, { place = "eee" }, { place = "fff" } ]
source = "test"
[[set]]
id = "north"
name = "North"
kind = "region"
members = [ { place = "aaa" }, { place = "bbb" }, { place = "ccc" } ]
source = "test"
[[set]]
id = "south"
name = "South"
kind = "region"
members = [ { place = "ddd" }, { place = "eee" }, { place = "fff" } ]
source = "test"
[[set]]
id = "late-club"
name = "Late Club"
kind = "list"
members = [ { place = "aaa", first = "2019-01-01" } ]
source = "test"
)";

inline constexpr const char* catalogue_toml = R"toml(
[[instrument]]
id = "pact"
kind = "treaty"
title = "Pact"
opened = "2000-01-01"
in_force = "2004-01-01"
untc = "1-1"
open_to = "un-members"
source = "test"
[[instrument]]
id = "waiting"
kind = "treaty"
title = "Waiting Treaty"
opened = "2000-01-01"
entry_into_force = { named = "north" }
untc = "1-2"
open_to = "un-members"
source = "test"
[[instrument]]
id = "loose"
kind = "declaration"
title = "Loose"
adopted = "1999-01-01"
participants_known = "in part"
source = "test"
[[mechanism]]
id = "yearly"
kind = "forum"
name = "Yearly Forum"
platforms = ["IV.4"]
cadence_months = 12
meetings = [{ day = "2018-03-31" }]
known_through = "2020-12-31"
against = "test"
[[mechanism]]
id = "loose-forum"
kind = "forum"
name = "Loose Forum"
platforms = ["IV.4"]
source = "test"
[[mission]]
id = "mission"
short = "MISSION"
name = "Mission"
host = ["aaa"]
consent = "given"
known_through = "2020-08-31"
against = "test"
act = [
  { resolution = "S/RES/1 (2018)", adopted = "2018-06-01", expires_on = "2019-06-30", troops = 100, source = "test" },
  { resolution = "S/RES/2 (2019)", adopted = "2019-06-01", expires_on = "2020-06-30", source = "test" },
]
)toml";

inline const engine::Engine* find_engine(std::string_view name) { return engine::find(engines(), name); }
inline void check_watch(const pack::Watch& watch, const engine::Setting& setting, Diagnostics& faults) {
    engine::check_watch(engines(), watch, setting, faults);
}

struct World {
    pack::PlaceBook places;
    pack::Catalogue catalogue;
    pack::Grades grades;
    model::Evidence evidence;
    std::map<std::string, engine::SourceFacts> sources;
    Diagnostics faults;

    World() {
        places.read(toml(world_toml), faults);
        places.check(faults);
        catalogue.read(toml(catalogue_toml), faults);
        catalogue.check(places, faults);
        for (const Error& fault : faults) ADD_FAILURE() << render(fault);
        sources["alpha"] = {"Alpha Data", "Alpha", "Alpha counts reports.", 90};
        sources["beta"] = {"Beta Data", "Beta", "", 90};
        sources["twin"] = {"Alpha Twin", "Alpha", "", 90};
    }

    [[nodiscard]] engine::Setting setting(Day as_of) const { return {as_of, places, catalogue, grades, sources}; }

    pack::Watch watch(const std::string& lines) {
        Diagnostics here;
        auto area = pack::parse_area(
            toml("[area]\nsection = \"III.1\"\n[[watch]]\nid = \"w.x\"\ntitle = \"t\"\n" + lines), here);
        for (const Error& fault : here) ADD_FAILURE() << render(fault);
        return area.watches.at(0);
    }

    /// Puts a panel where the watch will look; rows[unit] are its values, the last one of period `newest`.
    model::Panel& put(const pack::Watch& watch, Day as_of, std::size_t select, const std::string& source,
                      const std::string& newest, const std::vector<std::pair<std::string, std::vector<double>>>& rows) {
        const auto selects = find_engine(watch.engine)->needs(watch, setting(as_of));
        model::Answer& answer = evidence.answers[selects.at(select)];
        answer.select = selects[select];
        model::Panel panel;
        panel.source = source;
        panel.period = selects[select].period;
        panel.periods = static_cast<int>(rows.front().second.size());
        panel.first_period = *parse_period(newest, panel.period) - panel.periods + 1;
        for (const auto& [unit, values] : rows) {
            panel.units.push_back(unit);
            panel.values.insert(panel.values.end(), values.begin(), values.end());
        }
        panel.rows.assign(panel.values.size(), 1);
        panel.observed_through = last_day_of(*parse_period(newest, panel.period), panel.period);
        panel.complete = true;
        answer.panels.push_back(std::move(panel));
        return answer.panels.back();
    }

    model::WatchFinding run(const pack::Watch& watch, Day as_of) {
        evidence.as_of = as_of;
        Diagnostics here;
        check_watch(watch, setting(as_of), here);
        for (const Error& fault : here) ADD_FAILURE() << render(fault);
        auto finding = run_one(watch, as_of);
        EXPECT_TRUE(finding) << (finding ? "" : render(finding.error()));
        return finding ? std::move(*finding) : model::WatchFinding{};
    }

    [[nodiscard]] Result<model::WatchFinding> run_one(const pack::Watch& watch, Day as_of) const {
        const std::vector<const pack::Watch*> watches{&watch};
        auto findings =
            TRY(find_engine(watch.engine)->run(evidence, std::span<const pack::Watch* const>(watches), setting(as_of)));
        return std::move(findings.at(0));
    }
};

inline std::vector<double> steady(int n, double value, double last) {
    std::vector<double> out;
    for (int i = 0; i < n; ++i) out.push_back(value + i % 3);
    out.push_back(last);
    return out;
}

}  // namespace icosa::detect
