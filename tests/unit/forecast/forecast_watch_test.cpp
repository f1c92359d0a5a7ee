/// The engine on made panels: signals, gaps, staleness, shares, checks, strips.
#include "forecast/forecast_watch.hpp"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "engine/check.hpp"
#include "engine/expect.hpp"
#include "forecast/engine_table.hpp"
#include "forecast/panel_forecast.hpp"
#include "panels.hpp"

namespace icosa::forecast {
namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();
constexpr int months = 160;
constexpr int newest = january_2000 + months - 1;

constexpr const char* lines = R"(
engine = "forecast"
from = ["alpha"]
records = "event"
value = "best"
period = "month"
crossing = 25
severity_unit = "fatalities"
)";

struct World {
    pack::PlaceBook places;
    pack::Catalogue catalogue;
    pack::Grades grades;
    std::map<std::string, engine::SourceFacts> sources;
    model::Evidence evidence;
    pack::LikelihoodScale scale{"s", "t", {{"rare", 0, 0.1}, {"possible", 0.1, 0.5}, {"likely", 0.5, 1}}, {}, {}};

    World() {
        std::string text = "place = [";
        for (int u = 1; u <= 12; ++u)
            text += "{ id = \"p" + std::to_string(u) + "\", kind = \"state\", name = \"Place " + std::to_string(u)
                + "\" },";
        text +=
            "]\n[[set]]\nid = \"few\"\nname = \"Few\"\nkind = \"region\"\nmembers = [{ place = \"p2\" }, { place = "
            "\"p3\" }]\nsource = \"s\"\n";
        Diagnostics faults;
        const auto node = pack::parse_toml(text, "packs/places/x.toml");
        EXPECT_TRUE(node);
        places.read(*node, faults);
        places.check(faults);
        EXPECT_TRUE(faults.empty());
        sources["alpha"] = {"Alpha Data", "Alpha", "Alpha counts reports.", 90};
    }

    [[nodiscard]] engine::Setting setting(Day as_of, int threads = 1) const {
        engine::Setting out{as_of, places, catalogue, grades, sources};
        out.likelihood = scale;
        out.threads = threads;
        return out;
    }

    static pack::Watch watch(const std::string& more, const std::string& id = "w.x") {
        Diagnostics faults;
        const auto node = pack::parse_toml(
            "[area]\nsection = \"III.1\"\n[[watch]]\nid = \"" + id + "\"\ntitle = \"t\"\n" + lines + more,
            "packs/x.toml");
        EXPECT_TRUE(node) << (node ? "" : render(node.error()));
        auto area = pack::parse_area(*node, faults);
        for (const auto& fault : faults) ADD_FAILURE() << render(fault);
        return area.watches.at(0);
    }

    /// Puts the panel where the watch looks; units are "p" and their names.
    model::Panel& put(const pack::Watch& watch, const CountPanel& from, Day as_of) {
        const auto selects = forecast_engine().needs(watch, setting(as_of));
        auto& answer = evidence.answers[selects.at(0)];
        answer.select = selects.at(0);
        model::Panel panel;
        panel.source = "alpha";
        panel.period = PeriodKind::Month;
        panel.first_period = from.first();
        panel.periods = from.end() - from.first();
        std::map<std::string, const CountSeries*> sorted;
        for (const auto& series : from.series) sorted["p" + series.unit] = &series;
        for (const auto& [name, series] : sorted) {
            panel.units.push_back(name);
            for (int month = from.first(); month < from.end(); ++month)
                panel.values.push_back(series->has(month) ? series->at(month) : missing);
        }
        panel.rows.assign(panel.values.size(), 1);
        panel.observed_through = last_day_of(from.end() - 1, PeriodKind::Month);
        panel.complete = true;
        answer.panels.push_back(std::move(panel));
        return answer.panels.back();
    }

    [[nodiscard]] std::vector<model::WatchFinding> run(const std::vector<const pack::Watch*>& watches, Day as_of,
                                                       int threads = 1) const {
        auto found =
            forecast_engine().run(evidence, std::span<const pack::Watch* const>(watches), setting(as_of, threads));
        EXPECT_TRUE(found) << (found ? "" : render(found.error()));
        return found ? std::move(*found) : std::vector<model::WatchFinding>(watches.size());
    }
};

