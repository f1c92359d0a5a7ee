/// dossier.md: the same pages as plain CommonMark with pipe tables.
#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "brief/escape.hpp"
#include "brief/render.hpp"
#include "brief/wording.hpp"

namespace icosa::brief {
namespace {

template <class... Args> void put(std::string& out, fmt::format_string<Args...> form, Args&&... args) {
    fmt::format_to(std::back_inserter(out), form, std::forward<Args>(args)...);
}

std::string both(const pack::Title& title) {
    const std::string en = markdown(title.en);
    return title.zh.empty() || title.zh == title.en ? en : en + " · " + markdown(title.zh);
}

std::string day_or(Day day, std::string_view absent) { return day == no_day ? std::string(absent) : iso(day); }
std::string check_mark(bool stale) { return stale ? " (◐ check)" : ""; }
std::string state_text(model::State state) { return fmt::format("{} {}", state_symbol(state), state_word(state)); }

std::string codes(const std::vector<std::string>& list) {
    std::string out;
    for (const std::string& each : list) out += (out.empty() ? "" : ", ") + markdown_code(each);
    return out;
}

class Page {
public:
    explicit Page(const Dossier& dossier) : dossier_(dossier) {}

    std::string render() {
        first_page();
        sections(dossier_.areas, pack::Group::Area);
        sections(dossier_.principles, pack::Group::Principle);
        sections(dossier_.platforms, pack::Group::Platform);
        sources();
        references();
        put(out_, "---\n\n{}\n\n{} {}\n\n{} · Icosa {} · packs {}\n", notice_boundaries, notice_quiet, notice_person,
            markdown(dossier_.handling), markdown(dossier_.version),
            dossier_.packs_digest.empty() ? "–" : markdown_code(dossier_.packs_digest));
        return std::move(out_);
    }

private:
    void first_page() {
        const Totals& totals = dossier_.totals;
        put(out_, "**{}**\n\n# Icosa dossier, as of {}\n\n{}", markdown(dossier_.handling), iso(dossier_.as_of),
            both(dossier_.framework_title));
        if (dossier_.framework_date != no_day) put(out_, ", {}", iso(dossier_.framework_date));
        put(out_, "  \n{}\n\n", markdown(dossier_.framework_source));
        put(out_, "- **{}** found, where **{}** would be expected by chance when nothing is going on\n",
            plural(totals.signals, "signal", "signals"), figure(rounded(totals.signals_expected_by_chance, 1)));
        put(out_, "- **{}** examined by {} watches, {} of them with data\n",
            plural(totals.units_examined, "unit", "units"), grouped(totals.watches), grouped(totals.watches_with_data));
        put(out_, "- **{} of {}** sources stale", totals.stale_sources.size(), dossier_.sources.size());
        if (!totals.stale_sources.empty()) put(out_, ": {}", markdown(stale_line(dossier_)));
        out_ += '\n';
        if (totals.stale_facts > 0)
            put(out_, "- {} past the day until which they were checked\n",
                plural(totals.stale_facts, "authored fact is", "authored facts are"));
        put(out_, "\n{} {}\n\n", notice_quiet, notice_chance);
        caveats(dossier_.caveats);
        overview(dossier_.areas, pack::Group::Area);
        overview(dossier_.principles, pack::Group::Principle);
        overview(dossier_.platforms, pack::Group::Platform);
        put(out_, "{}\n\n", notice_unusualness);
    }

    void overview(const std::vector<SectionPage>& pages, pack::Group group) {
        if (pages.empty()) return;
        put(out_,
            "## {} at a glance\n\n| No. | Section | State | Signals | By chance | Clauses measured | Newest data "
            "|\n|---:|---|---|---:|---:|---|---|\n",
            group_title(group));
        for (const SectionPage& page : pages) {
            put(out_, "| {} | {} | {} | {} | {} | {} of {} | {} |\n", page.number, both(page.title),
                state_text(page.state), grouped(page.signals),
                page.watches.empty() ? "–" : figure(rounded(expected_by_chance(page), 1)), page.counts.measured,
                page.counts.total(), authored_only(page) ? "authored facts only" : day_or(page.newest_data, "–"));
        }
        out_ += '\n';
    }

