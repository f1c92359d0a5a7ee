/// A header of 512 bytes, tables of what sector follows which, a directory.
#include "ingest/formats/compound_file.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "ingest/file.hpp"

namespace icosa::ingest {
namespace {

constexpr std::int64_t compound_limit_bytes = std::int64_t{256} << 20;
constexpr std::uint32_t first_special_sector = 0xFFFFFFFA;
constexpr std::size_t entry_bytes = 128;
constexpr std::size_t small_sector_bytes = 64;
constexpr std::size_t small_below_bytes = 4096;
constexpr int root_type = 5, stream_type = 2;

}  // namespace

std::uint32_t whole_at(std::string_view bytes, std::size_t at, int size) {
    std::uint32_t out = 0;
    if (at + static_cast<std::size_t>(size) > bytes.size()) return 0;
    for (int i = 0; i < size; ++i)
        out |= std::uint32_t{static_cast<unsigned char>(bytes[at + static_cast<std::size_t>(i)])} << (8 * i);
    return out;
}

std::unexpected<Error> CompoundFile::damaged(std::string_view what) const {
    return fail(Fault::Data, "damaged-workbook", {path_},
                fmt::format("this old workbook (or other compound file) cannot be read: {}", what),
                "fetch it again, or open it in a spreadsheet program and save it as .xlsx");
}

Result<CompoundFile> CompoundFile::open(const std::string& path) {
    CompoundFile out(path);
    out.text_ = TRY(whole_file(path, compound_limit_bytes, "an old workbook"));
    TRY(out.read_tables());
    TRY(out.read_entries());
    return out;
}

Result<void> CompoundFile::read_tables() {
    const std::uint32_t shift = whole_at(text_, 30, 2);
    if (text_.size() < 1024 || (shift != 9 && shift != 12)) return damaged("its head is cut off or none");
    sector_bytes_ = std::size_t{1} << shift;
    std::vector<std::uint32_t> tables;  // sectors that say what sector follows which
    for (std::size_t i = 0; i < 109; ++i) tables.push_back(whole_at(text_, 76 + 4 * i, 4));
    const std::size_t most = text_.size() / sector_bytes_ + 1;
    std::uint32_t list = whole_at(text_, 68, 4);
    for (std::size_t turn = 0; list < first_special_sector && turn < most; ++turn) {
        const std::size_t at = (std::size_t{list} + 1) * sector_bytes_;
        for (std::size_t i = 0; i + 4 < sector_bytes_; i += 4) tables.push_back(whole_at(text_, at + i, 4));
        list = whole_at(text_, at + sector_bytes_ - 4, 4);
    }
    for (const std::uint32_t table : tables) {
        if (table >= first_special_sector) continue;
        const std::size_t at = (std::size_t{table} + 1) * sector_bytes_;
        if (at + sector_bytes_ > text_.size()) return damaged("it is cut off");
        for (std::size_t i = 0; i < sector_bytes_; i += 4) next_.push_back(whole_at(text_, at + i, 4));
        if (next_.size() > 2 * most + sector_bytes_) return damaged("it tells of more sectors than it has");
    }
    return {};
}

Result<std::string> CompoundFile::chain(std::uint32_t sector) const {
    std::string out;
    for (; sector < first_special_sector; sector = next_[sector]) {
        const std::size_t at = (std::size_t{sector} + 1) * sector_bytes_;
        if (sector >= next_.size() || at >= text_.size()) return damaged("it is cut off");
        out += std::string_view(text_).substr(at, sector_bytes_);
        if (out.size() > text_.size()) return damaged("its sectors lead in a circle");
    }
    return out;
}

Result<void> CompoundFile::read_entries() {
    const std::string directory = TRY(chain(whole_at(text_, 48, 4)));
    for (std::size_t at = 0; at + entry_bytes <= directory.size(); at += entry_bytes) {
        Entry entry;
        const std::uint32_t length = std::min(whole_at(directory, at + 64, 2), 64U);
        for (std::uint32_t i = 0; i + 2 < length; i += 2)
            entry.name += directory[at + i];  // those we ask for are ASCII
        entry.type = static_cast<int>(whole_at(directory, at + 66, 1));
        entry.start = whole_at(directory, at + 116, 4);
        entry.size = whole_at(directory, at + 120, 4);
        entries_.push_back(std::move(entry));
    }
    if (entries_.empty() || entries_[0].type != root_type) return damaged("it has no directory");
    const std::string small = TRY(chain(whole_at(text_, 60, 4)));
    for (std::size_t i = 0; i + 4 <= small.size(); i += 4) next_small_.push_back(whole_at(small, i, 4));
    return {};
}

const CompoundFile::Entry* CompoundFile::find(std::string_view name) const {
    const auto found = std::find_if(entries_.begin(), entries_.end(), [&](const Entry& entry) {
        return entry.type == stream_type && entry.name == name;
    });
    return found == entries_.end() ? nullptr : &*found;
}

Result<std::string> CompoundFile::small_chain(const Entry& entry) const {
    const std::string all = TRY(chain(entries_[0].start));
    std::string out;
    for (std::uint32_t sector = entry.start; sector < first_special_sector; sector = next_small_[sector]) {
        const std::size_t at = std::size_t{sector} * small_sector_bytes;
        if (sector >= next_small_.size() || at >= all.size()) return damaged("it is cut off");
        out += std::string_view(all).substr(at, small_sector_bytes);
        if (out.size() > all.size()) return damaged("its sectors lead in a circle");
    }
    return out;
}

Result<std::string> CompoundFile::stream(std::string_view name) const {
    const Entry* entry = find(name);
    if (!entry) return std::string();
    std::string out = TRY(entry->size < small_below_bytes ? small_chain(*entry) : chain(entry->start));
    if (out.size() < entry->size) return damaged("it is cut off");
    out.resize(entry->size);
    return out;
}

}  // namespace icosa::ingest
