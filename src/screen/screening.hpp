/// Screening: who of a list may be meant by a name, with the reason, and what speaks against it.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "methods/names/compare.hpp"
#include "methods/names/search.hpp"
#include "model/designee.hpp"
#include "screen/identifiers.hpp"

namespace icosa::screen {

using methods::names::Verdict;

/// For people: "possible match, for human review", "insufficient information", "no match".
[[nodiscard]] std::string_view verdict_words(Verdict verdict);

/// An entry of a list that may be meant.
struct Found {
    std::int32_t designee = 0;    ///< number in the lists that are screened against
    std::string matched_name;     ///< as the list has it
    bool is_weak_alias = false;   ///< the list itself says that this name does not identify
    double score = 0;             ///< probability, 0 to 1
    Verdict verdict = Verdict::No;
    std::string words;            ///< which word met which
    IdentifierCheck identifiers;
    double by_chance = 0;         ///< entries of these lists that the words which met would fit by chance
};

struct Answer {
    Verdict verdict = Verdict::No;  ///< the best of its finds
    std::vector<Found> found;       ///< best first, only what is at least unsure
    std::string note;               ///< why nothing can be said, or that the name was cut; "" = nothing to note
};

/// Lists that are screened against, indexed once.
///
///     match   from 0.65, and the name that met is no weak alias, or an identifier agrees
///     unsure  from 0.35; what matches by its name although birth differs, or is
///             the same word for word though it says little; and any name without a word to go by
///     by_chance = n * product over the words that met of the share of entries with such a word, to the power of
///     likeness
///
/// err   none: a name of any bytes gets an answer
/// cost  index: some 0.2 s for 35,000 names; a name: some 30 us
class Screening {
public:
    explicit Screening(std::vector<model::Designee> lists, int threads = 2);
    Screening(const Screening&) = delete;
    Screening& operator=(const Screening&) = delete;

    [[nodiscard]] const std::vector<model::Designee>& lists() const { return lists_; }
    [[nodiscard]] std::size_t names() const { return index_.names().size(); }

    /// One name. most: how many entries are told
    [[nodiscard]] Answer of(const Asked& asked, std::size_t most = 10) const;

    /// All, in their order; the same of any number of threads. done, if given, is called with how many are done, by one
    /// thread at a time.
    [[nodiscard]] std::vector<Answer> of_all(std::span<const Asked> asked, std::size_t most, int threads,
                                             const std::function<void(std::int64_t)>& done = {}) const;

private:
    struct Origin {
        std::int32_t designee;
        std::int32_t name;
    };
    class Searcher;

    std::vector<model::Designee> lists_;
    std::vector<Origin> origins_;  ///< of each name of the index
    methods::names::NameIndex index_;
    mutable methods::names::NearWords near_{index_};  ///< locks for itself
};

}  // namespace icosa::screen
