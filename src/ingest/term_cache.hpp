/// Texts of a column that were turned into terms already.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/term.hpp"

namespace icosa::ingest {

/// From the text of a cell to a term, remembered. Forgets all when it has grown large, so memory is bounded.
class TermCache {
public:
    static constexpr model::TermId unknown = -1;   ///< not in the cache
    static constexpr model::TermId refused = -2;   ///< a text that the card's lookup does not have

    [[nodiscard]] model::TermId find(std::string_view text) const;
    /// text: one that find() does not know.
    void put(std::string_view text, model::TermId term);

private:
    /// A text of up to eight bytes, as most codes are, is its own key with its size beside it; a longer one has its
    /// hash for a key and stands in longer_. Sixteen bytes, so that the tables of a card's codes stay in the nearest
    /// cache together.
    struct Entry {
        std::uint64_t key = 0;
        std::uint32_t text = 0;  ///< the size, or beyond short_text the index in longer_
        model::TermId term = unknown;
    };
    static constexpr std::uint32_t short_text = 8;
    static std::uint64_t key_of(std::string_view text);
    [[nodiscard]] bool is(const Entry& entry, std::uint64_t key, std::string_view text) const {
        if (entry.key != key) return false;
        return text.size() <= short_text ? entry.text == text.size()
                                         : entry.text > short_text && longer_[entry.text - short_text - 1] == text;
    }
    [[nodiscard]] std::size_t slot_of(std::uint64_t key) const {
        return static_cast<std::size_t>(key * 0x9E3779B97F4A7C15u >> 32) & (entries_.size() - 1);
    }
    void place(const Entry& entry);

    std::vector<Entry> entries_ = std::vector<Entry>(256);
    std::vector<std::string> longer_;
    std::size_t longer_bytes_ = 0;
    std::size_t used_ = 0;
};

}  // namespace icosa::ingest
