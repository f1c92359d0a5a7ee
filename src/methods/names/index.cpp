/// An index of many names.
#include "methods/names/index.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "methods/names/evidence.hpp"
#include "methods/names/sounds.hpp"

namespace icosa::methods::names {
namespace {

/// Nats of a letter in names, from rough shares of letters in lists; not exact, only to tell words of one rarity apart.
float letters_nats(std::string_view text) {
    static constexpr std::array<float, 26> nats = {
        2.013F, 3.617F, 3.941F, 3.289F, 2.683F, 4.231F, 3.697F, 3.127F, 2.571F, 4.373F, 3.163F, 2.879F, 3.109F,
        2.741F, 2.857F, 4.079F, 5.197F, 2.833F, 2.917F, 3.137F, 3.319F, 4.219F, 4.567F, 5.623F, 3.413F, 4.127F};
    float out = 0;
    for (const char c : text) out += c >= 'a' && c <= 'z' ? nats[static_cast<std::size_t>(c - 'a')] : 2.3F;
    return out;
}

constexpr int least_classes = 3;

/// A skeleton has at most 60 bits; the place, from 1, stands above.
std::uint64_t tagged(std::uint64_t sound, int place) {
    return sound | static_cast<std::uint64_t>(place % 15 + 1) << 60U;
}
std::uint64_t without(std::uint64_t sound, int place, int told) { return tagged(sound_without(sound, place), told); }

}  // namespace

std::uint32_t letter_bits(std::string_view word) {
    // letters that stand for each other share a bit; c, h, j and vowels stand for too many
    static constexpr std::string_view classes[] = {"kgqx", "sz", "td", "vwf", "bp", "m", "n", "l", "r"};
    std::uint32_t out = static_cast<std::uint32_t>(std::min<std::size_t>(word.size(), 63)) << 26U;
    for (const char c : word)
        for (std::size_t i = 0; i < std::size(classes); ++i)
            if (classes[i].find(c) != std::string_view::npos) out |= 1U << i;
    return out;
}

void add_keys(std::uint64_t sound, std::vector<std::uint64_t>& keys) {
    keys.push_back(sound);
    const int length = sound_length(sound);
    for (int place = 0; place < length && length >= least_classes; ++place)
        keys.push_back(without(sound, place, place));
}

void add_keys_asked(std::uint64_t sound, std::vector<std::uint64_t>& keys) {
    keys.push_back(sound);
    const int length = sound_length(sound);
    if (length + 1 < least_classes) return;
    for (int place = 0; place <= length; ++place) keys.push_back(tagged(sound, place));
    for (int place = 0; place < length && length >= least_classes; ++place) {
        keys.push_back(sound_without(sound, place));
        keys.push_back(without(sound, place, place));
        if (place + 1 == length || length == least_classes) continue;
        keys.push_back(without(sound, place, place + 1));
        keys.push_back(without(sound, place + 1, place));
    }
    std::sort(keys.begin(), keys.end());
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
}

NameIndex::NameIndex(std::vector<IndexedName> names) : names_(std::move(names)) {
    for (const auto& one : names_) bearers_ = std::max(bearers_, one.bearer + 1);
    count_words();
    sort_keys();
    for (auto& word : words_) word.weight = weight(word.token);
    for (auto& one : names_)
        for (const auto& token : one.name.tokens) one.weights.push_back(weight(token));
}

void NameIndex::count_words() {
    // each bearer once, names of a bearer stand together or not
    std::vector<std::pair<std::uint64_t, std::int32_t>> sounds;
    std::vector<std::pair<std::string_view, std::int32_t>> texts;
    std::unordered_map<std::string, std::uint32_t> number_of;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> places;  // word, name
    const auto occurs = [&](NameToken token, bool is_joined, std::uint32_t name) {
        std::string key = token.text;
        if (is_joined) key += '+';
        const auto [found, is_new] = number_of.emplace(std::move(key), static_cast<std::uint32_t>(words_.size()));
        if (is_new) words_.push_back({std::move(token), is_joined, 0, 0, 0});
        places.emplace_back(found->second, name);
    };
    for (std::uint32_t n = 0; n < names_.size(); ++n) {
        const auto& tokens = names_[n].name.tokens;
        for (std::size_t i = 0; i < tokens.size(); ++i) {
            if (is_weak(tokens[i].kind) || tokens[i].kind == WordKind::Initial) continue;
            sounds.emplace_back(tokens[i].sound, names_[n].bearer);
            texts.emplace_back(tokens[i].text, names_[n].bearer);
            occurs(tokens[i], false, n);
            if (i + 1 < tokens.size() && tokens[i].kind == WordKind::Name && !is_weak(tokens[i + 1].kind)
                && tokens[i + 1].kind != WordKind::Initial && tokens[i + 1].kind != WordKind::Number) {
                NameToken joined = tokens[i];
                joined.text += tokens[i + 1].text;
                joined.sound = sound_of(joined.text);
                occurs(std::move(joined), true, n);
            }
        }
    }
    const auto count = [](auto& pairs, auto&& add) {
        std::sort(pairs.begin(), pairs.end());
        pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
        for (const auto& [what, bearer] : pairs) add(what);
    };
    count(sounds, [&](std::uint64_t sound) { ++bearers_of_sound_[sound]; });
    count(texts, [&](std::string_view text) { ++bearers_of_word_[std::string(text)]; });
    std::sort(places.begin(), places.end());
    places.erase(std::unique(places.begin(), places.end()), places.end());
    for (const auto& [word, name] : places) {
        if (words_[word].last == 0) words_[word].first = static_cast<std::uint32_t>(postings_.size());
        postings_.push_back(name);
        words_[word].last = static_cast<std::uint32_t>(postings_.size());
    }
}

void NameIndex::sort_keys() {
    std::vector<std::pair<std::uint64_t, std::uint32_t>> keys;
    std::vector<std::uint64_t> of_word;
    for (std::uint32_t w = 0; w < words_.size(); ++w) {
        of_word.clear();
        const auto& token = words_[w].token;
        if (words_[w].is_joined) {
            of_word.push_back(token.sound);
        } else {
            add_keys(token.sound, of_word);
            if ((token.text.starts_with("al") || token.text.starts_with("el")) && token.text.size() >= 6)
                of_word.push_back(sound_of(std::string_view(token.text).substr(2)));
        }
        for (const std::uint64_t key : of_word) keys.emplace_back(key, w);
    }
    std::sort(keys.begin(), keys.end());
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
    std::vector<std::uint32_t> letters;
    for (const auto& word : words_)
        letters.push_back(letter_bits(word.token.text) & (word.token.lacks_vowels ? (1U << 26U) - 1 : ~0U));
    key_words_.reserve(keys.size());
    for (std::size_t i = 0; i < keys.size();) {
        const std::uint64_t key = keys[i].first;
        const auto first = static_cast<std::uint32_t>(i);
        for (; i < keys.size() && keys[i].first == key; ++i)
            key_words_.push_back({keys[i].second, letters[keys[i].second]});
        key_places_.emplace(key, std::pair{first, static_cast<std::uint32_t>(i)});
    }
}

std::span<const NameIndex::KeyedWord> NameIndex::words_with(std::uint64_t key) const {
    const auto found = key_places_.find(key);
    if (found == key_places_.end()) return {};
    return std::span(key_words_).subspan(found->second.first, found->second.second - found->second.first);
}

float NameIndex::weight(const NameToken& token) const {
    const float kind = plain_weight(token);
    if (is_weak(token.kind)) return kind;
    const auto sound = bearers_of_sound_.find(token.sound);
    const auto word = bearers_of_word_.find(token.text);
    const double alike = sound == bearers_of_sound_.end() ? 0 : sound->second;
    const double same = word == bearers_of_word_.end() ? 0 : word->second;
    // of a short skeleton many words are no spellings of this one
    const double share = sound_length(token.sound) >= 3 ? 1 : 0.25;
    const double bearers = std::max(1.0, same + share * (alike - same));
    const double nats = std::max(0.3, std::log((bearers_ + 1) / bearers));
    return kind * static_cast<float>(nats + 0.02 * static_cast<double>(letters_nats(token.text)));
}

}  // namespace icosa::methods::names
