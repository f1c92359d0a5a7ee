/// Joins reader, store and one watch.
#include "cli/own_run.hpp"

#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "app/engines.hpp"
#include "cli/as_of.hpp"
#include "cli/progress.hpp"
#include "cli/today.hpp"
#include "ingest/card_reader.hpp"
#include "ingest/edition.hpp"

namespace icosa::cli {

namespace fs = std::filesystem;

OwnFolder::OwnFolder(OwnFolder&& other) noexcept
    : path_(std::move(other.path_)), is_temporary_(std::exchange(other.is_temporary_, false)) {}

OwnFolder::~OwnFolder() {
    std::error_code error;
    if (is_temporary_) fs::remove_all(path_, error);
}

Result<OwnFolder> OwnFolder::temporary() {
    std::error_code error;
    std::string pattern = (fs::temp_directory_path(error) / "icosa-XXXXXX").string();
    if (error || !::mkdtemp(pattern.data()))
        return fail(Fault::Store, "unwritable", {pattern}, "no folder can be made here", "set TMPDIR to one that can");
    OwnFolder out;
    out.path_ = std::move(pattern);
    out.is_temporary_ = true;
    return out;
}

OwnFolder OwnFolder::kept(std::string path) {
    OwnFolder out;
    out.path_ = std::move(path);
    return out;
}

Result<store::Receipt> ingest_own(store::Store& store, const std::string& path, const pack::SourceCard& card,
                                  int threads, store::Editions editions) {
    ingest::ReadOptions how;
    how.today = today();
    const auto reader = TRY(ingest::FileReader::open(path, card, store.terms(), how));
    const auto edition = ingest::edition_of(card, path);
    const store::Incoming incoming{.path = path,
                                   .source = card.id,
                                   .bytes = reader->bytes(),
                                   .records = card.record,
                                   .has_identity = !card.identity.empty(),
                                   .card = card.id,
                                   .edition = edition.label,
                                   .edition_rank = edition.rank,
                                   .editions = editions,
                                   .may_be_complete = card.coverage.complete};
    Progress progress(path, reader->bytes() / 1'000'000, "MB");
    const auto close = [&]() -> Result<store::Outgoing> {
        ingest::Closing closing = TRY(reader->close());
        return store::Outgoing{.digest = std::move(closing.digest),
                               .rows = closing.rows,
                               .rejected = closing.rejected,
                               .rejects = std::move(closing.rejects),
                               .coverage = std::move(closing.coverage),
                               .vintage_day = closing.vintage_day};
    };
    return store.append(incoming, [&](model::Batch& out) { return reader->next(out); }, close, threads);
}

Result<OwnFinding> run_own(store::Store& store, const app::Packs& packs, const std::string& watch_id,
                           const std::string& as_of, const Common& common) {
    const pack::Watch& watch = *packs.find_watch(watch_id);
    const pack::SourceCard& card = *packs.find_card(watch.selection.from.front());
    OwnFinding out;
    const Moment moment = TRY(moment_of(store, packs, as_of, common.db));
    out.as_of = moment.as_of;
    if (as_of.empty()) {
        Day newest = no_day;  // of this source alone: a store may hold others
        for (const auto& file : TRY(store.files())) {
            if (file.source == card.id && file.newest_known_day > newest) newest = file.newest_known_day;
        }
        out.is_of_the_file = newest != no_day && out.as_of - newest > card.stale_after_days;
        if (out.is_of_the_file) out.as_of = newest;
    }
    const engine::Engine& engine = *app::find_engine(watch.engine);
    auto found =
        TRY(app::find(store, packs,
                      {out.as_of, [&](const pack::AreaPack&, const pack::Watch& one) { return one.id == watch.id; },
                       common.threads, app::Lines::Three, on_step(),
                       engine.needs(watch, packs.setting(out.as_of))}));  // its series are drawn afterwards
    if (engine.series) {
        if (auto series = engine.series(found.evidence, watch, packs.setting(out.as_of), ""))
            out.series = std::move(*series);
    }
    out.finding = std::move(found.results.front().finding);
    return out;
}

}  // namespace icosa::cli
