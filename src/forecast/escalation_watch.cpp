/// Chances of the newest month with what speaks for them: past cases as likely, past cases alike, what moves them.
#include "forecast/escalation_watch.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/number.hpp"
#include "base/text.hpp"
#include "engine/course.hpp"
#include "engine/grading.hpp"
#include "engine/wording.hpp"
#include "forecast/panel_forecast.hpp"
#include "forecast/spoken.hpp"
#include "forecast/statement.hpp"
#include "forecast/surroundings.hpp"
#include "methods/statistics/probability.hpp"

namespace icosa::forecast {
namespace {

using pack::number_option;
using pack::text_option;

constexpr pack::Field escalation_fields[] = {
    text_option("outcome", "of packs/outcomes.toml: what is said to happen").by_default("worse-by-half"),
    number_option("probability", "a unit signals from here on").in("share").within(0, 1).by_default("0.15"),
};
constexpr std::string_view escalation_cites[] = {"lecessie1992", "geurts2006", "friedman2001"};
/// A run has three seconds for it: a third of the months, and of silent rows a twelfth, move the chances little.
const EscalationRecipe watch_recipe{
    .other_lines = {}, .trees = 60, .trees_a_round = 1, .months_between_rows = 3, .silent_rows_one_in = 4};
constexpr int past_years = 5;
constexpr std::size_t cases_as_likely = 300;
constexpr std::size_t cases_alike = 5;
constexpr int drawn_months = 24, months_apart = 12;
constexpr int alike_spans[] = {1, 3, 6, 12, 24, 60};

pack::Options chance_options(const pack::Watch& watch) {
    Diagnostics faults;
    return pack::parse_options(watch.judging.method, escalation_spec, faults);
}

bool is_judged(const ChanceAt& one, int newest, int months) {
    return !std::isnan(one.after) && one.origin + months <= newest;
}

/// What is said of one panel's newest month.
class Speaker {
public:
    Speaker(const PanelChances& of, const pack::Outcome& outcome, const Asked& asked, const engine::Setting& setting)
        : of_(of),
          outcome_(outcome),
          watch_(*asked.watch),
          setting_(setting),
          unit_word_(engine::severity_unit(watch_)) {
        for (const ChanceAt& one : of_.history.chances) {
            if (is_judged(one, of_.newest, months())) past_.push_back(&one);
            if (one.origin == of_.newest - 1) earlier_[one.unit] = one.probability;
            if (one.origin == of_.newest
                && (asked.places.empty() || std::binary_search(asked.places.begin(), asked.places.end(), id(one.unit))))
                now_.push_back(&one);
        }
        std::stable_sort(past_.begin(), past_.end(),
                         [](const ChanceAt* a, const ChanceAt* b) { return a->probability < b->probability; });
        std::stable_sort(now_.begin(), now_.end(),
                         [](const ChanceAt* a, const ChanceAt* b) { return a->probability > b->probability; });
    }

    [[nodiscard]] const std::vector<const ChanceAt*>& now() const { return now_; }
    [[nodiscard]] const std::string& id(std::size_t unit) const { return of_.panel->series[unit].unit; }
    [[nodiscard]] std::string origin() const { return period_label(of_.newest, PeriodKind::Month); }

    /// Share of past chances below this one.
    [[nodiscard]] double unusualness(double probability) const {
        const auto below = std::lower_bound(past_.begin(), past_.end(), probability,
                                            [](const ChanceAt* one, double p) { return one->probability < p; })
            - past_.begin();
        return past_.empty() ? 0 : static_cast<double>(below) / (static_cast<double>(past_.size()) + 1);
    }

    [[nodiscard]] model::Probability probability(const ChanceAt& one) const {
        model::Probability out;
        const std::string subject = engine::unit_title(setting_, watch_.selection.unit, id(one.unit));
        out.value = one.probability;
        out.base_rate = one.base_rate;
        out.base_of = "all past cases of all units";
        out.benchmark = one.benchmark;
        const auto [cases, happened] = as_likely(one.probability);
        // Months of one unit overlap: so many count once.
        out.cases = cases / months();
        const double yes = happened / months() + 0.5, no = (cases - happened) / months() + 0.5;
        out.low = std::min(out.value, methods::beta_quantile(0.05, yes, no));
        out.high = std::max(out.value, methods::beta_quantile(0.95, yes, no));
        out.word = setting_.likelihood.word_for(out.value);
        const std::string first = period_label(of_.newest + 1, PeriodKind::Month),
                          last = period_label(of_.newest + months(), PeriodKind::Month);
        out.outcome = fmt::format(
            "{}: {}, {} to {}: at least {} times the {} {} of the {} months to {}, and at least {} "
            "more",
            subject, outcome_.title.en, first, last, number_text(outcome_.factor), engine::figure(one.before),
            unit_word_, months(), origin(), engine::figure(outcome_.least));
        out.how = fmt::format(
            "mean of regressions, a forest and boosted trees learned from past months of all units; interval: what "
            "followed the "
            "{} past chances nearest to it, those that overlap counted once ({}), 90 % of its posterior (Jeffreys' "
            "prior)",
            engine::figure(cases), engine::figure(std::round(out.cases)));
        out.statement = fmt::format(
            "{} ({}90 % interval {} to {}){}{}: {} in {}, {} to {}, against {} {} in the {} months to {}; base rate "
            "{}; "
            "the simple rule gives {}",
            odds_text(out.value), out.value > 0.5 ? std::string() : percent_text(out.value) + ", ",
            percent_text(out.low), percent_text(out.high), out.word.empty() ? "" : ", ", out.word, outcome_.title.en,
            subject, first, last, engine::figure(one.before), unit_word_, months(), origin(),
            percent_text(out.base_rate), percent_text(out.benchmark));
        return out;
    }

