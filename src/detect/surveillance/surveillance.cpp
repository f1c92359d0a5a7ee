/// One run of a watch over panels: choice of source, judgement of units, signals, reading, strips.
#include "detect/surveillance/surveillance.hpp"

#include <algorithm>
#include <optional>
#include <set>

#include <fmt/format.h>

#include "base/text.hpp"
#include "detect/surveillance/beside_told.hpp"
#include "detect/surveillance/kept_out.hpp"
#include "detect/surveillance/reading.hpp"
#include "detect/surveillance/reporting.hpp"
#include "detect/surveillance/sighting.hpp"
#include "detect/surveillance/sighting_signal.hpp"
#include "engine/panel_choice.hpp"
#include "engine/select.hpp"
#include "engine/wording.hpp"

namespace icosa::detect {
namespace {

using namespace engine;
using model::Panel;
using model::State;

/// The panel of a source; the first where that source gives none.
const Panel* same_source_or_first(const model::Answer& answer, const std::string& source) {
    for (const Panel& panel : answer.panels) {
        if (panel.source == source) return &panel;
    }
    return answer.panels.empty() ? nullptr : &answer.panels.front();
}

constexpr int days_remembered = 5 * 365;  ///< a fall in reporting is told while it lies in what a method looks back on

class Run {
public:
    Run(const model::Evidence& evidence, const pack::Watch& watch, const Setting& setting)
        : evidence_(evidence), watch_(watch), setting_(setting), selects_(selects_of(watch, setting)) {
        begin();
    }

    Result<model::WatchFinding> operator()() {
        read_reporting();
        for (;;) {
            if (auto done = TRY(judged_by_one_source())) return std::move(*done);
        }
    }

    /// The series that the last run judged; nullptr where there was none.
    [[nodiscard]] const Watched* watched() const { return watched_ ? &*watched_ : nullptr; }

private:
    void begin() { finding_ = engine::head_of(watch_); }

    /// The finding; nothing where the source that was chosen stands back and another is to answer.
    Result<std::optional<model::WatchFinding>> judged_by_one_source() {
        if (auto lack = find_series()) return no_data(std::move(*lack));
        if (stale_) {
            finding_.last_seen = last_seen(*watched_);
            return finished(State::Stale, stale_reading(*watched_));
        }
        if (auto lack = find_beside()) return no_data(std::move(*lack));
        const Sightings sightings = TRY(look(*watched_, beside_ ? &*beside_ : nullptr, finding_));
        // sources together begin with the latest of them: where that is too short a past, one alone may have it
        const bool is_of_several = model::sources_in(watched_->panel.source).size() > 1;
        if (finding_.units_examined == 0 && (fall_ || is_of_several) && stand_back()) return std::nullopt;
        if (finding_.units_examined == 0) {
            finding_.signals_expected_by_chance = 0;
            if (fall_) return no_data("no data to compare with: " + words_of(*fall_));
            return no_data(fmt::format("{} has figures ({}: {}), but none with the history that '{}' needs",
                                       watched_->source(), unit_noun(watch_.selection.unit),
                                       watched_->panel.units.size(), watch_.judging.method_name));
        }
        for (const Sighting& sighting : sightings.signals())
            finding_.signals.push_back(TRY(signal_of(*watched_, sighting, sightings.span, finding_.caveats)));
        order_signals();
        note_volume();
        const auto highest = sightings.by_unusualness(watched_->panel);
        finding_.strips = TRY(strips_of(*watched_, highest, finding_.signals));
        if (finding_.signals.empty() && fall_ && watched_->thin(watched_->panel.source, watched_->newest))
            return no_data("no data to be quiet on: " + words_of(*fall_));
        const std::string reading =
            reading_of(*watched_, highest, finding_) + beside_words(*watched_, watched_->newest);
        if (!finding_.signals.empty()) return finished(State::Signal, reading);
        const int days = days_since(watched_->panel, watched_->newest, setting_.as_of);
        if (days <= setting_.grades.quiet_days) return finished(State::Quiet, reading);
        finding_.last_seen = reading;
        return finished(State::Stale,
                        fmt::format("not known since {}, {} days before {}; then: {}", iso(setting_.as_of - days), days,
                                    iso(setting_.as_of), reading));
    }

