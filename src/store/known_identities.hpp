/// The identities that the store has of one source, to 48 bits, while small files of it come one after another: most
/// are all new, and then no table needs asking.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "model/record.hpp"
#include "store/duck.hpp"

namespace icosa::store {

/// Four bytes and a little an identity; a scan of the store's identities for each file is what it saves.
class KnownIdentities {
public:
    static constexpr std::int64_t limit = 30'000'000;  ///< of a larger source nothing is remembered

    /// Readies it for another file of the source: false for the first one in turn (a single file is not worth the
    /// trouble) and for a source that is too large; then the tables must be asked.
    [[nodiscard]] Result<bool> ready_for(duck::Connection& connection, model::RecordKind kind,
                                         const std::string& source);
    /// After a file that add() was not told of.
    void forget() { *this = {}; }

    void add(std::uint64_t identity);
    /// False is sure; true is wrong once in some ten million times.
    [[nodiscard]] bool may_have(std::uint64_t identity) const;

private:
    [[nodiscard]] Result<void> gather(duck::Connection& connection, model::RecordKind kind, const std::string& source);

    std::string of_;  ///< the table and source of the last file
    std::vector<std::vector<std::uint32_t>>
        parts_;  ///< by the first 16 bits the next 32; empty until they are gathered
    std::int64_t size_ = 0;
};

}  // namespace icosa::store
