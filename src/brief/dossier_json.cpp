/// dossier.json; every field is described in docs/dossier.md.
#include <cmath>

#include "base/json.hpp"
#include "brief/escape.hpp"
#include "brief/render.hpp"
#include "brief/wording.hpp"

namespace icosa::brief {
namespace {

class Writer {
public:
    Writer() : json_(2) {}

    std::string dossier(const Dossier& from) {
        json_.begin_object();
        day("as_of", from.as_of);
        text("icosa", from.version);
        text("packs", from.packs_digest);
        text("handling", from.handling);
        json_.key("framework").begin_object();
        text("id", from.framework_id);
        title("title", from.framework_title);
        text("source", from.framework_source);
        day("date", from.framework_date);
        json_.end_object();
        totals(from);
        texts("caveats", from.caveats);
        sections("areas", from.areas);
        sections("principles", from.principles);
        sections("platforms", from.platforms);
        list("sources", from.sources, [&](const model::SourceState& source) { this->source(source); });
        list("references", from.references, [&](const Reference& reference) {
            text("key", reference.key);
            text("text", reference.text);
            text("url", reference.url);
        });
        text("notice", notice_boundaries);
        json_.end_object();
        return json_.text() + "\n";
    }

private:
    void text(std::string_view name, std::string_view of) { json_.key(name).value(plain(of)); }
    void optional_text(std::string_view name, std::string_view of) {
        if (!of.empty()) text(name, of);
    }
    void number(std::string_view name, double of) {
        // A count may be larger than what a shortest double writes without an exponent.
        if (std::isfinite(of) && of == std::floor(of) && std::abs(of) < 9e15)
            json_.field(name, static_cast<std::int64_t>(of));
        else json_.field(name, rounded(of));
    }
    void count(std::string_view name, std::int64_t of) {
        json_.key(name);
        if (of < 0) json_.null();
        else json_.value(of);
    }
    void day(std::string_view name, Day of) {
        json_.key(name);
        if (of == no_day) json_.null();
        else json_.value(iso(of));
    }
    void title(std::string_view name, const pack::Title& of) {
        json_.key(name).begin_object();
        text("en", of.en);
        text("zh", of.zh);
        json_.end_object();
    }
    void texts(std::string_view name, const std::vector<std::string>& of) {
        json_.key(name).begin_array();
        for (const std::string& each : of) json_.value(plain(each));
        json_.end_array();
    }
    template <class T, class Write> void list(std::string_view name, const std::vector<T>& of, Write write) {
        json_.key(name).begin_array();
        for (const T& each : of) {
            json_.begin_object();
            write(each);
            json_.end_object();
        }
        json_.end_array();
    }

    void totals(const Dossier& from) {
        const Totals& of = from.totals;
        json_.key("totals").begin_object();
        json_.field("watches", of.watches);
        json_.field("watches_with_data", of.watches_with_data);
        json_.field("units_examined", of.units_examined);
        json_.field("signals", of.signals);
        number("signals_expected_by_chance", of.signals_expected_by_chance);
        texts("stale_sources", of.stale_sources);
        json_.field("stale_facts", of.stale_facts);
        json_.key("areas_by_state").begin_object();
        for (const model::State state :
             {model::State::Signal, model::State::Quiet, model::State::Stale, model::State::NoData}) {
            std::int64_t n = 0;
            for (const SectionPage& page : from.areas) n += page.state == state;
            json_.field(model::state_names[static_cast<std::size_t>(state)], n);
        }
        json_.end_object();
        json_.end_object();
    }

    void sections(std::string_view name, const std::vector<SectionPage>& of) {
        list(name, of, [&](const SectionPage& page) { section(page); });
    }

    void section(const SectionPage& page) {
        json_.field("number", page.number);
        text("id", page.id);
        text("section", page.section);
        title("title", page.title);
        text("state", model::state_names[static_cast<std::size_t>(page.state)]);
        json_.key("clauses").begin_object();
        json_.field("measured", page.counts.measured);
        json_.field("authored", page.counts.authored);
        json_.field("not_measurable", page.counts.not_measurable);
        json_.end_object();
        optional_text("note", page.note);
        list("clause_list", page.clauses, [&](const ClausePage& clause) { this->clause(clause); });
        list("watches", page.watches, [&](const model::WatchFinding& watch) { this->watch(watch); });
        list("instruments", page.instruments, [&](const InstrumentLine& line) { instrument(line); });
        list("mechanisms", page.mechanisms, [&](const MechanismLine& line) { mechanism(line); });
        list("mandates", page.mandates, [&](const MandateLine& line) { mandate(line); });
        json_.field("later_facts", page.later_facts);
    }

