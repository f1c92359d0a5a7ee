/// An open-addressed table of short texts.
#include "ingest/term_cache.hpp"

#include <cstring>
#include <utility>

#include "base/hash.hpp"

namespace icosa::ingest {
namespace {

constexpr std::size_t cache_limit = 1u << 15;

}  // namespace

/// Texts of up to eight bytes and of one size have one key only when they are equal.
std::uint64_t TermCache::key_of(std::string_view text) {
    const std::size_t size = text.size();
    const auto byte = [&](std::size_t i) { return static_cast<std::uint64_t>(static_cast<unsigned char>(text[i])); };
    if (size > short_text) return hash64(text);
    if (size >= 4) {
        std::uint32_t head = 0, tail = 0;
        std::memcpy(&head, text.data(), 4);
        std::memcpy(&tail, text.data() + size - 4, 4);
        return std::uint64_t{tail} << 32 | head;
    }
    return size == 0 ? 0 : byte(0) | byte(size / 2) << 8 | byte(size - 1) << 16;
}

model::TermId TermCache::find(std::string_view text) const {
    const std::uint64_t key = key_of(text);
    const std::size_t mask = entries_.size() - 1;
    for (std::size_t i = slot_of(key);; i = (i + 1) & mask) {
        const Entry& entry = entries_[i];
        if (entry.term == unknown || is(entry, key, text)) return entry.term;
    }
}

void TermCache::put(std::string_view text, model::TermId term) {
    if (used_ >= cache_limit || longer_bytes_ > (8u << 20)) *this = {};
    if (used_ * 2 >= entries_.size()) {
        const std::vector<Entry> smaller = std::exchange(entries_, std::vector<Entry>(entries_.size() * 2));
        for (const Entry& entry : smaller) {
            if (entry.term != unknown) place(entry);
        }
    }
    std::size_t size = text.size();
    if (size > short_text) {
        longer_.emplace_back(text);
        longer_bytes_ += size;
        size = short_text + longer_.size();
    }
    place({key_of(text), static_cast<std::uint32_t>(size), term});
    ++used_;
}

void TermCache::place(const Entry& entry) {
    const std::size_t mask = entries_.size() - 1;
    std::size_t i = slot_of(entry.key);
    while (entries_[i].term != unknown) i = (i + 1) & mask;
    entries_[i] = entry;
}

}  // namespace icosa::ingest
