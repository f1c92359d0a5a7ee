/// Reads patterns of names and finds what they build.
#include "methods/items/name_family.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "base/text.hpp"

namespace icosa::methods {

struct NameFamily::Part {
    enum class Kind { Letters, Choice, Alkyl, Dialkyl, Alkylidene, Rest };
    Kind kind = Kind::Letters;
    std::string letters = {};
    int carbons = 0;
    bool may_lack = false;
    std::vector<std::vector<Part>> choices = {};
};

namespace {

using Part = NameFamily::Part;
using Kind = Part::Kind;
using Ends = std::set<std::size_t>;

constexpr std::string_view alkylidenes[] = {"methylidene", "ethylidene",  "propylidene", "butylidene", "pentylidene",
                                            "hexylidene",  "heptylidene", "octylidene",  "nonylidene", "decylidene"};

class PatternReader {
public:
    explicit PatternReader(std::string_view pattern) : pattern_(pattern) {}

    Result<std::vector<Part>> whole() {
        auto parts = TRY(sequence(0));
        if (at_ != pattern_.size()) return wrong("a bracket closes that was not opened");
        if (parts.empty()) return wrong("it holds nothing");
        return parts;
    }
    [[nodiscard]] bool is_open() const { return is_open_; }

private:
    std::unexpected<Error> wrong(std::string_view why) const {
        return fail(Fault::Pack, "bad-family", {}, fmt::format("the pattern '{}' cannot be read: {}", pattern_, why),
                    "docs/controlled-items.md tells what a pattern may hold");
    }

    Result<std::vector<Part>> sequence(int depth) {
        if (depth > 8) return wrong("brackets stand too deep");
        std::vector<Part> out;
        while (at_ < pattern_.size() && std::string_view(")]|").find(pattern_[at_]) == std::string_view::npos) {
            const char c = pattern_[at_];
            if (c == '(' || c == '[') out.push_back(TRY(choice(depth)));
            else if (c == '{') out.push_back(TRY(slot()));
            else if (c == '*') {
                if (depth > 0 || ++at_ != pattern_.size()) return wrong("'*' stands at its end alone");
                is_open_ = true;
                out.push_back({.kind = Kind::Rest});
            } else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
                if (out.empty() || out.back().kind != Kind::Letters) out.push_back({});
                out.back().letters += c;
                ++at_;
            } else return wrong(fmt::format("'{}' may not stand in it", c));
        }
        return out;
    }

    Result<Part> choice(int depth) {
        const char close = pattern_[at_] == '(' ? ')' : ']';
        Part out{.kind = Kind::Choice, .may_lack = close == ']'};
        do {
            ++at_;
            out.choices.push_back(TRY(sequence(depth + 1)));
        } while (at_ < pattern_.size() && pattern_[at_] == '|');
        if (at_ >= pattern_.size() || pattern_[at_] != close) return wrong("a bracket is not closed");
        ++at_;
        return out;
    }

    Result<Part> slot() {
        const std::size_t end = pattern_.find('}', at_);
        if (end == std::string_view::npos) return wrong("a bracket is not closed");
        const std::string_view name = pattern_.substr(at_ + 1, end - at_ - 1);
        const std::size_t digits = std::min(name.find_first_of("0123456789"), name.size());
        const auto carbons = parse_integer(name.substr(digits));
        Part out;
        if (name.substr(0, digits) == "alkyl") out.kind = Kind::Alkyl;
        else if (name.substr(0, digits) == "dialkyl") out.kind = Kind::Dialkyl;
        else if (name.substr(0, digits) == "alkylidene") out.kind = Kind::Alkylidene;
        else return wrong(fmt::format("there is no slot '{}'", name));
        if (!carbons || *carbons < 1 || *carbons > 20) return wrong(fmt::format("'{}' names no 1 to 20 carbons", name));
        out.carbons = static_cast<int>(*carbons);
        at_ = end + 1;
        return out;
    }

