/// libzip, with limits.
#include "ingest/formats/zip_archive.hpp"

#include <cstdint>
#include <utility>

#include <fmt/format.h>
#include <zip.h>

#include "ingest/file.hpp"

namespace icosa::ingest {
namespace {

constexpr std::uint64_t largest_entry_bytes = std::uint64_t{4} << 30;
/// Sheets shrink to a tenth, sparse ones to a fiftieth; deflate itself ends at a thousandth.
constexpr std::uint64_t greatest_ratio = 200;
constexpr std::uint64_t ratio_matters_from_bytes = std::uint64_t{64} << 20;

std::unexpected<Error> damaged_archive(const std::string& path, std::string_view why) {
    return fail(Fault::Data, "damaged-archive", {path}, fmt::format("the archive cannot be unpacked: {}", why),
                "fetch the file again; it may be cut off");
}

std::unexpected<Error> zip_bomb(const std::string& path, const std::string& entry, std::uint64_t bytes,
                                std::uint64_t packed) {
    return fail(Fault::Data, "zip-bomb", {path},
                fmt::format("the entry '{}' unpacks from {} to {}, more than any source needs: nothing of it is read",
                            entry, megabytes(packed), megabytes(bytes)),
                "do not trust this file; save the table as CSV if it is yours");
}

}  // namespace

struct ZipEntry::State {
    zip_file_t* file = nullptr;
    std::string path, name;
    std::uint64_t read = 0, told = 0, packed = 0;
    State() = default;
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() {
        if (file) zip_fclose(file);
    }
};

ZipEntry::ZipEntry(std::unique_ptr<State> state) : state_(std::move(state)) {}
ZipEntry::ZipEntry(ZipEntry&&) noexcept = default;
ZipEntry::~ZipEntry() = default;

Result<std::size_t> ZipEntry::read(char* into, std::size_t size) {
    const zip_int64_t got = zip_fread(state_->file, into, size);
    if (got < 0) return damaged_archive(state_->path, zip_file_strerror(state_->file));
    state_->read += static_cast<std::uint64_t>(got);
    if (state_->read > state_->told) return zip_bomb(state_->path, state_->name, state_->read, state_->packed);
    return static_cast<std::size_t>(got);
}

struct ZipArchive::State {
    zip_t* archive = nullptr;
    std::string path;
    State() = default;
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() {
        if (archive) zip_discard(archive);
    }
};

ZipArchive::ZipArchive(std::unique_ptr<State> state) : state_(std::move(state)) {}
ZipArchive::~ZipArchive() = default;

Result<std::unique_ptr<ZipArchive>> ZipArchive::open(const std::string& path) {
    auto state = std::make_unique<State>();
    state->path = path;
    int code = 0;
    state->archive = zip_open(path.c_str(), ZIP_RDONLY, &code);
    if (!state->archive) {
        zip_error_t error;
        zip_error_init_with_code(&error, code);
        const std::string why = zip_error_strerror(&error);
        zip_error_fini(&error);
        return damaged_archive(path, why);
    }
    return std::unique_ptr<ZipArchive>(new ZipArchive(std::move(state)));
}

bool ZipArchive::has(std::string_view name) const {
    return zip_name_locate(state_->archive, std::string(name).c_str(), ZIP_FL_NOCASE) >= 0;
}

Result<ZipEntry> ZipArchive::entry(const std::string& name) {
    const std::string& path = state_->path;
    const zip_int64_t index = zip_name_locate(state_->archive, name.c_str(), ZIP_FL_NOCASE);
    zip_stat_t facts;
    if (index < 0 || zip_stat_index(state_->archive, static_cast<zip_uint64_t>(index), 0, &facts) != 0)
        return fail(Fault::Data, "missing-entry", {path}, fmt::format("the archive has no entry '{}'", name),
                    "fetch the file again, or save it anew");
    if ((facts.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && facts.encryption_method != ZIP_EM_NONE)
        return fail(Fault::Data, "encrypted", {path}, fmt::format("the entry '{}' is encrypted", name),
                    "unlock the file with its password, save it without, then read it");
    if (facts.size > largest_entry_bytes
        || (facts.size > ratio_matters_from_bytes && facts.size / greatest_ratio > facts.comp_size))
        return zip_bomb(path, name, facts.size, facts.comp_size);
    auto state = std::make_unique<ZipEntry::State>();
    state->path = path;
    state->name = name;
    state->told = facts.size;
    state->packed = facts.comp_size;
    state->file = zip_fopen_index(state_->archive, static_cast<zip_uint64_t>(index), 0);
    if (!state->file) return damaged_archive(path, zip_strerror(state_->archive));
    return ZipEntry(std::move(state));
}

Result<std::string> ZipArchive::text_of(const std::string& name, std::size_t most) {
    ZipEntry from = TRY(entry(name));
    std::string out;
    for (constexpr std::size_t step = 1u << 16;;) {
        const std::size_t had = out.size();
        out.resize(had + step);
        const std::size_t got = TRY(from.read(out.data() + had, step));
        out.resize(had + got);
        if (got == 0) return out;
        if (out.size() > most) return zip_bomb(state_->path, name, out.size(), from.state_->packed);
    }
}

}  // namespace icosa::ingest
