/// Reads the environment's keys.
#include "cli/source_keys.hpp"

#include <cstdlib>
#include <sstream>
#include <vector>

#include "cli/user_folders.hpp"

namespace icosa::cli {
namespace {

std::string variable(const std::string& name) {
    const char* value = std::getenv(name.c_str());
    return value ? value : "";
}

std::optional<fetch::KeyParts> from_environment(const pack::SourceCard& card) {
    const auto* key = pack::key_of_source(card);
    if (!key) return std::nullopt;
    const std::vector<std::string>& parts = key->parts;
    const std::string whole = variable(fetch::key_variable(card.id));
    std::vector<std::string> words;
    if (parts.size() == 1 && !whole.empty()) words.push_back(whole);
    else if (std::istringstream text(whole); !whole.empty())
        for (std::string word; text >> word;) words.push_back(word);
    fetch::KeyParts out;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        std::string value = variable(fetch::key_variable(card.id, parts[i]));
        if (value.empty() && words.size() == parts.size()) value = words[i];
        if (value.empty()) return std::nullopt;
        out[parts[i]] = value;
    }
    return out;
}

std::optional<fetch::KeyParts> from_file(const pack::SourceCard& card, const fetch::KeyBook& book) {
    const auto found = book.find(card.id);
    const auto* key = pack::key_of_source(card);
    if (!key || found == book.end()) return std::nullopt;
    for (const std::string& part : key->parts) {
        if (!found->second.contains(part)) return std::nullopt;
    }
    return found->second;
}

}  // namespace

std::string keys_file() { return config_folder() + "/keys"; }

std::optional<fetch::KeyParts> key_of(const pack::SourceCard& card, const fetch::KeyBook& book) {
    auto found = from_environment(card);
    return found ? found : from_file(card, book);
}

KeyHome key_home(const pack::SourceCard& card, const fetch::KeyBook& book) {
    if (from_environment(card)) return KeyHome::Environment;
    return from_file(card, book) ? KeyHome::File : KeyHome::Nowhere;
}

}  // namespace icosa::cli