    std::string_view pattern_;
    std::size_t at_ = 0;
    bool is_open_ = false;
};

void skip_letter(std::string_view letters, std::size_t& at, char letter) {
    if (at < letters.size() && letters[at] == letter) ++at;
}

Ends ends_of(const std::vector<Part>& parts, const ItemText& text, std::size_t from);

void add_dialkyl(std::string_view letters, std::size_t at, int most, Ends& out) {
    for (const std::string_view twice : {"di", "bis"}) {
        if (!letters.substr(at).starts_with(twice)) continue;
        for (const AlkylEnd& one : alkyl_ends(letters, at + twice.size(), most)) out.insert(one.end);
    }
    for (const AlkylEnd& first : alkyl_ends(letters, at, most)) {
        std::size_t next = first.end;
        skip_letter(letters, next, 'n');
        for (const std::size_t from : {first.end, next}) {
            for (const AlkylEnd& second : alkyl_ends(letters, from, most)) out.insert(second.end);
        }
    }
}

Ends ends_of(const Part& part, const ItemText& text, std::size_t from) {
    const std::string_view letters = text.letters;
    Ends out;
    switch (part.kind) {
        case Kind::Letters:
            if (letters.substr(from).starts_with(part.letters)) out.insert(from + part.letters.size());
            break;
        case Kind::Choice:
            if (part.may_lack) out.insert(from);
            for (const auto& one : part.choices) out.merge(ends_of(one, text, from));
            break;
        case Kind::Alkyl:
            for (const AlkylEnd& one : alkyl_ends(letters, from, part.carbons)) out.insert(one.end);
            break;
        case Kind::Dialkyl: add_dialkyl(letters, from, part.carbons, out); break;
        case Kind::Alkylidene: {
            std::size_t at = from;
            while (at < letters.size() && letters[at] >= '0' && letters[at] <= '9') ++at;
            for (std::size_t i = 0; i < std::size(alkylidenes) && static_cast<int>(i) < part.carbons; ++i) {
                if (letters.substr(at).starts_with(alkylidenes[i])) out.insert(at + alkylidenes[i].size());
            }
            if (letters.substr(at).starts_with("methylene")) out.insert(at + 9);
            break;
        }
        case Kind::Rest: {
            const auto word = std::ranges::lower_bound(text.words, from, {}, &ItemWord::end);
            if (word != text.words.end()) out.insert(word->end);
            break;
        }
    }
    return out;
}

Ends ends_of(const std::vector<Part>& parts, const ItemText& text, std::size_t from) {
    Ends reached{from};
    for (const Part& part : parts) {
        Ends next;
        for (const std::size_t at : reached) next.merge(ends_of(part, text, at));
        reached = std::move(next);
        if (reached.empty()) break;
    }
    return reached;
}

std::string common_beginning(const std::vector<std::vector<Part>>& choices) {
    std::string out;
    for (std::size_t i = 0; i < choices.size(); ++i) {
        if (choices[i].empty() || choices[i].front().kind != Kind::Letters) return {};
        const std::string& letters = choices[i].front().letters;
        if (i == 0) out = letters;
        else out.resize(static_cast<std::size_t>(std::ranges::mismatch(out, letters).in1 - out.begin()));
    }
    return out;
}

/// The longest letters that no name can do without.
std::string needed_by(const std::vector<Part>& parts) {
    std::string out;
    for (const Part& part : parts) {
        std::string letters = part.kind == Kind::Letters  ? part.letters
            : part.kind == Kind::Choice && !part.may_lack ? common_beginning(part.choices)
                                                          : "";
        if (letters.size() > out.size()) out = std::move(letters);
    }
    return out;
}

constexpr std::size_t most_words_of_family = 24;

}  // namespace

Result<NameFamily> NameFamily::of(std::string_view pattern) {
    PatternReader reader(pattern);
    NameFamily out;
    out.parts_ = std::make_shared<const std::vector<Part>>(TRY(reader.whole()));
    out.is_open_ = reader.is_open();
    out.needed_ = needed_by(*out.parts_);
    return out;
}

std::vector<WordSpan> NameFamily::find(const ItemText& text) const {
    std::vector<WordSpan> out;
    std::size_t needed = text.letters.find(needed_);
    for (std::size_t first = 0; first < text.words.size() && needed != std::string::npos; ++first) {
        const std::size_t last = std::min(first + most_words_of_family, text.words.size()) - 1;
        if (needed < text.words[first].begin) needed = text.letters.find(needed_, text.words[first].begin);
        if (needed == std::string::npos || needed > text.words[last].end) continue;
        const Ends ends = ends_of(*parts_, text, text.words[first].begin);
        for (auto end = ends.rbegin(); end != ends.rend(); ++end) {
            const auto word = std::ranges::lower_bound(text.words, *end, {}, &ItemWord::end);
            if (word == text.words.end() || word->end != *end || *end == text.words[first].begin) continue;
            out.push_back({first, static_cast<std::size_t>(word - text.words.begin()) + 1});
            break;
        }
    }
    return out;
}

}  // namespace icosa::methods
