/// Hand-made files for the store's tests.
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "base/hash.hpp"
#include "folder.hpp"
#include "store/store.hpp"

// A Select names only what its test is about; the rest stays at its default on purpose.
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"

namespace icosa::store {

using namespace model;

/// A file as a reader would hand it over: batches, and what is known at the end.
struct Made {
    Incoming in;
    Outgoing out;
    std::vector<Batch> batches;

    Made(std::string path, std::string source, RecordKind kind = RecordKind::Event) {
        in.path = std::move(path);
        in.source = std::move(source);
        in.records = kind;
        in.bytes = static_cast<std::int64_t>(in.path.size());
        out.digest = in.path;
    }
    template <class Record> Record& add(std::vector<Record> Batch::* list, Record record, std::size_t per_batch = 100) {
        if (batches.empty() || (batches.back().*list).size() >= per_batch) batches.emplace_back();
        auto& records = batches.back().*list;
        if (record.line == 0) record.line = static_cast<std::int32_t>(++out.rows);
        records.push_back(record);
        return records.back();
    }
    Event& event(Event record) { return add(&Batch::events, record); }
};

inline Result<Receipt> append(Store& store, const Made& made, int threads = 1) {
    std::atomic<std::size_t> next = 0;
    return store.append(
        made.in,
        [&](Batch& out) -> Result<bool> {
            const std::size_t index = next++;
            if (index >= made.batches.size()) return false;
            out = made.batches[index];
            return true;
        },
        [&]() -> Result<Outgoing> { return made.out; }, threads);
}

inline std::unique_ptr<Store> memory_store(int threads = 1) {
    auto store = open_duckdb(":memory:", Access::ReadWrite, threads);
    if (!store) throw std::runtime_error(render(store.error()));
    return std::move(*store);
}

/// The value of a result, or a failed test that says why.
template <class T> T must(Result<T> result) {
    if (!result) throw std::runtime_error(render(result.error()));
    if constexpr (!std::is_void_v<T>) return std::move(*result);
}

inline Day d(int year, int month, int day) { return day_of(year, month, day); }
inline constexpr Day always = last_possible_day;

}  // namespace icosa::store
