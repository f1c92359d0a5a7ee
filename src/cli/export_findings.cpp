/// icosa export signals, icosa export forecasts: the findings of a day as tables.
#include <algorithm>
#include <cstdio>
#include <set>

#include <fmt/format.h>

#include "app/dossier.hpp"
#include "base/text.hpp"
#include "cli/as_of.hpp"
#include "cli/exported.hpp"
#include "cli/progress.hpp"
#include "cli/result_table.hpp"

namespace icosa::cli {
namespace {

/// Each watch once, with the sections that show it: "III.5 III.8".
struct OnPages {
    const model::WatchFinding* finding = nullptr;
    std::string sections;
};

std::vector<OnPages> watches_of(const brief::Dossier& dossier) {
    std::vector<OnPages> out;
    for (const auto* group : {&dossier.areas, &dossier.principles, &dossier.platforms}) {
        for (const auto& page : *group) {
            for (const auto& watch : page.watches) {
                const auto known =
                    std::ranges::find_if(out, [&](const OnPages& one) { return one.finding->id == watch.id; });
                if (known == out.end()) out.push_back({&watch, page.section});
                else {
                    known->sections += " " + page.section;
                    if (watch.home.empty()) known->finding = &watch;  // the whole of it, not a region's part
                }
            }
        }
    }
    return out;
}

/// The place that a row is drawn at: the first part of the subject.
std::string place_of(const std::string& subject) { return subject.substr(0, subject.find('|')); }

store::Cell text_or_absent(const std::string& text) { return text.empty() ? store::Cell() : store::Cell(text); }
store::Cell whole(std::int64_t number) { return number; }

Exported signals_of(const brief::Dossier& dossier) {
    using enum store::ColumnType;
    Exported out{.name = "signals", .columns = {}, .rows = {}, .places = {}, .circles = {}, .shapes = Shapes::Point};
    out.columns = {{"id", Text},
                   {"watch", Text},
                   {"sections", Text},
                   {"subject", Text},
                   {"subject_title", Text},
                   {"measure", Text},
                   {"period", Text},
                   {"change", Text},
                   {"observed", Number},
                   {"expected", Number},
                   {"threshold", Number},
                   {"unusualness", Number},
                   {"adjusted_p", Number},
                   {"severity", Number},
                   {"severity_unit", Text},
                   {"grade", Text},
                   {"confidence", Text},
                   {"lateness_days", Integer},
                   {"record_outcome", Text},
                   {"record_signals", Integer},
                   {"record_followed", Integer},
                   {"record_share", Number},
                   {"base_rate", Number},
                   {"sentence_en", Text},
                   {"sentence_zh", Text},
                   {"sources", Text}};
    for (const auto& [watch, sections] : watches_of(dossier)) {
        for (const auto& one : watch->signals) {
            const auto told = dossier.sentences.find(one.id);
            const pack::Title sentence = told == dossier.sentences.end() ? pack::Title{one.reason, ""} : told->second;
            const bool has_record = !one.record.outcome.empty();
            out.rows.push_back({one.id,
                                watch->id,
                                sections,
                                one.subject,
                                one.subject_title,
                                text_or_absent(one.measure),
                                one.period,
                                text_or_absent(std::string(model::change_names[static_cast<int>(one.course.change)])),
                                rounded_cell(one.observed, 6),
                                rounded_cell(one.expected, 6),
                                rounded_cell(one.threshold, 6),
                                rounded_cell(one.unusualness, 6),
                                rounded_cell(one.adjusted_p_value, 6),
                                rounded_cell(one.severity.value, 6),
                                one.severity.unit,
                                std::string(model::grade_names[static_cast<int>(one.grade)]),
                                std::string(model::confidence_names[static_cast<int>(one.confidence)]),
                                whole(one.lateness_days),
                                text_or_absent(one.record.outcome),
                                has_record ? whole(one.record.signals) : store::Cell(),
                                has_record ? whole(one.record.followed) : store::Cell(),
                                has_record ? rounded_cell(one.record.share, 6) : store::Cell(),
                                has_record ? rounded_cell(one.record.base_rate, 6) : store::Cell(),
                                sentence.en,
                                sentence.zh,
                                join(one.lineage.sources, " ")});
            out.places.push_back(place_of(one.subject));
            out.circles.push_back(one.around);
        }
    }
    return out;
}

/// Rows of three kinds share the table: a month ahead, the whole horizon of a forecast, the chance of an outcome.
class ForecastTable {
public:
    ForecastTable() {
        using enum store::ColumnType;
        out_.name = "forecasts";
        out_.columns = {{"row", Text},    {"watch", Text}, {"subject", Text}, {"subject_title", Text},
                        {"origin", Text}, {"month", Text}, {"mean", Number}};
        for (const double at : model::forecast_quantiles)
            out_.columns.push_back({fmt::format("q{:02.0f}", 100 * at), Number});
        out_.columns.insert(out_.columns.end(),
                            {{"p_any", Number},
                             {"p_crossing", Number},
                             {"crossing", Number},
                             {"outcome", Text},
                             {"probability", Number},
                             {"low", Number},
                             {"high", Number},
                             {"base_rate", Number}});
    }

