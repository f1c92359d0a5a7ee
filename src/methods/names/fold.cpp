/// A name of any script and spelling as tokens that can be compared.
#include "methods/names/fold.hpp"

#include <algorithm>
#include <array>

#include "methods/names/letters.hpp"
#include "methods/names/sounds.hpp"

namespace icosa::methods::names {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_vowel_letter(char c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y'; }

std::string without_digits(const std::string& text) {
    const auto digits = std::count_if(text.begin(), text.end(), is_digit);
    if (digits == 0) return text;
    const std::string_view number(text.data(), static_cast<std::size_t>(digits));
    const std::string_view rest = std::string_view(text).substr(number.size());
    const bool is_ordinal = std::all_of(number.begin(), number.end(), is_digit)
        && (rest == "st" || rest == "nd" || rest == "rd" || rest == "th");
    if (is_ordinal) return std::string(number);  // 7th is 7, and not 17
    if (2 * static_cast<std::size_t>(digits) >= text.size()) return text;
    static constexpr std::array<char, 10> like = {'o', 'i', 'z', 'e', 'a', 's', 'g', 't', 'b', 'g'};
    std::string out = text;
    for (char& c : out)
        if (is_digit(c)) c = like[static_cast<std::size_t>(c - '0')];
    return out;
}

/// "abdelaziz" -> 5: how many letters at its head are "servant of".
std::size_t servant_prefix(std::string_view word) {
    for (const std::string_view head : {"abdoul", "abdul", "abdel", "abdal", "abdol", "abdil"}) {
        if (!word.starts_with(head) || word.size() < head.size() + 3) continue;
        const auto rest = word.substr(head.size());
        if (rest.size() <= 4 && rest.front() == 'l') return 0;  // Abdullah is a name of its own
        return head.size();
    }
    return 0;
}

bool ends_in_allah(std::string_view word) {
    return word == "ullah" || word == "allah" || word == "ulla" || word == "alla" || word == "ollah" || word == "oullah"
        || word == "illah";
}
bool is_faith(std::string_view word) {
    return word == "din" || word == "deen" || word == "dine" || word == "eddin" || word == "eddine" || word == "uddin"
        || word == "aldin" || word == "udin" || word == "deen" || word == "aldeen";
}
bool is_sun_article(std::string_view word, std::string_view next) {
    return word.size() <= 3 && (word[0] == 'a' || word[0] == 'u' || word[0] == 'e') && word.size() >= 2
        && next.starts_with(word.substr(1)) && next.size() > 2 && !is_vowel_letter(word[1]);
}

class Folding {
public:
    Folding(LatinName name, Bearer bearer) : words_(std::move(name.words)), bearer_(bearer) {
        out_.is_cut = name.is_cut;
    }

    FoldedName result() && {
        for (auto& word : words_) word.text = without_digits(word.text);
        for (at_ = 0; at_ < words_.size();)
            if (!take_form() && !take_number()) take_word();
        keep_something();
        for (auto& token : out_.tokens) token.sound = sound_of(token.text);
        return std::move(out_);
    }

private:
    void add(std::string text, WordKind kind, bool lacks_vowels = false) {
        out_.tokens.push_back({std::move(text), kind, lacks_vowels, article_, 0});
        article_ = false;
    }

    bool take_form() {
        if (bearer_ == Bearer::Person && words_[at_].text.size() < 3) return false;
        std::array<std::string_view, 7> ahead;
        const std::size_t n = std::min<std::size_t>(ahead.size(), words_.size() - at_);
        for (std::size_t i = 0; i < n; ++i) ahead[i] = words_[at_ + i].text;
        const FormFound found = form_at(std::span(ahead.data(), n));
        if (found.words == 0) return false;
        // among words of persons only what can be nothing else
        if (bearer_ == Bearer::Person && found.words == 1 && words_[at_].text != "llc" && words_[at_].text != "ltd"
            && words_[at_].text != "gmbh")
            return false;
        if (bearer_ == Bearer::Unknown && found.words == 1 && words_[at_].text.size() < 3 && at_ + 1 < words_.size())
            return false;
        if (words_.size() == found.words) return false;
        add(std::string(found.kind), WordKind::Form);
        at_ += found.words;
        return true;
    }

    bool take_number() {
        const std::string& text = words_[at_].text;
        if (std::all_of(text.begin(), text.end(), is_digit)) {
            const std::size_t from = std::min(text.find_first_not_of('0'), text.size() - 1);
            add(text.substr(from), WordKind::Number);
            ++at_;
            return true;
        }
        if (bearer_ == Bearer::Person) return false;
        const auto value = number_word(text);
        if (!value) return false;
        int total = *value;
        ++at_;
        if (total >= 20 && total % 10 == 0 && at_ < words_.size())
            if (const auto unit = number_word(words_[at_].text); unit && *unit > 0 && *unit < 10) {
                total += *unit;
                ++at_;
            }
        add(std::to_string(total), WordKind::Number);
        return true;
    }

    void take_word() {
        LatinWord& word = words_[at_];
        const std::string_view next =
            at_ + 1 < words_.size() ? std::string_view(words_[at_ + 1].text) : std::string_view();
        ++at_;
        if (word.was_initial) return add(std::move(word.text), WordKind::Initial);
        if (bearer_ != Bearer::Organisation) {
            const bool follows_name = !out_.tokens.empty() && out_.tokens.back().kind == WordKind::Name;
            const bool follows_article = out_.tokens.size() > 1 && out_.tokens.back().kind == WordKind::Particle
                && out_.tokens[out_.tokens.size() - 2].kind == WordKind::Name;
            if (ends_in_allah(word.text) && follows_name && out_.tokens.back().text.size() > 2) {
                out_.tokens.back().text += "ullah";
                return;
            }
            if (is_faith(word.text) && (follows_name || follows_article)) {
                if (follows_article) out_.tokens.pop_back();
                if (out_.tokens.back().text.size() > 2) {
                    out_.tokens.back().text += "uddin";
                    return;
                }
            }
            if (const std::size_t head = servant_prefix(word.text); head > 0) {
                add("abd", WordKind::Particle);
                return add(word.text.substr(head), WordKind::Name, word.lacks_vowels);
            }
        }
        if (!next.empty() && is_sun_article(word.text, next)) {
            add("al", WordKind::Particle);
            article_ = true;
            return;
        }
        const bool is_last_servant = next.empty() && word.text.starts_with("abd");
        const WordKind kind = is_last_servant ? WordKind::Name : kind_of_word(word.text);
        if (kind == WordKind::Particle) {
            if (word.text.starts_with("abd")) word.text = "abd";
            if (word.text == "ibn" || word.text == "ben") word.text = "bin";
            if (word.text == "el" || word.text == "ul") word.text = "al";
            const bool is_article = word.text == "al";
            add(std::move(word.text), kind);
            article_ = is_article;
            return;
        }
        if (kind == WordKind::Title && bearer_ != Bearer::Organisation) return add(std::move(word.text), kind);
        std::string whole(whole_word(word.text));
        if (bearer_ != Bearer::Organisation && is_patronymic(whole) && words_.size() > 2)
            return add(std::move(whole), WordKind::Patronymic);
        if (bearer_ != Bearer::Person && kind_of_word(whole) == WordKind::Generic)
            return add(std::move(whole), WordKind::Generic);
        add(std::move(whole), WordKind::Name, word.lacks_vowels);
    }

    /// A name of weak words alone is made of these words.
    void keep_something() {
        if (out_.strong() > 0) return;
        for (auto& token : out_.tokens)
            if (token.kind != WordKind::Initial && token.kind != WordKind::Form) token.kind = WordKind::Name;
    }

    std::vector<LatinWord> words_;
    Bearer bearer_;
    std::size_t at_ = 0;
    bool article_ = false;
    FoldedName out_;
};

}  // namespace

bool is_weak(WordKind kind) { return kind == WordKind::Particle || kind == WordKind::Title || kind == WordKind::Form; }

std::size_t FoldedName::strong() const {
    return static_cast<std::size_t>(std::count_if(tokens.begin(), tokens.end(), [](const NameToken& token) {
        return !is_weak(token.kind) && token.kind != WordKind::Initial;
    }));
}

FoldedName fold_name(std::string_view name, Bearer bearer) { return Folding(latin_name(name), bearer).result(); }

}  // namespace icosa::methods::names
