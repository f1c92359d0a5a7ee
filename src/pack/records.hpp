/// Records: how often each kind of signal of a watch was followed by what it warns of, year by year; packs/records, as
/// `icosa backtest --watches --write` makes them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/findings.hpp"
#include "pack/toml.hpp"

namespace icosa::pack {

/// Episodes of one kind that began in a year.
struct KindCount {
    model::Change change = model::Change::None;
    model::Size size = model::Size::Small;
    int year = 0;
    int signals = 0;
    int followed = 0;
};

/// Unit-months of a year in which the watch gave no signal.
struct BaseCount {
    int year = 0;
    int units = 0;
    int followed = 0;
};

struct WatchRecord {
    std::string watch;
    std::string outcome;
    int months = 0;        ///< that the outcome looks ahead
    std::string first, last;  ///< past days, as months: "2000-01"
    std::string digest;    ///< of the watch's and the outcome's definition
    std::vector<BaseCount> base;
    std::vector<KindCount> kinds;
    Where where;
};

struct Records {
    Day made = no_day;
    std::string data;  ///< digest of the files in the store
    std::vector<WatchRecord> all;

    [[nodiscard]] const WatchRecord* find(std::string_view watch) const;
    void add(Records more);
};

/// One file of packs/records.
[[nodiscard]] Records parse_records(const Node& file, Diagnostics& faults);
[[nodiscard]] std::string records_text(const Records& records);

}  // namespace icosa::pack
