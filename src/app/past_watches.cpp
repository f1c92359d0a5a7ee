/// Reads once, runs month by month on several threads, judges in order.
#include "app/past_watches.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <thread>

#include <fmt/format.h>

#include "app/engines.hpp"
#include "base/hash.hpp"
#include "base/text.hpp"
#include "engine/select.hpp"
#include "harmonise/past.hpp"
#include "record/nearby.hpp"
#include "record/weighing.hpp"

namespace icosa::app {
namespace {

/// What decides an outcome of the last month is known by then (pack::parse_outcomes allows no more months).
constexpr int most_months_ahead = 36, most_lag_days = 400;

/// An outcome with the panel that decides it.
struct Judge {
    const pack::Outcome* outcome = nullptr;
    model::Select select;
    int lag_days = 0;  ///< of the source that answers
    const model::Panel* panel = nullptr;
    record::Nearby nearby;  ///< of an outcome by nearness: its panel, and the places of the units
    int first_month = 0, last_month = -1;  ///< those whose outcome is decided by what the panel observed
};

struct Candidate {
    const pack::Watch* watch = nullptr;
    const engine::Engine* engine = nullptr;
    std::vector<const Judge*> judges;
    int lag_days = 0;  ///< of its first outcome
};

/// The first and last period of the panel in which a unit was observed; last < first without any.
std::pair<int, int> observed_span(const model::Panel& panel) {
    const auto is_observed = [&](int period) {
        for (std::size_t unit = 0; unit < panel.units.size(); ++unit) {
            if (!std::isnan(panel.at(unit, period))) return true;
        }
        return false;
    };
    int first = 0, last = panel.periods - 1;
    while (first < panel.periods && !is_observed(first)) ++first;
    while (last >= first && !is_observed(last)) --last;
    return {panel.first_period + first, panel.first_period + last};
}

class Past {
public:
    Past(store::Store& store, const Packs& packs, const PastAsked& asked)
        : store_(store), packs_(packs), asked_(asked) {}

    Result<PastJudged> operator()() {
        TRY(choose());
        TRY(read());
        TRY(run());
        return judged();
    }

private:
    /// The last month of a run as a day; outcomes reach further.
    [[nodiscard]] Day day_after(int month, int lag_days) const {
        return last_day_of(month, PeriodKind::Month) + lag_days;
    }

    /// The watch without what it tells beside its figure: no signal and no grade rests on it.
    const pack::Watch& untold(const pack::Watch& watch) {
        pack::Watch& out = untold_.emplace_back(watch);
        out.phrase.clear();
        out.tells.clear();
        out.parts.clear();
        return out;
    }

    Result<void> choose() {
        for (const auto& page : packs_.pages) {
            for (const auto& watch : page.watches) {
                if (!asked_.wanted(page, watch)) continue;
                Candidate one{&untold(watch), find_engine(watch.engine), {}, 0};
                std::vector<const pack::Outcome*> outcomes;
                for (const auto& id : watch.outcomes) {
                    const pack::Outcome* outcome = packs_.outcomes.find(id);
                    if (outcome && (asked_.outcome.empty() || asked_.outcome == id)) outcomes.push_back(outcome);
                }
                if (!one.engine || outcomes.empty()) {
                    out_.left_out.push_back(watch.id + ": no outcome is declared for it");
                    continue;
                }
                for (const pack::Outcome* outcome : outcomes) {
                    judges_[outcome->id].outcome = outcome;
                    one.judges.push_back(&judges_[outcome->id]);
                }
                candidates_.push_back(std::move(one));
            }
        }
        if (candidates_.empty())
            return fail(Fault::Usage, "nothing-to-judge", {}, none_chosen(),
                        "see `outcome` in packs/areas and packs/outcomes.toml");
        return {};
    }

    [[nodiscard]] std::string none_chosen() const {
        std::vector<std::string> watches, outcomes;
        for (const auto& page : packs_.pages) {
            for (const auto& watch : page.watches) {
                if (!asked_.wanted(page, watch)) continue;
                watches.push_back(watch.id);
                outcomes.insert(outcomes.end(), watch.outcomes.begin(), watch.outcomes.end());
            }
        }
        if (watches.empty()) return "no watch was asked for";
        std::ranges::sort(outcomes);
        outcomes.erase(std::unique(outcomes.begin(), outcomes.end()), outcomes.end());
        constexpr std::size_t most_named = 4;
        const std::string who = watches.size() > most_named ? fmt::format("of {} watches none", watches.size())
                                                            : fmt::format("{}: none", join(watches, ", "));
        return asked_.outcome.empty() ? fmt::format("{} names an outcome", who)
                                      : fmt::format("{} names outcome '{}'; named are: {}", who, asked_.outcome,
                                                    outcomes.empty() ? "none" : join(outcomes, ", "));
    }

