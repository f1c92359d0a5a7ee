/// A search in an index of names.
#include "methods/names/search.hpp"

#include <algorithm>
#include <cmath>

#include "methods/names/evidence.hpp"
#include "methods/names/list_weights.hpp"
#include "methods/names/sounds.hpp"

namespace icosa::methods::names {
namespace {

constexpr double seldom_nats = 1.2;  // three lists in ten as long would have the words together by chance

constexpr std::size_t most_asked = 20;
constexpr std::size_t most_read = 100'000;
constexpr std::size_t most_compared = 24;
constexpr float near_from = 0.7F;

constexpr std::uint32_t consonants_alone = (1U << 26U) - 1;

bool differ_in_at_most(int most, std::uint32_t a, std::uint32_t b) {
    std::uint32_t differ = (a ^ b) & consonants_alone;
    for (int i = 0; i < most; ++i) differ &= differ - 1;
    return differ == 0;
}

double weight_of(std::span<const float> weights, const FoldedName& name) {
    double out = 0;
    for (std::size_t i = 0; i < name.tokens.size(); ++i)
        if (!is_weak(name.tokens[i].kind)) out += static_cast<double>(weights[i]);
    return out;
}

}  // namespace

NameSearch::NameSearch(const NameIndex& index, NearWords& near)
    : index_(index), near_(near), sums_(index.names().size()) {
    nats_of_bearers_ = std::log(index.bearers() + 1.0);
    whole_.reserve(sums_.size());
    for (const auto& one : index.names())
        whole_.push_back(static_cast<float>(std::max(0.1, weight_of(one.weights, one.name))));
}

std::shared_ptr<const std::vector<NearWords::Near>> NearWords::of(const NameToken& token, bool is_joined) {
    std::string key = token.text;
    key += is_joined ? '+' : token.lacks_vowels ? '-' : token.kind == WordKind::Number ? '#' : ' ';
    Shelf& shelf = shelves_[std::hash<std::string>{}(key) % shelves_.size()];
    {
        const std::scoped_lock guard(shelf.lock);
        if (const auto kept = shelf.kept.find(key); kept != shelf.kept.end()) return kept->second;
    }
    auto made = std::make_shared<const std::vector<Near>>(found(token, is_joined));
    constexpr std::size_t most_kept = 8'000;
    const std::scoped_lock guard(shelf.lock);
    if (shelf.kept.size() < most_kept) shelf.kept.emplace(std::move(key), made);
    return made;
}

std::vector<NearWords::Near> NearWords::found(const NameToken& token, bool is_joined) const {
    std::vector<Near> out;
    std::vector<std::uint64_t> keys;
    if (is_joined) keys.push_back(token.sound);
    else add_keys_asked(token.sound, keys);
    if (!is_joined && (token.text.starts_with("al") || token.text.starts_with("el")) && token.text.size() >= 6)
        keys.push_back(sound_of(std::string_view(token.text).substr(2)));
    // a letter of another class costs 1, and is two bits: what is near has none, one or two of them by its length
    const std::uint32_t letters = letter_bits(token.text);
    const std::uint32_t length = letters >> 26U, most_more = token.lacks_vowels ? 63 : 2 + length / 5;
    const int most_differ = length <= 4 ? 1 : length <= 6 ? 2 : 4;
    std::vector<std::uint32_t> words;
    for (const std::uint64_t one : keys)
        for (const auto& keyed : index_.words_with(one)) {
            const std::uint32_t other = keyed.letters >> 26U;
            const bool tells_length = other > 0;  // else it lacks vowels
            if (tells_length && (other > length + most_more || length > other + most_more)) continue;
            if (differ_in_at_most(most_differ, letters, keyed.letters)) words.push_back(keyed.word);
        }
    std::sort(words.begin(), words.end());
    words.erase(std::unique(words.begin(), words.end()), words.end());
    for (const std::uint32_t number : words) {
        const auto& word = index_.words()[number];
        if (word.is_joined && is_joined) continue;
        if ((word.token.kind == WordKind::Number) != (token.kind == WordKind::Number)) continue;
        const float value = likeness_of(token, word.token, near_from).value;
        if (value >= near_from) out.push_back({number, value});
    }
    return out;
}

void NameSearch::add_places(const std::vector<NearWords::Near>& near, float weight, std::uint32_t number) {
    for (const NearWords::Near& one : near) {
        const auto& word = index_.words()[one.word];
        const float said = one.likeness * std::min(weight, word.is_joined ? weight : word.weight);
        for (const std::uint32_t name : index_.names_with(word)) {
            Sum& sum = sums_[name];
            if (sum.round != round_) {
                sum = {0, round_, 0, 0};
                touched_.push_back(name);
            }
            if (sum.token != number) {
                sum.token = number;
                sum.of_token = 0;
            }
            if (said > sum.of_token) {
                sum.said += said - sum.of_token;
                sum.of_token = said;
            }
        }
        places_read_ += word.last - word.first;
    }
}

SearchHit NameSearch::judged(const FoldedName& asked, std::span<const float> weights, std::uint32_t number) const {
    const IndexedName& listed = index_.names()[number];
    SearchHit out;
    out.name = number;
    out.alignment = align(asked, listed.name, weights, listed.weights);
    const Features plain = features_of(asked, listed.name, weights, listed.weights, out.alignment);
    const auto of = [&](Feature one) { return plain[static_cast<std::size_t>(one)]; };
    double said = 0, unlike = 0;
    for (const TokenMeeting& one : out.alignment.meetings) {
        if (one.how == Meeting::Repeated) continue;
        double here = 0, there = 0;
        for (std::size_t i = 0; i < one.a_count; ++i) here += static_cast<double>(weights[one.a_from + i]);
        for (std::size_t j = 0; j < one.b_count; ++j) there += static_cast<double>(listed.weights[one.b_from + j]);
        const double both = one.how == Meeting::Initial ? std::min({here, there, 1.0}) : std::min(here, there);
        said += both * static_cast<double>(one.likeness);
        unlike += both * (1 - static_cast<double>(one.likeness));
    }
    const auto left = [](const FoldedName& name, std::span<const float> of_words, std::span<const std::uint8_t> which) {
        double nats = 0;
        for (const std::size_t i : which)
            if (!is_weak(name.tokens[i].kind)) nats += static_cast<double>(of_words[i]);
        return nats;
    };
    const double left_asked = left(asked, weights, out.alignment.left_a),
                 left_listed = left(listed.name, listed.weights, out.alignment.left_b);
    const double share_asked = left_asked / std::max(0.1, weight_of(weights, asked));
    const double share_listed = left_listed / std::max(0.1, static_cast<double>(whole_[number]));
    const double conflicts = of(Feature::MiddleConflict) + of(Feature::NumberConflict) + of(Feature::FormConflict);
    out.features = {said - nats_of_bearers_,
                    1 / (1 + said),
                    std::min(left_asked, left_listed),
                    std::max(share_asked, share_listed),
                    unlike,
                    of(Feature::EditCost),
                    of(Feature::BrokenOrder),
                    conflicts};
    const bool are_met = out.alignment.left_a.empty() && unlike == 0;
    out.is_same = are_met && out.alignment.left_b.empty();
    out.is_within = are_met && asked.strong() >= 2 && said - nats_of_bearers_ >= seldom_nats;
    double odds = list_weights.bias;
    for (std::size_t i = 0; i < list_feature_count; ++i) odds += list_weights.of[i] * out.features[i];
    out.probability = 1 / (1 + std::exp(-odds));
    return out;
}

/// Log-odds at best of a name of which so much was said: what did not meet is left over, nothing else speaks against
/// it.
double NameSearch::promise_of(double said, double whole_asked, double whole_listed) const {
    const auto of = [](ListFeature one) { return list_weights.of[static_cast<std::size_t>(one)]; };
    const double asked = std::max(0.0, whole_asked - said), listed = std::max(0.0, whole_listed - said);
    return list_weights.bias + of(ListFeature::Said) * (said - nats_of_bearers_)
        + of(ListFeature::SaidLeast) / (1 + said) + of(ListFeature::LeftBoth) * std::min(asked, listed)
        + of(ListFeature::LeftShare) * std::max(asked / whole_asked, listed / whole_listed);
}

std::vector<SearchHit> NameSearch::find(const FoldedName& asked, double least, std::size_t most) {
    ++round_;
    touched_.clear();
    places_read_ = 0;
    std::vector<float> weights;
    for (const auto& token : asked.tokens) weights.push_back(index_.weight(token));
    struct Word {
        float weight;
        std::size_t place;
        bool is_joined;
    };
    std::vector<Word> words;
    for (std::size_t i = 0; i < asked.tokens.size() && i < most_aligned; ++i) {
        if (is_weak(asked.tokens[i].kind) || asked.tokens[i].kind == WordKind::Initial) continue;
        words.push_back({weights[i], i, false});
        if (i + 1 < asked.tokens.size() && !is_weak(asked.tokens[i + 1].kind)
            && asked.tokens[i + 1].kind != WordKind::Initial)
            words.push_back({weights[i] + weights[i + 1], i, true});
    }
    // what is rare first: it has the fewest places
    std::stable_sort(words.begin(), words.end(), [](const Word& x, const Word& y) { return x.weight > y.weight; });
    if (words.size() > most_asked) words.resize(most_asked);
    for (std::uint32_t n = 0; n < words.size() && places_read_ < most_read; ++n) {
        const std::size_t i = words[n].place;
        if (!words[n].is_joined) {
            add_places(*near_.of(asked.tokens[i], false), words[n].weight, n + 1);
            continue;
        }
        NameToken joined = asked.tokens[i];
        joined.text += asked.tokens[i + 1].text;
        joined.sound = sound_of(joined.text);
        add_places(*near_.of(joined, true), words[n].weight, n + 1);
    }
    const auto whole_asked = static_cast<float>(std::max(0.1, weight_of(weights, asked)));
    float initials = 0;  // they are in no index
    for (std::size_t i = 0; i < weights.size(); ++i)
        if (asked.tokens[i].kind == WordKind::Initial) initials += weights[i];
    // one word more may meet in full than the index found: by first letters, by an initial, joined
    constexpr double slack = 1.5;
    const double least_promise = least > 0 ? std::log(least / (1 - least)) - slack : -30;
    std::vector<std::pair<double, std::uint32_t>> best;
    for (const std::uint32_t name : touched_) {
        const float said = std::min(sums_[name].said, std::min(whole_asked, whole_[name]));
        const double promise =
            promise_of(static_cast<double>(said), static_cast<double>(whole_asked), static_cast<double>(whole_[name]));
        const bool may_be_same = said + initials >= 0.999F * std::max(whole_asked, whole_[name]);
        const bool may_be_within =
            said + initials >= 0.999F * whole_asked && static_cast<double>(said) - nats_of_bearers_ >= seldom_nats;
        if (promise > least_promise || may_be_same || may_be_within) best.emplace_back(-promise, name);
    }
    const std::size_t compared = std::min(best.size(), most_compared);
    std::partial_sort(best.begin(), best.begin() + static_cast<std::ptrdiff_t>(compared), best.end());
    std::vector<SearchHit> out;
    for (std::size_t i = 0; i < compared; ++i) {
        const std::uint32_t name = best[i].second;
        SearchHit hit = judged(asked, weights, name);
        if (hit.probability < least && !hit.is_same && !hit.is_within) continue;
        const auto same = std::find_if(out.begin(), out.end(), [&](const SearchHit& other) {
            return index_.names()[other.name].bearer == index_.names()[name].bearer;
        });
        if (same == out.end()) out.push_back(std::move(hit));
        else if (hit.probability > same->probability) *same = std::move(hit);
    }
    std::sort(out.begin(), out.end(), [](const SearchHit& x, const SearchHit& y) {
        return x.probability != y.probability ? x.probability > y.probability : x.name < y.name;
    });
    if (out.size() > most) out.resize(most);
    return out;
}

}  // namespace icosa::methods::names
