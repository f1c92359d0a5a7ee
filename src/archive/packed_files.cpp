/// Zip, tar and packed tar behind one door.
#include "archive/packed_files.hpp"

#include <algorithm>
#include <filesystem>
#include <utility>

#include <fmt/format.h>

#include "archive/tar.hpp"
#include "archive/zip_archive.hpp"

namespace icosa::archive {
namespace {

namespace fs = std::filesystem;

enum class PackedAs { Not, Zip, Gzip, Tar, TarGzip };

std::string first_bytes(Stream& stream) {
    std::string out(tar_block_bytes, '\0');
    const auto got = read_fully(stream, out.data(), out.size());
    out.resize(got.value_or(0));
    return out;
}

/// Workbooks and other documents of offices are zip archives with one of these.
bool is_document(const ZipArchive& zip) {
    return zip.has("[Content_Types].xml") || zip.has("_rels/.rels") || zip.has("mimetype");
}

PackedAs packed_as(const std::string& path) {
    const auto plain = open_plain(path);
    if (!plain) return PackedAs::Not;
    const std::string head = first_bytes(**plain);
    if (head.starts_with(std::string_view("PK\x03\x04", 4)) || head.starts_with("PK\x05\x06")) {
        const auto zip = ZipArchive::open(path);
        return zip && is_document(**zip) ? PackedAs::Not : PackedAs::Zip;
    }
    if (begins_tar(head)) return PackedAs::Tar;
    if (!head.starts_with("\x1F\x8B")) return PackedAs::Not;
    const auto unpacked = open_gzip(path);
    return unpacked && begins_tar(first_bytes(**unpacked)) ? PackedAs::TarGzip : PackedAs::Gzip;
}

std::unexpected<Error> refused(const std::string& path, const Refusal& refusal) {
    return fail(Fault::Data, refusal.code, {path}, fmt::format("nothing of the archive is read: {}", refusal.why),
                "unpack it where it can do no harm, look at it, and give the files by themselves");
}

/// An entry of an archive that must stay open as long as it is read.
class ZipEntryStream : public Stream {
public:
    ZipEntryStream(std::unique_ptr<ZipArchive> zip, std::unique_ptr<Stream> entry)
        : zip_(std::move(zip)), entry_(std::move(entry)) {}
    Result<std::size_t> read(char* into, std::size_t size) override { return entry_->read(into, size); }

private:
    std::unique_ptr<ZipArchive> zip_;
    std::unique_ptr<Stream> entry_;
};

/// The bytes of a tar's entry, which are the next of the stream.
class TarEntryStream : public Stream {
public:
    TarEntryStream(std::unique_ptr<Stream> tar, std::uint64_t left, std::string path)
        : tar_(std::move(tar)), left_(left), path_(std::move(path)) {}
    Result<std::size_t> read(char* into, std::size_t size) override {
        const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(size, left_));
        if (wanted == 0) return std::size_t{0};
        const std::size_t got = TRY(tar_->read(into, wanted));
        if (got == 0) return damaged_archive(path_, "its end is missing");
        left_ -= got;
        return got;
    }

private:
    std::unique_ptr<Stream> tar_;
    std::uint64_t left_;
    std::string path_;
};

Result<std::unique_ptr<Stream>> open_tar(const std::string& path, PackedAs packed) {
    return packed == PackedAs::TarGzip ? open_gzip(path) : open_plain(path);
}

Result<std::vector<Entry>> all_entries(const std::string& path, PackedAs packed) {
    if (packed == PackedAs::Zip) return TRY(ZipArchive::open(path))->entries();
    const auto tar = TRY(open_tar(path, packed));
    std::vector<Entry> out;
    TRY(walk_tar(*tar, path, [&](const Entry& entry) {
        out.push_back(entry);
        return out.size() > most_entries;
    }));
    return out;
}

Result<Unpacked> open_zip_entry(const EntryPath& path) {
    auto zip = TRY(ZipArchive::open(path.archive));
    const auto entries = zip->entries();
    const auto found = std::ranges::find(entries, path.entry, &Entry::name);
    auto stream = TRY(zip->entry(path.entry));
    const std::uint64_t bytes = found == entries.end() ? 0 : found->unpacked;
    return Unpacked{std::make_unique<ZipEntryStream>(std::move(zip), std::move(stream)), bytes};
}

Result<Unpacked> open_tar_entry(const EntryPath& path, PackedAs packed) {
    auto tar = TRY(open_tar(path.archive, packed));
    Entry found;
    const bool is_there = TRY(walk_tar(*tar, path.archive, [&](const Entry& entry) {
        if (entry.name == path.entry) found = entry;
        return entry.name == path.entry;
    }));
    if (!is_there)
        return fail(Fault::Data, "missing-entry", {path.archive},
                    fmt::format("the archive has no entry '{}'", path.entry),
                    "fetch the file again, or check its name");
    if (const auto refusal = find_refusal(found)) return refused(path.archive, *refusal);
    return Unpacked{std::make_unique<TarEntryStream>(std::move(tar), found.unpacked, path.archive), found.unpacked};
}

}  // namespace

bool is_archive(const std::string& path) {
    std::error_code error;
    if (!fs::is_regular_file(path, error)) return false;
    const PackedAs packed = packed_as(path);
    return packed != PackedAs::Not && packed != PackedAs::Gzip;
}

bool is_gzip(const std::string& path) { return packed_as(path) == PackedAs::Gzip; }

Result<std::vector<Entry>> files_in(const std::string& path) {
    auto entries = TRY(all_entries(path, packed_as(path)));
    if (const auto refusal = find_refusal(entries)) return refused(path, *refusal);
    std::erase_if(entries, [](const Entry& entry) { return entry.is_folder || is_left_by_programs(entry.name); });
    if (entries.empty())
        return fail(Fault::Data, "empty-archive", {path}, "there is no file in the archive", "fetch it again");
    std::ranges::sort(entries, {}, &Entry::name);
    return entries;
}

std::optional<EntryPath> split_entry_path(const std::string& path) {
    for (auto slash = path.find('/', 1); slash != std::string::npos; slash = path.find('/', slash + 1)) {
        std::error_code error;
        const std::string before = path.substr(0, slash);
        if (fs::is_regular_file(before, error)) return EntryPath{before, path.substr(slash + 1)};
    }
    return std::nullopt;
}

Result<Unpacked> open_entry(const EntryPath& path) {
    const PackedAs packed = packed_as(path.archive);
    if (packed == PackedAs::Zip) return open_zip_entry(path);
    if (packed == PackedAs::Tar || packed == PackedAs::TarGzip) return open_tar_entry(path, packed);
    return fail(Fault::Data, "missing-file", {path.archive + "/" + path.entry},
                fmt::format("'{}' is a file and no archive", path.archive), "check the path");
}

Result<Unpacked> open_gzip_file(const std::string& path) { return Unpacked{TRY(open_gzip(path)), size_told(path)}; }

}  // namespace icosa::archive
