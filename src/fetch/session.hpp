/// What all requests of one run share: folder, mirror, clock, keys. The outermost room fills it in.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "fetch/address.hpp"
#include "fetch/keys.hpp"
#include "fetch/manifest.hpp"
#include "fetch/transfer.hpp"
#include "pack/source_card.hpp"

namespace icosa::fetch {

/// part of a key -> its value
using KeyParts = std::map<std::string, std::string>;

struct Session {
    Manifest manifest;  ///< of the folder that files come into
    Mirror mirror;
    Day today = no_day;
    Day since = no_day;  ///< no_day: as the card says
    Transfer transfer = transfer_by_curl;
    std::function<std::int64_t()> now;            ///< seconds since 1970
    std::function<void(double seconds)> wait;
    std::function<std::optional<KeyParts>(const std::string& source)> key;
    /// Why a file that came cannot be read by the card; "" = it can.
    std::function<std::string(const std::string& path, const pack::SourceCard& card)> why_unread;
    /// Bytes of a file so far, of so many (0 = not told). From the thread of the source.
    std::function<void(const std::string& source, std::int64_t bytes, std::int64_t of)> on_bytes;
    std::mutex writing;  ///< of the manifest

    [[nodiscard]] std::optional<ManifestLine> newest(const std::string& source, const std::string& url) {
        const std::scoped_lock lock(writing);
        const ManifestLine* found = manifest.newest(source, url);
        return found ? std::optional(*found) : std::nullopt;
    }
    /// A server may send a key back in its headers: the manifest holds none.
    [[nodiscard]] Result<void> note(ManifestLine line) {
        const auto secrets = key ? key(line.source) : std::nullopt;
        for (std::string* text : {&line.edition, &line.etag, &line.last_modified, &line.type}) {
            if (secrets) *text = without_secrets(std::move(*text), *secrets);
        }
        const std::scoped_lock lock(writing);
        return manifest.append(std::move(line));
    }
};

}  // namespace icosa::fetch