    void sections(const std::vector<SectionPage>& pages, pack::Group group) {
        if (pages.empty()) return;
        put(out_, "## {}\n\n", group_title(group));
        for (const SectionPage& page : pages) section(page);
    }

    void section(const SectionPage& page) {
        put(out_, "### {}. {}\n\n{} · **{}** · {}", page.number, both(page.title), markdown(page.section),
            state_text(page.state), clause_line(page.counts));
        if (!page.watches.empty()) {
            put(out_, " · {}, {} expected by chance", plural(page.signals, "signal", "signals"),
                figure(rounded(expected_by_chance(page), 1)));
        }
        if (page.newest_data != no_day) put(out_, " · data to {}", iso(page.newest_data));
        out_ += "\n\n";
        if (!page.note.empty()) put(out_, "> {}\n\n", markdown(page.note));
        if (authored_only(page)) out_ += "This section rests on authored facts; no watch measures it.\n\n";
        clauses(page);
        for (const model::WatchFinding& finding : page.watches) watch(finding);
        catalogue(page);
    }

    void clauses(const SectionPage& page) {
        for (const ClausePage& clause : page.clauses) {
            std::string word(clause_status_name(clause.status));
            if (clause.status == pack::ClauseStatus::NotMeasurable) word = "not measurable";
            if (clause.status == pack::ClauseStatus::Measured && !clause.answered) word = "measured, no data";
            put(out_, "- **{}** ({}) {}", markdown(clause.id), word, both(clause.asks));
            if (!clause.watches.empty()) put(out_, " — {}", codes(clause.watches));
            std::string facts;
            for (const Fact& fact : clause.rests_on)
                facts += (facts.empty() ? "" : "; ") + markdown(fact.title.en) + std::string(fact_mark(fact));
            if (!facts.empty()) put(out_, " — rests on {}", facts);
            if (!clause.reason.empty()) put(out_, " — because {}", markdown(clause.reason));
            if (!clause.no_data.empty()) put(out_, " — no data: {}", markdown(clause.no_data));
            out_ += '\n';
        }
        if (!page.clauses.empty()) out_ += '\n';
    }

    void watch(const model::WatchFinding& of) {
        put(out_, "#### {}: {}\n\n", state_text(of.state), markdown(of.title));
        if (!of.reading.empty()) put(out_, "{}\n\n", markdown(of.reading));
        put(out_, "Watch {}, engine {}", markdown_code(of.id), markdown(of.engine));
        if (!of.source.empty()) put(out_, ", source {}", markdown_code(of.source));
        if (!of.other_sources.empty()) put(out_, " (beside it {})", codes(of.other_sources));
        if (of.observed_through != no_day) put(out_, ", observed to {}", iso(of.observed_through));
        if (of.state != model::State::NoData) {
            put(out_, "; {} examined, {} expected by chance", plural(of.units_examined, "unit", "units"),
                figure(rounded(of.signals_expected_by_chance, 2)));
            out_ += discovery_words(of);
        }
        if (!of.cites.empty()) put(out_, "; method {}", cites(of.cites));
        out_ += ".\n\n";
        ahead(of);
        signals(of);
        caveats(watch_caveats(of));
    }

