/// The command line: reads it, calls one command, turns the answer into an exit code.
#include <clocale>
#include <cstdio>
#include <functional>
#include <system_error>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "base/text.hpp"
#include "cli/commands.hpp"
#include "cli/exit_code.hpp"

namespace {

using namespace icosa;

void add_day(CLI::App& command, const char* flag, Day& day, const char* help) {
    command
        .add_option_function<std::string>(
            flag,
            [&day, flag](const std::string& text) {
                const auto parsed = parse_iso_day(text);
                if (!parsed)
                    throw CLI::ValidationError(flag, fmt::format("'{}' is not a day; write it as 2020-12-31", text));
                day = *parsed;
            },
            help)
        ->type_name("DAY");
}

/// `--half-window 3` and the like, which CLI11 leaves over: pairs of name and value.
std::vector<std::pair<std::string, std::string>> pairs_of(const std::vector<std::string>& rest) {
    std::vector<std::pair<std::string, std::string>> out;
    for (std::size_t i = 0; i < rest.size(); ++i) {
        std::string name = rest[i];
        if (!name.starts_with("--")) throw CLI::ExtrasError({name});
        name.erase(0, 2);
        if (const auto equals = name.find('='); equals != std::string::npos) {
            out.emplace_back(name.substr(0, equals), name.substr(equals + 1));
        } else if (i + 1 < rest.size() && (!rest[i + 1].starts_with("--"))) {
            out.emplace_back(name, rest[++i]);
        } else {
            out.emplace_back(name, "true");
        }
    }
    return out;
}

/// What is wrong with the words of the command line; `first` is the first of them.
Error bad_usage(const CLI::App& cli, const CLI::ParseError& error, const std::string& first) {
    const auto asked = cli.get_subcommands();
    if (!asked.empty())
        return {Fault::Usage,
                "bad-usage",
                {},
                error.what(),
                fmt::format("see `icosa {} --help`", asked.front()->get_name())};
    std::vector<std::string> names;
    for (const auto* command : cli.get_subcommands([](const CLI::App*) { return true; }))
        names.push_back(command->get_name());
    if (first.empty() || first.starts_with('-'))
        return {Fault::Usage,
                "bad-usage",
                {},
                first.empty() ? "no command is named" : error.what(),
                fmt::format("there are {}; see `icosa --help`", join(names, ", "))};
    const auto near = nearest(first, names);
    return {Fault::Usage,
            "unknown-command",
            {},
            fmt::format("no command '{}'", first),
            near ? fmt::format("did you mean '{}'?", *near) : fmt::format("there are {}", join(names, ", "))};
}

/// The command's answer, once all that it printed has gone out: a full disk behind standard output is an error, not a
/// short answer.
Result<int> written(const std::function<Result<int>()>& command) {
    const auto unwritable = [] {
        return fail(Fault::Store, "unwritable", {}, "standard output cannot be written",
                    "check the room on the disk, or what reads the pipe");
    };
    try {
        auto code = command();
        if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) return unwritable();
        return code;
    } catch (const std::system_error& error) {  // fmt::print throws where a write fails
        if (std::ferror(stdout) != 0) return unwritable();
        return fail(Fault::Store, "system", {}, error.what());
    }
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App cli{
        "Icosa: early warning and early response for international security, from open data.\n"
        "Every figure answers the question: from which line of which file?"};
    cli.name("icosa");
    cli.require_subcommand(1);
    cli.set_version_flag("--version", std::string("icosa ") + ICOSA_VERSION);

    cli::Common common;
    std::function<Result<int>()> chosen;
    const auto with_db = [&](CLI::App* command) {
        command->add_option("--db", common.db, "the database file")->capture_default_str();
    };
    const auto with_json = [&](CLI::App* command) {
        command->add_flag("--json", common.json, "only JSON on standard output");
    };
    const auto with_packs = [&](CLI::App* command) {
        command->add_option("--packs", common.packs, "a directory of packs instead of the shipped ones");
        command->add_option("--framework", common.framework, "another framework file");
    };
    const auto with_side_tables = [](CLI::App* command, table::SideTables& side) {
        command
            ->add_option("--neighbours", side.neighbours,
                         "CSV of pairs, columns unit,neighbour: which units are neighbours")
            ->type_name("FILE");
        command->add_option("--regions", side.regions, "CSV, columns unit,region")->type_name("FILE");
        command
            ->add_option("--covariates", side.covariates,
                         "CSV, columns unit,time and one a figure; times are years or months")
            ->type_name("FILE");
        command
            ->add_option(
                "--covariate-lag", side.covariate_lag,
                "months after its year or month at which a figure is known; 12 for years and 1 for months if not given")
            ->type_name("MONTHS")
            ->check(CLI::Range(0, 240));
    };
    const auto with_threads = [&](CLI::App* command) {
        command->add_option("--threads", common.threads, "threads; the result is the same for any number")
            ->check(CLI::Range(1, 256))
            ->capture_default_str();
    };

