/// Which token of one name met which of the other.
#include "methods/names/align.hpp"

#include <algorithm>
#include <bitset>
#include <string>

#include "methods/names/sounds.hpp"

namespace icosa::methods::names {
namespace {

std::size_t consonants(std::string_view word) {
    return static_cast<std::size_t>(std::count_if(word.begin(), word.end(), [](char c) {
        return std::string_view("aeiouyw").find(c) == std::string_view::npos;
    }));
}

/// From here on a caller asks for what is alike, not for slips.
constexpr double near_enough = 0.6;

Likeness by_spelling(std::string_view a, std::string_view b, Vowels vowels, double least) {
    const auto longer = std::max(a.size(), b.size()), shorter = std::min(a.size(), b.size());
    const bool are_written = vowels == Vowels::Written;
    if (are_written && shorter * 2 < longer) return {};
    // of a word without vowels, the consonants alone say what it is
    const auto letters = static_cast<double>(are_written ? longer + shorter : consonants(a) + consonants(b) + 1);
    // in a short word each letter tells words apart
    const double weight = are_written && longer <= 4 ? 1.5 : 1;
    const double measure = std::max(are_written ? 3.0 : 1.0, letters / 2) / weight;
    // slips of two edits count, however short the word (align)
    const double most = least < near_enough ? std::max(2.7, (1 - least) * measure) : (1 - least) * measure;
    const SpellingDistance distance = spelling_distance(a, b, vowels, most);
    const auto value = static_cast<float>(std::max(0.0, 1 - distance.cost / measure));
    const int edits = are_written ? distance.edits : static_cast<int>(std::min(distance.cost, 90.0) + 0.6);
    return {value, static_cast<float>(distance.cost), static_cast<std::uint8_t>(std::min(edits, 99))};
}

std::string_view without_article(const NameToken& token) {
    const std::string_view text = token.text;
    return (text.starts_with("al") || text.starts_with("el")) && text.size() >= 6 ? text.substr(2) : std::string_view();
}

bool may_meet(const NameToken& a, const NameToken& b) {
    if (a.kind == WordKind::Initial || b.kind == WordKind::Initial) return a.kind == b.kind && a.text == b.text;
    if (is_weak(a.kind) != is_weak(b.kind)) return false;
    if (is_weak(a.kind)) return a.kind == b.kind && a.text == b.text;
    return (a.kind == WordKind::Number) == (b.kind == WordKind::Number);
}

/// Neighbours of one name written as one word.
bool may_join(const NameToken& first, const NameToken& next) {
    const bool is_word = next.kind != WordKind::Form && next.kind != WordKind::Title && next.kind != WordKind::Number;
    return is_word && (first.kind == WordKind::Initial) == (next.kind == WordKind::Initial);
}

class Aligning {
public:
    Aligning(const FoldedName& a, const FoldedName& b, std::span<const float> weights_a,
             std::span<const float> weights_b)
        : a_(a),
          b_(b),
          weights_a_(weights_a),
          weights_b_(weights_b),
          na_(std::min(a.tokens.size(), most_aligned)),
          nb_(std::min(b.tokens.size(), most_aligned)) {}

    Alignment result() && {
        for (std::size_t i = 0; i < na_; ++i)
            for (std::size_t j = 0; j < nb_; ++j) propose(i, j);
        propose_joined(a_, na_, weights_a_, b_, nb_, true);
        propose_joined(b_, nb_, weights_b_, a_, na_, false);
        std::sort(proposals_.begin(), proposals_.end(), [](const Proposal& x, const Proposal& y) {
            if (x.gain != y.gain) return x.gain > y.gain;
            if (x.shift != y.shift) return x.shift < y.shift;
            if (x.meeting.a_from != y.meeting.a_from) return x.meeting.a_from < y.meeting.a_from;
            return x.meeting.b_from < y.meeting.b_from;
        });
        for (const Proposal& one : proposals_) take(one.meeting);
        meet_initials();
        meet_acronym(a_, na_, used_a_, b_, nb_, used_b_, true);
        meet_acronym(b_, nb_, used_b_, a_, na_, used_a_, false);
        meet_repeated();
        for (std::size_t i = 0; i < a_.tokens.size(); ++i)
            if (i >= na_ || !used_a_[i]) out_.left_a.push_back(static_cast<std::uint8_t>(i));
        for (std::size_t j = 0; j < b_.tokens.size(); ++j)
            if (j >= nb_ || !used_b_[j]) out_.left_b.push_back(static_cast<std::uint8_t>(j));
        return std::move(out_);
    }

private:
    struct Proposal {
        float gain;
        int shift;
        TokenMeeting meeting;
    };
    using Used = std::bitset<most_aligned>;

