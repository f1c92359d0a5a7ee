/// icosa keys: sets, lists and removes the keys of sources; shows none of them.
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <iostream>

#include <fmt/format.h>

#include "app/packs.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"
#include "cli/exit_code.hpp"
#include "cli/pack_places.hpp"
#include "cli/source_keys.hpp"

namespace icosa::cli {
namespace {

struct KeysOptions {
    std::string action;
    std::vector<std::string> words;  ///< the source; a key that somebody wrote there is not shown
};

/// The letters that are typed are not shown as long as this lives.
class NoEcho {
public:
    NoEcho() : is_terminal_(isatty(STDIN_FILENO) == 1 && tcgetattr(STDIN_FILENO, &before_) == 0) {
        if (!is_terminal_) return;
        termios silent = before_;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
    }
    ~NoEcho() {
        if (is_terminal_) tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
    }
    NoEcho(const NoEcho&) = delete;
    NoEcho& operator=(const NoEcho&) = delete;
    [[nodiscard]] bool is_terminal() const { return is_terminal_; }

private:
    termios before_{};
    bool is_terminal_;
};

std::vector<const pack::SourceCard*> cards_with_key(const app::Packs& packs) {
    std::vector<const pack::SourceCard*> out;
    for (const auto& card : packs.cards) {
        if (pack::key_of_source(card)) out.push_back(&card);
    }
    return out;
}

Result<const pack::SourceCard*> card_with_key(const app::Packs& packs, const std::string& id) {
    std::vector<std::string> ids;
    for (const auto* card : cards_with_key(packs)) {
        if (card->id == id) return card;
        ids.push_back(card->id);
    }
    if (packs.find_card(id))
        return fail(Fault::Usage, "no-key", {}, fmt::format("source '{}' needs no key", id),
                    ids.empty() ? "no source does" : fmt::format("those that do: {}", join(ids, ", ")));
    const auto near = nearest(id, ids);
    return fail(Fault::Usage, "unknown-source", {},
                id.empty() ? std::string("no source is named") : fmt::format("no source '{}' needs a key", excerpt(id)),
                near ? fmt::format("did you mean '{}'?", *near) : fmt::format("there are {}", join(ids, ", ")));
}

/// A line of the standard input a part.
Result<fetch::KeyParts> parts_typed(const pack::SourceCard& card) {
    const NoEcho silent;
    fetch::KeyParts out;
    for (const std::string& part : pack::key_of_source(card)->parts) {
        if (silent.is_terminal()) fmt::print(stderr, "{}, {}: ", card.id, part);
        std::string value;
        std::getline(std::cin, value);
        if (silent.is_terminal()) fmt::print(stderr, "\n");
        value = std::string(trim(value));
        const bool is_plain = std::ranges::none_of(value, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
        if (value.empty() || !is_plain)
            return fail(Fault::Usage, "no-key", {}, fmt::format("the {} of source '{}' is missing", part, card.id),
                        fmt::format("type it, or send it by standard input: {}, a line each",
                                    join(pack::key_of_source(card)->parts, ", ")));
        out[part] = value;
    }
    return out;
}

std::string home_words(KeyHome home) {
    switch (home) {
        case KeyHome::Environment: return "set in the environment";
        case KeyHome::File: return "set in the file of keys";
        case KeyHome::Nowhere: return "not set";
    }
    return "";
}

void list_keys(const app::Packs& packs, const fetch::KeyBook& book, bool as_json) {
    for (const auto* card : cards_with_key(packs)) {
        const pack::FetchKey& key = *pack::key_of_source(*card);
        const KeyHome home = key_home(*card, book);
        std::vector<std::string> variables;
        for (const std::string& part : key.parts)
            variables.push_back(
                fetch::key_variable(card->id, key.parts.size() > 1 ? std::string_view(part) : std::string_view()));
        if (as_json) {
            JsonWriter json;
            json.begin_object()
                .field("source", card->id)
                .field("is_set", home != KeyHome::Nowhere)
                .field("where", home_words(home))
                .field("key", key.title)
                .field("parts", join(key.parts, ", "))
                .field("variables", join(variables, ", "))
                .field("from", key.from)
                .end_object();
            fmt::print("{}\n", json.text());
        } else {
            fmt::print("{:<24} {:<24} {} ({}; {}), from {}\n", card->id, home_words(home), key.title,
                       join(key.parts, ", "), join(variables, ", "), key.from);
        }
    }
}

Result<int> keys(const Common& common, const KeysOptions& options) {
    if (options.words.size() > 1)
        return fail(Fault::Usage, "bad-usage", {}, "a key is no word of the command line, where others could read it",
                    "type it when asked, or send it by standard input");
    const std::string source = options.words.empty() ? "" : options.words.front();
    const app::Packs packs = TRY(app::good_packs(pack_places(common)));
    const std::string path = keys_file();
    fetch::KeyBook book = TRY(fetch::read_keys(path));
    if (options.action == "list") {
        list_keys(packs, book, common.json);
        return exit_clean;
    }
    if (options.action == "remove") {
        if (book.erase(source) == 0)
            return fail(Fault::Usage, "no-key", {},
                        fmt::format("the file of keys has none of source '{}'", excerpt(source)),
                        "`icosa keys list` shows which it has");
        TRY(fetch::write_keys(path, book));
        fmt::print("The key of {} is no longer in the file of keys\n", source);
        return exit_clean;
    }
    const auto* card = TRY(card_with_key(packs, source));
    book[card->id] = TRY(parts_typed(*card));
    TRY(fetch::write_keys(path, book));
    fmt::print("The key of {} is kept in the file of keys, which only you may read (mode 600)\n", card->id);
    return exit_clean;
}

}  // namespace

Command keys_command() {
    const auto common = std::make_shared<Common>();
    const auto options = std::make_shared<KeysOptions>();
    return {
        .name = "keys",
        .summary = "Keys of sources that ask for one: set (from standard input), list (never shown), remove",
        .options =
            {option("ACTION", &options->action, "set, list or remove").one_of({"set", "list", "remove"}).required(),
             option("SOURCE", &options->words, "the source whose key it is; not for list"), json_option(*common),
             packs_option(*common), add_option(*common), framework_option(*common)},
        .more =
            "Keys are kept in XDG_CONFIG_HOME/icosa/keys (mode 600), or come by the environment: ICOSA_KEY_ACLED\n"
            "for the source acled; where a key has several parts each has its own, ICOSA_KEY_ACLED_EMAIL.\n",
        .examples = {"icosa keys list"},
        .exits = {{exit_packs}, {exit_store, "the file of keys cannot be written, or others may read it"}},
        .run = [=] { return keys(*common, *options); },
    };
}

}  // namespace icosa::cli