    void clause(const ClausePage& of) {
        text("id", of.id);
        title("asks", of.asks);
        text("status", clause_status_name(of.status));
        if (of.status == pack::ClauseStatus::Measured) json_.field("answered", of.answered);
        texts("watches", of.watches);
        list("rests_on", of.rests_on, [&](const Fact& fact) {
            text("id", fact.id);
            text("kind", fact_kind_names[static_cast<std::size_t>(fact.kind)]);
            title("title", fact.title);
            json_.field("stale", fact.stale);
            json_.field("later", fact.later);
        });
        optional_text("reason", of.reason);
        optional_text("no_data", of.no_data);
    }

    void watch(const model::WatchFinding& of) {
        text("id", of.id);
        text("engine", of.engine);
        text("title", of.title);
        text("state", model::state_names[static_cast<std::size_t>(of.state)]);
        text("reading", of.reading);
        text("source", of.source);
        texts("other_sources", of.other_sources);
        day("observed_through", of.observed_through);
        json_.field("units_examined", of.units_examined);
        number("signals_expected_by_chance", of.signals_expected_by_chance);
        json_.field("tests", of.tests);
        if (!of.discovery_procedure.empty()) {
            json_.key("false_discovery").begin_object();
            text("procedure", of.discovery_procedure);
            number("rate", of.false_discovery_rate);
            json_.field("set_aside", of.set_aside);
            json_.end_object();
        }
        texts("clauses", of.clauses);
        texts("cites", of.cites);
        texts("caveats", of.caveats);
        list("signals", of.signals, [&](const model::Signal& each) { signal(each); });
        if (of.record.model.empty()) return;
        list("forecasts", of.forecasts, [&](const model::Forecast& each) { forecast(each); });
        text("others_ahead", of.others_ahead);
        record(of.record);
    }

    void forecast(const model::Forecast& of) {
        text("id", of.id);
        text("subject", of.subject);
        text("subject_title", of.subject_title);
        text("origin", of.origin);
        text("unit", of.unit);
        json_.field("history", of.history);
        probability(of.probability);
        number("benchmark_mean", of.benchmark_mean);
        text("observed_from", period_label(of.first_observed, PeriodKind::Month));
        json_.key("observed").begin_array();
        for (const double count : of.observed) json_.value(rounded(count));
        json_.end_array();
        list("months", of.months, [&](const model::MonthAhead& month) {
            text("month", period_label(month.month, PeriodKind::Month));
            number("mean", month.mean);
            constexpr std::string_view names[] = {"q05", "q10", "q25", "q50", "q75", "q90", "q95"};
            static_assert(std::size(names) == std::size(model::forecast_quantiles));
            for (std::size_t q = 0; q < std::size(names); ++q) number(names[q], month.quantiles[q]);
            number("p_any", month.p_any);
            number("p_crossing", month.p_crossing);
        });
        list("past", of.past, [&](const model::PastLike& past) {
            text("subject", past.subject);
            text("subject_title", past.subject_title);
            text("period", past.period);
            number("followed_total", past.followed_total);
            json_.key("followed").begin_array();
            for (const double count : past.followed) json_.value(rounded(count));
            json_.end_array();
        });
        if (!std::isnan(of.mean_before)) number("mean_before", of.mean_before);
        list("drivers", of.drivers, [&](const model::Driver& driver) {
            text("what", driver.what);
            number("effect", driver.effect);
        });
        lineage(of.lineage);
        texts("caveats", of.caveats);
    }

    void probability(const model::Probability& of) {
        json_.key("probability").begin_object();
        number("value", of.value);
        number("low", of.low);
        number("high", of.high);
        text("word", of.word);
        text("outcome", of.outcome);
        number("base_rate", of.base_rate);
        text("base_of", of.base_of);
        number("benchmark", of.benchmark);
        number("cases", of.cases);
        text("how", of.how);
        text("statement", of.statement);
        json_.end_object();
    }