    static std::uint8_t small(std::size_t n) { return static_cast<std::uint8_t>(n); }

    void propose(std::size_t i, std::size_t j) {
        const NameToken &x = a_.tokens[i], &y = b_.tokens[j];
        if (!may_meet(x, y)) return;
        const Likeness like = likeness_of(x, y);
        const bool is_slip = like.edits > 0 && like.edits <= 2 && like.edits < std::min(x.text.size(), y.text.size());
        if (like.value < static_cast<float>(least_likeness) && !is_slip) return;
        const auto how = like.edits == 0 ? Meeting::Same : Meeting::Spelling;
        proposals_.push_back({std::min(weights_a_[i], weights_b_[j]) * like.value,
                              std::abs(static_cast<int>(i) - static_cast<int>(j)),
                              {small(i), 1, small(j), 1, how, like.value, like.cost, like.edits}});
    }

    /// Two to four neighbours of `many` as one token of `one`.
    void propose_joined(const FoldedName& many, std::size_t n, std::span<const float> weights, const FoldedName& one,
                        std::size_t m, bool many_is_a) {
        for (std::size_t i = 0; i + 1 < n; ++i) {
            if (!may_join(many.tokens[i], many.tokens[i])) continue;
            std::string joined = many.tokens[i].text;
            float weight = weights[i];
            for (std::size_t k = i + 1; k < std::min(n, i + 4) && may_join(many.tokens[i], many.tokens[k]); ++k) {
                joined += many.tokens[k].text;
                weight += weights[k];
                for (std::size_t j = 0; j < m; ++j) {
                    const NameToken& other = one.tokens[j];
                    if (is_weak(other.kind) || other.kind == WordKind::Initial || other.text[0] != joined[0]) continue;
                    if (other.text.size() < 4 && other.text != joined) continue;
                    const auto longer = std::max(joined.size(), other.text.size()),
                               shorter = std::min(joined.size(), other.text.size());
                    if (longer - shorter > 2) continue;
                    const Likeness like =
                        by_spelling(joined, other.text, other.lacks_vowels ? Vowels::Unwritten : Vowels::Written, 0.85);
                    if (like.value < 0.85F || likeness_of(many.tokens[i], other).value >= like.value) continue;
                    TokenMeeting meeting{small(i),        small(k - i + 1), small(j),  1,
                                         Meeting::Joined, like.value,       like.cost, like.edits};
                    if (!many_is_a) {
                        std::swap(meeting.a_from, meeting.b_from);
                        std::swap(meeting.a_count, meeting.b_count);
                    }
                    proposals_.push_back({weight * like.value, 0, meeting});
                }
            }
        }
    }

    void take(const TokenMeeting& meeting) {
        for (std::size_t i = 0; i < meeting.a_count; ++i)
            if (used_a_[meeting.a_from + i]) return;
        for (std::size_t j = 0; j < meeting.b_count; ++j)
            if (used_b_[meeting.b_from + j]) return;
        for (std::size_t i = 0; i < meeting.a_count; ++i) used_a_.set(meeting.a_from + i);
        for (std::size_t j = 0; j < meeting.b_count; ++j) used_b_.set(meeting.b_from + j);
        out_.meetings.push_back(meeting);
    }

    void meet_initials() {
        for (std::size_t i = 0; i < na_; ++i) {
            for (std::size_t j = 0; j < nb_ && !used_a_[i]; ++j) {
                const NameToken &x = a_.tokens[i], &y = b_.tokens[j];
                const bool is_initial = (x.kind == WordKind::Initial) != (y.kind == WordKind::Initial);
                if (used_b_[j] || !is_initial || is_weak(x.kind) || is_weak(y.kind) || x.text[0] != y.text[0]) continue;
                take({small(i), 1, small(j), 1, Meeting::Initial, 0.8F, 0, 0});
            }
        }
    }

