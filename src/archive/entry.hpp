/// What an archive says of its entries, and which of them no one should unpack.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace icosa::archive {

struct Entry {
    std::string name;
    std::uint64_t packed = 0;  ///< 0 where entries are not packed one by one
    std::uint64_t unpacked = 0;
    bool is_encrypted = false;
    bool is_link = false;  ///< or a device, a pipe
    bool is_folder = false;
};

/// Sheets shrink to a tenth, sparse ones to a fiftieth; deflate itself ends at a thousandth. Of what is small the ratio
/// does not matter.
inline constexpr std::uint64_t most_unpacked_ratio = 200;
inline constexpr std::uint64_t most_unpacked_bytes = std::uint64_t{16} << 30;
inline constexpr std::uint64_t small_unpacked_bytes = std::uint64_t{32} << 20;
inline constexpr std::size_t most_entries = 100'000;

/// Would so much come out of so few bytes that it can only mean harm?
[[nodiscard]] constexpr bool is_bomb(std::uint64_t unpacked, std::uint64_t packed) {
    return unpacked > most_unpacked_bytes
        || (unpacked > small_unpacked_bytes && unpacked / most_unpacked_ratio > packed);
}

/// Why an archive is refused.
struct Refusal {
    std::string code;  ///< of an error: escaping-path, link-entry, encrypted, nested-archive, odd-name, zip-bomb
    std::string why;  ///< "its entry 'a' is a link"
};

/// Of one entry alone.
[[nodiscard]] std::optional<Refusal> find_refusal(const Entry& entry);
/// Of all: the first that is refused alone, names that stand twice, and what they come to together.
[[nodiscard]] std::optional<Refusal> find_refusal(std::span<const Entry> entries);

/// Files that programs leave in archives for themselves: "__MACOSX/", names that begin with a dot.
[[nodiscard]] bool is_left_by_programs(std::string_view name);

}  // namespace icosa::archive
