/// Gathered by slices of the table, so that no answer is large.
#include "store/known_identities.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "store/columns.hpp"

namespace icosa::store {
namespace {

constexpr std::int64_t slice_rows = 2'000'000;

std::uint32_t next_32(std::uint64_t identity) { return static_cast<std::uint32_t>(identity >> 16); }

}  // namespace

void KnownIdentities::add(std::uint64_t identity) {
    parts_[identity >> 48].push_back(next_32(identity));
    ++size_;
}

bool KnownIdentities::may_have(std::uint64_t identity) const {
    const auto& part = parts_[identity >> 48];
    return std::find(part.begin(), part.end(), next_32(identity)) != part.end();
}

Result<bool> KnownIdentities::ready_for(duck::Connection& connection, model::RecordKind kind,
                                        const std::string& source) {
    const std::string of = fmt::format("{} {}", table_of(kind), source);
    if (of_ != of) {
        forget();
        of_ = of;
        return false;
    }
    if (parts_.empty()) {
        const auto records = TRY(connection.count("SELECT coalesce(sum(records), 0)::BIGINT FROM file WHERE source = ?",
                                                  {std::string_view(source)}));
        if (records > limit) return false;
        TRY(gather(connection, kind, source));
    }
    if (size_ <= limit) return true;
    parts_.clear();
    return false;
}

Result<void> KnownIdentities::gather(duck::Connection& connection, model::RecordKind kind, const std::string& source) {
    parts_.resize(1u << 16);
    size_ = 0;
    const auto end = TRY(connection.count(fmt::format("SELECT coalesce(max(rowid) + 1, 0) FROM {}", table_of(kind))));
    for (std::int64_t begin = 0; begin < end; begin += slice_rows) {
        auto rows =
            TRY(connection.query(fmt::format("SELECT e.identity FROM {} e JOIN file f ON f.id = e.file WHERE f.source "
                                             "= {} AND e.rowid >= {} AND e.rowid < {}",
                                             table_of(kind), duck::quoted(source), begin, begin + slice_rows)));
        while (rows.next()) add(static_cast<std::uint64_t>(rows.integer(0)));
    }
    return {};
}

}  // namespace icosa::store