    model::WatchFinding finished(State state, std::string reading) {
        finding_.state = state;
        finding_.reading = std::move(reading);
        return std::move(finding_);
    }
    model::WatchFinding no_data(std::string why) { return finished(State::NoData, std::move(why)); }

    /// "no data from ucdp-ged as of 2020-12-31", "no data for the denominator from ...".
    [[nodiscard]] std::string no_data_from(const pack::Selection& selection, std::string_view what = {}) const {
        return fmt::format("no data {}from {} as of {}", what, join(selection.from, ", "), iso(setting_.as_of));
    }

    /// Chooses the panel and what it is divided by; or says what is lacking.
    std::optional<std::string> find_series() {
        if (selects_.empty())
            return fmt::format("no place belongs to {} on {}", join(watch_.selection.places, ", "),
                               iso(setting_.as_of));
        const auto answer = evidence_.answers.find(selects_.front());
        if (answer == evidence_.answers.end()) return no_data_from(watch_.selection);
        const PanelChoice choice = choose(answer->second);
        if (!choice.panel) {
            for (auto& told : emptied_words(setting_, answer->second)) finding_.caveats.push_back(std::move(told));
            return no_data_from(watch_.selection);
        }
        stale_ = choice.stale;
        note_source(answer->second, *choice.panel, choice.newest);
        if (const PanelChoice preferred = choose_panel(answer->second, setting_); preferred.panel != choice.panel) {
            const Day last = last_day_of(preferred.newest, preferred.panel->period);
            const auto fall = newest_fall(preferred.panel->source, last);
            finding_.caveats.push_back(
                fmt::format("{} {}: {}", source_title(setting_, preferred.panel->source),
                            model::sources_in(preferred.panel->source).size() > 1 ? "stand back" : "stands back",
                            fall ? fall_words(*fall, fall->source.empty() ? "it" : source_title(setting_, fall->source))
                                 : "together they have not the past that is compared with"));
        }
        std::optional<Partners> per;
        if (watch_.per) {
            const auto below = evidence_.answers.find(selects_[1]);
            const Panel* denominator =
                below == evidence_.answers.end() ? nullptr : same_source_or_first(below->second, choice.panel->source);
            if (!denominator) return no_data_from(watch_.per->selection, "for the denominator ");
            per.emplace(*denominator, watch_.per->join);
        }
        UnitSeries series(*choice.panel, std::move(per), choice.newest, watch_.first_day);
        if (series.size() == 0) return fmt::format("no data since {}", iso(watch_.first_day));
        watched_.emplace(evidence_, watch_, setting_, answer->second, *choice.panel, choice.newest, std::move(series),
                         reporting_);
        leave_out_falls();
        return std::nullopt;
    }

    /// How much each source reported, where its card says that this tells of its publisher.
    void read_reporting() {
        for (const model::Select& whole : reporting_selects(watch_, setting_)) {
            const auto answer = evidence_.answers.find(whole);
            if (answer != evidence_.answers.end() && !answer->second.panels.empty())
                reporting_.emplace(whole.sources.front(), answer->second.panels.front());
        }
        if (selects_.empty() || reporting_.empty()) return;
        const auto own = evidence_.answers.find(selects_.front());
        if (own == evidence_.answers.end()) return;
        for (const Panel& panel : own->second.panels) {
            const auto sources = model::sources_in(panel.source);
            std::vector<std::pair<std::string, const Reporting*>> told;
            for (const auto& id : sources) {
                if (const auto found = reporting_.find(id); found != reporting_.end())
                    told.emplace_back(id, &found->second);
            }
            if (sources.size() > 1 && !told.empty()) reporting_.emplace(panel.source, Reporting::together(told));
        }
    }

