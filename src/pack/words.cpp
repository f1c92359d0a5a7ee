/// Texts as words, and the search for those of a table.
#include "pack/words.hpp"

#include <algorithm>

namespace icosa::pack {

std::string words_of(std::string_view text) {
    std::string out = " ";
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const bool is_mark = c == '\xE2' && i + 2 < text.size() && (text[i + 1] == '\x80' || text[i + 1] == '\x81');
        if (is_mark) i += 2;  // U+2000 to U+207F: quotes, dashes, blanks
        const bool is_letter = !is_mark
            && ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
                || static_cast<unsigned char>(c) >= 0x80);
        if (is_letter) out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        else if (out.back() != ' ') out += ' ';
    }
    if (out.back() != ' ') out += ' ';
    return out;
}

WordTable::WordTable(const std::vector<ListedGroup>& table) {
    for (const ListedGroup& group : table) {
        Entry entry{group.table + ":" + group.id, {}};
        for (const std::string& name : group.names) {
            if (name == "*") {
                if (rest_.empty()) rest_ = entry.code;
                continue;
            }
            std::string words = words_of(name);
            if (name.ends_with('*')) words.pop_back();
            entry.words.push_back(std::move(words));
        }
        if (!entry.words.empty()) entries_.push_back(std::move(entry));
    }
}

std::string_view WordTable::entry_of(std::span<const std::string_view> texts) const {
    for (const std::string_view text : texts) {
        const std::string words = words_of(text);
        for (const Entry& entry : entries_) {
            if (std::ranges::any_of(entry.words, [&](const std::string& word) { return words.contains(word); }))
                return entry.code;
        }
    }
    return rest_;
}

std::vector<std::string> WordTable::codes() const {
    std::vector<std::string> out;
    const auto add = [&](const std::string& code) {
        if (!code.empty() && std::ranges::find(out, code) == out.end()) out.push_back(code);
    };
    for (const Entry& entry : entries_) add(entry.code);
    add(rest_);
    return out;
}

}  // namespace icosa::pack