    void ahead(const model::WatchFinding& of) {
        if (!of.forecasts.empty()) {
            const auto month = [](const model::MonthAhead& one) {
                return fmt::format("{} ({} to {})", figure(one.quantiles[3]), figure(one.quantiles[0]),
                                   figure(one.quantiles[6]));
            };
            put(out_,
                "| Forecast from {} | Probability | 90 % interval | Word | Base rate | Expected a month | Simple rule "
                "| First month: median (5 to 95 %) | Last month |\n|---|---:|---|---|---:|---:|---:|---|---|\n",
                of.forecasts.front().origin);
            for (const model::Forecast& one : of.forecasts) {
                double mean = 0;
                for (const auto& each : one.months) mean += each.mean / static_cast<double>(one.months.size());
                put(out_, "| {} | {} | {} to {} | {} | {} | {} | {} | {} | {} |\n", markdown(one.subject_title),
                    share_text(one.probability.value), share_text(one.probability.low),
                    share_text(one.probability.high), markdown(one.probability.word),
                    share_text(one.probability.base_rate), figure(rounded(mean, 1)),
                    figure(rounded(one.benchmark_mean, 1)), month(one.months.front()), month(one.months.back()));
            }
            out_ += '\n';
            for (const model::Forecast& one : of.forecasts) {
                put(out_, "- **{}.** {}; {}.", markdown(one.subject_title), markdown(one.probability.statement),
                    markdown(expected_ahead(one)));
                if (const std::string moved = moved_line(one); !moved.empty()) put(out_, " Moved {}.", markdown(moved));
                std::string past;
                for (const model::PastLike& each : one.past)
                    past += (past.empty() ? "" : "; ") + markdown(past_line(each));
                if (!past.empty()) put(out_, " Nearest past situations: {}.", past);
                for (const std::string& caveat : one.caveats) put(out_, " *{}*", markdown(caveat));
                put(out_, " From {}: {}.\n", markdown(rows_line(one.lineage)), markdown_code(explain_command(one.id)));
            }
            out_ += '\n';
        }
        if (!of.others_ahead.empty()) put(out_, "{}.\n\n", markdown(of.others_ahead));
        if (!of.record.verdict.empty())
            put(out_, "Model {}: {}.\n\n", markdown(of.record.model), markdown(of.record.verdict));
    }

    void caveats(const std::vector<std::string>& list) {
        for (std::size_t i = 0; i < list.size(); ++i) put(out_, "{}> {}\n", i ? ">\n" : "", markdown(list[i]));
        if (!list.empty()) out_ += '\n';
    }

    static std::string cites(const std::vector<std::string>& keys) {
        std::string out;
        for (const std::string& key : keys) out += (out.empty() ? "" : ", ") + markdown(key);
        return out;
    }

    void signals(const model::WatchFinding& of) {
        if (of.signals.empty()) return;
        const std::size_t full = std::min(of.signals.size(), signals_in_full);
        const std::size_t shown = std::min(of.signals.size(), full + signals_in_short);
        out_ +=
            "| Signal | Period | Observed | Expected | Threshold | Unusualness | Severity | Confidence | Grade "
            "|\n|---|---|---:|---:|---:|---:|---|---|---|\n";
        for (std::size_t i = 0; i < shown; ++i) {
            const model::Signal& signal = of.signals[i];
            put(out_, "| {} | {} | {} | {} | {} | {} | {} {} | {} | {} |\n", markdown(name(signal)),
                markdown(signal.period), figure(signal.observed), figure(signal.expected), figure(signal.threshold),
                markdown(share_text(signal.unusualness)), figure(signal.severity.value), markdown(signal.severity.unit),
                model::confidence_names[static_cast<std::size_t>(signal.confidence)],
                model::grade_names[static_cast<std::size_t>(signal.grade)]);
        }
        out_ += '\n';
        if (shown < of.signals.size()) put(out_, "{} more are in dossier.json.\n\n", of.signals.size() - shown);
        const std::vector<std::string> known = watch_caveats(of);
        for (std::size_t i = 0; i < full; ++i) reason(of.signals[i], of, known);
        out_ += '\n';
    }

    static std::string name(const model::Signal& signal) {
        return signal.subject_title.empty() ? signal.subject : signal.subject_title;
    }

    void reason(const model::Signal& of, const model::WatchFinding& watch, const std::vector<std::string>& known) {
        put(out_, "- **{}, {}.** {}.", markdown(name(of)), markdown(of.period), markdown(without_stop(of.reason)));
        if (!of.confidence_why.empty())
            put(out_, " Confidence {}: {}", model::confidence_names[static_cast<std::size_t>(of.confidence)],
                markdown(of.confidence_why));
        if (!of.confidence_why.empty() && !of.confidence_why.ends_with('.')) out_ += '.';
        put(out_, " From {}", markdown(rows_line(of.lineage)));
        std::vector<std::string> places;
        for (const model::SourceLine& line : of.lineage.files)
            places.push_back(fmt::format("{}:{}", line.file, line.line));
        if (!places.empty()) put(out_, ": {}", codes(places));
        if (of.lineage.rows > static_cast<std::int64_t>(places.size()))
            put(out_, "; all of them: {}", markdown_code(explain_command(of.id)));
        out_ += '.';
        const std::vector<std::string> own = others(of.cites, watch.cites);
        if (!own.empty()) put(out_, " Method {}.", cites(own));
        for (const std::string& caveat : others(of.caveats, known)) put(out_, " *{}*", markdown(caveat));
        out_ += '\n';
    }

