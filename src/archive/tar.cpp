/// Headers of 512 bytes, each before the blocks of its entry.
#include "archive/tar.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include <fmt/format.h>

#include "base/text.hpp"

namespace icosa::archive {
namespace {

constexpr std::uint64_t longest_note_bytes = 1u << 16;  ///< of a long name, or the notes of pax

std::string_view text_field(std::string_view block, std::size_t at, std::size_t size) {
    const std::string_view field = block.substr(at, size);
    return field.substr(0, field.find('\0'));
}

/// Octal digits; or, of large ones, a number of base 256 whose first bit is set.
std::optional<std::uint64_t> number_field(std::string_view block, std::size_t at, std::size_t size) {
    const std::string_view field = block.substr(at, size);
    std::uint64_t out = 0;
    if ((static_cast<unsigned char>(field[0]) & 0x80) != 0) {
        for (const char c : field.substr(size - 8)) out = out << 8 | static_cast<unsigned char>(c);
        return out;
    }
    for (const char c : trim(field.substr(0, field.find('\0')))) {
        if (c < '0' || c > '7') return std::nullopt;
        out = out * 8 + static_cast<std::uint64_t>(c - '0');
    }
    return out;
}

bool has_right_sum(std::string_view block) {
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < tar_block_bytes; ++i)
        sum += i >= 148 && i < 156 ? std::uint64_t{' '} : static_cast<unsigned char>(block[i]);
    return number_field(block, 148, 8) == sum;
}

/// What pax writes of the next entry: lines "LENGTH KEY=VALUE".
void read_notes(std::string_view text, std::string& name, std::optional<std::uint64_t>& size) {
    while (!text.empty()) {
        const auto blank = text.find(' ');
        const auto length = blank == std::string_view::npos ? std::nullopt : parse_integer(text.substr(0, blank));
        if (!length || *length <= static_cast<std::int64_t>(blank) + 1
            || static_cast<std::size_t>(*length) > text.size())
            return;
        const std::string_view line =
            text.substr(blank + 1, static_cast<std::size_t>(*length) - blank - 2);  // without its line end
        text.remove_prefix(static_cast<std::size_t>(*length));
        if (line.starts_with("path=")) name = line.substr(5);
        const auto number = line.starts_with("size=") ? parse_integer(line.substr(5)) : std::nullopt;
        if (number && *number >= 0) size = static_cast<std::uint64_t>(*number);
    }
}

std::uint64_t with_filling(std::uint64_t size) {
    return (size + tar_block_bytes - 1) / tar_block_bytes * tar_block_bytes;
}

Entry entry_of(std::string_view block, std::uint64_t size) {
    Entry out;
    const std::string_view before = begins_tar(block) ? text_field(block, 345, 155) : std::string_view();
    out.name = std::string(before) + (before.empty() ? "" : "/") + std::string(text_field(block, 0, 100));
    out.unpacked = size;
    const char kind = block[156];
    out.is_folder = kind == '5' || out.name.ends_with('/');
    out.is_link = kind >= '1' && kind <= '6' && kind != '5';
    return out;
}

}  // namespace

bool begins_tar(std::string_view bytes) { return bytes.size() >= 262 && bytes.substr(257, 5) == "ustar"; }

Result<bool> walk_tar(Stream& tar, const std::string& path, const std::function<bool(const Entry& entry)>& wants) {
    std::string long_name;
    std::optional<std::uint64_t> long_size;
    for (std::array<char, tar_block_bytes> bytes;;) {
        const std::size_t got = TRY(read_fully(tar, bytes.data(), bytes.size()));
        const std::string_view block(bytes.data(), got);
        if (got == 0 || std::ranges::all_of(block, [](char c) { return c == 0; })) return false;
        if (got < bytes.size() || !has_right_sum(block)) return damaged_archive(path, "an entry of the tar is broken");
        const auto told = number_field(block, 124, 12);
        if (!told) return damaged_archive(path, "the size of an entry is no number");
        const char kind = block[156];
        const bool is_note = kind == 'x' || kind == 'g' || kind == 'L' || kind == 'K';
        const std::uint64_t size = is_note ? *told : long_size.value_or(*told);
        if (is_note) {
            if (size > longest_note_bytes) return damaged_archive(path, "the notes of an entry are too long");
            std::string note(static_cast<std::size_t>(with_filling(size)), '\0');
            note.resize(
                std::min<std::size_t>(TRY(read_fully(tar, note.data(), note.size())), static_cast<std::size_t>(size)));
            if (kind == 'x') read_notes(note, long_name, long_size);
            if (kind == 'L') long_name = note.substr(0, note.find('\0'));
            continue;
        }
        Entry entry = entry_of(block, size);
        if (!long_name.empty()) entry.name = long_name;
        long_name.clear();
        long_size.reset();
        if (wants(entry)) return true;
        const bool has_bytes = !entry.is_folder && !entry.is_link;
        if (has_bytes && TRY(skip(tar, with_filling(size))) < size) return damaged_archive(path, "its end is missing");
    }
}

}  // namespace icosa::archive
