/// A watch's forecasts: their table, a sentence each, and the record of the model.
#include "brief/markdown/parts.hpp"

#include "brief/commands.hpp"
#include "brief/escape.hpp"
#include "brief/wording.hpp"

namespace icosa::brief {
namespace {

void write_months_ahead(std::string& out, const std::vector<model::Forecast>& forecasts) {
    const auto month = [](const model::MonthAhead& one) {
        return fmt::format("{} ({} to {})", figure(one.quantiles[3]), figure(one.quantiles[0]),
                           figure(one.quantiles[6]));
    };
    put(out,
        "| Forecast from {} | Probability | 90 % interval | Word | Base rate | Expected a month | Simple rule "
        "| First month: median (5 to 95 %) | Last month |\n|---|---:|---|---|---:|---:|---:|---|---|\n",
        forecasts.front().origin);
    for (const model::Forecast& one : forecasts) {
        double mean = 0;
        for (const auto& each : one.months) mean += each.mean / static_cast<double>(one.months.size());
        put(out, "| {} | {} | {} to {} | {} | {} | {} | {} | {} | {} |\n", markdown(one.subject_title),
            share_text(one.probability.value), share_text(one.probability.low), share_text(one.probability.high),
            markdown(one.probability.word), share_text(one.probability.base_rate), figure(rounded(mean, 1)),
            figure(rounded(one.benchmark_mean, 1)), month(one.months.front()), month(one.months.back()));
    }
    out += '\n';
}

void write_statement(std::string& out, const model::Forecast& one, const Dossier& dossier) {
    put(out, "- **{}.** {}; {}.", markdown(one.subject_title), markdown(one.probability.statement),
        markdown(expected_ahead(one)));
    if (const std::string moved = moved_line(one); !moved.empty()) put(out, " Moved {}.", markdown(moved));
    std::string past;
    for (const model::PastLike& each : one.past) past += (past.empty() ? "" : "; ") + markdown(past_line(each));
    if (!past.empty()) put(out, " Nearest past situations: {}.", past);
    for (const std::string& caveat : one.caveats) put(out, " *{}*", markdown(caveat));
    put(out, " From {}: {}.\n", markdown(rows_line(one.lineage)),
        markdown_code(explain_command(one.id, dossier.as_of, dossier.db)));
}

}  // namespace

void write_forecasts(std::string& out, const model::WatchFinding& of, const Dossier& dossier) {
    if (!of.forecasts.empty()) {
        write_months_ahead(out, of.forecasts);
        for (const model::Forecast& one : of.forecasts) write_statement(out, one, dossier);
        out += '\n';
    }
    if (!of.others_ahead.empty()) put(out, "{}.\n\n", markdown(of.others_ahead));
    if (!of.record.verdict.empty())
        put(out, "Model {}: {}.\n\n", markdown(of.record.model), markdown(of.record.verdict));
}

}  // namespace icosa::brief