const Day after = last_day_of(newest, PeriodKind::Month) + 10;
double& cell(model::Panel& panel, const std::string& unit, int back) {
    const auto at =
        static_cast<std::size_t>(std::find(panel.units.begin(), panel.units.end(), unit) - panel.units.begin());
    return panel
        .values[at * static_cast<std::size_t>(panel.periods) + static_cast<std::size_t>(panel.periods - 1 - back)];
}

TEST(ForecastWatch, WhereNoUnitIsObservedNothingIsQuiet) {
    World world;
    const auto watch = World::watch("places = \"few\"\nmethod = { name = \"escalation\" }\n");
    auto& panel = world.put(watch, made_panel(months), after);
    auto setting = world.setting(after);
    pack::Outcome outcome;
    outcome.id = "worse-by-half";
    outcome.least = 20;
    setting.outcomes.all.push_back(outcome);
    const std::vector<const pack::Watch*> watches{&watch};
    const auto state = [&] {
        return forecast_engine().run(world.evidence, {watches.begin(), watches.end()}, setting).value().at(0).state;
    };
    EXPECT_NE(state(), model::State::NoData);
    cell(panel, "p2", 0) = cell(panel, "p3", 0) = missing;
    EXPECT_EQ(state(), model::State::NoData);
}

TEST(ForecastWatch, EachForecastIsCompleteAndTheOthersAreCounted) {
    World world;
    const auto watch = World::watch("method = { name = \"rise\", ratio = 1000 }\nshown = 3\n");
    world.put(watch, made_panel(months), after);
    const auto finding = world.run({&watch}, after).at(0);
    EXPECT_EQ(finding.state, model::State::Quiet);
    EXPECT_EQ(finding.units_examined, 12);
    ASSERT_EQ(finding.forecasts.size(), 3U);
    for (const auto& one : finding.forecasts) {
        EXPECT_EQ(one.months.size(), 12U);
        EXPECT_EQ(one.months.front().month, newest + 1);
        EXPECT_EQ(one.origin, period_label(newest, PeriodKind::Month));
        EXPECT_EQ(one.id, "w.x/" + one.subject + "/" + one.origin);
        EXPECT_EQ(one.observed.size(), 36U);
        for (const auto& month : one.months) {
            for (std::size_t q = 1; q < std::size(model::forecast_quantiles); ++q)
                EXPECT_LE(month.quantiles[q - 1], month.quantiles[q]);
            EXPECT_LE(month.p_crossing, month.p_any);
        }
        EXPECT_LE(one.probability.low, one.probability.value);
        EXPECT_GE(one.probability.high, one.probability.value);
        EXPECT_FALSE(one.probability.word.empty());
        EXPECT_NE(one.probability.statement.find("base rate"), std::string::npos);
        EXPECT_FALSE(one.past.empty());
        double effects = 0, mean = 0;
        for (const auto& driver : one.drivers) effects += driver.effect;
        for (const auto& month : one.months) mean += month.mean / 12;
        if (!one.drivers.empty()) {
            EXPECT_NEAR(effects, mean - one.mean_before, 0.1);
        }
    }
    EXPECT_LE(finding.forecasts[0].subject_title, finding.forecasts[1].subject_title);  // by title, not by size
    EXPECT_NE(finding.others_ahead.find("9 more places not shown"), std::string::npos) << finding.others_ahead;
    ASSERT_EQ(finding.record.windows.size(), 5U);
    EXPECT_GT(finding.record.probabilities, 40);
    EXPECT_NE(finding.record.verdict.find("CRPS"), std::string::npos);
}

TEST(ForecastWatch, RisesAboveTheSimpleRule) {
    World world;
    const auto watch = World::watch("method = { name = \"rise\", ratio = 1.2, probability = 0, minimum = 10 }\n");
    auto& panel = world.put(watch, made_panel(months), after);
    for (int back = 0; back < 24; ++back)
        cell(panel, "p2", back) = back < 4 ? 20 : 0;  // four months of twenty after none
    const auto finding = world.run({&watch}, after).at(0);
    ASSERT_EQ(finding.state, model::State::Signal);
    const auto found = std::find_if(finding.signals.begin(), finding.signals.end(),
                                    [](const auto& one) { return one.subject == "p2"; });
    ASSERT_NE(found, finding.signals.end()) << finding.reading;
    EXPECT_GE(found->observed, found->threshold);
    EXPECT_NE(found->reason.find("at the pace of the last twelve months"), std::string::npos) << found->reason;
    EXPECT_TRUE(std::any_of(finding.forecasts.begin(), finding.forecasts.end(),
                            [](const auto& one) { return one.subject == "p2"; }));
}