    /// Places of a set change: every month may ask another Select.
    Result<void> read() {
        const Day end = day_after(asked_.last_month + most_months_ahead, most_lag_days);
        std::set<model::Select> known;
        for (int month = asked_.first_month; month <= asked_.last_month; ++month) {
            const auto setting = packs_.setting(last_day_of(month, PeriodKind::Month));
            // a run is as of the day on which the month was published
            const auto later = packs_.setting(day_after(month, most_lag_days));
            for (const Candidate& one : candidates_) {
                for (const auto& day : {setting, later}) {
                    for (auto& select : one.engine->needs(*one.watch, day)) known.insert(std::move(select));
                }
            }
        }
        const auto setting = packs_.setting(last_day_of(asked_.last_month, PeriodKind::Month));
        for (auto& [id, judge] : judges_) {
            judge.select = engine::select_of(judge.outcome->selection, setting).value_or(model::Select{});
            known.insert(judge.select);
        }
        const std::vector<model::Select> needs(known.begin(), known.end());
        const auto on_answer = [&](std::size_t done, std::size_t all) {
            if (asked_.on_step)
                asked_.on_step("asking the store", static_cast<std::int64_t>(done), static_cast<std::int64_t>(all),
                               "questions");
        };
        evidence_ = TRY(harmonise::gather(store_, packs_.books(), needs, end, on_answer));
        for (auto& [id, judge] : judges_) {
            const auto found = evidence_.answers.find(judge.select);
            if (found == evidence_.answers.end() || found->second.panels.empty()) continue;
            judge_by(judge, found->second.panels);
        }
        return leave_out_undecided();
    }

    /// The first source that decides a month that was asked for; of what is near a place only one that tells every
    /// event can. Else the first.
    void judge_by(Judge& judge, const std::vector<model::Panel>& panels) const {
        for (const model::Panel& panel : panels) {
            if (judge.outcome->within_km > 0 && !panel.complete) continue;
            take(judge, panel);
            if (is_decided(judge)) return;
        }
        take(judge, panels.front());
    }

    void take(Judge& judge, const model::Panel& panel) const {
        judge.panel = &panel;
        if (judge.outcome->within_km > 0) {
            judge.nearby = record::nearby(panel, judge.outcome->within_km);
            judge.panel = &judge.nearby.panel;
        }
        judge.lag_days = packs_.lag_days_of(panel.source);
        const auto [first, last] = observed_span(*judge.panel);
        judge.first_month = first + judge.outcome->months + judge.outcome->usual_months - 1;
        judge.last_month = last - judge.outcome->months;
    }

    [[nodiscard]] bool is_decided(const Judge& judge) const {
        return judge.panel && judge.first_month <= asked_.last_month && judge.last_month >= asked_.first_month
            && judge.first_month <= judge.last_month;
    }

    /// Why no month that was asked for is decided.
    [[nodiscard]] static std::string why_undecided(const Judge& judge) {
        const auto month = [](int index) { return period_label(index, PeriodKind::Month); };
        if (!judge.panel || judge.last_month < judge.first_month)
            return fmt::format("no data of the store decide outcome '{}'", judge.outcome->id);
        return fmt::format("the store's data decide outcome '{}' from {} to {} alone", judge.outcome->id,
                           month(judge.first_month), month(judge.last_month));
    }

    Result<void> leave_out_undecided() {
        std::set<std::string> why;
        bool other_months = false;
        std::erase_if(candidates_, [&](Candidate& one) {
            const Judge first = *one.judges.front();
            std::erase_if(one.judges, [&](const Judge* judge) { return !is_decided(*judge); });
            if (!one.judges.empty()) {
                one.lag_days = one.judges.front()->lag_days;
                return false;
            }
            out_.left_out.push_back(fmt::format("{}: {}", one.watch->id, why_undecided(first)));
            why.insert(why_undecided(first));
            other_months |= first.panel && first.first_month <= first.last_month;
            return true;
        });
        if (!candidates_.empty()) return {};
        return fail(Fault::Data, "nothing-to-judge", {}, join(std::vector<std::string>(why.begin(), why.end()), "; "),
                    other_months ? "give other months with --from and --to"
                                 : "feed a source that packs/outcomes.toml names for it");
    }

