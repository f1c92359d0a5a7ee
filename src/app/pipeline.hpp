/// The stages joined: store, harmonise, detect; as one call for all watches or some.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "app/packs.hpp"
#include "model/evidence.hpp"
#include "model/findings.hpp"
#include "store/store.hpp"

namespace icosa::app {

/// A store whose code and place tables belong to these packs. Read-only when the file or its folder cannot be written,
/// and then only if the packs have not changed since.
[[nodiscard]] Result<std::unique_ptr<store::Store>> open_for_reading(const std::string& db, const Packs& packs);

/// The day a run is as of: the one asked for, else the newest known day in the store. Where a card says on which day
/// its whole periods end, rows of a period that goes on do not count: a row of 2026 in a file of May 2026 does not make
/// it January 2027.
[[nodiscard]] Result<Day> as_of_or_newest(store::Store& store, const Packs& packs, Day asked, const std::string& db);

struct WatchResult {
    const pack::AreaPack* page = nullptr;
    const pack::Watch* watch = nullptr;
    model::WatchFinding finding;
};

struct Findings {
    model::Evidence evidence;
    std::vector<WatchResult> results;  ///< in order of pages and watches
    std::vector<model::WatchFinding> beside;  ///< of watches not asked for, of which one that is asked for tells
};

/// How many source lines a signal names: what a dossier shows, or what there is.
/// With three, the evidence of the watches is let go as soon as they have run; the rest keeps it.
enum class Lines { Three, AsTheEngineGives };

/// Called while work goes on: what is being done ("asking the store"), how many of how many, of what ("questions").
using OnStep = std::function<void(std::string_view doing, std::int64_t done, std::int64_t of, std::string_view unit)>;

/// What a run is asked for.
struct Asked {
    Day as_of = no_day;
    std::function<bool(const pack::AreaPack&, const pack::Watch&)> wanted;
    int threads = 1;
    Lines lines = Lines::Three;
    OnStep on_step;  ///< may be empty
    std::vector<model::Select> beside = {};  ///< asked of the store for what is not a watch
};

/// Runs the watches that are wanted, as of a day, with lineage behind each signal.
[[nodiscard]] Result<Findings> find(store::Store& store, const Packs& packs, const Asked& asked);

}  // namespace icosa::app
