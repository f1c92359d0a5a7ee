/// The commands: what each takes, as plain structs; main.cpp fills them from the command line.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/date.hpp"
#include "base/result.hpp"
#include "table/side_tables.hpp"

namespace icosa::cli {

/// What all commands share.
struct Common {
    std::string packs;       ///< directory; "" = the shipped ones
    std::string framework;   ///< file; "" = packs/framework/gsi.toml
    std::string db = "icosa.duckdb";
    bool json = false;
    int threads = 2;
};

struct CheckOptions {
    bool expects = false;    ///< also run the dated [[expect]] cases against --db
};

struct IngestOptions {
    std::vector<std::string> paths;
    std::string source;      ///< forces a card
    bool recursive = false;
    std::string covers;      ///< "FIRST..LAST", "none", "FIRST..LAST@place,place": overrides the card's coverage
    Day vintage = no_day;
};

struct RunOptions {
    Day as_of = no_day;      ///< no_day = the newest known day of the store
    std::vector<std::string> areas;  ///< numbers, section ids or slugs; empty = all
    std::string out;         ///< directory; "" = icosa-out
    std::string fail_on;     ///< "", "note", "watch", "warning"
};

struct ExplainOptions {
    std::string what;
    Day as_of = no_day;
};

struct ExportOptions {
    std::string what;        ///< "series", "records" or "neighbours"
    std::string watch;
    std::vector<std::string> sources;
    std::string format;      ///< csv, parquet, geojson; "" = by the file's ending
    std::string out;
    std::vector<std::string> measures;  ///< records: of these measures only
    std::vector<std::string> subjects;  ///< records: subjects that hold one of these texts
    std::vector<std::string>
        instruments;  ///< records: acts of these instruments only; "catalogue" = those that the packs name
    bool sum_subjects = false;       ///< records: observations summed over their subjects
    Day since = no_day;              ///< records: none that begin earlier
    std::string codes;               ///< neighbours: a system of codes; "" = the places' own ids
    bool narrow_seas = false;        ///< neighbours: those across a narrow sea too
    Day as_of = no_day;
};

struct ApplyOptions {
    std::string method;
    std::string file;
    std::string value;
    std::string time;
    std::string deflator;    ///< column; "" = none
    std::string roll_calls;  ///< file, for the methods that take ballots
    std::string out;
    int season = 0;          ///< 0 = from the time column
    std::vector<std::pair<std::string, std::string>> options;
};

struct ForecastOptions {
    std::string panel;       ///< a table of unit, month, count
    std::string unit;
    std::string time = "month";
    std::string value;
    std::string origin;      ///< months as app::parse_month reads them
    std::string first;
    std::string last;
    std::string model = "stack";
    int draws = 1000;
    std::uint64_t seed = 1;
    std::string out;         ///< draws: .csv or .parquet; "" = none
    bool sparse = false;     ///< rows are events: added up by unit and month, all other months zero
    std::string cells;       ///< sparse: a table of the units to forecast; "" = those of the panel
    bool sketch = false;  ///< draws as sketches, as an `out` that ends in .sketch.csv or .sketch.parquet has them too
    bool challenge = false;  ///< the prediction challenge's names of columns
    double crossing = 0;  ///< a threshold: probabilities of crossing it too; 0 = not asked
    table::SideTables side;
};

struct ScoreOptions {
    std::string draws;
    std::string actuals;
    std::string time;  ///< columns by name in both files; "" = the first
    std::string unit;  ///< "" = the second
    std::string value;  ///< of the actuals; "" = the third
    bool sparse = false;  ///< the actuals are events: added up by unit and month, all other months of the file zero
};

struct BacktestOptions {
    std::string panel;
    std::string unit;  ///< "" = the second column
    std::string time;  ///< "" = the first
    std::string value;  ///< "" = the third
    std::string windows;  ///< "2018:2020" or "2018"
    std::vector<std::string> models;  ///< empty = all, but for one that needs a table which is not given
    table::SideTables side;
    int draws = 1000;
    double crossing = 0;  ///< a threshold: probabilities of crossing it are scored instead; 0 = not asked
};

struct RejectsOptions {
    std::string source;
    std::int64_t most = 0;  ///< 0 = all
};

/// Each returns an exit code, having printed what it had to print; an error is printed by main.
[[nodiscard]] Result<int> check(const Common&, const CheckOptions&);
[[nodiscard]] Result<int> ingest(const Common&, const IngestOptions&);
[[nodiscard]] Result<int> sources(const Common&);
[[nodiscard]] Result<int> rejects(const Common&, const RejectsOptions&);
[[nodiscard]] Result<int> run(const Common&, const RunOptions&);
[[nodiscard]] Result<int> explain(const Common&, const ExplainOptions&);
[[nodiscard]] Result<int> export_data(const Common&, const ExportOptions&);
[[nodiscard]] Result<int> export_neighbours(const Common&,
                                            const ExportOptions&);  ///< pairs of places, for `forecast --neighbours`
[[nodiscard]] Result<int> apply(const Common&, const ApplyOptions&);
[[nodiscard]] Result<int> forecast(const Common&, const ForecastOptions&);
[[nodiscard]] std::string forecast_manual();  ///< the models, a line each
[[nodiscard]] Result<int> score(const Common&, const ScoreOptions&);
[[nodiscard]] Result<int> backtest(const Common&, const BacktestOptions&);

}  // namespace icosa::cli