    void record(const model::TrackRecord& of) {
        json_.key("record").begin_object();
        text("model", of.model);
        text("benchmark", of.benchmark);
        list("windows", of.windows, [&](const model::TrackRecord::Window& window) {
            text("period", window.period);
            number("crps", window.crps);
            number("benchmark_crps", window.benchmark_crps);
        });
        json_.field("probabilities", of.probabilities);
        number("brier", of.brier);
        number("brier_base", of.brier_base);
        number("brier_benchmark", of.brier_benchmark);
        text("verdict", of.verdict);
        json_.end_object();
    }

    void lineage(const model::Lineage& of) {
        json_.key("lineage").begin_object();
        json_.field("rows", of.rows);
        texts("sources", of.sources);
        list("files", of.files, [&](const model::SourceLine& line) {
            text("file", line.file);
            json_.field("line", static_cast<std::int64_t>(line.line));
        });
        json_.end_object();
    }

    void signal(const model::Signal& of) {
        text("id", of.id);
        text("subject", of.subject);
        text("subject_title", of.subject_title);
        text("period", of.period);
        number("observed", of.observed);
        number("expected", of.expected);
        number("threshold", of.threshold);
        json_.field("unusualness", rounded(of.unusualness, 6));
        if (!std::isnan(of.adjusted_p_value)) number("adjusted_p_value", of.adjusted_p_value);
        if (!std::isnan(of.baseline.value)) {
            json_.key("baseline").begin_object();
            number("value", of.baseline.value);
            text("what", of.baseline.what);
            json_.end_object();
        }
        json_.key("severity").begin_object();
        number("value", of.severity.value);
        text("unit", of.severity.unit);
        json_.end_object();
        text("confidence", model::confidence_names[static_cast<std::size_t>(of.confidence)]);
        text("confidence_why", of.confidence_why);
        text("grade", model::grade_names[static_cast<std::size_t>(of.grade)]);
        text("reason", of.reason);
        lineage(of.lineage);
        texts("cites", of.cites);
        texts("caveats", of.caveats);
    }

    void instrument(const InstrumentLine& of) {
        text("id", of.id);
        text("kind", of.kind);
        title("title", of.title);
        text("short", of.short_title);
        day("in_force", of.in_force);
        count("participants", of.participants);
        day("verified", of.verified);
        text("status", of.status);
        provenance(of.source, of.reviewed, of.stale);
    }

    void mechanism(const MechanismLine& of) {
        text("id", of.id);
        text("kind", of.kind);
        title("name", of.name);
        count("members", of.members);
        count("cadence_months", of.cadence_months == 0 ? -1 : of.cadence_months);
        day("last_meeting", of.last_meeting);
        optional_text("meeting", of.meeting);
        provenance(of.source, of.reviewed, of.stale);
    }

    void mandate(const MandateLine& of) {
        text("id", of.id);
        text("mission", of.mission);
        title("name", of.name);
        text("host", of.host);
        text("resolution", of.resolution);
        day("expires_on", of.expires_on);
        text("chapter", of.chapter);
        text("force", of.force);
        count("authorised_troops", of.authorised_troops);
        count("authorised_police", of.authorised_police);
        text("consent", of.consent);
        optional_text("consent_note", of.consent_note);
        provenance(of.source, of.reviewed, of.stale);
    }

    void provenance(const std::string& source, Day reviewed, bool stale) {
        text("authored_from", source);
        day("reviewed", reviewed);
        json_.field("stale", stale);
    }

    void source(const model::SourceState& of) {
        text("id", of.id);
        text("title", of.title);
        json_.field("rows", of.rows);
        json_.field("rejected", of.rejected);
        json_.field("files", of.files);
        day("first", of.first);
        day("last", of.last);
        json_.field("stale", of.stale);
        text("licence", of.licence);
        text("attribution", of.attribution);
    }

    JsonWriter json_;
};

}  // namespace

std::string render_json(const Dossier& dossier) { return Writer().dossier(dossier); }

}  // namespace icosa::brief
