/// Made-up findings for the brief's tests: a small dossier to read whole, and a large one on the real framework to
/// weigh and look at.
#pragma once

#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "brief/compose.hpp"
#include "pack/toml.hpp"

namespace icosa::brief::fixture {

inline constexpr double missing = std::numeric_limits<double>::quiet_NaN();

inline pack::Node toml(const std::string& text) {
    auto node = pack::parse_toml(text, "fixture.toml");
    return node ? *node : pack::Node{};
}

/// Everything that a Material refers to.
struct World {
    pack::Framework framework;
    pack::Catalogue catalogue;
    pack::PlaceBook places;
};

inline World small_world() {
    World world;
    Diagnostics faults;
    world.framework = pack::parse_framework(toml(R"(
[framework]
id = "test"
title = { en = "A test framework", zh = "测试框架" }
source = "made up"
date = "2020-02-21"
[[section]]
id = "III.11"
group = "area"
number = 11
slug = "sea-and-rivers"
title = { en = "Sea <and> rivers", zh = "海洋与河流" }
  [[section.clause]]
  id = "III.11.a"
  status = "measured"
  asks = { en = "Do incidents at sea rise?", zh = "海上事件是否上升？" }
  [[section.clause]]
  id = "III.11.b"
  status = "measured"
  asks = { en = "Do rivers lack a commission?", zh = "河流是否缺少委员会？" }
  [[section.clause]]
  id = "III.11.c"
  status = "authored"
  rests_on = ["law-of-the-sea", "sea-mission", "nowhere"]
  asks = { en = "Which rules hold?", zh = "有哪些规则？" }
  [[section.clause]]
  id = "III.11.d"
  status = "not-measurable"
  reason = "no open series states it"
  asks = { en = "Is the sea at peace?", zh = "海洋是否和平？" }
[[section]]
id = "III.12"
group = "area"
number = 12
slug = "lists"
title = { en = "Lists", zh = "名单" }
  [[section.clause]]
  id = "III.12.a"
  status = "measured"
  asks = { en = "Do lists change?", zh = "名单是否变化？" }
[[section]]
id = "II.1"
group = "principle"
number = 1
slug = "common"
title = { en = "Common security", zh = "共同安全" }
  [[section.clause]]
  id = "II.1.a"
  status = "measured"
  asks = { en = "Does conflict come back?", zh = "冲突是否复发？" }
[[section]]
id = "IV.1"
group = "platform"
number = 1
slug = "bodies"
title = { en = "Bodies", zh = "机构" }
  [[section.clause]]
  id = "IV.1.a"
  status = "authored"
  rests_on = ["sea-forum"]
  asks = { en = "Who can convene?", zh = "谁可以召集？" }
)"),
                                            faults);
    world.places.read(toml(R"(
[[place]]
id = "aaa"
kind = "state"
name = { en = "Aland", zh = "甲国" }
[[place]]
id = "bbb"
kind = "state"
name = { en = "Beland", zh = "乙国" }
[[set]]
id = "pair"
kind = "list"
name = { en = "The pair", zh = "两国" }
members = [ { place = "aaa" }, { place = "bbb", first = "2022-01-01" } ]
source = "made up"
)"),
                      faults);
    world.catalogue.read(toml(R"(
[[instrument]]
id = "law-of-the-sea"
kind = "treaty"
title = { en = "Law of the | Sea", zh = "海洋法" }
short = "LOS"
adopted = "1982-12-10"
in_force = "1994-11-16"
areas = ["III.11"]
known_through = "2015-03-31"
participants = [
  { place = "aaa", act = "signature", day = "1982-12-10" }, { place = "aaa", act = "ratification", day = "1990-01-01" },
  { place = "bbb", act = "accession", day = "1995-01-01" }, { place = "bbb", act = "withdrawal", day = "2001-01-01" },
]
source = "made up"
against = "made up"
[[instrument]]
id = "later-treaty"
kind = "treaty"
title = { en = "Not there yet", zh = "尚未" }
adopted = "2023-01-01"
areas = ["III.11"]
source = "made up"
)"),
                         faults);
    world.catalogue.read(toml(R"(
[[mechanism]]
id = "sea-forum"
kind = "forum"
name = { en = "Sea forum", zh = "海洋论坛" }
platforms = ["IV.1"]
areas = ["III.11"]
members = "pair"
cadence_months = 12
meetings = [{ day = "2021-05-01" }]
source = "made up"
)"),
                         faults);
    world.catalogue.read(toml(R"(
[[mission]]
id = "sea-mission"
short = "SEAM"
name = { en = "Mission at sea", zh = "海上特派团" }
host = ["aaa", "bbb"]
chapter = "VI"
force = "observes"
consent = "given"
known_through = "2020-06-01"
against = "made up"
[[mission.act]]
resolution = "S/RES/1"
adopted = "2020-01-01"
expires_on = "2021-01-01"
troops = 1200
source = "made up"
)"),
                         faults);
    world.catalogue.check(world.places, faults);
    return world;
}

inline model::Signal sea_signal() {
    model::Signal signal;
    signal.id = "sea.incidents/gulf/2020-11";
    signal.subject = "gulf";
    signal.subject_title = "Gulf & \"Sound\" <b>";
    signal.period = "2020-11";
    signal.observed = 9;
    signal.expected = 1.23456789;
    signal.threshold = 4.5;
    signal.unusualness = 0.99876543;
    signal.severity = {9, "incidents"};
    signal.confidence = model::Confidence::Moderate;
    signal.confidence_why = "one source, 60 months of it";
    signal.grade = model::Grade::Warning;
    signal.reason = "9 incidents where 1.2 are usual | and 4.5 the bound";
    signal.lineage = {9, {"asam"}, {{"data/ASAM_`x`.csv", 12}, {"data/ASAM_`x`.csv", 40}}};
    signal.cites = {"fricker2008"};
    signal.caveats = {"reports come late"};
    return signal;
}

inline std::vector<SectionFindings> small_findings() {
    model::WatchFinding sea;
    sea.id = "sea.incidents";
    sea.engine = "event-surveillance";
    sea.title = "More incidents in a sea than its season explains";
    sea.state = model::State::Signal;
    sea.reading = "1 of 12 seas is above its bound in 2020-11.";
    sea.source = "asam";
    sea.other_sources = {"pirate-attacks"};
    sea.observed_through = day_of(2020, 11, 30);
    sea.units_examined = 12;
    sea.signals_expected_by_chance = 0.12;
    sea.signals = {sea_signal()};
    sea.strips = {{"Gulf & \"Sound\" <b>, incidents",
                   PeriodKind::Month,
                   605,
                   {1, 0, missing, 2, 1, 9},
                   {1, 1, 1, 1, 1, 1.2},
                   {4, 4, 4, 4, 4, 4.5}}};
    sea.clauses = {"III.11.a"};
    sea.cites = {"fricker2008"};
    sea.caveats = {"An incident is what was reported."};
    model::WatchFinding rivers;
    rivers.id = "rivers.gap";
    rivers.engine = "indicator-surveillance";
    rivers.title = "Rivers with events and no commission";
    rivers.state = model::State::NoData;
    rivers.reading = "No source has data.";
    rivers.clauses = {"III.11.b"};
    model::WatchFinding lists;
    lists.id = "lists.changes";
    lists.engine = "event-surveillance";
    lists.title = "More new entries than usual";
    lists.state = model::State::Stale;
    lists.reading = "The list ends in 2019.";
    lists.source = "un-list";
    lists.observed_through = day_of(2019, 3, 1);
    lists.units_examined = 2;
    lists.clauses = {"III.12.a"};
    model::WatchFinding relapse = sea;
    relapse.id = "relapse";
    relapse.title = "Conflict that comes back";
    relapse.state = model::State::Quiet;
    relapse.reading = "None of 30 ended conflicts is active again.";
    relapse.signals.clear();
    relapse.strips.clear();
    relapse.units_examined = 30;
    relapse.clauses = {"II.1.a"};
    return {{"III.11",
             "Reports are not traffic: no risk of a passage follows.",
             {{"III.11.b", "fetch the basins file"}},
             {sea, rivers}},
            {"III.12", "", {}, {lists}},
            {"II.1", "", {}, {relapse}}};
}

inline model::SourceState source(const std::string& id, bool stale) {
    model::SourceState state;
    state.id = id;
    state.title = "The " + id + " file";
    state.rows = 8619;
    state.rejected = 3;
    state.files = 1;
    state.first = day_of(1990, 1, 1);
    state.last = stale ? day_of(2019, 3, 1) : day_of(2020, 11, 30);
    state.stale = stale;
    state.licence = "public domain";
    state.attribution = "The publisher of " + id;
    return state;
}

inline Material small_material(const World& world) {
    Material material{world.framework, world.catalogue, world.places};
    material.as_of = day_of(2020, 12, 31);
    material.findings = small_findings();
    material.sources = {source("un-list", true), source("asam", false)};
    material.references = {
        {"fricker2008",
         "Fricker et al., Comparing syndromic surveillance detection methods, Statistics in Medicine, 2008",
         "https://doi.org/10.1002/sim.3197"},
        {"unused1999", "Nobody cites this", ""}};
    material.packs_digest = "0123456789abcdef";
    material.version = "0.1.0";
    material.caveats = {"Made-up figures."};
    return material;
}

/// A plain sequence of numbers, the same on every machine.
class Sequence {
public:
    explicit Sequence(std::uint32_t seed) : state_(seed) {}
    double share() {
        state_ = state_ * 1664525U + 1013904223U;
        return static_cast<double>(state_ >> 8) / 16777216.0;
    }
    int below(int bound) { return static_cast<int>(share() * bound); }

private:
    std::uint32_t state_;
};

/// Three watches for each area, one for each principle and platform with measured clauses, of every state.
inline std::vector<SectionFindings> large_findings(const pack::Framework& framework) {
    const std::vector<std::string> places = {"Democratic Republic of the Congo",
                                             "Syrian Arab Republic",
                                             "Gulf of Guinea",
                                             "Myanmar",
                                             "Strait of Malacca",
                                             "Iran (Islamic Republic of)",
                                             "Bolivia (Plurinational State of)",
                                             "Mali",
                                             "Haiti",
                                             "South China Sea",
                                             "Lake Chad basin",
                                             "Ecuador"};
    std::vector<SectionFindings> out;
    Sequence draw(7);
    for (const pack::Section& section : framework.sections) {
        SectionFindings found{
            section.id,
            section.number % 4 == 0 ? "The tables are of March 2015; what happened since is not in them." : "",
            {},
            {}};
        std::vector<std::string> measured;
        for (const pack::Clause& clause : section.clauses) {
            if (clause.status == pack::ClauseStatus::Measured) measured.push_back(clause.id);
        }
        const int watches = measured.empty() ? 0 : section.group == pack::Group::Area ? 3 : 1;
        for (int w = 0; w < watches; ++w) {
            model::WatchFinding watch;
            watch.id = fmt::format("{}.watch-{}", section.slug, w + 1);
            watch.engine = w == 2 ? "instrument-status" : w == 1 ? "indicator-surveillance" : "event-surveillance";
            watch.title = w == 2 ? "States that lack one of the instruments"
                : w == 1         ? "A level outside its own five years"
                                 : "More incidents than the season and the trend explain";
            const int kind = draw.below(10);
            watch.state = kind < 3 ? model::State::Signal
                : kind < 6         ? model::State::Quiet
                : kind < 8         ? model::State::Stale
                                   : model::State::NoData;
            watch.clauses = {measured[static_cast<std::size_t>(w) % measured.size()]};
            watch.cites = {w == 1 ? "iglewicz1993" : "noufaily2013"};
            watch.reading = "No source that this watch asks for is in the store; fetch the file that its card names.";
            if (watch.state != model::State::NoData) {
                watch.source = w == 1 ? "unhcr-population" : "ucdp-ged";
                watch.other_sources = {"gdelt-2", "icews"};
                watch.observed_through = day_of(2020, 1 + draw.below(12), 28);
                watch.units_examined = 20 + draw.below(200);
                watch.signals_expected_by_chance = 0.01 * static_cast<double>(watch.units_examined);
                watch.reading = fmt::format("{} units examined in 2020-11; the largest change is in {}.",
                                            watch.units_examined, places[static_cast<std::size_t>(draw.below(12))]);
                watch.caveats = {"UCDP leaves most criminal violence out: quiet is not safe.",
                                 "Counts are of reported events; the volume of reporting changed in 2019."};
            }
            const int signals = watch.state == model::State::Signal ? 1 + draw.below(w == 0 ? 14 : 5) : 0;
            const int strips =
                watch.state == model::State::NoData ? 0 : std::min(6, std::max(signals, 1 + draw.below(3)));
            for (int s = 0; s < signals; ++s) {
                model::Signal signal = sea_signal();
                const std::string place = places[static_cast<std::size_t>(s) % places.size()];
                signal.subject = fmt::format("p{}", s);
                signal.subject_title = place;
                signal.id = fmt::format("{}/p{}/2020-11", watch.id, s);
                signal.observed = w == 1 ? 120000.5 + 1e5 * draw.share() : 20 + draw.below(300);
                signal.expected = signal.observed * (0.2 + 0.3 * draw.share());
                signal.threshold = signal.observed * 0.8;
                signal.unusualness = 1 - 0.01 * draw.share();
                signal.severity = {signal.observed, w == 1 ? "persons displaced" : "fatalities"};
                signal.grade = static_cast<model::Grade>(draw.below(3));
                signal.confidence = static_cast<model::Confidence>(draw.below(3));
                signal.confidence_why = "two sources of different origin agree, sixty months of reference";
                signal.reason = fmt::format(
                    "{} had {:.0f} fatalities in 2020-11 (low 12, high 410) where its season and trend lead one to "
                    "expect {:.0f}, with an upper bound of {:.0f}.",
                    place, signal.observed, signal.expected, signal.threshold);
                signal.lineage = {37,
                                  {"ucdp-ged"},
                                  {{"data/conflict/ged_country_month_1989_2020.csv", 4120},
                                   {"data/conflict/ged_country_month_1989_2020.csv", 4121},
                                   {"data/conflict/ged_country_month_1989_2020.csv", 4177}}};
                signal.cites = watch.cites;
                signal.caveats = {"Pseudo-real-time on final data."};
                watch.signals.push_back(signal);
            }
            for (int s = 0; s < strips; ++s) {
                model::Strip strip;
                strip.title = places[static_cast<std::size_t>(s) % places.size()]
                    + (w == 1 ? ", persons displaced" : ", fatalities a month");
                strip.period = w == 2 ? PeriodKind::Year : PeriodKind::Month;
                const int n = w == 2 ? 30 : section.number % 3 == 0 ? 384 : 72;
                strip.first_period = (w == 2 ? 51 : 611) - n;
                double level = w == 1 ? 80000.25 : 12;
                for (int i = 0; i < n; ++i) {
                    level = w == 1 ? level + 4000 * (draw.share() - 0.45) : 12 + 8 * std::sin(0.5236 * i);
                    const bool gap = (s == 1 && i > 20 && i < 27) || (s == 2 && i % 17 == 0);
                    strip.observed.push_back(gap ? missing : w == 1 ? level : std::floor(level * 2 * draw.share()));
                    strip.expected.push_back(i < 12 ? missing : w == 1 ? level * 0.97 : level);
                    strip.threshold.push_back(i < 12 ? missing : w == 1 ? level * 1.12 : level * 2.1);
                }
                if (s < signals) strip.observed.back() = w == 1 ? level * 1.3 : 61;
                if (strip.period == PeriodKind::Year) strip.threshold.clear();
                watch.strips.push_back(strip);
            }
            found.watches.push_back(watch);
        }
        out.push_back(found);
    }
    return out;
}

inline Material large_material(const World& world) {
    Material material = small_material(world);
    material.findings = large_findings(world.framework);
    material.sources.clear();
    for (const char* id : {"ucdp-ged", "gdelt-2", "icews", "unhcr-population", "asam", "pirate-attacks", "un-votes",
                           "wfp-food-prices", "disease-outbreak-news", "kev", "untc"}) {
        material.sources.push_back(source(id, std::string_view(id) == "untc" || std::string_view(id) == "icews"));
    }
    material.references.push_back({"noufaily2013",
                                   "Noufaily, Enki, Farrington, Garthwaite, Andrews, Charlett, An improved algorithm "
                                   "for outbreak detection, Statistics in Medicine, 2013",
                                   "https://doi.org/10.1002/sim.5595"});
    return material;
}

}  // namespace icosa::brief::fixture
