/// Terms: short strings of the sources (codes, kinds, names) kept once and meant by a number.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace icosa::model {

/// The number of a term; 0 = absent. Two terms are equal when their system and text are.
using TermId = std::int32_t;
inline constexpr TermId no_term = 0;

struct Term {
    std::string system;  ///< what kind of code: "iso3", "cameo", "kind", "measure", "untc", ...
    std::string text;    ///< as the source writes it, UTF-8
};

/// All terms of a store. Ids grow from 1 in order of first use and never change. Safe to use from several threads; a
/// thread that asks often keeps its own cache (ids are stable).
class TermTable {
public:
    TermId id_of(std::string_view system, std::string_view text) {
        const std::string key = key_of(system, text);
        {
            const std::shared_lock lock(mutex_);
            if (const auto found = ids_.find(key); found != ids_.end()) return found->second;
        }
        const std::unique_lock lock(mutex_);
        if (const auto found = ids_.find(key); found != ids_.end()) return found->second;
        terms_.push_back({std::string(system), std::string(text)});
        const auto id = static_cast<TermId>(terms_.size());
        ids_.emplace(key, id);
        return id;
    }
    [[nodiscard]] std::optional<TermId> find(std::string_view system, std::string_view text) const {
        const std::shared_lock lock(mutex_);
        const auto found = ids_.find(key_of(system, text));
        return found == ids_.end() ? std::nullopt : std::optional(found->second);
    }
    /// id must be one that this table gave.
    [[nodiscard]] const Term& at(TermId id) const {
        const std::shared_lock lock(mutex_);
        return terms_[static_cast<std::size_t>(id - 1)];
    }
    [[nodiscard]] TermId size() const {
        const std::shared_lock lock(mutex_);
        return static_cast<TermId>(terms_.size());
    }

private:
    static std::string key_of(std::string_view system, std::string_view text) {
        std::string key;
        key.reserve(system.size() + text.size() + 1);
        key += system;
        key += '\x1f';
        key += text;
        return key;
    }
    mutable std::shared_mutex mutex_;
    std::deque<Term> terms_;
    std::unordered_map<std::string, TermId> ids_;
};

}  // namespace icosa::model