    cli::CheckOptions check;
    auto* check_command = cli.add_subcommand("check", "Read all packs and report every fault of every file");
    check_command->add_option("PACKS", common.packs, "a directory of packs; the shipped ones if none is named");
    check_command->add_option("--framework", common.framework, "another framework file");
    check_command->add_flag("--expects", check.expects,
                            "also run the packs' dated cases against --db (the starter data)");
    with_db(check_command);
    with_json(check_command);
    check_command->footer(
        "Examples:\n  icosa check\n  icosa check my-packs --framework my-packs/framework/new-agenda.toml\n  icosa "
        "check --expects --db starter.duckdb");
    check_command->callback([&] { chosen = [&] { return cli::check(common, check); }; });

    cli::IngestOptions ingest;
    auto* ingest_command =
        cli.add_subcommand("ingest", "Read files into the database: one transaction a file, every row accounted for");
    ingest_command->add_option("PATH", ingest.paths, "files, or directories with --recursive")->required();
    ingest_command->add_option("--source", ingest.source, "force this source card (packs/sources/ID.toml)");
    ingest_command->add_flag("--recursive", ingest.recursive, "read the files under directories");
    ingest_command->add_option(
        "--covers", ingest.covers,
        "what the files cover completely: FIRST..LAST[@place,place], or 'none'; overrides the card");
    add_day(*ingest_command, "--vintage", ingest.vintage, "the day of the files' edition");
    with_db(ingest_command);
    with_json(ingest_command);
    with_packs(ingest_command);
    with_threads(ingest_command);
    ingest_command->footer(
        "Examples:\n  icosa ingest ged251.csv RAW_ASAM.csv --db my.duckdb\n  icosa ingest downloads --recursive "
        "--json\n  icosa ingest syria.csv --source ucdp-ged --covers 2016-01-01..2019-12-31@syr");
    ingest_command->callback([&] { chosen = [&] { return cli::ingest(common, ingest); }; });

    auto* sources_command =
        cli.add_subcommand("sources", "What the database holds: rows, rejects, first and newest day, stale or not");
    with_db(sources_command);
    with_json(sources_command);
    with_packs(sources_command);
    sources_command->footer("Example:\n  icosa sources --db my.duckdb");
    sources_command->callback([&] { chosen = [&] { return cli::sources(common); }; });

