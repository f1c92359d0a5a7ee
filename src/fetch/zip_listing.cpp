/// The central directory, entry by entry.
#include "fetch/zip_listing.hpp"

#include <cstdint>
#include <optional>
#include <vector>

#include <fmt/format.h>

#include "base/text.hpp"

namespace icosa::fetch {
namespace {

struct ZipEntry {
    std::string name;
    std::uint64_t packed = 0;
    std::uint64_t unpacked = 0;
    bool is_encrypted = false;
    bool is_link = false;
};

std::uint64_t little(std::string_view bytes, std::size_t at, std::size_t size) {
    std::uint64_t out = 0;
    for (std::size_t i = size; i-- > 0;) out = out << 8 | static_cast<unsigned char>(bytes[at + i]);
    return out;
}

/// The 64-bit sizes of a large entry: only those that the 32-bit fields leave open stand there, in this order.
void read_large_sizes(std::string_view extra, ZipEntry& entry) {
    while (extra.size() >= 4) {
        const auto id = little(extra, 0, 2), size = little(extra, 2, 2);
        std::string_view field = extra.substr(4, size);
        extra.remove_prefix(std::min<std::size_t>(extra.size(), 4 + size));
        if (id != 1) continue;
        for (std::uint64_t* of : {&entry.unpacked, &entry.packed}) {
            if (*of != 0xFFFFFFFF || field.size() < 8) continue;
            *of = little(field, 0, 8);
            field.remove_prefix(8);
        }
    }
}

/// Nothing where the directory is not whole.
std::optional<std::vector<ZipEntry>> entries_of(std::string_view bytes) {
    constexpr std::size_t end_size = 22, entry_size = 46;
    if (bytes.size() < end_size) return std::nullopt;
    const std::size_t end = bytes.rfind("PK\x05\x06");
    if (end == std::string_view::npos || end + end_size > bytes.size()) return std::nullopt;
    std::uint64_t count = little(bytes, end + 10, 2), at = little(bytes, end + 16, 4);
    if (at == 0xFFFFFFFF || count == 0xFFFF) {
        const std::size_t large = bytes.rfind("PK\x06\x06", end);
        if (large == std::string_view::npos || large + 56 > bytes.size()) return std::nullopt;
        count = little(bytes, large + 32, 8);
        at = little(bytes, large + 48, 8);
    }
    if (count > 100'000) return std::nullopt;
    std::vector<ZipEntry> out;
    for (std::uint64_t i = 0; i < count; ++i) {
        if (at + entry_size > bytes.size() || bytes.substr(at, 4) != "PK\x01\x02") return std::nullopt;
        const auto name = little(bytes, at + 28, 2), extra = little(bytes, at + 30, 2),
                   note = little(bytes, at + 32, 2);
        if (at + entry_size + name + extra + note > bytes.size()) return std::nullopt;
        ZipEntry entry;
        entry.name = std::string(bytes.substr(at + entry_size, name));
        entry.is_encrypted = (little(bytes, at + 8, 2) & 1) != 0;
        entry.packed = little(bytes, at + 20, 4);
        entry.unpacked = little(bytes, at + 24, 4);
        entry.is_link = (little(bytes, at + 38, 4) >> 28) == 0xA;  // the file type of a symbolic link
        read_large_sizes(bytes.substr(at + entry_size + name, extra), entry);
        out.push_back(std::move(entry));
        at += entry_size + name + extra + note;
    }
    return out;
}

/// Does a name lead out of the folder that it is unpacked into?
bool escapes(const std::string& name) {
    if (name.starts_with('/') || name.starts_with('\\') || name.find('\0') != std::string::npos) return true;
    if (name.size() > 1 && name[1] == ':') return true;
    std::string plain = name;
    for (char& c : plain) c = c == '\\' ? '/' : c;
    for (const auto part : split(plain, '/')) {
        if (part == "..") return true;
    }
    return false;
}

bool is_archive(const std::string& name) {
    for (const std::string_view end : {".zip", ".gz", ".tar", ".7z", ".bz2", ".xz", ".rar"}) {
        if (lower(name).ends_with(end)) return true;
    }
    return false;
}

}  // namespace

Content look_at_zip(std::string_view bytes, const std::string& member) {
    const auto entries = entries_of(bytes);
    if (!entries) return {Fit::Changed, "it is no whole zip archive"};
    if (entries->empty()) return {Fit::Empty, "the archive is empty"};
    std::uint64_t unpacked = 0, packed = 0;
    bool has_member = member.empty();
    for (const ZipEntry& entry : *entries) {
        const std::string name = excerpt(entry.name, 80);
        if (escapes(entry.name))
            return {Fit::Unsafe, fmt::format("the path of its entry '{}' leads outside of the folder", name)};
        if (entry.is_link) return {Fit::Unsafe, fmt::format("its entry '{}' is a link", name)};
        if (entry.is_encrypted) return {Fit::Unsafe, fmt::format("its entry '{}' is encrypted", name)};
        if (is_archive(entry.name)) return {Fit::Unsafe, fmt::format("its entry '{}' is an archive itself", name)};
        unpacked += entry.unpacked;
        packed += entry.packed;
        has_member = has_member || lower(entry.name).ends_with(lower(member));
    }
    if (unpacked > most_unpacked_bytes
        || (unpacked > small_unpacked_bytes && unpacked / std::max<std::uint64_t>(packed, 1) > most_unpacked_ratio))
        return {Fit::Unsafe,
                fmt::format("a bomb: its {} bytes would unpack to {}, over the limit", bytes.size(), unpacked)};
    if (!has_member) return {Fit::Changed, fmt::format("no entry of the archive is called '{}'", member)};
    return {};
}

}  // namespace icosa::fetch