TEST(ForecastWatch, TheNewestMonthBeyondWhatWasForecast) {
    World world;
    const auto watch = World::watch("method = { name = \"predictive-quantile\", quantile = 0.95 }\nminimum = 10\n");
    auto& panel = world.put(watch, made_panel(months), after);
    cell(panel, "p1", 0) = 900;  // had been silent for thirteen years
    const auto finding = world.run({&watch}, after).at(0);
    ASSERT_EQ(finding.state, model::State::Signal);
    EXPECT_EQ(finding.signals.front().subject, "p1");
    EXPECT_EQ(finding.signals.front().observed, 900);
    EXPECT_EQ(finding.tests, 12);
    EXPECT_EQ(finding.discovery_procedure, "benjamini-hochberg");
    EXPECT_LE(finding.signals.front().adjusted_p_value, 0.1);
    cell(panel, "p1", 0) = 9;
    const auto again = world.run({&watch}, after);
    for (const auto& signal : again.at(0).signals) EXPECT_NE(signal.subject, "p1");  // below the minimum
}

TEST(ForecastWatch, WhatWasNotObservedIsNoZero) {
    World world;
    const auto watch = World::watch("method = \"rise\"\n");
    auto& panel = world.put(watch, made_panel(months), after);
    cell(panel, "p2", 0) = missing;
    for (int back = 30; back < 40; ++back) cell(panel, "p3", back) = missing;
    const auto finding = world.run({&watch}, after).at(0);
    EXPECT_EQ(finding.units_examined, 11);
    EXPECT_TRUE(std::any_of(finding.caveats.begin(), finding.caveats.end(), [](const auto& one) {
        return one.find("not observed in 2013-04 and not forecast: 1 places") != std::string::npos;
    })) << finding.caveats.back();
    for (const auto& one : finding.forecasts) {
        EXPECT_NE(one.subject, "p2");
        if (one.subject == "p3") {
            EXPECT_EQ(one.history, 30);  // from the gap on
        }
    }
    const auto counts = without_gaps(panel, newest, no_day);
    ASSERT_TRUE(counts);
    EXPECT_EQ(counts->ended, std::vector<std::string>{"p2"});
    cell(panel, "p4", 3) = 1.5;
    const std::vector<const pack::Watch*> watches{&watch};
    const auto refused =
        forecast_engine().run(world.evidence, std::span<const pack::Watch* const>(watches), world.setting(after));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().what, "watch 'w.x': 1.5 in p4, 2013-01: allowed are whole numbers from 0");
}

TEST(ForecastWatch, StaleNoDataAndTooShort) {
    World world;
    const auto watch = World::watch("method = \"rise\"\n");
    EXPECT_EQ(world.run({&watch}, after).at(0).reading, "no data from alpha as of 2013-05-10");
    world.put(watch, made_panel(months), after);
    EXPECT_EQ(world.run({&watch}, after + 200).at(0).state, model::State::Stale);
    World young;
    young.put(watch, made_panel(10), last_day_of(january_2000 + 9, PeriodKind::Month));
    const auto finding = young.run({&watch}, last_day_of(january_2000 + 9, PeriodKind::Month) + 5).at(0);
    EXPECT_EQ(finding.state, model::State::NoData);
    EXPECT_NE(finding.reading.find("none with the history that a forecast needs"), std::string::npos)
        << finding.reading;
}