    /// All candidates as of one month; signals by candidate.
    Result<std::vector<std::vector<model::Signal>>> run_month(int month) const {
        std::vector<std::vector<model::Signal>> out(candidates_.size());
        std::set<int> lags;
        for (const Candidate& one : candidates_) lags.insert(one.lag_days);
        for (const int lag_days : lags) {
            const Day as_of = day_after(month, lag_days);
            auto setting = packs_.setting(as_of);
            const auto evidence = harmonise::evidence_before(evidence_, packs_.books(), as_of);
            for (const engine::Engine& engine : engines()) {
                const auto kept = memories_.find(engine.name);
                setting.memory = kept == memories_.end() ? nullptr : kept->second;
                std::vector<std::size_t> positions;
                std::vector<const pack::Watch*> watches;
                for (std::size_t i = 0; i < candidates_.size(); ++i) {
                    if (candidates_[i].engine != &engine || candidates_[i].lag_days != lag_days) continue;
                    positions.push_back(i);
                    watches.push_back(candidates_[i].watch);
                }
                if (watches.empty()) continue;
                auto findings = TRY(engine.run(evidence, watches, setting));
                for (std::size_t i = 0; i < positions.size(); ++i) {
                    record::weigh(findings[i], *watches[i], setting);
                    out[positions[i]] = std::move(findings[i].signals);
                }
            }
        }
        return out;
    }

    Result<void> run() {
        const int months = asked_.last_month - asked_.first_month + 1;
        found_.resize(static_cast<std::size_t>(months));
        auto setting = packs_.setting(last_day_of(asked_.last_month, PeriodKind::Month));
        setting.threads = asked_.threads;
        for (const engine::Engine& engine : engines()) {
            if (engine.remember) memories_[engine.name] = engine.remember(evidence_, setting);
        }
        std::vector<std::optional<Error>> errors(found_.size());
        std::atomic<int> next{0}, done{0};
        const auto work = [&](bool tells) {
            for (int i = next++; i < months; i = next++) {
                auto one = run_month(asked_.first_month + i);
                const auto at = static_cast<std::size_t>(i);
                if (one) found_[at] = std::move(*one);
                else errors[at] = one.error();
                ++done;
                if (tells && asked_.on_step) asked_.on_step("running past months", done, months, "months");
            }
        };
        {
            std::vector<std::jthread> others;
            for (int i = 1; i < asked_.threads; ++i) others.emplace_back(work, false);
            work(true);
        }
        for (auto& error : errors) {
            if (error) return std::unexpected(std::move(*error));
        }
        return {};
    }

    /// Units of the outcome's panel that a watch speaks of: its places, else all.
    [[nodiscard]] std::vector<std::size_t> units_of(const Candidate& one, const Judge& judge) const {
        const model::Panel& panel = *judge.panel;
        std::set<std::string> places;
        const auto setting = packs_.setting(last_day_of(asked_.last_month, PeriodKind::Month));
        const auto selects = one.engine->needs(*one.watch, setting);
        if (!selects.empty()) places.insert(selects.front().places.begin(), selects.front().places.end());
        if (one.watch->engine == "forecast")
            for (const auto& named : one.watch->selection.places) {
                for (auto& member : packs_.places.members(named, setting.as_of).value_or(std::vector<std::string>{}))
                    places.insert(std::move(member));
            }
        std::vector<std::size_t> out;
        for (std::size_t unit = 0; unit < panel.units.size(); ++unit) {
            const bool is_near = unit < judge.nearby.places.size()
                && std::ranges::any_of(judge.nearby.places[unit], [&](const auto& id) { return places.contains(id); });
            if (places.empty() || is_near || places.contains(panel.units[unit])) out.push_back(unit);
        }
        return out;
    }

    Result<PastJudged> judged() {
        Digest data;
        for (const auto& file : TRY(store_.files())) data.add(file.digest);
        out_.records.data = data.hexadecimal().substr(0, 16);
        for (std::size_t i = 0; i < candidates_.size(); ++i) {
            const Candidate& one = candidates_[i];
            for (const Judge* judge : one.judges) {
                const record::OutcomeTruth truth(*judge->outcome, *judge->panel);
                record::Track track(one.watch->id, truth, units_of(one, *judge));
                for (std::size_t m = 0; m < found_.size(); ++m)
                    track.add(asked_.first_month + static_cast<int>(m), found_[m][i]);
                for (auto& row : track.rows()) out_.rows.push_back(std::move(row));
                if (judge != one.judges.front()) continue;
                out_.records.all.push_back(track.record());
                out_.records.all.back().digest = one.watch->digest + judge->outcome->digest;
            }
        }
        return std::move(out_);
    }

    store::Store& store_;
    const Packs& packs_;
    const PastAsked& asked_;
    std::map<std::string, Judge> judges_;
    std::deque<pack::Watch> untold_;
    std::vector<Candidate> candidates_;
    model::Evidence evidence_;
    std::map<std::string_view, std::shared_ptr<void>> memories_;  ///< by engine
    std::vector<std::vector<std::vector<model::Signal>>> found_;  ///< [month][candidate]
    PastJudged out_;
};

}  // namespace

Result<PastJudged> judge_past(store::Store& store, const Packs& packs, const PastAsked& asked) {
    return Past(store, packs, asked)();
}

}  // namespace icosa::app
