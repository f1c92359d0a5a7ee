/// libzip, with limits.
#include "archive/zip_archive.hpp"

#include <cstdint>
#include <utility>

#include <fmt/format.h>
#include <zip.h>

namespace icosa::archive {
namespace {

/// The file type of a symbolic link, a device, a pipe in the mode that Unix programs write.
bool is_no_file(zip_t* archive, zip_uint64_t index) {
    zip_uint8_t system = 0;
    zip_uint32_t attributes = 0;
    if (zip_file_get_external_attributes(archive, index, 0, &system, &attributes) != 0) return false;
    const zip_uint32_t type = attributes >> 28;
    constexpr zip_uint32_t folder = 4, file = 8;
    return type == 0xA || (system == ZIP_OPSYS_UNIX && type != 0 && type != folder && type != file);
}

Entry entry_at(zip_t* archive, zip_uint64_t index) {
    Entry out;
    zip_stat_t facts;
    if (zip_stat_index(archive, index, 0, &facts) != 0) return out;
    out.name = facts.name ? facts.name : "";
    out.packed = facts.comp_size;
    out.unpacked = facts.size;
    out.is_encrypted = (facts.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && facts.encryption_method != ZIP_EM_NONE;
    out.is_link = is_no_file(archive, index);
    out.is_folder = out.name.ends_with('/');
    return out;
}

/// One entry, unpacked as it is read.
class ZipStream : public Stream {
public:
    ZipStream(zip_file_t* file, std::string path, Entry entry)
        : file_(file), path_(std::move(path)), entry_(std::move(entry)) {}
    ZipStream(const ZipStream&) = delete;
    ZipStream& operator=(const ZipStream&) = delete;
    ~ZipStream() override { zip_fclose(file_); }

    Result<std::size_t> read(char* into, std::size_t size) override {
        const zip_int64_t got = zip_fread(file_, into, size);
        if (got < 0) return damaged_archive(path_, zip_file_strerror(file_));
        read_ += static_cast<std::uint64_t>(got);
        if (read_ > entry_.unpacked) return zip_bomb(path_, entry_.name, read_, entry_.packed);
        return static_cast<std::size_t>(got);
    }

private:
    zip_file_t* file_;
    std::string path_;
    Entry entry_;
    std::uint64_t read_ = 0;
};

std::unexpected<Error> unopened(const std::string& path, zip_error_t& error) {
    const std::string why = zip_error_strerror(&error);
    zip_error_fini(&error);
    return damaged_archive(path, why);
}

}  // namespace

struct ZipArchive::State {
    zip_t* archive = nullptr;
    std::string path;
    std::unique_ptr<std::string> bytes;  ///< of an archive in memory
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
        return unopened(path, error);
    }
    return std::unique_ptr<ZipArchive>(new ZipArchive(std::move(state)));
}

Result<std::unique_ptr<ZipArchive>> ZipArchive::view(const std::string& path, std::string_view bytes) {
    auto state = std::make_unique<State>();
    state->path = path;
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
    if (!source) return unopened(path, error);
    state->archive = zip_open_from_source(source, ZIP_RDONLY, &error);
    if (!state->archive) {
        zip_source_free(source);
        return unopened(path, error);
    }
    return std::unique_ptr<ZipArchive>(new ZipArchive(std::move(state)));
}

Result<std::unique_ptr<ZipArchive>> ZipArchive::open(const std::string& path, std::string bytes) {
    auto kept = std::make_unique<std::string>(std::move(bytes));
    auto out = TRY(view(path, *kept));
    out->state_->bytes = std::move(kept);
    return out;
}

std::vector<Entry> ZipArchive::entries() const {
    const zip_int64_t count = zip_get_num_entries(state_->archive, 0);
    std::vector<Entry> out;
    for (zip_int64_t i = 0; i < count; ++i) out.push_back(entry_at(state_->archive, static_cast<zip_uint64_t>(i)));
    return out;
}

bool ZipArchive::has(std::string_view name) const {
    return zip_name_locate(state_->archive, std::string(name).c_str(), ZIP_FL_NOCASE) >= 0;
}

Result<std::unique_ptr<Stream>> ZipArchive::entry(const std::string& name) {
    const std::string& path = state_->path;
    const zip_int64_t index = zip_name_locate(state_->archive, name.c_str(), ZIP_FL_NOCASE);
    if (index < 0)
        return fail(Fault::Data, "missing-entry", {path}, fmt::format("the archive has no entry '{}'", name),
                    "fetch the file again, or save it anew");
    Entry entry = entry_at(state_->archive, static_cast<zip_uint64_t>(index));
    if (entry.is_encrypted)
        return fail(Fault::Data, "encrypted", {path}, fmt::format("the entry '{}' is encrypted", name),
                    "unlock the file with its password, save it without, then read it");
    if (is_bomb(entry.unpacked, entry.packed)) return zip_bomb(path, name, entry.unpacked, entry.packed);
    zip_file_t* file = zip_fopen_index(state_->archive, static_cast<zip_uint64_t>(index), 0);
    if (!file) return damaged_archive(path, zip_strerror(state_->archive));
    return std::make_unique<ZipStream>(file, path, std::move(entry));
}

Result<std::string> ZipArchive::text_of(const std::string& name, std::size_t most) {
    const auto from = TRY(entry(name));
    std::string out;
    for (constexpr std::size_t step = 1u << 16;;) {
        const std::size_t had = out.size();
        out.resize(had + step);
        const std::size_t got = TRY(from->read(out.data() + had, step));
        out.resize(had + got);
        if (got == 0) return out;
        if (out.size() > most) return zip_bomb(state_->path, name, out.size(), 0);
    }
}

}  // namespace icosa::archive
