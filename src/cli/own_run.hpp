/// A user's file into a store, and its one watch run on it: what `icosa watch` does between guessing and telling.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/pipeline.hpp"
#include "cli/command.hpp"
#include "draft/own_watch.hpp"
#include "store/store.hpp"

namespace icosa::cli {

/// A folder with the drafted card, watch and words: the one that --save names, or one that goes with this value.
class OwnFolder {
public:
    OwnFolder() = default;
    OwnFolder(const OwnFolder&) = delete;
    OwnFolder& operator=(const OwnFolder&) = delete;
    OwnFolder(OwnFolder&& other) noexcept;
    OwnFolder& operator=(OwnFolder&&) = delete;
    ~OwnFolder();
    /// err   Store: unwritable
    [[nodiscard]] static Result<OwnFolder> temporary();
    [[nodiscard]] static OwnFolder kept(std::string path);
    [[nodiscard]] const std::string& path() const { return path_; }

private:
    std::string path_;
    bool is_temporary_ = false;
};

/// One file by one card; `editions`: what it is to earlier files. err   those of FileReader and append
[[nodiscard]] Result<store::Receipt> ingest_own(store::Store& store, const std::string& path,
                                                const pack::SourceCard& card, int threads,
                                                store::Editions editions = store::Editions::Replace);

struct OwnFinding {
    Day as_of = no_day;
    bool is_of_the_file = false;  ///< as_of is the file's own end, since today is long after it
    model::WatchFinding finding;
    std::vector<model::JudgedSeries> series;  ///< of all units
};

/// The watch as of a day ("today", "newest", a day; "" = today, or the file's end where that is older than the source
/// may be).
[[nodiscard]] Result<OwnFinding> run_own(store::Store& store, const app::Packs& packs, const std::string& watch_id,
                                         const std::string& as_of, const Common& common);

}  // namespace icosa::cli
