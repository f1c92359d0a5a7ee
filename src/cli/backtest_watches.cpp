/// Options, the table, packs/records.
#include "cli/backtest_watches.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>

#include <fmt/format.h>

#include "app/past_watches.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "cli/exit_code.hpp"
#include "cli/output.hpp"
#include "cli/progress.hpp"
#include "cli/sections_named.hpp"
#include "cli/today.hpp"
#include "cli/when_free.hpp"

namespace icosa::cli {
namespace {

Result<int> month_named(const std::string& text, std::string_view flag) {
    const auto month = parse_period(text, PeriodKind::Month);
    if (!month)
        return fail(Fault::Usage, "bad-month", {}, fmt::format("{} '{}' is no month", flag, excerpt(text)),
                    "write it as 2010-01");
    return *month;
}

std::string number(double value) { return std::isnan(value) ? std::string() : fmt::format("{:.4f}", value); }

constexpr std::string_view columns =
    "watch,outcome,grade,change,signals,followed,share,low,high,base_rate,lift,outcomes,caught,median_lead_months,"
    "false_alarms_a_year";

std::string line_of(const record::TrackRow& row) {
    return fmt::format("{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}", row.watch, row.outcome, row.grade, row.change,
                       row.signals, row.followed, number(row.share), number(row.low), number(row.high),
                       number(row.base_rate), number(row.lift), row.outcomes, row.caught,
                       number(row.median_lead_months), number(row.false_alarms_a_year));
}

void print_json(const record::TrackRow& row) {
    JsonWriter json;
    json.begin_object()
        .field("watch", row.watch)
        .field("outcome", row.outcome)
        .field("grade", row.grade)
        .field("change", row.change)
        .field("signals", row.signals)
        .field("followed", row.followed)
        .field("share", row.share)
        .field("low", row.low)
        .field("high", row.high)
        .field("base_rate", row.base_rate)
        .field("lift", row.lift)
        .field("outcomes", row.outcomes)
        .field("caught", row.caught)
        .field("median_lead_months", row.median_lead_months)
        .field("false_alarms_a_year", row.false_alarms_a_year)
        .end_object();
    fmt::print("{}\n", json.text());
}

void print_table(const std::vector<record::TrackRow>& rows) {
    if (rows.empty()) {
        fmt::print("None of the watches that can be judged gave a signal in these months.\n");
        return;
    }
    const auto percent = [](double share) { return std::isnan(share) ? "" : fmt::format("{:.1f} %", 100 * share); };
    fmt::print("{:<34} {:<26} {:<8} {:<18} {:>7} {:>8} {:>7} {:>15} {:>7} {:>6} {:>9} {:>5} {:>7}\n", "watch",
               "outcome", "grade", "change", "signals", "followed", "share", "90 % interval", "base", "lift", "caught",
               "lead", "false/y");
    for (const auto& row : rows) {
        fmt::print("{:<34} {:<26} {:<8} {:<18} {:>7} {:>8} {:>7} {:>15} {:>7} {:>6} {:>9} {:>5} {:>7.1f}\n", row.watch,
                   row.outcome, row.grade, row.change, row.signals, row.followed, percent(row.share),
                   fmt::format("{:.1f}-{:.1f} %", 100 * row.low, 100 * row.high), percent(row.base_rate),
                   std::isnan(row.lift) ? "" : fmt::format("{:.1f}", row.lift),
                   fmt::format("{}/{}", row.caught, row.outcomes),
                   std::isnan(row.median_lead_months) ? "" : fmt::format("{:.0f}", row.median_lead_months),
                   row.false_alarms_a_year);
    }
    fmt::print(
        "signals: episodes, a unit's signals of one kind without a pause longer than the outcome's months count once; "
        "base: unit-months without a signal that the outcome followed; caught: of the runs of months in which it "
        "happened, those with such a signal; lead: months from it until the outcome was reached (median). "
        "Pseudo-real-time on final data.\n");
}

/// A file for each area, as it is named in packs/areas.
Result<void> write_records(const app::Packs& packs, const pack::Records& records, const std::string& folder) {
    std::map<std::string, pack::Records> by_file;
    for (const auto& page : packs.pages) {
        for (const auto& watch : page.watches) {
            for (const auto& one : records.all) {
                if (one.watch != watch.id) continue;
                auto& file = by_file[std::filesystem::path(page.where.file).filename().string()];
                file.data = records.data;
                file.made = today();
                file.all.push_back(one);
            }
        }
    }
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error)
        return fail(Fault::Store, "unwritable", {folder},
                    fmt::format("this folder cannot be made: {}", error.message()), "name another with --write");
    for (const auto& [name, file] : by_file)
        TRY(write_text((std::filesystem::path(folder) / name).string(), pack::records_text(file)));
    return {};
}

}  // namespace