    [[nodiscard]] model::Chance chance(const ChanceAt& one) const {
        model::Chance out;
        const auto& series = of_.panel->series[one.unit];
        out.subject = id(one.unit);
        out.subject_title = engine::unit_title(setting_, watch_.selection.unit, out.subject);
        out.origin = origin();
        out.id = fmt::format("{}/{}/{}", watch_.id, out.subject, out.origin);
        out.measure = watch_.counts;
        out.outcome = outcome_.id;
        out.probability = probability(one);
        if (const auto found = earlier_.find(one.unit); found != earlier_.end()) out.before = found->second;
        out.is_onset = one.is_onset;
        out.first_observed = std::max(series.first, of_.newest - drawn_months + 1);
        for (int month = out.first_observed; month <= of_.newest; ++month) out.observed.push_back(series.at(month));
        out.past = alike(one);
        out.drivers = drivers(one);
        out.lateness_days = lateness_days();
        return out;
    }

    [[nodiscard]] int lateness_days() const {
        return static_cast<int>(setting_.as_of - last_day_of(of_.newest, PeriodKind::Month));
    }

    [[nodiscard]] model::Signal signal(const ChanceAt& one, double threshold, const model::Chance* shown) const {
        model::Signal out;
        const model::Probability said = shown ? shown->probability : probability(one);
        out.subject = id(one.unit);
        out.subject_title = engine::unit_title(setting_, watch_.selection.unit, out.subject);
        out.period = origin();
        out.id = fmt::format("{}/{}/{}", watch_.id, out.subject, out.period);
        out.periods = months();
        out.observed = said.value;
        out.expected = said.base_rate;
        out.threshold = threshold;
        out.unusualness = unusualness(said.value);
        out.baseline = {said.benchmark, "what the simple rule gives"};
        out.severity = {said.value, "probability"};
        out.measure = watch_.counts;
        out.lateness_days = lateness_days();
        const auto& series = of_.panel->series[one.unit];
        out.grounds = {.history = of_.newest - series.first + 1,
                       .season = 12,
                       .completeness = model::Completeness::NoGaps,
                       .real_time = false,
                       .corroboration = {},
                       .other_source = {}};
        out.course =
            engine::course_of(series.up_to(of_.newest), of_.newest, PeriodKind::Month,
                              setting_.measures.rule_of(watch_.counts, PeriodKind::Month), pack::Direction::Rise);
        out.size =
            engine::size_of(out.unusualness, engine::ratio_of(said.value, said.base_rate, 0.01), setting_.grades);
        out.reason = said.statement;
        out.cites = watch_.cites;
        return out;
    }

private:
    [[nodiscard]] int months() const { return outcome_.months; }

    /// How many past chances are counted beside this one, and after how many it happened.
    [[nodiscard]] std::pair<double, double> as_likely(double probability) const {
        const auto at = std::lower_bound(past_.begin(), past_.end(), probability,
                                         [](const ChanceAt* one, double p) { return one->probability < p; });
        auto begin = at, end = at;
        while (static_cast<std::size_t>(end - begin) < std::min(cases_as_likely, past_.size())) {
            const bool down = end == past_.end()
                || (begin != past_.begin()
                    && probability - (*(begin - 1))->probability <= (*end)->probability - probability);
            if (down) --begin;
            else ++end;
        }
        double happened = 0;
        for (auto one = begin; one != end; ++one)
            happened += of_.features->asked().happened((*one)->before, (*one)->after) ? 1 : 0;
        return {static_cast<double>(end - begin), happened};
    }