    cli::RejectsOptions rejects;
    auto* rejects_command =
        cli.add_subcommand("rejects", "Rows that could not be read: file:line:column, field, text, cure");
    rejects_command->add_option("--source", rejects.source, "of this source only");
    rejects_command->add_option("--most", rejects.most, "at most so many; 0 = all")
        ->check(CLI::Range(std::int64_t{0}, std::int64_t{1'000'000'000}))
        ->capture_default_str();
    with_db(rejects_command);
    with_json(rejects_command);
    with_packs(rejects_command);
    rejects_command->footer("Example:\n  icosa rejects --db my.duckdb --source asam");
    rejects_command->callback([&] { chosen = [&] { return cli::rejects(common, rejects); }; });

    cli::RunOptions run;
    auto* run_command =
        cli.add_subcommand("run", "Run all watches and write the dossier: dossier.json, dossier.md, index.html");
    add_day(*run_command, "--as-of", run.as_of,
            "use nothing known later than this day; the newest known day if not given");
    run_command->add_option("--area", run.areas, "only these areas: number, section or short name");
    run_command->add_option("--out", run.out, "the folder to write to (icosa-out)");
    run_command->add_option("--fail-on", run.fail_on, "exit with 1 if a signal of this grade or a higher one is found")
        ->check(CLI::IsMember({"note", "watch", "warning"}));
    with_db(run_command);
    with_json(run_command);
    with_packs(run_command);
    with_threads(run_command);
    run_command->footer(
        "Examples:\n  icosa run --db my.duckdb --as-of 2020-12-31 --out dossier\n  icosa run --area 11 --area nuclear "
        "--json | jq '.areas[].state'\n  icosa run --fail-on warning");
    run_command->callback([&] { chosen = [&] { return cli::run(common, run); }; });

    cli::ExplainOptions explain;
    auto* explain_command = cli.add_subcommand(
        "explain", "The manual of an engine or method, what a watch asks, or a signal down to its source lines");
    explain_command->add_option("WHAT", explain.what, "ENGINE, METHOD, WATCH or SIGNAL-ID")->required();
    add_day(*explain_command, "--as-of", explain.as_of, "the day of the dossier that holds the signal");
    with_db(explain_command);
    with_json(explain_command);
    with_packs(explain_command);
    explain_command->footer(
        "Examples:\n  icosa explain event-surveillance\n  icosa explain ears-c2\n  icosa explain sea.incidents\n  "
        "icosa explain sea.incidents/gulf-of-guinea/2020-11 --as-of 2020-12-31");
    explain_command->callback([&] { chosen = [&] { return cli::explain(common, explain); }; });

    cli::ExportOptions exported;
    auto* export_command = cli.add_subcommand(
        "export",
        "Take figures out: the series of a watch, coded records for another store, which places are neighbours");
    export_command->add_option("WHAT", exported.what, "series | records | neighbours")
        ->required()
        ->check(CLI::IsMember({"series", "records", "neighbours"}));
    export_command->add_option("--watch", exported.watch, "series: of this watch");
    export_command->add_option("--source", exported.sources,
                               "records: of these sources; all that may be shared if none is named");
    export_command
        ->add_option("--format", exported.format, "series: csv, parquet or geojson; else by the ending of --out")
        ->check(CLI::IsMember({"csv", "parquet", "geojson"}));
    export_command->add_option("--measure", exported.measures, "records: observations of these measures only");
    export_command->add_option("--subject", exported.subjects, "records: only subjects that hold this text");
    export_command->add_option("--instrument", exported.instruments,
                               "records: acts of these instruments only; 'catalogue' for those that the packs name");
    export_command->add_flag("--sum-subjects", exported.sum_subjects,
                             "records: observations summed over their subjects");
    add_day(*export_command, "--since", exported.since, "records: none that begin earlier");
    export_command->add_option("--codes", exported.codes,
                               "neighbours: told in this system of codes (gw, iso3, ...) instead of place ids");
    export_command->add_flag("--narrow-seas", exported.narrow_seas, "neighbours: those across a narrow sea too");
    export_command
        ->add_option("--out", exported.out,
                     "series, neighbours: the file, standard output (CSV) if none; records: the folder")
        ->type_name("PATH");
    add_day(*export_command, "--as-of", exported.as_of, "use nothing known later than this day");
    with_db(export_command);
    with_json(export_command);
    with_packs(export_command);
    export_command->footer(
        "Examples:\n  icosa export series --watch sea.incidents --out incidents.parquet\n  icosa export series --watch "
        "sea.incidents --format geojson --out incidents.geojson\n  icosa export records --source asam --out "
        "data/starter\n  icosa export neighbours --as-of 2020-12-31 --codes gw --out pairs.csv");
    export_command->callback([&] { chosen = [&] { return cli::export_data(common, exported); }; });

    cli::ApplyOptions apply;
    auto* apply_command =
        cli.add_subcommand("apply", "One method on your own CSV: time, observed, expected, threshold, alarm, score");
    apply_command->add_option("METHOD", apply.method, "see `icosa explain METHOD` for its options")->required();
    apply_command->add_option("FILE", apply.file, "a CSV file with a header")->required();
    apply_command->add_option("--value", apply.value, "the column of values; the only numeric one if not named");
    apply_command->add_option("--time", apply.time, "the column of times; the first if not named");
    apply_command->add_option(
        "--deflator", apply.deflator,
        "a column of a price index, 100 in its base period: real values, 100 x value / index, are judged");
    apply_command->add_option("--season,--period", apply.season,
                              "periods a year; from the time column, or 52 where that is a number");
    apply_command->add_option("--roll-calls", apply.roll_calls,
                              "ideal-points, s-score, kappa: the file of roll calls beside that of ballots");
    apply_command->add_option("--out", apply.out, "the file to write; standard output if not named");
    with_json(apply_command);
    apply_command->allow_extras();
    apply_command->footer(
        "Examples:\n  icosa apply ears-c2 counts.csv --value cases --alpha 0.01\n  icosa apply robust-deviation "
        "prices.csv --time month --value price --out alarms.csv\n  icosa apply ipa prices.csv --value price --deflator "
        "cpi\n  icosa apply ideal-points un_votes.csv --roll-calls un_roll_calls.csv --out points.csv");
    apply_command->callback([&] {
        apply.options = pairs_of(apply_command->remaining());
        chosen = [&] { return cli::apply(common, apply); };
    });

    cli::ForecastOptions forecast;
    auto* forecast_command = cli.add_subcommand(
        "forecast", "The distribution of each unit's count in coming months, from your own table of counts");
    forecast_command
        ->add_option("--panel", forecast.panel, "CSV or Parquet: a row a unit and month, 0 where nothing happened")
        ->required();
    forecast_command->add_flag("--sparse", forecast.sparse,
                               "rows are events, or the months in which something happened: rows of one unit and month "
                               "are added up, and a month without a row is zero from the file's first month to its "
                               "last. You say with this that the file is complete");
    forecast_command
        ->add_option("--cells", forecast.cells,
                     "with --sparse: a table of all units to forecast (column priogrid_gid, pg_id or unit; country_id "
                     "if known); without it those in the file")
        ->type_name("FILE");
    forecast_command->add_option("--unit", forecast.unit, "its column of units")->required();
    forecast_command
        ->add_option("--time", forecast.time,
                     "its column of months: 2017-10, a day, or 454 as the prediction challenge numbers them")
        ->capture_default_str();
    forecast_command->add_option("--value", forecast.value, "its column of counts")->required();
    forecast_command->add_option("--origin", forecast.origin, "the last month that is used")
        ->type_name("MONTH")
        ->required();
    forecast_command->add_option("--first", forecast.first, "the first month forecast")->type_name("MONTH")->required();
    forecast_command->add_option("--last", forecast.last, "the last month forecast")->type_name("MONTH")->required();
    forecast_command->add_option("--model", forecast.model, "one of those below")->capture_default_str();
    forecast_command->add_option("--draws", forecast.draws, "draws a unit and month")
        ->check(CLI::Range(10, 100000))
        ->capture_default_str();
    forecast_command->add_option("--seed", forecast.seed, "the order of the draws; same seed, same bytes")
        ->check([](const std::string& text) {
            return text.starts_with('-') ? fmt::format("{} is less than 0", text) : std::string();
        })
        ->capture_default_str();
    forecast_command
        ->add_option("--out", forecast.out,
                     "the file of draws, .csv or .parquet; without it a table on standard output")
        ->type_name("FILE");
    forecast_command
        ->add_option("--crossing", forecast.crossing,
                     "also the probability of crossing this count in a month (25), with its base rate and interval")
        ->check(CLI::Range(1.0, 1e9))
        ->type_name("COUNT");
    forecast_command->add_flag("--sketch", forecast.sketch,
                               "draws as sketches, a row a unit and month: counts to 128 exact, larger ones within "
                               "1/128; so too where --out ends in .sketch.parquet or .sketch.csv");
    forecast_command->add_flag("--challenge", forecast.challenge,
                               "columns month_id, country_id or priogrid_gid, draw, outcome");
    with_side_tables(forecast_command, forecast.side);
    with_packs(forecast_command);
    with_json(forecast_command);
    with_threads(forecast_command);
    forecast_command->footer(cli::forecast_manual() + "\nExamples:\n  icosa forecast --panel deaths.csv --unit country --value best --origin 2020-10 --first 2021-01 --last 2021-12 --out draws.parquet\n"
                             "  icosa forecast --panel deaths.csv --unit country --value best --origin 2020-10 --first 2020-11 --last 2021-01 --json | jq '.analogues'\n"
                             "  icosa forecast --panel deaths.csv --unit country --value best --origin 2020-10 --first 2020-11 --last 2021-01 --model hurdle --neighbours borders.csv --covariates gdp.csv\n"
                             "  icosa forecast --panel ged.csv --unit priogrid_gid --time date_start --value best --sparse --cells cells.csv --model cells --origin 2020-10 --first 2021-01 --last 2023-12 --out grid.sketch.parquet\n"
                             "  icosa forecast --panel cm.parquet --unit country_id --time month_id --value ged_sb --origin 490 --first 493 --last 504 --challenge --out draws.csv");
    forecast_command->callback([&] { chosen = [&] { return cli::forecast(common, forecast); }; });

    cli::ScoreOptions score;
    auto* score_command =
        cli.add_subcommand("score", "How far draws were from what came: CRPS, ignorance, interval score, coverage");
    score_command
        ->add_option("--draws", score.draws,
                     "CSV or Parquet: time, unit, draw, outcome; the outcome is the column of that name, else the "
                     "last; or time, unit, sketch")
        ->required();
    score_command->add_option("--actuals", score.actuals, "CSV or Parquet: time, unit, value")->required();
    score_command->add_option("--time", score.time,
                              "the column of times in both files; if not named, month or month_id, else the first");
    score_command->add_option(
        "--unit", score.unit,
        "the column of units in both files; if not named, unit, country_id or priogrid_gid, else the second");
    score_command->add_option("--value", score.value,
                              "the column of what came in the actuals; if not named, outcome, else the third");
    score_command->add_flag("--sparse", score.sparse,
                            "the actuals are events: rows of one unit and month are added up, and what has none within "
                            "the file's months was 0");
    with_json(score_command);
    with_threads(score_command);
    score_command->footer(
        "Examples:\n  icosa score --draws draws.csv --actuals 2018.csv --json\n  icosa score --draws draws.parquet "
        "--actuals cm.parquet --time month_id --unit country_id --value ged_sb\n  icosa score --draws "
        "grid.sketch.parquet --actuals ged.csv --sparse --unit priogrid_gid --time date_start --value best");
    score_command->callback([&] { chosen = [&] { return cli::score(common, score); }; });

    cli::BacktestOptions backtest;
    auto* backtest_command = cli.add_subcommand(
        "backtest", "Each year forecast from October of the year before, scored: a row a model and window");
    backtest_command
        ->add_option("--panel", backtest.panel, "CSV or Parquet: a row a unit and month, 0 where nothing happened")
        ->required();
    backtest_command->add_option("--windows", backtest.windows, "years, 2018:2020 or one")->required();
    backtest_command->add_option("--model", backtest.models, "these models; all if none is named");
    backtest_command->add_option("--time", backtest.time, "the column of months; the first if not named");
    backtest_command->add_option("--unit", backtest.unit, "the column of units; the second if not named");
    backtest_command->add_option("--value", backtest.value, "the column of counts; the third if not named");
    backtest_command->add_option("--draws", backtest.draws, "draws a unit and month")
        ->check(CLI::Range(10, 100000))
        ->capture_default_str();
    backtest_command
        ->add_option("--crossing", backtest.crossing,
                     "score probabilities of crossing this count in a month (25): onset, escalation, de-escalation, "
                     "beside base rates")
        ->check(CLI::Range(1.0, 1e9))
        ->type_name("COUNT");
    with_side_tables(backtest_command, backtest.side);
    with_json(backtest_command);
    with_threads(backtest_command);
    backtest_command->footer(
        "Examples:\n  icosa backtest --panel deaths.csv --windows 2005:2020 --model stack --model conflictology\n  "
        "icosa backtest --panel deaths.csv --windows 2018:2020 --json | jq 'select(.model == \"stack\") | .crps'\n  "
        "icosa backtest --panel deaths.csv --windows 2005:2020 --model stack --crossing 25");
    backtest_command->callback([&] { chosen = [&] { return cli::backtest(common, backtest); }; });

    try {
        cli.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() == 0) return cli.exit(error);  // --help, --version
        fmt::print(stderr, "{}\n", render(bad_usage(cli, error, argc > 1 ? argv[1] : "")));
        return cli::exit_usage;
    }
    const auto code = written(chosen);
    if (code) return *code;
    fmt::print(stderr, "{}\n", render(code.error()));
    return cli::exit_code_of(code.error());
}
