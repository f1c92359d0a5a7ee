/// Tries sets of columns, small ones first.
#include "draft/identity_guess.hpp"

#include <algorithm>
#include <unordered_set>

#include "base/hash.hpp"
#include "base/text.hpp"
#include "draft/name_hint.hpp"

namespace icosa::draft {
namespace {

constexpr std::size_t most_candidates = 12;  ///< beyond it sets of three are too many to try

bool holds(const std::vector<int>& columns, int column) { return std::ranges::find(columns, column) != columns.end(); }

bool is_named_id(const std::string& name) {
    const std::string folded = fold(name);
    const auto words = split(folded, ' ');
    return std::ranges::any_of(words, [](std::string_view word) {
        return word == "id" || word == "ref" || word == "reference" || word == "uuid" || word == "numero"
            || word == "no" || word == "key";
    });
}

/// `with` and the first of the candidates' sets of this size that parts the rows.
std::vector<int> with_so_many(const Look& look, const std::vector<int>& with, const std::vector<int>& candidates,
                              std::size_t size, std::size_t from, std::vector<int>& chosen) {
    if (chosen.size() == size) {
        std::vector<int> all = with;
        all.insert(all.end(), chosen.begin(), chosen.end());
        return are_apart(look, all) ? chosen : std::vector<int>();
    }
    for (std::size_t i = from; i < candidates.size(); ++i) {
        chosen.push_back(candidates[i]);
        if (auto found = with_so_many(look, with, candidates, size, i + 1, chosen); !found.empty()) return found;
        chosen.pop_back();
    }
    return {};
}

}  // namespace

bool are_apart(const Look& look, const std::vector<int>& columns) {
    std::unordered_set<std::uint64_t> seen;
    for (const auto& row : look.rows) {
        std::string key;
        for (const int column : columns) {
            key += row[static_cast<std::size_t>(column)];
            key += '\x1f';
        }
        if (!seen.insert(hash64(key)).second) return false;
    }
    return !columns.empty();
}

std::vector<int> parting_columns(const Look& look, const std::vector<int>& with, const std::vector<int>& candidates) {
    if (are_apart(look, with)) return {};
    std::vector<int> others;
    for (const int one : candidates) {
        if (!holds(with, one) && others.size() < most_candidates) others.push_back(one);
    }
    for (std::size_t size = 1; size <= std::min<std::size_t>(3, others.size()); ++size) {
        std::vector<int> chosen;
        if (auto found = with_so_many(look, with, others, size, 0, chosen); !found.empty()) return found;
    }
    return {};
}

std::vector<int> guess_identity(const Look& look, const std::vector<int>& first, const std::vector<int>& never) {
    std::vector<int> candidates;
    for (int i = 0; i < static_cast<int>(look.columns.size()); ++i) {
        if (holds(never, i) || !look.is_named(i)) continue;
        if (is_named_id(look.columns[static_cast<std::size_t>(i)]) && are_apart(look, {i})) return {i};
        candidates.push_back(i);
    }
    if (are_apart(look, first)) return first;
    std::vector<int> out = first;
    const auto more = parting_columns(look, first, candidates);
    if (more.empty()) return {};
    out.insert(out.end(), more.begin(), more.end());
    return out;
}

}  // namespace icosa::draft