    void meet_acronym(const FoldedName& few, std::size_t n, const Used& used_few, const FoldedName& many, std::size_t m,
                      const Used& used_many, bool few_is_a) {
        for (std::size_t i = 0; i < n; ++i) {
            const std::string& letters = few.tokens[i].text;
            if (used_few[i] || few.tokens[i].kind != WordKind::Name || letters.size() < 3 || letters.size() > 6)
                continue;
            for (std::size_t j = 0; j + letters.size() <= m; ++j) {
                bool fits = true;
                for (std::size_t k = 0; k < letters.size() && fits; ++k)
                    fits = !used_many[j + k] && many.tokens[j + k].text[0] == letters[k]
                        && many.tokens[j + k].text.size() > 1;
                if (!fits) continue;
                if (few_is_a) take({small(i), 1, small(j), small(letters.size()), Meeting::Acronym, 0.85F, 0, 0});
                else take({small(j), small(letters.size()), small(i), 1, Meeting::Acronym, 0.85F, 0, 0});
                break;
            }
        }
    }

    /// What is left over on one side and is there once more, met already.
    void meet_repeated() {
        const auto has_left = [](const FoldedName& name, std::size_t n, const Used& used) {
            for (std::size_t i = 0; i < n; ++i)
                if (!used[i] && !is_weak(name.tokens[i].kind)) return true;
            return false;
        };
        const bool a_has_left = has_left(a_, na_, used_a_), b_has_left = has_left(b_, nb_, used_b_);
        if (a_has_left && b_has_left) return;
        const auto repeated = [](const FoldedName& name, std::size_t n, const Used& used, std::size_t i) {
            if (used[i] || is_weak(name.tokens[i].kind)) return n;
            for (std::size_t k = 0; k < n; ++k)
                if (k != i && used[k] && likeness_of(name.tokens[i], name.tokens[k]).value > 0.94F) return k;
            return n;
        };
        for (std::size_t i = 0; i < na_; ++i)
            if (const auto k = repeated(a_, na_, used_a_, i); k < na_) {
                used_a_.set(i);
                out_.meetings.push_back({small(i), 1, small(k), 0, Meeting::Repeated, 1, 0, 0});
            }
        for (std::size_t j = 0; j < nb_; ++j)
            if (const auto k = repeated(b_, nb_, used_b_, j); k < nb_) {
                used_b_.set(j);
                out_.meetings.push_back({small(k), 0, small(j), 1, Meeting::Repeated, 1, 0, 0});
            }
    }

    const FoldedName &a_, &b_;
    std::span<const float> weights_a_, weights_b_;
    std::size_t na_, nb_;
    Used used_a_, used_b_;
    std::vector<Proposal> proposals_;
    Alignment out_;
};

}  // namespace

Likeness likeness_of(const NameToken& a, const NameToken& b, double least) {
    if (a.text == b.text) return {1, 0, 0};
    if (a.kind == WordKind::Number) return {};
    const Vowels vowels = a.lacks_vowels != b.lacks_vowels ? Vowels::Unwritten : Vowels::Written;
    Likeness best = by_spelling(a.text, b.text, vowels, least);
    if (const int group = spelling_group(a.text); group != 0 && group == spelling_group(b.text) && best.value < 0.93F)
        best = {0.93F, 0.2F, 1};
    const auto a_bare = without_article(a), b_bare = without_article(b);
    for (const auto& [x, y] :
         {std::pair{a_bare, std::string_view(b.text)}, std::pair{std::string_view(a.text), b_bare}}) {
        if (x.empty() || y.empty()) continue;
        Likeness bare = by_spelling(x, y, vowels, least);
        bare.value *= 0.99F;
        if (bare.value > best.value) best = bare;
    }
    return best;
}

Alignment align(const FoldedName& a, const FoldedName& b, std::span<const float> weights_a,
                std::span<const float> weights_b) {
    return Aligning(a, b, weights_a, weights_b).result();
}

}  // namespace icosa::methods::names
