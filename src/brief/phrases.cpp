/// Fills patterns from left to right.
#include "brief/phrases.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/text.hpp"
#include "brief/dates.hpp"
#include "brief/numbers.hpp"

namespace icosa::brief {
namespace {

const std::string* filling_of(std::string_view name, std::span<const Filling> fillings) {
    for (const auto& [slot, words] : fillings) {
        if (slot == name) return words.empty() ? nullptr : &words;
    }
    return nullptr;
}

struct Filled {
    std::string text;
    bool whole = true;  ///< every slot had its filling
};

Filled fill_plain(std::string_view pattern, std::span<const Filling> fillings) {
    Filled out;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const std::size_t end = pattern[i] == '{' ? pattern.find('}', i) : std::string_view::npos;
        if (end == std::string_view::npos) {
            out.text += pattern[i];
            continue;
        }
        const std::string* words = filling_of(pattern.substr(i + 1, end - i - 1), fillings);
        out.text += words ? *words : "–";
        out.whole = out.whole && words;
        i = end;
    }
    return out;
}

/// One id, or several with a comma between: at most eight are named.
std::string places_words(const std::string& ids, const NameBooks& books, Language language) {
    constexpr std::size_t most = 8;
    const bool zh = language == Language::Zh;
    std::vector<pack::Title> parts;
    for (const std::string_view id : split(ids, ',')) parts.push_back(name_of_subject(trim(id), "", books));
    std::ranges::sort(parts, {}, &pack::Title::en);  // by name: the order of codes tells a reader nothing
    std::string out;
    for (std::size_t i = 0; i < parts.size() && i < most; ++i) {
        const bool last = i > 0 && i + 1 == parts.size();
        out += i == 0 ? "" : last ? (zh ? "和" : " and ") : (zh ? "、" : ", ");
        out += in(parts[i], language);
    }
    if (parts.size() > most)
        out += zh ? fmt::format("等，另有{}个国家和地区", parts.size() - most)
                  : fmt::format(" and {} more", parts.size() - most);
    return out;
}

}  // namespace

std::string fill(std::string_view pattern, std::span<const Filling> fillings) {
    std::string out;
    while (!pattern.empty()) {
        const std::size_t open = pattern.find('['), close = pattern.find(']', open);
        const bool bracket = close != std::string_view::npos;
        out += fill_plain(pattern.substr(0, bracket ? open : pattern.size()), fillings).text;
        if (!bracket) break;
        const Filled optional = fill_plain(pattern.substr(open + 1, close - open - 1), fillings);
        if (optional.whole) out += optional.text;
        pattern.remove_prefix(close + 1);
    }
    return out;
}

std::string slot_words(const model::Slot& slot, const NameBooks& books, Language language) {
    using Kind = model::Slot::Kind;
    switch (slot.kind) {
        case Kind::Number: {
            const bool whole = slot.number == std::floor(slot.number);
            return number_words(slot.number, whole ? NumberKind::Count : NumberKind::Value, language);
        }
        case Kind::Share: return number_words(slot.number, NumberKind::Share, language);
        case Kind::Day: return slot.day == no_day ? std::string() : day_words(slot.day, language);
        case Kind::Period:
            if (const auto period = parse_any_period(slot.text)) return period_words(*period, language);
            return slot.text;
        case Kind::Place: return slot.text.empty() ? std::string() : places_words(slot.text, books, language);
        case Kind::Text: break;
    }
    return language == Language::Zh ? books.phrases.chinese_of(slot.text) : slot.text;
}

}  // namespace icosa::brief
