/// Writes command lines.
#include "brief/commands.hpp"

#include <algorithm>

namespace icosa::brief {

std::string quoted_word(std::string_view word) {
    const bool bare = !word.empty() && std::ranges::all_of(word, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
            || std::string_view("._/:-").find(c) != std::string_view::npos;
    });
    if (bare) return std::string(word);
    std::string out = "'";
    for (const char c : word) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return out + "'";
}

std::string command_with_store(std::string_view command, std::string_view db) {
    return std::string(command) + (db.empty() ? std::string() : " --db " + quoted_word(db));
}

std::string explain_command(std::string_view id, Day as_of, std::string_view db) {
    return command_with_store("icosa explain " + quoted_word(id) + " --as-of " + iso(as_of), db);
}

std::string sources_command(std::string_view db) { return command_with_store("icosa sources", db); }

std::string run_command_line(Day as_of, std::string_view db, std::string_view more) {
    std::string out = command_with_store("icosa run --as-of " + iso(as_of), db);
    return more.empty() ? out : out + " " + std::string(more);
}

}  // namespace icosa::brief