    [[nodiscard]] std::vector<model::PastLike> alike(const ChanceAt& one) const {
        const auto levels = [&](const ChanceAt& of) {
            std::array<double, std::size(alike_spans)> out{};
            for (std::size_t k = 0; k < out.size(); ++k)
                out[k] = std::log1p(of_.features->scaled_sum(of.unit, of.origin, alike_spans[k]));
            return out;
        };
        const auto here = levels(one);
        std::vector<std::pair<double, const ChanceAt*>> near;
        for (const ChanceAt* past : past_) {
            const auto there = levels(*past);
            double distance = 0;
            for (std::size_t k = 0; k < here.size(); ++k) distance += (here[k] - there[k]) * (here[k] - there[k]);
            near.emplace_back(distance, past);
        }
        std::stable_sort(near.begin(), near.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
        std::vector<model::PastLike> out;
        std::vector<const ChanceAt*> taken;
        for (const auto& [distance, past] : near) {
            if (taken.size() == cases_alike) break;
            if (std::any_of(taken.begin(), taken.end(), [&](const ChanceAt* other) {
                    return other->unit == past->unit && std::abs(other->origin - past->origin) < months_apart;
                }))
                continue;
            taken.push_back(past);
            model::PastLike like;
            like.subject = id(past->unit);
            like.subject_title = engine::unit_title(setting_, watch_.selection.unit, like.subject);
            like.period = period_label(past->origin, PeriodKind::Month);
            for (int step = 1; step <= months(); ++step)
                like.followed.push_back(of_.panel->series[past->unit].at(past->origin + step));
            like.followed_total = past->after;
            out.push_back(std::move(like));
        }
        return out;
    }

    /// What a group of features does to the probability: it against that with the group's typical values.
    [[nodiscard]] std::vector<model::Driver> drivers(const ChanceAt& one) const {
        std::vector<model::Driver> out;
        const auto& model = of_.history.newest;
        if (!model) return out;
        std::vector<float> row;
        of_.features->add_row(one.unit, one.origin, row);
        const auto columns = of_.features->columns();
        std::vector<float> rows;
        std::vector<Sign> told;
        for (std::size_t s = 0; s < signs; ++s) {
            const auto sign = static_cast<Sign>(s);
            if (std::none_of(columns.begin(), columns.end(), [&](const SignColumn& c) { return c.sign == sign; }))
                continue;
            told.push_back(sign);
            for (std::size_t c = 0; c < columns.size(); ++c)
                rows.push_back(columns[c].sign == sign ? model->typical()[c] : row[c]);
        }
        const auto without = model->probabilities(rows, told.size());
        if (!without) return out;
        for (std::size_t i = 0; i < told.size(); ++i)
            out.push_back({std::string(sign_words(told[i])), one.probability - (*without)[i]});
        std::stable_sort(out.begin(), out.end(), [](const model::Driver& a, const model::Driver& b) {
            return std::abs(a.effect) > std::abs(b.effect);
        });
        return out;
    }

    const PanelChances& of_;
    const pack::Outcome& outcome_;
    const pack::Watch& watch_;
    const engine::Setting& setting_;
    std::string unit_word_;
    std::vector<const ChanceAt*> past_;  ///< judged by now, by probability
    std::vector<const ChanceAt*> now_;  ///< the likeliest first
    std::map<std::size_t, double> earlier_;
};

}  // namespace

constexpr pack::Spec escalation_spec{
    "escalation",
    "How likely a declared outcome is in the months ahead, learned from past months of all units; it signals from a "
    "probability on.",
    escalation_fields,
    {},
    escalation_cites};

bool asks_for_chances(const pack::Watch& watch) { return watch.judging.method_name == escalation_spec.name; }

const pack::Outcome* outcome_of(const pack::Watch& watch, const engine::Setting& setting) {
    const pack::Outcome* found = setting.outcomes.find(chance_options(watch).text("outcome"));
    return found && !found->averages ? found : nullptr;
}

ChancesKey chances_key(const Asked& asked, const pack::Outcome& outcome) {
    return {std::get<0>(*asked.key), std::get<1>(*asked.key), std::get<2>(*asked.key), outcome.id};
}

namespace {

std::shared_ptr<const CountPanel> with_regions(CountPanel panel, const pack::PlaceBook& places) {
    panel.regions = largest_regions(units_of(panel), places);
    return std::make_shared<const CountPanel>(std::move(panel));
}

std::shared_ptr<const EscalationFeatures> features_of(const CountPanel& panel, const pack::Outcome& outcome) {
    return std::make_shared<EscalationFeatures>(
        panel, EscalationFeatures::Others{},
        Worsening{outcome.months, outcome.factor, outcome.least, outcome.quiet_below});
}

}  // namespace

Result<std::shared_ptr<const WholeChances>> WholeChances::make(const model::Panel& whole, Day first_day,
                                                               const pack::Outcome& outcome,
                                                               const pack::PlaceBook& places, int threads) {
    auto out = std::make_shared<WholeChances>();
    const int newest = whole.first_period + whole.periods - 1;
    Gapless counts = TRY(without_gaps(whole, newest, first_day));
    out->panel_ = with_regions(std::move(counts.panel), places);
    out->features_ = features_of(*out->panel_, outcome);
    out->months_ = outcome.months;
    out->history_ = TRY(escalation_history(*out->features_, out->panel_->first(), newest, threads, watch_recipe));
    return out;
}

PanelChances WholeChances::at(int newest) const {
    PanelChances out;
    out.panel = panel_;
    out.features = features_;
    out.newest = newest;
    out.is_past = true;
    const int first = newest / 12 * 12 - past_years * 12;
    for (const ChanceAt& one : history_.chances) {
        if (one.origin < first || one.origin > newest) continue;
        out.history.chances.push_back(one);
        if (one.origin + months_ > newest) out.history.chances.back().after = nan_value;
    }
    for (const int year : history_.years_not_fitted) out.history.years_not_fitted.push_back(year);
    return out;
}

Result<PanelChances> chances_of_panel(const ChancesKey& key, const pack::Outcome& outcome,
                                      const pack::PlaceBook& places, int threads) {
    const auto& [panel, newest, first_day, id] = key;
    Gapless counts = TRY(without_gaps(*panel, newest, first_day));
    PanelChances out;
    out.newest = newest;
    out.ended = std::move(counts.ended);
    out.panel = with_regions(std::move(counts.panel), places);
    out.features = features_of(*out.panel, outcome);
    const int january = newest / 12 * 12;
    out.history = TRY(escalation_history(*out.features, january - past_years * 12, newest, threads, watch_recipe));
    return out;
}

model::WatchFinding finding_of_chances(const PanelChances& of, const pack::Outcome& outcome, Asked asked,
                                       const engine::Setting& setting) {
    const pack::Watch& watch = *asked.watch;
    const double line = chance_options(watch).number("probability");
    const Speaker speaker(of, outcome, asked, setting);
    model::WatchFinding finding = std::move(asked.head);
    finding.units_examined = static_cast<std::int64_t>(speaker.now().size());
    add_cites(finding.cites, escalation_spec.cites);
    add_cites(finding.cites, setting.likelihood.cites);
    const auto& unfitted = of.history.years_not_fitted;
    const bool is_fitted = std::find(unfitted.begin(), unfitted.end(), 1970 + of.newest / 12) == unfitted.end();
    if (!is_fitted) finding.caveats.push_back("too little history to learn from: what is said is the base rate");
    if (!of.ended.empty())
        finding.caveats.push_back(fmt::format("not observed in {} and not judged: {} {}", speaker.origin(),
                                              of.ended.size(), engine::unit_noun(watch.selection.unit)));
    const auto shown = of.is_past ? 0 : static_cast<std::size_t>(watch.outlook.shown);
    for (const ChanceAt* one : speaker.now()) {
        if (finding.chances.size() >= shown) break;
        finding.chances.push_back(speaker.chance(*one));
        finding.chances.back().caveats = finding.caveats;
    }
    for (std::size_t i = 0; i < speaker.now().size(); ++i) {
        const ChanceAt& one = *speaker.now()[i];
        if (!is_fitted || one.probability < line) break;
        auto signal = speaker.signal(one, line, i < finding.chances.size() ? &finding.chances[i] : nullptr);
        signal.caveats = finding.caveats;
        add_cites(signal.cites, escalation_spec.cites);
        finding.signals.push_back(std::move(signal));
    }
    if (speaker.now().empty()) {  // nothing is known, which is not quiet
        finding.state = model::State::NoData;
        finding.reading = fmt::format("{}: of no {} are the {} months up to it all observed in {}", speaker.origin(),
                                      engine::unit_noun(watch.selection.unit), outcome.months,
                                      engine::source_title(setting, finding.source));
        return finding;
    }
    finding.state = finding.signals.empty() ? model::State::Quiet : model::State::Signal;
    const std::string examined =
        fmt::format("{} {} examined in {}", finding.units_examined, engine::unit_noun(watch.selection.unit),
                    engine::source_title(setting, finding.source));
    finding.reading = finding.signals.empty()
        ? fmt::format("{}: no probability of {} reaches {} among {}", speaker.origin(), outcome.title.en,
                      percent_text(line), examined)
        : fmt::format("{}: for {} of {}, the probability of {} reaches {}; first: {}", speaker.origin(),
                      finding.signals.size(), examined, outcome.title.en, percent_text(line),
                      finding.signals.front().reason);
    return finding;
}

}  // namespace icosa::forecast