    void add(const std::string& watch, const model::Forecast& of, double crossing) {
        for (const auto& month : of.months) {
            auto row = head("month", watch, of.subject, of.subject_title, of.origin);
            row.emplace_back(period_label(month.month, PeriodKind::Month));
            row.push_back(rounded_cell(month.mean, 6));
            for (const double quantile : month.quantiles) row.push_back(number_cell(quantile));
            row.push_back(rounded_cell(month.p_any, 6));
            row.push_back(rounded_cell(month.p_crossing, 6));
            row.emplace_back(crossing);
            end(std::move(row), of.subject);
        }
        auto row = head("horizon", watch, of.subject, of.subject_title, of.origin);
        row.resize(crossing_column);
        row.emplace_back(crossing);
        add_probability(row, of.probability, of.probability.outcome);
        end(std::move(row), of.subject);
    }

    void add(const std::string& watch, const model::Chance& of) {
        auto row = head("chance", watch, of.subject, of.subject_title, of.origin);
        row.resize(crossing_column + 1);
        add_probability(row, of.probability, of.outcome);
        end(std::move(row), of.subject);
    }

    [[nodiscard]] const Exported& table() const { return out_; }

private:
    static constexpr std::size_t crossing_column = 7 + std::size(model::forecast_quantiles) + 2;

    static std::vector<store::Cell> head(const char* kind, const std::string& watch, const std::string& subject,
                                         const std::string& title, const std::string& origin) {
        return {std::string(kind), watch, subject, title, origin};
    }
    static void add_probability(std::vector<store::Cell>& row, const model::Probability& of,
                                const std::string& outcome) {
        row.emplace_back(outcome);
        for (const double share : {of.value, of.low, of.high, of.base_rate}) row.push_back(rounded_cell(share, 6));
    }
    void end(std::vector<store::Cell> row, const std::string& subject) {
        row.resize(out_.columns.size());
        out_.rows.push_back(std::move(row));
        out_.places.push_back(place_of(subject));
    }

    Exported out_;
};

Exported forecasts_of(const brief::Dossier& dossier, const app::Packs& packs) {
    ForecastTable out;
    for (const auto& [finding, sections] : watches_of(dossier)) {
        const auto* watch = packs.find_watch(finding->id);
        for (const auto& one : finding->forecasts) out.add(finding->id, one, watch ? watch->outlook.crossing : 0);
        for (const auto& one : finding->chances) out.add(finding->id, one);
    }
    return out.table();
}

}  // namespace

Result<int> export_findings(const Common& common, const app::Packs& packs, store::Store& store,
                            const ExportOptions& options) {
    if (!options.watch.empty()) TRY(watch_to_export(packs, options.watch));
    const Moment moment = TRY(moment_of(store, packs, options.as_of, common.db));
    const auto places = TRY(app::places_asked(packs.places, options.places, moment.as_of));
    if (!common.json) fmt::print(stderr, "{}\n", first_line(moment));
    const bool ahead = options.what == "forecasts";
    const auto dossier =
        TRY(app::dossier_of(store, packs,
                            {.as_of = moment.as_of,
                             .sections = {},
                             .watches = options.watch.empty() ? std::vector<std::string>{} : std::vector{options.watch},
                             .threads = common.threads,
                             .version = ICOSA_VERSION,
                             .db = common.db,
                             .places = places,
                             .ahead = ahead ? app::Ahead::AllUnits : app::Ahead::AsShown,
                             .handling = {},
                             .on_step = on_step()}));
    return write_exported(common, options, packs.places, ahead ? forecasts_of(dossier, packs) : signals_of(dossier));
}

}  // namespace icosa::cli
