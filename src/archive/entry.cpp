/// Names, kinds and sizes judged before anything is unpacked.
#include "archive/entry.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "base/text.hpp"

namespace icosa::archive {
namespace {

std::string plain_path(std::string_view name) {
    std::string out(name);
    std::ranges::replace(out, '\\', '/');
    return out;
}

/// Does a name lead out of the folder that it is unpacked into?
bool escapes(std::string_view name) {
    const std::string plain = plain_path(name);
    if (plain.starts_with('/') || (plain.size() > 1 && plain[1] == ':')) return true;
    const auto steps = split(plain, '/');
    return std::ranges::find(steps, "..") != steps.end();
}

bool is_odd(std::string_view name) {
    return name.empty() || name.size() > 1000
        || std::ranges::any_of(name, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

bool names_archive(std::string_view name) {
    constexpr std::string_view ends[] = {".zip", ".gz", ".tgz", ".tar", ".7z", ".bz2", ".xz", ".rar", ".zst"};
    return std::ranges::any_of(ends, [&](std::string_view end) { return lower(name).ends_with(end); });
}

}  // namespace

std::optional<Refusal> find_refusal(const Entry& entry) {
    const std::string name = excerpt(entry.name, 80);
    if (escapes(entry.name))
        return Refusal{"escaping-path", fmt::format("the path of its entry '{}' leads outside of the folder", name)};
    if (is_odd(entry.name)) return Refusal{"odd-name", fmt::format("'{}' is no name of a file", name)};
    if (entry.is_link) return Refusal{"link-entry", fmt::format("its entry '{}' is a link", name)};
    if (entry.is_encrypted) return Refusal{"encrypted", fmt::format("its entry '{}' is encrypted", name)};
    if (!entry.is_folder && names_archive(entry.name) && !is_left_by_programs(entry.name))
        return Refusal{"nested-archive", fmt::format("its entry '{}' is an archive itself", name)};
    if (entry.packed > 0 && is_bomb(entry.unpacked, entry.packed))
        return Refusal{"zip-bomb",
                       fmt::format("a bomb: the {} bytes of its entry '{}' would unpack to {}, over the limit",
                                   entry.packed, name, entry.unpacked)};
    return std::nullopt;
}

std::optional<Refusal> find_refusal(std::span<const Entry> entries) {
    if (entries.size() > most_entries)
        return Refusal{"zip-bomb", fmt::format("it has {} entries, over the limit", entries.size())};
    std::set<std::string> names;
    std::uint64_t unpacked = 0, packed = 0;
    for (const Entry& entry : entries) {
        if (auto refusal = find_refusal(entry)) return refusal;
        if (!names.insert(lower(plain_path(entry.name))).second)
            return Refusal{"odd-name", fmt::format("two of its entries are called '{}'", excerpt(entry.name, 80))};
        unpacked += entry.unpacked;
        packed += entry.packed;
    }
    if (unpacked > most_unpacked_bytes || (packed > 0 && is_bomb(unpacked, packed)))
        return Refusal{"zip-bomb", fmt::format("a bomb: it would unpack to {} bytes, over the limit", unpacked)};
    return std::nullopt;
}

bool is_left_by_programs(std::string_view name) {
    const std::string plain = plain_path(name);
    if (plain.starts_with("__MACOSX/")) return true;
    const auto slash = plain.rfind('/');
    const std::string last = slash == std::string::npos ? plain : plain.substr(slash + 1);
    return last.starts_with('.') || lower(last) == "thumbs.db" || lower(last) == "desktop.ini";
}

}  // namespace icosa::archive
