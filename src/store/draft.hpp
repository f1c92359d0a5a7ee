/// A file on its way into the store: what is known of it so far.
#pragma once

#include <atomic>
#include <string_view>
#include <vector>

#include "store/columns.hpp"
#include "store/duckdb_store.hpp"

namespace icosa::store {

struct DuckdbStore::Draft {
    Draft(const Incoming& incoming, const Pull& pulls, const Close& closes, int workers)
        : file(incoming), pull(pulls), close(closes), threads(workers) {}
    const Incoming& file;
    Pull pull;
    const Close& close;
    int threads;
    std::int32_t id = 0;
    bool has_earlier = false;  ///< files of this source with identities are there
    Pulled seen;
    Outgoing out;
    std::int64_t records = 0;  ///< that are in the table
    std::int64_t known = 0;    ///< rows left out
    std::int64_t revised = 0;
    std::int64_t superseded = 0;  ///< rows of earlier files that no longer count
    bool by_order = false;        ///< only the order of ingest tells which file is newer
    std::int32_t same_as = 0;  ///< the earlier file with the same bytes, or the same rows in other bytes
    std::string like;          ///< its path, where the bytes differ
    bool ahead = false;        ///< all of it was read into `held`
    std::vector<model::Batch> held;
    std::atomic<std::size_t> given = 0;  ///< batches of `held`

    [[nodiscard]] std::string_view card() const { return file.card.empty() ? file.source : file.card; }
    [[nodiscard]] std::string_view table() const { return table_of(file.records); }
    template <class Use> void for_each_identity(Use use) const {
        with_record(file.records, [&](const auto* tag) {
            for (const auto& batch : held) {
                for (const auto& record : records_of(batch, tag)) use(record.identity);
            }
        });
    }
};

}  // namespace icosa::store