    [[nodiscard]] std::string words_of(const Reporting::Fall& fall) const {
        return fall_words(fall, fall.source.empty() ? watched_->source() : source_title(setting_, fall.source));
    }

    /// As choose_panel; but a source that stands back, or whose silence says nothing of the newest period, lets one
    /// answer that is not stale.
    [[nodiscard]] PanelChoice choose(const model::Answer& answer) const {
        const PanelChoice first = choose_panel(answer, setting_);
        if (!first.panel || first.stale) return first;
        for (const Panel& panel : answer.panels) {
            const auto newest = newest_period(panel, answer.select, setting_.as_of);
            if (!newest || days_since(panel, *newest, setting_.as_of) > stale_after(setting_, panel)) continue;
            const auto told = reporting_.find(panel.source);
            const bool thin = told != reporting_.end() && told->second.thin(*newest, panel.period);
            if (stood_back_.contains(panel.source) || thin) continue;
            return {&panel, *newest, false};
        }
        return first;
    }

    /// Of what a method looks back on.
    [[nodiscard]] std::optional<Reporting::Fall> newest_fall(const std::string& source, Day last) const {
        const auto told = reporting_.find(source);
        return told == reporting_.end() ? std::nullopt : told->second.fall_within(last - days_remembered, last);
    }

    /// Where the fall of a source leaves nothing to compare with, another may answer: is there one?
    bool stand_back() {
        stood_back_.insert(watched_->panel.source);
        const PanelChoice next = choose(watched_->answer);
        if (!next.panel || stood_back_.contains(next.panel->source)) return false;
        begin();
        return true;
    }

    /// What was not reported is not observed; a fall of the last years is told.
    void leave_out_falls() {
        fall_.reset();
        const auto told = reporting_.find(watched_->panel.source);
        if (told == reporting_.end()) return;
        watched_->series.leave_out(thin_periods(watched_->series, told->second, watched_->panel.period));
        const Day last = last_day_of(watched_->newest, watched_->panel.period);
        fall_ = newest_fall(watched_->panel.source, last);
        if (fall_) finding_.caveats.push_back(words_of(*fall_));
    }

    /// The volume stands beside the counts; signals do not carry it.
    void note_volume() {
        for (const auto& id : model::sources_in(watched_->panel.source)) {
            const auto told = reporting_.find(id);
            if (told == reporting_.end()) continue;
            if (const auto newest = told->second.newest())
                finding_.caveats.push_back(
                    fmt::format("volume of reporting: {} reported {} in all in {}, {} a month are "
                                "usual",
                                source_title(setting_, id), figure(newest->reported),
                                period_label(newest->first, PeriodKind::Month), figure(newest->usual)));
        }
    }

    /// The source, how far it observed, the others, and what every reader of its figures must know.
    void note_source(const model::Answer& answer, const Panel& chosen, int newest) {
        finding_.source = chosen.source;
        finding_.observed_through =
            std::min(chosen.observed_through == no_day ? last_day_of(newest, chosen.period) : chosen.observed_through,
                     setting_.as_of);
        for (const Panel& panel : answer.panels) {
            if (!model::share_a_source(panel.source, chosen.source)) finding_.other_sources.push_back(panel.source);
        }
        if (const auto facts = setting_.sources.find(chosen.source);
            facts != setting_.sources.end() && !facts->second.note.empty())
            finding_.caveats.push_back(facts->second.note);
        if (chosen.pseudo_real_time)
            finding_.caveats.push_back("pseudo-real-time on final data: the edition used is later than the as-of day");
        for (auto& told : kept_out_of_panel(setting_, watch_.selection, chosen,
                                            first_day_of(newest - watch_.recent + 1, chosen.period),
                                            last_day_of(newest, chosen.period)))
            finding_.caveats.push_back(std::move(told));
        if (std::string told = left_out_words(setting_, chosen); !told.empty())
            finding_.caveats.push_back(std::move(told));
    }

