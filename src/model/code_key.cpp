/// Keys of codes and names.
#include "model/code_key.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace icosa::model {
namespace {

constexpr std::string_view articles[] = {"the", "le", "la", "les", "l", "el", "los", "las"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// "Tchad (le)" and "the Republic of Chad" without their article; a name that is nothing else stays.
std::string without_articles(std::string name) {
    for (const std::string_view article : articles) {
        const std::string before = std::string(article) + " ", behind = " " + std::string(article);
        if (name.size() > before.size() && name.starts_with(before)) name.erase(0, before.size());
        if (name.size() > behind.size() && name.ends_with(behind)) name.resize(name.size() - behind.size());
    }
    return name;
}

/// Without blanks at the ends, those that do not break or have no width among them.
std::string_view without_blanks(std::string_view text) {
    static constexpr std::string_view wide[] = {"\xC2\xA0", "\xE2\x80\xAF", "\xE2\x80\x8B", "\xEF\xBB\xBF"};
    for (bool found = true; found;) {
        found = false;
        text = trim(text);
        for (const std::string_view blank : wide) {
            if (text.starts_with(blank)) text.remove_prefix(blank.size());
            else if (text.ends_with(blank)) text.remove_suffix(blank.size());
            else continue;
            found = true;
        }
    }
    return text;
}

}  // namespace

std::string plain_code(std::string_view text) {
    text = without_blanks(text);
    std::string_view digits = text.substr(text.starts_with('+') ? 1 : 0);
    if (const auto point = digits.find('.'); point != std::string_view::npos && point > 0
        && std::all_of(digits.begin() + static_cast<std::ptrdiff_t>(point) + 1, digits.end(),
                       [](char c) { return c == '0'; }))
        digits = digits.substr(0, point);
    if (!digits.empty() && std::all_of(digits.begin(), digits.end(), is_digit)) {
        const auto first = std::min(digits.find_first_not_of('0'), digits.size() - 1);
        return std::string(digits.substr(first));
    }
    std::string out(text);
    for (char& c : out) {
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    }
    return out;
}

std::string code_key(std::string_view system, std::string_view text) {
    if (system != "name") return plain_code(text);
    const auto undone = undo_mojibake(text);
    return without_articles(fold(undone ? std::string_view(*undone) : text));
}

}  // namespace icosa::model