TEST(ForecastWatch, WatchesOfOnePanelShareItAndSayTheSameAlone) {
    World world;
    const auto all = World::watch("method = { name = \"rise\", ratio = 1.1, probability = 0, minimum = 1 }\n", "w.all");
    const auto few = World::watch(
        "places = \"few\"\nmethod = { name = \"rise\", ratio = 1.1, probability = 0, minimum = 1 }\n", "w.few");
    const auto beyond = World::watch("method = \"predictive-quantile\"\n", "w.beyond");
    EXPECT_EQ(forecast_engine().needs(all, world.setting(after)),
              forecast_engine().needs(few, world.setting(after)));  // the model learns from all
    world.put(all, made_panel(months), after);
    const auto together = world.run({&all, &few, &beyond}, after, 2);
    for (const auto* one : {&all, &few, &beyond}) {
        const auto alone = world.run({one}, after).at(0);
        const auto& found = together.at(one == &all ? 0 : one == &few ? 1 : 2);
        EXPECT_EQ(found.reading, alone.reading);
        ASSERT_EQ(found.forecasts.size(), alone.forecasts.size());
        for (std::size_t i = 0; i < found.forecasts.size(); ++i) {
            EXPECT_EQ(found.forecasts[i].probability.statement, alone.forecasts[i].probability.statement);
            for (std::size_t m = 0; m < 12; ++m)
                EXPECT_EQ(found.forecasts[i].months[m].mean, alone.forecasts[i].months[m].mean);
        }
        ASSERT_EQ(found.signals.size(), alone.signals.size());
        for (std::size_t i = 0; i < found.signals.size(); ++i)
            EXPECT_EQ(found.signals[i].reason, alone.signals[i].reason);
    }
    EXPECT_EQ(together[1].units_examined, 2);
    for (const auto& one : together[1].forecasts) EXPECT_TRUE(one.subject == "p2" || one.subject == "p3");
}

TEST(ForecastWatch, LaterMonthsChangeNothing) {
    const auto watch = World::watch("method = { name = \"rise\", ratio = 1.1, probability = 0, minimum = 1 }\n");
    World known, later;
    const int origin = newest - 20;
    const Day day = last_day_of(origin, PeriodKind::Month) + 3;
    known.put(watch, cut(made_panel(months), origin), day);
    later.put(watch, made_panel(months), day);
    const auto a = known.run({&watch}, day).at(0), b = later.run({&watch}, day).at(0);
    EXPECT_EQ(a.reading, b.reading);
    EXPECT_EQ(a.record.verdict, b.record.verdict);
    ASSERT_EQ(a.forecasts.size(), b.forecasts.size());
    for (std::size_t i = 0; i < a.forecasts.size(); ++i) {
        EXPECT_EQ(a.forecasts[i].probability.statement, b.forecasts[i].probability.statement);
        EXPECT_EQ(a.forecasts[i].months.back().mean, b.forecasts[i].months.back().mean);
    }
}

TEST(ForecastWatch, ChecksAndStrips) {
    World world;
    Diagnostics faults;
    const auto bad = World::watch(
        "model = \"stak\"\nlearn_from = \"fews\"\nmethod = { name = \"rise\", ratoi = 2 }\n[[expect]]\nstrip = "
        "\"111\"\nsignals = \"\"\n");
    engine::check_watch(engines(), bad, world.setting(after), faults);
    std::string all;
    for (const auto& fault : faults) all += render(fault) + "\n";
    EXPECT_NE(all.find("names model 'stak' (did you mean 'stack'?)"), std::string::npos) << all;
    EXPECT_NE(all.find("names 'fews', which is no place and no set (did you mean 'few'?)"), std::string::npos) << all;
    EXPECT_NE(all.find("no option 'ratoi' for 'rise' (did you mean 'ratio'?)"), std::string::npos) << all;
    faults.clear();
    auto yearly = World::watch("method = \"rise\"\n");
    yearly.selection.period = PeriodKind::Year;
    engine::check_watch(engines(), yearly, world.setting(after), faults);
    ASSERT_EQ(faults.size(), 1U);
    EXPECT_EQ(faults[0].what, "watch 'w.x': forecasts are by month, not by year");
    const auto drawn = World::watch(
        "method = \"predictive-quantile\"\n[[expect]]\nstrip = \"102101102011 010121011021 z\"\nsignals = \"           "
        "               ^\"\n");
    const auto outcome = engine::run_strip(forecast_engine(), drawn, drawn.expects.at(0));
    EXPECT_TRUE(outcome) << (outcome ? "" : outcome.error().what);
}

}  // namespace
}  // namespace icosa::forecast
