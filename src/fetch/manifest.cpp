/// JSON lines, appended by one write each.
#include "fetch/manifest.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <fmt/format.h>

#include "base/json.hpp"
#include "base/json_slice.hpp"
#include "base/text.hpp"

namespace icosa::fetch {
namespace {

std::string manifest_text(const ManifestLine& line) {
    JsonWriter json;
    json.begin_object()
        .field("source", line.source)
        .field("url", line.url)
        .field("file", line.file)
        .field("retrieved", line.retrieved)
        .field("bytes", line.bytes)
        .field("digest", line.digest)
        .field("edition", line.edition)
        .field("licence", line.licence)
        .field("etag", line.etag)
        .field("last_modified", line.last_modified)
        .field("type", line.type)
        .end_object();
    return json.text() + "\n";
}

ManifestLine manifest_line_of(std::string_view text) {
    const auto of = [&](std::string_view key) { return json_text_at(text, key).value_or(""); };
    return {.source = of("source"),
            .url = of("url"),
            .file = of("file"),
            .retrieved = of("retrieved"),
            .bytes = parse_integer(of("bytes")).value_or(0),
            .digest = of("digest"),
            .edition = of("edition"),
            .licence = of("licence"),
            .etag = of("etag"),
            .last_modified = of("last_modified"),
            .type = of("type")};
}

std::unexpected<Error> unwritable_manifest(const std::string& path) {
    return fail(Fault::Store, "unwritable", {path},
                fmt::format("this file cannot be written: {}", std::strerror(errno)),
                "check the folder's permissions and the room on the disk, or name another with --to");
}

}  // namespace

Result<Manifest> Manifest::read(const std::string& folder) {
    Manifest out;
    out.folder_ = folder;
    std::ifstream file(folder + "/" + std::string(manifest_name), std::ios::binary);
    if (!file) return out;
    const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    for (const auto line : split(text, '\n')) {
        if (!line.empty() && is_json(line)) out.lines_.push_back(manifest_line_of(line));
    }
    return out;
}

const ManifestLine* Manifest::newest(std::string_view source, std::string_view url) const {
    for (auto line = lines_.rbegin(); line != lines_.rend(); ++line) {
        std::error_code error;
        if (line->source != source || line->url != url) continue;
        const auto size = std::filesystem::file_size(folder_ + "/" + line->file, error);
        if (!error && static_cast<std::int64_t>(size) == line->bytes)
            return &*line;  // whole, so it need not come again
    }
    return nullptr;
}

Result<void> Manifest::append(ManifestLine line) {
    const std::string path = folder_ + "/" + std::string(manifest_name);
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    if (file < 0) return unwritable_manifest(path);
    std::string text = manifest_text(line);
    char last = '\n';  // of a line that a crash cut off
    if (const off_t size = ::lseek(file, 0, SEEK_END);
        size > 0 && ::pread(file, &last, 1, size - 1) == 1 && last != '\n')
        text.insert(0, "\n");
    const bool is_written =
        ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(file) == 0;
    ::close(file);
    if (!is_written) return unwritable_manifest(path);
    lines_.push_back(std::move(line));
    return {};
}

}  // namespace icosa::fetch