    /// The second condition, if the watch has one; or says what is lacking.
    std::optional<std::string> find_beside() {
        if (!watch_.beside) return std::nullopt;
        const auto other = evidence_.answers.find(selects_[watch_.per ? 2 : 1]);
        const PanelChoice second =
            other == evidence_.answers.end() ? PanelChoice{} : choose_panel(other->second, setting_);
        if (!second.panel) return no_data_from(watch_.beside->selection, "for the second condition ");
        beside_.emplace(watch_.beside->judging, *second.panel, watch_.beside->join, second.newest);
        finding_.other_sources.push_back(second.panel->source);
        return std::nullopt;
    }

    void order_signals() {
        std::stable_sort(finding_.signals.begin(), finding_.signals.end(),
                         [](const model::Signal& a, const model::Signal& b) {
                             if (a.grade != b.grade) return a.grade > b.grade;
                             if (a.unusualness != b.unusualness) return a.unusualness > b.unusualness;
                             if (a.severity.value != b.severity.value) return a.severity.value > b.severity.value;
                             return a.id < b.id;
                         });
    }

    const model::Evidence& evidence_;
    const pack::Watch& watch_;
    const Setting& setting_;
    std::vector<model::Select> selects_;  ///< main, denominator, beside
    bool stale_ = false;
    std::map<std::string, Reporting> reporting_;  ///< by source
    std::set<std::string> stood_back_;  ///< sources whose fall leaves nothing to compare with
    std::optional<Reporting::Fall> fall_;  ///< the newest of the source that answers
    std::optional<Watched> watched_;
    std::optional<SecondOpinion> beside_;
    model::WatchFinding finding_;
};

}  // namespace

std::vector<model::Select> surveillance_needs(const pack::Watch& watch, const Setting& setting) {
    auto out = selects_of(watch, setting);
    if (out.empty()) return out;
    for (const pack::Tell& tell : watch.tells) {
        if (auto select = select_of_tell(tell, setting)) out.push_back(std::move(*select));
    }
    for (auto& whole : reporting_selects(watch, setting)) out.push_back(std::move(whole));
    return out;
}

Result<model::WatchFinding> run_surveillance(const model::Evidence& evidence, const pack::Watch& watch,
                                             const Setting& setting) {
    return Run(evidence, watch, setting)();
}

Result<std::vector<model::JudgedSeries>> judged_past(const model::Evidence& evidence, const pack::Watch& watch,
                                                     const Setting& setting, std::string_view unit) {
    Run run(evidence, watch, setting);
    TRY(run());
    std::vector<model::JudgedSeries> out;
    if (!run.watched()) return out;
    const Watched& of = *run.watched();
    for (std::size_t u = 0; u < of.panel.units.size(); ++u) {
        if (!unit.empty() && of.panel.units[u] != unit) continue;
        model::JudgedSeries one{.source = of.panel.source,
                                .unit = of.panel.units[u],
                                .title = of.title(u),
                                .kind = of.panel.period,
                                .first_period = of.series.first(),
                                .values = of.series.values(u),
                                .observed = {},
                                .expected = {},
                                .threshold = {},
                                .alarm = {}};
        for (const Judged& judged :
             TRY(judge_series(watch.judging, one.values, of.season(), 0, of.series.divisors(u)))) {
            one.observed.push_back(judged.observed);
            one.expected.push_back(judged.judgement.expected);
            one.threshold.push_back(judged.judgement.threshold);
            one.alarm.push_back(judged.signals);
        }
        out.push_back(std::move(one));
    }
    return out;
}

Result<std::vector<int>> signals_in_strip(const pack::Watch& watch, const std::vector<double>& values) {
    const auto judged = TRY(judge_series(watch.judging, values, periods_per_year(watch.selection.period), 0));
    std::vector<int> out;
    for (std::size_t t = 0; t < judged.size(); ++t) {
        if (judged[t].signals) out.push_back(static_cast<int>(t));
    }
    return out;
}

}  // namespace icosa::detect