bool is_asked(const WatchesOptions& options) {
    return options.asked || !options.areas.empty() || !options.watches.empty() || !options.write.empty();
}

void add_watches(Command& command, WatchesOptions& options) {
    auto& rows = command.options;
    rows.push_back(option("--watches", &options.asked, "judge what the watches said at past days, by their outcomes"));
    rows.push_back(
        option("WATCH", &options.watches, "with --watches: these; all that name an outcome if none is given"));
    rows.push_back(
        option("--area", &options.areas, "with --watches: only these areas: number, section or short name").as("AREA"));
    rows.push_back(option("--write", &options.write,
                          "with --watches: also write the records of the kinds of signals there (packs/records)")
                       .as("DIR"));
}

Result<int> backtest_watches(const Common& common, const WatchesOptions& options, const OutcomeOptions& origins) {
    if (origins.from.empty() || origins.to.empty())
        return fail(Fault::Usage, "bad-usage", {}, "--watches needs --from and --to, the first and last past month",
                    "write --from 2010-01 --to 2020-06");
    app::PastAsked asked;
    asked.first_month = TRY(month_named(origins.from, "--from"));
    asked.last_month = TRY(month_named(origins.to, "--to"));
    if (asked.last_month < asked.first_month)
        return fail(Fault::Usage, "bad-span", {},
                    fmt::format("--from {} is later than --to {}", origins.from, origins.to), "exchange them");
    const app::Packs packs = TRY(app::good_packs(common.packs, common.framework));
    const auto sections = TRY(sections_named(packs, options.areas));
    std::vector<std::string> ids;
    for (const auto& page : packs.pages) {
        for (const auto& watch : page.watches) ids.push_back(watch.id);
    }
    for (const auto& id : options.watches) {
        if (std::find(ids.begin(), ids.end(), id) != ids.end()) continue;
        const auto near = nearest(id, ids);
        return fail(Fault::Usage, "unknown-watch", {}, fmt::format("there is no watch '{}'", excerpt(id)),
                    near ? fmt::format("did you mean '{}'?", *near) : "see `icosa explain`");
    }
    if (!origins.outcome.empty() && !packs.outcomes.find(origins.outcome)) {
        std::vector<std::string> outcomes;
        for (const auto& one : packs.outcomes.all) outcomes.push_back(one.id);
        return fail(Fault::Usage, "unknown-outcome", {},
                    fmt::format("there is no outcome '{}'", excerpt(origins.outcome)),
                    fmt::format("there are {}", join(outcomes, ", ")));
    }
    asked.outcome = origins.outcome;
    asked.threads = common.threads;
    asked.on_step = on_step();
    asked.wanted = [&](const pack::AreaPack& page, const pack::Watch& watch) {
        const auto has = [](const std::vector<std::string>& list, const std::string& one) {
            return list.empty() || std::find(list.begin(), list.end(), one) != list.end();
        };
        return has(sections, page.section) && has(options.watches, watch.id)
            && watch.engine != "instrument-status";  // what stands in no time cannot be re-run
    };
    const auto store = TRY(when_free(common, [&] { return app::open_for_reading(common.db, packs, common.threads); }));
    const auto judged = TRY(app::judge_past(*store, packs, asked));
    for (const auto& why : judged.left_out) fmt::print(stderr, "note: {}\n", why);
    if (!options.write.empty()) TRY(write_records(packs, judged.records, options.write));
    if (!origins.out.empty()) {
        std::string text(columns);
        text += '\n';
        for (const auto& row : judged.rows) text += line_of(row) + '\n';
        TRY(write_text(origins.out, text));
    }
    if (common.json) {
        for (const auto& row : judged.rows) print_json(row);
    } else {
        print_table(judged.rows);
    }
    return exit_clean;
}

}  // namespace icosa::cli