    void catalogue(const SectionPage& page) {
        const std::string later = later_line(page, dossier_.as_of);
        if (!later.empty()) put(out_, "{}\n\n", later);
        if (!page.mandates.empty()) {
            out_ +=
                "**Mandates**\n\n| Operation | Host | Resolution | Runs to | Chapter | Troops | Police | Consent "
                "|\n|---|---|---|---|---|---:|---:|---|\n";
            for (const MandateLine& line : page.mandates) {
                put(out_, "| {}{} | {} | {} | {} | {} | {} | {} | {} |\n", markdown(line.mission),
                    check_mark(line.stale), markdown(line.host), markdown(line.resolution),
                    day_or(line.expires_on, "–"), markdown(line.chapter), count(line.authorised_troops),
                    count(line.authorised_police), markdown(line.consent));
            }
            out_ += '\n';
        }
        if (!page.instruments.empty()) {
            out_ += "**Instruments**\n\n| Instrument | Kind | Status |\n|---|---|---|\n";
            for (const InstrumentLine& line : page.instruments) {
                put(out_, "| {}{}{} | {} | {} |\n", both(line.title),
                    line.short_title.empty() ? "" : " (" + markdown(line.short_title) + ")", check_mark(line.stale),
                    markdown(line.kind), markdown(line.status));
            }
            out_ += '\n';
        }
        if (!page.mechanisms.empty()) {
            out_ +=
                "**Mechanisms that could convene**\n\n| Mechanism | Kind | Members | Meets | Last known meeting "
                "|\n|---|---|---:|---|---|\n";
            for (const MechanismLine& line : page.mechanisms) {
                put(out_, "| {}{} | {} | {} | {} | {}{} |\n", both(line.name), check_mark(line.stale),
                    markdown(line.kind), count(line.members), cadence_text(line.cadence_months),
                    day_or(line.last_meeting, "–"),
                    line.meeting.empty() || line.last_meeting == no_day ? "" : ", " + markdown(line.meeting));
            }
            out_ += '\n';
        }
    }

    static std::string count(std::int64_t of) { return of < 0 ? "–" : grouped(of); }

    void sources() {
        out_ += "## Sources\n\n";
        if (dossier_.sources.empty()) {
            out_ += "The store has no source.\n\n";
            return;
        }
        out_ +=
            "| Source | Id | Rows | Rejected | First day | Last day | State | Licence | Attribution "
            "|\n|---|---|---:|---:|---|---|---|---|---|\n";
        for (const model::SourceState& source : dossier_.sources) {
            put(out_, "| {} | {} | {} | {} | {} | {} | {} | {} | {} |\n", markdown(source.title), markdown(source.id),
                grouped(source.rows), grouped(source.rejected), day_or(source.first, "–"), day_or(source.last, "–"),
                source.stale ? "◐ stale" : "current", markdown(source.licence), markdown(source.attribution));
        }
        out_ += '\n';
    }

    void references() {
        if (dossier_.references.empty()) return;
        out_ += "## Methods cited\n\n";
        for (const Reference& reference : dossier_.references) {
            put(out_, "- {}: {}", markdown(reference.key), markdown(reference.text));
            if (is_web_address(reference.url)) put(out_, " <{}>", reference.url);
            out_ += '\n';
        }
        out_ += '\n';
    }

    const Dossier& dossier_;
    std::string out_;
};

}  // namespace

std::string render_markdown(const Dossier& dossier) { return Page(dossier).render(); }

}  // namespace icosa::brief
