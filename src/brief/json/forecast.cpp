/// A forecast within dossier.json: its probability, the months ahead, the past it knows; and the record of its model.
#include "brief/json/parts.hpp"

#include <cmath>

#include "brief/wording.hpp"

namespace icosa::brief {
namespace {

void write_probability(JsonFields& out, const model::Probability& of) {
    out.json.key("probability").begin_object();
    out.number("value", of.value);
    out.number("low", of.low);
    out.number("high", of.high);
    out.text("word", of.word);
    out.text("outcome", of.outcome);
    out.number("base_rate", of.base_rate);
    out.text("base_of", of.base_of);
    out.number("benchmark", of.benchmark);
    out.number("cases", of.cases);
    out.text("how", of.how);
    out.text("statement", of.statement);
    out.json.end_object();
}

void write_past(JsonFields& out, const std::vector<model::PastLike>& all) {
    out.list("past", all, [&](const model::PastLike& past) {
        out.text("subject", past.subject);
        out.text("subject_title", past.subject_title);
        out.text("period", past.period);
        out.number("followed_total", past.followed_total);
        out.json.key("followed").begin_array();
        for (const double count : past.followed) out.json.value(rounded(count));
        out.json.end_array();
    });
}

void write_drivers(JsonFields& out, const std::vector<model::Driver>& all) {
    out.list("drivers", all, [&](const model::Driver& driver) {
        out.text("what", driver.what);
        out.number("effect", driver.effect);
    });
}

}  // namespace

void write_forecast(JsonFields& out, const model::Forecast& of) {
    out.text("id", of.id);
    out.text("subject", of.subject);
    out.text("subject_title", of.subject_title);
    out.text("origin", of.origin);
    out.text("unit", of.unit);
    out.json.field("history", of.history);
    write_probability(out, of.probability);
    out.number("benchmark_mean", of.benchmark_mean);
    out.text("observed_from", period_label(of.first_observed, PeriodKind::Month));
    out.json.key("observed").begin_array();
    for (const double count : of.observed) out.json.value(rounded(count));
    out.json.end_array();
    out.list("months", of.months, [&](const model::MonthAhead& month) {
        out.text("month", period_label(month.month, PeriodKind::Month));
        out.number("mean", month.mean);
        constexpr std::string_view names[] = {"q05", "q10", "q25", "q50", "q75", "q90", "q95"};
        static_assert(std::size(names) == std::size(model::forecast_quantiles));
        for (std::size_t q = 0; q < std::size(names); ++q) out.number(names[q], month.quantiles[q]);
        out.number("p_any", month.p_any);
        out.number("p_crossing", month.p_crossing);
    });
    write_past(out, of.past);
    if (!std::isnan(of.mean_before)) out.number("mean_before", of.mean_before);
    write_drivers(out, of.drivers);
    write_lineage(out, of.lineage);
    out.texts("caveats", of.caveats);
}

void write_chance(JsonFields& out, const model::Chance& of, const Dossier& dossier) {
    out.text("id", of.id);
    out.text("subject", of.subject);
    out.text("subject_title", of.subject_title);
    out.text("measure", of.measure);
    out.text("outcome", of.outcome);
    out.text("origin", of.origin);
    out.json.field("lateness_days", of.lateness_days);
    out.json.field("is_onset", of.is_onset);
    write_probability(out, of.probability);
    out.number("a_month_before", of.before);
    write_past_record(out, of.record);
    if (const auto told = dossier.chance_sentences.find(of.id); told != dossier.chance_sentences.end())
        out.title("sentence", told->second);
    out.text("observed_from", period_label(of.first_observed, PeriodKind::Month));
    out.json.key("observed").begin_array();
    for (const double count : of.observed) out.json.value(rounded(count));
    out.json.end_array();
    write_past(out, of.past);
    write_drivers(out, of.drivers);
    write_lineage(out, of.lineage);
    out.texts("caveats", of.caveats);
}

void write_record(JsonFields& out, const model::TrackRecord& of) {
    out.json.key("record").begin_object();
    out.text("model", of.model);
    out.text("benchmark", of.benchmark);
    out.list("windows", of.windows, [&](const model::TrackRecord::Window& window) {
        out.text("period", window.period);
        out.number("crps", window.crps);
        out.number("benchmark_crps", window.benchmark_crps);
    });
    out.json.field("probabilities", of.probabilities);
    out.number("brier", of.brier);
    out.number("brier_base", of.brier_base);
    out.number("brier_benchmark", of.brier_benchmark);
    out.text("verdict", of.verdict);
    out.json.end_object();
}

}  // namespace icosa::brief
